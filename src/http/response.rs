//! What came back when all went well: a head at once, and a body that is read or streamed.
//!
//! Refusals never get this far; they are errors.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use futures_util::stream::{self, Stream, StreamExt as _};
use reqwest::StatusCode;
use reqwest::header::{CONTENT_LENGTH, HeaderMap};
use serde::de::DeserializeOwned;

use super::error::{Context, Error};
use super::sending::Pulse;

/// No JSON document of a server is larger than this.
pub(super) const LONGEST_DOCUMENT: u64 = 64 << 20;

/// A successful answer.
#[derive(Debug)]
pub struct Response {
    status: StatusCode,
    headers: HeaderMap,
    body: Body,
    context: Box<Context>,
    idle_timeout: Duration,
    pulse: Pulse,
}

#[derive(Debug)]
enum Body {
    Coming(reqwest::Response),
    Read(Bytes),
}

impl Response {
    pub(super) fn new(
        response: reqwest::Response,
        context: Box<Context>,
        idle_timeout: Duration,
        pulse: &Pulse,
    ) -> Self {
        Self {
            status: response.status(),
            headers: response.headers().clone(),
            body: Body::Coming(response),
            context,
            idle_timeout,
            pulse: pulse.clone(),
        }
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// How long the server said the body is; for an answer to HEAD, how long it would be.
    pub fn content_length(&self) -> Option<u64> {
        self.headers
            .get(CONTENT_LENGTH)?
            .to_str()
            .ok()?
            .parse()
            .ok()
    }

    /// How many bytes of the body are here already.
    pub(super) fn length(&self) -> u64 {
        match &self.body {
            Body::Read(bytes) => bytes.len() as u64,
            Body::Coming(_) => 0,
        }
    }

    /// The whole body as a JSON document. An empty one counts as `{}`, and so does `200 OK`, as in MLflow's
    /// own client (`mlflow/utils/rest_utils.py`, 3.17).
    pub async fn json<T: DeserializeOwned>(self) -> Result<T, Error> {
        let context = self.context.clone();
        let html = super::answer::is_html(&self.headers);
        let bytes = self.bytes(LONGEST_DOCUMENT).await?;
        let text = bytes.trim_ascii();
        let document = match text {
            b"" | b"200 OK" => b"{}",
            text => text,
        };
        serde_json::from_slice(document).map_err(|source| Error::Unreadable {
            html: html || text.first() == Some(&b'<'),
            context,
            source,
        })
    }

    /// The whole body, if it is no longer than `limit`.
    pub async fn bytes(self, limit: u64) -> Result<Bytes, Error> {
        match self.read(limit).await?.body {
            Body::Read(bytes) => Ok(bytes),
            Body::Coming(_) => Ok(Bytes::new()),
        }
    }

    /// The body piece by piece as it arrives. Silence for longer than the idle time ends it with an error.
    pub fn into_stream(self) -> impl Stream<Item = Result<Bytes, Error>> + Send + Unpin {
        let idle = self.idle_timeout;
        match self.body {
            Body::Read(bytes) => stream::iter([Ok(bytes)]).boxed(),
            Body::Coming(response) => {
                let start = (response, self.context, self.pulse);
                stream::try_unfold(start, move |(mut response, context, pulse)| async move {
                    let chunk = chunk(&mut response, &context, idle, &pulse).await?;
                    Ok(chunk.map(|chunk| (chunk, (response, context, pulse))))
                })
                .boxed()
            }
        }
    }

    /// The same answer with its body in memory.
    pub(super) async fn read(mut self, limit: u64) -> Result<Self, Error> {
        let Body::Coming(response) = &mut self.body else {
            return Ok(self);
        };
        let mut all = BytesMut::new();
        let (idle, pulse) = (self.idle_timeout, &self.pulse);
        while let Some(chunk) = chunk(response, &self.context, idle, pulse).await? {
            if (all.len() + chunk.len()) as u64 > limit {
                return Err(Error::TooLong {
                    context: self.context,
                    limit,
                });
            }
            all.extend_from_slice(&chunk);
        }
        self.body = Body::Read(all.freeze());
        Ok(self)
    }
}

/// The next piece of the body, or silence for too long.
async fn chunk(
    response: &mut reqwest::Response,
    context: &Context,
    idle: Duration,
    pulse: &Pulse,
) -> Result<Option<Bytes>, Error> {
    match tokio::time::timeout(idle, response.chunk()).await {
        Ok(Ok(chunk)) => {
            pulse.beat();
            Ok(chunk)
        }
        Ok(Err(source)) => Err(Error::Broken {
            context: Box::new(context.clone()),
            source: source.into(),
        }),
        Err(_) => Err(Error::Silent {
            context: Box::new(context.clone()),
            idle,
        }),
    }
}

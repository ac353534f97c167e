//! How a body goes out: with its length, watched for standstill, and with word of what went wrong with it.
//!
//! It sends nothing itself; it prepares what reqwest sends.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use futures_util::stream::{self, StreamExt as _};
use reqwest::header::{CONTENT_LENGTH, CONTENT_TYPE};
use tokio::sync::watch;

use super::request::{Body, Bytestream};

/// How many times longer than for a silent server a request waits for its turn at one that is busy with others.
const TURN: u32 = 10;

/// Felt each time that something is heard.
#[derive(Debug, Clone)]
pub(super) struct Pulse(watch::Sender<()>);

impl Default for Pulse {
    fn default() -> Self {
        Self(watch::Sender::new(()))
    }
}

impl Pulse {
    /// Something was heard.
    pub(super) fn beat(&self) {
        self.0.send_replace(());
    }
}

/// What is known of a body on its way.
#[derive(Clone)]
pub(super) struct Watch {
    moved: watch::Sender<()>,
    /// hyper would bury the reason why a body could not be read.
    trouble: Arc<Mutex<Option<io::Error>>>,
}

impl Watch {
    pub(super) fn new() -> Self {
        Self {
            moved: watch::Sender::new(()),
            trouble: Arc::default(),
        }
    }

    /// Why the body could not be read, if it was that.
    pub(super) fn trouble(&self) -> Option<io::Error> {
        self.slot().take()
    }

    fn slot(&self) -> std::sync::MutexGuard<'_, Option<io::Error>> {
        self.trouble.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for the answer as long as something moves. reqwest's own `read_timeout` counts from the start of
    /// the request, so that it would end every upload that takes longer.
    ///
    /// A server that sends others their answers is not silent: this request waits for its turn there, and to send it again
    /// would only make the queue longer. That holds for [`TURN`] times as long.
    pub(super) async fn unless_still<T>(
        &self,
        answer: impl Future<Output = T>,
        idle: Duration,
        pulse: &Pulse,
    ) -> Option<T> {
        let (mut movement, mut others) = (self.moved.subscribe(), pulse.0.subscribe());
        let mut moved = Instant::now();
        tokio::pin!(answer);
        loop {
            tokio::select! {
                answer = &mut answer => return Some(answer),
                Ok(()) = movement.changed() => moved = Instant::now(),
                Ok(()) = others.changed(), if moved.elapsed() < idle * TURN => {}
                () = tokio::time::sleep(idle) => return None,
            }
        }
    }
}

/// Adds the body. Its length is always said, 0 too: without it hyper sends chunks, which stores behind a
/// server refuse.
pub(super) async fn with_body(
    builder: reqwest::RequestBuilder,
    body: &Body,
    watch: &Watch,
) -> io::Result<reqwest::RequestBuilder> {
    let (content_type, body_bytes) = match body {
        Body::Empty => return Ok(builder),
        Body::Json(bytes) => (Some(&JSON), reqwest::Body::from(bytes.clone())),
        Body::Reopen {
            length: 0,
            content_type,
            ..
        } => (content_type.as_ref(), reqwest::Body::from(Bytes::new())),
        Body::Reopen {
            length,
            content_type,
            open,
            ..
        } => {
            let watched = Watched {
                stream: open().await?,
                left: *length,
                watch: watch.clone(),
            };
            (content_type.as_ref(), watched.into_body())
        }
    };
    let builder = match content_type {
        Some(content_type) => builder.header(CONTENT_TYPE, content_type),
        None => builder,
    };
    Ok(builder
        .header(CONTENT_LENGTH, body.length())
        .body(body_bytes))
}

static JSON: reqwest::header::HeaderValue =
    reqwest::header::HeaderValue::from_static("application/json");

/// A body that tells when it moves, that it failed, and that its length is another than was said.
struct Watched {
    stream: Bytestream,
    left: u64,
    watch: Watch,
}

impl Watched {
    fn into_body(self) -> reqwest::Body {
        let pieces = stream::try_unfold(self, |mut this| async move {
            let piece = this.next().await.map_err(|error| {
                let kind = error.kind();
                *this.watch.slot() = Some(error);
                io::Error::from(kind)
            })?;
            Ok::<_, io::Error>(piece.map(|piece| (piece, this)))
        });
        reqwest::Body::wrap_stream(pieces)
    }

    async fn next(&mut self) -> io::Result<Option<Bytes>> {
        let piece = self.stream.next().await.transpose()?;
        self.watch.moved.send_replace(());
        let Some(bytes) = piece else {
            return if self.left == 0 {
                Ok(None)
            } else {
                Err(changed("it became shorter while it was read"))
            };
        };
        match self.left.checked_sub(bytes.len() as u64) {
            Some(left) => self.left = left,
            None => return Err(changed("it became longer while it was read")),
        }
        Ok(Some(bytes))
    }
}

fn changed(how: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, how)
}

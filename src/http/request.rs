//! What is asked: a request that can be sent more than once.
//!
//! It knows no policy; whether it *may* be sent again is said by its `repeat`.

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::BoxFuture;
use futures_util::stream::BoxStream;
use reqwest::Method;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde::Serialize;
use url::Url;

use super::error::Error;
use super::retry::Repeat;

/// The bytes of a body as they are read.
pub type Bytestream = BoxStream<'static, io::Result<Bytes>>;

/// Opens a body again from its start, once for every attempt.
pub type Open = Arc<dyn Fn() -> BoxFuture<'static, io::Result<Bytestream>> + Send + Sync>;

/// A request.
#[derive(Debug, Clone)]
pub struct Request {
    /// What to do.
    pub method: Method,
    /// Where.
    pub url: Url,
    /// Headers of this request alone.
    pub headers: HeaderMap,
    /// What is sent along.
    pub body: Body,
    /// Whether it may be sent again.
    pub repeat: Repeat,
    /// Whether the address is all that it takes: nothing of ours goes with it, even to a host that the user named.
    pub is_bare: bool,
    /// Whether it is sent again soon or not at all.
    pub is_brisk: bool,
    /// How much longer than for others its answer may be in coming.
    pub longer: Duration,
}

/// What is sent along with a request.
#[derive(Clone)]
pub enum Body {
    /// Nothing.
    Empty,
    /// A JSON document.
    Json(Bytes),
    /// Bytes that are opened anew for every attempt, because a stream cannot be rewound.
    Reopen {
        /// How many bytes there are; another number of them is an error.
        length: u64,
        /// What they are, where that may be said: a signature may not cover it.
        content_type: Option<HeaderValue>,
        /// Opens them.
        open: Open,
        /// The file that holds them, where one does.
        file: Option<PathBuf>,
    },
}

impl Request {
    /// A request without a body. Everything but POST may be repeated freely, unless told otherwise.
    pub fn new(method: Method, url: Url) -> Self {
        let repeat = if method == Method::POST {
            Repeat::OnlyIfNotArrived
        } else {
            Repeat::Freely
        };
        Self {
            method,
            url,
            headers: HeaderMap::new(),
            body: Body::Empty,
            repeat,
            is_bare: false,
            is_brisk: false,
            longer: Duration::ZERO,
        }
    }

    /// With a JSON body.
    pub fn json(mut self, value: &impl Serialize) -> Result<Self, Error> {
        let json = serde_json::to_vec(value).map_err(Error::Unwritable)?;
        self.body = Body::Json(json.into());
        Ok(self)
    }

    /// With another body.
    #[must_use]
    pub fn body(mut self, body: Body) -> Self {
        self.body = body;
        self
    }

    /// With one more header.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    /// To an address that is signed: without credentials, of which a store takes no second sort, and without
    /// redirections, for which the signature does not hold.
    #[must_use]
    pub fn bare(mut self) -> Self {
        self.is_bare = true;
        self
    }

    /// What does not work at once is not worth waiting for.
    #[must_use]
    pub fn brisk(mut self) -> Self {
        self.is_brisk = true;
        self
    }

    /// Which has the server at work for so long before it can answer.
    #[must_use]
    pub fn longer(mut self, longer: Duration) -> Self {
        self.longer = longer;
        self
    }

    /// With another answer to the question whether it may be sent again.
    #[must_use]
    pub fn repeat(mut self, repeat: Repeat) -> Self {
        self.repeat = repeat;
        self
    }
}

impl Body {
    /// Bytes in memory that are not JSON.
    pub fn bytes(bytes: impl Into<Bytes>, content_type: HeaderValue) -> Self {
        let bytes = bytes.into();
        let length = bytes.len() as u64;
        let open: Open = Arc::new(move || {
            let bytes = bytes.clone();
            Box::pin(async move {
                let stream: Bytestream = Box::pin(futures_util::stream::iter([Ok(bytes)]));
                Ok(stream)
            })
        });
        Self::Reopen {
            length,
            content_type: Some(content_type),
            open,
            file: None,
        }
    }

    /// How many bytes it has.
    pub fn length(&self) -> u64 {
        match self {
            Self::Empty => 0,
            Self::Json(bytes) => bytes.len() as u64,
            Self::Reopen { length, .. } => *length,
        }
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self {
            Self::Empty => "empty",
            Self::Json(_) => "JSON",
            Self::Reopen { .. } => "reopened",
        };
        write!(formatter, "{kind}, {} bytes", self.length())
    }
}

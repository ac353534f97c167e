//! What is tried again with a bucket: the same as with servers, and as often.
//!
//! It tells one failure of `object_store` from another; which of them are worth another attempt is said in `http`.

use std::error::Error as _;
use std::io;
use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream::{self, BoxStream, StreamExt as _, TryStreamExt as _};
use object_store::client::{
    ClientOptions, HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpResponse,
    HttpService, ReqwestConnector,
};

use super::Cause;
use crate::http::header::RETRY_AFTER;
use crate::http::retry::{Happening, retry_after};
use crate::http::{Bytestream, Patience, StatusCode};

/// What moves slower than so many bytes in a second stands still. The bytes of a request are sent unwatched, so that
/// this is all that can be known of them.
const SLOWEST: u64 = 8 << 10;

/// How much of a refusal is shown.
const LONGEST_REFUSAL: usize = 200;

/// How much longer than others a request may take that carries so many bytes.
pub(super) fn carrying(bytes: u64) -> Duration {
    Duration::from_secs(bytes / SLOWEST)
}

/// Sends a request whose answer may be in coming for so much longer than others, again where that may help. Twice must be
/// as good as once.
pub(super) async fn again<T, F>(
    patience: &Patience,
    longer: Duration,
    attempt: impl Fn() -> F,
) -> Result<T, Cause>
where
    F: Future<Output = object_store::Result<T>>,
{
    let limit = patience.idle() + longer;
    let attempt = || {
        let attempt = attempt();
        async move {
            match tokio::time::timeout(limit, attempt).await {
                Ok(result) => result.map_err(Cause::from),
                Err(_) => Err(Cause::Silent(limit)),
            }
        }
    };
    patience.again(happening, attempt).await
}

/// The bytes of an answer, which fail when none come for too long.
pub(super) fn unless_still(
    bytes: BoxStream<'static, object_store::Result<Bytes>>,
    idle: Duration,
) -> Bytestream {
    stream::try_unfold(bytes, move |mut bytes| async move {
        match tokio::time::timeout(idle, bytes.try_next()).await {
            Ok(Ok(block)) => Ok(block.map(|block| (block, bytes))),
            Ok(Err(error)) => Err(io::Error::other(error)),
            Err(_) => Err(io::Error::from(io::ErrorKind::TimedOut)),
        }
    })
    .boxed()
}

/// What came of an attempt; nothing where it was not sent at all, or refused for good.
fn happening(cause: &Cause, known: bool) -> Option<Happening> {
    let error = match cause {
        Cause::Silent(_) => return Some(Happening::Broken { known }),
        Cause::Cloud(error) => error,
        _ => return None,
    };
    if let Some(refusal) = within::<Refusal>(error) {
        return Some(Happening::Status {
            status: refusal.status.as_u16(),
            retry_after: refusal.retry_after,
            permanent: false,
        });
    }
    Some(match within::<HttpError>(error)?.kind() {
        HttpErrorKind::Connect => Happening::Unreachable { known },
        _ => Happening::Broken { known },
    })
}

/// The cause of this kind that an error has somewhere.
fn within<T: std::error::Error + 'static>(error: &object_store::Error) -> Option<&T> {
    let mut source = error.source();
    while let Some(error) = source {
        if let Some(found) = error.downcast_ref() {
            return Some(found);
        }
        source = error.source();
    }
    None
}

/// The status with which a request was refused, where it was and `object_store` has no name for that.
pub(in crate::artifacts) fn status(error: &object_store::Error) -> Option<u16> {
    Some(within::<Refusal>(error)?.status.as_u16())
}

/// An answer that is no success.
#[derive(Debug, thiserror::Error)]
#[error("{status}{text}")]
struct Refusal {
    status: StatusCode,
    retry_after: Option<Duration>,
    text: String,
}

/// Makes clients that tell a refusal with its status, which `object_store` keeps to itself.
#[derive(Debug)]
pub(super) struct Connector;

impl HttpConnector for Connector {
    fn connect(&self, options: &ClientOptions) -> object_store::Result<HttpClient> {
        let client = ReqwestConnector::default().connect(options)?;
        Ok(HttpClient::new(Telling(client)))
    }
}

#[derive(Debug)]
struct Telling(HttpClient);

impl HttpService for Telling {
    fn call<'life0, 'async_trait>(
        &'life0 self,
        request: HttpRequest,
    ) -> Pin<Box<dyn Future<Output = Result<HttpResponse, HttpError>> + Send + 'async_trait>>
    where
        'life0: 'async_trait,
        Self: 'async_trait,
    {
        Box::pin(async move {
            let response = self.0.execute(request).await?;
            // Those that `object_store` knows by name say more than their numbers.
            match response.status().as_u16() {
                ..=399 | 401 | 403 | 404 | 409 | 412 => Ok(response),
                _ => Err(refusal(response).await),
            }
        })
    }
}

async fn refusal(response: HttpResponse) -> HttpError {
    let (head, body) = response.into_parts();
    let wish = head.headers.get(RETRY_AFTER);
    let wish = wish.and_then(|wish| retry_after(wish, jiff::Timestamp::now()));
    // A refusal whose reasons cannot be read is still a refusal.
    let body = body.bytes().await.unwrap_or_default();
    let words = String::from_utf8_lossy(&body);
    let words: Vec<&str> = words.split_whitespace().collect();
    let mut text: String = words.join(" ").chars().take(LONGEST_REFUSAL).collect();
    if !text.is_empty() {
        text.insert_str(0, ": ");
    }
    let refusal = Refusal {
        status: head.status,
        retry_after: wish,
        text,
    };
    // `object_store` sends nothing of this kind again.
    HttpError::new(HttpErrorKind::Unknown, refusal)
}

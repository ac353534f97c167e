//! Addresses that grant what they name: bytes to and from a bucket without any other right.
//!
//! They go to whatever host the server named, which may be its own, so nothing of ours goes with them: no credentials,
//! of which S3 takes one sort only, and no redirection of what was signed for one place.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::{StreamExt as _, TryStreamExt as _};
use md5::{Digest as _, Md5};
use serde::{Deserialize, Serialize};
use url::Url;

use super::doubt::without_doubtful;
use super::{Content, Reading, Span};
use crate::http::header::{
    CONTENT_RANGE, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, HeaderValue, RANGE,
};
use crate::http::{Body, Client, Error, Method, Open, Request, Response, SafeUrl};

/// How often what arrived damaged is sent again.
const AGAIN: u32 = 2;

/// A signed address and the headers that were signed with it.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Signed {
    #[serde(alias = "presigned_url")]
    pub(super) url: Url,
    #[serde(default)]
    pub(super) headers: BTreeMap<String, String>,
}

impl fmt::Debug for Signed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Signed({})", SafeUrl::from(&self.url))
    }
}

/// What came of a file that was sent.
pub(super) enum Arrived {
    /// It is there, under this entity tag.
    Whole(String),
    /// The store has other bytes than were sent.
    Damaged { sent: String, found: String },
}

impl Signed {
    /// Sends bytes, and makes sure that the store has just these where it says what it has.
    pub(super) async fn put(&self, content: &Content, client: &Client) -> Result<Arrived, Error> {
        let mut tries = 0;
        loop {
            let arrived = self.put_once(content, client).await?;
            match arrived {
                Arrived::Damaged { .. } if tries < AGAIN => tries += 1,
                arrived => return Ok(arrived),
            }
        }
    }

    async fn put_once(&self, content: &Content, client: &Client) -> Result<Arrived, Error> {
        let sum = Sum::default();
        let mut headers = self.headers();
        let body = Body::Reopen {
            length: content.length,
            content_type: headers.remove(CONTENT_TYPE),
            open: sum.over(&content.open),
            file: content.file.clone(),
        };
        let mut request = Request::new(Method::PUT, self.url.clone()).bare();
        request.headers = headers;
        let response = client.send(request.body(body)).await?;
        let tag = tag(&response);
        let sent = sum.finish(content.length);
        match is_md5(&tag, response.headers()) {
            Some(found) if found != sent => Ok(Arrived::Damaged {
                sent,
                found: found.to_owned(),
            }),
            _ => Ok(Arrived::Whole(tag)),
        }
    }

    /// Reads some of the file.
    pub(super) async fn get(&self, span: Span, client: &Client) -> Result<Reading, Error> {
        let mut request = ranged(Request::new(Method::GET, self.url.clone()), span);
        request.headers.extend(self.headers());
        let response = client.send(request.bare()).await?;
        // A weak tag does not tell bytes apart (RFC 9110, 8.8.1).
        let tag = Some(tag(&response)).filter(|tag| tag.starts_with('"'));
        Ok(Reading {
            version: tag,
            ..reading(response)
        })
    }

    fn headers(&self) -> HeaderMap {
        let pairs = self.headers.iter();
        pairs
            .filter_map(|(name, value)| {
                let name = HeaderName::try_from(name.as_str()).ok()?;
                Some((name, HeaderValue::try_from(value.as_str()).ok()?))
            })
            .collect()
    }
}

/// A request for some bytes of a file.
pub(super) fn ranged(request: Request, span: Span) -> Request {
    let range = match span {
        Span {
            start: 0,
            end: None,
        } => return request,
        Span { start, end: None } => format!("bytes={start}-"),
        Span {
            start,
            end: Some(end),
        } => format!("bytes={start}-{}", end.saturating_sub(1)),
    };
    match HeaderValue::try_from(range) {
        Ok(range) => request.header(RANGE, range),
        Err(_) => request,
    }
}

/// What an answer holds of a file: all of it, or what `Content-Range` says. Its tag is that of a store alone: MLflow's
/// server makes another one for each request (3.17.2, of the time of the copy that it fetched).
pub(super) fn reading(response: Response) -> Reading {
    let range = response.headers().get(CONTENT_RANGE);
    let (start, end) = match range.and_then(content_range) {
        Some((start, last, total)) => (start, (Some(last + 1) != total).then_some(last + 1)),
        None => (0, None),
    };
    Reading {
        start,
        end,
        version: None,
        bytes: without_doubtful(response.into_stream().map_err(io::Error::other)),
    }
}

/// First byte, last byte and length: `bytes 5-9/10` (RFC 9110, 14.4).
fn content_range(range: &HeaderValue) -> Option<(u64, u64, Option<u64>)> {
    let (span, total) = range
        .to_str()
        .ok()?
        .strip_prefix("bytes ")?
        .split_once('/')?;
    let (first, last) = span.split_once('-')?;
    Some((first.parse().ok()?, last.parse().ok()?, total.parse().ok()))
}

fn tag(response: &Response) -> String {
    let tag = response.headers().get(ETAG);
    tag.and_then(|tag| tag.to_str().ok())
        .unwrap_or_default()
        .to_owned()
}

/// The MD5 that an entity tag is, where it is one. Of what is encrypted with keys of its own it is not
/// (Amazon S3 API Reference, "Object", `ETag`).
fn is_md5<'a>(tag: &'a str, headers: &HeaderMap) -> Option<&'a str> {
    let is_encrypted = headers.keys().any(|name| {
        name.as_str().starts_with("x-amz-server-side-encryption")
            && headers
                .get(name)
                .is_none_or(|value| value.as_bytes() != b"AES256")
    });
    let tag = tag.trim_matches('"');
    let is_digest = tag.len() == 32 && tag.bytes().all(|digit| digit.is_ascii_hexdigit());
    (is_digest && !is_encrypted).then_some(tag)
}

/// The MD5 of what passes by, of the last attempt alone.
#[derive(Default)]
struct Sum(Arc<Mutex<Md5>>);

impl Sum {
    /// The same bytes, summed up as they pass.
    fn over(&self, open: &Open) -> Open {
        let (sum, open) = (Arc::clone(&self.0), Arc::clone(open));
        Arc::new(move || {
            let (sum, opened) = (Arc::clone(&sum), open());
            Box::pin(async move {
                *sum.lock().unwrap_or_else(PoisonError::into_inner) = Md5::new();
                let bytes = opened.await?.inspect_ok(move |block| {
                    sum.lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .update(block);
                });
                Ok(bytes.boxed())
            })
        })
    }

    /// Of nothing it is the sum of nothing: a body of no bytes is never opened.
    fn finish(self, length: u64) -> String {
        let sum = match length {
            0 => Md5::new(),
            _ => std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner)),
        };
        let digest: [u8; 16] = sum.finalize().into();
        format!("{:032x}", u128::from_be_bytes(digest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_they_are_written() {
        let read = |text| content_range(&HeaderValue::from_static(text));
        assert_eq!(read("bytes 5-9/10"), Some((5, 9, Some(10))));
        assert_eq!(read("bytes 0-0/*"), Some((0, 0, None)));
        assert_eq!(read("bytes */10"), None);
    }

    #[test]
    fn only_an_md5_is_taken_for_one() {
        let plain = HeaderMap::new();
        let md5 = "\"d41d8cd98f00b204e9800998ecf8427e\"";
        assert_eq!(
            is_md5(md5, &plain),
            Some("d41d8cd98f00b204e9800998ecf8427e")
        );
        assert_eq!(
            is_md5("\"d41d8cd98f00b204e9800998ecf8427e-2\"", &plain),
            None
        );
        let mut encrypted = HeaderMap::new();
        encrypted.insert(
            "x-amz-server-side-encryption",
            HeaderValue::from_static("aws:kms"),
        );
        assert_eq!(is_md5(md5, &encrypted), None);
    }
}

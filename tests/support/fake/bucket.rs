//! A bucket behind the fake server, at an address of its own, to which the server signs addresses.
//!
//! It checks no signatures, but whether their time is over, which real ones cannot be hurried to. Its objects are the
//! fake server's own artifacts.

use std::collections::BTreeMap;

use axum::body::Bytes;
use md5::{Digest as _, Md5};
use serde_json::{Value, json};

use super::artifacts::{File, join, safe};
use super::state::{Answered, Asked, Refused, Reply, Store, new_id, ok};

/// What its paths begin with.
pub(super) const PREFIX: &str = "/bucket/";

/// What it keeps besides objects.
#[derive(Debug)]
pub(super) struct Bucket {
    /// Where it answers.
    pub(super) url: String,
    /// The addresses that are signed next so many times are too old already.
    pub(super) stale: usize,
    /// Whether it sends all of an object, whatever was asked for.
    pub(super) ignores_ranges: bool,
    uploads: BTreeMap<String, BTreeMap<u64, (String, Bytes)>>,
}

impl Bucket {
    pub(super) fn new(url: String) -> Self {
        Self {
            url,
            stale: 0,
            ignores_ranges: false,
            uploads: BTreeMap::new(),
        }
    }

    /// Uploads that were begun and are neither finished nor given up.
    pub(super) fn loose(&self) -> usize {
        self.uploads.len()
    }

    fn sign(&self, path: &str, more: &str, is_stale: bool) -> Value {
        let path: String = url::form_urlencoded::byte_serialize(path.as_bytes()).collect();
        let path = path.replace("%2F", "/").replace('+', "%20");
        json!(format!(
            "{}{PREFIX}{path}?stale={is_stale}&signature=secret{more}",
            self.url
        ))
    }

    fn is_stale(&mut self) -> bool {
        let is_stale = self.stale > 0;
        self.stale = self.stale.saturating_sub(1);
        is_stale
    }
}

impl Store {
    /// `mpu/…` and `presigned/…` beside `artifacts/…`, where there is a bucket.
    pub(super) fn sign(&mut self, asked: &Asked, rest: &str) -> Reply {
        let Some(bucket) = &mut self.bucket else {
            let message = "Multipart upload is not supported for the current artifact repository";
            return Err(Refused::new("NOT_IMPLEMENTED", message));
        };
        let question: Value = serde_json::from_slice(&asked.body).unwrap_or_default();
        if let Some(path) = rest.strip_prefix("presigned/") {
            let path = safe(path)?;
            let is_stale = bucket.is_stale();
            let url = bucket.sign(&path, "", is_stale);
            return ok(&json!({ "url": url, "headers": {} }));
        }
        let (action, folder) = rest.trim_start_matches("mpu/").split_once('/').unwrap();
        let path = join(&safe(folder)?, question["path"].as_str().unwrap());
        let id = question["upload_id"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        match action {
            "create" => {
                let id = new_id();
                let is_stale = bucket.is_stale();
                let count = question["num_parts"].as_u64().unwrap();
                let credentials: Vec<Value> = (1..=count)
                    .map(|number| {
                        let more = format!("&uploadId={id}&partNumber={number}");
                        let url = bucket.sign(&path, &more, is_stale);
                        json!({ "part_number": number, "url": url, "headers": {} })
                    })
                    .collect();
                bucket.uploads.insert(id.clone(), BTreeMap::new());
                ok(&json!({ "upload_id": id, "credentials": credentials }))
            }
            "complete" => {
                let Some(parts) = bucket.uploads.get(&id) else {
                    return Err(Refused::new("INTERNAL_ERROR", "NoSuchUpload"));
                };
                let named = question["parts"].as_array().unwrap();
                let whole = named.iter().all(|part| {
                    let found = parts.get(&part["part_number"].as_u64().unwrap());
                    found.is_some_and(|(tag, _)| part["etag"] == tag.as_str())
                });
                if !whole || named.len() != parts.len() {
                    return Err(Refused::new("INTERNAL_ERROR", "InvalidPart"));
                }
                let parts = bucket.uploads.remove(&id).unwrap();
                let bytes: Vec<u8> = parts.into_values().flat_map(|(_, bytes)| bytes).collect();
                self.files.insert(path, File::of(bytes.into()));
                ok(&json!({}))
            }
            _ => {
                bucket.uploads.remove(&id);
                ok(&json!({}))
            }
        }
    }

    /// What the bucket itself answers.
    pub(super) fn bucket(&mut self, asked: &Asked, path: &str) -> Reply {
        let path = safe(path)?;
        let Some(bucket) = &mut self.bucket else {
            return error(404, "NoSuchBucket", "there is none");
        };
        if asked.query.get("stale").is_none_or(|it| it == "true") {
            return error(403, "AccessDenied", "Request has expired");
        }
        let number = asked.query.get("partNumber").and_then(|it| it.parse().ok());
        match (asked.method.as_str(), number) {
            ("PUT", Some(number)) => {
                let id = &asked.query["uploadId"];
                let Some(parts) = bucket.uploads.get_mut(id) else {
                    return error(404, "NoSuchUpload", "it was given up");
                };
                let tag = tag(&asked.body);
                parts.insert(number, (tag.clone(), asked.body.clone()));
                let mut answered = Answered::new(200, "application/xml", "");
                answered.headers.push(("etag", tag));
                Ok(answered)
            }
            ("GET", _) => {
                let range = asked.range.as_deref().filter(|_| !bucket.ignores_ranges);
                let mut answered = self.get(&path, range)?;
                let tag = tag(self.file(&path)?.bytes());
                answered.headers.push(("etag", tag));
                Ok(answered)
            }
            _ => error(405, "MethodNotAllowed", "no"),
        }
    }
}

fn tag(bytes: &Bytes) -> String {
    let digest: [u8; 16] = Md5::digest(bytes).into();
    format!("\"{:032x}\"", u128::from_be_bytes(digest))
}

/// S3's way to refuse.
#[expect(clippy::unnecessary_wraps, reason = "so that every answer ends alike")]
fn error(status: u16, code: &str, message: &str) -> Reply {
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>{message}</Message></Error>"
    );
    Ok(Answered::new(status, "application/xml", body))
}

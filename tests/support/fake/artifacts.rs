//! Proxied artifacts of the fake server: bytes by path, with MLflow's rules for paths.

use axum::body::Bytes;
use serde_json::{Value, json};

use super::Generation;
use super::state::{Answered, Asked, Refused, Reply, Store, nowhere, ok};

/// A stored file.
#[derive(Debug)]
pub(super) struct File {
    /// Its bytes; of a very large file only the beginning.
    bytes: Bytes,
    length: u64,
}

impl File {
    /// A file with these bytes.
    pub(super) fn of(bytes: Bytes) -> Self {
        let length = bytes.len() as u64;
        Self { bytes, length }
    }

    /// Its bytes.
    pub(super) fn bytes(&self) -> &Bytes {
        &self.bytes
    }
}

impl Store {
    pub(super) fn artifacts(&mut self, asked: &Asked, rest: &str) -> Reply {
        if rest.starts_with("mpu/") || rest.starts_with("presigned/") {
            return self.sign(asked, rest);
        }
        if asked.method == "GET" && rest == "artifacts" {
            let path = asked.optional("path").unwrap_or_default();
            return ok(&json!({ "files": self.entries(&safe(&path)?) }));
        }
        let Some(path) = rest.strip_prefix("artifacts/") else {
            return nowhere();
        };
        let path = safe(path)?;
        match asked.method.as_str() {
            "PUT" => {
                let file = File {
                    bytes: asked.body.clone(),
                    length: asked.length,
                };
                self.files.insert(path, file);
                ok(&json!({}))
            }
            "GET" => self.get(&path, asked.range.as_deref()),
            "HEAD" => {
                let length = self.file(&path)?.length;
                let mut answered = Answered::new(200, "application/octet-stream", "");
                answered
                    .headers
                    .push(("content-length", length.to_string()));
                Ok(answered)
            }
            "DELETE" => {
                let below = format!("{path}/");
                self.files
                    .retain(|name, _| *name != path && !name.starts_with(&below));
                ok(&json!({}))
            }
            _ => nowhere(),
        }
    }

    pub(super) fn file(&self, path: &str) -> Result<&File, Refused> {
        let missing = || match self.generation {
            Generation::Three => Refused::missing(format!("No such artifact: '{path}'")),
            // 2.22.5 answers 500, a status that invites a retry.
            Generation::Two => Refused::new("INTERNAL_ERROR", "Internal server error"),
        };
        self.files.get(path).ok_or_else(missing)
    }

    pub(super) fn get(&self, path: &str, range: Option<&str>) -> Reply {
        let file = self.file(path)?;
        let kind = "application/octet-stream";
        let whole = || Ok(Answered::new(200, kind, file.bytes.clone()));
        let Some(range) = range.and_then(|range| range.strip_prefix("bytes=")) else {
            return whole();
        };
        let Some((first, last)) = range.split_once('-') else {
            return whole();
        };
        let end = file.bytes.len();
        let first = first.parse().unwrap_or(0);
        let last = last.parse().map_or(end, |last: usize| end.min(last + 1));
        if first >= end {
            return Ok(Answered::new(416, kind, ""));
        }
        let mut answered = Answered::new(206, kind, file.bytes.slice(first..last));
        let content_range = format!("bytes {first}-{}/{end}", last - 1);
        answered.headers.push(("content-range", content_range));
        answered.headers.push(("accept-ranges", "bytes".to_owned()));
        Ok(answered)
    }

    /// The entries of one folder; a folder that is not there has none.
    pub(super) fn entries(&self, folder: &str) -> Vec<Value> {
        let prefix = join(folder, "");
        let mut entries: Vec<Value> = Vec::new();
        for (path, file) in &self.files {
            let Some(below) = path.strip_prefix(&prefix) else {
                continue;
            };
            let entry = match below.split_once('/') {
                Some((name, _)) => json!({ "path": name, "is_dir": true }),
                None => json!({ "path": below, "is_dir": false, "file_size": file.length }),
            };
            if entries.iter().all(|known| known["path"] != entry["path"]) {
                entries.push(entry);
            }
        }
        entries
    }
}

/// A path below a folder; below nothing, the path alone.
pub(super) fn join(folder: &str, path: &str) -> String {
    if folder.is_empty() {
        path.to_owned()
    } else {
        format!("{folder}/{path}")
    }
}

/// `validate_path_is_safe` of MLflow 3.17.2, `utils/uri.py`: decodes until nothing changes, then refuses.
pub(super) fn safe(path: &str) -> Result<String, Refused> {
    let mut path = path.to_owned();
    for _ in 0..10 {
        let decoded = decode(&path);
        if decoded == path {
            break;
        }
        path = decoded;
    }
    let is_unsafe =
        path.contains('#') || path.starts_with('/') || path.split('/').any(|it| it == "..");
    if is_unsafe {
        Err(Refused::invalid("Invalid path"))
    } else {
        Ok(path)
    }
}

fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = tail.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        let byte = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        if let (b'%', Some(byte)) = (first, byte) {
            bytes.push(byte);
            rest = &tail[2..];
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

//! The shelves: where the bytes of runs and models rest.
//!
//! A store knows how to list, read and write by relative path; what moves, in which order and how
//! often is the business of `transfer`. Knows nothing of runs, models or the registry.
//!
//! ```text
//! open ─► Proxy      mlflow-artifacts:, http:   through the server; large files by mpu/… and presigned/…
//!       ├ Local      file:, plain paths         a folder that the server proved to share
//!       ├ Presigned  s3:                        the server signs, the bytes go to the bucket
//!       └ Cloud      s3: gs: wasbs: abfss:      the user's own keys (feature `cloud`)
//! ```

#[cfg(feature = "cloud")]
mod cloud;
mod doubt;
mod dry_run;
mod error;
mod local;
pub mod names;
mod open;
mod owner;
mod partial;
mod presigned;
mod proxy;
mod settings;
mod signed;

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};

pub use dry_run::DryRun;
pub use error::{Cause, Error};
pub use open::{folder, open, open_without_server, path_without_server};
pub use settings::{Multipart, Settings};

pub use crate::http::Bytestream;

use crate::entity::manifest::RelativePath;
use crate::http::Open;

/// A file or folder as a store lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its path below the root of the store.
    pub path: RelativePath,
    /// Whether more lies below it.
    pub is_folder: bool,
    /// Its length in bytes; a store may not tell.
    pub size: Option<u64>,
}

/// The bytes of one file or part, which a store may ask for again from the start when it tries again.
#[derive(Clone)]
pub struct Content {
    /// How many bytes there are.
    pub length: u64,
    /// Opens them at the start.
    pub open: Open,
    /// The file that holds them, where one holds just them.
    pub file: Option<PathBuf>,
}

impl fmt::Debug for Content {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Content")
            .field("length", &self.length)
            .finish_non_exhaustive()
    }
}

/// Which bytes of a file are wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Span {
    /// The first of them.
    pub start: u64,
    /// The one behind the last; all that follow without it.
    pub end: Option<u64>,
}

impl Span {
    /// From an offset to the end.
    pub fn from(start: u64) -> Self {
        Self { start, end: None }
    }
}

/// Bytes that a store sends, and where in the file they lie.
pub struct Reading {
    /// The offset of the first byte: the one asked for, or 0 where the store cannot start midway.
    pub start: u64,
    /// The offset behind the last byte where the store stops before the end of the file, as asked.
    pub end: Option<u64>,
    /// What is another one as soon as the file is; a store may not tell.
    pub version: Option<String>,
    /// The bytes.
    pub bytes: Bytestream,
}

impl fmt::Debug for Reading {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Reading")
            .field("start", &self.start)
            .field("end", &self.end)
            .field("version", &self.version)
            .finish_non_exhaustive()
    }
}

/// A place that holds files by relative path.
pub trait ArtifactStore: fmt::Debug + Send + Sync {
    /// Where it is, without secrets, for messages.
    fn place(&self) -> String;

    /// Refuses a name that would become another one there, and a file that is longer than what it takes.
    fn check(&self, path: &RelativePath, _length: u64) -> Result<(), Error> {
        names::check(path)
    }

    /// What lies directly in `folder` (the root without one). A folder that is not there is empty.
    fn list<'a>(
        &'a self,
        folder: Option<&'a RelativePath>,
    ) -> BoxFuture<'a, Result<Vec<Item>, Error>>;

    /// Reads some of a file. A store that cannot read just that sends all of it.
    fn get<'a>(
        &'a self,
        path: &'a RelativePath,
        span: Span,
    ) -> BoxFuture<'a, Result<Reading, Error>>;

    /// Writes a whole file: afterwards all of it is there, or, on an error, nothing new.
    fn put<'a>(
        &'a self,
        path: &'a RelativePath,
        content: Content,
    ) -> BoxFuture<'a, Result<(), Error>>;

    /// The way to send a file of this length in parts; `None` where it goes whole.
    fn parts(&self, length: u64) -> BoxFuture<'_, Result<Option<&dyn PartStore>, Error>>;

    /// Removes a file, or a folder with all that lies in it.
    fn delete<'a>(&'a self, path: &'a RelativePath) -> BoxFuture<'a, Result<(), Error>>;
}

/// What a store demands of parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The length that parts have unless there would be too many.
    pub usual: u64,
    /// The longest a part may be.
    pub longest: u64,
    /// How many there may be.
    pub most: u64,
    /// A part is in memory while it is sent.
    pub in_memory: bool,
}

impl Limits {
    /// Those of S3: 10,000 parts of 5 MiB to 5 GiB, the last of any length (Amazon S3 User Guide,
    /// "Amazon S3 multipart upload limits").
    pub fn s3(usual: u64) -> Self {
        Self {
            usual: usual.max(5 << 20),
            longest: 5 << 30,
            most: 10_000,
            in_memory: false,
        }
    }
}

/// How much longer than usual a store may need to make one file of the parts: some copy all of them, which "can take
/// several minutes" (Amazon S3 API Reference, `CompleteMultipartUpload`).
fn joining(size: u64) -> Duration {
    /// Slower than any disk.
    const SLOWEST: u64 = 8 << 20;
    Duration::from_secs(size / SLOWEST).min(Duration::from_hours(1))
}

/// An upload in parts that was begun. It may be written down and gone on with by another process.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Upload(serde_json::Value);

impl fmt::Debug for Upload {
    /// It may hold signed addresses.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Upload(***)")
    }
}

/// A store that takes a file in parts.
pub trait PartStore: fmt::Debug + Send + Sync {
    /// What parts may be.
    fn limits(&self) -> Limits;

    /// Refuses a name that a file cannot be given in parts.
    fn check_name(&self, _path: &RelativePath) -> Result<(), Error> {
        Ok(())
    }

    /// Begins an upload of so many parts. Nothing is to be seen of it before it is finished.
    fn begin<'a>(
        &'a self,
        path: &'a RelativePath,
        count: u64,
    ) -> BoxFuture<'a, Result<Upload, Error>>;

    /// Sends a part, the first being number 1, and returns the receipt for it.
    fn send<'a>(
        &'a self,
        path: &'a RelativePath,
        upload: &'a Upload,
        number: u64,
        content: Content,
    ) -> BoxFuture<'a, Result<String, Error>>;

    /// Makes a file of so many bytes of the parts, of which the receipts are given in order.
    fn finish<'a>(
        &'a self,
        path: &'a RelativePath,
        upload: &'a Upload,
        receipts: &'a [String],
        size: u64,
    ) -> BoxFuture<'a, Result<(), Error>>;

    /// Gives up an upload, so that the store keeps nothing of it.
    fn abandon<'a>(
        &'a self,
        path: &'a RelativePath,
        upload: &'a Upload,
    ) -> BoxFuture<'a, Result<(), Error>>;
}

//! The shelves: where the bytes of runs and models rest.
//!
//! A store knows how to list, read and write by relative path; what moves, in which order and how
//! often is the business of `transfer`. Knows nothing of runs, models or the registry.

mod dry_run;
mod error;
pub mod names;
mod open;
mod proxy;

use std::fmt;
use std::path::PathBuf;

use futures_util::future::BoxFuture;

pub use dry_run::DryRun;
pub use error::Error;
pub use open::open;

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

/// The bytes of one file, which a store may ask for again from the start when it tries again.
#[derive(Clone)]
pub struct Content {
    /// How many bytes there are.
    pub length: u64,
    /// Opens them at the start.
    pub open: Open,
    /// The file that holds them, where one does.
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

/// Bytes that a store sends, and where in the file they begin.
pub struct Reading {
    /// The offset of the first byte: the one asked for, or 0 where the store cannot start midway.
    pub start: u64,
    /// The bytes from there to the end.
    pub bytes: Bytestream,
}

impl fmt::Debug for Reading {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Reading")
            .field("start", &self.start)
            .finish_non_exhaustive()
    }
}

/// A place that holds files by relative path.
pub trait ArtifactStore: fmt::Debug + Send + Sync {
    /// Where it is, without secrets, for messages.
    fn place(&self) -> String;

    /// What lies directly in `folder` (the root without one). A folder that is not there is empty.
    fn list<'a>(
        &'a self,
        folder: Option<&'a RelativePath>,
    ) -> BoxFuture<'a, Result<Vec<Item>, Error>>;

    /// Reads a file from an offset on.
    fn get<'a>(
        &'a self,
        path: &'a RelativePath,
        offset: u64,
    ) -> BoxFuture<'a, Result<Reading, Error>>;

    /// Writes a whole file: afterwards all of it is there, or, on an error, nothing new.
    fn put<'a>(
        &'a self,
        path: &'a RelativePath,
        content: Content,
    ) -> BoxFuture<'a, Result<(), Error>>;
}

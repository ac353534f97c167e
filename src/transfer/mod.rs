//! The carriers: how the files of a manifest get to a store and back, checked on the way.
//!
//! Knows stores by their trait only. A store repeats its own requests; what is repeated here is the
//! remainder of a download whose connection broke midway.

mod content;
mod download;
mod error;
mod event;
mod upload;

pub use download::{Listed, download, list};
pub use error::Error;
pub use event::{Event, Listener};
pub use upload::upload;

/// How many files are under way at once. MLflow's server answers with a handful of workers; more than
/// this only queues there.
const WIDTH: usize = 8;

/// What a transfer did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files that were moved or found in place.
    pub files: u64,
    /// The bytes of all of them.
    pub bytes: u64,
    /// The bytes among them that an earlier, interrupted transfer had moved already.
    pub reused_bytes: u64,
}

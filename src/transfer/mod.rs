//! The carriers: how files get to a store and back, checked on the way, and never over again.
//!
//! Knows stores by their trait only. A store repeats its own requests; what is repeated here is the
//! remainder of a download whose connection broke midway.
//!
//! ```text
//! upload    Outgoing ─► whole, or plan ─► parts ─► finish      Journal: files sent, parts sent
//! download  Listed   ─► spans, 4 at once ─► digest ─► rename   Landing: files here, spans here
//! ```
//!
//! Journal and landing are locked by their owner, survive it, and say where the next call goes on.

mod content;
mod download;
mod error;
mod event;
mod fetch;
mod intervals;
mod journal;
mod landing;
mod lines;
mod listing;
mod parts;
mod plan;
mod read;
mod sequence;
mod stamp;
mod traffic;
mod upload;

pub use download::download;
pub use error::Error;
pub use event::{Event, Listener};
pub use journal::Journal;
pub use landing::Landing;
pub use lines::Lines;
pub use listing::{Listed, list, list_below};
pub use read::read;
pub use traffic::{Traffic, WIDTH};
pub use upload::{Outgoing, Sent, upload};

/// How many parts or spans of one file are under way at once.
const LANES: usize = 4;

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

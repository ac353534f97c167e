//! What a dry run would have done, as its outcome.
//!
//! It is told line by line on the way, too; see [`super::Event::Would`].

use serde::Serialize;

use crate::entity::deed::Deed;

/// All that a dry run would have done, in order.
#[derive(Debug, Serialize)]
pub struct Plan {
    dry_run: bool,
    /// How many files would have moved.
    pub(crate) files: usize,
    /// How many bytes would have moved.
    pub(crate) bytes: u64,
    would: Vec<Deed>,
}

impl Plan {
    pub(super) fn new(would: Vec<Deed>) -> Self {
        let moving = || would.iter().filter_map(|deed| deed.bytes);
        Self {
            dry_run: true,
            files: moving().count(),
            bytes: moving().sum(),
            would,
        }
    }
}

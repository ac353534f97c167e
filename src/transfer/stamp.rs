//! By what a source file is recognised without reading it: its length and when it was last written.

use std::path::Path;
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

/// Length and time of writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
    length: u64,
    /// Nanoseconds since 1970.
    written: u64,
    /// The number of the file in its file system, where it has one.
    inode: u64,
}

impl Stamp {
    /// That of a file; `None` if the system does not tell.
    pub(super) async fn of(path: &Path) -> Option<Self> {
        let found = fs_err::tokio::metadata(path).await.ok()?;
        let written = found.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        Some(Self {
            length: found.len(),
            written: u64::try_from(written.as_nanos()).ok()?,
            inode: inode(&found),
        })
    }
}

#[cfg(unix)]
fn inode(found: &std::fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(found)
}

#[cfg(not(unix))]
fn inode(_found: &std::fs::Metadata) -> u64 {
    0
}

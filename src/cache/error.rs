//! What can go wrong in the cellar.

use std::io;
use std::path::PathBuf;

use crate::error::{Hint, Kind};

/// A failure of the cache.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Its files cannot be read or written.
    #[error("cannot use the cache in `{}`", .folder.display())]
    Files {
        /// The cache.
        folder: PathBuf,
        /// Why not.
        #[source]
        source: io::Error,
    },
}

impl Hint for Error {
    fn kind(&self) -> Kind {
        Kind::Failed
    }

    fn hint(&self) -> Option<String> {
        Some(
            "set PHI3ML_CACHE_DIR to a folder that can be written, or make room with `phi3ml cache prune`"
                .to_owned(),
        )
    }
}

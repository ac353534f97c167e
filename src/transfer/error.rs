//! What can go wrong on the way.

use std::io;
use std::path::PathBuf;

use crate::artifacts;
use crate::digest::Digest;
use crate::entity::manifest::RelativePath;
use crate::error::{Hint, Kind};

/// A failure of a transfer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] artifacts::Error),
    /// A source file is not what it was when it was hashed.
    #[error("`{path}` changed while it was being sent")]
    SourceChanged {
        /// The file.
        path: RelativePath,
    },
    /// A source file cannot be read.
    #[error("cannot read `{path}`")]
    Source {
        /// The file.
        path: RelativePath,
        /// Why not.
        #[source]
        source: io::Error,
    },
    /// That a file was sent cannot be noted.
    #[error("cannot note that `{path}` was sent")]
    Journal {
        /// The file.
        path: RelativePath,
        /// Why not.
        #[source]
        source: io::Error,
    },
    /// What is done cannot be written down.
    #[error("cannot keep what is done in `{}`", path.display())]
    State {
        /// Where.
        path: PathBuf,
        /// Why not.
        #[source]
        source: io::Error,
    },
    /// Another process is at work on the same transfer.
    #[error("another process is at work on the same transfer: it holds `{}`", path.display())]
    Busy {
        /// What it holds.
        path: PathBuf,
    },
    /// No number of parts that the store takes is enough.
    #[error("`{path}` is too large for the store: it has {size} bytes")]
    TooLarge {
        /// The file.
        path: RelativePath,
        /// Its length.
        size: u64,
    },
    /// Two files that would be one here.
    #[error(
        "`{one}` and `{other}` would be one file here, where upper and lower case are the same"
    )]
    SameName {
        /// One of them.
        one: RelativePath,
        /// The other.
        other: RelativePath,
    },
    /// A file cannot be written here.
    #[error("cannot write `{path}`")]
    Target {
        /// The file.
        path: RelativePath,
        /// Why not.
        #[source]
        source: io::Error,
    },
    /// The connection broke in the middle of a download, and again and again.
    #[error("the download of `{path}` broke off after {received} bytes")]
    Broken {
        /// The file.
        path: RelativePath,
        /// How far it got.
        received: u64,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// A file is not what it was when the first of its bytes were fetched.
    #[error("`{path}` changed at the store while it was being fetched")]
    Changed {
        /// The file.
        path: RelativePath,
    },
    /// What arrived is not what was recorded.
    #[error("`{path}` is damaged: recorded SHA-256 {expected}, received {found}")]
    Damaged {
        /// The file.
        path: RelativePath,
        /// The digest in `SHA256SUMS`.
        expected: Digest,
        /// The digest of what arrived.
        found: Digest,
    },
    /// Fewer or more bytes arrived than the store lists.
    #[error("`{path}` is damaged: {expected} bytes are listed, {found} arrived")]
    Length {
        /// The file.
        path: RelativePath,
        /// The listed length.
        expected: u64,
        /// What arrived.
        found: u64,
    },
    /// The store holds a file less than the model's own list of digests.
    #[error("`{path}` is listed in `SHA256SUMS` and not there")]
    Missing {
        /// The file.
        path: RelativePath,
    },
    /// The store lists folders within folders beyond all measure.
    #[error("{place} holds too many files or folders")]
    TooMany {
        /// The store.
        place: String,
    },
}

impl Error {
    /// Whether the same transfer may go on later with what is there now.
    pub fn can_go_on(&self) -> bool {
        !matches!(self.kind(), Kind::Corrupt | Kind::Failed)
    }
}

impl Hint for Error {
    fn kind(&self) -> Kind {
        match self {
            Self::Store(source) => source.kind(),
            Self::SourceChanged { .. } | Self::Changed { .. } | Self::Busy { .. } => Kind::Conflict,
            Self::Source { .. }
            | Self::Journal { .. }
            | Self::State { .. }
            | Self::Target { .. } => Kind::Failed,
            Self::TooLarge { .. } | Self::SameName { .. } => Kind::Refused,
            Self::Broken { .. } => Kind::Unavailable,
            Self::Damaged { .. }
            | Self::Length { .. }
            | Self::Missing { .. }
            | Self::TooMany { .. } => Kind::Corrupt,
        }
    }

    fn hint(&self) -> Option<String> {
        match self {
            Self::Store(source) => source.hint(),
            Self::SourceChanged { .. } | Self::Changed { .. } => Some(
                "let the program that writes it finish, then run the same command again".into(),
            ),
            Self::Broken { .. } => Some("run the same command again".into()),
            Self::Busy { .. } => {
                Some("wait until it is done, then run the same command again".into())
            }
            Self::Damaged { .. } | Self::Length { .. } | Self::Missing { .. } => Some(
                "the stored model is not the one that was logged: log it again from its source"
                    .into(),
            ),
            Self::Source { .. }
            | Self::Journal { .. }
            | Self::State { .. }
            | Self::TooLarge { .. }
            | Self::SameName { .. }
            | Self::Target { .. }
            | Self::TooMany { .. } => None,
        }
    }
}

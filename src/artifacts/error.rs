//! What can go wrong on the shelves.

use std::io;

use crate::entity::manifest::{RelativePath, UnsafePath};
use crate::error::{Hint, Kind};
use crate::http;

/// A failure of an artifact store.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The store answers, but has no such file.
    #[error("`{path}` is not in {place}")]
    NotFound {
        /// The file that was asked for.
        path: RelativePath,
        /// The store that was asked.
        place: String,
    },
    /// A file could not be read.
    #[error("cannot read `{path}`")]
    Get {
        /// The file that was asked for.
        path: RelativePath,
        /// Why not.
        #[source]
        source: http::Error,
    },
    /// The bytes that were to be written could not be read.
    #[error("cannot read the bytes of `{path}`")]
    Source {
        /// The file that was to be sent.
        path: RelativePath,
        /// Why not.
        #[source]
        source: io::Error,
    },
    /// A file could not be written.
    #[error("cannot write `{path}`")]
    Put {
        /// The file that was sent.
        path: RelativePath,
        /// Why not.
        #[source]
        source: http::Error,
    },
    /// A folder could not be listed.
    #[error("cannot list {place}")]
    List {
        /// The folder that was asked for.
        place: String,
        /// Why not.
        #[source]
        source: http::Error,
    },
    /// The listing names something outside the folder that was listed.
    #[error("the listing of {place} is not to be trusted")]
    Listing {
        /// The folder that was asked for.
        place: String,
        /// The name it holds.
        #[source]
        source: UnsafePath,
    },
    /// A name that the artifact service would change on the way.
    #[error("MLflow's artifact service cannot keep the file name `{path}`: {reason}")]
    Name {
        /// The name.
        path: RelativePath,
        /// What would happen to it.
        reason: &'static str,
    },
    /// The artifact location is a folder of the server's own machine.
    #[error("the server keeps its artifacts in `{uri}`, a folder of its own machine")]
    ServerFolder {
        /// The location it named.
        uri: String,
    },
    /// The artifact location is of a kind that this program does not speak.
    #[error("cannot reach artifacts at `{uri}`: the scheme `{scheme}` is not supported")]
    Scheme {
        /// The location, without secrets.
        uri: String,
        /// Its scheme.
        scheme: String,
    },
    /// The artifact location is not a URI at all.
    #[error("`{uri}` is not an artifact location")]
    Location {
        /// What was given.
        uri: String,
    },
}

impl Hint for Error {
    fn kind(&self) -> Kind {
        match self {
            Self::NotFound { .. } => Kind::NotFound,
            Self::Get { source, .. } | Self::Put { source, .. } | Self::List { source, .. } => {
                source.kind()
            }
            Self::Source { .. } => Kind::Failed,
            Self::Listing { .. } => Kind::Corrupt,
            Self::Name { .. } | Self::ServerFolder { .. } | Self::Scheme { .. } => Kind::Refused,
            Self::Location { .. } => Kind::Usage,
        }
    }

    fn hint(&self) -> Option<String> {
        match self {
            Self::Get { source, .. } | Self::Put { source, .. } | Self::List { source, .. } => {
                source.hint()
            }
            Self::Name { .. } => Some("rename the file and run the same command again".to_owned()),
            Self::ServerFolder { .. } | Self::Scheme { .. } => Some(
                "start the server with `--serve-artifacts` and `--artifacts-destination`, so that \
                 artifacts go through it"
                    .to_owned(),
            ),
            Self::NotFound { .. }
            | Self::Source { .. }
            | Self::Listing { .. }
            | Self::Location { .. } => None,
        }
    }
}

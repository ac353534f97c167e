//! What can go wrong on the shelves.

use std::io;

#[cfg(feature = "cloud")]
use object_store::Error as CloudError;

use crate::entity::manifest::{RelativePath, UnsafePath};
use crate::error::{Hint, Kind};
use crate::http;

/// Why a store failed, in the words of whoever carried the request.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Cause {
    /// The wire.
    #[error(transparent)]
    Http(#[from] http::Error),
    /// The file system.
    #[error(transparent)]
    File(#[from] io::Error),
    /// The cloud's own interface.
    #[cfg(feature = "cloud")]
    #[error(transparent)]
    Cloud(#[from] CloudError),
    /// A cloud that was not heard of for too long.
    #[cfg(feature = "cloud")]
    #[error("nothing was heard for {} s", .0.as_secs())]
    Silent(std::time::Duration),
    /// What was written here is not what the server sees.
    #[error("a file written there does not appear in the server's listing")]
    Unseen,
    /// The answer lacks what it must have.
    #[error("the answer holds no {0}")]
    Lacks(&'static str),
    /// The place holds a link that leads out of it.
    #[error("`{0}` is a link that leads elsewhere")]
    Link(String),
    /// This sort of store cannot do that.
    #[error("{0}")]
    Unable(&'static str),
}

impl Cause {
    fn kind(&self) -> Kind {
        match self {
            Self::Http(source) => source.kind(),
            #[cfg(feature = "cloud")]
            Self::Cloud(source) => match source {
                CloudError::NotFound { .. } => Kind::NotFound,
                CloudError::PermissionDenied { .. } | CloudError::Unauthenticated { .. } => {
                    Kind::Refused
                }
                source => match super::cloud::status(source) {
                    Some(400..408 | 410..429) => Kind::Refused,
                    _ => Kind::Unavailable,
                },
            },
            #[cfg(feature = "cloud")]
            Self::Silent(_) => Kind::Unavailable,
            Self::File(_) | Self::Lacks(_) => Kind::Failed,
            Self::Unseen | Self::Link(_) | Self::Unable(_) => Kind::Refused,
        }
    }

    fn hint(&self) -> Option<String> {
        match self {
            Self::Http(source) => source.hint(),
            _ => None,
        }
    }
}

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
        source: Cause,
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
        source: Cause,
    },
    /// A folder could not be listed.
    #[error("cannot list {place}")]
    List {
        /// The folder that was asked for.
        place: String,
        /// Why not.
        #[source]
        source: Cause,
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
    /// A folder could not be emptied or a file not be removed.
    #[error("cannot delete `{path}`")]
    Delete {
        /// What was to go.
        path: RelativePath,
        /// Why not.
        #[source]
        source: Cause,
    },
    /// What arrived at the store is not what was sent.
    #[error("`{path}` was damaged on the way: the store has MD5 {found}, sent was {sent}")]
    Damaged {
        /// The file.
        path: RelativePath,
        /// The digest of what was sent.
        sent: String,
        /// The digest that the store tells.
        found: String,
    },
    /// A file that is longer than what the store takes at once, and it takes no parts.
    #[error("`{path}` has {length} bytes, and {place} takes no more than {longest} at once")]
    TooLong {
        /// The file.
        path: RelativePath,
        /// Its length.
        length: u64,
        /// The store.
        place: String,
        /// What it takes.
        longest: u64,
    },
    /// A file that the server keeps and cannot send.
    #[error("MLflow 2 cannot send `{path}`: the name has characters that are not in Latin-1")]
    Unreadable {
        /// The file.
        path: RelativePath,
    },
    /// The addresses that were signed for an upload are refused: their time is over.
    #[error("the signed addresses for `{path}` have expired")]
    Expired {
        /// The file.
        path: RelativePath,
        /// What the store said.
        #[source]
        source: http::Error,
    },
    /// An upload in parts that was written down cannot be read.
    #[error("what is noted about the upload of `{path}` makes no sense")]
    Upload {
        /// The file.
        path: RelativePath,
    },
    /// The folder is not the one that the server sees under this name, as far as can be told.
    #[error(
        "the server keeps its artifacts in `{uri}`, and that folder is not shared with this machine"
    )]
    NotShared {
        /// The location it named.
        uri: String,
        /// What was tried.
        #[source]
        source: Cause,
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
        /// What to do about it.
        hint: &'static str,
    },
    /// The artifact location is not a URI at all.
    #[error("`{uri}` is not an artifact location")]
    Location {
        /// What was given.
        uri: String,
    },
}

impl Error {
    /// Whether the store was away, so that it may still have all that it had. MLflow says as a 500 that its own store
    /// refused something.
    pub fn is_away(&self) -> bool {
        let is_refusal = match self {
            Self::Put {
                source: Cause::Http(source),
                ..
            } => source.is_status(500),
            _ => false,
        };
        self.kind() == Kind::Unavailable && !is_refusal
    }
}

impl Hint for Error {
    fn kind(&self) -> Kind {
        match self {
            Self::NotFound { .. } => Kind::NotFound,
            Self::Get { source, .. }
            | Self::Put { source, .. }
            | Self::List { source, .. }
            | Self::Delete { source, .. } => source.kind(),
            Self::Source { .. } | Self::Upload { .. } => Kind::Failed,
            Self::Expired { .. } => Kind::Unavailable,
            Self::Listing { .. } | Self::Damaged { .. } => Kind::Corrupt,
            Self::Name { .. }
            | Self::ServerFolder { .. }
            | Self::NotShared { .. }
            | Self::TooLong { .. }
            | Self::Unreadable { .. }
            | Self::Scheme { .. } => Kind::Refused,
            Self::Location { .. } => Kind::Usage,
        }
    }

    fn hint(&self) -> Option<String> {
        match self {
            Self::Get { source, .. }
            | Self::Put { source, .. }
            | Self::List { source, .. }
            | Self::Delete { source, .. } => source.hint(),
            Self::TooLong { .. } => Some(
                "let the server take it in parts (`--serve-artifacts`, `--artifacts-destination`), or set the \
                 bucket's own key, such as AWS_ACCESS_KEY_ID"
                    .to_owned(),
            ),
            Self::Unreadable { .. } => Some(
                "log it again under another name, or let a server of MLflow 3 serve the same artifacts".to_owned(),
            ),
            Self::Expired { .. } => Some(
                "MLflow signs addresses for an hour, and the upload of this file takes longer: set \
                 MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD=false to send it through the server"
                    .to_owned(),
            ),
            Self::Name { .. } => Some("rename the file and run the same command again".to_owned()),
            Self::ServerFolder { .. } | Self::NotShared { .. } => Some(
                "start the server with `--serve-artifacts` and `--artifacts-destination`, so that \
                 artifacts go through it"
                    .to_owned(),
            ),
            Self::Scheme { hint, .. } => Some((*hint).to_owned()),
            Self::Damaged { .. } | Self::Upload { .. } => {
                Some("run the same command again".to_owned())
            }
            Self::NotFound { .. }
            | Self::Source { .. }
            | Self::Listing { .. }
            | Self::Location { .. } => None,
        }
    }
}

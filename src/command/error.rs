//! What a command itself can find wrong, beyond the failures of the rooms it calls.

use std::path::PathBuf;

use super::Failure;
use crate::error::{Hint, Kind};

/// What to do about a `log-model` that did not come to its end.
const GO_ON: &str = "run the same command again: it goes on where this one stopped";

/// A failure that belongs to no room.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The command line contradicts itself or lacks something.
    #[error("{message}")]
    Usage {
        /// What is wrong.
        message: String,
        /// What to write instead.
        hint: Option<String>,
    },
    /// The user stopped it.
    #[error("interrupted")]
    Interrupted {
        /// Running the same command again goes on where it stopped.
        continues: bool,
    },
    /// The model answered, but not as expected.
    #[error("the answer does not hold what was expected: {}", .missing.join(", "))]
    Unexpected {
        /// The expectations that are not met, quoted.
        missing: Vec<String>,
    },
    /// A row of an input, or all of it, is not what can be asked.
    #[error("{0}")]
    Row(String),
    /// Some of what was asked has an error in place of an answer.
    #[error("{failed} of {all} {what} have no answer")]
    Unanswered {
        /// How many have none.
        failed: usize,
        /// How many there are.
        all: usize,
        /// What they are called.
        what: &'static str,
    },
    /// A file of this machine is not what was to be written there.
    #[error("`{path}` is there already and is something else")]
    Differs {
        /// The file.
        path: String,
    },
    /// A thing is there already.
    #[error("{0}")]
    Exists(String),
    /// Another process does the same.
    #[error("another phi3ml is doing the same: `{journal}` is locked")]
    Busy {
        /// The journal that it holds.
        journal: String,
    },
    /// Not all of something arrived; what did is not sent again.
    #[error("cannot upload {what} to `{artifact_uri}`")]
    Upload {
        /// What was to be sent.
        what: &'static str,
        /// Where to.
        artifact_uri: String,
        /// Why not.
        #[source]
        source: anyhow::Error,
    },
    /// The server gives back another file than it was sent.
    #[error("the server does not give back the `{file}` that was sent")]
    NotAsSent {
        /// The file.
        file: &'static str,
    },
    /// A logged model whose files are not all there.
    #[error("the logged model is not ready")]
    NotReady,
    /// Nothing of this machine has the path that was given for a model.
    #[error("there is no `{}` on this machine", .0.display())]
    NoPath(PathBuf),
    /// A place that was to hold a model and does not.
    #[error("there is no `MLmodel` in {place}")]
    NoModel {
        /// Where it would be.
        place: String,
    },
    /// Nothing says what the files of a model should be.
    #[error("{place} holds no `SHA256SUMS`: nothing says what its files should be")]
    NoManifest {
        /// Where it would be.
        place: String,
    },
    /// A file is not what it should be.
    #[error("`{path}`: {problem}{}", also(*.others))]
    Unverified {
        /// The file.
        path: String,
        /// What is wrong with it.
        problem: String,
        /// How many others are wrong, too.
        others: usize,
    },
    /// There is no such artifact.
    #[error("there is no artifact at `{uri}`")]
    NoArtifact {
        /// How it was named.
        uri: String,
    },
    /// `doctor` found something that does not work.
    #[error("not all is well: {0}")]
    Unwell(String),
    /// A dry run came to a point from which on it would need what it did not do.
    #[error("a dry run goes no further")]
    EndOfDryRun,
    /// A line of a stream that cannot be logged.
    #[error("line {line} of `{file}`: {reason}")]
    Line {
        /// The file, or `-`.
        file: String,
        /// Its number, from 1.
        line: u64,
        /// What is wrong with it.
        reason: String,
        /// How many lines are logged already.
        logged: u64,
    },
    /// Not all could be copied; what could, was.
    #[error("{}", unsynced(*.conflicts, *.failures))]
    Unsynced {
        /// Things that are there and are others.
        conflicts: usize,
        /// Things that could not be copied.
        failures: usize,
    },
    /// Something that was promised did not come in time.
    #[error("{0}")]
    TooSlow(String),
}

impl Error {
    /// Whether this is no failure but the end of a dry run.
    pub(super) fn ends_dry_run(error: &anyhow::Error) -> bool {
        let mut links = error.chain().filter_map(|link| link.downcast_ref());
        links.any(|link| matches!(link, Self::EndOfDryRun))
    }

    /// A contradiction on the command line.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::Usage {
            message: message.into(),
            hint: None,
        }
    }
}

impl Hint for Error {
    fn kind(&self) -> Kind {
        match self {
            Self::Usage { .. } => Kind::Usage,
            Self::Interrupted { .. } => Kind::Interrupted,
            Self::Unexpected { .. } => Kind::Unexpected,
            Self::Unsynced { failures: 0, .. }
            | Self::Exists(_)
            | Self::Busy { .. }
            | Self::Differs { .. } => Kind::Conflict,
            Self::Upload { source, .. } => Failure::from(source).kind,
            Self::NotAsSent { .. }
            | Self::Line { .. }
            | Self::Row(_)
            | Self::NoManifest { .. }
            | Self::Unverified { .. } => Kind::Corrupt,
            Self::NotReady => Kind::Refused,
            Self::NoPath(_) | Self::NoModel { .. } | Self::NoArtifact { .. } => Kind::NotFound,
            Self::Unwell(_)
            | Self::Unanswered { .. }
            | Self::EndOfDryRun
            | Self::Unsynced { .. } => Kind::Failed,
            Self::TooSlow(_) => Kind::Unavailable,
        }
    }

    fn hint(&self) -> Option<String> {
        match self {
            Self::Usage { hint, .. } => hint.clone(),
            Self::Interrupted { continues } => continues.then(|| GO_ON.to_owned()),
            Self::Differs { .. } => {
                Some("nothing was written; move it away, or name another folder".to_owned())
            }
            Self::Unsynced { failures: 0, .. } => Some(
                "all else is there; rename one of the two, or leave it out with `--run-id`, `--experiment`, `--model`"
                    .to_owned(),
            ),
            Self::Unsynced { .. } => Some(
                "all else is there; the same command again goes on with what is missing".to_owned(),
            ),
            Self::Busy { .. } => Some("wait for it to end, or stop it".to_owned()),
            Self::Upload { .. } => Some(GO_ON.to_owned()),
            Self::NotReady | Self::NoModel { .. } => {
                Some(
                    "an upload may be under way or may have been interrupted; `phi3ml artifacts list` shows what there is"
                        .to_owned(),
                )
            }
            Self::NoPath(path) => Some(match path.to_str() {
                Some(name) if path.components().count() == 1 => format!(
                    "a folder or a `.zip` is named by its path, a registered model as `models:/{name}/latest`"
                ),
                _ => "a path is taken from the folder in which phi3ml runs".to_owned(),
            }),
            Self::Line { logged: 0, .. } => Some("nothing of it is logged".to_owned()),
            Self::Line { logged, .. } => Some(format!(
                "the lines before it, up to {logged}, are logged; send the rest alone, and `--check` it first"
            )),
            Self::NoManifest { .. } => Some(
                "`--against DIR` compares it with a folder; models that phi3ml logs have one"
                    .to_owned(),
            ),
            Self::NoArtifact { .. } => {
                Some("`phi3ml artifacts list` shows what there is".to_owned())
            }
            Self::Unexpected { .. }
            | Self::Row(_)
            | Self::Unanswered { .. }
            | Self::Unverified { .. }
            | Self::Unwell(_)
            | Self::NotAsSent { .. }
            | Self::Exists(_)
            | Self::EndOfDryRun
            | Self::TooSlow(_) => None,
        }
    }
}

/// How much of a sync is missing, and why.
fn unsynced(conflicts: usize, failures: usize) -> String {
    let things = |count: usize| match count {
        1 => "1 thing".to_owned(),
        count => format!("{count} things"),
    };
    match (conflicts, failures) {
        (conflicts, 0) => format!(
            "{} at the target differ and were left alone",
            things(conflicts)
        ),
        (0, failures) => format!("{} could not be copied", things(failures)),
        (conflicts, failures) => format!(
            "{} could not be copied, and {} at the target differ and were left alone",
            things(failures),
            things(conflicts)
        ),
    }
}

/// Word of further trouble.
fn also(others: usize) -> String {
    match others {
        0 => String::new(),
        1 => " (and 1 other file)".to_owned(),
        others => format!(" (and {others} other files)"),
    }
}

//! What can go wrong with a ledger, by meaning: the status and the words of a server become one of few cases.
//!
//! How a request failed is told by its source, [`http::Error`].

use std::fmt;

use crate::entity::limits::Invalid;
use crate::error::{Hint, Kind};
use crate::http::{self, SafeUrl};

/// Asked with a filter that the user wrote.
pub(super) const SEARCH_RUNS: &str = "search runs";
/// Likewise.
pub(super) const SEARCH_EXPERIMENTS: &str = "search experiments";
/// Likewise.
pub(super) const SEARCH_MODELS: &str = "search registered models";
/// Likewise.
pub(super) const SEARCH_VERSIONS: &str = "search model versions";

/// How MLflow begins to say that a param has another value already (2.22 and 3.17).
const PARAM_CHANGED: &str = "Changing param values is not allowed";

/// A ledger that did not do what was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The workspace that was named is not there, nor anything in it.
    #[error("there is no workspace `{0}`")]
    NoWorkspace(String),
    /// It is not there.
    #[error("there is no {thing} `{name}`")]
    NotFound {
        /// What sort of thing.
        thing: Thing,
        /// Which one.
        name: String,
        /// What there is instead, where that is known.
        instead: Vec<String>,
    },
    /// It is there already.
    #[error("the {thing} `{name}` exists already")]
    AlreadyExists {
        /// What sort of thing.
        thing: Thing,
        /// Which one.
        name: String,
    },
    /// It is in the bin.
    #[error("the {thing} `{name}` is deleted")]
    Deleted {
        /// What sort of thing.
        thing: Thing,
        /// Its name.
        name: String,
        /// Its id.
        id: String,
    },
    /// It can only be read.
    #[error("`{file}` is a folder of MLflow's files, which are read and never written")]
    ReadOnly {
        /// The folder.
        file: String,
    },
    /// One of the files in such a folder is not what it should be.
    #[error("cannot read `{path}`: {reason}")]
    BrokenFile {
        /// The file.
        path: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The server understood, and does not want to.
    #[error("the server refuses to {action}: {message}")]
    Refused {
        /// What was asked.
        action: String,
        /// The server's own words.
        message: String,
    },
    /// It makes no sense, or breaks a rule of MLflow's store.
    #[error("cannot {action}: {message}")]
    Unacceptable {
        /// What was asked.
        action: String,
        /// Why not.
        message: String,
    },
    /// Other programs did not leave the database alone for long enough.
    #[error("cannot {action}: other programs kept `{file}` busy for {seconds} seconds")]
    Busy {
        /// What was asked.
        action: String,
        /// The database.
        file: String,
        /// How long was waited.
        seconds: u64,
    },
    /// A file that is no database of MLflow's, or one that is not understood.
    #[error("cannot work with the database `{file}`: {reason}")]
    UnusableDatabase {
        /// The file.
        file: String,
        /// Why not.
        reason: String,
        /// What to do about it.
        advice: Option<String>,
    },
    /// The database did not do it.
    #[error("cannot {action} in `{file}`")]
    Database {
        /// What was asked.
        action: String,
        /// The file.
        file: String,
        /// What SQLite says.
        #[source]
        source: Box<rusqlite::Error>,
    },
    /// The server is older than logged models; the way of MLflow 2 is open.
    #[error("the server has no logged models")]
    NoLoggedModels,
    /// An MLflow server that does not know the request.
    #[error("MLflow {version} cannot {action}")]
    Unsupported {
        /// What was asked.
        action: String,
        /// The server's version.
        version: String,
    },
    /// Something answers there, but it is no MLflow server.
    #[error("what answers at `{url}` is no MLflow server")]
    NotMlflow {
        /// Where.
        url: SafeUrl,
        /// The answer.
        #[source]
        source: Box<http::Error>,
    },
    /// It would be refused or cut, and was not sent.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// The request failed.
    #[error("cannot {action}")]
    Http {
        /// What was asked.
        action: String,
        /// How it failed.
        #[source]
        source: Box<http::Error>,
    },
    /// A list that comes page by page and goes round in a circle.
    #[error(transparent)]
    Endless(#[from] http::Endless),
    /// The answer lacks what was asked for.
    #[error("the server's answer lacks {what}")]
    Incomplete {
        /// What it lacks.
        what: &'static str,
    },
}

/// The sorts of things that a ledger holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thing {
    /// An experiment.
    Experiment,
    /// A run.
    Run,
    /// A logged model.
    LoggedModel,
    /// A registered model.
    RegisteredModel,
    /// A version of a registered model.
    Version,
    /// An alias of a registered model.
    Alias,
}

impl fmt::Display for Thing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Experiment => "experiment",
            Self::Run => "run",
            Self::LoggedModel => "logged model",
            Self::RegisteredModel => "registered model",
            Self::Version => "model version",
            Self::Alias => "alias",
        })
    }
}

impl Error {
    /// It is not there, and nothing is known that could be meant instead.
    pub(super) fn missing(thing: Thing, name: impl Into<String>) -> Self {
        Self::NotFound {
            thing,
            name: name.into(),
            instead: Vec::new(),
        }
    }
}

impl Hint for Error {
    fn kind(&self) -> Kind {
        match self {
            Self::NotFound { .. } | Self::NoWorkspace(_) => Kind::NotFound,
            Self::AlreadyExists { .. } | Self::Deleted { .. } => Kind::Conflict,
            Self::Refused { .. }
            | Self::Unacceptable { .. }
            | Self::NoLoggedModels
            | Self::Unsupported { .. }
            | Self::ReadOnly { .. }
            | Self::UnusableDatabase { .. } => Kind::Refused,
            Self::NotMlflow { .. } | Self::Busy { .. } => Kind::Unavailable,
            Self::Database { .. } => Kind::Failed,
            Self::Invalid(invalid) => invalid.kind(),
            Self::Http { source, .. } => source.kind(),
            Self::Incomplete { .. } | Self::Endless(_) | Self::BrokenFile { .. } => Kind::Corrupt,
        }
    }

    fn hint(&self) -> Option<String> {
        match self {
            Self::Deleted {
                thing: Thing::Experiment,
                id,
                ..
            } => Some(format!(
                "bring it back with `phi3ml experiments restore {id}`, or take another name"
            )),
            Self::Deleted { thing: Thing::Run, id, .. } => Some(format!(
                "bring it back with `phi3ml runs restore {id}`, or take another run"
            )),
            Self::NoWorkspace(_) => Some(
                "`phi3ml api GET /api/3.0/mlflow/workspaces` shows which there are".to_owned(),
            ),
            Self::NotFound { instead, .. } if !instead.is_empty() => {
                let names: Vec<String> = instead.iter().map(|name| format!("`{name}`")).collect();
                Some(format!("there is {}", names.join(", ")))
            }
            Self::NotFound { thing: Thing::Experiment, .. } => Some(
                "an id must exist; a name that does not is created, with `--experiment-name`".to_owned(),
            ),
            Self::NotFound { thing: Thing::Run, .. } => {
                Some("is `--tracking-uri` the server on which the run was made?".to_owned())
            }
            Self::NotFound { thing: Thing::LoggedModel, .. } => {
                Some("is `--tracking-uri` the server on which the model was logged?".to_owned())
            }
            Self::NotFound { thing: Thing::RegisteredModel, .. } => {
                Some("`phi3ml models list` shows which there are".to_owned())
            }
            Self::AlreadyExists { thing: Thing::Experiment, name } => Some(format!(
                "take another name, or see what is there with `phi3ml experiments get {name}`"
            )),
            Self::AlreadyExists { thing: Thing::RegisteredModel, name } => Some(format!(
                "take another name, or see what is there with `phi3ml models get {name}`"
            )),
            Self::Refused { action, .. } | Self::Unacceptable { action, .. }
                if [SEARCH_EXPERIMENTS, SEARCH_MODELS, SEARCH_VERSIONS].contains(&action.as_str()) =>
            {
                Some("conditions look like `name LIKE 'phi%'` or `tags.team = 'a'`, joined by AND".to_owned())
            }
            Self::Refused { action, .. } | Self::Unacceptable { action, .. } if action == SEARCH_RUNS => Some(
                "conditions look like `metrics.loss < 0.5` or `params.lr = '0.1'`, joined by AND".to_owned(),
            ),
            Self::UnusableDatabase { advice, .. } => advice.clone(),
            Self::ReadOnly { file } => Some(format!(
                "`phi3ml sync --from {file} --to sqlite:///mlflow.db` copies it into a database"
            )),
            Self::BrokenFile { .. } => Some("mend it, or move what it belongs to elsewhere".to_owned()),
            Self::Busy { .. } => Some("is something else writing to it all the time?".to_owned()),
            Self::Refused { message, .. } | Self::Unacceptable { message, .. }
                if message.starts_with(PARAM_CHANGED) => Some(
                "a param keeps its first value: log this one under another key, or to another run".to_owned(),
            ),
            Self::NoLoggedModels => Some(
                "on MLflow 2 a model is named by `runs:/RUN_ID/PATH` or by a version of a registered model".to_owned(),
            ),
            Self::NotMlflow { .. } => Some(
                "`--tracking-uri` must be the address of an MLflow server, with its path prefix if it has one".to_owned(),
            ),
            Self::Invalid(invalid) => invalid.hint(),
            Self::Http { source, .. } => source.hint(),
            _ => None,
        }
    }
}

/// What a request was about, so that its failure can be told by meaning.
#[derive(Debug, Clone)]
pub(super) struct About {
    /// What was asked, as in "cannot …".
    pub(super) action: String,
    /// What the server means when it says that something does not exist, or does already.
    pub(super) thing: Thing,
    /// Its name.
    pub(super) name: String,
}

impl About {
    pub(super) fn new(action: impl Into<String>, thing: Thing, name: impl fmt::Display) -> Self {
        Self {
            action: action.into(),
            thing,
            name: name.to_string(),
        }
    }

    /// Turns a failed request into what it means.
    pub(super) fn explain(self, error: http::Error) -> Error {
        let Self {
            action,
            thing,
            name,
        } = self;
        if let Some(workspace) = missing_workspace(&error) {
            return Error::NoWorkspace(workspace);
        }
        match error.error_code() {
            Some("RESOURCE_DOES_NOT_EXIST" | "NOT_FOUND") => Error::missing(thing, name),
            // A 400 and not a 409 (`mlflow/exceptions.py`, 3.17.2).
            Some("RESOURCE_ALREADY_EXISTS" | "ALREADY_EXISTS") => {
                Error::AlreadyExists { thing, name }
            }
            Some(
                "INVALID_PARAMETER_VALUE" | "BAD_REQUEST" | "INVALID_STATE" | "RESOURCE_CONFLICT",
            ) => match error.answer().and_then(|answer| answer.message.clone()) {
                Some(message) => Error::Refused { action, message },
                None => http_error(action, error),
            },
            _ => http_error(action, error),
        }
    }
}

/// The workspace without which nothing is found, where the server says so
/// (`mlflow/store/workspace/sqlalchemy_store.py`, 3.17.2).
pub(super) fn missing_workspace(error: &http::Error) -> Option<String> {
    let message = error.answer()?.message.as_deref()?;
    let name = message
        .strip_prefix("Workspace '")?
        .strip_suffix("' not found")?;
    Some(name.to_owned())
}

fn http_error(action: String, source: http::Error) -> Error {
    Error::Http {
        action,
        source: Box::new(source),
    }
}

/// Whether a failure means that the other side does not know the path at all. An MLflow server answers with a
/// web page then, as anything else would.
pub(super) fn is_unknown_path(error: &http::Error) -> bool {
    match error.error_code() {
        Some(code) => code == "ENDPOINT_NOT_FOUND",
        None => [404, 405, 501]
            .into_iter()
            .any(|status| error.is_status(status)),
    }
}

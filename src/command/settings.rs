//! All that a command needs to know of its surroundings, resolved before it runs.
//!
//! `cli` fills this from flags, environment and defaults, in that order. No command reads the
//! environment itself.

use std::path::PathBuf;
use std::time::Duration;

use serde::Serialize;

pub use crate::artifacts::{Multipart, Settings as Artifacts};
pub use crate::entity::id::{ExperimentId, NotAnId, RunId};
pub use crate::entity::size::Size;
pub use crate::http::retry::Policy;
pub use crate::http::{Patience, SafeUrl, Secret, Tls, auth, safe_uri, tls};
pub use crate::infer::runtime::Places;

/// Where runs are tracked if nobody says where (`_get_default_tracking_uri`, `mlflow/tracking/_tracking_service/utils.py`,
/// 3.17.2).
pub const DEFAULT_TRACKING_URI: &str = "sqlite:///mlflow.db";

/// The surroundings of a command.
#[expect(
    missing_debug_implementations,
    reason = "it holds secrets that must not be printed"
)]
pub struct Settings {
    /// Where runs are tracked, as given; [`DEFAULT_TRACKING_URI`] if it is not.
    pub tracking_uri: Option<String>,
    /// Where models are registered; the tracking server where nothing else is said.
    pub registry_uri: Option<String>,
    /// The workspace of either, where they have workspaces.
    pub workspace: Option<String>,
    /// How to talk to either.
    pub connection: Connection,
    /// How to reach the stores of artifacts.
    pub artifacts: Artifacts,
    /// What `MLFLOW_RUN_ID` and its neighbours say.
    pub defaults: Defaults,
    /// Where the runs come from that are created.
    pub origin: Origin,
    /// Folders of the user.
    pub folders: Folders,
    /// How many bytes of downloaded models are kept.
    pub cache_size: u64,
    /// Where an ONNX Runtime library may be.
    pub runtime: Places,
    /// Whether each request is shown before it is sent.
    pub print_curl: bool,
    /// Whether what would be written is told, and not done.
    pub dry_run: bool,
    /// This program itself, where it knows.
    pub executable: Option<PathBuf>,
    /// Whether package registries are out of bounds.
    pub offline: bool,
    /// How results are written; some are written while they come.
    pub format: Format,
    /// All of this as it may be shown.
    pub shown: Vec<Setting>,
}

/// How results are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people.
    Text,
    /// One object.
    Json,
    /// One object on each line.
    JsonLines,
}

/// A setting as it may be shown: secrets are masked.
#[derive(Debug, Clone, Serialize)]
pub struct Setting {
    /// Its name.
    pub name: &'static str,
    /// Its value, if it has one.
    pub value: Option<String>,
    /// Where that came from.
    #[serde(flatten)]
    pub from: FoundIn,
}

/// Where a value came from, and by which name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "origin", content = "from", rename_all = "snake_case")]
pub enum FoundIn {
    /// A flag on the command line.
    Flag(String),
    /// An environment variable.
    Variable(&'static str),
    /// A file.
    File(String),
    /// Nobody said anything.
    Default,
}

/// How to talk to servers.
#[expect(
    missing_debug_implementations,
    reason = "it holds secrets that must not be printed"
)]
pub struct Connection {
    /// What may be shown to them.
    pub credentials: Credentials,
    /// What may be shown to the source of `sync`, and to nobody else.
    pub sync_from: Credentials,
    /// What may be shown to its target, and to nobody else.
    pub sync_to: Credentials,
    /// Certificates.
    pub tls: Tls,
    /// How often to try again, and when.
    pub retry: Policy,
    /// How long the other side may be silent.
    pub idle_timeout: Duration,
}

/// All credentials that were found; which of them counts is decided for each server.
#[expect(
    missing_debug_implementations,
    reason = "it holds secrets that must not be printed"
)]
pub struct Credentials {
    /// The variables that hold them.
    pub variables: auth::Variables,
    /// The user's name.
    pub username: Option<String>,
    /// Her password.
    pub password: Option<Secret>,
    /// A bearer token.
    pub token: Option<Secret>,
    /// MLflow's credentials file and its text.
    pub file: Option<(PathBuf, String)>,
}

/// Where runs come from: what the tags of a new one say.
#[derive(Debug, Default)]
pub struct Origin {
    /// Who runs this.
    pub user: Option<String>,
    /// The build of a CI system in which it runs.
    pub build: Option<Build>,
    /// `MLFLOW_RUN_CONTEXT`: further tags, as a JSON object.
    pub run_context: Option<String>,
}

/// A build of a CI system, as far as it tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Build {
    /// The system.
    pub provider: &'static str,
    /// The number of the build.
    pub build: Option<String>,
    /// Its page.
    pub url: Option<String>,
    /// What is built.
    pub commit: Option<String>,
    /// The pull request that is built.
    pub pull_request: Option<String>,
    /// Where the sources come from.
    pub repository: Option<String>,
}

/// What MLflow's own variables say where no flag does.
#[derive(Debug, Default)]
pub struct Defaults {
    /// `MLFLOW_RUN_ID`.
    pub run_id: Option<RunId>,
    /// `MLFLOW_EXPERIMENT_ID`.
    pub experiment_id: Option<ExperimentId>,
    /// `MLFLOW_EXPERIMENT_NAME`.
    pub experiment_name: Option<String>,
}

/// Folders of the user, after XDG.
#[derive(Debug)]
pub struct Folders {
    /// Downloaded models.
    pub cache: PathBuf,
    /// The ONNX Runtime library.
    pub data: PathBuf,
    /// Journals of what is under way.
    pub state: PathBuf,
}

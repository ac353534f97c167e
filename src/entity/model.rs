//! Models: the logged one that came out of a run, and the registered one with its versions and aliases.
//!
//! What is inside a model's folder is the business of `package`.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::id::{ExperimentId, ModelId, RunId, Version};
use super::metric::Metric;

/// How far a logged model is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LoggedModelStatus {
    /// It exists, its files may not.
    #[serde(rename = "LOGGED_MODEL_PENDING")]
    Pending,
    /// All of its files are there.
    #[serde(rename = "LOGGED_MODEL_READY")]
    Ready,
    /// Its files did not all arrive.
    #[serde(rename = "LOGGED_MODEL_UPLOAD_FAILED")]
    UploadFailed,
    /// The server does not say.
    #[serde(rename = "LOGGED_MODEL_STATUS_UNSPECIFIED", other)]
    Unspecified,
}

/// A model as it came out of a run; servers of MLflow 3 have them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LoggedModel {
    /// Its id.
    pub model_id: ModelId,
    /// The experiment it belongs to.
    pub experiment_id: ExperimentId,
    /// Its name; several may share one.
    pub name: String,
    /// How far it is.
    pub status: LoggedModelStatus,
    /// What sort of model it is, in the words of whoever logged it.
    pub model_type: String,
    /// The run it came out of.
    pub source_run_id: Option<RunId>,
    /// Below which URI its files lie.
    pub artifact_uri: String,
    /// When it was created, in milliseconds since 1970.
    pub creation_timestamp: i64,
    /// What was decided beforehand.
    pub params: BTreeMap<String, String>,
    /// What is noted on it.
    pub tags: BTreeMap<String, String>,
    /// What was measured of it.
    #[serde(skip)]
    pub metrics: Vec<ModelMetric>,
}

/// A point of a metric that belongs to a logged model.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ModelMetric {
    /// The point.
    #[serde(flatten)]
    pub point: Metric,
    /// The model.
    pub model_id: ModelId,
    /// The run in which it was measured.
    #[serde(skip)]
    pub run_id: Option<RunId>,
    /// The dataset on which it was measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dataset_name: Option<String>,
    /// Its digest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dataset_digest: Option<String>,
}

/// A name under which versions of a model are kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RegisteredModel {
    /// The name.
    pub name: String,
    /// When it was created, in milliseconds since 1970.
    pub creation_timestamp: Option<i64>,
    /// When anything about it changed last.
    pub last_updated_timestamp: Option<i64>,
    /// What its owners say about it.
    pub description: String,
    /// The newest version of each stage; empty exactly if there is no version at all.
    pub latest_versions: Vec<ModelVersion>,
    /// Which version each alias points to.
    pub aliases: BTreeMap<String, Version>,
    /// What is noted on it.
    pub tags: BTreeMap<String, String>,
}

/// How far a version is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum VersionStatus {
    /// The server is still at work.
    PendingRegistration,
    /// The server gave up.
    FailedRegistration,
    /// It can be used.
    #[serde(other)]
    Ready,
}

/// A version of a registered model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ModelVersion {
    /// The name of the registered model.
    pub name: String,
    /// Its number.
    pub version: Version,
    /// When it was created, in milliseconds since 1970.
    pub creation_timestamp: Option<i64>,
    /// When anything about it changed last.
    pub last_updated_timestamp: Option<i64>,
    /// Where its files came from: an artifact URI, or `models:/m-…`.
    pub source: String,
    /// The run it came out of.
    pub run_id: Option<RunId>,
    /// The logged model it was made of.
    pub model_id: Option<ModelId>,
    /// How far it is.
    pub status: VersionStatus,
    /// What the server says to that.
    pub status_message: String,
    /// Its stage.
    #[serde(rename = "current_stage")]
    pub stage: Stage,
    /// What its owners say about it.
    pub description: String,
    /// The aliases that point to it, where the server tells.
    pub aliases: Vec<String>,
    /// What is noted on it.
    pub tags: BTreeMap<String, String>,
}

/// The stage of a version: what MLflow had before aliases, and still has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Stage {
    /// None.
    #[default]
    None,
    /// On its way.
    Staging,
    /// In use.
    Production,
    /// Out of use.
    Archived,
}

impl Stage {
    /// All there are.
    pub const ALL: [Self; 4] = [Self::None, Self::Staging, Self::Production, Self::Archived];

    /// Whether versions in this stage are in use or about to be, so that a newer one may take their place
    /// (`DEFAULT_STAGES_FOR_GET_LATEST_VERSIONS`, `mlflow/entities/model_registry/model_version_stages.py`).
    pub fn is_active(self) -> bool {
        matches!(self, Self::Staging | Self::Production)
    }

    /// The name as servers write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "None",
            Self::Staging => "Staging",
            Self::Production => "Production",
            Self::Archived => "Archived",
        }
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl FromStr for Stage {
    type Err = NotAStage;

    /// In any case, as in `get_canonical_stage` (`mlflow/entities/model_registry/model_version_stages.py`).
    fn from_str(text: &str) -> Result<Self, NotAStage> {
        let mut stages = Self::ALL.into_iter();
        stages
            .find(|stage| stage.as_str().eq_ignore_ascii_case(text))
            .ok_or(NotAStage)
    }
}

/// A word that is no stage.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("a stage is one of `None`, `Staging`, `Production`, `Archived`")]
pub struct NotAStage;

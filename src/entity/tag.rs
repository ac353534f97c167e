//! A tag: something that is noted on a run, a model or a version, and may change.
//!
//! What a key and a value may look like is said in [`super::limits`].

use serde::{Deserialize, Serialize};

/// Who made it.
pub const USER: &str = "mlflow.user";
/// The name that the user interface shows for a run.
pub const RUN_NAME: &str = "mlflow.runName";
/// What made it.
pub const SOURCE_NAME: &str = "mlflow.source.name";
/// What sort of thing made it: `LOCAL` or `JOB`.
pub const SOURCE_TYPE: &str = "mlflow.source.type";
/// The commit it was made at.
pub const GIT_COMMIT: &str = "mlflow.source.git.commit";
/// The branch it was made on.
pub const GIT_BRANCH: &str = "mlflow.source.git.branch";
/// The repository it was made in.
pub const GIT_REPOSITORY: &str = "mlflow.source.git.repoURL";
/// The CI system it was made on.
pub const CI_PROVIDER: &str = "phi3ml.ci.provider";
/// The number of the build it was made in.
pub const CI_BUILD: &str = "phi3ml.ci.build";
/// The page of that build.
pub const CI_URL: &str = "phi3ml.ci.url";
/// The commit that was built.
pub const CI_COMMIT: &str = "phi3ml.ci.commit";
/// The pull request that was built.
pub const CI_PULL_REQUEST: &str = "phi3ml.ci.pull_request";
/// The run that a run is a part of.
pub const PARENT_RUN_ID: &str = "mlflow.parentRunId";
/// What is said about a run or an experiment, as the user interface shows it.
pub const NOTE: &str = "mlflow.note.content";
/// The models that were logged to a run the way of MLflow 2, as JSON.
pub const LOGGED_MODELS: &str = "mlflow.log-model.history";
/// The registered versions that were made of a logged model, as JSON.
pub const MODEL_VERSIONS: &str = "mlflow.modelVersions";
/// The digest of a model's `SHA256SUMS`.
pub const SHA256: &str = "phi3ml.sha256";
/// Says that a registered model is a prompt, which MLflow keeps in the same place.
pub const IS_PROMPT: &str = "mlflow.prompt.is_prompt";
/// What begins the names of the tags by which `sync` knows what it made.
pub const SYNC: &str = "phi3ml.sync.";
/// The run of which a run is a copy.
pub const SYNC_RUN: &str = "phi3ml.sync.source_run_id";
/// The experiment of which an experiment is a copy.
pub const SYNC_EXPERIMENT: &str = "phi3ml.sync.source_experiment_id";
/// The logged model of which a logged model is a copy.
pub const SYNC_MODEL: &str = "phi3ml.sync.source_model_id";
/// The version, of the same name, of which a version is a copy.
pub const SYNC_VERSION: &str = "phi3ml.sync.source_version";
/// When that was created of which this is a copy: what it is known by where ids are small numbers.
pub const SYNC_CREATED: &str = "phi3ml.sync.source_created";
/// The digest of what was told about the source when all of it had been copied.
pub const SYNC_RECORD: &str = "phi3ml.sync.record";
/// The digest of the list of the files that were copied.
pub const SYNC_FILES: &str = "phi3ml.sync.files";
/// Marks a version that was made for its number alone, and is to go.
pub const SYNC_GAP: &str = "phi3ml.sync.gap";
/// Marks what one request made, so that it can be found when the answer was lost.
pub const REQUEST_ID: &str = "phi3ml.request_id";

/// A tag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    /// Its name.
    pub key: String,
    /// Its value.
    #[serde(default)]
    pub value: String,
}

impl Tag {
    /// A tag.
    pub fn new(key: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            value: value.into(),
        }
    }
}

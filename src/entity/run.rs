//! A run: one piece of work that is written down, with what went in and what came out.
//!
//! It is what a server tells about one, and nothing that changes it.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::Lifecycle;
use super::dataset::DatasetInput;
use super::id::{ExperimentId, ModelId, RunId};
use super::metric::Measured;

/// How far a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum RunStatus {
    /// It is under way.
    Running,
    /// It waits for its turn.
    Scheduled,
    /// It came to a good end.
    Finished,
    /// It came to a bad one.
    Failed,
    /// Somebody stopped it.
    Killed,
}

impl fmt::Display for RunStatus {
    /// MLflow's word for it.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Running => "RUNNING",
            Self::Scheduled => "SCHEDULED",
            Self::Finished => "FINISHED",
            Self::Failed => "FAILED",
            Self::Killed => "KILLED",
        })
    }
}

/// A run.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Run {
    /// Its id.
    pub run_id: RunId,
    /// The experiment it belongs to.
    pub experiment_id: ExperimentId,
    /// Its name, for people.
    pub run_name: String,
    /// Who made it.
    pub user_id: String,
    /// How far it is.
    pub status: RunStatus,
    /// Whether it is there or in the bin.
    pub lifecycle_stage: Lifecycle,
    /// When it began, in milliseconds since 1970.
    pub start_time: Option<i64>,
    /// When it ended.
    pub end_time: Option<i64>,
    /// Below which URI its artifacts lie.
    pub artifact_uri: String,
    /// What was decided beforehand.
    pub params: BTreeMap<String, String>,
    /// What was measured last.
    pub metrics: BTreeMap<String, Measured>,
    /// What is noted on it.
    pub tags: BTreeMap<String, String>,
    /// What data went in.
    pub datasets: Vec<DatasetInput>,
    /// Which logged models went in. MLflow's searches leave them out (`_search_runs`, `sqlalchemy_store.py`, 3.17.2).
    #[serde(skip)]
    pub model_inputs: Vec<ModelId>,
    /// Which logged models came out.
    #[serde(skip)]
    pub outputs: Vec<ModelOutput>,
}

/// A logged model that came out of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelOutput {
    /// Its id.
    pub model_id: ModelId,
    /// At which step.
    pub step: i64,
}

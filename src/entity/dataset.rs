//! A dataset that went into a run: its name, its digest, and where it came from.
//!
//! It is what is written down about data, never the data.

use serde::{Deserialize, Serialize};

use super::tag::Tag;

/// The tag of an input that says what it was for, such as `training`
/// (`MLFLOW_DATASET_CONTEXT`, `mlflow/utils/mlflow_tags.py`).
pub const CONTEXT: &str = "mlflow.data.context";

/// A dataset as an input of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatasetInput {
    /// What is noted on this use of it.
    #[serde(default)]
    pub tags: Vec<Tag>,
    /// The dataset.
    pub dataset: Dataset,
}

/// A dataset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dataset {
    /// Its name.
    pub name: String,
    /// What tells it from another of its name.
    #[serde(default)]
    pub digest: String,
    /// What sort of place it comes from, such as `http` or `s3`.
    #[serde(default)]
    pub source_type: String,
    /// The place, as JSON in a string.
    #[serde(default)]
    pub source: String,
    /// Its columns, as JSON in a string.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub schema: String,
    /// Its size and the like, as JSON in a string.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub profile: String,
}

impl DatasetInput {
    /// What it was for.
    pub fn context(&self) -> Option<&str> {
        let tag = self.tags.iter().find(|tag| tag.key == CONTEXT)?;
        Some(&tag.value)
    }
}

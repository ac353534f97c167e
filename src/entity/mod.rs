//! The words: MLflow's nouns as plain types. No input or output, no async, nothing about the wire.

pub mod dataset;
pub mod deed;
pub mod experiment;
pub mod id;
pub mod limits;
pub mod manifest;
pub mod metric;
pub mod model;
pub mod param;
pub mod run;
pub mod size;
pub mod tag;
pub mod uri;

use serde::{Deserialize, Serialize};

/// Whether a run or an experiment is there or in the bin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lifecycle {
    /// It is there.
    #[default]
    Active,
    /// It was deleted and can be restored.
    Deleted,
}

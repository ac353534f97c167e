//! An experiment: the folder in which runs lie.
//!
//! It is what a server tells about one, and nothing that changes it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Lifecycle;
use super::id::ExperimentId;

/// The name of the experiment that is meant where none is named.
pub const DEFAULT_NAME: &str = "Default";

/// An experiment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Experiment {
    /// Its id.
    pub experiment_id: ExperimentId,
    /// Its name.
    pub name: String,
    /// Below which URI its artifacts lie.
    pub artifact_location: String,
    /// Whether it is there or in the bin.
    pub lifecycle_stage: Lifecycle,
    /// When it was made, in milliseconds since 1970.
    pub creation_time: Option<i64>,
    /// When it was last changed.
    pub last_update_time: Option<i64>,
    /// What is noted on it.
    pub tags: BTreeMap<String, String>,
}

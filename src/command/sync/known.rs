//! What of the source is where at the target.
//!
//! It is filled as things are copied or found; nobody is asked here.

use std::collections::BTreeMap;

use crate::digest::Digest;
use crate::entity::id::{ExperimentId, ModelId, RunId};
use crate::entity::run::{ModelOutput, Run};
use crate::entity::tag::{self, Tag};

/// Copies by the ids of what they are copies of.
#[derive(Debug, Default)]
pub(super) struct Known {
    pub(super) runs: BTreeMap<RunId, Place>,
    /// Those that earlier calls made as well, as far as their experiments were looked at.
    pub(super) copies: BTreeMap<RunId, RunId>,
    pub(super) models: BTreeMap<ModelId, Model>,
    /// From which runs a model came, and at which step.
    pub(super) outputs: BTreeMap<ModelId, Vec<(RunId, i64)>>,
    /// Into which runs a model went.
    pub(super) inputs: BTreeMap<ModelId, Vec<RunId>>,
    /// Runs that named a parent which had no copy yet.
    pub(super) orphans: Vec<(RunId, RunId)>,
    /// Runs and experiments at the target that go into the bin once nothing is written on them any more.
    pub(super) runs_to_bin: Vec<RunId>,
    pub(super) experiments_to_bin: Vec<ExperimentId>,
}

/// A copy of a run.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) run_id: RunId,
    pub(super) artifact_uri: String,
    /// Where the artifacts of the source lie.
    pub(super) source_uri: String,
    pub(super) tags: BTreeMap<String, String>,
    pub(super) outputs: Vec<ModelOutput>,
}

impl Place {
    pub(super) fn new(source: &Run, target: &Run) -> Self {
        Self {
            run_id: target.run_id.clone(),
            artifact_uri: target.artifact_uri.clone(),
            source_uri: source.artifact_uri.clone(),
            tags: target.tags.clone(),
            outputs: target.outputs.clone(),
        }
    }
}

/// A copy of a logged model.
#[derive(Debug, Clone)]
pub(super) enum Model {
    /// A logged model.
    Logged(ModelId),
    /// A folder of a run, at a server that has no logged models.
    Folder { run_id: RunId, uri: String },
}

/// Whether a tag is one that `phi3ml` sets for itself, and not part of what is copied.
pub(super) fn is_own(key: &str) -> bool {
    key == tag::REQUEST_ID || key.starts_with(tag::SYNC)
}

/// The tags that are to be copied.
pub(super) fn tags(all: &BTreeMap<String, String>) -> impl Iterator<Item = Tag> {
    let others = all.iter().filter(|(key, _)| !is_own(key));
    others.map(|(key, value)| Tag::new(key, value))
}

/// Those of `tags` that are not there, or are others.
pub(super) fn missing(
    tags: impl Iterator<Item = Tag>,
    there: &BTreeMap<String, String>,
) -> Vec<Tag> {
    tags.filter(|tag| there.get(&tag.key) != Some(&tag.value))
        .collect()
}

/// A digest by which it is seen whether something was told before.
pub(super) fn digest(of: &impl serde::Serialize) -> serde_json::Result<String> {
    Ok(Digest::of(&serde_json::to_vec(of)?).to_string())
}

/// When something was created, as it stands in a tag.
pub(super) fn created(moment: Option<i64>) -> String {
    moment.map(|moment| moment.to_string()).unwrap_or_default()
}

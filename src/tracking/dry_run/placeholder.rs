//! What stands in a dry run for the things that a server would have made.
//!
//! Their ids look like ids, so that whatever comes next can name them.

use std::collections::BTreeMap;

use crate::entity::Lifecycle;
use crate::entity::deed::NOWHERE;
use crate::entity::id::{ExperimentId, ModelId, RequestId, RunId, Version};
use crate::entity::model::{LoggedModel, LoggedModelStatus, ModelVersion, Stage, VersionStatus};
use crate::entity::run::{Run, RunStatus};
use crate::tracking::{Error, NewLoggedModel, NewRun, NewVersion};

const RUN: &str = "new-run";
const EXPERIMENT: &str = "new-experiment";
const MODEL: &str = "m-new";
/// Servers count from 1.
const VERSION: Version = Version(0);

/// The id of an experiment that would have been created.
pub(super) fn experiment_id() -> Result<ExperimentId, Error> {
    EXPERIMENT.parse().map_err(|_| lacks("an experiment's id"))
}

/// A run that would have been created.
pub(super) fn run(new: &NewRun) -> Result<Run, Error> {
    let tags = new.tags.iter();
    Ok(Run {
        run_id: RUN.parse().map_err(|_| lacks("a run's id"))?,
        experiment_id: new.experiment_id.clone(),
        run_name: new.name.clone().unwrap_or_default(),
        user_id: new.user.clone().unwrap_or_default(),
        status: RunStatus::Running,
        lifecycle_stage: Lifecycle::Active,
        start_time: Some(new.start_time),
        end_time: None,
        artifact_uri: format!("{NOWHERE}:/{RUN}/artifacts"),
        params: BTreeMap::new(),
        metrics: BTreeMap::new(),
        tags: tags
            .map(|tag| (tag.key.clone(), tag.value.clone()))
            .collect(),
        datasets: Vec::new(),
        model_inputs: Vec::new(),
        outputs: Vec::new(),
    })
}

/// A logged model that would have been created.
pub(super) fn logged_model(new: &NewLoggedModel) -> Result<LoggedModel, Error> {
    let pairs = |pairs: &mut dyn Iterator<Item = (&String, &String)>| {
        pairs
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect()
    };
    Ok(LoggedModel {
        model_id: MODEL.parse().map_err(|_| lacks("a model's id"))?,
        experiment_id: new.experiment_id.clone(),
        name: new.name.clone(),
        status: LoggedModelStatus::Pending,
        model_type: new.model_type.clone().unwrap_or_default(),
        source_run_id: new.source_run_id.clone(),
        artifact_uri: format!("{NOWHERE}:/{MODEL}/artifacts"),
        creation_timestamp: 0,
        metrics: Vec::new(),
        params: pairs(&mut new.params.iter().map(|param| (&param.key, &param.value))),
        tags: pairs(&mut new.tags.iter().map(|tag| (&tag.key, &tag.value))),
    })
}

/// A logged model of which only the status would have changed.
pub(super) fn finished(id: &ModelId, status: LoggedModelStatus) -> Result<LoggedModel, Error> {
    let new = NewLoggedModel {
        request_id: RequestId::unique(),
        experiment_id: experiment_id()?,
        name: String::new(),
        source_run_id: None,
        model_type: None,
        params: Vec::new(),
        tags: Vec::new(),
    };
    Ok(LoggedModel {
        model_id: id.clone(),
        status,
        ..logged_model(&new)?
    })
}

/// A version that would have been created.
pub(super) fn version(new: &NewVersion) -> ModelVersion {
    let tags = new.tags.iter();
    ModelVersion {
        name: new.name.clone(),
        version: VERSION,
        creation_timestamp: None,
        last_updated_timestamp: None,
        source: new.source.clone(),
        run_id: new.run_id.clone(),
        model_id: new.model_id.clone(),
        status: VersionStatus::Ready,
        status_message: String::new(),
        stage: Stage::None,
        description: new.description.clone().unwrap_or_default(),
        aliases: Vec::new(),
        tags: tags
            .map(|tag| (tag.key.clone(), tag.value.clone()))
            .collect(),
    }
}

/// How a dry run speaks of a run.
pub(super) fn of_run(id: &RunId) -> String {
    named("run", id.as_str(), RUN)
}

/// How a dry run speaks of an experiment.
pub(super) fn of_experiment(id: &ExperimentId) -> String {
    named("experiment", id.as_str(), EXPERIMENT)
}

/// How a dry run speaks of a logged model.
pub(super) fn of_model(id: &ModelId) -> String {
    named("logged model", id.as_str(), MODEL)
}

/// How a dry run speaks of a version.
pub(super) fn of_version(name: &str, version: Version) -> String {
    if version == VERSION {
        format!("the new version of `{name}`")
    } else {
        format!("version {version} of `{name}`")
    }
}

fn named(thing: &str, id: &str, placeholder: &str) -> String {
    if id == placeholder {
        format!("the new {thing}")
    } else {
        format!("the {thing} `{id}`")
    }
}

fn lacks(what: &'static str) -> Error {
    Error::Incomplete { what }
}

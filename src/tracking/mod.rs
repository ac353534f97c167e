//! The ledger: where experiments, runs and models are written down.
//!
//! It moves no artifacts; it only says where they lie ([`resolve`]).

mod batch;
mod dry_run;
mod error;
mod ledger;
pub mod paging;
pub mod probe;
pub mod resolve;
mod rest;
pub mod server_info;
mod sqlite;
pub mod workspace;

use std::fmt;

use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};
use url::Url;

pub use dry_run::DryRun;
pub use error::{Error, Thing};
pub use rest::Rest;
pub use sqlite::{NotAFile, NotAFileStore, Sqlite, file_of, file_store_of, has_experiments};

use crate::entity::Lifecycle;
use crate::entity::dataset::DatasetInput;
use crate::entity::experiment::Experiment;
use crate::entity::id::{ExperimentId, ModelId, RequestId, RunId, Version};
use crate::entity::metric::Metric;
use crate::entity::model::{
    LoggedModel, LoggedModelStatus, ModelMetric, ModelVersion, RegisteredModel, Stage,
};
use crate::entity::param::Param;
use crate::entity::run::{Run, RunStatus};
use crate::entity::tag::{self, Tag};

/// What a ledger answers, later.
pub type Answer<'a, T> = BoxFuture<'a, Result<T, Error>>;

/// A ledger: a server, or a database file.
pub trait Tracking: Send + Sync + fmt::Debug {
    /// What sort of server it is; asked once, and remembered.
    fn server(&self) -> BoxFuture<'_, ServerInfo>;

    /// The address of a page of its user interface, where it has one.
    fn page(&self, page: &Page<'_>) -> Option<String>;

    /// The experiment of this id.
    fn experiment<'a>(&'a self, id: &'a ExperimentId) -> Answer<'a, Experiment>;

    /// The experiment of this name, which may be in the bin.
    fn experiment_by_name<'a>(&'a self, name: &'a str) -> Answer<'a, Option<Experiment>>;

    /// Creates an experiment, once, even if the answer gets lost. [`Error::AlreadyExists`] if there is one of this
    /// name, [`Error::Deleted`] if that is in the bin.
    fn create_experiment<'a>(&'a self, new: &'a NewExperiment) -> Answer<'a, ExperimentId>;

    /// The experiments that fit a search, from a page on.
    fn search_experiments<'a>(
        &'a self,
        search: &'a Search,
        page: PageOf<'a>,
    ) -> Answer<'a, Portion<Experiment>>;

    /// Gives an experiment another name.
    fn rename_experiment<'a>(&'a self, id: &'a ExperimentId, name: &'a str) -> Answer<'a, ()>;

    /// Puts an experiment and its runs into the bin.
    fn delete_experiment<'a>(&'a self, id: &'a ExperimentId) -> Answer<'a, ()>;

    /// Takes an experiment and its runs out of the bin.
    fn restore_experiment<'a>(&'a self, id: &'a ExperimentId) -> Answer<'a, ()>;

    /// Notes something on an experiment.
    fn set_experiment_tag<'a>(&'a self, id: &'a ExperimentId, tag: &'a Tag) -> Answer<'a, ()>;

    /// Creates a run, once, even if the answer gets lost.
    fn create_run<'a>(&'a self, new: &'a NewRun) -> Answer<'a, Run>;

    /// The run of this id, which may be in the bin.
    fn run<'a>(&'a self, id: &'a RunId) -> Answer<'a, Run>;

    /// Says how far a run is, and when it ended.
    fn update_run<'a>(
        &'a self,
        id: &'a RunId,
        status: RunStatus,
        end_time: Option<i64>,
    ) -> Answer<'a, ()>;

    /// The runs of these experiments that fit a search, from a page on.
    fn search_runs<'a>(
        &'a self,
        experiments: &'a [ExperimentId],
        search: &'a Search,
        page: PageOf<'a>,
    ) -> Answer<'a, Portion<Run>>;

    /// Puts a run into the bin.
    fn delete_run<'a>(&'a self, id: &'a RunId) -> Answer<'a, ()>;

    /// Takes a run out of the bin.
    fn restore_run<'a>(&'a self, id: &'a RunId) -> Answer<'a, ()>;

    /// Takes a tag off a run; one that is not there is no error.
    fn delete_run_tag<'a>(&'a self, id: &'a RunId, key: &'a str) -> Answer<'a, ()>;

    /// Notes that a dataset went into a run.
    fn log_input<'a>(&'a self, id: &'a RunId, input: &'a DatasetInput) -> Answer<'a, ()>;

    /// Notes that a logged model went into a run. Told again, it changes nothing.
    fn log_input_model<'a>(&'a self, id: &'a RunId, model_id: &'a ModelId) -> Answer<'a, ()>;

    /// The points of a metric of a run, from a page on.
    fn metric_history<'a>(
        &'a self,
        id: &'a RunId,
        key: &'a str,
        page: PageOf<'a>,
    ) -> Answer<'a, Portion<Metric>>;

    /// How many params, metrics and tags are best written at once.
    fn batch_size(&self) -> usize;

    /// Writes params, metrics and tags of a run, in as few requests as MLflow's limits allow.
    fn log_batch<'a>(&'a self, id: &'a RunId, batch: &'a Batch) -> Answer<'a, ()>;

    /// Notes points of a run's metrics as those of a logged model, too. Told twice, they are noted once.
    fn log_model_metrics<'a>(&'a self, id: &'a RunId, metrics: &'a [ModelMetric])
    -> Answer<'a, ()>;

    /// What lies directly below a folder of a run's artifacts; nothing, if there is no such folder.
    fn list_run_artifacts<'a>(&'a self, id: &'a RunId, path: &'a str) -> Answer<'a, Vec<FileInfo>>;

    /// Notes on a run that a model was logged to it, the way of MLflow 2: `json` is its `MLmodel` as JSON.
    fn record_model<'a>(&'a self, id: &'a RunId, json: &'a str) -> Answer<'a, ()>;

    /// Creates a logged model, once. [`Error::NoLoggedModels`] from a server that has none.
    fn create_logged_model<'a>(&'a self, new: &'a NewLoggedModel) -> Answer<'a, LoggedModel>;

    /// Notes that a logged model came out of a run.
    fn add_run_output<'a>(
        &'a self,
        id: &'a RunId,
        model_id: &'a ModelId,
        step: i64,
    ) -> Answer<'a, ()>;

    /// Says that a logged model is complete, or that it will not be.
    fn finish_logged_model<'a>(
        &'a self,
        id: &'a ModelId,
        status: LoggedModelStatus,
    ) -> Answer<'a, LoggedModel>;

    /// The logged model of this id.
    fn logged_model<'a>(&'a self, id: &'a ModelId) -> Answer<'a, LoggedModel>;

    /// The logged models of these experiments that fit a filter in MLflow's language.
    fn search_logged_models<'a>(
        &'a self,
        experiments: &'a [ExperimentId],
        filter: &'a str,
    ) -> Answer<'a, Vec<LoggedModel>>;

    /// Notes something on a logged model.
    fn set_logged_model_tags<'a>(&'a self, id: &'a ModelId, tags: &'a [Tag]) -> Answer<'a, ()>;

    /// The registered model of this name.
    fn registered_model<'a>(&'a self, name: &'a str) -> Answer<'a, RegisteredModel>;

    /// Creates a registered model if there is none of this name.
    fn create_registered_model<'a>(&'a self, new: &'a NewRegisteredModel) -> Answer<'a, Creation>;

    /// One page of the registered models that fit; prompts are none, unless the filter asks for them.
    fn search_registered_models<'a>(
        &'a self,
        search: &'a Search,
        page: PageOf<'a>,
    ) -> Answer<'a, Portion<RegisteredModel>>;

    /// Says something else about a registered model.
    fn update_registered_model<'a>(
        &'a self,
        name: &'a str,
        description: &'a str,
    ) -> Answer<'a, RegisteredModel>;

    /// Gives a registered model and its versions another name.
    fn rename_registered_model<'a>(
        &'a self,
        name: &'a str,
        new_name: &'a str,
    ) -> Answer<'a, RegisteredModel>;

    /// Deletes a registered model with all its versions.
    fn delete_registered_model<'a>(&'a self, name: &'a str) -> Answer<'a, ()>;

    /// Notes something on a registered model.
    fn set_registered_model_tag<'a>(&'a self, name: &'a str, tag: &'a Tag) -> Answer<'a, ()>;

    /// Takes a note off a registered model; that it was not there is no error.
    fn delete_registered_model_tag<'a>(&'a self, name: &'a str, key: &'a str) -> Answer<'a, ()>;

    /// Creates a version of a registered model, once.
    fn create_version<'a>(&'a self, new: &'a NewVersion) -> Answer<'a, ModelVersion>;

    /// The version of this number.
    fn version<'a>(&'a self, name: &'a str, version: Version) -> Answer<'a, ModelVersion>;

    /// The version to which an alias points.
    fn version_by_alias<'a>(&'a self, name: &'a str, alias: &'a str) -> Answer<'a, ModelVersion>;

    /// The newest version of each stage, or of one.
    fn latest_versions<'a>(
        &'a self,
        name: &'a str,
        stage: Option<Stage>,
    ) -> Answer<'a, Vec<ModelVersion>>;

    /// One page of the versions that fit, without their aliases.
    fn search_versions<'a>(
        &'a self,
        search: &'a Search,
        page: PageOf<'a>,
    ) -> Answer<'a, Portion<ModelVersion>>;

    /// All versions of a registered model; none, if there is no such model.
    fn versions<'a>(&'a self, name: &'a str) -> Answer<'a, Vec<ModelVersion>>;

    /// Points an alias to a version, wherever it pointed before.
    fn set_alias<'a>(&'a self, name: &'a str, alias: &'a str, version: Version) -> Answer<'a, ()>;

    /// Takes an alias away; that it was not there is no error.
    fn delete_alias<'a>(&'a self, name: &'a str, alias: &'a str) -> Answer<'a, ()>;

    /// Says something else about a version.
    fn update_version<'a>(
        &'a self,
        name: &'a str,
        version: Version,
        description: &'a str,
    ) -> Answer<'a, ModelVersion>;

    /// Moves a version to another stage, and, where asked, those out of use that are in that stage.
    fn transition_stage<'a>(
        &'a self,
        name: &'a str,
        version: Version,
        stage: Stage,
        archive_existing: bool,
    ) -> Answer<'a, ModelVersion>;

    /// Notes something on a version.
    fn set_version_tag<'a>(
        &'a self,
        name: &'a str,
        version: Version,
        tag: &'a Tag,
    ) -> Answer<'a, ()>;

    /// Takes a note off a version; that it was not there is no error.
    fn delete_version_tag<'a>(
        &'a self,
        name: &'a str,
        version: Version,
        key: &'a str,
    ) -> Answer<'a, ()>;

    /// Deletes a version.
    fn delete_version<'a>(&'a self, name: &'a str, version: Version) -> Answer<'a, ()>;

    /// Where the files of a version lie.
    fn download_uri<'a>(&'a self, name: &'a str, version: Version) -> Answer<'a, String>;
}

/// What sort of server it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ServerInfo {
    /// Its version, if it tells one.
    pub version: Option<String>,
    /// What that means.
    pub release: Release,
}

/// The generations of MLflow that differ on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Release {
    /// MLflow 2: a model is a folder of a run.
    V2,
    /// MLflow 3: a model is a thing of its own.
    V3,
    /// It does not say, or is no MLflow.
    Unknown,
}

/// A page of the user interface.
#[derive(Debug, Clone, Copy)]
pub enum Page<'a> {
    /// A run.
    Run(&'a ExperimentId, &'a RunId),
    /// A logged model.
    LoggedModel(&'a ExperimentId, &'a ModelId),
    /// A registered model.
    RegisteredModel(&'a str),
    /// A version of a registered model.
    Version(&'a str, Version),
}

/// Which things are wanted, and in which order.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// What they must fulfil, in MLflow's filter language; empty for all.
    pub filter: String,
    /// By what they are sorted, such as `metrics.loss DESC`; empty for the server's own order.
    pub order_by: Vec<String>,
    /// Whether those in the bin count.
    pub view: View,
}

impl Search {
    /// What one request made.
    pub fn made_by(request_id: &RequestId) -> Self {
        Self {
            filter: format!("tags.`{}` = '{}'", tag::REQUEST_ID, request_id.as_str()),
            ..Self::default()
        }
    }

    /// The versions of one registered model.
    pub fn versions_of(name: &str) -> Self {
        // A name may hold one sort of quote; MLflow's filter language has no escapes.
        let quote = if name.contains('\'') { '"' } else { '\'' };
        Self {
            filter: format!("name = {quote}{name}{quote}"),
            ..Self::default()
        }
    }
}

/// Whether things in the bin are shown. The words are MLflow's.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum View {
    /// Only what is there.
    #[default]
    ActiveOnly,
    /// Only what is in the bin.
    DeletedOnly,
    /// Both.
    All,
}

/// A page of a list: at most how many things, and where the list goes on.
#[derive(Debug, Clone, Copy)]
pub struct PageOf<'a> {
    /// At most how many things.
    pub size: u64,
    /// The page that another [`Portion`] named; `None` for the first.
    pub token: Option<&'a str>,
}

/// Some things of a longer list.
#[derive(Debug, Clone)]
pub struct Portion<T> {
    /// The things.
    pub items: Vec<T>,
    /// Where the list goes on; `None` at its end.
    pub next_page_token: Option<String>,
}

/// An experiment that is to be created.
#[derive(Debug, Clone, Default)]
pub struct NewExperiment {
    /// Its name.
    pub name: String,
    /// Where its artifacts will lie, unless the server decides.
    pub artifact_location: Option<String>,
    /// What is noted on it from the start.
    pub tags: Vec<Tag>,
}

/// A run that is to be created.
#[derive(Debug, Clone)]
pub struct NewRun {
    /// By what it can be found if the answer is lost.
    pub request_id: RequestId,
    /// In which experiment.
    pub experiment_id: ExperimentId,
    /// Its name; the server invents one if there is none.
    pub name: Option<String>,
    /// When it began, in milliseconds since 1970.
    pub start_time: i64,
    /// Who made it.
    pub user: Option<String>,
    /// Whether it is a copy, on which nothing is noted but what is given here; else who made it is noted in a tag, too.
    pub is_copy: bool,
    /// What is noted on it from the start.
    pub tags: Vec<Tag>,
}

/// What is to be written on a run.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Batch {
    /// Params; one that is there already must keep its value.
    pub params: Vec<Param>,
    /// Points of metrics.
    pub metrics: Vec<Metric>,
    /// Tags; one that is there already gets the new value.
    pub tags: Vec<Tag>,
}

impl Batch {
    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.params.is_empty() && self.metrics.is_empty() && self.tags.is_empty()
    }
}

/// A logged model that is to be created.
#[derive(Debug, Clone)]
pub struct NewLoggedModel {
    /// By what it can be found if the answer is lost.
    pub request_id: RequestId,
    /// In which experiment.
    pub experiment_id: ExperimentId,
    /// Its name, see [`crate::entity::limits::logged_model_name`].
    pub name: String,
    /// The run it comes out of.
    pub source_run_id: Option<RunId>,
    /// What sort of model it is.
    pub model_type: Option<String>,
    /// What was decided beforehand.
    pub params: Vec<Param>,
    /// What is noted on it from the start.
    pub tags: Vec<Tag>,
}

/// A registered model that is to be created.
#[derive(Debug, Clone, Default)]
pub struct NewRegisteredModel {
    /// Its name, see [`crate::entity::limits::registered_model_name`].
    pub name: String,
    /// What is said about it.
    pub description: Option<String>,
    /// What is noted on it from the start.
    pub tags: Vec<Tag>,
}

/// Whether it was this call that made something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Creation {
    /// It was.
    Created,
    /// It is there as it was to be made, but the answer was lost: somebody else may have made it.
    Unclear,
    /// It was there before.
    Existed,
}

/// A version that is to be created.
#[derive(Debug, Clone)]
pub struct NewVersion {
    /// By what it can be found if the answer is lost.
    pub request_id: RequestId,
    /// Of which registered model.
    pub name: String,
    /// Where its files lie: `models:/m-…`, or an artifact URI below those of the run.
    pub source: String,
    /// The run that `source` belongs to.
    pub run_id: Option<RunId>,
    /// The logged model that `source` names.
    pub model_id: Option<ModelId>,
    /// What is said about it.
    pub description: Option<String>,
    /// What is noted on it from the start.
    pub tags: Vec<Tag>,
}

/// A file or a folder among a run's artifacts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileInfo {
    /// Its path below the run's artifacts.
    pub path: String,
    /// Whether it is a folder.
    #[serde(default)]
    pub is_dir: bool,
    /// How large it is; servers leave it out for folders and for empty files.
    #[serde(default)]
    pub file_size: Option<u64>,
}

/// The experiment of this name: the one that is there, or a new one. One in the bin is an error that tells how
/// to get it out.
pub async fn find_or_create_experiment(
    tracking: &dyn Tracking,
    name: &str,
) -> Result<ExperimentId, Error> {
    if let Some(experiment) = tracking.experiment_by_name(name).await? {
        return Ok(active(experiment)?.experiment_id);
    }
    let new = NewExperiment {
        name: name.to_owned(),
        ..NewExperiment::default()
    };
    match tracking.create_experiment(&new).await {
        // Somebody else was quicker, and theirs is as good.
        Err(error @ Error::AlreadyExists { .. }) => {
            let there = tracking.experiment_by_name(name).await?.ok_or(error)?;
            Ok(active(there)?.experiment_id)
        }
        created => created,
    }
}

/// The same experiment, unless it is in the bin.
pub fn active(experiment: Experiment) -> Result<Experiment, Error> {
    match experiment.lifecycle_stage {
        Lifecycle::Active => Ok(experiment),
        Lifecycle::Deleted => Err(Error::Deleted {
            thing: Thing::Experiment,
            name: experiment.name,
            id: experiment.experiment_id.into(),
        }),
    }
}

/// The same run, unless it is in the bin.
pub fn active_run(run: Run) -> Result<Run, Error> {
    match run.lifecycle_stage {
        Lifecycle::Active => Ok(run),
        Lifecycle::Deleted => Err(Error::Deleted {
            thing: Thing::Run,
            name: run.run_name,
            id: run.run_id.into(),
        }),
    }
}

/// The address of something below a server's own, however deep that is.
pub fn below(base: &Url, path: &str) -> Url {
    let mut url = base.clone();
    url.set_query(None);
    url.set_fragment(None);
    if let Ok(mut segments) = url.path_segments_mut() {
        segments.pop_if_empty().extend(path.split('/'));
    }
    url
}

/// What is not there is `None` instead of an error.
pub fn optional<T>(result: Result<T, Error>) -> Result<Option<T>, Error> {
    match result {
        Ok(found) => Ok(Some(found)),
        Err(Error::NotFound { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The tags of something new, with the one by which [`Search::made_by`] finds it.
fn marked(tags: &[Tag], request_id: &RequestId) -> Vec<Tag> {
    let own = tags.iter().filter(|tag| tag.key != tag::REQUEST_ID);
    let marker = Tag::new(tag::REQUEST_ID, request_id.as_str());
    own.cloned().chain([marker]).collect()
}

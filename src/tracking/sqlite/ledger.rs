//! The transactions of [`Sqlite`] as what the other rooms ask of a ledger.
//!
//! There is nothing to it but the boxes.

use futures_util::future::BoxFuture;

use super::Sqlite;
use super::batch::POINTS_AT_ONCE;
use crate::entity::dataset::DatasetInput;
use crate::entity::experiment::Experiment;
use crate::entity::id::{ExperimentId, ModelId, RunId, Version};
use crate::entity::metric::Metric;
use crate::entity::model::{LoggedModel, LoggedModelStatus, ModelVersion, RegisteredModel, Stage};
use crate::entity::run::{Run, RunStatus};
use crate::entity::tag::Tag;
use crate::tracking::{
    Answer, Batch, Creation, FileInfo, NewExperiment, NewLoggedModel, NewRegisteredModel, NewRun,
    NewVersion, Page, PageOf, Portion, Release, Search, ServerInfo, Tracking,
};

impl Tracking for Sqlite {
    fn server(&self) -> BoxFuture<'_, ServerInfo> {
        // What its tables can hold is MLflow 3's; no server means no version that one would have to suit.
        Box::pin(std::future::ready(ServerInfo {
            version: None,
            release: Release::V3,
        }))
    }

    fn page(&self, _: &Page<'_>) -> Option<String> {
        None
    }

    fn experiment<'a>(&'a self, id: &'a ExperimentId) -> Answer<'a, Experiment> {
        Box::pin(self.find_experiment(id))
    }

    fn experiment_by_name<'a>(&'a self, name: &'a str) -> Answer<'a, Option<Experiment>> {
        Box::pin(self.find_experiment_by_name(name))
    }

    fn create_experiment<'a>(&'a self, new: &'a NewExperiment) -> Answer<'a, ExperimentId> {
        Box::pin(self.add_experiment(new))
    }

    fn search_experiments<'a>(
        &'a self,
        search: &'a Search,
        page: PageOf<'a>,
    ) -> Answer<'a, Portion<Experiment>> {
        Box::pin(self.list_experiments(search, page))
    }

    fn rename_experiment<'a>(&'a self, id: &'a ExperimentId, name: &'a str) -> Answer<'a, ()> {
        Box::pin(self.put_experiment_name(id, name))
    }

    fn delete_experiment<'a>(&'a self, id: &'a ExperimentId) -> Answer<'a, ()> {
        Box::pin(self.bin_experiment(id))
    }

    fn restore_experiment<'a>(&'a self, id: &'a ExperimentId) -> Answer<'a, ()> {
        Box::pin(self.unbin_experiment(id))
    }

    fn set_experiment_tag<'a>(&'a self, id: &'a ExperimentId, tag: &'a Tag) -> Answer<'a, ()> {
        Box::pin(self.put_experiment_tag(id, tag))
    }

    fn create_run<'a>(&'a self, new: &'a NewRun) -> Answer<'a, Run> {
        Box::pin(self.add_run(new))
    }

    fn run<'a>(&'a self, id: &'a RunId) -> Answer<'a, Run> {
        Box::pin(self.find_run(id))
    }

    fn update_run<'a>(
        &'a self,
        id: &'a RunId,
        status: RunStatus,
        end_time: Option<i64>,
    ) -> Answer<'a, ()> {
        Box::pin(self.put_run_status(id, status, end_time))
    }

    fn search_runs<'a>(
        &'a self,
        experiments: &'a [ExperimentId],
        search: &'a Search,
        page: PageOf<'a>,
    ) -> Answer<'a, Portion<Run>> {
        Box::pin(self.list_runs(experiments, search, page))
    }

    fn delete_run<'a>(&'a self, id: &'a RunId) -> Answer<'a, ()> {
        Box::pin(self.bin_run(id))
    }

    fn restore_run<'a>(&'a self, id: &'a RunId) -> Answer<'a, ()> {
        Box::pin(self.unbin_run(id))
    }

    fn delete_run_tag<'a>(&'a self, id: &'a RunId, key: &'a str) -> Answer<'a, ()> {
        Box::pin(self.drop_run_tag(id, key))
    }

    fn log_input<'a>(&'a self, id: &'a RunId, input: &'a DatasetInput) -> Answer<'a, ()> {
        Box::pin(self.add_input(id, input))
    }

    fn metric_history<'a>(
        &'a self,
        id: &'a RunId,
        key: &'a str,
        page: PageOf<'a>,
    ) -> Answer<'a, Portion<Metric>> {
        Box::pin(self.list_metric(id, key, page))
    }

    fn batch_size(&self) -> usize {
        POINTS_AT_ONCE
    }

    fn log_batch<'a>(&'a self, id: &'a RunId, batch: &'a Batch) -> Answer<'a, ()> {
        Box::pin(self.write_batch(id, batch))
    }

    fn list_run_artifacts<'a>(&'a self, id: &'a RunId, path: &'a str) -> Answer<'a, Vec<FileInfo>> {
        Box::pin(self.list_files(id, path))
    }

    fn record_model<'a>(&'a self, id: &'a RunId, json: &'a str) -> Answer<'a, ()> {
        Box::pin(self.add_model_record(id, json))
    }

    fn create_logged_model<'a>(&'a self, new: &'a NewLoggedModel) -> Answer<'a, LoggedModel> {
        Box::pin(self.add_logged_model(new))
    }

    fn add_run_output<'a>(
        &'a self,
        id: &'a RunId,
        model_id: &'a ModelId,
        step: i64,
    ) -> Answer<'a, ()> {
        Box::pin(self.add_output(id, model_id, step))
    }

    fn finish_logged_model<'a>(
        &'a self,
        id: &'a ModelId,
        status: LoggedModelStatus,
    ) -> Answer<'a, LoggedModel> {
        Box::pin(self.put_model_status(id, status))
    }

    fn logged_model<'a>(&'a self, id: &'a ModelId) -> Answer<'a, LoggedModel> {
        Box::pin(self.find_logged_model(id))
    }

    fn search_logged_models<'a>(
        &'a self,
        experiments: &'a [ExperimentId],
        filter: &'a str,
    ) -> Answer<'a, Vec<LoggedModel>> {
        Box::pin(self.list_logged_models(experiments, filter))
    }

    fn set_logged_model_tags<'a>(&'a self, id: &'a ModelId, tags: &'a [Tag]) -> Answer<'a, ()> {
        Box::pin(self.put_model_tags(id, tags))
    }

    fn registered_model<'a>(&'a self, name: &'a str) -> Answer<'a, RegisteredModel> {
        Box::pin(self.find_registered_model(name))
    }

    fn create_registered_model<'a>(&'a self, new: &'a NewRegisteredModel) -> Answer<'a, Creation> {
        Box::pin(self.add_registered_model(new))
    }

    fn search_registered_models<'a>(
        &'a self,
        search: &'a Search,
        page: PageOf<'a>,
    ) -> Answer<'a, Portion<RegisteredModel>> {
        Box::pin(self.list_registered_models(search, page))
    }

    fn update_registered_model<'a>(
        &'a self,
        name: &'a str,
        description: &'a str,
    ) -> Answer<'a, RegisteredModel> {
        Box::pin(self.put_description(name, description))
    }

    fn rename_registered_model<'a>(
        &'a self,
        name: &'a str,
        new_name: &'a str,
    ) -> Answer<'a, RegisteredModel> {
        Box::pin(self.put_model_name(name, new_name))
    }

    fn delete_registered_model<'a>(&'a self, name: &'a str) -> Answer<'a, ()> {
        Box::pin(self.remove_registered_model(name))
    }

    fn set_registered_model_tag<'a>(&'a self, name: &'a str, tag: &'a Tag) -> Answer<'a, ()> {
        Box::pin(self.put_registered_model_tag(name, tag))
    }

    fn delete_registered_model_tag<'a>(&'a self, name: &'a str, key: &'a str) -> Answer<'a, ()> {
        Box::pin(self.remove_registered_model_tag(name, key))
    }

    fn create_version<'a>(&'a self, new: &'a NewVersion) -> Answer<'a, ModelVersion> {
        Box::pin(self.add_version(new))
    }

    fn version<'a>(&'a self, name: &'a str, version: Version) -> Answer<'a, ModelVersion> {
        Box::pin(self.find_version(name, version))
    }

    fn version_by_alias<'a>(&'a self, name: &'a str, alias: &'a str) -> Answer<'a, ModelVersion> {
        Box::pin(self.find_alias(name, alias))
    }

    fn latest_versions<'a>(
        &'a self,
        name: &'a str,
        stage: Option<Stage>,
    ) -> Answer<'a, Vec<ModelVersion>> {
        Box::pin(self.find_latest(name, stage))
    }

    fn search_versions<'a>(
        &'a self,
        search: &'a Search,
        page: PageOf<'a>,
    ) -> Answer<'a, Portion<ModelVersion>> {
        Box::pin(self.list_versions(search, page))
    }

    fn versions<'a>(&'a self, name: &'a str) -> Answer<'a, Vec<ModelVersion>> {
        Box::pin(self.all_versions(name))
    }

    fn set_alias<'a>(&'a self, name: &'a str, alias: &'a str, version: Version) -> Answer<'a, ()> {
        Box::pin(self.put_alias(name, alias, version))
    }

    fn delete_alias<'a>(&'a self, name: &'a str, alias: &'a str) -> Answer<'a, ()> {
        Box::pin(self.remove_alias(name, alias))
    }

    fn update_version<'a>(
        &'a self,
        name: &'a str,
        version: Version,
        description: &'a str,
    ) -> Answer<'a, ModelVersion> {
        Box::pin(self.put_version(name, version, description))
    }

    fn transition_stage<'a>(
        &'a self,
        name: &'a str,
        version: Version,
        stage: Stage,
        archive_existing: bool,
    ) -> Answer<'a, ModelVersion> {
        Box::pin(self.put_stage(name, version, stage, archive_existing))
    }

    fn set_version_tag<'a>(
        &'a self,
        name: &'a str,
        version: Version,
        tag: &'a Tag,
    ) -> Answer<'a, ()> {
        Box::pin(self.put_version_tag(name, version, tag))
    }

    fn delete_version_tag<'a>(
        &'a self,
        name: &'a str,
        version: Version,
        key: &'a str,
    ) -> Answer<'a, ()> {
        Box::pin(self.remove_version_tag(name, version, key))
    }

    fn delete_version<'a>(&'a self, name: &'a str, version: Version) -> Answer<'a, ()> {
        Box::pin(self.remove_version(name, version))
    }

    fn download_uri<'a>(&'a self, name: &'a str, version: Version) -> Answer<'a, String> {
        Box::pin(self.find_download_uri(name, version))
    }
}

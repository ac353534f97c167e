//! The requests of [`Rest`] as what the other rooms ask of a ledger.
//!
//! There is nothing to it but the boxes.

use futures_util::future::BoxFuture;

use super::Rest;
use crate::entity::dataset::DatasetInput;
use crate::entity::experiment::Experiment;
use crate::entity::id::{ExperimentId, ModelId, RunId, Version};
use crate::entity::limits;
use crate::entity::metric::Metric;
use crate::entity::model::{LoggedModel, LoggedModelStatus, ModelVersion, RegisteredModel, Stage};
use crate::entity::run::{Run, RunStatus};
use crate::entity::tag::Tag;
use crate::tracking::{
    Answer, Batch, Creation, FileInfo, NewExperiment, NewLoggedModel, NewRegisteredModel, NewRun,
    NewVersion, Page, PageOf, Portion, Search, ServerInfo, Tracking,
};

impl Tracking for Rest {
    fn server(&self) -> BoxFuture<'_, ServerInfo> {
        Box::pin(self.get_server())
    }

    fn page(&self, page: &Page<'_>) -> Option<String> {
        self.address_of(page)
    }

    fn experiment<'a>(&'a self, id: &'a ExperimentId) -> Answer<'a, Experiment> {
        Box::pin(self.get_experiment(id))
    }

    fn experiment_by_name<'a>(&'a self, name: &'a str) -> Answer<'a, Option<Experiment>> {
        Box::pin(self.get_experiment_by_name(name))
    }

    fn create_experiment<'a>(&'a self, new: &'a NewExperiment) -> Answer<'a, ExperimentId> {
        Box::pin(self.post_experiment(new))
    }

    fn search_experiments<'a>(
        &'a self,
        search: &'a Search,
        page: PageOf<'a>,
    ) -> Answer<'a, Portion<Experiment>> {
        Box::pin(self.post_experiments_search(search, page))
    }

    fn rename_experiment<'a>(&'a self, id: &'a ExperimentId, name: &'a str) -> Answer<'a, ()> {
        Box::pin(self.post_experiment_name(id, name))
    }

    fn delete_experiment<'a>(&'a self, id: &'a ExperimentId) -> Answer<'a, ()> {
        Box::pin(self.post_experiment_deletion(id))
    }

    fn restore_experiment<'a>(&'a self, id: &'a ExperimentId) -> Answer<'a, ()> {
        Box::pin(self.post_experiment_return(id))
    }

    fn set_experiment_tag<'a>(&'a self, id: &'a ExperimentId, tag: &'a Tag) -> Answer<'a, ()> {
        Box::pin(self.post_experiment_tag(id, tag))
    }

    fn create_run<'a>(&'a self, new: &'a NewRun) -> Answer<'a, Run> {
        Box::pin(self.post_run(new))
    }

    fn run<'a>(&'a self, id: &'a RunId) -> Answer<'a, Run> {
        Box::pin(self.get_run(id))
    }

    fn update_run<'a>(
        &'a self,
        id: &'a RunId,
        status: RunStatus,
        end_time: Option<i64>,
    ) -> Answer<'a, ()> {
        Box::pin(self.post_run_status(id, status, end_time))
    }

    fn search_runs<'a>(
        &'a self,
        experiments: &'a [ExperimentId],
        search: &'a Search,
        page: PageOf<'a>,
    ) -> Answer<'a, Portion<Run>> {
        Box::pin(self.post_runs_search(experiments, search, page))
    }

    fn delete_run<'a>(&'a self, id: &'a RunId) -> Answer<'a, ()> {
        Box::pin(self.post_run_deletion(id))
    }

    fn restore_run<'a>(&'a self, id: &'a RunId) -> Answer<'a, ()> {
        Box::pin(self.post_run_return(id))
    }

    fn delete_run_tag<'a>(&'a self, id: &'a RunId, key: &'a str) -> Answer<'a, ()> {
        Box::pin(self.post_run_tag_deletion(id, key))
    }

    fn log_input<'a>(&'a self, id: &'a RunId, input: &'a DatasetInput) -> Answer<'a, ()> {
        Box::pin(self.post_input(id, input))
    }

    fn metric_history<'a>(
        &'a self,
        id: &'a RunId,
        key: &'a str,
        page: PageOf<'a>,
    ) -> Answer<'a, Portion<Metric>> {
        Box::pin(self.get_metric_history(id, key, page))
    }

    fn batch_size(&self) -> usize {
        limits::ENTITIES_PER_BATCH
    }

    fn log_batch<'a>(&'a self, id: &'a RunId, batch: &'a Batch) -> Answer<'a, ()> {
        Box::pin(self.post_batch(id, batch))
    }

    fn list_run_artifacts<'a>(&'a self, id: &'a RunId, path: &'a str) -> Answer<'a, Vec<FileInfo>> {
        Box::pin(self.get_run_artifacts(id, path))
    }

    fn record_model<'a>(&'a self, id: &'a RunId, json: &'a str) -> Answer<'a, ()> {
        Box::pin(self.post_model_record(id, json))
    }

    fn create_logged_model<'a>(&'a self, new: &'a NewLoggedModel) -> Answer<'a, LoggedModel> {
        Box::pin(self.post_logged_model(new))
    }

    fn add_run_output<'a>(
        &'a self,
        id: &'a RunId,
        model_id: &'a ModelId,
        step: i64,
    ) -> Answer<'a, ()> {
        Box::pin(self.post_run_output(id, model_id, step))
    }

    fn finish_logged_model<'a>(
        &'a self,
        id: &'a ModelId,
        status: LoggedModelStatus,
    ) -> Answer<'a, LoggedModel> {
        Box::pin(self.patch_logged_model(id, status))
    }

    fn logged_model<'a>(&'a self, id: &'a ModelId) -> Answer<'a, LoggedModel> {
        Box::pin(self.get_logged_model(id))
    }

    fn search_logged_models<'a>(
        &'a self,
        experiments: &'a [ExperimentId],
        filter: &'a str,
    ) -> Answer<'a, Vec<LoggedModel>> {
        Box::pin(self.post_logged_models_search(experiments, filter))
    }

    fn set_logged_model_tags<'a>(&'a self, id: &'a ModelId, tags: &'a [Tag]) -> Answer<'a, ()> {
        Box::pin(self.patch_logged_model_tags(id, tags))
    }

    fn registered_model<'a>(&'a self, name: &'a str) -> Answer<'a, RegisteredModel> {
        Box::pin(self.get_registered_model(name))
    }

    fn create_registered_model<'a>(&'a self, new: &'a NewRegisteredModel) -> Answer<'a, Creation> {
        Box::pin(self.post_registered_model(new))
    }

    fn search_registered_models<'a>(
        &'a self,
        search: &'a Search,
        page: PageOf<'a>,
    ) -> Answer<'a, Portion<RegisteredModel>> {
        Box::pin(self.get_registered_models(search, page))
    }

    fn update_registered_model<'a>(
        &'a self,
        name: &'a str,
        description: &'a str,
    ) -> Answer<'a, RegisteredModel> {
        Box::pin(self.patch_registered_model(name, description))
    }

    fn rename_registered_model<'a>(
        &'a self,
        name: &'a str,
        new_name: &'a str,
    ) -> Answer<'a, RegisteredModel> {
        Box::pin(self.post_registered_model_name(name, new_name))
    }

    fn delete_registered_model<'a>(&'a self, name: &'a str) -> Answer<'a, ()> {
        Box::pin(self.drop_registered_model(name))
    }

    fn set_registered_model_tag<'a>(&'a self, name: &'a str, tag: &'a Tag) -> Answer<'a, ()> {
        Box::pin(self.post_registered_model_tag(name, tag))
    }

    fn delete_registered_model_tag<'a>(&'a self, name: &'a str, key: &'a str) -> Answer<'a, ()> {
        Box::pin(self.drop_registered_model_tag(name, key))
    }

    fn create_version<'a>(&'a self, new: &'a NewVersion) -> Answer<'a, ModelVersion> {
        Box::pin(self.post_version(new))
    }

    fn version<'a>(&'a self, name: &'a str, version: Version) -> Answer<'a, ModelVersion> {
        Box::pin(self.get_version(name, version))
    }

    fn version_by_alias<'a>(&'a self, name: &'a str, alias: &'a str) -> Answer<'a, ModelVersion> {
        Box::pin(self.get_alias(name, alias))
    }

    fn latest_versions<'a>(
        &'a self,
        name: &'a str,
        stage: Option<Stage>,
    ) -> Answer<'a, Vec<ModelVersion>> {
        Box::pin(self.post_latest_versions(name, stage))
    }

    fn search_versions<'a>(
        &'a self,
        search: &'a Search,
        page: PageOf<'a>,
    ) -> Answer<'a, Portion<ModelVersion>> {
        Box::pin(self.get_versions(search, page))
    }

    fn versions<'a>(&'a self, name: &'a str) -> Answer<'a, Vec<ModelVersion>> {
        Box::pin(self.get_all_versions(name))
    }

    fn set_alias<'a>(&'a self, name: &'a str, alias: &'a str, version: Version) -> Answer<'a, ()> {
        Box::pin(self.post_alias(name, alias, version))
    }

    fn delete_alias<'a>(&'a self, name: &'a str, alias: &'a str) -> Answer<'a, ()> {
        Box::pin(self.drop_alias(name, alias))
    }

    fn update_version<'a>(
        &'a self,
        name: &'a str,
        version: Version,
        description: &'a str,
    ) -> Answer<'a, ModelVersion> {
        Box::pin(self.patch_version(name, version, description))
    }

    fn transition_stage<'a>(
        &'a self,
        name: &'a str,
        version: Version,
        stage: Stage,
        archive_existing: bool,
    ) -> Answer<'a, ModelVersion> {
        Box::pin(self.post_stage(name, version, stage, archive_existing))
    }

    fn set_version_tag<'a>(
        &'a self,
        name: &'a str,
        version: Version,
        tag: &'a Tag,
    ) -> Answer<'a, ()> {
        Box::pin(self.post_version_tag(name, version, tag))
    }

    fn delete_version_tag<'a>(
        &'a self,
        name: &'a str,
        version: Version,
        key: &'a str,
    ) -> Answer<'a, ()> {
        Box::pin(self.drop_version_tag(name, version, key))
    }

    fn delete_version<'a>(&'a self, name: &'a str, version: Version) -> Answer<'a, ()> {
        Box::pin(self.drop_version(name, version))
    }

    fn download_uri<'a>(&'a self, name: &'a str, version: Version) -> Answer<'a, String> {
        Box::pin(self.get_download_uri(name, version))
    }
}

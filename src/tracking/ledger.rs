//! What turns a store whose methods do what the calls of [`Tracking`](super::Tracking) ask into a ledger.
//!
//! The signatures stand here once for all ledgers; what the methods do is the ledgers' own.

/// Implements [`Tracking`](super::Tracking) by a table of which method does what a call asks.
///
/// What has no line in the table, since it waits for nothing, is written out beside the name of the ledger.
macro_rules! ledger {
    ($ledger:ty { $($own:item)* } $($call:ident => $method:ident,)*) => {
        const _: () = {
            use $crate::entity::dataset::DatasetInput;
            use $crate::entity::experiment::Experiment;
            use $crate::entity::id::{ExperimentId, ModelId, RunId, Version};
            use $crate::entity::metric::Metric;
            use $crate::entity::model::{
                LoggedModel, LoggedModelStatus, ModelMetric, ModelVersion, RegisteredModel, Stage,
            };
            use $crate::entity::run::{Run, RunStatus};
            use $crate::entity::tag::Tag;
            use $crate::tracking::{
                Answer, Batch, Creation, FileInfo, NewExperiment, NewLoggedModel, NewRegisteredModel,
                NewRun, NewVersion, PageOf, Portion, Search, Tracking,
            };

            impl Tracking for $ledger {
                $($own)*
                $(ledger!(@$call $method);)*
            }
        };
    };
    (@experiment $method:ident) => {
        fn experiment<'a>(&'a self, id: &'a ExperimentId) -> Answer<'a, Experiment> {
            Box::pin(self.$method(id))
        }
    };
    (@experiment_by_name $method:ident) => {
        fn experiment_by_name<'a>(&'a self, name: &'a str) -> Answer<'a, Option<Experiment>> {
            Box::pin(self.$method(name))
        }
    };
    (@create_experiment $method:ident) => {
        fn create_experiment<'a>(&'a self, new: &'a NewExperiment) -> Answer<'a, ExperimentId> {
            Box::pin(self.$method(new))
        }
    };
    (@search_experiments $method:ident) => {
        fn search_experiments<'a>(
            &'a self,
            search: &'a Search,
            page: PageOf<'a>,
        ) -> Answer<'a, Portion<Experiment>> {
            Box::pin(self.$method(search, page))
        }
    };
    (@rename_experiment $method:ident) => {
        fn rename_experiment<'a>(&'a self, id: &'a ExperimentId, name: &'a str) -> Answer<'a, ()> {
            Box::pin(self.$method(id, name))
        }
    };
    (@delete_experiment $method:ident) => {
        fn delete_experiment<'a>(&'a self, id: &'a ExperimentId) -> Answer<'a, ()> {
            Box::pin(self.$method(id))
        }
    };
    (@restore_experiment $method:ident) => {
        fn restore_experiment<'a>(&'a self, id: &'a ExperimentId) -> Answer<'a, ()> {
            Box::pin(self.$method(id))
        }
    };
    (@set_experiment_tag $method:ident) => {
        fn set_experiment_tag<'a>(&'a self, id: &'a ExperimentId, tag: &'a Tag) -> Answer<'a, ()> {
            Box::pin(self.$method(id, tag))
        }
    };
    (@create_run $method:ident) => {
        fn create_run<'a>(&'a self, new: &'a NewRun) -> Answer<'a, Run> {
            Box::pin(self.$method(new))
        }
    };
    (@run $method:ident) => {
        fn run<'a>(&'a self, id: &'a RunId) -> Answer<'a, Run> {
            Box::pin(self.$method(id))
        }
    };
    (@update_run $method:ident) => {
        fn update_run<'a>(
            &'a self,
            id: &'a RunId,
            status: RunStatus,
            end_time: Option<i64>,
        ) -> Answer<'a, ()> {
            Box::pin(self.$method(id, status, end_time))
        }
    };
    (@search_runs $method:ident) => {
        fn search_runs<'a>(
            &'a self,
            experiments: &'a [ExperimentId],
            search: &'a Search,
            page: PageOf<'a>,
        ) -> Answer<'a, Portion<Run>> {
            Box::pin(self.$method(experiments, search, page))
        }
    };
    (@delete_run $method:ident) => {
        fn delete_run<'a>(&'a self, id: &'a RunId) -> Answer<'a, ()> {
            Box::pin(self.$method(id))
        }
    };
    (@restore_run $method:ident) => {
        fn restore_run<'a>(&'a self, id: &'a RunId) -> Answer<'a, ()> {
            Box::pin(self.$method(id))
        }
    };
    (@delete_run_tag $method:ident) => {
        fn delete_run_tag<'a>(&'a self, id: &'a RunId, key: &'a str) -> Answer<'a, ()> {
            Box::pin(self.$method(id, key))
        }
    };
    (@log_input_model $method:ident) => {
        fn log_input_model<'a>(&'a self, id: &'a RunId, model_id: &'a ModelId) -> Answer<'a, ()> {
            Box::pin(self.$method(id, model_id))
        }
    };
    (@log_input $method:ident) => {
        fn log_input<'a>(&'a self, id: &'a RunId, input: &'a DatasetInput) -> Answer<'a, ()> {
            Box::pin(self.$method(id, input))
        }
    };
    (@metric_history $method:ident) => {
        fn metric_history<'a>(
            &'a self,
            id: &'a RunId,
            key: &'a str,
            page: PageOf<'a>,
        ) -> Answer<'a, Portion<Metric>> {
            Box::pin(self.$method(id, key, page))
        }
    };
    (@log_batch $method:ident) => {
        fn log_batch<'a>(&'a self, id: &'a RunId, batch: &'a Batch) -> Answer<'a, ()> {
            Box::pin(self.$method(id, batch))
        }
    };
    (@log_model_metrics $method:ident) => {
        fn log_model_metrics<'a>(&'a self, id: &'a RunId, metrics: &'a [ModelMetric]) -> Answer<'a, ()> {
            Box::pin(self.$method(id, metrics))
        }
    };
    (@list_run_artifacts $method:ident) => {
        fn list_run_artifacts<'a>(&'a self, id: &'a RunId, path: &'a str) -> Answer<'a, Vec<FileInfo>> {
            Box::pin(self.$method(id, path))
        }
    };
    (@record_model $method:ident) => {
        fn record_model<'a>(&'a self, id: &'a RunId, json: &'a str) -> Answer<'a, ()> {
            Box::pin(self.$method(id, json))
        }
    };
    (@create_logged_model $method:ident) => {
        fn create_logged_model<'a>(&'a self, new: &'a NewLoggedModel) -> Answer<'a, LoggedModel> {
            Box::pin(self.$method(new))
        }
    };
    (@add_run_output $method:ident) => {
        fn add_run_output<'a>(
            &'a self,
            id: &'a RunId,
            model_id: &'a ModelId,
            step: i64,
        ) -> Answer<'a, ()> {
            Box::pin(self.$method(id, model_id, step))
        }
    };
    (@finish_logged_model $method:ident) => {
        fn finish_logged_model<'a>(
            &'a self,
            id: &'a ModelId,
            status: LoggedModelStatus,
        ) -> Answer<'a, LoggedModel> {
            Box::pin(self.$method(id, status))
        }
    };
    (@logged_model $method:ident) => {
        fn logged_model<'a>(&'a self, id: &'a ModelId) -> Answer<'a, LoggedModel> {
            Box::pin(self.$method(id))
        }
    };
    (@search_logged_models $method:ident) => {
        fn search_logged_models<'a>(
            &'a self,
            experiments: &'a [ExperimentId],
            filter: &'a str,
        ) -> Answer<'a, Vec<LoggedModel>> {
            Box::pin(self.$method(experiments, filter))
        }
    };
    (@set_logged_model_tags $method:ident) => {
        fn set_logged_model_tags<'a>(&'a self, id: &'a ModelId, tags: &'a [Tag]) -> Answer<'a, ()> {
            Box::pin(self.$method(id, tags))
        }
    };
    (@registered_model $method:ident) => {
        fn registered_model<'a>(&'a self, name: &'a str) -> Answer<'a, RegisteredModel> {
            Box::pin(self.$method(name))
        }
    };
    (@create_registered_model $method:ident) => {
        fn create_registered_model<'a>(&'a self, new: &'a NewRegisteredModel) -> Answer<'a, Creation> {
            Box::pin(self.$method(new))
        }
    };
    (@search_registered_models $method:ident) => {
        fn search_registered_models<'a>(
            &'a self,
            search: &'a Search,
            page: PageOf<'a>,
        ) -> Answer<'a, Portion<RegisteredModel>> {
            Box::pin(self.$method(search, page))
        }
    };
    (@update_registered_model $method:ident) => {
        fn update_registered_model<'a>(
            &'a self,
            name: &'a str,
            description: &'a str,
        ) -> Answer<'a, RegisteredModel> {
            Box::pin(self.$method(name, description))
        }
    };
    (@rename_registered_model $method:ident) => {
        fn rename_registered_model<'a>(
            &'a self,
            name: &'a str,
            new_name: &'a str,
        ) -> Answer<'a, RegisteredModel> {
            Box::pin(self.$method(name, new_name))
        }
    };
    (@delete_registered_model $method:ident) => {
        fn delete_registered_model<'a>(&'a self, name: &'a str) -> Answer<'a, ()> {
            Box::pin(self.$method(name))
        }
    };
    (@set_registered_model_tag $method:ident) => {
        fn set_registered_model_tag<'a>(&'a self, name: &'a str, tag: &'a Tag) -> Answer<'a, ()> {
            Box::pin(self.$method(name, tag))
        }
    };
    (@delete_registered_model_tag $method:ident) => {
        fn delete_registered_model_tag<'a>(&'a self, name: &'a str, key: &'a str) -> Answer<'a, ()> {
            Box::pin(self.$method(name, key))
        }
    };
    (@create_version $method:ident) => {
        fn create_version<'a>(&'a self, new: &'a NewVersion) -> Answer<'a, ModelVersion> {
            Box::pin(self.$method(new))
        }
    };
    (@version $method:ident) => {
        fn version<'a>(&'a self, name: &'a str, version: Version) -> Answer<'a, ModelVersion> {
            Box::pin(self.$method(name, version))
        }
    };
    (@version_by_alias $method:ident) => {
        fn version_by_alias<'a>(&'a self, name: &'a str, alias: &'a str) -> Answer<'a, ModelVersion> {
            Box::pin(self.$method(name, alias))
        }
    };
    (@latest_versions $method:ident) => {
        fn latest_versions<'a>(
            &'a self,
            name: &'a str,
            stage: Option<Stage>,
        ) -> Answer<'a, Vec<ModelVersion>> {
            Box::pin(self.$method(name, stage))
        }
    };
    (@search_versions $method:ident) => {
        fn search_versions<'a>(
            &'a self,
            search: &'a Search,
            page: PageOf<'a>,
        ) -> Answer<'a, Portion<ModelVersion>> {
            Box::pin(self.$method(search, page))
        }
    };
    (@versions $method:ident) => {
        fn versions<'a>(&'a self, name: &'a str) -> Answer<'a, Vec<ModelVersion>> {
            Box::pin(self.$method(name))
        }
    };
    (@set_alias $method:ident) => {
        fn set_alias<'a>(&'a self, name: &'a str, alias: &'a str, version: Version) -> Answer<'a, ()> {
            Box::pin(self.$method(name, alias, version))
        }
    };
    (@delete_alias $method:ident) => {
        fn delete_alias<'a>(&'a self, name: &'a str, alias: &'a str) -> Answer<'a, ()> {
            Box::pin(self.$method(name, alias))
        }
    };
    (@update_version $method:ident) => {
        fn update_version<'a>(
            &'a self,
            name: &'a str,
            version: Version,
            description: &'a str,
        ) -> Answer<'a, ModelVersion> {
            Box::pin(self.$method(name, version, description))
        }
    };
    (@transition_stage $method:ident) => {
        fn transition_stage<'a>(
            &'a self,
            name: &'a str,
            version: Version,
            stage: Stage,
            archive_existing: bool,
        ) -> Answer<'a, ModelVersion> {
            Box::pin(self.$method(name, version, stage, archive_existing))
        }
    };
    (@set_version_tag $method:ident) => {
        fn set_version_tag<'a>(
            &'a self,
            name: &'a str,
            version: Version,
            tag: &'a Tag,
        ) -> Answer<'a, ()> {
            Box::pin(self.$method(name, version, tag))
        }
    };
    (@delete_version_tag $method:ident) => {
        fn delete_version_tag<'a>(
            &'a self,
            name: &'a str,
            version: Version,
            key: &'a str,
        ) -> Answer<'a, ()> {
            Box::pin(self.$method(name, version, key))
        }
    };
    (@delete_version $method:ident) => {
        fn delete_version<'a>(&'a self, name: &'a str, version: Version) -> Answer<'a, ()> {
            Box::pin(self.$method(name, version))
        }
    };
    (@download_uri $method:ident) => {
        fn download_uri<'a>(&'a self, name: &'a str, version: Version) -> Answer<'a, String> {
            Box::pin(self.$method(name, version))
        }
    };
}
pub(super) use ledger;

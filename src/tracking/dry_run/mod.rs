//! A ledger on which nothing is written: what is read comes from the one behind it, and what would be written is
//! told.
//!
//! It does not pretend that what was told had happened: a run that would have been created cannot be read.

mod placeholder;

use std::fmt;
use std::sync::Arc;

use futures_util::future::BoxFuture;

use self::placeholder::{of_experiment, of_model, of_run, of_version};
use super::{
    Answer, Batch, Creation, FileInfo, NewExperiment, NewLoggedModel, NewRegisteredModel, NewRun,
    NewVersion, Page, PageOf, Portion, Search, ServerInfo, Tracking, optional,
};
use crate::entity::dataset::DatasetInput;
use crate::entity::deed::{Deed, Tell};
use crate::entity::experiment::Experiment;
use crate::entity::id::{ExperimentId, ModelId, RunId, Version};
use crate::entity::metric::Metric;
use crate::entity::model::{
    LoggedModel, LoggedModelStatus, ModelMetric, ModelVersion, RegisteredModel, Stage,
};
use crate::entity::run::{Run, RunStatus};
use crate::entity::tag::Tag;

/// A ledger on which nothing is written.
pub struct DryRun<T> {
    inner: T,
    tell: Arc<Tell>,
}

impl<T> DryRun<T> {
    /// Reads from `inner` and tells what would be written there.
    pub fn new(inner: T, tell: Arc<Tell>) -> Self {
        Self { inner, tell }
    }

    fn would(&self, action: &'static str, text: String) {
        (self.tell)(Deed::new(action, text));
    }

    /// Tells, and answers as a server that did it.
    fn instead<'a, A: Send + 'a>(
        &self,
        action: &'static str,
        text: String,
        answer: A,
    ) -> Answer<'a, A> {
        self.would(action, text);
        Box::pin(std::future::ready(Ok(answer)))
    }
}

impl<T: fmt::Debug> fmt::Debug for DryRun<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("DryRun").field(&self.inner).finish()
    }
}

/// `1 tag`, `2 tags`; nothing of what there is none of.
fn counted(things: &[(usize, &str)]) -> String {
    let words: Vec<String> = things
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, thing)| match number {
            1 => format!("1 {thing}"),
            _ => format!("{number} {thing}s"),
        })
        .collect();
    match words.as_slice() {
        [] => "nothing".to_owned(),
        [rest @ .., last] if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => words.concat(),
    }
}

#[deny(clippy::missing_trait_methods)]
impl<T: Tracking> Tracking for DryRun<T> {
    fn server(&self) -> BoxFuture<'_, ServerInfo> {
        self.inner.server()
    }

    fn page(&self, page: &Page<'_>) -> Option<String> {
        self.inner.page(page)
    }

    fn experiment<'a>(&'a self, id: &'a ExperimentId) -> Answer<'a, Experiment> {
        self.inner.experiment(id)
    }

    fn experiment_by_name<'a>(&'a self, name: &'a str) -> Answer<'a, Option<Experiment>> {
        self.inner.experiment_by_name(name)
    }

    fn create_experiment<'a>(&'a self, new: &'a NewExperiment) -> Answer<'a, ExperimentId> {
        Box::pin(async move {
            let id = placeholder::experiment_id()?;
            let text = format!("create the experiment `{}`", new.name);
            self.would("create_experiment", text);
            Ok(id)
        })
    }

    fn search_experiments<'a>(
        &'a self,
        search: &'a Search,
        page: PageOf<'a>,
    ) -> Answer<'a, Portion<Experiment>> {
        self.inner.search_experiments(search, page)
    }

    fn rename_experiment<'a>(&'a self, id: &'a ExperimentId, name: &'a str) -> Answer<'a, ()> {
        let text = format!("rename {} to `{name}`", of_experiment(id));
        self.instead("rename_experiment", text, ())
    }

    fn delete_experiment<'a>(&'a self, id: &'a ExperimentId) -> Answer<'a, ()> {
        let text = format!("delete {} with all its runs", of_experiment(id));
        self.instead("delete_experiment", text, ())
    }

    fn restore_experiment<'a>(&'a self, id: &'a ExperimentId) -> Answer<'a, ()> {
        let text = format!("restore {}", of_experiment(id));
        self.instead("restore_experiment", text, ())
    }

    fn set_experiment_tag<'a>(&'a self, id: &'a ExperimentId, tag: &'a Tag) -> Answer<'a, ()> {
        let text = format!(
            "set the tag `{}={}` of {}",
            tag.key,
            tag.value,
            of_experiment(id)
        );
        self.instead("set_experiment_tag", text, ())
    }

    fn create_run<'a>(&'a self, new: &'a NewRun) -> Answer<'a, Run> {
        Box::pin(async move {
            let run = placeholder::run(new)?;
            let name = new.name.as_ref().map(|name| format!(" `{name}`"));
            let text = format!(
                "create a run{} in {}",
                name.unwrap_or_default(),
                of_experiment(&new.experiment_id)
            );
            self.would("create_run", text);
            Ok(run)
        })
    }

    fn run<'a>(&'a self, id: &'a RunId) -> Answer<'a, Run> {
        self.inner.run(id)
    }

    fn update_run<'a>(
        &'a self,
        id: &'a RunId,
        status: RunStatus,
        _: Option<i64>,
    ) -> Answer<'a, ()> {
        let status = match status {
            RunStatus::Running => "running",
            RunStatus::Scheduled => "scheduled",
            RunStatus::Finished => "finished",
            RunStatus::Failed => "failed",
            RunStatus::Killed => "killed",
        };
        self.instead("update_run", format!("mark {} {status}", of_run(id)), ())
    }

    fn search_runs<'a>(
        &'a self,
        experiments: &'a [ExperimentId],
        search: &'a Search,
        page: PageOf<'a>,
    ) -> Answer<'a, Portion<Run>> {
        self.inner.search_runs(experiments, search, page)
    }

    fn delete_run<'a>(&'a self, id: &'a RunId) -> Answer<'a, ()> {
        self.instead("delete_run", format!("delete {}", of_run(id)), ())
    }

    fn restore_run<'a>(&'a self, id: &'a RunId) -> Answer<'a, ()> {
        self.instead("restore_run", format!("restore {}", of_run(id)), ())
    }

    fn delete_run_tag<'a>(&'a self, id: &'a RunId, key: &'a str) -> Answer<'a, ()> {
        let text = format!("take the tag `{key}` off {}", of_run(id));
        self.instead("delete_run_tag", text, ())
    }

    fn log_input<'a>(&'a self, id: &'a RunId, input: &'a DatasetInput) -> Answer<'a, ()> {
        let text = format!(
            "note the dataset `{}` on {}",
            input.dataset.name,
            of_run(id)
        );
        self.instead("log_input", text, ())
    }

    fn metric_history<'a>(
        &'a self,
        id: &'a RunId,
        key: &'a str,
        page: PageOf<'a>,
    ) -> Answer<'a, Portion<Metric>> {
        self.inner.metric_history(id, key, page)
    }

    fn batch_size(&self) -> usize {
        self.inner.batch_size()
    }

    fn log_batch<'a>(&'a self, id: &'a RunId, batch: &'a Batch) -> Answer<'a, ()> {
        if batch.is_empty() {
            return Box::pin(std::future::ready(Ok(())));
        }
        let counts = counted(&[
            (batch.params.len(), "param"),
            (batch.metrics.len(), "metric"),
            (batch.tags.len(), "tag"),
        ]);
        self.instead("log_batch", format!("write {counts} to {}", of_run(id)), ())
    }

    fn log_model_metrics<'a>(
        &'a self,
        id: &'a RunId,
        metrics: &'a [ModelMetric],
    ) -> Answer<'a, ()> {
        let number = counted(&[(metrics.len(), "metric")]);
        let text = format!("note {number} of logged models on {}", of_run(id));
        self.instead("log_model_metrics", text, ())
    }

    fn list_run_artifacts<'a>(&'a self, id: &'a RunId, path: &'a str) -> Answer<'a, Vec<FileInfo>> {
        self.inner.list_run_artifacts(id, path)
    }

    fn record_model<'a>(&'a self, id: &'a RunId, _: &'a str) -> Answer<'a, ()> {
        self.instead(
            "record_model",
            format!("note the model on {}", of_run(id)),
            (),
        )
    }

    fn create_logged_model<'a>(&'a self, new: &'a NewLoggedModel) -> Answer<'a, LoggedModel> {
        Box::pin(async move {
            let model = placeholder::logged_model(new)?;
            let text = format!(
                "create the logged model `{}` in {}",
                new.name,
                of_experiment(&new.experiment_id)
            );
            self.would("create_logged_model", text);
            Ok(model)
        })
    }

    fn log_input_model<'a>(&'a self, id: &'a RunId, model_id: &'a ModelId) -> Answer<'a, ()> {
        let text = format!("note {} as an input of {}", of_model(model_id), of_run(id));
        self.instead("log_input_model", text, ())
    }

    fn add_run_output<'a>(
        &'a self,
        id: &'a RunId,
        model_id: &'a ModelId,
        _: i64,
    ) -> Answer<'a, ()> {
        let text = format!("note {} as an output of {}", of_model(model_id), of_run(id));
        self.instead("add_run_output", text, ())
    }

    fn finish_logged_model<'a>(
        &'a self,
        id: &'a ModelId,
        status: LoggedModelStatus,
    ) -> Answer<'a, LoggedModel> {
        Box::pin(async move {
            let model = placeholder::finished(id, status)?;
            let status = match status {
                LoggedModelStatus::Ready => "ready",
                LoggedModelStatus::UploadFailed => "failed",
                LoggedModelStatus::Pending | LoggedModelStatus::Unspecified => "pending",
            };
            self.would(
                "finish_logged_model",
                format!("mark {} {status}", of_model(id)),
            );
            Ok(model)
        })
    }

    fn logged_model<'a>(&'a self, id: &'a ModelId) -> Answer<'a, LoggedModel> {
        self.inner.logged_model(id)
    }

    fn search_logged_models<'a>(
        &'a self,
        experiments: &'a [ExperimentId],
        filter: &'a str,
    ) -> Answer<'a, Vec<LoggedModel>> {
        self.inner.search_logged_models(experiments, filter)
    }

    fn set_logged_model_tags<'a>(&'a self, id: &'a ModelId, tags: &'a [Tag]) -> Answer<'a, ()> {
        let text = format!(
            "set {} of {}",
            counted(&[(tags.len(), "tag")]),
            of_model(id)
        );
        self.instead("set_logged_model_tags", text, ())
    }

    fn registered_model<'a>(&'a self, name: &'a str) -> Answer<'a, RegisteredModel> {
        self.inner.registered_model(name)
    }

    fn create_registered_model<'a>(&'a self, new: &'a NewRegisteredModel) -> Answer<'a, Creation> {
        Box::pin(async move {
            if optional(self.inner.registered_model(&new.name).await)?.is_some() {
                return Ok(Creation::Existed);
            }
            let text = format!("create the registered model `{}`", new.name);
            self.would("create_registered_model", text);
            Ok(Creation::Created)
        })
    }

    fn search_registered_models<'a>(
        &'a self,
        search: &'a Search,
        page: PageOf<'a>,
    ) -> Answer<'a, Portion<RegisteredModel>> {
        self.inner.search_registered_models(search, page)
    }

    fn update_registered_model<'a>(
        &'a self,
        name: &'a str,
        description: &'a str,
    ) -> Answer<'a, RegisteredModel> {
        Box::pin(async move {
            let mut model = self.inner.registered_model(name).await?;
            let text = format!("describe the registered model `{name}` as `{description}`");
            self.would("update_registered_model", text);
            description.clone_into(&mut model.description);
            Ok(model)
        })
    }

    fn rename_registered_model<'a>(
        &'a self,
        name: &'a str,
        new_name: &'a str,
    ) -> Answer<'a, RegisteredModel> {
        Box::pin(async move {
            let mut model = self.inner.registered_model(name).await?;
            let text = format!("rename the registered model `{name}` to `{new_name}`");
            self.would("rename_registered_model", text);
            new_name.clone_into(&mut model.name);
            Ok(model)
        })
    }

    fn set_registered_model_tag<'a>(&'a self, name: &'a str, tag: &'a Tag) -> Answer<'a, ()> {
        let (key, value) = (&tag.key, &tag.value);
        let text = format!("set the tag `{key}={value}` of the registered model `{name}`");
        self.instead("set_registered_model_tag", text, ())
    }

    fn delete_registered_model_tag<'a>(&'a self, name: &'a str, key: &'a str) -> Answer<'a, ()> {
        let text = format!("take the tag `{key}` off the registered model `{name}`");
        self.instead("delete_registered_model_tag", text, ())
    }

    fn delete_registered_model<'a>(&'a self, name: &'a str) -> Answer<'a, ()> {
        let text = format!("delete the registered model `{name}` with all its versions");
        self.instead("delete_registered_model", text, ())
    }

    fn create_version<'a>(&'a self, new: &'a NewVersion) -> Answer<'a, ModelVersion> {
        let text = format!("create a version of `{}` from {}", new.name, new.source);
        self.instead("create_version", text, placeholder::version(new))
    }

    fn version<'a>(&'a self, name: &'a str, version: Version) -> Answer<'a, ModelVersion> {
        self.inner.version(name, version)
    }

    fn version_by_alias<'a>(&'a self, name: &'a str, alias: &'a str) -> Answer<'a, ModelVersion> {
        self.inner.version_by_alias(name, alias)
    }

    fn latest_versions<'a>(
        &'a self,
        name: &'a str,
        stage: Option<Stage>,
    ) -> Answer<'a, Vec<ModelVersion>> {
        self.inner.latest_versions(name, stage)
    }

    fn search_versions<'a>(
        &'a self,
        search: &'a Search,
        page: PageOf<'a>,
    ) -> Answer<'a, Portion<ModelVersion>> {
        self.inner.search_versions(search, page)
    }

    fn versions<'a>(&'a self, name: &'a str) -> Answer<'a, Vec<ModelVersion>> {
        self.inner.versions(name)
    }

    fn set_alias<'a>(&'a self, name: &'a str, alias: &'a str, version: Version) -> Answer<'a, ()> {
        let text = format!("point the alias `{alias}` to {}", of_version(name, version));
        self.instead("set_alias", text, ())
    }

    fn delete_alias<'a>(&'a self, name: &'a str, alias: &'a str) -> Answer<'a, ()> {
        let text = format!("take the alias `{alias}` off the registered model `{name}`");
        self.instead("delete_alias", text, ())
    }

    fn update_version<'a>(
        &'a self,
        name: &'a str,
        version: Version,
        description: &'a str,
    ) -> Answer<'a, ModelVersion> {
        Box::pin(async move {
            let mut found = self.inner.version(name, version).await?;
            let text = format!("describe {} as `{description}`", of_version(name, version));
            self.would("update_version", text);
            description.clone_into(&mut found.description);
            Ok(found)
        })
    }

    fn transition_stage<'a>(
        &'a self,
        name: &'a str,
        version: Version,
        stage: Stage,
        archive_existing: bool,
    ) -> Answer<'a, ModelVersion> {
        Box::pin(async move {
            let mut found = self.inner.version(name, version).await?;
            let others = if archive_existing {
                ", and archive the others there"
            } else {
                ""
            };
            let version = of_version(name, version);
            self.would(
                "transition_stage",
                format!("move {version} to {stage}{others}"),
            );
            found.stage = stage;
            Ok(found)
        })
    }

    fn delete_version_tag<'a>(
        &'a self,
        name: &'a str,
        version: Version,
        key: &'a str,
    ) -> Answer<'a, ()> {
        let text = format!("take the tag `{key}` off {}", of_version(name, version));
        self.instead("delete_version_tag", text, ())
    }

    fn set_version_tag<'a>(
        &'a self,
        name: &'a str,
        version: Version,
        tag: &'a Tag,
    ) -> Answer<'a, ()> {
        let text = format!(
            "set the tag `{}={}` of {}",
            tag.key,
            tag.value,
            of_version(name, version)
        );
        self.instead("set_version_tag", text, ())
    }

    fn delete_version<'a>(&'a self, name: &'a str, version: Version) -> Answer<'a, ()> {
        let text = format!("delete {}", of_version(name, version));
        self.instead("delete_version", text, ())
    }

    fn download_uri<'a>(&'a self, name: &'a str, version: Version) -> Answer<'a, String> {
        self.inner.download_uri(name, version)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_there_is_none_of_is_not_told() {
        let count = |params, tags| counted(&[(params, "param"), (0, "metric"), (tags, "tag")]);
        assert_eq!(count(1, 0), "1 param");
        assert_eq!(count(2, 1), "2 params and 1 tag");
        assert_eq!(count(0, 0), "nothing");
    }
}

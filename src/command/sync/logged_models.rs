//! Logged models: made once, filled, linked to their runs, and marked READY and complete when all of it is there.
//!
//! At a server of MLflow 2 each becomes a folder of its run, as `log-model` does it there.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use serde_json::json;

use super::Sync;
use super::experiments::Target;
use super::files::{Files, Names, mlmodel};
use super::known::{Model, Place, digest, missing, tags};
use super::report::Did;
use super::select::Part;
use crate::entity::deed::Deed;
use crate::entity::id::{ExperimentId, ModelId, RequestId, RunId};
use crate::entity::model::{LoggedModel, LoggedModelStatus, ModelMetric};
use crate::entity::param::Param;
use crate::entity::tag::{self, Tag};
use crate::package::MlModel;
use crate::tracking::{Batch, Error, NewLoggedModel};

/// Copies at the target, by the models of which they are copies.
type Copies = BTreeMap<String, LoggedModel>;

impl Sync<'_> {
    /// Copies the logged models of an experiment, or some of them.
    pub(super) async fn logged_models_of(&self, part: &Part, target: &Target) -> Result<()> {
        let experiment = [part.experiment.experiment_id.clone()];
        let found = self
            .from
            .tracking()
            .search_logged_models(&experiment, "")
            .await;
        let mut models = match found {
            Err(Error::NoLoggedModels) => return Ok(()),
            found => found?,
        };
        models.retain(|model| part.has(model));
        models.sort_by_key(|model| (model.creation_timestamp, model.model_id.to_string()));
        let mut copies = Copies::new();
        if let Some(id) = target
            .id
            .as_ref()
            .filter(|_| self.has_models && !models.is_empty())
        {
            let found = self
                .to
                .tracking()
                .search_logged_models(std::slice::from_ref(id), "")
                .await?;
            for copy in found {
                if let Some(of) = copy.tags.get(tag::SYNC_MODEL) {
                    copies.insert(of.clone(), copy);
                }
            }
        }
        let mut folders = BTreeSet::new();
        for model in models {
            self.context.step(&format!("logged model `{}`", model.name));
            let copied = if self.has_models {
                let there = copies.remove(model.model_id.as_str());
                self.logged_model(&model, there, target).await
            } else {
                self.model_as_folder(&model, &mut folders).await
            };
            if let Err(error) = copied {
                self.failure("logged model", model.model_id.to_string(), &error);
            }
        }
        Ok(())
    }

    async fn logged_model(
        &self,
        source: &LoggedModel,
        there: Option<LoggedModel>,
        target: &Target,
    ) -> Result<()> {
        let files = self.files_at(&source.artifact_uri).await?;
        let record = digest(&(source, &source.metrics, files.digest()?))?;
        if let Some(there) = &there
            && there.tags.get(tag::SYNC_RECORD) == Some(&record)
        {
            self.know_model(source, Model::Logged(there.model_id.clone()));
            self.with_report(|report| report.logged_models.count(Did::Nothing));
            return Ok(());
        }
        let did = if there.is_some() {
            Did::Updated
        } else {
            Did::Created
        };
        self.with_report(|report| report.logged_models.count(did));
        if self.context.is_dry_run() {
            self.would_copy_model(source, &files, "copy");
            return Ok(());
        }
        let Some(experiment) = &target.id else {
            return Ok(());
        };
        let copy = match there {
            Some(there) => there,
            None => self.make_model(source, experiment).await?,
        };
        self.know_model(source, Model::Logged(copy.model_id.clone()));
        let tracking = self.to.tracking();
        self.link(source, &copy.model_id).await?;
        let mut names = Names::of_model(source, &copy.model_id, &copy.artifact_uri);
        if let Some((old, new)) = source
            .source_run_id
            .as_ref()
            .zip(copy.source_run_id.as_ref())
        {
            names = names.with("run_id", old.to_string(), new.to_string());
        }
        self.carry(&files, &copy.artifact_uri, &names).await?;
        self.model_metrics(source, &copy.model_id).await?;
        if !matches!(
            source.status,
            LoggedModelStatus::Pending | LoggedModelStatus::Unspecified
        ) && copy.status != source.status
        {
            tracking
                .finish_logged_model(&copy.model_id, source.status)
                .await?;
        }
        let mut marks = missing(model_tags(source), &copy.tags);
        marks.push(Tag::new(tag::SYNC_RECORD, record));
        Ok(tracking
            .set_logged_model_tags(&copy.model_id, &marks)
            .await?)
    }

    async fn make_model(
        &self,
        source: &LoggedModel,
        experiment: &ExperimentId,
    ) -> Result<LoggedModel> {
        let tracking = self.to.tracking();
        let filter = format!("tags.`{}` = '{}'", tag::SYNC_MODEL, source.model_id);
        let experiments = [experiment.clone()];
        let find = async || {
            let found = tracking.search_logged_models(&experiments, &filter).await?;
            Ok(found.into_iter().next())
        };
        let run = source
            .source_run_id
            .as_ref()
            .and_then(|id| self.place_of(id));
        let create = async || {
            let params = source
                .params
                .iter()
                .map(|(key, value)| Param::new(key, value));
            let marks = [
                Tag::new(tag::SYNC_MODEL, source.model_id.as_str()),
                Tag::new(tag::SYNC_CREATED, source.creation_timestamp.to_string()),
            ];
            let new = NewLoggedModel {
                request_id: RequestId::unique(),
                experiment_id: experiment.clone(),
                name: source.name.clone(),
                source_run_id: run.map(|place| place.run_id),
                model_type: Some(source.model_type.clone()).filter(|it| !it.is_empty()),
                params: params.collect(),
                tags: model_tags(source).chain(marks).collect(),
            };
            Ok(tracking.create_logged_model(&new).await?)
        };
        self.asked
            .once(&format!("model {}", source.model_id), find, create)
            .await
    }

    pub(super) fn place_of(&self, run: &RunId) -> Option<Place> {
        self.with_known(|known| known.runs.get(run).cloned())
    }

    fn know_model(&self, source: &LoggedModel, model: Model) {
        self.with_known(|known| known.models.insert(source.model_id.clone(), model));
    }

    /// Notes on runs which models went into them: those of all experiments, so this comes after all of them.
    pub(super) async fn link_inputs(&self) {
        let links = self.with_known(|known| {
            let linked = known.inputs.iter().filter_map(|(id, runs)| {
                let Some(Model::Logged(copy)) = known.models.get(id) else {
                    return None;
                };
                Some((copy.clone(), runs.clone()))
            });
            linked.collect::<Vec<_>>()
        });
        for (model, runs) in links {
            for run in runs {
                if let Err(error) = self.link_input(&run, &model).await {
                    self.failure("run", run.to_string(), &error);
                }
            }
        }
    }

    async fn link_input(&self, run: &RunId, model: &ModelId) -> Result<()> {
        let tracking = self.to.tracking();
        if !tracking.run(run).await?.model_inputs.contains(model) {
            tracking.log_input_model(run, model).await?;
        }
        Ok(())
    }

    /// Notes on runs that the model came out of them.
    async fn link(&self, source: &LoggedModel, copy: &ModelId) -> Result<()> {
        let outputs = self.with_known(|known| known.outputs.get(&source.model_id).cloned());
        for (run, step) in outputs.unwrap_or_default() {
            let is_there = self.with_known(|known| {
                let mut places = known.runs.values().filter(|place| place.run_id == run);
                places.any(|place| place.outputs.iter().any(|output| output.model_id == *copy))
            });
            if !is_there {
                self.to.tracking().add_run_output(&run, copy, step).await?;
            }
        }
        Ok(())
    }

    async fn model_metrics(&self, source: &LoggedModel, copy: &ModelId) -> Result<()> {
        let mut by_run: BTreeMap<RunId, Vec<ModelMetric>> = BTreeMap::new();
        for metric in &source.metrics {
            let place = metric.run_id.as_ref().and_then(|id| self.place_of(id));
            let Some(place) = place else {
                continue;
            };
            by_run.entry(place.run_id).or_default().push(ModelMetric {
                model_id: copy.clone(),
                run_id: None,
                ..metric.clone()
            });
        }
        for (run, metrics) in by_run {
            self.to.tracking().log_model_metrics(&run, &metrics).await?;
        }
        Ok(())
    }

    /// The way of MLflow 2: the files in a folder of the run, and a note on the run.
    async fn model_as_folder(
        &self,
        source: &LoggedModel,
        taken: &mut BTreeSet<String>,
    ) -> Result<()> {
        let place = source
            .source_run_id
            .as_ref()
            .and_then(|id| self.place_of(id));
        let Some(place) = place else {
            if self.context.is_dry_run() {
                let files = self.files_at(&source.artifact_uri).await?;
                self.would_copy_model(source, &files, "copy into a folder of its run");
                return Ok(());
            }
            anyhow::bail!(
                "the target is MLflow 2, which keeps models in runs, and this one has no run"
            );
        };
        let mut folder = source.name.clone();
        if !taken.insert(format!("{} {folder}", place.run_id)) {
            folder = format!("{folder}-{}", source.model_id);
        }
        let uri = format!("{}/{folder}", place.artifact_uri.trim_end_matches('/'));
        let model = Model::Folder {
            run_id: place.run_id.clone(),
            uri: uri.clone(),
        };
        self.know_model(source, model);
        let files = self.files_at(&source.artifact_uri).await?;
        let mark = Tag::new(format!("{}{}", tag::SYNC, source.model_id), files.digest()?);
        if place.tags.get(&mark.key) == Some(&mark.value) {
            self.with_report(|report| report.logged_models.count(Did::Nothing));
            return Ok(());
        }
        self.with_report(|report| report.logged_models.count(Did::Created));
        if self.context.is_dry_run() {
            self.would_copy_model(source, &files, "copy into a folder of its run");
            return Ok(());
        }
        let mut names = Names::of_folder(source, &folder);
        if let Some(run) = &source.source_run_id {
            names = names.with("run_id", run.to_string(), place.run_id.to_string());
        }
        self.carry(&files, &uri, &names).await?;
        let tracking = self.to.tracking();
        if let Some(text) = mlmodel(&files).await? {
            let record = record_of(&MlModel::parse(&text)?, &folder, &place.run_id, source);
            tracking.record_model(&place.run_id, &record).await?;
        }
        let batch = Batch {
            tags: vec![mark],
            ..Batch::default()
        };
        Ok(tracking.log_batch(&place.run_id, &batch).await?)
    }

    fn would_copy_model(&self, source: &LoggedModel, files: &Files, how: &str) {
        let text = format!(
            "{how} the logged model `{}` (`{}`)",
            source.name, source.model_id
        );
        self.context
            .would(Deed::moving("create_logged_model", text, files.bytes()));
    }
}

/// The versions that were made of it the target notes itself.
fn model_tags(source: &LoggedModel) -> impl Iterator<Item = Tag> {
    tags(&source.tags).filter(|tag| tag.key != tag::MODEL_VERSIONS)
}

/// What MLflow 2 keeps of an `MLmodel` on its run (`Model.get_tags_dict`, `mlflow/models/model.py`, 2.22.5).
fn record_of(model: &MlModel, folder: &str, run_id: &RunId, source: &LoggedModel) -> String {
    let flavors: serde_json::Map<_, _> = model
        .flavors
        .names()
        .into_iter()
        .map(|name| (name.to_owned(), json!({})))
        .collect();
    json!({
        "run_id": run_id,
        "artifact_path": folder,
        "utc_time_created": model.utc_time_created,
        "flavors": flavors,
        "model_uuid": model.model_uuid.as_deref().unwrap_or(source.model_id.as_str()),
    })
    .to_string()
}

//! What servers send, as they send it, and how it becomes the words of `entity`.
//!
//! Servers differ in what they leave out, so nearly everything may be missing.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};

use crate::entity::Lifecycle;
use crate::entity::dataset::DatasetInput;
use crate::entity::experiment::Experiment;
use crate::entity::id::{ExperimentId, ModelId, RunId, Version};
use crate::entity::metric::{Measured, Metric};
use crate::entity::model::{
    LoggedModel, LoggedModelStatus, ModelMetric, ModelVersion, RegisteredModel, VersionStatus,
};
use crate::entity::param::Param;
use crate::entity::run::{ModelOutput, Run, RunStatus};
use crate::entity::tag::Tag;
use crate::tracking::{FileInfo, Portion};

/// Milliseconds since 1970: a number, or (protobuf's JSON) a string.
fn milliseconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Either {
        Number(i64),
        Text(String),
    }
    Ok(match Option::<Either>::deserialize(deserializer)? {
        Some(Either::Number(number)) => Some(number),
        Some(Either::Text(text)) => text.parse().ok(),
        None => None,
    })
}

fn params(params: Vec<Param>) -> BTreeMap<String, String> {
    params
        .into_iter()
        .map(|param| (param.key, param.value))
        .collect()
}

fn tags(tags: Vec<Tag>) -> BTreeMap<String, String> {
    tags.into_iter().map(|tag| (tag.key, tag.value)).collect()
}

/// Milliseconds where they are never missing, steps likewise.
fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    Ok(milliseconds(deserializer)?.unwrap_or_default())
}

/// Where a list goes on; servers say nothing or an empty word at its end.
fn more(token: String) -> Option<String> {
    Some(token).filter(|token| !token.is_empty())
}

#[derive(Deserialize)]
pub(super) struct ExperimentAnswer {
    experiment: ExperimentWire,
}

#[derive(Deserialize)]
pub(super) struct ExperimentsAnswer {
    #[serde(default)]
    experiments: Vec<ExperimentWire>,
    #[serde(default)]
    next_page_token: String,
}

impl From<ExperimentsAnswer> for Portion<Experiment> {
    fn from(answer: ExperimentsAnswer) -> Self {
        Self {
            items: answer.experiments.into_iter().map(Into::into).collect(),
            next_page_token: more(answer.next_page_token),
        }
    }
}

#[derive(Deserialize)]
struct ExperimentWire {
    experiment_id: ExperimentId,
    name: String,
    #[serde(default)]
    artifact_location: String,
    #[serde(default)]
    lifecycle_stage: Lifecycle,
    #[serde(default, deserialize_with = "milliseconds")]
    creation_time: Option<i64>,
    #[serde(default, deserialize_with = "milliseconds")]
    last_update_time: Option<i64>,
    #[serde(default)]
    tags: Vec<Tag>,
}

impl From<ExperimentAnswer> for Experiment {
    fn from(answer: ExperimentAnswer) -> Self {
        answer.experiment.into()
    }
}

impl From<ExperimentWire> for Experiment {
    fn from(experiment: ExperimentWire) -> Self {
        Self {
            experiment_id: experiment.experiment_id,
            name: experiment.name,
            artifact_location: experiment.artifact_location,
            lifecycle_stage: experiment.lifecycle_stage,
            creation_time: experiment.creation_time,
            last_update_time: experiment.last_update_time,
            tags: tags(experiment.tags),
        }
    }
}

#[derive(Deserialize)]
pub(super) struct ExperimentCreated {
    pub(super) experiment_id: ExperimentId,
}

#[derive(Deserialize)]
pub(super) struct RunAnswer {
    pub(super) run: RunWire,
}

#[derive(Deserialize)]
pub(super) struct RunsAnswer {
    #[serde(default)]
    pub(super) runs: Vec<RunWire>,
    #[serde(default)]
    next_page_token: String,
}

impl From<RunsAnswer> for Portion<Run> {
    fn from(answer: RunsAnswer) -> Self {
        Self {
            items: answer.runs.into_iter().map(Into::into).collect(),
            next_page_token: more(answer.next_page_token),
        }
    }
}

#[derive(Deserialize)]
pub(super) struct RunWire {
    info: RunInfo,
    #[serde(default)]
    data: RunData,
    #[serde(default)]
    pub(super) outputs: RunOutputs,
    #[serde(default)]
    inputs: RunInputs,
}

#[derive(Deserialize)]
struct RunInfo {
    run_id: RunId,
    experiment_id: ExperimentId,
    #[serde(default)]
    run_name: String,
    #[serde(default)]
    user_id: String,
    status: RunStatus,
    #[serde(default, deserialize_with = "milliseconds")]
    start_time: Option<i64>,
    #[serde(default, deserialize_with = "milliseconds")]
    end_time: Option<i64>,
    #[serde(default)]
    artifact_uri: String,
    #[serde(default)]
    lifecycle_stage: Lifecycle,
}

#[derive(Default, Deserialize)]
struct RunData {
    #[serde(default)]
    params: Vec<Param>,
    #[serde(default)]
    metrics: Vec<MetricWire>,
    #[serde(default)]
    tags: Vec<Tag>,
}

#[derive(Deserialize)]
struct MetricWire {
    key: String,
    value: Measured,
    #[serde(default, deserialize_with = "number")]
    timestamp: i64,
    #[serde(default, deserialize_with = "number")]
    step: i64,
}

impl From<MetricWire> for Metric {
    fn from(metric: MetricWire) -> Self {
        Self {
            key: metric.key,
            value: metric.value,
            timestamp: metric.timestamp,
            step: metric.step,
        }
    }
}

#[derive(Deserialize)]
pub(super) struct MetricsAnswer {
    #[serde(default)]
    metrics: Vec<MetricWire>,
    #[serde(default)]
    next_page_token: String,
}

impl From<MetricsAnswer> for Portion<Metric> {
    fn from(answer: MetricsAnswer) -> Self {
        Self {
            items: answer.metrics.into_iter().map(Into::into).collect(),
            next_page_token: more(answer.next_page_token),
        }
    }
}

#[derive(Default, Deserialize)]
struct RunInputs {
    #[serde(default)]
    dataset_inputs: Vec<DatasetInput>,
    #[serde(default)]
    model_inputs: Vec<InputWire>,
}

#[derive(Deserialize)]
struct InputWire {
    model_id: ModelId,
}

#[derive(Default, Deserialize)]
pub(super) struct RunOutputs {
    #[serde(default)]
    pub(super) model_outputs: Vec<OutputWire>,
}

#[derive(Deserialize)]
pub(super) struct OutputWire {
    pub(super) model_id: ModelId,
    #[serde(default, deserialize_with = "number")]
    step: i64,
}

impl From<OutputWire> for ModelOutput {
    fn from(OutputWire { model_id, step }: OutputWire) -> Self {
        Self { model_id, step }
    }
}

impl From<RunWire> for Run {
    fn from(run: RunWire) -> Self {
        let RunWire {
            info,
            data,
            inputs,
            outputs,
        } = run;
        let metrics = data.metrics.into_iter();
        Self {
            run_id: info.run_id,
            experiment_id: info.experiment_id,
            run_name: info.run_name,
            user_id: info.user_id,
            status: info.status,
            lifecycle_stage: info.lifecycle_stage,
            start_time: info.start_time,
            end_time: info.end_time,
            artifact_uri: info.artifact_uri,
            params: params(data.params),
            metrics: metrics.map(|metric| (metric.key, metric.value)).collect(),
            tags: tags(data.tags),
            datasets: inputs.dataset_inputs,
            model_inputs: inputs
                .model_inputs
                .into_iter()
                .map(|it| it.model_id)
                .collect(),
            outputs: outputs.model_outputs.into_iter().map(Into::into).collect(),
        }
    }
}

#[derive(Deserialize)]
pub(super) struct FilesAnswer {
    #[serde(default)]
    pub(super) files: Vec<FileInfo>,
    #[serde(default)]
    pub(super) next_page_token: String,
}

#[derive(Deserialize)]
pub(super) struct LoggedModelAnswer {
    pub(super) model: LoggedModelWire,
}

#[derive(Deserialize)]
pub(super) struct LoggedModelsAnswer {
    #[serde(default)]
    pub(super) models: Vec<LoggedModelWire>,
    #[serde(default)]
    pub(super) next_page_token: String,
}

#[derive(Deserialize)]
pub(super) struct LoggedModelWire {
    info: LoggedModelInfo,
    #[serde(default)]
    data: LoggedModelData,
}

#[derive(Deserialize)]
struct LoggedModelInfo {
    model_id: ModelId,
    experiment_id: ExperimentId,
    #[serde(default)]
    name: String,
    status: LoggedModelStatus,
    #[serde(default)]
    model_type: String,
    #[serde(default)]
    source_run_id: String,
    #[serde(default)]
    artifact_uri: String,
    #[serde(default, deserialize_with = "milliseconds")]
    creation_timestamp_ms: Option<i64>,
    #[serde(default)]
    tags: Vec<Tag>,
}

#[derive(Default, Deserialize)]
struct LoggedModelData {
    #[serde(default)]
    params: Vec<Param>,
    #[serde(default)]
    metrics: Vec<ModelMetricWire>,
}

#[derive(Deserialize)]
struct ModelMetricWire {
    #[serde(flatten)]
    point: MetricWire,
    #[serde(default)]
    run_id: String,
    dataset_name: Option<String>,
    dataset_digest: Option<String>,
}

impl From<LoggedModelWire> for LoggedModel {
    fn from(LoggedModelWire { info, data }: LoggedModelWire) -> Self {
        let metrics = data.metrics.into_iter().map(|metric| ModelMetric {
            point: metric.point.into(),
            model_id: info.model_id.clone(),
            run_id: metric.run_id.parse().ok(),
            dataset_name: metric.dataset_name.filter(|name| !name.is_empty()),
            dataset_digest: metric.dataset_digest.filter(|digest| !digest.is_empty()),
        });
        Self {
            metrics: metrics.collect(),
            model_id: info.model_id,
            experiment_id: info.experiment_id,
            name: info.name,
            status: info.status,
            model_type: info.model_type,
            source_run_id: info.source_run_id.parse().ok(),
            artifact_uri: info.artifact_uri,
            creation_timestamp: info.creation_timestamp_ms.unwrap_or_default(),
            params: params(data.params),
            tags: tags(info.tags),
        }
    }
}

#[derive(Deserialize)]
pub(super) struct RegisteredModelAnswer {
    pub(super) registered_model: RegisteredModelWire,
}

#[derive(Deserialize)]
pub(super) struct RegisteredModelWire {
    name: String,
    #[serde(default, deserialize_with = "milliseconds")]
    creation_timestamp: Option<i64>,
    #[serde(default, deserialize_with = "milliseconds")]
    last_updated_timestamp: Option<i64>,
    #[serde(default)]
    description: String,
    #[serde(default)]
    latest_versions: Vec<VersionWire>,
    #[serde(default)]
    aliases: Vec<AliasWire>,
    #[serde(default)]
    tags: Vec<Tag>,
}

#[derive(Deserialize)]
struct AliasWire {
    alias: String,
    version: Version,
}

impl From<RegisteredModelWire> for RegisteredModel {
    fn from(model: RegisteredModelWire) -> Self {
        Self {
            name: model.name,
            creation_timestamp: model.creation_timestamp,
            last_updated_timestamp: model.last_updated_timestamp,
            description: model.description,
            latest_versions: model.latest_versions.into_iter().map(Into::into).collect(),
            aliases: model
                .aliases
                .into_iter()
                .map(|AliasWire { alias, version }| (alias, version))
                .collect(),
            tags: tags(model.tags),
        }
    }
}

#[derive(Deserialize)]
pub(super) struct RegisteredModelsAnswer {
    #[serde(default)]
    registered_models: Vec<RegisteredModelWire>,
    #[serde(default)]
    next_page_token: String,
}

impl From<RegisteredModelsAnswer> for Portion<RegisteredModel> {
    fn from(answer: RegisteredModelsAnswer) -> Self {
        Self {
            items: answer
                .registered_models
                .into_iter()
                .map(Into::into)
                .collect(),
            next_page_token: more(answer.next_page_token),
        }
    }
}

#[derive(Deserialize)]
pub(super) struct VersionAnswer {
    pub(super) model_version: VersionWire,
}

#[derive(Deserialize)]
pub(super) struct VersionsAnswer {
    #[serde(default)]
    pub(super) model_versions: Vec<VersionWire>,
    #[serde(default)]
    next_page_token: String,
}

impl From<VersionsAnswer> for Portion<ModelVersion> {
    fn from(answer: VersionsAnswer) -> Self {
        Self {
            items: answer.model_versions.into_iter().map(Into::into).collect(),
            next_page_token: more(answer.next_page_token),
        }
    }
}

#[derive(Deserialize)]
pub(super) struct VersionWire {
    name: String,
    version: Version,
    #[serde(default, deserialize_with = "milliseconds")]
    creation_timestamp: Option<i64>,
    #[serde(default, deserialize_with = "milliseconds")]
    last_updated_timestamp: Option<i64>,
    #[serde(default)]
    source: String,
    #[serde(default)]
    run_id: String,
    #[serde(default)]
    model_id: String,
    #[serde(default = "ready")]
    status: VersionStatus,
    #[serde(default)]
    status_message: String,
    #[serde(default)]
    current_stage: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    tags: Vec<Tag>,
}

fn ready() -> VersionStatus {
    VersionStatus::Ready
}

impl From<VersionWire> for ModelVersion {
    fn from(version: VersionWire) -> Self {
        // MLflow's own servers name the logged model as the source, and nowhere else (3.17.2).
        let model_id = version.model_id.parse().ok().or_else(|| {
            let id = version.source.strip_prefix("models:/")?;
            id.parse().ok()
        });
        Self {
            model_id,
            name: version.name,
            version: version.version,
            creation_timestamp: version.creation_timestamp,
            last_updated_timestamp: version.last_updated_timestamp,
            source: version.source,
            run_id: version.run_id.parse().ok(),
            status: version.status,
            status_message: version.status_message,
            stage: version.current_stage.parse().unwrap_or_default(),
            description: version.description,
            aliases: version.aliases,
            tags: tags(version.tags),
        }
    }
}

#[derive(Deserialize)]
pub(super) struct DownloadUri {
    #[serde(default)]
    pub(super) artifact_uri: String,
}

/// An answer in which nothing matters but that it came.
#[derive(Deserialize)]
pub(super) struct Done {}

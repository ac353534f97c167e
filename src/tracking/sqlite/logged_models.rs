//! Logged models in the database.
//!
//! Their files are none of its business.

use std::collections::BTreeMap;

use rusqlite::Row;
use rusqlite::types::Value as Bound;

use super::Sqlite;
use super::book::{AT_ONCE, Book, Fault, id, missing, now, places};
use super::clause::{Clause, OF_NAMES, OF_NUMBERS, compared};
use super::experiments::{active as active_experiment, unknown};
use super::filter::{Condition, Kind, OF_LOGGED_MODELS, Value, parse};
use super::runs::check_active;
use crate::entity::id::{ExperimentId, ModelId, RunId};
use crate::entity::limits;
use crate::entity::metric::{Measured, Metric};
use crate::entity::model::{LoggedModel, LoggedModelStatus, ModelMetric};
use crate::entity::tag::Tag;
use crate::tracking::error::{Error, Thing};
use crate::tracking::{NewLoggedModel, marked};

const COLUMNS: &str = "SELECT model_id, CAST(experiment_id AS TEXT), name, status, model_type, source_run_id, \
                       artifact_location, creation_timestamp_ms FROM logged_models \
                       WHERE lifecycle_stage IS NOT 'deleted' AND";

impl Sqlite {
    pub(super) async fn add_logged_model(
        &self,
        new: &NewLoggedModel,
    ) -> Result<LoggedModel, Error> {
        limits::logged_model_name(&new.name)?;
        new.params.iter().try_for_each(limits::param)?;
        new.tags.iter().try_for_each(limits::tag)?;
        let new = new.clone();
        self.write("create a logged model", move |book| add(book, &new))
            .await
    }

    /// Told twice, it is noted once.
    pub(super) async fn add_output(
        &self,
        id: &RunId,
        model_id: &ModelId,
        step: i64,
    ) -> Result<(), Error> {
        let (id, model_id) = (id.clone(), model_id.clone());
        self.write("note the model as an output of the run", move |book| {
            check_active(book, &id)?;
            let input_id = uuid::Uuid::new_v4().simple().to_string();
            book.change(
                "INSERT INTO inputs (input_uuid, source_type, source_id, destination_type, destination_id, step) \
                 VALUES (?, 'RUN_OUTPUT', ?, 'MODEL_OUTPUT', ?, ?) ON CONFLICT DO NOTHING",
                [input_id.as_str(), id.as_str(), model_id.as_str(), &step.to_string()],
            )?;
            Ok(())
        })
        .await
    }

    pub(super) async fn write_model_metrics(
        &self,
        id: &RunId,
        metrics: &[ModelMetric],
    ) -> Result<(), Error> {
        for metric in metrics {
            limits::key(&metric.point.key)?;
        }
        let (id, mut rest) = (id.clone(), metrics.to_vec());
        self.write_in_parts("write metrics of the logged model", move |book| {
            let points = rest.iter().map(|metric| &metric.point);
            let written = super::metrics::write(book, &id, points)?;
            let part: Vec<ModelMetric> = rest.drain(..written).collect();
            put_metrics(book, &id, &part)?;
            Ok(!rest.is_empty())
        })
        .await
    }

    pub(super) async fn put_model_status(
        &self,
        id: &ModelId,
        status: LoggedModelStatus,
    ) -> Result<LoggedModel, Error> {
        let id = id.clone();
        self.write("finish the logged model", move |book| {
            let sql = "UPDATE logged_models SET status = ?, last_updated_timestamp_ms = ? WHERE model_id = ?";
            let number = number(status).to_string();
            book.change(sql, [number.as_str(), &now().to_string(), id.as_str()])?;
            by_id(book, &id)
        })
        .await
    }

    pub(super) async fn find_logged_model(&self, id: &ModelId) -> Result<LoggedModel, Error> {
        let id = id.clone();
        self.read("look up the logged model", move |book| by_id(book, &id))
            .await
    }

    pub(super) async fn list_logged_models(
        &self,
        experiments: &[ExperimentId],
        filter: &str,
    ) -> Result<Vec<LoggedModel>, Error> {
        let experiments: Vec<String> = experiments.iter().map(ToString::to_string).collect();
        let filter = filter.to_owned();
        self.read("search logged models", move |book| {
            list(book, experiments, &filter)
        })
        .await
    }

    pub(super) async fn put_model_tags(&self, id: &ModelId, tags: &[Tag]) -> Result<(), Error> {
        tags.iter().try_for_each(limits::tag)?;
        let (id, tags) = (id.clone(), tags.to_vec());
        self.write("tag the logged model", move |book| {
            let model = by_id(book, &id)?;
            put_tags(book, &model, &tags)
        })
        .await
    }
}

/// Points of a run's metrics that are a model's, too; what is there stays.
pub(super) fn put_metrics(
    book: &Book<'_>,
    id: &RunId,
    metrics: &[ModelMetric],
) -> Result<(), Fault> {
    let experiment = check_active(book, id)?;
    let mut insert = book.connection.prepare_cached(
        "INSERT INTO logged_model_metrics (model_id, metric_name, metric_timestamp_ms, metric_step, metric_value, \
         experiment_id, run_id, dataset_name, dataset_digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) \
         ON CONFLICT DO NOTHING",
    )?;
    for ModelMetric {
        point,
        model_id,
        dataset_name,
        dataset_digest,
        ..
    } in metrics
    {
        let Measured(value) = point.value;
        // As `sanitize_metric_value` (`sqlalchemy_store.py`, 3.17.2): there is no column for NaN here.
        let value = if value.is_nan() {
            0.0
        } else {
            value.clamp(f64::MIN, f64::MAX)
        };
        insert.execute((
            model_id.as_str(),
            &point.key,
            point.timestamp,
            point.step,
            value,
            &experiment,
            id.as_str(),
            dataset_name,
            dataset_digest,
        ))?;
    }
    Ok(())
}

fn add(book: &Book<'_>, new: &NewLoggedModel) -> Result<LoggedModel, Fault> {
    let experiment = active_experiment(book, &new.experiment_id)?;
    let model_id = format!("m-{}", uuid::Uuid::new_v4().simple());
    let location = experiment.artifact_location.trim_end_matches('/');
    book.connection.execute(
        "INSERT INTO logged_models (model_id, experiment_id, name, artifact_location, creation_timestamp_ms, \
         last_updated_timestamp_ms, status, lifecycle_stage, model_type, source_run_id) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6, 'active', ?7, ?8)",
        (
            &model_id,
            experiment.experiment_id.as_str(),
            &new.name,
            format!("{location}/models/{model_id}/artifacts"),
            now(),
            number(LoggedModelStatus::Pending),
            &new.model_type,
            new.source_run_id.as_ref().map(RunId::as_str),
        ),
    )?;
    for param in &new.params {
        let sql = "INSERT INTO logged_model_params (model_id, experiment_id, param_key, param_value) \
                   VALUES (?, ?, ?, ?)";
        let experiment = experiment.experiment_id.as_str();
        book.change(
            sql,
            [model_id.as_str(), experiment, &param.key, &param.value],
        )?;
    }
    let model = by_id(book, &id(&model_id)?)?;
    put_tags(book, &model, &marked(&new.tags, &new.request_id))?;
    by_id(book, &model.model_id)
}

/// Notes something on a logged model.
pub(super) fn put_tags(book: &Book<'_>, model: &LoggedModel, tags: &[Tag]) -> Result<(), Fault> {
    for tag in tags {
        let sql = "INSERT INTO logged_model_tags (model_id, experiment_id, tag_key, tag_value) VALUES (?, ?, ?, ?) \
                   ON CONFLICT DO UPDATE SET tag_value = excluded.tag_value";
        let (id, experiment) = (model.model_id.as_str(), model.experiment_id.as_str());
        book.change(sql, [id, experiment, &tag.key, &tag.value])?;
    }
    Ok(())
}

/// The logged model of this id, unless it was deleted.
pub(super) fn by_id(book: &Book<'_>, id: &ModelId) -> Result<LoggedModel, Fault> {
    let found = book.rows(&format!("{COLUMNS} model_id = ?"), [id.as_str()], read)?;
    let found = whole(book, found)?.into_iter().next();
    found.ok_or_else(|| missing(Thing::LoggedModel, id.as_str()))
}

fn list(
    book: &Book<'_>,
    experiments: Vec<String>,
    filter: &str,
) -> Result<Vec<LoggedModel>, Fault> {
    let mut clause = Clause::default();
    clause.one_of("CAST(experiment_id AS TEXT)", experiments);
    for condition in parse(filter, OF_LOGGED_MODELS)? {
        restrict(&mut clause, &condition)?;
    }
    let sql = format!(
        "{COLUMNS} {} ORDER BY creation_timestamp_ms DESC, model_id ASC",
        clause.all()
    );
    let found = book.rows(&sql, clause.values, read)?;
    whole(book, found)
}

fn restrict(clause: &mut Clause, condition: &Condition) -> Result<(), Fault> {
    const TIMES: [(&str, &str); 5] = [
        ("creation_time", "creation_timestamp_ms"),
        ("creation_timestamp", "creation_timestamp_ms"),
        ("creation_timestamp_ms", "creation_timestamp_ms"),
        ("last_updated_timestamp", "last_updated_timestamp_ms"),
        ("last_updated_timestamp_ms", "last_updated_timestamp_ms"),
    ];
    let (key, operator) = (condition.key.as_str(), condition.operator);
    let beside = |table: &str, word: &str, values: usize| {
        format!(
            "EXISTS (SELECT 1 FROM {table} AS beside WHERE beside.model_id = logged_models.model_id \
             AND beside.{word}_{} = ? AND {})",
            if word == "metric" { "name" } else { "key" },
            compared(&format!("beside.{word}_value"), operator, values)
        )
    };
    match condition.kind {
        Kind::Attribute => {
            if let Some((_, column)) = TIMES.iter().find(|(name, _)| *name == key) {
                condition.only(OF_NUMBERS)?;
                clause.compare(column, operator, vec![condition.number()?]);
                return Ok(());
            }
            condition.only(OF_NAMES)?;
            match (key, &condition.value) {
                ("name" | "model_id" | "model_type" | "source_run_id" | "artifact_location", _) => {
                    clause.compare(
                        &format!("logged_models.{key}"),
                        operator,
                        condition.texts()?,
                    );
                }
                // The column holds a number (`LoggedModelStatus.to_int`), which MLflow 3.17.2 compares as it is.
                ("status", Value::Text(_)) => {
                    clause.compare(
                        "CAST(logged_models.status AS TEXT)",
                        operator,
                        condition.texts()?,
                    );
                }
                _ => {
                    return Err(unknown(
                        key,
                        "name, model_id, model_type, status, source_run_id, creation_timestamp",
                    ));
                }
            }
        }
        Kind::Metric => {
            condition.only(OF_NUMBERS)?;
            let values = [Bound::Text(key.to_owned()), condition.number()?];
            clause.with(beside("logged_model_metrics", "metric", 1), values);
        }
        Kind::Param | Kind::Tag => {
            condition.only(OF_NAMES)?;
            let (table, word) = match condition.kind {
                Kind::Param => ("logged_model_params", "param"),
                _ => ("logged_model_tags", "tag"),
            };
            let texts = condition.texts()?;
            let sql = beside(table, word, texts.len());
            clause.with(sql, [Bound::Text(key.to_owned())].into_iter().chain(texts));
        }
        Kind::Dataset => return Err(unknown(key, "attributes, metrics, params, tags")),
    }
    Ok(())
}

struct Raw {
    id: String,
    experiment_id: String,
    source_run_id: Option<String>,
    name: String,
    status: i64,
    model_type: Option<String>,
    artifact_uri: String,
    creation_timestamp: i64,
}

fn read(row: &Row<'_>) -> rusqlite::Result<Raw> {
    Ok(Raw {
        id: row.get(0)?,
        experiment_id: row.get(1)?,
        name: row.get(2)?,
        status: row.get(3)?,
        model_type: row.get(4)?,
        source_run_id: row.get(5)?,
        artifact_uri: row.get(6)?,
        creation_timestamp: row.get(7)?,
    })
}

fn whole(book: &Book<'_>, found: Vec<Raw>) -> Result<Vec<LoggedModel>, Fault> {
    let ids: Vec<String> = found.iter().map(|raw| raw.id.clone()).collect();
    let sql = "SELECT model_id, param_key, param_value FROM logged_model_params WHERE model_id IN";
    let mut params = book.pairs(sql, &ids)?;
    let sql = "SELECT model_id, tag_key, tag_value FROM logged_model_tags WHERE model_id IN";
    let mut tags = book.pairs(sql, &ids)?;
    let mut metrics = metrics_of(book, &ids)?;
    let models = found.into_iter().map(|raw| {
        Ok(LoggedModel {
            metrics: metrics.remove(&raw.id).unwrap_or_default(),
            model_id: id(&raw.id)?,
            experiment_id: id(&raw.experiment_id)?,
            name: raw.name,
            status: status(raw.status),
            model_type: raw.model_type.unwrap_or_default(),
            source_run_id: raw.source_run_id.and_then(|id| id.parse().ok()),
            artifact_uri: raw.artifact_uri,
            creation_timestamp: raw.creation_timestamp,
            params: params.remove(&raw.id).unwrap_or_default(),
            tags: tags.remove(&raw.id).unwrap_or_default(),
        })
    });
    models.collect()
}

/// What was measured of each model.
fn metrics_of(
    book: &Book<'_>,
    ids: &[String],
) -> Result<BTreeMap<String, Vec<ModelMetric>>, Fault> {
    let mut found: BTreeMap<String, Vec<ModelMetric>> = BTreeMap::new();
    for some in ids.chunks(AT_ONCE) {
        let sql = format!(
            "SELECT model_id, metric_name, metric_value, metric_timestamp_ms, metric_step, run_id, dataset_name, \
             dataset_digest FROM logged_model_metrics WHERE model_id IN ({}) \
             ORDER BY metric_name, metric_timestamp_ms, metric_step",
            places(some.len())
        );
        let rows = book.rows(&sql, some, |row| {
            let point = Metric {
                key: row.get(1)?,
                value: Measured(row.get::<_, Option<f64>>(2)?.unwrap_or_default()),
                timestamp: row.get(3)?,
                step: row.get(4)?,
            };
            let (model, run): (String, String) = (row.get(0)?, row.get(5)?);
            Ok((model, run, point, row.get(6)?, row.get(7)?))
        })?;
        for (model, run, point, dataset_name, dataset_digest) in rows {
            let model_id = id(&model)?;
            found.entry(model).or_default().push(ModelMetric {
                point,
                model_id,
                run_id: run.parse().ok(),
                dataset_name,
                dataset_digest,
            });
        }
    }
    Ok(found)
}

/// The numbers of `LoggedModelStatus` (`mlflow/protos/service.proto`, 3.17.2).
fn number(status: LoggedModelStatus) -> i64 {
    match status {
        LoggedModelStatus::Unspecified => 0,
        LoggedModelStatus::Pending => 1,
        LoggedModelStatus::Ready => 2,
        LoggedModelStatus::UploadFailed => 3,
    }
}

fn status(number: i64) -> LoggedModelStatus {
    match number {
        1 => LoggedModelStatus::Pending,
        2 => LoggedModelStatus::Ready,
        3 => LoggedModelStatus::UploadFailed,
        _ => LoggedModelStatus::Unspecified,
    }
}

//! A logged model in files.

use std::path::Path;

use serde::Deserialize;

use super::{Moved, broken, texts};
use crate::entity::id::ModelId;
use crate::tracking::sqlite::book::{Book, Fault};

#[derive(Deserialize)]
struct Meta {
    model_id: String,
    name: String,
    #[serde(default)]
    artifact_location: Option<String>,
    #[serde(default)]
    creation_timestamp: i64,
    #[serde(default)]
    last_updated_timestamp: i64,
    #[serde(default)]
    lifecycle_stage: Option<String>,
    #[serde(default)]
    model_type: Option<String>,
    #[serde(default)]
    source_run_id: Option<String>,
    #[serde(default)]
    status: i64,
}

pub(super) fn read(
    book: &Book<'_>,
    folder: &Path,
    experiment: i64,
    moved: &mut Moved,
) -> Result<(), Fault> {
    let meta: Meta = texts::meta(folder)?;
    let path = folder.join(texts::META);
    let id = meta.model_id;
    id.parse::<ModelId>()
        .map_err(|error| broken(&path, error.to_string()))?;
    let stage = if meta.lifecycle_stage.as_deref() == Some("deleted") {
        "deleted"
    } else {
        "active"
    };
    let location = moved.find(
        meta.artifact_location.unwrap_or_default(),
        &folder.join("artifacts"),
    );
    let insert = book.connection.execute(
        "INSERT INTO logged_models (model_id, experiment_id, name, artifact_location, creation_timestamp_ms, \
         last_updated_timestamp_ms, status, lifecycle_stage, model_type, source_run_id) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            &id,
            experiment,
            &meta.name,
            location,
            meta.creation_timestamp,
            meta.last_updated_timestamp,
            meta.status,
            stage,
            meta.model_type,
            meta.source_run_id,
        ),
    );
    insert.map_err(|error| broken(&path, error.to_string()))?;
    for (table, word) in [("params", "param"), ("tags", "tag")] {
        let sql = format!(
            "INSERT INTO logged_model_{table} (model_id, experiment_id, {word}_key, {word}_value) VALUES (?, ?, ?, ?)"
        );
        for (key, value) in texts::values(&folder.join(table))? {
            book.change(&sql, [id.as_str(), &experiment.to_string(), &key, &value])?;
        }
    }
    for (key, path) in texts::keys(&folder.join("metrics"))? {
        for (point, words) in texts::points(&key, &path)? {
            let mut words = words.into_iter();
            let run = words
                .next()
                .ok_or_else(|| broken(&path, "a line does not name its run"))?;
            let value = point.value.0;
            let value = if value.is_nan() {
                0.0
            } else {
                value.clamp(f64::MIN, f64::MAX)
            };
            // Points of a run that was removed have nowhere to be.
            book.connection.execute(
                "INSERT INTO logged_model_metrics (model_id, metric_name, metric_timestamp_ms, metric_step, \
                 metric_value, experiment_id, run_id, dataset_name, dataset_digest) \
                 SELECT ?, ?, ?, ?, ?, ?, run_uuid, ?, ? FROM runs WHERE run_uuid = ? ON CONFLICT DO NOTHING",
                (
                    &id,
                    &point.key,
                    point.timestamp,
                    point.step,
                    value,
                    experiment,
                    words.next(),
                    words.next(),
                    run,
                ),
            )?;
        }
    }
    Ok(())
}

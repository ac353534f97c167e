//! A run in files: what it is, and what is written on it.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::{Moved, broken, texts};
use crate::entity::id::RunId;
use crate::entity::metric::Metric;
use crate::tracking::sqlite::book::{Book, Fault};
use crate::tracking::sqlite::metrics;

/// The words of `RunStatus`, by their numbers from 1 (`mlflow/protos/service.proto`, 3.17.2).
const STATUS: [&str; 5] = ["RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED"];

#[derive(Deserialize)]
struct Meta {
    #[serde(default)]
    run_id: Option<String>,
    /// As it was called before MLflow 1.0.
    #[serde(default)]
    run_uuid: Option<String>,
    #[serde(default)]
    run_name: Option<String>,
    #[serde(default)]
    user_id: Option<String>,
    #[serde(default)]
    status: Option<usize>,
    #[serde(default)]
    start_time: Option<i64>,
    #[serde(default)]
    end_time: Option<i64>,
    #[serde(default)]
    lifecycle_stage: Option<String>,
    #[serde(default)]
    artifact_uri: Option<String>,
}

/// What went into a run or came out of it.
#[derive(Deserialize)]
struct Link {
    #[serde(default)]
    source_type: String,
    #[serde(default)]
    source_id: String,
    #[serde(default)]
    destination_id: String,
    #[serde(default)]
    step: i64,
    #[serde(default)]
    tags: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Dataset {
    name: String,
    digest: String,
    #[serde(default)]
    source_type: String,
    #[serde(default)]
    source: String,
    #[serde(default)]
    schema: Option<String>,
    #[serde(default)]
    profile: Option<String>,
}

pub(super) fn read(
    book: &Book<'_>,
    folder: &Path,
    experiment: i64,
    moved: &mut Moved,
) -> Result<(), Fault> {
    let meta: Meta = texts::meta(folder)?;
    let path = folder.join(texts::META);
    let id = meta.run_id.or(meta.run_uuid).unwrap_or_default();
    let id: RunId = id
        .parse()
        .map_err(|_| broken(&path, format!("`{id}` is no id of a run")))?;
    let status = meta
        .status
        .and_then(|number| STATUS.get(number.checked_sub(1)?));
    let stage = if meta.lifecycle_stage.as_deref() == Some("deleted") {
        "deleted"
    } else {
        "active"
    };
    let location = moved.find(
        meta.artifact_uri.unwrap_or_default(),
        &folder.join("artifacts"),
    );
    let insert = book.connection.execute(
        "INSERT INTO runs (run_uuid, name, source_type, source_name, entry_point_name, user_id, status, start_time, \
         end_time, source_version, lifecycle_stage, artifact_uri, experiment_id) \
         VALUES (?, ?, 'UNKNOWN', '', '', ?, ?, ?, ?, '', ?, ?, ?)",
        (
            id.as_str(),
            meta.run_name.unwrap_or_default(),
            meta.user_id.unwrap_or_default(),
            status.unwrap_or(&"RUNNING"),
            meta.start_time,
            meta.end_time,
            stage,
            location,
            experiment,
        ),
    );
    insert.map_err(|error| broken(&path, error.to_string()))?;
    for table in ["params", "tags"] {
        let sql = format!("INSERT INTO {table} (key, value, run_uuid) VALUES (?, ?, ?)");
        for (key, value) in texts::values(&folder.join(table))? {
            book.change(&sql, [key.as_str(), &value, id.as_str()])?;
        }
    }
    for (key, path) in texts::keys(&folder.join("metrics"))? {
        let points: Vec<Metric> = texts::points(&key, &path)?
            .into_iter()
            .map(|(point, _)| point)
            .collect();
        metrics::write(book, &id, &points)?;
    }
    inputs(book, folder, &id, experiment)
}

fn inputs(book: &Book<'_>, folder: &Path, id: &RunId, experiment: i64) -> Result<(), Fault> {
    let datasets = folder.with_file_name("datasets");
    for input in texts::folders(&folder.join("inputs"))? {
        let link: Link = texts::meta(&input)?;
        if link.source_type == "MODEL" {
            let sql = "INSERT INTO inputs (input_uuid, source_type, source_id, destination_type, destination_id) \
                       VALUES (?, 'RUN_INPUT', ?, 'MODEL_INPUT', ?)";
            let input_id = format!("{id}-{}", link.source_id);
            book.change(sql, [input_id.as_str(), id.as_str(), &link.source_id])?;
        }
        if link.source_type != "DATASET" {
            continue;
        }
        let Dataset {
            name,
            digest,
            source_type,
            source,
            schema,
            profile,
        } = texts::meta(&datasets.join(&link.source_id))?;
        let uuid = format!("{experiment}-{}", link.source_id);
        book.connection.execute(
            "INSERT INTO datasets (dataset_uuid, experiment_id, name, digest, dataset_source_type, dataset_source, \
             dataset_schema, dataset_profile) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (&uuid, experiment, name, digest, source_type, source, schema, profile),
        )?;
        let input_id = format!("{id}-{}", link.source_id);
        let sql = "INSERT INTO inputs (input_uuid, source_type, source_id, destination_type, destination_id) \
                   VALUES (?, 'DATASET', ?, 'RUN', ?)";
        book.change(sql, [input_id.as_str(), &uuid, id.as_str()])?;
        for (key, value) in link.tags {
            let sql = "INSERT INTO input_tags (input_uuid, name, value) VALUES (?, ?, ?)";
            book.change(sql, [input_id.as_str(), &key, &value])?;
        }
    }
    for output in texts::folders(&folder.join("outputs"))? {
        let link: Link = texts::meta(&output)?;
        let sql = "INSERT INTO inputs (input_uuid, source_type, source_id, destination_type, destination_id, step) \
                   VALUES (?, 'RUN_OUTPUT', ?, 'MODEL_OUTPUT', ?, ?)";
        let input_id = format!("{id}-{}", link.destination_id);
        let values = [
            input_id.as_str(),
            id.as_str(),
            &link.destination_id,
            &link.step.to_string(),
        ];
        book.change(sql, values)?;
    }
    Ok(())
}

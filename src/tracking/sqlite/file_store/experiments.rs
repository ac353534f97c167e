//! An experiment in files, with all that is in it.

use std::path::Path;

use serde::Deserialize;

use super::{MODELS, Moved, models, runs, texts};
use crate::tracking::sqlite::book::{Book, Fault};

#[derive(Deserialize)]
struct Meta {
    experiment_id: String,
    name: String,
    #[serde(default)]
    artifact_location: Option<String>,
    #[serde(default)]
    lifecycle_stage: Option<String>,
    #[serde(default)]
    creation_time: Option<i64>,
    #[serde(default)]
    last_update_time: Option<i64>,
}

pub(super) fn read(book: &Book<'_>, folder: &Path, moved: &mut Moved) -> Result<(), Fault> {
    let meta: Meta = texts::meta(folder)?;
    let path = folder.join(texts::META);
    let Ok(number) = meta.experiment_id.parse::<i64>() else {
        return Err(super::broken(
            &path,
            format!("`{}` is no id of an experiment", meta.experiment_id),
        ));
    };
    let stage = if meta.lifecycle_stage.as_deref() == Some("deleted") {
        "deleted"
    } else {
        "active"
    };
    let location = moved.find(meta.artifact_location.unwrap_or_default(), folder);
    book.connection
        .execute(
            "INSERT INTO experiments (experiment_id, name, artifact_location, lifecycle_stage, creation_time, \
             last_update_time) VALUES (?, ?, ?, ?, ?, ?)",
            (number, &meta.name, &location, stage, meta.creation_time, meta.last_update_time),
        )
        .map_err(|error| super::broken(&path, error.to_string()))?;
    for (key, value) in texts::values(&folder.join("tags"))? {
        let sql = "INSERT INTO experiment_tags (key, value, experiment_id) VALUES (?, ?, ?)";
        book.connection.execute(sql, (key, value, number))?;
    }
    for run in texts::folders(folder)? {
        if texts::is_named(&run, &["tags", "datasets", "traces", MODELS]) {
            continue;
        }
        if texts::has_meta(&run) {
            runs::read(book, &run, number, moved)?;
        } else if run.join("params").is_dir() || run.join("metrics").is_dir() {
            return Err(super::broken(
                &run.join(texts::META),
                "it is not there, and the rest of a run is",
            ));
        }
    }
    for model in texts::folders(&folder.join(MODELS))? {
        if texts::has_meta(&model) {
            models::read(book, &model, number, moved)?;
        }
    }
    Ok(())
}

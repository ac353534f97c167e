//! A registered model in files, with its versions and aliases.

use std::path::Path;

use serde::Deserialize;

use super::{Moved, broken, texts};
use crate::tracking::sqlite::book::{Book, Fault};

#[derive(Deserialize)]
struct Meta {
    name: String,
    #[serde(default)]
    creation_timestamp: Option<i64>,
    #[serde(default)]
    last_updated_timestamp: Option<i64>,
    #[serde(default)]
    description: Option<String>,
}

#[derive(Deserialize)]
struct VersionMeta {
    version: i64,
    #[serde(default)]
    creation_timestamp: Option<i64>,
    #[serde(default)]
    last_updated_timestamp: Option<i64>,
    #[serde(default)]
    description: Option<String>,
    #[serde(default)]
    current_stage: Option<String>,
    #[serde(default)]
    source: Option<String>,
    #[serde(default)]
    storage_location: Option<String>,
    #[serde(default)]
    run_id: Option<String>,
    #[serde(default)]
    user_id: Option<String>,
    #[serde(default)]
    status: Option<String>,
    #[serde(default)]
    status_message: Option<String>,
}

pub(super) fn read(book: &Book<'_>, folder: &Path, moved: &Moved) -> Result<(), Fault> {
    let meta: Meta = texts::meta(folder)?;
    let name = meta.name;
    let insert = book.connection.execute(
        "INSERT INTO registered_models (name, creation_time, last_updated_time, description) VALUES (?, ?, ?, ?)",
        (&name, meta.creation_timestamp, meta.last_updated_timestamp, meta.description),
    );
    insert.map_err(|error| broken(&folder.join(texts::META), error.to_string()))?;
    for (key, value) in texts::values(&folder.join("tags"))? {
        let sql = "INSERT INTO registered_model_tags (key, value, name) VALUES (?, ?, ?)";
        book.change(sql, [&key, &value, &name])?;
    }
    for below in texts::folders(folder)? {
        let is_version = below
            .file_name()
            .and_then(|it| it.to_str())
            .is_some_and(|it| it.starts_with("version-"));
        if is_version && texts::has_meta(&below) {
            version(book, &below, &name, moved)?;
        }
    }
    for (alias, path) in texts::keys(&folder.join("aliases"))? {
        let number = texts::text(&path)?;
        let Ok(number) = number.trim().parse::<i64>() else {
            return Err(broken(&path, format!("`{}` is no version", number.trim())));
        };
        let sql = "INSERT INTO registered_model_aliases (alias, version, name) VALUES (?, ?, ?)";
        book.connection.execute(sql, (alias, number, &name))?;
    }
    Ok(())
}

fn version(book: &Book<'_>, folder: &Path, name: &str, moved: &Moved) -> Result<(), Fault> {
    let meta: VersionMeta = texts::meta(folder)?;
    let insert = book.connection.execute(
        "INSERT INTO model_versions (name, version, creation_time, last_updated_time, description, user_id, \
         current_stage, source, run_id, status, status_message, storage_location) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            name,
            meta.version,
            meta.creation_timestamp,
            meta.last_updated_timestamp,
            meta.description,
            meta.user_id,
            meta.current_stage.unwrap_or_else(|| "None".to_owned()),
            meta.source.map(|source| moved.follow(source)),
            meta.run_id,
            meta.status.unwrap_or_else(|| "READY".to_owned()),
            meta.status_message,
            meta.storage_location.map(|place| moved.follow(place)),
        ),
    );
    insert.map_err(|error| broken(&folder.join(texts::META), error.to_string()))?;
    for (key, value) in texts::values(&folder.join("tags"))? {
        let sql = "INSERT INTO model_version_tags (key, value, name, version) VALUES (?, ?, ?, ?)";
        book.change(sql, [key.as_str(), &value, name, &meta.version.to_string()])?;
    }
    Ok(())
}

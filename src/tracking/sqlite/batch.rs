//! What is written on a run: params, metrics and tags, in transactions that are over before anybody waits.
//!
//! Each transaction waits for the disk twice, so that they should not be small either.

use std::collections::BTreeMap;

use super::book::{Book, Fault};
use super::runs::{by_id, check_active};
use super::{Sqlite, metrics};
use crate::entity::id::RunId;
use crate::entity::limits;
use crate::entity::param::Param;
use crate::entity::tag::{self, Tag};
use crate::tracking::Batch;
use crate::tracking::batch::check;
use crate::tracking::error::Error;

/// How many entries are worth a call: each waits for the disk at least once.
pub(super) const ENTRIES_AT_ONCE: usize = 5_000;

impl Sqlite {
    /// Params and tags with the first of the metrics, wholly or not at all; then the metrics, in their order.
    pub(super) async fn write_batch(&self, id: &RunId, batch: &Batch) -> Result<(), Error> {
        check(batch)?;
        let (id, mut rest) = (id.clone(), batch.clone());
        self.write_in_parts("write to the run", move |book| {
            check_active(book, &id)?;
            put_params(book, &id, &rest.params)?;
            put_tags(book, &id, &rest.tags)?;
            let written = metrics::write(book, &id, &rest.metrics)?;
            rest.params.clear();
            rest.tags.clear();
            rest.metrics.drain(..written);
            Ok(!rest.metrics.is_empty())
        })
        .await
    }

    /// Appends to a tag, as `record_logged_model` does (`sqlalchemy_store.py`, 3.17.2).
    pub(super) async fn add_model_record(&self, id: &RunId, json: &str) -> Result<(), Error> {
        let (id, json) = (id.clone(), json.to_owned());
        self.write("note the model on the run", move |book| {
            check_active(book, &id)?;
            let run = by_id(book, &id)?;
            let record =
                record(&json).ok_or_else(|| Fault::Refused("it is no model".to_owned()))?;
            let before = run.tags.get(tag::LOGGED_MODELS);
            let before = before.and_then(|before| serde_json::from_str(before).ok());
            let mut records: Vec<serde_json::Value> = before.unwrap_or_default();
            records.push(record);
            let tag = Tag::new(
                tag::LOGGED_MODELS,
                serde_json::Value::from(records).to_string(),
            );
            limits::tag(&tag).map_err(Error::from)?;
            put_tags(book, &id, &[tag])
        })
        .await
    }
}

/// What of an `MLmodel` the tag holds (`Model.get_tags_dict`, `mlflow/models/model.py`, 3.17.2).
fn record(json: &str) -> Option<serde_json::Value> {
    const KEPT: [&str; 5] = [
        "run_id",
        "utc_time_created",
        "artifact_path",
        "model_uuid",
        "flavors",
    ];
    let serde_json::Value::Object(mut model) = serde_json::from_str(json).ok()? else {
        return None;
    };
    model.retain(|key, _| KEPT.contains(&key.as_str()));
    Some(model.into())
}

/// A param keeps its value for ever.
fn put_params(book: &Book<'_>, id: &RunId, params: &[Param]) -> Result<(), Fault> {
    if params.is_empty() {
        return Ok(());
    }
    let sql = "SELECT key, value FROM params WHERE run_uuid = ?";
    let there: BTreeMap<String, String> = book
        .rows(sql, [id.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))?
        .into_iter()
        .collect();
    let mut insert = book
        .connection
        .prepare_cached("INSERT INTO params (key, value, run_uuid) VALUES (?, ?, ?)")?;
    let mut new: BTreeMap<&str, &str> = BTreeMap::new();
    for Param { key, value } in params {
        let old = there.get(key).map(String::as_str);
        if let Some(old) = old.or_else(|| new.get(key.as_str()).copied()) {
            if old != value {
                return Err(Fault::Refused(format!(
                    "Changing param values is not allowed. Param with key='{key}' was already logged with \
                     value='{old}' for run ID='{id}'. Attempted logging new value '{value}'."
                )));
            }
            continue;
        }
        insert.execute((key, value, id.as_str()))?;
        new.insert(key, value);
    }
    Ok(())
}

/// Notes something on a run; the tag that holds its name changes the name, too.
pub(super) fn put_tags(book: &Book<'_>, id: &RunId, tags: &[Tag]) -> Result<(), Fault> {
    for Tag { key, value } in tags {
        if key == tag::RUN_NAME {
            // An empty name changes nothing (`update_run_info`, `sqlalchemy_store.py`).
            if value.is_empty() {
                continue;
            }
            book.change(
                "UPDATE runs SET name = ? WHERE run_uuid = ?",
                [value.as_str(), id.as_str()],
            )?;
        }
        let sql = "INSERT INTO tags (key, value, run_uuid) VALUES (?, ?, ?) \
                   ON CONFLICT DO UPDATE SET value = excluded.value";
        book.change(sql, [key.as_str(), value, id.as_str()])?;
    }
    Ok(())
}

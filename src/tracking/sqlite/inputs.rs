//! Datasets and models that went into runs, in the database.
//!
//! The same table holds which models came out of runs; that it is written is in `logged_models`.

use std::collections::BTreeMap;

use super::Sqlite;
use super::book::{AT_ONCE, Book, Fault, id, places};
use super::runs::check_active;
use crate::entity::dataset::{Dataset, DatasetInput};
use crate::entity::id::{ModelId, RunId};
use crate::entity::limits;
use crate::entity::run::ModelOutput;
use crate::entity::tag::Tag;
use crate::tracking::error::Error;

impl Sqlite {
    pub(super) async fn add_input(&self, id: &RunId, input: &DatasetInput) -> Result<(), Error> {
        limits::dataset(input)?;
        let (id, input) = (id.clone(), input.clone());
        self.write("note the dataset on the run", move |book| {
            add(book, &id, &input)
        })
        .await
    }

    /// Names of the types as MLflow writes them (`log_inputs`, `sqlalchemy_store.py`, 3.17.2).
    pub(super) async fn add_input_model(
        &self,
        id: &RunId,
        model_id: &ModelId,
    ) -> Result<(), Error> {
        let (id, model_id) = (id.clone(), model_id.clone());
        self.write("note the model as an input of the run", move |book| {
            check_active(book, &id)?;
            book.change(
                "INSERT INTO inputs (input_uuid, source_type, source_id, destination_type, destination_id) \
                 VALUES (?, 'RUN_INPUT', ?, 'MODEL_INPUT', ?) ON CONFLICT DO NOTHING",
                [unique().as_str(), id.as_str(), model_id.as_str()],
            )?;
            Ok(())
        })
        .await
    }
}

fn unique() -> String {
    uuid::Uuid::new_v4().simple().to_string()
}

/// A dataset is known by experiment, name and digest; a run has it once, with the tags of the first time.
fn add(
    book: &Book<'_>,
    id: &RunId,
    DatasetInput { tags, dataset }: &DatasetInput,
) -> Result<(), Fault> {
    let experiment = check_active(book, id)?;
    let known = book.first(
        "SELECT dataset_uuid FROM datasets WHERE experiment_id = ? AND name = ? AND digest = ?",
        [experiment.as_str(), &dataset.name, &dataset.digest],
        |row| row.get::<_, String>(0),
    )?;
    let dataset_id = known.clone().unwrap_or_else(unique);
    if known.is_none() {
        let filled = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        book.change(
            "INSERT INTO datasets (dataset_uuid, experiment_id, name, digest, dataset_source_type, dataset_source, \
             dataset_schema, dataset_profile) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                Some(dataset_id.clone()),
                Some(experiment),
                Some(dataset.name.clone()),
                Some(dataset.digest.clone()),
                Some(dataset.source_type.clone()),
                Some(dataset.source.clone()),
                filled(&dataset.schema),
                filled(&dataset.profile),
            ],
        )?;
    }
    let input_id = unique();
    let is_new = book.change(
        "INSERT INTO inputs (input_uuid, source_type, source_id, destination_type, destination_id) \
         VALUES (?, 'DATASET', ?, 'RUN', ?) ON CONFLICT DO NOTHING",
        [input_id.as_str(), &dataset_id, id.as_str()],
    )?;
    if is_new > 0 {
        for tag in tags {
            let sql = "INSERT INTO input_tags (input_uuid, name, value) VALUES (?, ?, ?) \
                       ON CONFLICT DO UPDATE SET value = excluded.value";
            book.change(sql, [input_id.as_str(), &tag.key, &tag.value])?;
        }
    }
    Ok(())
}

/// What went into each run.
pub(super) fn of_runs(
    book: &Book<'_>,
    ids: &[String],
) -> Result<BTreeMap<String, Vec<DatasetInput>>, Fault> {
    let mut found: BTreeMap<String, Vec<DatasetInput>> = BTreeMap::new();
    for some in ids.chunks(AT_ONCE) {
        let sql = format!(
            "SELECT inputs.destination_id, inputs.input_uuid, datasets.name, digest, dataset_source_type, \
             dataset_source, dataset_schema, dataset_profile \
             FROM inputs JOIN datasets ON inputs.source_id = datasets.dataset_uuid \
             WHERE inputs.destination_type = 'RUN' AND inputs.destination_id IN ({}) ORDER BY inputs.rowid",
            places(some.len())
        );
        for (run, input, dataset) in book.rows(&sql, some, |row| {
            let dataset = Dataset {
                name: row.get(2)?,
                digest: row.get(3)?,
                source_type: row.get(4)?,
                source: row.get(5)?,
                schema: row.get::<_, Option<String>>(6)?.unwrap_or_default(),
                profile: row.get::<_, Option<String>>(7)?.unwrap_or_default(),
            };
            Ok((row.get(0)?, row.get::<_, String>(1)?, dataset))
        })? {
            let sql = "SELECT name, value FROM input_tags WHERE input_uuid = ? ORDER BY rowid";
            let tags = book.rows(sql, [input], |row| {
                Ok(Tag {
                    key: row.get(0)?,
                    value: row.get(1)?,
                })
            })?;
            found
                .entry(run)
                .or_default()
                .push(DatasetInput { tags, dataset });
        }
    }
    Ok(found)
}

/// Which models went into each run.
pub(super) fn models_into_runs(
    book: &Book<'_>,
    ids: &[String],
) -> Result<BTreeMap<String, Vec<ModelId>>, Fault> {
    let mut found: BTreeMap<String, Vec<ModelId>> = BTreeMap::new();
    for some in ids.chunks(AT_ONCE) {
        let sql = format!(
            "SELECT source_id, destination_id FROM inputs WHERE source_type = 'RUN_INPUT' \
             AND destination_type = 'MODEL_INPUT' AND source_id IN ({}) ORDER BY rowid",
            places(some.len())
        );
        let rows = book.rows(&sql, some, |row| {
            Ok((row.get(0)?, row.get::<_, String>(1)?))
        })?;
        for (run, model) in rows {
            found.entry(run).or_default().push(id(&model)?);
        }
    }
    Ok(found)
}

/// Which models came out of each run.
pub(super) fn outputs_of_runs(
    book: &Book<'_>,
    ids: &[String],
) -> Result<BTreeMap<String, Vec<ModelOutput>>, Fault> {
    let mut found: BTreeMap<String, Vec<ModelOutput>> = BTreeMap::new();
    for some in ids.chunks(AT_ONCE) {
        let sql = format!(
            "SELECT source_id, destination_id, step FROM inputs WHERE source_type = 'RUN_OUTPUT' \
             AND destination_type = 'MODEL_OUTPUT' AND source_id IN ({}) ORDER BY rowid",
            places(some.len())
        );
        let rows = book.rows(&sql, some, |row| {
            Ok((row.get(0)?, row.get::<_, String>(1)?, row.get(2)?))
        })?;
        for (run, model, step) in rows {
            let model_id = id(&model)?;
            found
                .entry(run)
                .or_default()
                .push(ModelOutput { model_id, step });
        }
    }
    Ok(found)
}

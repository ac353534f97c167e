//! Runs in the database: made, looked up, ended, put into the bin.
//!
//! What is written on them is in `batch`, how they are searched in `run_search`.

use std::collections::BTreeMap;

use rusqlite::Row;

use super::book::{AT_ONCE, Book, Fault, id, missing, now, places};
use super::experiments::{active as active_experiment, lifecycle};
use super::{Sqlite, batch, inputs, metrics, run_names};
use crate::entity::id::{ExperimentId, RunId};
use crate::entity::limits;
use crate::entity::run::{Run, RunStatus};
use crate::entity::tag::{self, Tag};
use crate::tracking::error::{Error, Thing};
use crate::tracking::{FileInfo, NewRun, marked};

impl Sqlite {
    pub(super) async fn add_run(&self, new: &NewRun) -> Result<Run, Error> {
        new.tags.iter().try_for_each(limits::tag)?;
        let new = new.clone();
        self.write("create a run", move |book| add(book, &new))
            .await
    }

    pub(super) async fn find_run(&self, id: &RunId) -> Result<Run, Error> {
        let id = id.clone();
        self.read("look up the run", move |book| by_id(book, &id))
            .await
    }

    pub(super) async fn put_run_status(
        &self,
        id: &RunId,
        status: RunStatus,
        end_time: Option<i64>,
    ) -> Result<(), Error> {
        let id = id.clone();
        self.write("update the run", move |book| {
            check_active(book, &id)?;
            let sql =
                "UPDATE runs SET status = ?, end_time = coalesce(?, end_time) WHERE run_uuid = ?";
            let end_time = end_time.map(|time| time.to_string());
            book.change(sql, [Some(status.to_string()), end_time, Some(id.into())])?;
            Ok(())
        })
        .await
    }

    pub(super) async fn bin_run(&self, id: &RunId) -> Result<(), Error> {
        self.move_run("delete the run", id, "deleted", Some(now()))
            .await
    }

    pub(super) async fn unbin_run(&self, id: &RunId) -> Result<(), Error> {
        self.move_run("restore the run", id, "active", None).await
    }

    async fn move_run(
        &self,
        action: &str,
        id: &RunId,
        stage: &'static str,
        deleted_time: Option<i64>,
    ) -> Result<(), Error> {
        let id = id.clone();
        self.write(action, move |book| {
            if stage == "deleted" {
                forget_assessments(book, "run_uuid = ?", id.as_str())?;
            }
            let sql = "UPDATE runs SET lifecycle_stage = ?, deleted_time = ? WHERE run_uuid = ?";
            let time = deleted_time.map(|time| time.to_string());
            match book.change(sql, [Some(stage), time.as_deref(), Some(id.as_str())])? {
                0 => Err(missing(Thing::Run, id.as_str())),
                _ => Ok(()),
            }
        })
        .await
    }

    /// A tag that is not there is no error.
    pub(super) async fn drop_run_tag(&self, id: &RunId, key: &str) -> Result<(), Error> {
        let (id, key) = (id.clone(), key.to_owned());
        self.write("take a tag off the run", move |book| {
            check_active(book, &id)?;
            book.change(
                "DELETE FROM tags WHERE run_uuid = ? AND key = ?",
                [id.as_str(), &key],
            )?;
            Ok(())
        })
        .await
    }

    /// Of artifacts that lie on this machine; a database knows of no others.
    pub(super) async fn list_files(&self, id: &RunId, path: &str) -> Result<Vec<FileInfo>, Error> {
        let run = self.find_run(id).await?;
        let folder = match run.artifact_uri.strip_prefix("file://") {
            Some(path) => path,
            None if run.artifact_uri.contains("://") => {
                return Err(Error::Unacceptable {
                    action: "list the artifacts of the run".to_owned(),
                    message: format!("they lie at `{}`, not on this machine", run.artifact_uri),
                });
            }
            None => &run.artifact_uri,
        };
        let folder = std::path::Path::new(folder).join(path);
        let Ok(entries) = fs_err::read_dir(folder) else {
            return Ok(Vec::new());
        };
        let below = if path.is_empty() {
            String::new()
        } else {
            format!("{path}/")
        };
        let mut files: Vec<FileInfo> = entries
            .filter_map(Result::ok)
            .filter_map(|entry| {
                let metadata = entry.metadata().ok()?;
                Some(FileInfo {
                    path: format!("{below}{}", entry.file_name().to_string_lossy()),
                    is_dir: metadata.is_dir(),
                    file_size: metadata.is_file().then_some(metadata.len()),
                })
            })
            .collect();
        files.sort_by(|one, other| one.path.cmp(&other.path));
        Ok(files)
    }
}

fn add(book: &Book<'_>, new: &NewRun) -> Result<Run, Fault> {
    let experiment = active_experiment(book, &new.experiment_id)?;
    let run_id = uuid::Uuid::new_v4().simple().to_string();
    let mut tags = marked(&new.tags, &new.request_id);
    if let Some(user) = &new.user
        && !new.is_copy
        && !tags.iter().any(|tag| tag.key == tag::USER)
    {
        tags.push(Tag::new(tag::USER, user));
    }
    let tagged = tags.iter().find(|tag| tag.key == tag::RUN_NAME);
    let tagged = tagged.map(|tag| tag.value.clone());
    let name = match (new.name.clone().filter(|name| !name.is_empty()), tagged) {
        (Some(name), Some(tagged)) if name != tagged => {
            return Err(Fault::Refused(format!(
                "the name `{name}` and the tag `mlflow.runName` (`{tagged}`) differ"
            )));
        }
        (Some(name), None) => {
            tags.push(Tag::new(tag::RUN_NAME, &name));
            name
        }
        (_, Some(tagged)) => tagged,
        (None, None) => {
            let name = run_names::by_chance();
            tags.push(Tag::new(tag::RUN_NAME, &name));
            name
        }
    };
    let location = experiment.artifact_location.trim_end_matches('/');
    book.connection.execute(
        "INSERT INTO runs (run_uuid, name, source_type, source_name, entry_point_name, user_id, status, start_time, \
         source_version, lifecycle_stage, artifact_uri, experiment_id) \
         VALUES (?, ?, 'UNKNOWN', '', '', ?, 'RUNNING', ?, '', 'active', ?, ?)",
        (
            &run_id,
            &name,
            new.user.as_deref().unwrap_or_default(),
            new.start_time,
            format!("{location}/{run_id}/artifacts"),
            experiment.experiment_id.as_str(),
        ),
    )?;
    let run_id = id(&run_id)?;
    batch::put_tags(book, &run_id, &tags)?;
    by_id(book, &run_id)
}

/// What was judged in runs goes with them (`_mark_run_deleted`, `sqlalchemy_store.py`, 3.17.2), where there is a table
/// for it.
pub(super) fn forget_assessments(book: &Book<'_>, which: &str, value: &str) -> Result<(), Fault> {
    let sql = "SELECT 1 FROM pragma_table_info('assessments') WHERE name = 'assessment_metadata'";
    if book.first(sql, [] as [&str; 0], |_| Ok(()))?.is_none() {
        return Ok(());
    }
    let sql = format!(
        "DELETE FROM assessments WHERE EXISTS (SELECT 1 FROM runs WHERE runs.{which} AND \
         instr(assessment_metadata, '\"mlflow.assessment.sourceRunId\": \"' || run_uuid || '\"') > 0)"
    );
    book.change(&sql, [value])?;
    Ok(())
}

/// The run of this id with everything that is written on it.
pub(super) fn by_id(book: &Book<'_>, id: &RunId) -> Result<Run, Fault> {
    let found = load(book, &[id.to_string()])?.into_iter().next();
    found.ok_or_else(|| missing(Thing::Run, id.as_str()))
}

/// The experiment of a run that can be written on.
pub(super) fn check_active(book: &Book<'_>, id: &RunId) -> Result<String, Fault> {
    let sql =
        "SELECT name, lifecycle_stage, CAST(experiment_id AS TEXT) FROM runs WHERE run_uuid = ?";
    let found = book.first(sql, [id.as_str()], |row| {
        Ok((
            row.get::<_, Option<String>>(0)?,
            row.get::<_, Option<String>>(1)?,
            row.get(2)?,
        ))
    })?;
    match found {
        None => Err(missing(Thing::Run, id.as_str())),
        Some((name, Some(stage), _)) if stage != "active" => Err(Fault::Told(Error::Deleted {
            thing: Thing::Run,
            name: name.unwrap_or_default(),
            id: id.to_string(),
        })),
        Some((_, _, experiment)) => Ok(experiment),
    }
}

/// The runs of these ids, in this order.
pub(super) fn load(book: &Book<'_>, ids: &[String]) -> Result<Vec<Run>, Fault> {
    let mut found = BTreeMap::new();
    for some in ids.chunks(AT_ONCE) {
        let sql = format!(
            "SELECT run_uuid, CAST(experiment_id AS TEXT), name, user_id, status, lifecycle_stage, start_time, \
             end_time, artifact_uri FROM runs WHERE run_uuid IN ({})",
            places(some.len())
        );
        found.extend(
            book.rows(&sql, some, read)?
                .into_iter()
                .map(|row| (row.id.clone(), row)),
        );
    }
    let of = |table: &str| {
        let sql = format!("SELECT run_uuid, key, value FROM {table} WHERE run_uuid IN");
        book.pairs(&sql, ids)
    };
    let (mut params, mut tags) = (of("params")?, of("tags")?);
    let mut metrics = metrics::latest(book, ids)?;
    let mut datasets = inputs::of_runs(book, ids)?;
    let mut model_inputs = inputs::models_into_runs(book, ids)?;
    let mut outputs = inputs::outputs_of_runs(book, ids)?;
    let mut runs = Vec::new();
    for run_id in ids {
        let Some(row) = found.remove(run_id) else {
            continue;
        };
        let tags = tags.remove(run_id).unwrap_or_default();
        // Runs of MLflow before 1.30 have their name in the tag alone.
        let name = row.name.filter(|name| !name.is_empty());
        let name = name.or_else(|| tags.get(tag::RUN_NAME).cloned());
        runs.push(Run {
            run_id: id::<RunId>(run_id)?,
            experiment_id: id::<ExperimentId>(&row.experiment_id)?,
            run_name: name.unwrap_or_default(),
            user_id: row.user_id.unwrap_or_default(),
            status: status(row.status.as_deref()),
            lifecycle_stage: lifecycle(row.stage.as_deref()),
            start_time: row.start_time,
            end_time: row.end_time,
            artifact_uri: row.artifact_uri.unwrap_or_default(),
            params: params.remove(run_id).unwrap_or_default(),
            metrics: metrics.remove(run_id).unwrap_or_default(),
            tags,
            datasets: datasets.remove(run_id).unwrap_or_default(),
            model_inputs: model_inputs.remove(run_id).unwrap_or_default(),
            outputs: outputs.remove(run_id).unwrap_or_default(),
        });
    }
    Ok(runs)
}

struct Raw {
    id: String,
    experiment_id: String,
    name: Option<String>,
    user_id: Option<String>,
    status: Option<String>,
    stage: Option<String>,
    start_time: Option<i64>,
    end_time: Option<i64>,
    artifact_uri: Option<String>,
}

fn read(row: &Row<'_>) -> rusqlite::Result<Raw> {
    Ok(Raw {
        id: row.get(0)?,
        experiment_id: row.get(1)?,
        name: row.get(2)?,
        user_id: row.get(3)?,
        status: row.get(4)?,
        stage: row.get(5)?,
        start_time: row.get(6)?,
        end_time: row.get(7)?,
        artifact_uri: row.get(8)?,
    })
}

/// The words that the table allows.
fn status(word: Option<&str>) -> RunStatus {
    match word {
        Some("SCHEDULED") => RunStatus::Scheduled,
        Some("FINISHED") => RunStatus::Finished,
        Some("FAILED") => RunStatus::Failed,
        Some("KILLED") => RunStatus::Killed,
        _ => RunStatus::Running,
    }
}

//! Runs on an MLflow server, and what is written on them.
//!
//! When a run ends, and how, is decided elsewhere.

use serde::Serialize;
use serde_json::{Value, json};

use super::experiments::search_body;
use super::wire::{Done, FilesAnswer, RunAnswer, RunsAnswer};
use super::{Rest, marked};
use crate::entity::id::{ExperimentId, RunId};
use crate::entity::limits;
use crate::entity::metric::Metric;
use crate::entity::param::Param;
use crate::entity::run::{Run, RunStatus};
use crate::entity::tag::{self, Tag};
use crate::http::Bookmark;
use crate::tracking::error::{About, Error, SEARCH_RUNS, Thing};
use crate::tracking::{Batch, FileInfo, NewRun, PageOf, Portion, Search, batch};

/// Written out in one go: a batch may hold a megabyte.
#[derive(Serialize)]
struct BatchBody<'a> {
    run_id: &'a RunId,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    params: &'a [Param],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    metrics: &'a [Metric],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    tags: &'a [Tag],
}

impl Rest {
    pub(super) async fn post_run(&self, new: &NewRun) -> Result<Run, Error> {
        new.tags.iter().try_for_each(limits::tag)?;
        let mut tags = marked(&new.tags, &new.request_id);
        if let Some(user) = &new.user
            && !new.is_copy
            && !tags.iter().any(|tag| tag.key == tag::USER)
        {
            tags.push(Tag::new(tag::USER, user));
        }
        let body = json!({
            "experiment_id": new.experiment_id,
            "run_name": new.name,
            "user_id": new.user,
            "start_time": new.start_time,
            "tags": tags,
        });
        let search = json!({
            "experiment_ids": [new.experiment_id],
            "filter": Search::made_by(&new.request_id).filter,
            "max_results": 1,
        });
        let (body, search) = (&without_nulls(body), &search);
        let created = self.just_once(
            || {
                Box::pin(async move {
                    let answer: RunAnswer = self.create("runs/create", body).await?;
                    Ok(answer.run)
                })
            },
            || {
                Box::pin(async move {
                    let answer: RunsAnswer = self.post("runs/search", search).await?;
                    Ok(answer.runs.into_iter().next())
                })
            },
        );
        match created.await {
            Ok(run) => Ok(run.into()),
            Err(error) if is_deleted(&error) => Err(Error::Deleted {
                thing: Thing::Experiment,
                name: new.experiment_id.to_string(),
                id: new.experiment_id.to_string(),
            }),
            Err(error) => {
                let about = About::new("create a run", Thing::Experiment, &new.experiment_id);
                Err(self.explain(error, about).await)
            }
        }
    }

    pub(super) async fn get_run(&self, id: &RunId) -> Result<Run, Error> {
        match self.run_answer(id).await {
            Ok(answer) => Ok(answer.run.into()),
            Err(error) => Err(self.about_run("look up the run", id, error).await),
        }
    }

    pub(super) async fn run_answer(&self, id: &RunId) -> Result<RunAnswer, crate::http::Error> {
        self.get("runs/get", &[("run_id", id.as_str())]).await
    }

    pub(super) async fn post_run_status(
        &self,
        id: &RunId,
        status: RunStatus,
        end_time: Option<i64>,
    ) -> Result<(), Error> {
        let body = json!({ "run_id": id, "status": status, "end_time": end_time });
        match self.post::<Done>("runs/update", &without_nulls(body)).await {
            Ok(Done {}) => Ok(()),
            Err(error) => Err(self.about_run("update the run", id, error).await),
        }
    }

    pub(super) async fn post_runs_search(
        &self,
        experiments: &[ExperimentId],
        search: &Search,
        page: PageOf<'_>,
    ) -> Result<Portion<Run>, Error> {
        let mut body = search_body(search, page);
        if let Some(object) = body.as_object_mut() {
            object.insert("experiment_ids".to_owned(), json!(experiments));
            // What experiments call `view_type` is called otherwise here.
            if let Some(view) = object.remove("view_type") {
                object.insert("run_view_type".to_owned(), view);
            }
        }
        match self.post::<RunsAnswer>("runs/search", &body).await {
            Ok(answer) => Ok(answer.into()),
            Err(error) => {
                let names: Vec<&str> = experiments.iter().map(ExperimentId::as_str).collect();
                let about = About::new(SEARCH_RUNS, Thing::Experiment, names.join(", "));
                Err(self.explain(error, about).await)
            }
        }
    }

    pub(super) async fn post_run_deletion(&self, id: &RunId) -> Result<(), Error> {
        match self.tell("runs/delete", &json!({ "run_id": id })).await {
            Ok(()) => Ok(()),
            // Sent again after a lost answer, it finds done what it wanted.
            Err(error) if is_deleted(&error) => Ok(()),
            Err(error) => Err(self.about_run("delete the run", id, error).await),
        }
    }

    pub(super) async fn post_run_return(&self, id: &RunId) -> Result<(), Error> {
        match self.tell("runs/restore", &json!({ "run_id": id })).await {
            Ok(()) => Ok(()),
            Err(error) => Err(self.about_run("restore the run", id, error).await),
        }
    }

    /// Sent again after a lost answer, it finds nothing, and that is what was wanted.
    pub(super) async fn post_run_tag_deletion(&self, id: &RunId, key: &str) -> Result<(), Error> {
        let body = json!({ "run_id": id, "key": key });
        match self.tell("runs/delete-tag", &body).await {
            Err(error) if !is_missing_tag(&error) => {
                Err(self.about_run("take a tag off the run", id, error).await)
            }
            _ => Ok(()),
        }
    }

    pub(super) async fn post_batch(&self, id: &RunId, batch: &Batch) -> Result<(), Error> {
        batch::check(batch)?;
        for part in batch::split(batch) {
            let body = BatchBody {
                run_id: id,
                params: &part.params,
                metrics: &part.metrics,
                tags: &part.tags,
            };
            if let Err(error) = self.post::<Done>("runs/log-batch", &body).await {
                return Err(self.about_run("write to the run", id, error).await);
            }
        }
        Ok(())
    }

    pub(super) async fn get_run_artifacts(
        &self,
        id: &RunId,
        path: &str,
    ) -> Result<Vec<FileInfo>, Error> {
        let mut files = Vec::new();
        let mut bookmark = Bookmark::new("artifacts of the run", None);
        loop {
            let mut query = vec![("run_id", id.as_str())];
            query.extend(
                Some(path)
                    .filter(|path| !path.is_empty())
                    .map(|it| ("path", it)),
            );
            query.extend(bookmark.token().map(|token| ("page_token", token)));
            let answer: FilesAnswer = match self.get("artifacts/list", &query).await {
                Ok(answer) => answer,
                Err(error) => {
                    return Err(self
                        .about_run("list the artifacts of the run", id, error)
                        .await);
                }
            };
            files.extend(answer.files);
            if !bookmark.turn(answer.next_page_token)? {
                return Ok(files);
            }
        }
    }

    /// The server appends to a tag of the run, so that sending this twice would note the model twice.
    pub(super) async fn post_model_record(&self, id: &RunId, json: &str) -> Result<(), Error> {
        let body = &json!({ "run_id": id, "model_json": json });
        let uuid = model_uuid(json);
        let uuid = uuid.as_deref();
        let recorded = self.just_once(
            || {
                Box::pin(async move {
                    let Done {} = self.create("runs/log-model", body).await?;
                    Ok(())
                })
            },
            || {
                Box::pin(async move {
                    let run: Run = self.run_answer(id).await?.run.into();
                    let history = run.tags.get(tag::LOGGED_MODELS);
                    let is_there = uuid
                        .zip(history)
                        .is_some_and(|(uuid, history)| history.contains(uuid));
                    Ok(is_there.then_some(()))
                })
            },
        );
        match recorded.await {
            Ok(()) => Ok(()),
            Err(error) => Err(self.about_run("note the model on the run", id, error).await),
        }
    }

    pub(super) async fn about_run(
        &self,
        action: &str,
        id: &RunId,
        error: crate::http::Error,
    ) -> Error {
        if is_deleted(&error) {
            return Error::Deleted {
                thing: Thing::Run,
                name: id.to_string(),
                id: id.to_string(),
            };
        }
        self.explain(error, About::new(action, Thing::Run, id))
            .await
    }
}

/// `No tag with name: … in run with id …` (`delete_tag`, `sqlalchemy_store.py`, 2.22 and 3.17).
fn is_missing_tag(error: &crate::http::Error) -> bool {
    let message = error.answer().and_then(|answer| answer.message.as_deref());
    message.is_some_and(|message| message.starts_with("No tag with name"))
}

/// MLflow says in words alone that a run or an experiment is in the bin
/// (`_check_run_is_active` and `_check_experiment_is_active`, `sqlalchemy_store.py`, 2.22 and 3.17).
pub(super) fn is_deleted(error: &crate::http::Error) -> bool {
    let message = error.answer().and_then(|answer| answer.message.as_deref());
    message.is_some_and(|message| message.ends_with("Current state is deleted."))
}

fn model_uuid(json: &str) -> Option<String> {
    let document: Value = serde_json::from_str(json).ok()?;
    document.get("model_uuid")?.as_str().map(str::to_owned)
}

/// The same object without what was not given.
pub(super) fn without_nulls(mut body: Value) -> Value {
    if let Some(object) = body.as_object_mut() {
        object.retain(|_, value| !value.is_null());
    }
    body
}

//! Logged models on an MLflow 3 server; an older one answers each of these with [`Error::NoLoggedModels`].
//!
//! Their files are none of its business.

use serde_json::json;

use super::runs::without_nulls;
use super::wire::{Done, LoggedModelAnswer, LoggedModelsAnswer};
use super::{Rest, marked};
use crate::entity::id::{ExperimentId, ModelId, RunId};
use crate::entity::limits;
use crate::entity::model::{LoggedModel, LoggedModelStatus, ModelMetric};
use crate::entity::tag::Tag;
use crate::http::{self, Bookmark, Method, Repeat};
use crate::tracking::error::{About, Error, Thing, is_unknown_path};
use crate::tracking::{NewLoggedModel, Search};

impl Rest {
    pub(super) async fn post_logged_model(
        &self,
        new: &NewLoggedModel,
    ) -> Result<LoggedModel, Error> {
        new.params.iter().try_for_each(limits::param)?;
        new.tags.iter().try_for_each(limits::tag)?;
        let body = without_nulls(json!({
            "experiment_id": new.experiment_id,
            "name": new.name,
            "source_run_id": new.source_run_id,
            "model_type": new.model_type,
            "params": (!new.params.is_empty()).then_some(&new.params),
            "tags": marked(&new.tags, &new.request_id),
        }));
        let search = json!({
            "experiment_ids": [new.experiment_id],
            "filter": Search::made_by(&new.request_id).filter,
            "max_results": 1,
        });
        let (body, search) = (&body, &search);
        let created = self.just_once(
            || {
                Box::pin(async move {
                    let answer: LoggedModelAnswer = self.create("logged-models", body).await?;
                    Ok(answer.model)
                })
            },
            || {
                Box::pin(async move {
                    let found: LoggedModelsAnswer =
                        self.post("logged-models/search", search).await?;
                    Ok(found.models.into_iter().next())
                })
            },
        );
        let about = About::new(
            "create a logged model",
            Thing::Experiment,
            &new.experiment_id,
        );
        created
            .await
            .map(Into::into)
            .map_err(|error| explain(error, about))
    }

    /// The server keeps one row, however often it is told (`log_inputs`, `sqlalchemy_store.py`, 3.17.2).
    pub(super) async fn post_input_model(
        &self,
        id: &RunId,
        model_id: &ModelId,
    ) -> Result<(), Error> {
        let body = json!({ "run_id": id, "models": [{ "model_id": model_id }] });
        match self.post::<Done>("runs/log-inputs", &body).await {
            Ok(Done {}) => Ok(()),
            Err(error) => Err(self
                .about_run("note the model as an input of the run", id, error)
                .await),
        }
    }

    /// The server keeps a row for each time it is told, so that it is told once.
    pub(super) async fn post_run_output(
        &self,
        id: &RunId,
        model_id: &ModelId,
        step: i64,
    ) -> Result<(), Error> {
        let body = &json!({ "run_id": id, "models": [{ "model_id": model_id, "step": step }] });
        let noted = self.just_once(
            || {
                Box::pin(async move {
                    let Done {} = self.create("runs/outputs", body).await?;
                    Ok(())
                })
            },
            || {
                Box::pin(async move {
                    let is_there = self.has_output(id, model_id).await?;
                    Ok(is_there.then_some(()))
                })
            },
        );
        let about = About::new("note the model as an output of the run", Thing::Run, id);
        match noted.await {
            // A caller that was killed before it heard the answer asks again, and MLflow refuses that with the
            // words of its database.
            Err(_)
                if self
                    .has_output(id, model_id)
                    .await
                    .is_ok_and(|is_there| is_there) =>
            {
                Ok(())
            }
            noted => noted.map_err(|error| explain(error, about)),
        }
    }

    /// Points that are there stay one each (`_log_model_metrics`, `sqlalchemy_store.py`, 3.17.2).
    pub(super) async fn post_model_metrics(
        &self,
        id: &RunId,
        metrics: &[ModelMetric],
    ) -> Result<(), Error> {
        for metric in metrics {
            limits::key(&metric.point.key)?;
        }
        for part in metrics.chunks(limits::METRICS_PER_BATCH) {
            let body = json!({ "run_id": id, "metrics": part });
            if let Err(error) = self.post::<Done>("runs/log-batch", &body).await {
                let action = "write metrics of the logged model";
                return Err(self.about_run(action, id, error).await);
            }
        }
        Ok(())
    }

    async fn has_output(&self, id: &RunId, model_id: &ModelId) -> Result<bool, http::Error> {
        let outputs = self.run_answer(id).await?.run.outputs.model_outputs;
        Ok(outputs.iter().any(|output| output.model_id == *model_id))
    }

    pub(super) async fn patch_logged_model(
        &self,
        id: &ModelId,
        status: LoggedModelStatus,
    ) -> Result<LoggedModel, Error> {
        let path = format!("logged-models/{id}");
        let body = json!({ "model_id": id, "status": status });
        let answer: Result<LoggedModelAnswer, _> =
            self.send(Method::PATCH, &path, Repeat::Freely, &body).await;
        let about = About::new("finish the logged model", Thing::LoggedModel, id);
        answer
            .map(|answer| answer.model.into())
            .map_err(|error| explain(error, about))
    }

    pub(super) async fn get_logged_model(&self, id: &ModelId) -> Result<LoggedModel, Error> {
        let path = format!("logged-models/{id}");
        let answer: Result<LoggedModelAnswer, _> = self.get(&path, &[]).await;
        let about = About::new("look up the logged model", Thing::LoggedModel, id);
        answer
            .map(|answer| answer.model.into())
            .map_err(|error| explain(error, about))
    }

    pub(super) async fn post_logged_models_search(
        &self,
        experiments: &[ExperimentId],
        filter: &str,
    ) -> Result<Vec<LoggedModel>, Error> {
        let mut found = Vec::new();
        let names: Vec<&str> = experiments.iter().map(ExperimentId::as_str).collect();
        let names = names.join(", ");
        let mut bookmark = Bookmark::new("logged models", None);
        loop {
            let body = without_nulls(json!({
                "experiment_ids": experiments,
                "filter": filter,
                "page_token": bookmark.token(),
            }));
            let answer: LoggedModelsAnswer = self
                .post("logged-models/search", &body)
                .await
                .map_err(|error| {
                    let about = About::new("search logged models", Thing::Experiment, &names);
                    explain(error, about)
                })?;
            found.extend(answer.models.into_iter().map(LoggedModel::from));
            if !bookmark.turn(answer.next_page_token)? {
                return Ok(found);
            }
        }
    }

    pub(super) async fn patch_logged_model_tags(
        &self,
        id: &ModelId,
        tags: &[Tag],
    ) -> Result<(), Error> {
        tags.iter().try_for_each(limits::tag)?;
        let path = format!("logged-models/{id}/tags");
        let body = json!({ "tags": tags });
        let answer: Result<Done, _> = self.send(Method::PATCH, &path, Repeat::Freely, &body).await;
        let about = About::new("tag the logged model", Thing::LoggedModel, id);
        answer
            .map(|Done {}| ())
            .map_err(|error| explain(error, about))
    }
}

/// MLflow 2 does not know these paths and says so with a web page.
fn explain(error: http::Error, about: About) -> Error {
    if error.is_status(404) && is_unknown_path(&error) {
        Error::NoLoggedModels
    } else {
        about.explain(error)
    }
}

//! Experiments on an MLflow server.
//!
//! Which experiment a run goes to is decided elsewhere.

use serde_json::{Value, json};

use super::runs::{is_deleted, without_nulls};
use super::wire::{ExperimentAnswer, ExperimentCreated, ExperimentsAnswer};
use super::{Rest, marked};
use crate::entity::Lifecycle;
use crate::entity::experiment::Experiment;
use crate::entity::id::{ExperimentId, RequestId};
use crate::entity::limits;
use crate::entity::tag::{self, Tag};
use crate::http;
use crate::tracking::error::{About, Error, SEARCH_EXPERIMENTS, Thing};
use crate::tracking::{NewExperiment, PageOf, Portion, Search, active, optional};

impl Rest {
    pub(super) async fn get_experiment(&self, id: &ExperimentId) -> Result<Experiment, Error> {
        let query = [("experiment_id", id.as_str())];
        match self
            .get::<ExperimentAnswer>("experiments/get", &query)
            .await
        {
            Ok(answer) => Ok(answer.into()),
            Err(error) => {
                let about = About::new("look up the experiment", Thing::Experiment, id);
                Err(self.explain(error, about).await)
            }
        }
    }

    pub(super) async fn get_experiment_by_name(
        &self,
        name: &str,
    ) -> Result<Option<Experiment>, Error> {
        limits::experiment_name(name)?;
        let query = [("experiment_name", name)];
        let answer = self.get::<ExperimentAnswer>("experiments/get-by-name", &query);
        optional(match answer.await {
            Ok(answer) => Ok(answer.into()),
            Err(error) => {
                let about = About::new("look up the experiment", Thing::Experiment, name);
                Err(self.explain(error, about).await)
            }
        })
    }

    /// A name can be given once, so that nothing is made twice. A tag tells whether what has the name now was made
    /// by a request whose answer was lost.
    pub(super) async fn post_experiment(&self, new: &NewExperiment) -> Result<ExperimentId, Error> {
        limits::experiment_name(&new.name)?;
        new.tags.iter().try_for_each(limits::experiment_tag)?;
        let request_id = RequestId::unique();
        let body = without_nulls(json!({
            "name": new.name,
            "artifact_location": new.artifact_location,
            "tags": marked(&new.tags, &request_id),
        }));
        let error = match self
            .post::<ExperimentCreated>("experiments/create", &body)
            .await
        {
            Ok(created) => return Ok(created.experiment_id),
            Err(error) => error,
        };
        let about = About::new("create the experiment", Thing::Experiment, &new.name);
        match self.explain(error, about).await {
            error @ Error::AlreadyExists { .. } => {
                match self.get_experiment_by_name(&new.name).await? {
                    Some(there) if is_from(&there, &request_id) => Ok(there.experiment_id),
                    Some(there) => active(there).and(Err(error)),
                    None => Err(error),
                }
            }
            error => Err(error),
        }
    }

    pub(super) async fn post_experiments_search(
        &self,
        search: &Search,
        page: PageOf<'_>,
    ) -> Result<Portion<Experiment>, Error> {
        let body = search_body(search, page);
        match self
            .post::<ExperimentsAnswer>("experiments/search", &body)
            .await
        {
            Ok(answer) => Ok(answer.into()),
            Err(error) => {
                let about = About::new(SEARCH_EXPERIMENTS, Thing::Experiment, &search.filter);
                Err(self.explain(error, about).await)
            }
        }
    }

    pub(super) async fn post_experiment_name(
        &self,
        id: &ExperimentId,
        name: &str,
    ) -> Result<(), Error> {
        limits::experiment_name(name)?;
        let body = json!({ "experiment_id": id, "new_name": name });
        let done = self.tell("experiments/update", &body).await;
        match self.about_experiment("rename", id, done).await {
            // MLflow answers with the words of its database when the name is taken (2.22 and 3.17).
            Err(error @ (Error::AlreadyExists { .. } | Error::Refused { .. })) => {
                match self.get_experiment_by_name(name).await? {
                    // By this very request, whose first answer was lost.
                    Some(there) if there.experiment_id == *id => Ok(()),
                    Some(there) => active(there).and(Err(Error::AlreadyExists {
                        thing: Thing::Experiment,
                        name: name.to_owned(),
                    })),
                    None => Err(error),
                }
            }
            done => done,
        }
    }

    pub(super) async fn post_experiment_deletion(&self, id: &ExperimentId) -> Result<(), Error> {
        let body = json!({ "experiment_id": id });
        let done = self.tell("experiments/delete", &body).await;
        let done = self.about_experiment("delete", id, done).await;
        self.or_already(Lifecycle::Deleted, id, done).await
    }

    pub(super) async fn post_experiment_return(&self, id: &ExperimentId) -> Result<(), Error> {
        let body = json!({ "experiment_id": id });
        let done = self.tell("experiments/restore", &body).await;
        let done = self.about_experiment("restore", id, done).await;
        self.or_already(Lifecycle::Active, id, done).await
    }

    pub(super) async fn post_experiment_tag(
        &self,
        id: &ExperimentId,
        tag: &Tag,
    ) -> Result<(), Error> {
        limits::experiment_tag(tag)?;
        let body = json!({ "experiment_id": id, "key": tag.key, "value": tag.value });
        let done = self.tell("experiments/set-experiment-tag", &body).await;
        self.about_experiment("note something on", id, done).await
    }

    /// MLflow does not find what it is to delete if that is in the bin already, nor what it is to restore if it is
    /// not (`delete_experiment`, `sqlalchemy_store.py`, 2.22 and 3.17).
    async fn or_already(
        &self,
        stage: Lifecycle,
        id: &ExperimentId,
        done: Result<(), Error>,
    ) -> Result<(), Error> {
        match done {
            Err(error @ Error::NotFound { .. }) => match self.get_experiment(id).await {
                Ok(experiment) if experiment.lifecycle_stage == stage => Ok(()),
                _ => Err(error),
            },
            done => done,
        }
    }

    async fn about_experiment(
        &self,
        verb: &str,
        id: &ExperimentId,
        done: Result<(), http::Error>,
    ) -> Result<(), Error> {
        match done {
            Ok(()) => Ok(()),
            Err(error) if is_deleted(&error) => Err(Error::Deleted {
                thing: Thing::Experiment,
                name: id.to_string(),
                id: id.to_string(),
            }),
            Err(error) => {
                let about = About::new(format!("{verb} the experiment"), Thing::Experiment, id);
                Err(self.explain(error, about).await)
            }
        }
    }
}

/// Whether it was this request that made it.
fn is_from(experiment: &Experiment, request_id: &RequestId) -> bool {
    let made_by = experiment.tags.get(tag::REQUEST_ID);
    made_by.is_some_and(|made_by| made_by == request_id.as_str())
}

/// What all searches have in common.
pub(super) fn search_body(search: &Search, page: PageOf<'_>) -> Value {
    let filter = Some(&search.filter).filter(|filter| !filter.is_empty());
    let order_by = Some(&search.order_by).filter(|order| !order.is_empty());
    without_nulls(json!({
        "view_type": search.view,
        "filter": filter,
        "order_by": order_by,
        "max_results": page.size,
        "page_token": page.token,
    }))
}

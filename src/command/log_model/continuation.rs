//! How a `log-model` ends early, and how a later call goes on where it stopped.
//!
//! What the steps are is in `session`; what is noted of them, in `journal`.

use std::time::Duration;

use anyhow::Result;

use super::Outcome;
use super::journal::{Asked, Model, Past, Run, Step};
use super::session::Session;
use crate::entity::model::LoggedModelStatus;
use crate::entity::run::RunStatus;
use crate::tracking::{self, PageOf, Search, Tracking};

/// After a failure the server is not to be waited for again at length.
const CLEAN_UP: Duration = Duration::from_secs(10);

/// Of what one request made there is one.
const FIRST: PageOf<'_> = PageOf {
    size: 1,
    token: None,
};

impl Session<'_> {
    /// After success nothing is to be continued; after a failure the server is told so far as it listens.
    pub(super) async fn close(self, result: &Result<Outcome>) {
        let is_stopped = self.context.stop.is_cancelled();
        let has_begun = self.run.is_some() || self.past.has_begun();
        if result.is_ok() || !has_begun || self.context.is_dry_run() {
            // A journal that stays says nothing wrong, it is only litter.
            _ = self.journal.remove();
            return;
        }
        let told = tokio::time::timeout(CLEAN_UP, self.abandon(is_stopped)).await;
        if !matches!(told, Ok(Ok(()))) {
            self.context
                .warn("the server could not be told that the run has ended");
        }
    }

    async fn abandon(&self, is_stopped: bool) -> Result<(), tracking::Error> {
        let tracking = self.server.tracking();
        let model_id = self
            .model
            .as_ref()
            .and_then(|model| model.model_id.as_ref());
        if let (Some(id), false, false) = (model_id, self.is_ready, is_stopped) {
            tracking
                .finish_logged_model(id, LoggedModelStatus::UploadFailed)
                .await?;
        }
        let run = match (&self.run, &self.past.asked_for_run) {
            (Some(run), _) => Some(run.clone()),
            (None, Some(asked)) => run_of(asked, tracking).await?,
            (None, None) => None,
        };
        if let Some(run) = run.filter(|run| run.is_own) {
            let status = if is_stopped {
                RunStatus::Killed
            } else {
                RunStatus::Failed
            };
            let now = jiff::Timestamp::now().as_millisecond();
            tracking.update_run(&run.run_id, status, Some(now)).await?;
        }
        Ok(())
    }

    /// What was begun must still be there to be continued.
    pub(super) async fn resume(&mut self) -> Result<()> {
        self.find_what_was_asked_for().await?;
        let Some(run) = self.past.run.clone() else {
            return Ok(());
        };
        let tracking = self.server.tracking();
        let still_there = async {
            let found = tracking.run(&run.run_id).await?;
            if let Some(Model {
                model_id: Some(id), ..
            }) = &self.past.model
            {
                tracking.logged_model(id).await?;
            }
            Ok(found)
        };
        let found = match still_there.await {
            Err(tracking::Error::NotFound { .. }) => {
                self.past = Past::default();
                return self.journal.restart();
            }
            found => found?,
        };
        if run.is_own && found.status != RunStatus::Running {
            tracking
                .update_run(&run.run_id, RunStatus::Running, None)
                .await?;
        }
        self.context.note(&format!(
            "continuing where an earlier call stopped, in run {} (`--fresh` starts anew)",
            run.run_id
        ));
        self.is_ready = self.past.ready.is_some();
        Ok(())
    }

    /// An earlier call may have ended before it heard what came of its request.
    async fn find_what_was_asked_for(&mut self) -> Result<()> {
        let tracking = self.server.tracking();
        if let (None, Some(asked)) = (&self.past.run, &self.past.asked_for_run)
            && let Some(run) = run_of(asked, tracking).await?
        {
            self.journal.note(&Step::Run(run.clone()))?;
            self.past.run = Some(run);
        }
        if let (None, Some(asked)) = (&self.past.model, &self.past.asked_for_model)
            && let Some(model) = model_of(asked, tracking).await?
        {
            self.journal.note(&Step::Model(model.clone()))?;
            self.past.model = Some(model);
        }
        Ok(())
    }
}

/// The run that came of a request, if one did.
async fn run_of(asked: &Asked, tracking: &dyn Tracking) -> Result<Option<Run>, tracking::Error> {
    let experiments = std::slice::from_ref(&asked.experiment_id);
    let search = Search::made_by(&asked.request_id);
    let found = tracking.search_runs(experiments, &search, FIRST).await?;
    Ok(found.items.into_iter().next().map(Run::own))
}

/// The logged model that came of a request, if one did.
async fn model_of(
    asked: &Asked,
    tracking: &dyn Tracking,
) -> Result<Option<Model>, tracking::Error> {
    let experiments = std::slice::from_ref(&asked.experiment_id);
    let filter = Search::made_by(&asked.request_id).filter;
    let found = tracking.search_logged_models(experiments, &filter).await?;
    Ok(found.into_iter().next().map(Model::from))
}

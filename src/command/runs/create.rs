//! `runs create`.

use anyhow::{Context as _, Result};

use super::item;
use crate::command::git::Git;
use crate::command::{Context, Outcome, experiment, origin, pairs};
use crate::entity::id::{ExperimentId, RequestId, RunId};
use crate::entity::tag::{self, Tag};
use crate::tracking::{NewRun, Tracking, active_run};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Its name [default: the server makes one up]
    #[arg(long, value_name = "NAME")]
    run_name: Option<String>,
    /// Its experiment, created where it is missing [env: MLFLOW_EXPERIMENT_NAME]
    #[arg(long, value_name = "NAME", conflicts_with = "experiment_id")]
    experiment_name: Option<String>,
    /// Its experiment, by id [env: MLFLOW_EXPERIMENT_ID] [default: 0]
    #[arg(long, value_name = "ID")]
    experiment_id: Option<ExperimentId>,
    /// The run that it is a part of; without an experiment it goes to that run's
    #[arg(long, value_name = "RUN_ID")]
    parent_run_id: Option<RunId>,
    /// What is said about it
    #[arg(long, value_name = "TEXT")]
    description: Option<String>,
    /// Tag of the run
    #[arg(long = "tag", value_name = "K=V", value_parser = pairs::tag)]
    tags: Vec<Tag>,
}

pub(super) async fn run(args: Args, tracking: &dyn Tracking, context: &Context) -> Result<Outcome> {
    let (git, experiment_id) = tokio::join!(Git::look(), experiment_of(&args, tracking, context));
    let parent = args
        .parent_run_id
        .map(|id| Tag::new(tag::PARENT_RUN_ID, id));
    let note = args.description.map(|text| Tag::new(tag::NOTE, text));
    let own = parent.into_iter().chain(note).chain(args.tags);
    let new = NewRun {
        request_id: RequestId::unique(),
        experiment_id: experiment_id?,
        name: args.run_name,
        start_time: jiff::Timestamp::now().as_millisecond(),
        user: context.settings.origin.user.clone(),
        is_copy: false,
        tags: origin::tags(&git, own, context),
    };
    item(&tracking.create_run(&new).await?, context)
}

/// A part belongs to the experiment of the whole, unless another one is named.
async fn experiment_of(
    args: &Args,
    tracking: &dyn Tracking,
    context: &Context,
) -> Result<ExperimentId> {
    let (id, name) = (args.experiment_id.as_ref(), args.experiment_name.as_ref());
    match &args.parent_run_id {
        Some(parent) => {
            let parent = tracking.run(parent).await;
            let parent = active_run(parent.context("cannot find the parent run")?)?;
            if id.is_none() && name.is_none() {
                return Ok(parent.experiment_id);
            }
            experiment::of_new_run(id, name, tracking, context).await
        }
        None => experiment::of_new_run(id, name, tracking, context).await,
    }
}

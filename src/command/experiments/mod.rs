//! `experiments`: the folders in which runs lie.

mod create;
mod get;
mod list;
mod set_tag;
mod stage;

use anyhow::{Context as _, Result};
use clap::Subcommand;

use super::{Cell, Context, Item, Outcome};
use crate::entity::Lifecycle;
use crate::entity::experiment::Experiment;
use crate::entity::id::ExperimentId;
use crate::tracking::{Error, Thing, Tracking};

/// Create, find and tidy up experiments
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Create an experiment
    Create(create::Args),
    /// List experiments, the newest first
    List(list::Args),
    /// List the experiments that fit a filter
    Search(list::SearchArgs),
    /// Show an experiment
    Get(get::Args),
    /// Give an experiment another name
    Rename(get::RenameArgs),
    /// Put experiments into the bin, with their runs
    Delete(stage::Args),
    /// Take experiments out of the bin
    Restore(stage::Args),
    /// Note something on an experiment
    SetTag(set_tag::Args),
}

/// Runs the command.
pub async fn run(args: Args, context: &Context) -> Result<Outcome> {
    let tracking = context.server()?.tracking();
    let work = async {
        match args.action {
            Action::Create(args) => create::run(args, tracking, context).await,
            Action::List(args) => list::run(args.into(), tracking, context).await,
            Action::Search(args) => list::run(args, tracking, context).await,
            Action::Get(args) => get::run(&args, tracking).await,
            Action::Rename(args) => get::rename(&args, tracking).await,
            Action::Delete(args) => stage::run(&args, Lifecycle::Deleted, tracking).await,
            Action::Restore(args) => stage::run(&args, Lifecycle::Active, tracking).await,
            Action::SetTag(args) => set_tag::run(&args, tracking).await,
        }
    };
    context.unless_stopped_soon(Box::pin(work)).await
}

/// The experiment of this id; what is no number, or not the id of any, is a name.
async fn find(name_or_id: &str, tracking: &dyn Tracking) -> Result<Experiment> {
    if name_or_id.bytes().all(|byte| byte.is_ascii_digit())
        && let Ok(id) = name_or_id.parse::<ExperimentId>()
    {
        match tracking.experiment(&id).await {
            Err(Error::NotFound { .. }) => {}
            found => return Ok(found?),
        }
    }
    let found = tracking.experiment_by_name(name_or_id).await?;
    let missing = || Error::NotFound {
        thing: Thing::Experiment,
        name: name_or_id.to_owned(),
        instead: Vec::new(),
    };
    found
        .ok_or_else(missing)
        .context("cannot find the experiment")
}

fn item(experiment: &Experiment) -> Result<Outcome> {
    let is_deleted = experiment.lifecycle_stage == Lifecycle::Deleted;
    let tags = experiment.tags.iter();
    let item = Item::new(&experiment.name, experiment)?
        .fact("id", Cell::of(&experiment.experiment_id))
        .fact("stage", is_deleted.then_some("deleted"))
        .fact("created", Cell::time(experiment.creation_time))
        .fact("updated", Cell::time(experiment.last_update_time))
        .fact("artifacts", experiment.artifact_location.as_str())
        .section("tags", tags.map(|(key, value)| (key, value.as_str())));
    Ok(item.into())
}

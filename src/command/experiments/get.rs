//! `experiments get` and `rename`.

use anyhow::Result;

use super::{find, item};
use crate::command::Outcome;
use crate::tracking::Tracking;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Name or id
    experiment: String,
}

#[derive(Debug, clap::Args)]
pub(super) struct RenameArgs {
    /// Name or id
    experiment: String,
    /// The new name
    new_name: String,
}

pub(super) async fn run(args: &Args, tracking: &dyn Tracking) -> Result<Outcome> {
    item(&find(&args.experiment, tracking).await?)
}

pub(super) async fn rename(args: &RenameArgs, tracking: &dyn Tracking) -> Result<Outcome> {
    let mut experiment = find(&args.experiment, tracking).await?;
    tracking
        .rename_experiment(&experiment.experiment_id, &args.new_name)
        .await?;
    experiment.name.clone_from(&args.new_name);
    item(&experiment)
}

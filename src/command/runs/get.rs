//! `runs get`: one run, or several side by side.

use anyhow::Result;
use futures_util::future::try_join_all;

use super::{compare, item};
use crate::command::{Context, Outcome};
use crate::entity::id::RunId;
use crate::tracking::Tracking;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Runs; of several, what differs comes first
    #[arg(value_name = "RUN_ID", required = true)]
    runs: Vec<RunId>,
}

pub(super) async fn run(
    args: &Args,
    tracking: &dyn Tracking,
    context: &Context,
) -> Result<Outcome> {
    let runs = try_join_all(args.runs.iter().map(|id| tracking.run(id))).await?;
    match runs.as_slice() {
        [run] => item(run, context),
        runs => compare::side_by_side(runs),
    }
}

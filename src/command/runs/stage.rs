//! `runs delete` and `restore`.

use anyhow::Result;
use serde_json::json;

use crate::command::{Done, Outcome};
use crate::entity::Lifecycle;
use crate::entity::id::RunId;
use crate::tracking::Tracking;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Runs
    #[arg(value_name = "RUN_ID", required = true)]
    runs: Vec<RunId>,
}

pub(super) async fn run(args: &Args, stage: Lifecycle, tracking: &dyn Tracking) -> Result<Outcome> {
    for id in &args.runs {
        match stage {
            Lifecycle::Deleted => tracking.delete_run(id).await?,
            Lifecycle::Active => tracking.restore_run(id).await?,
        }
    }
    let names: Vec<&str> = args.runs.iter().map(RunId::as_str).collect();
    let names = names.join(", ");
    let sentence = match stage {
        Lifecycle::Deleted => format!("deleted {names}; `runs restore` brings it back"),
        Lifecycle::Active => format!("restored {names}"),
    };
    let json = json!({ "run_ids": args.runs, "lifecycle_stage": stage });
    Ok(Done::new(sentence, &json)?.into())
}

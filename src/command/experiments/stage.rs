//! `experiments delete` and `restore`.

use anyhow::Result;
use serde_json::json;

use super::find;
use crate::command::{Done, Outcome};
use crate::entity::Lifecycle;
use crate::tracking::Tracking;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Names or ids
    #[arg(value_name = "EXPERIMENT", required = true)]
    experiments: Vec<String>,
}

pub(super) async fn run(args: &Args, stage: Lifecycle, tracking: &dyn Tracking) -> Result<Outcome> {
    let mut ids = Vec::new();
    for name_or_id in &args.experiments {
        ids.push(find(name_or_id, tracking).await?.experiment_id);
    }
    for id in &ids {
        match stage {
            Lifecycle::Deleted => tracking.delete_experiment(id).await?,
            Lifecycle::Active => tracking.restore_experiment(id).await?,
        }
    }
    let names = args.experiments.join(", ");
    let sentence = match stage {
        Lifecycle::Deleted => format!("deleted {names}; `experiments restore` brings it back"),
        Lifecycle::Active => format!("restored {names}"),
    };
    let json = json!({ "experiment_ids": ids, "lifecycle_stage": stage });
    Ok(Done::new(sentence, &json)?.into())
}

//! `experiments set-tag`.

use anyhow::Result;

use super::{find, item};
use crate::command::{Outcome, pairs};
use crate::entity::tag::Tag;
use crate::tracking::Tracking;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Name or id
    experiment: String,
    /// Tags
    #[arg(value_name = "K=V", required = true, value_parser = pairs::tag)]
    tags: Vec<Tag>,
}

pub(super) async fn run(args: &Args, tracking: &dyn Tracking) -> Result<Outcome> {
    let mut experiment = find(&args.experiment, tracking).await?;
    for tag in &args.tags {
        tracking
            .set_experiment_tag(&experiment.experiment_id, tag)
            .await?;
        experiment.tags.insert(tag.key.clone(), tag.value.clone());
    }
    item(&experiment)
}

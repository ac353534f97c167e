//! `set-tags`: what is noted on a run.

use anyhow::Result;
use serde_json::json;

use super::target::{self, Target};
use super::{Context, Done, Outcome, pairs};
use crate::entity::tag::Tag;
use crate::tracking::Batch;

/// Set tags of a run, or take them off
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    target: Target,
    /// Take this tag off
    #[arg(long = "delete", value_name = "KEY")]
    deleted: Vec<String>,
    /// Tags; one that is there already gets the new value
    #[arg(value_name = "K=V", required_unless_present = "deleted", value_parser = pairs::tag)]
    tags: Vec<Tag>,
}

/// Runs the command.
pub async fn run(args: Args, context: &Context) -> Result<Outcome> {
    let id = target::run_id(args.target.run_id, context)?;
    let tracking = context.server()?.tracking();
    // Of one key given twice the last value counts, as if they came one after the other.
    let mut tags: Vec<Tag> = Vec::new();
    for tag in args.tags {
        tags.retain(|earlier| earlier.key != tag.key);
        tags.push(tag);
    }
    let batch = Batch {
        tags,
        ..Batch::default()
    };
    let changing = async {
        for key in &args.deleted {
            tracking.delete_run_tag(&id, key).await?;
        }
        Ok(tracking.log_batch(&id, &batch).await?)
    };
    context.unless_stopped_soon(changing).await?;
    let (set, deleted) = (batch.tags.len(), args.deleted.len());
    let sentence = match (set, deleted) {
        (set, 0) => format!("set {set} of the tags of the run {id}"),
        (0, deleted) => format!("took {deleted} of the tags off the run {id}"),
        (set, deleted) => format!("set {set} and took off {deleted} of the tags of the run {id}"),
    };
    let json = json!({ "run_id": id, "tags": set, "deleted": deleted });
    Ok(Done::new(sentence, &json)?.into())
}

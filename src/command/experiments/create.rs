//! `experiments create`.

use anyhow::Result;

use super::item;
use crate::command::{Context, Error, Outcome, pairs};
use crate::entity::tag::{self, Tag};
use crate::tracking::{NewExperiment, Tracking};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Its name
    name: String,
    /// Where its artifacts will lie [default: the server decides]
    #[arg(long, value_name = "URI")]
    artifact_location: Option<String>,
    /// What is said about it
    #[arg(long, value_name = "TEXT")]
    description: Option<String>,
    /// Tag of the experiment
    #[arg(long = "tag", value_name = "K=V", value_parser = pairs::tag)]
    tags: Vec<Tag>,
}

pub(super) async fn run(args: Args, tracking: &dyn Tracking, context: &Context) -> Result<Outcome> {
    let mut tags = args.tags;
    tags.extend(args.description.map(|text| Tag::new(tag::NOTE, text)));
    let new = NewExperiment {
        name: args.name,
        artifact_location: args.artifact_location,
        tags,
    };
    let id = tracking.create_experiment(&new).await?;
    if context.settings.dry_run {
        return Err(Error::EndOfDryRun.into());
    }
    item(&tracking.experiment(&id).await?)
}

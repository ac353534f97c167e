//! `runs`: single pieces of work, with what went in and what came out.

#![expect(
    clippy::doc_markdown,
    reason = "the docs of arguments are the text of `--help`"
)]

mod compare;
mod create;
mod export;
mod finish;
mod get;
mod list;
mod scope;
mod stage;

use anyhow::Result;
use clap::Subcommand;

use super::{Cell, Context, Item, Outcome};
use crate::entity::Lifecycle;
use crate::entity::run::Run;
use crate::tracking::Page;

/// Create, find, compare, finish and export runs
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Create a run and leave it running
    Create(create::Args),
    /// List the runs of an experiment, the newest first
    List(list::Args),
    /// List the runs that fit a filter
    Search(list::SearchArgs),
    /// Show a run, or several side by side
    Get(get::Args),
    /// Say that a run has ended
    Finish(finish::Args),
    /// Put runs into the bin
    Delete(stage::Args),
    /// Take runs out of the bin
    Restore(stage::Args),
    /// Write runs as CSV or JSON, however many there are
    Export(export::Args),
}

/// Runs the command.
pub async fn run(args: Args, context: &Context) -> Result<Outcome> {
    let tracking = match args.action {
        Action::Export(_) => context.server_to_read()?.tracking(),
        _ => context.server()?.tracking(),
    };
    let work = async {
        match args.action {
            Action::Create(args) => create::run(args, tracking, context).await,
            Action::List(args) => list::run(args.into(), tracking, context).await,
            Action::Search(args) => list::run(args, tracking, context).await,
            Action::Get(args) => get::run(&args, tracking, context).await,
            Action::Finish(args) => finish::run(args, tracking, context).await,
            Action::Delete(args) => stage::run(&args, Lifecycle::Deleted, tracking).await,
            Action::Restore(args) => stage::run(&args, Lifecycle::Active, tracking).await,
            Action::Export(args) => export::run(args, tracking, context).await,
        }
    };
    context.unless_stopped_soon(Box::pin(work)).await
}

fn item(run: &Run, context: &Context) -> Result<Outcome> {
    let is_deleted = run.lifecycle_stage == Lifecycle::Deleted;
    let page = Page::Run(&run.experiment_id, &run.run_id);
    let datasets = run.datasets.iter().map(|input| {
        let context = input.context().unwrap_or_default();
        (
            &input.dataset.name,
            format!("{} {context}", input.dataset.source),
        )
    });
    let item = Item::new(&run.run_name, run)?
        .fact("id", Cell::of(&run.run_id))
        .fact("experiment", Cell::of(&run.experiment_id))
        .fact("status", Cell::of(&run.status))
        .fact("stage", is_deleted.then_some("deleted"))
        .fact("user", run.user_id.as_str())
        .fact("started", Cell::time(run.start_time))
        .fact("took", took(run))
        .fact("artifacts", run.artifact_uri.as_str())
        .fact("page", context.server()?.tracking().page(&page))
        .section(
            "params",
            run.params.iter().map(|(key, value)| (key, value.as_str())),
        )
        .section(
            "metrics",
            run.metrics
                .iter()
                .map(|(key, value)| (key, Cell::Number(value.0))),
        )
        .section("datasets", datasets)
        .section(
            "tags",
            run.tags.iter().map(|(key, value)| (key, value.as_str())),
        );
    Ok(item.into())
}

fn took(run: &Run) -> Cell {
    match (run.start_time, run.end_time) {
        (Some(start), Some(end)) => Cell::Span(end.saturating_sub(start)),
        _ => Cell::Empty,
    }
}

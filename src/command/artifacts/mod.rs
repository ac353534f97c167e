//! `artifacts`: what a run, a model or a place holds: list it, read it, fetch it, take it away.
//!
//! Uploads are the business of `log-artifacts`.

mod cat;
mod delete;
mod download;
mod list;
mod place;

use anyhow::Result;
use clap::Subcommand;

use super::{Context, Outcome};

/// Look at, fetch or delete the artifacts of a run or a model
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List what lies in a folder
    List(list::Args),
    /// Fetch a file, or a folder with all that is below it
    Download(download::Args),
    /// Write a file on stdout
    Cat(cat::Args),
    /// Delete a file, or a folder with all that is below it
    Delete(delete::Args),
}

/// Runs the command.
pub async fn run(args: Args, context: &Context) -> Result<Outcome> {
    match args.action {
        Action::List(args) => context.unless_stopped(list::run(&args, context)).await,
        Action::Download(args) => download::run(&args, context).await,
        Action::Cat(args) => context.unless_stopped(cat::run(&args, context)).await,
        Action::Delete(args) => delete::run(&args, context).await,
    }
}

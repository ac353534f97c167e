//! `config`: what phi3ml works with, and where each value came from.

use anyhow::Result;
use clap::Subcommand;
use serde::Serialize;

use super::Context;
use super::settings::Setting;

/// Show what phi3ml works with
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Clone, Copy, Subcommand)]
enum Action {
    /// Print each setting, its value and where it came from; secrets are masked
    Show,
}

/// All settings.
#[derive(Debug, Serialize)]
pub struct Outcome {
    pub(crate) items: Vec<Setting>,
    next_page_token: Option<String>,
}

/// Runs the command.
#[expect(clippy::unused_async, reason = "all commands are called alike")]
pub async fn run(args: Args, context: &Context) -> Result<super::Outcome> {
    let Action::Show = args.action;
    Ok(super::Outcome::Config(Outcome {
        items: context.settings.shown.clone(),
        next_page_token: None,
    }))
}

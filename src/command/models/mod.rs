//! `models`: registered models, their versions, aliases, tags and stages, and a way to fetch a model's files.
//!
//! A version is made from a logged model by `register`.

mod download;
mod labels;
mod registered;
mod update_pip_requirements;
mod versions;
mod which;

use anyhow::Result;
use clap::Subcommand;

use super::{Context, Outcome};

/// How many things are asked for at once: the most that servers give (`SEARCH_REGISTERED_MODEL_MAX_RESULTS_THRESHOLD`,
/// `mlflow/store/model_registry/__init__.py`, 3.17.2).
const PAGE: u64 = 1000;

/// Look after registered models
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List all registered models
    List(registered::ListArgs),
    /// List the registered models that fit a filter
    Search(registered::SearchArgs),
    /// Show a registered model
    Get(registered::GetArgs),
    /// Create a registered model that has no version yet
    Create(registered::CreateArgs),
    /// Change the description of a registered model
    Update(registered::UpdateArgs),
    /// Give a registered model another name; its versions, aliases and tags go along
    Rename(registered::RenameArgs),
    /// Delete a registered model with all its versions
    Delete(registered::DeleteArgs),
    /// List the versions of a registered model, newest first
    Versions(versions::ListArgs),
    /// Show a version
    Version(versions::GetArgs),
    /// Change the description of a version
    UpdateVersion(versions::UpdateArgs),
    /// Delete a version
    DeleteVersion(versions::DeleteArgs),
    /// Point an alias to a version, wherever it pointed before
    Alias(labels::AliasArgs),
    /// Take an alias away; the version stays
    DeleteAlias(labels::DeleteAliasArgs),
    /// Set tags of a registered model or of a version
    Tag(labels::TagArgs),
    /// Take tags off a registered model or a version
    DeleteTag(labels::DeleteTagArgs),
    /// Move a version to a stage (MLflow prefers aliases today)
    Stage(versions::StageArgs),
    /// Fetch the files of a model, each checked against its digest
    Download(download::Args),
    /// Change the requirements of a model that is packaged or logged already
    UpdatePipRequirements(update_pip_requirements::Args),
}

/// Runs the command.
pub async fn run(args: Args, context: &Context) -> Result<Outcome> {
    match args.action {
        Action::List(args) => registered::list(args, context).await,
        Action::Search(args) => registered::search(args, context).await,
        Action::Get(args) => registered::get(&args, context).await,
        Action::Create(args) => registered::create(args, context).await,
        Action::Update(args) => registered::update(&args, context).await,
        Action::Rename(args) => registered::rename(&args, context).await,
        Action::Delete(args) => registered::delete(&args, context).await,
        Action::Versions(args) => versions::list(args, context).await,
        Action::Version(args) => versions::get(&args, context).await,
        Action::UpdateVersion(args) => versions::update(&args, context).await,
        Action::DeleteVersion(args) => versions::delete(&args, context).await,
        Action::Alias(args) => labels::alias(&args, context).await,
        Action::DeleteAlias(args) => labels::delete_alias(&args, context).await,
        Action::Tag(args) => labels::tag(&args, context).await,
        Action::DeleteTag(args) => labels::delete_tag(&args, context).await,
        Action::Stage(args) => versions::stage(&args, context).await,
        Action::Download(args) => download::run(&args, context).await,
        Action::UpdatePipRequirements(args) => update_pip_requirements::run(&args, context).await,
    }
}

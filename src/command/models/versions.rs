//! Versions of a registered model: listed, shown, described, moved between stages, deleted.

use anyhow::Result;
use serde_json::json;

use super::PAGE;
use super::which::Which;
use crate::command::outcome::Column;
use crate::command::paging::Paging;
use crate::command::{Cell, Context, Done, Error, Item, Outcome};
use crate::entity::id::Version;
use crate::entity::model::{ModelVersion, RegisteredModel, Stage, VersionStatus};
use crate::tracking::resolve::or_what_there_is;
use crate::tracking::{Page, Search, Tracking};

#[derive(Debug, clap::Args)]
pub(super) struct ListArgs {
    /// Registered model
    #[arg(value_name = "NAME")]
    name: String,
    /// Further condition in MLflow's language, such as "tags.quantization = 'int4'"
    #[arg(long, value_name = "FILTER")]
    filter: Option<String>,
    #[command(flatten)]
    paging: Paging,
}

/// A version of a registered model.
#[derive(Debug, clap::Args)]
pub(super) struct GetArgs {
    /// Registered model
    #[arg(value_name = "NAME")]
    name: String,
    /// Number, @ALIAS or latest
    #[arg(value_name = "VERSION")]
    which: Which,
}

#[derive(Debug, clap::Args)]
pub(super) struct UpdateArgs {
    #[command(flatten)]
    of: GetArgs,
    /// What there is to say about it; nothing takes the old text away
    #[arg(long, value_name = "TEXT")]
    description: String,
}

#[derive(Debug, clap::Args)]
pub(super) struct DeleteArgs {
    #[command(flatten)]
    of: GetArgs,
}

#[derive(Debug, clap::Args)]
pub(super) struct StageArgs {
    #[command(flatten)]
    of: GetArgs,
    /// Stage that it moves to
    #[arg(value_name = "STAGE", ignore_case = true, value_parser = stage_parser())]
    stage: Stage,
    /// Move the versions that are in this stage to Archived
    #[arg(long)]
    archive_existing_versions: bool,
}

fn stage_parser() -> impl clap::builder::TypedValueParser<Value = Stage> {
    use clap::builder::TypedValueParser as _;
    clap::builder::PossibleValuesParser::new(Stage::ALL.map(Stage::as_str))
        .try_map(|text| text.parse())
}

const COLUMNS: &[Column<ModelVersion>] = &[
    ("version", |version| Cell::Count(version.version.0)),
    ("status", |version| status(version).into()),
    ("aliases", |version| version.aliases.join(", ").into()),
    ("stage", |version| stage_of(version)),
    ("created", |version| Cell::time(version.creation_timestamp)),
    ("run", |version| {
        version.run_id.as_ref().map(ToString::to_string).into()
    }),
    ("description", |version| version.description.as_str().into()),
];

fn status(version: &ModelVersion) -> &'static str {
    match version.status {
        VersionStatus::Ready => "ready",
        VersionStatus::PendingRegistration => "pending",
        VersionStatus::FailedRegistration => "failed",
    }
}

fn stage_of(version: &ModelVersion) -> Cell {
    match version.stage {
        Stage::None => Cell::Empty,
        stage => stage.as_str().into(),
    }
}

pub(super) async fn list(args: ListArgs, context: &Context) -> Result<Outcome> {
    let registry = context.server()?.registry();
    // A search does not tell aliases, nor that there is no such model.
    let model = context
        .unless_stopped(async { Ok(registry.registered_model(&args.name).await?) })
        .await?;
    let mut search = Search::versions_of(&args.name);
    search.order_by = vec!["version_number DESC".to_owned()];
    if let Some(filter) = &args.filter {
        search.filter = format!("{} AND {filter}", search.filter);
    }
    args.paging
        .list("versions", PAGE, COLUMNS, context, async |page| {
            let mut portion = registry.search_versions(&search, page).await?;
            for version in &mut portion.items {
                version.aliases = aliases_of(version.version, &model);
            }
            Ok(portion)
        })
        .await
}

fn aliases_of(version: Version, model: &RegisteredModel) -> Vec<String> {
    let aliases = model.aliases.iter().filter(|(_, of)| **of == version);
    aliases.map(|(alias, _)| alias.clone()).collect()
}

pub(super) async fn get(args: &GetArgs, context: &Context) -> Result<Outcome> {
    let registry = context.server()?.registry();
    let version = context
        .unless_stopped(args.which.version(&args.name, registry))
        .await?;
    shown(&version, registry)
}

pub(super) async fn update(args: &UpdateArgs, context: &Context) -> Result<Outcome> {
    let registry = context.server()?.registry();
    let name = &args.of.name;
    let version = context
        .unless_stopped(async {
            let number = args.of.which.number(name, registry).await?;
            let updated = registry.update_version(name, number, &args.description);
            or_what_there_is(updated.await, name, registry).await?;
            // The answer to the change leaves out the aliases.
            Ok(registry.version(name, number).await?)
        })
        .await?;
    shown(&version, registry)
}

pub(super) async fn stage(args: &StageArgs, context: &Context) -> Result<Outcome> {
    let (name, stage) = (&args.of.name, args.stage);
    let archive = args.archive_existing_versions;
    if archive && !stage.is_active() {
        // MLflow answers this with a 500, which would be tried again for minutes.
        return Err(Error::Usage {
            message: format!("there is nothing to archive in the stage `{stage}`"),
            hint: Some("`--archive-existing-versions` goes with Staging and Production".to_owned()),
        }
        .into());
    }
    context.note("MLflow has deprecated stages: `phi3ml models alias` does what they were for");
    let registry = context.server()?.registry();
    let version = context
        .unless_stopped(async {
            let number = args.of.which.number(name, registry).await?;
            let moved = registry.transition_stage(name, number, stage, archive);
            or_what_there_is(moved.await, name, registry).await?;
            Ok(registry.version(name, number).await?)
        })
        .await?;
    shown(&version, registry)
}

pub(super) async fn delete(args: &DeleteArgs, context: &Context) -> Result<Outcome> {
    let registry = context.server()?.registry();
    let name = &args.of.name;
    let number = context
        .unless_stopped(async {
            let number = args.of.which.number(name, registry).await?;
            let deleted = registry.delete_version(name, number);
            or_what_there_is(deleted.await, name, registry).await?;
            Ok(number)
        })
        .await?;
    let json = json!({ "name": name, "version": number });
    Ok(Done::new(format!("deleted version {number} of `{name}`"), &json)?.into())
}

fn shown(version: &ModelVersion, registry: &dyn Tracking) -> Result<Outcome> {
    let page = registry.page(&Page::Version(&version.name, version.version));
    let status = if version.status_message.is_empty() {
        status(version).to_owned()
    } else {
        format!("{}: {}", status(version), version.status_message)
    };
    let tags = version.tags.iter().map(|(key, tag)| (key, tag.as_str()));
    let title = format!("{} {}", version.name, version.version);
    Ok(Item::new(title, version)?
        .fact("status", status)
        .fact("aliases", version.aliases.join(", "))
        .fact("stage", stage_of(version))
        .fact("source", version.source.as_str())
        .fact("run", version.run_id.as_ref().map(ToString::to_string))
        .fact("created", Cell::time(version.creation_timestamp))
        .fact("updated", Cell::time(version.last_updated_timestamp))
        .fact("about", version.description.as_str())
        .fact("page", page)
        .section("tags", tags)
        .into())
}

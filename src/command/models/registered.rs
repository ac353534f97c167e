//! Registered models: found, shown, made, changed, renamed, deleted.

use anyhow::Result;
use serde_json::json;

use super::PAGE;
use crate::command::outcome::Column;
use crate::command::paging::Paging;
use crate::command::{Cell, Context, Done, Error, Item, Outcome, pairs};
use crate::entity::id::Version;
use crate::entity::model::{ModelVersion, RegisteredModel, Stage};
use crate::entity::tag::Tag;
use crate::tracking::{self, Creation, NewRegisteredModel, Page, Search, Thing, Tracking};

#[derive(Debug, clap::Args)]
pub(super) struct ListArgs {
    #[command(flatten)]
    order: Order,
    #[command(flatten)]
    paging: Paging,
}

#[derive(Debug, clap::Args)]
pub(super) struct SearchArgs {
    /// Condition in MLflow's language, such as "name LIKE 'phi%'" or "tags.team = 'a'"
    #[arg(value_name = "FILTER")]
    filter: String,
    #[command(flatten)]
    order: Order,
    #[command(flatten)]
    paging: Paging,
}

#[derive(Debug, clap::Args)]
struct Order {
    /// What to sort by: name or timestamp, with ASC or DESC
    #[arg(long, value_name = "KEY")]
    order_by: Vec<String>,
}

#[derive(Debug, clap::Args)]
pub(super) struct GetArgs {
    /// Registered model
    #[arg(value_name = "NAME")]
    name: String,
}

#[derive(Debug, clap::Args)]
pub(super) struct CreateArgs {
    /// Name of the new registered model
    #[arg(value_name = "NAME")]
    new_name: String,
    /// What there is to say about it
    #[arg(long, value_name = "TEXT")]
    description: Option<String>,
    /// Tag of it
    #[arg(long = "tag", value_name = "K=V", value_parser = pairs::tag)]
    tags: Vec<Tag>,
}

#[derive(Debug, clap::Args)]
pub(super) struct UpdateArgs {
    /// Registered model
    #[arg(value_name = "NAME")]
    name: String,
    /// What there is to say about it; nothing takes the old text away
    #[arg(long, value_name = "TEXT")]
    description: String,
}

#[derive(Debug, clap::Args)]
pub(super) struct RenameArgs {
    /// Registered model
    #[arg(value_name = "NAME")]
    name: String,
    /// Its new name
    #[arg(value_name = "NEW_NAME")]
    new_name: String,
}

#[derive(Debug, clap::Args)]
pub(super) struct DeleteArgs {
    /// Registered model
    #[arg(value_name = "NAME")]
    name: String,
}

const COLUMNS: &[Column<RegisteredModel>] = &[
    ("name", |model| model.name.as_str().into()),
    ("latest", |model| {
        let newest = newest(model).map(|version| version.version);
        newest.map_or(Cell::Empty, |Version(number)| Cell::Count(number))
    }),
    ("aliases", |model| aliases(model).into()),
    ("updated", |model| Cell::time(model.last_updated_timestamp)),
    ("description", |model| model.description.as_str().into()),
];

fn newest(model: &RegisteredModel) -> Option<&ModelVersion> {
    let versions = model.latest_versions.iter();
    versions.max_by_key(|version| version.version)
}

/// `champion 3, candidate 4`.
fn aliases(model: &RegisteredModel) -> String {
    let shown = |(alias, version)| format!("{alias} {version}");
    let shown: Vec<String> = model.aliases.iter().map(shown).collect();
    shown.join(", ")
}

pub(super) async fn list(args: ListArgs, context: &Context) -> Result<Outcome> {
    find(String::new(), args.order, args.paging, context).await
}

pub(super) async fn search(args: SearchArgs, context: &Context) -> Result<Outcome> {
    find(args.filter, args.order, args.paging, context).await
}

async fn find(filter: String, order: Order, paging: Paging, context: &Context) -> Result<Outcome> {
    let registry = context.server()?.registry();
    let search = Search {
        filter,
        order_by: order.order_by,
        ..Search::default()
    };
    paging
        .list("registered models", PAGE, COLUMNS, context, async |page| {
            registry.search_registered_models(&search, page).await
        })
        .await
}

pub(super) async fn get(args: &GetArgs, context: &Context) -> Result<Outcome> {
    let registry = context.server()?.registry();
    let model = context
        .unless_stopped(async { Ok(registry.registered_model(&args.name).await?) })
        .await?;
    shown(&model, registry)
}

pub(super) async fn create(args: CreateArgs, context: &Context) -> Result<Outcome> {
    let registry = context.server()?.registry();
    let new = NewRegisteredModel {
        name: args.new_name,
        description: args.description,
        tags: args.tags,
    };
    let model = context
        .unless_stopped(async {
            if registry.create_registered_model(&new).await? == Creation::Existed {
                return Err(tracking::Error::AlreadyExists {
                    thing: Thing::RegisteredModel,
                    name: new.name.clone(),
                }
                .into());
            }
            if context.is_dry_run() {
                return Err(Error::EndOfDryRun.into());
            }
            Ok(registry.registered_model(&new.name).await?)
        })
        .await?;
    shown(&model, registry)
}

pub(super) async fn update(args: &UpdateArgs, context: &Context) -> Result<Outcome> {
    let registry = context.server()?.registry();
    let model = context
        .unless_stopped(async {
            let updated = registry.update_registered_model(&args.name, &args.description);
            Ok(updated.await?)
        })
        .await?;
    shown(&model, registry)
}

pub(super) async fn rename(args: &RenameArgs, context: &Context) -> Result<Outcome> {
    let registry = context.server()?.registry();
    let model = context
        .unless_stopped(async {
            let renamed = registry.rename_registered_model(&args.name, &args.new_name);
            Ok(renamed.await?)
        })
        .await?;
    shown(&model, registry)
}

pub(super) async fn delete(args: &DeleteArgs, context: &Context) -> Result<Outcome> {
    let registry = context.server()?.registry();
    let name = &args.name;
    context
        .unless_stopped(async { Ok(registry.delete_registered_model(name).await?) })
        .await?;
    let sentence = format!("deleted the registered model `{name}` with all its versions");
    Ok(Done::new(sentence, &json!({ "name": name }))?.into())
}

fn shown(model: &RegisteredModel, registry: &dyn Tracking) -> Result<Outcome> {
    let versions = model.latest_versions.iter().rev().map(|version| {
        let source = match version.stage {
            Stage::None => version.source.clone(),
            stage => format!("{}, {stage}", version.source),
        };
        (version.version, source)
    });
    let page = registry.page(&Page::RegisteredModel(&model.name));
    let aliases = model
        .aliases
        .iter()
        .map(|(alias, of)| (alias, Cell::of(of)));
    let tags = model.tags.iter().map(|(key, tag)| (key, tag.as_str()));
    Ok(Item::new(model.name.as_str(), model)?
        .fact("created", Cell::time(model.creation_timestamp))
        .fact("updated", Cell::time(model.last_updated_timestamp))
        .fact("about", model.description.as_str())
        .fact("page", page)
        .section("aliases", aliases)
        .section("newest versions", versions)
        .section("tags", tags)
        .into())
}

//! What is stuck on registered models and versions: aliases and tags.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use serde::Serialize;

use super::which::Which;
use crate::command::{Context, Done, Outcome, pairs};
use crate::entity::id::Version;
use crate::entity::limits;
use crate::entity::tag::Tag;
use crate::tracking::Tracking;
use crate::tracking::resolve::or_what_there_is;

#[derive(Debug, clap::Args)]
pub(super) struct AliasArgs {
    /// Registered model
    #[arg(value_name = "NAME")]
    name: String,
    /// Alias, without @
    #[arg(value_name = "ALIAS")]
    alias: String,
    /// Number, @ALIAS or latest
    #[arg(value_name = "VERSION")]
    which: Which,
}

#[derive(Debug, clap::Args)]
pub(super) struct DeleteAliasArgs {
    /// Registered model
    #[arg(value_name = "NAME")]
    name: String,
    /// Alias, without @
    #[arg(value_name = "ALIAS")]
    alias: String,
}

#[derive(Debug, clap::Args)]
#[command(disable_version_flag = true)]
pub(super) struct TagArgs {
    /// Registered model
    #[arg(value_name = "NAME")]
    name: String,
    /// Tags
    #[arg(value_name = "K=V", value_parser = pairs::tag, required = true)]
    tags: Vec<Tag>,
    /// Tag this version and not the model: number, @ALIAS or latest
    #[arg(long = "version", value_name = "VERSION")]
    which: Option<Which>,
}

#[derive(Debug, clap::Args)]
#[command(disable_version_flag = true)]
pub(super) struct DeleteTagArgs {
    /// Registered model
    #[arg(value_name = "NAME")]
    name: String,
    /// Keys of the tags
    #[arg(value_name = "KEY", required = true)]
    keys: Vec<String>,
    /// Take them off this version and not off the model: number, @ALIAS or latest
    #[arg(long = "version", value_name = "VERSION")]
    which: Option<Which>,
}

/// What was labelled, and how.
#[derive(Serialize)]
struct Labelled<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    alias: Option<&'a str>,
    version: Option<Version>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tags: Option<BTreeMap<&'a str, &'a str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    keys: Option<&'a [String]>,
}

impl<'a> Labelled<'a> {
    fn new(name: &'a str, version: Option<Version>) -> Self {
        Self {
            name,
            alias: None,
            version,
            tags: None,
            keys: None,
        }
    }
}

pub(super) async fn alias(args: &AliasArgs, context: &Context) -> Result<Outcome> {
    let AliasArgs { name, alias, .. } = args;
    limits::alias(alias)?;
    let registry = context.server()?.registry();
    let (before, number) = context
        .unless_stopped(async {
            let model = registry.registered_model(name).await?;
            let number = args.which.number(name, registry).await?;
            let set = registry.set_alias(name, alias, number);
            or_what_there_is(set.await, name, registry).await?;
            Ok((model.aliases.get(alias).copied(), number))
        })
        .await?;
    let came_from = match before {
        None => String::new(),
        Some(before) if before == number => ", as before".to_owned(),
        Some(before) => format!(", and no longer to {before}"),
    };
    let done = Labelled {
        alias: Some(alias),
        ..Labelled::new(name, Some(number))
    };
    let sentence = format!("`{name}@{alias}` points to version {number}{came_from}");
    Ok(Done::new(sentence, &done)?.into())
}

pub(super) async fn delete_alias(args: &DeleteAliasArgs, context: &Context) -> Result<Outcome> {
    let DeleteAliasArgs { name, alias } = args;
    let registry = context.server()?.registry();
    let before = context
        .unless_stopped(async {
            // MLflow deletes what is not there without a word; a mistyped alias deserves one.
            let before = Which::Alias(alias.clone()).version(name, registry).await?;
            registry.delete_alias(name, alias).await?;
            Ok(before.version)
        })
        .await?;
    let done = Labelled {
        alias: Some(alias),
        ..Labelled::new(name, Some(before))
    };
    let sentence = format!("deleted the alias `{name}@{alias}`, which pointed to version {before}");
    Ok(Done::new(sentence, &done)?.into())
}

pub(super) async fn tag(args: &TagArgs, context: &Context) -> Result<Outcome> {
    let TagArgs { name, tags, .. } = args;
    tags.iter().try_for_each(limits::registry_tag)?;
    let registry = context.server()?.registry();
    let number = context
        .unless_stopped(async {
            let number = numbered(name, args.which.as_ref(), registry).await?;
            for tag in tags {
                let set = match number {
                    Some(number) => registry.set_version_tag(name, number, tag),
                    None => registry.set_registered_model_tag(name, tag),
                };
                or_what_there_is(set.await, name, registry)
                    .await
                    .with_context(|| format!("cannot set the tag `{}`", tag.key))?;
            }
            Ok(number)
        })
        .await?;
    let pairs = tags
        .iter()
        .map(|tag| (tag.key.as_str(), tag.value.as_str()));
    let done = Labelled {
        tags: Some(pairs.collect()),
        ..Labelled::new(name, number)
    };
    let keys: Vec<&str> = tags.iter().map(|tag| tag.key.as_str()).collect();
    let sentence = format!("tagged {} with {}", called(name, number), keys.join(", "));
    Ok(Done::new(sentence, &done)?.into())
}

pub(super) async fn delete_tag(args: &DeleteTagArgs, context: &Context) -> Result<Outcome> {
    let DeleteTagArgs { name, keys, .. } = args;
    let registry = context.server()?.registry();
    let number = context
        .unless_stopped(async {
            let number = numbered(name, args.which.as_ref(), registry).await?;
            for key in keys {
                let deleted = match number {
                    Some(number) => registry.delete_version_tag(name, number, key),
                    None => registry.delete_registered_model_tag(name, key),
                };
                or_what_there_is(deleted.await, name, registry)
                    .await
                    .with_context(|| format!("cannot delete the tag `{key}`"))?;
            }
            Ok(number)
        })
        .await?;
    let done = Labelled {
        keys: Some(keys),
        ..Labelled::new(name, number)
    };
    let sentence = format!("took {} off {}", keys.join(", "), called(name, number));
    Ok(Done::new(sentence, &done)?.into())
}

async fn numbered(
    name: &str,
    version: Option<&Which>,
    registry: &dyn Tracking,
) -> Result<Option<Version>> {
    match version {
        Some(which) => which.number(name, registry).await.map(Some),
        None => Ok(None),
    }
}

fn called(name: &str, version: Option<Version>) -> String {
    match version {
        Some(version) => format!("version {version} of `{name}`"),
        None => format!("`{name}`"),
    }
}

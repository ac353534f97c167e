//! `register`: a version of a registered model from a model that is logged already.
//!
//! One that is not, a folder or an archive of this machine, is logged first: that is in [`unlogged`].

#![expect(
    clippy::doc_markdown,
    reason = "the docs of arguments are the text of `--help`"
)]

mod unlogged;

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context as _, Result};
use clap::ValueEnum;
use serde::Serialize;

use super::model;
use super::registration::Attempt;
use super::{Context, Error, pairs, registration};
use crate::digest::Digest;
use crate::entity::id::{ModelId, RequestId, RunId, Version};
use crate::entity::limits;
use crate::entity::model::{LoggedModel, LoggedModelStatus, ModelVersion, VersionStatus};
use crate::entity::tag::{self, Tag};
use crate::entity::uri::ModelUri;
use crate::tracking::resolve::Resolved;
use crate::tracking::{NewVersion, Page, Tracking};

/// Make a version of a registered model from a logged model
#[derive(Debug, clap::Args)]
pub struct Args {
    /// models:/m-ID, models:/NAME/VERSION, models:/NAME@ALIAS, runs:/RUN_ID/PATH, or an artifact URI; a folder or
    /// a .zip of this machine is logged first, as `log-model` does
    #[arg(value_name = "MODEL_URI")]
    pub model_uri: String,
    /// Registered model, created where it is missing
    #[arg(value_name = "NAME")]
    pub name: String,
    /// Alias of the version, moved from an older one
    #[arg(long = "alias", value_name = "ALIAS")]
    pub aliases: Vec<String>,
    /// Tag of the version
    #[arg(long = "tag", value_name = "K=V", value_parser = pairs::tag)]
    pub tags: Vec<Tag>,
    /// Description of the version
    #[arg(long, value_name = "TEXT")]
    pub description: Option<String>,
    /// What to do where a version of the same source is there already
    #[arg(long, value_enum, default_value_t, value_name = "WHAT")]
    pub if_exists: IfExists,
    /// How long to wait until the version is ready
    #[arg(long, value_name = "SECONDS", default_value_t = registration::WAIT.as_secs())]
    pub wait: u64,
}

/// What to do where a version of the same source is there already.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum IfExists {
    /// Make another version, as MLflow does
    #[default]
    New,
    /// Take the one that is there
    Reuse,
    /// Fail
    Fail,
}

/// What `register` did.
#[derive(Debug, Serialize)]
pub struct Outcome {
    pub(crate) name: String,
    pub(crate) version: Version,
    pub(crate) source: String,
    pub(crate) run_id: Option<RunId>,
    pub(crate) model_id: Option<ModelId>,
    pub(crate) status: VersionStatus,
    pub(crate) aliases: Vec<String>,
    pub(crate) tags: BTreeMap<String, String>,
    /// For each alias that was asked for, the version it was taken from.
    #[serde(skip)]
    pub(crate) taken_from: Vec<(String, Option<Version>)>,
    #[serde(skip)]
    pub(crate) page: Option<String>,
}

/// Runs the command.
pub async fn run(args: Args, context: &Context) -> Result<super::Outcome> {
    limits::registered_model_name(&args.name)?;
    args.aliases
        .iter()
        .try_for_each(|alias| limits::alias(alias))?;
    args.tags.iter().try_for_each(limits::registry_tag)?;
    let server = context.server()?;
    let registry = server.registry();
    let uri: ModelUri = args.model_uri.parse()?;
    let Some(source) = context.unless_stopped(source(&uri, context)).await? else {
        return unlogged::log(args, &uri, context).await;
    };
    // Another registry knows the files, but not the logged model.
    let has_other_registry = server.has_other_registry;
    let wanted = NewVersion {
        request_id: RequestId::unique(),
        name: args.name.clone(),
        source: if has_other_registry {
            source.found.artifact_uri.clone()
        } else {
            source.found.source()
        },
        model_id: source
            .found
            .model_id()
            .filter(|_| !has_other_registry)
            .cloned(),
        run_id: source.found.run_id,
        description: args.description.clone(),
        tags: with_digest(args.tags.clone(), source.sha256),
    };
    let existing = context
        .unless_stopped(existing(&args, &wanted, registry))
        .await?;
    let ensured = context
        .unless_stopped(registration::ensure(
            &args.name,
            !args.aliases.is_empty(),
            registry,
        ))
        .await?;
    let attempt = Attempt {
        wanted: &wanted,
        existing: existing.as_ref().map(|version| version.version),
        aliases: &args.aliases,
        ensured: &ensured,
    };
    let version = match version(&args, &wanted, existing, context).await {
        Ok(version) => version,
        Err(error) => {
            attempt.take_back(registry, context).await;
            return Err(error);
        }
    };
    let taken_from = args
        .aliases
        .iter()
        .map(|alias| (alias.clone(), ensured.holder(alias)))
        .collect();
    let page = registry.page(&Page::Version(&version.name, version.version));
    Ok(super::Outcome::Register(Outcome::new(
        version,
        wanted.model_id,
        taken_from,
        page,
    )))
}

/// A model that is known to be there.
struct Source {
    found: Resolved,
    sha256: Option<Digest>,
}

/// Finds the model, and makes sure that there is one, before anything is created. None where it is on this machine
/// and no ledger knows of it.
async fn source(uri: &ModelUri, context: &Context) -> Result<Option<Source>> {
    let is_with_files = context.server()?.file.is_some();
    let stored = match uri {
        ModelUri::Path(_) if !is_with_files => None,
        // A database keeps its artifacts in folders of this machine.
        ModelUri::Path(_) => Some(model::locate(uri, context).await?).filter(|stored| {
            stored.resolved.run_id.is_some() || stored.resolved.logged_model.is_some()
        }),
        _ => Some(model::locate(uri, context).await?),
    };
    let Some(stored) = stored else {
        return Ok(None);
    };
    let (found, store) = (stored.resolved, stored.store);
    let is_whole = |model: &LoggedModel| {
        !matches!(
            model.status,
            LoggedModelStatus::Pending | LoggedModelStatus::UploadFailed
        )
    };
    if !found.logged_model.as_ref().is_none_or(is_whole) {
        return Err(Error::NotReady).with_context(|| format!("cannot register `{uri}`"));
    }
    let sha256 = model::check(store.as_ref())
        .await
        .with_context(|| format!("cannot register `{uri}`"))?;
    Ok(Some(Source { found, sha256 }))
}

fn with_digest(mut tags: Vec<Tag>, sha256: Option<Digest>) -> Vec<Tag> {
    tags.extend(sha256.map(|digest| Tag::new(tag::SHA256, digest.to_string())));
    tags
}

/// The newest version of the same source, where the arguments ask about one.
async fn existing(
    args: &Args,
    wanted: &NewVersion,
    registry: &dyn Tracking,
) -> Result<Option<ModelVersion>> {
    if args.if_exists == IfExists::New {
        return Ok(None);
    }
    let versions = registry.versions(&args.name).await?;
    let same = versions
        .into_iter()
        .filter(|version| version.source == wanted.source)
        .filter(|version| version.status != VersionStatus::FailedRegistration)
        .max_by_key(|version| version.version);
    match (args.if_exists, same) {
        (IfExists::Fail, Some(version)) => Err(Error::Exists(format!(
            "version {} of `{}` has the same source already",
            version.version, args.name
        ))
        .into()),
        (_, same) => Ok(same),
    }
}

/// The version that was asked for, READY and with its aliases.
async fn version(
    args: &Args,
    wanted: &NewVersion,
    existing: Option<ModelVersion>,
    context: &Context,
) -> Result<ModelVersion> {
    let registry = context.server()?.registry();
    let wait = Duration::from_secs(args.wait);
    let version = if let Some(version) = existing {
        let version = registration::await_ready(version, wait, registry, context).await?;
        context
            .unless_stopped(described(version, args, registry))
            .await?
    } else {
        registration::create_version(wanted, wait, registry, context).await?
    };
    let aliases = registration::set_aliases(&args.name, version.version, &args.aliases, registry);
    context.unless_stopped(aliases).await?;
    Ok(version)
}

/// A version that is taken as it is, but for what is to be said and noted on it.
async fn described(
    version: ModelVersion,
    args: &Args,
    registry: &dyn Tracking,
) -> Result<ModelVersion> {
    let (name, number) = (&version.name, version.version);
    for tag in &args.tags {
        registry.set_version_tag(name, number, tag).await?;
    }
    if let Some(description) = &args.description {
        registry.update_version(name, number, description).await?;
    }
    // A search, by which it was found, does not tell its aliases.
    Ok(registry.version(name, number).await?)
}

impl Outcome {
    fn new(
        version: ModelVersion,
        model_id: Option<ModelId>,
        taken_from: Vec<(String, Option<Version>)>,
        page: Option<String>,
    ) -> Self {
        let mut aliases = version.aliases;
        for (alias, _) in &taken_from {
            if !aliases.contains(alias) {
                aliases.push(alias.clone());
            }
        }
        Self {
            name: version.name,
            version: version.version,
            source: version.source,
            run_id: version.run_id,
            model_id,
            status: version.status,
            aliases,
            tags: version.tags,
            taken_from,
            page,
        }
    }
}

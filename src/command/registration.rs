//! Making a version of a registered model, and giving it aliases: what `register` and `log-model` share.
//!
//! ```text
//! ensure ─► create version ─► await READY ─► set aliases
//!   └──── on failure: taken back as if it had never been asked for
//! ```

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context as _, Result};

use super::{Context, Error};
use crate::entity::id::Version;
use crate::entity::model::{ModelVersion, RegisteredModel, VersionStatus};
use crate::tracking::{
    self, Creation, NewRegisteredModel, NewVersion, PageOf, Search, Tracking, optional,
};

/// How long a version may take to be READY, as in MLflow (`await_registration_for`).
pub(super) const WAIT: Duration = Duration::from_mins(5);
const POLL: Duration = Duration::from_millis(500);
/// After a failure the server is not to be waited for again at length.
const CLEAN_UP: Duration = Duration::from_secs(10);

/// A registered model that is there, and what was known of it before.
pub(super) struct Ensured {
    is_new: bool,
    aliases: BTreeMap<String, Version>,
}

impl Ensured {
    /// The version that an alias pointed to.
    pub(super) fn holder(&self, alias: &str) -> Option<Version> {
        self.aliases.get(alias).copied()
    }
}

/// Creates a registered model where it is missing.
///
/// Where aliases are to move, their present holders are asked for first, which also tells whether the
/// model exists; else creating it and being refused is one request less.
pub(super) async fn ensure(
    name: &str,
    aliases_move: bool,
    registry: &dyn Tracking,
) -> Result<Ensured> {
    if aliases_move {
        let model = optional(registry.registered_model(name).await)?;
        if let Some(RegisteredModel { aliases, .. }) = model {
            return Ok(Ensured {
                is_new: false,
                aliases,
            });
        }
    }
    let new = NewRegisteredModel {
        name: name.to_owned(),
        ..NewRegisteredModel::default()
    };
    let creation = registry.create_registered_model(&new).await?;
    Ok(Ensured {
        is_new: creation == Creation::Created,
        aliases: BTreeMap::new(),
    })
}

/// Creates a version and waits until it is READY.
pub(super) async fn create_version(
    version: &NewVersion,
    wait: Duration,
    registry: &dyn Tracking,
    context: &Context,
) -> Result<ModelVersion> {
    let created = context
        .unless_stopped(async { Ok(registry.create_version(version).await?) })
        .await
        .with_context(|| format!("cannot register a version of `{}`", version.name))?;
    await_ready(created, wait, registry, context).await
}

/// Waits until a version is READY.
pub(super) async fn await_ready(
    mut version: ModelVersion,
    wait: Duration,
    registry: &dyn Tracking,
    context: &Context,
) -> Result<ModelVersion> {
    let deadline = tokio::time::Instant::now() + wait;
    loop {
        match version.status {
            VersionStatus::Ready => return Ok(version),
            VersionStatus::FailedRegistration => {
                let reason = version.status_message;
                anyhow::bail!("the server could not register the version: {reason}");
            }
            _ if tokio::time::Instant::now() >= deadline => {
                let (name, number) = (&version.name, version.version);
                return Err(Error::TooSlow(format!(
                    "version {number} of `{name}` is not ready after {} s",
                    wait.as_secs()
                ))
                .into());
            }
            VersionStatus::PendingRegistration => tokio::time::sleep(POLL).await,
        }
        version = context
            .unless_stopped(async { Ok(registry.version(&version.name, version.version).await?) })
            .await?;
    }
}

/// Points aliases at a version.
pub(super) async fn set_aliases(
    name: &str,
    version: Version,
    aliases: &[String],
    registry: &dyn Tracking,
) -> Result<()> {
    for alias in aliases {
        registry
            .set_alias(name, alias, version)
            .await
            .with_context(|| format!("cannot set the alias `{alias}`"))?;
    }
    Ok(())
}

/// What a call that failed may have changed.
pub(super) struct Attempt<'a> {
    /// What was to be made, unless it was there already.
    pub(super) wanted: &'a NewVersion,
    /// The version that was there already.
    pub(super) existing: Option<Version>,
    /// The aliases that were to move.
    pub(super) aliases: &'a [String],
    /// What was known before.
    pub(super) ensured: &'a Ensured,
}

impl Attempt<'_> {
    /// Leaves the registry as it was. What came of the call the server is asked, since an answer may have been
    /// lost.
    pub(super) async fn take_back(&self, registry: &dyn Tracking, context: &Context) {
        let name = &self.wanted.name;
        if !in_time(self.undo(registry)).await {
            context.warn(&format!(
                "it could not be taken back: look at `phi3ml models versions {name}`"
            ));
        }
    }

    async fn undo(&self, registry: &dyn Tracking) -> Result<(), tracking::Error> {
        let name = &self.wanted.name;
        let made = match self.existing {
            Some(_) => None,
            None => made_by(self.wanted, registry).await?,
        };
        if let Some(version) = self.existing.or(made) {
            for alias in self.aliases {
                self.give_back(alias, version, registry).await?;
            }
        }
        if let Some(version) = made {
            registry.delete_version(name, version).await?;
        }
        remove_if_new_and_empty(name, self.ensured, registry).await
    }

    /// Points an alias again at the version that had it, unless it never moved or somebody moved it since.
    async fn give_back(
        &self,
        alias: &str,
        from: Version,
        registry: &dyn Tracking,
    ) -> Result<(), tracking::Error> {
        let name = &self.wanted.name;
        let present = optional(registry.version_by_alias(name, alias).await)?;
        if present.is_none_or(|present| present.version != from) {
            return Ok(());
        }
        match self.ensured.holder(alias) {
            Some(holder) if holder == from => Ok(()),
            Some(holder) => registry.set_alias(name, alias, holder).await,
            None => registry.delete_alias(name, alias).await,
        }
    }
}

/// Takes away a registered model that was made for a version of which nothing came.
pub(super) async fn take_back_model(
    name: &str,
    ensured: &Ensured,
    registry: &dyn Tracking,
    context: &Context,
) {
    if !in_time(remove_if_new_and_empty(name, ensured, registry)).await {
        context.warn(&format!(
            "the registered model `{name}` is left without a version"
        ));
    }
}

/// Somebody else may have made a version meanwhile: then the model stays.
async fn remove_if_new_and_empty(
    name: &str,
    ensured: &Ensured,
    registry: &dyn Tracking,
) -> Result<(), tracking::Error> {
    if !ensured.is_new {
        return Ok(());
    }
    match optional(registry.registered_model(name).await)? {
        Some(model) if model.latest_versions.is_empty() => {
            registry.delete_registered_model(name).await
        }
        _ => Ok(()),
    }
}

/// The version that came of a request, if one did.
async fn made_by(
    wanted: &NewVersion,
    registry: &dyn Tracking,
) -> Result<Option<Version>, tracking::Error> {
    let page = PageOf {
        size: 1,
        token: None,
    };
    let search = Search::made_by(&wanted.request_id);
    let found = registry.search_versions(&search, page).await?;
    Ok(found.items.first().map(|version| version.version))
}

async fn in_time(work: impl Future<Output = Result<(), tracking::Error>>) -> bool {
    matches!(tokio::time::timeout(CLEAN_UP, work).await, Ok(Ok(())))
}

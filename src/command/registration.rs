//! Making a version of a registered model, and giving it aliases: what `register` and `log-model` share.
//!
//! ```text
//! ensure ─► create version ─► await READY            set aliases
//!   └──── on failure: what this call created and is still empty is taken away again
//! ```

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context as _, Result};

use super::{Context, Error};
use crate::entity::id::Version;
use crate::entity::model::{ModelVersion, RegisteredModel, VersionStatus};
use crate::tracking::{self, Creation, NewRegisteredModel, NewVersion, Tracking, optional};

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

/// Creates a version and waits until it is READY. If none comes of it, the registered model goes again that
/// was made for it.
pub(super) async fn create_version(
    version: &NewVersion,
    ensured: &Ensured,
    wait: Duration,
    registry: &dyn Tracking,
    context: &Context,
) -> Result<ModelVersion> {
    let created = context
        .unless_stopped(async { Ok(registry.create_version(version).await?) })
        .await;
    let name = &version.name;
    match created {
        Ok(created) => await_ready(created, wait, registry, context).await,
        Err(error) => {
            if ensured.is_new {
                let take_away = take_away_if_empty(name, registry);
                if !matches!(tokio::time::timeout(CLEAN_UP, take_away).await, Ok(Ok(()))) {
                    context.warn(&format!(
                        "the registered model `{name}` is left without a version"
                    ));
                }
            }
            Err(error).with_context(|| format!("cannot register a version of `{name}`"))
        }
    }
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

/// Somebody else may have made a version meanwhile: then the model stays.
async fn take_away_if_empty(name: &str, registry: &dyn Tracking) -> Result<(), tracking::Error> {
    let model = registry.registered_model(name).await?;
    if model.latest_versions.is_empty() {
        registry.delete_registered_model(name).await?;
    }
    Ok(())
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

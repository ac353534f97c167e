//! From a model URI to a folder of this machine that holds the model, verified.
//!
//! ```text
//! URI ─► store ─► look: files and digests ─► in the cache? ─► fetch what is missing there ─► use it in place
//! ```
//!
//! A model without a list of digests, and one that is read back to be compared, go to a folder of their own,
//! which is removed again.

mod archive;
mod kept;
mod look;
mod passing;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result};

use super::meter::{Direction, Meter};
use super::{Context, Error};
use crate::artifacts::ArtifactStore;
use crate::cache;
use crate::digest::Digest;
use crate::entity::deed::Deed;
use crate::entity::manifest::{RelativePath, SUMS};
use crate::entity::model::ModelVersion;
use crate::entity::uri::ModelUri;
use crate::package::Archive;
use crate::tracking::resolve::{self, Resolved};
use crate::transfer::{self, Landing, Listed, Summary};

pub(super) use archive::unpack;
pub(super) use kept::{give, take};
use look::Looked;
pub(super) use look::{
    MLMODEL, check, look, look_at, read_small, require_mlmodel, require_model, sums_above, sums_in,
};
use passing::Passing;

/// How long to wait before it is looked again whether another process is done.
const WAIT: Duration = Duration::from_millis(100);

/// Whether an earlier download will do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reuse {
    /// A model with the same digests is taken from the cache.
    Cache,
    /// Every byte comes from the server, and must be what was sent.
    Nothing(Expected),
}

/// The digests of a model that was just sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Expected {
    pub(super) sums: Digest,
    pub(super) mlmodel: Digest,
}

/// A model on this machine, as long as this value lives.
#[derive(Debug)]
pub(super) struct Local {
    pub(super) folder: PathBuf,
    _keeper: Keeper,
}

/// What keeps the folder where it is.
#[derive(Debug)]
enum Keeper {
    /// The user, whose folder it is.
    User,
    /// The cache, which must not remove it meanwhile.
    Cache { _held: cache::Held },
    /// This process, which will remove it.
    Process { _passing: Passing },
}

impl From<cache::Held> for Local {
    fn from(held: cache::Held) -> Self {
        Self {
            folder: held.folder.clone(),
            _keeper: Keeper::Cache { _held: held },
        }
    }
}

/// Finds or fetches the model that `uri` names.
pub(super) async fn fetch(uri: &str, reuse: Reuse, context: &Context) -> Result<Local> {
    let uri: ModelUri = uri.parse()?;
    if let ModelUri::Path(folder) = &uri {
        if Archive::is_at(folder) {
            return unpack(folder, context).await;
        }
        if !folder.exists() {
            return Err(Error::NoPath(folder.clone()).into());
        }
        return Ok(Local {
            folder: folder.clone(),
            _keeper: Keeper::User,
        });
    }
    let Stored { store, .. } = locate(&uri, context).await?;
    context.step(&format!("downloading {uri}"));
    download(&uri, store.as_ref(), reuse, context)
        .await
        .with_context(|| format!("cannot download `{uri}`"))
}

/// A model where the server keeps it.
pub(super) struct Stored {
    pub(super) resolved: Resolved,
    pub(super) store: Box<dyn ArtifactStore>,
}

/// Finds the place of a model's files; whether there are any is not looked at.
pub(super) async fn locate(uri: &ModelUri, context: &Context) -> Result<Stored> {
    let server = context.server()?;
    let resolved = resolve::resolve(uri, server.tracking(), server.registry())
        .await
        .with_context(|| format!("cannot find `{uri}`"))?;
    let store = context.store(&resolved.artifact_uri)?;
    Ok(Stored { resolved, store })
}

async fn download(
    uri: &ModelUri,
    store: &dyn ArtifactStore,
    reuse: Reuse,
    context: &Context,
) -> Result<Local> {
    let looked = look(store).await?;
    looked.require_all()?;
    if let Reuse::Nothing(expected) = reuse {
        as_sent(&looked, expected)?;
        return apart(&looked, store, context).await;
    }
    if let Some((key, contents)) = looked.contents(&uri.to_string()) {
        return kept::fetch(key, contents, &looked, store, context).await;
    }
    context.warn("the model has no `SHA256SUMS`: its bytes are taken as they come");
    apart(&looked, store, context).await
}

/// Fetches it into a folder of its own.
async fn apart(looked: &Looked, store: &dyn ArtifactStore, context: &Context) -> Result<Local> {
    let digests = looked.digests();
    let mut files = looked.files.clone();
    if !digests.is_empty() {
        files.retain(|file| digests.contains_key(&file.path));
    }
    would_download(&files, context)?;
    let passing = Passing::open(&context.settings.folders.cache.join("passing"), context).await?;
    let meter = Meter::start(Direction::Download, context);
    fetch_into(passing.landing()?, &files, &digests, store, &meter).await?;
    meter.finish();
    Ok(Local {
        folder: passing.landing()?.files(),
        _keeper: Keeper::Process { _passing: passing },
    })
}

/// Fetches files into a landing. It stays for the next call to go on with, unless that cannot mend it.
pub(super) async fn fetch_into(
    landing: &Landing,
    files: &[Listed],
    digests: &BTreeMap<RelativePath, Digest>,
    store: &dyn ArtifactStore,
    meter: &Meter<'_>,
) -> Result<Summary> {
    let listener = meter.listener();
    let fetched = transfer::download(files, digests, store, landing, listener.as_ref()).await;
    if fetched.as_ref().is_err_and(|error| !error.can_go_on()) {
        landing.clear();
    }
    Ok(fetched?)
}

/// A place for a download, and whether another process was at work on the same until now.
pub(super) struct Opened {
    pub(super) landing: Landing,
    pub(super) has_waited: bool,
}

/// The place for a download of `files`, once no other process is at work on the same. What an earlier call left
/// there of others is gone.
pub(super) async fn landing(
    parent: &Path,
    key: &str,
    files: &[Listed],
    context: &Context,
) -> Result<Opened> {
    let mut has_waited = false;
    loop {
        if let Some(landing) = Landing::try_open(parent, key)? {
            landing.retain(files)?;
            return Ok(Opened {
                landing,
                has_waited,
            });
        }
        if !has_waited {
            context.note("another process is downloading the same: waiting for it");
            has_waited = true;
        }
        tokio::time::sleep(WAIT).await;
    }
}

/// What a folder with a version in it is called: `phi3-3` for version 3 of `phi3`. A server's word for a name is
/// taken if it cannot lead anywhere else.
pub(super) fn folder_of(version: &ModelVersion) -> String {
    let name = format!("{}-{}", version.name, version.version);
    match name.parse::<RelativePath>() {
        Ok(path) if path.parts().count() == 1 => name,
        _ => format!("model-{}", version.version),
    }
}

/// A dry run ends where files would be fetched.
fn would_download(files: &[Listed], context: &Context) -> Result<()> {
    if !context.is_dry_run() {
        return Ok(());
    }
    for file in files {
        let text = format!("download `{}`", file.path);
        context.would(Deed::moving("download", text, file.size.unwrap_or(0)));
    }
    Err(Error::EndOfDryRun.into())
}

/// What was just sent must come back as it was.
fn as_sent(looked: &Looked, expected: Expected) -> Result<()> {
    let sums = looked.sums.as_ref().map(|sums| sums.digest);
    if sums != Some(expected.sums) {
        return Err(Error::NotAsSent { file: SUMS }.into());
    }
    if looked.mlmodel.as_deref().map(Digest::of) != Some(expected.mlmodel) {
        return Err(Error::NotAsSent { file: MLMODEL }.into());
    }
    Ok(())
}

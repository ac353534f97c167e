//! From a model URI to a folder of this machine that holds the model, verified.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use futures_util::TryStreamExt as _;

use super::{Context, Error};
use crate::artifacts::ArtifactStore;
use crate::digest::Digest;
use crate::entity::deed::Deed;
use crate::entity::manifest::{RelativePath, SUMS, parse_sums};
use crate::entity::uri::ModelUri;
use crate::tracking::resolve::{self, Resolved};
use crate::transfer::{self, Listed};

/// No manifest and no `MLmodel` is longer; what is comes from a broken or hostile server.
const LONGEST_TEXT: usize = 64 << 20;

/// The file without which there is no model.
const MLMODEL: &str = "MLmodel";

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

/// A model on this machine.
#[derive(Debug)]
pub(super) struct Local {
    pub(super) folder: PathBuf,
    /// Removed with this value, where the download is not kept.
    _temporary: Option<Temporary>,
}

/// Finds or fetches the model that `uri` names.
pub(super) async fn fetch(uri: &str, reuse: Reuse, context: &Context) -> Result<Local> {
    let uri: ModelUri = uri.parse()?;
    if let ModelUri::Path(folder) = &uri {
        return Ok(Local {
            folder: folder.clone(),
            _temporary: None,
        });
    }
    let Stored { store, .. } = locate(&uri, context).await?;
    context.step(&format!("downloading {uri}"));
    download(store.as_ref(), reuse, context)
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

async fn download(store: &dyn ArtifactStore, reuse: Reuse, context: &Context) -> Result<Local> {
    let mut files = transfer::list(store).await?;
    require_model(&files, store)?;
    let sums = read_sums(&files, store).await?;
    let mut digests = BTreeMap::new();
    let mut kept = None;
    if let Some(sums) = sums {
        let mlmodel = Digest::of(&read_small(MLMODEL, store).await?);
        as_sent(reuse, &sums, mlmodel)?;
        // `MLmodel` is not among the sums, and what it says decides which files are used.
        let both = format!("{} {mlmodel}", sums.digest);
        kept = Some(models_folder(context).join(Digest::of(both.as_bytes()).to_string()));
        digests = sums.digests;
        digests.insert(MLMODEL.parse()?, mlmodel);
        require_all(&digests, &files)?;
        files.retain(|file| digests.contains_key(&file.path));
    } else if reuse == Reuse::Cache {
        context.warn("the model has no `SHA256SUMS`: its bytes are taken as they come");
    } else {
        return Err(Error::NotAsSent { file: SUMS }.into());
    }
    if let (Reuse::Cache, Some(folder)) = (reuse, &kept)
        && folder.is_dir()
    {
        return Ok(Local {
            folder: folder.clone(),
            _temporary: None,
        });
    }
    if context.is_dry_run() {
        for file in &files {
            let text = format!("download `{}`", file.path);
            context.would(Deed::moving("download", text, file.size.unwrap_or(0)));
        }
        return Err(Error::EndOfDryRun.into());
    }
    let temporary = Temporary::create(&models_folder(context))?;
    let listener = context.listener();
    transfer::download(&files, &digests, store, temporary.path(), listener.as_ref()).await?;
    match kept {
        Some(folder) if reuse == Reuse::Cache => keep(temporary, folder),
        _ => Ok(Local {
            folder: temporary.path().to_path_buf(),
            _temporary: Some(temporary),
        }),
    }
}

/// What was just sent must come back as it was.
fn as_sent(reuse: Reuse, sums: &Sums, mlmodel: Digest) -> Result<()> {
    let Reuse::Nothing(expected) = reuse else {
        return Ok(());
    };
    if sums.digest != expected.sums {
        return Err(Error::NotAsSent { file: SUMS }.into());
    }
    if mlmodel != expected.mlmodel {
        return Err(Error::NotAsSent { file: MLMODEL }.into());
    }
    Ok(())
}

/// A place without either file is one where no model was logged, or not all of one.
pub(super) fn require_model(files: &[Listed], store: &dyn ArtifactStore) -> Result<()> {
    if [MLMODEL, "genai_config.json"]
        .iter()
        .any(|name| holds(files, name))
    {
        Ok(())
    } else {
        let place = store.place();
        Err(Error::NoModel { place }.into())
    }
}

fn holds(files: &[Listed], name: &str) -> bool {
    files.iter().any(|file| file.path.as_str() == name)
}

/// What the model's own list of digests says.
pub(super) struct Sums {
    /// The digest of the list itself.
    pub(super) digest: Digest,
    /// Those of the files, the list among them.
    pub(super) digests: BTreeMap<RelativePath, Digest>,
}

/// What stands in `SHA256SUMS`. Servers of MLflow 2 answer 500 for a file that is not there, so it is
/// asked for only where it is listed.
pub(super) async fn read_sums(files: &[Listed], store: &dyn ArtifactStore) -> Result<Option<Sums>> {
    if !holds(files, SUMS) {
        return Ok(None);
    }
    let bytes = read_small(SUMS, store).await?;
    let text = String::from_utf8_lossy(&bytes);
    let mut digests: BTreeMap<_, _> = parse_sums(&text)?.into_iter().collect();
    let digest = Digest::of(&bytes);
    digests.insert(SUMS.parse()?, digest);
    Ok(Some(Sums { digest, digests }))
}

/// Makes sure that all files of a model are there; tells the digest of its `SHA256SUMS`, where it has one.
pub(super) async fn check(store: &dyn ArtifactStore) -> Result<Option<Digest>> {
    let files = transfer::list(store).await?;
    if !holds(&files, MLMODEL) {
        let place = store.place();
        return Err(Error::NoModel { place }.into());
    }
    let Some(sums) = read_sums(&files, store).await? else {
        return Ok(None);
    };
    require_all(&sums.digests, &files)?;
    Ok(Some(sums.digest))
}

/// A small file of a store.
async fn read_small(name: &str, store: &dyn ArtifactStore) -> Result<Vec<u8>> {
    let mut blocks = store.get(&name.parse()?, 0).await?.bytes;
    let mut bytes = Vec::new();
    while let Some(block) = blocks.try_next().await? {
        bytes.extend_from_slice(&block);
        anyhow::ensure!(
            bytes.len() <= LONGEST_TEXT,
            "`{name}` is too long to be one"
        );
    }
    Ok(bytes)
}

/// All files of which there is a digest must be there.
pub(super) fn require_all(
    digests: &BTreeMap<RelativePath, Digest>,
    files: &[Listed],
) -> Result<()> {
    let missing = digests
        .keys()
        .find(|path| files.binary_search_by(|file| file.path.cmp(path)).is_err());
    match missing {
        Some(path) => Err(transfer::Error::Missing { path: path.clone() }.into()),
        None => Ok(()),
    }
}

fn models_folder(context: &Context) -> PathBuf {
    context.settings.folders.cache.join("models")
}

/// Moves a complete download to its place. Another process may have been faster, with the same bytes.
fn keep(mut temporary: Temporary, folder: PathBuf) -> Result<Local> {
    match fs_err::rename(temporary.path(), &folder) {
        Ok(()) => temporary.is_moved = true,
        Err(_) if folder.is_dir() => {}
        Err(error) => return Err(error.into()),
    }
    Ok(Local {
        folder,
        _temporary: None,
    })
}

/// A folder that goes away with this value.
#[derive(Debug)]
pub(super) struct Temporary {
    path: PathBuf,
    is_moved: bool,
}

impl Temporary {
    /// A new folder, below one that is made where it is missing.
    pub(super) fn create(parent: &Path) -> Result<Self> {
        let path = parent.join(format!(".partial-{}", uuid::Uuid::new_v4().simple()));
        fs_err::create_dir_all(&path)?;
        Ok(Self {
            path,
            is_moved: false,
        })
    }

    /// Moves it to its place, for good.
    pub(super) fn become_folder(mut self, folder: &Path) -> std::io::Result<()> {
        fs_err::rename(&self.path, folder)?;
        self.is_moved = true;
        Ok(())
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if !self.is_moved {
            // What cannot be removed now is an orphan with a telling name.
            _ = fs_err::remove_dir_all(&self.path);
        }
    }
}

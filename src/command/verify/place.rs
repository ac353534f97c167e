//! A model wherever it lies, a folder, an archive or a store: its files, what it says about them, and their digests.
//!
//! Nothing is kept of what is read.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::{Context as _, Result};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};

use crate::artifacts::ArtifactStore;
use crate::command::Context;
use crate::command::meter::{Direction, Meter};
use crate::command::model::{self, MLMODEL, Stored};
use crate::digest::Digest;
use crate::entity::manifest::{RelativePath, SUMS};
use crate::entity::uri::ModelUri;
use crate::package::{self, Archive, Record};
use crate::tracking::resolve::Resolved;
use crate::transfer::{self, Listed, Traffic};

/// A folder or an archive of this machine, or a store.
pub(super) enum Place {
    Folder(PathBuf),
    Archive(PathBuf, Arc<Mutex<Archive>>),
    Store(Box<dyn ArtifactStore>),
}

impl Place {
    pub(super) async fn find(
        uri: &ModelUri,
        context: &Context,
    ) -> Result<(Self, Option<Resolved>)> {
        if let ModelUri::Path(path) = uri
            && Archive::is_at(path)
        {
            let archive = Archive::open(path)?;
            return Ok((
                Self::Archive(path.clone(), Arc::new(Mutex::new(archive))),
                None,
            ));
        }
        if let ModelUri::Path(folder) = uri {
            // What is no model at all is said to be none.
            package::open(folder)?;
            return Ok((Self::Folder(folder.clone()), None));
        }
        let Stored { store, resolved } = model::locate(uri, context).await?;
        Ok((Self::Store(store), Some(resolved)))
    }

    pub(super) fn shown(&self) -> String {
        match self {
            Self::Folder(path) | Self::Archive(path, _) => format!("`{}`", path.display()),
            Self::Store(store) => store.place(),
        }
    }

    /// All of its files, sorted.
    pub(super) async fn files(&self) -> Result<Vec<Listed>> {
        match self {
            Self::Folder(folder) => in_folder(folder),
            Self::Archive(_, archive) => Ok(in_archive(&lock(archive))),
            Self::Store(store) => {
                let files = transfer::list(store.as_ref()).await?;
                model::require_model(&files, store.as_ref())?;
                Ok(files)
            }
        }
    }

    /// What it says about them, if it does.
    pub(super) async fn record(&self, files: &[Listed]) -> Result<Option<Record>> {
        if !files.iter().any(|file| file.path.as_str() == SUMS) {
            return Ok(None);
        }
        let sums = self.small(SUMS).await?;
        let mlmodel = if files.iter().any(|file| file.path.as_str() == MLMODEL) {
            Some(self.small(MLMODEL).await?)
        } else {
            None
        };
        let place = match self {
            Self::Folder(path) | Self::Archive(path, _) => path.clone(),
            Self::Store(store) => PathBuf::from(store.place()),
        };
        Ok(Some(Record::read(&sums, mlmodel.as_deref(), &place)?))
    }

    async fn small(&self, name: &str) -> Result<Vec<u8>> {
        match self {
            Self::Folder(folder) => {
                let path = folder.join(name);
                Ok(package::contents::read(&path, package::contents::SMALL)?)
            }
            Self::Archive(_, archive) => {
                let read = lock(archive).read(name, package::contents::SMALL)?;
                Ok(read.unwrap_or_default())
            }
            Self::Store(store) => model::read_small(name, store.as_ref()).await,
        }
    }

    /// Reads these files to their end.
    pub(super) async fn digests(
        &self,
        files: &[Listed],
        context: &Context,
    ) -> Result<BTreeMap<RelativePath, Digest>> {
        match self {
            Self::Folder(folder) => {
                let folder = folder.clone();
                let read = move |path: &RelativePath, read: &mut OnRead<'_>| {
                    let (digest, size) = Digest::of_file(&path.under(&folder))?;
                    _ = read(size);
                    Ok(Some(digest))
                };
                here(files, read, context).await
            }
            Self::Archive(_, archive) => {
                let archive = Arc::clone(archive);
                let read = move |path: &RelativePath, read: &mut OnRead<'_>| {
                    Ok(lock(&archive).digest(path, read)?)
                };
                here(files, read, context).await
            }
            Self::Store(store) => streamed(files, store.as_ref(), context).await,
        }
    }
}

/// Who is told how many more bytes were read.
type OnRead<'a> = dyn FnMut(u64) -> ControlFlow<()> + 'a;

fn lock(archive: &Mutex<Archive>) -> MutexGuard<'_, Archive> {
    archive.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Reads files of this machine, one after the other.
async fn here(
    files: &[Listed],
    read: impl Fn(&RelativePath, &mut OnRead<'_>) -> Result<Option<Digest>> + Send + 'static,
    context: &Context,
) -> Result<BTreeMap<RelativePath, Digest>> {
    let files = files.to_vec();
    let mut tell = context.reading();
    let reading = context.compute(move || {
        let total = files.iter().filter_map(|file| file.size).sum();
        let mut done = 0;
        let mut digests = BTreeMap::new();
        for file in files {
            let digest = read(&file.path, &mut |bytes| {
                done += bytes;
                tell(done, total)
            })?;
            digests.extend(digest.map(|digest| (file.path, digest)));
        }
        Ok(digests)
    });
    reading.await?
}

async fn streamed(
    files: &[Listed],
    store: &dyn ArtifactStore,
    context: &Context,
) -> Result<BTreeMap<RelativePath, Digest>> {
    let meter = Meter::start(Direction::Download, context);
    let listener = meter.listener();
    listener(transfer::Event::Planned {
        files: files.len() as u64,
        bytes: files.iter().filter_map(|file| file.size).sum(),
    });
    let (listener, traffic) = (listener.as_ref(), &Traffic::default());
    let digests = stream::iter(files)
        .map(|file| async move {
            let pass = |_: &[u8]| ControlFlow::Continue(());
            let _place = traffic.enter(file.size.unwrap_or(u64::MAX)).await;
            let digest = transfer::read(file, store, listener, pass)
                .await
                .with_context(|| format!("cannot read `{}`", file.path))?;
            Ok::<_, anyhow::Error>((file.path.clone(), digest))
        })
        .buffer_unordered(transfer::WIDTH)
        .try_collect()
        .await?;
    meter.finish();
    Ok(digests)
}

/// All files of an archive of this machine.
fn in_archive(archive: &Archive) -> Vec<Listed> {
    let files = archive.files();
    files
        .map(|(path, size)| Listed {
            path: path.clone(),
            size: Some(size),
        })
        .collect()
}

/// All files of a folder of this machine.
pub(super) fn in_folder(folder: &Path) -> Result<Vec<Listed>> {
    let files = package::tree(folder)?;
    Ok(files
        .into_iter()
        .map(|file| Listed {
            path: file.path,
            size: Some(file.size),
        })
        .collect())
}

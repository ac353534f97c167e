//! Files on their way from a store, several at once, each checked against its digest as it arrives.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use tokio::io::AsyncWriteExt as _;

use super::{Error, Event, Listener, Summary, WIDTH};
use crate::artifacts::{ArtifactStore, Item};
use crate::digest::{Digest, Hasher};
use crate::entity::manifest::RelativePath;

/// How often a download goes on after its connection broke without a byte in between.
const FRUITLESS: u32 = 5;

/// No model has more files than this; a store that lists more is broken or hostile.
const MOST_ITEMS: usize = 1_000_000;

/// A file of a store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its path below the root of the store.
    pub path: RelativePath,
    /// Its length; a store may not tell.
    pub size: Option<u64>,
}

/// All files of a store, folder by folder, sorted.
pub async fn list(store: &dyn ArtifactStore) -> Result<Vec<Listed>, Error> {
    let mut files = Vec::new();
    let mut level: Vec<Option<RelativePath>> = vec![None];
    let mut seen = 0;
    while !level.is_empty() {
        let listings: Vec<Vec<Item>> = stream::iter(&level)
            .map(|folder| store.list(folder.as_ref()))
            .buffered(WIDTH)
            .try_collect()
            .await?;
        let mut below = Vec::new();
        for item in listings.into_iter().flatten() {
            seen += 1;
            if item.is_folder {
                below.push(Some(item.path));
            } else {
                files.push(Listed {
                    path: item.path,
                    size: item.size,
                });
            }
        }
        if seen > MOST_ITEMS {
            return Err(Error::TooMany {
                place: store.place(),
            });
        }
        level = below;
    }
    files.sort_unstable_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}

/// Fetches files into `folder`, which the caller discards if this fails.
///
/// A file with a digest in `digests` must have it. One without is taken as it comes, if its length is
/// the listed one.
pub async fn download(
    files: &[Listed],
    digests: &BTreeMap<RelativePath, Digest>,
    store: &dyn ArtifactStore,
    folder: &Path,
    listener: &Listener,
) -> Result<Summary, Error> {
    let summary = Summary {
        files: files.len() as u64,
        bytes: files.iter().filter_map(|file| file.size).sum(),
        reused_bytes: 0,
    };
    listener(Event::Planned {
        files: summary.files,
        bytes: summary.bytes,
    });
    stream::iter(files)
        .map(|file| async {
            let found = fetch(file, store, folder, listener).await?;
            match digests.get(&file.path) {
                Some(expected) if *expected != found => Err(Error::Damaged {
                    path: file.path.clone(),
                    expected: *expected,
                    found,
                }),
                _ => Ok(()),
            }
        })
        .buffer_unordered(WIDTH)
        .try_collect::<()>()
        .await?;
    Ok(summary)
}

/// Fetches one file, going on where a connection broke, and returns its digest.
async fn fetch(
    file: &Listed,
    store: &dyn ArtifactStore,
    folder: &Path,
    listener: &Listener,
) -> Result<Digest, Error> {
    let target = |source| Error::Target {
        path: file.path.clone(),
        source,
    };
    let mut output = create(&file.path, folder).await.map_err(target)?;
    let mut hasher = Hasher::default();
    let mut fruitless = 0;
    loop {
        let before = hasher.length();
        let reading = store.get(&file.path, before).await?;
        if reading.start != before {
            output = create(&file.path, folder).await.map_err(target)?;
            hasher = Hasher::default();
        }
        let mut bytes = reading.bytes;
        let broken = loop {
            match bytes.try_next().await {
                Ok(Some(block)) => {
                    output.write_all(&block).await.map_err(target)?;
                    hasher.update(&block);
                    listener(Event::Moved {
                        path: file.path.as_str(),
                        bytes: block.len() as u64,
                    });
                }
                Ok(None) => break None,
                Err(error) => break Some(error),
            }
        };
        let Some(source) = broken else { break };
        if file.size == Some(hasher.length()) {
            break;
        }
        fruitless = if hasher.length() > before {
            0
        } else {
            fruitless + 1
        };
        if fruitless > FRUITLESS {
            return Err(Error::Broken {
                path: file.path.clone(),
                received: hasher.length(),
                source,
            });
        }
    }
    output.flush().await.map_err(target)?;
    match file.size {
        Some(expected) if expected != hasher.length() => Err(Error::Length {
            path: file.path.clone(),
            expected,
            found: hasher.length(),
        }),
        _ => Ok(hasher.finish()),
    }
}

async fn create(path: &RelativePath, folder: &Path) -> io::Result<fs_err::tokio::File> {
    let path = path.under(folder);
    if let Some(parent) = path.parent() {
        fs_err::tokio::create_dir_all(parent).await?;
    }
    fs_err::tokio::File::create(path).await
}

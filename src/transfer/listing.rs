//! All files of a store, folder by folder, as far as they can be trusted.

use futures_util::{StreamExt as _, TryStreamExt as _, stream};

use super::Error;
use super::traffic::WIDTH;
use crate::artifacts::{ArtifactStore, Item};
use crate::entity::manifest::RelativePath;

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
    list_below(store, None).await
}

/// Likewise, those below a folder.
pub async fn list_below(
    store: &dyn ArtifactStore,
    top: Option<&RelativePath>,
) -> Result<Vec<Listed>, Error> {
    let mut files = Vec::new();
    let mut level: Vec<Option<RelativePath>> = vec![top.cloned()];
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

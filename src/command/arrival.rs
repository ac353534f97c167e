//! Files on their way from a store into a folder of the user's choice: all of them or none.
//!
//! Files that are there with the same bytes stay; one that differs is never written over.
//!
//! ```text
//! compare with the folder ─► fetch beside it, checked ─► move in, any `MLmodel` last
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::meter::{Direction, Meter};
use super::model::{self, MLMODEL};
use super::{Carried, Context, Error};
use crate::artifacts::ArtifactStore;
use crate::cache::Contents;
use crate::digest::Digest;
use crate::entity::deed::Deed;
use crate::entity::manifest::RelativePath;
use crate::transfer::{self, Landing, Listed};

/// What is wanted where.
#[derive(Debug)]
pub(super) struct Order<'a> {
    /// The files, by their names below the target.
    pub(super) files: Vec<Listed>,
    /// What they must be, as far as that is known.
    pub(super) digests: BTreeMap<RelativePath, Digest>,
    /// Where they are.
    pub(super) store: &'a dyn ArtifactStore,
    /// The folder that they go into.
    pub(super) target: PathBuf,
    /// The model that they are, where the cache may have it, or keep it.
    pub(super) model: Option<(Digest, Contents)>,
}

/// Fetches what is not there yet.
pub(super) async fn fetch(order: Order<'_>, context: &Context) -> Result<Carried> {
    let Order {
        files,
        digests,
        store,
        target,
        model,
    } = order;
    let look = || {
        let (files, digests, target) = (files.clone(), digests.clone(), target.clone());
        context.compute(move || missing(&files, &digests, &target))
    };
    let missing = look().await??;
    if context.is_dry_run() && !missing.is_empty() {
        for file in &missing {
            let text = format!("write `{}`", file.path.under(&target).display());
            context.would(Deed::moving("download", text, file.size.unwrap_or(0)));
        }
        return Err(Error::EndOfDryRun.into());
    }
    let beside = if target.is_dir() {
        target.clone()
    } else {
        parent(&target)
    };
    let key = format!("{}\n{}", store.place(), target.display());
    let meter = Meter::start(Direction::Download, context);
    if missing.is_empty() {
        Landing::forget(&beside, &key);
        meter.found(files.iter().map(|file| (&file.path, file.size)));
        return Ok(meter.finish());
    }
    let opened = model::landing(&beside, &key, &files, context).await?;
    let missing = if opened.has_waited {
        // The other process may have fetched some of it.
        look().await??
    } else {
        missing
    };
    let landing = opened.landing;
    let names: BTreeSet<&RelativePath> = missing.iter().map(|file| &file.path).collect();
    let there = files.iter().filter(|file| !names.contains(&file.path));
    meter.found(there.map(|file| (&file.path, file.size)));
    let mut wanted = missing.clone();
    if let Some((_, contents)) = &model {
        let folder = landing.files();
        let taken = model::take(&missing, contents, &folder, &meter, context).await?;
        wanted.retain(|file| !taken.contains(&file.path));
    }
    model::fetch_into(&landing, &wanted, &digests, store, &meter).await?;
    let carried = meter.finish();
    let folder = target.clone();
    let placing = context.compute(move || place(landing, missing, &folder));
    placing.await??;
    if let Some((key, contents)) = model {
        model::give(key, contents, &target, context).await;
    }
    Ok(carried)
}

fn parent(target: &Path) -> PathBuf {
    match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_path_buf(),
        _ => PathBuf::from("."),
    }
}

/// The files that are not in the folder yet, as far as that can be told before they are fetched.
fn missing(
    files: &[Listed],
    digests: &BTreeMap<RelativePath, Digest>,
    target: &Path,
) -> Result<Vec<Listed>> {
    if !target.is_dir() {
        if fs_err::symlink_metadata(target).is_ok() {
            return Err(differs(target));
        }
        return Ok(files.to_vec());
    }
    let mut missing = Vec::new();
    for file in files {
        no_links_above(&file.path, target)?;
        let here = file.path.under(target);
        let Ok(found) = fs_err::symlink_metadata(&here) else {
            missing.push(file.clone());
            continue;
        };
        let has_other_length = file.size.is_some_and(|size| size != found.len());
        if !found.is_file() || has_other_length {
            return Err(differs(&here));
        }
        match digests.get(&file.path) {
            Some(digest) if Digest::of_file(&here)?.0 == *digest => {}
            Some(_) => return Err(differs(&here)),
            // What it should be is known once it is fetched.
            None => missing.push(file.clone()),
        }
    }
    Ok(missing)
}

/// A link, or a file, where a folder is wanted would lead out of the target.
fn no_links_above(path: &RelativePath, target: &Path) -> Result<()> {
    let mut above = path.parent();
    while let Some(folder) = above {
        let here = folder.under(target);
        if fs_err::symlink_metadata(&here).is_ok_and(|found| !found.is_dir()) {
            return Err(differs(&here));
        }
        above = folder.parent();
    }
    Ok(())
}

/// Moves what was fetched to where it belongs: as a whole, or into a folder that is there.
fn place(landing: Landing, mut files: Vec<Listed>, target: &Path) -> Result<()> {
    for file in &files {
        if !file.path.under(&landing.files()).is_file() {
            let path = file.path.clone();
            return Err(transfer::Error::Missing { path }.into());
        }
    }
    if !target.is_dir() {
        return Ok(landing.become_folder(target)?);
    }
    let mut moves = Vec::new();
    files.sort_by_key(|file| file.path.parts().last() == Some(MLMODEL));
    for file in &files {
        let (from, to) = (file.path.under(&landing.files()), file.path.under(target));
        if fs_err::symlink_metadata(&to).is_err() {
            moves.push((from, to));
        } else if Digest::of_file(&from)? != Digest::of_file(&to)? {
            return Err(differs(&to));
        }
    }
    for (from, to) in moves {
        if let Some(folder) = to.parent() {
            fs_err::create_dir_all(folder)?;
        }
        fs_err::rename(from, to)?;
    }
    landing.discard();
    Ok(())
}

fn differs(path: &Path) -> anyhow::Error {
    Error::Differs {
        path: path.display().to_string(),
    }
    .into()
}

//! Models that are kept in the cache: found there, fetched into it, taken from it and given to it.
//!
//! One process fetches a model, the others wait for it. Nobody waits for a file that another model has already.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Duration;

use anyhow::Result;

use super::look::Looked;
use super::{Local, fetch_into, landing, would_download};
use crate::artifacts::ArtifactStore;
use crate::cache::{Cache, Contents, Filling, Found, Held};
use crate::command::Context;
use crate::command::meter::{Direction, Meter};
use crate::digest::Digest;
use crate::entity::manifest::RelativePath;
use crate::transfer::Listed;

/// How often it is looked whether another process has fetched a model.
const LOOK_EVERY: Duration = Duration::from_millis(200);

/// The model from the cache, fetched where it is not there.
pub(super) async fn fetch(
    key: Digest,
    contents: Contents,
    looked: &Looked,
    store: &dyn ArtifactStore,
    context: &Context,
) -> Result<Local> {
    if context.is_dry_run() {
        let is_kept = matches!(context.cache().find(key)?, Found::Whole(_));
        if !is_kept {
            let kept = |file: &&Listed| contents.files.contains_key(&file.path);
            let files: Vec<_> = looked.files.iter().filter(kept).cloned().collect();
            would_download(&files, context)?;
        }
    }
    let filling = match turn(key, context).await? {
        Turn::Whole(held) => return Ok(held.into()),
        Turn::Ours(filling) => filling,
    };
    let held = fill(filling, contents, looked, store, context).await?;
    make_room(context).await;
    Ok(held.into())
}

/// What there is to do once it is known who fetches the model.
pub(super) enum Turn {
    Whole(Held),
    Ours(Filling),
}

/// Waits until the model is there, or until it is this process's turn to fetch it.
pub(super) async fn turn(key: Digest, context: &Context) -> Result<Turn> {
    let mut is_told = false;
    loop {
        let cache = context.cache();
        let (found, filling) = context.compute(move || look(&cache, key)).await??;
        match (found, filling) {
            (Found::Whole(held), _) => return Ok(Turn::Whole(held)),
            (Found::Damaged(path), _) => {
                context.warn(&format!(
                    "the copy of `{path}` in the cache is damaged: it is fetched again"
                ));
                continue;
            }
            (Found::Nothing, Some(filling)) => return Ok(Turn::Ours(filling)),
            (Found::Nothing, None) => {}
        }
        if !is_told {
            context.note("waiting for another phi3ml that fetches the same model");
            is_told = true;
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// The turn first, so that nobody puts the model there between looking and beginning.
fn look(cache: &Cache, key: Digest) -> Result<(Found, Option<Filling>)> {
    match cache.find(key)? {
        Found::Nothing => {}
        found => return Ok((found, None)),
    }
    let filling = cache.fill(key)?;
    let found = cache.find(key)?;
    match (&found, filling) {
        (Found::Nothing, filling) => Ok((found, filling)),
        (_, Some(filling)) => {
            filling.leave();
            Ok((found, None))
        }
        (_, None) => Ok((found, None)),
    }
}

async fn fill(
    filling: Filling,
    contents: Contents,
    looked: &Looked,
    store: &dyn ArtifactStore,
    context: &Context,
) -> Result<Held> {
    let meter = Meter::start(Direction::Download, context);
    let is_of_it = |file: &&Listed| contents.files.contains_key(&file.path);
    let all: Vec<_> = looked.files.iter().filter(is_of_it).cloned().collect();
    let landing = landing(&filling.folder(), "model", &all, context)
        .await?
        .landing;
    let files = landing.files();
    let reusing = context.compute(move || {
        let mut reused = BTreeMap::new();
        for (path, part) in &contents.files {
            if filling.reuse(path, *part, &files)? {
                reused.insert(path.clone(), part.size);
            }
        }
        Ok::<_, anyhow::Error>((filling, contents, reused))
    });
    let (filling, contents, reused) = reusing.await??;
    meter.found(reused.iter().map(|(path, size)| (path, Some(*size))));
    let mut missing = all;
    missing.retain(|file| !reused.contains_key(&file.path));
    fetch_into(&landing, &missing, &looked.digests(), store, &meter).await?;
    meter.finish();
    let finishing = context.compute(move || filling.finish(contents, &landing.files()));
    Ok(finishing.await??)
}

/// Copies of the files that the cache has, below `folder`. What is taken is told as found in place.
pub(in crate::command) async fn take(
    files: &[Listed],
    contents: &Contents,
    folder: &Path,
    meter: &Meter<'_>,
    context: &Context,
) -> Result<BTreeSet<RelativePath>> {
    let wanted: Vec<_> = files
        .iter()
        .filter_map(|file| Some((file.path.clone(), *contents.files.get(&file.path)?)))
        .collect();
    let (cache, folder) = (context.cache(), folder.to_path_buf());
    let taking = context.compute(move || {
        let mut taken = Vec::new();
        for (path, part) in wanted {
            let place = path.under(&folder);
            if let Some(parent) = place.parent() {
                fs_err::create_dir_all(parent)?;
            }
            if cache.copy(part, &place)? {
                taken.push((path, part.size));
            }
        }
        Ok::<_, anyhow::Error>(taken)
    });
    let taken = taking.await??;
    meter.found(taken.iter().map(|(path, size)| (path, Some(*size))));
    Ok(taken.into_iter().map(|(path, _)| path).collect())
}

/// Keeps a copy of a model that was fetched into `folder`, if the cache has room for one of its size. That it
/// cannot is no failure: the model is where it was to be.
pub(in crate::command) async fn give(
    key: Digest,
    contents: Contents,
    folder: &Path,
    context: &Context,
) {
    let cache = context.cache();
    if contents.bytes() > cache.limit() {
        return;
    }
    let folder = folder.to_path_buf();
    let giving = context.compute(move || copy_in(&cache, key, contents, &folder));
    match giving.await {
        Ok(Ok(())) => make_room(context).await,
        Ok(Err(error)) | Err(error) => {
            tracing::info!("the model is not kept in the cache: {error:#}");
        }
    }
}

fn copy_in(cache: &Cache, key: Digest, contents: Contents, folder: &Path) -> Result<()> {
    let (Found::Nothing, Some(filling)) = look(cache, key)? else {
        return Ok(());
    };
    let copies = filling.folder().join("copies");
    let copy_all = || {
        for (path, part) in &contents.files {
            if filling.reuse(path, *part, &copies)? {
                continue;
            }
            let place = path.under(&copies);
            if let Some(parent) = place.parent() {
                fs_err::create_dir_all(parent)?;
            }
            fs_err::copy(path.under(folder), &place)?;
            let (found, _) = Digest::of_file(&place)?;
            anyhow::ensure!(found == part.sha256, "`{path}` has changed already");
        }
        Ok(())
    };
    if let Err(error) = copy_all() {
        // A disk that is full now is not to stay so.
        _ = fs_err::remove_dir_all(&copies);
        return Err(error);
    }
    filling.finish(contents, &copies)?;
    Ok(())
}

/// Removes what was not used for longest where there is too much; never what is in use.
pub(super) async fn make_room(context: &Context) {
    let cache = context.cache();
    let pruning = context.compute(move || cache.prune(cache.limit(), false));
    if let Ok(Err(error)) = pruning.await {
        tracing::info!("the cache cannot be tidied up: {error}");
    }
}

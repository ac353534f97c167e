//! A model in an archive of this machine, unpacked once for all archives of the same model.
//!
//! How an archive is read, and what is refused in one, is in [`crate::package::Archive`].

use std::path::Path;

use anyhow::Result;

use super::kept::{Turn, make_room, turn};
use super::look::MLMODEL;
use super::passing::Passing;
use super::{Keeper, Local};
use crate::cache::{Contents, Part};
use crate::command::Context;
use crate::digest::Digest;
use crate::entity::manifest::SUMS;
use crate::package::Archive;

/// What an archive holds, as a folder.
pub(in crate::command) async fn unpack(path: &Path, context: &Context) -> Result<Local> {
    context.step(&format!("unpacking {}", path.display()));
    let named = path.to_path_buf();
    let opening = context.compute(move || {
        let mut archive = Archive::open(&named)?;
        let contents = contents(&named, &mut archive)?;
        Ok::<_, anyhow::Error>((archive, contents))
    });
    let (archive, contents) = opening.await??;
    match contents {
        // A dry run leaves nothing behind.
        Some((key, contents)) if !context.is_dry_run() => {
            into_cache(key, contents, archive, context).await
        }
        _ => apart(archive, context).await,
    }
}

async fn into_cache(
    key: Digest,
    contents: Contents,
    archive: Archive,
    context: &Context,
) -> Result<Local> {
    let filling = match turn(key, context).await? {
        Turn::Whole(held) => return Ok(held.into()),
        Turn::Ours(filling) => filling,
    };
    let folder = filling.folder().join("unpacked");
    // What an earlier process left there was not compared to its end.
    if folder.exists() {
        fs_err::remove_dir_all(&folder)?;
    }
    fs_err::create_dir_all(&folder)?;
    if let Err(error) = write(archive, &folder, context).await {
        fs_err::remove_dir_all(&folder)?;
        filling.leave();
        return Err(error);
    }
    let finishing = context.compute(move || filling.finish(contents, &folder));
    let held = finishing.await??;
    make_room(context).await;
    Ok(held.into())
}

/// Into a folder that goes away again.
async fn apart(archive: Archive, context: &Context) -> Result<Local> {
    let passing = Passing::open(&context.settings.folders.cache.join("passing"), context).await?;
    let folder = passing.landing()?.files();
    fs_err::create_dir_all(&folder)?;
    write(archive, &folder, context).await?;
    Ok(Local {
        folder,
        _keeper: Keeper::Process { _passing: passing },
    })
}

async fn write(mut archive: Archive, folder: &Path, context: &Context) -> Result<()> {
    let folder = folder.to_path_buf();
    let mut tell = context.reading();
    let writing = context.compute(move || archive.unpack(&folder, &mut tell));
    Ok(writing.await??)
}

/// Under which key the cache has the model, and what it consists of; nothing where no digests are recorded.
fn contents(path: &Path, archive: &mut Archive) -> Result<Option<(Digest, Contents)>> {
    let Some(record) = archive.record()? else {
        return Ok(None);
    };
    let (Some(key), Some(mlmodel)) = (record.key(), record.mlmodel) else {
        return Ok(None);
    };
    let mut digests = record.files;
    digests.insert(SUMS.parse()?, record.digest);
    digests.insert(MLMODEL.parse()?, mlmodel);
    let files = archive.files().filter_map(|(path, size)| {
        let sha256 = *digests.get(path)?;
        Some((path.clone(), Part { sha256, size }))
    });
    let contents = Contents {
        uri: path.display().to_string(),
        sha256: record.digest,
        files: files.collect(),
    };
    Ok(Some((key, contents)))
}

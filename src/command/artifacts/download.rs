//! `artifacts download`: a file, or a folder with all that is below it, into a folder of this machine.
//!
//! What belongs to a model is compared with the digests that travel with it.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use serde::Serialize;

use super::place::{Lies, Named, Place};
use crate::cache::Contents;
use crate::command::arrival::{self, Order};
use crate::command::model::{MLMODEL, look_at, sums_above, sums_in};
use crate::command::{Carried, Cell, Context, Item, Outcome};
use crate::digest::Digest;
use crate::entity::manifest::{RelativePath, SUMS};
use crate::transfer::{self, Listed};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    named: Named,
    /// Folder for the files, which keep their path in it [default: . or, without a path, one named after the run]
    #[arg(short, long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    dst_path: Option<PathBuf>,
}

/// What was fetched.
#[derive(Debug, Serialize)]
struct Fetched {
    artifact_uri: String,
    path: PathBuf,
    #[serde(flatten)]
    carried: Carried,
}

pub(super) async fn run(args: &Args, context: &Context) -> Result<Outcome> {
    let fetched = context
        .unless_stopped(async {
            let place = args.named.find(context).await?;
            fetch(&place, args.dst_path.clone(), context)
                .await
                .with_context(|| format!("cannot download `{}`", place.said))
        })
        .await?;
    let carried = &fetched.carried;
    let reused = (carried.reused_bytes > 0).then_some(Cell::Bytes(carried.reused_bytes));
    Ok(Item::new(fetched.path.display().to_string(), &fetched)?
        .fact("artifacts", Cell::of(&fetched.artifact_uri))
        .fact("files", Cell::Count(carried.files))
        .fact("bytes", Cell::Bytes(carried.bytes))
        .fact("reused", reused)
        .into())
}

async fn fetch(place: &Place, target: Option<PathBuf>, context: &Context) -> Result<Fetched> {
    let store = place.store.as_ref();
    let files = match (place.lies, &place.path) {
        (Lies::File(size), Some(path)) => vec![Listed {
            path: path.clone(),
            size: size.or(Some(0)),
        }],
        (_, path) => transfer::list_below(store, path.as_ref()).await?,
    };
    if files.is_empty() {
        context.note("there is nothing to fetch");
    }
    let digests = digests(place, &files).await?;
    let model = match place.path {
        None => contents(place, &files).await?,
        Some(_) => None,
    };
    let mut target = target.unwrap_or_else(|| match place.path {
        Some(_) => PathBuf::from("."),
        None => PathBuf::from(&place.name),
    });
    if let Some(above) = &place.above {
        target = above.under(&target);
    }
    context.step(&format!("downloading {}", place.said));
    let path = match &place.path {
        Some(path) => path.under(&target),
        None => target.clone(),
    };
    let order = Order {
        files,
        digests,
        store,
        target,
        model,
    };
    Ok(Fetched {
        artifact_uri: place.said.clone(),
        path,
        carried: arrival::fetch(order, context).await?,
    })
}

/// Under which name the cache knows it, where all of it is a model.
async fn contents(place: &Place, files: &[Listed]) -> Result<Option<(Digest, Contents)>> {
    let has = |name| files.iter().any(|file| file.path.as_str() == name);
    if !has(MLMODEL) || !has(SUMS) {
        return Ok(None);
    }
    let looked = look_at(files.to_vec(), place.store.as_ref()).await?;
    Ok(looked.contents(&place.said))
}

/// What the models say, of which these files are all or some.
async fn digests(place: &Place, files: &[Listed]) -> Result<BTreeMap<RelativePath, Digest>> {
    let store = place.store.as_ref();
    let mut digests = match &place.path {
        Some(path) => sums_above(path, store).await?,
        None => BTreeMap::new(),
    };
    let has = |path: &RelativePath| {
        let found = files.binary_search_by(|file| file.path.cmp(path));
        found.is_ok()
    };
    let (sums, mlmodel): (RelativePath, RelativePath) = (SUMS.parse()?, MLMODEL.parse()?);
    for file in files {
        let folder = file.path.parent();
        let beside = |name: &RelativePath| match &folder {
            Some(folder) => name.below(folder),
            None => name.clone(),
        };
        if file.path != beside(&sums) || !has(&beside(&mlmodel)) {
            continue;
        }
        let listed = sums_in(folder.as_ref(), store).await?;
        if let Some(path) = listed.keys().find(|path| !has(path)) {
            return Err(transfer::Error::Missing { path: path.clone() }.into());
        }
        digests.extend(listed);
    }
    Ok(digests)
}

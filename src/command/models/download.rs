//! `models download`: a model's files into a folder of the user's choice, all of them or none.
//!
//! How they get there is told in `arrival`.

#![expect(
    clippy::doc_markdown,
    reason = "the docs of arguments are the text of `--help`"
)]

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde::Serialize;

use crate::artifacts::{self, ArtifactStore};
use crate::command::arrival::{self, Order};
use crate::command::model::{self, Stored};
use crate::command::{Cell, Context, Error, Item, Outcome};
use crate::digest::Digest;
use crate::entity::uri::ModelUri;
use crate::package::Archive;
use crate::tracking::resolve::Resolved;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// models:/NAME/VERSION, models:/NAME@ALIAS, models:/m-ID, runs:/RUN_ID/PATH, or a .zip made by `package`
    #[arg(value_name = "MODEL_URI")]
    model_uri: String,
    /// Folder for the files [default: ./NAME-VERSION; of a .zip, its name]
    #[arg(short, long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    dst_path: Option<PathBuf>,
}

/// What was fetched.
#[derive(Debug, Serialize)]
struct Fetched {
    model_uri: ModelUri,
    path: PathBuf,
    files: u64,
    bytes: u64,
    reused_bytes: u64,
    sha256: Option<Digest>,
}

pub(super) async fn run(args: &Args, context: &Context) -> Result<Outcome> {
    let uri: ModelUri = args.model_uri.parse()?;
    let fetched = context
        .unless_stopped(async {
            let fetching = match &uri {
                ModelUri::Path(path) if Archive::is_at(path) => {
                    unpacked(&uri, path, args, context).await
                }
                ModelUri::Path(folder) => return Err(is_here(folder)),
                uri => stored(uri, args, context).await,
            };
            fetching.with_context(|| format!("cannot download `{uri}`"))
        })
        .await?;
    let reused = (fetched.reused_bytes > 0).then_some(Cell::Bytes(fetched.reused_bytes));
    Ok(Item::new(fetched.path.display().to_string(), &fetched)?
        .fact("model", Cell::of(&fetched.model_uri))
        .fact("files", Cell::Count(fetched.files))
        .fact("bytes", Cell::Bytes(fetched.bytes))
        .fact("reused", reused)
        .fact("sha256", fetched.sha256.as_ref().map(ToString::to_string))
        .into())
}

fn is_here(folder: &Path) -> anyhow::Error {
    Error::Usage {
        message: format!("`{}` is on this machine already", folder.display()),
        hint: Some("write `models:/NAME/VERSION` or `runs:/RUN_ID/PATH`".to_owned()),
    }
    .into()
}

async fn stored(uri: &ModelUri, args: &Args, context: &Context) -> Result<Fetched> {
    let Stored { resolved, store } = model::locate(uri, context).await?;
    let default = || PathBuf::from(folder_name(uri, &resolved));
    let target = args.dst_path.clone().unwrap_or_else(default);
    context.step(&format!("downloading {uri}"));
    fetch(uri, store.as_ref(), target, context).await
}

/// What an archive holds comes into the folder as if a server had sent it: nothing that is there is written over.
async fn unpacked(uri: &ModelUri, path: &Path, args: &Args, context: &Context) -> Result<Fetched> {
    let default = || PathBuf::from(path.file_stem().unwrap_or_default());
    let target = args.dst_path.clone().unwrap_or_else(default);
    let local = model::unpack(path, context).await?;
    let store = artifacts::folder(&local.folder);
    fetch(uri, store.as_ref(), target, context).await
}

/// `phi3-3` for version 3 of `phi3`; otherwise the last part of the name.
fn folder_name(uri: &ModelUri, found: &Resolved) -> String {
    if let Some(version) = &found.version {
        return model::folder_of(version);
    }
    let text = uri.to_string();
    let last = text.trim_end_matches('/').rsplit(['/', ':']).next();
    match last {
        Some(name) if !matches!(name, "" | "." | "..") => name.to_owned(),
        _ => "model".to_owned(),
    }
}

async fn fetch(
    uri: &ModelUri,
    store: &dyn ArtifactStore,
    target: PathBuf,
    context: &Context,
) -> Result<Fetched> {
    let looked = model::look(store).await?;
    looked.require_all()?;
    if looked.sums.is_none() {
        context.warn("the model has no `SHA256SUMS`: its bytes are taken as they come");
    }
    let order = Order {
        digests: looked.digests(),
        model: looked.contents(&uri.to_string()),
        files: looked.files,
        store,
        target: target.clone(),
    };
    let carried = arrival::fetch(order, context).await?;
    Ok(Fetched {
        model_uri: uri.clone(),
        path: target,
        files: carried.files,
        bytes: carried.bytes,
        reused_bytes: carried.reused_bytes,
        sha256: looked.sums.map(|sums| sums.digest),
    })
}

//! `models download`: a model's files into a folder of the user's choice, all of them or none.
//!
//! How they get there is told in `arrival`.

#![expect(
    clippy::doc_markdown,
    reason = "the docs of arguments are the text of `--help`"
)]

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use serde::Serialize;

use crate::command::arrival::{self, Order};
use crate::command::model::{self, Stored};
use crate::command::{Cell, Context, Error, Item, Outcome};
use crate::digest::Digest;
use crate::entity::uri::ModelUri;
use crate::tracking::resolve::Resolved;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// models:/NAME/VERSION, models:/NAME@ALIAS, models:/m-ID, or runs:/RUN_ID/PATH
    #[arg(value_name = "MODEL_URI")]
    model_uri: String,
    /// Folder for the files [default: ./NAME-VERSION]
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
    if let ModelUri::Path(folder) = &uri {
        return Err(Error::Usage {
            message: format!("`{}` is on this machine already", folder.display()),
            hint: Some("write `models:/NAME/VERSION` or `runs:/RUN_ID/PATH`".to_owned()),
        }
        .into());
    }
    let fetched = context
        .unless_stopped(async {
            let stored = model::locate(&uri, context).await?;
            let default = || PathBuf::from(folder_name(&uri, &stored.resolved));
            let target = args.dst_path.clone().unwrap_or_else(default);
            context.step(&format!("downloading {uri}"));
            fetch(&uri, &stored, target, context)
                .await
                .with_context(|| format!("cannot download `{uri}`"))
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
    stored: &Stored,
    target: PathBuf,
    context: &Context,
) -> Result<Fetched> {
    let store = stored.store.as_ref();
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

//! `models download`: a model's files into a folder of the user's choice, all of them or none.
//!
//! Files that are there with the same bytes stay; one that differs is never written over.
//!
//! ```text
//! list ─► compare with the folder ─► fetch beside, checked ─► move in, `MLmodel` last
//! ```

#![expect(
    clippy::doc_markdown,
    reason = "the docs of arguments are the text of `--help`"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde::Serialize;

use crate::command::model::{self, Stored, Temporary};
use crate::command::{Cell, Context, Error, Item, Outcome};
use crate::digest::Digest;
use crate::entity::deed::Deed;
use crate::entity::manifest::RelativePath;
use crate::entity::uri::ModelUri;
use crate::tracking::resolve::Resolved;
use crate::transfer::{self, Listed};

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
    files: usize,
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
    let files = u64::try_from(fetched.files)?;
    let reused = (fetched.reused_bytes > 0).then_some(Cell::Bytes(fetched.reused_bytes));
    Ok(Item::new(fetched.path.display().to_string(), &fetched)?
        .fact("model", Cell::of(&fetched.model_uri))
        .fact("files", Cell::Count(files))
        .fact("bytes", Cell::Bytes(fetched.bytes))
        .fact("reused", reused)
        .fact("sha256", fetched.sha256.as_ref().map(ToString::to_string))
        .into())
}

/// `phi3-3` for version 3 of `phi3`; otherwise the last part of the name.
fn folder_name(uri: &ModelUri, found: &Resolved) -> String {
    if let Some(version) = &found.version {
        return format!("{}-{}", version.name, version.version);
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
    let files = transfer::list(store).await?;
    model::require_model(&files, store)?;
    let sums = model::read_sums(&files, store).await?;
    if sums.is_none() {
        context.warn("the model has no `SHA256SUMS`: its bytes are taken as they come");
    }
    let sha256 = sums.as_ref().map(|sums| sums.digest);
    let digests = sums.map(|sums| sums.digests).unwrap_or_default();
    model::require_all(&digests, &files)?;
    let missing = {
        let (files, digests, target) = (files.clone(), digests.clone(), target.clone());
        let looking = context.compute(move || missing(&files, &digests, &target));
        looking.await??
    };
    if context.is_dry_run() && !missing.is_empty() {
        for file in &missing {
            let text = format!("write `{}`", file.path.under(&target).display());
            context.would(Deed::moving("download", text, file.size.unwrap_or(0)));
        }
        return Err(Error::EndOfDryRun.into());
    }
    if missing.is_empty() {
        return Ok(fetched(uri, target, &files, 0, sha256));
    }
    let beside = if target.is_dir() {
        target.clone()
    } else {
        parent(&target)
    };
    let temporary = Temporary::create(&beside)?;
    let listener = context.listener();
    let folder = temporary.path();
    let moved = transfer::download(&missing, &digests, store, folder, listener.as_ref()).await?;
    let folder = target.clone();
    let placing = context.compute(move || place(temporary, missing, &folder));
    placing.await??;
    Ok(fetched(uri, target, &files, moved.bytes, sha256))
}

fn fetched(
    uri: &ModelUri,
    path: PathBuf,
    files: &[Listed],
    moved: u64,
    sha256: Option<Digest>,
) -> Fetched {
    let bytes: u64 = files.iter().filter_map(|file| file.size).sum();
    Fetched {
        model_uri: uri.clone(),
        path,
        files: files.len(),
        bytes,
        reused_bytes: bytes.saturating_sub(moved),
        sha256,
    }
}

/// The commit mark of a model: where it is, all the rest is.
const MLMODEL: &str = "MLmodel";

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

/// Moves what was fetched to where it belongs: as a whole, or into a folder that is there.
fn place(temporary: Temporary, mut files: Vec<Listed>, target: &Path) -> Result<()> {
    if !target.is_dir() {
        return Ok(temporary.become_folder(target)?);
    }
    let mut moves = Vec::new();
    files.sort_by_key(|file| file.path.as_str() == MLMODEL);
    for file in &files {
        let (from, to) = (file.path.under(temporary.path()), file.path.under(target));
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
    Ok(())
}

fn differs(path: &Path) -> anyhow::Error {
    Error::Differs {
        path: path.display().to_string(),
    }
    .into()
}

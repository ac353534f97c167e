//! `cache`: what is kept of models that were fetched, and how it becomes less.
//!
//! What is in use is never removed; models are fetched again when they are asked for.

#![expect(
    clippy::doc_markdown,
    reason = "the docs of arguments are the text of `--help`"
)]

use std::path::PathBuf;

use anyhow::Result;
use clap::Subcommand;
use serde::Serialize;

use super::settings::Size;
use super::{Cell, Context, Done, Outcome};
use crate::cache::{Cache, Kept};
use crate::command::outcome::{Column, List};
use crate::digest::Digest;
use crate::entity::deed::Deed;

/// Look at the models that were fetched, and make room
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List what is kept, the longest unused first
    List,
    /// Remove the longest unused models, as many as it takes; none that is in use
    Prune {
        /// Leave at most this much, such as 5GB; 0 removes all [default: PHI3ML_CACHE_SIZE, or 20GB]
        #[arg(long, value_name = "SIZE")]
        max_size: Option<Size>,
    },
}

/// A model that is kept.
#[derive(Debug, Serialize)]
struct Shown {
    model_uri: Option<String>,
    sha256: Option<Digest>,
    files: u64,
    bytes: u64,
    last_used: i64,
    in_use: bool,
    complete: bool,
    path: PathBuf,
}

/// What was removed.
#[derive(Debug, Serialize)]
struct Pruned {
    removed: Vec<Shown>,
    freed_bytes: u64,
    left_bytes: u64,
}

/// Runs the command.
pub async fn run(args: Args, context: &Context) -> Result<Outcome> {
    match args.action {
        Action::List => list(context).await,
        Action::Prune { max_size } => {
            let most = max_size.map_or(context.settings.cache_size, |size| size.0);
            prune(most, context).await
        }
    }
}

async fn list(context: &Context) -> Result<Outcome> {
    const COLUMNS: &[Column<Shown>] = &[
        ("model", |kept| Cell::from(kept.name())),
        ("files", |kept| Cell::Count(kept.files)),
        ("bytes", |kept| Cell::Bytes(kept.bytes)),
        ("used", |kept| Cell::Time(kept.last_used)),
        ("state", |kept| Cell::from(kept.state())),
        ("sha256", |kept| {
            Cell::from(kept.sha256.as_ref().map(ToString::to_string))
        }),
    ];
    let cache = context.cache();
    let kept = context.compute(move || cache.list()).await??;
    let shown: Vec<Shown> = kept.into_iter().map(Shown::from).collect();
    if shown.is_empty() {
        context.note("the cache is empty");
    }
    let mut list = List::empty(COLUMNS);
    list.extend(&shown, COLUMNS, context.settings.format)?;
    Ok(list.into())
}

async fn prune(most: u64, context: &Context) -> Result<Outcome> {
    let (cache, only_tell) = (context.cache(), context.is_dry_run());
    let pruned = context
        .compute(move || cache.prune(most, only_tell))
        .await??;
    let removed: Vec<Shown> = pruned.removed.into_iter().map(Shown::from).collect();
    if only_tell {
        for kept in &removed {
            let text = format!("remove {} with {} bytes", kept.name(), kept.bytes);
            context.would(Deed::new("remove", text));
        }
    }
    let sentence = match removed.len() {
        0 => format!("nothing is removed; {} bytes are kept", pruned.left),
        1 => format!("removed 1 model; {} bytes are kept", pruned.left),
        models => format!("removed {models} models; {} bytes are kept", pruned.left),
    };
    let pruned = Pruned {
        removed,
        freed_bytes: pruned.freed,
        left_bytes: pruned.left,
    };
    Ok(Done::new(sentence, &pruned)?.into())
}

impl From<Kept> for Shown {
    fn from(kept: Kept) -> Self {
        Self {
            model_uri: kept.uri,
            sha256: kept.sha256,
            files: kept.files,
            bytes: kept.bytes,
            last_used: kept.last_used,
            in_use: kept.is_in_use,
            complete: kept.is_complete,
            path: kept.path,
        }
    }
}

impl Shown {
    fn name(&self) -> String {
        match &self.model_uri {
            Some(uri) => uri.clone(),
            None => self.path.display().to_string(),
        }
    }

    fn state(&self) -> &'static str {
        match (self.complete, self.in_use) {
            (true, true) => "in use",
            (true, false) => "",
            (false, true) => "being fetched",
            (false, false) => "incomplete",
        }
    }
}

impl Context {
    /// Where models are kept that were fetched.
    pub(super) fn cache(&self) -> Cache {
        let root = self.settings.folders.cache.clone();
        Cache::new(root, self.settings.cache_size)
    }
}

//! `log-artifacts`: files and the contents of folders, to a run.
//!
//! ```text
//!  collect ─► send, hashed on the way, any `MLmodel` last ─► done
//!             └── journal: what is there is not sent again ──┘
//! ```
//!
//! Every name is checked before anything is sent. What was sent completely by an interrupted call, and is still
//! there, is not sent again.

mod collect;

use std::path::PathBuf;

use anyhow::Result;
use serde::Serialize;

use super::meter::{Direction, Meter};
use super::target::{self, Target};
use super::{Carried, Cell, Context, Error, Item, Outcome};
use crate::artifacts::{self, ArtifactStore};
use crate::entity::deed::Deed;
use crate::entity::id::RunId;
use crate::entity::manifest::{RelativePath, Source};
use crate::package::File;
use crate::tracking::active_run;
use crate::transfer::{self, Journal, Outgoing};

/// Upload files and the contents of folders to a run
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    target: Target,
    /// Files, and folders whose contents are logged
    #[arg(required = true, value_name = "PATH", value_hint = clap::ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
    /// Folder of the run that they go into [default: its root]
    #[arg(long, value_name = "P")]
    artifact_path: Option<String>,
    /// Forget what an earlier, interrupted call left to be continued
    #[arg(long)]
    fresh: bool,
}

/// What was logged.
#[derive(Debug, Serialize)]
struct Logged {
    run_id: RunId,
    artifact_uri: String,
    #[serde(flatten)]
    carried: Carried,
}

/// Runs the command.
pub async fn run(args: Args, context: &Context) -> Result<Outcome> {
    let run_id = target::run_id(args.target.run_id.clone(), context)?;
    let parent = parent(args.artifact_path.as_deref())?;
    let files = collect::files(&args.paths, parent.as_ref())?;
    for file in &files {
        artifacts::names::check(&file.path)?;
    }
    let server = context.server()?;
    let run = context
        .unless_stopped(async { Ok(active_run(server.tracking().run(&run_id).await?)?) })
        .await?;
    let store = context.store(&run.artifact_uri)?;
    for file in &files {
        store.check(&file.path, file.size)?;
    }
    if context.is_dry_run() {
        for File { path, size, .. } in &files {
            context.would(Deed::moving("upload", format!("upload `{path}`"), *size));
        }
        return Err(Error::EndOfDryRun.into());
    }
    let journal = journal(&args, store.as_ref(), context)?;
    let sending = send(&files, &journal, store.as_ref(), context);
    let carried = context
        .unless_stopped(async {
            context.step(&format!("uploading to run {run_id}"));
            sending.await
        })
        .await;
    let carried = match carried {
        Ok(carried) => carried,
        Err(_) if context.stop.is_cancelled() => {
            return Err(Error::Interrupted { continues: true }.into());
        }
        Err(source) => {
            let artifact_uri = run.artifact_uri;
            return Err(Error::Upload {
                what: "the artifacts",
                artifact_uri,
                source,
            }
            .into());
        }
    };
    journal.remove();
    let logged = Logged {
        run_id,
        artifact_uri: run.artifact_uri,
        carried,
    };
    Ok(logged.shown()?.into())
}

impl Logged {
    fn shown(&self) -> Result<Item> {
        let carried = &self.carried;
        let reused = (carried.reused_bytes > 0).then_some(Cell::Bytes(carried.reused_bytes));
        let item = Item::new(format!("run {}", self.run_id), self)?;
        Ok(item
            .fact("artifacts", Cell::of(&self.artifact_uri))
            .fact("files", Cell::Count(carried.files))
            .fact("bytes", Cell::Bytes(carried.bytes))
            .fact("reused", reused))
    }
}

fn parent(artifact_path: Option<&str>) -> Result<Option<RelativePath>> {
    artifact_path
        .map(|path| path.trim_matches('/'))
        .filter(|path| !path.is_empty())
        .map(|path| {
            path.parse()
                .map_err(|_| Error::usage(format!("`{path}` cannot be a folder of the run")).into())
        })
        .transpose()
}

/// What an earlier call sent from the same paths to the same place.
fn journal(args: &Args, store: &dyn ArtifactStore, context: &Context) -> Result<Journal> {
    let paths = args.paths.iter().map(fs_err::canonicalize);
    let paths = paths.collect::<std::io::Result<Vec<_>>>()?;
    let key = format!("{} {:?} {paths:?}", store.place(), args.artifact_path);
    let folder = context.settings.folders.state.join("uploads");
    let journal = Journal::open(&folder, &key)?;
    if args.fresh {
        journal.remove();
        return Ok(Journal::open(&folder, &key)?);
    }
    Ok(journal)
}

/// Sends what is missing, and counts all of it.
async fn send(
    files: &[File],
    journal: &Journal,
    store: &dyn ArtifactStore,
    context: &Context,
) -> Result<Carried> {
    let outgoing = files.iter().map(|file| Outgoing {
        path: file.path.clone(),
        size: file.size,
        digest: None,
        source: Source::File(file.real.clone()),
    });
    // Whoever finds an `MLmodel` takes the folder for a whole model.
    let (marks, others): (Vec<_>, Vec<_>) =
        outgoing.partition(|file| file.path.parts().last() == Some("MLmodel"));
    let meter = Meter::start(Direction::Upload, context);
    let listener = meter.listener();
    for files in [others, marks] {
        if !files.is_empty() {
            transfer::upload(&files, None, store, journal, &listener).await?;
        }
    }
    Ok(meter.finish())
}

//! `models update-pip-requirements`: other requirements for a model that is packaged or logged already.
//!
//! Only small files move. What says something about them is brought up to date, so that `verify` still holds:
//!
//! ```text
//! read ─► change ─► requirements.txt, conda.yaml, python_env.yaml ─► SHA256SUMS ─► MLmodel ─► tags
//! ```

#![expect(
    clippy::doc_markdown,
    reason = "the docs of arguments are the text of `--help`"
)]

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result};
use clap::ValueEnum;
use serde::Serialize;

use crate::artifacts::ArtifactStore;
use crate::command::meter::{Direction, Meter};
use crate::command::model::{self, Stored};
use crate::command::{Cell, Context, Item, Outcome};
use crate::digest::Digest;
use crate::entity::deed::Deed;
use crate::entity::manifest::Entry;
use crate::entity::model::ModelVersion;
use crate::entity::tag::{self, Tag};
use crate::entity::uri::ModelUri;
use crate::package::{self, Archive, CONCERNED, Edit, Updated};
use crate::tracking::{Batch, PageOf, Search};
use crate::transfer::{self, Journal, Outgoing};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A model directory, a .zip made by `package`, models:/NAME/VERSION, models:/NAME@ALIAS, models:/m-ID, or runs:/RUN_ID/PATH
    #[arg(value_name = "MODEL_URI")]
    model_uri: String,
    /// What happens to the requirements
    #[arg(value_enum)]
    operation: Operation,
    /// Requirements, such as numpy==2.1; to remove one, its name is enough
    #[arg(value_name = "REQ", required = true)]
    requirements: Vec<String>,
}

/// What happens to the requirements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "lowercase")]
enum Operation {
    /// Take the place of those of the same packages, or come last
    Add,
    /// Take them away, whatever their versions
    Remove,
}

/// What was done.
#[derive(Debug, Serialize)]
struct Changed<'a> {
    model_uri: &'a ModelUri,
    operation: Operation,
    before: &'a [String],
    requirements: &'a [String],
    files: Vec<&'static str>,
    sha256: Option<Digest>,
}

pub(super) async fn run(args: &Args, context: &Context) -> Result<Outcome> {
    let uri: ModelUri = args.model_uri.parse()?;
    let updated = context
        .unless_stopped(async {
            match &uri {
                ModelUri::Path(path) if Archive::is_at(path) => {
                    in_archive(path, args, context).await
                }
                ModelUri::Path(folder) => in_folder(folder, args, context),
                uri => in_store(&model::locate(uri, context).await?, args, context).await,
            }
        })
        .await
        .with_context(|| format!("cannot change the requirements of `{uri}`"))?;
    for name in &updated.not_found {
        context.warn(&format!("`{name}` is none of the requirements"));
    }
    let changed = Changed {
        model_uri: &uri,
        operation: args.operation,
        before: &updated.before,
        requirements: &updated.after,
        files: updated.files.iter().map(|(name, _)| *name).collect(),
        sha256: updated.digests.map(|(_, digest)| digest),
    };
    Ok(Item::new(uri.to_string(), &changed)?
        .fact("requirements", Cell::from(updated.after.join(", ")))
        .fact("changed", Cell::from(changed.files.join(", ")))
        .fact("sha256", changed.sha256.map(|digest| digest.to_string()))
        .into())
}

impl Args {
    fn update(&self, texts: &BTreeMap<&'static str, String>) -> Result<Updated, package::Error> {
        let edit = match self.operation {
            Operation::Add => Edit::Add,
            Operation::Remove => Edit::Remove,
        };
        package::update_requirements(texts, edit, &self.requirements)
    }
}

fn in_folder(folder: &Path, args: &Args, context: &Context) -> Result<Updated> {
    let mut texts = BTreeMap::new();
    for name in CONCERNED {
        let path = folder.join(name);
        if path.is_file() {
            texts.insert(name, fs_err::read_to_string(path)?);
        }
    }
    let updated = args.update(&texts)?;
    if context.is_dry_run() {
        for (name, text) in &updated.files {
            let deed = format!("write `{}`", folder.join(name).display());
            context.would(Deed::moving("write", deed, text.len() as u64));
        }
    } else {
        package::replace_files(folder, &updated)?;
    }
    Ok(updated)
}

/// The archive is made anew beside itself, and takes its place as a whole.
async fn in_archive(path: &Path, args: &Args, context: &Context) -> Result<Updated> {
    let mut archive = Archive::open(path)?;
    let mut texts = BTreeMap::new();
    for name in CONCERNED {
        if let Some(bytes) = archive.read(name, package::contents::SMALL)? {
            texts.insert(name, String::from_utf8(bytes)?);
        }
    }
    let updated = args.update(&texts)?;
    if updated.files.is_empty() {
        return Ok(updated);
    }
    if context.is_dry_run() {
        let deed = format!("write `{}`", path.display());
        context.would(Deed::moving("write", deed, archive.unpacked()));
        return Ok(updated);
    }
    context.step(&format!("writing {}", path.display()));
    let mut tell = context.reading();
    let work = context.compute(move || {
        archive.replace_files(&updated, &mut tell)?;
        Ok::<_, package::Error>(updated)
    });
    Ok(work.await??)
}

async fn in_store(stored: &Stored, args: &Args, context: &Context) -> Result<Updated> {
    let store = stored.store.as_ref();
    let files = transfer::list(store).await?;
    let mut texts = BTreeMap::new();
    for name in CONCERNED {
        // Servers of MLflow 2 answer 500 for a file that is not there.
        if files.iter().any(|file| file.path.as_str() == name) {
            let bytes = model::read_small(name, store).await?;
            texts.insert(name, String::from_utf8(bytes)?);
        }
    }
    let updated = args.update(&texts)?;
    send(&updated, store, context).await?;
    if let Some((before, now)) = updated.digests {
        note(stored, before, now, context).await?;
    }
    Ok(updated)
}

/// One after the other, so that `MLmodel` is never newer than what it speaks of.
async fn send(updated: &Updated, store: &dyn ArtifactStore, context: &Context) -> Result<()> {
    let mut files = Vec::with_capacity(updated.files.len());
    for (name, text) in &updated.files {
        let entry = Entry::from_bytes(name.parse()?, text.clone());
        files.push(Outgoing::from(&entry));
    }
    let Some(last) = files.pop() else {
        return Ok(());
    };
    let meter = Meter::start(Direction::Upload, context);
    let (journal, listener) = (Journal::none(), meter.listener());
    transfer::upload(&files, Some(&last), store, &journal, &listener).await?;
    meter.finish();
    Ok(())
}

/// Notes the new digest wherever the old one is noted: on the logged model, the run, and all versions of these files.
async fn note(stored: &Stored, before: Digest, now: Digest, context: &Context) -> Result<()> {
    let server = context.server()?;
    let resolved = &stored.resolved;
    let (old, new) = (before.to_string(), Tag::new(tag::SHA256, now.to_string()));
    if let Some(model) = &resolved.logged_model {
        let tags = std::slice::from_ref(&new);
        server
            .tracking()
            .set_logged_model_tags(&model.model_id, tags)
            .await?;
    }
    if let (Some(run_id), None) = (&resolved.run_id, &resolved.logged_model) {
        let run = server.tracking().run(run_id).await?;
        if run.tags.get(tag::SHA256) == Some(&old) {
            let tags = vec![new.clone()];
            let batch = Batch {
                tags,
                ..Batch::default()
            };
            server.tracking().log_batch(run_id, &batch).await?;
        }
    }
    let registry = server.registry();
    for version in versions(stored, context).await? {
        if version.tags.get(tag::SHA256) == Some(&old) {
            registry
                .set_version_tag(&version.name, version.version, &new)
                .await?;
        }
    }
    Ok(())
}

/// The versions of these files, as far as they can be found by their run.
async fn versions(stored: &Stored, context: &Context) -> Result<Vec<ModelVersion>> {
    const MOST: PageOf<'_> = PageOf {
        size: super::PAGE,
        token: None,
    };
    let resolved = &stored.resolved;
    let mut versions: Vec<_> = resolved.version.iter().cloned().collect();
    if let Some(run_id) = &resolved.run_id {
        let search = Search {
            filter: format!("run_id = '{run_id}'"),
            ..Search::default()
        };
        let found = context
            .server()?
            .registry()
            .search_versions(&search, MOST)
            .await?;
        let same = found.items.into_iter().filter(|version| {
            version.source == resolved.source() || version.source == resolved.artifact_uri
        });
        for version in same {
            let is_known =
                |it: &ModelVersion| it.name == version.name && it.version == version.version;
            if !versions.iter().any(is_known) {
                versions.push(version);
            }
        }
    }
    Ok(versions)
}

//! `package`: what `log-model` would send, as a folder or an archive of this machine.

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context as _, Result};
use serde::Serialize;

use super::packaging::{self, PackageArgs, Prepared, SourceArg};
use super::{Cell, Context, Item};
use crate::digest::Digest;
use crate::entity::deed::Deed;
use crate::package::{self, Archive, Identity, MlflowRelease, Sealed};

/// Package a model as an MLflow model folder or a .zip, without a server
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    pub(super) source: SourceArg,
    /// Folder or .zip to be made, which must not exist
    #[arg(value_name = "DEST", value_hint = clap::ValueHint::AnyPath)]
    pub dest: PathBuf,
    #[command(flatten)]
    pub(super) package: PackageArgs,
}

/// The date of a model that was packaged without a server: the oldest that a zip can hold.
const CREATED: jiff::Timestamp = jiff::Timestamp::constant(315_532_800, 0);

/// What was made.
#[derive(Debug, Serialize)]
struct Made {
    path: PathBuf,
    files: usize,
    bytes: u64,
    /// The digest of `SHA256SUMS`.
    sha256: String,
    seconds: f64,
}

/// Runs the command.
pub async fn run(args: Args, context: &Context) -> Result<super::Outcome> {
    let started = Instant::now();
    if fs_err::symlink_metadata(&args.dest).is_ok() {
        let path = args.dest;
        return Err(package::Error::Exists { path }.into());
    }
    let source = &args.source.source;
    let preparing = packaging::prepare(source, &args.package, MlflowRelease::V3, context);
    let prepared = context.unless_stopped(preparing).await?;
    if context.is_dry_run() {
        let sealing = prepared.seal(source, context);
        let packed = context.unless_stopped(sealing).await?;
        let text = format!("write `{}`", args.dest.display());
        let bytes = size(&packed.model)?;
        context.would(Deed::moving("package", text, bytes));
        return Ok(super::Outcome::Written);
    }
    let model = write(prepared, &args.dest, context).await?;
    let made = Made {
        files: model.manifest().entries().len() + 1,
        bytes: size(&model)?,
        sha256: model.digest().to_string(),
        seconds: started.elapsed().as_secs_f64(),
        path: args.dest,
    };
    Ok(Item::new(made.path.display().to_string(), &made)?
        .fact("files", Cell::Count(made.files as u64))
        .fact("size", Cell::Bytes(made.bytes))
        .fact("sha256", made.sha256)
        .into())
}

/// Nothing of the moment or the place: who packages the same gets the same bytes.
fn identity(digest: Digest) -> Identity {
    Identity::of_digest(digest, CREATED)
}

/// The bytes of all files.
fn size(model: &Sealed) -> Result<u64> {
    let mlmodel = model.mlmodel(&identity(model.digest()))?;
    Ok(model.manifest().size() + mlmodel.yaml.len() as u64)
}

async fn write(prepared: Prepared, dest: &Path, context: &Context) -> Result<Sealed> {
    context.step(&format!("writing {}", dest.display()));
    let (path, mut tell) = (dest.to_path_buf(), context.reading());
    let work = context.compute(move || {
        if Archive::is_named(&path) {
            prepared.model.write_zip(&path, &identity, &mut tell)
        } else {
            prepared.model.write_to(&path, &identity, &mut tell)
        }
    });
    work.await?
        .with_context(|| format!("cannot write `{}`", dest.display()))
}

//! The box: a model directory as MLflow defines it. Never touches the network.
//!
//! ```text
//! source ──build──▶ Package ──render──▶ Rendered ──seal──▶ Sealed ──mlmodel──▶ the bytes of `MLmodel`
//!        looks,              small files   │  hashes         manifest,
//!        checks              in memory     │                 digest
//!                                          ├──write_to───▶ a model directory
//!                                          └──write_zip──▶ an archive ──unpack──▶ a model directory
//! ```
//!
//! A source is read once: [`Rendered::seal`] names its files in a manifest and copies none, [`Rendered::seal_as`] takes
//! the digests from whoever read them, [`Rendered::write_to`] and [`Rendered::write_zip`] hash what they write. [`Archive::unpack`] brings it back.

mod agreement;
mod archive;
mod build;
pub(crate) mod contents;
mod environment;
mod error;
mod example;
mod flavor;
mod flushed;
mod genai;
mod inspection;
mod json;
mod mlmodel;
pub(crate) mod onnx;
mod opened;
mod options;
mod reading;
mod record;
mod requirements;
mod safetensors;
pub mod schema;
mod signature;
mod source;
mod staging;
mod task;
mod tokenizer;
mod update;
mod write;
mod yaml;

use std::fmt;
use std::path::Path;

use bytes::Bytes;

use crate::entity::manifest::Entry;

pub use archive::Archive;
pub use build::{Package, Rendered, Sealed};
pub use environment::CondaEnv;
pub use error::Error;
pub use inspection::{Inspection, ModelFile, Schemas, TELLING, inspect, preview};
pub use mlmodel::{
    Artifact, Flavors, Identity, MlModel, Provenance, PythonFunction, Signature, Written,
};
pub use onnx::BadGraph;
pub use opened::{Opened, open};
pub use options::{Choice, Flavor, Options};
pub use record::Record;
pub(crate) use record::key as record_key;
pub use requirements::BadRequirement;
pub use source::{File, Found, files as model_files, tree};
pub use task::{NotATask, Task};
pub use update::{CONCERNED, Edit, Updated, replace_files, update_requirements};

/// A release of MLflow whose layout is written and whose package is required.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MlflowRelease {
    /// For servers with logged models.
    V3,
    /// For servers without.
    V2,
}

impl MlflowRelease {
    /// The version, as it is written as `mlflow_version` and required as `mlflow==…`.
    pub fn version(self) -> &'static str {
        match self {
            Self::V3 => "3.17.2",
            Self::V2 => "2.22.5",
        }
    }
}

impl fmt::Display for MlflowRelease {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.version())
    }
}

/// Tells what is in the model directory `folder`.
pub fn inspect_folder(folder: &Path) -> Result<Inspection, Error> {
    let mut texts = std::collections::BTreeMap::new();
    for name in TELLING {
        let path = folder.join(name);
        if path.is_file() {
            let text = contents::read(&path, contents::SMALL);
            let text = text.map_err(|source| source::unreadable(&path, source))?;
            texts.insert(name, text);
        }
    }
    let files = source::files(folder)?.into_iter();
    inspect(files.map(|file| (file.path, Some(file.size))), &texts)
}

/// A small file that is made here.
fn entry(name: &str, bytes: impl Into<Bytes>) -> Result<Entry, Error> {
    let path = name
        .parse()
        .map_err(|_| Error::NotUnicode { path: name.into() })?;
    Ok(Entry::from_bytes(path, bytes))
}

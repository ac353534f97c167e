//! The box: a model directory as MLflow defines it. Never touches the network.
//!
//! ```text
//! source ──build──▶ Package ──render──▶ Rendered ──mlmodel──▶ the bytes of `MLmodel`
//!        looks, checks,      small files   │
//!        hashes              in memory     ├──write_to───▶ a model directory
//!                                          └──write_zip──▶ an archive ──unpack──▶ a model directory
//! ```
//!
//! Weights are named in a manifest and never copied; only [`Rendered::write_to`] and [`Rendered::write_zip`] write
//! them, and [`Archive::unpack`] brings them back.

mod agreement;
mod archive;
pub(crate) mod contents;
mod environment;
mod error;
mod example;
mod flavor;
mod genai;
mod inspection;
mod json;
mod mlmodel;
pub(crate) mod onnx;
mod opened;
mod options;
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
mod verify;
mod yaml;

use std::collections::HashMap;
use std::fmt;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use bytes::Bytes;

use crate::digest::Digest;
use crate::entity::manifest::{self, Entry, Manifest, RelativePath};

pub use archive::Archive;
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
pub use requirements::BadRequirement;
pub use source::{File, Found, files as model_files, tree};
pub use task::{NotATask, Task};
pub use update::{CONCERNED, Edit, Updated, replace_files, update_requirements};
pub use verify::{Verified, verify};

use environment::Environment;
use flavor::{Draft, Existing, Kind, Plan};

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

/// A source that was looked at, checked and hashed.
#[derive(Debug)]
pub struct Package {
    options: Options,
    kind: Kind,
    source_name: String,
    /// The source's files under the names that they have in the model.
    model: Vec<Entry>,
}

impl Package {
    /// Looks at what lies at `source`, checks that it is a whole model, and hashes its files.
    ///
    /// `on_hash` is told how many bytes have been hashed so far, and how many there are.
    pub fn build(
        source: &Path,
        options: &Options,
        on_hash: &mut dyn FnMut(u64, u64),
    ) -> Result<Self, Error> {
        let Plan { kind, files } = flavor::plan(source, options)?;
        Ok(Self {
            options: options.clone(),
            kind,
            source_name: options
                .source_name
                .clone()
                .unwrap_or_else(|| source::name_of(source)),
            model: hash_all(files, on_hash)?,
        })
    }

    /// Makes the small files, which depend on the release of MLflow.
    pub fn render(&self, release: MlflowRelease) -> Result<Rendered, Error> {
        let mut entries = self.model.clone();
        let mut draft = self.kind.draft(release, &self.options)?;
        if matches!(self.kind, Kind::Model(_)) {
            return self.finish(release, draft, entries, 0);
        }
        agreement::settle(&mut draft, &self.options)?;
        entries.extend(draft.code.iter().cloned());
        if let Some(example) = &draft.example {
            entries.extend(example.files()?);
        }
        let counted = entries.iter().filter(|entry| self.kind.counts(entry));
        let model_size_bytes = counted.map(|entry| entry.size).sum();
        let environment = Environment::new(release, &self.options, &draft.requirements)?;
        draft.warnings.extend(environment.warnings());
        entries.extend(environment.files()?);
        self.finish(release, draft, entries, model_size_bytes)
    }

    fn finish(
        &self,
        release: MlflowRelease,
        draft: Draft,
        mut entries: Vec<Entry>,
        model_size_bytes: u64,
    ) -> Result<Rendered, Error> {
        let manifest = Manifest::new(entries.iter().cloned());
        let sums = manifest.sums();
        let digest = Digest::of(sums.as_bytes());
        if let Kind::Model(existing) = &self.kind {
            existing.check_sums(&entries, digest)?;
        }
        let notes = mlmodel::Notes::new(&manifest, digest, &self.source_name, &draft);
        entries.push(entry(manifest::SUMS, sums)?);
        Ok(Rendered {
            release,
            content: match &self.kind {
                Kind::Model(existing) => Content::Existing(Box::clone(existing)),
                _ => Content::New {
                    draft: Box::new(draft),
                    model_size_bytes,
                },
            },
            notes,
            manifest: Manifest::new(entries),
            digest,
        })
    }
}

/// A model directory that lacks nothing but its `MLmodel`.
#[derive(Debug)]
pub struct Rendered {
    release: MlflowRelease,
    content: Content,
    notes: mlmodel::Notes,
    manifest: Manifest,
    digest: Digest,
}

/// What stands in `MLmodel` whoever logs the model.
#[derive(Debug)]
enum Content {
    /// All of it is made here.
    New {
        draft: Box<Draft>,
        /// As MLflow counts it: code, artifacts and examples, but neither `MLmodel` nor the files that
        /// describe the environment (`mlflow/pyfunc/model.py`, where `get_total_file_size` is called).
        model_size_bytes: u64,
    },
    /// It is there already.
    Existing(Box<Existing>),
}

impl Rendered {
    /// Every file but `MLmodel`, `SHA256SUMS` included.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The digest of `SHA256SUMS`: equal for equal inputs, whenever and wherever they are packaged.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// `MLmodel`, once the server has named the model.
    pub fn mlmodel(&self, identity: &Identity) -> Result<Written, Error> {
        mlmodel::write(self, identity)
    }

    /// What its author should know of its signature, its example and its requirements.
    pub fn warnings(&self) -> &[String] {
        match &self.content {
            Content::New { draft, .. } => &draft.warnings,
            Content::Existing(_) => &[],
        }
    }

    /// What is known of the model, in a few words each: family, precision, context length, task.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        mlmodel::facts(self)
    }
}

/// Hashes each file once, wherever it goes in the model.
fn hash_all(
    files: Vec<(RelativePath, File)>,
    on_hash: &mut dyn FnMut(u64, u64),
) -> Result<Vec<Entry>, Error> {
    let sizes: HashMap<_, _> = files
        .iter()
        .map(|(_, file)| (&file.real, file.size))
        .collect();
    let total = sizes.values().sum();
    let mut done = 0;
    let mut count = |bytes| {
        done += bytes;
        on_hash(done, total);
    };
    let mut known: HashMap<PathBuf, (Digest, u64)> = HashMap::new();
    let mut entries = Vec::with_capacity(files.len());
    for (path, file) in files {
        let (digest, size) = match known.get(&file.real) {
            Some(known) => *known,
            None => hash(&file.real, &mut count)?,
        };
        known.insert(file.real.clone(), (digest, size));
        entries.push(Entry {
            path,
            size,
            digest,
            source: manifest::Source::File(file.real),
        });
    }
    Ok(entries)
}

fn hash(path: &Path, on_hash: &mut dyn FnMut(u64)) -> Result<(Digest, u64), Error> {
    fs_err::File::open(path)
        .and_then(|reader| Digest::of_reader(Counted { reader, on_hash }))
        .map_err(|source| source::unreadable(path, source))
}

/// A reader that tells how much was read.
struct Counted<'a> {
    reader: fs_err::File,
    on_hash: &'a mut dyn FnMut(u64),
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        (self.on_hash)(count as u64);
        Ok(count)
    }
}

/// JSON as Python writes it, in which MLflow keeps signatures.
pub fn dumps(value: &serde_json::Value) -> Result<String, Error> {
    Ok(json::dumps(value)?)
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

//! The box: a model directory as MLflow defines it. Never touches the network.
//!
//! ```text
//! folder ──build──▶ Package ──render──▶ Rendered ──mlmodel──▶ the bytes of `MLmodel`
//!        looks, checks,      small files   │
//!        hashes              in memory     └──write_to──▶ a model directory
//! ```
//!
//! Weights are named in a manifest and never copied; only [`Rendered::write_to`] writes files.

pub(crate) mod contents;
mod environment;
mod error;
mod example;
mod flavor;
mod genai;
mod json;
mod mlmodel;
pub(crate) mod onnx;
mod opened;
mod record;
mod signature;
mod source;
mod staging;
mod tokenizer;
mod verify;
mod yaml;

use std::fmt;
use std::io::{self, Read};
use std::path::Path;

use bytes::Bytes;
use serde_json::{Map, Value};

use crate::digest::Digest;
use crate::entity::manifest::{self, Entry, Manifest, RelativePath};

pub use error::Error;
pub use mlmodel::{
    Artifact, Flavors, Identity, MlModel, Provenance, PythonFunction, Signature, Written,
};
pub use onnx::BadGraph;
pub use opened::{Opened, open};
pub use record::Record;
pub use source::{File, Found, files as model_files, tree};
pub use verify::{Verified, verify};

use environment::Environment;

/// How a folder is to be packaged.
#[derive(Debug, Clone)]
pub struct Options {
    /// The name of the artifact that holds the model's files, and of their folder below `artifacts/`.
    pub artifact_name: String,
    /// The Python version that MLflow is to run the model with.
    pub python_version: String,
    /// Requirements beyond those of the generated code.
    pub extra_pip_requirements: Vec<String>,
    /// A request that the model answers; none leaves the example files out.
    pub input_example: Option<Map<String, Value>>,
}

impl Default for Options {
    fn default() -> Self {
        let prompt = ("prompt".to_owned(), "What is MLflow?".into());
        Self {
            artifact_name: flavor::DEFAULT_ARTIFACT.to_owned(),
            python_version: "3.11".to_owned(),
            extra_pip_requirements: Vec::new(),
            input_example: Some(Map::from_iter([prompt])),
        }
    }
}

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

/// A folder that was looked at, checked and hashed.
#[derive(Debug)]
pub struct Package {
    options: Options,
    facts: Facts,
    /// The folder's files under the names that they have in the model.
    model: Vec<Entry>,
}

/// What `MLmodel` tells about the model and its files.
#[derive(Debug, Clone)]
struct Facts {
    artifact_name: String,
    python_version: String,
    source_name: String,
    flavor: Map<String, Value>,
    has_example: bool,
}

impl Facts {
    fn artifact_path(&self) -> String {
        format!("artifacts/{}", self.artifact_name)
    }
}

impl Package {
    /// Looks at the folder `source`, checks that it is a whole model, and hashes its files.
    ///
    /// `on_hash` is told how many bytes have been hashed so far, and how many there are.
    pub fn build(
        source: &Path,
        options: &Options,
        on_hash: &mut dyn FnMut(u64, u64),
    ) -> Result<Self, Error> {
        let found = source::recognise(source)?;
        if !matches!(found, Found::GenaiFolder | Found::Folder) {
            return Err(Error::Unsupported {
                path: source.into(),
                found,
            });
        }
        let files = source::files(source)?;
        refuse_variants(source, found, &files)?;
        let facts = Facts {
            flavor: genai::check(&files)?,
            artifact_name: options.artifact_name.clone(),
            python_version: options.python_version.clone(),
            source_name: name_of(source),
            has_example: options.input_example.is_some(),
        };
        let parent = artifact_folder(&facts)?;
        let total = files.iter().map(|file| file.size).sum();
        let mut done = 0;
        let mut count = |bytes| {
            done += bytes;
            on_hash(done, total);
        };
        let model = files
            .iter()
            .map(|file| hash(file, &parent, &mut count))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            options: options.clone(),
            facts,
            model,
        })
    }

    /// Makes the small files, which depend on the release of MLflow.
    pub fn render(&self, release: MlflowRelease) -> Result<Rendered, Error> {
        let options = &self.options;
        let environment = Environment::new(
            release,
            &options.python_version,
            &options.extra_pip_requirements,
        );
        let mut entries = self.model.clone();
        entries.push(entry(flavor::CODE, flavor::code(&options.artifact_name)?)?);
        if let Some(example) = &options.input_example {
            entries.extend(example::files(example)?);
        }
        let model_size_bytes = entries.iter().map(|entry| entry.size).sum();
        entries.push(entry(
            environment::REQUIREMENTS,
            environment.requirements(),
        )?);
        entries.push(entry(environment::CONDA, environment.conda()?)?);
        entries.push(entry(environment::PYTHON_ENV, environment.python_env()?)?);
        let sums = Manifest::new(entries.iter().cloned()).sums();
        let digest = Digest::of(sums.as_bytes());
        entries.push(entry(manifest::SUMS, sums)?);
        Ok(Rendered {
            release,
            facts: self.facts.clone(),
            manifest: Manifest::new(entries),
            digest,
            model_size_bytes,
        })
    }
}

/// A model directory that lacks nothing but its `MLmodel`.
#[derive(Debug)]
pub struct Rendered {
    release: MlflowRelease,
    facts: Facts,
    manifest: Manifest,
    digest: Digest,
    /// As MLflow counts it: code, artifacts and examples, but neither `MLmodel` nor the files that
    /// describe the environment (`mlflow/pyfunc/model.py`, where `get_total_file_size` is called).
    model_size_bytes: u64,
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
}

fn refuse_variants(source: &Path, found: Found, files: &[File]) -> Result<(), Error> {
    let mut folders = source::nested_models(files);
    match (found, folders.is_empty()) {
        (Found::GenaiFolder, true) => return Ok(()),
        (Found::GenaiFolder, false) => folders.insert(0, ".".into()),
        (_, true) => {
            return Err(Error::Unsupported {
                path: source.into(),
                found,
            });
        }
        (_, false) => {}
    }
    Err(Error::Variants {
        path: source.into(),
        folders,
    })
}

/// The folder's own name, also where it was given as `.`.
fn name_of(source: &Path) -> String {
    let path = fs_err::canonicalize(source).unwrap_or_else(|_| source.into());
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

fn artifact_folder(facts: &Facts) -> Result<RelativePath, Error> {
    let path = facts.artifact_path();
    match path.parse::<RelativePath>() {
        Ok(path) if path.parts().count() == 2 => Ok(path),
        _ => Err(Error::BadArtifactName {
            name: facts.artifact_name.clone(),
        }),
    }
}

fn hash(file: &File, parent: &RelativePath, on_hash: &mut dyn FnMut(u64)) -> Result<Entry, Error> {
    let (digest, size) = fs_err::File::open(&file.real)
        .and_then(|reader| Digest::of_reader(Counted { reader, on_hash }))
        .map_err(|source| Error::Read {
            path: file.real.clone(),
            source,
        })?;
    Ok(Entry {
        path: file.path.below(parent),
        size,
        digest,
        source: manifest::Source::File(file.real.clone()),
    })
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

/// A small file that is made here.
fn entry(name: &str, bytes: impl Into<Bytes>) -> Result<Entry, Error> {
    let path = name
        .parse()
        .map_err(|_| Error::NotUnicode { path: name.into() })?;
    Ok(Entry::from_bytes(path, bytes))
}

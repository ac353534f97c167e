//! What a source becomes: its files under new names, and the flavors by which MLflow loads them.
//!
//! It reads sources and writes nothing.

mod checkpoint;
mod code;
mod existing;
mod genai;
mod graph;
mod hints;

use std::collections::HashMap;
use std::path::Path;

use serde_json::{Map, Value, json};

use crate::entity::manifest::{Entry, RelativePath};

use super::example::Example;
use super::source::{self, File, Found};
use super::{Error, Flavor, MlflowRelease, Options, environment};

pub(super) use existing::{Existing, with_key};
pub(super) use hints::{Hint, Hints};

/// The artifact's name where nobody chose one.
pub(super) const DEFAULT_ARTIFACT: &str = "phi3-mini-onnx";

/// Where the code lies that a model imports.
pub(super) const CODE_FOLDER: &str = "code";

/// A source that was looked at and checked.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) kind: Kind,
    /// Its files, each with the name that it has in the model.
    pub(super) files: Vec<(RelativePath, File)>,
}

/// What sort of model a source becomes.
#[derive(Debug)]
pub(super) enum Kind {
    /// An ONNX Runtime GenAI folder with generated code.
    Genai(genai::Genai),
    /// Files with the user's own code.
    Code(code::Code),
    /// A checkpoint of Hugging Face's Transformers.
    Checkpoint(checkpoint::Checkpoint),
    /// A single ONNX graph.
    Graph(graph::Graph),
    /// A model that is packaged already.
    Model(Box<Existing>),
}

/// All that `MLmodel` and the small files say of a new model, but for what only its whole shows.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) flavors: Map<String, Value>,
    pub(super) signature: Option<Value>,
    /// Whether that follows from the type hints of the model's code.
    pub(super) is_signature_from_type_hint: bool,
    pub(super) example: Option<Example>,
    /// What the model's code says of itself, where nobody said more.
    pub(super) hints: Option<Hints>,
    /// What its author should know.
    pub(super) warnings: Vec<String>,
    pub(super) metadata: Map<String, Value>,
    pub(super) requirements: Vec<String>,
    /// Generated files.
    pub(super) code: Vec<Entry>,
    /// What is known of a model that phi3ml itself cannot load.
    pub(super) description: Map<String, Value>,
}

/// Looks at what lies at `source`, checks it, and decides what becomes of it.
pub(super) fn plan(source: &Path, options: &Options) -> Result<Plan, Error> {
    let found = source::recognise(source)?;
    let wanted = match (found, &options.python_model) {
        (_, Some(_)) | (Found::GenaiFolder | Found::Folder, None) => Flavor::Pyfunc,
        (Found::HuggingFaceCheckpoint, None) => Flavor::Transformers,
        (Found::OnnxFile, None) => Flavor::Onnx,
        (Found::MlflowModel, None) => return existing::plan(source, options),
        (Found::Archive | Found::File, None) => return Err(unsupported(source, found)),
    };
    if let Some(flavor) = options.flavor
        && flavor != wanted
    {
        return Err(Error::OtherFlavor {
            path: source.into(),
            found,
            flavor: wanted.name(),
        });
    }
    let mut plan = match (&options.python_model, wanted) {
        (Some(python_model), _) => code::plan(source, python_model, options)?,
        (None, Flavor::Pyfunc) => genai::plan(source, found, options)?,
        (None, Flavor::Transformers) => checkpoint::plan(source, options)?,
        (None, Flavor::Onnx) => graph::plan(source, options)?,
    };
    for path in &options.code_paths {
        let name = source::name_of(path);
        place(path, &join(CODE_FOLDER, &name)?, &mut plan.files)?;
    }
    refuse_collisions(&plan.files)?;
    Ok(plan)
}

fn unsupported(source: &Path, found: Found) -> Error {
    Error::Unsupported {
        path: source.into(),
        found,
    }
}

impl Flavor {
    fn name(self) -> &'static str {
        match self {
            Self::Pyfunc => "pyfunc",
            Self::Transformers => "transformers",
            Self::Onnx => "onnx",
        }
    }
}

impl Kind {
    /// Whether MLflow counts a file as part of the model's size. A Python function's further code is copied only
    /// after it counted (`mlflow/pyfunc/model.py`), that of other flavors before.
    pub(super) fn counts(&self, path: &RelativePath) -> bool {
        let is_code = path.parts().next() == Some(CODE_FOLDER);
        !(is_code && matches!(self, Self::Genai(_) | Self::Code(_)))
    }

    /// What there is to say of the model in this release.
    pub(super) fn draft(&self, release: MlflowRelease, options: &Options) -> Result<Draft, Error> {
        match self {
            Self::Genai(genai) => genai.draft(options),
            Self::Code(code) => code.draft(options),
            Self::Checkpoint(checkpoint) => checkpoint.draft(release, options),
            Self::Graph(graph) => graph.draft(release, options),
            // It says itself what it is.
            Self::Model(_) => Ok(Draft::default()),
        }
    }
}

/// The flavor `python_function`, as far as all models have it in common
/// (`mlflow/pyfunc/__init__.py`, `add_to_model`).
fn python_function(loader: &str, options: &Options) -> Map<String, Value> {
    let mut fields = Map::new();
    if !options.model_config.is_empty() {
        let config = Value::Object(options.model_config.clone());
        fields.insert("config".into(), config);
    }
    let env = json!({"conda": environment::CONDA, "virtualenv": environment::PYTHON_ENV});
    fields.insert("env".into(), env);
    fields.insert("loader_module".into(), loader.into());
    let python = options.python_version();
    fields.insert("python_version".into(), python.into());
    fields
}

/// A path below a folder of the model.
fn join(folder: &str, name: &str) -> Result<RelativePath, Error> {
    let path = format!("{folder}/{name}");
    path.parse()
        .map_err(|_| Error::NotUnicode { path: name.into() })
}

/// The files at `path`, a file or a folder, under the name `target` in the model.
fn place(
    path: &Path,
    target: &RelativePath,
    files: &mut Vec<(RelativePath, File)>,
) -> Result<(), Error> {
    let metadata = fs_err::metadata(path).map_err(|source| source::unreadable(path, source))?;
    if metadata.is_dir() {
        let inside = source::files(path)?.into_iter();
        let kept = inside.filter(|file| file.path.parts().all(|part| part != "__pycache__"));
        files.extend(kept.map(|file| (file.path.below(target), file)));
    } else {
        files.push((target.clone(), source::file(path)?));
    }
    Ok(())
}

/// Two files cannot have one name.
fn refuse_collisions(files: &[(RelativePath, File)]) -> Result<(), Error> {
    let mut seen = HashMap::new();
    for (target, file) in files {
        if let Some(other) = seen.insert(target, &file.real) {
            return Err(Error::Collision {
                name: target.clone(),
                paths: [other.clone(), file.real.clone()],
            });
        }
    }
    Ok(())
}

//! An ONNX Runtime GenAI folder as a Python function: its files as an artifact, and a generated class that runs
//! them with onnxruntime-genai.
//!
//! It runs no Python. The class is one readable file, the same for every model of a task but for a name in it.

use std::path::Path;

use serde_json::{Map, Value, json};

use crate::entity::manifest::RelativePath;

use super::{Draft, Kind, Plan, join, python_function};
use crate::package::source::{self, File, Found};
use crate::package::{Error, Options, Task, entry, genai, json as python};

/// The name of the generated file, and of `model_code_path` in `MLmodel`.
pub(super) const CODE: &str = "phi3_model.py";

/// What the class needs besides MLflow: the release of ONNX Runtime GenAI whose answers ours are compared with, and the
/// ONNX Runtime that phi3ml itself installs; the former asks for 1.31.0 at least (its `Requires-Dist`).
pub(super) const PACKAGES: [&str; 3] =
    ["onnxruntime-genai==0.18.0", "onnxruntime==1.31.1", "numpy"];

/// What all tasks have in common: from a conversation to pieces of text.
const GENERATION: &str = include_str!("python/generation.py");

/// What chats and completions have in common: requests, and the envelope of a reply.
const OPENAI: &str = include_str!("python/openai.py");

/// A checked folder.
#[derive(Debug)]
pub(in crate::package) struct Genai {
    facts: Map<String, Value>,
}

pub(super) fn plan(source: &Path, found: Found, options: &Options) -> Result<Plan, Error> {
    let files = source::files(source)?;
    refuse_variants(source, found, &files)?;
    if options.task == Some(Task::TextGeneration) {
        return Err(Error::OtherTask {
            task: Task::TextGeneration,
            found,
        });
    }
    let facts = genai::check(&files)?;
    let parent = artifact_folder(options.artifact_name())?;
    let mut placed: Vec<_> = files
        .into_iter()
        .map(|file| (file.path.below(&parent), file))
        .collect();
    for (name, path) in &options.artifacts {
        super::place(path, &further_artifact(name, path, options)?, &mut placed)?;
    }
    Ok(Plan {
        kind: Kind::Genai(Genai { facts }),
        files: placed,
    })
}

fn refuse_variants(source: &Path, found: Found, files: &[File]) -> Result<(), Error> {
    let mut folders = source::nested_models(files);
    match (found, folders.is_empty()) {
        (Found::GenaiFolder, true) => return Ok(()),
        (Found::GenaiFolder, false) => folders.insert(0, ".".into()),
        (_, true) => return Err(super::unsupported(source, found)),
        (_, false) => {}
    }
    Err(Error::Variants {
        path: source.into(),
        folders,
    })
}

/// The folder of the artifact `name`.
pub(super) fn artifact_folder(name: &str) -> Result<RelativePath, Error> {
    match join("artifacts", name) {
        Ok(path) if path.parts().count() == 2 => Ok(path),
        _ => Err(Error::BadArtifactName { name: name.into() }),
    }
}

/// Where a further artifact goes: below `artifacts/` under its own name, as with MLflow, or below a folder of
/// the artifact's name where that name is taken.
pub(super) fn further_artifact(
    name: &str,
    path: &Path,
    options: &Options,
) -> Result<RelativePath, Error> {
    let folder = artifact_folder(name)?;
    let file = source::name_of(path);
    let others = options.artifacts.iter();
    let same = others.filter(|(_, path)| source::name_of(path) == file);
    if same.count() > 1 || file == options.artifact_name() {
        join(folder.as_str(), &file)
    } else {
        artifact_folder(&file)
    }
}

/// `artifacts` in `MLmodel`. The `uri`, which MLflow only shows, is a name: the path of a build is nobody's
/// business.
pub(super) fn artifacts(options: &Options) -> Result<Value, Error> {
    let name = options.artifact_name();
    let path = artifact_folder(name)?;
    let mut artifacts = Map::new();
    artifacts.insert(name.into(), json!({"path": path.as_str(), "uri": name}));
    for (name, path) in &options.artifacts {
        let target = further_artifact(name, path, options)?;
        let uri = source::name_of(path);
        artifacts.insert(name.clone(), json!({"path": target.as_str(), "uri": uri}));
    }
    artifacts.sort_keys();
    Ok(artifacts.into())
}

impl Genai {
    pub(super) fn draft(&self, options: &Options) -> Result<Draft, Error> {
        let task = options.task.unwrap_or(Task::Prompt);
        let code = entry(CODE, code(task, options.artifact_name())?)?;
        let mut flavors = Map::new();
        flavors.insert("phi3ml".into(), flavor(&self.facts, task, options)?);
        let function = from_code(CODE, true, options)?;
        flavors.insert("python_function".into(), function);
        let mut metadata = options.metadata.clone();
        if task.is_llm() {
            metadata.insert("task".into(), task.name().into());
        }
        Ok(Draft {
            flavors,
            signature: options.signature.or(Some(task.signature_with_params()?)),
            example: options.example(Some(task.example()))?,
            metadata,
            requirements: PACKAGES.map(str::to_owned).to_vec(),
            code: vec![code],
            ..Draft::default()
        })
    }
}

/// The flavor `phi3ml`: what one has to know to run the model without opening it.
pub(super) fn flavor(
    facts: &Map<String, Value>,
    task: Task,
    options: &Options,
) -> Result<Value, Error> {
    let mut flavor = facts.clone();
    let folder = artifact_folder(options.artifact_name())?;
    flavor.insert("data".into(), folder.as_str().into());
    flavor.insert("task".into(), task.name().into());
    flavor.sort_keys();
    Ok(flavor.into())
}

/// The flavor `python_function` of a model from code (`mlflow/pyfunc/model.py`).
pub(super) fn from_code(file: &str, streams: bool, options: &Options) -> Result<Value, Error> {
    let mut function = python_function("mlflow.pyfunc.loaders.code_model", options);
    function.insert("artifacts".into(), artifacts(options)?);
    // What both MLflow releases install, and write even where nothing is pickled.
    function.insert("cloudpickle_version".into(), "3.1.2".into());
    function.insert("code".into(), options.code());
    function.insert("model_code_path".into(), file.into());
    function.insert("streamable".into(), streams.into());
    function.sort_keys();
    Ok(function.into())
}

/// The code of a model whose files are the artifact `artifact_name`.
fn code(task: Task, artifact_name: &str) -> Result<String, Error> {
    // A JSON string is a Python string as well.
    let literal = python::dumps(&artifact_name.into())?;
    let head = template(task).replace(&format!("\"{}\"", super::DEFAULT_ARTIFACT), &literal);
    Ok(match replies(task) {
        Some(replies) => format!("{head}\n{OPENAI}\n{replies}\n{GENERATION}"),
        None => format!("{head}\n{GENERATION}"),
    })
}

fn template(task: Task) -> &'static str {
    match task {
        Task::Chat => include_str!("python/chat.py"),
        Task::Completions => include_str!("python/completions.py"),
        Task::Prompt | Task::TextGeneration => include_str!("python/prompt.py"),
    }
}

/// How the tasks with OpenAI's forms make their replies.
fn replies(task: Task) -> Option<&'static str> {
    match task {
        Task::Chat => Some(include_str!("python/chat_replies.py")),
        Task::Completions => Some(include_str!("python/completions_replies.py")),
        Task::Prompt | Task::TextGeneration => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_artifact_is_named_once() {
        for task in [Task::Prompt, Task::Chat, Task::Completions] {
            let named = code(task, r#"it's "odd""#).unwrap();
            assert!(named.contains(r#"    artifact = "it's \"odd\"""#));
            assert!(!named.contains(super::super::DEFAULT_ARTIFACT));
            assert_eq!(
                template(task)
                    .matches(super::super::DEFAULT_ARTIFACT)
                    .count(),
                1
            );
        }
    }
}

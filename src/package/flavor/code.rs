//! The user's own Python class with the files it needs: a Python function from code.
//!
//! It neither reads nor runs the class beyond finding it.

use std::path::Path;

use serde_json::{Map, Value};

use super::genai::{self, artifact_folder, from_code, further_artifact};
use super::{Draft, Hints, Kind, Plan, place};
use crate::package::source;
use crate::package::{Error, Options, Task, contents};

/// What MLflow asks for itself where nothing is known of the class (`mlflow/pyfunc/model.py`,
/// `get_default_pip_requirements`, 3.17.2), in the version that the captured models have.
const CLOUDPICKLE: &str = "cloudpickle==3.1.2";

/// A checked file with what it is given.
#[derive(Debug)]
pub(in crate::package) struct Code {
    /// The name of the file.
    file: String,
    /// Whether the class says that it streams.
    streams: bool,
    hints: Hints,
    /// What is known of the source where it is an ONNX Runtime GenAI folder, so that phi3ml runs it, too.
    facts: Option<Map<String, Value>>,
}

pub(super) fn plan(source: &Path, python_model: &Path, options: &Options) -> Result<Plan, Error> {
    let text = contents::read_text(python_model)
        .map_err(|source| source::unreadable(python_model, source))?;
    if !text.contains("set_model") {
        return Err(Error::NoSetModel {
            path: python_model.into(),
        });
    }
    let mut files = Vec::new();
    let file = source::name_of(python_model);
    let target = file.parse().map_err(|_| Error::NotUnicode {
        path: python_model.into(),
    })?;
    place(python_model, &target, &mut files)?;
    place(
        source,
        &artifact_folder(options.artifact_name())?,
        &mut files,
    )?;
    for (name, path) in &options.artifacts {
        place(path, &further_artifact(name, path, options)?, &mut files)?;
    }
    let is_genai = source::recognise(source)? == source::Found::GenaiFolder;
    let facts = is_genai.then(|| super::super::genai::check(&source::files(source)?));
    Ok(Plan {
        kind: Kind::Code(Code {
            file,
            streams: text.contains("def predict_stream"),
            hints: Hints::read(&text),
            // Whether the class minds what is missing only the class knows.
            facts: facts.and_then(Result::ok),
        }),
        files,
    })
}

impl Code {
    pub(super) fn draft(&self, options: &Options) -> Result<Draft, Error> {
        let mut flavors = Map::new();
        let mut requirements = vec![CLOUDPICKLE.to_owned()];
        let task = options.task.unwrap_or(Task::Prompt);
        if let Some(facts) = &self.facts {
            flavors.insert("phi3ml".into(), genai::flavor(facts, task, options)?);
            requirements.extend(genai::PACKAGES.map(str::to_owned));
        }
        let function = from_code(&self.file, self.streams, options)?;
        flavors.insert("python_function".into(), function);
        let mut metadata = options.metadata.clone();
        if task.is_llm() {
            metadata.insert("task".into(), task.name().into());
        }
        // Which params the class takes nobody knows but its author, who may give a signature.
        let signature = match options.task {
            Some(task) => Some(task.signature()?),
            None => None,
        };
        Ok(Draft {
            flavors,
            signature: options.signature.or(signature.map(without_params)),
            example: options.example(options.task.map(Task::example))?,
            hints: Some(self.hints.clone()),
            metadata,
            requirements,
            ..Draft::default()
        })
    }
}

fn without_params(mut signature: Value) -> Value {
    if let Some(params) = signature.get_mut("params") {
        *params = Value::Null;
    }
    signature
}

//! How a source is to be packaged, and which of these wishes its kind can fulfil.
//!
//! Defaults depend on the kind of source, so an option that nobody chose is none here.

use std::path::PathBuf;

use serde_json::{Map, Value};

use super::example::Example;
use super::{CondaEnv, Error, Found, Task, flavor};

/// How a source is to be packaged.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What the source is called, where its path does not say that.
    pub source_name: Option<String>,
    /// The way in which MLflow is to load it; a source allows one only.
    pub flavor: Option<Flavor>,
    /// What it is asked and what it answers.
    pub task: Option<Task>,
    /// The name of the artifact that holds the model's files, and of their folder below `artifacts/`.
    pub artifact_name: Option<String>,
    /// Further files or folders that the model's code finds by name.
    pub artifacts: Vec<(String, PathBuf)>,
    /// The file with the user's own Python class, in place of a generated one.
    pub python_model: Option<PathBuf>,
    /// Files or folders with Python code that the model imports.
    pub code_paths: Vec<PathBuf>,
    /// What the model's code is configured with.
    pub model_config: Map<String, Value>,
    /// What its author notes.
    pub metadata: Map<String, Value>,
    /// The Python version that MLflow is to run the model with.
    pub python_version: Option<String>,
    /// The file with requirements in place of those of the flavor.
    pub pip_requirements: Option<PathBuf>,
    /// Files with constraints.
    pub constraints: Vec<PathBuf>,
    /// The conda environment in place of one that is made from the requirements.
    pub conda_env: Option<CondaEnv>,
    /// Further requirements.
    pub extra_pip_requirements: Vec<String>,
    /// A request that the model answers.
    pub input_example: Choice<Value>,
    /// What goes in and what comes out.
    pub signature: Choice<Value>,
}

/// A way in which MLflow loads a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flavor {
    /// As a Python function from code.
    Pyfunc,
    /// As a pipeline of Transformers.
    Transformers,
    /// As an ONNX graph.
    Onnx,
}

/// Something that can be given, or refused, or left to the task.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Choice<T> {
    /// What the task has.
    #[default]
    OfTask,
    /// None.
    None,
    /// This.
    Given(T),
}

impl<T: Clone> Choice<T> {
    /// What was chosen, where the task has this.
    pub(super) fn or(&self, of_task: Option<T>) -> Option<T> {
        match self {
            Self::OfTask => of_task,
            Self::None => None,
            Self::Given(given) => Some(given.clone()),
        }
    }

    fn is_chosen(&self) -> bool {
        !matches!(self, Self::OfTask)
    }
}

impl Options {
    pub(super) fn artifact_name(&self) -> &str {
        self.artifact_name
            .as_deref()
            .unwrap_or(flavor::DEFAULT_ARTIFACT)
    }

    /// The example that was chosen, or that of the task.
    pub(super) fn example(&self, of_task: Option<Value>) -> Result<Option<Example>, Error> {
        let chosen = self.input_example.or(of_task);
        chosen.as_ref().map(Example::read).transpose()
    }

    pub(super) fn python_version(&self) -> &str {
        let conda = || self.conda_env.as_ref().and_then(CondaEnv::python);
        let chosen = self.python_version.as_deref().or_else(conda);
        chosen.unwrap_or("3.11")
    }

    /// `code` in `MLmodel`.
    pub(super) fn code(&self) -> Value {
        if self.code_paths.is_empty() {
            Value::Null
        } else {
            flavor::CODE_FOLDER.into()
        }
    }

    /// Refuses what is chosen but means nothing for this kind of source.
    pub(super) fn check(&self, found: Found, meaningless: &[&'static str]) -> Result<(), Error> {
        let chosen = [
            ("task", self.task.is_some()),
            ("artifact-name", self.artifact_name.is_some()),
            ("artifact", !self.artifacts.is_empty()),
            ("python-model", self.python_model.is_some()),
            ("code-path", !self.code_paths.is_empty()),
            ("model-config", !self.model_config.is_empty()),
            ("metadata", !self.metadata.is_empty()),
            ("python-version", self.python_version.is_some()),
            (
                "extra-pip-requirement",
                !self.extra_pip_requirements.is_empty(),
            ),
            ("pip-requirements", self.pip_requirements.is_some()),
            ("constraint", !self.constraints.is_empty()),
            ("conda-env", self.conda_env.is_some()),
            ("input-example", self.input_example.is_chosen()),
            ("signature", self.signature.is_chosen()),
        ];
        let misplaced = chosen
            .into_iter()
            .find(|(option, is_chosen)| *is_chosen && meaningless.contains(option));
        match misplaced {
            Some((option, _)) => Err(Error::Meaningless { option, found }),
            None => Ok(()),
        }
    }
}

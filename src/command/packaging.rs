//! How a source becomes a model, as the commands that package one are told.

#![expect(
    clippy::doc_markdown,
    reason = "the docs of arguments are the text of `--help`"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result};
use clap::ValueEnum;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use serde_json::{Map, Value};

use super::{Context, Error, Event, given, model};
use crate::digest::Digest;
use crate::entity::manifest::RelativePath;
use crate::package::schema::ModelSignature;
use crate::package::{
    self, Archive, Choice, CondaEnv, Flavor, MlflowRelease, Options, Package, Rendered, Sealed,
    Task,
};

/// What is packaged.
#[derive(Debug, clap::Args)]
pub(super) struct SourceArg {
    /// Folder of an ONNX Runtime GenAI model (with genai_config.json) or of a Hugging Face checkpoint (with
    /// config.json and safetensors), an .onnx file, or an MLflow model: a folder, or a .zip made by `package`
    #[arg(value_name = "SOURCE", value_hint = clap::ValueHint::AnyPath)]
    pub source: PathBuf,
}

/// How the model is packaged.
#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "Package")]
pub(super) struct PackageArgs {
    /// Way in which MLflow loads the model; each kind of source has one
    #[arg(long, value_enum, default_value_t, value_name = "FLAVOR")]
    pub flavor: FlavorName,
    /// What the model is asked and answers [default: prompt; of a checkpoint: text-generation]
    #[arg(long, value_name = "TASK", value_parser = task_parser())]
    pub task: Option<Task>,
    /// Request that the model answers, as JSON or @FILE, or `none` [default: one of the task]; {"inputs": ...,
    /// "params": {...}} has params, {"dataframe_split": ...} is a data frame and {"instances": ...} a tensor
    #[arg(long, value_name = "JSON")]
    pub input_example: Option<String>,
    /// What goes in and comes out: @FILE with {inputs, outputs, params} as in MLmodel, `none`, or `auto`, that of
    /// the task, the graph or else of the input example [default: auto]
    #[arg(long, value_name = "SIGNATURE")]
    pub signature: Option<String>,
    /// What the model's code is configured with, such as temperature=0.7; or @FILE with a JSON object
    #[arg(long, value_name = "K=V")]
    pub model_config: Vec<String>,
    /// Python file with your own PythonModel, in place of a generated one; SOURCE becomes its artifact
    #[arg(long, value_name = "FILE.py", value_hint = clap::ValueHint::FilePath)]
    pub python_model: Option<PathBuf>,
    /// Further file or folder that the model's Python code finds by name
    #[arg(long = "artifact", value_name = "NAME=PATH", value_parser = artifact)]
    pub artifacts: Vec<(String, PathBuf)>,
    /// Name under which the model's Python code finds SOURCE [default: phi3-mini-onnx]
    #[arg(long, value_name = "NAME")]
    pub artifact_name: Option<String>,
    /// File or folder with Python code that the model imports
    #[arg(long = "code-path", value_name = "PATH", value_hint = clap::ValueHint::AnyPath)]
    pub code_paths: Vec<PathBuf>,
    /// Note in MLmodel
    #[arg(long, value_name = "K=V")]
    pub metadata: Vec<String>,
    /// Python version of the environment files [default: 3.11]
    #[arg(long, value_name = "VERSION", value_parser = python_version)]
    pub python_version: Option<String>,
    /// File with the requirements of the model, in place of those of its flavor
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub pip_requirements: Option<PathBuf>,
    /// File with constraints for pip
    #[arg(long = "constraint", value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub constraints: Vec<PathBuf>,
    /// File with the conda environment of the model; its pip list becomes requirements.txt
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath,
        conflicts_with_all = ["pip_requirements", "python_version"])]
    pub conda_env: Option<PathBuf>,
    /// Further line of requirements.txt
    #[arg(
        long = "extra-pip-requirement",
        value_name = "REQ",
        allow_hyphen_values = true
    )]
    pub extra_pip_requirements: Vec<String>,
}

/// A way in which MLflow loads a model.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum FlavorName {
    /// That of the source
    #[default]
    Auto,
    /// Python function from code, for ONNX Runtime GenAI folders and your own code
    Pyfunc,
    /// Pipeline of Hugging Face's Transformers, for checkpoints
    Transformers,
    /// ONNX graph
    Onnx,
}

fn python_version(text: &str) -> Result<String, String> {
    let parts = text.split('.').map(str::parse::<u32>);
    match parts.collect::<Result<Vec<_>, _>>().as_deref() {
        Ok([3, _] | [3, _, _]) => Ok(text.to_owned()),
        _ => Err("write a version such as 3.11 or 3.11.7".to_owned()),
    }
}

fn task_parser() -> impl clap::builder::TypedValueParser<Value = Task> {
    PossibleValuesParser::new(Task::ALL.map(Task::name)).try_map(|name| name.parse::<Task>())
}

fn artifact(text: &str) -> Result<(String, PathBuf), String> {
    match text.split_once('=') {
        Some((name, path)) if !name.is_empty() && !path.is_empty() => {
            Ok((name.to_owned(), path.into()))
        }
        _ => Err("write NAME=PATH".to_owned()),
    }
}

impl PackageArgs {
    fn options(&self) -> Result<Options> {
        Ok(Options {
            source_name: None,
            flavor: match self.flavor {
                FlavorName::Auto => None,
                FlavorName::Pyfunc => Some(Flavor::Pyfunc),
                FlavorName::Transformers => Some(Flavor::Transformers),
                FlavorName::Onnx => Some(Flavor::Onnx),
            },
            task: self.task,
            artifact_name: self.artifact_name.clone(),
            artifacts: self.artifacts.clone(),
            python_model: self.python_model.clone(),
            code_paths: self.code_paths.clone(),
            model_config: fields(&self.model_config, "model-config")?,
            metadata: fields(&self.metadata, "metadata")?,
            python_version: self.python_version.clone(),
            pip_requirements: self.pip_requirements.clone(),
            constraints: self.constraints.clone(),
            conda_env: self.conda_env.as_deref().map(CondaEnv::read).transpose()?,
            extra_pip_requirements: self.extra_pip_requirements.clone(),
            input_example: match self.input_example.as_deref() {
                None => Choice::OfTask,
                Some("none") => Choice::None,
                Some(given) => Choice::Given(json(given, "input-example")?),
            },
            signature: match self.signature.as_deref() {
                None | Some("auto") => Choice::OfTask,
                Some("none") => Choice::None,
                Some(given) if given.starts_with('@') => {
                    Choice::Given(signature(&json(given, "signature")?)?)
                }
                Some(_) => {
                    let text = "`--signature` is `@FILE`, `none` or `auto`";
                    return Err(Error::usage(text).into());
                }
            },
        })
    }
}

/// JSON, or the contents of a file.
fn json(given: &str, flag: &str) -> Result<Value> {
    serde_json::from_str(&given::text(given)?)
        .map_err(|error| Error::usage(format!("`--{flag}` is not JSON: {error}")).into())
}

/// A signature as `MLmodel` keeps it: each part as JSON text. A part that is given as JSON itself is taken, too.
fn signature(given: &Value) -> Result<Value> {
    let signature =
        ModelSignature::read(given).map_err(|source| package::Error::BadSignature { source })?;
    Ok(signature.to_value()?)
}

/// Pairs whose values are JSON where they can be read as such, and else texts.
fn fields(given: &[String], flag: &str) -> Result<Map<String, Value>> {
    let mut fields = Map::new();
    for pair in given {
        if pair.starts_with('@') {
            match json(pair, flag)? {
                Value::Object(read) => fields.extend(read),
                _ => return Err(Error::usage(format!("`--{flag}` is no JSON object")).into()),
            }
        } else {
            match pair.split_once('=') {
                Some((key, value)) if !key.is_empty() => {
                    let value = serde_json::from_str(value).unwrap_or_else(|_| value.into());
                    fields.insert(key.to_owned(), value);
                }
                _ => return Err(Error::usage(format!("`--{flag}` is K=V, not `{pair}`")).into()),
            }
        }
    }
    Ok(fields)
}

/// A source that was looked at and checked, with the files around it.
#[derive(Debug)]
pub(super) struct Prepared {
    pub(super) model: Rendered,
    /// What an archive was unpacked to, for as long as its files are needed.
    unpacked: Option<model::Local>,
}

/// The same with all digests: nothing is missing but its `MLmodel`.
#[derive(Debug)]
pub(super) struct Packed {
    pub(super) model: Sealed,
    _unpacked: Option<model::Local>,
}

/// Looks at the source and makes the files around it.
pub(super) async fn prepare(
    source: &Path,
    args: &PackageArgs,
    release: MlflowRelease,
    context: &Context,
) -> Result<Prepared> {
    let mut options = args.options()?;
    let unpacked = if Archive::is_at(source) {
        Some(model::unpack(source, context).await?)
    } else {
        None
    };
    if unpacked.is_some() {
        let stem = source.file_stem().unwrap_or_default();
        options.source_name = Some(stem.to_string_lossy().into_owned());
    }
    context.step("packaging");
    let folder = unpacked
        .as_ref()
        .map_or_else(|| source.to_path_buf(), |local| local.folder.clone());
    let work = context.compute(move || Package::build(&folder, &options)?.render(release));
    let model = work.await?.with_context(|| cannot_package(source))?;
    for warning in model.warnings() {
        context.warn(warning);
    }
    Ok(Prepared { model, unpacked })
}

impl Prepared {
    /// Whether its files are there for this call alone.
    pub(super) fn is_unpacked(&self) -> bool {
        self.unpacked.is_some()
    }

    /// Hashes the files of `source`.
    pub(super) async fn seal(self, source: &Path, context: &Context) -> Result<Packed> {
        let audience = Arc::clone(&context.audience);
        let work = context.compute(move || {
            self.model.seal(&mut |done, total| {
                audience.hear(Event::Read { done, total });
            })
        });
        Ok(Packed {
            model: work.await?.with_context(|| cannot_package(source))?,
            _unpacked: self.unpacked,
        })
    }

    /// The same with the digests that the files of the source were found to have when they were read.
    pub(super) fn seal_as(self, found: &BTreeMap<RelativePath, Digest>) -> Result<Packed> {
        Ok(Packed {
            model: self.model.seal_as(found)?,
            _unpacked: self.unpacked,
        })
    }
}

fn cannot_package(source: &Path) -> String {
    format!("cannot package `{}`", source.display())
}

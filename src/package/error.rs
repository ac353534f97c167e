//! Every way in which a folder fails to be a model, or a model fails to be written.
//!
//! It does not know where in a life cycle the failure happened; that sentence belongs to the caller.

use std::io;
use std::path::PathBuf;

use crate::digest::Digest;
use crate::entity::manifest::{BadSums, RelativePath};
use crate::error::{Hint, Kind};

use super::Task;
use super::onnx::BadGraph;
use super::requirements::BadRequirement;
use super::schema::{BadParam, BadSignature, Finding};
use super::source::Found;

/// What can go wrong between a folder and a model directory.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Nothing has this path.
    #[error("`{path}` does not exist")]
    NotFound {
        /// The path that was given.
        path: PathBuf,
    },
    /// Something is there, but nothing that can be packaged.
    #[error("`{path}` is {found}, which cannot be packaged")]
    Unsupported {
        /// The path that was given.
        path: PathBuf,
        /// What it is instead.
        found: Found,
    },
    /// Something is there, but no model that can be opened.
    #[error("`{path}` is {found}, not a model directory")]
    NotAModel {
        /// The path that was given.
        path: PathBuf,
        /// What it is instead.
        found: Found,
    },
    /// The models are one level or more further down.
    #[error(
        "`{path}` holds {} instead of being one: {}",
        count(folders),
        list(folders)
    )]
    Variants {
        /// The path that was given.
        path: PathBuf,
        /// Where the models are, relative to it.
        folders: Vec<String>,
    },
    /// The file system said no.
    #[error("cannot read `{path}`")]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the file system said.
        source: io::Error,
    },
    /// The file system said no.
    #[error("cannot write `{path}`")]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// What the file system said.
        source: io::Error,
    },
    /// A model is to be written where something is already.
    #[error("`{path}` exists already")]
    Exists {
        /// The folder that was to be made.
        path: PathBuf,
    },
    /// A name that the tracking server could not store.
    #[error("the name of `{path}` is not valid UTF-8")]
    NotUnicode {
        /// The file.
        path: PathBuf,
    },
    /// A link to something that is not part of the folder, or to nothing.
    #[error("`{path}` is a link to `{target}`, which is not inside the folder")]
    LinkLeaves {
        /// The link.
        path: RelativePath,
        /// Where it points.
        target: PathBuf,
    },
    /// A JSON file that is none, or lacks what it must have.
    #[error("`{file}` is broken")]
    BadJson {
        /// The file.
        file: RelativePath,
        /// Line and column.
        source: serde_json::Error,
    },
    /// A field that is missing or of the wrong kind.
    #[error("`{field}` in `{file}` is {problem}")]
    BadField {
        /// The file.
        file: RelativePath,
        /// The field, with dots between its parts.
        field: String,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// A field that points out of the folder.
    #[error("`{field}` in `{file}` names `{path}`, which is not a path inside the folder")]
    Leaves {
        /// The file.
        file: RelativePath,
        /// The field, with dots between its parts.
        field: String,
        /// The path as written there.
        path: String,
    },
    /// A field of `MLmodel` that points out of the model.
    #[error("`{field}` in `MLmodel` names `{path}`, which is not a path inside the model")]
    LeavesModel {
        /// The field, with dots between its parts.
        field: String,
        /// The path as written there.
        path: String,
    },
    /// A file that another one names is not there.
    #[error("`{field}` in `{file}` names `{path}`, which is missing")]
    Missing {
        /// The file that names it.
        file: RelativePath,
        /// The field, with dots between its parts.
        field: String,
        /// The file that is missing.
        path: RelativePath,
    },
    /// A file that every such folder has is not there.
    #[error("`{file}` is missing")]
    MissingFile {
        /// The file.
        file: RelativePath,
    },
    /// Half a file: its weights end too early.
    #[error("`{data}` has {found} bytes, but `{graph}` keeps weights in it up to byte {needed}")]
    DataTooShort {
        /// The graph.
        graph: RelativePath,
        /// The file with its weights.
        data: RelativePath,
        /// How long it must be at least.
        needed: u64,
        /// How long it is.
        found: u64,
    },
    /// An `.onnx` file that is none.
    #[error("`{file}` is not a whole ONNX graph")]
    BadGraph {
        /// The file.
        file: RelativePath,
        /// What is wrong with it.
        source: BadGraph,
    },
    /// A few lines of text in place of a large file.
    #[error("`{file}` is only a Git LFS pointer, not the file itself")]
    LfsPointer {
        /// The file.
        file: RelativePath,
    },
    /// Tokenizer and graph do not belong together.
    #[error(
        "`{file}` has the token `{token}` with id {id}, but `model.vocab_size` in `{config}` is {vocab_size}"
    )]
    TokenOutside {
        /// The tokenizer.
        file: RelativePath,
        /// The token.
        token: String,
        /// Its id.
        id: u64,
        /// The file that says how many ids the graph knows.
        config: RelativePath,
        /// How many ids the graph knows.
        vocab_size: u64,
    },
    /// A name that cannot be a folder below `artifacts/`.
    #[error("`{name}` cannot be the name of an artifact")]
    BadArtifactName {
        /// The name.
        name: String,
    },
    /// An option that means nothing for this kind of source.
    #[error("`{option}` cannot be chosen for {found}")]
    Meaningless {
        /// The option.
        option: &'static str,
        /// What the source is.
        found: Found,
    },
    /// A source that becomes another flavor than was asked for.
    #[error("`{path}` is {found}, which becomes a model of the flavor `{flavor}`")]
    OtherFlavor {
        /// The path that was given.
        path: PathBuf,
        /// What it is.
        found: Found,
        /// The flavor that it becomes.
        flavor: &'static str,
    },
    /// A task that a model of this kind does not do.
    #[error("the task `{task}` is none of {found}")]
    OtherTask {
        /// The task.
        task: Task,
        /// What the source is.
        found: Found,
    },
    /// Python code that is no model from code.
    #[error("`{path}` never calls `set_model`, which tells MLflow what the model is")]
    NoSetModel {
        /// The file.
        path: PathBuf,
    },
    /// Two files that would have one name in the model.
    #[error("`{}` and `{}` would both be `{name}` in the model", paths[0].display(), paths[1].display())]
    Collision {
        /// The name.
        name: RelativePath,
        /// The files.
        paths: [PathBuf; 2],
    },
    /// A file that would be in the place of one that is made.
    #[error("`{path}` would be `{name}` in the model, which is another file there")]
    Reserved {
        /// The name.
        name: RelativePath,
        /// The file.
        path: PathBuf,
    },
    /// A requirement on the command line that cannot be fulfilled.
    #[error("the requirements cannot be used")]
    BadRequirement {
        /// The line.
        source: BadRequirement,
    },
    /// A requirement in a file that cannot be fulfilled.
    #[error("the requirements in `{file}` cannot be used")]
    BadRequirements {
        /// The file.
        file: PathBuf,
        /// The line.
        source: BadRequirement,
    },
    /// A conda environment that MLflow could not read.
    #[error("the conda environment `{path}` {problem}")]
    BadCondaEnv {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
    /// An example in a notation that is none.
    #[error("the input example cannot be read: {reason}")]
    BadExample {
        /// What is wrong with it.
        reason: String,
    },
    /// Params of which nobody can say what they are.
    #[error("no signature can be inferred from the input example")]
    BadParam {
        /// The param.
        source: BadParam,
    },
    /// A signature that is none.
    #[error("the signature cannot be read")]
    BadSignature {
        /// The place.
        source: BadSignature,
    },
    /// An example that the model's signature refuses.
    #[error("the input example does not fit the signature")]
    Misfit {
        /// The place.
        source: Finding,
    },
    /// An `MLmodel` in a form that cannot be added to.
    #[error("nothing can be added to `MLmodel` without rewriting it")]
    CannotAdd,
    /// Half a file.
    #[error("`{file}` has {found} bytes, but {needed} are announced")]
    CutOff {
        /// The file.
        file: RelativePath,
        /// How long it must be at least.
        needed: u64,
        /// How long it is.
        found: u64,
    },
    /// A file that is called `.safetensors` and is none.
    #[error("`{file}` is not a safetensors file")]
    NotSafetensors {
        /// The file.
        file: RelativePath,
    },
    /// A file that is called `.zip` and is none, or a broken one.
    #[error("`{path}` cannot be read as a zip archive")]
    BadArchive {
        /// The archive.
        path: PathBuf,
        /// What is wrong with it.
        source: zip::result::ZipError,
    },
    /// An archive that must not be unpacked.
    #[error("`{entry}` in the archive `{path}` {problem}")]
    BadEntry {
        /// The archive.
        path: PathBuf,
        /// The name in it.
        entry: String,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// A file in an archive that is not what it was.
    #[error("`{entry}` in the archive `{path}` is damaged")]
    DamagedEntry {
        /// The archive.
        path: PathBuf,
        /// The name in it.
        entry: String,
        /// What the reader of archives said.
        source: io::Error,
    },
    /// An archive of which nobody can say what is in it.
    #[error("the archive `{path}` has several files of one name")]
    DuplicateNames {
        /// The archive.
        path: PathBuf,
    },
    /// An archive that would fill the disk.
    #[error("the archive `{path}` has {length} bytes but would unpack to {unpacked}")]
    Bomb {
        /// The archive.
        path: PathBuf,
        /// How long it is.
        length: u64,
        /// How much it would become.
        unpacked: u64,
    },
    /// The caller wanted no more of it.
    #[error("stopped")]
    Stopped,
    /// A source that somebody writes to meanwhile.
    #[error("`{path}` changed while it was packaged")]
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// A YAML file that is none, or has fields of the wrong kind.
    #[error("`{file}` is broken")]
    BadYaml {
        /// The file.
        file: &'static str,
        /// Line, column and reason.
        source: Box<serde_yaml::DeserializeError>,
    },
    /// A value that has no YAML form.
    #[error("cannot write `{file}` as YAML")]
    Yaml {
        /// The file.
        file: &'static str,
        /// The reason.
        source: serde_yaml::SerializeError,
    },
    /// A value that has no JSON form.
    #[error("cannot write a value as JSON")]
    Json(#[from] serde_json::Error),
    /// A model, but none that this program can run.
    #[error("the MLflow model in `{path}` has no artifact with a `genai_config.json`")]
    NoGenai {
        /// The model directory.
        path: PathBuf,
    },
    /// The list of digests itself is broken.
    #[error("`SHA256SUMS` in `{path}` cannot be read")]
    BadSums {
        /// The model directory.
        path: PathBuf,
        /// Which line.
        source: BadSums,
    },
    /// A file is not what it was.
    #[error("`{file}` has the digest {found}, but {expected} is recorded")]
    Differs {
        /// The file.
        file: String,
        /// What was recorded.
        expected: Digest,
        /// What the file has.
        found: Digest,
    },
}

impl Hint for Error {
    fn kind(&self) -> Kind {
        match self {
            Self::NotFound { .. } => Kind::NotFound,
            Self::Stopped => Kind::Interrupted,
            Self::BadArtifactName { .. }
            | Self::Meaningless { .. }
            | Self::OtherFlavor { .. }
            | Self::OtherTask { .. }
            | Self::BadRequirement { .. }
            | Self::BadRequirements { .. }
            | Self::BadCondaEnv { .. }
            | Self::BadExample { .. }
            | Self::BadParam { .. }
            | Self::BadSignature { .. }
            | Self::Misfit { .. } => Kind::Usage,
            Self::Exists { .. } => Kind::Conflict,
            Self::Read { .. } | Self::Write { .. } | Self::Yaml { .. } | Self::Json(_) => {
                Kind::Failed
            }
            Self::Unsupported { .. }
            | Self::NotAModel { .. }
            | Self::Variants { .. }
            | Self::NoGenai { .. }
            | Self::NoSetModel { .. }
            | Self::Collision { .. }
            | Self::Reserved { .. }
            | Self::CannotAdd
            | Self::BadEntry { .. }
            | Self::DuplicateNames { .. }
            | Self::Bomb { .. }
            | Self::NotUnicode { .. }
            | Self::LinkLeaves { .. } => Kind::Refused,
            Self::CutOff { .. }
            | Self::NotSafetensors { .. }
            | Self::BadArchive { .. }
            | Self::DamagedEntry { .. }
            | Self::Changed { .. }
            | Self::BadJson { .. }
            | Self::BadField { .. }
            | Self::Leaves { .. }
            | Self::LeavesModel { .. }
            | Self::Missing { .. }
            | Self::MissingFile { .. }
            | Self::DataTooShort { .. }
            | Self::BadGraph { .. }
            | Self::LfsPointer { .. }
            | Self::TokenOutside { .. }
            | Self::BadYaml { .. }
            | Self::BadSums { .. }
            | Self::Differs { .. } => Kind::Corrupt,
        }
    }

    fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Unsupported { .. } => {
                "give an ONNX Runtime GenAI folder, a Hugging Face checkpoint, an `.onnx` file or an MLflow model".into()
            }
            Self::NotAModel { .. } => {
                "give a folder with an `MLmodel`, or an ONNX Runtime GenAI folder".into()
            }
            Self::Variants { path, folders } => {
                let folder = folders.first()?;
                format!("give one of them, such as `{}`", path.join(folder).display())
            }
            Self::Exists { .. } => "give another folder, or remove it first".into(),
            Self::NotUnicode { .. } => "rename the file".into(),
            Self::LinkLeaves { .. } => {
                "make a copy without links with `cp -rL FOLDER COPY` and give that".into()
            }
            Self::Missing { .. }
            | Self::DataTooShort { .. }
            | Self::BadGraph {
                source: BadGraph::CutOff { .. },
                ..
            } => {
                "copy or download the model's files again".into()
            }
            Self::MissingFile { file } if file.as_str().ends_with("tokenizer.json") => {
                "export the model with its tokenizer in the format of Hugging Face's `tokenizers`".into()
            }
            Self::LfsPointer { .. } => "fetch the real file with `git lfs pull`".into(),
            Self::BadExample { .. } | Self::Misfit { .. } | Self::BadParam { .. } => {
                "give another one with `--input-example JSON|@FILE`, or none with `--input-example none`; `--signature @FILE` gives another signature".into()
            }
            Self::BadRequirement { source } | Self::BadRequirements { source, .. } => match source {
                BadRequirement::Credentials { .. } => "leave them to the machine that installs: write `https://${USER}:${TOKEN}@…`, which pip fills in from variables there, or set PIP_INDEX_URL, pip.conf or ~/.netrc there".into(),
                BadRequirement::Conflict { .. } => "`--pip-requirements FILE` replaces the requirements of the flavor".into(),
                BadRequirement::NotOne { .. } => "write it as in requirements.txt, such as `numpy>=2,<3`".into(),
                BadRequirement::Cycle { .. } => return None,
            },
            Self::BadCondaEnv { .. } => "write it as `conda env export` does, with `python=3.11` among the dependencies".into(),
            Self::BadSignature { .. } => {
                r#"write it as in `MLmodel`, such as {"inputs": [{"type": "string", "name": "prompt", "required": true}]}"#.into()
            }
            Self::BadArtifactName { .. } => {
                "take one path segment, such as `phi3-mini-onnx`".into()
            }
            Self::Meaningless {
                found: Found::MlflowModel,
                ..
            } => "such a model is taken as it is".into(),
            Self::NoSetModel { .. } => {
                "add `mlflow.models.set_model(MyModel())` at its end".into()
            }
            Self::Collision { .. } => "rename one of them".into(),
            Self::Reserved { .. } => "rename it".into(),
            Self::CutOff { .. }
            | Self::NotSafetensors { .. }
            | Self::BadArchive { .. }
            | Self::DamagedEntry { .. } => {
                "copy or download it again".into()
            }
            Self::Changed { .. } => "run the command again once nobody writes there".into(),
            Self::Differs { .. } => "download or copy the model again".into(),
            _ => return None,
        })
    }
}

fn count(folders: &[String]) -> String {
    match folders.len() {
        1 => "a model".into(),
        many => format!("{many} models"),
    }
}

fn list(folders: &[String]) -> String {
    let quoted: Vec<_> = folders.iter().map(|folder| format!("`{folder}`")).collect();
    quoted.join(", ")
}

//! Every way in which a folder fails to be a model, or a model fails to be written.
//!
//! It does not know where in a life cycle the failure happened; that sentence belongs to the caller.

use std::io;
use std::path::PathBuf;

use crate::digest::Digest;
use crate::entity::manifest::{BadSums, RelativePath};
use crate::error::{Hint, Kind};

use super::onnx::BadGraph;
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
    #[error("`{path}` is {found}, not an ONNX Runtime GenAI folder")]
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
    /// An example that does not fit the signature.
    #[error("the input example has no text `prompt`")]
    BadExample,
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
    /// There is nothing to verify against.
    #[error("`{path}` holds no `SHA256SUMS`: nothing says what its files should be")]
    NoManifest {
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
            Self::BadArtifactName { .. } | Self::BadExample => Kind::Usage,
            Self::Exists { .. } => Kind::Conflict,
            Self::Read { .. } | Self::Write { .. } | Self::Yaml { .. } | Self::Json(_) => {
                Kind::Failed
            }
            Self::Unsupported { .. }
            | Self::NotAModel { .. }
            | Self::Variants { .. }
            | Self::NoGenai { .. }
            | Self::NotUnicode { .. }
            | Self::LinkLeaves { .. } => Kind::Refused,
            Self::NoManifest { .. }
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
            Self::Unsupported {
                path,
                found: Found::HuggingFaceCheckpoint,
            } => format!(
                "export it with `python -m onnxruntime_genai.models.builder -i {} -o FOLDER -p int4 -e cpu` and give FOLDER",
                path.display()
            ),
            Self::Unsupported { .. } => {
                "give a folder with a `genai_config.json`, as onnxruntime-genai's model builder writes it".into()
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
            Self::BadArtifactName { .. } => {
                "take one path segment, such as `phi3-mini-onnx`".into()
            }
            Self::BadExample => r#"give an object such as {"prompt": "What is MLflow?"}"#.into(),
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

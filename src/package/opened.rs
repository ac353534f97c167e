//! Opens a model directory for reading: what its `MLmodel` says, and where the GenAI files are.
//!
//! It loads no model and compares no digest.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use crate::entity::manifest::RelativePath;

use super::source::{self, GENAI_CONFIG, MLMODEL};
use super::{Error, Found, MlModel, contents};

/// A model directory, or an ONNX Runtime GenAI folder that is not packaged yet.
#[derive(Debug, Clone)]
pub struct Opened {
    folder: PathBuf,
    mlmodel: Option<MlModel>,
}

/// Opens the model directory or ONNX Runtime GenAI folder `folder`.
pub fn open(folder: &Path) -> Result<Opened, Error> {
    let mlmodel = match source::recognise(folder)? {
        Found::MlflowModel => Some(read(folder)?),
        Found::GenaiFolder => None,
        found => {
            return Err(Error::NotAModel {
                path: folder.into(),
                found,
            });
        }
    };
    Ok(Opened {
        folder: folder.into(),
        mlmodel,
    })
}

fn read(folder: &Path) -> Result<MlModel, Error> {
    let path = folder.join(MLMODEL);
    let text = contents::read_text(&path).map_err(|source| Error::Read { path, source })?;
    MlModel::parse(&text)
}

impl Opened {
    /// The folder that was opened.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What `MLmodel` says; none for a folder that is not packaged yet.
    pub fn mlmodel(&self) -> Option<&MlModel> {
        self.mlmodel.as_ref()
    }

    /// The folder with the `genai_config.json`.
    ///
    /// In an MLflow model that is one of the artifacts of its `python_function`; in a folder that was
    /// not packaged yet it is the folder itself.
    pub fn genai_folder(&self) -> Result<PathBuf, Error> {
        let Some(mlmodel) = &self.mlmodel else {
            return Ok(self.folder.clone());
        };
        let artifacts = mlmodel
            .flavors
            .python_function
            .iter()
            .filter_map(|flavor| flavor.artifacts.as_ref())
            .flatten();
        for (name, artifact) in artifacts {
            let path = self.inside(name, &artifact.path)?;
            if path.join(GENAI_CONFIG).is_file() {
                return Ok(path);
            }
        }
        Err(Error::NoGenai {
            path: self.folder.clone(),
        })
    }

    /// What the code of its `python_function` is configured with: MLflow's `model_config`.
    pub fn model_config(&self) -> Option<&Map<String, Value>> {
        let function = self.mlmodel.as_ref()?.flavors.python_function.as_ref()?;
        function.config.as_ref()?.as_object()
    }

    /// Where an artifact is, as long as that is inside the model.
    fn inside(&self, name: &str, path: &str) -> Result<PathBuf, Error> {
        let inside = path
            .parse::<RelativePath>()
            .ok()
            .map(|relative| relative.under(&self.folder))
            .filter(|path| stays_inside(path, &self.folder));
        inside.ok_or_else(|| Error::LeavesModel {
            field: format!("flavors.python_function.artifacts.{name}.path"),
            path: path.to_owned(),
        })
    }
}

/// Whether `path` is below `folder` also after following links; what is not there is nowhere else.
fn stays_inside(path: &Path, folder: &Path) -> bool {
    match (fs_err::canonicalize(path), fs_err::canonicalize(folder)) {
        (Ok(path), Ok(folder)) => path.starts_with(folder),
        (Err(_), _) => true,
        (Ok(_), Err(_)) => false,
    }
}

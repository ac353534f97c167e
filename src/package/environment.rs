//! The Python environment in which MLflow runs the model: `requirements.txt`, `conda.yaml`,
//! `python_env.yaml`.
//!
//! It installs nothing and asks no package index; the versions are those the generated code is
//! tested with.

use serde_json::json;

use super::{Error, MlflowRelease, yaml};

pub(super) const REQUIREMENTS: &str = "requirements.txt";
pub(super) const CONDA: &str = "conda.yaml";
pub(super) const PYTHON_ENV: &str = "python_env.yaml";

/// What `phi3_model.py` needs besides MLflow.
const PACKAGES: [&str; 3] = ["onnxruntime-genai==0.18.0", "onnxruntime==1.31.1", "numpy"];

/// The Python packages and the Python version of a model.
#[derive(Debug)]
pub(super) struct Environment<'a> {
    python: &'a str,
    requirements: Vec<String>,
}

impl<'a> Environment<'a> {
    pub(super) fn new(release: MlflowRelease, python: &'a str, extra: &[String]) -> Self {
        let mut requirements = vec![format!("mlflow=={release}")];
        requirements.extend(PACKAGES.map(str::to_owned));
        requirements.extend_from_slice(extra);
        Self {
            python,
            requirements,
        }
    }

    /// `requirements.txt`, like MLflow's without a newline at its end.
    pub(super) fn requirements(&self) -> String {
        self.requirements.join("\n")
    }

    /// `conda.yaml` (`mlflow/utils/environment.py`, `_mlflow_conda_env`).
    pub(super) fn conda(&self) -> Result<String, Error> {
        write(
            CONDA,
            &json!({
                "channels": ["conda-forge"],
                "dependencies": [
                    format!("python={}", self.python),
                    "pip",
                    {"pip": self.requirements},
                ],
                "name": "mlflow-env",
            }),
        )
    }

    /// `python_env.yaml` (`mlflow/utils/environment.py`, `_PythonEnv`).
    pub(super) fn python_env(&self) -> Result<String, Error> {
        write(
            PYTHON_ENV,
            &json!({
                "python": self.python,
                "build_dependencies": ["pip", "setuptools", "wheel"],
                "dependencies": [format!("-r {REQUIREMENTS}")],
            }),
        )
    }
}

fn write(file: &'static str, value: &serde_json::Value) -> Result<String, Error> {
    yaml::to_string(value).map_err(|source| Error::Yaml { file, source })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_look_like_mlflows_own() {
        let environment = Environment::new(MlflowRelease::V3, "3.11", &["torch".into()]);
        let requirements =
            "mlflow==3.17.2\nonnxruntime-genai==0.18.0\nonnxruntime==1.31.1\nnumpy\ntorch";
        assert_eq!(environment.requirements(), requirements);
        assert_eq!(
            environment.conda().unwrap(),
            "channels:\n- conda-forge\ndependencies:\n- python=3.11\n- pip\n- pip:\n  - mlflow==3.17.2\n  \
             - onnxruntime-genai==0.18.0\n  - onnxruntime==1.31.1\n  - numpy\n  - torch\nname: mlflow-env\n"
        );
        // Quoted, or Python would read the number 3.11.
        assert_eq!(
            environment.python_env().unwrap(),
            "python: \"3.11\"\nbuild_dependencies:\n- pip\n- setuptools\n- wheel\ndependencies:\n\
             - -r requirements.txt\n"
        );
    }
}

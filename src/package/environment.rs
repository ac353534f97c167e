//! The Python environment in which MLflow runs the model: `requirements.txt`, `constraints.txt`, `conda.yaml`,
//! `python_env.yaml`.
//!
//! It installs nothing and asks no package index; the versions are those the generated code is
//! tested with.

use std::path::Path;

use serde_json::{Value, json};

use super::requirements::{BadRequirement, Line, Requirements, mask_credentials};
use super::{Error, MlflowRelease, Options, contents, yaml};
use crate::entity::manifest::Entry;

pub(super) const REQUIREMENTS: &str = "requirements.txt";
pub(super) const CONSTRAINTS: &str = "constraints.txt";
pub(super) const CONDA: &str = "conda.yaml";
pub(super) const PYTHON_ENV: &str = "python_env.yaml";

/// MLflow, and what it needs in other versions than pip would take by itself.
fn mlflow(release: MlflowRelease) -> Vec<String> {
    let pin = format!("mlflow=={release}");
    match release {
        MlflowRelease::V3 => vec![pin],
        // It forbids neither, and pip takes the newest: SQLAlchemy 2.1 has no `FallbackAsyncAdaptedQueuePool`, which its
        // stores import (`mlflow/store/db/utils.py:15`, 2.22.5), and with Starlette 1 its scoring server ends with
        // `'FastAPI' object has no attribute 'route'` (`mlflow/pyfunc/scoring_server/__init__.py:486`).
        MlflowRelease::V2 => vec![pin, "sqlalchemy<2.1".into(), "starlette<1".into()],
    }
}

/// The Python packages and the Python version of a model.
#[derive(Debug)]
pub(super) struct Environment {
    python: String,
    requirements: Requirements,
    /// The conda environment that the user gave.
    conda: Option<Value>,
}

impl Environment {
    /// The environment of a model that needs `packages`, where the user said nothing else.
    pub(super) fn new(
        release: MlflowRelease,
        options: &Options,
        packages: &[String],
    ) -> Result<Self, Error> {
        let here = Path::new("");
        let mut requirements = Requirements::default();
        let conda = match &options.conda_env {
            Some(conda) => {
                for line in conda.pip() {
                    requirements.add(line, conda.folder())?;
                }
                Some(conda.content.clone())
            }
            None => None,
        };
        match (&options.pip_requirements, &conda) {
            (Some(file), _) => requirements.read(file, false)?,
            (None, Some(_)) => {}
            (None, None) => {
                for line in packages {
                    requirements.add(line, here)?;
                }
            }
        }
        for line in &options.extra_pip_requirements {
            requirements.add(line, here)?;
        }
        for file in &options.constraints {
            requirements.read(file, true)?;
        }
        let bad = |source| Error::BadRequirement { source };
        requirements.settle().map_err(bad)?;
        if !requirements.has_mlflow() {
            let mut pins = Vec::new();
            for text in mlflow(release) {
                let pin = Line::parse(&text).map_err(bad)?;
                if requirements.lines.iter().all(|it| it.name() != pin.name()) {
                    pins.push(pin);
                }
            }
            requirements.lines.splice(..0, pins);
        }
        Ok(Self {
            python: options.python_version().to_owned(),
            requirements,
            conda,
        })
    }

    /// All its files.
    pub(super) fn files(&self) -> Result<Vec<Entry>, Error> {
        let mut files = vec![
            super::entry(REQUIREMENTS, self.pip().join("\n"))?,
            super::entry(CONDA, self.conda()?)?,
            super::entry(PYTHON_ENV, self.python_env()?)?,
        ];
        if !self.requirements.constraints.is_empty() {
            let constraints = Requirements::texts(&self.requirements.constraints).join("\n");
            files.push(super::entry(CONSTRAINTS, constraints)?);
        }
        Ok(files)
    }

    /// What resolves on this machine only.
    pub(super) fn warnings(&self) -> impl Iterator<Item = String> {
        self.requirements.local().map(|line| {
            format!(
                "the requirement `{line}` is a path of this machine: it is not part of the model"
            )
        })
    }

    /// The lines of `requirements.txt`, which like MLflow's has no newline at its end.
    fn pip(&self) -> Vec<String> {
        let mut lines = Requirements::texts(&self.requirements.lines);
        if !self.requirements.constraints.is_empty() {
            lines.push(format!("-c {CONSTRAINTS}"));
        }
        lines
    }

    /// `conda.yaml` (`mlflow/utils/environment.py`, `_mlflow_conda_env`, `_overwrite_pip_deps`).
    fn conda(&self) -> Result<String, Error> {
        let Some(given) = &self.conda else {
            let made = json!({
                "channels": ["conda-forge"],
                "dependencies": [format!("python={}", self.python), "pip", {"pip": self.pip()}],
                "name": "mlflow-env",
            });
            return write(CONDA, &made);
        };
        write(CONDA, &with_pip(given, self.pip()))
    }

    /// `python_env.yaml` (`mlflow/utils/environment.py`, `_PythonEnv`).
    fn python_env(&self) -> Result<String, Error> {
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

/// A conda environment with these lines for pip, in their old place or at the end.
pub(super) fn with_pip(conda: &Value, pip: Vec<String>) -> Value {
    let mut conda = conda.clone();
    let pip = Value::from(pip);
    let list = conda.get_mut("dependencies").and_then(Value::as_array_mut);
    if let Some(list) = list {
        match list.iter_mut().find_map(|item| item.get_mut("pip")) {
            Some(old) => *old = pip,
            None => list.push(json!({"pip": pip})),
        }
    }
    conda
}

/// A conda environment that somebody wrote.
#[derive(Debug, Clone)]
pub struct CondaEnv {
    path: std::path::PathBuf,
    content: Value,
    python: Option<String>,
}

impl CondaEnv {
    /// Reads the file `path`.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let text = contents::read_text(path).map_err(|source| Error::Read {
            path: path.into(),
            source,
        })?;
        if let Some(line) = text.lines().find_map(mask_credentials) {
            let line = line.trim().trim_start_matches("- ").to_owned();
            return Err(Error::BadRequirements {
                file: path.into(),
                source: BadRequirement::Credentials { line },
            });
        }
        let content: Value = yaml::from_str(&text).map_err(|source| Error::BadYaml {
            file: CONDA,
            source,
        })?;
        let bad = |problem| Error::BadCondaEnv {
            path: path.into(),
            problem,
        };
        let list = content.get("dependencies").and_then(Value::as_array);
        let list = list.ok_or_else(|| bad("has no list `dependencies`".to_owned()))?;
        for item in list {
            let lines = item.get("pip").and_then(Value::as_array);
            let is_list = lines.is_some_and(|lines| lines.iter().all(Value::is_string));
            if !item.is_string() && !is_list {
                return Err(bad(format!(
                    "has the dependency `{item}`, which is neither a text nor a list `pip`"
                )));
            }
        }
        let python = list.iter().filter_map(Value::as_str).find_map(python_of);
        let python = python.transpose().map_err(bad)?;
        Ok(Self {
            path: path.into(),
            content,
            python,
        })
    }

    /// The Python version that it asks for.
    pub(super) fn python(&self) -> Option<&str> {
        self.python.as_deref()
    }

    fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new(""))
    }

    fn pip(&self) -> impl Iterator<Item = &str> {
        pip_of(&self.content)
    }
}

/// The lines for pip of a conda environment.
pub(super) fn pip_of(conda: &Value) -> impl Iterator<Item = &str> {
    let list = conda.get("dependencies").and_then(Value::as_array);
    let pip = list
        .into_iter()
        .flatten()
        .filter_map(|item| item.get("pip"));
    let lines = pip.filter_map(Value::as_array).flatten();
    lines.filter_map(Value::as_str)
}

/// The version in `python=3.11`; MLflow takes it from nowhere else and refuses what is no version
/// (`_PythonEnv.get_dependencies_from_conda_yaml`).
fn python_of(dependency: &str) -> Option<Result<String, String>> {
    let rest = dependency.trim().strip_prefix("python")?;
    if rest.starts_with(|it: char| it.is_ascii_alphanumeric() || "-_.".contains(it)) {
        return None;
    }
    let version = rest.trim_start_matches(['=', '<', '>', ' ']);
    if rest.starts_with('<') && !rest.starts_with("<=")
        || rest.starts_with('>') && !rest.starts_with(">=")
    {
        return Some(Err(format!(
            "has `{dependency}`, which is not one version of Python"
        )));
    }
    let is_version = version.split('.').all(|part| part.parse::<u32>().is_ok());
    Some(if is_version {
        Ok(version.to_owned())
    } else {
        Err(format!(
            "has `{dependency}`, which is not one version of Python"
        ))
    })
}

fn write(file: &'static str, value: &Value) -> Result<String, Error> {
    yaml::to_string(value).map_err(|source| Error::Yaml { file, source })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_look_like_mlflows_own() {
        let options = Options {
            extra_pip_requirements: vec!["torch".into()],
            ..Options::default()
        };
        let environment = Environment::new(MlflowRelease::V3, &options, &["numpy".into()]).unwrap();
        assert_eq!(environment.pip(), ["mlflow==3.17.2", "numpy", "torch"]);
        assert_eq!(
            environment.conda().unwrap(),
            "channels:\n- conda-forge\ndependencies:\n- python=3.11\n- pip\n- pip:\n  - mlflow==3.17.2\n  \
             - numpy\n  - torch\nname: mlflow-env\n"
        );
        // Quoted, or Python would read the number 3.11.
        assert_eq!(
            environment.python_env().unwrap(),
            "python: \"3.11\"\nbuild_dependencies:\n- pip\n- setuptools\n- wheel\ndependencies:\n\
             - -r requirements.txt\n"
        );
    }

    #[test]
    fn a_conda_environment_names_one_python_or_none() {
        for (text, expected) in [
            ("python=3.11.7", Some(Ok("3.11.7"))),
            ("python==3.10", Some(Ok("3.10"))),
            ("python>=3.10", Some(Ok("3.10"))),
            ("python-dateutil", None),
            ("pythonnet=1", None),
            ("pip", None),
            ("python<3.12", Some(Err(()))),
            ("python", Some(Err(()))),
        ] {
            let found = python_of(text);
            let found = found.as_ref().map(|it| it.as_deref().map_err(|_| ()));
            assert_eq!(found, expected, "{text}");
        }
    }
}

//! An `MLmodel` as somebody wrote it, read as far as phi3ml needs it.
//!
//! It neither fetches nor checks the files that it names.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::digest::Digest;
use crate::package::source::MLMODEL;
use crate::package::{Error, yaml};

/// An `MLmodel` that somebody wrote, phi3ml or any release of MLflow.
///
/// Fields that hold text are typed as text: YAML's own idea of a number or a date must not touch them.
#[derive(Debug, Clone, Deserialize)]
#[non_exhaustive]
pub struct MlModel {
    /// Where the model was logged.
    pub artifact_path: Option<String>,
    /// The ways to load it.
    #[serde(default)]
    pub flavors: Flavors,
    /// The release of MLflow whose layout it has.
    pub mlflow_version: Option<String>,
    /// The logged model.
    pub model_id: Option<String>,
    /// What identifies the model where there are no logged models.
    pub model_uuid: Option<String>,
    /// Bytes of code, artifacts and examples.
    pub model_size_bytes: Option<u64>,
    /// The run that it was logged in.
    pub run_id: Option<String>,
    /// When it was made, in UTC.
    pub utc_time_created: Option<String>,
    /// What goes in and what comes out.
    pub signature: Option<Signature>,
    /// What its author noted.
    pub metadata: Option<Map<String, Value>>,
    /// What phi3ml noted.
    pub phi3ml: Option<Provenance>,
}

/// The ways to load a model.
#[derive(Debug, Clone, Default, Deserialize)]
#[non_exhaustive]
pub struct Flavors {
    /// As a Python function.
    pub python_function: Option<PythonFunction>,
    /// All other ways, as they are written.
    #[serde(flatten)]
    pub others: BTreeMap<String, Value>,
}

impl Flavors {
    /// The names of all flavors, sorted.
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<_> = self.others.keys().map(String::as_str).collect();
        names.extend(self.python_function.as_ref().map(|_| "python_function"));
        names.sort_unstable();
        names
    }
}

/// The flavor `python_function`.
#[derive(Debug, Clone, Deserialize)]
#[non_exhaustive]
pub struct PythonFunction {
    /// The Python it was made for.
    pub python_version: Option<String>,
    /// Files that belong to the model, by name.
    #[serde(default)]
    pub artifacts: Option<BTreeMap<String, Artifact>>,
    /// The `model_config`: what the model's code is configured with.
    #[serde(default)]
    pub config: Option<Value>,
}

/// Files that belong to a model.
#[derive(Debug, Clone, Deserialize)]
#[non_exhaustive]
pub struct Artifact {
    /// Where they are, relative to `MLmodel`.
    pub path: String,
}

/// What goes in and what comes out, each as JSON text.
#[derive(Debug, Clone, Deserialize)]
#[non_exhaustive]
pub struct Signature {
    /// The inputs.
    pub inputs: Option<String>,
    /// The outputs.
    pub outputs: Option<String>,
    /// The parameters that may come with the inputs.
    pub params: Option<String>,
}

/// What phi3ml writes into the `MLmodel` of a model that it made, as far as it reads that again.
#[derive(Debug, Clone, Deserialize)]
#[non_exhaustive]
pub struct Provenance {
    /// The digest of `SHA256SUMS`.
    pub manifest_sha256: Option<Digest>,
}

impl MlModel {
    /// The digest of its list of digests, where it has noted one.
    pub fn manifest_sha256(&self) -> Option<Digest> {
        self.phi3ml.as_ref()?.manifest_sha256
    }

    /// Reads the text of an `MLmodel`.
    pub fn parse(text: &str) -> Result<Self, Error> {
        yaml::from_str(text).map_err(|source| {
            let twice = yaml::key_that_comes_twice(&source).map(str::to_owned);
            let found = match twice {
                Some(field) => Some((field, "there twice")),
                None => wrong_field(text).map(|field| (field, "not what MLflow writes there")),
            };
            match (found, MLMODEL.parse()) {
                (Some((field, problem)), Ok(file)) => Error::BadField {
                    file,
                    field,
                    problem,
                },
                _ => Error::BadYaml {
                    file: MLMODEL,
                    source,
                },
            }
        })
    }
}

/// The outermost field that cannot be read, where all of it is YAML.
fn wrong_field(text: &str) -> Option<String> {
    let all: Map<String, Value> = yaml::from_str(text).ok()?;
    let is_wrong = |(name, value): &(String, Value)| {
        let alone = yaml::to_string(&json!({name.as_str(): value})).unwrap_or_default();
        yaml::from_str::<MlModel>(&alone).is_err()
    };
    Some(all.into_iter().find(is_wrong)?.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_looks_like_a_number_stays_text() {
        let model = MlModel::parse(
            "run_id: 1e3\nmodel_uuid: 12345678901234567890123456789012\nmodel_id: null\n\
             mlflow_version: 3.10\nutc_time_created: 2024-05-01 12:34:56.789012\n\
             flavors:\n  python_function:\n    python_version: 3.10\n    loader_module: x\n  y: {}\n",
        )
        .unwrap();
        assert_eq!(model.run_id.as_deref(), Some("1e3"));
        assert_eq!(
            model.model_uuid.as_deref(),
            Some("12345678901234567890123456789012")
        );
        assert_eq!(model.model_id, None);
        assert_eq!(model.mlflow_version.as_deref(), Some("3.10"));
        assert_eq!(
            model.utc_time_created.as_deref(),
            Some("2024-05-01 12:34:56.789012")
        );
        assert_eq!(model.flavors.names(), ["python_function", "y"]);
        let python = model.flavors.python_function.unwrap();
        assert_eq!(python.python_version.as_deref(), Some("3.10"));
    }
}

//! The file `MLmodel`: written field by field as MLflow writes it, read as far as phi3ml needs it.
//!
//! It neither fetches nor checks the files that it names.

use std::collections::BTreeMap;

use bytes::Bytes;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::digest::Digest;

use super::flavor::CODE;
use super::source::MLMODEL;
use super::{Error, MlflowRelease, Rendered, environment, example, signature, yaml};

/// What only the tracking server knows, or the moment.
#[derive(Debug, Clone)]
pub struct Identity {
    /// MLflow 3: the full URI of the logged model's artifacts; MLflow 2: the path below the run's
    /// artifacts. A model that was saved but not logged has none.
    pub artifact_path: Option<String>,
    /// The run that the model was logged in.
    pub run_id: Option<String>,
    /// The logged model (`m-…`), where the server has logged models.
    pub model_id: Option<String>,
    /// MLflow 3: the same as `model_id` if there is one; else 32 hexadecimal digits.
    pub model_uuid: String,
    /// When the model was made.
    pub created: jiff::Timestamp,
    /// The commit of the repository it was made in.
    pub git_commit: Option<String>,
}

/// `MLmodel`, in the two forms in which servers take it.
#[derive(Debug, Clone)]
pub struct Written {
    /// The file.
    pub yaml: Bytes,
    /// The same as JSON, which `runs/log-model` wants.
    pub json: String,
}

/// Writes `MLmodel`.
pub(super) fn write(rendered: &Rendered, identity: &Identity) -> Result<Written, Error> {
    let fields = fields(rendered, identity)?;
    let yaml = yaml::to_string(&fields).map_err(|source| Error::Yaml {
        file: MLMODEL,
        source,
    })?;
    Ok(Written {
        yaml: yaml.into(),
        json: fields.to_string(),
    })
}

/// What stands in it (`mlflow/models/model.py`, `Model.to_dict`; `mlflow/pyfunc/model.py`).
fn fields(rendered: &Rendered, identity: &Identity) -> Result<Value, Error> {
    let facts = &rendered.facts;
    let mut fields = json!({
        "artifact_path": identity.artifact_path,
        "flavors": {
            "phi3ml": facts.flavor,
            "python_function": {
                "artifacts": {
                    &facts.artifact_name: {
                        "path": facts.artifact_path(),
                        "uri": facts.artifact_name,
                    },
                },
                // What both MLflow releases install, and write even where nothing is pickled.
                "cloudpickle_version": "3.1.2",
                "code": null,
                "env": {"conda": environment::CONDA, "virtualenv": environment::PYTHON_ENV},
                "loader_module": "mlflow.pyfunc.loaders.code_model",
                "model_code_path": CODE,
                "python_version": facts.python_version,
                "streamable": true,
            },
        },
        "is_signature_from_type_hint": false,
        "mlflow_version": rendered.release.version(),
        "model_id": identity.model_id,
        "model_size_bytes": rendered.model_size_bytes,
        "model_uuid": identity.model_uuid,
        "phi3ml": {
            "git_commit": identity.git_commit,
            "manifest_sha256": rendered.digest,
            "source": facts.source_name,
            "version": env!("CARGO_PKG_VERSION"),
        },
        "prompts": null,
        "run_id": identity.run_id,
        "saved_input_example_info": facts.has_example.then(example::info),
        "signature": signature::prompt()?,
        "type_hint_from_example": false,
        "utc_time_created": created(identity.created),
    });
    leave_out_null(&mut fields, "artifact_path");
    leave_out_null(&mut fields, "run_id");
    leave_out_null(&mut fields, "saved_input_example_info");
    if let Some(provenance) = fields.get_mut("phi3ml") {
        leave_out_null(provenance, "git_commit");
    }
    if rendered.release == MlflowRelease::V2 {
        leave_out(&mut fields, "model_id");
    }
    Ok(fields)
}

/// Python's `str(datetime)`, which MLflow writes and reads back.
fn created(moment: jiff::Timestamp) -> String {
    moment.strftime("%Y-%m-%d %H:%M:%S.%6f").to_string()
}

fn leave_out_null(object: &mut Value, name: &str) {
    if object.get(name).is_some_and(Value::is_null) {
        leave_out(object, name);
    }
}

fn leave_out(object: &mut Value, name: &str) {
    if let Value::Object(fields) = object {
        fields.shift_remove(name);
    }
}

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
    /// The Python module that loads the model.
    pub loader_module: Option<String>,
    /// The file of a model from code.
    pub model_code_path: Option<String>,
    /// The Python it was made for.
    pub python_version: Option<String>,
    /// Files that belong to the model, by name.
    #[serde(default)]
    pub artifacts: Option<BTreeMap<String, Artifact>>,
}

/// Files that belong to a model.
#[derive(Debug, Clone, Deserialize)]
#[non_exhaustive]
pub struct Artifact {
    /// Where they are, relative to `MLmodel`.
    pub path: String,
    /// Where they came from.
    pub uri: Option<String>,
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

/// What phi3ml writes into the `MLmodel` of a model that it made.
#[derive(Debug, Clone, Deserialize)]
#[non_exhaustive]
pub struct Provenance {
    /// The digest of `SHA256SUMS`.
    pub manifest_sha256: Option<Digest>,
    /// The name of the folder that was packaged.
    pub source: Option<String>,
    /// The version of phi3ml.
    pub version: Option<String>,
    /// The commit of the repository it was made in.
    pub git_commit: Option<String>,
}

impl MlModel {
    /// Reads the text of an `MLmodel`.
    pub fn parse(text: &str) -> Result<Self, Error> {
        yaml::from_str(text).map_err(|source| Error::BadYaml {
            file: MLMODEL,
            source,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_as_python_writes_them() {
        let written = |text: &str| created(text.parse().unwrap());
        assert_eq!(
            written("2026-11-22T07:59:08.206129Z"),
            "2026-11-22 07:59:08.206129"
        );
        assert_eq!(
            written("2026-01-02T03:04:05Z"),
            "2026-01-02 03:04:05.000000"
        );
    }

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

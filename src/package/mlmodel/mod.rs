//! The file `MLmodel`: written field by field as MLflow writes it; how it is read is in [`read`].
//!
//! It neither fetches nor checks the files that it names.

mod read;

use bytes::Bytes;
use serde_json::{Map, Value, json};

pub use read::{Artifact, Flavors, MlModel, Provenance, PythonFunction, Signature};

use crate::digest::Digest;

use super::build::{Content, Sealed};
use super::example::Example;
use super::flavor::Draft;
use super::source::MLMODEL;
use super::{Error, MlflowRelease, yaml};
use crate::entity::manifest::Manifest;

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

impl Identity {
    /// Of a model that no server knows: whoever packages the same files gets the same.
    pub fn of_digest(digest: Digest, created: jiff::Timestamp) -> Self {
        Self {
            artifact_path: None,
            run_id: None,
            model_id: None,
            model_uuid: digest.to_string().chars().take(32).collect(),
            created,
            git_commit: None,
        }
    }
}

/// What phi3ml notes of every model, beside what the flavors say.
#[derive(Debug)]
pub(super) struct Notes(Map<String, Value>);

impl Notes {
    pub(super) fn new(
        manifest: &Manifest,
        digest: Digest,
        source: &str,
        description: &Map<String, Value>,
    ) -> Self {
        let entries = manifest.entries();
        let sizes: Map<_, _> = entries
            .iter()
            .map(|entry| (entry.path.to_string(), entry.size.into()))
            .collect();
        let tokenizer = entries
            .iter()
            .find(|entry| entry.path.parts().last() == Some("tokenizer.json"));
        let mut notes = Map::new();
        if !description.is_empty() {
            notes.insert("description".into(), description.clone().into());
        }
        notes.insert("manifest_sha256".into(), json!(digest));
        notes.insert("sizes".into(), sizes.into());
        notes.insert("source".into(), source.into());
        if let Some(tokenizer) = tokenizer {
            notes.insert("tokenizer_sha256".into(), json!(tokenizer.digest));
        }
        notes.insert("version".into(), env!("CARGO_PKG_VERSION").into());
        Self(notes)
    }

    fn with_commit(&self, commit: Option<&str>) -> Value {
        let mut notes = self.0.clone();
        if let Some(commit) = commit {
            notes.insert("git_commit".into(), commit.into());
        }
        notes.sort_keys();
        notes.into()
    }
}

/// What is known of the model, in a few words each.
pub(super) fn facts(content: &Content) -> Vec<(&'static str, String)> {
    let known = match content {
        Content::New { draft, .. } => {
            let own = draft.flavors.get("phi3ml").and_then(Value::as_object);
            Some(own.unwrap_or(&draft.description).clone())
        }
        Content::Existing(existing) => {
            let own = existing.parsed().flavors.others.get("phi3ml");
            own.and_then(Value::as_object).cloned()
        }
    };
    let known = known.unwrap_or_default();
    let names = ["model_type", "precision", "context_length", "task"];
    names
        .into_iter()
        .filter_map(|name| {
            Some(match known.get(name)? {
                Value::String(text) => (name, text.clone()),
                other => (name, other.to_string()),
            })
        })
        .collect()
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
pub(super) fn write(sealed: &Sealed, identity: &Identity) -> Result<Written, Error> {
    let notes = sealed.notes.with_commit(identity.git_commit.as_deref());
    match &sealed.content {
        Content::New {
            draft,
            model_size_bytes,
        } => {
            let fields = fields(draft, *model_size_bytes, sealed.release, &notes, identity);
            let yaml = yaml::to_string(&fields).map_err(|source| Error::Yaml {
                file: MLMODEL,
                source,
            })?;
            Ok(Written {
                yaml: yaml.into(),
                json: fields.to_string(),
            })
        }
        Content::Existing(existing) => {
            let yaml = existing.mlmodel(notes, identity)?;
            let fields: Value = yaml::from_str(&yaml).map_err(|source| Error::BadYaml {
                file: MLMODEL,
                source,
            })?;
            Ok(Written {
                yaml: yaml.into(),
                json: fields.to_string(),
            })
        }
    }
}

/// What stands in it (`mlflow/models/model.py`, `Model.to_dict`; `mlflow/pyfunc/model.py`).
fn fields(
    draft: &Draft,
    model_size_bytes: u64,
    release: MlflowRelease,
    notes: &Value,
    identity: &Identity,
) -> Value {
    let metadata = (!draft.metadata.is_empty()).then_some(&draft.metadata);
    let has_signature = draft.signature.is_some();
    let mut fields = json!({
        "artifact_path": identity.artifact_path,
        "flavors": draft.flavors,
        "is_signature_from_type_hint": has_signature.then_some(draft.is_signature_from_type_hint),
        "metadata": metadata,
        "mlflow_version": release.version(),
        "model_id": identity.model_id,
        "model_size_bytes": model_size_bytes,
        "model_uuid": identity.model_uuid,
        "phi3ml": notes,
        "prompts": null,
        "run_id": identity.run_id,
        "saved_input_example_info": draft.example.as_ref().map(Example::info),
        "signature": draft.signature,
        "type_hint_from_example": has_signature.then_some(false),
        "utc_time_created": created(identity.created),
    });
    for name in [
        "artifact_path",
        "is_signature_from_type_hint",
        "metadata",
        "run_id",
        "saved_input_example_info",
        "signature",
        "type_hint_from_example",
    ] {
        leave_out_null(&mut fields, name);
    }
    if release == MlflowRelease::V2 {
        leave_out(&mut fields, "model_id");
    }
    fields
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
}

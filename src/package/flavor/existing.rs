//! An MLflow model directory as it is: nothing of its own is rewritten, only provenance is added, and where it is
//! logged anew the keys by which a server knows it.
//!
//! `MLmodel` is changed as text and never written out again, so whatever a reader of YAML might misunderstand stays.

use std::path::Path;

use serde_json::{Map, Value, json};

use super::{Kind, Plan};
use crate::digest::Digest;
use crate::entity::manifest::{Entry, RelativePath, SUMS, parse_sums};
use crate::package::source::{self, Found, MLMODEL};
use crate::package::{Error, Identity, MlModel, Options, contents, yaml};

/// What has no meaning for a model that is packaged already.
const MEANINGLESS: &[&str] = &[
    "task",
    "artifact-name",
    "artifact",
    "code-path",
    "model-config",
    "metadata",
    "python-version",
    "extra-pip-requirement",
    "pip-requirements",
    "constraint",
    "conda-env",
    "input-example",
    "signature",
];

/// The keys that name the place where a model was logged.
const IDENTITY: [&str; 4] = ["artifact_path", "model_id", "model_uuid", "run_id"];

/// What phi3ml adds.
const PROVENANCE: &str = "phi3ml";

/// A model directory that was looked at.
#[derive(Debug, Clone)]
pub(in crate::package) struct Existing {
    /// The text of its `MLmodel`.
    text: String,
    parsed: MlModel,
    /// Its own list of digests, where it has one.
    sums: Option<String>,
}

pub(super) fn plan(source: &Path, options: &Options) -> Result<Plan, Error> {
    options.check(Found::MlflowModel, MEANINGLESS)?;
    if options.flavor.is_some() {
        return Err(Error::Meaningless {
            option: "flavor",
            found: Found::MlflowModel,
        });
    }
    let text = read(source, MLMODEL)?;
    let parsed = MlModel::parse(&text)?;
    let mut files = source::files(source)?;
    check(&text, &files)?;
    let has_sums = files.iter().any(|file| file.path.as_str() == SUMS);
    files.retain(|file| !matches!(file.path.as_str(), MLMODEL | SUMS));
    Ok(Plan {
        kind: Kind::Model(Box::new(Existing {
            text,
            parsed,
            sums: has_sums.then(|| read(source, SUMS)).transpose()?,
        })),
        files: files
            .into_iter()
            .map(|file| (file.path.clone(), file))
            .collect(),
    })
}

fn read(folder: &Path, name: &str) -> Result<String, Error> {
    let path = folder.join(name);
    contents::read_text(&path).map_err(|source| source::unreadable(&path, source))
}

/// What `MLmodel` names must be there, and inside the model.
fn check(text: &str, files: &[source::File]) -> Result<(), Error> {
    for (field, path) in named(&value(text)?) {
        let relative: RelativePath = path.parse().map_err(|_| Error::LeavesModel {
            field: field.clone(),
            path: path.clone(),
        })?;
        let below = format!("{relative}/");
        let is_there = files
            .iter()
            .any(|file| file.path == relative || file.path.as_str().starts_with(&below));
        if !is_there {
            return Err(Error::Missing {
                file: MLMODEL.parse().map_err(|_| Error::NotUnicode {
                    path: MLMODEL.into(),
                })?,
                field,
                path: relative,
            });
        }
    }
    Ok(())
}

/// The files and folders that `MLmodel` names, each with its field.
fn named(mlmodel: &Value) -> Vec<(String, String)> {
    let mut named = Vec::new();
    let mut note = |field: String, value: Option<&Value>| {
        if let Some(path) = value.and_then(Value::as_str) {
            named.push((field, path.to_owned()));
        }
    };
    let flavors = mlmodel.get("flavors").and_then(Value::as_object);
    for (name, flavor) in flavors.into_iter().flatten() {
        for field in ["data", "code", "model_binary"] {
            note(format!("flavors.{name}.{field}"), flavor.get(field));
        }
        let artifacts = flavor.get("artifacts").and_then(Value::as_object);
        for (artifact, place) in artifacts.into_iter().flatten() {
            note(
                format!("flavors.{name}.artifacts.{artifact}.path"),
                place.get("path"),
            );
        }
        // MLflow itself takes the last part only (`mlflow/pyfunc/loaders/code_model.py`).
        let code = flavor.get("model_code_path").and_then(Value::as_str);
        if let Some(file) = code.and_then(|path| path.rsplit('/').next()) {
            let field = format!("flavors.{name}.model_code_path");
            note(field, Some(&file.into()));
        }
    }
    let example = mlmodel.get("saved_input_example_info");
    note(
        "saved_input_example_info.artifact_path".to_owned(),
        example.and_then(|info| info.get("artifact_path")),
    );
    named
}

fn value(text: &str) -> Result<Value, Error> {
    yaml::from_str(text).map_err(|source| Error::BadYaml {
        file: MLMODEL,
        source,
    })
}

impl Existing {
    /// Whether it has digests of its own.
    pub(in crate::package) fn has_sums(&self) -> bool {
        self.sums.is_some() || self.parsed.manifest_sha256().is_some()
    }

    /// Its own digests, if it has any, must be right.
    pub(in crate::package) fn check_sums(
        &self,
        entries: &[Entry],
        digest: Digest,
    ) -> Result<(), Error> {
        if let Some(expected) = self.parsed.manifest_sha256()
            && expected != digest
        {
            return Err(Error::Differs {
                file: SUMS.to_owned(),
                expected,
                found: digest,
            });
        }
        let sums = parse_sums(self.sums.as_deref().unwrap_or_default());
        let sums = sums.map_err(|source| Error::BadSums {
            path: SUMS.into(),
            source,
        })?;
        for (path, expected) in sums {
            match entries.iter().find(|entry| entry.path == path) {
                Some(entry) if entry.digest == expected => {}
                Some(entry) => {
                    return Err(Error::Differs {
                        file: path.to_string(),
                        expected,
                        found: entry.digest,
                    });
                }
                None => return Err(Error::MissingFile { file: path }),
            }
        }
        Ok(())
    }

    /// What phi3ml knows of it already.
    pub(in crate::package) fn parsed(&self) -> &MlModel {
        &self.parsed
    }

    /// Its `MLmodel` with these notes, unless it has such already, and with this identity, if it gets a new one.
    pub(in crate::package) fn mlmodel(
        &self,
        notes: Value,
        identity: &Identity,
    ) -> Result<String, Error> {
        let mut changes = Map::new();
        if identity.artifact_path.is_some() {
            let model_id = identity.model_id.as_ref();
            changes.insert("artifact_path".into(), json!(identity.artifact_path));
            changes.insert("model_id".into(), json!(model_id));
            changes.insert("model_uuid".into(), json!(identity.model_uuid));
            changes.insert("run_id".into(), json!(identity.run_id));
        }
        if self.parsed.manifest_sha256().is_none() {
            changes.insert(PROVENANCE.into(), notes);
        }
        let mut text = self.text.clone();
        for (key, value) in &changes {
            text = with_key(&text, key, value)?;
        }
        self.refuse_damage(&text, &changes)?;
        Ok(text)
    }

    /// Everything but what was changed must read as before.
    fn refuse_damage(&self, text: &str, changes: &Map<String, Value>) -> Result<(), Error> {
        let (mut before, mut after) = (value(&self.text)?, value(text).unwrap_or_default());
        for (key, expected) in changes {
            let (_, found) = (take(&mut before, key), take(&mut after, key));
            if found.as_ref() != Some(expected) && IDENTITY.contains(&key.as_str()) {
                return Err(Error::CannotAdd);
            }
        }
        if before == after {
            Ok(())
        } else {
            Err(Error::CannotAdd)
        }
    }
}

fn take(value: &mut Value, key: &str) -> Option<Value> {
    value.as_object_mut()?.shift_remove(key)
}

/// The text with one key on the outermost level set: in its old place, or at the end.
pub(in crate::package) fn with_key(text: &str, key: &str, value: &Value) -> Result<String, Error> {
    let block = yaml::to_string(&json!({key: value})).map_err(|source| Error::Yaml {
        file: MLMODEL,
        source,
    })?;
    let mut changed = String::with_capacity(text.len() + block.len());
    let (mut is_written, mut is_inside) = (false, false);
    for line in text.split_inclusive('\n') {
        let begins = !line.starts_with([' ', '\t', '-', '#', '\n', '\r']);
        if begins {
            is_inside = line
                .strip_prefix(key)
                .is_some_and(|rest| rest.starts_with(':'));
            if is_inside {
                changed.push_str(&block);
                is_written = true;
            }
        }
        if !is_inside {
            changed.push_str(line);
        }
    }
    if !is_written {
        if !changed.is_empty() && !changed.ends_with('\n') {
            changed.push('\n');
        }
        changed.push_str(&block);
    }
    Ok(changed)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "artifact_path: old\nflavors:\n  python_function:\n    model_id: 1e3\nmetadata:\n  '12:30': yes\n\
        run_id: 'a\n\n  b'\nprompts:\n- x\nutc_time_created: 2024-01-01\n";

    #[test]
    fn a_key_is_set_in_its_place_and_nothing_else_is_touched() {
        let text = with_key(TEXT, "run_id", &"new".into()).unwrap();
        let expected = TEXT.replace("'a\n\n  b'", "new");
        assert_eq!(text, expected);
        let text = with_key(TEXT, "model_id", &Value::Null).unwrap();
        assert_eq!(text, format!("{TEXT}model_id: null\n"));
        let text = with_key(TEXT, "prompts", &Value::Null).unwrap();
        assert_eq!(text, TEXT.replace("prompts:\n- x", "prompts: null"));
    }

    #[test]
    fn a_text_that_cannot_be_extended_is_refused() {
        let text = "{flavors: {}}\n";
        let existing = Existing {
            text: text.to_owned(),
            parsed: MlModel::parse(text).unwrap(),
            sums: None,
        };
        let identity = Identity::of_digest(Digest::of(b""), jiff::Timestamp::UNIX_EPOCH);
        let error = existing.mlmodel(json!({}), &identity).unwrap_err();
        assert!(matches!(error, Error::CannotAdd), "{error}");
    }
}

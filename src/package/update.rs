//! Changes the requirements of a model that is packaged already, and all that says something about them.
//!
//! It touches no other line and moves no bytes (`mlflow/models/model.py`, `update_model_requirements`, 3.17.2).

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Map, Value, json};

use super::environment::{CONDA, PYTHON_ENV, REQUIREMENTS, pip_of, with_pip};
use super::flavor::with_key;
use super::requirements::{BadRequirement, Kind, Line, Requirements, logical_lines};
use super::source::MLMODEL;
use super::{Error, yaml};
use crate::digest::Digest;
use crate::entity::manifest::{RelativePath, SUMS, parse_sums};
use crate::whole;

/// The files of a model that are read for that, as far as it has them.
pub const CONCERNED: [&str; 5] = [REQUIREMENTS, CONDA, PYTHON_ENV, SUMS, MLMODEL];

/// What happens to requirements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    /// They take the place of those of the same packages, or come last.
    Add,
    /// They go, whatever their versions are.
    Remove,
}

/// What becomes of a model.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Updated {
    /// The files that change, with their new texts; `MLmodel` comes last.
    pub files: Vec<(&'static str, String)>,
    /// The requirements before.
    pub before: Vec<String>,
    /// The requirements now.
    pub after: Vec<String>,
    /// What was to be removed and was not there.
    pub not_found: Vec<String>,
    /// The digest of `SHA256SUMS` before and now, where there is such a file.
    pub digests: Option<(Digest, Digest)>,
}

/// Changes the requirements of the model whose files have these texts.
pub fn update_requirements(
    texts: &BTreeMap<&'static str, String>,
    edit: Edit,
    requirements: &[String],
) -> Result<Updated, Error> {
    if !texts.contains_key(MLMODEL) {
        return Err(missing(MLMODEL));
    }
    check_sums(texts)?;
    let change = Change::new(edit, requirements)?;
    let text = |name: &str| texts.get(name).map(String::as_str);
    let old = text(REQUIREMENTS).ok_or_else(|| missing(REQUIREMENTS))?;
    let new = change.lines(old).join("\n");
    let mut updated = Updated {
        before: logical_lines(old),
        after: logical_lines(&new),
        not_found: change.not_found(old),
        ..Updated::default()
    };
    let mut put = |name: &'static str, new: String| {
        if text(name) != Some(new.as_str()) {
            updated.files.push((name, new));
        }
    };
    put(REQUIREMENTS, new);
    if let Some(old) = text(CONDA) {
        put(CONDA, change.conda(old)?);
    }
    if let Some(old) = text(PYTHON_ENV) {
        put(PYTHON_ENV, change.python_env(old)?);
    }
    if !updated.files.is_empty() {
        record(&mut updated, texts)?;
    }
    Ok(updated)
}

fn missing(name: &'static str) -> Error {
    match name.parse() {
        Ok(file) => Error::MissingFile { file },
        Err(_) => Error::NotUnicode { path: name.into() },
    }
}

/// Nothing is changed that is not what it was.
fn check_sums(texts: &BTreeMap<&'static str, String>) -> Result<(), Error> {
    for (path, expected) in sums(texts)? {
        let Some(text) = texts.get(path.as_str()) else {
            continue;
        };
        let found = Digest::of(text.as_bytes());
        if found != expected {
            return Err(Error::Differs {
                file: path.to_string(),
                expected,
                found,
            });
        }
    }
    Ok(())
}

fn sums(texts: &BTreeMap<&'static str, String>) -> Result<Vec<(RelativePath, Digest)>, Error> {
    let text = texts.get(SUMS).map(String::as_str).unwrap_or_default();
    parse_sums(text).map_err(|source| Error::BadSums {
        path: SUMS.into(),
        source,
    })
}

/// Requirements that come or go.
struct Change {
    edit: Edit,
    lines: Vec<Line>,
}

impl Change {
    fn new(edit: Edit, texts: &[String]) -> Result<Self, Error> {
        let bad = |source| Error::BadRequirement { source };
        let mut given = Requirements::default();
        for text in texts {
            let line = Line::parse(text).map_err(bad)?;
            if !matches!(line.kind, Kind::Package(_)) {
                return Err(bad(BadRequirement::NotOne { line: line.text }));
            }
            given.lines.push(line);
        }
        given.settle().map_err(bad)?;
        Ok(Self {
            edit,
            lines: given.lines,
        })
    }

    fn concerns(&self, name: &str) -> bool {
        self.lines.iter().any(|line| line.name() == Some(name))
    }

    /// The physical lines afterwards: comments and options stay where they are.
    fn lines(&self, text: &str) -> Vec<String> {
        let mut kept = Vec::new();
        let mut waiting: Vec<&Line> = self.lines.iter().collect();
        for group in groups(text) {
            let Some(name) = name_of(&group) else {
                kept.push(group);
                continue;
            };
            if !self.concerns(&name) {
                kept.push(group);
                continue;
            }
            if self.edit == Edit::Add {
                waiting.retain(|line| {
                    let is_here = line.name() == Some(name.as_str());
                    if is_here {
                        kept.push(line.text.clone());
                    }
                    !is_here
                });
            }
        }
        if self.edit == Edit::Add {
            // Behind the last requirement, but before a line with constraints, where there is one.
            let end = kept.len();
            let is_constraint = kept.last().is_some_and(|line| line.starts_with("-c "));
            let at = if is_constraint {
                end.saturating_sub(1)
            } else {
                end
            };
            let new = waiting.into_iter().map(|line| line.text.clone());
            kept.splice(at..at, new);
        }
        kept
    }

    fn not_found(&self, text: &str) -> Vec<String> {
        let there: Vec<_> = groups(text)
            .iter()
            .filter_map(|group| name_of(group))
            .collect();
        let names = self.lines.iter().filter_map(Line::name);
        match self.edit {
            Edit::Add => Vec::new(),
            Edit::Remove => names
                .filter(|name| there.iter().all(|it| it != name))
                .map(str::to_owned)
                .collect(),
        }
    }

    fn conda(&self, text: &str) -> Result<String, Error> {
        let conda = read(CONDA, text)?;
        let old: Vec<_> = pip_of(&conda).map(str::to_owned).collect();
        let new = self.lines(&old.join("\n"));
        if old == new {
            return Ok(text.to_owned());
        }
        write(CONDA, &with_pip(&conda, new))
    }

    /// Mostly it only names `requirements.txt`; where it lists requirements itself, they change, too.
    fn python_env(&self, text: &str) -> Result<String, Error> {
        let mut content = read(PYTHON_ENV, text)?;
        let mut is_changed = false;
        for name in ["dependencies", "build_dependencies"] {
            let Some(list) = content.get_mut(name).and_then(Value::as_array_mut) else {
                continue;
            };
            let old: Vec<_> = list
                .iter()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect();
            let is_indirect = old.iter().any(|line| line.starts_with("-r"));
            // What is not here yet comes from `requirements.txt`, or is no tool that builds others.
            let change = self.as_replacement(is_indirect || name == "build_dependencies", &old);
            let new = change.lines(&old.join("\n"));
            if new != old {
                *list = new.into_iter().map(Value::from).collect();
                is_changed = true;
            }
        }
        if is_changed {
            write(PYTHON_ENV, &content)
        } else {
            Ok(text.to_owned())
        }
    }

    /// This change, or only as much of it as concerns what is there.
    fn as_replacement(&self, only_there: bool, old: &[String]) -> Self {
        let there: Vec<_> = old.iter().filter_map(|line| name_of(line)).collect();
        let is_meant = |line: &&Line| {
            !only_there
                || (self.edit == Edit::Add
                    && line
                        .name()
                        .is_some_and(|name| there.iter().any(|it| it == name)))
        };
        Self {
            edit: self.edit,
            lines: self.lines.iter().filter(is_meant).cloned().collect(),
        }
    }
}

/// Physical lines, those that a backslash continues together.
fn groups(text: &str) -> Vec<String> {
    let mut groups: Vec<String> = Vec::new();
    let mut is_open = false;
    for line in text.lines() {
        match groups.last_mut().filter(|_| is_open) {
            Some(group) => {
                group.push('\n');
                group.push_str(line);
            }
            None => groups.push(line.to_owned()),
        }
        is_open = line.trim_end().ends_with('\\');
    }
    groups
}

/// The package that a physical line is about.
fn name_of(group: &str) -> Option<String> {
    let line = logical_lines(group).into_iter().next()?;
    let line = Line::parse(&line).ok()?;
    line.name().map(str::to_owned)
}

fn read(file: &'static str, text: &str) -> Result<Value, Error> {
    yaml::from_str(text).map_err(|source| Error::BadYaml { file, source })
}

fn write(file: &'static str, value: &Value) -> Result<String, Error> {
    yaml::to_string(value).map_err(|source| Error::Yaml { file, source })
}

/// Brings the list of digests up to date, and what `MLmodel` says of it.
fn record(updated: &mut Updated, texts: &BTreeMap<&'static str, String>) -> Result<(), Error> {
    let mlmodel = texts.get(MLMODEL).ok_or_else(|| missing(MLMODEL))?;
    let Some(old) = texts.get(SUMS) else {
        return Ok(());
    };
    let mut new = String::with_capacity(old.len());
    let mut sizes = Map::new();
    for line in old.split_inclusive('\n') {
        let changed = parse_sums(line).ok().and_then(|parsed| {
            let (path, digest) = parsed.into_iter().next()?;
            let (name, text) = updated
                .files
                .iter()
                .find(|(name, _)| *name == path.as_str())?;
            sizes.insert((*name).to_owned(), text.len().into());
            Some(line.replacen(
                &digest.to_string(),
                &Digest::of(text.as_bytes()).to_string(),
                1,
            ))
        });
        new.push_str(changed.as_deref().unwrap_or(line));
    }
    let digests = (Digest::of(old.as_bytes()), Digest::of(new.as_bytes()));
    updated.digests = Some(digests);
    updated.files.push((SUMS, new));
    let before = read(MLMODEL, mlmodel)?;
    let Some(notes) = before.get("phi3ml") else {
        return Ok(());
    };
    let mut notes = notes.clone();
    if let Some(fields) = notes.as_object_mut() {
        fields.insert("manifest_sha256".into(), json!(digests.1));
        if let Some(known) = fields.get_mut("sizes").and_then(Value::as_object_mut) {
            known.extend(sizes);
        }
    }
    let new = with_key(mlmodel, "phi3ml", &notes)?;
    let without_notes = |mut value: Value| {
        value
            .as_object_mut()
            .map(|fields| fields.shift_remove("phi3ml"));
        value
    };
    if without_notes(read(MLMODEL, &new)?) != without_notes(before) {
        return Err(Error::CannotAdd);
    }
    updated.files.push((MLMODEL, new));
    Ok(())
}

/// Puts the changed files in the place of those in the model directory `folder`, each whole or not at all.
pub fn replace_files(folder: &Path, updated: &Updated) -> Result<(), Error> {
    updated.files.iter().try_for_each(|(name, text)| {
        let path = folder.join(name);
        whole::write(&path, text.as_bytes()).map_err(|source| Error::Write { path, source })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(edit: Edit, requirements: &[&str], text: &str) -> Vec<String> {
        let requirements: Vec<_> = requirements.iter().map(ToString::to_string).collect();
        Change::new(edit, &requirements).unwrap().lines(text)
    }

    const TEXT: &str = "# kept\nmlflow==3.17.2\nPy_YAML==6 # old\n--pre\nnumpy \\\n  --hash=sha256:00\n-c constraints.txt";

    #[test]
    fn a_requirement_takes_the_place_of_its_package_or_comes_last() {
        assert_eq!(
            change(Edit::Add, &["py-yaml>=6.1", "torch"], TEXT).join("\n"),
            TEXT.replace("Py_YAML==6 # old", "py-yaml>=6.1")
                .replace("\n-c", "\ntorch\n-c")
        );
        assert_eq!(
            change(Edit::Remove, &["NumPy<1", "torch"], TEXT).join("\n"),
            TEXT.replace("numpy \\\n  --hash=sha256:00\n", "")
        );
    }

    #[test]
    fn a_python_environment_changes_where_it_lists_requirements_itself() {
        let change = Change::new(Edit::Add, &["pip==25".into(), "torch".into()]).unwrap();
        let indirect = "python: '3.10'\nbuild_dependencies:\n- pip==23\ndependencies:\n- -r requirements.txt\n";
        let read = |text: &str| read(PYTHON_ENV, &change.python_env(text).unwrap()).unwrap();
        let expected = json!({"python": "3.10", "build_dependencies": ["pip==25"], "dependencies": ["-r requirements.txt"]});
        assert_eq!(read(indirect), expected);
        let direct = indirect.replace("-r requirements.txt", "numpy");
        assert_eq!(
            read(&direct)["dependencies"],
            json!(["numpy", "pip==25", "torch"])
        );
    }
}

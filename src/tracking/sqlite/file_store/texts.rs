//! The small files themselves: YAML, one value each, or one point on each line.
//!
//! What cannot be read is an error that names the file.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde_yaml::Options;

use super::broken;
use crate::entity::metric::{Measured, Metric};
use crate::tracking::sqlite::book::Fault;

/// What a thing is, beside what is written on it.
pub(super) const META: &str = "meta.yaml";

pub(super) fn has_meta(folder: &Path) -> bool {
    folder.join(META).is_file()
}

pub(super) fn is_named(folder: &Path, names: &[&str]) -> bool {
    let name = folder.file_name().and_then(|name| name.to_str());
    name.is_some_and(|name| names.contains(&name))
}

/// The `meta.yaml` of a folder.
pub(super) fn meta<T: DeserializeOwned>(folder: &Path) -> Result<T, Fault> {
    let path = folder.join(META);
    let text = text(&path)?;
    // A cause is one line; the file is there to be looked at.
    let mut options = Options::default();
    options.with_snippet = false;
    serde_yaml::from_str_with_options(&text, options)
        .map_err(|error| broken(&path, error.to_string()))
}

pub(super) fn text(path: &Path) -> Result<String, Fault> {
    fs_err::read_to_string(path).map_err(|error| broken(path, error.to_string()))
}

/// The folders in a folder, sorted; none if it is not there. What is no text as a name is none of MLflow's.
pub(super) fn folders(folder: &Path) -> Result<Vec<PathBuf>, Fault> {
    Ok(entries(folder)?
        .into_iter()
        .filter(|path| path.is_dir())
        .collect())
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, Fault> {
    let read = match fs_err::read_dir(folder) {
        Ok(read) => read,
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
            ) =>
        {
            return Ok(Vec::new());
        }
        Err(error) => return Err(broken(folder, error.to_string())),
    };
    let mut found = Vec::new();
    for entry in read {
        let path = entry
            .map_err(|error| broken(folder, error.to_string()))?
            .path();
        if path.file_name().is_some_and(|name| name.to_str().is_some()) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// All files below a folder by their path in it: a key may hold slashes.
pub(super) fn keys(folder: &Path) -> Result<BTreeMap<String, PathBuf>, Fault> {
    let mut found = BTreeMap::new();
    let mut left = vec![(String::new(), folder.to_path_buf())];
    while let Some((above, folder)) = left.pop() {
        for path in entries(&folder)? {
            let name = path
                .file_name()
                .and_then(|name| name.to_str())
                .unwrap_or_default();
            let key = format!("{above}{name}");
            if path.is_dir() {
                left.push((format!("{key}/"), path));
            } else {
                found.insert(key, path);
            }
        }
    }
    Ok(found)
}

/// The values of a folder of params or tags.
pub(super) fn values(folder: &Path) -> Result<BTreeMap<String, String>, Fault> {
    let keys = keys(folder)?.into_iter();
    keys.map(|(key, path)| Ok((key, text(&path)?))).collect()
}

/// A line of a metric, and the words that follow the point.
pub(super) type Line = (Metric, Vec<String>);

/// The points of a metric: `timestamp value [step [more…]]` on each line.
pub(super) fn points(key: &str, path: &Path) -> Result<Vec<Line>, Fault> {
    let text = text(path)?;
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let wrong = || {
            broken(
                path,
                format!("line {} is not `timestamp value step`: `{line}`", index + 1),
            )
        };
        let mut words = line.split_whitespace();
        let (Some(timestamp), Some(value)) = (words.next(), words.next()) else {
            return Err(wrong());
        };
        let step = words.next().unwrap_or("0");
        let point = Metric {
            key: key.to_owned(),
            value: value.parse::<Measured>().map_err(|_| wrong())?,
            timestamp: timestamp.parse().map_err(|_| wrong())?,
            step: step.parse().map_err(|_| wrong())?,
        };
        found.push((point, words.map(str::to_owned).collect()));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_read_as_python_writes_them() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("loss");
        fs_err::write(&path, "5 nan 1\n6 -inf 2\n7 1e-300\n8 0.5 -3 one d1\n").unwrap();
        let points = points("loss", &path).unwrap();
        let steps: Vec<i64> = points.iter().map(|(point, _)| point.step).collect();
        assert_eq!(steps, [1, 2, 0, -3]);
        assert!(points[0].0.value.0.is_nan());
        assert_eq!(points[3].1, ["one", "d1"]);
        for text in ["x 1 1", "1", "1 y 1", "1 1 z"] {
            fs_err::write(&path, text).unwrap();
            super::points("loss", &path).unwrap_err();
        }
    }
}

//! What there is to log: each file once, under the name it will have in the run.
//!
//! It reads names, so that a bad one is found before anything is sent, and no bytes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::command::Error;
use crate::entity::manifest::RelativePath;
use crate::package::{self, File};

/// All files of the paths, sorted by the names they will have.
pub(super) fn files(paths: &[PathBuf], parent: Option<&RelativePath>) -> Result<Vec<File>> {
    let mut named = BTreeMap::new();
    for path in paths {
        for mut file in of(path)? {
            if let Some(parent) = parent {
                file.path = file.path.below(parent);
            }
            if let Some(File { path, real, .. }) = named.insert(file.path.clone(), file.clone())
                && real != file.real
            {
                return Err(twice(&path, &real, &file.real));
            }
        }
    }
    if named.is_empty() {
        return Err(Error::usage("there is no file to log").into());
    }
    if let Some((file, below)) = folder_and_file(&named) {
        return Err(twice(&file.path, &file.real, &below.real));
    }
    Ok(named.into_values().collect())
}

/// A folder's contents, or a file under its own name.
fn of(path: &Path) -> Result<Vec<File>> {
    let metadata = fs_err::metadata(path)?;
    if metadata.is_dir() {
        return package::tree(path)
            .with_context(|| format!("cannot log the contents of `{}`", path.display()));
    }
    if !metadata.is_file() {
        let message = format!("`{}` is neither a file nor a folder", path.display());
        return Err(Error::usage(message).into());
    }
    let name = path.file_name().and_then(|name| name.to_str());
    let name = name.and_then(|name| name.parse().ok()).ok_or_else(|| {
        Error::usage(format!(
            "the name of `{}` cannot be that of an artifact",
            path.display()
        ))
    })?;
    Ok(vec![File {
        path: name,
        real: fs_err::canonicalize(path)?,
        size: metadata.len(),
    }])
}

/// A name that would be that of a file and of a folder.
fn folder_and_file(named: &BTreeMap<RelativePath, File>) -> Option<(&File, &File)> {
    named.values().find_map(|below| {
        let mut folder = below.path.parent();
        while let Some(path) = folder {
            if let Some(file) = named.get(&path) {
                return Some((file, below));
            }
            folder = path.parent();
        }
        None
    })
}

fn twice(path: &RelativePath, one: &Path, other: &Path) -> anyhow::Error {
    Error::Usage {
        message: format!(
            "`{}` and `{}` would both be `{path}` in the run",
            one.display(),
            other.display()
        ),
        hint: Some("log them in two calls, each with its own `--artifact-path`".to_owned()),
    }
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(folder: &Path, names: &[&str]) {
        for name in names {
            let path = folder.join(name);
            fs_err::create_dir_all(path.parent().unwrap()).unwrap();
            fs_err::write(path, name).unwrap();
        }
    }

    fn names(paths: &[PathBuf], parent: Option<&str>) -> Vec<String> {
        let parent = parent.map(|it| it.parse().unwrap());
        let files = files(paths, parent.as_ref()).unwrap();
        files.iter().map(|file| file.path.to_string()).collect()
    }

    #[test]
    fn folders_give_their_contents_and_files_their_names() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        made(root, &["a/x", "a/.hidden", "a/b/y", "z"]);
        let paths = [root.join("a"), root.join("z")];
        assert_eq!(names(&paths, None), [".hidden", "b/y", "x", "z"]);
        assert_eq!(names(&paths[1..], Some("p/q")), ["p/q/z"]);
        // The same file twice is the same file.
        let twice = [root.join("a"), root.join("a/x")];
        assert_eq!(names(&twice, None).len(), 3);
    }

    #[test]
    fn two_files_of_one_name_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        made(root, &["a/x", "b/x", "c/x/y", "empty/d/file"]);
        fs_err::remove_file(root.join("empty/d/file")).unwrap();
        for pair in [["a", "b"], ["a", "c"], ["c", "a"], ["a/x", "b/x"]] {
            let error = files(&pair.map(|it| root.join(it)), None).unwrap_err();
            assert!(error.to_string().contains("would both be `x`"), "{error}");
        }
        let error = files(&[root.join("empty")], None).unwrap_err();
        assert!(error.to_string().contains("no file"), "{error}");
        files(&[root.join("missing")], None).unwrap_err();
    }
}

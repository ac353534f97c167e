//! A folder in which MLflow kept everything in small files (`./mlruns`), read into the tables of a database that goes
//! away with the process. It is never written.
//!
//! The layout is that of `mlflow/store/tracking/file_store.py` and `mlflow/store/model_registry/file_store.py`,
//! 2.22.5 and 3.17.2.
//!
//! ```text
//!  EXPERIMENT/meta.yaml, tags/…             RUN/{meta.yaml, params/…, metrics/…, tags/…, inputs/…, outputs/…}
//!  .trash/EXPERIMENT/…                      models/m-…/{meta.yaml, params/…, metrics/…, tags/…}, datasets/…
//!  models/NAME/{meta.yaml, tags/…, aliases/…, version-1/{meta.yaml, tags/…}}
//! ```

mod experiments;
mod models;
mod registry;
mod runs;
mod texts;

use std::path::{Path, PathBuf};

use super::book::{Book, Fault};
use crate::tracking::error::Error;

/// Where experiments go that were deleted.
const TRASH: &str = ".trash";
/// Registered models at the root, logged ones in an experiment.
const MODELS: &str = "models";

/// A text that names no such folder.
#[derive(Debug, Clone, thiserror::Error)]
#[error("`{uri}` names no folder of experiments: {reason}")]
pub struct NotAFileStore {
    uri: String,
    reason: &'static str,
}

/// The folder that a URI names: `file:…` or a path; `None` if it is neither.
pub fn file_store_of(uri: &str) -> Option<Result<PathBuf, NotAFileStore>> {
    let path = match uri.split_once(':') {
        Some(("file", rest)) if rest.starts_with("//") => {
            let url: Option<url::Url> = uri.parse().ok();
            url.and_then(|url| url.to_file_path().ok())
                .unwrap_or_default()
        }
        Some(("file", rest)) => PathBuf::from(rest),
        // A drive letter of Windows is no scheme.
        Some((scheme, _)) if scheme.len() > 1 && !scheme.contains(['/', '.']) => return None,
        _ => PathBuf::from(uri),
    };
    let wrong = |reason| {
        Some(Err(NotAFileStore {
            uri: uri.to_owned(),
            reason,
        }))
    };
    match fs_err::metadata(&path) {
        Ok(found) if !found.is_dir() => wrong("it is no folder; a database is `sqlite:///FILE`"),
        Err(_) => wrong("it is not there"),
        Ok(_) if !has_experiments(&path) => wrong("none of its folders has a `meta.yaml`"),
        Ok(_) => Some(Ok(path)),
    }
}

/// Whether a folder holds experiments the way MLflow kept them in files: each with a `meta.yaml`.
pub fn has_experiments(root: &Path) -> bool {
    [root.to_path_buf(), root.join(TRASH)].iter().any(|folder| {
        let Ok(entries) = fs_err::read_dir(folder) else {
            return false;
        };
        let mut entries = entries.filter_map(Result::ok);
        entries.any(|entry| entry.path().join(texts::META).is_file())
    })
}

/// Reads all of it.
pub(super) fn read(book: &Book<'_>, root: &Path) -> Result<(), Fault> {
    // The experiment that a new database has is the store's own here, if it has it.
    book.change("DELETE FROM experiments", [] as [&str; 0])?;
    let mut moved = Moved::default();
    for folder in [root.to_path_buf(), root.join(TRASH)] {
        for experiment in texts::folders(&folder)? {
            if texts::is_named(&experiment, &[TRASH, MODELS]) || !texts::has_meta(&experiment) {
                continue;
            }
            experiments::read(book, &experiment, &mut moved)?;
        }
    }
    for model in texts::folders(&root.join(MODELS))? {
        if texts::has_meta(&model) {
            registry::read(book, &model, &moved)?;
        }
    }
    Ok(())
}

/// Places that the files still name although the whole folder was moved since.
#[derive(Debug, Default)]
struct Moved(Vec<(String, String)>);

impl Moved {
    /// Where artifacts lie: at the place that is named, or beside the file that names it.
    fn find(&mut self, named: String, beside: &Path) -> String {
        let is_there = local(&named).is_none_or(|path| path.is_dir());
        if is_there || !beside.is_dir() {
            return named;
        }
        let found = std::path::absolute(beside).unwrap_or_else(|_| beside.to_path_buf());
        let found = found.display().to_string();
        self.0.push((named, found.clone()));
        found
    }

    /// A place below one that was moved.
    fn follow(&self, named: String) -> String {
        let found = self.0.iter().find_map(|(old, new)| {
            let rest = named.strip_prefix(old.as_str())?;
            (rest.is_empty() || rest.starts_with('/')).then(|| format!("{new}{rest}"))
        });
        found.unwrap_or(named)
    }
}

/// The path that a place of this machine has.
fn local(uri: &str) -> Option<PathBuf> {
    match uri.split_once(':') {
        Some(("file", _)) => uri.parse::<url::Url>().ok()?.to_file_path().ok(),
        Some((scheme, _)) if scheme.len() > 1 => None,
        _ => Some(PathBuf::from(uri)),
    }
}

fn broken(path: &Path, reason: impl Into<String>) -> Fault {
    Fault::Told(Error::BrokenFile {
        path: path.display().to_string(),
        reason: reason.into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_told_from_servers_and_databases() {
        let folder = tempfile::tempdir().unwrap();
        let experiment = folder.path().join("0");
        fs_err::create_dir(&experiment).unwrap();
        let path = folder.path().to_str().unwrap();
        file_store_of(path).unwrap().unwrap_err();
        fs_err::write(experiment.join("meta.yaml"), "name: x\n").unwrap();
        for uri in [
            path.to_owned(),
            format!("file:{path}"),
            format!("file://{path}"),
        ] {
            assert_eq!(file_store_of(&uri).unwrap().unwrap(), folder.path());
        }
        for uri in ["http://h:1", "sqlite:///mlflow.db", "databricks://x"] {
            assert!(file_store_of(uri).is_none(), "{uri}");
        }
        for uri in [
            "no/such/folder",
            "file:///no/such/folder",
            experiment.join("meta.yaml").to_str().unwrap(),
        ] {
            file_store_of(uri).unwrap().unwrap_err();
        }
    }

    #[test]
    fn what_lay_in_a_folder_that_was_moved_is_found_beside() {
        let folder = tempfile::tempdir().unwrap();
        let mut moved = Moved::default();
        let here = folder.path().display().to_string();
        assert_eq!(moved.find("/old/place".to_owned(), folder.path()), here);
        assert_eq!(moved.find("s3://b/k".to_owned(), folder.path()), "s3://b/k");
        assert_eq!(moved.follow("/old/place/m".to_owned()), format!("{here}/m"));
        assert_eq!(moved.follow("/old/placebo".to_owned()), "/old/placebo");
    }
}

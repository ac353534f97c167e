//! The URI of a database file, as `SQLAlchemy` reads it: `sqlite:///relative/path` and `sqlite:////absolute/path`.
//!
//! Whether there is such a file is not looked at.

use std::path::PathBuf;

/// A URI that names no database file.
#[derive(Debug, Clone, thiserror::Error)]
#[error("`{uri}` names no database file")]
pub struct NotAFile {
    uri: String,
}

/// The file that a URI names, relative to the current folder; `None` if it is no such URI at all.
pub fn file_of(uri: &str) -> Option<Result<PathBuf, NotAFile>> {
    // SQLAlchemy's drivers are written behind a plus, `sqlite+pysqlite:`.
    let (scheme, rest) = uri.split_once(':')?;
    if scheme.split('+').next() != Some("sqlite") {
        return None;
    }
    let path = rest.strip_prefix("///").unwrap_or_default();
    let path = path.split_once('?').map_or(path, |(path, _)| path);
    // A database in memory would be gone before anybody could read it.
    if path.is_empty() || path == ":memory:" {
        return Some(Err(NotAFile {
            uri: uri.to_owned(),
        }));
    }
    Some(Ok(PathBuf::from(path)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_those_of_sqlalchemy() {
        for (uri, path) in [
            ("sqlite:///mlflow.db", "mlflow.db"),
            ("sqlite:////var/lib/mlflow.db", "/var/lib/mlflow.db"),
            ("sqlite:///a b/c.db?timeout=3", "a b/c.db"),
            ("sqlite+pysqlite:///x", "x"),
        ] {
            assert_eq!(file_of(uri).unwrap().unwrap(), PathBuf::from(path));
        }
        for uri in ["sqlite://", "sqlite:///", "sqlite:///:memory:", "sqlite:x"] {
            file_of(uri).unwrap().unwrap_err();
        }
        for uri in ["http://h", "mlflow.db", "postgresql://h/d"] {
            assert!(file_of(uri).is_none());
        }
    }
}

//! Finds the ONNX Runtime library on this machine, and installs it. Loading it is the engine's business.
//!
//! Places, from the first to the last: the path that was named → beside the executable and in `../lib` →
//! phi3ml's data folder → the active virtual or conda environment → `python3` on `PATH` → the system.
//! Nothing is run or loaded to find out; a library's version is read from its name or its bytes.

mod install;
mod pins;
mod places;
mod version;

use std::fmt;
use std::path::PathBuf;

use serde::Serialize;

use super::error::Error;

pub use install::{Event, Install, Installed, install};
pub use places::{Origin, Places};
pub use version::{NotAVersion, Version};

/// The release that [`install()`] brings: the one that onnxruntime-genai 0.18.0 is tested with.
pub const RELEASE: Version = Version::new(1, 31, 1);

/// The oldest version that loads what the exporters of today write.
pub const NEEDED: Version = Version::new(1, 23, 0);

/// The oldest version that the bindings can talk to.
pub(super) const OLDEST: Version = Version::new(1, 17, 0);

/// The oldest version that refuses lengths which the cache of a `GroupQueryAttention` does not have: 1.23.2 and 1.24.1
/// crash.
pub(super) const CHECKS_LENGTHS: Version = Version::new(1, 26, 0);

/// A library that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Library {
    /// Where it is.
    pub path: PathBuf,
    /// Its version, where it tells without being loaded.
    pub version: Option<Version>,
    /// How it was found.
    pub origin: Origin,
}

impl fmt::Display for Library {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.version {
            Some(version) => write!(
                formatter,
                "ONNX Runtime {version} at `{}`",
                self.path.display()
            ),
            None => write!(formatter, "ONNX Runtime at `{}`", self.path.display()),
        }
    }
}

/// A library that was found and would not do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Skipped {
    /// The library.
    pub path: PathBuf,
    /// Why it was passed over.
    pub reason: String,
}

/// The first library that will do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Found {
    /// The library.
    pub library: Library,
    /// Libraries before it that would not do.
    pub skipped: Vec<Skipped>,
}

/// No library will do.
#[derive(Debug, Clone, thiserror::Error)]
#[error("no ONNX Runtime library was found: {}", tried(.skipped, .folders))]
pub struct NotFound {
    /// Libraries that were found and would not do.
    pub skipped: Vec<Skipped>,
    /// Folders that were looked into and have none.
    pub folders: Vec<PathBuf>,
}

fn tried(skipped: &[Skipped], folders: &[PathBuf]) -> String {
    let skipped = skipped
        .iter()
        .map(|one| format!("`{}` {}", one.path.display(), one.reason));
    let folders = folders
        .iter()
        .map(|folder| format!("none in `{}`", folder.display()));
    let all: Vec<_> = skipped.chain(folders).collect();
    if all.is_empty() {
        "there was no place to look".to_owned()
    } else {
        all.join("; ")
    }
}

/// The first library that is at least as new as `needs`.
pub fn find(places: &Places, needs: Version) -> Result<Found, Error> {
    let Accepted {
        outcome: (),
        library,
        skipped,
    } = search(places, needs, |_| Ok(()))?;
    Ok(Found { library, skipped })
}

/// What a [`search`] ended with.
pub(super) struct Accepted<T> {
    pub(super) outcome: T,
    pub(super) library: Library,
    pub(super) skipped: Vec<Skipped>,
}

/// The first library that is new enough and that `accept` takes; its refusals become reasons.
pub(super) fn search<T>(
    places: &Places,
    needs: Version,
    mut accept: impl FnMut(&Library) -> Result<T, String>,
) -> Result<Accepted<T>, Error> {
    places.check_named()?;
    let mut skipped = Vec::new();
    let mut too_old = None;
    let mut folders = Vec::new();
    for place in places.in_order() {
        let libraries = place.libraries();
        if libraries.is_empty() {
            folders.push(place.path);
            continue;
        }
        for path in libraries {
            let library = Library {
                version: version::of_library(&path),
                path,
                origin: place.origin,
            };
            if let Some(version) = library.version.filter(|version| *version < needs) {
                too_old.get_or_insert((library.path.clone(), version));
                skipped.push(Skipped {
                    path: library.path,
                    reason: format!("is {version}, but ≥ {needs} is needed"),
                });
                continue;
            }
            match accept(&library) {
                Ok(outcome) => {
                    return Ok(Accepted {
                        outcome,
                        library,
                        skipped,
                    });
                }
                // What was named is meant; only age sends us on to the next place.
                Err(reason) if library.origin == Origin::Named => {
                    return Err(Error::LibraryUnfit {
                        path: library.path,
                        reason,
                    });
                }
                Err(reason) => skipped.push(Skipped {
                    path: library.path,
                    reason,
                }),
            }
        }
    }
    Err(match too_old {
        Some((path, version)) => Error::LibraryTooOld {
            path,
            version,
            needs,
        },
        None => NotFound { skipped, folders }.into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    /// Something with the first bytes of a library of this platform, in a file of this name.
    fn library(folder: &Path, name: &str) -> PathBuf {
        fs_err::create_dir_all(folder).unwrap();
        let path = folder.join(name);
        fs_err::write(&path, version::LIBRARY_START).unwrap();
        path
    }

    fn file(version: &str) -> String {
        if cfg!(windows) {
            "onnxruntime.dll".to_owned()
        } else if cfg!(target_os = "macos") {
            format!("libonnxruntime.{version}.dylib")
        } else {
            format!("libonnxruntime.so.{version}")
        }
    }

    #[test]
    #[cfg(not(windows))]
    fn a_library_that_is_too_old_is_passed_over() {
        let home = tempfile::tempdir().unwrap();
        let old = library(&home.path().join("bin"), &file("1.22.0"));
        let new = library(
            &home.path().join("data/onnxruntime/1.31.1"),
            &file("1.31.1"),
        );
        let mut places = Places {
            executable_dir: Some(home.path().join("bin")),
            data_dir: Some(home.path().join("data")),
            ..Places::default()
        };
        let found = find(&places, NEEDED).unwrap();
        assert_eq!(found.library.path, new);
        assert_eq!(found.library.version, Some(RELEASE));
        assert_eq!(found.library.origin, Origin::Installed);
        assert_eq!(found.skipped[0].path, old);
        assert_eq!(found.skipped[0].reason, "is 1.22.0, but ≥ 1.23.0 is needed");

        places.data_dir = None;
        let error = find(&places, NEEDED).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!(
                "cannot load this graph: ONNX Runtime 1.22.0 at `{}`, this model needs ≥ 1.23.0",
                old.display()
            )
        );
    }

    #[test]
    fn a_path_that_was_named_has_to_be_a_library() {
        let home = tempfile::tempdir().unwrap();
        let text = home.path().join("libonnxruntime.so");
        fs_err::write(&text, "INPUT(-lonnxruntime)").unwrap();
        for path in [home.path().join("nowhere.so"), text] {
            let places = Places {
                explicit: Some(path.clone()),
                ..Places::default()
            };
            let error = find(&places, NEEDED).unwrap_err();
            assert!(matches!(error, Error::LibraryUnfit { .. }), "{error}");
            assert!(
                error.to_string().contains(path.to_str().unwrap()),
                "{error}"
            );
        }
    }

    #[test]
    fn what_was_tried_is_told() {
        let home = tempfile::tempdir().unwrap();
        let places = Places {
            executable_dir: Some(home.path().to_path_buf()),
            ..Places::default()
        };
        let error = find(&places, NEEDED).unwrap_err().to_string();
        let folder = format!("none in `{}`", home.path().display());
        assert!(error.contains(&folder), "{error}");
    }

    #[test]
    #[cfg(unix)]
    fn a_script_of_pyenv_leads_to_the_installation_behind_it() {
        let home = tempfile::tempdir().unwrap();
        let capi = "versions/3.12.1/lib/python3.12/site-packages/onnxruntime/capi";
        let path = library(&home.path().join(capi), &file("1.31.1"));
        fs_err::write(home.path().join("version"), "3.12.1\n").unwrap();
        let places = Places {
            python: Some(home.path().join("shims/python3")),
            ..Places::default()
        };
        assert_eq!(find(&places, NEEDED).unwrap().library.path, path);
    }

    #[test]
    #[cfg(not(windows))]
    fn an_environment_of_python_holds_the_library_in_its_packages() {
        let home = tempfile::tempdir().unwrap();
        let capi = home
            .path()
            .join("lib/python3.12/site-packages/onnxruntime/capi");
        let path = library(&capi, &file("1.31.1"));
        for (places, origin) in [
            (
                Places {
                    virtual_env: Some(home.path().to_path_buf()),
                    ..Places::default()
                },
                Origin::VirtualEnvironment,
            ),
            (
                Places {
                    conda_prefix: Some(home.path().to_path_buf()),
                    ..Places::default()
                },
                Origin::Conda,
            ),
            (
                Places {
                    python: Some(home.path().join("bin/python3")),
                    ..Places::default()
                },
                Origin::Python,
            ),
        ] {
            let found = find(&places, NEEDED).unwrap();
            assert_eq!(
                (found.library.path, found.library.origin),
                (path.clone(), origin)
            );
        }
    }
}

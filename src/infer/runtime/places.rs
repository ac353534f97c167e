//! Where ONNX Runtime may lie, in the order in which it is looked for. Reads folders, never libraries' code.

use std::ffi::OsStr;
use std::fmt;
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::infer::error::Error;
use crate::package::contents;

use super::version;

/// The places of this machine and this user; whoever reads the environment fills them in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places {
    /// `--ort-lib` or `ORT_DYLIB_PATH`: a library, or a folder that holds one.
    pub explicit: Option<PathBuf>,
    /// The folder of the executable.
    pub executable_dir: Option<PathBuf>,
    /// phi3ml's data folder.
    pub data_dir: Option<PathBuf>,
    /// `VIRTUAL_ENV`.
    pub virtual_env: Option<PathBuf>,
    /// `CONDA_PREFIX`.
    pub conda_prefix: Option<PathBuf>,
    /// The `python3` that is first on `PATH`.
    pub python: Option<PathBuf>,
    /// Where `pip install --user` installs: `~/.local`.
    pub user_base: Option<PathBuf>,
    /// The folders of `LD_LIBRARY_PATH` or `DYLD_LIBRARY_PATH`.
    pub library_path: Vec<PathBuf>,
    /// Whether to look where the system's loader does.
    pub system: bool,
}

/// How a library was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// It was named.
    Named,
    /// It travels with the executable.
    Executable,
    /// `phi3ml runtime install` put it there.
    Installed,
    /// The active virtual environment has it.
    VirtualEnvironment,
    /// The active conda environment has it.
    Conda,
    /// The packages of `python3` on `PATH` have it.
    Python,
    /// The system has it.
    System,
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Named => "it was named",
            Self::Executable => "it lies beside the executable",
            Self::Installed => "`phi3ml runtime install` put it there",
            Self::VirtualEnvironment => "it is in the active virtual environment",
            Self::Conda => "it is in the active conda environment",
            Self::Python => "it is among the packages of `python3`",
            Self::System => "it is installed on this system",
        })
    }
}

/// One place: a library or a folder.
pub(super) struct Place {
    pub(super) path: PathBuf,
    pub(super) origin: Origin,
}

impl Place {
    /// The libraries here, the newest first.
    pub(super) fn libraries(&self) -> Vec<PathBuf> {
        if self.path.is_file() {
            return vec![self.path.clone()];
        }
        let Ok(entries) = fs_err::read_dir(&self.path) else {
            return Vec::new();
        };
        let mut libraries: Vec<PathBuf> = entries
            .filter_map(Result::ok)
            .map(|entry| entry.path())
            .filter(|path| has_library_name(path) && version::is_library(path))
            .collect();
        // A link and its target are one library: whichever comes first says the version.
        libraries.sort_unstable_by_key(|path| std::cmp::Reverse(version::of_library(path)));
        libraries.dedup_by_key(|path| fs_err::canonicalize(&*path).ok());
        libraries
    }
}

fn has_library_name(path: &Path) -> bool {
    let Some(name) = path.file_name().and_then(OsStr::to_str) else {
        return false;
    };
    if cfg!(windows) {
        name.eq_ignore_ascii_case("onnxruntime.dll")
    } else if cfg!(target_os = "macos") {
        name.starts_with("libonnxruntime.") && path.extension() == Some(OsStr::new("dylib"))
    } else {
        name == "libonnxruntime.so" || name.starts_with("libonnxruntime.so.")
    }
}

impl Places {
    /// A path that was named is meant: where it is wrong, nothing else is taken instead.
    pub(super) fn check_named(&self) -> Result<(), Error> {
        let Some(path) = &self.explicit else {
            return Ok(());
        };
        let reason = if path.is_dir() {
            let place = Place {
                path: path.clone(),
                origin: Origin::Named,
            };
            if !place.libraries().is_empty() {
                return Ok(());
            }
            "there is none in this folder"
        } else if !path.is_file() {
            "there is no such file"
        } else if version::is_library(path) {
            return Ok(());
        } else {
            "it does not begin as a library of this system does"
        };
        Err(Error::LibraryUnfit {
            path: path.clone(),
            reason: reason.to_owned(),
        })
    }

    /// All places, from the first to the last.
    pub(super) fn in_order(&self) -> Vec<Place> {
        let mut places = Vec::new();
        let mut add = |origin, paths: Vec<PathBuf>| {
            places.extend(paths.into_iter().map(|path| Place { path, origin }));
        };
        add(Origin::Named, self.explicit.iter().cloned().collect());
        if let Some(folder) = &self.executable_dir {
            add(
                Origin::Executable,
                vec![folder.clone(), folder.join("../lib")],
            );
        }
        if let Some(folder) = &self.data_dir {
            add(Origin::Installed, installed(folder));
        }
        if let Some(prefix) = &self.virtual_env {
            add(Origin::VirtualEnvironment, packages(prefix));
        }
        if let Some(prefix) = &self.conda_prefix {
            let mut folders = packages(prefix);
            folders.push(prefix.join("lib"));
            add(Origin::Conda, folders);
        }
        if let Some(python) = &self.python {
            add(Origin::Python, self.packages_of(python));
        }
        add(Origin::System, self.library_path.clone());
        if self.system {
            add(Origin::System, system());
        }
        places
    }

    /// The packages of an interpreter: those of its own prefix, of the installation behind it, of the user.
    fn packages_of(&self, python: &Path) -> Vec<PathBuf> {
        let prefix = |python: &Path| python.parent()?.parent().map(Path::to_path_buf);
        let own = prefix(python);
        let behind = fs_err::canonicalize(python)
            .ok()
            .and_then(|python| prefix(&python));
        let mut prefixes: Vec<PathBuf> = own.into_iter().collect();
        prefixes.extend(behind);
        prefixes.extend(pyenv(python));
        prefixes.extend(self.user_base.clone());
        prefixes.dedup();
        prefixes
            .iter()
            .flat_map(|prefix| packages(prefix))
            .collect()
    }
}

/// The installation that a script of pyenv stands for: `ROOT/shims/python3` and the name in `ROOT/version`.
fn pyenv(python: &Path) -> Option<PathBuf> {
    let shims = python.parent().filter(|folder| folder.ends_with("shims"))?;
    let root = shims.parent()?;
    let chosen = contents::read_text(&root.join("version")).ok()?;
    Some(root.join("versions").join(chosen.lines().next()?.trim()))
}

/// Where [`install`](super::install()) puts a library: a folder for each version.
pub(super) fn installation(data_dir: &Path) -> PathBuf {
    data_dir.join("onnxruntime")
}

/// The installed versions, the newest first.
fn installed(data_dir: &Path) -> Vec<PathBuf> {
    let folder = installation(data_dir);
    let mut versions: Vec<(version::Version, PathBuf)> = subfolders(&folder)
        .into_iter()
        .filter_map(|path| {
            let name = path.file_name().and_then(OsStr::to_str)?;
            Some((name.parse().ok()?, path))
        })
        .collect();
    versions.sort_unstable();
    if versions.is_empty() {
        return vec![folder];
    }
    versions.into_iter().rev().map(|(_, path)| path).collect()
}

/// The folders below a Python prefix where the package `onnxruntime` keeps its library.
fn packages(prefix: &Path) -> Vec<PathBuf> {
    const CAPI: &str = "onnxruntime/capi";
    if cfg!(windows) {
        return vec![prefix.join("Lib").join("site-packages").join(CAPI)];
    }
    let lib = prefix.join("lib");
    // Debian keeps packages in `dist-packages`, its own ones without a version of Python.
    let mut found: Vec<PathBuf> = subfolders(&lib)
        .into_iter()
        .filter(|path| {
            path.file_name()
                .and_then(OsStr::to_str)
                .is_some_and(|name| name.starts_with("python3"))
        })
        .flat_map(|python| ["site-packages", "dist-packages"].map(|name| python.join(name)))
        .map(|packages| packages.join(CAPI))
        .filter(|path| path.is_dir())
        .collect();
    found.sort_unstable();
    found.reverse();
    if found.is_empty() {
        found.push(lib);
    }
    found
}

fn subfolders(folder: &Path) -> Vec<PathBuf> {
    fs_err::read_dir(folder)
        .map(|entries| {
            entries
                .filter_map(Result::ok)
                .map(|entry| entry.path())
                .filter(|path| path.is_dir())
                .collect()
        })
        .unwrap_or_default()
}

/// Where loaders look by themselves. None on Windows: the `onnxruntime.dll` of System32 belongs to Windows
/// and is old.
fn system() -> Vec<PathBuf> {
    let folders: &[&str] = if cfg!(windows) {
        &[]
    } else if cfg!(target_os = "macos") {
        &["/opt/homebrew/lib", "/usr/local/lib"]
    } else if cfg!(target_arch = "aarch64") {
        &[
            "/usr/local/lib",
            "/usr/lib/aarch64-linux-gnu",
            "/usr/lib64",
            "/usr/lib",
        ]
    } else {
        &[
            "/usr/local/lib",
            "/usr/lib/x86_64-linux-gnu",
            "/usr/lib64",
            "/usr/lib",
        ]
    };
    folders.iter().map(PathBuf::from).collect()
}

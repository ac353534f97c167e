//! What lies at a path: which kind of model, and which of its files belong to it.
//!
//! It reads names and kinds of files, never their contents.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::entity::manifest::RelativePath;

use super::Error;

/// The file that makes a folder an ONNX Runtime GenAI model.
pub(super) const GENAI_CONFIG: &str = "genai_config.json";

/// The file that makes a folder an MLflow model.
pub(super) const MLMODEL: &str = "MLmodel";

/// What was found at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Found {
    /// A folder with an `MLmodel`.
    MlflowModel,
    /// A folder with a `genai_config.json`.
    GenaiFolder,
    /// A folder with a `config.json` and safetensors.
    HuggingFaceCheckpoint,
    /// One `.onnx` file.
    OnnxFile,
    /// A `.zip`.
    Archive,
    /// Any other file.
    File,
    /// A folder without a model.
    Folder,
}

impl fmt::Display for Found {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::MlflowModel => "an MLflow model (it has an `MLmodel`)",
            Self::GenaiFolder => "an ONNX Runtime GenAI folder",
            Self::HuggingFaceCheckpoint => {
                "a Hugging Face checkpoint (it has a `config.json` and safetensors)"
            }
            Self::OnnxFile => "a single `.onnx` file",
            Self::Archive => "a `.zip` archive",
            Self::File => "a file",
            Self::Folder => "a folder without a `genai_config.json`",
        })
    }
}

/// Looks at what lies at `path`.
pub(super) fn recognise(path: &Path) -> Result<Found, Error> {
    let metadata = fs_err::metadata(path).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => Error::NotFound { path: path.into() },
        _ => unreadable(path, source),
    })?;
    if !metadata.is_dir() {
        return Ok(match extension(path).as_deref() {
            Some("onnx") => Found::OnnxFile,
            Some("zip") => Found::Archive,
            _ => Found::File,
        });
    }
    Ok(if path.join(MLMODEL).is_file() {
        Found::MlflowModel
    } else if path.join(GENAI_CONFIG).is_file() {
        Found::GenaiFolder
    } else if path.join("config.json").is_file() && holds_safetensors(path)? {
        Found::HuggingFaceCheckpoint
    } else {
        Found::Folder
    })
}

fn holds_safetensors(folder: &Path) -> Result<bool, Error> {
    Ok(children(folder)?
        .iter()
        .any(|child| extension(child).as_deref() == Some("safetensors")))
}

fn extension(path: &Path) -> Option<String> {
    Some(path.extension()?.to_str()?.to_ascii_lowercase())
}

/// A file below a folder.
#[derive(Debug, Clone)]
pub struct File {
    /// Its name below the folder.
    pub path: RelativePath,
    /// Where it is, links resolved.
    pub real: PathBuf,
    /// Its length in bytes.
    pub size: u64,
}

/// All files below `folder` that belong to the model, sorted by name.
pub fn files(folder: &Path) -> Result<Vec<File>, Error> {
    walk(folder, is_left_out)
}

/// All files below `folder`, whatever they are for, sorted by name. Links are followed as long as they stay
/// below it.
pub fn tree(folder: &Path) -> Result<Vec<File>, Error> {
    walk(folder, |_| false)
}

fn walk(folder: &Path, is_left_out: fn(&str) -> bool) -> Result<Vec<File>, Error> {
    let root = fs_err::canonicalize(folder).map_err(|source| unreadable(folder, source))?;
    let mut walk = Walk {
        root: &root,
        is_left_out,
        ancestors: Vec::new(),
        files: Vec::new(),
    };
    walk.enter(&root, None)?;
    walk.files
        .sort_unstable_by(|left, right| left.path.cmp(&right.path));
    Ok(walk.files)
}

/// Folders below `files`' root that hold a `genai_config.json` of their own.
pub(super) fn nested_models(files: &[File]) -> Vec<String> {
    files
        .iter()
        .filter_map(|file| file.path.as_str().strip_suffix("/genai_config.json"))
        .map(str::to_owned)
        .collect()
}

struct Walk<'a> {
    root: &'a Path,
    /// Names that are passed over.
    is_left_out: fn(&str) -> bool,
    /// The folders that are being walked, so that a link to one of them does not lead in a circle.
    ancestors: Vec<PathBuf>,
    files: Vec<File>,
}

impl Walk<'_> {
    fn enter(&mut self, folder: &Path, name: Option<&RelativePath>) -> Result<(), Error> {
        if self.ancestors.iter().any(|ancestor| ancestor == folder) {
            return Ok(());
        }
        self.ancestors.push(folder.to_path_buf());
        for child in children(folder)? {
            let file_name = child
                .file_name()
                .and_then(|name| name.to_str())
                .ok_or_else(|| Error::NotUnicode {
                    path: child.clone(),
                })?;
            if (self.is_left_out)(file_name) {
                continue;
            }
            let path: RelativePath = file_name.parse().map_err(|_| Error::NotUnicode {
                path: child.clone(),
            })?;
            self.visit(
                &child,
                match name {
                    Some(parent) => path.below(parent),
                    None => path,
                },
            )?;
        }
        self.ancestors.pop();
        Ok(())
    }

    fn visit(&mut self, child: &Path, path: RelativePath) -> Result<(), Error> {
        let real = self.resolve(child, &path)?;
        let metadata = fs_err::metadata(&real).map_err(|source| unreadable(&real, source))?;
        if metadata.is_dir() {
            self.enter(&real, Some(&path))
        } else {
            if metadata.is_file() {
                self.files.push(File {
                    path,
                    size: metadata.len(),
                    real,
                });
            }
            Ok(())
        }
    }

    /// Follows a link, as long as it stays below the root.
    fn resolve(&self, child: &Path, path: &RelativePath) -> Result<PathBuf, Error> {
        let is_link = fs_err::symlink_metadata(child)
            .map_err(|source| unreadable(child, source))?
            .is_symlink();
        if !is_link {
            return Ok(child.to_path_buf());
        }
        match fs_err::canonicalize(child) {
            Ok(real) if real.starts_with(self.root) => Ok(real),
            _ => Err(Error::LinkLeaves {
                path: path.clone(),
                target: fs_err::read_link(child).unwrap_or_default(),
            }),
        }
    }
}

fn children(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    fs_err::read_dir(folder)
        .and_then(|entries| {
            entries
                .map(|entry| Ok(entry?.path()))
                .collect::<io::Result<Vec<_>>>()
        })
        .map_err(|source| unreadable(folder, source))
}

/// What tools leave beside a model: version control, caches and downloads that never ended.
fn is_left_out(name: &str) -> bool {
    const UNFINISHED: [&str; 4] = ["incomplete", "part", "crdownload", "aria2"];
    name.starts_with(".git")
        || matches!(name, ".cache" | ".DS_Store")
        || extension(Path::new(name)).is_some_and(|end| UNFINISHED.contains(&end.as_str()))
}

/// The name of a file or a folder, also where it was given as `.`.
pub(super) fn name_of(path: &Path) -> String {
    let path = fs_err::canonicalize(path).unwrap_or_else(|_| path.into());
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

/// One file by itself.
pub(super) fn file(path: &Path) -> Result<File, Error> {
    let real = fs_err::canonicalize(path).map_err(|source| unreadable(path, source))?;
    let metadata = fs_err::metadata(&real).map_err(|source| unreadable(path, source))?;
    let name = path.file_name().and_then(|name| name.to_str());
    let name = name.and_then(|name| name.parse().ok());
    Ok(File {
        path: name.ok_or_else(|| Error::NotUnicode { path: path.into() })?,
        real,
        size: metadata.len(),
    })
}

pub(super) fn unreadable(path: &Path, source: io::Error) -> Error {
    Error::Read {
        path: path.into(),
        source,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let files = files(folder).unwrap();
        files.iter().map(|file| file.path.to_string()).collect()
    }

    #[test]
    fn what_tools_leave_behind_is_not_part_of_the_model() {
        let folder = tempfile::tempdir().unwrap();
        for name in [
            "genai_config.json",
            "b/deep/file",
            ".hidden",
            ".git/config",
            ".gitattributes",
            ".cache/huggingface/x",
            ".DS_Store",
            "b/model.onnx.data.incomplete",
            "model.onnx.part",
        ] {
            let path = folder.path().join(name);
            fs_err::create_dir_all(path.parent().unwrap()).unwrap();
            fs_err::write(path, name).unwrap();
        }
        assert_eq!(
            names(folder.path()),
            [".hidden", "b/deep/file", "genai_config.json"]
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_inside_the_folder_and_refused_outside() {
        use std::os::unix::fs::symlink;
        let outside = tempfile::tempdir().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        fs_err::create_dir(path.join("real")).unwrap();
        fs_err::write(path.join("real/file"), "x").unwrap();
        symlink("real/file", path.join("file")).unwrap();
        symlink("real", path.join("folder")).unwrap();
        symlink("..", path.join("real/up")).unwrap();
        assert_eq!(names(path), ["file", "folder/file", "real/file"]);
        for target in [outside.path(), Path::new("nowhere")] {
            let link = path.join("link");
            symlink(target, &link).unwrap();
            let error = files(path).unwrap_err();
            assert!(matches!(error, Error::LinkLeaves { .. }), "{error}");
            fs_err::remove_file(link).unwrap();
        }
    }
}

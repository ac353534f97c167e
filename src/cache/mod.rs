//! The cellar: models that were fetched, by the digests of their files, shared by all processes of a user.
//!
//! Knows no servers and fetches nothing. Whoever puts files in has compared them with their digests.
//!
//! ```text
//! files/ab/ab12…     every file once, by its digest, read-only
//! models/KEY/        a model: its files under their names, as further links to the same bytes
//! models/KEY.json    which model that is; written last, removed first, touched at each use
//! partial/KEY/       a model on its way here
//! locks/KEY.use      held by whoever uses the model, so that nobody removes it
//! locks/KEY.fill     held by whoever fetches it
//! lock               held for moments by whoever adds or removes
//! ```
//!
//! Inside the cellar files are hard links: nobody but this room writes there. What leaves it is a copy (one that
//! shares the blocks where the file system can), for a link would let an editor change what is kept here.

mod error;
mod filling;
mod index;
mod locks;
mod prune;

use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::digest::Digest;
use crate::entity::manifest::RelativePath;

pub use error::Error;
pub use filling::Filling;
pub use index::{Contents, Part};
pub use prune::{Kept, Pruned};

use index::Index;

/// The folder that holds it all.
#[derive(Debug, Clone)]
pub struct Cache {
    root: PathBuf,
    limit: u64,
}

/// A model that stays in the cellar as long as this value lives.
#[derive(Debug)]
pub struct Held {
    /// Its folder.
    pub folder: PathBuf,
    /// None where nobody can remove it.
    _lock: Option<fs_err::File>,
}

/// What was found under a key.
#[derive(Debug)]
pub enum Found {
    /// The whole model.
    Whole(Held),
    /// It was there, but a file of it is not what it was; it is not there any more.
    Damaged(RelativePath),
    /// Nothing.
    Nothing,
}

impl Cache {
    /// The cellar in `root`, which may not be there yet; above `limit` bytes the longest unused goes.
    pub fn new(root: PathBuf, limit: u64) -> Self {
        Self { root, limit }
    }

    /// How many bytes it is to hold at most.
    pub fn limit(&self) -> u64 {
        self.limit
    }

    /// Looks for a model.
    pub fn find(&self, key: Digest) -> Result<Found, Error> {
        let index = self.index_path(key);
        if !index.is_file() {
            return Ok(Found::Nothing);
        }
        let lock = self.lock_shared(&format!("{key}.use"))?;
        let Some(index) = Index::read(&index) else {
            return Ok(Found::Nothing);
        };
        let folder = self.model_path(key);
        if let Some(path) = index.damage(&folder) {
            drop(lock);
            let _moment = self.moment()?;
            let now = Index::read(&self.index_path(key));
            if now.is_none_or(|index| index.damage(&folder).is_none()) {
                // Another process has seen it as well, and has removed it or put it right.
                return Ok(Found::Damaged(path));
            }
            self.remove_model(key)?;
            // Other models hold the same file, and are found to be damaged when they are asked for.
            if let Some(part) = index.contents.files.get(&path) {
                remove_file(&self.file_path(part.sha256)).map_err(|it| self.failed(it))?;
            }
            return Ok(Found::Damaged(path));
        }
        touch(&self.index_path(key));
        Ok(Found::Whole(Held {
            folder,
            _lock: lock,
        }))
    }

    /// Begins to fetch a model; `None` while another process does.
    pub fn fill(&self, key: Digest) -> Result<Option<Filling>, Error> {
        Filling::begin(self, key)
    }

    /// Copies a file that is here to another place, and makes sure that it is what its digest says.
    pub fn copy(&self, part: Part, target: &Path) -> Result<bool, Error> {
        let kept = self.file_path(part.sha256);
        if !has_size(&kept, part.size) {
            return Ok(false);
        }
        let copied = fs_err::copy(&kept, target).and_then(|_| {
            // The files here are read-only, and what leaves them is the user's own.
            make_writable(target)?;
            Ok(Digest::of_file(target)?.0)
        });
        match copied {
            Ok(digest) if digest == part.sha256 => return Ok(true),
            Ok(_) => _ = fs_err::remove_file(&kept),
            // It may have been removed meanwhile; a full disk shows again when the file is fetched.
            Err(_) => {}
        }
        remove_file(target).map_err(|it| self.failed(it))?;
        Ok(false)
    }

    fn index_path(&self, key: Digest) -> PathBuf {
        self.root.join("models").join(format!("{key}.json"))
    }

    fn model_path(&self, key: Digest) -> PathBuf {
        self.root.join("models").join(key.to_string())
    }

    fn partial_path(&self, key: Digest) -> PathBuf {
        self.root.join("partial").join(key.to_string())
    }

    fn file_path(&self, digest: Digest) -> PathBuf {
        let name = digest.to_string();
        let group: String = name.chars().take(2).collect();
        self.root.join("files").join(group).join(name)
    }

    /// Takes a model away; its files stay as long as other models have them.
    fn remove_model(&self, key: Digest) -> Result<(), Error> {
        let remove = || {
            remove_file(&self.index_path(key))?;
            remove_folder(&self.model_path(key))
        };
        remove().map_err(|it| self.failed(it))
    }

    fn failed(&self, source: io::Error) -> Error {
        Error::Files {
            folder: self.root.clone(),
            source,
        }
    }
}

fn has_size(path: &Path, size: u64) -> bool {
    fs_err::symlink_metadata(path).is_ok_and(|found| found.is_file() && found.len() == size)
}

/// The time of the last use is that of the index.
fn touch(path: &Path) {
    let now = SystemTime::now();
    // A cellar that cannot be written is used all the same.
    _ = fs_err::OpenOptions::new()
        .append(true)
        .open(path)
        .and_then(|file| file.file().set_modified(now));
}

fn make_writable(path: &Path) -> io::Result<()> {
    set_mode(path, 0o644)
}

fn make_read_only(path: &Path) -> io::Result<()> {
    set_mode(path, 0o444)
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs_err::set_permissions(path, std::fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn set_mode(path: &Path, mode: u32) -> io::Result<()> {
    let mut permissions = fs_err::metadata(path)?.permissions();
    permissions.set_readonly(mode & 0o200 == 0);
    fs_err::set_permissions(path, permissions)
}

/// Removes a file that may be gone already.
fn remove_file(path: &Path) -> io::Result<()> {
    forgive_missing(fs_err::remove_file(path))
}

fn remove_folder(path: &Path) -> io::Result<()> {
    forgive_missing(fs_err::remove_dir_all(path))
}

fn forgive_missing(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

#[cfg(test)]
mod tests;

//! Writes a model directory so that it is there whole or not at all: beside, fsync, rename.
//!
//! It never overwrites: what is at the destination stays.

use std::io::{self, Write as _};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use crate::digest::Digest;
use crate::entity::manifest::RelativePath;

use super::flushed::Flushed;
use super::write::{self, Sink};
use super::{Error, Identity, Rendered, Sealed};

impl Rendered {
    /// Writes the model directory `folder`, which must not exist. `identify` names the model by its digest.
    ///
    /// `on_write` is told how many bytes of the source are written so far, and how many there are; it may stop the
    /// writing.
    pub fn write_to(
        self,
        folder: &Path,
        identify: &dyn Fn(Digest) -> Identity,
        on_write: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
    ) -> Result<Sealed, Error> {
        let staging = Staging::beside(folder)?;
        let mut sink = Folder {
            path: staging.path.clone(),
            file: None,
        };
        let sealed = write::write(self, &mut sink, identify, on_write)?;
        staging.publish(folder)?;
        Ok(sealed)
    }
}

/// A folder that is being filled.
struct Folder {
    path: PathBuf,
    /// The file that was begun, and where it is.
    file: Option<(PathBuf, Flushed)>,
}

impl Sink for Folder {
    fn begin(&mut self, path: &RelativePath, _size: u64) -> Result<(), Error> {
        let path = path.under(&self.path);
        if let Some(parent) = path.parent() {
            fs_err::create_dir_all(parent).map_err(|source| unwritable(parent, source))?;
        }
        let file = fs_err::File::create_new(&path).map_err(|source| unwritable(&path, source))?;
        self.file = Some((path, Flushed::new(file)));
        Ok(())
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        match &mut self.file {
            Some((path, file)) => file
                .write_all(bytes)
                .map_err(|source| unwritable(path, source)),
            None => Ok(()),
        }
    }

    /// Leaves the file safely on the disk.
    fn end(&mut self) -> Result<(), Error> {
        match self.file.take() {
            Some((path, file)) => file.finish().map_err(|source| unwritable(&path, source)),
            None => Ok(()),
        }
    }
}

/// A folder or a file under a passing name, removed again unless it is published.
pub(super) struct Staging {
    path: PathBuf,
}

impl Staging {
    fn beside(folder: &Path) -> Result<Self, Error> {
        let staging = Self::file_beside(folder)?;
        fs_err::create_dir(&staging.path).map_err(|source| unwritable(&staging.path, source))?;
        Ok(staging)
    }

    /// A name beside `destination`, which must not exist; nothing is made but the folder that both are in.
    pub(super) fn file_beside(destination: &Path) -> Result<Self, Error> {
        refuse_existing(destination)?;
        let mut name = destination.file_name().unwrap_or_default().to_os_string();
        name.push(format!(".{}.part", std::process::id()));
        let path = destination.with_file_name(name);
        if let Some(parent) = destination.parent() {
            fs_err::create_dir_all(parent).map_err(|source| unwritable(parent, source))?;
        }
        Ok(Self { path })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn publish(self, destination: &Path) -> Result<(), Error> {
        refuse_existing(destination)?;
        fs_err::rename(&self.path, destination).map_err(|source| unwritable(destination, source))
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // After `publish` there is nothing under this name any more.
        let _ = if self.path.is_dir() {
            fs_err::remove_dir_all(&self.path)
        } else {
            fs_err::remove_file(&self.path)
        };
    }
}

fn refuse_existing(path: &Path) -> Result<(), Error> {
    match path.symlink_metadata() {
        Ok(_) => Err(Error::Exists { path: path.into() }),
        Err(_) => Ok(()),
    }
}

pub(super) fn unwritable(path: &Path, source: io::Error) -> Error {
    Error::Write {
        path: path.into(),
        source,
    }
}

//! Writes a model directory so that it is there whole or not at all: beside, fsync, rename.
//!
//! It never overwrites: what is at the destination stays.

use std::io::{self, Read, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use crate::digest::Hasher;
use crate::entity::manifest::{Entry, Source};

use super::source::{self, MLMODEL};
use super::{Error, Identity, Rendered};

/// As much as is copied at a time.
pub(super) const BLOCK: usize = 1 << 20;

/// Who is told how many bytes were written; it may stop the writing.
pub(super) type Tell<'a> = dyn FnMut(u64) -> ControlFlow<()> + 'a;

impl Rendered {
    /// Writes the model directory `folder`, which must not exist.
    ///
    /// `on_write` is told how many bytes are written so far, and how many there are; it may stop the writing.
    pub fn write_to(
        &self,
        folder: &Path,
        identity: &Identity,
        on_write: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
    ) -> Result<(), Error> {
        let mlmodel = self.mlmodel(identity)?.yaml;
        let staging = Staging::beside(folder)?;
        let total = self.manifest().size() + mlmodel.len() as u64;
        let mut done = 0;
        let mut tell = |bytes| {
            done += bytes;
            on_write(done, total)
        };
        for entry in self.manifest().entries() {
            staging.write_entry(entry, &mut tell)?;
        }
        write(&staging.path.join(MLMODEL), |file| {
            file.write_all(&mlmodel)
                .map_err(|source| unwritable(folder, source))
        })?;
        staging.publish(folder)
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

    fn write_entry(&self, entry: &Entry, tell: &mut Tell<'_>) -> Result<(), Error> {
        let path = entry.path.under(&self.path);
        if let Some(parent) = path.parent() {
            fs_err::create_dir_all(parent).map_err(|source| unwritable(parent, source))?;
        }
        write(&path, |file| {
            copy(entry, file, tell, &|source| unwritable(&path, source))
        })
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

/// Copies the bytes of an entry, which must still be those that were hashed.
pub(super) fn copy(
    entry: &Entry,
    to: &mut impl Write,
    tell: &mut Tell<'_>,
    unwritable: &dyn Fn(io::Error) -> Error,
) -> Result<(), Error> {
    let from = match &entry.source {
        Source::Bytes(bytes) => return to.write_all(bytes).map_err(unwritable),
        Source::File(from) => from,
    };
    let unreadable = |error| source::unreadable(from, error);
    let mut file = fs_err::File::open(from).map_err(unreadable)?;
    let mut hasher = Hasher::default();
    let mut block = vec![0; BLOCK];
    loop {
        let count = match file.read(&mut block) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            read => read.map_err(unreadable)?,
        };
        let bytes = block.get(..count).unwrap_or_default();
        if bytes.is_empty() {
            break;
        }
        hasher.update(bytes);
        to.write_all(bytes).map_err(unwritable)?;
        if tell(count as u64).is_break() {
            return Err(Error::Stopped);
        }
    }
    if hasher.finish() == entry.digest {
        Ok(())
    } else {
        Err(Error::Changed { path: from.clone() })
    }
}

/// Makes a new file and leaves it safely on the disk.
fn write(
    path: &Path,
    fill: impl FnOnce(&mut fs_err::File) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut file = fs_err::File::create_new(path).map_err(|source| unwritable(path, source))?;
    fill(&mut file)?;
    file.sync_all().map_err(|source| unwritable(path, source))
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

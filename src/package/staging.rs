//! Writes a model directory so that it is there whole or not at all: beside, fsync, rename.
//!
//! It never overwrites: what is at the destination stays.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::entity::manifest::{Entry, Source};

use super::source::MLMODEL;
use super::{Error, Identity, Rendered};

impl Rendered {
    /// Writes the model directory `folder`, which must not exist.
    pub fn write_to(&self, folder: &Path, identity: &Identity) -> Result<(), Error> {
        let mlmodel = self.mlmodel(identity)?.yaml;
        if folder.symlink_metadata().is_ok() {
            return Err(Error::Exists {
                path: folder.into(),
            });
        }
        let staging = Staging::beside(folder)?;
        for entry in self.manifest().entries() {
            staging.write_entry(entry)?;
        }
        write(&staging.path.join(MLMODEL), |file| file.write_all(&mlmodel))?;
        staging.publish(folder)
    }
}

/// A folder under a passing name, removed again unless it is published.
struct Staging {
    path: PathBuf,
}

impl Staging {
    fn beside(folder: &Path) -> Result<Self, Error> {
        let mut name = folder.file_name().unwrap_or_default().to_os_string();
        name.push(format!(".{}.part", std::process::id()));
        let path = folder.with_file_name(name);
        let made = match folder.parent() {
            Some(parent) => fs_err::create_dir_all(parent),
            None => Ok(()),
        };
        made.and_then(|()| fs_err::create_dir(&path))
            .map_err(|source| unwritable(&path, source))?;
        Ok(Self { path })
    }

    fn write_entry(&self, entry: &Entry) -> Result<(), Error> {
        let path = entry.path.under(&self.path);
        if let Some(parent) = path.parent() {
            fs_err::create_dir_all(parent).map_err(|source| unwritable(parent, source))?;
        }
        match &entry.source {
            Source::Bytes(bytes) => write(&path, |file| file.write_all(bytes)),
            Source::File(from) => {
                let mut from = fs_err::File::open(from).map_err(|source| Error::Read {
                    path: from.clone(),
                    source,
                })?;
                write(&path, |file| io::copy(&mut from, file).map(drop))
            }
        }
    }

    fn publish(self, folder: &Path) -> Result<(), Error> {
        fs_err::rename(&self.path, folder).map_err(|source| unwritable(folder, source))
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // After `publish` there is nothing under this name any more.
        let _ = fs_err::remove_dir_all(&self.path);
    }
}

/// Makes a new file and leaves it safely on the disk.
fn write(path: &Path, fill: impl FnOnce(&mut fs_err::File) -> io::Result<()>) -> Result<(), Error> {
    fs_err::File::create_new(path)
        .and_then(|mut file| {
            fill(&mut file)?;
            file.sync_all()
        })
        .map_err(|source| unwritable(path, source))
}

fn unwritable(path: &Path, source: io::Error) -> Error {
    Error::Write {
        path: path.into(),
        source,
    }
}

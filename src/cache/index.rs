//! What a model in the cellar consists of, and whether its files still are what they were.
//!
//! A file whose length and time of change are those that were noted is not read again.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::entity::manifest::RelativePath;
use crate::whole;

/// A file's bytes, by what they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Their digest.
    pub sha256: Digest,
    /// Their number.
    pub size: u64,
}

/// A model by its files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contents {
    /// By which name it was asked for when it was fetched.
    pub uri: String,
    /// The digest of its `SHA256SUMS`.
    pub sha256: Digest,
    /// Its files.
    pub files: BTreeMap<RelativePath, Part>,
}

impl Contents {
    /// All bytes together.
    pub fn bytes(&self) -> u64 {
        self.files.values().map(|part| part.size).sum()
    }
}

/// What is noted of a model that is complete.
#[derive(Debug)]
pub(super) struct Index {
    pub(super) contents: Contents,
    stamps: BTreeMap<RelativePath, u64>,
}

#[derive(Serialize, Deserialize)]
struct Written {
    uri: String,
    sha256: Digest,
    files: Vec<WrittenFile>,
}

#[derive(Serialize, Deserialize)]
struct WrittenFile {
    path: String,
    sha256: Digest,
    size: u64,
    /// Nanoseconds since 1970.
    modified: u64,
}

impl Index {
    /// Looks at the files of a model that was just put into `folder`. Their sizes are those that are found.
    pub(super) fn of(mut contents: Contents, folder: &Path) -> io::Result<Self> {
        for (path, part) in &mut contents.files {
            part.size = fs_err::symlink_metadata(path.under(folder))?.len();
        }
        let stamp = |path: &RelativePath| Ok((path.clone(), modified(&path.under(folder))?));
        let stamps = contents
            .files
            .keys()
            .map(stamp)
            .collect::<io::Result<_>>()?;
        Ok(Self { contents, stamps })
    }

    /// One that cannot be read is none: the model is fetched again.
    pub(super) fn read(path: &Path) -> Option<Self> {
        let written: Written = serde_json::from_slice(&fs_err::read(path).ok()?).ok()?;
        let mut files = BTreeMap::new();
        let mut stamps = BTreeMap::new();
        for file in written.files {
            let path: RelativePath = file.path.parse().ok()?;
            let (sha256, size) = (file.sha256, file.size);
            files.insert(path.clone(), Part { sha256, size });
            stamps.insert(path, file.modified);
        }
        let contents = Contents {
            uri: written.uri,
            sha256: written.sha256,
            files,
        };
        Some(Self { contents, stamps })
    }

    /// Writes it beside its place and moves it there.
    pub(super) fn write(&self, path: &Path) -> io::Result<()> {
        let files = self.contents.files.iter();
        let written = Written {
            uri: self.contents.uri.clone(),
            sha256: self.contents.sha256,
            files: files
                .map(|(path, part)| WrittenFile {
                    path: path.to_string(),
                    sha256: part.sha256,
                    size: part.size,
                    modified: self.stamps.get(path).copied().unwrap_or_default(),
                })
                .collect(),
        };
        whole::write(path, &serde_json::to_vec(&written)?)
    }

    /// The first file that is not what it was.
    pub(super) fn damage(&self, folder: &Path) -> Option<RelativePath> {
        let is_whole = |path: &RelativePath, part: &Part| {
            let place = path.under(folder);
            if !super::has_size(&place, part.size) {
                return false;
            }
            let stamp = self.stamps.get(path).copied();
            modified(&place).ok() == stamp
                || Digest::of_file(&place).is_ok_and(|(digest, _)| digest == part.sha256)
        };
        let mut files = self.contents.files.iter();
        let damaged = files.find(|(path, part)| !is_whole(path, part))?;
        Some(damaged.0.clone())
    }
}

fn modified(path: &Path) -> io::Result<u64> {
    let time = fs_err::symlink_metadata(path)?.modified()?;
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    Ok(u64::try_from(since.as_nanos()).unwrap_or(u64::MAX))
}

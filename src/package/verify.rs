//! Compares a model directory with the digests that travel in it.
//!
//! It repairs nothing and says nothing about who made the digests.

use std::path::{Path, PathBuf};

use crate::digest::Digest;
use crate::entity::manifest::{RelativePath, SUMS};

use super::source::{self, MLMODEL};
use super::{Error, Found, Record, contents};

/// What a model that passed was compared with.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Verified {
    /// The digest of `SHA256SUMS`.
    pub digest: Digest,
    /// Whether `MLmodel` records that digest; if not, `SHA256SUMS` stands for itself.
    pub is_recorded: bool,
    /// How many files were compared.
    pub files: usize,
    /// How many bytes they have together.
    pub bytes: u64,
    /// Files that no digest covers, `MLmodel` and `SHA256SUMS` aside.
    pub unlisted: Vec<RelativePath>,
}

/// Compares every file of the model in `folder` with its recorded digest.
pub fn verify(folder: &Path) -> Result<Verified, Error> {
    let path = folder.join(SUMS);
    if !path.is_file() {
        source::recognise(folder)?;
        return Err(Error::NoManifest {
            path: folder.into(),
        });
    }
    let read = |path: PathBuf| {
        contents::read(&path, contents::SMALL).map_err(|source| Error::Read { path, source })
    };
    let sums = read(path)?;
    let mlmodel = match source::recognise(folder)? {
        Found::MlflowModel => Some(read(folder.join(MLMODEL))?),
        _ => None,
    };
    let record = Record::read(&sums, mlmodel.as_deref(), folder)?;
    record.agrees()?;
    let mut verified = Verified {
        digest: record.digest,
        is_recorded: record.recorded.is_some(),
        files: record.files.len(),
        bytes: 0,
        unlisted: Vec::new(),
    };
    for (file, expected) in &record.files {
        verified.bytes += compare(folder, file, *expected)?;
    }
    verified.unlisted = source::files(folder)?
        .into_iter()
        .map(|file| file.path)
        .filter(|path| !record.files.contains_key(path))
        .filter(|path| !matches!(path.as_str(), SUMS | MLMODEL))
        .collect();
    Ok(verified)
}

/// The length of a file that has the expected digest.
fn compare(folder: &Path, file: &RelativePath, expected: Digest) -> Result<u64, Error> {
    let path = file.under(folder);
    if !path.is_file() {
        return Err(Error::MissingFile { file: file.clone() });
    }
    let (found, length) = Digest::of_file(&path).map_err(|source| Error::Read { path, source })?;
    if found == expected {
        Ok(length)
    } else {
        Err(Error::Differs {
            file: file.to_string(),
            expected,
            found,
        })
    }
}

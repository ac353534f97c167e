//! Compares a model directory with the digests that travel in it.
//!
//! It repairs nothing and says nothing about who made the digests.

use std::collections::BTreeSet;
use std::path::Path;

use crate::digest::Digest;
use crate::entity::manifest::{RelativePath, SUMS, parse_sums};

use super::source::{self, MLMODEL};
use super::{Error, Found, contents, open};

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
    let text = contents::read_text(&path).map_err(|source| Error::Read { path, source })?;
    let digest = Digest::of(text.as_bytes());
    let recorded = recorded(folder)?;
    if let Some(expected) = recorded
        && expected != digest
    {
        return Err(Error::Differs {
            file: SUMS.to_owned(),
            expected,
            found: digest,
        });
    }
    let sums = parse_sums(&text).map_err(|source| Error::BadSums {
        path: folder.into(),
        source,
    })?;
    let mut verified = Verified {
        digest,
        is_recorded: recorded.is_some(),
        files: sums.len(),
        bytes: 0,
        unlisted: Vec::new(),
    };
    for (file, expected) in &sums {
        verified.bytes += compare(folder, file, *expected)?;
    }
    let listed: BTreeSet<_> = sums.iter().map(|(file, _)| file.as_str()).collect();
    verified.unlisted = source::files(folder)?
        .into_iter()
        .map(|file| file.path)
        .filter(|path| !listed.contains(path.as_str()))
        .filter(|path| !matches!(path.as_str(), SUMS | MLMODEL))
        .collect();
    Ok(verified)
}

fn recorded(folder: &Path) -> Result<Option<Digest>, Error> {
    if source::recognise(folder)? != Found::MlflowModel {
        return Ok(None);
    }
    let opened = open(folder)?;
    let provenance = opened.mlmodel().and_then(|model| model.phi3ml.as_ref());
    Ok(provenance.and_then(|provenance| provenance.manifest_sha256))
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

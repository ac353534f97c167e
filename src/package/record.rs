//! What a model says about its own files: the digests in `SHA256SUMS`, and in `MLmodel` the digest of that.
//!
//! It reads texts, not files; where they come from is the caller's business.

use std::collections::BTreeMap;
use std::path::Path;

use crate::digest::Digest;
use crate::entity::manifest::{RelativePath, parse_sums};

use super::{Error, MlModel};

/// The digests that travel with a model.
#[derive(Debug, Clone)]
pub struct Record {
    /// The digest of `SHA256SUMS`.
    pub digest: Digest,
    /// The digest that `MLmodel` gives for it; if it gives none, `SHA256SUMS` stands for itself.
    pub recorded: Option<Digest>,
    /// The digest of `MLmodel` itself, where there is one.
    pub mlmodel: Option<Digest>,
    /// The digest of each file.
    pub files: BTreeMap<RelativePath, Digest>,
}

/// What tells a model from all others: equal for equal models, wherever they are. `MLmodel` is not among the sums, and
/// what it says decides which files are used.
pub(crate) fn key(sums: Digest, mlmodel: Digest) -> Digest {
    Digest::of(format!("{sums} {mlmodel}").as_bytes())
}

impl Record {
    /// Reads both texts of the model at `place`.
    pub fn read(sums: &[u8], mlmodel: Option<&[u8]>, place: &Path) -> Result<Self, Error> {
        let recorded = match mlmodel {
            Some(text) => MlModel::parse(&String::from_utf8_lossy(text))?.manifest_sha256(),
            None => None,
        };
        let files = parse_sums(&String::from_utf8_lossy(sums));
        let files = files.map_err(|source| Error::BadSums {
            path: place.into(),
            source,
        })?;
        Ok(Self {
            digest: Digest::of(sums),
            recorded,
            mlmodel: mlmodel.map(Digest::of),
            files: files.into_iter().collect(),
        })
    }

    /// What tells the model from all others.
    pub fn key(&self) -> Option<Digest> {
        Some(key(self.digest, self.mlmodel?))
    }
}

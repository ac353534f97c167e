//! What a `log-model` sends: a model whose files are hashed on their way out, unless their digests are needed before.
//!
//! It sends nothing itself.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;

use crate::command::Context;
use crate::command::packaging::{Packed, Prepared};
use crate::digest::Digest;
use crate::entity::manifest::{RelativePath, SUMS, Source};
use crate::transfer::Outgoing;

/// A model that is packaged.
pub(super) enum Load {
    /// Its digests are found out by whoever reads its files.
    Listed(Prepared),
    /// All its digests are known.
    Hashed(Packed),
}

impl Load {
    /// The same with all digests, read from the files of `source`.
    pub(super) async fn hash(self, source: &Path, context: &Context) -> Result<Self> {
        match self {
            Self::Listed(prepared) => Ok(Self::Hashed(prepared.seal(source, context).await?)),
            hashed @ Self::Hashed(_) => Ok(hashed),
        }
    }

    /// The digest of its `SHA256SUMS`, where that is known before anything is sent.
    pub(super) fn sums(&self) -> Option<Digest> {
        match self {
            Self::Listed(_) => None,
            Self::Hashed(packed) => Some(packed.model.digest()),
        }
    }

    /// All files but those that tell of these: `SHA256SUMS` and `MLmodel`.
    pub(super) fn files(&self) -> Vec<Outgoing> {
        match self {
            Self::Listed(prepared) => {
                let sources = prepared.model.sources().map(|(path, size, real)| Outgoing {
                    path: path.clone(),
                    size,
                    digest: None,
                    source: Source::File(real.to_owned()),
                });
                let made = prepared.model.made().iter().map(Outgoing::from);
                sources.chain(made).collect()
            }
            Self::Hashed(packed) => {
                let entries = packed.model.manifest().entries().iter();
                let others = entries.filter(|entry| entry.path.as_str() != SUMS);
                others.map(Outgoing::from).collect()
            }
        }
    }

    /// The whole of it, with the digests that its files had when they were sent.
    pub(super) fn seal(self, sent: &BTreeMap<RelativePath, Digest>) -> Result<Packed> {
        match self {
            Self::Listed(prepared) => prepared.seal_as(sent),
            Self::Hashed(packed) => Ok(packed),
        }
    }
}

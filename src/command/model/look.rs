//! What the store holds of a model, and what its own list of digests says about that.
//!
//! It reads the small files that tell about the others, and nothing else.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use anyhow::Result;

use crate::artifacts::ArtifactStore;
use crate::cache::{Contents, Part};
use crate::command::Error;
use crate::digest::Digest;
use crate::entity::manifest::{RelativePath, SUMS, parse_sums};
use crate::package::{self, MlModel};
use crate::transfer::{self, Listed};

/// The file without which there is no model.
pub(in crate::command) const MLMODEL: &str = "MLmodel";

/// No manifest and no `MLmodel` is longer; what is comes from a broken or hostile server.
pub(super) const LONGEST_TEXT: usize = 64 << 20;

/// What a store holds of a model.
#[derive(Debug)]
pub(in crate::command) struct Looked {
    /// Its files, sorted.
    pub(in crate::command) files: Vec<Listed>,
    /// Its list of digests, where it has one.
    pub(in crate::command) sums: Option<Sums>,
    /// The text of its `MLmodel`, where it has one.
    pub(in crate::command) mlmodel: Option<Vec<u8>>,
}

/// What the model's own list of digests says.
#[derive(Debug)]
pub(in crate::command) struct Sums {
    /// The digest of the list itself.
    pub(in crate::command) digest: Digest,
    /// Those of the files, the list among them.
    pub(in crate::command) digests: BTreeMap<RelativePath, Digest>,
}

/// Looks at the model in a store.
pub(in crate::command) async fn look(store: &dyn ArtifactStore) -> Result<Looked> {
    let files = transfer::list(store).await?;
    require_model(&files, store)?;
    look_at(files, store).await
}

/// Likewise, where its files are known.
pub(in crate::command) async fn look_at(
    files: Vec<Listed>,
    store: &dyn ArtifactStore,
) -> Result<Looked> {
    let sums = read_sums(&files, store).await?;
    let mlmodel = if holds(&files, MLMODEL) {
        Some(read_small(MLMODEL, store).await?)
    } else {
        None
    };
    let looked = Looked {
        files,
        sums,
        mlmodel,
    };
    looked.require_own_list()?;
    Ok(looked)
}

/// A place without either of its two files is one where no model was logged, or not all of one.
pub(in crate::command) fn require_model(files: &[Listed], store: &dyn ArtifactStore) -> Result<()> {
    let names = [MLMODEL, "genai_config.json"];
    if names.iter().any(|name| holds(files, name)) {
        return Ok(());
    }
    let place = store.place();
    Err(Error::NoModel { place }.into())
}

/// A place without it is one where no model was logged, or not all of one.
pub(in crate::command) fn require_mlmodel(
    files: &[Listed],
    store: &dyn ArtifactStore,
) -> Result<()> {
    if holds(files, MLMODEL) {
        return Ok(());
    }
    let place = store.place();
    Err(Error::NoModel { place }.into())
}

impl Looked {
    /// The digests of the files: those of the list, its own, and that of `MLmodel` as it was just read.
    pub(in crate::command) fn digests(&self) -> BTreeMap<RelativePath, Digest> {
        let Some(sums) = &self.sums else {
            return BTreeMap::new();
        };
        let mut digests = sums.digests.clone();
        let mlmodel = MLMODEL.parse().ok().zip(self.mlmodel.as_ref());
        digests.extend(mlmodel.map(|(path, bytes)| (path, Digest::of(bytes))));
        digests
    }

    /// All files of which there is a digest must be there.
    pub(in crate::command) fn require_all(&self) -> Result<()> {
        let digests = self.sums.iter().flat_map(|sums| sums.digests.keys());
        for path in digests {
            if self.listed(path).is_none() {
                return Err(transfer::Error::Missing { path: path.clone() }.into());
            }
        }
        Ok(())
    }

    /// The list of digests must be the one that `MLmodel` was written with: files that a shorter one leaves out would be
    /// taken unchecked.
    fn require_own_list(&self) -> Result<()> {
        let (Some(sums), Some(mlmodel)) = (&self.sums, &self.mlmodel) else {
            return Ok(());
        };
        let mlmodel = MlModel::parse(&String::from_utf8_lossy(mlmodel)).ok();
        match mlmodel.and_then(|mlmodel| mlmodel.manifest_sha256()) {
            Some(expected) if expected != sums.digest => Err(transfer::Error::Damaged {
                path: SUMS.parse()?,
                expected,
                found: sums.digest,
            }
            .into()),
            _ => Ok(()),
        }
    }

    pub(in crate::command) fn listed(&self, path: &RelativePath) -> Option<&Listed> {
        let found = self.files.binary_search_by(|file| file.path.cmp(path));
        found.ok().and_then(|index| self.files.get(index))
    }

    /// Under which key the cache has it, and what it then consists of. Without a list of digests it is not
    /// kept there.
    pub(in crate::command) fn contents(&self, uri: &str) -> Option<(Digest, Contents)> {
        let sums = self.sums.as_ref()?;
        let mlmodel = Digest::of(self.mlmodel.as_deref()?);
        let key = package::record_key(sums.digest, mlmodel);
        let files = self.digests().into_iter().map(|(path, sha256)| {
            let size = self.listed(&path).and_then(|file| file.size);
            let size = size.unwrap_or(0);
            (path, Part { sha256, size })
        });
        let contents = Contents {
            uri: uri.to_owned(),
            sha256: sums.digest,
            files: files.collect(),
        };
        Some((key, contents))
    }
}

fn holds(files: &[Listed], name: &str) -> bool {
    files.iter().any(|file| file.path.as_str() == name)
}

/// What stands in `SHA256SUMS`. Servers of MLflow 2 answer 500 for a file that is not there, so it is
/// asked for only where it is listed.
async fn read_sums(files: &[Listed], store: &dyn ArtifactStore) -> Result<Option<Sums>> {
    if !holds(files, SUMS) {
        return Ok(None);
    }
    let bytes = read_small(SUMS, store).await?;
    let text = String::from_utf8_lossy(&bytes);
    let mut digests: BTreeMap<_, _> = parse_sums(&text)?.into_iter().collect();
    let digest = Digest::of(&bytes);
    digests.insert(SUMS.parse()?, digest);
    Ok(Some(Sums { digest, digests }))
}

/// What the list of digests in a folder says, by the names of the files below the store's root.
pub(in crate::command) async fn sums_in(
    folder: Option<&RelativePath>,
    store: &dyn ArtifactStore,
) -> Result<BTreeMap<RelativePath, Digest>> {
    let below = |path: RelativePath| match folder {
        Some(folder) => path.below(folder),
        None => path,
    };
    let sums = below(SUMS.parse()?);
    let bytes = read_small(sums.as_str(), store).await?;
    let listed = parse_sums(&String::from_utf8_lossy(&bytes))?;
    let digests = listed
        .into_iter()
        .map(|(path, digest)| (below(path), digest));
    Ok(digests.chain([(sums, Digest::of(&bytes))]).collect())
}

/// What the nearest model says that has this file or folder in it, if any does.
pub(in crate::command) async fn sums_above(
    path: &RelativePath,
    store: &dyn ArtifactStore,
) -> Result<BTreeMap<RelativePath, Digest>> {
    let mut inside = Some(path.clone());
    while let Some(path) = inside {
        let folder = path.parent();
        let items = store.list(folder.as_ref()).await?;
        let has = |name| {
            let mut files = items.iter().filter(|item| !item.is_folder);
            files.any(|item| item.path.parts().last() == Some(name))
        };
        if has(SUMS) && has(MLMODEL) {
            return sums_in(folder.as_ref(), store).await;
        }
        inside = folder;
    }
    Ok(BTreeMap::new())
}

/// A small file of a store.
pub(in crate::command) async fn read_small(
    name: &str,
    store: &dyn ArtifactStore,
) -> Result<Vec<u8>> {
    let file = Listed {
        path: name.parse()?,
        size: None,
    };
    let mut bytes = Vec::new();
    let take = |block: &[u8]| {
        bytes.extend_from_slice(block);
        if bytes.len() > LONGEST_TEXT {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    };
    transfer::read(&file, store, &|_| (), take).await?;
    anyhow::ensure!(
        bytes.len() <= LONGEST_TEXT,
        "`{name}` is too long to be one"
    );
    Ok(bytes)
}

/// Makes sure that all files of a model are there; tells the digest of its `SHA256SUMS`, where it has one.
pub(in crate::command) async fn check(store: &dyn ArtifactStore) -> Result<Option<Digest>> {
    let files = transfer::list(store).await?;
    require_mlmodel(&files, store)?;
    let sums = read_sums(&files, store).await?;
    let looked = Looked {
        files,
        sums,
        mlmodel: None,
    };
    looked.require_all()?;
    Ok(looked.sums.map(|sums| sums.digest))
}

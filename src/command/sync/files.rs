//! Artifacts: from a folder of this machine as they are, from elsewhere by way of a folder of the cache.
//!
//! Files are compared with the digests that travel with a model, and go on where an earlier call stopped.

use anyhow::Result;

use super::Sync;
use crate::artifacts::{self, ArtifactStore};
use crate::command::model::{MLMODEL, landing, read_small, sums_in};
use crate::digest::Digest;
use crate::entity::id::ModelId;
use crate::entity::manifest::{RelativePath, SUMS, Source};
use crate::entity::model::LoggedModel;
use crate::entity::run::Run;
use crate::package;
use crate::transfer::{self, Journal, Landing, Listed, Outgoing};

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

/// No `MLmodel` is longer.
const LONGEST_MLMODEL: u64 = 16 << 20;

/// What lies at a place of the source.
#[derive(Debug)]
pub(super) struct Files {
    /// `None` where there is no place.
    store: Option<Box<dyn ArtifactStore>>,
    listed: Vec<Listed>,
    /// Where they are on this machine, in the same order; empty where they are elsewhere.
    here: Vec<PathBuf>,
}

impl Files {
    pub(super) fn count(&self) -> usize {
        self.listed.len()
    }

    pub(super) fn bytes(&self) -> u64 {
        self.listed.iter().filter_map(|file| file.size).sum()
    }

    /// By what it is seen whether there are others since.
    pub(super) fn digest(&self) -> Result<String> {
        let listed = self
            .listed
            .iter()
            .map(|file| (file.path.as_str(), file.size));
        Ok(super::known::digest(&listed.collect::<Vec<_>>())?)
    }
}

/// What an `MLmodel` calls itself and its run, and what it is to call them.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Keys at its top, what they say, and what they are to say.
    keys: Vec<(&'static str, String, String)>,
}

impl Names {
    pub(super) fn of_run(source: &Run, copy: &Run) -> Self {
        let keys = vec![("run_id", source.run_id.to_string(), copy.run_id.to_string())];
        Self { keys }
    }

    pub(super) fn of_model(source: &LoggedModel, id: &ModelId, artifact_uri: &str) -> Self {
        let (old, new) = (source.model_id.to_string(), id.to_string());
        Self {
            keys: vec![
                ("model_id", old.clone(), new.clone()),
                ("model_uuid", old, new),
                (
                    "artifact_path",
                    source.artifact_uri.clone(),
                    artifact_uri.to_owned(),
                ),
            ],
        }
    }

    /// Likewise, where the model is a folder of its run.
    pub(super) fn of_folder(source: &LoggedModel, folder: &str) -> Self {
        let artifact_path = (
            "artifact_path",
            source.artifact_uri.clone(),
            folder.to_owned(),
        );
        Self {
            keys: vec![artifact_path],
        }
    }

    pub(super) fn with(mut self, key: &'static str, old: String, new: String) -> Self {
        self.keys.push((key, old, new));
        self
    }

    /// The same text with the new names, line by line: it is YAML as MLflow writes it, and all else stays as it is.
    fn renamed(&self, text: &str) -> String {
        let line = |line: &str| {
            let found = self.keys.iter().find_map(|(key, old, new)| {
                let value = line.strip_prefix(key)?.strip_prefix(':')?.trim();
                (value.trim_matches(['\'', '"']) == old).then(|| format!("{key}: {new}\n"))
            });
            found.unwrap_or_else(|| line.to_owned())
        };
        text.split_inclusive('\n').map(line).collect()
    }
}

impl Sync<'_> {
    /// What lies at a place of the source.
    pub(super) async fn files_at(&self, uri: &str) -> Result<Files> {
        if uri.is_empty() {
            return Ok(Files {
                store: None,
                listed: Vec::new(),
                here: Vec::new(),
            });
        }
        let is_here = self.from.file.is_some();
        if let Some(folder) = artifacts::path_without_server(uri).filter(|_| is_here) {
            let look = folder.clone();
            let found = self.context.compute(move || {
                if look.is_dir() {
                    package::tree(&look)
                } else {
                    Ok(Vec::new())
                }
            });
            let (mut listed, mut here) = (Vec::new(), Vec::new());
            for file in found.await?? {
                listed.push(Listed {
                    path: file.path,
                    size: Some(file.size),
                });
                here.push(file.real);
            }
            let store = Some(artifacts::folder(&folder));
            return Ok(Files {
                store,
                listed,
                here,
            });
        }
        let store = self.context.store_of(&self.from, uri)?;
        let listed = transfer::list(store.as_ref()).await?;
        Ok(Files {
            store: Some(store),
            listed,
            here: Vec::new(),
        })
    }

    /// Sends files to a place of the target, each `MLmodel` after the files around it.
    pub(super) async fn carry(&self, files: &Files, to: &str, names: &Names) -> Result<()> {
        let Some(store) = files.store.as_deref().filter(|_| files.count() > 0) else {
            return Ok(());
        };
        // A semaphore that nobody closes always grants.
        let _permit = self.carrying.acquire().await.ok();
        let digests = digests(files, store).await?;
        let (fetched, places) = if files.here.is_empty() {
            let landing = self.fetch(files, &digests, store).await?;
            let root = landing.files();
            let places = files
                .listed
                .iter()
                .map(|file| file.path.under(&root))
                .collect();
            (Some(landing), places)
        } else {
            (None, files.here.clone())
        };
        let (mut marks, mut others) = (Vec::new(), Vec::new());
        for (file, place) in files.listed.iter().zip(places) {
            let outgoing = Outgoing {
                path: file.path.clone(),
                size: file.size.unwrap_or_default(),
                digest: digests.get(&file.path).copied(),
                source: Source::File(place),
            };
            if file.path.parts().last() == Some(MLMODEL) {
                marks.push(renamed(outgoing, names)?);
            } else {
                others.push(outgoing);
            }
        }
        let target = self.context.store_of(&self.to, to)?;
        let folder = self.context.settings.folders.state.join("uploads");
        let journal = Journal::open(&folder, &target.place())?;
        let listener = self.meter.listener();
        for files in [others, marks]
            .into_iter()
            .filter(|files| !files.is_empty())
        {
            transfer::upload(&files, None, target.as_ref(), &journal, &listener).await?;
        }
        journal.remove();
        if let Some(landing) = fetched {
            landing.discard();
        }
        Ok(())
    }

    async fn fetch(
        &self,
        files: &Files,
        digests: &BTreeMap<RelativePath, Digest>,
        store: &dyn ArtifactStore,
    ) -> Result<Landing> {
        let folder = self.context.settings.folders.cache.join("passing");
        let key = format!("sync {}", store.place());
        let landing = landing(&folder, &key, &files.listed, self.context)
            .await?
            .landing;
        // Only what is sent is counted.
        let listener: Arc<transfer::Listener> = Arc::new(|_| ());
        let fetched =
            transfer::download(&files.listed, digests, store, &landing, listener.as_ref()).await;
        if fetched.as_ref().is_err_and(|error| !error.can_go_on()) {
            landing.clear();
        }
        fetched?;
        Ok(landing)
    }
}

/// What the models among the files say of themselves.
async fn digests(
    files: &Files,
    store: &dyn ArtifactStore,
) -> Result<BTreeMap<RelativePath, Digest>> {
    let mut digests = BTreeMap::new();
    for file in &files.listed {
        if file.path.parts().last() != Some(SUMS) {
            continue;
        }
        let folder = file.path.parent();
        let mlmodel: RelativePath = MLMODEL.parse()?;
        let mlmodel = match &folder {
            Some(folder) => mlmodel.below(folder),
            None => mlmodel,
        };
        if files.listed.iter().any(|file| file.path == mlmodel) {
            digests.extend(sums_in(folder.as_ref(), store).await?);
        }
    }
    Ok(digests)
}

/// An `MLmodel` as it is to be at the target.
fn renamed(outgoing: Outgoing, names: &Names) -> Result<Outgoing> {
    let Source::File(path) = &outgoing.source else {
        return Ok(outgoing);
    };
    if outgoing.size > LONGEST_MLMODEL {
        return Ok(outgoing);
    }
    let Ok(text) = String::from_utf8(fs_err::read(path)?) else {
        return Ok(outgoing);
    };
    let bytes = names.renamed(&text).into_bytes();
    Ok(Outgoing {
        path: outgoing.path,
        size: bytes.len() as u64,
        digest: Some(Digest::of(&bytes)),
        source: Source::Bytes(bytes.into()),
    })
}

/// The text of the `MLmodel` at the root of a place.
pub(super) async fn mlmodel(files: &Files) -> Result<Option<String>> {
    let Some(store) = files.store.as_deref() else {
        return Ok(None);
    };
    if !files
        .listed
        .iter()
        .any(|file| file.path.as_str() == MLMODEL)
    {
        return Ok(None);
    }
    Ok(String::from_utf8(read_small(MLMODEL, store).await?).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_names_the_source_is_renamed() {
        let names = Names::default()
            .with("run_id", "abc".to_owned(), "xyz".to_owned())
            .with("model_id", "m-1".to_owned(), "m-2".to_owned());
        let text = "flavors:\n  x:\n    run_id: abc\nmodel_id: 'm-1'\nmodel_uuid: m-1\nrun_id: abc\nrun_id_of: abc";
        let expected = "flavors:\n  x:\n    run_id: abc\nmodel_id: m-2\nmodel_uuid: m-1\nrun_id: xyz\nrun_id_of: abc";
        assert_eq!(names.renamed(text), expected);
        assert_eq!(names.renamed("run_id: abcd\n"), "run_id: abcd\n");
    }
}

//! What is in the cellar, and how it becomes less: the longest unused first, never what is in use.
//!
//! A file that several models have counts once.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use super::index::Index;
use super::{Cache, Error};
use crate::digest::Digest;

/// A model in the cellar, or what there is of one.
#[derive(Debug, Clone)]
pub struct Kept {
    key: Digest,
    /// By which name it was asked for; unknown of one that is not complete.
    pub uri: Option<String>,
    /// The digest of its `SHA256SUMS`.
    pub sha256: Option<Digest>,
    /// How many files it has.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// When it was used last, in milliseconds since 1970.
    pub last_used: i64,
    /// Whether a process uses it, or fetches it, now.
    pub is_in_use: bool,
    /// Whether all of it is here.
    pub is_complete: bool,
    /// Its folder.
    pub path: PathBuf,
    parts: BTreeMap<Digest, u64>,
}

/// What was removed, and what is left.
#[derive(Debug)]
pub struct Pruned {
    /// What was removed.
    pub removed: Vec<Kept>,
    /// How many bytes that made free.
    pub freed: u64,
    /// How many bytes are left.
    pub left: u64,
}

impl Cache {
    /// All that is in the cellar, the longest unused first.
    pub fn list(&self) -> Result<Vec<Kept>, Error> {
        let mut all = Vec::new();
        for (name, path) in entries(&self.root.join("models")).map_err(|it| self.failed(it))? {
            let key = name.strip_suffix(".json").and_then(|key| key.parse().ok());
            let Some(key) = key else { continue };
            if let Some(index) = Index::read(&path) {
                all.push(self.complete(key, &path, index)?);
            }
        }
        for (name, path) in entries(&self.root.join("partial")).map_err(|it| self.failed(it))? {
            if let Ok(key) = name.parse() {
                all.push(self.incomplete(key, path)?);
            }
        }
        all.sort_by_key(|kept| kept.last_used);
        Ok(all)
    }

    fn complete(&self, key: Digest, path: &Path, index: Index) -> Result<Kept, Error> {
        let contents = index.contents;
        let parts: BTreeMap<_, _> = contents
            .files
            .values()
            .map(|part| (part.sha256, part.size))
            .collect();
        Ok(Kept {
            key,
            files: contents.files.len() as u64,
            bytes: contents.bytes(),
            uri: Some(contents.uri),
            sha256: Some(contents.sha256),
            last_used: changed(path),
            is_in_use: self.is_locked(&format!("{key}.use"))?,
            is_complete: true,
            path: self.model_path(key),
            parts,
        })
    }

    fn incomplete(&self, key: Digest, path: PathBuf) -> Result<Kept, Error> {
        let mut sizes = Vec::new();
        measure(&path, &mut sizes);
        let bytes = sizes.iter().map(|(size, _)| size).sum();
        Ok(Kept {
            key,
            uri: None,
            sha256: None,
            files: sizes.len() as u64,
            bytes,
            last_used: sizes
                .iter()
                .map(|(_, time)| *time)
                .max()
                .unwrap_or_default(),
            is_in_use: self.is_locked(&format!("{key}.fill"))?,
            is_complete: false,
            path,
            parts: BTreeMap::from([(key, bytes)]),
        })
    }

    /// Removes the longest unused until no more than `most` bytes are left, and what nothing refers to.
    /// With `only_tell` nothing is removed.
    pub fn prune(&self, most: u64, only_tell: bool) -> Result<Pruned, Error> {
        if !self.root.is_dir() {
            let (removed, freed, left) = (Vec::new(), 0, 0);
            return Ok(Pruned {
                removed,
                freed,
                left,
            });
        }
        let _moment = if only_tell {
            None
        } else {
            Some(self.moment()?)
        };
        let mut kept = self.list()?;
        let before = total(&kept);
        let mut removed = Vec::new();
        let mut passed_over = Vec::new();
        while total(kept.iter().chain(&passed_over)) > most && !kept.is_empty() {
            let oldest = kept.remove(0);
            if oldest.is_in_use || !(only_tell || self.remove(&oldest)?) {
                passed_over.push(oldest);
            } else {
                removed.push(oldest);
            }
        }
        kept.extend(passed_over);
        let left = total(&kept);
        if !only_tell {
            self.sweep(&kept).map_err(|it| self.failed(it))?;
        }
        Ok(Pruned {
            removed,
            freed: before.saturating_sub(left),
            left,
        })
    }

    /// Whether it could be removed: a process may have begun to use it.
    fn remove(&self, kept: &Kept) -> Result<bool, Error> {
        let Some(_lock) = self.lock(&kept.lock())? else {
            return Ok(false);
        };
        if kept.is_complete {
            self.remove_model(kept.key)?;
        } else {
            super::remove_folder(&kept.path).map_err(|it| self.failed(it))?;
        }
        Ok(true)
    }

    /// Removes files that no model has, and models that nothing is known of.
    fn sweep(&self, kept: &[Kept]) -> io::Result<()> {
        let models: BTreeSet<String> = kept.iter().map(|kept| kept.key.to_string()).collect();
        for (name, path) in entries(&self.root.join("models"))? {
            let key = name.strip_suffix(".json").unwrap_or(&name);
            if !models.contains(key) && path.is_dir() {
                super::remove_folder(&path)?;
            } else if path.extension().is_some_and(|it| it == "part") {
                // Notes of a process that was killed before they were in their place.
                super::remove_file(&path)?;
            }
        }
        let files: BTreeSet<String> = kept
            .iter()
            .flat_map(|kept| kept.parts.keys())
            .map(ToString::to_string)
            .collect();
        for (_, group) in entries(&self.root.join("files"))? {
            for (name, path) in entries(&group)? {
                if !files.contains(&name) {
                    super::remove_file(&path)?;
                }
            }
        }
        self.remove_locks(&kept.iter().map(Kept::lock).collect())
    }
}

impl Kept {
    /// The name of the lock on it.
    fn lock(&self) -> String {
        let kind = if self.is_complete { "use" } else { "fill" };
        format!("{}.{kind}", self.key)
    }
}

/// All bytes, of which those of one digest count once.
fn total<'a>(kept: impl IntoIterator<Item = &'a Kept>) -> u64 {
    let parts = kept.into_iter().flat_map(|kept| &kept.parts);
    let sizes: BTreeMap<_, _> = parts.collect();
    sizes.into_values().sum()
}

/// What is directly in a folder that may not be there.
pub(super) fn entries(folder: &Path) -> io::Result<Vec<(String, PathBuf)>> {
    let entries = match fs_err::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    entries
        .map(|entry| {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            Ok((name, entry.path()))
        })
        .collect()
}

/// Size and time of all files below a folder. Another process may be at work there.
fn measure(folder: &Path, sizes: &mut Vec<(u64, i64)>) {
    for (_, path) in entries(folder).unwrap_or_default() {
        match fs_err::symlink_metadata(&path) {
            Ok(found) if found.is_dir() => measure(&path, sizes),
            Ok(found) if found.is_file() => sizes.push((found.len(), changed(&path))),
            _ => {}
        }
    }
}

fn changed(path: &Path) -> i64 {
    let time = fs_err::symlink_metadata(path).and_then(|found| found.modified());
    milliseconds(time.unwrap_or(UNIX_EPOCH))
}

fn milliseconds(time: SystemTime) -> i64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

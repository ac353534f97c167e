//! Where a download lands before it is whole: a folder beside its target that the next call goes on with.
//!
//! ```text
//! .partial-KEY/ journal.jsonl   locked by its owner: spans and files that are here
//!               parts/          files of which bytes are missing
//!               files/          files that are whole and checked; at the end it becomes the target
//! ```
//!
//! It moves bytes about, it does not fetch them.

use std::collections::{HashMap, HashSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::intervals::Intervals;
use super::lines::Lines;
use super::{Error, Listed};
use crate::digest::Digest;
use crate::entity::manifest::RelativePath;

const JOURNAL: &str = "journal.jsonl";

/// What is younger may have an owner that cannot be seen yet.
const NEW: Duration = Duration::from_mins(1);

/// A place for one download, with one owner.
#[derive(Debug)]
pub struct Landing {
    folder: PathBuf,
    lines: Lines,
    past: Mutex<Past>,
}

#[derive(Debug, Default)]
struct Past {
    files: HashMap<String, Digest>,
    spans: HashMap<String, Intervals>,
    versions: HashMap<String, String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    /// Bytes of a file are here.
    Span { path: String, start: u64, end: u64 },
    /// The bytes of a file that are here, and all that follow, are of this version of it.
    Version { path: String, version: String },
    /// What is here of a file is not used.
    Dropped { path: String },
    /// A file is whole.
    Whole { path: String, sha256: Digest },
}

impl Landing {
    /// The place for the download that `key` names, in `parent`, which is made where it is missing. `None` while
    /// another process owns it.
    pub fn try_open(parent: &Path, key: &str) -> Result<Option<Self>, Error> {
        let folder = place(parent, key);
        let failure = |source| Error::State {
            path: folder.clone(),
            source,
        };
        let opened = fs_err::create_dir_all(folder.join("files"))
            .and_then(|()| fs_err::create_dir_all(folder.join("parts")))
            .and_then(|()| Lines::open(folder.join(JOURNAL)))
            .map_err(failure)?;
        let Some((lines, read)) = opened else {
            return Ok(None);
        };
        let mut past = Past::default();
        for line in read {
            past.take_in(line);
        }
        // The last owner may have taken the folders along.
        for name in ["files", "parts"] {
            fs_err::create_dir_all(folder.join(name)).map_err(failure)?;
        }
        Ok(Some(Self {
            folder,
            lines,
            past: Mutex::new(past),
        }))
    }

    /// The folder with the files that are whole.
    pub fn files(&self) -> PathBuf {
        self.folder.join("files")
    }

    /// Makes the files a folder of their own, for good.
    pub fn become_folder(self, target: &Path) -> io::Result<()> {
        fs_err::rename(self.files(), target)?;
        self.discard();
        Ok(())
    }

    /// Takes away all that is here.
    pub fn discard(self) {
        self.clear();
    }

    /// Takes away all that is here while it is still in use; nothing more can land.
    pub fn clear(&self) {
        // What cannot be removed now is an orphan with a telling name.
        _ = fs_err::remove_dir_all(self.folder.join("parts"));
        _ = fs_err::remove_dir_all(self.folder.join("files"));
        _ = self.lines.remove();
        _ = fs_err::remove_dir(&self.folder);
    }

    /// Takes away files that an earlier call fetched and that are none of these, which are all that is to land.
    pub fn retain(&self, files: &[Listed]) -> Result<(), Error> {
        let known: HashSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
        let past: Vec<String> = self.past().files.keys().cloned().collect();
        for path in past.iter().filter(|path| !known.contains(path.as_str())) {
            if let Ok(path) = path.parse() {
                self.drop_file(&path)?;
            }
        }
        Ok(())
    }

    /// Takes away what calls left in `parent` that nobody owns any more and nobody will go on with.
    pub fn sweep(parent: &Path) {
        let Ok(entries) = fs_err::read_dir(parent) else {
            return;
        };
        for entry in entries.filter_map(Result::ok) {
            let journal = entry.path().join(JOURNAL);
            // Whoever has only just begun may not have locked it yet.
            let age = fs_err::metadata(&journal)
                .and_then(|found| found.modified())
                .ok()
                .and_then(|begun| begun.elapsed().ok());
            if age.is_none_or(|age| age < NEW) {
                continue;
            }
            if let Ok(Some((lines, _))) = Lines::open::<serde_json::Value>(journal) {
                _ = fs_err::remove_dir_all(entry.path());
                drop(lines);
            }
        }
    }

    /// Takes away what a call left that was ended between the last two steps.
    pub fn forget(parent: &Path, key: &str) {
        if place(parent, key).is_dir()
            && let Ok(Some(landing)) = Self::try_open(parent, key)
        {
            landing.discard();
        }
    }

    /// Where a file is put together.
    pub(super) fn part(&self, path: &RelativePath) -> PathBuf {
        // A name of its own, whatever the file's is: names that differ by case are one on some systems.
        let name = Digest::of(path.as_str().as_bytes()).to_string();
        self.folder.join("parts").join(name)
    }

    /// Where a file is once it is whole.
    pub(super) fn whole(&self, path: &RelativePath) -> PathBuf {
        path.under(&self.files())
    }

    /// The digest that a file had when it was whole.
    pub(super) fn digest(&self, path: &RelativePath) -> Option<Digest> {
        self.past().files.get(path.as_str()).copied()
    }

    /// Which bytes of a file are here. None are where its part is gone, or was for a file of another length.
    pub(super) fn spans(&self, path: &RelativePath, size: u64) -> Result<Intervals, Error> {
        let noted = self.past().spans.get(path.as_str()).cloned();
        let Some(noted) = noted else {
            return Ok(Intervals::default());
        };
        let part = fs_err::metadata(self.part(path)).map(|part| part.len());
        if part.is_ok_and(|length| length == size) {
            return Ok(noted);
        }
        self.drop_file(path)?;
        Ok(Intervals::default())
    }

    pub(super) fn note_span(&self, path: &RelativePath, start: u64, end: u64) -> Result<(), Error> {
        let line = Line::Span {
            path: path.to_string(),
            start,
            end,
        };
        self.note(path, line)
    }

    /// Of which version of a file the bytes are that are here.
    pub(super) fn version(&self, path: &RelativePath) -> Option<String> {
        self.past().versions.get(path.as_str()).cloned()
    }

    pub(super) fn note_version(&self, path: &RelativePath, version: String) -> Result<(), Error> {
        let line = Line::Version {
            path: path.to_string(),
            version,
        };
        self.note(path, line)
    }

    /// What is here of a file is worth nothing.
    pub(super) fn drop_file(&self, path: &RelativePath) -> Result<(), Error> {
        _ = fs_err::remove_file(self.part(path));
        _ = fs_err::remove_file(self.whole(path));
        let line = Line::Dropped {
            path: path.to_string(),
        };
        self.note(path, line)
    }

    /// Moves a file to its place among the whole ones.
    pub(super) fn complete(&self, path: &RelativePath, sha256: Digest) -> Result<(), Error> {
        let whole = self.whole(path);
        let moved = match fs_err::rename(self.part(path), &whole) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => whole
                .parent()
                .map_or(Ok(()), fs_err::create_dir_all)
                .and_then(|()| fs_err::rename(self.part(path), &whole)),
            moved => moved,
        };
        moved.map_err(|source| Error::Target {
            path: path.clone(),
            source,
        })?;
        let line = Line::Whole {
            path: path.to_string(),
            sha256,
        };
        self.note(path, line)
    }

    fn note(&self, path: &RelativePath, line: Line) -> Result<(), Error> {
        self.lines.add(&line).map_err(|source| Error::Target {
            path: path.clone(),
            source,
        })?;
        self.past().take_in(line);
        Ok(())
    }

    fn past(&self) -> std::sync::MutexGuard<'_, Past> {
        self.past.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Past {
    fn take_in(&mut self, line: Line) {
        match line {
            Line::Span { path, start, end } => {
                self.spans.entry(path).or_default().add(start, end);
            }
            Line::Version { path, version } => _ = self.versions.insert(path, version),
            Line::Dropped { path } => {
                self.versions.remove(&path);
                self.spans.remove(&path);
                self.files.remove(&path);
            }
            Line::Whole { path, sha256 } => {
                self.versions.remove(&path);
                self.spans.remove(&path);
                self.files.insert(path, sha256);
            }
        }
    }
}

fn place(parent: &Path, key: &str) -> PathBuf {
    let name: String = Digest::of(key.as_bytes())
        .to_string()
        .chars()
        .take(16)
        .collect();
    parent.join(format!(".partial-{name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_has_one_owner_and_remembers() {
        let folder = tempfile::tempdir().unwrap();
        let open = || Landing::try_open(folder.path(), "model").unwrap();
        let path: RelativePath = "a/b".parse().unwrap();
        let landing = open().unwrap();
        assert!(open().is_none());
        fs_err::write(landing.part(&path), "b").unwrap();
        landing.complete(&path, Digest::of(b"b")).unwrap();
        let c: RelativePath = "c".parse().unwrap();
        fs_err::write(landing.part(&c), "1234567.").unwrap();
        landing.note_span(&c, 0, 7).unwrap();
        drop(landing);

        let landing = open().unwrap();
        assert_eq!(landing.digest(&path), Some(Digest::of(b"b")));
        assert_eq!(landing.spans(&c, 8).unwrap().prefix(), 7);
        // A call that was ended between the last two steps of a file has moved its part away.
        fs_err::remove_file(landing.part(&c)).unwrap();
        assert_eq!(landing.spans(&c, 8).unwrap().prefix(), 0);
        fs_err::write(landing.part(&c), "........").unwrap();
        assert_eq!(landing.spans(&c, 8).unwrap().prefix(), 0);
        let target = folder.path().join("model");
        landing.become_folder(&target).unwrap();
        assert_eq!(fs_err::read_to_string(target.join("a/b")).unwrap(), "b");
        assert_eq!(fs_err::read_dir(folder.path()).unwrap().count(), 1);
    }
}

//! What of an upload is done: files that the store has, and parts of those that it has in part.
//!
//! One file for each place that is written to. A line is written after the store confirmed what it stands for.

use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Error;
use super::lines::Lines;
use super::stamp::Stamp;
use crate::artifacts::Upload;
use crate::digest::Digest;
use crate::entity::manifest::RelativePath;

/// What was not gone on with for so long will not be: no store keeps signed addresses or loose parts longer.
const STALE: Duration = Duration::from_hours(14 * 24);

/// The journal of uploads to one place.
#[derive(Debug, Default)]
pub struct Journal {
    /// Nothing is written down without it.
    lines: Option<Lines>,
    past: Mutex<Past>,
}

#[derive(Debug, Default)]
struct Past {
    sent: HashMap<String, Done>,
    begun: HashMap<String, Begun>,
}

/// A file that the store has.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Done {
    pub(super) size: u64,
    pub(super) sha256: Digest,
    pub(super) stamp: Option<Stamp>,
}

/// A file that the store may have in part.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Begun {
    pub(super) size: u64,
    pub(super) sha256: Option<Digest>,
    pub(super) stamp: Option<Stamp>,
    pub(super) part: u64,
    /// The store had no file of this name before.
    pub(super) is_new: bool,
    pub(super) upload: Upload,
    /// The receipts, by number.
    #[serde(default)]
    pub(super) receipts: BTreeMap<u64, String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    Sent {
        path: String,
        #[serde(flatten)]
        done: Done,
    },
    Begun {
        path: String,
        #[serde(flatten)]
        begun: Box<Begun>,
    },
    Part {
        path: String,
        number: u64,
        receipt: String,
    },
    Dropped {
        path: String,
    },
}

impl Journal {
    /// Nothing is done, and nothing will be written down.
    pub fn none() -> Self {
        Self::default()
    }

    /// The journal of what is sent to a place, kept in `folder`. While another process sends something there,
    /// that is refused.
    pub fn open(folder: &Path, place: &str) -> Result<Self, Error> {
        let name = format!("{}.jsonl", Digest::of(place.as_bytes()));
        let path = folder.join(name);
        let failure = |source| Error::State {
            path: path.clone(),
            source,
        };
        fs_err::create_dir_all(folder).map_err(failure)?;
        remove_stale(folder);
        let opened = Lines::open(path.clone()).map_err(failure)?;
        let (lines, read) = opened.ok_or_else(|| Error::Busy { path: path.clone() })?;
        Ok(Self {
            lines: Some(lines),
            past: Mutex::new(Past::of(read)),
        })
    }

    /// Reads what is done already, and will write nothing down.
    pub fn peek(folder: &Path, place: &str) -> Self {
        let name = format!("{}.jsonl", Digest::of(place.as_bytes()));
        Self {
            lines: None,
            past: Mutex::new(Past::of(Lines::peek(&folder.join(name)))),
        }
    }

    /// All is done, or nothing is to be gone on with.
    pub fn remove(self) {
        if let Some(lines) = &self.lines {
            // A journal that stays says nothing wrong, it is only litter.
            _ = lines.remove();
        }
    }

    pub(super) fn sent(&self, path: &RelativePath) -> Option<Done> {
        self.past().sent.get(path.as_str()).cloned()
    }

    pub(super) fn begun(&self, path: &RelativePath) -> Option<Begun> {
        self.past().begun.get(path.as_str()).cloned()
    }

    pub(super) fn note_sent(&self, path: &RelativePath, done: Done) -> Result<(), Error> {
        let line = Line::Sent {
            path: path.to_string(),
            done,
        };
        self.note(path, line)
    }

    pub(super) fn note_begun(&self, path: &RelativePath, begun: Begun) -> Result<(), Error> {
        let line = Line::Begun {
            path: path.to_string(),
            begun: Box::new(begun),
        };
        self.note(path, line)
    }

    pub(super) fn note_part(
        &self,
        path: &RelativePath,
        number: u64,
        receipt: String,
    ) -> Result<(), Error> {
        let line = Line::Part {
            path: path.to_string(),
            number,
            receipt,
        };
        self.note(path, line)
    }

    /// What was begun is not gone on with.
    pub(super) fn note_dropped(&self, path: &RelativePath) -> Result<(), Error> {
        let line = Line::Dropped {
            path: path.to_string(),
        };
        self.note(path, line)
    }

    fn note(&self, path: &RelativePath, line: Line) -> Result<(), Error> {
        let noted = match &self.lines {
            Some(lines) => lines.add(&line),
            None => io::Result::Ok(()),
        };
        noted.map_err(|source| Error::Journal {
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
    fn of(lines: Vec<Line>) -> Self {
        let mut past = Self::default();
        for line in lines {
            past.take_in(line);
        }
        past
    }

    fn take_in(&mut self, line: Line) {
        match line {
            Line::Sent { path, done } => {
                self.begun.remove(&path);
                self.sent.insert(path, done);
            }
            Line::Begun { path, begun } => {
                self.sent.remove(&path);
                self.begun.insert(path, *begun);
            }
            Line::Part {
                path,
                number,
                receipt,
            } => {
                if let Some(begun) = self.begun.get_mut(&path) {
                    begun.receipts.insert(number, receipt);
                }
            }
            Line::Dropped { path } => _ = self.begun.remove(&path),
        }
    }
}

/// Journals of uploads that nobody came back to.
fn remove_stale(folder: &Path) {
    let Ok(entries) = fs_err::read_dir(folder) else {
        return;
    };
    for entry in entries.filter_map(Result::ok) {
        let written = entry.metadata().and_then(|found| found.modified());
        let age = written.ok().and_then(|written| written.elapsed().ok());
        if age.is_some_and(|age| age > STALE) {
            // Whoever is at work on it writes to it.
            _ = fs_err::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_noted_is_known_to_the_next_owner_and_to_no_second_one() {
        let folder = tempfile::tempdir().unwrap();
        let open = |place| Journal::open(folder.path(), place);
        let path: RelativePath = "weights".parse().unwrap();
        let journal = open("here").unwrap();
        let begun = Begun {
            size: 3,
            sha256: None,
            stamp: None,
            part: 2,
            is_new: true,
            upload: serde_json::from_str("{\"id\":1}").unwrap(),
            receipts: BTreeMap::new(),
        };
        journal.note_begun(&path, begun).unwrap();
        journal.note_part(&path, 2, "tag".to_owned()).unwrap();
        assert!(matches!(open("here"), Err(Error::Busy { .. })));
        open("there").unwrap();
        drop(journal);

        let journal = open("here").unwrap();
        let begun = journal.begun(&path).unwrap();
        assert_eq!(begun.receipts[&2], "tag");
        let done = Done {
            size: 3,
            sha256: Digest::of(b"abc"),
            stamp: None,
        };
        journal.note_sent(&path, done).unwrap();
        drop(journal);

        let journal = open("here").unwrap();
        assert!(journal.begun(&path).is_none() && journal.sent(&path).is_some());
        journal.remove();
        assert!(open("here").unwrap().sent(&path).is_none());
    }
}

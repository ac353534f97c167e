//! What was asked for and not heard of: a process that is stopped between the two leaves a line.
//!
//! The target may be at work on it while the next process already looks for it, so that the next one waits a
//! moment before it asks again. Two processes do not copy between the same two at once on one machine.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use anyhow::Result;
use serde::{Deserialize, Serialize};

use crate::command::{Context, Error};
use crate::digest::Digest;
use crate::transfer::Lines;

/// How long a server may be at work on a request that nobody waits for any more.
const SETTLES: Duration = Duration::from_secs(10);
/// How often it is looked whether it is there.
const LOOK_EVERY: Duration = Duration::from_millis(250);

/// The list, locked.
#[derive(Debug, Default)]
pub(super) struct Asked {
    lines: Option<Lines>,
    /// When it was asked for by an earlier process.
    unheard: BTreeMap<String, i64>,
    /// The highest number that was given to a version of a model.
    highest: Mutex<BTreeMap<String, u64>>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    Asked { what: String, at: i64 },
    Heard { what: String },
    Highest { model: String, version: u64 },
}

impl Asked {
    /// Opens the list for a source and a target, which the key names.
    pub(super) fn open(key: &str, context: &Context) -> Result<Self> {
        if context.is_dry_run() {
            return Ok(Self::default());
        }
        let folder = context.settings.folders.state.join("sync");
        fs_err::create_dir_all(&folder)?;
        let path = folder.join(format!("{}.jsonl", Digest::of(key.as_bytes())));
        let Some((lines, past)) = Lines::open(path.clone())? else {
            let journal = path.display().to_string();
            return Err(Error::Busy { journal }.into());
        };
        let mut asked = Self {
            lines: Some(lines),
            ..Self::default()
        };
        for line in past {
            asked.take_in(line);
        }
        Ok(asked)
    }

    fn take_in(&mut self, line: Line) {
        match line {
            Line::Asked { what, at } => {
                self.unheard.insert(what, at);
            }
            Line::Heard { what } => {
                self.unheard.remove(&what);
            }
            Line::Highest { model, version } => {
                let highest = self
                    .highest
                    .get_mut()
                    .unwrap_or_else(PoisonError::into_inner);
                highest.insert(model, version);
            }
        }
    }

    /// Does something that must happen once: `find` looks whether an earlier process did it after all.
    pub(super) async fn once<T>(
        &self,
        what: &str,
        find: impl AsyncFn() -> Result<Option<T>>,
        make: impl AsyncFnOnce() -> Result<T>,
    ) -> Result<T> {
        let what = what.to_owned();
        if let Some(at) = self.unheard.get(&what) {
            let since = jiff::Timestamp::now().as_millisecond().saturating_sub(*at);
            let mut waited = Duration::from_millis(u64::try_from(since).unwrap_or_default());
            loop {
                if let Some(found) = find().await? {
                    self.note(&Line::Heard { what })?;
                    return Ok(found);
                }
                if waited >= SETTLES {
                    break;
                }
                tokio::time::sleep(LOOK_EVERY).await;
                waited += LOOK_EVERY;
            }
        }
        let at = jiff::Timestamp::now().as_millisecond();
        let line = Line::Asked {
            what: what.clone(),
            at,
        };
        self.note(&line)?;
        let made = make().await?;
        self.note(&Line::Heard { what })?;
        Ok(made)
    }

    /// The highest number that a version of a model was given so far, as far as that is known.
    pub(super) fn highest(&self, model: &str) -> u64 {
        let highest = self.highest.lock().unwrap_or_else(PoisonError::into_inner);
        highest.get(model).copied().unwrap_or_default()
    }

    /// A version of a model was given this number.
    pub(super) fn note_highest(&self, model: &str, version: u64) -> Result<()> {
        let mut highest = self.highest.lock().unwrap_or_else(PoisonError::into_inner);
        highest.insert(model.to_owned(), version);
        drop(highest);
        let model = model.to_owned();
        self.note(&Line::Highest { model, version })
    }

    fn note(&self, line: &Line) -> Result<()> {
        self.lines
            .as_ref()
            .map_or(Ok(()), |lines| Ok(lines.add(line)?))
    }

    /// All is done.
    pub(super) fn remove(&self) {
        // A list that stays says nothing wrong, it is only litter.
        if let Some(lines) = &self.lines {
            _ = lines.remove();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_heard_of_is_not_waited_for() {
        let mut asked = Asked::default();
        let what = || "run r".to_owned();
        asked.take_in(Line::Asked {
            what: what(),
            at: 1,
        });
        assert_eq!(asked.unheard.len(), 1);
        asked.take_in(Line::Heard { what: what() });
        asked.take_in(Line::Highest {
            model: "phi3".to_owned(),
            version: 4,
        });
        assert!(asked.unheard.is_empty());
        assert_eq!((asked.highest("phi3"), asked.highest("other")), (4, 0));
    }
}

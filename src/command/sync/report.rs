//! What was copied, what was there, what was left alone, and what went wrong.

use std::time::Instant;

use anyhow::Result;
use serde::Serialize;

use crate::command::{Carried, Cell, Error, Failure, Item};

/// What `sync` did.
#[derive(Debug, Serialize)]
pub struct Outcome {
    #[serde(flatten)]
    pub(crate) item: Item,
    #[serde(skip)]
    trouble: Option<Error>,
}

impl Outcome {
    pub(in crate::command) fn into_verdict(self) -> Option<anyhow::Error> {
        self.trouble.map(Into::into)
    }
}

/// What was done with one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Did {
    /// A copy was made.
    Created,
    /// The copy lacked something.
    Updated,
    /// All of it was there.
    Nothing,
}

/// Things of one sort.
#[derive(Debug, Default, Clone, Copy, Serialize)]
pub(super) struct Count {
    created: u64,
    updated: u64,
    unchanged: u64,
}

impl Count {
    pub(super) fn count(&mut self, did: Did) {
        match did {
            Did::Created => self.created += 1,
            Did::Updated => self.updated += 1,
            Did::Nothing => self.unchanged += 1,
        }
    }

    pub(super) fn touched(&self) -> u64 {
        self.created + self.updated
    }

    fn shown(self) -> Option<String> {
        let parts = [
            (self.created, "created"),
            (self.updated, "updated"),
            (self.unchanged, "unchanged"),
        ];
        let parts: Vec<String> = parts
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| format!("{count} {word}"))
            .collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }
}

/// All of them.
#[derive(Debug, Default, Serialize)]
pub(super) struct Report {
    pub(super) experiments: Count,
    pub(super) runs: Count,
    #[serde(rename = "metric_points")]
    pub(super) points: u64,
    pub(super) logged_models: Count,
    pub(super) registered_models: Count,
    pub(super) versions: Count,
    pub(super) aliases: u64,
    conflicts: Vec<Conflict>,
    failures: Vec<Failed>,
}

/// A thing that was left alone.
#[derive(Debug, Serialize)]
struct Conflict {
    thing: &'static str,
    name: String,
    reason: String,
}

/// A thing that could not be copied, or not all of it.
#[derive(Debug, Serialize)]
struct Failed {
    thing: &'static str,
    name: String,
    message: String,
    causes: Vec<String>,
}

#[derive(Serialize)]
struct Shown<'a> {
    from: &'a str,
    to: &'a str,
    #[serde(flatten)]
    report: &'a Report,
    files: u64,
    bytes: u64,
    reused_bytes: u64,
    seconds: f64,
}

impl Report {
    pub(super) fn conflict(&mut self, thing: &'static str, name: String, reason: String) {
        self.conflicts.push(Conflict {
            thing,
            name,
            reason,
        });
    }

    pub(super) fn failure(&mut self, thing: &'static str, name: String, error: &anyhow::Error) {
        let Failure {
            message, causes, ..
        } = error.into();
        self.failures.push(Failed {
            thing,
            name,
            message,
            causes,
        });
    }

    pub(super) fn has_no_failure(&self) -> bool {
        self.failures.is_empty()
    }

    pub(super) fn shown(
        &self,
        from: &str,
        to: &str,
        carried: &Carried,
        started: Instant,
    ) -> Result<Outcome> {
        let (conflicts, failures) = (self.conflicts.len(), self.failures.len());
        let shown = Shown {
            from,
            to,
            report: self,
            files: carried.files,
            bytes: carried.bytes,
            reused_bytes: carried.reused_bytes,
            seconds: started.elapsed().as_secs_f64(),
        };
        let some = |count: u64| (count > 0).then_some(Cell::Count(count));
        let item = Item::new(format!("{from} → {to}"), &shown)?
            .fact("experiments", self.experiments.shown())
            .fact("runs", self.runs.shown())
            .fact("points", some(self.points))
            .fact("models", self.logged_models.shown())
            .fact("registered", self.registered_models.shown())
            .fact("versions", self.versions.shown())
            .fact("aliases", some(self.aliases))
            .fact("files", some(carried.files))
            .fact(
                "bytes",
                some(carried.bytes).map(|_| Cell::Bytes(carried.bytes)),
            )
            .section(
                "left alone",
                self.conflicts
                    .iter()
                    .map(|it| (format!("{} {}", it.thing, it.name), it.reason.as_str())),
            )
            .section(
                "not copied",
                self.failures
                    .iter()
                    .map(|it| (format!("{} {}", it.thing, it.name), it.message.as_str())),
            );
        let trouble = (conflicts + failures > 0).then_some(Error::Unsynced {
            conflicts,
            failures,
        });
        Ok(Outcome { item, trouble })
    }
}

//! How much a transfer carried, how fast, and how often something had to be sent again.
//!
//! It counts what the transfer tells on its way and passes all of it on; it carries nothing itself.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use serde::Serialize;

use super::audience::Event;
use super::context::Context;
use crate::entity::manifest::RelativePath;
use crate::transfer::{self, Listener};

/// Which way the bytes go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// To a store.
    Upload,
    /// From one.
    Download,
}

/// What a transfer did, at its end.
#[derive(Debug, Clone, Serialize)]
pub struct Carried {
    /// Which way.
    pub(crate) direction: Direction,
    /// Files that were moved or found in place.
    pub(crate) files: u64,
    /// The bytes of all of them.
    pub(crate) bytes: u64,
    /// Those that were in place already.
    pub(crate) reused_files: u64,
    /// Their bytes.
    pub(crate) reused_bytes: u64,
    /// How long it took.
    pub(crate) seconds: f64,
    /// How many bytes were moved in a second, those in place aside.
    pub(crate) bytes_per_second: u64,
    /// How many requests had to be sent again, or gone on from.
    pub(crate) retries: u64,
}

/// Counts while a transfer runs.
pub(super) struct Meter<'a> {
    context: &'a Context,
    direction: Direction,
    started: Instant,
    retries_before: u64,
    counted: Arc<Mutex<Counted>>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Counted {
    files: u64,
    bytes: u64,
    reused_files: u64,
    reused_bytes: u64,
    again: u64,
}

impl<'a> Meter<'a> {
    /// Begins to count.
    pub(super) fn start(direction: Direction, context: &'a Context) -> Self {
        Self {
            context,
            direction,
            started: Instant::now(),
            retries_before: context.repeats(),
            counted: Arc::default(),
        }
    }

    /// Who is to listen to the transfer.
    pub(super) fn listener(&self) -> Arc<Listener> {
        let audience = Arc::clone(&self.context.audience);
        let counted = Arc::clone(&self.counted);
        Arc::new(move |event| {
            count(&counted, event);
            audience.hear(Event::Bytes(event));
        })
    }

    /// Files that are in place already and are not moved.
    pub(super) fn found<'p>(&self, files: impl Iterator<Item = (&'p RelativePath, Option<u64>)>) {
        let listener = self.listener();
        for (path, size) in files {
            let bytes = size.unwrap_or(0);
            listener(transfer::Event::Planned { files: 1, bytes });
            listener(transfer::Event::Reused {
                path: path.as_str(),
                bytes,
            });
        }
    }

    /// The transfer is at its end.
    pub(super) fn finish(self) -> Carried {
        let counted = *self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        let Counted {
            files,
            bytes,
            reused_files,
            reused_bytes,
            again,
        } = counted;
        let seconds = self.started.elapsed().as_secs_f64();
        let carried = Carried {
            direction: self.direction,
            files,
            bytes,
            reused_files,
            reused_bytes,
            seconds,
            bytes_per_second: rate(bytes.saturating_sub(reused_bytes), seconds),
            retries: self.context.repeats() - self.retries_before + again,
        };
        // In a dry run nothing is sent, whatever was noted.
        if self.direction == Direction::Download || !self.context.is_dry_run() {
            self.context.audience.hear(Event::Carried(&carried));
        }
        carried
    }
}

fn count(counted: &Mutex<Counted>, event: transfer::Event<'_>) {
    let mut counted = counted.lock().unwrap_or_else(PoisonError::into_inner);
    match event {
        transfer::Event::Planned { files, bytes } => {
            counted.files += files;
            counted.bytes += bytes;
        }
        transfer::Event::Reused { bytes, .. } => {
            counted.reused_files += 1;
            counted.reused_bytes += bytes;
        }
        transfer::Event::Again { .. } => counted.again += 1,
        transfer::Event::File { .. } | transfer::Event::Moved { .. } => {}
    }
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a rate that is only shown"
)]
fn rate(bytes: u64, seconds: f64) -> u64 {
    if seconds > 0.0 {
        (bytes as f64 / seconds) as u64
    } else {
        0
    }
}

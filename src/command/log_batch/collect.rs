//! Gathers records into batches: full ones where they come quickly, young ones where they come slowly.

use std::time::Duration;

use tokio::sync::mpsc::Receiver;
use tokio::time::{Instant, timeout_at};

use super::lines::{BadLine, Line};
use super::record::Record;
use crate::entity::limits::{PARAMS_PER_BATCH, TAGS_PER_BATCH};
use crate::tracking::Batch;

/// How long a record waits for others to be sent along with.
const PATIENCE: Duration = Duration::from_secs(1);

/// A batch, and how far in the stream it goes.
#[derive(Debug, Default)]
pub(super) struct Chunk {
    pub(super) batch: Batch,
    pub(super) last_line: u64,
}

/// Records on their way into batches.
pub(super) struct Collector {
    lines: Receiver<Result<Line, BadLine>>,
    pending: Chunk,
    deadline: Option<Instant>,
    bad: Option<BadLine>,
    /// How many records make a batch full.
    most: usize,
}

impl Collector {
    pub(super) fn new(lines: Receiver<Result<Line, BadLine>>, most: usize) -> Self {
        Self {
            lines,
            pending: Chunk::default(),
            deadline: None,
            bad: None,
            most,
        }
    }

    /// The next batch; `None` at the end of the stream, or of what is good of it. May be dropped while it waits,
    /// nothing is lost then.
    pub(super) async fn chunk(&mut self) -> Option<Chunk> {
        loop {
            if self.is_full() || (self.bad.is_some() && self.is_anything_pending()) {
                return Some(self.take());
            }
            if self.bad.is_some() {
                return None;
            }
            let next = match self.deadline {
                None => self.lines.recv().await,
                Some(deadline) => match timeout_at(deadline, self.lines.recv()).await {
                    Ok(next) => next,
                    Err(_) => return Some(self.take()),
                },
            };
            match next {
                Some(Ok(line)) => self.add(line),
                Some(Err(bad)) => self.bad = Some(bad),
                None if self.is_anything_pending() => return Some(self.take()),
                None => return None,
            }
        }
    }

    /// The line at which the stream went bad, if it did.
    pub(super) fn bad(&mut self) -> Option<BadLine> {
        self.bad.take()
    }

    fn add(&mut self, line: Line) {
        let Chunk { batch, last_line } = &mut self.pending;
        *last_line = line.number;
        match line.record {
            Some(Record::Param(param)) => batch.params.push(param),
            Some(Record::Metric(metric)) => batch.metrics.push(metric),
            Some(Record::Tag(tag)) => {
                // Of one tag the last value counts.
                batch.tags.retain(|earlier| earlier.key != tag.key);
                batch.tags.push(tag);
            }
            None => {}
        }
        self.deadline
            .get_or_insert_with(|| Instant::now() + PATIENCE);
    }

    fn is_full(&self) -> bool {
        let Batch {
            params,
            metrics,
            tags,
        } = &self.pending.batch;
        params.len() >= PARAMS_PER_BATCH
            || tags.len() >= TAGS_PER_BATCH
            || params.len() + metrics.len() + tags.len() >= self.most
    }

    fn is_anything_pending(&self) -> bool {
        self.deadline.is_some()
    }

    fn take(&mut self) -> Chunk {
        self.deadline = None;
        std::mem::take(&mut self.pending)
    }
}

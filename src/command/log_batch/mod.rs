//! `log-batch`: params, metrics and tags out of a file or a pipe, however many there are.
//!
//! ```text
//!  file ─► lines ─► records ══channel══► batches ─► up to four requests at once ─► acknowledged in order
//!          (a thread that may block)     (full, or a second old)
//! ```

mod collect;
mod lines;
mod record;

use std::io::{self, BufRead, BufReader, Cursor, Read as _};
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, Result};
use futures_util::StreamExt as _;
use futures_util::future::BoxFuture;
use futures_util::stream::FuturesOrdered;
use tokio::sync::mpsc;

use super::target::{self, Target};
use super::{Context, Error, Outcome};
use crate::entity::id::RunId;
use crate::tracking::{self, Tracking};
use collect::{Chunk, Collector};
use lines::BadLine;

/// Requests at once. The server writes one after the other, but reads the next meanwhile.
const WIDTH: usize = 4;
/// How long an answer to what is under way is waited for when the user stops it, or one of several batches failed.
const GRACE: Duration = Duration::from_millis(800);
/// Records between the thread that reads and what sends.
const QUEUE: usize = 2000;

/// Log many params, metrics and tags from a file
#[derive(Debug, clap::Args)]
#[command(after_help = FORMATS)]
pub struct Args {
    #[command(flatten)]
    target: Target,
    /// Read all of it before anything is sent, and send nothing if any line is bad
    #[arg(long)]
    check: bool,
    /// File of JSON lines or CSV; - for standard input
    file: PathBuf,
}

const FORMATS: &str = "JSON lines: {\"key\": \"loss\", \"value\": 0.5, \"step\": 3, \"timestamp\": 1700000000000}, \
    for other than metrics with \"type\": \"param\" or \"tag\". CSV: a first line that names the columns, \
    of key, value, step, timestamp and type. Only key and value must be there.";

/// Runs the command.
pub async fn run(args: Args, context: &Context) -> Result<Outcome> {
    let id = target::run_id(args.target.run_id.clone(), context)?;
    let tracking = context.server()?.tracking();
    let name = args.file.display().to_string();
    let bad = |bad: BadLine, logged| Error::Line {
        file: name.clone(),
        line: bad.line,
        reason: bad.reason,
        logged,
    };
    let (file, check) = (args.file.clone(), args.check);
    let reader = context
        .compute(move || {
            if check {
                checked(&file)
            } else {
                Ok(Ok(open(&file)?))
            }
        })
        .await??
        .map_err(|line| bad(line, 0))?;
    let (sender, receiver) = mpsc::channel(QUEUE);
    // Left to itself: a pipe from which nothing comes cannot be asked to stop waiting.
    tokio::task::spawn_blocking(move || {
        // Nobody listens any more when sending has failed.
        lines::read(reader, |line| sender.blocking_send(line).is_ok());
    });
    let mut sending = Sending {
        collector: Collector::new(receiver, tracking.batch_size()),
        in_flight: FuturesOrdered::new(),
        sent: 0,
        logged: Logged::default(),
    };
    let ended = tokio::select! {
        ended = sending.run(&id, tracking) => ended,
        () = context.stop.cancelled() => {
            sending.settle().await;
            Err(Error::Interrupted { continues: false }.into())
        }
    };
    ended.with_context(|| sending.how_far(&name))?;
    let logged = sending.logged;
    if let Some(line) = sending.collector.bad() {
        return Err(bad(line, logged.lines).into());
    }
    target::logged(&id, logged.params, logged.metrics, logged.tags)
}

type Reader = Box<dyn BufRead + Send>;

fn open(file: &PathBuf) -> Result<Reader> {
    if file.as_os_str() == "-" {
        return Ok(Box::new(BufReader::new(io::stdin())));
    }
    Ok(Box::new(BufReader::new(fs_err::File::open(file)?)))
}

/// The same reader from its start, after all that comes out of it was found good.
fn checked(file: &PathBuf) -> Result<Result<Reader, BadLine>> {
    let again: Reader = if file.as_os_str() == "-" {
        let mut all = Vec::new();
        io::stdin()
            .read_to_end(&mut all)
            .context("cannot read standard input")?;
        if let Some(bad) = first_bad(Box::new(Cursor::new(all.clone()))) {
            return Ok(Err(bad));
        }
        Box::new(Cursor::new(all))
    } else {
        if let Some(bad) = first_bad(open(file)?) {
            return Ok(Err(bad));
        }
        open(file)?
    };
    Ok(Ok(again))
}

fn first_bad(reader: Reader) -> Option<BadLine> {
    let mut found = None;
    lines::read(reader, |line| match line {
        Ok(_) => true,
        Err(bad) => {
            found = Some(bad);
            false
        }
    });
    found
}

/// How much the server has acknowledged.
#[derive(Debug, Clone, Copy, Default)]
struct Logged {
    lines: u64,
    params: usize,
    metrics: usize,
    tags: usize,
}

/// Batches on their way. They are acknowledged in order, so that "the first n lines" is true.
struct Sending<'a> {
    collector: Collector,
    in_flight: FuturesOrdered<BoxFuture<'a, Result<Chunk, tracking::Error>>>,
    /// The last line that was sent, acknowledged or not.
    sent: u64,
    logged: Logged,
}

impl<'a> Sending<'a> {
    async fn run(&mut self, id: &'a RunId, tracking: &'a dyn Tracking) -> Result<()> {
        let mut width = WIDTH;
        let mut is_ended = false;
        while !is_ended || !self.in_flight.is_empty() {
            tokio::select! {
                biased;
                Some(done) = self.in_flight.next() => {
                    self.logged.add(&done?);
                    width = WIDTH;
                }
                chunk = self.collector.chunk(), if !is_ended && self.in_flight.len() < width => {
                    let Some(chunk) = chunk else {
                        is_ended = true;
                        continue;
                    };
                    // Of one tag the last value counts, so that what holds tags overtakes nothing.
                    if !chunk.batch.tags.is_empty() {
                        while let Some(done) = self.in_flight.next().await {
                            self.logged.add(&done?);
                        }
                        width = 1;
                    }
                    self.sent = chunk.last_line;
                    self.in_flight.push_back(send(chunk, id, tracking));
                }
            }
        }
        Ok(())
    }

    /// Lets the server acknowledge what is under way, so that it is known from where to go on.
    async fn settle(&mut self) {
        let all = async {
            while let Some(Ok(done)) = self.in_flight.next().await {
                self.logged.add(&done);
            }
        };
        // Whatever was not acknowledged by then may be logged or not, and is told as that.
        _ = tokio::time::timeout(GRACE, all).await;
    }

    /// How much is logged of a stream that did not come to its end.
    fn how_far(&self, name: &str) -> String {
        let lines = self.logged.lines;
        let sure = format!("only the first {lines} lines of `{name}` are logged");
        if self.sent > lines {
            format!(
                "{sure}; the server did not acknowledge those up to line {}",
                self.sent
            )
        } else {
            sure
        }
    }
}

fn send<'a>(
    chunk: Chunk,
    id: &'a RunId,
    tracking: &'a dyn Tracking,
) -> BoxFuture<'a, Result<Chunk, tracking::Error>> {
    Box::pin(async move {
        tracking.log_batch(id, &chunk.batch).await?;
        Ok(chunk)
    })
}

impl Logged {
    fn add(&mut self, chunk: &Chunk) {
        self.lines = chunk.last_line;
        self.params += chunk.batch.params.len();
        self.metrics += chunk.batch.metrics.len();
        self.tags += chunk.batch.tags.len();
    }
}

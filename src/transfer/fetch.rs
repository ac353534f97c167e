//! One file on its way from a store: in spans, several at once, going on where a connection broke.
//!
//! ```text
//! small    ─► memory ─► digest ─► parts/ ─► files/
//! large    ─► span 1 ─┬─► partial answer? ─► 4 spans at once ─┐
//!                     └─► all of it came  ─► one stream ──────┴─► digest of the file ─► files/
//! ```

use std::io::{self, Read as _, Seek as _};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use bytes::{Buf as _, Bytes, BytesMut};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use tokio::io::{AsyncSeekExt as _, AsyncWriteExt as _};
use tokio::sync::Notify;

use super::intervals::Intervals;
use super::landing::Landing;
use super::traffic::Traffic;
use super::{Error, Event, LANES, Listed, Listener};
use crate::artifacts::{ArtifactStore, Reading, Span};
use crate::digest::{Digest, Hasher};

/// How often a download goes on after its connection broke without a byte in between.
const FRUITLESS: u32 = 5;

/// What is smaller stays in memory until it is checked.
const SMALL: u64 = 1 << 20;
/// What is larger comes in several spans at once, where the store sends spans.
const LARGE: u64 = 32 << 20;
/// The longest span that is asked for. Each costs the server a request.
const SPAN: u64 = 64 << 20;
/// How much is written at a time.
const BLOCK: usize = 512 * 1024;
/// So much of what an earlier call fetched is compared where nothing tells of which version of the file it is.
const COMPARED: u64 = 64 << 10;
/// After so many bytes it is noted that they are here.
const NOTE: u64 = 2 << 20;

/// What all that is fetched has in common.
pub(super) struct Line<'a> {
    pub(super) store: &'a dyn ArtifactStore,
    pub(super) landing: &'a Landing,
    pub(super) listener: &'a Listener,
    pub(super) traffic: Traffic,
}

/// Fetches one file, and tells how many of its bytes were here already.
pub(super) async fn fetch(
    file: &Listed,
    expected: Option<&Digest>,
    line: &Line<'_>,
) -> Result<u64, Error> {
    if let Some(bytes) = is_whole(file, expected, line).await? {
        return Ok(bytes);
    }
    if file.size.is_some_and(|size| size < SMALL) {
        return match small(file, expected, line).await {
            Err(Error::Changed { .. }) => small(file, expected, line).await,
            result => result,
        };
    }
    let spans = here_already(file, expected, line).await?;
    let reused = spans.total();
    match large(file, spans, expected, line).await {
        Err(Error::Damaged { .. } | Error::Length { .. }) if reused > 0 => {
            // What was here before may be what is damaged: a machine that lost power writes less than it said.
            line.landing.drop_file(&file.path)?;
            large(file, Intervals::default(), expected, line).await?;
            Ok(0)
        }
        Err(Error::Changed { .. }) => {
            // Once more for the new one; a file that never rests is told.
            line.landing.drop_file(&file.path)?;
            large(file, Intervals::default(), expected, line).await?;
            Ok(0)
        }
        Err(error @ (Error::Damaged { .. } | Error::Length { .. })) => {
            line.landing.drop_file(&file.path)?;
            Err(error)
        }
        result => result.map(|()| reused),
    }
}

/// The length of a file that an earlier call fetched and that is still what it was.
async fn is_whole(
    file: &Listed,
    expected: Option<&Digest>,
    line: &Line<'_>,
) -> Result<Option<u64>, Error> {
    let Some(noted) = line.landing.digest(&file.path) else {
        return Ok(None);
    };
    let path = line.landing.whole(&file.path);
    let found = blocking(file, move || Digest::of_file(&path)).await;
    match found {
        Ok((digest, length))
            if digest == noted
                && expected.is_none_or(|expected| *expected == digest)
                && file.size.is_none_or(|size| size == length) =>
        {
            (line.listener)(Event::Reused {
                path: file.path.as_str(),
                bytes: length,
            });
            Ok(Some(length))
        }
        _ => {
            line.landing.drop_file(&file.path)?;
            Ok(None)
        }
    }
}

/// Which bytes an earlier call fetched of the file as it is now.
async fn here_already(
    file: &Listed,
    expected: Option<&Digest>,
    line: &Line<'_>,
) -> Result<Intervals, Error> {
    let Some(size) = file.size else {
        return Ok(Intervals::default());
    };
    let spans = line.landing.spans(&file.path, size)?;
    let is_told = expected.is_some() || line.landing.version(&file.path).is_some();
    match spans.end() {
        Some(end) if !is_told && !is_as_it_was(file, end, line).await? => {
            line.landing.drop_file(&file.path)?;
            Ok(Intervals::default())
        }
        _ => Ok(spans),
    }
}

/// Whether the bytes before `end` are what an earlier call fetched. A store that cannot start there sends all of the
/// file anew anyway.
async fn is_as_it_was(file: &Listed, end: u64, line: &Line<'_>) -> Result<bool, Error> {
    let start = end.saturating_sub(COMPARED);
    let span = Span {
        start,
        end: Some(end),
    };
    let mut reading = get(file, span, line).await?;
    if reading.start < start {
        return Ok(false);
    }
    let mut now = BytesMut::new();
    while (now.len() as u64) < end - start
        && let Ok(Some(block)) = reading.bytes.try_next().await
    {
        now.extend_from_slice(&block);
    }
    let part = line.landing.part(&file.path);
    let then = blocking(file, move || {
        let mut input = fs_err::File::open(part)?;
        input.seek(io::SeekFrom::Start(start))?;
        let mut then = Vec::new();
        input.take(end - start).read_to_end(&mut then)?;
        Ok(then)
    })
    .await?;
    Ok(now.starts_with(&then))
}

/// Fetches a file into memory first: one request, one write.
async fn small(file: &Listed, expected: Option<&Digest>, line: &Line<'_>) -> Result<u64, Error> {
    let size = file.size.unwrap_or(0);
    let mut bytes = BytesMut::new();
    let mut patience = Patience::default();
    let mut version = None;
    loop {
        let _place = line.traffic.enter(size).await;
        let before = bytes.len() as u64;
        let mut reading = get(file, Span::from(before), line).await?;
        if before > 0 && reading.version != version {
            return Err(changed(file));
        }
        version.clone_from(&reading.version);
        let mut skip = before.saturating_sub(reading.start);
        let broken = loop {
            match reading.bytes.try_next().await {
                Ok(Some(mut block)) => {
                    tell(file, &block, line);
                    skip_some(&mut block, &mut skip);
                    bytes.extend_from_slice(&block);
                }
                Ok(None) => break None,
                Err(error) => break Some(error),
            }
            if bytes.len() as u64 > size {
                break None;
            }
        };
        let length = bytes.len() as u64;
        match broken {
            Some(source) if length < size => {
                patience
                    .wait(file, length, length > before, source, line)
                    .await?;
            }
            _ => break,
        }
    }
    let bytes = bytes.freeze();
    let found = Digest::of(&bytes);
    check(file, expected, bytes.len() as u64, found)?;
    let part = line.landing.part(&file.path);
    blocking(file, move || fs_err::write(part, &bytes)).await?;
    line.landing.complete(&file.path, found)?;
    Ok(0)
}

/// Fetches what is missing of a file beside some spans, checks all of it, and moves it to the whole ones.
async fn large(
    file: &Listed,
    spans: Intervals,
    expected: Option<&Digest>,
    line: &Line<'_>,
) -> Result<(), Error> {
    if spans.total() > 0 {
        (line.listener)(Event::Reused {
            path: file.path.as_str(),
            bytes: spans.total(),
        });
    }
    let (found, length) = if let Some(size) = file.size {
        let here = Here::new(spans);
        make_length(file, size, line).await?;
        let fetching = in_spans(file, size, &here, line);
        let ((), digest) = tokio::try_join!(fetching, follow(file, size, &here, line))?;
        (digest, size)
    } else {
        // Without a length it is not known when all is here, nor whether what is here is of this file.
        line.landing.drop_file(&file.path)?;
        stream_all(file, line).await?;
        let part = line.landing.part(&file.path);
        blocking(file, move || Digest::of_file(&part)).await?
    };
    check(file, expected, length, found)?;
    line.landing.complete(&file.path, found)
}

fn check(
    file: &Listed,
    expected: Option<&Digest>,
    length: u64,
    found: Digest,
) -> Result<(), Error> {
    let path = || file.path.clone();
    match (file.size, expected) {
        (Some(size), _) if size != length => Err(Error::Length {
            path: path(),
            expected: size,
            found: length,
        }),
        (_, Some(expected)) if *expected != found => Err(Error::Damaged {
            path: path(),
            expected: *expected,
            found,
        }),
        _ => Ok(()),
    }
}

/// Fetches the gaps; several at once if the first shows that the store sends just what is asked for.
async fn in_spans(file: &Listed, size: u64, here: &Here, line: &Line<'_>) -> Result<(), Error> {
    let longest = if size > LARGE {
        span_of(size)
    } else {
        u64::MAX
    };
    let mut gaps = here.lock().gaps(size, longest).into_iter();
    let Some(first) = gaps.next() else {
        return Ok(());
    };
    let rest: Vec<(u64, u64)> = gaps.collect();
    let place = line.traffic.enter(first.1 - first.0).await;
    let reading = get_same(file, wanted(first, size), line).await?;
    let sends_spans = rest.is_empty() || reading.end == Some(first.1);
    let first = if sends_spans { first } else { (first.0, size) };
    let lane = async {
        let result = take(file, first, Some(reading), here, line).await;
        drop(place);
        result
    };
    if !sends_spans {
        return lane.await;
    }
    let others = stream::iter(rest)
        .map(|gap| async move {
            let _place = line.traffic.enter(gap.1 - gap.0).await;
            take(file, gap, None, here, line).await
        })
        .buffer_unordered(LANES - 1)
        .try_collect::<()>();
    tokio::try_join!(lane, others)?;
    Ok(())
}

/// Hashes what has arrived, in order, while the rest is on its way.
async fn follow(file: &Listed, size: u64, here: &Here, line: &Line<'_>) -> Result<Digest, Error> {
    let mut hasher = Hasher::default();
    while hasher.length() < size {
        let (start, end) = (hasher.length(), here.lock().prefix().min(size));
        if start == end {
            here.more.notified().await;
            continue;
        }
        let part = line.landing.part(&file.path);
        hasher = blocking(file, move || {
            let mut input = fs_err::File::open(part)?;
            input.seek(io::SeekFrom::Start(start))?;
            let mut block = vec![0; BLOCK];
            while hasher.length() < end {
                let left = usize::try_from(end - hasher.length()).unwrap_or(BLOCK);
                let Some(block) = block.get_mut(..left.min(BLOCK)) else {
                    break;
                };
                input.read_exact(block)?;
                hasher.update(block);
            }
            Ok(hasher)
        })
        .await?;
    }
    Ok(hasher.finish())
}

/// Four lanes get something to do, and no span is too long to be repeated.
fn span_of(size: u64) -> u64 {
    (size / LANES as u64).clamp(LARGE / 4, SPAN)
}

/// A span to its end, or all that follows where that is the end. Of a large file that is said of the last span, too:
/// a store may send spans from another place than whole files.
fn wanted((start, end): (u64, u64), size: u64) -> Span {
    let is_large = size > LARGE && size < u64::MAX;
    Span {
        start,
        end: (end < size || is_large).then_some(end),
    }
}

/// Makes the file as long as it will be, so that it is known at once whether there is room for it.
async fn make_length(file: &Listed, size: u64, line: &Line<'_>) -> Result<(), Error> {
    let part = line.landing.part(&file.path);
    blocking(file, move || {
        let output = fs_err::OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .open(part)?;
        output.set_len(size)
    })
    .await
}

/// Fetches one gap, going on where a connection broke.
async fn take(
    file: &Listed,
    (start, end): (u64, u64),
    mut reading: Option<Reading>,
    here: &Here,
    line: &Line<'_>,
) -> Result<(), Error> {
    let target = |source| Error::Target {
        path: file.path.clone(),
        source,
    };
    let size = file.size.unwrap_or(u64::MAX);
    let part = line.landing.part(&file.path);
    let mut output = fs_err::tokio::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .open(part)
        .await
        .map_err(target)?;
    output
        .seek(io::SeekFrom::Start(start))
        .await
        .map_err(target)?;
    let mut writer = Writer {
        output,
        block: BytesMut::with_capacity(BLOCK),
        written: start,
        noted: start,
        file,
        here,
        line,
    };
    let mut patience = Patience::default();
    loop {
        let before = writer.at();
        let now = match reading.take() {
            Some(reading) => reading,
            None => get_same(file, wanted((before, end), size), line).await?,
        };
        let broken = writer.take_in(now, before, end).await?;
        writer.note().await?;
        let at = writer.at();
        match broken {
            _ if at >= end => return Ok(()),
            Some(source) => patience.wait(file, at, at > before, source, line).await?,
            // All that there was has come, and it is too little: the length says so.
            None if file.size.is_none() => return Ok(()),
            None => {
                return Err(Error::Length {
                    path: file.path.clone(),
                    expected: size,
                    found: at,
                });
            }
        }
    }
}

/// Fetches a file of unknown length from its beginning to wherever it ends.
async fn stream_all(file: &Listed, line: &Line<'_>) -> Result<(), Error> {
    let _place = line.traffic.enter(u64::MAX).await;
    make_length(file, 0, line).await?;
    let here = Here::new(Intervals::default());
    take(file, (0, u64::MAX), None, &here, line).await
}

/// Writes what arrives in its place, and notes what is here.
struct Writer<'a> {
    output: fs_err::tokio::File,
    block: BytesMut,
    written: u64,
    noted: u64,
    file: &'a Listed,
    here: &'a Here,
    line: &'a Line<'a>,
}

impl Writer<'_> {
    fn at(&self) -> u64 {
        self.written + self.block.len() as u64
    }

    /// Takes in what comes from `wanted` up to `end`; tells why it broke off, if it did.
    async fn take_in(
        &mut self,
        mut reading: Reading,
        wanted: u64,
        end: u64,
    ) -> Result<Option<io::Error>, Error> {
        let mut skip = wanted.saturating_sub(reading.start);
        while self.at() < end {
            match reading.bytes.try_next().await {
                Ok(Some(mut bytes)) => {
                    tell(self.file, &bytes, self.line);
                    skip_some(&mut bytes, &mut skip);
                    let room = usize::try_from(end - self.at()).unwrap_or(usize::MAX);
                    if bytes.len() > room && self.file.size == Some(end) {
                        return Err(Error::Length {
                            path: self.file.path.clone(),
                            expected: end,
                            found: self.at() + bytes.len() as u64,
                        });
                    }
                    bytes.truncate(room);
                    self.write(&bytes).await?;
                }
                Ok(None) => return Ok(None),
                Err(error) => return Ok(Some(error)),
            }
        }
        Ok(None)
    }

    async fn write(&mut self, bytes: &Bytes) -> Result<(), Error> {
        self.block.extend_from_slice(bytes);
        if self.block.len() >= BLOCK {
            self.flush().await?;
            if self.written - self.noted >= NOTE {
                self.note().await?;
            }
        }
        Ok(())
    }

    async fn flush(&mut self) -> Result<(), Error> {
        let written = self.output.write_all(&self.block).await;
        written.map_err(|source| self.failure(source))?;
        self.written += self.block.len() as u64;
        self.block.clear();
        Ok(())
    }

    /// What is noted must be in the file, not on its way there.
    async fn note(&mut self) -> Result<(), Error> {
        self.flush().await?;
        let flushed = self.output.flush().await;
        flushed.map_err(|source| self.failure(source))?;
        let landing = self.line.landing;
        landing.note_span(&self.file.path, self.noted, self.written)?;
        self.here.lock().add(self.noted, self.written);
        self.here.more.notify_one();
        self.noted = self.written;
        Ok(())
    }

    fn failure(&self, source: io::Error) -> Error {
        Error::Target {
            path: self.file.path.clone(),
            source,
        }
    }
}

/// How often and how long a broken connection is gone on with.
#[derive(Default)]
struct Patience {
    fruitless: u32,
}

impl Patience {
    async fn wait(
        &mut self,
        file: &Listed,
        received: u64,
        has_moved: bool,
        source: io::Error,
        line: &Line<'_>,
    ) -> Result<(), Error> {
        self.fruitless = if has_moved { 0 } else { self.fruitless + 1 };
        tracing::debug!(path = %file.path, received, %source, "going on");
        if self.fruitless > FRUITLESS {
            return Err(Error::Broken {
                path: file.path.clone(),
                received,
                source,
            });
        }
        (line.listener)(Event::Again {
            path: file.path.as_str(),
        });
        if let Some(doubled) = self.fruitless.checked_sub(1) {
            tokio::time::sleep(Duration::from_millis(100) * 2_u32.pow(doubled)).await;
        }
        Ok(())
    }
}

async fn get(file: &Listed, span: Span, line: &Line<'_>) -> Result<Reading, Error> {
    let reading = line.store.get(&file.path, span).await?;
    if reading.start <= span.start {
        return Ok(reading);
    }
    Err(Error::Broken {
        path: file.path.clone(),
        received: span.start,
        source: io::Error::other("the store sent bytes from behind those that were asked for"),
    })
}

/// Likewise; all bytes of a file are of one version of it, those among them that an earlier call fetched.
async fn get_same(file: &Listed, span: Span, line: &Line<'_>) -> Result<Reading, Error> {
    let reading = get(file, span, line).await?;
    match (&reading.version, line.landing.version(&file.path)) {
        (Some(now), Some(then)) if *now != then => return Err(changed(file)),
        (Some(now), None) => line.landing.note_version(&file.path, now.clone())?,
        _ => {}
    }
    Ok(reading)
}

fn changed(file: &Listed) -> Error {
    Error::Changed {
        path: file.path.clone(),
    }
}

fn tell(file: &Listed, bytes: &Bytes, line: &Line<'_>) {
    (line.listener)(Event::Moved {
        path: file.path.as_str(),
        bytes: bytes.len() as u64,
    });
}

/// Passes over bytes that are here already.
fn skip_some(bytes: &mut Bytes, skip: &mut u64) {
    let count = bytes
        .len()
        .min(usize::try_from(*skip).unwrap_or(usize::MAX));
    bytes.advance(count);
    *skip -= count as u64;
}

/// Which bytes of a file are here, and word of more.
struct Here {
    spans: Mutex<Intervals>,
    more: Notify,
}

impl Here {
    fn new(spans: Intervals) -> Self {
        Self {
            spans: Mutex::new(spans),
            more: Notify::new(),
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Intervals> {
        self.spans.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Does something with a file on a thread of its own.
async fn blocking<T: Send + 'static>(
    file: &Listed,
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, Error> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(io::Error::from)
        .and_then(|done| done)
        .map_err(|source| Error::Target {
            path: file.path.clone(),
            source,
        })
}

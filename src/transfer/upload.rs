//! Files on their way to a store, several at once, each checked against its digest as it leaves.

use std::collections::BTreeMap;
use std::sync::Arc;

use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use tokio::sync::Semaphore;

use super::content::{Changed, Found, whole};
use super::journal::{Done, Journal};
use super::stamp::Stamp;
use super::traffic::{Traffic, WIDTH};
use super::{Error, Event, Listener, Summary, listing, parts, sequence};
use crate::artifacts::{self, ArtifactStore};
use crate::digest::Digest;
use crate::entity::manifest::{Entry, RelativePath, Source};

/// A file that is to be sent.
#[derive(Debug, Clone)]
pub struct Outgoing {
    /// Its name at the destination.
    pub path: RelativePath,
    /// Its length in bytes.
    pub size: u64,
    /// The SHA-256 that its bytes must have, where it is known already.
    pub digest: Option<Digest>,
    /// Where the bytes are.
    pub source: Source,
}

impl From<&Entry> for Outgoing {
    fn from(entry: &Entry) -> Self {
        Self {
            path: entry.path.clone(),
            size: entry.size,
            digest: Some(entry.digest),
            source: entry.source.clone(),
        }
    }
}

/// What was sent.
#[derive(Debug, Clone, Default)]
pub struct Sent {
    /// How much.
    pub summary: Summary,
    /// The digest of each file.
    pub digests: BTreeMap<RelativePath, Digest>,
}

/// What all that is sent has in common.
pub(super) struct Line<'a> {
    pub(super) store: &'a dyn ArtifactStore,
    pub(super) journal: &'a Journal,
    pub(super) listener: &'a Arc<Listener>,
    pub(super) traffic: Traffic,
    /// So many bytes may be kept until it is their turn to be hashed.
    pub(super) room: Arc<Semaphore>,
}

/// Sends all files but those that an earlier call sent, and, once the store has all of them, the last one.
///
/// A name that a store would change, or a file that it would not take, is refused before anything is sent. The first
/// failure ends the transfer; what is under way then is dropped, and the journal says where the next call goes on.
pub async fn upload(
    files: &[Outgoing],
    last: Option<&Outgoing>,
    store: &dyn ArtifactStore,
    journal: &Journal,
    listener: &Arc<Listener>,
) -> Result<Sent, Error> {
    for file in files.iter().chain(last) {
        store.check(&file.path, file.size)?;
        if let Some(parts) = store.parts(file.size).await? {
            parts.check_name(&file.path)?;
        }
    }
    let mut summary = Summary {
        files: files.iter().chain(last).count() as u64,
        bytes: files.iter().chain(last).map(|file| file.size).sum(),
        reused_bytes: 0,
    };
    listener(Event::Planned {
        files: summary.files,
        bytes: summary.bytes,
    });
    for file in files.iter().chain(last) {
        listener(Event::File {
            path: file.path.as_str(),
            bytes: Some(file.size),
        });
    }
    let stored = stored(files.iter().chain(last), journal, store).await?;
    let mut digests = BTreeMap::new();
    let mut missing = Vec::new();
    for file in files.iter().chain(last) {
        match done(file, journal, &stored).await? {
            Some(digest) => {
                summary.reused_bytes += file.size;
                listener(Event::Reused {
                    path: file.path.as_str(),
                    bytes: file.size,
                });
                digests.insert(file.path.clone(), digest);
            }
            None => missing.push(Arc::new(file.clone())),
        }
    }
    let commit = last.and_then(|last| missing.pop_if(|file| file.path == last.path));
    // What takes longest is begun first, so that it does not remain alone at the end.
    missing.sort_by_key(|file| std::cmp::Reverse(file.size));
    let line = Line {
        store,
        journal,
        listener,
        traffic: Traffic::default(),
        room: Arc::new(Semaphore::new(sequence::KEPT)),
    };
    let sent: Vec<_> = stream::iter(&missing)
        .map(|file| send(file, &line))
        .buffer_unordered(WIDTH)
        .try_collect()
        .await?;
    digests.extend(sent);
    if let Some(file) = &commit {
        digests.extend([send(file, &line).await?]);
    }
    Ok(Sent { summary, digests })
}

/// What the store has; it is not asked where none of these files was sent before.
async fn stored(
    mut files: impl Iterator<Item = &Outgoing>,
    journal: &Journal,
    store: &dyn ArtifactStore,
) -> Result<BTreeMap<RelativePath, Option<u64>>, Error> {
    if !files.any(|file| journal.sent(&file.path).is_some()) {
        return Ok(BTreeMap::new());
    }
    let files = listing::list(store).await?;
    Ok(files
        .into_iter()
        .map(|file| (file.path, file.size))
        .collect())
}

/// The digest of a file that the store has already: noted, there, and not changed here since.
async fn done(
    file: &Outgoing,
    journal: &Journal,
    stored: &BTreeMap<RelativePath, Option<u64>>,
) -> Result<Option<Digest>, Error> {
    let (Some(done), Some(there)) = (journal.sent(&file.path), stored.get(&file.path)) else {
        return Ok(None);
    };
    // Some stores tell no length of empty files.
    if done.size != file.size || there.unwrap_or(file.size) != file.size {
        return Ok(None);
    }
    let digest = match (&file.digest, &file.source) {
        (Some(digest), _) => *digest,
        (None, Source::Bytes(bytes)) => Digest::of(bytes),
        (None, Source::File(path)) => {
            let stamp = Stamp::of(path).await;
            if stamp.is_some() && stamp == done.stamp {
                return Ok(Some(done.sha256));
            }
            digest_of(file).await?
        }
    };
    Ok((digest == done.sha256).then_some(digest))
}

/// The digest of a file, read on a thread of its own; it must have the length that it had.
pub(super) async fn digest_of(file: &Outgoing) -> Result<Digest, Error> {
    let path = match &file.source {
        Source::Bytes(bytes) => return Ok(Digest::of(bytes)),
        Source::File(path) => path.clone(),
    };
    let failure = |source| Error::Source {
        path: file.path.clone(),
        source,
    };
    let read = tokio::task::spawn_blocking(move || Digest::of_file(&path)).await;
    let (digest, length) = read
        .map_err(|error| failure(error.into()))?
        .map_err(failure)?;
    if length == file.size {
        Ok(digest)
    } else {
        Err(Error::SourceChanged {
            path: file.path.clone(),
        })
    }
}

/// Sends one file, whole or in parts, and notes that it was sent.
async fn send(file: &Arc<Outgoing>, line: &Line<'_>) -> Result<(RelativePath, Digest), Error> {
    let stamp = match &file.source {
        Source::File(path) => Stamp::of(path).await,
        Source::Bytes(_) => None,
    };
    let sha256 = match line.store.parts(file.size).await? {
        Some(store) => {
            let _turn = line.traffic.turn().await;
            Box::pin(parts::send(file, stamp, store, line)).await?
        }
        None => send_whole(file, line).await?,
    };
    let done = Done {
        size: file.size,
        sha256,
        stamp,
    };
    line.journal.note_sent(&file.path, done)?;
    Ok((file.path.clone(), sha256))
}

async fn send_whole(file: &Arc<Outgoing>, line: &Line<'_>) -> Result<Digest, Error> {
    let found = Found::default();
    let content = whole(file, &found, line.listener);
    let _place = line.traffic.enter(file.size).await;
    line.store
        .put(&file.path, content)
        .await
        .map_err(of_source)?;
    // A store that takes bytes without reading them all sent none.
    found
        .digest()
        .or(file.digest)
        .ok_or_else(|| Error::SourceChanged {
            path: file.path.clone(),
        })
}

/// Tells a failure of the source from one of the store.
pub(super) fn of_source(error: artifacts::Error) -> Error {
    match error {
        artifacts::Error::Source { path, source } if Changed::is(&source) => {
            Error::SourceChanged { path }
        }
        artifacts::Error::Source { path, source } => Error::Source { path, source },
        other => Error::Store(other),
    }
}

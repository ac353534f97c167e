//! Files on their way to a store, several at once, each checked against its digest as it leaves.

use std::io;
use std::sync::Arc;

use futures_util::{StreamExt as _, TryStreamExt as _, stream};

use super::content::{Changed, content};
use super::{Error, Event, Listener, Summary, WIDTH};
use crate::artifacts::{self, ArtifactStore};
use crate::entity::manifest::Entry;

/// Sends all entries but those for which `is_done` says that an earlier transfer sent them, and, once
/// the store has all of them, the commit mark.
///
/// `confirm` is called once for every entry after the store has all of it. The first failure ends the
/// transfer; what is under way then is dropped.
pub async fn upload(
    entries: &[Entry],
    commit: &Entry,
    store: &dyn ArtifactStore,
    listener: &Arc<Listener>,
    is_done: impl Fn(&Entry) -> bool,
    confirm: impl Fn(&Entry) -> io::Result<()>,
) -> Result<Summary, Error> {
    let mut summary = Summary {
        files: entries.len() as u64 + 1,
        bytes: entries.iter().map(|entry| entry.size).sum::<u64>() + commit.size,
        reused_bytes: 0,
    };
    listener(Event::Planned {
        files: summary.files,
        bytes: summary.bytes,
    });
    let (done, missing): (Vec<_>, Vec<_>) = entries.iter().partition(|entry| is_done(entry));
    for entry in done {
        summary.reused_bytes += entry.size;
        listener(Event::Reused {
            path: entry.path.as_str(),
            bytes: entry.size,
        });
    }
    stream::iter(missing)
        .map(|entry| async {
            send(entry, store, listener).await?;
            confirm(entry).map_err(|source| Error::Journal {
                path: entry.path.clone(),
                source,
            })
        })
        .buffer_unordered(WIDTH)
        .try_collect::<()>()
        .await?;
    if !is_done(commit) {
        send(commit, store, listener).await?;
    }
    Ok(summary)
}

async fn send(
    entry: &Entry,
    store: &dyn ArtifactStore,
    listener: &Arc<Listener>,
) -> Result<(), Error> {
    let content = content(&Arc::new(entry.clone()), listener);
    store
        .put(&entry.path, content)
        .await
        .map_err(|error| match error {
            artifacts::Error::Source { path, source } => {
                if source
                    .get_ref()
                    .is_some_and(<dyn std::error::Error + Send + Sync>::is::<Changed>)
                {
                    Error::SourceChanged { path }
                } else {
                    Error::Source { path, source }
                }
            }
            other => Error::Store(other),
        })
}

//! A large file in parts, several at once; parts that an earlier call sent are not sent again.
//!
//! ```text
//! begin ─► note ─► send 1…n, noting each receipt ─► digest of the whole file ─► finish
//!                         └── each byte hashed as it is read ──┘
//! ```

use std::collections::BTreeMap;
use std::sync::Arc;

use futures_util::{StreamExt as _, TryStreamExt as _, stream};

use super::content::part;
use super::journal::Begun;
use super::plan::Plan;
use super::sequence::Sequence;
use super::stamp::Stamp;
use super::upload::{Line, Outgoing, digest_of, of_source};
use super::{Error, Event, LANES};
use crate::artifacts::{self, Limits, PartStore};
use crate::digest::Digest;
use crate::entity::manifest::Source;

/// How often an upload is begun anew because the time of its addresses was over.
const RENEWALS: u32 = 2;

/// Sends a file in parts. What a store has thrown away meanwhile, or grants no longer, is begun anew.
pub(super) async fn send(
    file: &Arc<Outgoing>,
    stamp: Option<Stamp>,
    store: &dyn PartStore,
    line: &Line<'_>,
) -> Result<Digest, Error> {
    let plan = Plan::new(file.size, &store.limits()).ok_or_else(|| Error::TooLarge {
        path: file.path.clone(),
        size: file.size,
    })?;
    let mut old = line.journal.begun(&file.path);
    let mut renewals = 0;
    loop {
        let is_old = old.is_some();
        let begun = match old.take() {
            Some(begun) if goes_on(&begun, file, stamp, plan) => begun,
            Some(begun) => {
                drop_upload(file, &begun, store, line).await?;
                continue;
            }
            None => begin(file, stamp, plan, store, line).await?,
        };
        let error = match carry_through(file, stamp, plan, &begun, store, line).await {
            Err(error @ (Error::Store(_) | Error::SourceChanged { .. })) => error,
            result => return result,
        };
        let Error::Store(failure) = &error else {
            drop_upload(file, &begun, store, line).await?;
            return Err(error);
        };
        if begun.is_new && is_there(file, line).await.unwrap_or(false) {
            // It was finished, only that was not heard.
            return is_as_recorded(file, stamp, digest_of(file).await?).await;
        }
        let is_over = matches!(failure, artifacts::Error::Expired { .. });
        // A store that is away keeps what it has; one that refuses has thrown it away.
        let is_gone = is_old && (is_over || !failure.is_away());
        let is_worth_it = is_gone || is_over && renewals < RENEWALS;
        if !is_worth_it {
            return Err(error);
        }
        tracing::debug!(path = %file.path, error = %failure, "begun anew");
        renewals += u32::from(is_over && !is_old);
        drop_upload(file, &begun, store, line).await?;
    }
}

/// Whether what was begun is about these very bytes, cut in the same way.
fn goes_on(begun: &Begun, file: &Outgoing, stamp: Option<Stamp>, plan: Plan) -> bool {
    let is_same = match (file.digest, begun.sha256) {
        (Some(now), Some(then)) => now == then,
        _ => stamp.is_some() && stamp == begun.stamp,
    };
    is_same && begun.size == file.size && begun.part == plan.part
}

async fn begin(
    file: &Arc<Outgoing>,
    stamp: Option<Stamp>,
    plan: Plan,
    store: &dyn PartStore,
    line: &Line<'_>,
) -> Result<Begun, Error> {
    let is_new = !is_there(file, line).await?;
    let begun = Begun {
        size: file.size,
        sha256: file.digest,
        stamp,
        part: plan.part,
        is_new,
        upload: store.begin(&file.path, plan.count()).await?,
        receipts: BTreeMap::new(),
    };
    line.journal.note_begun(&file.path, begun.clone())?;
    Ok(begun)
}

/// Whether the store lists a file of this name and length.
async fn is_there(file: &Outgoing, line: &Line<'_>) -> Result<bool, Error> {
    let folder = file.path.as_str().rsplit_once('/');
    let folder = folder.and_then(|(folder, _)| folder.parse().ok());
    let items = line.store.list(folder.as_ref()).await?;
    Ok(items
        .iter()
        .any(|item| item.path == file.path && item.size.unwrap_or(0) == file.size))
}

/// Gives up what was begun; a store that cannot be told throws it away by itself some day.
async fn drop_upload(
    file: &Outgoing,
    begun: &Begun,
    store: &dyn PartStore,
    line: &Line<'_>,
) -> Result<(), Error> {
    if let Err(error) = store.abandon(&file.path, &begun.upload).await {
        tracing::debug!(path = %file.path, %error, "not abandoned");
    }
    line.journal.note_dropped(&file.path)
}

/// Sends the parts that are missing while the file is hashed from what is read for them, and finishes if it is what
/// it was.
async fn carry_through(
    file: &Arc<Outgoing>,
    stamp: Option<Stamp>,
    plan: Plan,
    begun: &Begun,
    store: &dyn PartStore,
    line: &Line<'_>,
) -> Result<Digest, Error> {
    let mut receipts = begun.receipts.clone();
    receipts.retain(|number, _| (1..=plan.count()).contains(number));
    let sequence = Arc::new(Sequence::new(file.size, &line.room));
    for number in receipts.keys() {
        sequence.is_past(plan.span(*number));
    }
    let sequence = &sequence;
    let reused: u64 = receipts.keys().map(|number| plan.span(*number).1).sum();
    if reused > 0 {
        (line.listener)(Event::Reused {
            path: file.path.as_str(),
            bytes: reused,
        });
    }
    // What is in memory while it is sent takes the places of as many usual parts as it is long.
    let Limits {
        usual, in_memory, ..
    } = store.limits();
    let places = if in_memory {
        plan.part.div_ceil(usual.max(1))
    } else {
        1
    };
    let missing = (1..=plan.count()).filter(|number| !begun.receipts.contains_key(number));
    let sending = stream::iter(missing)
        .map(|number| async move {
            let span = plan.span(number);
            let _place = line.traffic.enter_as(span.1, places).await;
            let content = part(file, span, sequence, line.listener);
            let receipt = store.send(&file.path, &begun.upload, number, content).await;
            let receipt = receipt.map_err(of_source)?;
            sequence.is_past(span);
            line.journal
                .note_part(&file.path, number, receipt.clone())?;
            Ok((number, receipt))
        })
        .buffer_unordered(LANES)
        .try_collect::<Vec<_>>();
    let (digest, sent) = tokio::try_join!(passing(file, sequence), sending)?;
    receipts.extend(sent);
    // The parts were read one by one: nothing may have been written between the first and the last.
    is_as_recorded(file, stamp, digest).await?;
    let receipts: Vec<String> = receipts.into_values().collect();
    store
        .finish(&file.path, &begun.upload, &receipts, file.size)
        .await?;
    Ok(digest)
}

/// The digest of what is read for the parts.
async fn passing(file: &Outgoing, sequence: &Arc<Sequence>) -> Result<Digest, Error> {
    let path = match &file.source {
        Source::Bytes(bytes) => {
            sequence.end();
            return Ok(Digest::of(bytes));
        }
        Source::File(path) => path,
    };
    let digest = Arc::clone(sequence).digest(path).await;
    digest.map_err(|source| {
        let path = file.path.clone();
        of_source(artifacts::Error::Source { path, source })
    })
}

/// The file must not have been written to meanwhile, and have the digest that it had, where that is known.
async fn is_as_recorded(
    file: &Outgoing,
    stamp: Option<Stamp>,
    digest: Digest,
) -> Result<Digest, Error> {
    let is_same = match &file.source {
        Source::File(path) => Stamp::of(path).await == stamp,
        Source::Bytes(_) => true,
    };
    if is_same && file.digest.is_none_or(|recorded| recorded == digest) {
        Ok(digest)
    } else {
        Err(Error::SourceChanged {
            path: file.path.clone(),
        })
    }
}

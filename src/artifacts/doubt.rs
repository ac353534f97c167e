//! The bytes of an answer without what came last before it broke off.
//!
//! gunicorn, under which MLflow 2 runs, ends a worker that is at one answer for a minute, and writes the page of an error into
//! the middle of the body before it closes (`handle_error`, `gunicorn/workers/base.py`; `write_error`,
//! `gunicorn/util.py`). Whoever goes on after the last byte would take the page for a part of the file.

use std::{io, mem};

use bytes::{Bytes, BytesMut};
use futures_util::stream::{self, Stream, StreamExt as _, TryStreamExt as _};

use super::Bytestream;

/// More than such a page has.
const DOUBTFUL: usize = 4096;

/// Holds the last bytes back until it is known that the answer goes on or is whole.
pub(super) fn without_doubtful(
    bytes: impl Stream<Item = io::Result<Bytes>> + Send + Unpin + 'static,
) -> Bytestream {
    let start = HoldingBack {
        bytes: bytes.fuse(),
        sure: Bytes::new(),
        held: Bytes::new(),
    };
    stream::try_unfold(start, async |mut this| {
        Ok(this.next().await?.map(|piece| (piece, this)))
    })
    .boxed()
}

struct HoldingBack<S> {
    bytes: stream::Fuse<S>,
    /// What comes next.
    sure: Bytes,
    /// What may be none of the file's.
    held: Bytes,
}

impl<S: Stream<Item = io::Result<Bytes>> + Unpin> HoldingBack<S> {
    async fn next(&mut self) -> io::Result<Option<Bytes>> {
        while self.sure.is_empty() {
            let Some(mut block) = self.bytes.try_next().await? else {
                let held = mem::take(&mut self.held);
                return Ok((!held.is_empty()).then_some(held));
            };
            if block.len() >= DOUBTFUL {
                let last = block.split_off(block.len() - DOUBTFUL);
                let before = mem::replace(&mut self.held, last);
                self.sure = block;
                if !before.is_empty() {
                    return Ok(Some(before));
                }
            } else {
                let mut all = BytesMut::from(mem::take(&mut self.held));
                all.extend_from_slice(&block);
                self.held = all.split_off(all.len().saturating_sub(DOUBTFUL)).freeze();
                self.sure = all.freeze();
            }
        }
        Ok(Some(mem::take(&mut self.sure)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What arrives of these blocks, and whether the end did.
    fn arrived(blocks: &[Bytes], breaks: bool) -> (Vec<u8>, bool) {
        let end = breaks.then(|| Err(io::ErrorKind::ConnectionReset.into()));
        let blocks: Vec<_> = blocks.iter().cloned().map(Ok).chain(end).collect();
        let mut bytes = without_doubtful(stream::iter(blocks));
        let mut all = Vec::new();
        let whole = futures_util::FutureExt::now_or_never(async {
            while let Some(piece) = bytes.try_next().await? {
                assert!(!piece.is_empty());
                all.extend_from_slice(&piece);
            }
            Ok::<_, io::Error>(())
        });
        (all, whole.unwrap().is_ok())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn a_whole_answer_is_whole_and_a_broken_one_lacks_its_end(
            lengths in proptest::collection::vec(0_usize..3 * DOUBTFUL, 0..12),
        ) {
            let total = lengths.iter().sum();
            let all: Vec<u8> = (0..=250).cycle().take(total).collect();
            let mut left = Bytes::from(all.clone());
            let blocks: Vec<Bytes> = lengths.iter().map(|length| left.split_to(*length)).collect();
            prop_assert_eq!(arrived(&blocks, false), (all.clone(), true));
            let sure = total.saturating_sub(DOUBTFUL);
            prop_assert_eq!(arrived(&blocks, true), (all[..sure].to_vec(), false));
        }
    }
}

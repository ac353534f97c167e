//! The digest of a file whose parts are read for sending several at once: each byte is hashed as it was read.
//!
//! What passes before its turn is kept for a while, up to a limit that all files share; what could not be kept, and what
//! an earlier call sent, is read once more. It sends nothing and knows nothing of stores.

use std::collections::BTreeMap;
use std::io::{self, Read as _, Seek as _};
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::content::Changed;
use super::intervals::Intervals;
use crate::digest::{Digest, Hasher};

/// How many bytes are kept that wait for their turn. Four lanes of the usual parts, all at the same point, have 30 MiB
/// between the first byte of the second part and the last of the fourth; what a busy machine cannot keep is in the
/// system's cache of files.
pub(super) const KEPT: usize = 24 << 20;

/// How much is read at a time.
const BLOCK: u64 = 256 * 1024;

/// A file that is hashed in order while it passes by in any.
#[derive(Debug)]
pub(super) struct Sequence {
    length: u64,
    /// So many bytes may wait, those of other files among them.
    room: Arc<Semaphore>,
    state: Mutex<State>,
    news: Condvar,
}

#[derive(Debug, Default)]
struct State {
    /// Up to here all is hashed, or taken to be hashed.
    turn: u64,
    /// Blocks that wait, by the offset of their first byte.
    early: BTreeMap<u64, (Bytes, OwnedSemaphorePermit)>,
    /// What will not pass any more.
    passed: Intervals,
    /// Nobody wants the digest any more.
    is_over: bool,
}

/// What is hashed next.
enum Next {
    Block(Bytes, OwnedSemaphorePermit),
    /// So many bytes are not here and have to be read.
    Missing(u64),
}

impl Sequence {
    pub(super) fn new(length: u64, room: &Arc<Semaphore>) -> Self {
        Self {
            length,
            room: Arc::clone(room),
            state: Mutex::default(),
            news: Condvar::new(),
        }
    }

    /// A block that was read at this offset. It may come again, when it is sent once more.
    pub(super) fn pass(&self, start: u64, block: &Bytes) {
        let length = u32::try_from(block.len()).unwrap_or(u32::MAX);
        let mut state = self.lock();
        if state.is_over || start < state.turn || state.early.contains_key(&start) {
            return;
        }
        if let Ok(room) = Arc::clone(&self.room).try_acquire_many_owned(length) {
            state.early.insert(start, (block.clone(), room));
            self.news.notify_one();
        }
    }

    /// These bytes will not pass again: those that were not kept may be read.
    pub(super) fn is_past(&self, (start, length): (u64, u64)) {
        self.lock().passed.add(start, start + length);
        self.news.notify_one();
    }

    /// The digest of all bytes, once they have passed. It ends with whoever waits for it.
    pub(super) async fn digest(self: Arc<Self>, source: &Path) -> io::Result<Digest> {
        let _over = Over(Arc::clone(&self));
        let source = source.to_path_buf();
        let hashing = move || self.hash(&source);
        tokio::task::spawn_blocking(hashing).await?
    }

    /// Nobody wants the digest, or wants it any more.
    pub(super) fn end(&self) {
        let mut state = self.lock();
        state.is_over = true;
        state.early.clear();
        self.news.notify_one();
    }

    fn hash(&self, source: &Path) -> io::Result<Digest> {
        let mut hasher = Hasher::default();
        let mut file = None;
        let mut buffer = Vec::new();
        while hasher.length() < self.length {
            match self.next(hasher.length())? {
                Next::Block(block, _room) => hasher.update(&block),
                Next::Missing(length) => {
                    let file = match &mut file {
                        Some(file) => file,
                        none => none.insert(fs_err::File::open(source)?),
                    };
                    file.seek(io::SeekFrom::Start(hasher.length()))?;
                    buffer.clear();
                    if file.take(length).read_to_end(&mut buffer)? == 0 {
                        return Err(io::Error::other(Changed));
                    }
                    hasher.update(&buffer);
                }
            }
        }
        Ok(hasher.finish())
    }

    /// Waits for what comes at this offset.
    fn next(&self, turn: u64) -> io::Result<Next> {
        let mut state = self.lock();
        state.turn = turn;
        loop {
            if state.is_over {
                return Err(io::ErrorKind::Interrupted.into());
            }
            while let Some(first) = state.early.first_entry() {
                if *first.key() > turn {
                    break;
                }
                let (start, (mut block, room)) = first.remove_entry();
                // Read in other blocks than the first time, it may begin with what is hashed.
                let known = usize::try_from(turn - start).unwrap_or(usize::MAX);
                if known < block.len() {
                    return Ok(Next::Block(block.split_off(known), room));
                }
            }
            if let Some(end) = state.passed.end_of(turn) {
                let early = state.early.keys().next().copied();
                let end = early.unwrap_or(end).min(end).min(turn + BLOCK);
                return Ok(Next::Missing(end - turn));
            }
            state = self
                .news
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Ends the hashing when it is dropped.
struct Over(Arc<Sequence>);

impl Drop for Over {
    fn drop(&mut self) {
        self.0.end();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PART: usize = 100;

    /// Lets blocks pass in this order, some of them twice, each part said to be past once all of it is.
    fn digest_of(
        bytes: &[u8],
        order: &[(usize, usize)],
        all: usize,
        source: &Path,
    ) -> io::Result<Digest> {
        let room = Arc::new(Semaphore::new(all));
        let sequence = Arc::new(Sequence::new(bytes.len() as u64, &room));
        let runtime = tokio::runtime::Builder::new_multi_thread().build().unwrap();
        let task = {
            let (sequence, source) = (Arc::clone(&sequence), source.to_path_buf());
            runtime.spawn(async move { sequence.digest(&source).await })
        };
        for &(start, length) in order {
            let block = Bytes::copy_from_slice(&bytes[start..start + length]);
            sequence.pass(start as u64, &block);
        }
        for start in (0..bytes.len()).step_by(PART) {
            let length = PART.min(bytes.len() - start);
            sequence.is_past((start as u64, length as u64));
        }
        let digest = runtime.block_on(task).unwrap();
        assert_eq!(room.available_permits(), all, "nothing is kept for ever");
        digest
    }

    #[test]
    fn what_passes_in_any_order_is_not_read_again() {
        let bytes: Vec<u8> = (0..=250).cycle().take(1050).collect();
        let nowhere = Path::new("/nowhere/at/all");
        for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
            // Parts take turns, block by block.
            let blocks: Vec<_> = (0..7)
                .flat_map(|at| order.map(|part| (part * 350 + at * 50, 50)))
                .collect();
            let digest = digest_of(&bytes, &blocks, 4096, nowhere).unwrap();
            assert_eq!(digest, Digest::of(&bytes));
        }
    }

    #[test]
    fn a_file_that_became_shorter_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("x");
        fs_err::write(&file, [7; 20]).unwrap();
        let error = digest_of(&[7; 300], &[(0, 100)], 4096, &file).unwrap_err();
        assert!(Changed::is(&error));
    }

    #[tokio::test]
    async fn whoever_waits_no_longer_ends_it() {
        let sequence = Arc::new(Sequence::new(5, &Arc::new(Semaphore::new(9))));
        sequence.pass(1, &Bytes::from_static(b"abc"));
        let waiting = Arc::clone(&sequence).digest(Path::new("x"));
        tokio::time::timeout(std::time::Duration::from_millis(50), waiting)
            .await
            .unwrap_err();
        assert_eq!(sequence.room.available_permits(), 9);
        // The runtime of this test ends only when its blocking threads have.
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn it_is_the_digest_whatever_passes_and_however_little_is_kept(
            length in 1_usize..1000,
            spans in proptest::collection::vec((0_usize..1000, 1_usize..120), 0..30),
            room in 0_usize..400,
        ) {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("x");
            let bytes: Vec<u8> = (0..=250).cycle().take(length).collect();
            fs_err::write(&file, &bytes).unwrap();
            let order: Vec<_> = spans
                .into_iter()
                .filter(|(start, _)| *start < length)
                .map(|(start, count)| (start, count.min(length - start)))
                .collect();
            let digest = digest_of(&bytes, &order, room, &file).unwrap();
            prop_assert_eq!(digest, Digest::of(&bytes));
        }
    }
}

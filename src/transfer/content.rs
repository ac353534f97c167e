//! The bytes of a file on their way out: read in blocks, counted, and hashed as they pass.
//!
//! Of a file that goes whole, the last block is held back until the digest of all of them is the recorded
//! one. A file that changed meanwhile thus never becomes a whole upload.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::{Bytes, BytesMut};
use futures_util::stream::{self, StreamExt as _};
use tokio::io::{AsyncReadExt as _, AsyncSeekExt as _};

use super::event::{Event, Listener};
use super::sequence::Sequence;
use super::stamp::Stamp;
use super::upload::Outgoing;
use crate::artifacts::{Bytestream, Content};
use crate::digest::{Digest, Hasher};
use crate::entity::manifest::Source;

/// Large enough that calls do not count, small enough that as many as are sent at once stay small.
const BLOCK: usize = 256 * 1024;

/// A file is not what it was when it was looked at.
#[derive(Debug, thiserror::Error)]
#[error("the file changed")]
pub(super) struct Changed;

impl Changed {
    /// Whether this is what an error is about.
    pub(super) fn is(error: &io::Error) -> bool {
        error
            .get_ref()
            .is_some_and(<dyn std::error::Error + Send + Sync>::is::<Self>)
    }
}

/// Where the digest is found once all bytes have passed.
#[derive(Debug, Clone, Default)]
pub(super) struct Found(Arc<Mutex<Option<Digest>>>);

impl Found {
    /// That of the last attempt.
    pub(super) fn digest(&self) -> Option<Digest> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, digest: Digest) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(digest);
    }
}

/// All bytes of a file, which fail with [`Changed`] before the last of them if they are not what they were.
pub(super) fn whole(outgoing: &Arc<Outgoing>, found: &Found, listener: &Arc<Listener>) -> Content {
    let file = match &outgoing.source {
        Source::File(path) => Some(path.clone()),
        Source::Bytes(_) => None,
    };
    let (outgoing, found) = (Arc::clone(outgoing), found.clone());
    if outgoing.size == 0 {
        // A body of no bytes is never opened.
        found.set(Digest::of(b""));
    }
    let listener = Arc::clone(listener);
    Content {
        length: outgoing.size,
        file,
        open: Arc::new(move || {
            let (outgoing, found) = (Arc::clone(&outgoing), found.clone());
            let listener = Arc::clone(&listener);
            Box::pin(async move {
                let reader = Reader::open(outgoing, 0, listener).await?;
                let stamp = reader.stamp().await;
                let hasher = Some(Hasher::default());
                let checked = Checked {
                    reader,
                    found,
                    stamp,
                    hasher,
                };
                let bytes: Bytestream = stream::try_unfold(checked, async |mut checked| {
                    Ok(checked.next().await?.map(|block| (block, checked)))
                })
                .boxed();
                Ok(bytes)
            })
        }),
    }
}

/// Some bytes of a file; whether all of them are the right ones is for the sequence to say that they pass by.
pub(super) fn part(
    outgoing: &Arc<Outgoing>,
    (start, length): (u64, u64),
    sequence: &Arc<Sequence>,
    listener: &Arc<Listener>,
) -> Content {
    let (outgoing, listener) = (Arc::clone(outgoing), Arc::clone(listener));
    let sequence = Arc::clone(sequence);
    Content {
        length,
        file: None,
        open: Arc::new(move || {
            let (outgoing, listener) = (Arc::clone(&outgoing), Arc::clone(&listener));
            let sequence = Arc::clone(&sequence);
            Box::pin(async move {
                let reader = Reader::open(outgoing, start, listener).await?;
                let passing = (reader, sequence, start, length);
                let bytes =
                    stream::try_unfold(passing, async |(mut reader, sequence, at, left)| {
                        if left == 0 {
                            return Ok(None);
                        }
                        let block = reader.read(left).await?;
                        if block.is_empty() {
                            return Err(io::Error::other(Changed));
                        }
                        sequence.pass(at, &block);
                        reader.tell(&block);
                        let length = block.len() as u64;
                        Ok(Some((
                            block,
                            (reader, sequence, at + length, left - length),
                        )))
                    });
                let bytes: Bytestream = bytes.boxed();
                Ok(bytes)
            })
        }),
    }
}

/// A source that is open.
struct Reader {
    input: Input,
    outgoing: Arc<Outgoing>,
    listener: Arc<Listener>,
}

enum Input {
    File(fs_err::tokio::File),
    Bytes(Bytes),
}

impl Reader {
    async fn open(
        outgoing: Arc<Outgoing>,
        start: u64,
        listener: Arc<Listener>,
    ) -> io::Result<Self> {
        let input = match &outgoing.source {
            Source::Bytes(bytes) => {
                let start = usize::try_from(start).unwrap_or(usize::MAX);
                Input::Bytes(bytes.slice(start.min(bytes.len())..))
            }
            Source::File(path) => {
                let mut file = fs_err::tokio::File::open(path).await?;
                if start > 0 {
                    file.seek(io::SeekFrom::Start(start)).await?;
                }
                Input::File(file)
            }
        };
        Ok(Self {
            input,
            outgoing,
            listener,
        })
    }

    /// The next block, no longer than `left`; empty at the end.
    async fn read(&mut self, left: u64) -> io::Result<Bytes> {
        let most = usize::try_from(left).unwrap_or(BLOCK).min(BLOCK);
        match &mut self.input {
            Input::Bytes(bytes) => Ok(bytes.split_to(bytes.len().min(most))),
            Input::File(file) => {
                let mut block = BytesMut::with_capacity(most);
                let mut file = file.take(most as u64);
                while block.len() < most && file.read_buf(&mut block).await? > 0 {}
                Ok(block.freeze())
            }
        }
    }

    fn tell(&self, block: &Bytes) {
        (self.listener)(Event::Moved {
            path: self.outgoing.path.as_str(),
            bytes: block.len() as u64,
        });
    }

    async fn stamp(&self) -> Option<Stamp> {
        match &self.outgoing.source {
            Source::File(path) => Stamp::of(path).await,
            Source::Bytes(_) => None,
        }
    }
}

struct Checked {
    reader: Reader,
    found: Found,
    /// What the file looked like when it was opened.
    stamp: Option<Stamp>,
    /// `None` once the end was reached.
    hasher: Option<Hasher>,
}

impl Checked {
    async fn next(&mut self) -> io::Result<Option<Bytes>> {
        let Some(mut hasher) = self.hasher.take() else {
            return Ok(None);
        };
        // One byte more than there should be tells that the file has grown.
        let size = self.reader.outgoing.size;
        let left = size.saturating_sub(hasher.length()).saturating_add(1);
        let block = self.reader.read(left).await?;
        hasher.update(&block);
        if hasher.length() < size && !block.is_empty() {
            self.hasher = Some(hasher);
        } else {
            self.check(hasher).await?;
        }
        self.reader.tell(&block);
        Ok((!block.is_empty()).then_some(block))
    }

    /// All must be as it was recorded; where nothing was, the file must not have been written meanwhile.
    async fn check(&self, hasher: Hasher) -> io::Result<()> {
        let outgoing = &self.reader.outgoing;
        let has_size = hasher.length() == outgoing.size;
        let digest = hasher.finish();
        let is_same = match outgoing.digest {
            Some(recorded) => recorded == digest,
            None => self.reader.stamp().await == self.stamp,
        };
        if has_size && is_same {
            self.found.set(digest);
            Ok(())
        } else {
            Err(io::Error::other(Changed))
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::TryStreamExt as _;

    use super::*;

    async fn read(outgoing: Outgoing) -> io::Result<(Vec<u8>, Option<Digest>)> {
        let listener: Arc<Listener> = Arc::new(|_| ());
        let found = Found::default();
        let stream = (whole(&Arc::new(outgoing), &found, &listener).open)().await?;
        let blocks: Vec<Bytes> = stream.try_collect().await?;
        Ok((blocks.concat(), found.digest()))
    }

    fn outgoing(bytes: &[u8], digest: Option<Digest>) -> Outgoing {
        Outgoing {
            path: "x".parse().unwrap(),
            size: bytes.len() as u64,
            digest,
            source: Source::Bytes(Bytes::copy_from_slice(bytes)),
        }
    }

    #[tokio::test]
    async fn all_bytes_pass_in_order_and_are_hashed_on_the_way() {
        for length in [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK] {
            let bytes: Vec<u8> = (0..=250).cycle().take(length).collect();
            let digest = Digest::of(&bytes);
            for known in [None, Some(digest)] {
                let (read, found) = read(outgoing(&bytes, known)).await.unwrap();
                assert_eq!(read, bytes);
                assert_eq!(found, Some(digest));
            }
        }
    }

    #[tokio::test]
    async fn parts_are_just_their_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let bytes: Vec<u8> = (0..=250).cycle().take(2 * BLOCK + 9).collect();
        let file = folder.path().join("x");
        fs_err::write(&file, &bytes).unwrap();
        let listener: Arc<Listener> = Arc::new(|_| ());
        for source in [Source::File(file), Source::Bytes(bytes.clone().into())] {
            let mut outgoing = outgoing(&bytes, None);
            outgoing.source = source;
            let outgoing = Arc::new(outgoing);
            let room = Arc::new(tokio::sync::Semaphore::new(0));
            let sequence = Arc::new(Sequence::new(outgoing.size, &room));
            for (start, length) in [(0, 5), (7, BLOCK + 3), (2 * BLOCK, 9)] {
                let span = (start as u64, length as u64);
                let content = part(&outgoing, span, &sequence, &listener);
                let blocks: Vec<Bytes> =
                    (content.open)().await.unwrap().try_collect().await.unwrap();
                assert_eq!(blocks.concat(), bytes[start..start + length]);
            }
        }
    }

    #[tokio::test]
    async fn the_last_block_of_a_changed_file_is_held_back() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("x");
        let bytes = vec![7; BLOCK + 1];
        let mut outgoing = outgoing(&bytes, Some(Digest::of(&bytes)));
        outgoing.source = Source::File(file.clone());
        let another_end = [vec![7; BLOCK], vec![8]].concat();
        for changed in [vec![7; BLOCK], vec![7; BLOCK + 2], another_end] {
            fs_err::write(&file, changed).unwrap();
            let error = read(outgoing.clone()).await.unwrap_err();
            assert!(Changed::is(&error));
        }
    }
}

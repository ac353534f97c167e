//! The bytes of an entry on their way out: read in blocks, counted, and hashed once more.
//!
//! The last block is held back until the digest of all of them is the recorded one. A file that
//! changed meanwhile thus never becomes a whole upload.

use std::io;
use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use futures_util::stream::{self, StreamExt as _};
use tokio::io::AsyncReadExt as _;

use super::event::{Event, Listener};
use crate::artifacts::{Bytestream, Content};
use crate::digest::Hasher;
use crate::entity::manifest::{Entry, Source};

/// Large enough that calls do not count, small enough that eight at once stay small.
const BLOCK: usize = 256 * 1024;

/// Size or digest of a file is not the recorded one.
#[derive(Debug, thiserror::Error)]
#[error("the file changed")]
pub(super) struct Changed;

/// The bytes of `entry` for a store, which fail with [`Changed`] before the last of them.
pub(super) fn content(entry: &Arc<Entry>, listener: &Arc<Listener>) -> Content {
    let file = match &entry.source {
        Source::File(path) => Some(path.clone()),
        Source::Bytes(_) => None,
    };
    let (entry, listener) = (Arc::clone(entry), Arc::clone(listener));
    Content {
        length: entry.size,
        file,
        open: Arc::new(move || Box::pin(open(Arc::clone(&entry), Arc::clone(&listener)))),
    }
}

async fn open(entry: Arc<Entry>, listener: Arc<Listener>) -> io::Result<Bytestream> {
    let input = match &entry.source {
        Source::Bytes(bytes) => Input::Bytes(bytes.clone()),
        Source::File(path) => Input::File(fs_err::tokio::File::open(path).await?),
    };
    let checked = Checked {
        input,
        entry,
        listener,
        hasher: Some(Hasher::default()),
    };
    Ok(stream::try_unfold(checked, async |mut checked| {
        Ok(checked.next().await?.map(|block| (block, checked)))
    })
    .boxed())
}

enum Input {
    File(fs_err::tokio::File),
    Bytes(Bytes),
}

impl Input {
    /// The next block; empty at the end.
    async fn next(&mut self) -> io::Result<Bytes> {
        match self {
            Self::Bytes(bytes) => Ok(bytes.split_to(bytes.len().min(BLOCK))),
            Self::File(file) => {
                let mut block = BytesMut::with_capacity(BLOCK);
                while block.len() < BLOCK && file.read_buf(&mut block).await? > 0 {}
                Ok(block.freeze())
            }
        }
    }
}

struct Checked {
    input: Input,
    entry: Arc<Entry>,
    listener: Arc<Listener>,
    /// `None` once the end was reached.
    hasher: Option<Hasher>,
}

impl Checked {
    async fn next(&mut self) -> io::Result<Option<Bytes>> {
        let Some(mut hasher) = self.hasher.take() else {
            return Ok(None);
        };
        let block = self.input.next().await?;
        hasher.update(&block);
        if hasher.length() < self.entry.size && !block.is_empty() {
            self.hasher = Some(hasher);
        } else if hasher.length() != self.entry.size || hasher.finish() != self.entry.digest {
            return Err(io::Error::other(Changed));
        }
        (self.listener)(Event::Moved {
            path: self.entry.path.as_str(),
            bytes: block.len() as u64,
        });
        Ok((!block.is_empty()).then_some(block))
    }
}

#[cfg(test)]
mod tests {
    use futures_util::TryStreamExt as _;

    use super::*;

    async fn read(entry: Entry) -> io::Result<Vec<u8>> {
        let listener: Arc<Listener> = Arc::new(|_| ());
        let stream = (content(&Arc::new(entry), &listener).open)().await?;
        let blocks: Vec<Bytes> = stream.try_collect().await?;
        Ok(blocks.concat())
    }

    fn entry_of(bytes: &[u8]) -> Entry {
        Entry::from_bytes("x".parse().unwrap(), bytes.to_vec())
    }

    #[tokio::test]
    async fn all_bytes_pass_in_order() {
        for length in [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK] {
            let bytes: Vec<u8> = (0..=250).cycle().take(length).collect();
            assert_eq!(read(entry_of(&bytes)).await.unwrap(), bytes);
        }
    }

    #[tokio::test]
    async fn the_last_block_of_a_changed_file_is_held_back() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("x");
        let bytes = vec![7; BLOCK + 1];
        let mut entry = entry_of(&bytes);
        entry.source = Source::File(file.clone());
        let another_end = [vec![7; BLOCK], vec![8]].concat();
        for changed in [vec![7; BLOCK], vec![7; BLOCK + 2], another_end] {
            fs_err::write(&file, changed).unwrap();
            let error = read(entry.clone()).await.unwrap_err();
            assert!(error.get_ref().unwrap().is::<Changed>());
        }
    }
}

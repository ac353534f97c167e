//! Reads files once: a second thread computes their digests while the first passes their bytes on.
//!
//! It neither writes nor knows what a file is for.

use std::collections::HashMap;
use std::io::{self, Read as _};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;

use crate::digest::{Digest, Hasher};

use super::source::{self, File};
use super::{Error, contents};

/// As much as is read at a time.
pub(super) const BLOCK: usize = 1 << 20;

/// How many blocks may be on their way from one thread to the other.
const AHEAD: usize = 4;

/// Passes all bytes of a file to `take`, in order; tells their digest.
///
/// SHA-256 is slower than memory and many a disk: with a thread of its own it costs no time beside them.
pub(super) fn read_once(
    file: &File,
    take: &mut dyn FnMut(&[u8]) -> Result<(), Error>,
) -> Result<Digest, Error> {
    let (mut reader, length) =
        contents::open(&file.real).map_err(|error| unreadable(file, error))?;
    let (digest, found) = if length <= BLOCK as u64 {
        alone(file, &mut reader, take)?
    } else {
        together(file, &mut reader, take)?
    };
    if found == file.size {
        Ok(digest)
    } else {
        // What was said of it, and where it is to go, went by another length.
        Err(Error::Changed {
            path: file.real.clone(),
        })
    }
}

fn alone(
    file: &File,
    reader: &mut fs_err::File,
    take: &mut dyn FnMut(&[u8]) -> Result<(), Error>,
) -> Result<(Digest, u64), Error> {
    let mut hasher = Hasher::default();
    let mut block = Vec::new();
    while fill(&mut block, reader).map_err(|error| unreadable(file, error))? {
        hasher.update(&block);
        take(&block)?;
    }
    let length = hasher.length();
    Ok((hasher.finish(), length))
}

fn together(
    file: &File,
    reader: &mut fs_err::File,
    take: &mut dyn FnMut(&[u8]) -> Result<(), Error>,
) -> Result<(Digest, u64), Error> {
    thread::scope(|scope| {
        let (full, blocks) = mpsc::sync_channel::<Arc<Vec<u8>>>(AHEAD);
        let (hashed, spare) = mpsc::channel();
        let hashing = scope.spawn(move || {
            let mut hasher = Hasher::default();
            for block in blocks {
                hasher.update(&block);
                // Nobody waits for it any more where the reading has ended.
                _ = hashed.send(block);
            }
            let length = hasher.length();
            (hasher.finish(), length)
        });
        loop {
            // A block that was hashed is used again: new memory would have to be cleared by the system.
            let block = spare.try_recv().ok().and_then(Arc::into_inner);
            let mut block = block.unwrap_or_default();
            if !fill(&mut block, reader).map_err(|error| unreadable(file, error))? {
                break;
            }
            let block = Arc::new(block);
            if full.send(Arc::clone(&block)).is_err() {
                break;
            }
            take(&block)?;
        }
        drop(full);
        hashing
            .join()
            .or_else(|reason| std::panic::resume_unwind(reason))
    })
}

/// Reads the next block; false at the end of the file.
fn fill(block: &mut Vec<u8>, reader: &mut fs_err::File) -> io::Result<bool> {
    block.clear();
    let count = reader.take(BLOCK as u64).read_to_end(block)?;
    Ok(count > 0)
}

fn unreadable(file: &File, error: io::Error) -> Error {
    source::unreadable(&file.real, error)
}

/// The digests of files by where they are, several files at a time. `on_read` is told how many bytes were read so
/// far, and how many there are.
pub(super) fn digests<'a>(
    files: impl IntoIterator<Item = &'a File>,
    on_read: &mut (dyn FnMut(u64, u64) + Send),
) -> Result<HashMap<PathBuf, Digest>, Error> {
    let files: HashMap<&Path, &File> = files
        .into_iter()
        .map(|file| (file.real.as_path(), file))
        .collect();
    let mut files: Vec<&File> = files.into_values().collect();
    // The longest ones first, so that none is left alone at the end.
    files.sort_unstable_by(|left, right| (right.size, &left.real).cmp(&(left.size, &right.real)));
    let total = files.iter().map(|file| file.size).sum();
    let told = Mutex::new((0, on_read));
    let tell = |block: &[u8]| {
        let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
        let (done, on_read) = &mut *told;
        *done += block.len() as u64;
        on_read(*done, total);
        Ok(())
    };
    let next = AtomicUsize::new(0);
    let work = || {
        let mut found = Vec::new();
        while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            let digest = read_once(file, &mut |block| tell(block))?;
            found.push((file.real.clone(), digest));
        }
        Ok(found)
    };
    let processors = thread::available_parallelism().map_or(1, NonZero::get);
    let found = thread::scope(|scope| {
        let workers = processors.min(files.len());
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        let ended = workers.into_iter().map(|worker| {
            worker
                .join()
                .unwrap_or_else(|reason| std::panic::resume_unwind(reason))
        });
        ended.collect::<Result<Vec<_>, Error>>()
    })?;
    Ok(found.into_iter().flatten().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(folder: &Path, name: &str, bytes: &[u8]) -> File {
        let real = folder.join(name);
        fs_err::write(&real, bytes).unwrap();
        File {
            path: name.parse().unwrap(),
            size: bytes.len() as u64,
            real,
        }
    }

    fn bytes(length: usize) -> Vec<u8> {
        (0..=250).cycle().take(length).collect()
    }

    #[test]
    fn bytes_come_in_order_and_with_their_digest() {
        let folder = tempfile::tempdir().unwrap();
        for length in [0, 1, BLOCK, BLOCK + 1, 9 * BLOCK + 7] {
            let bytes = bytes(length);
            let file = file(folder.path(), "file", &bytes);
            let mut taken = Vec::new();
            let digest = read_once(&file, &mut |block| {
                taken.extend_from_slice(block);
                Ok(())
            });
            assert_eq!(digest.unwrap(), Digest::of(&bytes));
            assert!(taken == bytes, "{length}");
        }
    }

    #[test]
    fn who_does_not_take_a_block_ends_the_reading() {
        let folder = tempfile::tempdir().unwrap();
        let file = file(folder.path(), "file", &bytes(9 * BLOCK));
        let mut blocks = 0;
        let error = read_once(&file, &mut |_| {
            blocks += 1;
            Err(Error::Stopped)
        });
        assert!(matches!(error, Err(Error::Stopped)));
        assert_eq!(blocks, 1);
    }

    #[test]
    fn a_file_that_is_not_as_long_as_it_was_has_changed() {
        let folder = tempfile::tempdir().unwrap();
        for length in [3, 2 * BLOCK] {
            let mut file = file(folder.path(), "file", &bytes(length));
            file.size += 1;
            let error = read_once(&file, &mut |_| Ok(())).unwrap_err();
            assert!(matches!(error, Error::Changed { .. }), "{error}");
        }
    }

    #[test]
    fn each_file_is_read_once_however_often_it_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let files: Vec<_> = (0..20)
            .map(|number| file(folder.path(), &number.to_string(), &bytes(number << 15)))
            .collect();
        let total: u64 = files.iter().map(|file| file.size).sum();
        let mut told = (0, 0);
        let found = digests(files.iter().chain(&files), &mut |done, all| {
            assert!(told.0 < done);
            told = (done, all);
        });
        let found = found.unwrap();
        assert_eq!(told, (total, total));
        for (number, file) in files.iter().enumerate() {
            assert_eq!(found[&file.real], Digest::of(&bytes(number << 15)));
        }
    }
}

//! Zip archives of model directories: read without trusting them.
//!
//! How one is written is in [`write`], how one is changed in [`rewrite`].

mod rewrite;
mod write;

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Read, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use zip::ZipArchive;
use zip::result::ZipError;

use super::reading::BLOCK;
use super::source::{self, MLMODEL};
use super::{Error, Record, contents, staging};
use crate::digest::{Digest, Hasher};
use crate::entity::manifest::{RelativePath, SUMS};

/// No file of a model deflates to less than a hundredth.
const HIGHEST_RATIO: u64 = 100;

/// Archives that unpack to less than this harm nobody.
const HARMLESS: u64 = 64 << 20;

/// An archive that was found to be harmless: all its names are below one folder, and it unpacks to no more than
/// its length lets expect.
pub struct Archive {
    path: PathBuf,
    zip: ZipArchive<io::BufReader<fs_err::File>>,
    entries: BTreeMap<RelativePath, Listed>,
    /// Bytes of all files.
    unpacked: u64,
}

/// One file of an archive.
#[derive(Debug, Clone, Copy)]
struct Listed {
    index: usize,
    size: u64,
}

impl fmt::Debug for Archive {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Archive")
            .field("path", &self.path)
            .field("entries", &self.entries)
            .finish_non_exhaustive()
    }
}

impl Archive {
    /// Whether a path is called as an archive is.
    pub fn is_named(path: &Path) -> bool {
        path.extension()
            .is_some_and(|extension| extension.eq_ignore_ascii_case("zip"))
    }

    /// Whether a path that names a model means an archive; a folder may be called as it likes.
    pub fn is_at(path: &Path) -> bool {
        Self::is_named(path) && !path.is_dir()
    }

    /// Opens the archive `path` and looks at all of its names; none of its files is read.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let file = fs_err::File::open(path).map_err(|source| match source.kind() {
            io::ErrorKind::NotFound => Error::NotFound { path: path.into() },
            _ => source::unreadable(path, source),
        })?;
        let length = file
            .metadata()
            .map_err(|source| source::unreadable(path, source))?
            .len();
        let bad = |source| bad_archive(path, source);
        let mut zip = ZipArchive::new(io::BufReader::new(file)).map_err(bad)?;
        let entries = list(&mut zip, path)?;
        // Lengths are what the archive claims.
        let lengths = entries.values().map(|entry| entry.size);
        let unpacked = lengths.fold(0, u64::saturating_add);
        let shares_bytes = zip.has_overlapping_files().map_err(bad)?;
        if shares_bytes || unpacked > HARMLESS.max(length.saturating_mul(HIGHEST_RATIO)) {
            return Err(Error::Bomb {
                path: path.into(),
                length,
                unpacked,
            });
        }
        Ok(Self {
            path: path.into(),
            zip,
            entries,
            unpacked,
        })
    }

    /// The names and lengths of its files, sorted.
    pub fn files(&self) -> impl Iterator<Item = (&RelativePath, u64)> {
        self.entries.iter().map(|(path, entry)| (path, entry.size))
    }

    /// The bytes of all files together.
    pub fn unpacked(&self) -> u64 {
        self.unpacked
    }

    /// A small file of it, where it is there.
    pub fn read(&mut self, name: &str, limit: u64) -> Result<Option<Vec<u8>>, Error> {
        let entry = self.entries.iter().find(|(path, _)| path.as_str() == name);
        let Some((_, &entry)) = entry else {
            return Ok(None);
        };
        if entry.size > limit {
            return Err(self.bad_entry(name, "is too long to be one"));
        }
        let mut bytes = Vec::new();
        self.copy(entry, &mut |block| {
            bytes.extend_from_slice(block);
            Ok(())
        })?;
        Ok(Some(bytes))
    }

    /// What it says about its own files, if it does.
    pub fn record(&mut self) -> Result<Option<Record>, Error> {
        let limit = contents::SMALL;
        let Some(sums) = self.read(SUMS, limit)? else {
            return Ok(None);
        };
        let mlmodel = self.read(MLMODEL, limit)?;
        Record::read(&sums, mlmodel.as_deref(), &self.path).map(Some)
    }

    /// Unpacks it into the folder `folder`, which is there, and compares each file with the digest that the archive
    /// itself records.
    pub fn unpack(
        &mut self,
        folder: &Path,
        on_write: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
    ) -> Result<(), Error> {
        let expected = self.expected()?;
        let total = self.unpacked;
        let mut done = 0;
        for (path, entry) in self.entries.clone() {
            let target = path.under(folder);
            let digest = self.unpack_entry(entry, &target, &mut |bytes| {
                done += bytes;
                on_write(done, total)
            })?;
            if let Some(&expected) = expected.get(&path)
                && expected != digest
            {
                return Err(Error::Differs {
                    file: path.to_string(),
                    expected,
                    found: digest,
                });
            }
        }
        let missing = expected
            .keys()
            .find(|path| !self.entries.contains_key(path));
        match missing {
            Some(path) => Err(Error::MissingFile { file: path.clone() }),
            None => Ok(()),
        }
    }

    fn unpack_entry(
        &mut self,
        entry: Listed,
        target: &Path,
        tell: &mut dyn FnMut(u64) -> ControlFlow<()>,
    ) -> Result<Digest, Error> {
        let unwritable = |source| staging::unwritable(target, source);
        if let Some(parent) = target.parent() {
            fs_err::create_dir_all(parent).map_err(unwritable)?;
        }
        let mut file = fs_err::File::create_new(target).map_err(unwritable)?;
        let mut hasher = Hasher::default();
        self.copy(entry, &mut |block| {
            hasher.update(block);
            file.write_all(block).map_err(unwritable)?;
            match tell(block.len() as u64) {
                ControlFlow::Continue(()) => Ok(()),
                ControlFlow::Break(()) => Err(Error::Stopped),
            }
        })?;
        Ok(hasher.finish())
    }

    /// The recorded digests of its files, as far as it records any.
    fn expected(&mut self) -> Result<BTreeMap<RelativePath, Digest>, Error> {
        let Some(record) = self.record()? else {
            return Ok(BTreeMap::new());
        };
        let mut expected = record.files;
        if let (Some(digest), Ok(path)) = (record.recorded, SUMS.parse()) {
            expected.insert(path, digest);
        }
        Ok(expected)
    }

    /// The digest of a file, which is read to its end and not unpacked; none where it is not there. `on_read` is told
    /// how many more bytes were read, and may stop the reading.
    pub fn digest(
        &mut self,
        path: &RelativePath,
        on_read: &mut dyn FnMut(u64) -> ControlFlow<()>,
    ) -> Result<Option<Digest>, Error> {
        let Some(&entry) = self.entries.get(path) else {
            return Ok(None);
        };
        let mut hasher = Hasher::default();
        self.copy(entry, &mut |block| {
            hasher.update(block);
            match on_read(block.len() as u64) {
                ControlFlow::Continue(()) => Ok(()),
                ControlFlow::Break(()) => Err(Error::Stopped),
            }
        })?;
        Ok(Some(hasher.finish()))
    }

    /// Passes on the bytes of a file, and no more of them than were announced.
    fn copy(
        &mut self,
        entry: Listed,
        take: &mut dyn FnMut(&[u8]) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let path = self.path.clone();
        let opened = self.zip.by_index(entry.index);
        let file = opened.map_err(|source| bad_archive(&path, source))?;
        let name = String::from_utf8_lossy(file.name_raw()).into_owned();
        let mut reader = file.take(entry.size.saturating_add(1));
        let mut block = vec![0; BLOCK];
        loop {
            let count = match reader.read(&mut block) {
                Ok(count) => count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                // The archive's own checksum is the first to tell.
                Err(source) => {
                    return Err(Error::DamagedEntry {
                        path,
                        entry: name,
                        source,
                    });
                }
            };
            match block.get(..count) {
                Some(bytes) if !bytes.is_empty() => take(bytes)?,
                _ => break,
            }
        }
        Ok(())
    }

    fn bad_entry(&self, entry: &str, problem: &'static str) -> Error {
        bad_entry(&self.path, entry, problem)
    }
}

fn list<R: Read + io::Seek>(
    zip: &mut ZipArchive<R>,
    path: &Path,
) -> Result<BTreeMap<RelativePath, Listed>, Error> {
    if zip.has_duplicate_names() {
        return Err(Error::DuplicateNames { path: path.into() });
    }
    let mut entries = BTreeMap::new();
    for index in 0..zip.len() {
        let file = zip
            .by_index_raw(index)
            .map_err(|source| bad_archive(path, source))?;
        let name = String::from_utf8_lossy(file.name_raw()).into_owned();
        let refuse = |problem| Err(bad_entry(path, &name, problem));
        let Ok(relative) = name
            .trim_end_matches('/')
            .replace('\\', "/")
            .parse::<RelativePath>()
        else {
            return refuse("leads out of the model");
        };
        if file.is_symlink() {
            return refuse("is a link");
        }
        if file.encrypted() {
            return refuse("is encrypted");
        }
        if file.is_dir() {
            continue;
        }
        let listed = Listed {
            index,
            size: file.size(),
        };
        if entries.insert(relative, listed).is_some() {
            return refuse("is there twice");
        }
    }
    Ok(entries)
}

fn bad_archive(path: &Path, source: ZipError) -> Error {
    Error::BadArchive {
        path: path.into(),
        source,
    }
}

fn bad_entry(path: &Path, entry: &str, problem: &'static str) -> Error {
    Error::BadEntry {
        path: path.into(),
        entry: entry.into(),
        problem,
    }
}

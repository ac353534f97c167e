//! Who uses and who fetches a model: files that are locked for so long.
//!
//! They are made by whoever needs them, only looked at by whoever lists, and removed by whoever prunes. What a lock
//! protects is said in `mod`.

use std::collections::BTreeSet;
use std::fs::TryLockError;
use std::io;
use std::path::{Path, PathBuf};

use super::{Cache, Error, prune};
use crate::lock;

impl Cache {
    /// A lock that nobody waits for long. A file system without locks cannot tell who holds any of them; then nobody is
    /// waited for.
    pub(super) fn moment(&self) -> Result<fs_err::File, Error> {
        let lock = open(&self.root.join("lock")).map_err(|it| self.failed(it))?;
        _ = lock.file().lock();
        Ok(lock)
    }

    /// A lock that is held by one process alone; `None` while another does.
    pub(super) fn lock(&self, name: &str) -> Result<Option<fs_err::File>, Error> {
        lock::alone(&self.lock_path(name), open).map_err(|it| self.failed(it))
    }

    /// A lock that several may hold; `None` where none can be made, because nobody can remove anything there either.
    pub(super) fn lock_shared(&self, name: &str) -> Result<Option<fs_err::File>, Error> {
        let path = self.lock_path(name);
        loop {
            let Ok(lock) = open(&path).or_else(|_| fs_err::File::open(&path)) else {
                return Ok(None);
            };
            _ = lock.file().lock_shared();
            if lock::is_still(&lock, &path) {
                return Ok(Some(lock));
            }
        }
    }

    /// Whether somebody holds it.
    pub(super) fn is_locked(&self, name: &str) -> Result<bool, Error> {
        match fs_err::File::open(self.lock_path(name)) {
            Ok(lock) => Ok(matches!(lock.try_lock(), Err(TryLockError::WouldBlock))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(self.failed(error)),
        }
    }

    /// Removes those that nobody holds, but for those of what is here.
    pub(super) fn remove_locks(&self, needed: &BTreeSet<String>) -> io::Result<()> {
        for (name, path) in prune::entries(&self.root.join("locks"))? {
            if needed.contains(&name) {
                continue;
            }
            let lock = open(&path)?;
            if lock.try_lock().is_ok() {
                super::remove_file(&path)?;
            }
        }
        Ok(())
    }

    fn lock_path(&self, name: &str) -> PathBuf {
        self.root.join("locks").join(name)
    }
}

fn open(path: &Path) -> io::Result<fs_err::File> {
    if let Some(folder) = path.parent() {
        fs_err::create_dir_all(folder)?;
    }
    let mut options = fs_err::OpenOptions::new();
    options.write(true).create(true).truncate(false).open(path)
}

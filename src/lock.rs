//! Files that are locked by the one process that has what they stand for.
//!
//! It does not know what that is. A lock on a file that was removed meanwhile holds nobody off, and is taken once more.

use std::fs::TryLockError;
use std::io;
use std::path::Path;

use fs_err::File;

/// Opens and locks the file at `path` for this process alone; `None` while another has it. A file system without locks
/// cannot tell; then nobody is waited for.
pub fn alone(path: &Path, open: impl Fn(&Path) -> io::Result<File>) -> io::Result<Option<File>> {
    loop {
        let file = open(path)?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => return Ok(None),
            _ if is_still(&file, path) => return Ok(Some(file)),
            _ => {}
        }
    }
}

/// Whether an open file is the one that has this name now: its last owner may have removed it.
#[cfg(unix)]
pub fn is_still(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let (Ok(open), Ok(named)) = (file.metadata(), fs_err::metadata(path)) else {
        return false;
    };
    (open.dev(), open.ino()) == (named.dev(), named.ino())
}

/// Here a file that is open cannot be removed.
#[cfg(not(unix))]
pub fn is_still(_file: &File, path: &Path) -> bool {
    path.exists()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_has_it_until_it_is_closed_and_a_removed_file_is_nobodys() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let lock = || alone(&path, |path| File::create(path)).unwrap();
        let first = lock().unwrap();
        assert!(lock().is_none());
        assert!(is_still(&first, &path));
        fs_err::remove_file(&path).unwrap();
        let second = lock().unwrap();
        assert!(!is_still(&first, &path) && is_still(&second, &path));
    }
}

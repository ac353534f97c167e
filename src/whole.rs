//! A file that takes its place whole or not at all: written beside it, safe on the disk, then moved there.
//!
//! What was there under that name is gone then; who wants to keep it looks first.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// A file that is being written beside its place; it goes away again unless it is put there.
#[derive(Debug)]
pub struct Beside {
    file: fs_err::File,
    place: PathBuf,
    is_placed: bool,
}

/// Writes a small file.
pub fn write(place: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut beside = Beside::of(place)?;
    beside.file().write_all(bytes)?;
    beside.put()
}

impl Beside {
    /// Begins a file that will be at `place`, in a folder that is there. Nobody else writes under the same name.
    pub fn of(place: &Path) -> io::Result<Self> {
        let name = place.file_name().unwrap_or_default().to_string_lossy();
        let unique = uuid::Uuid::new_v4().simple();
        let path = place.with_file_name(format!(".{name}.{unique}.part"));
        Ok(Self {
            file: fs_err::File::create_new(path)?,
            place: place.into(),
            is_placed: false,
        })
    }

    /// The file, to be written.
    pub fn file(&mut self) -> &mut fs_err::File {
        &mut self.file
    }

    /// Where the file is until it is put in its place.
    pub fn path(&self) -> &Path {
        self.file.path()
    }

    /// Puts it there. Whoever may read what was there may read this.
    pub fn put(mut self) -> io::Result<()> {
        self.file.sync_all()?;
        if let Ok(there) = fs_err::metadata(&self.place) {
            self.file.set_permissions(there.permissions())?;
        }
        fs_err::rename(self.file.path(), &self.place)?;
        self.is_placed = true;
        Ok(())
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        if !self.is_placed {
            // What could not be put in its place is only litter.
            let _ = fs_err::remove_file(self.file.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_there_once_it_is_put_and_not_before() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("file");
        fs_err::write(&place, "old").unwrap();
        let mut beside = Beside::of(&place).unwrap();
        beside.file().write_all(b"half").unwrap();
        assert_eq!(fs_err::read(&place).unwrap(), b"old");
        drop(beside);
        write(&place, b"new").unwrap();
        assert_eq!(fs_err::read(&place).unwrap(), b"new");
        assert_eq!(fs_err::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn permissions_stay_as_they_were() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("file");
        fs_err::write(&place, "old").unwrap();
        let only_mine = std::fs::Permissions::from_mode(0o600);
        fs_err::set_permissions(&place, only_mine).unwrap();
        write(&place, b"new").unwrap();
        let mode = fs_err::metadata(&place).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

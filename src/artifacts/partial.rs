//! A file that is not all there yet, beside its place and under a name of its own, so that two who write the same file do
//! not write into each other's.
//!
//! It is locked as long as somebody writes it: that is how what a killed process left is told from the rest. What is
//! written is not its business.

use std::fs::TryLockError;
use std::io;
use std::path::{Path, PathBuf};

/// What stands around 32 hexadecimal digits: short enough for a file whose own name has 255 bytes.
const BEFORE: &str = ".";
const BEHIND: &str = ".phi3ml-partial";

/// A file in the making, which is removed unless it is renamed.
#[derive(Debug)]
pub(super) struct Partial {
    path: PathBuf,
    is_done: bool,
}

impl Partial {
    /// Makes an empty one, locked until it is closed.
    pub(super) fn create(folder: &Path) -> io::Result<(Self, fs_err::tokio::File)> {
        loop {
            let digits = uuid::Uuid::new_v4().simple();
            let path = folder.join(format!("{BEFORE}{digits}{BEHIND}"));
            let mut options = fs_err::OpenOptions::new();
            let file = options.write(true).create_new(true).open(&path)?;
            // A file system without locks does not sweep, either.
            _ = file.try_lock();
            let partial = Self {
                path,
                is_done: false,
            };
            // Between the two somebody may have taken it for left behind.
            if partial.path.exists() {
                return Ok((partial, fs_err::tokio::File::from_std(file)));
            }
        }
    }

    /// It is whole: from now on it has this name.
    pub(super) async fn rename(mut self, place: &Path) -> io::Result<()> {
        fs_err::tokio::rename(&self.path, place).await?;
        self.is_done = true;
        Ok(())
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        if !self.is_done {
            _ = fs_err::remove_file(&self.path);
        }
    }
}

/// Whether this is the name of such a file, and not one that a user chose.
pub(super) fn is_partial(name: &str) -> bool {
    let digits = name.strip_prefix(BEFORE);
    let digits = digits.and_then(|name| name.strip_suffix(BEHIND));
    digits.is_some_and(|digits| {
        let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        digits.len() == 32 && digits.bytes().all(is_digit)
    })
}

/// Removes what processes left here that were killed.
pub(super) fn sweep(folder: &Path) {
    let Ok(entries) = fs_err::read_dir(folder) else {
        return;
    };
    let entries = entries.filter_map(Result::ok);
    for entry in entries.filter(|entry| is_partial(&entry.file_name().to_string_lossy())) {
        let path = entry.path();
        let Ok(file) = fs_err::OpenOptions::new().write(true).open(&path) else {
            continue;
        };
        match file.try_lock() {
            Ok(()) => _ = fs_err::remove_file(&path),
            // Somebody writes it, or nobody can tell.
            Err(TryLockError::WouldBlock | TryLockError::Error(_)) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_nobody_writes_any_more_is_swept_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let names = || {
            let entries = fs_err::read_dir(folder.path()).unwrap();
            let names = entries.map(|it| it.unwrap().file_name().into_string().unwrap());
            names.collect::<Vec<_>>()
        };
        let (written, _file) = Partial::create(folder.path()).unwrap();
        let [name] = &names()[..] else { panic!("one") };
        assert!(is_partial(name) && name.len() < 64, "{name}");
        sweep(folder.path());
        assert_eq!(names().len(), 1, "it is being written");
        drop(written);
        assert_eq!(names().len(), 0);

        let left = format!(".{}.phi3ml-partial", "0".repeat(32));
        let chosen = ["x.phi3ml-partial", ".x.phi3ml-partial", ".phi3ml-partial"];
        for name in chosen.into_iter().chain([left.as_str()]) {
            fs_err::write(folder.path().join(name), "").unwrap();
        }
        sweep(folder.path());
        let mut left = names();
        left.sort_unstable();
        assert_eq!(
            left,
            [".phi3ml-partial", ".x.phi3ml-partial", "x.phi3ml-partial"]
        );
    }

    #[tokio::test]
    async fn a_name_of_255_bytes_has_room() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("x".repeat(255));
        let (partial, _file) = Partial::create(folder.path()).unwrap();
        partial.rename(&place).await.unwrap();
        assert!(place.exists());
    }
}

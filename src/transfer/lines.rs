//! A file of JSON lines that outlives the process and has one owner at a time.
//!
//! A line that was cut short stands for nothing. It does not know what the lines mean.

use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::lock;

/// The file, locked.
#[derive(Debug)]
pub struct Lines {
    path: PathBuf,
    file: Mutex<fs_err::File>,
}

impl Lines {
    /// Opens the file and reads its whole lines; `None` while another process owns it.
    pub fn open<T: DeserializeOwned>(path: PathBuf) -> io::Result<Option<(Self, Vec<T>)>> {
        let Some(mut file) = lock::alone(&path, private)? else {
            return Ok(None);
        };
        let mut text = Vec::new();
        file.read_to_end(&mut text)?;
        let (lines, whole) = read(&text);
        // What a crash cut short would spoil the next line.
        file.set_len(whole)?;
        let file = Mutex::new(file);
        Ok(Some((Self { path, file }, lines)))
    }

    /// The whole lines of a file that somebody may be writing to.
    pub fn peek<T: DeserializeOwned>(path: &Path) -> Vec<T> {
        read(&fs_err::read(path).unwrap_or_default()).0
    }

    /// Adds a line.
    pub fn add(&self, line: &impl Serialize) -> io::Result<()> {
        let mut text = serde_json::to_vec(line)?;
        text.push(b'\n');
        self.lock().write_all(&text)
    }

    /// Forgets all lines.
    pub fn clear(&self) -> io::Result<()> {
        self.lock().set_len(0)
    }

    /// Takes the file away.
    pub fn remove(&self) -> io::Result<()> {
        fs_err::remove_file(&self.path)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, fs_err::File> {
        self.file.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The lines up to the first that is not whole, and how many bytes they are.
fn read<T: DeserializeOwned>(text: &[u8]) -> (Vec<T>, u64) {
    let mut whole = 0;
    let mut lines = Vec::new();
    for line in text
        .split_inclusive(|byte| *byte == b'\n')
        .filter(|line| line.ends_with(b"\n"))
    {
        let Ok(read) = serde_json::from_slice(line) else {
            break;
        };
        whole += line.len() as u64;
        lines.push(read);
    }
    (lines, whole)
}

/// Signed addresses may stand in it.
fn private(path: &Path) -> io::Result<fs_err::File> {
    let mut options = fs_err::OpenOptions::new();
    options.read(true).append(true).create(true);
    #[cfg(unix)]
    fs_err::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_torn_line_stands_for_nothing_and_spoils_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lines");
        fs_err::write(&path, "1\n2\n3").unwrap();
        let (lines, read) = Lines::open::<u64>(path.clone()).unwrap().unwrap();
        assert_eq!(read, [1, 2]);
        lines.add(&4).unwrap();
        assert!(Lines::open::<u64>(path.clone()).unwrap().is_none());
        drop(lines);
        let (_, read) = Lines::open::<u64>(path.clone()).unwrap().unwrap();
        assert_eq!(read, [1, 2, 4]);
        // In the middle of a letter.
        fs_err::write(&path, b"\"\xc3\xbc\"\n\"\xc3").unwrap();
        let (_, read) = Lines::open::<String>(path).unwrap().unwrap();
        assert_eq!(read, ["ü"]);
    }
}

//! The contents of a model's files: opened only where they are files, read whole only where they are small.
//!
//! It does not know what is in them.

use std::io::{self, Read as _};
use std::path::Path;

/// More than any configuration, template or list of files takes.
pub(crate) const SMALL: u64 = 16 << 20;

/// More than any `tokenizer.json` takes; those with 260,000 tokens have some 35 MB.
pub(crate) const VOCABULARY: u64 = 256 << 20;

/// The file at `path` and its length; pipes and devices, which may never end, are none.
pub(super) fn open(path: &Path) -> io::Result<(fs_err::File, u64)> {
    let metadata = fs_err::metadata(path)?;
    if !metadata.is_file() {
        let problem = format!("`{}` is not a file", path.display());
        return Err(io::Error::new(io::ErrorKind::InvalidInput, problem));
    }
    Ok((fs_err::File::open(path)?, metadata.len()))
}

/// All of a file, which has at most `limit` bytes.
pub(crate) fn read(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let (file, _) = open(path)?;
    let mut bytes = Vec::new();
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        let problem = format!(
            "`{}` has more than {limit} bytes, which such a file never has",
            path.display()
        );
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, problem));
    }
    Ok(bytes)
}

/// All of a small text.
pub(crate) fn read_text(path: &Path) -> io::Result<String> {
    String::from_utf8(read(path, SMALL)?).map_err(|_| {
        let problem = format!("`{}` is not UTF-8", path.display());
        io::Error::new(io::ErrorKind::InvalidData, problem)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_up_to_its_limit_and_not_beyond() {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs_err::write(file.path(), "12345").unwrap();
        assert_eq!(read(file.path(), 5).unwrap(), b"12345");
        let error = read(file.path(), 4).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::FileTooLarge);
        assert!(error.to_string().contains("more than 4 bytes"), "{error}");
    }

    #[test]
    fn only_files_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let error = read(folder.path(), SMALL).unwrap_err().to_string();
        assert!(error.contains("is not a file"), "{error}");
        let missing = read(&folder.path().join("nothing"), SMALL).unwrap_err();
        assert_eq!(missing.kind(), io::ErrorKind::NotFound);
        #[cfg(unix)]
        read(Path::new("/dev/zero"), SMALL).unwrap_err();
    }

    #[test]
    fn a_text_is_utf_8() {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs_err::write(file.path(), "¡Hola!").unwrap();
        assert_eq!(read_text(file.path()).unwrap(), "¡Hola!");
        fs_err::write(file.path(), [0xff]).unwrap();
        let error = read_text(file.path()).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::InvalidData);
    }
}

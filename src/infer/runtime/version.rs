//! Versions of ONNX Runtime, and how to tell a library's without loading it. Loads nothing.

use std::ffi::OsStr;
use std::fmt;
use std::io::Read as _;
use std::path::Path;
use std::str::FromStr;

use serde::Serialize;

/// `major.minor.patch`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    major: u32,
    minor: u32,
    patch: u32,
}

impl Version {
    /// The version of these three numbers.
    pub const fn new(major: u32, minor: u32, patch: u32) -> Self {
        Self {
            major,
            minor,
            patch,
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

impl Serialize for Version {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl FromStr for Version {
    type Err = NotAVersion;

    fn from_str(text: &str) -> Result<Self, NotAVersion> {
        let mut numbers = text.split('.').map(str::parse);
        match (
            numbers.next(),
            numbers.next(),
            numbers.next(),
            numbers.next(),
        ) {
            (Some(Ok(major)), Some(Ok(minor)), Some(Ok(patch)), None) => {
                Ok(Self::new(major, minor, patch))
            }
            _ => Err(NotAVersion),
        }
    }
}

/// A text that was to be a version and is not.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("not a version of the form 1.31.1")]
pub struct NotAVersion;

/// How libraries begin on this platform: ELF, Mach-O (64 bits) or a Windows image.
#[cfg(all(unix, not(target_os = "macos")))]
pub(super) const LIBRARY_START: &[u8] = b"\x7fELF";
#[cfg(target_os = "macos")]
pub(super) const LIBRARY_START: &[u8] = b"\xcf\xfa\xed\xfe";
#[cfg(windows)]
pub(super) const LIBRARY_START: &[u8] = b"MZ";

/// Whether the file begins as a library of this platform does.
pub(super) fn is_library(path: &Path) -> bool {
    let mut start = [0; LIBRARY_START.len()];
    fs_err::File::open(path)
        .and_then(|mut file| file.read_exact(&mut start))
        .is_ok_and(|()| start == LIBRARY_START)
}

/// A library's version: from its name or the name it is a link to, from the folder or the Python package
/// that it lies in, or from its symbols.
pub(super) fn of_library(path: &Path) -> Option<Version> {
    let target = fs_err::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    of_name(&target)
        .or_else(|| of_name(path))
        .or_else(|| of_folder(&target))
        .or_else(|| of_symbols(&target))
}

/// `libonnxruntime.so.1.31.1` and `libonnxruntime.1.31.1.dylib`.
fn of_name(path: &Path) -> Option<Version> {
    let name = path.file_name().and_then(OsStr::to_str)?;
    name.strip_prefix("libonnxruntime.so.")
        .or_else(|| name.strip_prefix("libonnxruntime.")?.strip_suffix(".dylib"))?
        .parse()
        .ok()
}

/// `…/1.31.1/onnxruntime.dll`, and `…/onnxruntime/capi/…` beside `…/onnxruntime-1.31.1.dist-info`.
fn of_folder(path: &Path) -> Option<Version> {
    let folder = path.parent()?;
    let name = folder.file_name().and_then(OsStr::to_str)?;
    if name != "capi" {
        return name.parse().ok();
    }
    let packages = folder.parent()?.parent()?;
    fs_err::read_dir(packages)
        .ok()?
        .filter_map(Result::ok)
        .filter_map(|entry| entry.file_name().into_string().ok())
        .find_map(|name| {
            let (package, version) = name.strip_suffix(".dist-info")?.split_once('-')?;
            // `onnxruntime`, `onnxruntime_gpu` and the like all bring the same library.
            package.starts_with("onnxruntime").then_some(version)?;
            (package != "onnxruntime_genai").then(|| version.parse().ok())?
        })
}

/// Linux builds give their symbols a version: `VERS_1.31.1` (onnxruntime, `gen_def.py`).
fn of_symbols(path: &Path) -> Option<Version> {
    const MARK: &[u8] = b"VERS_";
    /// The longest version that is looked for behind the mark.
    const LONGEST: usize = 16;
    const BLOCK: usize = 1 << 20;
    let mut file = fs_err::File::open(path).ok()?;
    let mut block = vec![0; BLOCK];
    let mut kept = Vec::new();
    loop {
        let count = file.read(&mut block).ok().filter(|count| *count > 0)?;
        kept.extend_from_slice(block.get(..count)?);
        let version = kept
            .windows(MARK.len() + LONGEST)
            .filter_map(|window| window.strip_prefix(MARK))
            .find_map(|rest| {
                let text = rest.split(|byte| *byte == 0).next()?;
                std::str::from_utf8(text).ok()?.parse().ok()
            });
        if version.is_some() {
            return version;
        }
        // What may be the start of a mark stays for the next block.
        kept.drain(..kept.len().saturating_sub(MARK.len() + LONGEST));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_and_compared_by_number() {
        let version: Version = "1.9.0".parse().unwrap();
        assert!(version < Version::new(1, 23, 0));
        assert_eq!(version.to_string(), "1.9.0");
        for text in ["", "1", "1.2", "1.2.3.4", "1.2.x"] {
            text.parse::<Version>().unwrap_err();
        }
    }

    #[test]
    fn a_library_tells_its_version_in_several_ways() {
        let home = tempfile::tempdir().unwrap();
        let make = |path: &str, bytes: &[u8]| {
            let path = home.path().join(path);
            fs_err::create_dir_all(path.parent().unwrap()).unwrap();
            fs_err::write(&path, bytes).unwrap();
            of_library(&path).map(|version| version.to_string())
        };
        let name = make("a/libonnxruntime.so.1.23.2", b"");
        assert_eq!(name.as_deref(), Some("1.23.2"));
        let name = make("a/libonnxruntime.1.24.0.dylib", b"");
        assert_eq!(name.as_deref(), Some("1.24.0"));
        let folder = make("1.25.1/onnxruntime.dll", b"");
        assert_eq!(folder.as_deref(), Some("1.25.1"));
        make("p/onnxruntime_genai-0.18.0.dist-info/METADATA", b"");
        make("p/onnxruntime-1.31.1.dist-info/METADATA", b"");
        let package = make("p/onnxruntime/capi/onnxruntime.dll", b"");
        assert_eq!(package.as_deref(), Some("1.31.1"));
        let mut bytes = vec![b'.'; (1 << 20) - 3];
        bytes.extend_from_slice(b"VERS_1.20.1\0..................");
        let symbols = make("b/libonnxruntime.so", &bytes);
        assert_eq!(symbols.as_deref(), Some("1.20.1"));
        assert_eq!(make("b/libonnxruntime.so", b"VERS_"), None);
    }
}

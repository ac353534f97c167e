//! What is to move: names, sizes, digests and where the bytes come from.
//!
//! `package` fills a manifest, `transfer` carries it, and neither knows the other.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use bytes::Bytes;

use crate::digest::Digest;

/// The name of the file in which a model's digests travel beside `MLmodel`.
pub const SUMS: &str = "SHA256SUMS";

/// What ends a name, or leads out of a folder, on the system at hand.
const FORBIDDEN: &[char] = if cfg!(windows) {
    &['\0', '\\', ':']
} else {
    &['\0']
};

/// A relative path inside a model or a run, with `/` between its parts.
///
/// By construction it names something below its root: no empty part, no `.`, no `..`, no NUL.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RelativePath(String);

impl RelativePath {
    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The parts between the slashes.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        self.0.split('/')
    }

    /// This path below another.
    #[must_use]
    pub fn below(&self, parent: &Self) -> Self {
        Self(format!("{parent}/{self}"))
    }

    /// The folder it is in; none at the root.
    pub fn parent(&self) -> Option<Self> {
        let (folder, _) = self.0.rsplit_once('/')?;
        Some(Self(folder.to_owned()))
    }

    /// Where it lies below a folder of this machine.
    pub fn under(&self, folder: &std::path::Path) -> PathBuf {
        let mut path = folder.to_path_buf();
        path.extend(self.parts());
        path
    }
}

impl fmt::Display for RelativePath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl FromStr for RelativePath {
    type Err = UnsafePath;

    fn from_str(text: &str) -> Result<Self, UnsafePath> {
        let harmless = text
            .split('/')
            .all(|part| !matches!(part, "" | "." | "..") && !part.contains(FORBIDDEN));
        if harmless {
            Ok(Self(text.to_owned()))
        } else {
            Err(UnsafePath(text.to_owned()))
        }
    }
}

/// A path that does not stay below its root.
#[derive(Debug, Clone, thiserror::Error)]
#[error("`{0}` is not a path inside the model")]
pub struct UnsafePath(String);

/// Where the bytes of an entry are.
#[derive(Debug, Clone)]
pub enum Source {
    /// A file that is read when its bytes are needed, and never copied.
    File(PathBuf),
    /// Small bytes that were made in memory.
    Bytes(Bytes),
}

/// One file that is to move.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its name at the destination.
    pub path: RelativePath,
    /// Its length in bytes.
    pub size: u64,
    /// The SHA-256 of its bytes.
    pub digest: Digest,
    /// Where the bytes are.
    pub source: Source,
}

impl Entry {
    /// An entry whose bytes are in memory.
    pub fn from_bytes(path: RelativePath, bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        Self {
            path,
            size: bytes.len() as u64,
            digest: Digest::of(&bytes),
            source: Source::Bytes(bytes),
        }
    }
}

/// A set of files, sorted by name, each name once.
#[derive(Debug, Clone, Default)]
pub struct Manifest {
    entries: Vec<Entry>,
}

impl Manifest {
    /// Sorts the entries; of two with the same name the later one stays.
    pub fn new(entries: impl IntoIterator<Item = Entry>) -> Self {
        let by_name: std::collections::BTreeMap<_, _> = entries
            .into_iter()
            .map(|entry| (entry.path.clone(), entry))
            .collect();
        Self {
            entries: by_name.into_values().collect(),
        }
    }

    /// The entries in the order of their names.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry of this name.
    pub fn get(&self, path: &str) -> Option<&Entry> {
        self.entries
            .binary_search_by(|entry| entry.path.as_str().cmp(path))
            .ok()
            .and_then(|index| self.entries.get(index))
    }

    /// All bytes together.
    pub fn size(&self) -> u64 {
        self.entries.iter().map(|entry| entry.size).sum()
    }

    /// The text of `SHA256SUMS`: one line a file, sorted, in the format of coreutils' `sha256sum`.
    ///
    /// `SHA256SUMS` itself and `MLmodel` are left out: the one cannot hold its own digest, the other
    /// holds the digest of this text.
    pub fn sums(&self) -> String {
        self.entries
            .iter()
            .filter(|entry| !matches!(entry.path.as_str(), SUMS | "MLmodel"))
            .map(|entry| sums_line(&entry.digest, entry.path.as_str()))
            .collect()
    }
}

/// `sha256sum` escapes backslash and newline in names and marks such a line with a leading backslash.
fn sums_line(digest: &Digest, path: &str) -> String {
    if path.contains(['\\', '\n', '\r']) {
        let escaped = path
            .replace('\\', "\\\\")
            .replace('\n', "\\n")
            .replace('\r', "\\r");
        format!("\\{digest}  {escaped}\n")
    } else {
        format!("{digest}  {path}\n")
    }
}

/// Reads a `SHA256SUMS` back: name and digest of each line.
pub fn parse_sums(text: &str) -> Result<Vec<(RelativePath, Digest)>, BadSums> {
    text.lines()
        .enumerate()
        .map(|(index, line)| parse_sums_line(line).ok_or(BadSums { line: index + 1 }))
        .collect()
}

fn parse_sums_line(line: &str) -> Option<(RelativePath, Digest)> {
    let (line, escaped) = match line.strip_prefix('\\') {
        Some(rest) => (rest, true),
        None => (line, false),
    };
    let (digest, name) = line.split_once("  ").or_else(|| line.split_once(" *"))?;
    let name = if escaped {
        unescape(name)?
    } else {
        name.to_owned()
    };
    Some((name.parse().ok()?, digest.parse().ok()?))
}

fn unescape(name: &str) -> Option<String> {
    let mut plain = String::with_capacity(name.len());
    let mut characters = name.chars();
    while let Some(character) = characters.next() {
        plain.push(match character {
            '\\' => match characters.next()? {
                'n' => '\n',
                'r' => '\r',
                '\\' => '\\',
                _ => return None,
            },
            other => other,
        });
    }
    Some(plain)
}

/// A `SHA256SUMS` that cannot be read.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("line {line} of `SHA256SUMS` is not a digest and a path")]
pub struct BadSums {
    line: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_leave_their_root_are_refused() {
        for path in ["", "/a", "a/../b", "..", ".", "a//b", "a/", "a\0b"] {
            path.parse::<RelativePath>().unwrap_err();
        }
        for path in ["a", "a/b c+%;?:", "ä/…", "..a"] {
            path.parse::<RelativePath>().unwrap();
        }
    }

    #[test]
    fn sums_survive_a_round_trip_with_odd_names() {
        let names = ["b", "a b", "back\\slash", "new\nline", "ü"];
        let manifest = Manifest::new(
            names.map(|name| Entry::from_bytes(name.parse().unwrap(), name.as_bytes().to_vec())),
        );
        let mut read: Vec<String> = parse_sums(&manifest.sums())
            .unwrap()
            .into_iter()
            .map(|(path, digest)| {
                assert_eq!(digest, Digest::of(path.as_str().as_bytes()));
                path.to_string()
            })
            .collect();
        read.sort_unstable();
        let mut expected = names.to_vec();
        expected.sort_unstable();
        assert_eq!(read, expected);
    }

    #[test]
    fn sums_that_point_outside_are_refused() {
        let line = format!("{}  ../evil\n", Digest::of(b""));
        parse_sums(&line).unwrap_err();
    }
}

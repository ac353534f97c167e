//! Whether weights are numbers. One that is none spreads to every logit, but only after all have been loaded and a
//! prompt has been computed; reading the floating-point ones, of an int4 model a third, takes a tenth of that time.

use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use fs_err::File;

use crate::entity::manifest::RelativePath;
use crate::package::onnx::{Description, Tensor};

use super::error::Error;

/// Fits the caches of a processor.
const BUFFER: usize = 128 << 10;

/// The floating-point weights of a graph, and where they are.
#[derive(Debug, Clone, Default)]
pub(super) struct Weights(Vec<Numbers>);

/// One tensor.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Numbers {
    file: PathBuf,
    at: u64,
    bytes: u64,
    name: String,
    width: Width,
}

/// How wide its numbers are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Width {
    F16,
    F32,
}

impl Weights {
    /// Those of the graph at `path`.
    pub(super) fn of(path: &Path, description: &Description) -> Self {
        let folder = path.parent().unwrap_or(Path::new(""));
        let tensors = description.tensors.iter();
        let mut found: Vec<_> = tensors
            .filter_map(|(name, tensor)| Numbers::of(name, tensor, path, folder))
            .collect();
        found.sort();
        Self(found)
    }

    /// Refuses a tensor of the graph at `graph` with a number in it that is none.
    pub(super) fn check(&self, graph: &Path) -> Result<(), Error> {
        let mut opened: Option<(&Path, File)> = None;
        let mut buffer = vec![0; BUFFER];
        let mut read = 0;
        for numbers in &self.0 {
            let file = match opened.take() {
                Some((path, file)) if path == numbers.file => file,
                _ => {
                    read = 0;
                    File::open(&numbers.file)
                        .map_err(|error| Error::reading(&numbers.file, error))?
                }
            };
            let (_, file) = opened.insert((&numbers.file, file));
            let has_nan = numbers
                .has_nan(file, &mut buffer, &mut read)
                .map_err(|error| Error::reading(&numbers.file, error))?;
            if has_nan {
                return Err(Error::Unsound {
                    path: graph.to_path_buf(),
                    place: numbers.name.clone(),
                    found: "one of its numbers is NaN".to_owned(),
                });
            }
        }
        Ok(())
    }
}

impl Numbers {
    /// None where a tensor has others, keeps them where they are read with the graph, or does not say how many they are.
    fn of(name: &str, tensor: &Tensor, graph: &Path, folder: &Path) -> Option<Self> {
        let width = match tensor.element {
            1 => Width::F32,
            10 => Width::F16,
            _ => return None,
        };
        let (place, bytes) = (tensor.place.as_ref()?, tensor.bytes?);
        let file = match &place.file {
            Some(file) => file.parse::<RelativePath>().ok()?.under(folder),
            None => graph.to_path_buf(),
        };
        Some(Self {
            file,
            at: place.at,
            bytes,
            name: name.to_owned(),
            width,
        })
    }

    /// Tensors may lie over each other; what was `read` of their file is not read again.
    fn has_nan(&self, file: &mut File, buffer: &mut [u8], read: &mut u64) -> io::Result<bool> {
        let end = self.at.saturating_add(self.bytes);
        let start = self.at.max((*read).min(end));
        *read = end.max(*read);
        file.seek(SeekFrom::Start(start))?;
        let mut left = end - start;
        while left > 0 {
            let part = usize::try_from(left).map_or(buffer.len(), |left| left.min(buffer.len()));
            let Some(part) = buffer.get_mut(..part) else {
                break;
            };
            file.read_exact(part)?;
            if self.width.has_nan(part) {
                return Ok(true);
            }
            left -= part.len() as u64;
        }
        Ok(false)
    }
}

impl Width {
    /// The largest of all numbers without their signs tells: a NaN is above infinity.
    fn has_nan(self, bytes: &[u8]) -> bool {
        match self {
            Self::F16 => {
                let (numbers, _) = bytes.as_chunks();
                let unsigned = |number: &[u8; 2]| u16::from_le_bytes(*number) & 0x7fff;
                numbers.iter().map(unsigned).fold(0, u16::max) > 0x7c00
            }
            Self::F32 => {
                let (numbers, _) = bytes.as_chunks();
                let unsigned = |number: &[u8; 4]| u32::from_le_bytes(*number) & 0x7fff_ffff;
                numbers.iter().map(unsigned).fold(0, u32::max) > 0x7f80_0000
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn infinity_is_a_number_and_nan_is_none() {
        let infinite = [f32::INFINITY, f32::NEG_INFINITY, f32::MAX, -0.0];
        let bytes: Vec<u8> = infinite.iter().flat_map(|it| it.to_le_bytes()).collect();
        assert!(!Width::F32.has_nan(&bytes));
        for nan in [0x7f80_0001_u32, 0xffc0_0000, 0xff80_0001] {
            let bytes = [&bytes, &nan.to_le_bytes()[..]].concat();
            assert!(Width::F32.has_nan(&bytes));
        }
        let halves = [0x7c00_u16, 0xfc00, 0x7bff, 0x8000];
        let bytes: Vec<u8> = halves.iter().flat_map(|it| it.to_le_bytes()).collect();
        assert!(!Width::F16.has_nan(&bytes));
        for nan in [0x7c01_u16, 0xfe00] {
            let bytes = [&bytes, &nan.to_le_bytes()[..]].concat();
            assert!(Width::F16.has_nan(&bytes));
        }
    }

    #[test]
    fn every_number_of_a_tensor_is_looked_at_and_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("data");
        let count = 3 * BUFFER / 4 + 5;
        let numbers = Numbers {
            file: path.clone(),
            at: 4,
            bytes: 4 * count as u64,
            name: "one".to_owned(),
            width: Width::F32,
        };
        for (index, expected) in [
            (0, false),
            (1, true),
            (BUFFER / 4, true),
            (count, true),
            (count + 1, false),
        ] {
            let mut data = vec![0.5_f32; count + 2];
            data[index] = f32::NAN;
            let bytes: Vec<u8> = data.iter().flat_map(|it| it.to_le_bytes()).collect();
            fs_err::write(&path, bytes).unwrap();
            let outcome = Weights(vec![numbers.clone()]).check(Path::new("model.onnx"));
            assert_eq!(outcome.is_err(), expected, "{index}");
        }
    }
}

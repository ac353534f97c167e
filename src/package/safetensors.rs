//! Checks that a `.safetensors` file is whole: its header is read, its weights are not.
//!
//! Eight bytes say how long the header is; the header is JSON and says where each tensor lies behind it.

use std::io::Read as _;

use serde_json::{Map, Value};

use super::source::File;
use super::{Error, contents};

/// As much as the format's own reader allows.
const LONGEST_HEADER: u64 = 100_000_000;

/// Checks the file; tells how many numbers its tensors have together.
pub(super) fn check(file: &File) -> Result<u64, Error> {
    let unreadable = |source| Error::Read {
        path: file.real.clone(),
        source,
    };
    let (mut reader, length) = contents::open(&file.real).map_err(unreadable)?;
    let mut announced = [0; 8];
    if length < 8 {
        return Err(cut_off(file, 8));
    }
    reader.read_exact(&mut announced).map_err(unreadable)?;
    let announced = u64::from_le_bytes(announced);
    if announced > LONGEST_HEADER {
        return Err(Error::NotSafetensors {
            file: file.path.clone(),
        });
    }
    let begin = announced + 8;
    if length < begin {
        return Err(cut_off(file, begin));
    }
    let header: Map<String, Value> =
        serde_json::from_reader(reader.take(announced)).map_err(|source| Error::BadJson {
            file: file.path.clone(),
            source,
        })?;
    let (mut parameters, mut end) = (0, 0);
    for tensor in header.values() {
        let numbers = |field: &str| {
            let values = tensor.get(field).and_then(Value::as_array);
            let values = values.into_iter().flatten().filter_map(Value::as_u64);
            values.collect::<Vec<_>>()
        };
        if tensor.get("dtype").is_some() {
            let shape = numbers("shape").into_iter();
            let product = shape.fold(1, u64::saturating_mul);
            parameters = u64::saturating_add(parameters, product);
            end = end.max(numbers("data_offsets").last().copied().unwrap_or(0));
        }
    }
    let needed = begin.saturating_add(end);
    if length < needed {
        return Err(cut_off(file, needed));
    }
    Ok(parameters)
}

fn cut_off(file: &File, needed: u64) -> Error {
    Error::CutOff {
        file: file.path.clone(),
        needed,
        found: file.size,
    }
}

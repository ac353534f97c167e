//! JSON read from a model's files, and JSON written byte for byte as Python's `json.dumps` does.
//!
//! It knows no schema.

use std::io;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::ser::{Formatter, PrettyFormatter, Serializer};
use serde_json::{Error as JsonError, Value};

use super::source::File;
use super::{Error, contents};

/// Reads a JSON file, which has at most `limit` bytes.
pub(super) fn read<T: DeserializeOwned>(file: &File, limit: u64) -> Result<T, Error> {
    let text = contents::read(&file.real, limit).map_err(|source| Error::Read {
        path: file.real.clone(),
        source,
    })?;
    serde_json::from_slice(&text).map_err(|source| Error::BadJson {
        file: file.path.clone(),
        source,
    })
}

/// `json.dumps(value)`: one line, a space after each comma and colon, ASCII only.
pub(super) fn dumps(value: &Value) -> Result<String, JsonError> {
    write(value, Spaced)
}

/// `json.dumps(value, indent=2)`.
pub(super) fn dumps_indented(value: &Value) -> Result<String, JsonError> {
    write(value, PrettyFormatter::new())
}

fn write(value: &Value, formatter: impl Formatter) -> Result<String, JsonError> {
    let mut bytes = Vec::new();
    value.serialize(&mut Serializer::with_formatter(&mut bytes, formatter))?;
    let text = String::from_utf8_lossy(&bytes);
    Ok(text.chars().fold(String::new(), push_ascii))
}

/// Characters beyond ASCII only occur inside strings, where an escape means the same.
fn push_ascii(mut text: String, character: char) -> String {
    if character.is_ascii() {
        text.push(character);
    } else {
        for unit in character.encode_utf16(&mut [0; 2]) {
            let escape = format!("\\u{unit:04x}");
            text.push_str(&escape);
        }
    }
    text
}

struct Spaced;

impl Formatter for Spaced {
    fn begin_array_value<W: io::Write + ?Sized>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        writer.write_all(if first { b"" } else { b", " })
    }

    fn begin_object_key<W: io::Write + ?Sized>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        writer.write_all(if first { b"" } else { b", " })
    }

    fn begin_object_value<W: io::Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_written_as_python_does() {
        let value =
            serde_json::json!({"prompt": "¡Hola 🦀\n\u{7f}\"", "n": [1, 2.5, null, true], "e": {}});
        assert_eq!(
            dumps(&value).unwrap(),
            "{\"prompt\": \"\\u00a1Hola \\ud83e\\udd80\\n\u{7f}\\\"\", \"n\": [1, 2.5, null, true], \"e\": {}}"
        );
        assert_eq!(
            dumps_indented(&serde_json::json!({"prompt": "x"})).unwrap(),
            "{\n  \"prompt\": \"x\"\n}"
        );
    }
}

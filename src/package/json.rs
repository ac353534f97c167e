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
    write(value, Indented(PrettyFormatter::new()))
}

fn write(value: &Value, formatter: impl Formatter) -> Result<String, JsonError> {
    let mut bytes = Vec::new();
    value.serialize(&mut Serializer::with_formatter(&mut bytes, formatter))?;
    let text = String::from_utf8_lossy(&bytes);
    Ok(text.chars().fold(String::new(), push_ascii))
}

/// What cannot be printed or is beyond ASCII only occurs inside strings, where an escape means the same.
fn push_ascii(mut text: String, character: char) -> String {
    if character.is_ascii() && character != '\u{7f}' {
        text.push(character);
    } else {
        for unit in character.encode_utf16(&mut [0; 2]) {
            let escape = format!("\\u{unit:04x}");
            text.push_str(&escape);
        }
    }
    text
}

/// Python's `repr` of a number with a fraction: the same digits, another form of exponents.
fn float(value: f64) -> String {
    let scientific = format!("{value:e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    match exponent.parse::<i32>() {
        Ok(exponent) if !(-4..16).contains(&exponent) => {
            let sign = if exponent < 0 { '-' } else { '+' };
            format!("{digits}e{sign}{:02}", exponent.abs())
        }
        _ if value.fract() == 0.0 => format!("{value:.1}"),
        _ => value.to_string(),
    }
}

struct Indented<'a>(PrettyFormatter<'a>);

impl Formatter for Indented<'_> {
    fn write_f64<W: io::Write + ?Sized>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        writer.write_all(float(value).as_bytes())
    }

    fn begin_array<W: io::Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_array(writer)
    }

    fn end_array<W: io::Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array(writer)
    }

    fn begin_array_value<W: io::Write + ?Sized>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.0.begin_array_value(writer, first)
    }

    fn end_array_value<W: io::Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array_value(writer)
    }

    fn begin_object<W: io::Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object(writer)
    }

    fn end_object<W: io::Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object(writer)
    }

    fn begin_object_key<W: io::Write + ?Sized>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.0.begin_object_key(writer, first)
    }

    fn begin_object_value<W: io::Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object_value(writer)
    }

    fn end_object_value<W: io::Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object_value(writer)
    }
}

struct Spaced;

impl Formatter for Spaced {
    fn write_f64<W: io::Write + ?Sized>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        writer.write_all(float(value).as_bytes())
    }

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
            "{\"prompt\": \"\\u00a1Hola \\ud83e\\udd80\\n\\u007f\\\"\", \"n\": [1, 2.5, null, true], \"e\": {}}"
        );
        let numbers = [
            1.0,
            -0.0,
            0.1,
            1e16,
            1.5e300,
            123_456_789_012_345.6,
            1e-4,
            1.25e-5,
        ];
        assert_eq!(
            dumps(&serde_json::json!(numbers)).unwrap(),
            "[1.0, -0.0, 0.1, 1e+16, 1.5e+300, 123456789012345.6, 0.0001, 1.25e-05]"
        );
        assert_eq!(
            dumps_indented(&serde_json::json!({"prompt": "x"})).unwrap(),
            "{\n  \"prompt\": \"x\"\n}"
        );
    }
}

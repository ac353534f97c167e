//! JSON lines: a row on each. What the rows mean is not looked at.

use std::io::{BufRead, Read as _};

use anyhow::Result;
use serde_json::Value;

use super::bad;

/// No line is longer than this; what is has no line ends.
const LONGEST: u64 = 64 << 20;

/// The row of each line that has one. After a line that cannot be read at all there are no more.
pub(super) fn read(mut reader: Box<dyn BufRead + Send>) -> impl Iterator<Item = Result<Value>> {
    let mut number = 0_u64;
    let mut is_over = false;
    std::iter::from_fn(move || {
        while !is_over {
            number += 1;
            let mut line = Vec::new();
            match reader.by_ref().take(LONGEST).read_until(b'\n', &mut line) {
                Ok(0) => is_over = true,
                Ok(length) if length as u64 == LONGEST => {
                    is_over = true;
                    return Some(Err(bad(format!("line {number} has no end"))));
                }
                Ok(_) if line.trim_ascii().is_empty() => {}
                Ok(_) => {
                    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line);
                    let row = serde_json::from_slice(line.trim_ascii_end());
                    return Some(row.map_err(|error| bad(unreadable(number, &error))));
                }
                Err(error) => {
                    is_over = true;
                    return Some(Err(error.into()));
                }
            }
        }
        None
    })
}

/// Of one line alone the reader would say that it is the first.
fn unreadable(number: u64, error: &serde_json::Error) -> String {
    let place = format!(" at line {} column {}", error.line(), error.column());
    let reason = error.to_string();
    let reason = reason.strip_suffix(&place).unwrap_or(&reason);
    format!(
        "line {number} cannot be read at column {}: {reason}",
        error.column()
    )
}

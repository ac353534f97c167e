//! How an error looks: what, why, and what to do, each on a line of its own.

use std::io::{self, Write};

use super::{ERROR, Format, HINT};
use crate::command::Failure;

/// Writes a failure for people, or as one JSON object where results are JSON.
pub(super) fn write(failure: &Failure, format: Format, out: &mut dyn Write) -> io::Result<()> {
    if format != Format::Text {
        serde_json::to_writer(&mut *out, failure)?;
        return writeln!(out);
    }
    writeln!(out, "{ERROR}error{ERROR:#}: {}", failure.message)?;
    for cause in &failure.causes {
        writeln!(out, "  caused by: {}", cause.replace('\n', "\n    "))?;
    }
    for hint in &failure.hints {
        writeln!(out, "{HINT}hint{HINT:#}: {hint}")?;
    }
    Ok(())
}

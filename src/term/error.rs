//! How an error looks: what, why, and what to do, each on a line of its own.

use std::io::{self, Write};

use super::page::{Page, spelled_out};
use super::{ERROR, Format, HINT};
use crate::command::Failure;

/// Writes a failure for people, or as one JSON object where results are JSON.
pub(super) fn write(failure: &Failure, format: Format, out: &mut dyn Write) -> io::Result<()> {
    if format != Format::Text {
        let json = serde_json::to_string(failure)?;
        return writeln!(out, "{}", spelled_out(&json));
    }
    let mut page = Page::new(out);
    page.styled(ERROR, "error")?;
    writeln!(page, ": {}", failure.message)?;
    for cause in &failure.causes {
        writeln!(page, "  caused by: {}", cause.replace('\n', "\n    "))?;
    }
    for hint in &failure.hints {
        page.styled(HINT, "hint")?;
        writeln!(page, ": {hint}")?;
    }
    Ok(())
}

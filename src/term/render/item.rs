//! One thing, as people read it: its name, what there is to say about it, and the lists that belong to it.

use std::io::{self, Write};

use super::{Page, STRONG, cell};
use crate::command::{Cell, Item};

pub(super) fn write(item: &Item, out: &mut Page<'_>) -> io::Result<()> {
    out.styled(STRONG, &item.title)?;
    writeln!(out)?;
    lines(item.facts.iter().map(|(label, value)| (*label, value)), out)?;
    for (heading, entries) in &item.sections {
        out.styled(STRONG, heading)?;
        writeln!(out)?;
        let entries = entries.iter().map(|(label, value)| (label.as_str(), value));
        lines(entries, out)?;
    }
    Ok(())
}

/// One value on each line, all of them beginning in the same column.
fn lines<'a>(
    entries: impl Iterator<Item = (&'a str, &'a Cell)> + Clone,
    out: &mut Page<'_>,
) -> io::Result<()> {
    let longest = entries
        .clone()
        .map(|(label, _)| label.chars().count())
        .max();
    let width = longest.unwrap_or_default().clamp(9, 60);
    for (label, value) in entries {
        let value = cell(value, true).replace('\n', &format!("\n  {:width$} ", ""));
        writeln!(out, "  {label:<width$} {value}")?;
    }
    Ok(())
}

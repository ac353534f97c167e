//! A table, as people read it: columns that line up, on a terminal each row on one line.

use std::io::{self, Write};

use comfy_table::{CellAlignment, ContentArrangement, Row, Table, presets};

use super::{Page, STRONG, cell};
use crate::command::{Cell, List};

/// Space between columns.
const GAP: u16 = 2;
/// Characters of a text that would push all that follows out of sight.
const LONGEST: usize = 80;

/// Writes the table. Where there is a width, what does not fit is cut, which `…` tells.
pub(super) fn write(list: &List, width: Option<u16>, out: &mut Page<'_>) -> io::Result<()> {
    if list.rows.is_empty() {
        return Ok(());
    }
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_truncation_indicator("…")
        .set_content_arrangement(ContentArrangement::Disabled)
        .set_header(&list.headings);
    if let Some(width) = width {
        table
            .set_width(width)
            .set_content_arrangement(ContentArrangement::Dynamic);
    }
    for cells in &list.rows {
        let mut row: Row = cells.iter().map(one_line).collect::<Vec<_>>().into();
        row.max_height(1);
        table.add_row(row);
    }
    for (index, column) in table.column_iter_mut().enumerate() {
        column.set_padding((0, GAP));
        if is_numeric(list, index) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    for (index, line) in table.lines().enumerate() {
        let line = line.trim_end();
        if index == 0 {
            out.styled(STRONG, line)?;
        } else {
            write!(out, "{line}")?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// A row is one line, whatever its texts hold.
fn one_line(value: &Cell) -> String {
    let text = cell(value, false);
    let is_long = text.chars().nth(LONGEST).is_some();
    if !is_long && !text.contains(char::is_control) {
        return text;
    }
    let mut shown = text.replace(char::is_control, " ");
    if is_long {
        shown = shown.chars().take(LONGEST - 1).chain(['…']).collect();
    }
    shown
}

/// Numbers line up at their right end.
fn is_numeric(list: &List, index: usize) -> bool {
    let mut cells = list.rows.iter().filter_map(|row| row.get(index));
    cells.all(|cell| {
        matches!(
            cell,
            Cell::Count(_) | Cell::Number(_) | Cell::Bytes(_) | Cell::Empty
        )
    })
}

//! CSV: a row of the table is a row, its columns are the row's fields. What they mean is not looked at.

use std::io::BufRead;

use anyhow::Result;
use serde_json::{Map, Value};

use super::bad;

/// Reads the names of the columns, and hands out row after row.
pub(super) fn read(reader: Box<dyn BufRead + Send>) -> Result<impl Iterator<Item = Result<Value>>> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(reader);
    let columns = columns(reader.headers()?)?;
    let rows = reader.into_records();
    Ok(rows.map(move |record| match record {
        Ok(record) => row(&columns, &record),
        Err(error) => Err(bad(match error.position() {
            Some(position) => format!("line {}: {}", position.line(), reason(&error)),
            None => reason(&error),
        })),
    }))
}

fn columns(headers: &csv::StringRecord) -> Result<Vec<String>> {
    // Spreadsheets begin a file with a mark of the byte order.
    let names = headers
        .iter()
        .map(|name| name.trim_start_matches('\u{feff}').trim().to_owned());
    let names: Vec<String> = names.collect();
    if names
        .iter()
        .any(|name| name == "prompt" || name == "messages")
    {
        return Ok(names);
    }
    if names.is_empty() {
        return Err(bad("there is no table: it is empty"));
    }
    let found: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    Err(bad(format!(
        "there is no column `prompt` or `messages`, only {}",
        found.join(", ")
    )))
}

/// A field for each cell that is not empty.
fn row(columns: &[String], record: &csv::StringRecord) -> Result<Value> {
    if record.len() != columns.len() {
        let line = record.position().map_or(0, csv::Position::line);
        return Err(bad(format!(
            "line {line}: {} columns where the first line has {}",
            record.len(),
            columns.len()
        )));
    }
    let cells = columns
        .iter()
        .zip(record)
        .filter(|(_, cell)| !cell.is_empty());
    let fields: Map<String, Value> = cells
        .map(|(name, cell)| (name.clone(), Value::from(cell)))
        .collect();
    Ok(Value::Object(fields))
}

/// Without the place, which is told with the reason.
fn reason(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::Utf8 { .. } => "it is not UTF-8".to_owned(),
        _ => error.to_string(),
    }
}

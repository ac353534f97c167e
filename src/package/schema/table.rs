//! The table that pandas makes of an example, before MLflow looks at its columns (`_enforce_schema` in
//! `mlflow/models/utils.py`).
//!
//! It judges no cell.

use serde_json::{Map, Value};

use super::enforce::Findings;
use super::{Column, Data, Datum, Type};

/// A cell of a table; a record that lacks a column gives none.
pub(super) type Cell<'a> = (String, Option<&'a Value>);

/// A table as pandas makes it of an example; columns of plain lists have no names.
#[derive(Debug, Default)]
pub(super) struct Table<'a>(pub(super) Vec<(Option<&'a str>, Vec<Cell<'a>>)>);

/// The table that pandas makes of `data` under a schema with these columns; none where it cannot make one.
pub(super) fn table<'a>(
    columns: &[Column],
    data: &'a Data,
    findings: &mut Findings,
) -> Option<Table<'a>> {
    let example = match data {
        Data::Json(example) => example,
        Data::Frame(frame) => {
            let column = |(name, cells): (&'a String, Vec<&'a Value>)| {
                let cells = cells.into_iter().enumerate();
                let cells = cells.map(|(row, cell)| (format!("[{row}].{name}"), Some(cell)));
                (Some(name.as_str()), cells.collect())
            };
            return Some(Table(frame.columns().map(column).collect()));
        }
        Data::Tensor(_) | Data::Tensors(_) => {
            findings.lacks("instances".to_owned(), "columns, not tensors");
            return None;
        }
    };
    match Datum::of(example) {
        Datum::Fields(fields) => {
            let is_nested = |column: &Column| {
                matches!(
                    column.kind,
                    Type::Array(_) | Type::Object(_) | Type::SparkVector
                )
            };
            if columns.iter().any(is_nested) || fields.values().all(is_plain) {
                let cell = |(name, value): (&'a String, &'a Value)| {
                    (Some(name.as_str()), vec![(name.clone(), Some(value))])
                };
                Some(Table(fields.iter().map(cell).collect()))
            } else {
                columns_of(fields, findings)
            }
        }
        Datum::List(list) => rows_of(list, findings),
        datum if datum.is_scalar() => {
            let cell = ("inputs".to_owned(), Some(example));
            Some(Table(vec![(None, vec![cell])]))
        }
        _ => {
            findings.refuse("inputs".to_owned(), "an object or a list", example);
            None
        }
    }
}

/// A scalar, nothing, or a list of texts: an object of such is one row.
fn is_plain(value: &Value) -> bool {
    match Datum::of(value) {
        Datum::None => true,
        Datum::List(list) => list.iter().all(Value::is_string),
        datum => datum.is_scalar(),
    }
}

/// An object of columns: lists are their cells, and what is none is repeated.
fn columns_of<'a>(fields: &'a Map<String, Value>, findings: &mut Findings) -> Option<Table<'a>> {
    let keys: Vec<&String> = {
        let mut keys = Vec::new();
        for value in fields.values() {
            if let Datum::Fields(rows) = Datum::of(value) {
                keys.extend(
                    rows.keys()
                        .filter(|key| !keys.contains(key))
                        .collect::<Vec<_>>(),
                );
            }
        }
        keys
    };
    let mut lengths = fields.values().filter_map(|value| match Datum::of(value) {
        Datum::List(list) => Some(list.len()),
        Datum::Fields(_) => Some(keys.len()),
        _ => None,
    });
    let is_list = |value: &Value| matches!(Datum::of(value), Datum::List(_));
    let is_rows = |value: &Value| matches!(Datum::of(value), Datum::Fields(_));
    let is_mixed = fields.values().any(is_rows) && fields.values().any(is_list);
    let length = lengths.next();
    let (Some(length), false, false) = (length, is_mixed, lengths.any(|it| Some(it) != length))
    else {
        findings.lacks("inputs".to_owned(), "columns of one length");
        return None;
    };
    let column = |(name, value): (&'a String, &'a Value)| {
        let cells = (0..length).map(|row| {
            let cell = match Datum::of(value) {
                Datum::List(list) => list.get(row),
                Datum::Fields(rows) => keys.get(row).and_then(|key| rows.get(*key)),
                _ => Some(value),
            };
            (format!("{name}[{row}]"), cell)
        });
        (Some(name.as_str()), cells.collect())
    };
    Some(Table(fields.iter().map(column).collect()))
}

/// A list of rows: objects, lists, or else cells of one column.
fn rows_of<'a>(list: &'a [Value], findings: &mut Findings) -> Option<Table<'a>> {
    let mixed = |findings: &mut Findings| {
        findings.lacks("inputs".to_owned(), "a list of rows of one sort");
        None
    };
    match list.first().map(Datum::of) {
        None => Some(Table::default()),
        Some(Datum::Fields(_)) => {
            let mut table = Table::default();
            for (row, value) in list.iter().enumerate() {
                let Datum::Fields(fields) = Datum::of(value) else {
                    return mixed(findings);
                };
                for name in fields.keys() {
                    if table
                        .0
                        .iter()
                        .all(|(known, _)| *known != Some(name.as_str()))
                    {
                        let missing = (0..row).map(|row| (format!("[{row}].{name}"), None));
                        table.0.push((Some(name.as_str()), missing.collect()));
                    }
                }
                for (name, cells) in &mut table.0 {
                    let name = name.unwrap_or_default();
                    cells.push((format!("[{row}].{name}"), fields.get(name)));
                }
            }
            Some(table)
        }
        Some(Datum::List(_)) => {
            let rows: Option<Vec<_>> = list.iter().map(Value::as_array).collect();
            let Some(rows) = rows else {
                return mixed(findings);
            };
            let width = rows.iter().map(|row| row.len()).max().unwrap_or_default();
            let column = |at: usize| {
                let cells = rows.iter().enumerate();
                let cells = cells.map(|(row, cells)| (format!("[{row}][{at}]"), cells.get(at)));
                (None, cells.collect())
            };
            Some(Table((0..width).map(column).collect()))
        }
        Some(_) => {
            let cells = list.iter().enumerate();
            let cells = cells.map(|(row, value)| (format!("[{row}]"), Some(value)));
            Some(Table(vec![(None, cells.collect())]))
        }
    }
}

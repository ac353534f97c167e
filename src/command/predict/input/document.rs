//! One JSON document as rows, in every form that MLflow's scoring server takes (`mlflow/pyfunc/scoring_server`,
//! 3.17.2: `dataframe_split`, `dataframe_records`, `instances`, `inputs`, and a bare request to a language model),
//! and as a list. What the rows mean is not looked at.

use anyhow::Result;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{bad, kind};

/// A document, taken apart.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) rows: Vec<Result<Value>>,
    pub(super) params: Map<String, Value>,
}

const FORMS: [&str; 4] = [
    "dataframe_split",
    "dataframe_records",
    "instances",
    "inputs",
];

/// Reads a document.
pub(super) fn read(text: &str) -> Result<Document> {
    let text = text.trim_start_matches('\u{feff}');
    let value = serde_json::from_str(text).map_err(|error| {
        let hint = if error.to_string().contains("trailing characters") {
            "; JSON lines are read with `--content-type jsonl`"
        } else {
            ""
        };
        bad(format!("it is not JSON: {error}{hint}"))
    })?;
    let mut fields = match value {
        Value::Object(fields) => fields,
        other => return Ok(plain(spread(other)?)),
    };
    let forms: Vec<&str> = FORMS
        .into_iter()
        .filter(|form| fields.contains_key(*form))
        .collect();
    let params = match fields.remove("params") {
        None | Some(Value::Null) => Map::new(),
        Some(Value::Object(params)) => params,
        Some(other) => {
            return Err(bad(format!(
                "`params` has to be an object, not {}",
                kind(&other)
            )));
        }
    };
    let rows = match forms.as_slice() {
        [] => columns(fields),
        [form] => {
            let value = fields.remove(*form).unwrap_or_default();
            rows(form, value)
        }
        forms => Err(bad(format!("it has {} at once", forms.join(" and ")))),
    }?;
    Ok(Document { rows, params })
}

fn plain(rows: Vec<Result<Value>>) -> Document {
    let params = Map::new();
    Document { rows, params }
}

fn rows(form: &str, value: Value) -> Result<Vec<Result<Value>>> {
    match (form, value) {
        ("dataframe_split", value) => split(&value),
        ("dataframe_records", Value::Array(records)) => Ok(records.into_iter().map(Ok).collect()),
        ("dataframe_records", other) => Err(bad(format!(
            "`dataframe_records` has to be a list, not {}",
            kind(&other)
        ))),
        (_, value) => spread(value),
    }
}

/// A data frame: the names of its columns, and a list for each row.
fn split(value: &Value) -> Result<Vec<Result<Value>>> {
    #[derive(Deserialize)]
    struct Frame {
        columns: Vec<String>,
        data: Vec<Value>,
    }
    let frame = Frame::deserialize(value)
        .map_err(|error| bad(format!("`dataframe_split` is no data frame: {error}")))?;
    let columns = frame.columns;
    let row = |data: Value| {
        let Value::Array(data) = data else {
            return Err(bad(format!(
                "a row has to be a list of cells, not {}",
                kind(&data)
            )));
        };
        if data.len() == columns.len() {
            let fields = columns.iter().cloned().zip(data).collect();
            Ok(Value::Object(fields))
        } else {
            let (cells, columns) = (data.len(), columns.len());
            Err(bad(format!(
                "{cells} cells where there are {columns} columns"
            )))
        }
    };
    Ok(frame.data.into_iter().map(row).collect())
}

/// A list of rows, one row, or columns.
fn spread(value: Value) -> Result<Vec<Result<Value>>> {
    match value {
        // A conversation is a list, too, and one that a row would have to hold.
        Value::Array(rows) if rows.iter().any(is_message) => {
            let fields = [("messages".to_owned(), Value::Array(rows))];
            Ok(vec![Ok(Value::Object(fields.into_iter().collect()))])
        }
        Value::Array(rows) => Ok(rows.into_iter().map(Ok).collect()),
        Value::Object(fields) => columns(fields),
        text @ Value::String(_) => Ok(vec![Ok(text)]),
        other => Err(bad(format!(
            "rows have to be a list or an object, not {}",
            kind(&other)
        ))),
    }
}

fn is_message(value: &Value) -> bool {
    value.get("role").is_some() && value.get("content").is_some()
}

/// One row; or several, where the column `prompt` or `messages` is a list of them.
fn columns(fields: Map<String, Value>) -> Result<Vec<Result<Value>>> {
    let column = |name: &str| fields.get(name).and_then(Value::as_array);
    let conversations = column("messages").filter(|list| list.iter().any(Value::is_array));
    let Some(length) = column("prompt").or(conversations).map(Vec::len) else {
        return Ok(vec![Ok(Value::Object(fields))]);
    };
    let mut rows = vec![Map::new(); length];
    for (name, value) in fields {
        match value {
            Value::Array(cells) if cells.len() == length => {
                for (row, cell) in rows.iter_mut().zip(cells) {
                    row.insert(name.clone(), cell);
                }
            }
            Value::Array(cells) => {
                let cells = cells.len();
                return Err(bad(format!(
                    "`{name}` has {cells} values where there are {length} rows"
                )));
            }
            value => {
                for row in &mut rows {
                    row.insert(name.clone(), value.clone());
                }
            }
        }
    }
    Ok(rows.into_iter().map(|row| Ok(Value::Object(row))).collect())
}

//! What a JSON value is in Python, and the notations for what JSON has no word for.
//!
//! `{"$date": "2024-05-01T12:30:00"}` is a moment or a date and `{"$binary": "aGk="}` bytes, both as in MongoDB's
//! extended JSON; `{"dataframe_split": …}`, `{"dataframe_records": …}` and `{"instances": …}` are data frames and
//! tensors, as scoring servers take them. It infers no schema.

use serde_json::{Map, Value};

use super::Frame;

/// Tensors by name.
pub type Named = Vec<(String, Value)>;

/// What a model is given or gives.
#[derive(Debug, Clone, PartialEq)]
pub enum Data {
    /// Objects, lists, scalars.
    Json(Value),
    /// A pandas data frame.
    Frame(Frame),
    /// A NumPy array.
    Tensor(Value),
    /// NumPy arrays by name.
    Tensors(Named),
}

impl Data {
    /// Reads a value with its notations; what is said of a wrong one is a reason.
    pub fn read(value: &Value) -> Result<Self, String> {
        let only = value.as_object().filter(|fields| fields.len() == 1);
        match only.and_then(|fields| fields.iter().next()) {
            Some((key, table)) if key == "dataframe_split" => Frame::split(table).map(Self::Frame),
            Some((key, rows)) if key == "dataframe_records" => {
                Frame::records(rows).map(Self::Frame)
            }
            Some((key, rows)) if key == "instances" => tensors(rows),
            _ => {
                check(value)?;
                Ok(Self::Json(value.clone()))
            }
        }
    }
}

/// Rows of numbers, or rows of named ones, which are one tensor for each name
/// (`mlflow/utils/proto_json_utils.py`, `parse_instances_data`).
fn tensors(rows: &Value) -> Result<Data, String> {
    let Some(list) = rows.as_array() else {
        return Err("`instances` is not a list".to_owned());
    };
    if !list.first().is_some_and(Value::is_object) {
        return Ok(Data::Tensor(rows.clone()));
    }
    let mut named: Named = Vec::new();
    for row in list {
        for (name, value) in row
            .as_object()
            .ok_or("`instances` mixes objects and others")?
        {
            match named.iter_mut().find(|(known, _)| known == name) {
                Some((_, Value::Array(values))) => values.push(value.clone()),
                Some(_) => {}
                None => named.push((name.clone(), Value::Array(vec![value.clone()]))),
            }
        }
    }
    let has_all =
        |(_, values): &(String, Value)| values.as_array().map(Vec::len) == Some(list.len());
    if named.iter().all(has_all) {
        Ok(Data::Tensors(named))
    } else {
        Err("not every object in `instances` has the same names".to_owned())
    }
}

/// What Python would make of a value.
#[derive(Debug, Clone, Copy)]
pub(in crate::package) enum Datum<'a> {
    None,
    Bool,
    /// Of any size.
    Int(&'a Value),
    Float,
    Text(&'a str),
    Bytes,
    /// A `datetime`.
    Moment,
    /// A `date`.
    Date,
    List(&'a [Value]),
    Fields(&'a Map<String, Value>),
}

impl<'a> Datum<'a> {
    pub(in crate::package) fn of(value: &'a Value) -> Self {
        match value {
            Value::Null => Self::None,
            Value::Bool(_) => Self::Bool,
            Value::Number(number) if number.is_f64() => Self::Float,
            Value::Number(_) => Self::Int(value),
            Value::String(text) => Self::Text(text),
            Value::Array(list) => Self::List(list),
            Value::Object(fields) => match noted(fields) {
                Some(("$date", text)) if !text.contains('T') => Self::Date,
                Some(("$date", _)) => Self::Moment,
                Some(_) => Self::Bytes,
                None => Self::Fields(fields),
            },
        }
    }

    /// What a reader of an error takes it for.
    pub(in crate::package) fn title(self) -> &'static str {
        match self {
            Self::None => "null",
            Self::Bool => "a boolean",
            Self::Int(_) => "an integer",
            Self::Float => "a number with a fraction",
            Self::Text(_) => "a text",
            Self::Bytes => "bytes",
            Self::Moment => "a moment",
            Self::Date => "a date",
            Self::List(_) => "a list",
            Self::Fields(_) => "an object",
        }
    }

    /// What NumPy calls a scalar; dates are none.
    pub(in crate::package) fn is_scalar(self) -> bool {
        matches!(
            self,
            Self::Bool | Self::Int(_) | Self::Float | Self::Text(_) | Self::Bytes
        )
    }
}

/// A date or bytes, where the object stands for such.
fn noted(fields: &Map<String, Value>) -> Option<(&str, &str)> {
    let (key, value) = fields.iter().next().filter(|_| fields.len() == 1)?;
    let text = value.as_str()?;
    matches!(key.as_str(), "$date" | "$binary").then_some((key, text))
}

/// The value as MLflow writes it: dates as Python's `isoformat`, bytes as lines of Base64
/// (`mlflow/utils/proto_json_utils.py`, `NumpyEncoder`).
pub(in crate::package) fn as_written(value: &Value) -> Value {
    match value {
        Value::Array(list) => list.iter().map(as_written).collect(),
        Value::Object(fields) => match noted(fields) {
            Some(("$date", text)) => moment(text).unwrap_or_default().into(),
            Some((_, text)) => lines(text).into(),
            None => {
                let written = fields
                    .iter()
                    .map(|(name, value)| (name.clone(), as_written(value)));
                Value::Object(written.collect())
            }
        },
        other => other.clone(),
    }
}

/// Refuses a date that is none, and bytes that are not Base64.
pub(super) fn check(value: &Value) -> Result<(), String> {
    match value {
        Value::Array(list) => list.iter().try_for_each(check),
        Value::Object(fields) => match noted(fields) {
            Some(("$date", text)) if moment(text).is_none() => {
                Err(format!("`{text}` is no date without a time zone"))
            }
            Some(("$binary", text)) if !is_base64(text) => {
                Err("`$binary` is not Base64".to_owned())
            }
            Some(_) => Ok(()),
            None => fields.values().try_for_each(check),
        },
        _ => Ok(()),
    }
}

/// `isoformat()` of Python's date or datetime.
fn moment(text: &str) -> Option<String> {
    if !text.contains('T') {
        return Some(text.parse::<jiff::civil::Date>().ok()?.to_string());
    }
    if text.ends_with(['Z', 'z']) {
        return None;
    }
    let moment: jiff::civil::DateTime = text.parse().ok()?;
    let has_fraction = moment.subsec_nanosecond() >= 1000;
    let format = if has_fraction {
        "%Y-%m-%dT%H:%M:%S.%6f"
    } else {
        "%Y-%m-%dT%H:%M:%S"
    };
    Some(moment.strftime(format).to_string())
}

fn is_base64(text: &str) -> bool {
    let body = text.trim_end_matches('=');
    let padding = text.len() - body.len();
    let is_digit = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    text.len().is_multiple_of(4) && padding < 3 && body.bytes().all(is_digit)
}

/// Python's `base64.encodebytes`: lines of 76 characters, each with its end.
fn lines(text: &str) -> String {
    let mut lines = String::new();
    for (at, character) in text.chars().enumerate() {
        if at > 0 && at.is_multiple_of(76) {
            lines.push('\n');
        }
        lines.push(character);
    }
    if !lines.is_empty() {
        lines.push('\n');
    }
    lines
}

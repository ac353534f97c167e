//! Data frames and arrays as pandas and NumPy make them of JSON: which type a column or an array gets.
//!
//! It converts no value; only the types matter here.

use serde_json::{Map, Value, json};

use super::{Column, DataType, Datum, Type, as_written, infer};

/// A pandas data frame with named columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    columns: Vec<String>,
    rows: Vec<Vec<Value>>,
}

impl Frame {
    /// `{"columns": […], "data": [[…]]}`; an `index` is not kept, as with MLflow.
    pub(super) fn split(table: &Value) -> Result<Self, String> {
        let part = |name: &str| table.get(name).and_then(Value::as_array);
        let names = part("columns").ok_or("`dataframe_split` has no list `columns`")?;
        let data = part("data").ok_or("`dataframe_split` has no list `data`")?;
        let columns = names.iter().map(|name| name.as_str().map(str::to_owned));
        let columns: Vec<_> = columns
            .collect::<Option<_>>()
            .ok_or("`columns` are not all texts")?;
        let row = |row: &Value| {
            let row = row.as_array().filter(|row| row.len() == columns.len());
            row.cloned()
                .ok_or("not every row of `data` has a value for each column")
        };
        let rows = data.iter().map(row).collect::<Result<_, _>>()?;
        Self { columns, rows }.checked()
    }

    /// `[{column: value}]`; what a record lacks is missing.
    pub(super) fn records(rows: &Value) -> Result<Self, String> {
        let wrong = "`dataframe_records` is not a list of objects";
        let records = rows.as_array().ok_or(wrong)?.iter().map(Value::as_object);
        let records: Vec<&Map<String, Value>> = records.collect::<Option<_>>().ok_or(wrong)?;
        let mut columns: Vec<String> = Vec::new();
        for name in records.iter().flat_map(|record| record.keys()) {
            if !columns.contains(name) {
                columns.push(name.clone());
            }
        }
        let cell = |record: &Map<String, Value>, name: &String| {
            record.get(name).cloned().unwrap_or_default()
        };
        let row =
            |record: &&Map<String, Value>| columns.iter().map(|name| cell(record, name)).collect();
        let rows = records.iter().map(row).collect();
        Self { columns, rows }.checked()
    }

    fn checked(self) -> Result<Self, String> {
        let mut names = self.columns.iter().enumerate();
        if names.any(|(at, name)| self.columns.iter().skip(at + 1).any(|other| other == name)) {
            return Err("two columns have one name".to_owned());
        }
        self.rows
            .iter()
            .flatten()
            .try_for_each(super::datum::check)?;
        Ok(self)
    }

    pub(super) fn columns(&self) -> impl Iterator<Item = (&String, Vec<&Value>)> {
        self.columns.iter().enumerate().map(|(at, name)| {
            let cells = self.rows.iter().filter_map(move |row| row.get(at));
            (name, cells.collect())
        })
    }

    /// `_infer_pandas_column` of each column.
    pub(super) fn infer(&self) -> Result<Vec<Column>, String> {
        let column = |(name, cells): (&String, Vec<&Value>)| {
            Ok(Column {
                name: Some(name.clone()),
                kind: kind(&cells, name)?,
                is_required: !cells.iter().any(|cell| cell.is_null()),
            })
        };
        self.columns().map(column).collect()
    }

    /// As MLflow keeps it (`_convert_dataframe_to_split_dict`).
    pub(in crate::package) fn as_split(&self) -> Value {
        let dtypes: Vec<_> = self
            .columns()
            .map(|(_, cells)| Dtype::of(cells.into_iter()))
            .collect();
        let cell = |(cell, dtype): (&Value, &Dtype)| match dtype {
            Dtype::Float64 => cell.as_f64().into(),
            _ => as_written(cell),
        };
        let row = |row: &Vec<Value>| std::iter::zip(row, &dtypes).map(cell).collect::<Value>();
        json!({"columns": self.columns, "data": self.rows.iter().map(row).collect::<Value>()})
    }
}

fn kind(cells: &[&Value], name: &str) -> Result<Type, String> {
    Ok(Type::Data(match Dtype::of(cells.iter().copied()) {
        Dtype::Bool => DataType::Boolean,
        Dtype::Int64 => DataType::Long,
        Dtype::UInt64 => return Err(format!("`{name}` has integers of more than 63 bits")),
        Dtype::Float64 => DataType::Double,
        Dtype::Moments => DataType::Datetime,
        Dtype::Text => DataType::String,
        Dtype::Object if cells.is_empty() => DataType::String,
        Dtype::Object => {
            let cells: Vec<Value> = cells.iter().copied().cloned().collect();
            return infer::items(&cells, name);
        }
    }))
}

/// What pandas makes of a column of Python values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dtype {
    Bool,
    Int64,
    UInt64,
    /// Also of integers where one is missing.
    Float64,
    Moments,
    /// Texts, some of them missing.
    Text,
    Object,
}

impl Dtype {
    pub(super) fn of<'a>(values: impl Iterator<Item = &'a Value>) -> Self {
        let mut seen = Seen::default();
        values.for_each(|value| seen.note(value));
        seen.dtype()
    }

    /// What a reader of an error takes it for.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Bool => "a boolean",
            Self::Int64 => "an integer",
            Self::UInt64 => "an integer of more than 63 bits",
            Self::Float64 => "a number with a fraction",
            Self::Moments => "a moment",
            Self::Text => "a text",
            Self::Object => "something else",
        }
    }
}

/// Which sorts of values a column has.
#[derive(Debug, Default)]
struct Seen {
    none: bool,
    bool: bool,
    int: bool,
    negative: bool,
    large: bool,
    float: bool,
    text: bool,
    moment: bool,
    other: bool,
}

impl Seen {
    fn note(&mut self, value: &Value) {
        match Datum::of(value) {
            Datum::None => self.none = true,
            Datum::Bool => self.bool = true,
            Datum::Int(number) => {
                self.int = true;
                self.negative |= number.as_i64().is_some_and(i64::is_negative);
                self.large |= number.as_i64().is_none();
            }
            Datum::Float => self.float = true,
            Datum::Text(_) => self.text = true,
            Datum::Moment => self.moment = true,
            Datum::Bytes | Datum::Date | Datum::List(_) | Datum::Fields(_) => self.other = true,
        }
    }

    fn dtype(&self) -> Dtype {
        let is_number = self.int || self.float;
        let sorts = [self.bool, is_number, self.text, self.moment, self.other];
        if sorts.iter().filter(|sort| **sort).count() != 1 || self.other {
            return Dtype::Object;
        }
        if self.float || (self.int && self.none) {
            Dtype::Float64
        } else if self.int {
            match (self.large, self.negative) {
                (false, _) => Dtype::Int64,
                (true, false) => Dtype::UInt64,
                (true, true) => Dtype::Object,
            }
        } else if self.text {
            Dtype::Text
        } else if self.moment {
            Dtype::Moments
        } else if self.none {
            Dtype::Object
        } else {
            Dtype::Bool
        }
    }
}

/// Type and shape of what `numpy.array` makes of nested lists.
pub(super) fn array(value: &Value) -> Result<(&'static str, Vec<i64>), String> {
    let shape = shape(value)?;
    let mut leaves = Vec::new();
    collect(value, &mut leaves);
    let mut seen = Seen::default();
    for leaf in &leaves {
        seen.note(leaf);
    }
    let has_number = seen.int || seen.float;
    if seen.none || seen.moment || seen.other || (seen.text && (seen.bool || has_number)) {
        return Err("the tensor holds something besides numbers, booleans or texts".to_owned());
    }
    let dtype = if seen.text {
        "str"
    } else if seen.float || leaves.is_empty() || (seen.large && seen.negative) {
        "float64"
    } else if seen.large {
        "uint64"
    } else if seen.int {
        "int64"
    } else {
        "bool"
    };
    Ok((dtype, shape))
}

/// Nested lists as `numpy.array` gives them back: all numbers have a fraction where one has.
pub(in crate::package) fn array_as_written(value: &Value) -> Value {
    match array(value) {
        Ok(("float64", _)) => with_fractions(value),
        _ => as_written(value),
    }
}

fn with_fractions(value: &Value) -> Value {
    match value {
        Value::Array(list) => list.iter().map(with_fractions).collect(),
        leaf => leaf.as_f64().into(),
    }
}

fn shape(value: &Value) -> Result<Vec<i64>, String> {
    let Value::Array(list) = value else {
        return Ok(Vec::new());
    };
    let length = i64::try_from(list.len()).map_err(|error| error.to_string())?;
    let mut shapes = list.iter().map(shape);
    let first = shapes.next().transpose()?.unwrap_or_default();
    for other in shapes {
        if other? != first {
            return Err("the rows of the tensor do not have one length".to_owned());
        }
    }
    Ok([vec![length], first].concat())
}

fn collect<'a>(value: &'a Value, leaves: &mut Vec<&'a Value>) {
    match value {
        Value::Array(list) => list.iter().for_each(|value| collect(value, leaves)),
        leaf => leaves.push(leaf),
    }
}

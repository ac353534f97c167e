//! Whether an example fits a signature, by the rules with which MLflow checks what a model is asked
//! (`_enforce_schema` in `mlflow/models/utils.py`).
//!
//! It changes no value. JSON has one sort of integer and one of other numbers, which a scoring server converts to
//! what the schema says; what only that conversion makes fit is told apart.

use serde_json::{Map, Value};

use super::frame::Dtype;
use super::table::{Cell, table};
use super::{
    Column, Data, DataType, Datum, ModelSignature, Property, Schema, Type, params, tensors,
};

/// A value that does not fit.
#[derive(Debug, Clone, thiserror::Error)]
#[error("`{path}` is {found} where the signature wants {expected}")]
#[non_exhaustive]
pub struct Finding {
    /// Where it is.
    pub path: String,
    /// What should be there.
    pub expected: String,
    /// What is there.
    pub found: &'static str,
    /// Whether a scoring server makes it fit: Python's own `predict` does not.
    pub is_converted: bool,
}

/// All that is to be said of an example.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Findings {
    /// What does not fit.
    pub refused: Vec<Finding>,
    /// What the signature does not name: MLflow leaves it out.
    pub ignored: Vec<String>,
}

impl Findings {
    pub(super) fn refuse(&mut self, path: String, expected: impl Into<String>, found: &Value) {
        self.refused.push(Finding {
            path,
            expected: expected.into(),
            found: Datum::of(found).title(),
            is_converted: false,
        });
    }

    pub(super) fn lacks(&mut self, path: String, expected: impl Into<String>) {
        self.refused.push(Finding {
            path,
            expected: expected.into(),
            found: "missing",
            is_converted: false,
        });
    }

    /// The first that no server makes fit.
    pub fn worst(&self) -> Option<&Finding> {
        let mut refused = self.refused.iter();
        refused.find(|finding| !finding.is_converted)
    }
}

impl ModelSignature {
    /// Compares an example and its params with the signature.
    pub fn check(&self, data: &Data, given: Option<&Map<String, Value>>) -> Findings {
        let mut findings = Findings::default();
        match &self.inputs {
            Some(Schema::Columns(columns)) => check_columns(columns, data, &mut findings),
            Some(Schema::Tensors(specs)) => tensors::check(specs, data, &mut findings),
            None => {}
        }
        let schema = self.params.as_deref().unwrap_or_default();
        if let Some(given) = given {
            params::check(schema, given, &mut findings);
        }
        findings
    }
}

fn check_columns(columns: &[Column], data: &Data, findings: &mut Findings) {
    let Some(table) = table(columns, data, findings) else {
        return;
    };
    let is_named = columns.iter().any(|column| column.name.is_some());
    for (at, column) in columns.iter().enumerate() {
        let cells = if is_named {
            let mut found = table.0.iter();
            found.find(|(name, _)| *name == column.name.as_deref())
        } else {
            table.0.get(at)
        };
        match cells {
            Some((_, cells)) => check_cells(column, cells, findings),
            None if column.is_required => {
                let name = column.name.clone().unwrap_or_else(|| format!("[{at}]"));
                findings.lacks(name, column.kind.title());
            }
            None => {}
        }
    }
    if is_named {
        let is_known = |name: &str| {
            let mut known = columns.iter();
            known.any(|column| column.name.as_deref() == Some(name))
        };
        let names = table.0.iter().filter_map(|(name, _)| *name);
        let unknown = names.filter(|name| !is_known(name));
        findings.ignored.extend(unknown.map(str::to_owned));
    }
}

fn check_cells(column: &Column, cells: &[Cell<'_>], findings: &mut Findings) {
    if let Type::Data(kind) = column.kind {
        series(cells, kind, findings);
        return;
    }
    for (path, cell) in cells {
        match cell {
            Some(cell) => value(cell, &column.kind, column.is_required, path, findings),
            None if column.kind == Type::Any => {}
            None => findings.lacks(path.clone(), column.kind.title()),
        }
    }
}

/// `_enforce_type`.
pub(super) fn value(
    value: &Value,
    kind: &Type,
    is_required: bool,
    path: &str,
    findings: &mut Findings,
) {
    let is_left_out = !is_required && value.is_null();
    match (kind, Datum::of(value)) {
        (Type::Any, _) => {}
        (Type::Data(_), _) if is_left_out => {}
        (Type::Data(kind), datum) if datum.is_scalar() => {
            series(&[(path.to_owned(), Some(value))], *kind, findings);
        }
        (Type::Array(items), datum) => {
            let accepts_nothing = !is_required || **items == Type::Any;
            match datum {
                Datum::None if accepts_nothing => {}
                Datum::List(list) => elements(list, items, is_required, path, findings),
                _ => findings.refuse(path.to_owned(), kind.title(), value),
            }
        }
        (Type::SparkVector, Datum::List(list)) => {
            elements(
                list,
                &Type::Data(DataType::Double),
                is_required,
                path,
                findings,
            );
        }
        (Type::SparkVector | Type::Object(_), Datum::None) if !is_required => {}
        (Type::Object(_), Datum::Fields(fields)) if !is_required && fields.is_empty() => {}
        (Type::Object(properties), Datum::Fields(fields)) => {
            object(fields, properties, path, findings);
        }
        (Type::Map(values), Datum::None) if !is_required || **values == Type::Any => {}
        (Type::Map(values), Datum::Fields(fields)) => {
            for (name, inner) in fields {
                let path = format!("{path}.{name}");
                self::value(inner, values, is_required, &path, findings);
            }
        }
        _ => findings.refuse(path.to_owned(), kind.title(), value),
    }
}

fn elements(list: &[Value], items: &Type, is_required: bool, path: &str, findings: &mut Findings) {
    let places = list.iter().enumerate();
    let cells = places.map(|(at, value)| (format!("{path}[{at}]"), Some(value)));
    if let Type::Data(kind) = items {
        // NumPy makes no text or bytes of a list.
        let wants_text = matches!(kind, DataType::String | DataType::Binary);
        if let (true, Some(at)) = (wants_text, list.iter().position(Value::is_array)) {
            let found = list.get(at).unwrap_or(&Value::Null);
            findings.refuse(format!("{path}[{at}]"), kind.name(), found);
        } else if !list.is_empty() {
            series(&cells.collect::<Vec<_>>(), *kind, findings);
        }
        return;
    }
    for (path, cell) in cells {
        if let Some(cell) = cell {
            value(cell, items, is_required, &path, findings);
        }
    }
}

fn object(
    fields: &Map<String, Value>,
    properties: &[Property],
    path: &str,
    findings: &mut Findings,
) {
    for property in properties {
        let path = format!("{path}.{}", property.name);
        match fields.get(&property.name) {
            Some(inner) => value(inner, &property.kind, property.is_required, &path, findings),
            None if property.is_required => findings.lacks(path, property.kind.title()),
            None => {}
        }
    }
    let unknown = fields
        .iter()
        .filter(|(name, _)| properties.iter().all(|property| property.name != **name));
    for (name, value) in unknown {
        let known: Vec<_> = properties
            .iter()
            .map(|property| format!("`{}`", property.name))
            .collect();
        let expected = format!("one of {}", known.join(", "));
        findings.refuse(format!("{path}.{name}"), expected, value);
    }
}

/// `_enforce_mlflow_datatype` of a column: pandas gives one type to all its cells.
fn series(cells: &[Cell<'_>], kind: DataType, findings: &mut Findings) {
    let values = || cells.iter().filter_map(|(_, cell)| *cell);
    let has_gap = cells.iter().any(|(_, cell)| cell.is_none());
    let nothing = Value::Null;
    let dtype = Dtype::of(values().chain(has_gap.then_some(&nothing)));
    let is_zero_or_one = || values().all(|value| matches!(value.as_u64(), Some(0 | 1)));
    let fits = match (kind, dtype) {
        (DataType::String | DataType::Binary, Dtype::Text | Dtype::Object)
        | (DataType::Boolean, Dtype::Bool | Dtype::Object)
        | (DataType::Long, Dtype::Int64)
        | (DataType::Double, Dtype::Float64)
        | (DataType::Datetime, Dtype::Moments) => true,
        (DataType::Float | DataType::Double, Dtype::Int64) => is_zero_or_one(),
        (DataType::Double, Dtype::Object) => values().all(is_numeric),
        (DataType::Datetime, Dtype::Object) => values()
            .all(|value| matches!(Datum::of(value), Datum::None | Datum::Moment | Datum::Date)),
        _ => false,
    };
    if fits {
        return;
    }
    let fitting = |cell: &&Cell<'_>| cell.1.is_none_or(|value| !is_alike(value, kind));
    let Some((path, found)) = cells.iter().find(fitting).or_else(|| cells.first()) else {
        findings.lacks(String::new(), kind.name());
        return;
    };
    findings.refused.push(Finding {
        path: path.clone(),
        expected: kind.name().to_owned(),
        found: found.map_or("missing", |found| match Datum::of(found) {
            Datum::Int(_) if dtype == Dtype::UInt64 => dtype.title(),
            datum => datum.title(),
        }),
        is_converted: values().all(|value| is_converted(value, kind)) && !has_gap,
    });
}

/// What pandas makes a number of where a column holds all sorts of things (`pandas.to_numeric`).
fn is_numeric(value: &Value) -> bool {
    match Datum::of(value) {
        Datum::None | Datum::Bool | Datum::Int(_) | Datum::Float | Datum::List([]) => true,
        Datum::Text(text) => {
            let number = text.trim().parse::<f64>();
            text.is_empty() || number.is_ok_and(f64::is_finite)
        }
        Datum::Fields(fields) => fields.is_empty(),
        Datum::Bytes | Datum::Moment | Datum::Date | Datum::List(_) => false,
    }
}

/// Whether a value is of the sort as it is.
fn is_alike(value: &Value, kind: DataType) -> bool {
    matches!(
        (Datum::of(value), kind),
        (Datum::Bool, DataType::Boolean)
            | (Datum::Int(_), DataType::Long)
            | (Datum::Float, DataType::Double)
            | (Datum::Text(_), DataType::String)
            | (Datum::Bytes, DataType::Binary)
            | (Datum::Moment | Datum::Date, DataType::Datetime)
    )
}

/// Whether a scoring server converts a value without loss.
fn is_converted(value: &Value, kind: DataType) -> bool {
    match (Datum::of(value), kind) {
        (Datum::Int(number), DataType::Integer) => {
            let number = number.as_i64().map(i32::try_from);
            matches!(number, Some(Ok(_)))
        }
        (Datum::Int(_) | Datum::Float, DataType::Float | DataType::Double) => true,
        (Datum::Text(text), DataType::Datetime) => is_moment(text),
        _ => is_alike(value, kind),
    }
}

/// A date or a moment as Python reads it; an empty text is none, which is allowed.
pub(super) fn is_moment(text: &str) -> bool {
    let text = text.trim_end_matches(['Z', 'z']).replacen(' ', "T", 1);
    text.is_empty()
        || text.parse::<jiff::civil::DateTime>().is_ok()
        || text.parse::<jiff::civil::Date>().is_ok()
}

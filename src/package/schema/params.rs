//! The schema of params, inferred from their values, and whether given values fit it
//! (`_infer_param_schema` in `mlflow/types/utils.py`, `_enforce_param_datatype` in `mlflow/models/utils.py`).
//!
//! It knows no inputs.

use serde_json::{Map, Value};

use super::enforce::{self, Findings};
use super::{DataType, Datum, Param, Type, as_written, infer};

/// A param that has no type.
#[derive(Debug, Clone, thiserror::Error)]
#[error("the param `{name}` {problem}")]
pub struct BadParam {
    name: String,
    problem: String,
}

pub(super) fn infer(params: &Map<String, Value>) -> Result<Vec<Param>, BadParam> {
    let mut inferred = Vec::with_capacity(params.len());
    for (name, value) in params {
        inferred.push(param(name, value).map_err(|problem| BadParam {
            name: name.clone(),
            problem,
        })?);
    }
    Ok(inferred)
}

fn param(name: &str, value: &Value) -> Result<Param, String> {
    let (kind, is_list) = match Datum::of(value) {
        Datum::List(list) => (Type::Data(items(list)?), true),
        Datum::Fields(_) => (object(name, value)?, false),
        datum => (Type::Data(scalar(datum)?), false),
    };
    let has_fractions = is_list && kind == Type::Data(DataType::Double);
    Ok(Param {
        name: name.to_owned(),
        default: if has_fractions {
            with_fractions(value)
        } else {
            as_written(value)
        },
        kind,
        is_list,
    })
}

fn scalar(datum: Datum<'_>) -> Result<DataType, String> {
    match datum {
        Datum::Bool => Ok(DataType::Boolean),
        Datum::Int(number) if number.is_i64() => Ok(DataType::Long),
        Datum::Int(_) => Err("has more than 63 bits".to_owned()),
        Datum::Float => Ok(DataType::Double),
        Datum::Text(_) => Ok(DataType::String),
        Datum::Moment | Datum::Date => Ok(DataType::Datetime),
        Datum::None | Datum::Bytes | Datum::List(_) | Datum::Fields(_) => {
            Err(format!("cannot be {}", datum.title()))
        }
    }
}

/// What all elements of a list are. NumPy makes numbers with fractions of all numbers where one has a fraction.
fn items(list: &[Value]) -> Result<DataType, String> {
    let mut common = None;
    for value in list {
        let datum = Datum::of(value);
        if matches!(datum, Datum::List(_)) {
            return Err("is a list of lists".to_owned());
        }
        let kind = scalar(datum)?;
        common = Some(match (common, kind) {
            (None, kind) => kind,
            (Some(DataType::Double), DataType::Long) | (Some(DataType::Long), DataType::Double) => {
                DataType::Double
            }
            (Some(one), other) if one == other => one,
            (Some(one), other) => {
                return Err(format!("holds both {} and {}", one.name(), other.name()));
            }
        });
    }
    // Of no elements all are dates, says Python's `all`.
    Ok(common.unwrap_or(DataType::Datetime))
}

fn with_fractions(list: &Value) -> Value {
    let numbers = list.as_array().into_iter().flatten();
    numbers.map(Value::as_f64).collect()
}

fn object(name: &str, value: &Value) -> Result<Type, String> {
    let kind = infer::infer(value, name)?;
    if !matches!(kind, Type::Object(_)) {
        return Err("is an empty object".to_owned());
    }
    if let Some(title) = without_word(value) {
        return Err(format!("cannot be an object that holds {title}"));
    }
    // MLflow takes no default that its own rules refuse afterwards.
    let mut findings = Findings::default();
    enforce::value(value, &kind, true, name, &mut findings);
    match findings.refused.into_iter().next() {
        Some(finding) => Err(format!("has no type that MLflow would enforce: {finding}")),
        None => Ok(kind),
    }
}

/// What MLflow itself has no JSON for inside a default.
fn without_word(value: &Value) -> Option<&'static str> {
    match Datum::of(value) {
        datum @ (Datum::Bytes | Datum::Moment | Datum::Date) => Some(datum.title()),
        Datum::List(list) => list.iter().find_map(without_word),
        Datum::Fields(fields) => fields.values().find_map(without_word),
        _ => None,
    }
}

/// Whether given values fit; what no param is called is left out by MLflow.
pub(super) fn check(schema: &[Param], given: &Map<String, Value>, findings: &mut Findings) {
    for (name, value) in given {
        match schema.iter().find(|param| param.name == *name) {
            Some(param) => param.check(value, findings),
            None => findings.ignored.push(format!("params.{name}")),
        }
    }
}

impl Param {
    fn check(&self, value: &Value, findings: &mut Findings) {
        let path = format!("params.{}", self.name);
        match (&self.kind, self.is_list, value) {
            (Type::Data(kind), true, Value::Array(list)) => {
                for (at, value) in list.iter().enumerate() {
                    if !fits(value, *kind) {
                        findings.refuse(format!("{path}[{at}]"), kind.name(), value);
                    }
                }
            }
            (Type::Data(kind), true, _) => {
                let expected = format!("a list of {}", kind.name());
                findings.refuse(path, expected, value);
            }
            (Type::Data(kind), false, _) if fits(value, *kind) => {}
            (Type::Data(kind), false, _) => findings.refuse(path, kind.name(), value),
            (kind, ..) => enforce::value(value, kind, true, &path, findings),
        }
    }
}

/// Params are stricter than inputs in sorts and kinder in sizes.
fn fits(value: &Value, kind: DataType) -> bool {
    match (Datum::of(value), kind) {
        (Datum::None, _)
        | (Datum::Bool, DataType::Boolean)
        | (Datum::Float, DataType::Float | DataType::Double)
        | (Datum::Text(_), DataType::String)
        | (Datum::Bytes, DataType::Binary)
        | (Datum::Moment | Datum::Date, DataType::Datetime)
        | (
            Datum::Int(_),
            DataType::Integer | DataType::Long | DataType::Float | DataType::Double,
        ) => true,
        (Datum::Text(text), DataType::Datetime) => enforce::is_moment(text),
        _ => false,
    }
}

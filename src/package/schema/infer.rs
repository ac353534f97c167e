//! A signature from examples, as MLflow's `infer_signature` gives it
//! (`mlflow/models/signature.py`, `mlflow/types/utils.py`).
//!
//! It does not judge whether an example fits a signature.

use serde_json::{Map, Value};

use super::merge::Clash;
use super::{
    Column, Data, DataType, Datum, ModelSignature, Property, Schema, Tensor, Type, params,
};

/// A signature, and what could not be told from the examples.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Inferred {
    /// The signature.
    pub signature: ModelSignature,
    /// Why a side takes anything.
    pub warnings: Vec<String>,
}

/// The signature of a model that takes `input` and gives `output`, with these params.
///
/// A side whose values have no common type takes anything, as with MLflow; a param of which that is true is an
/// error.
pub fn infer_signature(
    input: Option<&Data>,
    output: Option<&Data>,
    params: Option<&Map<String, Value>>,
) -> Result<Inferred, params::BadParam> {
    let mut warnings = Vec::new();
    let mut side = |name: &str, data: Option<&Data>| {
        let data = data.filter(|data| !matches!(data, Data::Json(Value::Null)))?;
        Some(schema(data).unwrap_or_else(|reason| {
            warnings.push(format!("the schema of the {name} is `any`: {reason}"));
            Schema::Columns(vec![Column::unnamed(Type::Any)])
        }))
    };
    let inputs = side("inputs", input);
    let outputs = side("outputs", output);
    let params = params.filter(|params| !params.is_empty());
    Ok(Inferred {
        signature: ModelSignature {
            inputs,
            outputs,
            params: params.map(params::infer).transpose()?,
        },
        warnings,
    })
}

impl Column {
    fn unnamed(kind: Type) -> Self {
        Self {
            name: None,
            kind,
            is_required: true,
        }
    }
}

/// `_infer_schema`; the error is a reason.
fn schema(data: &Data) -> Result<Schema, String> {
    let columns = match data {
        Data::Json(value) => columns(value)?,
        Data::Frame(frame) => frame.infer()?,
        Data::Tensor(value) => return Ok(Schema::Tensors(vec![tensor(None, value)?])),
        Data::Tensors(named) => {
            let tensors = named
                .iter()
                .map(|(name, value)| tensor(Some(name.clone()), value));
            return tensors.collect::<Result<_, _>>().map(Schema::Tensors);
        }
    };
    if columns.is_empty() {
        return Err("there is nothing in the example".to_owned());
    }
    Ok(Schema::Columns(columns))
}

fn columns(value: &Value) -> Result<Vec<Column>, String> {
    match Datum::of(value) {
        // So that models logged before MLflow 2.9 stay as they were (a comment in `_infer_schema`).
        Datum::List([]) => Ok(vec![Column::unnamed(Type::Data(DataType::String))]),
        Datum::List(list) => {
            let records: Option<Vec<_>> = list.iter().map(fields).collect();
            match records {
                Some(records) => of_records(&records),
                None => Ok(vec![Column::unnamed(items(list, "")?)]),
            }
        }
        Datum::Fields(fields) => fields
            .iter()
            .map(|(name, value)| {
                Ok(Column {
                    name: Some(name.clone()),
                    kind: infer(value, name)?,
                    is_required: match value {
                        Value::Array(list) => !list.iter().any(Value::is_null),
                        other => !other.is_null(),
                    },
                })
            })
            .collect(),
        _ => Ok(vec![Column::unnamed(infer(value, "")?)]),
    }
}

fn fields(value: &Value) -> Option<&Map<String, Value>> {
    match Datum::of(value) {
        Datum::Fields(fields) => Some(fields),
        _ => None,
    }
}

/// Each name a column; it is required where each record has a value for it.
fn of_records(records: &[&Map<String, Value>]) -> Result<Vec<Column>, String> {
    let mut names: Vec<&String> = Vec::new();
    for name in records.iter().flat_map(|record| record.keys()) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let column = |name: &String| {
        let values: Vec<_> = records
            .iter()
            .filter_map(|record| record.get(name))
            .collect();
        let has_value =
            |record: &&Map<String, Value>| record.get(name).is_some_and(|value| !value.is_null());
        Ok(Column {
            name: Some(name.clone()),
            kind: common(values.into_iter(), name)?,
            is_required: records.iter().all(has_value),
        })
    };
    names.into_iter().map(column).collect()
}

/// `_infer_datatype`.
pub(super) fn infer(value: &Value, path: &str) -> Result<Type, String> {
    Ok(match Datum::of(value) {
        Datum::Bool => Type::Data(DataType::Boolean),
        Datum::Int(_) => Type::Data(DataType::Long),
        Datum::Float => Type::Data(DataType::Double),
        Datum::Text(_) => Type::Data(DataType::String),
        Datum::Bytes => Type::Data(DataType::Binary),
        Datum::Moment | Datum::Date => Type::Data(DataType::Datetime),
        Datum::None | Datum::List([]) => Type::Any,
        Datum::List(list) => Type::Array(Box::new(items(list, path)?)),
        Datum::Fields(fields) if fields.is_empty() => Type::Any,
        Datum::Fields(fields) => {
            let property = |(name, value): (&String, &Value)| {
                let kind = infer(value, &format!("{path}.{name}"))?;
                Ok::<_, String>(Property {
                    name: name.clone(),
                    is_required: kind != Type::Any,
                    kind,
                })
            };
            let mut properties = fields.iter().map(property).collect::<Result<Vec<_>, _>>()?;
            properties.sort_by(|one, other| one.name.cmp(&other.name));
            Type::Object(properties)
        }
    })
}

/// What the elements of a list have in common.
pub(super) fn items(list: &[Value], path: &str) -> Result<Type, String> {
    common(list.iter(), path)
}

fn common<'a>(values: impl Iterator<Item = &'a Value>, path: &str) -> Result<Type, String> {
    let mut common: Option<Type> = None;
    for value in values {
        let kind = infer(value, &format!("{path}[]"))?;
        common = Some(match common {
            None => kind,
            Some(so_far) => so_far.merge(&kind).map_err(|Clash(one, other)| {
                let place = if path.is_empty() { "the example" } else { path };
                format!("`{place}` holds both {} and {}", one.title(), other.title())
            })?,
        });
    }
    Ok(common.unwrap_or(Type::Any))
}

/// The tensor that `numpy.array` makes of nested lists; its first dimension is any.
fn tensor(name: Option<String>, value: &Value) -> Result<Tensor, String> {
    let (dtype, mut shape) = super::frame::array(value)?;
    match shape.first_mut() {
        Some(first) => *first = -1,
        None => return Err("a tensor has at least one dimension".to_owned()),
    }
    Ok(Tensor {
        name,
        dtype: dtype.to_owned(),
        shape,
    })
}

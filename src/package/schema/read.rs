//! A signature that somebody wrote, as MLflow reads it (`from_json_dict` in `mlflow/types/schema.py`).
//!
//! It compares it with no example.

use serde_json::{Map, Value};

use super::{Column, DataType, ModelSignature, Param, Property, Schema, Tensor, Type};

/// A signature that is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{place}` in the signature is not {expected}")]
pub struct BadSignature {
    place: String,
    expected: &'static str,
}

fn bad(place: &str, expected: &'static str) -> BadSignature {
    BadSignature {
        place: place.to_owned(),
        expected,
    }
}

impl ModelSignature {
    /// Reads `{"inputs", "outputs", "params"}`; each may be the JSON itself or, as in `MLmodel`, JSON in a text.
    pub fn read(value: &Value) -> Result<Self, BadSignature> {
        let fields = value.as_object().ok_or_else(|| {
            bad(
                "signature",
                "an object with `inputs`, `outputs` or `params`",
            )
        })?;
        let parts = ["inputs", "outputs", "params"];
        if let Some(name) = fields.keys().find(|name| !parts.contains(&name.as_str())) {
            return Err(bad(name, "one of `inputs`, `outputs` and `params`"));
        }
        let read = Self {
            inputs: list(fields, "inputs")?
                .map(|list| schema(&list, "inputs"))
                .transpose()?,
            outputs: list(fields, "outputs")?
                .map(|list| schema(&list, "outputs"))
                .transpose()?,
            params: list(fields, "params")?
                .map(|list| params(&list))
                .transpose()?,
        };
        if read == Self::default() {
            return Err(bad(
                "signature",
                "an object with `inputs`, `outputs` or `params`",
            ));
        }
        Ok(read)
    }
}

fn list(fields: &Map<String, Value>, name: &str) -> Result<Option<Vec<Value>>, BadSignature> {
    match fields.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Array(list)) => Ok(Some(list.clone())),
        Some(Value::String(text)) => serde_json::from_str(text)
            .map(Some)
            .map_err(|_| bad(name, "a list of columns")),
        Some(_) => Err(bad(name, "a list of columns")),
    }
}

fn schema(list: &[Value], place: &str) -> Result<Schema, BadSignature> {
    let is_tensor = |value: &Value| value.get("type").is_some_and(|kind| kind == "tensor");
    let tensors = list.iter().filter(|value| is_tensor(value)).count();
    let place_of = |at: usize| format!("{place}[{at}]");
    if list.is_empty() || (tensors > 0 && tensors < list.len()) {
        return Err(bad(place, "a list of columns, or of tensors"));
    }
    let places = list.iter().enumerate();
    let schema = if tensors > 0 {
        let tensors = places.map(|(at, value)| tensor(value, &place_of(at)));
        Schema::Tensors(tensors.collect::<Result<_, _>>()?)
    } else {
        let columns = places.map(|(at, value)| column(value, &place_of(at)));
        Schema::Columns(columns.collect::<Result<_, _>>()?)
    };
    let named = match &schema {
        Schema::Columns(columns) => columns.iter().filter(|it| it.name.is_some()).count(),
        Schema::Tensors(tensors) if tensors.len() == 1 => 0,
        Schema::Tensors(tensors) => tensors.iter().filter(|it| it.name.is_some()).count(),
    };
    let is_single_tensor = matches!(&schema, Schema::Tensors(tensors) if tensors.len() == 1);
    if named > 0 && named < list.len() {
        return Err(bad(place, "named throughout or not at all"));
    }
    if tensors > 0 && named == 0 && !is_single_tensor {
        return Err(bad(place, "a list of named tensors"));
    }
    match &schema {
        Schema::Columns(columns) if named == 0 && columns.iter().any(|it| !it.is_required) => {
            Err(bad(place, "named where it is optional"))
        }
        _ => Ok(schema),
    }
}

fn object<'a>(value: &'a Value, place: &str) -> Result<&'a Map<String, Value>, BadSignature> {
    value.as_object().ok_or_else(|| bad(place, "an object"))
}

fn name(fields: &Map<String, Value>, place: &str) -> Result<Option<String>, BadSignature> {
    match fields.get("name") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(name)) => Ok(Some(name.clone())),
        Some(_) => Err(bad(&format!("{place}.name"), "a text")),
    }
}

fn required(fields: &Map<String, Value>, place: &str) -> Result<bool, BadSignature> {
    match fields.get("required") {
        None | Some(Value::Null) => Ok(true),
        Some(Value::Bool(is_required)) => Ok(*is_required),
        Some(_) => Err(bad(&format!("{place}.required"), "true or false")),
    }
}

fn column(value: &Value, place: &str) -> Result<Column, BadSignature> {
    let fields = object(value, place)?;
    Ok(Column {
        name: name(fields, place)?,
        kind: kind(fields, place)?,
        is_required: required(fields, place)?,
    })
}

fn tensor(value: &Value, place: &str) -> Result<Tensor, BadSignature> {
    let fields = object(value, place)?;
    let place = format!("{place}.tensor-spec");
    let spec = fields
        .get("tensor-spec")
        .and_then(Value::as_object)
        .ok_or_else(|| bad(&place, "an object with `dtype` and `shape`"))?;
    let dtype = spec.get("dtype").and_then(Value::as_str);
    let dtype = dtype.filter(|dtype| is_dtype(dtype));
    let shape = spec.get("shape").and_then(Value::as_array);
    let shape = shape.and_then(|shape| shape.iter().map(Value::as_i64).collect::<Option<_>>());
    Ok(Tensor {
        name: name(fields, &place)?,
        dtype: dtype
            .ok_or_else(|| bad(&format!("{place}.dtype"), "a type of NumPy"))?
            .to_owned(),
        shape: shape.ok_or_else(|| bad(&format!("{place}.shape"), "a list of integers"))?,
    })
}

fn is_dtype(name: &str) -> bool {
    let letters = name.trim_end_matches(|it: char| it.is_ascii_digit());
    let kinds = [
        "bool", "int", "uint", "float", "complex", "str", "bytes", "object",
    ];
    kinds.contains(&letters) || name.starts_with("datetime64") || name.starts_with("timedelta64")
}

fn kind(fields: &Map<String, Value>, place: &str) -> Result<Type, BadSignature> {
    let expected = "a type of MLflow such as `string`, `long`, `double`, `array` or `object`";
    let name = fields.get("type").and_then(Value::as_str);
    let inner = |part: &'static str| {
        let place = format!("{place}.{part}");
        let fields = fields.get(part).and_then(Value::as_object);
        let fields = fields.ok_or_else(|| bad(&place, "an object with a `type`"))?;
        kind(fields, &place).map(Box::new)
    };
    Ok(match name {
        Some("array") => Type::Array(inner("items")?),
        Some("map") => Type::Map(inner("values")?),
        Some("any") => Type::Any,
        Some("sparkml_vector") => Type::SparkVector,
        Some("object") => Type::Object(properties(fields, place)?),
        name => match name.and_then(DataType::from_name) {
            Some(data) => Type::Data(data),
            None => return Err(bad(&format!("{place}.type"), expected)),
        },
    })
}

fn properties(fields: &Map<String, Value>, place: &str) -> Result<Vec<Property>, BadSignature> {
    let place = format!("{place}.properties");
    let given = fields.get("properties").and_then(Value::as_object);
    let given = given
        .filter(|given| !given.is_empty())
        .ok_or_else(|| bad(&place, "an object with at least one property"))?;
    let property = |(name, value): (&String, &Value)| {
        let place = format!("{place}.{name}");
        let fields = object(value, &place)?;
        Ok(Property {
            name: name.clone(),
            kind: kind(fields, &place)?,
            is_required: required(fields, &place)?,
        })
    };
    let mut read = given.iter().map(property).collect::<Result<Vec<_>, _>>()?;
    read.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(read)
}

fn params(list: &[Value]) -> Result<Vec<Param>, BadSignature> {
    let mut read: Vec<Param> = Vec::with_capacity(list.len());
    for (at, value) in list.iter().enumerate() {
        let place = format!("params[{at}]");
        let fields = object(value, &place)?;
        let name = name(fields, &place)?.ok_or_else(|| bad(&place, "named"))?;
        if read.iter().any(|param| param.name == name) {
            return Err(bad(&place, "the only param of its name"));
        }
        let default = fields.get("default").cloned();
        let param = Param {
            name,
            kind: param_kind(fields, &place)?,
            default: default.ok_or_else(|| bad(&place, "a param with a `default`"))?,
            is_list: match fields.get("shape") {
                None | Some(Value::Null) => false,
                Some(Value::Array(shape)) if matches!(shape.as_slice(), [it] if *it == -1) => true,
                Some(_) => return Err(bad(&format!("{place}.shape"), "null or [-1]")),
            },
        };
        read.push(param);
    }
    Ok(read)
}

/// Older releases say `dtype`.
fn param_kind(fields: &Map<String, Value>, place: &str) -> Result<Type, BadSignature> {
    let mut fields = fields.clone();
    if let (None, Some(older)) = (fields.get("type"), fields.get("dtype").cloned()) {
        fields.insert("type".into(), older);
    }
    match kind(&fields, place)? {
        kind @ (Type::Data(_) | Type::Object(_)) if kind != Type::Data(DataType::Binary) => {
            Ok(kind)
        }
        _ => Err(bad(
            &format!("{place}.type"),
            "the type of a param: a scalar or an object",
        )),
    }
}

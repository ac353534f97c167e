//! A signature in the JSON that MLflow keeps as text in `MLmodel` (`to_dict` in `mlflow/types/schema.py`).
//!
//! It checks nothing.

use serde_json::{Map, Value, json};

use super::{Column, ModelSignature, Param, Schema, Tensor, Type};
use crate::package::{Error, json as python};

impl ModelSignature {
    /// As it stands in `MLmodel`: each part is JSON in a text, byte for byte as Python writes it, or null.
    pub fn to_value(&self) -> Result<Value, Error> {
        let side = |schema: &Option<Schema>| {
            let list = schema.as_ref().map(Schema::to_value);
            list.map(|list| python::dumps(&list)).transpose()
        };
        let params = self.params.as_ref().filter(|params| !params.is_empty());
        let params = params.map(|params| params.iter().map(Param::to_value).collect::<Value>());
        Ok(json!({
            "inputs": side(&self.inputs)?,
            "outputs": side(&self.outputs)?,
            "params": params.map(|list| python::dumps(&list)).transpose()?,
        }))
    }
}

impl Schema {
    fn to_value(&self) -> Value {
        match self {
            Self::Columns(columns) => columns.iter().map(Column::to_value).collect(),
            Self::Tensors(tensors) => tensors.iter().map(Tensor::to_value).collect(),
        }
    }
}

impl Column {
    fn to_value(&self) -> Value {
        let mut fields = self.kind.to_fields();
        if let Some(name) = &self.name {
            fields.insert("name".into(), name.as_str().into());
        }
        fields.insert("required".into(), self.is_required.into());
        fields.into()
    }
}

impl Tensor {
    fn to_value(&self) -> Value {
        let spec = json!({"dtype": self.dtype, "shape": self.shape});
        match &self.name {
            Some(name) => json!({"name": name, "type": "tensor", "tensor-spec": spec}),
            None => json!({"type": "tensor", "tensor-spec": spec}),
        }
    }
}

impl Param {
    fn to_value(&self) -> Value {
        let shape = if self.is_list {
            json!([-1])
        } else {
            Value::Null
        };
        let mut fields = Map::new();
        fields.insert("name".into(), self.name.as_str().into());
        fields.insert("default".into(), self.default.clone());
        fields.insert("shape".into(), shape);
        fields.extend(self.kind.to_fields());
        fields.into()
    }
}

impl Type {
    fn to_fields(&self) -> Map<String, Value> {
        let mut fields = Map::new();
        let mut put = |name: &str, value: Value| {
            fields.insert(name.to_owned(), value);
        };
        match self {
            Self::Data(data) => put("type", data.name().into()),
            Self::Array(items) => {
                put("type", "array".into());
                put("items", items.to_fields().into());
            }
            Self::Object(properties) => {
                let mut inner = Map::new();
                for property in properties {
                    let mut fields = property.kind.to_fields();
                    fields.insert("required".into(), property.is_required.into());
                    inner.insert(property.name.clone(), fields.into());
                }
                put("type", "object".into());
                put("properties", inner.into());
            }
            Self::Map(values) => {
                put("type", "map".into());
                put("values", values.to_fields().into());
            }
            Self::SparkVector => put("type", "sparkml_vector".into()),
            Self::Any => put("type", "any".into()),
        }
        fields
    }
}

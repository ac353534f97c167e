//! The input example that travels with a model, in both forms in which MLflow keeps it.
//!
//! It runs no prediction (`mlflow/models/utils.py`, `_Example`).

use serde_json::{Map, Value, json};

use crate::entity::manifest::Entry;

use super::schema::{
    Data, Findings, Inferred, ModelSignature, array_as_written, as_written, infer_signature,
};
use super::{Error, entry, json as python};

const INPUT: &str = "input_example.json";
const SERVING: &str = "serving_input_example.json";

/// The inputs that clients of language models send as they are, with the params among them
/// (`mlflow/pyfunc/utils/serving_data_parser.py`).
const LLM_INPUTS: [&str; 3] = ["messages", "prompt", "input"];

/// What a model is asked, with the params where it says which values are such.
#[derive(Debug, Clone)]
pub(super) struct Example {
    data: Data,
    params: Option<Map<String, Value>>,
}

impl Example {
    /// Reads an example; `{"inputs": …, "params": {…}}` is one with params, as MLflow itself keeps it.
    pub(super) fn read(value: &Value) -> Result<Self, Error> {
        let (inputs, params) = with_params(value).unwrap_or((value, None));
        let unreadable = |reason| Error::BadExample { reason };
        let data = Data::read(inputs).map_err(unreadable)?;
        if let Some(params) = params {
            Data::read(&params.clone().into()).map_err(unreadable)?;
        }
        if matches!(data, Data::Json(Value::Null)) {
            return Err(unreadable("it is null".to_owned()));
        }
        Ok(Self {
            data,
            params: params.cloned(),
        })
    }

    /// The signature of a model that takes this.
    pub(super) fn signature(&self) -> Result<Inferred, Error> {
        let inferred = infer_signature(Some(&self.data), None, self.params.as_ref());
        inferred.map_err(|source| Error::BadParam { source })
    }

    /// Whether a model with this signature takes it.
    pub(super) fn check(&self, signature: &ModelSignature) -> Findings {
        signature.check(&self.data, self.params.as_ref())
    }

    /// Whether it is JSON, and such as is wanted.
    pub(super) fn is_json_that(&self, is_wanted: impl FnOnce(&Value) -> bool) -> bool {
        matches!(&self.data, Data::Json(value) if is_wanted(value))
    }

    /// The two files.
    pub(super) fn files(&self) -> Result<[Entry; 2], Error> {
        Ok([
            entry(INPUT, python::dumps(&self.input())?)?,
            entry(SERVING, python::dumps_indented(&self.serving())?)?,
        ])
    }

    /// `saved_input_example_info` in `MLmodel`.
    pub(super) fn info(&self) -> Value {
        let mut info = json!({"artifact_path": INPUT});
        let has_params = self
            .params
            .as_ref()
            .is_some_and(|params| !params.is_empty());
        let kind = match &self.data {
            Data::Json(_) => "json_object",
            Data::Frame(_) => "dataframe",
            Data::Tensor(_) | Data::Tensors(_) => "ndarray",
        };
        if let Some(fields) = info.as_object_mut() {
            if matches!(self.data, Data::Frame(_)) {
                fields.insert("pandas_orient".into(), "split".into());
            }
            if has_params {
                fields.insert("params".into(), "true".into());
            }
            fields.insert("serving_input_path".into(), SERVING.into());
            fields.insert("type".into(), kind.into());
            fields.sort_keys();
        }
        info
    }

    fn data(&self) -> Value {
        match &self.data {
            Data::Json(value) => as_written(value),
            Data::Tensor(value) => array_as_written(value),
            Data::Frame(frame) => frame.as_split(),
            Data::Tensors(named) => {
                let tensor =
                    |(name, value): &(String, Value)| (name.clone(), array_as_written(value));
                Value::Object(named.iter().map(tensor).collect())
            }
        }
    }

    fn params(&self) -> Option<Value> {
        let params = self.params.clone().map(Value::Object)?;
        Some(as_written(&params))
    }

    fn input(&self) -> Value {
        match self.params() {
            Some(params) => json!({"inputs": self.data(), "params": params}),
            None => self.data(),
        }
    }

    /// What a scoring server is sent.
    fn serving(&self) -> Value {
        let data = self.data();
        let mut request = match (&self.data, data) {
            (Data::Json(_), Value::Object(inputs)) if is_llm_input(&inputs) => {
                let mut request = inputs;
                if let Some(Value::Object(params)) = self.params() {
                    request.extend(params);
                }
                return request.into();
            }
            (Data::Frame(_), data) => json!({"dataframe_split": data}),
            (_, data) => json!({"inputs": data}),
        };
        if let (Some(fields), Some(params)) = (request.as_object_mut(), self.params()) {
            fields.insert("params".into(), params);
        }
        request
    }
}

fn is_llm_input(inputs: &Map<String, Value>) -> bool {
    LLM_INPUTS.iter().any(|name| inputs.contains_key(*name))
}

type Parts<'a> = (&'a Value, Option<&'a Map<String, Value>>);

/// An example that says which of its values are params.
fn with_params(example: &Value) -> Option<Parts<'_>> {
    let fields = example.as_object().filter(|fields| fields.len() == 2)?;
    let params = fields.get("params")?.as_object()?;
    Some((fields.get("inputs")?, Some(params)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_example_that_is_none_is_refused() {
        for value in [
            json!(null),
            json!({"dataframe_split": {"data": []}}),
            json!({"dataframe_split": {"columns": ["a", "a"], "data": [[1, 2]]}}),
            json!({"dataframe_split": {"columns": ["a"], "data": [[1, 2]]}}),
            json!({"dataframe_records": [1]}),
            json!({"instances": [{"a": 1}, {"b": 1}]}),
            json!({"when": {"$date": "soon"}}),
            json!({"when": {"$date": "2024-05-01T12:00:00Z"}}),
            json!({"bytes": {"$binary": "not base64"}}),
        ] {
            let error = Example::read(&value).unwrap_err();
            assert!(
                matches!(error, Error::BadExample { .. }),
                "{value}: {error}"
            );
        }
    }
}

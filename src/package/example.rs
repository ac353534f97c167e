//! The input example that travels with a model, in both forms in which MLflow keeps it.
//!
//! It runs no prediction (`mlflow/models/utils.py`, `_Example`).

use serde_json::{Map, Value, json};

use crate::entity::manifest::Entry;

use super::{Error, entry, json as python};

const INPUT: &str = "input_example.json";
const SERVING: &str = "serving_input_example.json";

/// The two files of an example.
///
/// An object with a `prompt` is what MLflow calls a unified LLM input: a scoring server takes it as
/// it is, so both files hold the same object.
pub(super) fn files(example: &Map<String, Value>) -> Result<[Entry; 2], Error> {
    if !example.get("prompt").is_some_and(Value::is_string) {
        return Err(Error::BadExample);
    }
    let example = Value::Object(example.clone());
    Ok([
        entry(INPUT, python::dumps(&example)?)?,
        entry(SERVING, python::dumps_indented(&example)?)?,
    ])
}

/// `saved_input_example_info` in `MLmodel`.
pub(super) fn info() -> Value {
    json!({
        "artifact_path": INPUT,
        "serving_input_path": SERVING,
        "type": "json_object",
    })
}

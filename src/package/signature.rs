//! What goes into the model and what comes out, in the JSON that MLflow keeps as text in `MLmodel`.
//!
//! It checks no input; MLflow does, with this.

use serde_json::{Value, json};

use super::{Error, json as python};

/// The settings of a generation that a caller may give with a prompt, and their MLflow types.
///
/// `phi3_model.py` hands them to the generator under the same names.
const PARAMS: [(&str, &str); 7] = [
    ("max_length", "long"),
    ("do_sample", "boolean"),
    ("temperature", "double"),
    ("top_k", "long"),
    ("top_p", "double"),
    ("repetition_penalty", "double"),
    ("random_seed", "long"),
];

/// `{"prompt": string}` → string, with the settings above.
///
/// Each has the default null, which leaves the model's own setting in force: MLflow fills in the
/// default of every parameter that a call leaves out, and drops parameters that no schema names
/// (`mlflow/models/utils.py`, `_enforce_params_schema`).
pub(super) fn prompt() -> Result<Value, Error> {
    Ok(json!({
        "inputs": python::dumps(&json!([{"type": "string", "name": "prompt", "required": true}]))?,
        "outputs": python::dumps(&json!([{"type": "string", "required": true}]))?,
        "params": params(|_| true)?,
    }))
}

/// The settings above as far as they are wanted, as a schema of params.
pub(super) fn params(is_wanted: impl Fn(&str) -> bool) -> Result<String, Error> {
    let params: Value = PARAMS
        .iter()
        .filter(|(name, _)| is_wanted(name))
        .map(|(name, kind)| json!({"name": name, "default": null, "shape": null, "type": kind}))
        .collect();
    Ok(python::dumps(&params)?)
}

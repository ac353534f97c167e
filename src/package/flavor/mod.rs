//! The Python that MLflow runs: one readable file, the same for every model but for a name in it.
//!
//! It runs no Python.

use super::Error;

/// The name of the generated file, and of `model_code_path` in `MLmodel`.
pub(super) const CODE: &str = "phi3_model.py";

/// The artifact's name as the template has it, so that the template is sound Python by itself.
pub(super) const DEFAULT_ARTIFACT: &str = "phi3-mini-onnx";

const TEMPLATE: &str = include_str!("phi3_model.py");

/// The code of a model whose files are the artifact `artifact_name`.
pub(super) fn code(artifact_name: &str) -> Result<String, Error> {
    // A JSON string is a Python string as well.
    let literal = super::json::dumps(&artifact_name.into())?;
    Ok(TEMPLATE.replace(&format!("\"{DEFAULT_ARTIFACT}\""), &literal))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_artifact_is_named_once() {
        assert_eq!(code(DEFAULT_ARTIFACT).unwrap(), TEMPLATE);
        assert!(
            code("it's \"odd\"")
                .unwrap()
                .contains(r#"    artifact = "it's \"odd\"""#)
        );
        assert_eq!(TEMPLATE.matches(DEFAULT_ARTIFACT).count(), 1);
    }
}

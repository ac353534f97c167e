//! What type hints of somebody's own `predict` say, beside what MLflow makes of them when it saves the same file.

use std::path::Path;

use serde_json::{Value, json};

use crate::support::Context;
use crate::support::python::Python;

/// A model whose `predict` has this signature.
fn code(predict: &str) -> String {
    format!(
        "import datetime\nfrom typing import Any, Dict, List, Optional, Union\n\nimport mlflow\nimport pandas as pd\n\
         import pydantic\nfrom mlflow.models import set_model\n\n\nclass Row(pydantic.BaseModel):\n    text: str\n\n\n\
         class Own(mlflow.pyfunc.PythonModel):\n    def predict({predict}:\n        return model_input\n\n\nset_model(Own())\n"
    )
}

/// Signatures of `predict`, each with an example; the last word says where phi3ml's signature comes from.
const CASES: &[(&str, &str, &str)] = &[
    (
        "self, model_input: list[str]) -> list[str]",
        r#"["a", "b"]"#,
        "hint",
    ),
    (
        "self, context, model_input: List[str], params=None) -> List[str]",
        r#"["a"]"#,
        "hint",
    ),
    (
        "self, model_input: list[dict[str, str]])",
        r#"[{"a": "b"}]"#,
        "hint",
    ),
    (
        "self, context, model_input: list[Dict[str, List[int]]], params: Optional[dict] = None) -> Any",
        r#"{"inputs": [{"a": [1]}], "params": {"top_k": 3, "stop": ["x"]}}"#,
        "hint",
    ),
    (
        "self, model_input: list[int | str]) -> list[Any]",
        r#"[1, "a"]"#,
        "hint",
    ),
    (
        "self, model_input: list[list[Union[float, None]]]) -> list[Row]",
        "[[1.5, null]]",
        "hint",
    ),
    (
        "self, context, model_input: list[Any], params=None) -> list[str]",
        r#"["a"]"#,
        "hint",
    ),
    (
        "self, model_input: pd.DataFrame, params=None) -> list[str]",
        r#"{"prompt": "a"}"#,
        "example",
    ),
    (
        "self, context, model_input, params=None)",
        r#"{"prompt": "a"}"#,
        "example",
    ),
    (
        "self, model_input: list[Row]) -> list[str]",
        r#"[{"text": "a"}]"#,
        "python",
    ),
];

#[track_caller]
fn package(context: &Context, number: usize, example: &str) -> (Value, String) {
    let work = context.path("work");
    let model = work.join(format!("model-{number}"));
    let packaged = context.phi3ml(["package", "weights", model.to_str().unwrap()]);
    let packaged = packaged
        .args([
            "--python-model",
            &format!("model_{number}.py"),
            "--input-example",
            example,
        ])
        .run()
        .expect_success();
    let mlmodel = fs_err::read_to_string(model.join("MLmodel")).unwrap();
    (serde_yaml::from_str(&mlmodel).unwrap(), packaged.stderr)
}

fn told(mlmodel: &Value) -> Value {
    json!({
        "signature": mlmodel["signature"],
        "from_hint": mlmodel["is_signature_from_type_hint"],
        "from_example": mlmodel["type_hint_from_example"],
    })
}

fn hints_say_what_mlflow_reads_in_them(python: &Python) {
    let context = Context::new();
    let work = context.path("work");
    fs_err::create_dir(work.join("weights")).unwrap();
    fs_err::write(work.join("weights/a.bin"), "a").unwrap();
    let cases: Vec<Value> = CASES
        .iter()
        .map(|(_, example, _)| serde_json::from_str(example).unwrap())
        .collect();
    fs_err::write(work.join("examples.json"), json!(cases).to_string()).unwrap();
    for (number, (predict, ..)) in CASES.iter().enumerate() {
        fs_err::write(work.join(format!("model_{number}.py")), code(predict)).unwrap();
    }
    let folder = work.to_str().unwrap();
    let theirs = python.script("read_hints.py", &[], &[folder]);
    for (number, (predict, example, from)) in CASES.iter().enumerate() {
        let (mlmodel, said) = package(&context, number, example);
        let (ours, theirs) = (told(&mlmodel), &theirs[number]);
        match *from {
            "hint" => assert_eq!(ours, *theirs, "{predict}"),
            // MLflow ran it.
            "example" => {
                assert_eq!(
                    ours["signature"]["inputs"], theirs["signature"]["inputs"],
                    "{predict}"
                );
                assert_eq!(ours["from_hint"], false);
                assert_eq!(
                    said.contains("nobody knows what `predict` returns"),
                    !predict.contains("->"),
                    "{said}"
                );
            }
            _ => {
                assert_eq!(ours["from_hint"], false);
                assert!(said.contains("only Python knows"), "{said}");
            }
        }
        if ours["from_hint"] == true {
            assert!(!said.contains("warning"), "{said}");
        }
    }
    // What was packaged answers as what Python saved.
    let models: Vec<String> = (0..CASES.len())
        .map(|number| work.join(format!("model-{number}")).display().to_string())
        .collect();
    let models: Vec<&str> = [folder]
        .into_iter()
        .chain(models.iter().map(String::as_str))
        .collect();
    let answers = python.script("read_hints.py", &[], &models);
    for (number, answer) in answers.as_array().unwrap().iter().enumerate() {
        assert_eq!(answer["ours"], answer["theirs"], "{}", CASES[number].0);
    }
}

#[test]
fn hints_say_what_mlflow_3_reads_in_them() {
    hints_say_what_mlflow_reads_in_them(Python::mlflow3());
}

#[test]
fn hints_say_what_mlflow_2_reads_in_them() {
    hints_say_what_mlflow_reads_in_them(Python::mlflow2());
}

#[test]
fn an_example_that_no_hint_allows_is_refused() {
    let context = Context::new();
    let work = context.path("work");
    fs_err::write(work.join("a.bin"), "a").unwrap();
    fs_err::write(
        work.join("own.py"),
        code("self, model_input: list[str]) -> list[str]"),
    )
    .unwrap();
    let arguments = ["package", "a.bin", "made", "--python-model", "own.py"];
    let refused = context
        .phi3ml(arguments)
        .args(["--input-example", r#"{"prompt": "a"}"#]);
    refused
        .run()
        .expect_code(2)
        .expect_stderr("not what the type hint of `predict` says");
    assert!(!Path::new(&work.join("made")).exists());
}

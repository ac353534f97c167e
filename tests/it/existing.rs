//! MLflow model directories that others made: taken as they are, with provenance added and nothing rewritten.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::captured;
use crate::support::Context;
use crate::support::fake::Generation;
use crate::support::python::Python;
use crate::support::scene::{Scene, on_every_ledger};

/// What YAML 1.1 or 1.2 would misread, keys that nobody knows, and all of it in the hand of another writer.
const MLMODEL: &str = "\
# written by hand
artifact_path: mlflow-artifacts:/9/models/m-1/artifacts
flavors:
  python_function:
    loader_module: mlflow.pyfunc.loaders.code_model
    model_code_path: /build/model.py
    python_version: '3.10'
  theirs: {version: 1e3, date: 2024-01-01, switch: yes, time: 12:30, equals: '='}
metadata:
  ? odd key
  : 'folded

    text'
  '=': 1_000
mlflow_version: 3.1.0
model_id: m-00000000000000000000000000000000
model_uuid: m-00000000000000000000000000000000
run_id: 1e3
their_key: [1, 2]
utc_time_created: '2025-01-02 03:04:05.678901'
";

/// A model directory with that `MLmodel`.
fn theirs(context: &Context) -> PathBuf {
    let folder = context.path("work/theirs");
    fs_err::create_dir_all(&folder).unwrap();
    fs_err::write(folder.join("MLmodel"), MLMODEL).unwrap();
    let code = "from mlflow.models import set_model\nimport mlflow\n\n\nclass Echo(mlflow.pyfunc.PythonModel):\n    \
                def predict(self, context, model_input, params=None):\n        return model_input\n\n\nset_model(Echo())\n";
    fs_err::write(folder.join("model.py"), code).unwrap();
    folder
}

#[track_caller]
fn package(context: &Context, source: &Path, dest: &str) -> PathBuf {
    let made = context.path("work").join(dest);
    let arguments = ["package".as_ref(), source.as_os_str(), made.as_os_str()];
    context.phi3ml(arguments).run().expect_success();
    made
}

#[test]
fn nothing_of_its_own_is_rewritten() {
    let context = Context::new();
    let made = package(&context, &theirs(&context), "made");
    let text = fs_err::read_to_string(made.join("MLmodel")).unwrap();
    let added = text
        .strip_prefix(MLMODEL)
        .expect("the old text, byte for byte");
    assert!(added.starts_with("phi3ml:\n"), "{added}");
    assert!(added.contains("source: theirs"), "{added}");
    let code = |folder: &Path| fs_err::read(folder.join("model.py")).unwrap();
    assert_eq!(code(&made), code(&context.path("work/theirs")));
    // What has such notes already keeps them, wherever it goes.
    let again = package(&context, &made, "again");
    assert_eq!(fs_err::read_to_string(again.join("MLmodel")).unwrap(), text);
}

#[test]
fn models_that_python_wrote_are_taken_as_they_are() {
    for name in ["from-code", "from-code-with-params", "from-code-saved"] {
        let context = Context::new();
        let source = captured::whole(&context, name);
        let made = package(&context, &source, "made");
        let (before, after) = (source.join("MLmodel"), made.join("MLmodel"));
        let before = fs_err::read_to_string(before).unwrap();
        let after = fs_err::read_to_string(after).unwrap();
        assert!(after.starts_with(&before), "{name}");
        let verify = ["verify", made.to_str().unwrap(), "-o", "json"];
        let verified = context.phi3ml(verify).run().expect_success().json();
        assert_eq!(verified["unlisted"], json!([]));
        let mlmodel: Value = serde_yaml::from_str(&after).unwrap();
        assert_eq!(mlmodel["phi3ml"]["manifest_sha256"], verified["sha256"]);
    }
}

/// What PyYAML makes of a file, as JSON.
fn pyyaml(path: &Path) -> Value {
    let script = "import json, sys, yaml; print(json.dumps(yaml.safe_load(open(sys.argv[1])), default=repr))";
    let read = Python::mlflow3()
        .command()
        .args(["-c", script])
        .arg(path)
        .output()
        .unwrap();
    serde_json::from_slice(&read.stdout).unwrap_or_else(|_| panic!("{read:?}"))
}

on_every_ledger!(only_what_names_its_place_is_changed_where_it_is_logged);

fn only_what_names_its_place_is_changed_where_it_is_logged(scene: &Scene) {
    let source = theirs(&scene.context);
    let arguments = ["log-model", source.to_str().unwrap(), "-o", "json"];
    let told = scene
        .context
        .phi3ml(arguments)
        .run()
        .expect_success()
        .json();
    let uri = told["artifact_uri"].as_str().unwrap();
    let logged = scene.context.path("work/logged");
    fs_err::write(&logged, scene.api().artifact(uri, "MLmodel")).unwrap();
    let (mut before, mut after) = (pyyaml(&source.join("MLmodel")), pyyaml(&logged));
    assert_eq!(after["run_id"], told["run_id"]);
    assert_eq!(after["model_id"], told["model_id"]);
    assert_eq!(after["phi3ml"]["manifest_sha256"], told["sha256"]);
    let uuid = after["model_uuid"].as_str().unwrap();
    assert_eq!(
        uuid.starts_with("m-"),
        scene.generation == Generation::Three
    );
    for key in [
        "artifact_path",
        "model_id",
        "model_uuid",
        "phi3ml",
        "run_id",
    ] {
        for value in [&mut before, &mut after] {
            value.as_object_mut().unwrap().remove(key);
        }
    }
    assert_eq!(after, before);
}

#[test]
fn mlflow_loads_what_was_added_to() {
    let context = Context::new();
    let made = package(&context, &theirs(&context), "made");
    let script = "import json, sys, mlflow; model = mlflow.pyfunc.load_model(sys.argv[1]); print(json.dumps(model.predict('hi')))";
    for python in [Python::mlflow3(), Python::mlflow2()] {
        let read = python
            .command()
            .args(["-c", script])
            .arg(&made)
            .output()
            .unwrap();
        let answer: Value =
            serde_json::from_slice(&read.stdout).unwrap_or_else(|_| panic!("{read:?}"));
        assert_eq!(answer, json!("hi"));
    }
}

//! The environments that phi3ml writes, installed in a clean place and used there (full ring: each is some 900 MB).

use std::path::{Path, PathBuf};
use std::process::Command;

use phi3ml::digest::Digest;
use phi3ml::package::{Identity, MlflowRelease, Options, Package, Task};
use serde_json::{Value, json};

use crate::support::python::Python;
use crate::support::{ANSWER, CRATE, PROMPT, fixture, full_ring, phi3_tiny};

/// Loads a model and prints what it answers.
const PREDICT: &str = "
import json, pathlib, sys
import mlflow
import numpy
asked = json.loads(sys.argv[2])
if (pathlib.Path(sys.argv[1]) / 'model.onnx').exists():
    assert len(mlflow.onnx.load_model(sys.argv[1]).graph.node) == 2
    asked = {name: numpy.array(rows, dtype=numpy.float32) for name, rows in asked.items()}
answer = mlflow.pyfunc.load_model(sys.argv[1]).predict(asked)
print(mlflow.__version__)
print(json.dumps(answer, default=lambda array: array.tolist()))
";

/// A model directory for a release of MLflow.
fn package(source: &Path, task: Option<Task>, release: MlflowRelease, folder: &Path) -> PathBuf {
    let options = Options {
        task,
        ..Options::default()
    };
    let made = folder.join(task.map_or("graph".into(), |task| task.name().replace('/', "-")));
    let rendered = Package::build(source, &options)
        .and_then(|package| package.render(release))
        .unwrap();
    let identity = |digest: Digest| Identity::of_digest(digest, jiff::Timestamp::UNIX_EPOCH);
    rendered
        .write_to(&made, &identity, &mut |_, _| {
            std::ops::ControlFlow::Continue(())
        })
        .unwrap();
    made
}

fn finished(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}\n{said}");
    String::from_utf8(output.stdout).unwrap()
}

/// The requirements of a model, which `conda.yaml` repeats for pip.
fn requirements(model: &Path) -> String {
    let read = |name: &str| fs_err::read_to_string(model.join(name)).unwrap();
    let requirements = read("requirements.txt");
    let conda: Value = serde_yaml::from_str(&read("conda.yaml")).unwrap();
    let lines: Vec<&str> = requirements.lines().collect();
    assert_eq!(conda["dependencies"][2]["pip"], json!(lines));
    requirements
}

/// Installs what the models require, all of them the same, in a new environment, and asks each there.
fn install_and_ask(
    models: &[(PathBuf, Value)],
    release: MlflowRelease,
    folder: &Path,
    is_served: bool,
) -> Vec<Value> {
    let (first, _) = &models[0];
    for (model, _) in models {
        assert_eq!(requirements(model), requirements(first));
    }
    let environment = folder.join("environment");
    finished(
        Command::new("python3")
            .args(["-m", "venv"])
            .arg(&environment),
    );
    let command = || {
        let mut command = Command::new(environment.join("bin/python"));
        Python::mlflow3().prepare(&mut command);
        // Its own programs first: MLflow starts `uvicorn` by name.
        let path = crate::support::environment("PATH").unwrap_or_default();
        let programs = environment.join("bin");
        let places = std::iter::once(programs).chain(std::env::split_paths(&path));
        command.env("PATH", std::env::join_paths(places).unwrap());
        command
    };
    let install = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-cache-dir",
        "--requirement",
    ];
    let file = first.join("requirements.txt");
    // With the caller's own pip settings: mirrors and certificates are theirs to choose.
    let pip = Command::new(environment.join("bin/python"));
    finished({ pip }.args(install).arg(file));
    finished(command().args(["-m", "pip", "check"]));
    let answers = models.iter().map(|(model, input)| {
        let said = finished(
            command()
                .args(["-c", PREDICT])
                .arg(model)
                .arg(input.to_string()),
        );
        let mut lines = said.lines().rev();
        let answer = serde_json::from_str(lines.next().unwrap()).unwrap();
        assert_eq!(lines.next(), Some(release.version()));
        answer
    });
    let answers = answers.collect();
    if is_served {
        // The scoring server needs more of the environment than the model.
        let (model, input) = models.last().unwrap();
        let script = Path::new(CRATE).join("tests/python/serve_model.py");
        let mut command = command();
        finished(command.arg(script).arg(model).arg(input.to_string()));
    }
    fs_err::remove_dir_all(environment).unwrap();
    answers
}

fn what_is_required_is_enough(release: MlflowRelease) {
    let folder = tempfile::tempdir().unwrap();
    let model = |task| package(&phi3_tiny(), Some(task), release, folder.path());
    let asked = format!("<|user|>\n{PROMPT}<|end|>\n<|assistant|>\n");
    let models = [
        (model(Task::Prompt), json!({"prompt": PROMPT})),
        (
            model(Task::Chat),
            json!({"messages": [{"role": "user", "content": PROMPT}]}),
        ),
        (model(Task::Completions), json!({"prompt": asked})),
    ];
    let answers = install_and_ask(&models, release, folder.path(), true);
    assert_eq!(answers[0], json!([ANSWER]));
    assert_eq!(answers[1]["choices"][0]["message"]["content"], ANSWER);
    assert_eq!(answers[2]["choices"][0]["text"], ANSWER);

    let graph = fixture("models/affine-onnx/affine.onnx");
    let graph = package(&graph, None, release, folder.path());
    let input = json!({"x": [[1.0, 2.0, 3.0]]});
    let answers = install_and_ask(&[(graph, input)], release, folder.path(), false);
    assert_eq!(answers[0]["y"], json!([[16.5, 21.5]]));
}

#[test]
fn what_is_required_with_mlflow_3_is_enough() {
    if full_ring("environments of packaged models, MLflow 3") {
        what_is_required_is_enough(MlflowRelease::V3);
    }
}

#[test]
fn what_is_required_with_mlflow_2_is_enough() {
    if full_ring("environments of packaged models, MLflow 2") {
        what_is_required_is_enough(MlflowRelease::V2);
    }
}

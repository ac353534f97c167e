//! What each shape of a model becomes, read and asked by MLflow itself.
//!
//! The prompts of an ONNX Runtime GenAI folder are in `package`.

use std::ops::ControlFlow;
use std::path::Path;

use phi3ml::package::{Identity, MlflowRelease, Options, Package, Task};
use serde_json::{Value, json};

use crate::support::python::Python;
use crate::support::{ANSWER, Context, PROMPT, fixture, full_ring, phi3_tiny};

/// Packages a fixture in the place of the test; where it is.
#[track_caller]
fn package(context: &Context, source: &Path, dest: &str, arguments: &[&str]) -> String {
    let made = context.path("work").join(dest).to_str().unwrap().to_owned();
    let packaged = context.phi3ml(["package", source.to_str().unwrap(), &made]);
    packaged.args(arguments).run().expect_success();
    made
}

/// What a script of `tests/python` says of these models.
#[track_caller]
fn read(python: &Python, script: &str, models: &[&str]) -> Value {
    let store = tempfile::tempdir().unwrap();
    let database = format!("sqlite:///{}/mlflow.db", store.path().display());
    let variables = [("MLFLOW_TRACKING_URI".to_owned(), database)];
    python.script(script, &variables, models)
}

fn content(reply: &Value) -> &Value {
    &reply["choices"][0]["message"]["content"]
}

fn pieces(chunks: &Value, place: &str) -> String {
    let chunks = chunks.as_array().unwrap();
    let texts = chunks
        .iter()
        .filter_map(|chunk| chunk["choices"][0].pointer(place)?.as_str());
    texts.collect()
}

fn openai_clients_are_answered(python: &Python) {
    let context = Context::new();
    let chat = ["--task", "llm/v1/chat", "--model-config", "max_tokens=24"];
    let chat = package(&context, &phi3_tiny(), "chat", &chat);
    let completions = ["--task", "llm/v1/completions"];
    let completions = package(&context, &phi3_tiny(), "completions", &completions);
    let told = read(python, "read_tasks.py", &[&chat, &completions]);

    let plain = &told["plain"];
    assert_eq!(plain["object"], "chat.completion");
    assert_eq!(
        plain["choices"][0]["message"],
        json!({"role": "assistant", "content": ANSWER})
    );
    assert_eq!(plain["choices"][0]["finish_reason"], "stop");
    // Counted as `phi3ml predict` counts: the token that ends the answer is one of them.
    let usage = json!({"prompt_tokens": 10, "completion_tokens": 9, "total_tokens": 19});
    assert_eq!(plain["usage"], usage);
    assert_eq!(told["config"], json!({"max_tokens": 24}));
    // What the model is loaded with goes before what it was packaged with, and what it is asked with before both.
    assert_eq!(*content(&told["configured"]), "The capital");
    assert_eq!(*content(&told["asked"]), "The capital of");
    assert_eq!(*content(&told["short"]), "The capital of");
    assert_eq!(told["short"]["choices"][0]["finish_reason"], "length");
    assert_eq!(told["short"]["usage"]["completion_tokens"], 3);
    let stopped = told["stopped"]["choices"].as_array().unwrap();
    assert_eq!(stopped.len(), 2);
    for choice in stopped {
        assert_eq!(choice["message"]["content"], "The capital of Spain ");
        assert_eq!(choice["finish_reason"], "stop");
    }
    let rows = told["rows"].as_array().unwrap();
    assert_eq!(
        rows.iter().map(content).collect::<Vec<_>>(),
        [ANSWER, ANSWER]
    );
    assert_eq!(*content(&told["params"]), "The capital");
    assert_eq!(content(&told["drawn"][0]), content(&told["drawn"][1]));
    assert_ne!(*content(&told["drawn"][0]), ANSWER);
    assert_eq!(*content(&told["raw"]), ANSWER);
    assert!(content(&told["system"]).is_string());
    let chunks = told["streamed"].as_array().unwrap();
    assert_eq!(chunks[0]["object"], "chat.completion.chunk");
    assert_eq!(chunks[0]["choices"][0]["delta"]["role"], "assistant");
    assert_eq!(
        pieces(&told["streamed"], "/delta/content"),
        "The capital of Spain is Mad"
    );
    assert_eq!(
        chunks.last().unwrap()["choices"][0]["finish_reason"],
        "stop"
    );
    assert!(
        told["penalty"]
            .as_str()
            .unwrap()
            .contains("presence_penalty"),
        "{told}"
    );
    assert!(
        told["nothing"].as_str().unwrap().contains("messages"),
        "{told}"
    );
    assert_eq!(told["served"]["object"], "chat.completion");
    assert_eq!(told["metadata"], json!({"task": "llm/v1/chat"}));

    let completed = &told["completed"];
    assert_eq!(completed["object"], "text_completion");
    assert_eq!(completed["choices"][0]["text"], ANSWER);
    assert_eq!(completed["choices"][0]["finish_reason"], "stop");
    assert_eq!(told["completed_short"]["usage"]["completion_tokens"], 4);
    assert_eq!(told["completed_rows"].as_array().unwrap().len(), 2);
    assert_eq!(pieces(&told["completed_stream"], "/text"), ANSWER);
    assert_eq!(told["completed_served"]["object"], "text_completion");
    assert_eq!(told["schemas_are_mlflows"], json!([true, true, true, true]));
}

#[test]
fn mlflow_3_chats_and_completes() {
    openai_clients_are_answered(Python::mlflow3());
}

#[test]
fn mlflow_2_chats_and_completes() {
    openai_clients_are_answered(Python::mlflow2());
}

#[test]
fn a_model_that_chats_is_served() {
    if !full_ring("mlflow models serve") {
        return;
    }
    let context = Context::new();
    let chat = package(&context, &phi3_tiny(), "chat", &["--task", "llm/v1/chat"]);
    let request = json!({"messages": [{"role": "user", "content": PROMPT}], "max_tokens": 24});
    for python in [Python::mlflow3(), Python::mlflow2()] {
        let told = read(python, "serve_model.py", &[&chat, &request.to_string()]);
        assert_eq!(*content(&told["served"]), ANSWER, "{told}");
        assert_eq!(*content(&told["predicted"]), ANSWER, "{told}");
    }
}

/// A model of the user's own, that answers with what it was given.
const OWN: &str = r#"
import json
from pathlib import Path

import mlflow
from greeting import greet
from mlflow.models import set_model


class Own(mlflow.pyfunc.PythonModel):
    def load_context(self, context):
        self.words = Path(context.artifacts["words"]).read_text()
        self.folder = sorted(p.name for p in Path(context.artifacts["weights"]).iterdir())
        self.config = context.model_config

    def predict(self, context, model_input, params=None):
        prompt = model_input["prompt"][0]
        return [json.dumps([greet(prompt), self.words, self.folder, self.config])]


set_model(Own())
"#;

fn graphs_and_own_code_are_loaded(python: &Python) {
    let context = Context::new();
    let work = context.path("work");
    let write = |name: &str, text: &str| {
        let path = work.join(name);
        fs_err::create_dir_all(path.parent().unwrap()).unwrap();
        fs_err::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let own = write("own_model.py", OWN);
    let helper = write(
        "greeting/__init__.py",
        "def greet(who):\n    return 'hello ' + who\n",
    );
    write("greeting/__pycache__/greeting.pyc", "stale");
    let words = write("words.txt", "some words");
    write("weights/a.bin", "a");
    let graph = fixture("models/affine-onnx/affine.onnx");
    let graph = package(&context, &graph, "graph", &[]);
    let arguments = [
        "--python-model",
        &own,
        "--artifact-name",
        "weights",
        "--code-path",
        Path::new(&helper).parent().unwrap().to_str().unwrap(),
        "--artifact",
        &format!("words={words}"),
        "--model-config",
        "loud=true",
        "--metadata",
        "base=phi-3-mini-4k",
        "--task",
        "prompt",
        "--input-example",
        r#"{"inputs": {"prompt": "hi"}, "params": {"max_length": 50}}"#,
    ];
    let code = package(&context, &work.join("weights"), "code-model", &arguments);
    assert!(!Path::new(&code).join("code/greeting/__pycache__").exists());
    let told = read(python, "read_flavors.py", &[&graph, &code]);

    assert_eq!(told["graph"], json!([[16.5, 21.5], [4.5, 4.5]]));
    let tensor = |name: &str, size: u64| {
        format!(
            r#"[{{"name": "{name}", "type": "tensor", "tensor-spec": {{"dtype": "float32", "shape": [-1, {size}]}}}}]"#
        )
    };
    assert_eq!(told["graph_signature"]["inputs"], tensor("x", 3));
    assert_eq!(told["graph_signature"]["outputs"], tensor("y", 2));
    let expected = r#"["hello hi", "some words", ["a.bin"], {"loud": true}]"#;
    assert_eq!(told["code"], json!([expected]));
    assert_eq!(told["served"], json!([expected]));
    assert_eq!(told["metadata"], json!({"base": "phi-3-mini-4k"}));
    assert!(told["nodes"].is_null() || told["nodes"] == 2);
}

#[test]
fn mlflow_3_loads_graphs_and_own_code() {
    graphs_and_own_code_are_loaded(Python::mlflow3());
}

#[test]
fn mlflow_2_loads_graphs_and_own_code() {
    graphs_and_own_code_are_loaded(Python::mlflow2());
}

fn transformers_answers_from_a_checkpoint(python: &Python, release: MlflowRelease) {
    let folder = tempfile::tempdir().unwrap();
    let source = fixture("models/phi3-tiny-hf");
    let made = |dest: &str, task: Task| {
        let options = Options {
            task: Some(task),
            ..Options::default()
        };
        let package = Package::build(&source, &options).unwrap();
        let made = folder.path().join(dest);
        let identity = |digest| Identity::of_digest(digest, jiff::Timestamp::UNIX_EPOCH);
        let on_and_on = &mut |_, _| ControlFlow::Continue(());
        let rendered = package.render(release).unwrap();
        rendered.write_to(&made, &identity, on_and_on).unwrap();
        made.to_str().unwrap().to_owned()
    };
    let models = [
        made("chat", Task::Chat),
        made("completions", Task::Completions),
        made("plain", Task::TextGeneration),
    ];
    let models: Vec<&str> = models.iter().map(String::as_str).collect();
    let told = read(python, "read_checkpoint.py", &models);
    assert_eq!(told["mlflow"], release.version());
    assert_eq!(told["pipeline"], "TextGenerationPipeline");
    assert_eq!(told["dtype"], "torch.float32");
    assert_eq!(*content(&told["chat"][0]), ANSWER, "{told}");
    assert_eq!(told["chat"][0]["object"], "chat.completion");
    assert_eq!(*content(&told["served"][0]), ANSWER, "{told}");
    assert_eq!(
        told["completions"][0]["choices"][0]["text"], ANSWER,
        "{told}"
    );
    assert!(told["text"].to_string().contains(ANSWER), "{told}");
    assert_eq!(told["metadata"]["task"], "llm/v1/chat");
    let request = json!({"messages": [{"role": "user", "content": PROMPT}], "max_tokens": 24});
    let told = read(python, "serve_model.py", &[models[0], &request.to_string()]);
    assert_eq!(*content(&told["served"][0]), ANSWER, "{told}");
}

#[test]
fn transformers_with_mlflow_3_answers_from_a_checkpoint() {
    if full_ring("a checkpoint in Transformers, MLflow 3") {
        transformers_answers_from_a_checkpoint(Python::transformers(), MlflowRelease::V3);
    }
}

#[test]
fn transformers_with_mlflow_2_answers_from_a_checkpoint() {
    if full_ring("a checkpoint in Transformers, MLflow 2") {
        transformers_answers_from_a_checkpoint(Python::transformers2(), MlflowRelease::V2);
    }
}

#[test]
fn options_that_mean_nothing_are_refused() {
    let context = Context::new();
    let model = package(&context, &phi3_tiny(), "model", &[]);
    let checkpoint = fixture("models/phi3-tiny-hf");
    let checkpoint = checkpoint.to_str().unwrap();
    let graph = fixture("models/affine-onnx/affine.onnx");
    let tiny = phi3_tiny();
    let cases: &[(&str, &[&str], &str)] = &[
        (
            &model,
            &["--task", "llm/v1/chat"],
            "`task` cannot be chosen",
        ),
        (
            &model,
            &["--metadata", "a=b"],
            "`metadata` cannot be chosen",
        ),
        (&model, &["--flavor", "pyfunc"], "`flavor` cannot be chosen"),
        (
            checkpoint,
            &["--artifact-name", "x"],
            "`artifact-name` cannot be chosen",
        ),
        (
            checkpoint,
            &["--task", "prompt"],
            "the task `prompt` is none of",
        ),
        (
            checkpoint,
            &["--flavor", "onnx"],
            "of the flavor `transformers`",
        ),
        (
            graph.to_str().unwrap(),
            &["--task", "prompt"],
            "`task` cannot be chosen",
        ),
        (
            tiny.to_str().unwrap(),
            &["--task", "text-generation"],
            "is none of",
        ),
        (
            tiny.to_str().unwrap(),
            &["--signature", "x"],
            "`@FILE`, `none` or `auto`",
        ),
        (
            tiny.to_str().unwrap(),
            &["--input-example", "{"],
            "is not JSON",
        ),
        (tiny.to_str().unwrap(), &["--metadata", "owner"], "is K=V"),
        (
            tiny.to_str().unwrap(),
            &["--artifact", "x"],
            "write NAME=PATH",
        ),
    ];
    for (source, arguments, expected) in cases {
        let dest = context.path("work/never");
        let refused = context.phi3ml(["package", source, dest.to_str().unwrap()]);
        refused
            .args(*arguments)
            .run()
            .expect_code(2)
            .expect_stderr(expected);
        assert!(!dest.exists());
    }
}

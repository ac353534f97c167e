//! MLflow's own Python against what phi3ml wrote on real servers, and against what phi3ml answers.

use serde_json::{Value, json};

use crate::log_model::{log_model, main_job};
use crate::support::api::text;
use crate::support::fake::Generation;
use crate::support::mlflow::serve_model;
use crate::support::python::Python;
use crate::support::scene::Scene;
use crate::support::{PROMPT, unique};

const PROMPTS: [&str; 3] = [PROMPT, "What is 7 * 6?", "Write an emoji."];

fn python(generation: Generation) -> &'static Python {
    match generation {
        Generation::Two => Python::mlflow2(),
        Generation::Three => Python::mlflow3(),
    }
}

#[test]
fn mlflow_3_reads_and_runs_what_was_logged() {
    reads_and_runs(Generation::Three);
}

#[test]
fn mlflow_2_reads_and_runs_what_was_logged() {
    reads_and_runs(Generation::Two);
}

fn reads_and_runs(generation: Generation) {
    let scene = Scene::real(generation);
    let name = unique("reference");
    let told = main_job(&scene, &name, "Madrid").expect_success().json();
    let uri = format!("models:/{name}@champion");
    let ours: Vec<String> = PROMPTS
        .iter()
        .map(|prompt| {
            let run = scene
                .context
                .phi3ml(["predict", "-m", &uri, "--prompt", prompt])
                .run();
            run.expect_success()
                .stdout
                .trim_end_matches('\n')
                .to_owned()
        })
        .collect();
    let arguments: Vec<&str> = std::iter::once(uri.as_str()).chain(PROMPTS).collect();
    let theirs = scene.script("predict.py", &arguments);
    assert_eq!(theirs["rows"], json!(ours));
    let singly: Vec<Value> = ours.iter().map(|answer| json!([answer])).collect();
    assert_eq!(theirs["single"], json!(singly));
    assert_eq!(theirs["run_id"], told["run_id"]);
    assert_eq!(theirs["model_id"], told["model_id"]);
    assert_eq!(
        theirs["inputs"],
        json!([{ "name": "prompt", "type": "string", "required": true }])
    );
    assert_eq!(
        theirs["outputs"],
        json!([{ "type": "string", "required": true }])
    );
    assert!(theirs["input_example"]["prompt"].is_string(), "{theirs}");
}

#[test]
fn mlflow_3_serves_what_was_logged() {
    serves(Generation::Three);
}

#[test]
fn mlflow_2_serves_what_was_logged() {
    serves(Generation::Two);
}

fn serves(generation: Generation) {
    let scene = Scene::real(generation);
    let name = unique("served");
    main_job(&scene, &name, "Madrid").expect_success();
    let uri = format!("models:/{name}@champion");
    let served = serve_model(python(generation), &scene.api().url, &uri);
    let body = json!({ "inputs": { "prompt": PROMPT } });
    let answer = served.api.request("POST", "/invocations", Some(&body));
    assert_eq!(answer.status, 200, "{}\n{}", answer.body, served.log());
    assert_eq!(
        answer.body["predictions"],
        json!(["The capital of Spain is Madrid."])
    );
}

#[test]
fn mlflow_3_sees_all_that_was_written_down() {
    sees_all(Generation::Three);
}

#[test]
fn mlflow_2_sees_all_that_was_written_down() {
    sees_all(Generation::Two);
}

fn sees_all(generation: Generation) {
    let scene = Scene::real(generation);
    let name = unique("seen");
    let experiment = unique("experiment");
    let told = log_model(
        &scene,
        &["--experiment-name", &experiment, "--param", "bits=4"],
    )
    .args([
        "--metric",
        "loss=0.25",
        "--tag",
        "team=red",
        "--register",
        &name,
    ])
    .args([
        "--alias",
        "champion",
        "--version-tag",
        "stage=dev",
        "--description",
        "a crab 🦀",
    ])
    .run()
    .expect_success()
    .json();
    let run_id = text(&told["run_id"]);
    let facts = scene.script("read_back.py", &[&run_id, &name, "1"]);
    assert_eq!(facts["run"]["status"], "FINISHED");
    assert_eq!(facts["run"]["params"]["bits"], "4");
    assert_eq!(facts["run"]["metrics"]["loss"], 0.25);
    assert_eq!(facts["run"]["tags"]["team"], "red");
    assert!(
        facts["run"]["tags"]["mlflow.source.name"].is_string(),
        "{facts}"
    );
    let version = &facts["version"];
    assert_eq!(version["status"], "READY");
    assert_eq!(version["run_id"], run_id);
    assert_eq!(version["description"], "a crab 🦀");
    assert_eq!(version["tags"]["stage"], "dev");
    assert_eq!(version["aliases"], json!({ "champion": "1" }));
    assert_eq!(version["download_uri"], told["artifact_uri"]);
    if let Some(model_id) = told["model_id"].as_str() {
        let model = &facts["logged_models"][model_id];
        assert_eq!(facts["run"]["models"], json!([model_id]));
        assert_eq!(model["status"], "READY");
        assert_eq!(model["name"], "phi3");
        assert_eq!(model["source_run_id"], run_id);
        assert_eq!(version["source"], format!("models:/{model_id}"));
    } else {
        assert_eq!(version["source"], told["artifact_uri"]);
    }
}

//! `phi3ml log-model`: what it leaves on the server, what it says, and what is left when it fails.
//!
//! Interrupted runs are in `resume`.

use std::collections::BTreeSet;
use std::path::Path;

use phi3ml::digest::Digest;
use serde_json::{Value, json};

use crate::support::api::Api;
use crate::support::fake::Generation;
use crate::support::process::{Finished, Phi3ml};
use crate::support::scene::{Scene, on_every_ledger};
use crate::support::{ANSWER, PROMPT, phi3_tiny, unique};

const WEIGHTS: &str = "model.onnx.data";

/// `log-model` on the tiny Phi-3 with JSON output.
pub(crate) fn log_model(scene: &Scene, arguments: &[&str]) -> Phi3ml {
    let model = phi3_tiny();
    let start = [
        "log-model",
        model.to_str().unwrap(),
        "--name",
        "phi3",
        "-o",
        "json",
    ];
    scene.context.phi3ml(start).args(arguments)
}

/// The main job: log, register, ask, point the alias.
pub(crate) fn main_job(scene: &Scene, registered: &str, expected: &str) -> Finished {
    let register = ["--register", registered, "--alias", "champion"];
    log_model(scene, &register)
        .args(["--smoke", PROMPT, "--expect", expected])
        .run()
}

on_every_ledger!(
    the_main_job_leaves_everything_complete,
    a_wrong_answer_leaves_the_alias_where_it_was,
    runs_that_were_there_keep_their_status,
    experiments_are_found_or_made,
);

fn the_main_job_leaves_everything_complete(scene: &Scene) {
    let name = unique("complete");
    let finished = main_job(scene, &name, "Madrid").expect_success();
    let told = finished.json();
    let keys: BTreeSet<&str> = told
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    let contract = "experiment_id run_id model_id model_uri artifact_uri files bytes reused_bytes \
                    seconds sha256 registered smoke run_url model_url";
    assert_eq!(keys, contract.split_whitespace().collect(), "{finished}");
    assert_eq!(told["experiment_id"], scene.default_experiment());
    assert_eq!(told["reused_bytes"], 0);
    assert_eq!(
        told["registered"],
        json!({ "name": name, "version": "1", "aliases": ["champion"] })
    );
    let smoke = json!({ "prompt": PROMPT, "output": ANSWER, "expect": ["Madrid"], "passed": true });
    assert_eq!(told["smoke"], smoke);
    let run_id = told["run_id"].as_str().unwrap();
    match told["run_url"].as_str() {
        Some(run_url) => assert!(
            run_url.starts_with(&scene.api().url) && run_url.contains(run_id),
            "{run_url}"
        ),
        None => assert!(scene.is_file(), "only a file has no pages to look at"),
    }

    let run = scene.api().run(run_id);
    assert_eq!(run["info"]["status"], "FINISHED");
    match scene.generation {
        Generation::Three => logged_model_is_complete(scene.api(), &told),
        Generation::Two => run_holds_the_model(&told, &run),
    }
    files_are_complete(scene.api(), &told);

    let version = scene.api().version(&name, "1");
    assert_eq!(version["status"], "READY");
    assert_eq!(version["run_id"], run_id);
    assert_eq!(version["tags"]["phi3ml.smoke"], "passed");
    assert_eq!(version["tags"]["phi3ml.sha256"], told["sha256"]);
    assert_eq!(scene.api().alias(&name, "champion").as_deref(), Some("1"));
}

fn logged_model_is_complete(api: &Api, told: &Value) {
    let model_id = told["model_id"].as_str().unwrap();
    assert_eq!(told["model_uri"], format!("models:/{model_id}"));
    let model = api.logged_model(model_id);
    assert_eq!(model["status"], "LOGGED_MODEL_READY");
    assert_eq!(model["name"], "phi3");
    assert_eq!(model["source_run_id"], told["run_id"]);
    assert_eq!(model["artifact_uri"], told["artifact_uri"]);
    assert_eq!(model["tags"]["phi3ml.sha256"], told["sha256"]);
}

fn run_holds_the_model(told: &Value, run: &Value) {
    let run_id = told["run_id"].as_str().unwrap();
    assert_eq!(told["model_id"], Value::Null);
    assert_eq!(told["model_uri"], format!("runs:/{run_id}/phi3"));
    let uri = format!("{}/phi3", run["info"]["artifact_uri"].as_str().unwrap());
    assert_eq!(told["artifact_uri"], uri);
    assert_eq!(run["data"]["tags"]["phi3ml.sha256"], told["sha256"]);
    let history = run["data"]["tags"]["mlflow.log-model.history"]
        .as_str()
        .unwrap();
    let history: Value = serde_json::from_str(history).unwrap();
    assert_eq!(history[0]["artifact_path"], "phi3");
    assert!(
        history[0]["flavors"]["python_function"].is_object(),
        "{history}"
    );
}

/// All files there, counted rightly, and with the digests that travel with them.
pub(crate) fn files_are_complete(api: &Api, told: &Value) {
    let uri = told["artifact_uri"].as_str().unwrap();
    let files = api.files(uri);
    let wanted = [
        "MLmodel",
        "SHA256SUMS",
        "conda.yaml",
        "python_env.yaml",
        "requirements.txt",
        "phi3_model.py",
        "input_example.json",
        "serving_input_example.json",
    ];
    for file in wanted {
        assert!(files.contains_key(file), "no {file} in {files:#?}");
    }
    for file in fs_err::read_dir(phi3_tiny()).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        let path = format!("artifacts/phi3-mini-onnx/{name}");
        assert!(files.contains_key(&path), "no {path} in {files:#?}");
    }
    assert_eq!(told["files"], files.len());
    assert_eq!(told["bytes"], files.values().sum::<u64>());
    let sums = api.artifact(uri, "SHA256SUMS");
    assert_eq!(told["sha256"], Digest::of(&sums).to_string());
    let sums = String::from_utf8(sums).unwrap();
    assert_eq!(
        sums.lines().count(),
        files.len() - 2,
        "all but itself and MLmodel:\n{sums}"
    );
    for line in sums.lines() {
        let (digest, path) = line.split_once("  ").unwrap();
        assert_eq!(
            Digest::of(&api.artifact(uri, path)).to_string(),
            digest,
            "{path}"
        );
    }
}

fn a_wrong_answer_leaves_the_alias_where_it_was(scene: &Scene) {
    let name = unique("wrong");
    main_job(scene, &name, "Madrid").expect_success();
    let finished = main_job(scene, &name, "Lisbon").expect_code(3);
    let told = finished.json();
    assert_eq!(told["smoke"]["passed"], false);
    assert_eq!(told["smoke"]["output"], ANSWER);
    assert_eq!(told["registered"]["version"], "2");
    assert_eq!(told["registered"]["aliases"], json!([]));
    assert_eq!(
        scene.api().version(&name, "2")["tags"]["phi3ml.smoke"],
        "failed"
    );
    assert_eq!(scene.api().alias(&name, "champion").as_deref(), Some("1"));
    let run = scene.api().run(told["run_id"].as_str().unwrap());
    assert_eq!(run["info"]["status"], "FINISHED");
    if let Some(model_id) = told["model_id"].as_str() {
        assert_eq!(
            scene.api().logged_model(model_id)["status"],
            "LOGGED_MODEL_READY"
        );
    }
}

fn runs_that_were_there_keep_their_status(scene: &Scene) {
    let experiment = scene.default_experiment();
    let run = || scene.api().create_run(&experiment);
    let (first, second) = (run(), run());
    let told = log_model(scene, &["--run-id", &first])
        .env("MLFLOW_RUN_ID", &second)
        .run();
    assert_eq!(
        told.expect_success().json()["run_id"],
        first,
        "the flag wins"
    );
    let told = log_model(scene, &[]).env("MLFLOW_RUN_ID", &second).run();
    assert_eq!(told.expect_success().json()["run_id"], second);
    for run in [first, second] {
        assert_eq!(scene.api().run(&run)["info"]["status"], "RUNNING");
    }
}

fn experiments_are_found_or_made(scene: &Scene) {
    let (by_flag, by_name) = (unique("by-flag"), unique("by-name"));
    let by_id = scene.api().create_experiment(&unique("by-id"));
    let run = |arguments: &[&str]| {
        let run = log_model(scene, arguments).env("MLFLOW_EXPERIMENT_NAME", &by_name);
        let told = run.run().expect_success().json();
        told["experiment_id"].as_str().unwrap().to_owned()
    };
    let made = run(&["--experiment-name", &by_flag]);
    assert_eq!(scene.api().experiment(&by_flag)["experiment_id"], made);
    assert_eq!(
        run(&["--experiment-name", &by_flag]),
        made,
        "found the second time"
    );
    assert_eq!(run(&["--experiment-id", &by_id]), by_id);
    let made = run(&[]);
    assert_eq!(scene.api().experiment(&by_name)["experiment_id"], made);
    let told = log_model(scene, &[])
        .env("MLFLOW_EXPERIMENT_ID", &by_id)
        .env("MLFLOW_EXPERIMENT_NAME", &by_name)
        .run();
    assert_eq!(
        told.expect_success().json()["experiment_id"],
        by_id,
        "the id wins over the name"
    );
}

#[test]
fn a_smoke_without_an_expectation_takes_any_answer() {
    let scene = Scene::fake(Generation::Three);
    let told = log_model(&scene, &["--smoke", PROMPT])
        .run()
        .expect_success()
        .json();
    assert_eq!(told["smoke"]["passed"], true);
    assert_eq!(told["registered"], Value::Null);
}

#[test]
fn params_metrics_and_tags_belong_to_the_run() {
    let scene = Scene::fake(Generation::Three);
    let name = unique("facts");
    let facts = [
        "--param", "bits=4", "--metric", "loss=0.5", "--tag", "team=a=b",
    ];
    let told = log_model(&scene, &facts)
        .args([
            "--register",
            &name,
            "--version-tag",
            "stage=dev",
            "--description",
            "hello",
        ])
        .args(["--run-name", "tuesday"])
        .run()
        .expect_success()
        .json();
    let run = scene.api().run(told["run_id"].as_str().unwrap());
    assert_eq!(run["info"]["run_name"], "tuesday");
    assert_eq!(run["data"]["params"]["bits"], "4");
    assert_eq!(run["data"]["metrics"]["loss"], 0.5);
    assert_eq!(run["data"]["tags"]["team"], "a=b");
    let version = scene.api().version(&name, "1");
    assert_eq!(version["tags"]["stage"], "dev");
    assert_eq!(version["description"], "hello");
}

#[test]
fn a_name_the_server_would_refuse_is_changed_and_told_once() {
    let scene = Scene::fake(Generation::Three);
    let model = phi3_tiny();
    let arguments = [
        "log-model",
        model.to_str().unwrap(),
        "--name",
        "Phi-3.5",
        "-o",
        "json",
    ];
    let finished = scene.context.phi3ml(arguments).run().expect_success();
    let model_id = finished.json()["model_id"].as_str().unwrap().to_owned();
    assert_eq!(scene.api().logged_model(&model_id)["name"], "Phi-3-5");
    assert_eq!(finished.stderr.matches("Phi-3-5").count(), 1, "{finished}");
}

#[test]
fn options_that_need_each_other_are_usage_errors() {
    let scene = Scene::fake(Generation::Three);
    for arguments in [["--alias", "champion"], ["--expect", "Madrid"]] {
        let finished = log_model(&scene, &arguments).run().expect_code(2);
        assert_eq!(finished.stdout, "");
    }
    let finished = log_model(&scene, &["--register", "a/b"]).run();
    assert!(matches!(finished.code, Some(1 | 2)), "{finished}");
    assert!(finished.stderr.contains("a/b"), "{finished}");
    assert_eq!(scene.server().story(), "", "nothing is sent");
    scene.api().request("GET", "/health", None);
}

#[test]
fn experiments_that_cannot_be_used_are_named() {
    let scene = Scene::fake(Generation::Three);
    let finished = log_model(&scene, &["--experiment-id", "4711"])
        .run()
        .expect_code(1);
    assert!(finished.stderr.contains("4711"), "{finished}");
    let gone = scene.api().create_experiment("gone");
    scene
        .api()
        .post("experiments/delete", &json!({ "experiment_id": gone }));
    let finished = log_model(&scene, &["--experiment-name", "gone"])
        .run()
        .expect_code(1);
    assert!(
        finished.stderr.contains("experiments restore"),
        "{finished}"
    );
    let finished = log_model(&scene, &["--run-id", "0123456789abcdef0123456789abcdef"]).run();
    let finished = finished.expect_code(1);
    assert!(
        finished.stderr.contains("0123456789abcdef0123456789abcdef"),
        "{finished}"
    );
    assert!(scene.api().runs("0").is_empty());
    assert!(scene.api().logged_models("0").is_empty());
}

#[test]
fn broken_folders_are_refused_before_anything_is_sent() {
    let scene = Scene::fake(Generation::Three);
    let refuses = |folder: &Path, named: &str| {
        let finished = scene
            .context
            .phi3ml(["log-model"])
            .args([folder])
            .run()
            .expect_code(1);
        assert!(
            finished.stderr.contains(named),
            "{}: {finished}",
            folder.display()
        );
    };
    for file in ["genai_config.json", "tokenizer.json", "model.onnx", WEIGHTS] {
        let folder = scene
            .context
            .copy_of(&phi3_tiny(), &format!("without-{file}"));
        fs_err::remove_file(folder.join(file)).unwrap();
        refuses(&folder, file);
    }
    for file in ["genai_config.json", "tokenizer.json"] {
        let folder = scene
            .context
            .copy_of(&phi3_tiny(), &format!("half-a-{file}"));
        fs_err::write(folder.join(file), "{").unwrap();
        refuses(&folder, file);
    }
    let nowhere = scene.context.path("work/nowhere");
    let finished = scene.context.phi3ml(["log-model"]).args([&nowhere]).run();
    assert!(matches!(finished.code, Some(1 | 2)), "{finished}");
    assert!(finished.stderr.contains("nowhere"), "{finished}");
    assert!(scene.api().runs("0").is_empty());
}

#[test]
fn equal_folders_have_equal_digests_and_weights_are_not_copied() {
    let scene = Scene::fake(Generation::Three);
    let digest = |run: Phi3ml| run.run().expect_success().json()["sha256"].clone();
    let first = digest(log_model(&scene, &[]));
    assert_eq!(digest(log_model(&scene, &["--fresh"])), first);
    for place in ["cache", "data", "state", "tmp", "work"] {
        let size = largest_file(&scene.context.path(place));
        assert!(size < 100_000, "{place} holds a file of {size} bytes");
    }
}

fn largest_file(folder: &Path) -> u64 {
    let entries = fs_err::read_dir(folder).unwrap().map(Result::unwrap);
    entries
        .map(|entry| {
            let kind = entry.metadata().unwrap();
            if kind.is_dir() {
                largest_file(&entry.path())
            } else {
                kind.len()
            }
        })
        .max()
        .unwrap_or_default()
}

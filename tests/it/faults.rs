//! A fault on every endpoint in turn: connections reset before and after the server acted, 503, 429. No operation is
//! done twice, and none is lost.

use serde_json::{Value, json};

use crate::log_model::log_model;
use crate::support::api::{list, text};
use crate::support::fake::{Fault, Generation};
use crate::support::scene::Scene;

/// What `log-model` asks of a server of both generations.
const LOG_MODEL: &[(&str, &str)] = &[
    ("GET", "/version"),
    ("GET", "/experiments/get-by-name"),
    ("POST", "/experiments/create"),
    ("POST", "/runs/create"),
    ("POST", "/runs/log-batch"),
    ("PUT", "/model.onnx.data"),
    ("PUT", "/SHA256SUMS"),
    ("PUT", "/MLmodel"),
    ("GET", "/registered-models/get"),
    ("POST", "/registered-models/create"),
    ("POST", "/model-versions/create"),
    ("POST", "/registered-models/alias"),
    ("POST", "/runs/update"),
];
/// What it asks of MLflow 3 alone.
const LOGGED_MODELS: &[(&str, &str)] = &[
    ("POST", "/logged-models"),
    ("POST", "/runs/outputs"),
    ("PATCH", "/logged-models/"),
];
/// What it asks of MLflow 2 alone.
const RECORD: &[(&str, &str)] = &[("POST", "/runs/log-model")];
/// What `register` asks.
const REGISTER: &[(&str, &str)] = &[
    ("GET", "/logged-models/"),
    ("GET", "/mlflow-artifacts/artifacts"),
    ("GET", "/SHA256SUMS"),
    ("GET", "/registered-models/get"),
    ("POST", "/registered-models/create"),
    ("POST", "/model-versions/create"),
    ("POST", "/registered-models/alias"),
];

/// Each fault, and how often in a row it comes.
fn faults() -> Vec<(&'static str, usize, Fault)> {
    let busy = Fault::error(429, "REQUEST_LIMIT_EXCEEDED", "slow down");
    vec![
        ("reset before", 2, Fault::ResetAfter(0)),
        ("reset after", 1, Fault::CloseAfter(0)),
        ("503", 2, Fault::unavailable()),
        ("429", 2, busy),
    ]
}

fn log_model_survives(generation: Generation, endpoints: &[(&'static str, &str)]) {
    for (method, path) in endpoints {
        for (name, times, fault) in faults() {
            let scene = Scene::fake(generation);
            scene.server().fail(times, method, path, fault);
            let case = format!("{name} on {method} {path}");
            let run = log_model(&scene, &["--experiment-name", "faults", "--param", "a=1"]).args([
                "--metric",
                "m=1",
                "--register",
                "phi3",
                "--alias",
                "champion",
            ]);
            let finished = run.without_pauses().run();
            assert_eq!(finished.code, Some(0), "{case}: {finished}");
            assert!(scene.server().has_failed_as_planned(), "{case}");
            all_is_there_once(&scene, &finished.json(), &case);
        }
    }
}

/// One of everything, all of it complete.
fn all_is_there_once(scene: &Scene, told: &Value, case: &str) {
    let api = scene.api();
    let experiments = api.post("experiments/search", &json!({ "max_results": 100 }));
    let names = list(&experiments["experiments"]);
    assert_eq!(names.len(), 2, "{case}: {experiments}");
    let experiment = text(&told["experiment_id"]);
    let runs = api.runs(&experiment);
    assert_eq!(runs.len(), 1, "{case}");
    let run = api.run(&text(&told["run_id"]));
    assert_eq!(run["info"]["status"], "FINISHED", "{case}");
    assert_eq!(run["data"]["params"]["a"], "1", "{case}");
    assert_eq!(run["data"]["metrics"]["m"], 1.0, "{case}");
    match scene.generation {
        Generation::Three => {
            let models = api.logged_models(&experiment);
            assert_eq!(models.len(), 1, "{case}: {models:?}");
            let model = api.logged_model(&text(&told["model_id"]));
            assert_eq!(model["status"], "LOGGED_MODEL_READY", "{case}");
            let outputs = list(&runs[0]["outputs"]["model_outputs"]);
            assert_eq!(outputs.len(), 1, "{case}: {runs:?}");
        }
        Generation::Two => {
            let history = text(&run["data"]["tags"]["mlflow.log-model.history"]);
            let history: Value = serde_json::from_str(&history).unwrap();
            assert_eq!(list(&history).len(), 1, "{case}: {history}");
        }
    }
    let files = api.files(&text(&told["artifact_uri"]));
    assert_eq!(files.len() as u64, told["files"], "{case}: {files:?}");
    registered_once(scene, "phi3", case);
}

fn registered_once(scene: &Scene, name: &str, case: &str) {
    let versions = scene.api().versions(name);
    assert_eq!(versions.len(), 1, "{case}: {versions:?}");
    assert_eq!(versions[0]["status"], "READY", "{case}");
    let holder = scene.api().alias(name, "champion");
    assert_eq!(holder.as_deref(), Some("1"), "{case}");
}

#[test]
fn log_model_on_mlflow_3() {
    log_model_survives(Generation::Three, LOG_MODEL);
}

#[test]
fn log_model_on_logged_models() {
    log_model_survives(Generation::Three, LOGGED_MODELS);
}

#[test]
fn log_model_on_mlflow_2() {
    log_model_survives(Generation::Two, LOG_MODEL);
    log_model_survives(Generation::Two, RECORD);
}

#[test]
fn register_does_it_once() {
    for (method, path) in REGISTER {
        for (name, times, fault) in faults() {
            let scene = Scene::fake(Generation::Three);
            let told = log_model(&scene, &[]).run().expect_success().json();
            scene.server().fail(times, method, path, fault);
            let case = format!("{name} on {method} {path}");
            let register = ["register", told["model_uri"].as_str().unwrap(), "phi3"];
            let run = scene.context.phi3ml(register).args(["--alias", "champion"]);
            let finished = run.without_pauses().run();
            assert_eq!(finished.code, Some(0), "{case}: {finished}");
            assert!(scene.server().has_failed_as_planned(), "{case}");
            registered_once(&scene, "phi3", &case);
        }
    }
}

#[test]
fn what_stays_wrong_is_not_tried_again() {
    let cases = [
        ("POST", "/runs/update", "FEATURE_DISABLED"),
        ("GET", "/experiments/get-by-name", "FEATURE_DISABLED"),
        ("POST", "/runs/outputs", "INTERNAL_ERROR"),
        ("POST", "/model-versions/create", "INTERNAL_ERROR"),
    ];
    for (method, path, code) in cases {
        let scene = Scene::fake(Generation::Three);
        let fault = Fault::error(500, code, "it stays so");
        scene.server().fail(1, method, path, fault);
        let arguments = ["--experiment-name", "faults", "--register", "phi3"];
        let finished = log_model(&scene, &arguments)
            .without_pauses()
            .run()
            .expect_code(1);
        assert!(finished.stderr.contains("it stays so"), "{finished}");
        let story = || scene.server().story();
        let sent = scene.server().requests_to(method, path);
        // What failed because the run could not be ended is told to the run, which is another request.
        let again = sent.iter().filter(|seen| seen.json["status"] != "FAILED");
        assert_eq!(again.count(), 1, "{method} {path}: {}", story());
    }
}

/// A refusal of another kind than 503 does not become better, whatever it calls itself and whoever asked.
#[test]
fn a_500_is_not_asked_for_minutes() {
    let cases: [(&str, &str, &[&str]); 4] = [
        ("GET", "/runs/get", &["runs", "get", "a1b2"]),
        (
            "POST",
            "/runs/search",
            &["runs", "list", "--experiment-id", "0"],
        ),
        (
            "PATCH",
            "/registered-models/update",
            &["models", "update", "a", "--description", "x"],
        ),
        (
            "DELETE",
            "/registered-models/delete-tag",
            &["models", "delete-tag", "a", "k"],
        ),
    ];
    for (method, path, arguments) in cases {
        for fault in [
            Fault::error(500, "INTERNAL_ERROR", "it stays so"),
            Fault::error(500, "SOMETHING_NEW", "it stays so"),
            Fault::page(500, "it stays so"),
        ] {
            let scene = Scene::fake(Generation::Three);
            scene
                .api()
                .post("registered-models/create", &json!({ "name": "a" }));
            scene.server().fail(usize::MAX, method, path, fault);
            let finished = scene.context.phi3ml(arguments).without_pauses().run();
            let finished = finished.expect_code(1).expect_stderr("it stays so");
            let sent = scene.server().requests_to(method, path).len();
            assert_eq!(sent, 4, "{method} {path}: {finished}");
        }
    }
}

#[test]
fn a_busy_server_is_left_alone_as_long_as_it_asks() {
    let scene = Scene::fake(Generation::Three);
    let busy = Fault::error(429, "REQUEST_LIMIT_EXCEEDED", "slow down");
    scene.server().fail(9, "POST", "/runs/create", busy);
    let run = log_model(&scene, &[]).env("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "2");
    let finished = run.without_pauses().run().expect_code(1);
    assert_eq!(scene.server().requests_to("POST", "/runs/create").len(), 3);
    assert!(finished.stderr.contains("3 attempts"), "{finished}");
}

#[test]
fn a_list_of_digests_that_breaks_off_is_read_on_and_one_that_was_cut_is_refused() {
    let scene = Scene::fake(Generation::Three);
    let logged = log_model(&scene, &["--register", "phi3"]).run();
    let root = text(&logged.expect_success().json()["artifact_uri"]);
    // In the middle of the list.
    let broken = Fault::CloseAfter(500);
    scene.server().fail(2, "GET", "/SHA256SUMS", broken);
    let download = |folder: &str| {
        let download = ["models", "download", "models:/phi3/1", "-d", folder];
        scene.context.phi3ml(download).without_pauses().run()
    };
    download("back").expect_success();
    assert!(scene.server().has_failed_as_planned());

    let sums = String::from_utf8(scene.api().artifact(&root, "SHA256SUMS")).unwrap();
    let (cut, _) = sums.trim_end().rsplit_once('\n').unwrap();
    let cut = format!("{cut}\n").into_bytes();
    scene.server().overwrite("/SHA256SUMS", cut);
    let refused = download("other").expect_code(1);
    refused.expect_stderr("`SHA256SUMS`");
    assert!(!scene.context.path("work/other").exists());
}

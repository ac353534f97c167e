//! What must not be believed: a journal about a registry that changed, a server that gives back something
//! else, half a model, an empty expectation.

use serde_json::{Value, json};

use crate::log_model::log_model;
use crate::support::fake::{Fault, Generation};
use crate::support::scene::Scene;
use crate::support::{ANSWER, Context, PROMPT, phi3_tiny};

fn refused() -> Fault {
    Fault::error(403, "PERMISSION_DENIED", "not yours")
}

fn delete(scene: &Scene, path: &str, body: &Value) {
    let path = format!("/api/2.0/mlflow/{path}");
    let answer = scene.api().request("DELETE", &path, Some(body));
    assert_eq!(answer.status, 200);
}

#[test]
fn a_noted_version_that_is_another_ones_by_now_gets_no_alias() {
    let scene = Scene::fake(Generation::Three);
    scene
        .server()
        .fail(1, "POST", "registered-models/alias", refused());
    let again = || log_model(&scene, &["--register", "phi3", "--alias", "champion"]).run();
    again().expect_code(1);
    delete(
        &scene,
        "registered-models/delete",
        &json!({ "name": "phi3" }),
    );
    let foreign = json!({ "name": "phi3", "source": "mlflow-artifacts:/0/other/artifacts/x" });
    scene
        .api()
        .post("registered-models/create", &json!({ "name": "phi3" }));
    scene.api().post("model-versions/create", &foreign);

    let told = again().expect_success().json();
    assert_eq!(told["registered"]["version"], "2", "{told}");
    assert_eq!(scene.api().alias("phi3", "champion").as_deref(), Some("2"));
}

#[test]
fn a_model_that_comes_back_changed_gets_no_alias() {
    let scene = Scene::fake(Generation::Three);
    // The files are replaced between the upload and the read-back: by those of a model that is sound in itself.
    let other = log_model(&scene, &["--param", "a=1"])
        .run()
        .expect_success()
        .json();
    let taken = scene
        .api()
        .artifact(other["artifact_uri"].as_str().unwrap(), "MLmodel");
    scene.server().fail(
        1,
        "GET",
        "/MLmodel",
        Fault::Answer {
            status: 200,
            content_type: "application/octet-stream",
            body: String::from_utf8(taken).unwrap(),
        },
    );
    let arguments = [
        "--register",
        "phi3",
        "--alias",
        "champion",
        "--smoke",
        PROMPT,
    ];
    let finished = log_model(&scene, &arguments).run().expect_code(1);
    assert!(finished.stderr.contains("MLmodel"), "{finished}");
    assert_eq!(scene.api().alias("phi3", "champion"), None);
    let version = scene.api().version("phi3", "1");
    let tags = version["tags"].to_string();
    assert!(
        tags.contains("phi3ml.smoke") && tags.contains("failed"),
        "{version}"
    );
}

#[test]
fn a_server_that_does_not_answer_the_read_back_is_no_verdict() {
    let scene = Scene::fake(Generation::Three);
    scene.server().fail(1, "GET", "/SHA256SUMS", refused());
    let again = || {
        let arguments = [
            "--register",
            "phi3",
            "--alias",
            "champion",
            "--smoke",
            PROMPT,
        ];
        log_model(&scene, &arguments).run()
    };
    again().expect_code(1);
    assert_eq!(scene.api().alias("phi3", "champion"), None);
    let told = again().expect_success().json();
    assert_eq!(
        told["registered"]["version"], "1",
        "the version is not made again: {told}"
    );
    assert_eq!(told["smoke"]["output"], ANSWER);
    assert_eq!(scene.api().alias("phi3", "champion").as_deref(), Some("1"));
}

#[test]
fn a_resume_that_fails_forgets_nothing() {
    let scene = Scene::fake(Generation::Three);
    // What is sent once all the others are there.
    scene.server().fail(1, "PUT", "SHA256SUMS", refused());
    log_model(&scene, &[]).run().expect_code(1);
    scene.server().fail(1, "GET", "runs/get", refused());
    log_model(&scene, &[]).run().expect_code(1);
    let told = log_model(&scene, &[]).run().expect_success().json();
    assert!(told["reused_bytes"].as_u64().unwrap() > 0, "{told}");
    assert_eq!(scene.api().runs("0").len(), 1);
}

#[test]
fn what_changed_on_the_command_line_is_logged_by_the_call_that_goes_on() {
    let scene = Scene::fake(Generation::Three);
    scene.server().fail(1, "PUT", "model.onnx.data", refused());
    log_model(&scene, &["--param", "a=1"]).run().expect_code(1);
    let told = log_model(
        &scene,
        &["--param", "a=1", "--param", "b=2", "--tag", "c=3"],
    )
    .run()
    .expect_success()
    .json();
    let run = scene.api().run(told["run_id"].as_str().unwrap());
    assert_eq!(run["data"]["params"], json!({ "a": "1", "b": "2" }));
    assert_eq!(run["data"]["tags"]["c"], "3");
}

#[test]
fn half_a_model_is_not_registered() {
    let scene = Scene::fake(Generation::Three);
    let told = log_model(&scene, &[]).run().expect_success().json();
    let root = told["artifact_uri"]
        .as_str()
        .unwrap()
        .replace("mlflow-artifacts:", "");
    let file = format!("artifacts{root}/artifacts/phi3-mini-onnx/genai_config.json");
    let path = format!("/api/2.0/mlflow-artifacts/{file}");
    assert_eq!(scene.api().request("DELETE", &path, None).status, 200);
    let uri = told["model_uri"].as_str().unwrap();
    let finished = scene
        .context
        .phi3ml(["register", uri, "half", "--alias", "champion"])
        .run()
        .expect_code(1);
    assert!(finished.stderr.contains("genai_config.json"), "{finished}");
    assert!(!scene.api().is_registered("half"));
}

#[test]
fn an_empty_expectation_is_a_mistake() {
    let model = phi3_tiny();
    let model = model.to_str().unwrap();
    let context = Context::new();
    let arguments = ["predict", "-m", model, "--prompt", PROMPT, "--expect", ""];
    context.phi3ml(arguments).run().expect_code(2);
}

#[test]
fn a_password_in_a_location_is_not_shown() {
    let mut context = Context::new();
    context.set("MLFLOW_TRACKING_URI", "http://127.0.0.1:1");
    for uri in [
        "mlflow-artifacts://user:hunter2@host:99999/x",
        "https://user:hunter2@host:99999/api/2.0/mlflow-artifacts/artifacts/x",
    ] {
        let arguments = ["predict", "-m", uri, "--prompt", PROMPT];
        let finished = context.phi3ml(arguments).run().expect_code(2);
        assert!(!finished.stderr.contains("hunter2"), "{finished}");
    }
}

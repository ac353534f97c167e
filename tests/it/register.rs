//! `phi3ml register`: every way to name a model, and nothing left behind by a refusal.

use std::time::Duration;

use serde_json::{Value, json};

use crate::log_model::log_model;
use crate::support::fake::{Fault, Generation};
use crate::support::process::Phi3ml;
use crate::support::scene::{Scene, on_every_ledger};
use crate::support::unique;

fn register(scene: &Scene, uri: &str, name: &str, more: &[&str]) -> Phi3ml {
    scene
        .context
        .phi3ml(["register", uri, name, "-o", "json"])
        .args(more)
}

fn logged(scene: &Scene) -> Value {
    log_model(scene, &[]).run().expect_success().json()
}

on_every_ledger!(models_are_registered_by_every_kind_of_uri);

fn models_are_registered_by_every_kind_of_uri(scene: &Scene) {
    let told = logged(scene);
    let name = unique("by-uri");
    let run_id = told["run_id"].as_str().unwrap();
    let mut uris = vec![
        format!("runs:/{run_id}/phi3"),
        told["model_uri"].as_str().unwrap().to_owned(),
    ];
    uris.push(format!("models:/{name}/1"));
    uris.push(format!("models:/{name}@champion"));
    uris.push(format!("models:/{name}/latest"));
    for (index, uri) in uris.iter().enumerate() {
        let arguments = [
            "--alias",
            "champion",
            "--tag",
            "k=v",
            "--description",
            "hello",
        ];
        let version = register(scene, uri, &name, &arguments)
            .run()
            .expect_success()
            .json();
        let number = (index + 1).to_string();
        assert_eq!(version["name"], name, "{uri}");
        assert_eq!(version["version"], number, "{uri}");
        assert_eq!(version["status"], "READY", "{uri}");
        assert_eq!(version["run_id"], run_id, "{uri}");
        assert_eq!(version["model_id"], told["model_id"], "{uri}");
        assert_eq!(version["aliases"], json!(["champion"]), "{uri}");
        assert_eq!(version["tags"]["k"], "v", "{uri}");
        let written = scene.api().version(&name, &number);
        assert_eq!(written["source"], version["source"], "{uri}");
        assert_eq!(written["description"], "hello", "{uri}");
        assert_eq!(scene.api().alias(&name, "champion"), Some(number), "{uri}");
    }
}

#[test]
fn the_digest_travels_to_the_version() {
    let scene = Scene::fake(Generation::Three);
    let told = logged(&scene);
    let uri = told["model_uri"].as_str().unwrap();
    register(&scene, uri, "digest", &[]).run().expect_success();
    let tags = &scene.api().version("digest", "1")["tags"];
    assert_eq!(tags["phi3ml.sha256"], told["sha256"], "{tags}");
}

#[test]
fn the_same_source_again_is_as_asked() {
    let scene = Scene::fake(Generation::Three);
    let told = logged(&scene);
    let uri = told["model_uri"].as_str().unwrap();
    let run = |choice: &str| register(&scene, uri, "again", &["--if-exists", choice]).run();
    assert_eq!(
        run("fail").expect_success().json()["version"],
        "1",
        "it is the first"
    );
    assert_eq!(run("new").expect_success().json()["version"], "2");
    let reused = run("reuse").expect_success().json();
    assert!(
        ["1", "2"].contains(&reused["version"].as_str().unwrap()),
        "{reused}"
    );
    run("fail").expect_code(1);
    assert_eq!(scene.api().versions("again").len(), 2);
    let version = register(&scene, uri, "again", &[])
        .run()
        .expect_success()
        .json();
    assert_eq!(
        version["version"], "3",
        "without --if-exists as MLflow does"
    );
}

#[test]
fn a_refusal_leaves_nothing_behind() {
    for generation in [Generation::Three, Generation::Two] {
        let scene = Scene::fake(generation);
        let run_id = scene.api().create_run("0");
        let uris = [
            format!("runs:/{run_id}/phi3"),
            "runs:/0123456789abcdef0123456789abcdef/phi3".to_owned(),
            "models:/m-0123456789abcdef0123456789abcdef".to_owned(),
            "models:/nobody/1".to_owned(),
            "models:/nobody@champion".to_owned(),
        ];
        for uri in uris {
            let finished = register(&scene, &uri, "empty", &[]).run().expect_code(1);
            assert_eq!(finished.stdout, "", "{finished}");
            assert!(!scene.api().is_registered("empty"), "{uri}");
        }
        let told = logged(&scene);
        let refused = Fault::error(403, "PERMISSION_DENIED", "not yours");
        scene
            .server()
            .fail(100, "POST", "model-versions/create", refused);
        let uri = told["model_uri"].as_str().unwrap();
        register(&scene, uri, "empty", &[])
            .run()
            .expect_code(1)
            .expect_stderr("not yours");
        assert!(
            !scene.api().is_registered("empty"),
            "{}",
            scene.server().story()
        );
    }
}

/// The fault comes when the second alias is set: by then the version is there and the first alias has moved.
fn second_alias_fails(scene: &Scene, name: &str, fault: Fault) -> Phi3ml {
    let source = logged(scene)["model_uri"].as_str().unwrap().to_owned();
    let set = "registered-models/alias";
    scene
        .server()
        .fail(1, "POST", set, Fault::Stall(Duration::ZERO));
    scene.server().fail(1, "POST", set, fault);
    register(
        scene,
        &source,
        name,
        &["--alias", "champion", "--alias", "best"],
    )
}

#[test]
fn an_alias_that_cannot_be_set_leaves_nothing_behind() {
    let refused = || Fault::error(403, "PERMISSION_DENIED", "not for you");
    for generation in [Generation::Three, Generation::Two] {
        let scene = Scene::fake(generation);
        second_alias_fails(&scene, "new", refused())
            .run()
            .expect_code(1)
            .expect_stderr("not for you");
        assert!(
            !scene.api().is_registered("new"),
            "{}",
            scene.server().story()
        );
        scene.server().heal();

        let source = logged(&scene)["model_uri"].as_str().unwrap().to_owned();
        register(&scene, &source, "old", &["--alias", "champion"])
            .run()
            .expect_success();
        scene.server().forget();
        second_alias_fails(&scene, "old", refused())
            .run()
            .expect_code(1);
        one_version_with_its_alias(&scene, "old");
    }
}

fn one_version_with_its_alias(scene: &Scene, name: &str) {
    let versions = scene.api().versions(name);
    assert_eq!(versions.len(), 1, "{}", scene.server().story());
    let holder = scene.api().alias(name, "champion");
    assert_eq!(holder.as_deref(), Some("1"), "the alias is where it was");
    assert_eq!(scene.api().alias(name, "best"), None);
}

#[cfg(unix)]
#[test]
fn an_interrupted_call_leaves_nothing_behind() {
    let long = Fault::Delay(Duration::from_mins(1));
    let scene = Scene::fake(Generation::Three);
    let source = logged(&scene)["model_uri"].as_str().unwrap().to_owned();
    for request in ["model-versions/create", "registered-models/alias"] {
        scene.server().fail(1, "POST", request, long.clone());
        let run = register(&scene, &source, "stopped", &["--alias", "champion"]).start();
        scene.server().wait_for("POST", request);
        scene.server().wait_for_silence();
        run.signal("INT");
        run.finish().expect_code(130);
        assert!(
            !scene.api().is_registered("stopped"),
            "{request}\n{}",
            scene.server().story()
        );
        scene.server().heal();
        scene.server().forget();
    }
}

#[test]
fn a_version_that_is_taken_as_it_is_stays_when_an_alias_cannot_be_set() {
    let scene = Scene::fake(Generation::Three);
    let source = logged(&scene)["model_uri"].as_str().unwrap().to_owned();
    register(&scene, &source, "kept", &[])
        .run()
        .expect_success();
    let refused = Fault::error(403, "PERMISSION_DENIED", "not for you");
    scene
        .server()
        .fail(100, "POST", "registered-models/alias", refused);
    register(
        &scene,
        &source,
        "kept",
        &["--if-exists", "reuse", "--alias", "champion"],
    )
    .run()
    .expect_code(1);
    assert_eq!(scene.api().versions("kept").len(), 1);
    assert_eq!(scene.api().alias("kept", "champion"), None);
}

#[test]
fn a_model_that_was_there_stays() {
    let scene = Scene::fake(Generation::Three);
    let told = logged(&scene);
    let uri = told["model_uri"].as_str().unwrap();
    scene
        .api()
        .post("registered-models/create", &json!({ "name": "mine" }));
    let refused = Fault::error(403, "PERMISSION_DENIED", "not yours");
    scene
        .server()
        .fail(100, "POST", "model-versions/create", refused);
    register(&scene, uri, "mine", &[]).run().expect_code(1);
    assert!(scene.api().is_registered("mine"));
}

#[test]
fn names_that_mlflow_refuses_are_refused_before_anything_is_sent() {
    let scene = Scene::fake(Generation::Three);
    let uri = "models:/m-0123456789abcdef0123456789abcdef";
    let refused: &[(&str, &[&str])] = &[
        ("a/b", &[]),
        ("a:b", &[]),
        ("", &[]),
        ("good", &["--alias", "latest"]),
        ("good", &["--alias", "v12"]),
        ("good", &["--alias", "a b"]),
    ];
    for (name, more) in refused {
        let finished = register(&scene, uri, name, more).run();
        assert!(
            matches!(finished.code, Some(1 | 2)),
            "`{name}` {more:?}: {finished}"
        );
        assert_eq!(scene.server().story(), "", "`{name}` {more:?}");
    }
    scene.api().request("GET", "/health", None);
}

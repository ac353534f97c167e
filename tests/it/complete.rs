//! Completion by the program itself: names from the server, soon, or silence.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::log_model::log_model;
use crate::support::fake::{Fault, Generation};
use crate::support::process::{Finished, Phi3ml};
use crate::support::scene::{Scene, on_every_ledger};
use crate::support::{Context, unique};

/// Longer than any answer may take, with room for a machine that is busy.
const SOON: Duration = Duration::from_secs(2);

/// What Bash is told when the last of these words is to be completed.
fn ask(context: &Context, words: &[&str]) -> Phi3ml {
    context
        .phi3ml(["--", "phi3ml"])
        .args(words)
        .env("COMPLETE", "bash")
        .env("_CLAP_COMPLETE_INDEX", &words.len().to_string())
        .env("_CLAP_IFS", "\n")
}

fn words(finished: &Finished) -> Vec<&str> {
    finished.stdout.lines().collect()
}

#[track_caller]
fn completed(scene: &Scene, words_so_far: &[&str], expected: &[&str]) {
    let finished = ask(&scene.context, words_so_far).run().expect_success();
    assert_eq!(finished.stderr, "", "{finished}");
    let given: Vec<&str> = words(&finished)
        .into_iter()
        .filter(|word| !word.starts_with("--"))
        .collect();
    // A server that looks at passwords takes its time for each request, and silence is right then.
    if !(scene.is_guarded() && given.is_empty()) {
        assert_eq!(given, expected, "{finished}");
    }
}

on_every_ledger!(names_come_from_the_server);

fn names_come_from_the_server(scene: &Scene) {
    let name = unique("completes");
    let register = ["--register", &name, "--experiment-name", &name];
    for alias in ["champion", "stable"] {
        let told = log_model(scene, &register).args(["--alias", alias]).run();
        told.expect_success();
    }
    let start = name.strip_suffix(|_: char| true).unwrap();
    for verb in [
        "get", "rename", "delete", "versions", "version", "alias", "tag",
    ] {
        completed(scene, &["models", verb, start], &[&name]);
    }
    completed(scene, &["register", "models:/a/1", start], &[&name]);
    completed(scene, &["log-model", ".", "--register", start], &[&name]);
    completed(
        scene,
        &["log-model", ".", "--experiment-name", start],
        &[&name],
    );

    let versions = ["latest", "@champion", "@stable", "2", "1"];
    completed(scene, &["models", "version", &name, ""], &versions);
    completed(scene, &["models", "version", &name, "@c"], &["@champion"]);
    completed(scene, &["models", "alias", &name, "st"], &["stable"]);
    completed(
        scene,
        &["models", "alias", &name, "stable", "l"],
        &["latest"],
    );
    completed(scene, &["models", "tag", &name, "--version", "2"], &["2"]);
    let alias = ["register", "models:/a/1", &name, "--alias", "c"];
    completed(scene, &alias, &["champion"]);

    let uri = |rest: &str| format!("models:/{name}{rest}");
    completed(scene, &["predict", "-m", "models"], &["models:/"]);
    completed(
        scene,
        &["predict", "-m", &format!("models:/{start}")],
        &[&uri("/latest"), &uri("@champion"), &uri("@stable")],
    );
    completed(scene, &["predict", "-m", &uri("@s")], &[&uri("@stable")]);
    completed(
        scene,
        &["models", "download", &uri("/")],
        &[&uri("/latest"), &uri("/2"), &uri("/1")],
    );
}

#[test]
fn the_server_of_the_command_line_is_asked() {
    let scene = Scene::fake(Generation::Three);
    let url = scene.api().url.clone();
    let body = json!({ "name": "mine" });
    scene.api().post("registered-models/create", &body);
    let elsewhere = Context::new();
    for words_so_far in [
        vec!["--tracking-uri", &url, "models", "get", "m"],
        vec!["models", "get", "--tracking-uri", &url, "m"],
    ] {
        let finished = ask(&elsewhere, &words_so_far).run().expect_success();
        assert_eq!(words(&finished), ["mine"], "{finished}");
    }
}

/// Nothing on stdout but flags, nothing on stderr, no complaint, and soon.
#[track_caller]
fn silent(context: &Context) {
    for words_so_far in [
        &["models", "get", "x"][..],
        &["models", "version", "x", "1"],
        &["predict", "-m", "models:/x"],
        &["log-model", ".", "--experiment-name", "x"],
    ] {
        let started = Instant::now();
        let finished = ask(context, words_so_far).run().expect_success();
        let elapsed = started.elapsed();
        assert_eq!(finished.stdout, "", "{finished}");
        assert_eq!(finished.stderr, "", "{finished}");
        assert!(elapsed < SOON, "{elapsed:?}: {finished}");
    }
}

#[test]
fn without_a_server_it_is_silent() {
    let mut context = Context::new();
    silent(&context);
    for uri in [
        "http://127.0.0.1:9",
        "http://192.0.2.1:5000",
        "http://nowhere.invalid",
        "sqlite:///mlflow.db",
        "databricks",
        "no uri at all",
    ] {
        context.set("MLFLOW_TRACKING_URI", uri);
        silent(&context);
    }
    context.set("MLFLOW_HTTP_REQUEST_TIMEOUT", "soon");
    silent(&context);
    let left = fs_err::read_dir(context.path("work")).unwrap();
    assert_eq!(left.count(), 0, "and leaves no trace");
}

#[test]
fn a_server_that_does_not_answer_well_is_as_good_as_none() {
    let scene = Scene::fake(Generation::Three);
    scene
        .api()
        .post("registered-models/create", &json!({ "name": "xy" }));
    for fault in [
        Fault::Stall(Duration::from_secs(30)),
        Fault::page(401, "Unauthorized"),
        Fault::error(403, "PERMISSION_DENIED", "not yours"),
        Fault::unavailable(),
        Fault::page(200, "Sign in"),
        Fault::Halve,
        Fault::ResetAfter(0),
    ] {
        for method in ["GET", "POST"] {
            scene.server().fail(1000, method, "/api/", fault.clone());
        }
        silent(&scene.context);
        scene.server().heal();
    }
    completed(&scene, &["models", "get", "x"], &["xy"]);
}

#[test]
fn every_shell_gets_its_script() {
    let context = Context::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = context
            .phi3ml::<[&str; 0]>([])
            .env("COMPLETE", shell)
            .run()
            .expect_success();
        assert!(script.stdout.contains("phi3ml"), "{script}");
        assert_eq!(script.stderr, "", "{script}");
    }
    let unknown = context
        .phi3ml::<[&str; 0]>([])
        .env("COMPLETE", "tcsh")
        .run();
    let unknown = unknown.expect_code(2);
    assert!(unknown.stderr.contains("`tcsh`"), "{unknown}");
}

#[test]
fn commands_and_flags_are_completed_without_a_server() {
    let context = Context::new();
    let finished = ask(&context, &["mod"]).run().expect_success();
    assert_eq!(words(&finished), ["models"], "{finished}");
    let finished = ask(&context, &["models", "delete-"]).run();
    let finished = finished.expect_success();
    let verbs = ["delete-version", "delete-alias", "delete-tag"];
    assert_eq!(words(&finished), verbs, "{finished}");
}

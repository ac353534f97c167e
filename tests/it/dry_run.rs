//! `--dry-run`: everything is read, everything is told, nothing is written: not on the server, not on this machine.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::log_model::{log_model, main_job};
use crate::support::api::list;
use crate::support::fake::Generation;
use crate::support::process::Finished;
use crate::support::scene::{Scene, on_every_ledger};
use crate::support::{Context, PROMPT, phi3_tiny, unique};

/// What would have been done, by the names of the actions.
fn actions(finished: &Finished) -> Vec<String> {
    let plan = finished.json();
    assert_eq!(plan["dry_run"], true, "{finished}");
    list(&plan["would"])
        .iter()
        .map(|deed| deed["action"].as_str().unwrap().to_owned())
        .collect()
}

/// Fails if anything lies where phi3ml keeps things.
#[track_caller]
fn nothing_is_written(context: &Context) {
    for place in ["cache", "data", "state", "home", "work", "tmp"] {
        let entries = fs_err::read_dir(context.path(place)).unwrap();
        let found: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        assert!(found.is_empty(), "{place} was written to: {found:?}");
    }
}

/// Fails if anything but questions was asked.
#[track_caller]
fn nothing_is_sent(scene: &Scene) {
    for seen in scene.server().requests() {
        let is_question = matches!(seen.method.as_str(), "GET" | "HEAD")
            || seen.path.ends_with("/search")
            || seen.path.ends_with("/get-latest-versions");
        assert!(is_question, "{}", scene.server().story());
    }
}

on_every_ledger!(
    log_model_tells_all_that_it_would_do,
    register_tells_what_it_would_make,
    predict_tells_what_it_would_download,
);

fn log_model_tells_all_that_it_would_do(scene: &Scene) {
    let (experiment, name) = (unique("dry"), unique("dry"));
    let finished = log_model(scene, &["--dry-run", "--experiment-name", &experiment])
        .args(["--register", &name, "--alias", "champion", "--param", "a=1"])
        .args(["--smoke", PROMPT, "--expect", "Madrid"])
        .run()
        .expect_success();
    let told = actions(&finished);
    let mut kinds = told.clone();
    kinds.dedup();
    let model: &[&str] = match scene.generation {
        Generation::Three => &["create_logged_model", "add_run_output", "upload"],
        Generation::Two => &["upload"],
    };
    let done = match scene.generation {
        Generation::Three => &["finish_logged_model"][..],
        Generation::Two => &["log_batch", "record_model"],
    };
    let expected = [
        &["create_experiment", "create_run", "log_batch"],
        model,
        done,
        &["create_registered_model", "create_version"],
        &["smoke", "set_alias", "update_run"],
    ];
    assert_eq!(kinds, expected.concat(), "{finished}");
    let uploads = told.iter().filter(|action| *action == "upload").count();
    assert_eq!(finished.json()["files"], uploads);
    assert!(finished.json()["bytes"].as_u64().unwrap() > 300_000);
    assert!(!scene.api().is_registered(&name));
    let path = format!("/api/2.0/mlflow/experiments/get-by-name?experiment_name={experiment}");
    assert_eq!(scene.api().request("GET", &path, None).status, 404);
    nothing_is_written(&scene.context);
}

fn register_tells_what_it_would_make(scene: &Scene) {
    let name = unique("dry");
    let logged = log_model(scene, &[]).run().expect_success().json();
    let uri = logged["model_uri"].as_str().unwrap();
    let register = ["register", uri, &name, "--alias", "champion", "--dry-run"];
    let finished = scene
        .context
        .phi3ml(register)
        .args(["-o", "json"])
        .run()
        .expect_success();
    let expected = ["create_registered_model", "create_version", "set_alias"];
    assert_eq!(actions(&finished), expected);
    assert!(!scene.api().is_registered(&name));
}

fn predict_tells_what_it_would_download(scene: &Scene) {
    let logged = log_model(scene, &[]).run().expect_success().json();
    let uri = logged["model_uri"].as_str().unwrap();
    let predict = ["predict", "-m", uri, "--prompt", PROMPT, "--dry-run"];
    let ask = || scene.context.phi3ml(predict).args(["-o", "json"]).run();
    let finished = ask().expect_success();
    let kinds: BTreeSet<String> = actions(&finished).into_iter().collect();
    assert_eq!(kinds, BTreeSet::from(["download".to_owned()]));
    assert_eq!(finished.json()["files"], logged["files"]);
    let entries = fs_err::read_dir(scene.context.path("cache")).unwrap();
    assert_eq!(entries.count(), 0, "{finished}");
}

#[test]
fn people_are_told_line_by_line_and_programs_object_by_object() {
    let scene = Scene::fake(Generation::Three);
    let model = phi3_tiny();
    let arguments = ["log-model", model.to_str().unwrap(), "--dry-run"];
    let text = scene.context.phi3ml(arguments).run().expect_success();
    assert_eq!(text.stdout, "");
    assert!(!text.stderr.contains("sent "), "{text}");
    for line in [
        "would create a run in the experiment `0`\n",
        "would upload `MLmodel` (",
        "would mark the new run finished\n",
        "nothing was done\n",
    ] {
        assert!(text.stderr.contains(line), "`{line}` is missing: {text}");
    }
    let json = scene.context.phi3ml(arguments).args(["-o", "json"]).run();
    let events: Vec<Value> = json
        .stderr
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let first = json!({
        "event": "would", "action": "create_run", "text": "create a run in the experiment `0`",
    });
    assert_eq!(events[0], first, "{json}");
    assert_eq!(events.len(), list(&json.json()["would"]).len());
    nothing_is_sent(&scene);
    nothing_is_written(&scene.context);
}

#[test]
fn what_is_there_is_not_made_again() {
    let scene = Scene::fake(Generation::Three);
    main_job(&scene, "phi3", "Madrid").expect_success();
    scene.server().forget();
    let finished = log_model(&scene, &["--dry-run", "--register", "phi3"])
        .run()
        .expect_success();
    let told = actions(&finished);
    assert!(
        !told.contains(&"create_registered_model".to_owned()),
        "{finished}"
    );
    nothing_is_sent(&scene);
}

#[test]
fn an_interrupted_call_stays_as_it_is() {
    let scene = Scene::fake(Generation::Three);
    let cut = crate::support::fake::Fault::error(400, "BAD_REQUEST", "no");
    scene.server().fail(1, "PUT", "/MLmodel", cut);
    log_model(&scene, &[]).run().expect_code(1);
    let journals = || {
        let folder = scene.context.path("state/log-model");
        let entries = fs_err::read_dir(folder).unwrap();
        let texts = entries.map(|entry| fs_err::read_to_string(entry.unwrap().path()).unwrap());
        texts.collect::<Vec<_>>()
    };
    let before = journals();
    assert_eq!(before.len(), 1);
    scene.server().forget();
    let finished = log_model(&scene, &["--dry-run"]).run().expect_success();
    let told = actions(&finished);
    assert_eq!(
        told,
        ["update_run", "upload", "finish_logged_model", "update_run"],
        "{finished}"
    );
    assert_eq!(journals(), before);
    nothing_is_sent(&scene);
    log_model(&scene, &[]).run().expect_success();
}

#[test]
fn a_model_of_this_machine_answers_all_the_same() {
    let context = Context::new();
    let model = phi3_tiny();
    let predict = ["predict", "-m", model.to_str().unwrap(), "--prompt", PROMPT];
    let finished = context.phi3ml(predict).args(["--dry-run"]).run();
    assert!(finished.expect_success().stdout.contains("Madrid"));
    nothing_is_written(&context);
}

#[test]
fn no_library_is_fetched() {
    let context = Context::new();
    let install = ["runtime", "install", "--dry-run", "-o", "json"];
    let finished = context.phi3ml(install).run().expect_success();
    assert_eq!(actions(&finished), ["fetch"]);
    assert!(
        finished.stderr.contains("pip download --no-deps"),
        "{finished}"
    );
    let model = phi3_tiny();
    let predict = ["predict", "-m", model.to_str().unwrap(), "--prompt", PROMPT];
    let finished = context
        .phi3ml(predict)
        .args(["--engine", "ort", "--dry-run", "-o", "json"])
        .run()
        .expect_success();
    assert_eq!(actions(&finished), ["fetch"]);
    nothing_is_written(&context);
}

#[test]
fn what_cannot_be_done_fails_in_a_dry_run_too() {
    let scene = Scene::fake(Generation::Three);
    let finished = log_model(&scene, &["--dry-run", "--experiment-id", "77"]).run();
    assert_eq!(finished.expect_code(1).error_json()["kind"], "not_found");
    nothing_is_sent(&scene);
}

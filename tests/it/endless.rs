//! A server that names the same next page again and again: whoever lists things there ends, and says what they were.

use serde_json::{Value, json};

use crate::support::api::text;
use crate::support::fake::{Fault, Generation};
use crate::support::scene::Scene;
use crate::support::{Context, phi3_tiny, unique};

/// From now on this page of a list is named after itself.
fn circle(scene: &Scene, method: &'static str, path: &str, mut page: Value) {
    page["next_page_token"] = json!("again");
    let answer = Fault::Answer {
        status: 200,
        content_type: "application/json",
        body: page.to_string(),
    };
    scene.server().fail(usize::MAX, method, path, answer);
}

fn expect_told(context: &Context, arguments: &[&str], things: &str) {
    let words = format!("cannot list all {things}: the server names the same next page twice");
    context
        .phi3ml(arguments)
        .run()
        .expect_code(1)
        .expect_stderr(&words);
}

#[test]
fn a_list_that_goes_round_in_a_circle_is_told() {
    let scene = Scene::fake(Generation::Three);
    let context = &scene.context;
    let run = context.phi3ml(["runs", "create", "-o", "json"]).run();
    let id = text(&run.expect_success().json()["run_id"]);
    let name = unique("endless");
    context
        .phi3ml(["models", "create", &name])
        .run()
        .expect_success();
    let none = json!({});
    for (method, path, things, commands) in [
        (
            "POST",
            "runs/search",
            "runs",
            &[&["runs", "list"][..], &["runs", "export"]][..],
        ),
        (
            "POST",
            "experiments/search",
            "experiments",
            &[
                &["experiments", "list"],
                &["runs", "list", "--all-experiments"],
                &["sync", "--to", "sqlite:///to.db"],
            ],
        ),
        (
            "GET",
            "get-history",
            "points",
            &[&["metrics", "history", "loss", "--run-id", &id]],
        ),
        (
            "GET",
            "registered-models/search",
            "registered models",
            &[&["models", "list"]],
        ),
        (
            "GET",
            "model-versions/search",
            "versions",
            &[&["models", "versions", &name]],
        ),
    ] {
        circle(&scene, method, path, none.clone());
        for command in commands {
            expect_told(context, command, things);
        }
        scene.server().heal();
    }
}

#[test]
fn a_folder_of_a_run_that_goes_round_in_a_circle_is_told() {
    let scene = Scene::fake(Generation::Two);
    let run = scene.context.phi3ml(["runs", "create", "-o", "json"]).run();
    let id = text(&run.expect_success().json()["run_id"]);
    circle(&scene, "GET", "artifacts/list", json!({}));
    let model = phi3_tiny();
    let log = ["log-model", model.to_str().unwrap(), "--run-id", &id];
    expect_told(&scene.context, &log, "artifacts of the run");
}

#[test]
fn sync_of_a_list_that_goes_round_in_a_circle_is_told() {
    let scene = Scene::fake(Generation::Three);
    let context = &scene.context;
    let run = context.phi3ml(["runs", "create", "-o", "json"]).run();
    let id = text(&run.expect_success().json()["run_id"]);
    let log = ["log-metrics", "--run-id", &id, "loss=1"];
    context.phi3ml(log).run().expect_success();
    let sync = ["sync", "--to", "sqlite:///to.db"];
    let points = format!("points of `loss` of the run `{id}`");
    for (method, path, things) in [
        ("GET", "get-history", points.as_str()),
        ("POST", "runs/search", "runs of the source"),
        ("POST", "logged-models/search", "logged models"),
        ("GET", "registered-models/search", "registered models"),
    ] {
        circle(&scene, method, path, json!({}));
        expect_told(context, &sync, things);
        scene.server().heal();
    }
    context.phi3ml(sync).run().expect_success();
    // And the other way: what is at the target is asked for, too.
    let back = [
        "sync",
        "--from",
        "sqlite:///to.db",
        "--to",
        &scene.api().url,
    ];
    circle(&scene, "POST", "runs/search", json!({}));
    expect_told(context, &back, "runs of the target");
}

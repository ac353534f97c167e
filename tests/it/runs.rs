//! `phi3ml runs`: made, found, compared, ended, exported, on every server.

use serde_json::{Value, json};

use crate::support::fake::{Fault, Generation};
use crate::support::process::Phi3ml;
use crate::support::scene::{Scene, on_every_ledger};
use crate::support::unique;

pub(crate) fn runs(scene: &Scene, arguments: &[&str]) -> Phi3ml {
    scene.context.phi3ml(["runs"]).args(arguments)
}

pub(crate) fn told(scene: &Scene, arguments: &[&str]) -> Value {
    let run = runs(scene, arguments).args(["-o", "json"]);
    run.run().expect_success().json()
}

/// A run in an experiment of its own; its id.
pub(crate) fn new_run(scene: &Scene) -> String {
    let run = told(scene, &["create", "--experiment-name", &unique("runs")]);
    run["run_id"].as_str().unwrap().to_owned()
}

/// What MLflow's client of the server's own version says of a run.
pub(crate) fn read_back(scene: &Scene, run_id: &str, metric: &[&str]) -> Value {
    let mut arguments = vec![run_id];
    arguments.extend(metric);
    scene.script("read_ledger.py", &arguments)
}

on_every_ledger!(
    a_run_goes_through_its_life,
    runs_are_found_and_compared,
    runs_are_exported
);

fn a_run_goes_through_its_life(scene: &Scene) {
    let experiment = unique("run-life");
    let parent = told(
        scene,
        &[
            "create",
            "--experiment-name",
            &experiment,
            "--run-name",
            "whole",
        ],
    );
    let parent_id = parent["run_id"].as_str().unwrap();
    let made = told(
        scene,
        &[
            "create",
            "--parent-run-id",
            parent_id,
            "--run-name",
            "part",
            "--description",
            "hello",
            "--tag",
            "k=v",
        ],
    );
    let id = made["run_id"].as_str().unwrap();
    assert_eq!(made["experiment_id"], parent["experiment_id"]);
    assert_eq!(made["status"], "RUNNING");

    let ended = told(
        scene,
        &[
            "finish",
            id,
            "--status",
            "failed",
            "--end-time",
            "1795000000000",
        ],
    );
    assert_eq!(
        (&ended["status"], &ended["end_time"]),
        (&json!("FAILED"), &json!(1_795_000_000_000_i64))
    );
    let facts = read_back(scene, id, &[]);
    assert_eq!(facts["experiment"]["name"], experiment);
    assert_eq!(facts["run"]["name"], "part");
    assert_eq!(facts["run"]["status"], "FAILED");
    let tags = &facts["run"]["tags"];
    assert_eq!(tags["mlflow.parentRunId"], parent_id);
    assert_eq!(tags["mlflow.note.content"], "hello");
    assert_eq!(tags["mlflow.source.name"], "phi3ml");
    assert_eq!(tags["k"], "v");

    // The variable names the run where nothing else does.
    let by_variable = runs(scene, &["finish", "-o", "json"]).env("MLFLOW_RUN_ID", parent_id);
    assert_eq!(
        by_variable.run().expect_success().json()["status"],
        "FINISHED"
    );
    runs(scene, &["finish"])
        .run()
        .expect_code(2)
        .expect_stderr("no run is named");

    for (verb, stage) in [("delete", "deleted"), ("restore", "active")] {
        for _ in 0..2 {
            let done = told(scene, &[verb, id]);
            assert_eq!(done, json!({ "run_ids": [id], "lifecycle_stage": stage }));
        }
        assert_eq!(told(scene, &["get", id])["lifecycle_stage"], stage);
    }
}

/// Three runs with a param and a metric each; the experiment's name and their ids, the oldest first.
fn three_runs(scene: &Scene) -> (String, Vec<String>) {
    let experiment = unique("three");
    let ids = [0.1, 0.2, 0.3].map(|value| {
        let run = told(scene, &["create", "--experiment-name", &experiment]);
        let id = run["run_id"].as_str().unwrap().to_owned();
        let log = |verb: &str, pairs: &[String]| {
            let run = scene.context.phi3ml([verb, "--run-id", &id]);
            run.args(pairs).run().expect_success();
        };
        log("log-params", &[format!("lr={value}"), "same=1".to_owned()]);
        log("log-metrics", &[format!("loss={}", 1.0 - value)]);
        id
    });
    (experiment, ids.to_vec())
}

fn ids(list: &Value) -> Vec<String> {
    let items = list["items"].as_array().unwrap().iter();
    items
        .map(|item| item["run_id"].as_str().unwrap().to_owned())
        .collect()
}

fn runs_are_found_and_compared(scene: &Scene) {
    let (experiment, made) = three_runs(scene);
    let here = ["--experiment-name", experiment.as_str()];
    let list = told(scene, &[&["list"], &here[..]].concat());
    let mut found = ids(&list);
    found.sort();
    let mut all = made.clone();
    all.sort();
    assert_eq!(found, all);
    assert_eq!(list["next_page_token"], Value::Null);

    let found = told(
        scene,
        &[&["search", "params.lr = '0.2'"], &here[..]].concat(),
    );
    assert_eq!(ids(&found), made[1..2]);
    assert_eq!(
        found["items"][0]["params"],
        json!({ "lr": "0.2", "same": "1" })
    );
    assert_eq!(found["items"][0]["metrics"], json!({ "loss": 0.8 }));
    let by_variable = runs(scene, &["search", "params.lr = '0.2'", "-o", "json"])
        .env("MLFLOW_EXPERIMENT_NAME", &experiment);
    assert_eq!(ids(&by_variable.run().expect_success().json()), made[1..2]);

    let order = [
        "--order-by",
        "attributes.start_time ASC",
        "--max-results",
        "2",
    ];
    let first = told(scene, &[&["list"], &here[..], &order[..]].concat());
    assert_eq!(ids(&first), made[..2]);
    let token = first["next_page_token"].as_str().unwrap();
    let more = [
        "--order-by",
        "attributes.start_time ASC",
        "--page-token",
        token,
    ];
    let rest = told(scene, &[&["list"], &here[..], &more[..]].concat());
    assert_eq!(ids(&rest), made[2..]);

    told(scene, &["delete", &made[0]]);
    let gone = told(
        scene,
        &[&["list", "--view", "deleted_only"], &here[..]].concat(),
    );
    assert_eq!(ids(&gone), made[..1]);

    let text = runs(scene, &["get", &made[1], &made[2]])
        .run()
        .expect_success()
        .stdout;
    let line = |start: &str| {
        text.lines()
            .position(|line| line.starts_with(start))
            .unwrap()
    };
    assert!(line("params.lr") < line("params.same"), "{text}");
    assert!(line("metrics.loss") < line("status"), "{text}");
    let both = told(scene, &["get", &made[1], &made[2]]);
    assert_eq!(ids(&both), made[1..]);

    let refusal = if scene.is_file() {
        "cannot search runs"
    } else {
        "the server refuses to search runs"
    };
    runs(scene, &["search", "params.lr >> 1"])
        .args(here)
        .run()
        .expect_code(1)
        .expect_stderr(refusal)
        .expect_stderr("conditions look like");
    runs(scene, &["list", "--experiment-name", "is-not-there"])
        .run()
        .expect_code(1)
        .expect_stderr("there is no experiment `is-not-there`");
}

fn runs_are_exported(scene: &Scene) {
    let (experiment, made) = three_runs(scene);
    let here = ["export", "--experiment-name", experiment.as_str()];
    let export = |more: &[&str]| {
        let run = runs(scene, &here).args(more);
        run.run().expect_success().stdout
    };
    let csv = export(&[]);
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines.len(), 4, "{csv}");
    assert!(
        lines[0].starts_with("run_id,experiment_id,run_name,status,"),
        "{csv}"
    );
    assert!(
        lines[0].contains(",metrics.loss,params.lr,params.same,tags."),
        "{csv}"
    );
    let chosen = export(&["--columns", "run_id,params.lr,metrics.loss,params.none"]);
    let expected = format!(
        "run_id,params.lr,metrics.loss,params.none\n{},0.1,0.9,\n{},0.2,0.8,\n{},0.3,0.7,\n",
        made[0], made[1], made[2]
    );
    assert_eq!(chosen, expected);
    let lines = export(&["--format", "jsonl", "--filter", "params.lr = '0.3'"]);
    let run: Value = serde_json::from_str(&lines).unwrap();
    assert_eq!(run["run_id"], made[2]);
    let whole: Value = serde_json::from_str(&export(&["--format", "json"])).unwrap();
    assert_eq!(ids(&whole), made);
    let nothing = export(&["--format", "json", "--filter", "params.lr = 'x'"]);
    let nothing: Value = serde_json::from_str(&nothing).unwrap();
    assert_eq!(nothing, json!({ "items": [], "next_page_token": null }));
    runs(scene, &here)
        .args(["--columns", "lr"])
        .run()
        .expect_code(2)
        .expect_stderr("`lr` is no column");
}

#[test]
fn lists_of_many_pages_are_followed() {
    let scene = Scene::fake(Generation::Three);
    let id = scene.api().create_experiment("many");
    for _ in 0..1005 {
        scene.api().create_run(&id);
    }
    scene.server().forget();
    let list = told(&scene, &["list", "--experiment-name", "many"]);
    let mut found = ids(&list);
    found.sort();
    found.dedup();
    assert_eq!(found.len(), 1005);
    assert_eq!(scene.server().requests_to("POST", "runs/search").len(), 2);
    let csv = runs(&scene, &["export", "--experiment-name", "many"]).run();
    assert_eq!(csv.expect_success().stdout.lines().count(), 1006);
}

#[test]
fn every_operation_survives_a_server_that_is_briefly_away() {
    let scene = Scene::fake(Generation::Three);
    for fault in [Fault::unavailable(), Fault::CloseAfter(0)] {
        scene.server().fail(1, "POST", "runs/create", fault.clone());
        let id = new_run(&scene);
        let experiment = told(&scene, &["get", &id])["experiment_id"].clone();
        assert_eq!(scene.api().runs(experiment.as_str().unwrap()).len(), 1);
        let steps: [(&str, &[&str]); 4] = [
            ("runs/update", &["finish", &id]),
            ("runs/delete", &["delete", &id]),
            ("runs/restore", &["restore", &id]),
            ("runs/search", &["list"]),
        ];
        for (path, arguments) in steps {
            scene.server().fail(1, "POST", path, fault.clone());
            told(&scene, arguments);
            assert!(scene.server().has_failed_as_planned(), "{path}");
        }
    }
}

#[test]
fn a_filter_with_a_mistake_is_answered_in_the_words_of_the_server() {
    let scene = Scene::real(Generation::Three);
    runs(&scene, &["search", "params.lr ~ '1'"])
        .run()
        .expect_code(1)
        .expect_stderr("the server refuses to search runs: Invalid comparator '~'");
}

#[test]
fn a_dry_run_writes_nothing() {
    let scene = Scene::fake(Generation::Three);
    let id = new_run(&scene);
    let name = told(&scene, &["get", &id])["experiment_id"].clone();
    let experiment = name.as_str().unwrap();
    scene.server().forget();
    let commands: [&[&str]; 14] = [
        &["experiments", "create", "new"],
        &["experiments", "rename", experiment, "other"],
        &["experiments", "set-tag", experiment, "a=1"],
        &["experiments", "delete", experiment],
        &["experiments", "restore", experiment],
        &["runs", "create"],
        &["runs", "finish", &id],
        &["runs", "delete", &id],
        &["runs", "restore", &id],
        &["log-params", "--run-id", &id, "a=1"],
        &["log-metrics", "--run-id", &id, "a=1"],
        &["set-tags", "--run-id", &id, "--delete", "b", "a=1"],
        &[
            "log-inputs",
            "--run-id",
            &id,
            "--name",
            "d",
            "--source",
            "d.csv",
        ],
        &["log-batch", "--run-id", &id, "-"],
    ];
    for command in commands {
        let run = scene
            .context
            .phi3ml(command)
            .args(["--dry-run", "-o", "json"]);
        let run = run.stdin("{\"key\":\"m\",\"value\":1}\n").run();
        let plan = run.expect_success().json();
        assert!(
            !plan["would"].as_array().unwrap().is_empty(),
            "{command:?}: {plan}"
        );
    }
    assert_eq!(scene.server().requests_to("POST", "/").len(), 0);
}

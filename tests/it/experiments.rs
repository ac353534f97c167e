//! `phi3ml experiments`: made, found, renamed, thrown away and brought back, on every server.

use serde_json::{Value, json};

use crate::support::fake::{Fault, Generation};
use crate::support::process::Phi3ml;
use crate::support::scene::{Scene, on_every_ledger};
use crate::support::unique;

fn experiments(scene: &Scene, arguments: &[&str]) -> Phi3ml {
    scene.context.phi3ml(["experiments"]).args(arguments)
}

fn told(scene: &Scene, arguments: &[&str]) -> Value {
    let run = experiments(scene, arguments).args(["-o", "json"]);
    run.run().expect_success().json()
}

on_every_ledger!(
    an_experiment_goes_through_its_life,
    lists_go_on_to_their_end
);

fn an_experiment_goes_through_its_life(scene: &Scene) {
    let name = unique("life");
    let made = told(
        scene,
        &[
            "create",
            &name,
            "--tag",
            "team=nlp",
            "--description",
            "hello",
        ],
    );
    assert_eq!(made["name"], name);
    assert_eq!(made["lifecycle_stage"], "active");
    assert_eq!(made["tags"]["team"], "nlp");
    assert_eq!(made["tags"]["mlflow.note.content"], "hello");
    let id = made["experiment_id"].as_str().unwrap();
    let written = scene.api().experiment(&name);
    assert_eq!(written["experiment_id"], id);

    experiments(scene, &["create", &name])
        .run()
        .expect_code(1)
        .expect_stderr(&format!("the experiment `{name}` exists already"))
        .expect_stderr(&format!("phi3ml experiments get {name}"));
    assert_eq!(told(scene, &["get", &name]), told(scene, &["get", id]));

    let tagged = told(scene, &["set-tag", &name, "a=1", "team=vision"]);
    assert_eq!(tagged["tags"]["a"], "1");
    let tags = &told(scene, &["get", id])["tags"];
    assert_eq!((&tags["a"], &tags["team"]), (&json!("1"), &json!("vision")));

    let renamed = format!("{name}-renamed");
    assert_eq!(told(scene, &["rename", &name, &renamed])["name"], renamed);
    assert_eq!(scene.api().experiment(&renamed)["experiment_id"], id);
    let other = unique("other");
    scene.api().create_experiment(&other);
    experiments(scene, &["rename", &renamed, &other])
        .run()
        .expect_code(1)
        .expect_stderr(&format!("the experiment `{other}` exists already"));

    // Twice is as good as once: a repeated request must not turn a success into a failure.
    for (verb, stage) in [("delete", "deleted"), ("restore", "active")] {
        for _ in 0..2 {
            let done = told(scene, &[verb, &renamed]);
            assert_eq!(
                done,
                json!({ "experiment_ids": [id], "lifecycle_stage": stage })
            );
        }
        assert_eq!(scene.api().experiment(&renamed)["lifecycle_stage"], stage);
    }
}

fn lists_go_on_to_their_end(scene: &Scene) {
    let stem = unique("list");
    let names: Vec<String> = (0..3).map(|index| format!("{stem}-{index}")).collect();
    for name in &names {
        told(scene, &["create", name]);
    }
    told(scene, &["delete", &names[2]]);
    let all = told(scene, &["list"]);
    assert_eq!(all["next_page_token"], Value::Null);
    let listed = |list: &Value| -> Vec<String> {
        let items = list["items"].as_array().unwrap();
        let names = items.iter().map(|item| item["name"].as_str().unwrap());
        names
            .filter(|name| name.starts_with(&stem))
            .map(str::to_owned)
            .collect()
    };
    let mut found = listed(&all);
    found.sort();
    assert_eq!(found, names[..2]);
    let gone = told(scene, &["list", "--view", "deleted_only"]);
    assert_eq!(listed(&gone), names[2..]);

    let filter = format!("name = '{}'", names[1]);
    let found = told(scene, &["search", &filter]);
    assert_eq!(listed(&found), names[1..2]);
    // Among our own: what other tests make meanwhile would move the pages.
    let ours = format!("name LIKE '{stem}%'");
    let first = told(scene, &["search", &ours, "--max-results", "1"]);
    assert_eq!(first["items"].as_array().unwrap().len(), 1);
    let token = first["next_page_token"].as_str().unwrap();
    let rest = told(scene, &["search", &ours, "--page-token", token]);
    assert_eq!(rest["items"].as_array().unwrap().len(), 1);
    assert!(
        !rest["items"]
            .as_array()
            .unwrap()
            .contains(&first["items"][0])
    );

    let lines = experiments(scene, &["search", &filter, "-o", "jsonl"]).run();
    let lines = lines.expect_success().stdout;
    assert_eq!(lines.lines().count(), 1);
    let item: Value = serde_json::from_str(&lines).unwrap();
    assert_eq!(item["name"], names[1]);
    let text = experiments(scene, &["search", &filter]).run().stdout;
    assert!(
        text.starts_with("id ") && text.contains(&names[1]),
        "{text}"
    );
}

#[test]
fn one_is_made_although_the_answer_is_lost() {
    let scene = Scene::fake(Generation::Three);
    let lost = Fault::CloseAfter(0);
    scene.server().fail(1, "POST", "experiments/create", lost);
    let made = told(&scene, &["create", "once"]);
    assert_eq!(
        scene
            .server()
            .requests_to("POST", "experiments/create")
            .len(),
        2
    );
    let there = scene.api().experiment("once");
    assert_eq!(there["experiment_id"], made["experiment_id"]);
}

#[test]
fn every_operation_survives_a_server_that_is_briefly_away() {
    let scene = Scene::fake(Generation::Three);
    for fault in [Fault::unavailable(), Fault::CloseAfter(0)] {
        let name = unique("faults");
        let renamed = format!("{name}-2");
        let steps: [(&str, &[&str]); 6] = [
            ("experiments/create", &["create", &name]),
            ("experiments/set-experiment-tag", &["set-tag", &name, "a=1"]),
            ("experiments/update", &["rename", &name, &renamed]),
            ("experiments/delete", &["delete", &renamed]),
            ("experiments/restore", &["restore", &renamed]),
            ("experiments/search", &["search", "name = 'x'"]),
        ];
        for (path, arguments) in steps {
            scene.server().fail(1, "POST", path, fault.clone());
            told(&scene, arguments);
            assert!(scene.server().has_failed_as_planned(), "{path}");
        }
        let there = scene.api().experiment(&renamed);
        assert_eq!(there["lifecycle_stage"], "active");
    }
}

#[test]
fn a_name_in_the_bin_says_how_to_get_it_back() {
    let scene = Scene::fake(Generation::Three);
    let made = told(&scene, &["create", "gone"]);
    told(&scene, &["delete", "gone"]);
    let id = made["experiment_id"].as_str().unwrap();
    experiments(&scene, &["create", "gone"])
        .run()
        .expect_code(1)
        .expect_stderr("the experiment `gone` is deleted")
        .expect_stderr(&format!("phi3ml experiments restore {id}"));
    experiments(&scene, &["get", "nothing"])
        .run()
        .expect_code(1)
        .expect_stderr("there is no experiment `nothing`");
}

//! `phi3ml models`: registered models with their tags and aliases, read back with MLflow's own client.
//!
//! Their versions and what is downloaded are in `versions`.

use serde_json::{Value, json};

use crate::log_model::log_model;
use crate::support::fake::{Fault, Generation};
use crate::support::process::{Finished, Phi3ml};
use crate::support::scene::{Scene, on_every_ledger};
use crate::support::{Context, unique};

/// A `phi3ml models` command.
pub(crate) fn models(scene: &Scene, arguments: &[&str]) -> Phi3ml {
    scene.context.phi3ml(["models"]).args(arguments)
}

/// Likewise, run to its end.
pub(crate) fn run(scene: &Scene, arguments: &[&str]) -> Finished {
    models(scene, arguments).args(["-o", "json"]).run()
}

/// Likewise, and what it told.
pub(crate) fn json_of(scene: &Scene, arguments: &[&str]) -> Value {
    run(scene, arguments).expect_success().json()
}

/// A registered model with this many versions of the tiny Phi-3.
pub(crate) fn registered(scene: &Scene, stem: &str, versions: usize) -> String {
    let name = unique(stem);
    for _ in 0..versions {
        let register = ["--register", &name];
        log_model(scene, &register).run().expect_success();
    }
    name
}

/// What MLflow's client of the server's own version says of a registered model.
pub(crate) fn read_back(scene: &Scene, name: &str) -> Value {
    scene.script("read_registry.py", &[name])
}

fn names(list: &Value) -> Vec<&str> {
    let items = list["items"].as_array().unwrap();
    items
        .iter()
        .map(|it| it["name"].as_str().unwrap())
        .collect()
}

on_every_ledger!(
    a_registered_model_lives_its_life,
    aliases_move_and_go,
    lists_go_to_the_end_or_as_far_as_asked,
    prompts_are_no_models,
    every_refusal_says_what_to_do,
);

fn a_registered_model_lives_its_life(scene: &Scene) {
    let name = unique("life");
    let description = "for support\nin two lines";
    let made = json_of(
        scene,
        &[
            "create",
            &name,
            "--description",
            description,
            "--tag",
            "team=a",
        ],
    );
    assert_eq!(made["name"], name);
    assert_eq!(made["description"], description);
    assert_eq!(made["tags"], json!({ "team": "a" }));
    assert_eq!(made["aliases"], json!({}));
    assert_eq!(made["latest_versions"], json!([]));
    assert!(made["creation_timestamp"].as_i64().unwrap() > 1_700_000_000_000);
    assert_eq!(json_of(scene, &["get", &name]), made);

    let again = run(scene, &["create", &name]).expect_code(1);
    let message = again.error_json()["message"].to_string();
    assert!(message.contains("exists already"), "{again}");

    let updated = json_of(scene, &["update", &name, "--description", "for all"]);
    assert_eq!(updated["description"], "for all");
    json_of(scene, &["tag", &name, "team=b", "cost=low=er"]);
    json_of(scene, &["tag", &name, "gone=1"]);
    json_of(scene, &["delete-tag", &name, "gone", "never-there"]);
    let facts = read_back(scene, &name);
    assert_eq!(facts["description"], "for all");
    assert_eq!(facts["tags"], json!({ "team": "b", "cost": "low=er" }));

    let other = unique("other");
    json_of(scene, &["create", &other]);
    let refused = run(scene, &["rename", &name, &other]).expect_code(1);
    assert!(refused.stderr.contains(&other), "{refused}");
    assert!(!refused.stderr.contains("SQL"), "{refused}");
    let renamed = unique("renamed");
    assert_eq!(
        json_of(scene, &["rename", &name, &renamed])["name"],
        renamed
    );
    assert_eq!(read_back(scene, &renamed)["tags"]["team"], "b");
    assert!(!scene.api().is_registered(&name));

    let gone = json_of(scene, &["delete", &renamed]);
    assert_eq!(gone, json!({ "name": renamed }));
    assert!(!scene.api().is_registered(&renamed));
    for arguments in [vec!["get", &renamed], vec!["delete", &renamed]] {
        is_told_missing(scene, &run(scene, &arguments).expect_code(1));
    }
}

fn aliases_move_and_go(scene: &Scene) {
    let name = registered(scene, "aliases", 2);
    json_of(scene, &["alias", &name, "champion", "1"]);
    let moved = models(scene, &["alias", &name, "champion", "latest"]).run();
    let sentence = format!("`{name}@champion` points to version 2, and no longer to 1\n");
    assert_eq!(moved.expect_success().stdout, sentence);
    let told = json_of(scene, &["alias", &name, "stable", "@champion"]);
    let wanted = json!({ "name": name, "alias": "stable", "version": "2" });
    assert_eq!(told, wanted);
    let aliases = json!({ "champion": "2", "stable": "2" });
    assert_eq!(read_back(scene, &name)["aliases"], aliases);
    json_of(scene, &["delete-alias", &name, "stable"]);
    assert_eq!(
        read_back(scene, &name)["aliases"],
        json!({ "champion": "2" })
    );
    let missing = run(scene, &["delete-alias", &name, "stable"]).expect_code(1);
    assert!(missing.stderr.contains("champion"), "{missing}");
}

fn lists_go_to_the_end_or_as_far_as_asked(scene: &Scene) {
    let stem = unique("list");
    let made: Vec<String> = (0..3).map(|index| format!("{stem}-{index}")).collect();
    for name in &made {
        scene
            .api()
            .post("registered-models/create", &json!({ "name": name }));
    }
    let filter = format!("name LIKE '{stem}-%'");
    let all = json_of(scene, &["search", &filter]);
    assert_eq!(names(&all), made);
    assert_eq!(all["next_page_token"], Value::Null);
    let sorted = json_of(scene, &["search", &filter, "--order-by", "name DESC"]);
    assert_eq!(names(&sorted), [&*made[2], &made[1], &made[0]]);

    let first = json_of(scene, &["search", &filter, "--max-results", "2"]);
    assert_eq!(names(&first), made[..2]);
    let token = first["next_page_token"].as_str().unwrap();
    let rest = json_of(scene, &["search", &filter, "--page-token", token]);
    assert_eq!(names(&rest), made[2..]);

    let lines = models(scene, &["search", &filter, "-o", "jsonl"]).run();
    let lines = lines.expect_success().stdout;
    let read: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(read.len(), 3);
    assert_eq!(read[0]["name"], made[0]);
    let listed = json_of(scene, &["list"]);
    assert!(names(&listed).contains(&&*made[1]), "{listed}");
}

fn prompts_are_no_models(scene: &Scene) {
    let stem = unique("prompts");
    let (model, prompt) = (format!("{stem}-model"), format!("{stem}-prompt"));
    let is_prompt = json!([{ "key": "mlflow.prompt.is_prompt", "value": "true" }]);
    for body in [
        json!({ "name": model }),
        json!({ "name": prompt, "tags": is_prompt }),
    ] {
        scene.api().post("registered-models/create", &body);
    }
    let filter = format!("name LIKE '{stem}%'");
    assert_eq!(names(&json_of(scene, &["search", &filter])), [&*model]);
    let listed = json_of(scene, &["list"]);
    assert!(!names(&listed).contains(&&*prompt), "{listed}");
    let asked = format!("{filter} AND tags.`mlflow.prompt.is_prompt` = 'true'");
    assert_eq!(names(&json_of(scene, &["search", &asked])), [&*prompt]);
}

fn every_refusal_says_what_to_do(scene: &Scene) {
    let name = registered(scene, "refused", 1);
    let syntax = run(scene, &["search", "name LIK 'x'"]).expect_code(1);
    assert!(syntax.stderr.contains("Invalid clause"), "{syntax}");
    let key = run(scene, &["list", "--order-by", "colour"]).expect_code(1);
    assert!(key.stderr.contains("Invalid order by key"), "{key}");
    let token = run(scene, &["list", "--page-token", "nonsense"]).expect_code(1);
    assert!(token.stderr.contains("Invalid page token"), "{token}");
    for arguments in [
        &["version", &name, "9"][..],
        &["alias", &name, "champion", "9"],
        &["update-version", &name, "9", "--description", "x"],
        &["delete-version", &name, "9"],
        &["stage", &name, "9", "Staging"],
        &["tag", &name, "--version", "9", "a=b"],
    ] {
        let missing = run(scene, arguments).expect_code(1);
        assert!(missing.stderr.contains(&format!("{name}/9")), "{missing}");
        let instead = format!("models:/{name}/1");
        assert!(missing.stderr.contains(&instead), "{missing}");
    }
    let nobody = unique("nobody");
    for arguments in [
        &["get", &nobody][..],
        &["versions", &nobody],
        &["version", &nobody, "latest"],
        &["version", &nobody, "@a"],
        &["update", &nobody, "--description", "x"],
        &["rename", &nobody, "b"],
        &["delete", &nobody],
        &["tag", &nobody, "a=b"],
        &["delete-tag", &nobody, "a"],
        &["delete-alias", &nobody, "a"],
        &["download", &format!("models:/{nobody}/1")],
    ] {
        let missing = run(scene, arguments).expect_code(1);
        if is_told_missing(scene, &missing) {
            assert!(missing.stderr.contains(&nobody), "{missing}");
        }
    }
}

/// Where accounts are, MLflow does not always tell what is missing from what is not ours; whether it did.
#[track_caller]
fn is_told_missing(scene: &Scene, finished: &Finished) -> bool {
    if scene.is_guarded() && finished.stderr.contains("403 Forbidden: Permission denied") {
        let hint = "may not do this, if it is there at all";
        assert!(finished.stderr.contains(hint), "{finished}");
        return false;
    }
    assert_eq!(finished.error_json()["kind"], "not_found", "{finished}");
    true
}

#[test]
fn what_cannot_be_right_is_not_sent() {
    let scene = Scene::fake(Generation::Three);
    for arguments in [
        &["create", "a/b"][..],
        &["alias", "a", "v1", "1"],
        &["alias", "a", "latest", "1"],
        &["version", "a", "champion"],
        &["stage", "a", "1", "Shipped"],
        &["stage", "a", "1", "None", "--archive-existing-versions"],
        &["tag", "a", "no-value"],
        &["tag", "a", "../a=b"],
        &["list", "--max-results", "0"],
        &["download", "./folder"],
    ] {
        let refused = run(&scene, arguments).expect_code(2);
        assert_eq!(scene.server().story(), "", "{refused}");
    }
    scene.api().request("GET", "/health", None);
}

#[test]
fn a_dry_run_changes_nothing() {
    let scene = Scene::fake(Generation::Three);
    let name = registered(&scene, "dry", 2);
    json_of(&scene, &["alias", &name, "champion", "1"]);
    json_of(&scene, &["create", "other"]);
    scene.server().forget();
    for arguments in [
        &["create", "new", "--tag", "a=b"][..],
        &["update", &name, "--description", "x"],
        &["rename", &name, "new"],
        &["delete", &name],
        &["update-version", &name, "latest", "--description", "x"],
        &["delete-version", &name, "@champion"],
        &["stage", &name, "1", "Staging"],
        &["alias", &name, "champion", "2"],
        &["delete-alias", &name, "champion"],
        &["tag", &name, "a=b"],
        &["tag", &name, "--version", "1", "a=b"],
        &["delete-tag", &name, "a"],
        &["delete-tag", &name, "--version", "1", "a"],
        &["download", &format!("models:/{name}/1"), "-d", "here"],
    ] {
        let told = run(&scene, &[arguments, &["--dry-run"]].concat());
        let told = told.expect_success().json();
        assert_eq!(told["dry_run"], true, "{arguments:?}: {told}");
        assert!(!told["would"].as_array().unwrap().is_empty(), "{told}");
    }
    let reading = |path: &str| path.ends_with("/get-latest-versions");
    let mut seen = scene.server().requests();
    seen.retain(|it| it.method != "GET" && !reading(&it.path));
    assert!(seen.is_empty(), "{}", scene.server().story());
    let left = fs_err::read_dir(scene.context.path("work")).unwrap();
    assert_eq!(left.count(), 0);
}

#[test]
fn a_lost_answer_is_looked_up() {
    let scene = Scene::fake(Generation::Three);
    let lost = || Fault::CloseAfter(0);
    let fake = scene.server();
    fake.fail(1, "POST", "registered-models/create", lost());
    json_of(&scene, &["create", "a", "--description", "mine"]);
    fake.fail(1, "POST", "registered-models/rename", lost());
    assert_eq!(json_of(&scene, &["rename", "a", "b"])["name"], "b");
    fake.fail(1, "DELETE", "registered-models/delete", lost());
    json_of(&scene, &["delete", "b"]);
    assert!(fake.has_failed_as_planned());
    assert!(!scene.api().is_registered("b"));

    let reset = || Fault::ResetAfter(0);
    fake.fail(1, "POST", "registered-models/create", reset());
    json_of(&scene, &["create", "a"]);
    fake.fail(1, "POST", "registered-models/rename", Fault::unavailable());
    assert_eq!(json_of(&scene, &["rename", "a", "b"])["name"], "b");
    fake.fail(1, "DELETE", "registered-models/delete", reset());
    json_of(&scene, &["delete", "b"]);
    assert!(fake.has_failed_as_planned());
}

/// What is called with which arguments, in an order in which all of it can be done.
type Step<'a> = (&'static str, &'static str, Vec<&'a str>);

fn every_step(name: &str) -> Vec<Step<'_>> {
    let text = "--description";
    vec![
        (
            "PATCH",
            "registered-models/update",
            vec!["update", name, text, "d"],
        ),
        (
            "POST",
            "registered-models/set-tag",
            vec!["tag", name, "a=b"],
        ),
        (
            "DELETE",
            "registered-models/delete-tag",
            vec!["delete-tag", name, "a"],
        ),
        (
            "POST",
            "registered-models/alias",
            vec!["alias", name, "champion", "1"],
        ),
        (
            "GET",
            "registered-models/alias",
            vec!["version", name, "@champion"],
        ),
        (
            "PATCH",
            "model-versions/update",
            vec!["update-version", name, "1", text, "v"],
        ),
        (
            "POST",
            "model-versions/set-tag",
            vec!["tag", name, "--version", "1", "k=v"],
        ),
        (
            "DELETE",
            "model-versions/delete-tag",
            vec!["delete-tag", name, "--version", "1", "k"],
        ),
        (
            "POST",
            "model-versions/transition-stage",
            vec!["stage", name, "1", "Staging"],
        ),
        (
            "POST",
            "get-latest-versions",
            vec!["version", name, "latest"],
        ),
        ("GET", "model-versions/get", vec!["version", name, "1"]),
        ("GET", "model-versions/search", vec!["versions", name]),
        ("GET", "registered-models/search", vec!["list"]),
        ("GET", "registered-models/get", vec!["get", name]),
        (
            "DELETE",
            "registered-models/alias",
            vec!["delete-alias", name, "champion"],
        ),
        (
            "DELETE",
            "model-versions/delete",
            vec!["delete-version", name, "2"],
        ),
        (
            "POST",
            "registered-models/rename",
            vec!["rename", name, "renamed"],
        ),
        (
            "DELETE",
            "registered-models/delete",
            vec!["delete", "renamed"],
        ),
    ]
}

#[test]
fn no_fault_on_any_endpoint_loses_or_doubles_anything() {
    for fault in [
        Fault::ResetAfter(0),
        Fault::CloseAfter(0),
        Fault::unavailable(),
        Fault::error(429, "REQUEST_LIMIT_EXCEEDED", "slowly"),
    ] {
        let scene = Scene::fake(Generation::Three);
        let fake = scene.server();
        fake.fail(1, "POST", "registered-models/create", fault.clone());
        json_of(&scene, &["create", "a"]);
        for source in ["s3://bucket/1", "s3://bucket/2"] {
            let body = json!({ "name": "a", "source": source });
            scene.api().post("model-versions/create", &body);
        }
        for (method, path, arguments) in every_step("a") {
            if path.ends_with("/rename") {
                let version = scene.api().version("a", "1");
                assert_eq!(version["description"], "v", "{fault:?}");
                assert_eq!(version["current_stage"], "Staging", "{fault:?}");
                assert_eq!(scene.api().versions("a").len(), 1, "{fault:?}");
                assert_eq!(scene.api().alias("a", "champion"), None, "{fault:?}");
            }
            fake.fail(1, method, path, fault.clone());
            json_of(&scene, &arguments);
            assert!(fake.has_failed_as_planned(), "{method} {path}");
        }
        for name in ["a", "renamed"] {
            assert!(!scene.api().is_registered(name), "{fault:?}");
        }
    }
}

#[test]
fn without_a_server_it_says_which_database_it_uses() {
    let context = Context::new();
    let listed = context.phi3ml(["models", "list"]).run().expect_success();
    assert!(listed.stderr.contains("sqlite:///mlflow.db"), "{listed}");
    assert!(!context.path("work/mlflow.db").exists());
}

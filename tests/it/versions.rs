//! Versions of registered models: named, changed, registered from places, downloaded; read back with MLflow's own client.

use phi3ml::digest::Digest;
use serde_json::{Value, json};

use crate::artifacts::read;
use crate::log_model::log_model;
use crate::models::{json_of, models, read_back, registered, run};
use crate::support::fake::{Fault, Generation};
use crate::support::scene::{Scene, on_every_ledger};
use crate::support::unique;

const WEIGHTS: &str = "model.onnx.data";

on_every_ledger!(
    versions_are_named_in_three_ways,
    versions_change_and_go,
    a_model_is_downloaded_and_never_written_over,
    a_place_of_artifacts_is_registered,
);

fn versions_are_named_in_three_ways(scene: &Scene) {
    let name = registered(scene, "ways", 2);
    json_of(scene, &["alias", &name, "champion", "1"]);
    for (which, number) in [("1", "1"), ("@champion", "1"), ("latest", "2"), ("2", "2")] {
        let version = json_of(scene, &["version", &name, which]);
        assert_eq!(version["version"], number, "{which}");
        assert_eq!(version["name"], name);
        assert_eq!(version["status"], "READY");
        assert_eq!(version["current_stage"], "None");
        let aliases = if number == "1" {
            json!(["champion"])
        } else {
            json!([])
        };
        assert_eq!(version["aliases"], aliases, "{which}");
    }
    let list = json_of(scene, &["versions", &name]);
    let shown: Vec<(&str, &Value)> = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["version"].as_str().unwrap(), &it["aliases"]))
        .collect();
    assert_eq!(shown, [("2", &json!([])), ("1", &json!(["champion"]))]);
    let filtered = json_of(scene, &["versions", &name, "--filter", "tags.a = 'b'"]);
    assert_eq!(filtered["items"], json!([]));
    let table = models(scene, &["versions", &name]).run().expect_success();
    let lines: Vec<&str> = table.stdout.lines().collect();
    assert_eq!(lines.len(), 3, "{table}");
    assert!(lines[0].starts_with("version"), "{table}");
    assert!(lines[2].contains("champion"), "{table}");
}

fn versions_change_and_go(scene: &Scene) {
    let name = registered(scene, "change", 3);
    json_of(scene, &["alias", &name, "champion", "2"]);
    let told = json_of(
        scene,
        &[
            "update-version",
            &name,
            "@champion",
            "--description",
            "the best",
        ],
    );
    assert_eq!(told["description"], "the best");
    assert_eq!(told["aliases"], json!(["champion"]));
    json_of(
        scene,
        &["tag", &name, "--version", "@champion", "a=b", "c=d"],
    );
    json_of(scene, &["delete-tag", &name, "--version", "2", "c"]);
    let staged = json_of(scene, &["stage", &name, "1", "production"]);
    assert_eq!(staged["current_stage"], "Production");
    json_of(
        scene,
        &[
            "stage",
            &name,
            "2",
            "Production",
            "--archive-existing-versions",
        ],
    );
    json_of(scene, &["delete-version", &name, "latest"]);
    let facts = read_back(scene, &name);
    let versions = facts["versions"].as_object().unwrap();
    assert_eq!(versions.keys().collect::<Vec<_>>(), ["1", "2"]);
    assert_eq!(versions["1"]["stage"], "Archived");
    assert_eq!(versions["2"]["stage"], "Production");
    assert_eq!(versions["2"]["description"], "the best");
    assert_eq!(versions["2"]["tags"], json!({ "a": "b" }));
    assert_eq!(versions["2"]["aliases"], json!(["champion"]));
    assert_eq!(facts["tags"], json!({}), "the model has none");
    let by_stage = scene
        .context
        .phi3ml(["register", &format!("models:/{name}/production"), &name])
        .args(["-o", "json"])
        .run()
        .expect_success()
        .json();
    assert_eq!(by_stage["version"], "4", "numbers are not given twice");
}

fn a_model_is_downloaded_and_never_written_over(scene: &Scene) {
    let name = registered(scene, "fetched", 1);
    json_of(scene, &["alias", &name, "champion", "1"]);
    let uri = format!("models:/{name}@champion");
    let told = json_of(scene, &["download", &uri]);
    let folder = scene.context.path("work").join(format!("{name}-1"));
    assert_eq!(told["path"], format!("{name}-1"));
    assert_eq!(told["reused_bytes"], 0);
    let sums = fs_err::read(folder.join("SHA256SUMS")).unwrap();
    assert_eq!(told["sha256"], Digest::of(&sums).to_string());
    let fetched = read(&folder);
    assert_eq!(told["files"], fetched.len());
    assert!(fetched.keys().any(|path| path.ends_with(WEIGHTS)));
    assert!(fetched.contains_key("MLmodel"));

    let again = json_of(scene, &["download", &uri]);
    assert!(again["reused_bytes"].as_u64() > told["bytes"].as_u64().map(|all| all / 2));
    assert_eq!(read(&folder), fetched);

    let weights = fetched.keys().find(|path| path.ends_with(WEIGHTS)).unwrap();
    fs_err::write(folder.join(weights), "mine").unwrap();
    fs_err::remove_file(folder.join("MLmodel")).unwrap();
    let before = read(&folder);
    let refused = run(scene, &["download", &uri]).expect_code(1);
    assert!(refused.stderr.contains(weights), "{refused}");
    assert_eq!(read(&folder), before, "nothing is touched");

    let elsewhere = scene.context.path("work/a/b");
    let into = elsewhere.to_str().unwrap();
    json_of(scene, &["download", &uri, "-d", into]);
    assert_eq!(read(&elsewhere), fetched);
    let beside = scene.context.path("work/beside");
    fs_err::create_dir(&beside).unwrap();
    fs_err::write(beside.join("notes.txt"), "mine").unwrap();
    json_of(scene, &["download", &uri, "-d", beside.to_str().unwrap()]);
    assert_eq!(read(&beside).len(), fetched.len() + 1);
}

#[test]
fn a_damaged_download_leaves_nothing() {
    let scene = Scene::fake(Generation::Three);
    let name = registered(&scene, "damaged", 1);
    let wrong = Fault::Answer {
        status: 200,
        content_type: "application/octet-stream",
        body: "not what was logged".to_owned(),
    };
    scene.server().fail(100, "GET", WEIGHTS, wrong);
    let uri = format!("models:/{name}/1");
    let refused = run(&scene, &["download", &uri, "-d", "here"]).expect_code(1);
    assert!(refused.stderr.contains("is damaged"), "{refused}");
    let left = fs_err::read_dir(scene.context.path("work")).unwrap();
    assert_eq!(left.count(), 0, "neither the folder nor a part of it");
}

fn a_place_of_artifacts_is_registered(scene: &Scene) {
    let told = log_model(scene, &[]).run().expect_success().json();
    let name = unique("place");
    let register = |uri: &str| {
        let command = scene.context.phi3ml(["register", uri, &name, "-o", "json"]);
        command.run().expect_success().json()
    };
    let version = register(told["artifact_uri"].as_str().unwrap());
    assert_eq!(version["run_id"], told["run_id"]);
    assert_eq!(version["model_id"], told["model_id"]);

    // A model that lies deeper among the artifacts of a run, as other tools log them.
    let run_id = told["run_id"].as_str().unwrap();
    let run = scene.api().run(run_id);
    let root = run["info"]["artifact_uri"].as_str().unwrap();
    scene
        .api()
        .write_artifact(root, "deep/model/MLmodel", b"flavors: {}\n");
    for uri in [
        format!("runs:/{run_id}/deep/model"),
        format!("{root}/deep/model"),
    ] {
        let version = register(&uri);
        assert_eq!(version["run_id"], run_id, "{uri}");
        assert_eq!(version["source"], format!("{root}/deep/model"), "{uri}");
        assert_eq!(version["model_id"], Value::Null, "{uri}");
    }
    let facts = read_back(scene, &name);
    assert_eq!(facts["versions"].as_object().unwrap().len(), 3);
    assert_eq!(facts["listed"], json!([name]));
}

#[test]
fn a_version_that_is_reused_gets_what_was_said_about_it() {
    let scene = Scene::fake(Generation::Three);
    let told = log_model(&scene, &[]).run().expect_success().json();
    let uri = told["model_uri"].as_str().unwrap();
    let register = |more: &[&str]| {
        let command = scene.context.phi3ml(["register", uri, "a", "-o", "json"]);
        command.args(more).run().expect_success().json()
    };
    register(&[]);
    let said = ["--if-exists", "reuse", "--tag", "k=v", "--description", "x"];
    let version = register(&said);
    assert_eq!(version["version"], "1");
    assert_eq!(version["tags"]["k"], "v");
    assert_eq!(scene.api().version("a", "1")["description"], "x");
}

/// The folder for a version is named after it; what a server calls it may not lead out of here.
#[test]
fn a_server_does_not_choose_the_folder() {
    for hostile in ["../escaped", "/escaped", "a/b"] {
        let scene = Scene::fake(Generation::Three);
        let logged = log_model(&scene, &["--register", "modest"]).run();
        let source = logged.expect_success().json()["model_uri"].clone();
        let version =
            json!({ "name": hostile, "version": "1", "source": source, "status": "READY" });
        let lie = Fault::Answer {
            status: 200,
            content_type: "application/json",
            body: json!({ "model_version": version }).to_string(),
        };
        scene.server().fail(1, "GET", "model-versions/get", lie);
        let download = ["models", "download", "models:/modest/1"];
        scene.context.phi3ml(download).run().expect_success();
        let mlmodel = scene.context.path("work/model-1/MLmodel");
        assert!(mlmodel.is_file(), "{hostile}");
    }
}

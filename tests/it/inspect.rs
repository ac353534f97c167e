//! `phi3ml inspect`: the same page of a model wherever it lies, without its weights.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use crate::support::fake::Generation;
use crate::support::process::Finished;
use crate::support::scene::{Scene, on_every_ledger};
use crate::support::{Context, fixture, phi3_tiny, unique};

#[track_caller]
fn inspect(context: &Context, uri: &str) -> Value {
    let told = context.phi3ml(["inspect", uri, "-o", "json"]).run();
    told.expect_success().json()
}

#[track_caller]
fn package(context: &Context, dest: &str, arguments: &[&str]) -> String {
    let made = context.path("work").join(dest).to_str().unwrap().to_owned();
    let source = phi3_tiny();
    let packaged = context.phi3ml(["package", source.to_str().unwrap(), &made]);
    packaged.args(arguments).run().expect_success();
    made
}

on_every_ledger!(a_logged_model_is_told_alike_by_each_of_its_names);

fn a_logged_model_is_told_alike_by_each_of_its_names(scene: &Scene) {
    let (name, source) = (unique("inspected"), phi3_tiny());
    let context = &scene.context;
    let arguments = [
        "log-model",
        source.to_str().unwrap(),
        "--register",
        &name,
        "-o",
        "json",
    ];
    let logged = context.phi3ml(arguments).run().expect_success().json();
    let uris = [
        logged["model_uri"].as_str().unwrap().to_owned(),
        logged["artifact_uri"].as_str().unwrap().to_owned(),
        format!("models:/{name}/1"),
        format!("runs:/{}/model", logged["run_id"].as_str().unwrap()),
    ];
    for uri in uris {
        let told = inspect(context, &uri);
        assert_eq!(told["model_uri"], *uri);
        assert_eq!(told["sha256"], logged["sha256"], "{uri}");
        assert_eq!(told["run_id"], logged["run_id"], "{uri}");
        assert_eq!(told["model_id"], logged["model_id"], "{uri}");
        assert_eq!(told["bytes"], logged["bytes"], "{uri}");
        assert_eq!(
            told["files"].as_array().unwrap().len() as u64,
            logged["files"]
        );
        assert_eq!(told["flavors"]["phi3ml"]["precision"], "int4");
        assert_eq!(told["signature"]["inputs"][0]["name"], "prompt");
        assert_eq!(told["input_example"]["prompt"], "What is MLflow?");
    }
    if scene.generation == Generation::Three {
        let path = format!("logged-models/{}", logged["model_id"].as_str().unwrap());
        let params = scene.api().get(&path)["model"]["data"]["params"].to_string();
        for known in ["phi3", "int4", "1024"] {
            assert!(params.contains(known), "{params}");
        }
    }
    assert!(
        !context.path("cache/models").exists(),
        "nothing is downloaded"
    );
}

#[test]
fn only_what_tells_of_the_rest_is_read() {
    let scene = Scene::fake(Generation::Three);
    let source = phi3_tiny();
    let arguments = ["log-model", source.to_str().unwrap(), "-o", "json"];
    let logged = scene
        .context
        .phi3ml(arguments)
        .run()
        .expect_success()
        .json();
    let before = scene.server().requests().len();
    inspect(&scene.context, logged["model_uri"].as_str().unwrap());
    let asked = scene.server().requests();
    let asked: Vec<_> = asked.iter().skip(before).map(|it| &it.path).collect();
    let files = asked.iter().filter_map(|path| {
        let (_, path) = path.split_once("/mlflow-artifacts/artifacts/")?;
        path.rsplit('/').next()
    });
    let files: BTreeSet<_> = files.collect();
    let telling = [
        "MLmodel",
        "SHA256SUMS",
        "input_example.json",
        "requirements.txt",
        "serving_input_example.json",
    ];
    // Neither weights nor tokenizer: 12 kB of 350.
    assert_eq!(files, BTreeSet::from(telling), "{asked:?}");
    // Beside those, the model itself and the lists of its three folders.
    assert!(asked.len() <= telling.len() + 5, "{asked:?}");
}

#[test]
fn a_folder_and_its_archive_tell_the_same() {
    let context = Context::new();
    let without_uri = |mut told: Value| {
        told.as_object_mut().unwrap().remove("model_uri");
        told
    };
    let folder = without_uri(inspect(&context, &package(&context, "folder", &[])));
    let archive = without_uri(inspect(&context, &package(&context, "model.zip", &[])));
    assert_eq!(folder, archive);
    assert_eq!(folder["packaged"], true);
    let file = |path: &str| {
        let files = folder["files"].as_array().unwrap();
        files
            .iter()
            .find(|file| file["path"] == path)
            .unwrap()
            .clone()
    };
    let weights = file("artifacts/phi3-mini-onnx/model.onnx.data");
    assert_eq!(weights["size"], 298_872);
    assert_eq!(weights["sha256"].as_str().unwrap().len(), 64);
    assert!(file("MLmodel")["sha256"].is_null());
}

#[test]
fn what_is_not_packaged_yet_shows_what_it_would_become() {
    let context = Context::new();
    for (source, flavor) in [
        ("models/phi3-tiny", "python_function"),
        ("models/phi3-tiny-hf", "transformers"),
        ("models/phi3-tiny/model.onnx", "onnx"),
    ] {
        let told = inspect(&context, fixture(source).to_str().unwrap());
        assert_eq!(told["packaged"], false);
        assert!(!told["flavors"][flavor].is_null(), "{source}");
        assert!(told["sha256"].is_null());
    }
}

/// What people see, without what changes from version to version.
fn shown(context: &Context, finished: &Finished) -> String {
    context.filtered(&finished.stdout)
}

#[test]
fn the_page_is_told_as_promised() {
    let context = Context::new();
    let arguments = [
        "--task",
        "llm/v1/chat",
        "--metadata",
        "owner=nlp",
        "--metadata",
        "stage=3",
        "--model-config",
        "max_length=300",
    ];
    let model = package(&context, "model", &arguments);
    let page = context.phi3ml(["inspect", &model]).run().expect_success();
    insta::with_settings!({filters => vec![(env!("CARGO_PKG_VERSION"), "[VERSION]")]}, {
        insta::assert_snapshot!("the_page", shown(&context, &page));
    });
    assert!(Path::new(&model).exists());
}

#[test]
fn what_is_no_model_is_said() {
    let context = Context::new();
    let empty = context.path("work").to_str().unwrap().to_owned();
    context
        .phi3ml(["inspect", &empty])
        .run()
        .expect_code(1)
        .expect_stderr("which cannot be packaged");
}

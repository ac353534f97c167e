//! `doctor` and `config show`: what is told of server, rights, artifacts, engines and settings; and that looking
//! changes nothing.

use std::path::PathBuf;

use serde_json::Value;

use crate::support::api::{list, text};
use crate::support::fake::{Fault, Generation};
use crate::support::process::Finished;
use crate::support::scene::{Scene, on_every_file, on_every_server};
use crate::support::{Context, unique};

const SECRET: &str = "pl4nted-s3cret";

on_every_server!(all_is_well_and_stays_as_it_was);

fn doctor(context: &Context) -> crate::support::process::Phi3ml {
    context
        .phi3ml(["doctor", "-o", "json"])
        .env("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "0")
}

/// The status of a check.
#[track_caller]
fn status(finished: &Finished, name: &str) -> String {
    text(&check(finished, name)["status"])
}

#[track_caller]
fn check(finished: &Finished, name: &str) -> Value {
    let checks = list(&finished.json()["checks"]);
    let mut found = checks.into_iter().filter(|check| check["name"] == name);
    found
        .next()
        .unwrap_or_else(|| panic!("there is no check `{name}`\n{finished}"))
}

fn all_is_well_and_stays_as_it_was(scene: &Scene) {
    scene.api().create_experiment(&unique("doctor"));
    let finished = doctor(&scene.context).run().expect_success();
    let told = finished.json();
    assert_eq!(told["ok"], true);
    let (version, feature) = match scene.generation {
        Generation::Three => ("3.17.2", "logged models"),
        Generation::Two => ("2.22.5", "no logged models"),
    };
    assert_eq!(told["version"], version);
    let detail = text(&check(&finished, "features")["detail"]);
    assert!(detail.contains(feature), "{finished}");
    for name in ["server", "user", "read", "write", "artifacts", "registry"] {
        assert_eq!(status(&finished, name), "ok", "{name}: {finished}");
        assert!(check(&finished, name)["hints"].is_array());
    }
    let tried = text(&check(&finished, "write")["tried"]);
    assert!(tried.contains("exists already"), "{finished}");
    let text = scene.context.phi3ml(["doctor"]).run().expect_success();
    assert!(text.stdout.contains("MLflow"), "{text}");
}

on_every_file!(a_database_is_told_of);

fn a_database_is_told_of(scene: &Scene) {
    let finished = doctor(&scene.context).run().expect_success();
    assert_eq!(finished.json()["ok"], true);
    let detail = text(&check(&finished, "server")["detail"]);
    for part in ["mlflow.db", "can be read and written"] {
        assert!(detail.contains(part), "{finished}");
    }
}

#[test]
fn nothing_is_left_behind() {
    let scene = Scene::fake(Generation::Three);
    let experiments = || {
        scene.api().post(
            "experiments/search",
            &serde_json::json!({ "max_results": 100 }),
        )
    };
    let before = experiments();
    doctor(&scene.context).run().expect_success();
    assert_eq!(experiments(), before);
    scene.server().forget();
    let finished = doctor(&scene.context).args(["--dry-run"]).run();
    assert_eq!(status(&finished, "write"), "skipped");
    assert!(scene.server().requests_to("POST", "/create").is_empty());
    for place in ["cache", "data", "state", "home", "work"] {
        let entries = fs_err::read_dir(scene.context.path(place)).unwrap();
        assert_eq!(entries.count(), 0, "{place}");
    }
}

#[test]
fn what_does_not_work_is_named_and_ends_with_1() {
    let scene = Scene::fake(Generation::Three);
    let denied = Fault::page(403, "Permission denied");
    scene
        .server()
        .fail(9, "POST", "/experiments/create", denied);
    let broken = Fault::error(500, "INTERNAL_ERROR", "no such bucket");
    scene.server().fail(9, "GET", "/mlflow-artifacts/", broken);
    let finished = doctor(&scene.context).run().expect_code(1);
    assert_eq!(finished.json()["ok"], false);
    for (name, expected) in [
        ("server", "ok"),
        ("read", "ok"),
        ("write", "failed"),
        ("artifacts", "failed"),
        ("registry", "ok"),
    ] {
        assert_eq!(status(&finished, name), expected, "{name}: {finished}");
    }
    let detail = text(&check(&finished, "artifacts")["detail"]);
    assert!(detail.contains("no such bucket"), "{finished}");
    assert!(
        text(&finished.error_json()["message"]).contains("write, artifacts"),
        "{finished}"
    );
}

#[test]
fn a_server_that_is_not_there_is_one_failure() {
    let mut context = Context::new();
    context.set("MLFLOW_TRACKING_URI", "http://127.0.0.1:9");
    let finished = doctor(&context).run().expect_code(1);
    assert_eq!(status(&finished, "server"), "failed");
    assert_eq!(status(&finished, "write"), "skipped");
    assert_eq!(status(&finished, "engines"), "ok");
    let nowhere = Context::new();
    let finished = doctor(&nowhere).run().expect_success();
    let detail = text(&check(&finished, "server")["detail"]);
    assert!(detail.contains("mlflow.db is not there yet"), "{finished}");
    assert!(!nowhere.path("work/mlflow.db").exists());
}

#[test]
fn the_library_is_loaded_for_trial() {
    let scene = Scene::fake(Generation::Three);
    let finished = doctor(&scene.context).run().expect_success();
    assert_eq!(status(&finished, "library"), "warning");
    let context = Context::new().with_onnx_runtime();
    let finished = doctor(&context).run();
    assert_eq!(status(&finished, "library"), "ok", "{finished}");
    let engines = text(&check(&finished, "engines")["detail"]);
    assert!(engines.contains("ort is used"), "{finished}");
}

/// A library that ends the process as soon as it is loaded.
#[cfg(target_os = "linux")]
fn fatal_library(context: &Context) -> PathBuf {
    let source = context.path("work/fatal.c");
    let library = context.path("work/libonnxruntime.so.1.31.1");
    let code = "#include <stdlib.h>\n__attribute__((constructor)) void f(void) { abort(); }\n";
    fs_err::write(&source, code).unwrap();
    let status = std::process::Command::new("cc")
        .args(["-shared", "-fPIC", "-o"])
        .args([&library, &source])
        .status();
    assert!(status.unwrap().success());
    library
}

#[cfg(target_os = "linux")]
#[test]
fn a_library_that_ends_processes_does_not_end_this_one() {
    let scene = Scene::fake(Generation::Three);
    let library = fatal_library(&scene.context);
    let finished = doctor(&scene.context)
        .env("ORT_DYLIB_PATH", library.to_str().unwrap())
        .run()
        .expect_code(1);
    assert_eq!(status(&finished, "library"), "failed");
    assert!(
        text(&check(&finished, "library")["detail"]).contains("signal"),
        "{finished}"
    );
    assert_eq!(status(&finished, "engines"), "ok");
}

/// A setting as `config show -o json` tells it: its value, and where that came from.
#[track_caller]
fn setting(finished: &Finished, name: &str) -> (Value, Value, Value) {
    let items = list(&finished.json()["items"]);
    let mut found = items.into_iter().filter(|item| item["name"] == name);
    let item = found.next().unwrap_or_else(|| panic!("{name}: {finished}"));
    (
        item["value"].clone(),
        item["origin"].clone(),
        item["from"].clone(),
    )
}

#[test]
fn settings_are_shown_with_their_origin_and_without_secrets() {
    let context = Context::new();
    fs_err::create_dir(context.path("home/.mlflow")).unwrap();
    let file =
        format!("[mlflow]\nmlflow_tracking_username = ann\nmlflow_tracking_password = {SECRET}\n");
    fs_err::write(context.path("home/.mlflow/credentials"), file).unwrap();
    let show = |arguments: &[&str]| {
        context
            .phi3ml(["config", "show"])
            .args(arguments)
            .env(
                "MLFLOW_TRACKING_URI",
                &format!("https://bob:{SECRET}@host/prefix"),
            )
            .env("MLFLOW_TRACKING_TOKEN", SECRET)
            .env("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "3")
            .env("HTTPS_PROXY", &format!("http://eve:{SECRET}@proxy:3128"))
            .env("MLFLOW_REGISTRY_URI", "")
            .run()
            .expect_success()
    };
    let finished = show(&["-o", "json", "--workspace", "team-a"]);
    let cases = [
        (
            "tracking_uri",
            "https://***@host/prefix",
            "variable",
            "MLFLOW_TRACKING_URI",
        ),
        ("workspace", "team-a", "flag", "--workspace"),
        ("token", "***", "variable", "MLFLOW_TRACKING_TOKEN"),
        (
            "max_retries",
            "3",
            "variable",
            "MLFLOW_HTTP_REQUEST_MAX_RETRIES",
        ),
        (
            "https_proxy",
            "http://***@proxy:3128/",
            "variable",
            "HTTPS_PROXY",
        ),
        ("output", "json", "flag", "--output"),
    ];
    for (name, value, origin, from) in cases {
        let expected = (value.into(), origin.into(), from.into());
        assert_eq!(setting(&finished, name), expected, "{name}");
    }
    let (value, origin, from) = setting(&finished, "username");
    assert_eq!((value, origin), ("ann".into(), "file".into()));
    assert!(text(&from).ends_with("/.mlflow/credentials"));
    assert_eq!(setting(&finished, "password").0, "***");
    let unset = (Value::Null, "default".into(), Value::Null);
    assert_eq!(setting(&finished, "registry_uri"), unset);
    assert_eq!(setting(&finished, "backoff_factor").0, "2");

    let plain = show(&[]);
    for line in [
        "tracking_uri ",
        "MLFLOW_TRACKING_URI",
        "default",
        "https://***@host/prefix",
    ] {
        assert!(plain.stdout.contains(line), "{plain}");
    }
    let lines = show(&["-o", "jsonl"]);
    for line in lines.stdout.lines() {
        serde_json::from_str::<Value>(line).unwrap();
    }
    for finished in [finished, plain, lines] {
        assert!(!finished.stdout.contains(SECRET), "{finished}");
        assert!(!finished.stdout.contains("bob"), "{finished}");
        assert_eq!(finished.stderr, "", "{finished}");
    }
}

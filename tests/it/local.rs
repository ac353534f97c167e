//! Folders as stores: two who write the same file at once, names as long as they may be, and what a kill leaves.
#![cfg(unix)]

use std::path::PathBuf;

use crate::artifacts::read;
use crate::support::Context;
use crate::support::process::Phi3ml;

/// A run in a database of its own, and the folder of its artifacts.
fn a_run(context: &mut Context) -> (String, PathBuf) {
    let database = format!("sqlite:///{}", context.path("data/mlflow.db").display());
    context.set("MLFLOW_TRACKING_URI", database);
    let create = ["runs", "create", "--experiment-id", "0", "-o", "json"];
    let told = context.phi3ml(create).run().expect_success().json();
    let run = told["run_id"].as_str().unwrap();
    let folder = context.path("work/mlruns/0").join(run).join("artifacts");
    (run.to_owned(), folder)
}

/// Of somebody else, who knows nothing of what we note down.
fn log(context: &Context, run: &str, who: &str) -> Phi3ml {
    let state = context.path("state").join(who);
    let source = format!("{who}/model.onnx.data");
    context
        .phi3ml(["log-artifacts", "--run-id", run, &source])
        .env("PHI3ML_STATE_DIR", state.to_str().unwrap())
}

#[test]
fn two_who_write_the_same_file_at_once_do_not_mix() {
    let mut context = Context::new();
    let (run, folder) = a_run(&mut context);
    for (who, byte) in [("ann", 1), ("bob", 2)] {
        fs_err::create_dir(context.path("work").join(who)).unwrap();
        let file = context.path("work").join(who).join("model.onnx.data");
        fs_err::write(file, vec![byte; 48 << 20]).unwrap();
    }
    for round in 0..4 {
        let both = ["ann", "bob"].map(|who| log(&context, &run, who).start());
        for started in both {
            started.finish().expect_success();
        }
        let names: Vec<String> = read(&folder).into_keys().collect();
        assert_eq!(names, ["model.onnx.data"], "{round}");
        let bytes = fs_err::read(folder.join("model.onnx.data")).unwrap();
        assert_eq!(bytes.len(), 48 << 20, "{round}");
        assert!(bytes.iter().all(|byte| *byte == bytes[0]), "{round}: mixed");
    }
}

#[test]
fn what_a_kill_leaves_is_swept_and_what_a_user_names_so_is_shown() {
    let mut context = Context::new();
    let (run, folder) = a_run(&mut context);
    let long = "x".repeat(255);
    let chosen = ["of mine.phi3ml-partial", &long];
    for name in chosen {
        fs_err::write(context.path("work").join(name), name).unwrap();
        let log = ["log-artifacts", "--run-id", &run, name];
        context.phi3ml(log).run().expect_success();
    }
    let endless = fs_err::File::create(context.path("work/endless")).unwrap();
    endless.set_len(1 << 42).unwrap();
    let log = ["log-artifacts", "--run-id", &run, "endless"];
    let mut killed = context.phi3ml(log).start();
    while read_names(&folder).len() < 3 && killed.is_running() {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    killed.signal("KILL");
    killed.finish();
    assert_eq!(read_names(&folder).len(), 3, "something is left");
    let list = ["artifacts", "list", "--run-id", &run, "-o", "json"];
    let listed = context.phi3ml(list).run().expect_success().json();
    let listed = listed["items"].as_array().unwrap();
    let listed: Vec<&str> = listed
        .iter()
        .map(|it| it["path"].as_str().unwrap())
        .collect();
    assert_eq!(listed, chosen, "but not shown");
    fs_err::write(context.path("work/endless"), "no more").unwrap();
    context.phi3ml(log).run().expect_success();
    let mut expected = ["endless", chosen[0], chosen[1]].map(str::to_owned);
    expected.sort_unstable();
    assert_eq!(read_names(&folder), expected, "and gone");
}

/// The names in a folder, in order.
fn read_names(folder: &std::path::Path) -> Vec<String> {
    let entries = fs_err::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort_unstable();
    names
}

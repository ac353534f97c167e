//! `phi3ml log-model` interrupted: by Ctrl-C, by a kill that nobody can catch; and what comes after.
#![cfg(unix)]

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::log_model::{files_are_complete, log_model};
use crate::support::fake::{Fault, Generation};
use crate::support::process::Finished;
use crate::support::scene::Scene;
use crate::support::{full_ring, phi3_tiny};

const WEIGHTS: &str = "model.onnx.data";
const LONG: Duration = Duration::from_mins(1);

/// Runs until all but the weights (and `MLmodel`, which waits for them) is sent, then sends a signal.
fn interrupted(scene: &Scene, signal: &str) -> Finished {
    scene.server().fail(1, "PUT", WEIGHTS, Fault::Stall(LONG));
    let run = log_model(scene, &[]).start();
    scene.server().wait_for("PUT", WEIGHTS);
    scene.server().wait_for_silence();
    let since = Instant::now();
    run.signal(signal);
    let finished = run.finish();
    assert!(
        since.elapsed() < LONG / 4,
        "it took {:?} to end",
        since.elapsed()
    );
    assert_eq!(finished.stdout, "", "{finished}");
    finished
}

/// The files that the server has confirmed.
fn confirmed(scene: &Scene) -> Vec<String> {
    let sent = scene.server().requests_to("PUT", "/artifacts/");
    sent.into_iter()
        .filter(|it| it.status == Some(200))
        .map(|it| it.path)
        .collect()
}

#[test]
fn ctrl_c_ends_the_run_and_the_same_command_goes_on() {
    let scene = Scene::fake(Generation::Three);
    let finished = interrupted(&scene, "INT").expect_code(130);
    assert!(
        finished.stderr.contains("again"),
        "it says how to go on: {finished}"
    );
    let [run] = &scene.api().runs("0")[..] else {
        panic!("one run")
    };
    assert_eq!(run["info"]["status"], "KILLED");
    goes_on(&scene);
}

#[test]
fn after_a_kill_the_same_command_goes_on() {
    for generation in [Generation::Three, Generation::Two] {
        let scene = Scene::fake(generation);
        assert_eq!(interrupted(&scene, "KILL").code, None);
        goes_on(&scene);
    }
}

/// The server did what it was asked, but that was never heard.
fn interrupted_unheard(generation: Generation, request: &str, signal: &str) -> Scene {
    let scene = Scene::fake(generation);
    scene.server().fail(1, "POST", request, Fault::Delay(LONG));
    let run = log_model(&scene, &[]).start();
    scene.server().wait_for("POST", request);
    scene.server().wait_for_silence();
    run.signal(signal);
    run.finish();
    scene.server().heal();
    scene
}

#[test]
fn what_was_created_unheard_is_found_again() {
    let creations = [
        (Generation::Two, "runs/create"),
        (Generation::Three, "runs/create"),
        (Generation::Three, "mlflow/logged-models"),
    ];
    for (generation, request) in creations {
        for signal in ["INT", "KILL"] {
            let scene = interrupted_unheard(generation, request, signal);
            let [run] = &scene.api().runs("0")[..] else {
                panic!("one run")
            };
            let status = if signal == "INT" { "KILLED" } else { "RUNNING" };
            assert_eq!(run["info"]["status"], status, "{}", scene.server().story());
            let told = log_model(&scene, &[]).run().expect_success().json();
            one_run_finished(&scene, &told);
        }
    }
}

fn goes_on(scene: &Scene) {
    let before = confirmed(scene);
    assert!(before.len() > 5, "{}", scene.server().story());
    scene.server().forget();
    let told = log_model(scene, &[]).run().expect_success().json();
    let after = confirmed(scene);
    let again: Vec<_> = after.iter().filter(|path| before.contains(path)).collect();
    assert_eq!(
        again,
        Vec::<&String>::new(),
        "sent again\n{}",
        scene.server().story()
    );
    assert!(told["reused_bytes"].as_u64().unwrap() > 0, "{told}");
    assert_eq!(told["files"], before.len() + after.len());
    one_run_finished(scene, &told);
}

fn one_run_finished(scene: &Scene, told: &Value) {
    let [run] = &scene.api().runs("0")[..] else {
        panic!("one run only")
    };
    assert_eq!(run["info"]["run_id"], told["run_id"]);
    assert_eq!(run["info"]["status"], "FINISHED");
    if scene.generation == Generation::Three {
        let [model] = &scene.api().logged_models("0")[..] else {
            panic!("one logged model only")
        };
        assert_eq!(model["info"]["status"], "LOGGED_MODEL_READY");
    }
}

#[test]
fn a_kill_at_any_moment_leaves_what_can_be_gone_on_with() {
    let points = if full_ring("a kill at each of many moments") {
        60
    } else {
        6
    };
    let whole = Scene::fake(Generation::Three);
    log_model(&whole, &["--register", "killed"])
        .run()
        .expect_success();
    let all = whole.server().requests().len();
    let mut has_gone_on = false;
    for point in 0..points {
        let scene = Scene::fake(Generation::Three);
        for method in ["GET", "POST", "PUT", "PATCH"] {
            let slow = Fault::Stall(Duration::from_millis(25));
            scene.server().fail(usize::MAX, method, "/", slow);
        }
        // What it asks of a server that nobody interrupts, from the first request to the last but one.
        let requests = 1 + (all - 2) * point / points;
        scene.server().forget();
        let run = log_model(&scene, &["--register", "killed"]).start();
        scene.server().wait_for_requests(requests);
        run.signal("KILL");
        run.finish();
        scene.server().wait_for_silence();
        scene.server().heal();
        for model in scene.api().logged_models("0") {
            let uri = model["info"]["artifact_uri"].as_str().unwrap();
            let is_complete = scene.api().files(uri).contains_key("MLmodel");
            let is_ready = model["info"]["status"] == "LOGGED_MODEL_READY";
            assert!(
                is_complete || !is_ready,
                "{point}: ready without its MLmodel"
            );
        }
        let told = log_model(&scene, &["--register", "killed"])
            .run()
            .expect_success()
            .json();
        files_are_complete(scene.api(), &told);
        has_gone_on |= told["reused_bytes"].as_u64().unwrap() > 0;
        let finished = scene.api().runs("0");
        let finished = finished
            .iter()
            .filter(|run| run["info"]["status"] == "FINISHED")
            .count();
        assert!(
            (1..=2).contains(&finished),
            "{point}: {finished} finished runs"
        );
        assert!(scene.api().versions("killed").len() <= 2, "{point}");
    }
    assert!(has_gone_on, "no kill came between two files");
}

#[test]
fn fresh_starts_anew() {
    let scene = Scene::fake(Generation::Three);
    interrupted(&scene, "INT").expect_code(130);
    scene.server().forget();
    let told = log_model(&scene, &["--fresh"])
        .run()
        .expect_success()
        .json();
    assert_eq!(told["reused_bytes"], 0);
    assert_eq!(told["files"], confirmed(&scene).len());
    assert_eq!(scene.api().runs("0").len(), 2);
}

#[test]
fn a_finished_job_again_is_a_new_one() {
    let scene = Scene::fake(Generation::Three);
    let first = log_model(&scene, &["--register", "twice"])
        .run()
        .expect_success()
        .json();
    let second = log_model(&scene, &["--register", "twice"])
        .run()
        .expect_success()
        .json();
    assert_ne!(first["model_id"], second["model_id"]);
    assert_ne!(first["run_id"], second["run_id"]);
    assert_eq!(second["registered"]["version"], "2");
    assert_eq!(second["reused_bytes"], 0);
}

/// Changes a file of a model; its length stays what it is.
fn change(folder: &Path) -> String {
    let config = folder.join("genai_config.json");
    let text = fs_err::read_to_string(&config).unwrap();
    let changed = text.replace("\"top_k\": 50", "\"top_k\": 40");
    assert_ne!(changed, text);
    fs_err::write(&config, &changed).unwrap();
    changed
}

#[test]
fn a_complete_model_is_gone_on_with_only_while_it_is_the_same() {
    let scene = Scene::fake(Generation::Three);
    let folder = scene.context.copy_of(&phi3_tiny(), "changing");
    let log = || {
        let log = ["log-model", "changing", "--register", "phi3", "-o", "json"];
        scene.context.phi3ml(log).run()
    };
    let refused = || {
        let no = Fault::error(400, "BAD_REQUEST", "no");
        scene.server().fail(1, "POST", "/model-versions/create", no);
        log().expect_code(1);
        let models = scene.api().logged_models("0").len();
        scene.server().forget();
        models
    };
    assert_eq!(refused(), 1);
    let told = log().expect_success().json();
    assert_eq!(told["reused_bytes"], told["bytes"]);
    assert_eq!(confirmed(&scene).len(), 0);
    assert_eq!(scene.api().logged_models("0").len(), 1);

    assert_eq!(refused(), 2);
    change(&folder);
    let told = log().expect_success().json();
    assert_eq!(told["reused_bytes"], 0);
    assert_eq!(scene.api().logged_models("0").len(), 3);
}

/// From where its digest is noted on, somebody may have found it.
#[test]
fn what_may_look_complete_is_not_written_over() {
    let scene = Scene::fake(Generation::Two);
    let folder = scene.context.copy_of(&phi3_tiny(), "changing");
    let run_id = scene.api().create_run("0");
    let log = || {
        let log = ["log-model", "changing", "--run-id", &run_id, "-o", "json"];
        scene.context.phi3ml(log).run()
    };
    let no = Fault::error(400, "BAD_REQUEST", "no");
    scene.server().fail(1, "POST", "/runs/log-model", no);
    log().expect_code(1);
    let sent = confirmed(&scene);
    change(&folder);
    scene.server().forget();
    log().expect_code(1).expect_stderr("has something named");
    assert!(!sent.is_empty() && confirmed(&scene).is_empty());
}

/// A model of more than is hashed before it is sent.
#[test]
fn a_large_model_that_changed_is_gone_on_with_and_tagged_as_it_is() {
    let scene = Scene::fake(Generation::Three);
    let folder = scene.context.copy_of(&phi3_tiny(), "changing");
    fs_err::write(folder.join("adapter.bin"), vec![7; 17 << 20]).unwrap();
    let log = || {
        let log = ["log-model", "changing", "-o", "json"];
        scene.context.phi3ml(log).run()
    };
    let no = Fault::error(400, "BAD_REQUEST", "no");
    scene.server().fail(1, "PUT", "/tokenizer.json", no);
    log().expect_code(1);
    let changed = change(&folder);
    scene.server().heal();
    let told = log().expect_success().json();
    let uri = told["artifact_uri"].as_str().unwrap();
    let config = "artifacts/phi3-mini-onnx/genai_config.json";
    assert_eq!(scene.api().artifact(uri, config), changed.as_bytes());
    let [model] = &scene.api().logged_models("0")[..] else {
        panic!("one logged model")
    };
    let tags = model["info"]["tags"].to_string();
    assert!(tags.contains(told["sha256"].as_str().unwrap()), "{tags}");
    let uri = told["model_uri"].as_str().unwrap();
    scene.context.phi3ml(["verify", uri]).run().expect_success();
}

#[test]
fn a_changed_file_is_sent_again() {
    let scene = Scene::fake(Generation::Three);
    let folder = scene.context.copy_of(&phi3_tiny(), "changing");
    let command = || {
        scene
            .context
            .phi3ml(["log-model", "changing", "--name", "phi3", "-o", "json"])
    };
    scene.server().fail(1, "PUT", WEIGHTS, Fault::Stall(LONG));
    let run = command().start();
    scene.server().wait_for("PUT", WEIGHTS);
    scene.server().wait_for_silence();
    run.signal("INT");
    run.finish().expect_code(130);
    let changed = change(&folder);
    let told = command().run().expect_success().json();
    let uri = told["artifact_uri"].as_str().unwrap();
    let arrived = scene
        .api()
        .artifact(uri, "artifacts/phi3-mini-onnx/genai_config.json");
    assert_eq!(arrived, changed.as_bytes());
    assert_eq!(json!(told["smoke"]), Value::Null);
}

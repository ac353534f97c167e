//! How phi3ml reaches a server: credentials, workspaces, proxies and prefixes; what it shows of that, and what not.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::log_model::log_model;
use crate::support::fake::{Fake, Fault, Generation};
use crate::support::process::Finished;
use crate::support::scene::{Scene, on_every_file, on_every_server};
use crate::support::{Context, PROMPT, unique};

const SECRET: &str = "pl4nted-s3cret";

on_every_server!(
    any_request_can_be_sent,
    the_build_is_noted_on_the_run,
    requests_are_shown_before_they_are_sent,
);
on_every_file!(the_build_is_noted_on_the_run);

fn api(scene: &Scene, arguments: &[&str]) -> Finished {
    scene.context.phi3ml(["api"]).args(arguments).run()
}

fn any_request_can_be_sent(scene: &Scene) {
    let version = api(scene, &["GET", "/version"]).expect_success();
    let expected = match scene.generation {
        Generation::Three => "3.17.2",
        Generation::Two => "2.22.5",
    };
    assert_eq!(version.stdout, expected, "as it came: {version}");

    let name = unique("api");
    let data = json!({ "name": name }).to_string();
    let path = "/api/2.0/mlflow/experiments/create";
    let told = api(scene, &["POST", path, "--dry-run", "--data", &data]).expect_success();
    assert!(told.stderr.contains("would send POST"), "{told}");
    let made = api(scene, &["post", path, "--data", &data, "-o", "json"]).expect_success();
    let found = scene.api().experiment(&name);
    assert_eq!(made.json()["experiment_id"], found["experiment_id"]);

    let again = api(scene, &["POST", path, "--data", &data, "-o", "json"]).expect_code(1);
    let error = again.error_json();
    assert!(
        error["message"]
            .as_str()
            .unwrap()
            .contains("RESOURCE_ALREADY_EXISTS"),
        "{again}"
    );
    api(scene, &["GET", "http://127.0.0.1:1/version"]).expect_code(2);
    api(scene, &["POST", path, "--data", "{"]).expect_code(2);
    api(scene, &["GET", path, "--data", "{}"]).expect_code(2);
}

fn the_build_is_noted_on_the_run(scene: &Scene) {
    let run = log_model(scene, &["--tag", "team=own"])
        .env("GITHUB_ACTIONS", "true")
        .env("GITHUB_SERVER_URL", "https://github.com")
        .env("GITHUB_REPOSITORY", "a/b")
        .env("GITHUB_RUN_ID", "77")
        .env("GITHUB_RUN_NUMBER", "5")
        .env("GITHUB_SHA", "0123abc")
        .env("GITHUB_REF", "refs/pull/12/merge")
        .env("LOGNAME", "ann")
        .env("MLFLOW_RUN_CONTEXT", r#"{"team":"nlp","shift":"night"}"#)
        .run()
        .expect_success()
        .json();
    let tags = scene.api().run(run["run_id"].as_str().unwrap())["data"]["tags"].clone();
    let expected = [
        ("mlflow.user", "ann"),
        ("mlflow.source.type", "JOB"),
        ("mlflow.source.name", "https://github.com/a/b"),
        ("phi3ml.ci.provider", "github"),
        ("phi3ml.ci.build", "5"),
        ("phi3ml.ci.url", "https://github.com/a/b/actions/runs/77"),
        ("phi3ml.ci.commit", "0123abc"),
        ("phi3ml.ci.pull_request", "12"),
        ("team", "own"),
        ("shift", "night"),
    ];
    for (key, value) in expected {
        assert_eq!(tags[key], value, "{key}: {tags}");
    }
}

fn requests_are_shown_before_they_are_sent(scene: &Scene) {
    let finished = log_model(scene, &["--print-curl", "-q"])
        .env("MLFLOW_TRACKING_TOKEN", SECRET)
        .run()
        .expect_success();
    let commands: Vec<&str> = finished.stderr.lines().collect();
    assert!(
        commands.iter().all(|line| line.starts_with("curl '")
            || line.starts_with("curl -X ")
            || line.starts_with("curl --head ")),
        "{finished}"
    );
    let holding = |parts: &[&str]| {
        let holds = |line: &&&str| parts.iter().all(|part| line.contains(part));
        commands.iter().filter(holds).count()
    };
    assert_eq!(
        holding(&["-X POST", "/runs/create'", "--data-binary '{"]),
        1
    );
    assert_eq!(
        holding(&["-X PUT", "/model.onnx.data'", "--upload-file '"]),
        1
    );
    assert_eq!(holding(&["-X PUT", "/MLmodel'", "--data-binary @- #"]), 1);
    // A user with a password comes before a token.
    let masked = if scene.is_guarded() {
        "--user '***:***'"
    } else {
        "authorization: Bearer ***"
    };
    assert_eq!(holding(&[masked]), commands.len(), "{finished}");
    assert!(!finished.stderr.contains(SECRET), "{finished}");
}

#[test]
fn a_run_context_that_is_no_json_is_told_and_left_out() {
    let scene = Scene::fake(Generation::Three);
    let run = log_model(&scene, &[]).env("MLFLOW_RUN_CONTEXT", "team=nlp");
    run.run()
        .expect_success()
        .expect_stderr("warning: MLFLOW_RUN_CONTEXT is ignored");
}

/// A server that has workspaces, or says nothing of them.
fn with_workspaces(scene: &Scene, enabled: bool) {
    let fault = Fault::Answer {
        status: 200,
        content_type: "application/json",
        body: json!({ "workspaces_enabled": enabled }).to_string(),
    };
    scene
        .server()
        .fail(usize::MAX, "GET", "/server-info", fault);
}

/// The workspace that each request named, but for the two that ask what sort of server it is.
fn workspaces(scene: &Scene) -> Vec<Option<String>> {
    let requests = scene.server().requests();
    let requests = requests
        .iter()
        .filter(|seen| !seen.path.ends_with("/server-info") && seen.path != "/version");
    let named = requests.map(|seen| {
        let value = seen.headers.get("x-mlflow-workspace")?;
        Some(value.to_str().unwrap().to_owned())
    });
    named.collect()
}

#[test]
fn a_workspace_is_named_to_a_server_that_has_some() {
    let scene = Scene::fake(Generation::Three);
    with_workspaces(&scene, true);
    log_model(&scene, &["--workspace", "team-a", "--register", "phi3"])
        .run()
        .expect_success();
    let named = workspaces(&scene);
    assert!(
        named.iter().all(|name| name.as_deref() == Some("team-a")),
        "{}",
        scene.server().story()
    );
    assert_eq!(scene.server().requests_to("GET", "/server-info").len(), 1);
    scene.server().forget();
    api(
        &scene,
        &["GET", "/api/3.0/mlflow/workspaces", "--workspace", "team-a"],
    )
    .expect_code(1);
    assert_eq!(workspaces(&scene), [None]);
}

#[test]
fn doctor_looks_into_the_workspace_and_no_other() {
    let scene = Scene::fake(Generation::Three);
    with_workspaces(&scene, true);
    let doctor = scene.context.phi3ml(["doctor", "--workspace", "team-a"]);
    doctor.run().expect_success();
    let named = workspaces(&scene);
    let is_named = |name: &Option<String>| name.as_deref() == Some("team-a");
    assert!(
        named.len() > 3 && named.iter().all(is_named),
        "{}",
        scene.server().story()
    );
}

#[test]
fn no_workspace_is_named_to_a_server_that_has_none() {
    for generation in [Generation::Two, Generation::Three] {
        let scene = Scene::fake(generation);
        let finished = log_model(&scene, &[])
            .env("MLFLOW_WORKSPACE", "team-a")
            .run()
            .expect_success();
        assert!(workspaces(&scene).iter().all(Option::is_none));
        assert!(finished.stderr.contains("has no workspaces"), "{finished}");
        scene.server().forget();
        log_model(&scene, &[]).run().expect_success();
        let asked = scene.server().requests_to("GET", "/server-info");
        assert!(asked.is_empty(), "nobody asked for a workspace");
    }
}

#[test]
fn without_an_answer_about_workspaces_nothing_is_written() {
    let scene = Scene::fake(Generation::Three);
    scene
        .server()
        .fail(usize::MAX, "GET", "/server-info", Fault::unavailable());
    log_model(&scene, &["--workspace", "team-a"])
        .env("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "1")
        .run()
        .expect_code(1);
    assert!(scene.server().requests_to("POST", "/").is_empty());
}

#[test]
fn the_registry_may_be_another_server() {
    let scene = Scene::fake(Generation::Three);
    let registry = Fake::start(Generation::Three);
    let host = registry.api.url.strip_prefix("http://").unwrap();
    log_model(&scene, &["--register", "phi3", "--alias", "champion"])
        .env("MLFLOW_REGISTRY_URI", &format!("http://{host}"))
        .env("MLFLOW_TRACKING_TOKEN", SECRET)
        .run()
        .expect_success();
    assert!(registry.api.is_registered("phi3"));
    assert!(!scene.api().is_registered("phi3"));
    assert!(registry.requests_to("POST", "/runs/").is_empty());
}

#[test]
fn who_stands_in_the_address_is_sent_and_never_shown() {
    let scene = Scene::fake(Generation::Three);
    let host = scene.api().url.strip_prefix("http://").unwrap().to_owned();
    let uri = format!("http://annabel:{SECRET}@{host}");
    let wrong = format!("http://annabel:{SECRET}@{host}/nowhere");
    let mut told = Vec::new();
    for (uri, code) in [(&uri, 0), (&wrong, 1)] {
        let arguments = ["--tracking-uri", uri, "--print-curl", "-vv"];
        told.push(log_model(&scene, &arguments).run().expect_code(code));
        let arguments = ["--tracking-uri", uri, "--dry-run", "-o", "text"];
        told.push(
            scene
                .context
                .phi3ml(["register", "models:/phi3/1", "other"])
                .args(arguments)
                .run()
                .expect_code(1),
        );
    }
    for finished in told {
        for text in [&finished.stdout, &finished.stderr] {
            assert!(
                !text.contains(SECRET) && !text.contains("annabel"),
                "{finished}"
            );
        }
    }
    let requests = scene.server().requests_to("POST", "/runs/create");
    assert!(requests[0].headers.contains_key("authorization"));
}

#[test]
fn credentials_do_not_follow_to_another_host() {
    let scene = Scene::fake(Generation::Three);
    let elsewhere = Fake::start(Generation::Three);
    let host = elsewhere.api.url.strip_prefix("http://").unwrap();
    let run = scene.api().create_run("0");
    let uri = format!("mlflow-artifacts://{host}/0/{run}/artifacts");
    let model = json!({ "model": { "info": {
        "model_id": "m-0123456789abcdef0123456789abcdef", "experiment_id": "0", "name": "phi3",
        "artifact_uri": uri, "status": "LOGGED_MODEL_READY", "source_run_id": run,
        "creation_timestamp_ms": 1, "last_updated_timestamp_ms": 1,
    }, "data": {} } });
    let fault = Fault::Answer {
        status: 200,
        content_type: "application/json",
        body: model.to_string(),
    };
    scene.server().fail(9, "GET", "/logged-models/", fault);
    let uri = "models:/m-0123456789abcdef0123456789abcdef";
    scene
        .context
        .phi3ml(["predict", "-m", uri, "--prompt", PROMPT])
        .env("MLFLOW_TRACKING_TOKEN", SECRET)
        .run()
        .expect_code(1);
    let strangers = elsewhere.requests();
    assert!(!strangers.is_empty());
    for seen in strangers {
        assert!(!seen.headers.contains_key("authorization"), "{seen}");
    }
}

#[test]
fn a_proxy_is_used_where_one_is_named() {
    let proxy = Fake::start(Generation::Three);
    let mut context = Context::new();
    context.set("MLFLOW_TRACKING_URI", "http://mlflow.invalid/prefix");
    context.set("HTTP_PROXY", &proxy.api.url);
    // The proxy is the fake itself, which takes the whole address as its path.
    let finished = context.phi3ml(["api", "GET", "/version"]).run();
    let requests = proxy.requests();
    assert_eq!(requests.len(), 1, "{finished}");
    let host = requests[0].headers["host"].to_str().unwrap();
    assert_eq!(host, "mlflow.invalid");
    assert_eq!(requests[0].path, "/prefix/version");

    context.set("NO_PROXY", "mlflow.invalid");
    context
        .phi3ml(["api", "GET", "/version"])
        .env("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "0")
        .run()
        .expect_code(1);
    assert_eq!(proxy.requests().len(), 1);
}

#[test]
fn a_connection_that_fails_says_why_in_one_sentence() {
    let port = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap().port()
    };
    let cases = [
        (format!("http://127.0.0.1:{port}"), "Connection refused"),
        ("http://nowhere.invalid".to_owned(), "lookup"),
    ];
    for (uri, reason) in cases {
        let context = Context::new();
        let finished = context
            .phi3ml(["api", "GET", "/version", "--tracking-uri", &uri])
            .args(["-o", "json"])
            .env("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "0")
            .run()
            .expect_code(1);
        let error = finished.error_json();
        let causes: Vec<Value> = error["causes"].as_array().unwrap().clone();
        assert_eq!(causes.len(), 1, "{finished}");
        assert!(causes[0].as_str().unwrap().contains(reason), "{finished}");
    }
}

/// Ctrl-C ends whatever waits for a server within a second.
#[cfg(unix)]
#[test]
fn every_command_that_waits_can_be_stopped() {
    let scene = Scene::fake(Generation::Three);
    let run = scene.api().create_run("0");
    let commands: [(&[&str], &str); 8] = [
        (&["experiments", "create", "new"], "experiments/create"),
        (&["experiments", "get", "0"], "experiments/get"),
        (&["runs", "create"], "runs/create"),
        (&["runs", "finish", &run], "runs/"),
        (&["log-params", "--run-id", &run, "a=1"], "runs/log-"),
        (&["log-metrics", "--run-id", &run, "a=1"], "runs/log-"),
        (&["set-tags", "--run-id", &run, "a=1"], "runs/"),
        (
            &[
                "log-inputs",
                "--run-id",
                &run,
                "--name",
                "data",
                "--source",
                "a.csv",
            ],
            "runs/log-inputs",
        ),
    ];
    for (command, path) in commands {
        scene.server().forget();
        for method in ["GET", "POST"] {
            let long = Fault::Delay(Duration::from_mins(1));
            scene.server().fail(usize::MAX, method, path, long);
        }
        let started = scene.context.phi3ml(command).start();
        let until = Instant::now() + Duration::from_mins(1);
        let asked = || scene.server().requests();
        while asked().iter().all(|it| !it.path.contains(path)) {
            assert!(Instant::now() < until, "{command:?} asks nothing");
            std::thread::sleep(Duration::from_millis(5));
        }
        let since = Instant::now();
        started.signal("INT");
        started.finish().expect_code(130);
        // Far less than the server's minute; how fast it is is a benchmark's business.
        assert!(since.elapsed() < Duration::from_secs(20), "{command:?}");
        scene.server().heal();
    }
}

//! What goes wrong is named, with what to do about it; and secrets are never part of it.

use serde_json::Value;

use crate::log_model::log_model;
use crate::support::fake::{Fault, Generation};
use crate::support::process::Finished;
use crate::support::scene::Scene;
use crate::support::{Context, PROMPT, fixture, phi3_tiny};

const SECRET: &str = "pl4nted-s3cret";
const METHODS: [&str; 3] = ["GET", "POST", "PUT"];

/// Every request is answered like this.
fn always(scene: &Scene, fault: &Fault) {
    for method in METHODS {
        scene.server().fail(usize::MAX, method, "/", fault.clone());
    }
}

/// What each verb says to the same trouble.
fn all_verbs(scene: &Scene) -> Vec<Finished> {
    let model = phi3_tiny();
    let model = model.to_str().unwrap();
    let uri = "models:/phi3@champion";
    let commands = [
        vec!["log-model", model, "--name", "phi3"],
        vec![
            "register",
            "models:/m-0123456789abcdef0123456789abcdef",
            "phi3",
        ],
        vec!["predict", "-m", uri, "--prompt", PROMPT],
    ];
    commands
        .iter()
        .map(|command| scene.context.phi3ml(command).once().run().expect_code(1))
        .collect()
}

#[test]
fn a_server_that_is_not_there() {
    let mut context = Context::new();
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let url = format!("http://127.0.0.1:{port}");
    context.set("MLFLOW_TRACKING_URI", &url);
    let model = phi3_tiny();
    let finished = context
        .phi3ml(["log-model", model.to_str().unwrap()])
        .once()
        .run()
        .expect_code(1);
    assert_eq!(finished.stdout, "");
    assert!(finished.stderr.starts_with("error: "), "{finished}");
    assert!(
        finished.stderr.contains(&format!("127.0.0.1:{port}")),
        "{finished}"
    );
    assert!(finished.stderr.contains("hint: "), "{finished}");
    let json = context
        .phi3ml(["log-model", model.to_str().unwrap(), "-o", "json"])
        .once()
        .run();
    let error = json.expect_code(1).error_json();
    let keys: Vec<&str> = error
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(keys, ["kind", "message", "causes", "hints"]);
    assert_eq!(error["kind"], "unavailable");
    assert!(
        error["causes"].is_array() && error["hints"].is_array(),
        "{error}"
    );
}

#[test]
fn a_server_that_is_not_mlflow() {
    let scene = Scene::fake(Generation::Three);
    always(&scene, &Fault::page(200, "It works!"));
    for finished in all_verbs(&scene) {
        assert!(
            finished.stderr.contains("MLflow"),
            "it says what was expected: {finished}"
        );
        assert!(
            !finished.stderr.contains("<html"),
            "pages are for browsers: {finished}"
        );
    }
}

#[test]
fn a_server_that_says_no_in_html() {
    for (status, word) in [(401, "MLFLOW_TRACKING_"), (403, "403")] {
        let scene = Scene::fake(Generation::Three);
        always(&scene, &Fault::page(status, "No"));
        for finished in all_verbs(&scene) {
            assert!(finished.stderr.contains(&status.to_string()), "{finished}");
            assert!(finished.stderr.contains(word), "{finished}");
            assert!(!finished.stderr.contains("<html"), "{finished}");
        }
    }
}

#[test]
fn answers_that_are_cut_short() {
    let scene = Scene::fake(Generation::Three);
    scene.api().create_experiment("cut");
    scene
        .server()
        .fail(usize::MAX, "GET", "/experiments/get-by-name", Fault::Halve);
    let run = log_model(&scene, &["--experiment-name", "cut"])
        .once()
        .run();
    let finished = run.expect_code(1);
    let error = finished.error_json();
    assert!(
        error.to_string().contains("experiments/get-by-name"),
        "{finished}"
    );
    assert_eq!(error["kind"], "corrupt", "{finished}");
}

#[test]
fn things_that_are_not_there_are_named() {
    for generation in [Generation::Three, Generation::Two] {
        let scene = Scene::fake(generation);
        let told = log_model(&scene, &["--register", "phi3"])
            .run()
            .expect_success()
            .json();
        let run_id = told["run_id"].as_str().unwrap();
        let cases = [
            ("models:/phi4/1".to_owned(), "phi4"),
            ("models:/phi3/7".to_owned(), "7"),
            ("models:/phi3@challenger".to_owned(), "challenger"),
            (
                "models:/m-0123456789abcdef0123456789abcdef".to_owned(),
                "m-0123456789abcdef",
            ),
            (format!("runs:/{run_id}/nowhere"), "nowhere"),
            (
                "runs:/0123456789abcdef0123456789abcdef/phi3".to_owned(),
                "0123456789abcdef",
            ),
        ];
        for (uri, named) in cases {
            let arguments = ["predict", "-m", &uri, "--prompt", PROMPT, "-o", "json"];
            let finished = scene.context.phi3ml(arguments).once().run().expect_code(1);
            let error = finished.error_json();
            // MLflow 2 has no logged models at all: nothing to look for.
            let is_unknown_kind = generation == Generation::Two && uri.starts_with("models:/m-");
            let kind = if is_unknown_kind {
                "refused"
            } else {
                "not_found"
            };
            assert_eq!(error["kind"], kind, "{generation:?} {uri}: {finished}");
            assert!(
                error.to_string().contains(named),
                "{generation:?} {uri}: {finished}"
            );
        }
    }
}

#[test]
fn uris_that_mean_nothing_are_usage_errors() {
    let scene = Scene::fake(Generation::Three);
    for uri in [
        "models:/",
        "models:/phi3",
        "runs:/",
        "models:/phi3@",
        "ftp://x/y",
    ] {
        let arguments = ["predict", "-m", uri, "--prompt", PROMPT];
        let finished = scene.context.phi3ml(arguments).run();
        assert!(matches!(finished.code, Some(1 | 2)), "{finished}");
        assert!(finished.stderr.contains(uri), "{finished}");
    }
    scene.api().request("GET", "/health", None);
}

#[test]
fn what_is_no_tracking_server_is_named_unless_it_may_hold_a_password() {
    let context = Context::new();
    let list = |uri: &str| {
        let run = context.phi3ml(["models", "list", "--tracking-uri", uri]);
        run.run().expect_code(2)
    };
    list("databricks").expect_stderr("`databricks` is not the address");
    for files in ["./mlruns", "/data/mlruns", "file:///data/mlruns"] {
        let told = list(files).expect_stderr(&format!("`{files}` is not the address"));
        told.expect_stderr("`phi3ml sync --from` takes it over");
    }
    let told = list("anna:pl4nted@").stderr;
    assert!(
        !told.contains(SECRET) && !told.contains("pl4nted"),
        "{told}"
    );
}

#[test]
fn settings_that_mean_nothing_are_refused_by_name() {
    let context = Context::new();
    for (name, value) in [
        ("MLFLOW_HTTP_REQUEST_TIMEOUT", "soon"),
        ("MLFLOW_HTTP_REQUEST_TIMEOUT", "0"),
        ("MLFLOW_HTTP_REQUEST_TIMEOUT", "-1"),
        ("MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR", "-2"),
        ("MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR", "NaN"),
        ("MLFLOW_HTTP_REQUEST_BACKOFF_JITTER", "inf"),
    ] {
        let run = context.phi3ml(["models", "list"]).env(name, value).run();
        let run = run.expect_code(2).expect_stderr(name);
        run.expect_stderr(value);
    }
}

#[test]
fn a_name_in_place_of_a_uri_is_explained() {
    let context = Context::new();
    let ask = |uri: &str| {
        context
            .phi3ml(["predict", "-m", uri, "--prompt", PROMPT])
            .run()
    };
    let told = ask("phi3").expect_code(1);
    let told = told.expect_stderr("there is no `phi3` on this machine");
    told.expect_stderr("`models:/phi3/latest`");
    ask("no/such/folder")
        .expect_code(1)
        .expect_stderr("no `no/such/folder`");

    let model = phi3_tiny();
    let asked = ["predict", "-m", model.to_str().unwrap(), "--prompt", PROMPT];
    for option in ["temperature", "top-k", "top-p", "repetition-penalty"] {
        let run = context
            .phi3ml(asked)
            .args([&format!("--{option}"), "-1"])
            .run();
        let name = format!("`{}` is -1", option.replace('-', "_"));
        run.expect_code(2).expect_stderr(&name);
    }
}

#[test]
fn broken_fixtures_are_refused_by_name() {
    let scene = Scene::fake(Generation::Three);
    let mut tried = 0;
    for entry in fs_err::read_dir(fixture("broken")).unwrap() {
        let folder = entry.unwrap().path();
        // phi3ml cannot run that one, but as an MLflow model there is nothing wrong with it.
        if !folder.is_dir() || folder.ends_with("mlmodel-without-genai") {
            continue;
        }
        let finished = scene
            .context
            .phi3ml(["log-model"])
            .args([&folder])
            .run()
            .expect_code(1);
        assert!(
            finished.stderr.starts_with("error: "),
            "{}: {finished}",
            folder.display()
        );
        tried += 1;
    }
    assert!(tried >= 20, "only {tried} defects were there to be tried");
    assert!(scene.api().runs("0").is_empty());
}

#[test]
fn secrets_are_never_shown() {
    let faults = [
        None,
        Some(Fault::page(401, "No")),
        Some(Fault::error(500, "INTERNAL_ERROR", "no")),
    ];
    for fault in faults {
        let scene = Scene::fake(Generation::Three);
        if let Some(fault) = &fault {
            always(&scene, fault);
        }
        let in_url = scene
            .api()
            .url
            .replace("http://", &format!("http://anna:{SECRET}@"));
        let ways: [&[(&str, &str)]; 3] = [
            &[
                ("MLFLOW_TRACKING_USERNAME", "anna"),
                ("MLFLOW_TRACKING_PASSWORD", SECRET),
            ],
            &[("MLFLOW_TRACKING_TOKEN", SECRET)],
            &[("MLFLOW_TRACKING_URI", &in_url)],
        ];
        for way in ways {
            let run = log_model(&scene, &["-vv", "--smoke", PROMPT]).once();
            let run = way
                .iter()
                .fold(run, |run, (name, value)| run.env(name, value));
            let finished = run.run();
            let encoded = "YW5uYTpwbDRudGVkLXMzY3JldA==";
            let said = format!("{}{}", finished.stdout, finished.stderr);
            for secret in [SECRET, encoded] {
                assert!(!said.contains(secret), "{way:?} {finished}");
            }
            let sent = scene.server().requests();
            let sent = sent.iter().find_map(|it| it.headers.get("authorization"));
            assert!(
                sent.is_some(),
                "the credentials were sent, all the same: {way:?} {finished}"
            );
            let helped = scene.context.phi3ml(["log-model", "--help"]).once();
            let helped = way
                .iter()
                .fold(helped, |run, (name, value)| run.env(name, value));
            assert!(!helped.run().stdout.contains(SECRET));
            scene.server().forget();
        }
    }
}

#[test]
fn credentials_come_from_where_mlflow_looks_for_them() {
    let scene = Scene::fake(Generation::Three);
    let folder = scene.context.path("home/.mlflow");
    fs_err::create_dir(&folder).unwrap();
    let text =
        format!("[mlflow]\nmlflow_tracking_username = anna\nmlflow_tracking_password = {SECRET}\n");
    fs_err::write(folder.join("credentials"), text).unwrap();
    log_model(&scene, &[]).run().expect_success();
    let all = scene.server().requests();
    let expected = "Basic YW5uYTpwbDRudGVkLXMzY3JldA==";
    assert!(all.iter().all(|it| {
        it.headers
            .get("authorization")
            .is_some_and(|it| it == expected)
    }));
    assert!(
        all.iter()
            .all(|it| it.json == Value::Null || !it.json.to_string().contains(SECRET))
    );
}

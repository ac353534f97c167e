//! What others wrote and a terminal would obey: nothing of it reaches a terminal, and programs get it as it is.
#![cfg(unix)]

use serde_json::json;

use crate::support::fake::{Fault, Generation};
use crate::support::process::{Finished, Phi3ml};
use crate::support::python::Python;
use crate::support::scene::Scene;
use crate::support::{Context, PROMPT, phi3_tiny};

/// Sets the title, clears the screen in two ways, rings the bell, writes over the line.
const EVIL: &str = "a\u{1b}]0;title\u{7}\u{1b}[2J\u{9b}2Jb\rover\u{8}\u{7f}end";
/// The same, harmless.
const SHOWN: &str = "a␛]0;title␇␛[2J\u{fffd}2Jb␍over␈␡end";

fn on_a_terminal(run: Phi3ml) -> Finished {
    run.run_on_a_terminal(&Python::mlflow3().interpreter())
}

/// Fails where anything but our own colours could be obeyed.
#[track_caller]
fn is_harmless(finished: &Finished) {
    let colours = regex::Regex::new("\u{1b}\\[[0-9;]*m").unwrap();
    for text in [&finished.stdout, &finished.stderr] {
        let text = colours.replace_all(text, "");
        let obeyed = text
            .chars()
            .find(|it| it.is_control() && !matches!(it, '\n' | '\t'));
        assert_eq!(obeyed, None, "{finished:?}");
    }
}

/// An experiment, a run and a registered model with names and texts that a terminal would obey.
fn evil_scene() -> (Scene, String) {
    let scene = Scene::fake(Generation::Three);
    let tag =
        json!([{ "key": EVIL, "value": EVIL }, { "key": "mlflow.note.content", "value": EVIL }]);
    let api = scene.api();
    let id = api.post("experiments/create", &json!({ "name": EVIL, "tags": tag }))["experiment_id"]
        .clone();
    let run = json!({ "experiment_id": id, "run_name": EVIL, "tags": tag, "start_time": 1 });
    let run = api.post("runs/create", &run)["run"]["info"]["run_id"].clone();
    let run = run.as_str().unwrap().to_owned();
    let logged = json!({ "run_id": run, "params": tag, "metrics": [{ "key": EVIL, "value": 1, "timestamp": 1 }] });
    api.post("runs/log-batch", &logged);
    let model = json!({ "name": "a", "description": EVIL, "tags": tag });
    api.post("registered-models/create", &model);
    (scene, run)
}

#[test]
fn names_and_texts_of_a_server_are_shown_and_not_obeyed() {
    let (scene, run) = evil_scene();
    let commands: [&[&str]; 10] = [
        &["experiments", "get", EVIL],
        &["experiments", "list"],
        &["experiments", "set-tag", EVIL, "a=b"],
        &["runs", "get", &run],
        &["runs", "get", &run, &run],
        &["runs", "list", "--experiment-id", "1"],
        &["runs", "export", "--experiment-id", "1"],
        &["metrics", "history", "--run-id", &run, EVIL, "--plot"],
        &["models", "get", "a"],
        &["models", "list"],
    ];
    for command in commands {
        for format in ["text", "json", "jsonl"] {
            let command = || {
                scene
                    .context
                    .phi3ml(command)
                    .args(["-o", format, "--print-curl", "-vv"])
            };
            let shown = on_a_terminal(command().args(["--progress", "none"]));
            is_harmless(&shown.expect_success());
        }
    }
    let shown = scene.context.phi3ml(["models", "get", "a"]);
    let shown = on_a_terminal(shown).stdout;
    assert!(shown.contains(SHOWN), "{shown}");
    let exact = scene.context.phi3ml(["models", "get", "a", "-o", "json"]);
    assert_eq!(exact.run().json()["description"], EVIL);
    let exported = [
        "runs",
        "export",
        "--experiment-id",
        "1",
        "--columns",
        "run_name",
    ];
    let exported = scene.context.phi3ml(exported).run().stdout;
    assert!(
        exported.contains(EVIL),
        "a pipe gets it as it is: {exported:?}"
    );
}

#[test]
fn errors_and_warnings_are_shown_and_not_obeyed() {
    for fault in [
        Fault::error(400, "INVALID_PARAMETER_VALUE", EVIL),
        Fault::error(403, EVIL, EVIL),
        Fault::page(404, EVIL),
        Fault::Answer {
            status: 200,
            content_type: "text/plain",
            body: EVIL.to_owned(),
        },
    ] {
        let scene = Scene::fake(Generation::Three);
        for method in ["GET", "POST"] {
            scene.server().fail(usize::MAX, method, "/", fault.clone());
        }
        for command in [
            &["experiments", "get", "1"][..],
            &["models", "list"],
            &["doctor"],
        ] {
            for more in [
                &["-vv", "--progress", "none"][..],
                &["-o", "json", "--progress", "none"],
                &["--progress", "json"],
            ] {
                let command = || {
                    let command = scene.context.phi3ml(command).args(more);
                    command.env("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "0")
                };
                is_harmless(&on_a_terminal(command()));
                // What is said on the way is for people even where it is kept in a file.
                let kept = command().run();
                assert!(!kept.stderr.contains(['\u{1b}', '\u{7}', '\r']), "{kept:?}");
            }
        }
    }
}

#[test]
fn a_raw_answer_is_exact_in_a_pipe_alone() {
    let scene = Scene::fake(Generation::Three);
    let body = EVIL.to_owned();
    let fault = Fault::Answer {
        status: 200,
        content_type: "text/plain",
        body,
    };
    scene.server().fail(2, "GET", "/version", fault);
    let command = || scene.context.phi3ml(["api", "GET", "/version"]);
    assert_eq!(command().run().expect_success().stdout, EVIL);
    let shown = on_a_terminal(command());
    assert_eq!(shown.stdout, format!("{SHOWN}\n"));
}

/// The tiny Phi-3, its full stop turned into something that a terminal would obey.
fn evil_model(context: &Context) -> String {
    let folder = context.copy_of(&phi3_tiny(), "evil");
    let path = folder.join("tokenizer.json");
    let text = fs_err::read_to_string(&path).unwrap();
    let mut tokenizer: serde_json::Value = serde_json::from_str(&text).unwrap();
    let replace = json!({ "type": "Replace", "pattern": { "String": "." }, "content": EVIL });
    let steps = tokenizer["decoder"]["decoders"].as_array_mut().unwrap();
    steps.insert(0, replace);
    fs_err::write(&path, tokenizer.to_string()).unwrap();
    folder.to_str().unwrap().to_owned()
}

#[test]
fn an_answer_is_exact_in_a_pipe_and_harmless_on_a_terminal() {
    let context = Context::new();
    let model = evil_model(&context);
    for more in [&[][..], &["--no-stream"]] {
        let ask = || {
            let ask = context.phi3ml(["predict", "-m", &model, "--prompt", PROMPT]);
            ask.args(more).args(["--engine", "rten", "-q"])
        };
        let exact = ask().run().expect_success().stdout;
        assert!(exact.ends_with(&format!("Madrid{EVIL}\n")), "{exact:?}");
        let shown = on_a_terminal(ask()).expect_success().stdout;
        assert!(shown.ends_with(&format!("Madrid{SHOWN}\n")), "{shown:?}");
    }
    let json = context.phi3ml(["predict", "-m", &model, "--prompt", PROMPT, "-o", "json"]);
    let told = json.run().expect_success().json();
    assert!(told["output"].as_str().unwrap().ends_with(EVIL), "{told}");
}

#[test]
fn what_an_answer_took_stands_on_a_line_of_its_own() {
    let context = Context::new();
    let model = phi3_tiny();
    let arguments = ["predict", "-m", model.to_str().unwrap(), "--prompt", PROMPT];
    let shown = on_a_terminal(context.phi3ml(arguments).args(["--stats"]));
    let shown = shown.expect_success().stdout;
    assert!(shown.contains("Madrid.\n"), "{shown:?}");
    assert!(
        shown.ends_with('\n') && !shown.ends_with("\n\n"),
        "{shown:?}"
    );
}

#[test]
fn answers_to_rows_are_exact_in_a_pipe_and_harmless_on_a_terminal() {
    let context = Context::new();
    let model = evil_model(&context);
    let rows = context.path("work/rows.csv");
    fs_err::write(&rows, format!("prompt\n{PROMPT}\n")).unwrap();
    for format in ["text", "jsonl", "json"] {
        let ask = || {
            let ask = context.phi3ml(["predict", "-m", &model, "-i", rows.to_str().unwrap()]);
            ask.args(["--engine", "rten", "-q", "-o", format])
        };
        is_harmless(&on_a_terminal(ask()).expect_success());
        let exact = ask().run().expect_success().stdout;
        if format == "text" {
            let shown = EVIL.replace('\n', "\n   ");
            assert!(exact.ends_with(&format!("Madrid{shown}\n")), "{exact:?}");
        }
    }
}

#[test]
fn a_shell_is_not_offered_what_it_cannot_type() {
    let (scene, _) = evil_scene();
    let complete = scene
        .context
        .phi3ml(["--", "phi3ml", "experiments", "get", ""]);
    let complete = complete.env("COMPLETE", "fish").env("_CLAP_IFS", "\n");
    let given = complete.run().expect_success().stdout;
    assert!(given.contains("Default"), "{given:?}");
    assert!(!given.contains(['\u{1b}', '\u{7}', '\r']), "{given:?}");
}

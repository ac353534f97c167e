//! What people and programs see: where it is printed, in which form, in which colours.

use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::log_model::{log_model, main_job};
use crate::support::fake::{Fault, Generation};
use crate::support::scene::Scene;
use crate::support::{ANSWER, Context, PROMPT, phi3_tiny};

const ESCAPE: char = '\u{1b}';

#[test]
fn version_and_help_need_nothing() {
    let context = Context::new();
    let bare = |arguments: &[&str]| {
        let run = context
            .phi3ml(arguments)
            .env("MLFLOW_TRACKING_URI", "nonsense://[");
        run.run().expect_success()
    };
    let version = bare(&["--version"]);
    assert_eq!(
        version.stdout,
        concat!("phi3ml ", env!("CARGO_PKG_VERSION"), "\n")
    );
    assert_eq!(version.stderr, "");
    for command in [
        "log-model",
        "register",
        "predict",
        "runtime",
        "completions",
        "man",
    ] {
        assert!(bare(&["--help"]).stdout.contains(command), "{command}");
        assert!(
            bare(&[command, "--help"]).stdout.contains("Usage:"),
            "{command}"
        );
    }
    for place in ["cache", "data", "state", "home"] {
        let mut entries = fs_err::read_dir(context.path(place)).unwrap();
        assert!(entries.next().is_none(), "{place} was written to");
    }
}

#[test]
fn starting_is_quick() {
    let context = Context::new();
    let best = (0..5).map(|_| {
        let started = Instant::now();
        context.phi3ml(["--version"]).run().expect_success();
        started.elapsed()
    });
    // A release build is held to 10 ms by hand; a debug build on a busy machine must still not wait for anything.
    assert!(best.min().unwrap() < Duration::from_millis(500));
}

#[test]
fn wrong_usage_has_its_own_exit_code() {
    let context = Context::new();
    for arguments in [
        &["no-such-command"][..],
        &["log-model"],
        &["predict", "--no-such-flag"],
        &[],
    ] {
        let finished = context.phi3ml(arguments).run().expect_code(2);
        assert_eq!(finished.stdout, "", "{finished}");
        assert!(finished.stderr.contains("Usage:"), "{finished}");
    }
}

#[test]
fn stdout_is_data_only() {
    let scene = Scene::fake(Generation::Three);
    let job = main_job(&scene, "data", "Madrid").expect_success();
    job.json();
    let model = phi3_tiny();
    let model = model.to_str().unwrap();
    let answer = scene
        .context
        .phi3ml(["predict", "-m", model, "--prompt", PROMPT])
        .run();
    assert_eq!(answer.expect_success().stdout, format!("{ANSWER}\n"));
    let quiet = log_model(&scene, &["-q"]).run().expect_success();
    assert_eq!(quiet.stderr, "", "quiet is quiet: {quiet}");
    quiet.json();
}

#[test]
fn a_person_is_told_what_was_done_and_where_to_look() {
    let scene = Scene::fake(Generation::Three);
    let model = phi3_tiny();
    let finished = scene
        .context
        .phi3ml([
            "log-model",
            model.to_str().unwrap(),
            "--name",
            "phi3",
            "--register",
            "phi3",
        ])
        .args([
            "--alias", "champion", "--smoke", PROMPT, "--expect", "Madrid",
        ])
        .run()
        .expect_success();
    for part in ["phi3", "champion", ANSWER, &scene.api().url] {
        assert!(
            finished.stdout.contains(part),
            "`{part}` is missing: {finished}"
        );
    }
    assert!(!finished.stdout.contains(ESCAPE), "{finished}");
}

#[test]
fn progress_can_be_read_by_programs_and_silenced() {
    let scene = Scene::fake(Generation::Three);
    let json = log_model(&scene, &["--progress", "json"])
        .run()
        .expect_success();
    let lines: Vec<&str> = json
        .stderr
        .lines()
        .filter(|line| line.starts_with('{'))
        .collect();
    assert!(!lines.is_empty(), "{json}");
    for line in lines {
        serde_json::from_str::<serde_json::Value>(line).unwrap();
    }
    let none = log_model(&scene, &["--progress", "none"])
        .run()
        .expect_success();
    assert!(none.stderr.len() < json.stderr.len(), "{none}");
}

/// Nothing moves for longer than the ten seconds after which a pipe is told.
#[test]
fn a_pipe_is_told_what_is_waited_for() {
    let scene = Scene::fake(Generation::Three);
    scene.server().fail(2, "PUT", "/", Fault::unavailable());
    let run = scene.api().create_run("0");
    fs_err::write(scene.context.path("work/a"), "1234").unwrap();
    let finished = scene
        .context
        .phi3ml(["log-artifacts", "--run-id", &run, "a"])
        .env("MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR", "7")
        .env("MLFLOW_HTTP_REQUEST_BACKOFF_JITTER", "0")
        .run()
        .expect_success();
    // The first attempt after a failure is made at once, the second one after twice seven seconds.
    let told: Vec<&str> = finished
        .stderr
        .lines()
        .filter(|line| line.contains(" of 4 B, "))
        .collect();
    assert_eq!(told.len(), 2, "{finished}");
    let waiting = "; waiting for the server (status 503), retry 2 in ";
    assert!(told[1].contains(waiting), "{finished}");
}

#[test]
fn colours_are_for_those_who_want_them() {
    let context = Context::new();
    let error = |arguments: &[&str], variables: &[(&str, &str)]| {
        let run = context
            .phi3ml(["predict", "-m", "nowhere", "--prompt", "x"])
            .args(arguments);
        let run = variables
            .iter()
            .fold(run, |run, (name, value)| run.env(name, value));
        run.run().expect_code(1).stderr
    };
    let plain = error(&[], &[]);
    assert!(!plain.contains(ESCAPE), "{plain}");
    assert_eq!(
        error(&["--color", "never"], &[("CLICOLOR_FORCE", "1")]),
        plain
    );
    let coloured = error(&["--color", "always"], &[]);
    assert!(coloured.contains(ESCAPE), "{coloured}");
    assert!(
        error(&["--color", "always"], &[("NO_COLOR", "1")]).contains(ESCAPE),
        "the flag wins"
    );
    assert!(error(&[], &[("CLICOLOR_FORCE", "1")]).contains(ESCAPE));
    assert_eq!(
        error(&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]),
        plain
    );
    let stripped = strip(&coloured);
    assert_eq!(stripped, plain, "colour adds nothing but colour");
}

/// Without the escape sequences that set colours.
fn strip(text: &str) -> String {
    regex::Regex::new("\u{1b}\\[[0-9;]*m")
        .unwrap()
        .replace_all(text, "")
        .into_owned()
}

#[cfg(unix)]
#[test]
fn a_reader_that_went_away_is_no_failure() {
    let context = Context::new();
    for arguments in [&["completions", "bash"][..], &["--help"], &["man"]] {
        let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_phi3ml"))
            .args(arguments)
            .env_clear()
            .env("HOME", context.path("home"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {stderr}");
        assert_eq!(stderr, "", "{arguments:?}");
    }
}

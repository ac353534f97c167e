//! The support code itself: filters, faults, environments, servers that end with their test.
//!
//! Whether the fake server answers as MLflow does is asked in `fake_is_honest`.

use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::Context;
use crate::support::fake::{Fake, Fault, Generation};
use crate::support::mlflow;
use crate::support::python::Python;

const ARTIFACTS: &str = "/api/2.0/mlflow-artifacts/artifacts";

#[test]
fn filters_take_out_what_changes() {
    let context = Context::new();
    let text = format!(
        "run 0123456789abcdef0123456789abcdef at http://127.0.0.1:4711/#/x took 1m 12s for 3.5 MiB in {}",
        context.path("work").display()
    );
    assert_eq!(
        context.filtered(&text),
        "run [RUN_ID] at http://[SERVER]/#/x took [DURATION] for [SIZE] in [WORK]"
    );
}

#[test]
fn both_pythons_have_what_the_tests_need() {
    for (python, version) in [(Python::mlflow3(), "3.17.2"), (Python::mlflow2(), "2.22.5")] {
        let ask = "import mlflow, onnxruntime, onnxruntime_genai; print(mlflow.__version__)";
        let output = python.command().args(["-c", ask]).output().unwrap();
        assert_eq!(
            String::from_utf8_lossy(&output.stdout).trim(),
            version,
            "{output:?}"
        );
        assert!(python.onnx_runtime().is_file());
    }
}

#[test]
fn real_servers_answer() {
    for (server, version) in [(mlflow::mlflow3(), "3.17.2"), (mlflow::mlflow2(), "2.22.5")] {
        assert_eq!(
            server.api.request("GET", "/version", None).body,
            json!(version).as_str().unwrap()
        );
        assert!(server.folder().join("mlflow.db").is_file());
    }
}

#[cfg(unix)]
#[test]
fn a_server_ends_when_the_pipe_to_it_closes() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("remove-me");
    fs_err::create_dir(&program).unwrap();
    let mut supervisor = Command::new("python3")
        .arg(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/python/supervise.py"
        ))
        .arg(folder.path().join("log"))
        .arg(&program)
        // A server with a child that ignores the polite signal, as a stuck worker does.
        .args(["sh", "-c", "(trap '' TERM; sleep 60) & echo $!; sleep 60"])
        .stdin(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let log = || fs_err::read_to_string(folder.path().join("log")).unwrap_or_default();
    let child = wait_for(|| log().trim().parse::<u32>().ok());
    drop(supervisor.stdin.take());
    supervisor.wait().unwrap();
    let is_alive = || {
        let arguments = ["-c", &format!("kill -0 {child} 2>/dev/null")];
        Command::new("sh")
            .args(arguments)
            .status()
            .unwrap()
            .success()
    };
    wait_for(|| (!is_alive()).then_some(()));
    assert!(!program.exists(), "the folder was to be removed");
}

#[test]
fn faults_break_what_they_should_and_only_so_often() {
    let fake = Fake::start(Generation::Three);
    let path = format!("{ARTIFACTS}/0/x");
    fake.fail(2, "PUT", "/0/x", Fault::unavailable());
    assert_eq!(
        [fake.api.put(&path, b"1"), fake.api.put(&path, b"2")],
        [503, 503]
    );
    assert_eq!(fake.api.put(&path, b"hello"), 200);
    assert!(fake.has_failed_as_planned());
    assert_eq!(fake.api.bytes(&path), b"hello");
    assert_eq!(fake.requests_to("PUT", "/0/x").len(), 3);
    fake.forget();
    assert_eq!(fake.story(), "");
}

#[test]
fn connections_break_where_they_should() {
    let fake = Fake::start(Generation::Three);
    let url = format!("{}{ARTIFACTS}/0/y", fake.api.url);
    let curl = |arguments: &[&str]| raw_exchange(&url, arguments);
    fake.fail(1, "PUT", "/0/y", Fault::ResetAfter(10));
    assert_eq!(curl(&["PUT", "0123456789abcdef"]), "");
    assert_eq!(fake.requests_to("PUT", "/0/y")[0].status, None);
    assert_eq!(
        curl(&["PUT", "0123456789abcdef"]).lines().next(),
        Some("HTTP/1.1 200 OK")
    );
    fake.fail(1, "GET", "/0/y", Fault::CloseAfter(12));
    assert_eq!(curl(&["GET", ""]), "HTTP/1.1 200");
    fake.fail(1, "GET", "/0/y", Fault::Halve);
    assert!(curl(&["GET", ""]).ends_with("\r\n\r\n01234567"));
    fake.fail(1, "GET", "/0/y", Fault::Stall(Duration::from_millis(300)));
    let started = Instant::now();
    assert!(curl(&["GET", ""]).ends_with("abcdef"));
    assert!(started.elapsed() >= Duration::from_millis(300));
    fake.fail(1, "GET", "/0/y", Fault::page(401, "Unauthorized"));
    assert!(curl(&["GET", ""]).contains("<h1>Unauthorized</h1>"));
}

#[test]
fn a_fake_that_was_never_called_would_say_so() {
    let outcome = std::panic::catch_unwind(|| drop(Fake::start(Generation::Three)));
    assert!(outcome.is_err());
}

/// One request by hand, so that nothing between hides what came; all that came back.
fn raw_exchange(url: &str, arguments: &[&str]) -> String {
    use std::io::{Read as _, Write as _};
    let (method, body) = (arguments[0], arguments[1]);
    let (host, path) = url
        .strip_prefix("http://")
        .unwrap()
        .split_once('/')
        .unwrap();
    let mut stream = std::net::TcpStream::connect(host).unwrap();
    let length = body.len();
    let head = format!(
        "{method} /{path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(body.as_bytes()).unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8(answer).unwrap()
}

fn wait_for<T>(mut probe: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + Duration::from_secs(20);
    loop {
        if let Some(found) = probe() {
            return found;
        }
        assert!(Instant::now() < deadline, "waited in vain");
        std::thread::sleep(Duration::from_millis(20));
    }
}

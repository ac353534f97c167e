//! Bytes that go past the server: to and from addresses that it signs for a bucket.

use phi3ml::digest::Digest;

use crate::artifacts::{json_of, made, phi3ml, read, run_of};
use crate::stores::{in_bucket, on_s3};
use crate::support::api::text;
use crate::support::fake::{Fault, Generation, Seen};
use crate::support::mlflow::{Served, serve_mlflow3};
use crate::support::process::Phi3ml;
use crate::support::python::Python;
use crate::support::s3::S3;
use crate::support::scene::Scene;
use crate::support::{ANSWER, Context, PROMPT, full_ring, phi3_tiny, unique};

/// A file that goes in three parts.
fn large(scene: &Scene) -> String {
    let bytes: Vec<u8> = (0_u32..3 << 20).flat_map(u32::to_le_bytes).collect();
    fs_err::write(scene.context.path("work/large"), &bytes).unwrap();
    Digest::of(&bytes).to_string()
}

/// One that is read in spans, too.
fn very_large(scene: &Scene) -> String {
    let bytes = vec![7; (36 << 20) + 1];
    fs_err::write(scene.context.path("work/large"), &bytes).unwrap();
    Digest::of(&bytes).to_string()
}

/// With parts from 6 MiB on, and somebody who has to be known to the server.
fn in_parts(run: Phi3ml) -> Phi3ml {
    run.env("MLFLOW_MULTIPART_UPLOAD_MINIMUM_FILE_SIZE", "6291456")
        .env("MLFLOW_MULTIPART_UPLOAD_CHUNK_SIZE", "5242880")
        .env("MLFLOW_TRACKING_TOKEN", "hunter2")
        .env("MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR", "0.01")
        .env("MLFLOW_HTTP_REQUEST_BACKOFF_JITTER", "0")
}

fn count(scene: &Scene, method: &str, path: &str) -> usize {
    scene.server().requests_to(method, path).len()
}

#[test]
fn addresses_whose_time_is_over_are_asked_for_again() {
    let scene = Scene::fake(Generation::Three);
    scene.server().sign_for_a_bucket(1);
    let digest = very_large(&scene);
    let run = run_of(&scene);
    let log = ["log-artifacts", "--run-id", &run, "large"];
    in_parts(phi3ml(&scene, &log)).run().expect_success();
    assert_eq!(count(&scene, "POST", "/mpu/create"), 2);
    assert_eq!(count(&scene, "POST", "/mpu/abort"), 1);
    assert_eq!(scene.server().loose_uploads(), 0);

    scene.server().sign_for_a_bucket(1);
    let fetch = ["artifacts", "download", "--run-id", &run, "-d", "out"];
    let fetch = phi3ml(&scene, &fetch).env("MLFLOW_ENABLE_PROXY_MULTIPART_DOWNLOAD", "true");
    in_parts(fetch).run().expect_success();
    assert_eq!(read(&scene.context.path("work/out"))["large"], digest);
    let refused = scene.server().requests_to("GET", "/bucket/");
    assert!(
        refused.iter().any(|it| it.status == Some(403)),
        "{}",
        scene.server().story()
    );
}

/// S3 refuses what comes with two sorts of credentials, and a bucket may be behind the name of the server.
#[test]
fn a_signed_address_of_the_server_itself_gets_nothing_but_what_was_signed() {
    let scene = Scene::fake(Generation::Three);
    scene.server().sign_for_itself();
    let digest = very_large(&scene);
    let run = run_of(&scene);
    let log = ["log-artifacts", "--run-id", &run, "large", "--print-curl"];
    let sent = in_parts(phi3ml(&scene, &log)).run().expect_success();
    let fetch = ["artifacts", "download", "--run-id", &run, "-d", "out"];
    let fetch = phi3ml(&scene, &fetch).env("MLFLOW_ENABLE_PROXY_MULTIPART_DOWNLOAD", "true");
    in_parts(fetch).run().expect_success();
    assert_eq!(read(&scene.context.path("work/out"))["large"], digest);
    let requests = scene.server().requests();
    let (signed, own): (Vec<_>, Vec<_>) = requests
        .iter()
        .filter(|it| it.headers.contains_key("user-agent"))
        .partition(|it| it.path.starts_with("/bucket/"));
    let count = |method: &str| signed.iter().filter(|it| it.method == method).count();
    assert!(
        count("PUT") == 8 && count("GET") > 0,
        "{}",
        scene.server().story()
    );
    let is_known = |it: &&Seen| it.headers.contains_key("authorization");
    assert!(!signed.iter().any(is_known), "{}", scene.server().story());
    assert!(own.iter().any(is_known), "{}", scene.server().story());
    let told = sent
        .stderr
        .lines()
        .filter(|line| line.contains("/bucket/") && line.contains("PUT"));
    assert!(told.clone().count() > 2, "{sent}");
    assert!(told.clone().all(|line| !line.contains("Bearer")), "{sent}");
}

#[test]
fn addresses_that_never_hold_are_told_with_what_to_do() {
    let scene = Scene::fake(Generation::Three);
    scene.server().sign_for_a_bucket(usize::MAX);
    large(&scene);
    let run = run_of(&scene);
    let log = ["log-artifacts", "--run-id", &run, "large"];
    let refused = in_parts(phi3ml(&scene, &log)).run().expect_code(1);
    let refused = refused.expect_stderr("have expired");
    refused.expect_stderr("MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD=false");
    assert_eq!(count(&scene, "POST", "/mpu/create"), 3);
    // And that does help.
    let log = in_parts(phi3ml(&scene, &log)).env("MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD", "false");
    log.run().expect_success();
}

/// Days later an upload is gone on with: its addresses are too old, and the store threw its parts away.
#[cfg(unix)]
/// Windows gives files no such names.
#[cfg(unix)]
#[test]
fn names_that_parts_would_change_are_refused_before_anything_is_sent() {
    let scene = Scene::fake(Generation::Three);
    scene.server().sign_for_a_bucket(0);
    large(&scene);
    made(&scene.context.path("work/in"), &["a.txt"]);
    let odd = scene.context.path("work/in/back\\slash");
    fs_err::rename(scene.context.path("work/large"), odd).unwrap();
    let run = run_of(&scene);
    let log = ["log-artifacts", "--run-id", &run, "in"];
    let refused = in_parts(phi3ml(&scene, &log)).run();
    assert_ne!(refused.code, Some(0), "{refused}");
    refused.expect_stderr("in parts, it would take the name for a path of Windows");
    assert_eq!(count(&scene, "PUT", "/mlflow-artifacts/"), 0);
    assert_eq!(count(&scene, "POST", "/mpu/create"), 0);
    // Whole, it keeps its name.
    let log = in_parts(phi3ml(&scene, &log)).env("MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD", "false");
    log.run().expect_success();
}

#[test]
fn an_upload_that_the_store_forgot_is_begun_anew() {
    use std::time::Duration;
    let scene = Scene::fake(Generation::Three);
    scene.server().sign_for_a_bucket(0);
    let digest = large(&scene);
    let run = run_of(&scene);
    let log = ["log-artifacts", "--run-id", &run, "large"];
    let long = Fault::Stall(Duration::from_mins(1));
    scene.server().fail(1, "POST", "/mpu/complete", long);
    let started = in_parts(phi3ml(&scene, &log)).start();
    scene.server().wait_for("POST", "/mpu/complete");
    started.signal("KILL");
    started.finish();
    // A bucket of its own knows nothing of it.
    scene.server().sign_for_a_bucket(0);
    scene.server().forget();
    in_parts(phi3ml(&scene, &log)).run().expect_success();
    assert_eq!(count(&scene, "POST", "/mpu/create"), 1);
    json_of(
        &scene,
        &["artifacts", "download", "--run-id", &run, "-d", "out"],
    );
    assert_eq!(read(&scene.context.path("work/out"))["large"], digest);
}

/// A store that is away keeps what it has: what is sent already is not sent again.
#[test]
fn parts_outlive_a_store_that_is_away() {
    let scene = Scene::fake(Generation::Three);
    scene.server().sign_for_a_bucket(0);
    large(&scene);
    let run = run_of(&scene);
    let log = || {
        in_parts(phi3ml(
            &scene,
            &["log-artifacts", "--run-id", &run, "large"],
        ))
    };
    let retries = |run: Phi3ml| run.env("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "1");
    for _ in 0..2 {
        let away = Fault::unavailable();
        scene.server().fail(2, "POST", "/mpu/complete", away);
        retries(log()).run().expect_code(1);
    }
    assert_eq!(count(&scene, "POST", "/mpu/create"), 1);
    assert_eq!(count(&scene, "PUT", "/bucket/"), 3);
    let told = log().args(["-o", "json"]).run().expect_success().json();
    assert_eq!(count(&scene, "PUT", "/bucket/"), 3, "{told}");
    assert_eq!(told["reused_bytes"], 12 << 20);
}

#[test]
fn who_one_is_the_server_alone_is_told() {
    let scene = Scene::fake(Generation::Three);
    scene.server().sign_for_a_bucket(0);
    large(&scene);
    made(&scene.context.path("work"), &["small"]);
    let run = run_of(&scene);
    scene.server().forget();
    let log = ["log-artifacts", "--run-id", &run, "large", "small"];
    in_parts(phi3ml(&scene, &log)).run().expect_success();
    let fetch = ["artifacts", "download", "--run-id", &run, "-d", "out"];
    let fetch = phi3ml(&scene, &fetch).env("MLFLOW_ENABLE_PROXY_MULTIPART_DOWNLOAD", "true");
    in_parts(fetch).run().expect_success();
    let mut signed = 0;
    for seen in scene.server().requests() {
        let knows = seen.headers.contains_key("authorization");
        let is_bucket = seen.path.starts_with("/bucket/");
        assert_eq!(knows, !is_bucket, "{seen}");
        assert!(!is_bucket || !seen.headers.contains_key("cookie"), "{seen}");
        signed += usize::from(is_bucket);
    }
    assert_eq!(signed, 3, "{}", scene.server().story());
    // Nor is a signed address ever shown.
    let log = [
        "log-artifacts",
        "--run-id",
        &run,
        "large",
        "--print-curl",
        "--fresh",
    ];
    let shown = in_parts(phi3ml(&scene, &log)).run().expect_success();
    assert!(
        shown.stderr.contains("/bucket/") && !shown.stderr.contains("signature=secret"),
        "{shown}"
    );
}

/// A model is logged, registered, fetched, verified and asked; so are artifacts of its run, up to what is too long.
fn a_model_makes_the_round(server: &Served) {
    let mut context = Context::new();
    context.set("MLFLOW_TRACKING_URI", &server.api.url);
    let name = unique("presigned");
    let source = phi3_tiny();
    let log = ["log-model", source.to_str().unwrap(), "--name", "m"];
    let log = context
        .phi3ml(log)
        .args(["--register", &name, "-o", "json"]);
    let told = log.run().expect_success().json();
    let uri = format!("models:/{name}/1");
    let fetch = ["models", "download", &uri, "-d", "back"];
    context.phi3ml(fetch).run().expect_success();
    let here = read(&context.path("work/back/artifacts/phi3-mini-onnx"));
    for (file, digest) in read(&source) {
        assert_eq!(here.get(&file), Some(&digest), "{file}");
    }
    context.phi3ml(["verify", &uri]).run().expect_success();
    let ask = ["predict", "-m", &uri, "--prompt", PROMPT];
    let asked = context.phi3ml(ask).run().expect_success();
    assert!(asked.stdout.contains(ANSWER), "{asked}");

    let run = text(&told["run_id"]);
    let digests = made(&context.path("work/in"), &["a", "b/c d", "empty"]);
    let log = ["log-artifacts", "--run-id", &run, "in"];
    context.phi3ml(log).run().expect_success();
    let fetch = ["artifacts", "download", "--run-id", &run, "-d", "out"];
    context.phi3ml(fetch).run().expect_success();
    assert_eq!(read(&context.path("work/out")), digests);
}

#[test]
fn a_server_that_signs_for_a_bucket_and_passes_on_what_it_does_not_sign() {
    let s3 = S3::start();
    let root = in_bucket("direct");
    let arguments = ["--no-serve-artifacts", "--default-artifact-root", &root];
    let server = on_s3(&s3, &arguments.map(str::to_owned));
    a_model_makes_the_round(&server);

    let mut context = Context::new();
    context.set("MLFLOW_TRACKING_URI", &server.api.url);
    let file = fs_err::File::create(context.path("work/huge")).unwrap();
    file.set_len((5 << 30) + 1).unwrap();
    let run = server.api.create_run("0");
    let log = ["log-artifacts", "--run-id", &run, "huge"];
    let refused = context.phi3ml(log).run().expect_code(1);
    let refused = refused.expect_stderr("`huge` has 5368709121 bytes");
    refused.expect_stderr("AWS_ACCESS_KEY_ID");
}

#[test]
fn servers_that_pass_nothing_on() {
    if !full_ring("presigned: models on servers with --artifacts-presigned-only (MLflow 3.18)") {
        return;
    }
    let python = Python::mlflow3();
    let packages = [
        python.packages("presigned_only", false),
        python.packages("s3", true),
    ];
    let (behind, beside) = (in_bucket("behind"), in_bucket("beside"));
    let behind = ["--artifacts-destination", &behind];
    // Of a root beside the service the server signs files one by one, those of models in a place of their own.
    let places = [
        behind.to_vec(),
        [&behind[..], &["--default-artifact-root", &beside]].concat(),
    ];
    for place in places {
        let s3 = S3::start();
        let arguments = [vec!["--artifacts-presigned-only"], place].concat();
        let arguments: Vec<String> = arguments.into_iter().map(str::to_owned).collect();
        let server = serve_mlflow3(&arguments, &s3.variables(), &packages);
        a_model_makes_the_round(&server);
        assert!(!s3.holds_loose_parts(), "{arguments:?}");
    }
}

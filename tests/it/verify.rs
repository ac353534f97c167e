//! `phi3ml verify`: every byte of a model against the digests that were recorded.

use phi3ml::digest::Digest;
use serde_json::json;

use crate::artifacts::{json_of, phi3ml};
use crate::log_model::log_model;
use crate::support::process::Finished;
use crate::support::scene::{Scene, on_every_ledger};
use crate::support::unique;

on_every_ledger!(a_model_is_verified);

fn a_model_is_verified(scene: &Scene) {
    let name = unique("verified");
    let register = ["--register", &name];
    let logged = log_model(scene, &register).run().expect_success().json();
    let uri = format!("models:/{name}/1");
    let report = json_of(scene, &["verify", &uri]);
    assert_eq!(report["verified"], true);
    assert_eq!(report["sha256"], logged["sha256"]);
    assert_eq!(report["problems"], json!([]));

    json_of(
        scene,
        &[
            "artifacts",
            "download",
            "--artifact-uri",
            &uri,
            "-d",
            "copy",
        ],
    );
    json_of(scene, &["verify", "copy"]);
    json_of(scene, &["verify", &uri, "--against", "copy"]);
    let source = crate::support::phi3_tiny();
    json_of(
        scene,
        &["verify", &uri, "--against", source.to_str().unwrap()],
    );

    let copy = scene.context.path("work/copy");
    fs_err::write(copy.join("extra"), "x").unwrap();
    let against = |code| {
        let verify = ["verify", &uri, "--against", "copy", "-o", "json"];
        phi3ml(scene, &verify).run().expect_code(code)
    };
    let problems = |finished: &Finished| finished.json()["problems"].clone();
    let extra = against(1);
    assert_eq!(problems(&extra)[0]["path"], "extra");
    fs_err::remove_file(copy.join("extra")).unwrap();
    against(0);
    fs_err::write(copy.join("requirements.txt"), "torch").unwrap();
    let differs = against(1);
    let found = Digest::of(b"torch").to_string();
    assert_eq!(problems(&differs)[0]["path"], "requirements.txt");
    let local = phi3ml(scene, &["verify", "copy"]).run().expect_code(1);
    assert!(
        local.stderr.contains("requirements.txt") && local.stderr.contains(&found),
        "{local}"
    );
    fs_err::remove_file(copy.join("SHA256SUMS")).unwrap();
    let without = phi3ml(scene, &["verify", "copy"]).run().expect_code(1);
    without.expect_stderr("SHA256SUMS");

    // The server's copy changes: the digest on the version and in `SHA256SUMS` give it away.
    let root = logged["artifact_uri"].as_str().unwrap();
    scene
        .api()
        .write_artifact(root, "conda.yaml", b"name: other");
    let damaged = phi3ml(scene, &["verify", &uri]).run().expect_code(1);
    assert!(damaged.stderr.contains("conda.yaml"), "{damaged}");
    let cat = format!("{uri}/conda.yaml");
    let cat = phi3ml(scene, &["artifacts", "cat", "--artifact-uri", &cat]).run();
    cat.expect_code(1).expect_stderr("damaged");
    let fetch = ["artifacts", "download", "--artifact-uri", &uri, "-d", "no"];
    phi3ml(scene, &fetch)
        .run()
        .expect_code(1)
        .expect_stderr("conda.yaml");
    assert!(!scene.context.path("work/no").exists());
}

//! A `.zip` made by `package`, wherever a model is named: each command does with it what it does with a model elsewhere.

use std::path::{Path, PathBuf};
use std::process::Command;

use phi3ml::digest::Digest;
use serde_json::json;

use crate::support::fake::Generation;
use crate::support::process::Finished;
use crate::support::scene::{Scene, on_every_ledger};
use crate::support::{ANSWER, Context, PROMPT, phi3_tiny, unique};

/// The little Phi-3, packaged as `name` in the place of the test.
fn packaged(context: &Context, name: &str) -> String {
    let made = context.path("work").join(name).display().to_string();
    let model = phi3_tiny();
    let package = ["package", model.to_str().unwrap(), &made];
    context.phi3ml(package).run().expect_success();
    made
}

fn digest(path: impl AsRef<Path>) -> Digest {
    Digest::of_file(path.as_ref()).unwrap().0
}

#[track_caller]
fn are_equal(one: impl AsRef<Path>, other: impl AsRef<Path>) {
    let mut diff = Command::new("diff");
    diff.arg("-r").args([one.as_ref(), other.as_ref()]);
    let output = diff.output().unwrap();
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn every_command_that_takes_a_model_takes_an_archive() {
    let scene = Scene::fake(Generation::Three);
    let context = &scene.context;
    let (archive, folder) = (packaged(context, "model.zip"), packaged(context, "model"));
    let before = digest(&archive);
    let run = |arguments: &[&str]| context.phi3ml(arguments).run().expect_success();
    let rten = ["--engine", "rten"];

    let told = run(&["log-model", &archive, "-o", "json"]).json();
    assert_eq!(
        told["sha256"],
        run(&["verify", &folder, "-o", "json"]).json()["sha256"]
    );
    run(&["package", &archive, "again.zip"]);
    assert_eq!(digest(context.path("work/again.zip")), before);
    for command in ["inspect", "verify"] {
        let ask = |model: &str| {
            let mut told = run(&[command, model, "-o", "json"]).json();
            told.as_object_mut().unwrap().shift_remove("model_uri");
            told
        };
        assert_eq!(ask(&archive), ask(&folder), "{command}");
    }
    let predict = ["predict", "-m", &archive, "--prompt", PROMPT];
    assert_eq!(run(&[&predict[..], &rten].concat()).stdout.trim(), ANSWER);
    let chat = context.phi3ml(["chat", "-m", &archive]).args(rten);
    let said = chat.stdin(&format!("{PROMPT}\n")).run().expect_success();
    assert_eq!(said.stdout.trim(), ANSWER);
    let bench = [
        "bench",
        "-m",
        &archive,
        "--new-tokens",
        "2",
        "--repeat",
        "1",
    ];
    run(&[&bench[..], &["--prompt-lengths", "8"], &rten].concat());
    let version = run(&["register", &archive, "phi3", "-o", "json"]).json();
    assert_eq!(version["tags"]["phi3ml.sha256"], told["sha256"]);
    run(&["models", "download", &archive, "-d", "fetched"]);
    are_equal(&folder, context.path("work/fetched"));
    assert_eq!(digest(&archive), before, "all of them only read it");

    let add = ["add", "numpy==2.1"];
    let update =
        |model: &str| run(&[&["models", "update-pip-requirements", model][..], &add].concat());
    update(&archive);
    update(&folder);
    run(&["package", &folder, "changed.zip"]);
    assert_eq!(digest(&archive), digest(context.path("work/changed.zip")));
    run(&["verify", &archive]);
}

on_every_ledger!(a_model_of_this_machine_that_is_registered_is_logged_first);

fn a_model_of_this_machine_that_is_registered_is_logged_first(scene: &Scene) {
    let context = &scene.context;
    let name = unique("from-here");
    for (at, model) in ["model.zip", "model"].into_iter().enumerate() {
        let model = packaged(context, model);
        let sha256 = context.phi3ml(["verify", &model, "-o", "json"]).run();
        let sha256 = sha256.expect_success().json()["sha256"].clone();
        let register = context.phi3ml(["register", &model, &name, "-o", "json"]);
        let more = [
            "--alias",
            "champion",
            "--tag",
            "k=v",
            "--description",
            "hello",
        ];
        let told = register.args(more).run().expect_success();
        assert!(told.stderr.contains("it is logged first"), "{told}");
        let told = told.json();
        let number = (at + 1).to_string();
        assert_eq!(told["version"], number);
        assert_eq!(told["status"], "READY");
        assert_eq!(told["aliases"], json!(["champion"]));
        assert_eq!(told["tags"]["k"], "v");
        assert_eq!(told["tags"]["phi3ml.sha256"], sha256);
        let version = scene.api().version(&name, &number);
        for field in ["source", "run_id"] {
            assert_eq!(version[field], told[field], "{field}");
        }
        assert_eq!(version["description"], "hello");
        assert_eq!(scene.api().alias(&name, "champion"), Some(number));
        let run = scene.api().run(told["run_id"].as_str().unwrap());
        assert_eq!(run["info"]["status"], "FINISHED");
    }
    let uri = format!("models:/{name}@champion");
    context.phi3ml(["verify", &uri]).run().expect_success();
}

#[test]
fn a_model_of_this_machine_is_a_new_source_each_time() {
    let mut context = Context::new();
    // Nobody is asked.
    context.set("MLFLOW_TRACKING_URI", "http://127.0.0.1:9");
    let archive = packaged(&context, "model.zip");
    for choice in ["reuse", "fail"] {
        let register = context.phi3ml(["register", &archive, "phi3", "--if-exists", choice]);
        let refused = register.run().expect_code(2);
        assert!(
            refused.stderr.contains("leave `--if-exists` out"),
            "{refused}"
        );
    }
}

#[test]
fn a_dry_run_registers_nothing_of_this_machine() {
    let scene = Scene::fake(Generation::Three);
    let archive = packaged(&scene.context, "model.zip");
    let register = ["register", &archive, "phi3", "--dry-run", "-o", "json"];
    let told = scene.context.phi3ml(register).run().expect_success().json();
    let actions: Vec<_> = told["would"].as_array().unwrap().iter().collect();
    assert!(actions.len() > 3, "{told}");
    assert!(!scene.api().is_registered("phi3"));
}

fn download(context: &Context, archive: &str, more: &[&str]) -> Finished {
    let download = ["models", "download", archive, "-o", "json"];
    context.phi3ml(download).args(more).run()
}

#[test]
fn what_is_unpacked_is_all_there_or_nothing_is() {
    let context = Context::new();
    let (archive, folder) = (
        packaged(&context, "model.zip"),
        packaged(&context, "folder"),
    );
    let work = context.path("work");
    let dry = download(&context, &archive, &["-d", "dry", "--dry-run"]);
    assert_eq!(
        dry.expect_success().json()["would"]
            .as_array()
            .unwrap()
            .len(),
        15
    );
    assert!(!work.join("dry").exists() && !context.path("cache/models").exists());
    let told = download(&context, &archive, &[]).expect_success().json();
    assert_eq!(
        told["path"], "model",
        "the archive's own name is the folder's"
    );
    are_equal(&folder, work.join("model"));
    // Once more nothing is left to do; a file that is missing comes back; one that differs stays.
    let again = download(&context, &archive, &[]).expect_success().json();
    assert_eq!(again["reused_bytes"], again["bytes"]);
    fs_err::remove_file(work.join("model/requirements.txt")).unwrap();
    download(&context, &archive, &[]).expect_success();
    are_equal(&folder, work.join("model"));
    fs_err::write(work.join("model/requirements.txt"), "mine").unwrap();
    let refused = download(&context, &archive, &[]).expect_code(1);
    refused.expect_stderr("requirements.txt");
    let mine = fs_err::read_to_string(work.join("model/requirements.txt")).unwrap();
    assert_eq!(mine, "mine");
}

#[test]
fn an_archive_with_a_changed_byte_is_not_unpacked() {
    let context = Context::new();
    let archive = packaged(&context, "model.zip");
    spoil(&archive, b"What is MLflow?", b"What is mlflow?");
    let refused = download(&context, &archive, &["-d", "never"]).expect_code(1);
    refused.expect_stderr("input_example.json");
    assert!(!context.path("work/never").exists());
    assert_eq!(beside(&archive), Vec::<PathBuf>::new());
}

/// Other bytes of the same length in an archive, which its own checksums do not know of.
fn spoil(archive: &str, from: &[u8], to: &[u8]) {
    let mut bytes = fs_err::read(archive).unwrap();
    let starts: Vec<_> = (0..bytes.len())
        .filter(|&at| bytes[at..].starts_with(from))
        .collect();
    assert!(!starts.is_empty());
    for at in starts {
        bytes[at..at + to.len()].copy_from_slice(to);
    }
    fs_err::write(archive, bytes).unwrap();
}

fn update(context: &Context, archive: &str, more: &[&str]) -> Finished {
    let update = ["models", "update-pip-requirements", archive];
    context.phi3ml(update).args(more).args(["-o", "json"]).run()
}

/// What else is in the folder of an archive.
fn beside(archive: &str) -> Vec<PathBuf> {
    let entries = fs_err::read_dir(Path::new(archive).parent().unwrap()).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.filter(|path| path != Path::new(archive)).collect()
}

#[test]
fn requirements_change_in_an_archive_as_in_its_folder() {
    let context = Context::new();
    for change in [
        &["add", "numpy==2.1", "torch>=2"][..],
        &["remove", "numpy", "onnxruntime"],
    ] {
        let (archive, folder) = (
            packaged(&context, "model.zip"),
            packaged(&context, "folder"),
        );
        let (ours, theirs) = (
            update(&context, &archive, change),
            update(&context, &folder, change),
        );
        let told = |finished: Finished| {
            let mut told = finished.expect_success().json();
            told.as_object_mut().unwrap().shift_remove("model_uri");
            told
        };
        assert_eq!(told(ours), told(theirs));
        let again = context.path("work/again.zip");
        let package = ["package", &folder, again.to_str().unwrap()];
        context.phi3ml(package).run().expect_success();
        assert_eq!(digest(&archive), digest(&again), "{change:?}");
        for path in [Path::new(&archive), &again] {
            fs_err::remove_file(path).unwrap();
        }
        fs_err::remove_dir_all(folder).unwrap();
    }
}

#[test]
fn an_archive_that_cannot_be_changed_stays_as_it_is() {
    let context = Context::new();
    let archive = packaged(&context, "model.zip");
    let bytes = fs_err::read(&archive).unwrap();
    let same = |told: Finished| {
        assert_eq!(fs_err::read(&archive).unwrap(), bytes, "{told}");
        assert_eq!(beside(&archive), Vec::<PathBuf>::new());
        told
    };
    let would = same(update(&context, &archive, &["add", "torch", "--dry-run"]));
    let would = would.expect_success().json();
    assert_eq!(would["would"][0]["action"], "write", "{would}");
    same(update(&context, &archive, &["remove", "nothing"]).expect_success());
    same(update(&context, &archive, &["add", "not a requirement"]).expect_code(2));
    // What is damaged is found while it is copied, and nothing takes its place.
    spoil(&archive, b"onnxruntime_genai", b"onnxruntime-genai");
    let bytes = fs_err::read(&archive).unwrap();
    let refused = update(&context, &archive, &["add", "torch"]).expect_code(1);
    refused.expect_stderr("phi3_model.py");
    assert_eq!(fs_err::read(&archive).unwrap(), bytes);
    assert_eq!(beside(&archive), Vec::<PathBuf>::new());
}

#[cfg(unix)]
#[test]
fn a_link_to_an_archive_stays_one_and_its_readers_stay_the_same() {
    use std::os::unix::fs::PermissionsExt as _;
    let context = Context::new();
    let archive = packaged(&context, "model.zip");
    let only_mine = std::fs::Permissions::from_mode(0o600);
    fs_err::set_permissions(&archive, only_mine).unwrap();
    let link = context.path("home/link.zip");
    fs_err::os::unix::fs::symlink(&archive, &link).unwrap();
    let before = digest(&archive);
    update(&context, link.to_str().unwrap(), &["add", "torch"]).expect_success();
    assert!(fs_err::symlink_metadata(&link).unwrap().is_symlink());
    assert_ne!(digest(&archive), before);
    let mode = fs_err::metadata(&archive).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

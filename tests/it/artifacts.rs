//! `phi3ml log-artifacts`, `artifacts`, `verify` and `cache`: what goes in comes out, for MLflow's own client too.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use phi3ml::digest::Digest;
use serde_json::{Value, json};

use crate::log_model::log_model;
use crate::support::fake::{Fault, Generation};
use crate::support::process::{Finished, Phi3ml};
use crate::support::scene::{Scene, Tables, on_every_ledger};
use crate::support::{full_ring, unique};

/// Names that survive, each with its bytes.
const NAMES: &[&str] = &[
    "plain.txt",
    "sub/folder/deep.bin",
    "with space.txt",
    "a+b.txt",
    "100%.txt",
    "semi;colon.txt",
    "what?.txt",
    "col:on.txt",
    "back\\slash.txt",
    "ünï/ço∂é-日本.txt",
    ".hidden",
    "empty",
];

fn phi3ml(scene: &Scene, arguments: &[&str]) -> Phi3ml {
    scene.context.phi3ml(arguments)
}

fn json_of(scene: &Scene, arguments: &[&str]) -> Value {
    let run = phi3ml(scene, arguments).args(["-o", "json"]).run();
    run.expect_success().json()
}

/// Writes files with these names; their bytes are their names, but `empty` is empty.
fn made(folder: &Path, names: &[&str]) -> BTreeMap<String, String> {
    let mut digests = BTreeMap::new();
    for name in names {
        let path = folder.join(name);
        fs_err::create_dir_all(path.parent().unwrap()).unwrap();
        let bytes = if *name == "empty" { "" } else { name };
        fs_err::write(path, bytes).unwrap();
        digests.insert((*name).to_owned(), Digest::of(bytes.as_bytes()).to_string());
    }
    digests
}

/// What lies below a folder.
fn read(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(place) = folders.pop() {
        for entry in fs_err::read_dir(place).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap();
                found.insert(
                    name.to_owned(),
                    Digest::of_file(&path).unwrap().0.to_string(),
                );
            }
        }
    }
    found
}

fn run_of(scene: &Scene) -> String {
    scene.api().create_run("0")
}

fn paths(list: &Value) -> Vec<String> {
    let items = list["items"].as_array().unwrap();
    let path = |item: &Value| item["path"].as_str().unwrap().to_owned();
    items.iter().map(path).collect()
}

on_every_ledger!(
    names_and_bytes_make_a_round_trip,
    places_are_named_as_in_mlflow,
    what_is_deleted_is_gone,
    a_model_is_verified,
);

fn names_and_bytes_make_a_round_trip(scene: &Scene) {
    let folder = scene.context.path("work/in");
    // 2.22.5 stores what is not Latin-1 and breaks the connection when it is asked for: it writes the name into
    // a header as it is.
    let is_kept = |name: &&&str| {
        !(scene.is_real() && scene.generation == Generation::Two)
            || name.chars().all(|it| u32::from(it) < 256)
    };
    let names: Vec<&str> = NAMES.iter().filter(is_kept).copied().collect();
    let names = &names[..];
    let digests = made(&folder, names);
    let run = run_of(scene);
    let told = json_of(scene, &["log-artifacts", "--run-id", &run, "in"]);
    assert_eq!(told["run_id"], run);
    assert_eq!(told["files"], names.len());
    assert_eq!(told["reused_files"], 0);

    let list = json_of(scene, &["artifacts", "list", "--run-id", &run, "-R"]);
    let items = list["items"].as_array().unwrap();
    let files: BTreeMap<_, _> = items
        .iter()
        .filter(|item| item["is_dir"] == false)
        .map(|item| {
            (
                item["path"].as_str().unwrap(),
                item["file_size"].as_u64().unwrap(),
            )
        })
        .collect();
    let expected: BTreeMap<_, _> = names
        .iter()
        .map(|name| {
            (
                *name,
                if *name == "empty" {
                    0
                } else {
                    name.len() as u64
                },
            )
        })
        .collect();
    assert_eq!(files, expected);
    assert!(paths(&list).contains(&"sub/folder".to_owned()));

    let fetched = json_of(
        scene,
        &["artifacts", "download", "--run-id", &run, "-d", "out"],
    );
    assert_eq!(fetched["path"], "out");
    assert_eq!(fetched["files"], names.len());
    assert_eq!(read(&scene.context.path("work/out")), digests);
    let again = json_of(
        scene,
        &["artifacts", "download", "--run-id", &run, "-d", "out"],
    );
    assert_eq!(again["files"], names.len());

    for name in names {
        let cat = [
            "artifacts",
            "cat",
            "--run-id",
            &run,
            "--artifact-path",
            name,
        ];
        let finished = phi3ml(scene, &cat).run().expect_success();
        let expected = if *name == "empty" { "" } else { name };
        assert_eq!(finished.stdout, expected);
    }
    // Python's client takes its time, and it is real servers that matter.
    if scene.is_real() {
        // It asks for `what` instead of `what?.txt` (3.17.2 and 2.22.5).
        let mut digests = digests;
        digests.remove("what?.txt");
        fs_err::remove_file(folder.join("what?.txt")).unwrap();
        let run = run_of(scene);
        json_of(scene, &["log-artifacts", "--run-id", &run, "in"]);
        let seen = scene.script("artifacts.py", &[&run]);
        assert_eq!(seen["digests"], json!(digests), "{seen}");
        assert_eq!(seen["listed"].as_object().unwrap().len(), digests.len());
    }
}

fn places_are_named_as_in_mlflow(scene: &Scene) {
    made(&scene.context.path("work"), &["in/a", "in/b/c", "one.txt"]);
    let run = run_of(scene);
    let log = ["log-artifacts", "in", "one.txt", "--artifact-path", "top/p"];
    let finished = phi3ml(scene, &log).env("MLFLOW_RUN_ID", &run).run();
    finished.expect_success();
    let list = |arguments: &[&str]| {
        let all = [&["artifacts", "list"], arguments].concat();
        paths(&json_of(scene, &all))
    };
    assert_eq!(list(&["--run-id", &run]), ["top"]);
    let inside = ["top/p/a", "top/p/b", "top/p/one.txt"];
    assert_eq!(
        list(&["--run-id", &run, "--artifact-path", "top/p"]),
        inside
    );
    assert_eq!(
        list(&["--artifact-uri", &format!("runs:/{run}/top/p")]),
        inside
    );
    let root = scene.api().run(&run)["info"]["artifact_uri"].clone();
    let root = root.as_str().unwrap();
    assert_eq!(
        list(&["--artifact-uri", &format!("{root}/top/p/b")]),
        ["b/c"]
    );
    assert_eq!(
        list(&["--run-id", &run, "--artifact-path", "top/p/one.txt"]),
        ["top/p/one.txt"]
    );
    for arguments in [["top/q"], ["top/p/a/x"]] {
        let [path] = arguments;
        let list = [
            "artifacts",
            "list",
            "--run-id",
            &run,
            "--artifact-path",
            path,
        ];
        let missing = phi3ml(scene, &list)
            .args(["-o", "json"])
            .run()
            .expect_code(1);
        assert_eq!(missing.error_json()["kind"], "not_found", "{missing}");
    }
    let fetched = json_of(
        scene,
        &[
            "artifacts",
            "download",
            "--run-id",
            &run,
            "--artifact-path",
            "top/p/b",
            "--dst-path",
            "out",
        ],
    );
    assert_eq!(fetched["path"], "out/top/p/b");
    let out = read(&scene.context.path("work/out"));
    assert_eq!(out.keys().collect::<Vec<_>>(), ["top/p/b/c"]);
    let download = ["artifacts", "download", "--run-id", &run];
    let fetched = json_of(scene, &download);
    assert_eq!(fetched["path"], run);
    phi3ml(scene, &["artifacts", "list"]).run().expect_code(2);
    let both = [
        "artifacts",
        "list",
        "--run-id",
        "r",
        "--artifact-uri",
        "s3://x",
    ];
    phi3ml(scene, &both).run().expect_code(2);
}

fn what_is_deleted_is_gone(scene: &Scene) {
    made(&scene.context.path("work/in"), &["a", "b/c", "b/d", "e"]);
    let run = run_of(scene);
    json_of(scene, &["log-artifacts", "--run-id", &run, "in"]);
    let delete = ["artifacts", "delete", "--run-id", &run];
    let left = || {
        paths(&json_of(
            scene,
            &["artifacts", "list", "--run-id", &run, "-R"],
        ))
    };
    phi3ml(scene, &delete)
        .run()
        .expect_code(2)
        .expect_stderr("--all");
    let path = |path| [&delete[..], &["--artifact-path", path]].concat();
    let told = phi3ml(scene, &path("b"))
        .args(["--dry-run", "-o", "json"])
        .run();
    assert_eq!(told.expect_success().json()["dry_run"], true);
    assert_eq!(left().len(), 5);
    let gone = json_of(scene, &path("b"));
    assert_eq!(gone["files"], 2);
    assert!(!left().contains(&"b/c".to_owned()));
    json_of(scene, &path("a"));
    assert!(left().contains(&"e".to_owned()) && !left().contains(&"a".to_owned()));
    let missing = phi3ml(scene, &path("a")).run().expect_code(1);
    missing.expect_stderr("there is no artifact");
    json_of(scene, &[&delete[..], &["--all"]].concat());
    assert!(!left().contains(&"e".to_owned()));
}

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

#[test]
fn folders_that_no_run_of_the_database_has_are_left_alone() {
    let scene = Scene::file(Tables::MadeByMlflow);
    let run = run_of(&scene);
    let work = scene.context.path("work");
    made(&work, &["mine/a", &format!("{run}/artifacts/b")]);
    let root = scene.api().run(&run)["info"]["artifact_uri"].clone();
    let up = format!("{}/../../..", root.as_str().unwrap());
    for place in ["mine", &format!("{run}/artifacts"), &up] {
        let place = work.join(place);
        let uri = ["--artifact-uri", place.to_str().unwrap(), "--all"];
        phi3ml(&scene, &["artifacts", "delete"])
            .args(uri)
            .run()
            .expect_code(2)
            .expect_stderr("on this machine");
    }
    assert_eq!(read(&work).len(), 2);
}

#[test]
fn a_bad_name_and_two_of_one_name_are_refused_before_anything_is_sent() {
    let scene = Scene::fake(Generation::Three);
    let run = run_of(&scene);
    let work = scene.context.path("work");
    made(
        &work,
        &["bad/ok", "bad/a#b", "worse/%41.txt", "x/same", "y/same"],
    );
    scene.server().forget();
    for paths in [&["bad"][..], &["worse"], &["x", "y"], &["missing"]] {
        let log = [&["log-artifacts", "--run-id", &run], paths].concat();
        let finished = phi3ml(&scene, &log).run();
        assert!(matches!(finished.code, Some(1 | 2)), "{finished}");
    }
    let up = [
        "log-artifacts",
        "--run-id",
        &run,
        "x",
        "--artifact-path",
        "../up",
    ];
    phi3ml(&scene, &up).run().expect_code(2);
    phi3ml(&scene, &["log-artifacts", "x"]).run().expect_code(2);
    assert!(scene.server().requests_to("PUT", "/").is_empty());
    json_of(
        &scene,
        &["log-artifacts", "--run-id", &run, "x", "--dry-run"],
    );
    assert!(scene.server().requests_to("PUT", "/").is_empty());
}

#[cfg(unix)]
#[test]
fn links_are_followed_inside_a_folder_only() {
    use std::os::unix::fs::symlink;
    let scene = Scene::fake(Generation::Three);
    let run = run_of(&scene);
    let work = scene.context.path("work");
    made(&work, &["in/real", "outside"]);
    symlink("real", work.join("in/link")).unwrap();
    let log = ["log-artifacts", "--run-id", &run, "in"];
    assert_eq!(json_of(&scene, &log)["files"], 2);
    symlink("../outside", work.join("in/out")).unwrap();
    phi3ml(&scene, &log)
        .run()
        .expect_code(1)
        .expect_stderr("out");

    // A link on this side leads nowhere either.
    fs_err::create_dir(work.join("target")).unwrap();
    fs_err::create_dir(work.join("elsewhere")).unwrap();
    made(&work, &["sub/sub/file"]);
    json_of(&scene, &["log-artifacts", "--run-id", &run, "sub"]);
    symlink("../elsewhere", work.join("target/sub")).unwrap();
    let fetch = ["artifacts", "download", "--run-id", &run, "-d", "target"];
    phi3ml(&scene, &fetch)
        .run()
        .expect_code(1)
        .expect_stderr("target/sub");
    assert!(read(&work.join("elsewhere")).is_empty());
}

#[test]
fn a_hostile_listing_writes_nothing() {
    for name in ["/etc/x", "../x", "a/../../x", ".", "", "a\u{0}b"] {
        let scene = Scene::fake(Generation::Three);
        let run = run_of(&scene);
        let body = json!({ "files": [{ "path": name, "is_dir": false, "file_size": 1 }] });
        let listing = Fault::Answer {
            status: 200,
            content_type: "application/json",
            body: body.to_string(),
        };
        scene
            .server()
            .fail(usize::MAX, "GET", "mlflow-artifacts/artifacts", listing);
        let fetch = ["artifacts", "download", "--run-id", &run, "-d", "out"];
        let finished = phi3ml(&scene, &fetch).run().expect_code(1);
        assert!(finished.stderr.contains("not to be trusted"), "{finished}");
        assert!(!scene.context.path("work/out").exists());
    }
}

#[test]
fn a_model_file_in_a_folder_goes_last() {
    let scene = Scene::fake(Generation::Three);
    let run = run_of(&scene);
    made(
        &scene.context.path("work"),
        &["in/MLmodel", "in/z", "in/a", "in/m/MLmodel"],
    );
    json_of(&scene, &["log-artifacts", "--run-id", &run, "in"]);
    let sent = scene.server().requests_to("PUT", "/");
    let answered = |end: &str| {
        let ends = |it: &&crate::support::fake::Seen| it.path.ends_with(end);
        sent.iter()
            .filter(ends)
            .map(|it| (it.arrived, it.answered))
            .collect::<Vec<_>>()
    };
    let first_mark = answered("MLmodel").iter().map(|it| it.0).min().unwrap();
    for end in ["/a", "/z"] {
        assert!(answered(end)[0].1.unwrap() < first_mark);
    }
}

/// Kills uploads and downloads at moments spread over their course; the next call does the rest.
#[cfg(unix)]
#[test]
fn a_kill_at_any_moment_is_gone_on_from() {
    let points = if full_ring("a kill at each of many moments of artifacts") {
        50
    } else {
        6
    };
    let names: Vec<String> = (0..24).map(|number| format!("f{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    for point in 0..points {
        let scene = Scene::fake(Generation::Three);
        let digests = made(&scene.context.path("work/in"), &names);
        let run = run_of(&scene);
        let upload = ["log-artifacts", "--run-id", &run, "in", "-o", "json"];
        let download = [
            "artifacts",
            "download",
            "--run-id",
            &run,
            "-d",
            "out",
            "-o",
            "json",
        ];
        for (command, method) in [(&upload[..], "PUT"), (&download[..], "GET")] {
            let slow = Fault::Stall(Duration::from_millis(40));
            scene.server().fail(usize::MAX, method, "/artifacts/", slow);
            let started = phi3ml(&scene, command).start();
            std::thread::sleep(
                Duration::from_millis(30) + Duration::from_millis(180) * point / points,
            );
            started.signal("KILL");
            started.finish();
            scene.server().wait_for_silence();
            scene.server().heal();
            assert!(
                !scene.context.path("work/out").exists()
                    || read(&scene.context.path("work/out")) == digests
            );
            let told = phi3ml(&scene, command).run().expect_success().json();
            assert_eq!(told["files"], names.len(), "{point}: {told}");
        }
        assert_eq!(read(&scene.context.path("work/out")), digests, "{point}");
    }
}

#[cfg(unix)]
#[test]
fn what_was_moved_before_a_kill_is_not_moved_again() {
    let scene = Scene::fake(Generation::Three);
    made(&scene.context.path("work/in"), &["a", "b", "c", "stuck"]);
    let run = run_of(&scene);
    let upload = ["log-artifacts", "--run-id", &run, "in"];
    let download = ["artifacts", "download", "--run-id", &run, "-d", "out"];
    for (command, method) in [(&upload[..], "PUT"), (&download[..], "GET")] {
        let long = Fault::Stall(Duration::from_mins(1));
        scene.server().fail(1, method, "stuck", long);
        let started = phi3ml(&scene, command).start();
        scene.server().wait_for(method, "stuck");
        scene.server().wait_for_silence();
        // A second process at the same does not get between.
        if method == "PUT" {
            phi3ml(&scene, command)
                .run()
                .expect_code(1)
                .expect_stderr("another process");
        }
        started.signal("KILL");
        started.finish();
        scene.server().forget();
        let told = json_of(&scene, command);
        assert_eq!(told["reused_files"], 3, "{told}");
        let again = scene.server().requests_to(method, "/artifacts/artifacts/");
        let again = again.iter().filter(|it| !it.path.ends_with("/stuck"));
        let files = again.filter(|it| it.path.contains(&run)).count();
        assert_eq!(files, 0, "{}", scene.server().story());
    }
}

#[test]
fn two_at_once_fetch_a_model_once() {
    let scene = Scene::fake(Generation::Three);
    log_model(&scene, &["--register", "shared"])
        .run()
        .expect_success();
    scene.server().forget();
    let slow = Fault::Stall(Duration::from_millis(700));
    scene.server().fail(1, "GET", "model.onnx.data", slow);
    let predict = [
        "predict",
        "-m",
        "models:/shared/1",
        "--prompt",
        crate::support::PROMPT,
    ];
    let all: Vec<_> = (0..3).map(|_| phi3ml(&scene, &predict).start()).collect();
    for started in all {
        started.finish().expect_success();
    }
    let weights = || scene.server().requests_to("GET", "model.onnx.data").len();
    assert_eq!(weights(), 1);
    // `models download` takes them from there, and they are its own afterwards.
    json_of(
        &scene,
        &["models", "download", "models:/shared/1", "-d", "mine"],
    );
    assert_eq!(weights(), 1);
    let mine = scene
        .context
        .path("work/mine/artifacts/phi3-mini-onnx/model.onnx.data");
    fs_err::write(&mine, "edited").unwrap();
    phi3ml(&scene, &predict).run().expect_success();
    assert_eq!(weights(), 1);

    let list = json_of(&scene, &["cache", "list"]);
    let [kept] = &list["items"].as_array().unwrap()[..] else {
        panic!("one model: {list}")
    };
    assert_eq!(kept["model_uri"], "models:/shared/1");
    assert_eq!(
        (&kept["complete"], &kept["in_use"]),
        (&json!(true), &json!(false))
    );

    // Damage is noticed, and only the damaged file is fetched again.
    let folder = Path::new(kept["path"].as_str().unwrap());
    let weights_here = folder.join("artifacts/phi3-mini-onnx/model.onnx.data");
    damage(&weights_here);
    scene.server().forget();
    let mended = phi3ml(&scene, &predict).run().expect_success();
    assert!(mended.stderr.contains("damaged"), "{mended}");
    assert_eq!(weights(), 1);
    let others = scene.server().requests_to("GET", "tokenizer.json").len();
    assert_eq!(others, 0, "{}", scene.server().story());

    let told = phi3ml(
        &scene,
        &[
            "cache",
            "prune",
            "--max-size",
            "0",
            "--dry-run",
            "-o",
            "json",
        ],
    );
    assert_eq!(
        told.run().expect_success().json()["would"][0]["action"],
        "remove"
    );
    let pruned = json_of(&scene, &["cache", "prune", "--max-size", "0"]);
    assert_eq!(pruned["left_bytes"], 0);
    assert_eq!(json_of(&scene, &["cache", "list"])["items"], json!([]));
    phi3ml(&scene, &["cache", "prune", "--max-size", "lots"])
        .run()
        .expect_code(2);
}

fn damage(file: &Path) {
    let mut permissions = fs_err::metadata(file).unwrap().permissions();
    #[expect(clippy::permissions_set_readonly_false, reason = "a file of this test")]
    permissions.set_readonly(false);
    fs_err::set_permissions(file, permissions).unwrap();
    let mut bytes = fs_err::read(file).unwrap();
    bytes[100] ^= 1;
    fs_err::write(file, bytes).unwrap();
}

#[test]
fn what_moves_is_told_as_json() {
    let scene = Scene::fake(Generation::Three);
    let run = run_of(&scene);
    made(&scene.context.path("work/in"), &["a", "bb"]);
    scene.server().fail(1, "PUT", "/bb", Fault::unavailable());
    let log = [
        "log-artifacts",
        "--run-id",
        &run,
        "in",
        "--progress",
        "json",
    ];
    let finished = phi3ml(&scene, &log).run().expect_success();
    let events: Vec<Value> = finished
        .stderr
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let named = |name: &str| {
        events
            .iter()
            .filter(|it| it["event"] == name)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        named("planned"),
        [&json!({"event": "planned", "files": 2, "bytes": 3})]
    );
    let file = json!({"event": "file", "path": "bb", "bytes": 2});
    assert!(named("file").contains(&&file));
    let moved = named("moved");
    let a = moved.iter().find(|it| it["path"] == "a").unwrap();
    assert_eq!((&a["bytes"], &a["total_bytes"]), (&json!(1), &json!(3)));
    let [summary] = named("summary")[..] else {
        panic!("{finished}")
    };
    assert_eq!(events.last().unwrap(), summary, "it comes at the end");
    let keys: Vec<&String> = summary.as_object().unwrap().keys().collect();
    let expected = [
        "event",
        "direction",
        "files",
        "bytes",
        "reused_files",
        "reused_bytes",
        "seconds",
        "bytes_per_second",
        "retries",
    ];
    assert_eq!(keys, expected);
    assert_eq!(
        (&summary["files"], &summary["retries"]),
        (&json!(2), &json!(1))
    );
    assert_eq!(summary["direction"], "upload");
}

#[cfg(unix)]
#[test]
fn a_full_disk_and_a_closed_folder_leave_nothing_half() {
    use std::os::unix::fs::PermissionsExt as _;
    let scene = Scene::fake(Generation::Three);
    let run = run_of(&scene);
    let work = scene.context.path("work");
    fs_err::create_dir(work.join("in")).unwrap();
    fs_err::write(work.join("in/large"), vec![7; 3 << 20]).unwrap();
    json_of(&scene, &["log-artifacts", "--run-id", &run, "in"]);
    // A limit on the size of files fails like a full disk does.
    let script = format!(
        "ulimit -f 1024; trap '' XFSZ; exec {} artifacts download --run-id {run} -d out",
        env!("CARGO_BIN_EXE_phi3ml"),
    );
    let output = std::process::Command::new("sh")
        .args(["-c", &script])
        .current_dir(&work)
        .env_clear()
        .env("HOME", scene.context.path("home"))
        .env("MLFLOW_TRACKING_URI", &scene.api().url)
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{stderr}");
    assert!(stderr.contains("cannot write `large`"), "{stderr}");
    assert!(!work.join("out").exists());
    let left: Vec<_> = fs_err::read_dir(&work)
        .unwrap()
        .map(|it| it.unwrap().file_name())
        .collect();
    assert_eq!(left, ["in"], "{stderr}");

    fs_err::create_dir(work.join("closed")).unwrap();
    fs_err::set_permissions(work.join("closed"), std::fs::Permissions::from_mode(0o555)).unwrap();
    // Root may write anywhere; then there is nothing to see.
    if fs_err::write(work.join("closed/probe"), "").is_err() {
        let fetch = ["artifacts", "download", "--run-id", &run, "-d", "closed"];
        phi3ml(&scene, &fetch)
            .run()
            .expect_code(1)
            .expect_stderr("closed");
        assert!(read(&work.join("closed")).is_empty());
    }
}

#[test]
fn a_file_that_shrinks_while_it_is_sent_is_not_stored() {
    let scene = Scene::fake(Generation::Three);
    let run = run_of(&scene);
    let file = scene.context.path("work/large");
    fs_err::write(&file, vec![7; 16 << 20]).unwrap();
    // The first attempt breaks off; before the second one the file is shorter.
    scene
        .server()
        .fail(1, "PUT", "/large", Fault::ResetAfter(1 << 20));
    let started = phi3ml(&scene, &["log-artifacts", "--run-id", &run, "large"]).start();
    scene.server().wait_for("PUT", "/large");
    let shorter = fs_err::OpenOptions::new().write(true).open(&file).unwrap();
    shorter.set_len(1 << 20).unwrap();
    let finished = started.finish();
    finished.expect_code(1).expect_stderr("`large` changed");
    let root = scene.api().run(&run)["info"]["artifact_uri"].clone();
    assert!(scene.api().files(root.as_str().unwrap()).is_empty());
}

//! `phi3ml log-artifacts` and `artifacts`: what goes in comes out, for MLflow's own client too.

use std::collections::BTreeMap;
use std::path::Path;

use phi3ml::digest::Digest;
use serde_json::{Value, json};

use crate::support::fake::{Fault, Generation};
use crate::support::process::Phi3ml;
use crate::support::scene::{Scene, Tables, on_every_ledger};
use crate::support::unique;

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

pub(crate) fn phi3ml(scene: &Scene, arguments: &[&str]) -> Phi3ml {
    scene.context.phi3ml(arguments)
}

pub(crate) fn json_of(scene: &Scene, arguments: &[&str]) -> Value {
    let run = phi3ml(scene, arguments).args(["-o", "json"]).run();
    run.expect_success().json()
}

/// Writes files with these names; their bytes are their names, but `empty` is empty.
pub(crate) fn made(folder: &Path, names: &[&str]) -> BTreeMap<String, String> {
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
pub(crate) fn read(folder: &Path) -> BTreeMap<String, String> {
    each(folder, |path| Digest::of_file(path).unwrap().0.to_string())
}

/// The files below a folder, by name, with what somebody wants to know of them.
pub(crate) fn each<T>(folder: &Path, of: impl Fn(&Path) -> T) -> BTreeMap<String, T> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(place) = folders.pop() {
        for entry in fs_err::read_dir(place).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap();
                found.insert(name.to_owned(), of(&path));
            }
        }
    }
    found
}

pub(crate) fn run_of(scene: &Scene) -> String {
    scene.api().create_run("0")
}

/// A run in an experiment of the user's own: elsewhere not everybody may delete, and a workspace has no other.
fn own_run(scene: &Scene) -> String {
    let name = unique("artifacts");
    json_of(scene, &["experiments", "create", &name]);
    let experiment = scene.api().experiment(&name);
    let id = experiment["experiment_id"].as_str().unwrap();
    scene.api().create_run(id)
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
    let run = own_run(scene);
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
        let run = own_run(scene);
        json_of(scene, &["log-artifacts", "--run-id", &run, "in"]);
        let seen = scene.script("artifacts.py", &[&run]);
        assert_eq!(seen["digests"], json!(digests), "{seen}");
        assert_eq!(seen["listed"].as_object().unwrap().len(), digests.len());
    }
}

fn places_are_named_as_in_mlflow(scene: &Scene) {
    made(&scene.context.path("work"), &["in/a", "in/b/c", "one.txt"]);
    let run = own_run(scene);
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
    let run = own_run(scene);
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
    let again = json!({"event": "again", "retry": 1, "seconds": 0.0, "because": "status 503"});
    assert_eq!(named("again"), [&again]);
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

/// It keeps them, and breaks the connection for ever when it is asked for them.
#[test]
fn what_mlflow_2_cannot_send_is_told_and_not_waited_for() {
    let scene = Scene::real(Generation::Two);
    made(&scene.context.path("work/in"), &["日本.txt"]);
    let run = run_of(&scene);
    json_of(&scene, &["log-artifacts", "--run-id", &run, "in"]);
    for command in ["download", "cat"] {
        let fetch = [
            "artifacts",
            command,
            "--run-id",
            &run,
            "--artifact-path",
            "日本.txt",
        ];
        let refused = phi3ml(&scene, &fetch).run().expect_code(1);
        let refused = refused.expect_stderr("MLflow 2 cannot send `日本.txt`");
        refused.expect_stderr("another name");
    }
}

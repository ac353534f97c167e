//! The download cache and `phi3ml cache`: a model is fetched once, whoever asks for it.

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::artifacts::{json_of, phi3ml};
use crate::log_model::log_model;
use crate::support::fake::{Fault, Generation};
use crate::support::scene::Scene;

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
    // Whoever only looks writes nothing, and who uses or fetches nothing has no lock.
    let root = folder.parent().unwrap().parent().unwrap();
    let (lock, locks) = (root.join("lock"), root.join("locks"));
    let count = || fs_err::read_dir(&locks).map_or(0, Iterator::count);
    assert!(count() > 0, "{}", locks.display());
    fs_err::remove_dir_all(&locks).unwrap();
    fs_err::remove_file(&lock).unwrap();
    let tell = ["cache", "prune", "--max-size", "0", "--dry-run"];
    phi3ml(&scene, &tell).run().expect_success();
    json_of(&scene, &["cache", "list"]);
    assert!(!locks.exists() && !lock.exists());
    phi3ml(&scene, &predict).run().expect_success();
    assert!(count() > 0);
    let pruned = json_of(&scene, &["cache", "prune", "--max-size", "0"]);
    assert_eq!(pruned["left_bytes"], 0);
    assert_eq!(count(), 0);
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

#[cfg(unix)]
#[test]
fn what_was_fetched_before_a_kill_is_kept_beside_what_the_cache_has() {
    let scene = Scene::fake(Generation::Three);
    log_model(&scene, &["--register", "twice"])
        .run()
        .expect_success();
    let download = ["models", "download", "models:/twice/1", "-d", "mine"];
    let long = Fault::Stall(Duration::from_mins(1));
    scene.server().fail(1, "GET", "tokenizer.json", long);
    let started = phi3ml(&scene, &download).start();
    scene.server().wait_for("GET", "tokenizer.json");
    scene.server().wait_for_silence();
    started.signal("KILL");
    started.finish();
    scene.server().heal();
    // Now the cache has all of it, and the place of the download some.
    let prompt = crate::support::PROMPT;
    let predict = ["predict", "-m", "models:/twice/1", "--prompt", prompt];
    phi3ml(&scene, &predict).run().expect_success();
    json_of(&scene, &download);
    let report = json_of(&scene, &["verify", "mine"]);
    assert_eq!(report["problems"], json!([]));
    json_of(&scene, &["verify", "models:/twice/1", "--against", "mine"]);
}

#[test]
fn a_model_by_its_name_comes_from_there_whatever_fetches_it() {
    let scene = Scene::fake(Generation::Three);
    log_model(&scene, &["--register", "shared"])
        .run()
        .expect_success();
    let uri = ["--artifact-uri", "models:/shared/1"];
    let fetch = |target: &str| {
        let fetch = [&["artifacts", "download"], &uri[..], &["-d", target]].concat();
        json_of(&scene, &fetch)
    };
    scene.server().forget();
    let weights = || scene.server().requests_to("GET", "model.onnx.data").len();
    fetch("one");
    assert_eq!(weights(), 1);
    let told = fetch("two");
    assert_eq!(weights(), 1);
    assert!(told["reused_bytes"].as_u64().unwrap() > 0, "{told}");
    let (one, two) = (
        scene.context.path("work/one"),
        scene.context.path("work/two"),
    );
    assert_eq!(crate::artifacts::read(&one), crate::artifacts::read(&two));
    json_of(
        &scene,
        &["models", "download", "models:/shared/1", "-d", "three"],
    );
    assert_eq!(weights(), 1);
}

#[cfg(unix)]
#[test]
fn what_is_in_use_stays_and_what_is_too_much_goes() {
    let scene = Scene::fake(Generation::Three);
    log_model(&scene, &["--register", "shared"])
        .run()
        .expect_success();
    // Too little for any model: it is kept as long as it is in use, and no longer.
    let limited = |arguments: &[&str]| phi3ml(&scene, arguments).env("PHI3ML_CACHE_SIZE", "1KB");
    let prompt = [
        "predict",
        "-m",
        "models:/shared/1",
        "--prompt",
        crate::support::PROMPT,
    ];
    let predicting = limited(&prompt).start();
    let models = scene.context.path("cache").join("models");
    let deadline = Instant::now() + Duration::from_mins(1);
    let is_kept = || {
        let entries = fs_err::read_dir(&models).ok();
        let mut names = entries.into_iter().flatten().map(|it| it.unwrap().path());
        names.any(|path| path.extension().is_some_and(|it| it == "json"))
    };
    while !is_kept() {
        assert!(Instant::now() < deadline, "no model came");
        std::thread::sleep(Duration::from_millis(2));
    }
    // It stands still with the model in its hands, but not while it puts it in its place: then all others wait for it.
    let is_putting = || {
        let moment = fs_err::File::open(scene.context.path("cache/lock")).unwrap();
        moment.try_lock().is_err()
    };
    predicting.signal("STOP");
    while is_putting() {
        predicting.signal("CONT");
        std::thread::sleep(Duration::from_millis(1));
        predicting.signal("STOP");
    }
    let list = json_of(&scene, &["cache", "list"])["items"].clone();
    assert_eq!(list[0]["in_use"], true, "{list}");
    let prune = || {
        let prune = limited(&["cache", "prune", "-o", "json"]).run();
        prune.expect_success().json()
    };
    let pruned = prune();
    assert!(pruned["left_bytes"].as_u64().unwrap() > 1000, "{pruned}");
    predicting.signal("CONT");
    let answered = predicting.finish().expect_success();
    assert!(
        answered.stdout.contains(crate::support::ANSWER),
        "{answered}"
    );
    assert_eq!(prune()["left_bytes"], 0);
    let lots = limited(&["cache", "prune"]).env("PHI3ML_CACHE_SIZE", "lots");
    lots.run().expect_code(2);
}

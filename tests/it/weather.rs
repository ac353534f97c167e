//! Uploads and downloads in bad weather, and killed at any instant: what arrives is what was sent, and nobody
//! finds a model that looks complete and is not.
#![cfg(unix)]

use std::path::Path;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use serde_json::Value;

use crate::support::api::text;
use crate::support::fake::Generation;
use crate::support::process::{Phi3ml, Started};
use crate::support::scene::Scene;
use crate::support::weather::Weather;
use crate::support::{full_ring, note, phi3_tiny, unique};

/// A seed of its own for each run of the tests; it stands in the message of one that fails.
fn seed() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    u64::from(now.subsec_nanos()) + now.as_secs()
}

/// A model with further files: `count` of them, `size` bytes in all.
fn large_model(scene: &Scene, name: &str, count: usize, size: usize) -> std::path::PathBuf {
    let folder = scene.context.copy_of(&phi3_tiny(), name);
    let mut state = 88_172_645_463_325_252_u64;
    // Half of the bytes are in one file, the rest is spread.
    let lengths = (0..count).map(|at| {
        if at == 0 {
            size / 2
        } else {
            size / 2 / count.max(1)
        }
    });
    for (at, length) in lengths.enumerate() {
        let bytes: Vec<u8> = (0..length / 8)
            .flat_map(|_| {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                state.to_le_bytes()
            })
            .collect();
        let path = folder.join(format!("more/{}/file {at}.bin", at % 7));
        fs_err::create_dir_all(path.parent().unwrap()).unwrap();
        fs_err::write(path, bytes).unwrap();
    }
    folder
}

/// Through the proxy, impatient, and with MLflow's number of retries but shorter pauses.
fn through(run: Phi3ml, weather: &Weather) -> Phi3ml {
    run.env("MLFLOW_TRACKING_URI", &weather.url)
        .env("MLFLOW_HTTP_REQUEST_TIMEOUT", "2")
        .env("MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR", "0.05")
        .env("MLFLOW_HTTP_REQUEST_BACKOFF_JITTER", "0.1")
}

fn log(scene: &Scene, folder: &Path, weather: &Weather) -> Phi3ml {
    let arguments = [
        "log-model",
        folder.to_str().unwrap(),
        "--name",
        "large",
        "-o",
        "json",
    ];
    through(scene.context.phi3ml(arguments), weather)
}

fn download(scene: &Scene, uri: &str, target: &str, weather: &Weather) -> Phi3ml {
    let arguments = ["models", "download", uri, "-d", target, "-o", "json"];
    through(scene.context.phi3ml(arguments), weather)
}

/// The files of the source must be in the download, byte for byte.
#[track_caller]
fn is_the_same(scene: &Scene, source: &Path, target: &str, case: &str) {
    let here = scene
        .context
        .path("work")
        .join(target)
        .join("artifacts/phi3-mini-onnx");
    let mut folders = vec![source.to_owned()];
    let mut count = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs_err::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let other = here.join(path.strip_prefix(source).unwrap());
            let same = fs_err::read(&path).unwrap() == fs_err::read(&other).unwrap();
            assert!(same, "{case}: {} is another", other.display());
            count += 1;
        }
    }
    assert!(count > 5, "{case}");
}

/// What is left of a download that came to its end is the download alone.
#[track_caller]
fn leaves_no_litter(scene: &Scene, case: &str) {
    let partial = fs_err::read_dir(scene.context.path("work")).unwrap();
    let mut names = partial.map(|it| it.unwrap().file_name().into_string().unwrap());
    assert!(
        names.all(|name| !name.starts_with(".partial")),
        "{case}: litter"
    );
}

/// Uploads and downloads in bad weather: of a model that is registered, and of artifacts of its run.
fn storm(generation: Generation, times: u64, count: usize, size: usize) {
    let mut scene = Scene::real(generation);
    let folder = large_model(&scene, "large", count, size);
    let started = Instant::now();
    let (mut spoilt, mut lost) = (0, 0);
    for round in 0..times {
        let seed = seed() + round;
        let case = format!("{generation:?}, seed {seed}");
        let experiment = unique("storm");
        let id = scene.api().create_experiment(&experiment);
        scene.context.set("MLFLOW_EXPERIMENT_NAME", &experiment);
        let weather = Weather::before(&scene.api().url, seed, 20, Duration::ZERO);
        let registered = unique("storm");
        let logged = log(&scene, &folder, &weather).args(["--register", &registered]);
        let logged = logged.run();
        assert_eq!(logged.code, Some(0), "{case}: {logged}");
        let told = logged.json();
        one_of_each(&scene, &id, &registered, &told, &case);
        let uri = format!("models:/{registered}/1");
        let fetched = download(&scene, &uri, "back", &weather).run();
        assert_eq!(fetched.code, Some(0), "{case}: {fetched}");
        is_the_same(&scene, &folder, "back", &case);
        leaves_no_litter(&scene, &case);
        fs_err::remove_dir_all(scene.context.path("work").join("back")).unwrap();

        let run = text(&told["run_id"]);
        let more = folder.join("more/0");
        let more = ["log-artifacts", "--run-id", &run, more.to_str().unwrap()];
        let logged = through(scene.context.phi3ml(more), &weather).run();
        assert_eq!(logged.code, Some(0), "{case}: {logged}");
        let fetch = ["artifacts", "download", "--run-id", &run, "-d", "out"];
        let fetched = through(scene.context.phi3ml(fetch), &weather).run();
        assert_eq!(fetched.code, Some(0), "{case}: {fetched}");
        let here = scene.context.path("work/out");
        let mut fetched = crate::artifacts::read(&here);
        if generation == Generation::Two {
            // There the model is a folder of its run.
            fetched.retain(|name, _| !name.starts_with("large/"));
        }
        assert_eq!(
            fetched,
            crate::artifacts::read(&folder.join("more/0")),
            "{case}"
        );
        fs_err::remove_dir_all(here).unwrap();
        (spoilt, lost) = (spoilt + weather.spoilt(), lost + weather.lost());
        forget(&scene, &told);
        scene.api().request(
            "DELETE",
            &artifacts_of(&scene.api().run(&run)["info"]),
            None,
        );
    }
    note(&format!(
        "{generation:?}: {times} times up and down {count} files of {} MiB, {spoilt} requests spoilt, {lost} answers \
         lost, {:.0?}",
        size >> 20,
        started.elapsed()
    ));
    // Of few requests all may be lucky, of all rounds not.
    assert!(spoilt >= times && lost > 0, "the sun shone");
}

/// The user's own bucket is no further away than a server: what is sent to it is tried as often, and counted.
#[cfg(feature = "cloud")]
#[test]
fn a_bucket_of_ones_own_is_reached_in_bad_weather() {
    use crate::support::Context;
    use crate::support::s3::S3;

    let s3 = S3::start();
    let seed = seed();
    let weather = Weather::before(&s3.url, seed, 8, Duration::ZERO);
    let mut context = Context::new();
    for (name, value) in s3.variables() {
        context.set(name, value);
    }
    context.set("MLFLOW_S3_ENDPOINT_URL", &weather.url);
    let database = format!("sqlite:///{}", context.path("data/mlflow.db").display());
    let location = crate::stores::in_bucket("own");
    let arguments = [
        "experiments",
        "create",
        "own",
        "--artifact-location",
        &location,
    ];
    let run = |arguments: &[&str]| {
        let run = through(context.phi3ml(arguments), &weather);
        run.env("MLFLOW_TRACKING_URI", &database)
            .args(["-o", "json"])
    };
    run(&arguments).run().expect_success();
    let create = ["runs", "create", "--experiment-name", "own"];
    let made = run(&create).run().expect_success().json();
    let id = text(&made["run_id"]);
    let folder = context.path("work/in");
    for at in 0..60 {
        let path = folder.join(format!("{}/file {at}", at % 7));
        fs_err::create_dir_all(path.parent().unwrap()).unwrap();
        fs_err::write(path, vec![u8::try_from(at).unwrap(); 3000 * at]).unwrap();
    }
    fs_err::write(folder.join("large"), vec![7; (17 << 20) + 5]).unwrap();
    let sent = run(&["log-artifacts", "--run-id", &id, "in"]).run();
    assert_eq!(sent.code, Some(0), "seed {seed}: {sent}");
    let fetched = run(&["artifacts", "download", "--run-id", &id, "-d", "out"]).run();
    assert_eq!(fetched.code, Some(0), "seed {seed}: {fetched}");
    let here = crate::artifacts::read(&context.path("work/out"));
    assert_eq!(here, crate::artifacts::read(&folder), "seed {seed}");
    let retries = |told: &Value| told["retries"].as_u64().unwrap();
    let all = retries(&sent.json()) + retries(&fetched.json());
    assert!(
        all > 0 && weather.spoilt() > 0,
        "seed {seed}: {sent}{fetched}"
    );
    assert!(!s3.holds_loose_parts() || weather.lost() > 0, "seed {seed}");
}

/// However often something was sent, it was done once.
#[track_caller]
fn one_of_each(scene: &Scene, experiment: &str, registered: &str, told: &Value, case: &str) {
    let runs = scene.api().runs(experiment);
    assert_eq!(runs.len(), 1, "{case}: {runs:?}");
    assert_eq!(runs[0]["info"]["run_id"], told["run_id"], "{case}");
    assert_eq!(runs[0]["info"]["status"], "FINISHED", "{case}");
    if scene.generation == Generation::Three {
        let models = scene.api().logged_models(experiment);
        assert_eq!(models.len(), 1, "{case}: {models:?}");
        assert_eq!(models[0]["info"]["model_id"], told["model_id"], "{case}");
    }
    let versions = scene.api().versions(registered);
    assert_eq!(versions.len(), 1, "{case}: {versions:?}");
    assert_eq!(versions[0]["version"], "1", "{case}: {versions:?}");
}

fn artifacts_of(told: &Value) -> String {
    let uri = text(&told["artifact_uri"]);
    let path = uri.trim_start_matches("mlflow-artifacts:/").to_owned();
    format!("/api/2.0/mlflow-artifacts/artifacts/{path}")
}

/// Takes a model off the disk of the server.
fn forget(scene: &Scene, told: &Value) {
    scene.api().request("DELETE", &artifacts_of(told), None);
}

#[test]
fn three_hundred_files_pass_through_bad_weather() {
    storm(Generation::Three, 3, 300, 20 << 20);
}

#[test]
fn three_hundred_files_pass_through_bad_weather_to_mlflow_2() {
    storm(Generation::Two, 2, 300, 20 << 20);
}

#[test]
fn a_season_of_bad_weather() {
    if full_ring("weather: 200 × 40 MiB and 10 × 200 MiB through a proxy that spoils requests") {
        for generation in [Generation::Three, Generation::Two] {
            storm(generation, 100, 100, 40 << 20);
            storm(generation, 5, 30, 200 << 20);
        }
    }
}

/// So many small requests are under way at once.
pub(crate) const AT_ONCE: usize = 32;

/// What is uploaded there: so many files and bytes beside the model's own.
const FILES: usize = 60;
const SIZE: usize = 4 << 20;

/// Lets a process go on until so many more requests were made of the server, then a little further, and ends it.
/// Tells whether it was still at work.
fn killed_after(requests: u64, moment: Duration, mut run: Started, weather: &Weather) -> bool {
    let goal = weather.requests() + requests;
    while weather.requests() < goal && run.is_running() {
        std::thread::sleep(Duration::from_millis(1));
    }
    std::thread::sleep(moment);
    if run.is_running() {
        run.signal("KILL");
    }
    // What it says at the end, it says when all is done.
    run.finish().stdout.is_empty()
}

/// Draws numbers below an end.
fn dice(seed: u64) -> impl FnMut(u64) -> u64 {
    let mut state = seed | 1;
    move |end| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 16) % end
    }
}

/// The bytes of the longest files below a folder, as many as are under way at once: those of a mebibyte and more take the
/// places of four.
fn under_way(folder: &Path) -> u64 {
    let length = |path: &Path| fs_err::metadata(path).unwrap().len();
    let lengths = crate::artifacts::each(folder, length);
    let mut lengths: Vec<u64> = lengths.into_values().collect();
    lengths.sort_unstable_by_key(|length| std::cmp::Reverse(*length));
    let mut places = AT_ONCE;
    let fits = lengths.into_iter().take_while(|length| {
        let left = places.checked_sub(if *length < 1 << 20 { 1 } else { 4 });
        places = left.unwrap_or(0);
        left.is_some()
    });
    fits.sum()
}

/// Kills uploads at random instants until one gets through; nobody may find half a model.
fn killed_uploads(times: u64) {
    let mut scene = Scene::real(Generation::Three);
    // Of its own: the server is shared, and what others delete meanwhile is half there for a moment.
    let experiment = unique("killed");
    let id = scene.api().create_experiment(&experiment);
    scene.context.set("MLFLOW_EXPERIMENT_NAME", &experiment);
    let folder = large_model(&scene, "killed", FILES, SIZE);
    let seed = seed();
    let pace = Duration::from_millis(15);
    let weather = Weather::before(&scene.api().url, seed, 0, pace);
    let mut draw = dice(seed);
    let (mut all_kills, mut reused, started) = (0, 0, Instant::now());
    for round in 0..times {
        let case = format!("seed {seed}, round {round}");
        let mut kills = 0;
        let mut before = weather.received();
        while kills == 0 || draw(3) == 0 {
            let run = log(&scene, &folder, &weather).start();
            let moment = Duration::from_millis(draw(30));
            kills += 1;
            if !killed_after(1 + draw(60), moment, run, &weather) {
                // It came to its end, and the next one begins anew.
                (kills, before) = (0, weather.received());
            }
            no_half_model(&scene, &id, &case);
        }
        let logged = log(&scene, &folder, &weather).run();
        assert_eq!(logged.code, Some(0), "{case}: {logged}");
        let sent = weather.received() - before;
        let told = logged.json();
        let bytes = told["bytes"].as_u64().unwrap();
        // What was under way at a kill is sent again.
        let most = bytes + kills * under_way(&folder);
        assert!(
            bytes <= sent && sent <= most,
            "{case}: {kills} kills, {sent} sent: {told}"
        );
        all_kills += kills;
        reused += u64::from(told["reused_bytes"].as_u64().unwrap() > 0);
        let fetched = download(&scene, &text(&told["model_uri"]), "back", &weather).run();
        assert_eq!(fetched.code, Some(0), "{case}: {fetched}");
        is_the_same(&scene, &folder, "back", &case);
        leaves_no_litter(&scene, &case);
        fs_err::remove_dir_all(scene.context.path("work").join("back")).unwrap();
        forget(&scene, &told);
    }
    note(&format!(
        "{all_kills} kills of uploads in {times} rounds, {reused} went on with what was there, {:.0?}",
        started.elapsed()
    ));
    assert!(
        reused > 0 && all_kills >= times,
        "seed {seed}: {all_kills}, {reused}"
    );
}

/// A model with an `MLmodel` has all that its `SHA256SUMS` names.
fn no_half_model(scene: &Scene, experiment: &str, case: &str) {
    for model in scene.api().logged_models(experiment) {
        let uri = text(&model["info"]["artifact_uri"]);
        let files = scene.api().files(&uri);
        if !files.contains_key("MLmodel") {
            continue;
        }
        let sums = scene.api().artifact(&uri, "SHA256SUMS");
        for line in String::from_utf8(sums).unwrap().lines() {
            let name = line.split_once("  ").unwrap().1;
            assert!(files.contains_key(name), "{case}: {uri} lacks {name}");
        }
    }
}

/// Kills downloads at random instants; the next call goes on.
fn killed_downloads(times: u64) {
    let scene = Scene::real(Generation::Three);
    let folder = large_model(&scene, "fetched", 60, 8 << 20);
    let seed = seed();
    let weather = Weather::before(&scene.api().url, seed, 0, Duration::from_millis(15));
    let told = log(&scene, &folder, &weather).run().expect_success().json();
    let uri = text(&told["model_uri"]);
    let target = scene.context.path("work").join("back");
    let mut draw = dice(seed);
    let (mut kills, mut reused, started) = (0, 0, Instant::now());
    for round in 0..times {
        let case = format!("seed {seed}, round {round}");
        let mut is_killed = false;
        while !is_killed || draw(3) == 0 {
            let run = download(&scene, &uri, "back", &weather).start();
            let moment = Duration::from_millis(draw(30));
            // Of a download that came to its end, the next one begins anew.
            is_killed = killed_after(1 + draw(70), moment, run, &weather);
            kills += u64::from(is_killed);
            if target.exists() {
                // It was at its end, or as good as there.
                is_the_same(&scene, &folder, "back", &case);
                fs_err::remove_dir_all(&target).unwrap();
            }
        }
        let fetched = download(&scene, &uri, "back", &weather).run();
        assert_eq!(fetched.code, Some(0), "{case}: {fetched}");
        reused += u64::from(fetched.json()["reused_bytes"].as_u64().unwrap() > 0);
        is_the_same(&scene, &folder, "back", &case);
        leaves_no_litter(&scene, &case);
        fs_err::remove_dir_all(&target).unwrap();
    }
    forget(&scene, &told);
    note(&format!(
        "{kills} kills of downloads in {times} rounds, {reused} went on with what was there, {:.0?}",
        started.elapsed()
    ));
    assert!(
        reused > 0 && kills >= times,
        "seed {seed}: {kills}, {reused}"
    );
}

/// Runs the binary where no file may grow beyond a limit: to it the disk is full.
#[test]
fn a_full_disk_is_told_and_leaves_nothing() {
    let scene = Scene::real(Generation::Three);
    let folder = large_model(&scene, "full", 3, 6 << 20);
    let weather = Weather::before(&scene.api().url, 1, 0, Duration::ZERO);
    let told = log(&scene, &folder, &weather).run().expect_success().json();
    let uri = text(&told["model_uri"]);
    let full = download(&scene, &uri, "back", &weather).with_file_limit(1 << 20);
    let full = full.run().expect_code(1);
    assert!(full.stderr.contains("cannot write `artifacts"), "{full}");
    let left: Vec<_> = fs_err::read_dir(scene.context.path("work"))
        .unwrap()
        .map(|it| it.unwrap().file_name())
        .collect();
    assert_eq!(left, ["full"], "{full}");

    // A place that cannot be written to is told of before anything is fetched.
    fs_err::write(scene.context.path("work/file"), "").unwrap();
    let refused = download(&scene, &uri, "file/back", &weather)
        .run()
        .expect_code(1);
    assert!(refused.stderr.contains("file"), "{refused}");
    download(&scene, &uri, "back", &weather)
        .run()
        .expect_success();
    is_the_same(&scene, &folder, "back", "after the disk was full");
    leaves_no_litter(&scene, "after the disk was full");
    forget(&scene, &told);
}

#[test]
fn uploads_that_are_killed_go_on() {
    killed_uploads(6);
}

#[test]
fn downloads_that_are_killed_go_on() {
    killed_downloads(6);
}

#[test]
fn a_hundred_kills() {
    if full_ring("weather: a hundred kills of uploads and of downloads") {
        killed_uploads(100);
        killed_downloads(100);
    }
}

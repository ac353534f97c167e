//! A large file comes in several spans at once, where the store sends spans; however it is interrupted, its bytes are
//! those of one version of it.

use std::time::{Duration, Instant};

use phi3ml::digest::Digest;
use serde_json::Value;

use crate::artifacts::{phi3ml, read, run_of};
use crate::support::api::text;
use crate::support::fake::{Fault, Generation, Seen};
use crate::support::process::Phi3ml;
use crate::support::scene::Scene;

/// Four spans of 10 MiB.
const LENGTH: usize = 40 << 20;
const SPAN: u64 = 10 << 20;

/// A fake server with a large file in a run.
struct Stored {
    scene: Scene,
    run: String,
    digest: String,
}

impl Stored {
    /// Behind the server itself, or in a bucket beside it.
    fn new(in_bucket: bool) -> Self {
        let scene = Scene::fake(Generation::Three);
        if in_bucket {
            scene.server().sign_for_a_bucket(0);
        }
        let run = run_of(&scene);
        let mut stored = Self {
            scene,
            run,
            digest: String::new(),
        };
        let root = text(&stored.scene.api().run(&stored.run)["info"]["artifact_uri"]);
        stored.scene.api().write_artifact(&root, "large", b"");
        stored.write(bytes(1));
        stored
    }

    /// Makes it another file of the same length.
    fn write(&mut self, bytes: Vec<u8>) {
        self.digest = Digest::of(&bytes).to_string();
        self.scene.server().overwrite("/large", bytes);
    }

    fn fetch(&self) -> Phi3ml {
        let fetch = ["artifacts", "download", "--run-id", &self.run, "-d", "out"];
        phi3ml(&self.scene, &fetch)
            .args(["-o", "json"])
            .env("MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR", "0.01")
    }

    /// What was asked for of the file itself.
    fn asked(&self, place: &str) -> Vec<Seen> {
        let seen = self.scene.server().requests_to("GET", place);
        seen.into_iter()
            .filter(|seen| seen.path.ends_with("/large") && !seen.path.contains("/presigned/"))
            .collect()
    }

    /// Waits until so much was asked for.
    #[track_caller]
    fn wait_for(&self, count: usize, place: &str) {
        let deadline = Instant::now() + Duration::from_secs(30);
        while self.asked(place).len() < count {
            assert!(Instant::now() < deadline, "{}", self.scene.server().story());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Waits until the download has noted that so many bytes are here.
    #[track_caller]
    fn wait_until_noted(&self, bytes: u64) {
        let deadline = Instant::now() + Duration::from_secs(30);
        let noted = || -> u64 {
            let entries = fs_err::read_dir(self.scene.context.path("work")).unwrap();
            let journals = entries.map(|it| it.unwrap().path().join("journal.jsonl"));
            let texts = journals.filter_map(|it| fs_err::read_to_string(it).ok());
            let lines: Vec<Value> = texts
                .flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>())
                .filter_map(|line| serde_json::from_str(&line).ok())
                .collect();
            let spans = lines.iter().filter_map(|line| line.get("span"));
            spans
                .map(|it| it["end"].as_u64().unwrap() - it["start"].as_u64().unwrap())
                .sum()
        };
        while noted() < bytes {
            assert!(Instant::now() < deadline, "{}", self.scene.server().story());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    #[track_caller]
    fn is_whole(&self, told: &Value) {
        assert_eq!(told["bytes"], LENGTH);
        let here = read(&self.scene.context.path("work/out"));
        assert_eq!(
            here["large"],
            self.digest,
            "{}",
            self.scene.server().story()
        );
    }
}

fn bytes(seed: u8) -> Vec<u8> {
    let block: Vec<u8> = (0..=u8::MAX).map(|it| it.wrapping_mul(seed)).collect();
    let mut bytes = block.repeat(LENGTH / block.len());
    // No two mebibytes are alike.
    for (at, mebibyte) in bytes.chunks_mut(1 << 20).enumerate() {
        mebibyte[0] = u8::try_from(at).unwrap();
    }
    bytes
}

fn starts(asked: &[Seen]) -> Vec<u64> {
    let start = |seen: &Seen| {
        let range = seen.headers.get("range")?.to_str().ok()?;
        range
            .strip_prefix("bytes=")?
            .split_once('-')?
            .0
            .parse()
            .ok()
    };
    let mut starts: Vec<u64> = asked.iter().filter_map(start).collect();
    starts.sort_unstable();
    starts
}

#[test]
fn it_comes_in_spans_from_a_server_and_from_a_bucket() {
    for (in_bucket, place) in [(false, "/mlflow-artifacts/artifacts/"), (true, "/bucket/")] {
        let stored = Stored::new(in_bucket);
        let told = stored.fetch().run().expect_success().json();
        stored.is_whole(&told);
        let asked = stored.asked(place);
        assert_eq!(starts(&asked), [0, SPAN, 2 * SPAN, 3 * SPAN]);
        // More than one at a time.
        let first = &asked[1];
        let during = asked.iter().filter(|it| Some(it.arrived) < first.answered);
        assert!(during.count() > 1, "{}", stored.scene.server().story());
    }
}

#[test]
fn a_store_that_sends_all_of_it_is_asked_once() {
    let stored = Stored::new(true);
    stored.scene.server().ignore_ranges();
    let told = stored.fetch().run().expect_success().json();
    stored.is_whole(&told);
    assert_eq!(stored.asked("/bucket/").len(), 1);

    // Even where it breaks off: what is here is passed over.
    let stored = Stored::new(true);
    stored.scene.server().ignore_ranges();
    let broken = Fault::CloseAfter(15 << 20);
    stored.scene.server().fail(1, "GET", "/bucket/", broken);
    let told = stored.fetch().run().expect_success().json();
    stored.is_whole(&told);
    assert_eq!(stored.asked("/bucket/").len(), 2);
}

#[test]
fn a_span_that_breaks_off_is_gone_on_with() {
    for (in_bucket, place) in [(false, "/mlflow-artifacts/artifacts/"), (true, "/bucket/")] {
        let stored = Stored::new(in_bucket);
        for _ in 0..2 {
            let broken = Fault::CloseAfter(3 << 20);
            stored.scene.server().fail(1, "GET", place, broken);
        }
        let told = stored.fetch().run().expect_success().json();
        stored.is_whole(&told);
        let starts = starts(&stored.asked(place));
        assert!(starts.len() > 4, "{starts:?}");
        let midway = starts.iter().filter(|start| **start % SPAN != 0);
        assert!(midway.count() > 0, "{starts:?}");
    }
}

#[test]
fn spans_are_of_one_version_of_the_file() {
    let mut stored = Stored::new(true);
    let slow = Fault::Stall(Duration::from_millis(700));
    stored
        .scene
        .server()
        .fail(usize::MAX, "GET", "/bucket/", slow);
    let other = bytes(3);
    let started = stored.fetch().start();
    stored.wait_for(2, "/bucket/");
    stored.write(other);
    let told = started.finish().expect_success().json();
    stored.is_whole(&told);
    let starts = starts(&stored.asked("/bucket/"));
    assert!(
        starts[..2] == [0, 0],
        "all of it was fetched again: {starts:?}"
    );
}

#[test]
fn a_file_that_never_rests_is_told_and_leaves_nothing() {
    let mut stored = Stored::new(true);
    let slow = Fault::Stall(Duration::from_millis(700));
    stored
        .scene
        .server()
        .fail(usize::MAX, "GET", "/bucket/", slow);
    let mut started = stored.fetch().start();
    let versions = [bytes(3), bytes(5)];
    let mut before = 1;
    while started.is_running() {
        let now = stored.asked("/bucket/").len();
        if now > before {
            before = now;
            stored.write(versions[now % 2].clone());
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    let finished = started.finish().expect_code(1);
    finished.expect_stderr("`large` changed at the store while it was being fetched");
    assert!(!stored.scene.context.path("work/out").exists());
}

#[cfg(unix)]
#[test]
fn what_was_fetched_before_a_kill_of_another_version_is_not_used() {
    for (in_bucket, place) in [(false, "/mlflow-artifacts/artifacts/"), (true, "/bucket/")] {
        let mut stored = Stored::new(in_bucket);
        let server = stored.scene.server();
        server.fail(2, "GET", place, Fault::Delay(Duration::from_millis(1)));
        let stall = Fault::Stall(Duration::from_mins(1));
        server.fail(usize::MAX, "GET", place, stall);
        let started = stored.fetch().start();
        stored.wait_for(4, place);
        stored.wait_until_noted(2 * SPAN);
        started.signal("KILL");
        started.finish();
        stored.scene.server().heal();
        stored.write(bytes(3));
        let told = stored.fetch().run().expect_success().json();
        stored.is_whole(&told);
    }
}

#[cfg(unix)]
#[test]
fn what_was_fetched_before_a_kill_is_not_fetched_again() {
    for (in_bucket, place) in [(false, "/mlflow-artifacts/artifacts/"), (true, "/bucket/")] {
        let stored = Stored::new(in_bucket);
        let server = stored.scene.server();
        let delay = Fault::Delay(Duration::from_millis(1));
        server.fail(2, "GET", place, delay);
        server.fail(
            usize::MAX,
            "GET",
            place,
            Fault::Stall(Duration::from_mins(1)),
        );
        let started = stored.fetch().start();
        stored.wait_for(4, place);
        stored.wait_until_noted(2 * SPAN);
        started.signal("KILL");
        started.finish();
        server.heal();
        server.forget();
        let told = stored.fetch().run().expect_success().json();
        stored.is_whole(&told);
        assert_eq!(told["reused_bytes"], 2 * SPAN, "{told}");
        let asked = starts(&stored.asked(place));
        let (new, compared): (Vec<_>, Vec<_>) =
            asked.into_iter().partition(|start| *start % SPAN == 0);
        assert_eq!(new.len(), 2, "{}", server.story());
        assert!(new.iter().all(|start| *start > 0));
        // The server itself does not say whether a file is still what it was.
        assert_eq!(compared.len(), usize::from(!in_bucket));
    }
}

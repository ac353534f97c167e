//! What only shows with much: memory.
#![cfg(target_os = "linux")]

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader};

#[cfg(feature = "cloud")]
use crate::support::Context;
use crate::support::fake::Generation;
use crate::support::process::{Finished, Started};
#[cfg(feature = "cloud")]
use crate::support::s3::S3;
use crate::support::scene::Scene;
use crate::support::{full_ring, note, phi3_tiny};

const GIBIBYTE: u64 = 1024 * 1024 * 1024;
const MEGABYTE: u64 = 1_000_000;

#[test]
fn any_number_of_runs_is_exported_in_the_memory_of_one_page() {
    let count = if full_ring("the export of 100,000 runs") {
        100_000
    } else {
        5_000
    };
    let exports: [(&[&str], usize); 4] = [
        (&["--format", "jsonl"], count),
        (&["--format", "json"], count + 2),
        (&["--format", "csv"], count + 1),
        (&["--columns", "run_id,params.p7,metrics.loss"], count + 1),
    ];
    for (arguments, lines) in exports {
        let scene = Scene::fake(Generation::Three);
        scene.server().pretend_runs("0", count);
        let file = scene.context.path("exported");
        let run = scene
            .context
            .phi3ml(["runs", "export", "--experiment-id", "0"])
            .args(arguments)
            .stdout(&file);
        let (finished, peak) = watched(run.start(), own_memory);
        finished.expect_success();
        note(&format!(
            "{count} runs {arguments:?}: {} MB",
            peak / MEGABYTE
        ));
        let exported = BufReader::new(fs_err::File::open(&file).unwrap());
        let mut ids = BTreeSet::new();
        let mut found = 0;
        for line in exported.lines() {
            let line = line.unwrap();
            found += 1;
            let id = line
                .find("000000000000000000000")
                .and_then(|at| Some(line.get(at..at + 32)?.to_owned()));
            ids.extend(id);
        }
        assert_eq!((found, ids.len()), (lines, count), "{arguments:?}");
        assert!(
            peak > 0 && peak < 16 * MEGABYTE,
            "{arguments:?}: {} MB at its highest",
            peak / MEGABYTE
        );
    }
}

/// Waits for the end; and the most that was measured meanwhile.
fn watched(mut run: Started, measure: fn(u32) -> Option<u64>) -> (Finished, u64) {
    let mut peak = 0;
    while run.is_running() {
        peak = measure(run.id()).unwrap_or_default().max(peak);
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    (run.finish(), peak)
}

#[test]
fn a_gibibyte_goes_through_64_megabytes() {
    let scene = Scene::fake(Generation::Three);
    let folder = scene.context.copy_of(&phi3_tiny(), "large");
    // A hole: as long as a large model to every reader, and nothing on the disk.
    fs_err::File::create(folder.join("extra.bin"))
        .unwrap()
        .set_len(GIBIBYTE)
        .unwrap();
    let run = scene
        .context
        .phi3ml(["log-model", "large", "-o", "json"])
        .start();
    let (finished, peak) = watched(run, peak_memory);
    let told = finished.expect_success().json();
    assert!(told["bytes"].as_u64().unwrap() > GIBIBYTE, "{told}");
    assert!(
        peak > 0 && peak < 64 * MEGABYTE,
        "{} MB at its highest",
        peak / MEGABYTE
    );
}

/// More than one request may carry has to go in parts; what waits of them for its turn to be hashed is bounded.
#[cfg(feature = "cloud")]
#[test]
fn what_goes_to_a_bucket_in_parts_goes_through_64_megabytes() {
    let is_full = full_ring("6 GiB to a bucket, of which 128 MiB are sent");
    let length = if is_full { 6 * GIBIBYTE } else { GIBIBYTE / 8 };
    let s3 = S3::start();
    let mut context = Context::new();
    for (name, value) in s3.variables() {
        context.set(name, value);
    }
    let database = format!("sqlite:///{}", context.path("data/mlflow.db").display());
    context.set("MLFLOW_TRACKING_URI", database);
    let root = crate::stores::in_bucket("large");
    let create = [
        "experiments",
        "create",
        "large",
        "--artifact-location",
        &root,
    ];
    context.phi3ml(create).run().expect_success();
    let create = ["runs", "create", "--experiment-name", "large", "-o", "json"];
    let run = context.phi3ml(create).run().expect_success().json();
    let id = run["run_id"].as_str().unwrap();
    fs_err::File::create(context.path("work/weights"))
        .unwrap()
        .set_len(length)
        .unwrap();
    let command = |arguments: &[&str]| {
        let run = context
            .phi3ml(arguments)
            .args(["--run-id", id, "-o", "json"]);
        let (finished, peak) = watched(run.start(), own_memory);
        let told = finished.expect_success().json();
        assert_eq!(told["bytes"], length, "{told}");
        note(&format!(
            "{} of {} MiB: {} MB",
            arguments[0],
            length >> 20,
            peak / MEGABYTE
        ));
        assert!(peak > 0 && peak < 64 * MEGABYTE, "{} MB", peak / MEGABYTE);
    };
    command(&["log-artifacts", "weights"]);
    command(&["artifacts", "download", "-d", "back"]);
    let back = fs_err::metadata(context.path("work/back/weights")).unwrap();
    assert_eq!(back.len(), length);
}

/// The most memory a process has held so far, as the kernel counts it; none once it has ended.
fn peak_memory(id: u32) -> Option<u64> {
    memory(id, "VmHWM:")
}

/// What a process holds now of its own. The rest are the pages of its code, which in a debug build are most of all and
/// become more with every command that there is.
fn own_memory(id: u32) -> Option<u64> {
    memory(id, "RssAnon:")
}

fn memory(id: u32, kind: &str) -> Option<u64> {
    let status = fs_err::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with(kind))?;
    let kibibytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kibibytes * 1024)
}

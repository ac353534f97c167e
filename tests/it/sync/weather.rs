//! `sync` through a proxy that spoils requests, and killed again and again.

use std::ops::Range;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use phi3ml::entity::id::RequestId;
use phi3ml::entity::metric::{Measured, Metric};
use phi3ml::entity::param::Param;
use phi3ml::entity::run::RunStatus;
use phi3ml::entity::tag::Tag;
use phi3ml::tracking::{Batch, NewExperiment, NewRun, Sqlite, Tracking, file_of};
use serde_json::json;

use super::{assert_idle, assert_same, database, done, look, sync};
use crate::support::fake::Generation;
use crate::support::mlflow;
use crate::support::python::Python;
use crate::support::weather::Weather;
use crate::support::{Context, full_ring, note, phi3_tiny};

/// Fills a database with runs of so many points each, and models.
async fn many(context: &Context, uri: &str, runs: usize, points: usize, models: usize) {
    let file = file_of(uri).unwrap().unwrap();
    let ledger = Sqlite::new(file, &context.path("work/lies"));
    let new = NewExperiment {
        name: "many".to_owned(),
        ..NewExperiment::default()
    };
    let experiment_id = ledger.create_experiment(&new).await.unwrap();
    for number in 0..runs {
        let at = 1_700_000_000_000 + i64::try_from(number).unwrap();
        let run = NewRun {
            request_id: RequestId::unique(),
            experiment_id: experiment_id.clone(),
            name: Some(format!("run {number}")),
            start_time: at,
            user: Some("ann".to_owned()),
            is_copy: false,
            tags: vec![Tag::new("number", number.to_string())],
        };
        let run = ledger.create_run(&run).await.unwrap();
        let metric = |index: usize| Metric {
            key: ["loss", "acc"][index % 2].to_owned(),
            value: Measured(1.0 / f64::from(u32::try_from(index + number + 1).unwrap())),
            timestamp: at + i64::try_from(index).unwrap(),
            step: i64::try_from(index / 2).unwrap(),
        };
        let batch = Batch {
            params: (0..5)
                .map(|index| Param::new(format!("p{index}"), number.to_string()))
                .collect(),
            metrics: (0..points).map(metric).collect(),
            tags: Vec::new(),
        };
        ledger.log_batch(&run.run_id, &batch).await.unwrap();
        ledger
            .update_run(&run.run_id, RunStatus::Finished, Some(at + 1000))
            .await
            .unwrap();
    }
    let source = phi3_tiny();
    for number in 0..models {
        let name = format!("model-{number}");
        let log = [
            "log-model",
            source.to_str().unwrap(),
            "--experiment-name",
            "many",
            "--name",
            &name,
        ];
        let log = context
            .phi3ml(log)
            .args(["--register", &name, "--alias", "champion"]);
        log.env("MLFLOW_TRACKING_URI", uri).run().expect_success();
    }
}

/// In bad weather, and killed again and again: the server ends as the database, and nothing is there twice.
fn storm(runs: usize, points: usize, models: usize, kills: u32, pauses: Range<u64>) {
    let context = Context::new();
    let from = database(&context, "from.db");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(many(&context, &from, runs, points, models));
    let server = mlflow::empty(Generation::Three);
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let seed = u64::from(now.subsec_nanos()) | 1;
    let weather = Weather::before(&server.api.url, seed, 20, Duration::ZERO);
    let case = format!("seed {seed}");
    let through = || {
        sync(&context, &from, &weather.url)
            .env("MLFLOW_HTTP_REQUEST_TIMEOUT", "5")
            .env("MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR", "0.05")
            .env("MLFLOW_HTTP_REQUEST_BACKOFF_JITTER", "0.1")
    };
    let began = Instant::now();
    let (mut random, mut killed) = (seed, 0);
    while killed < kills {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let mut run = through().start();
        let pause = pauses.start + random % (pauses.end - pauses.start);
        std::thread::sleep(Duration::from_millis(pause));
        if !run.is_running() {
            run.finish();
            break;
        }
        run.signal("KILL");
        run.finish();
        killed += 1;
    }
    // What bad weather left undone is told, and the next call does it.
    let mut calls = 0;
    let told = loop {
        calls += 1;
        let mut run = through().start();
        // A busy machine takes its time for a thousand runs.
        while run.is_running() && began.elapsed() < Duration::from_mins(30) {
            std::thread::sleep(Duration::from_millis(50));
        }
        let run = run.finish();
        if run.code == Some(0) {
            break run.json();
        }
        assert!(calls < 5, "{case}: {run}");
    };
    let seconds = began.elapsed().as_secs();
    note(&format!(
        "sync of {runs} runs, {} points, {models} models: {killed} kills, then {calls} calls, {seconds} s; \
         {} requests spoilt, {} answers lost",
        runs * points,
        weather.spoilt(),
        weather.lost()
    ));
    let python = Python::mlflow3();
    let (source, target) = (
        look(python, &from, "source", &[]),
        look(python, &server.api.url, "copy", &[]),
    );
    assert_eq!(
        source["runs"].as_array().unwrap().len(),
        runs + models,
        "{case}"
    );
    assert_same(&target, &source);
    // Not even what is no copy is there: nothing was made twice and forgotten.
    let all = look(python, &server.api.url, "source", &[]);
    for things in ["runs", "models"] {
        assert_eq!(
            all[things].as_array().unwrap().len(),
            target[things].as_array().unwrap().len(),
            "{case}"
        );
    }
    for (name, model) in all["registered"].as_object().unwrap() {
        assert_eq!(
            model["versions"].as_array().unwrap().len(),
            1,
            "{case}: {name}"
        );
    }
    assert_idle(&done(sync(&context, &from, &server.api.url)));
    assert_eq!(told["failures"], json!([]), "{case}");
}

#[test]
fn bad_weather_and_kills_leave_nothing_out_and_nothing_twice() {
    storm(20, 100, 1, 2, 300..1200);
}

#[test]
fn a_thousand_runs_in_bad_weather_with_ten_kills() {
    if full_ring("sync: 1,000 runs, 100,000 points and 5 models, 5 % of requests spoilt, ten kills")
    {
        storm(1000, 100, 5, 10, 1000..9000);
    }
}

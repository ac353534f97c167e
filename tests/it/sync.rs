//! `sync`: the target ends as the source, as MLflow's own client tells it, and nothing is there twice.

use phi3ml::entity::id::RequestId;
use phi3ml::entity::metric::{Measured, Metric};
use phi3ml::entity::param::Param;
use phi3ml::entity::run::RunStatus;
use phi3ml::entity::tag::Tag;
use phi3ml::tracking::{Batch, NewExperiment, NewRun, Sqlite, Tracking, file_of};
use serde_json::{Value, json};

use crate::support::fake::Generation;
use crate::support::mlflow;
use crate::support::process::{Finished, Phi3ml};
use crate::support::python::Python;
#[cfg(unix)]
use crate::support::weather::Weather;
use crate::support::{Context, full_ring, note, phi3_tiny};

/// What MLflow's client knows of a store.
fn look(python: &Python, uri: &str, kind: &str, experiments: &[&str]) -> Value {
    let variables = [
        ("MLFLOW_TRACKING_URI".to_owned(), uri.to_owned()),
        ("MLFLOW_ALLOW_FILE_STORE".to_owned(), "true".to_owned()),
    ];
    let arguments: Vec<&str> = [kind]
        .into_iter()
        .chain(experiments.iter().copied())
        .collect();
    python.script("whole_ledger.py", &variables, &arguments)
}

/// A store with a little of everything, written by MLflow's client.
fn filled(python: &Python, uri: &str, folder: &std::path::Path) -> Value {
    fs_err::create_dir_all(folder).unwrap();
    let variables = [
        ("MLFLOW_TRACKING_URI".to_owned(), uri.to_owned()),
        ("MLFLOW_ALLOW_FILE_STORE".to_owned(), "true".to_owned()),
    ];
    python.script("fill_ledger.py", &variables, &[folder.to_str().unwrap()])
}

fn sync(context: &Context, from: &str, to: &str) -> Phi3ml {
    context.phi3ml(["sync", "--from", from, "--to", to, "-o", "json"])
}

fn database(context: &Context, name: &str) -> String {
    format!("sqlite:///{}", context.path("work").join(name).display())
}

/// The difference is in the message, and not all that is the same.
#[track_caller]
fn assert_same(target: &Value, source: &Value) {
    fn differences(path: &str, left: &Value, right: &Value, found: &mut Vec<String>) {
        match (left, right) {
            (Value::Object(left), Value::Object(right)) => {
                let keys: std::collections::BTreeSet<_> = left.keys().chain(right.keys()).collect();
                for key in keys {
                    let of = |side: &serde_json::Map<String, Value>| {
                        side.get(key).cloned().unwrap_or_default()
                    };
                    differences(&format!("{path}.{key}"), &of(left), &of(right), found);
                }
            }
            (Value::Array(left), Value::Array(right)) if left.len() == right.len() => {
                for (at, (left, right)) in left.iter().zip(right).enumerate() {
                    differences(&format!("{path}[{at}]"), left, right, found);
                }
            }
            _ if left != right => {
                let text = format!("{path}: {left} is not {right}");
                found.push(text.chars().take(500).collect());
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    differences("", target, source, &mut found);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Nothing was left to do.
#[track_caller]
fn assert_idle(told: &Value) {
    for things in [
        "experiments",
        "runs",
        "logged_models",
        "registered_models",
        "versions",
    ] {
        for did in ["created", "updated"] {
            assert_eq!(told[things][did], 0, "{things}: {told}");
        }
    }
    for count in ["metric_points", "aliases", "files", "bytes"] {
        assert_eq!(told[count], 0, "{count}: {told}");
    }
}

fn done(run: Phi3ml) -> Value {
    let finished: Finished = run.run().expect_success();
    finished.json()
}

#[test]
fn a_server_ends_as_the_database() {
    let context = Context::new();
    let (python, from) = (Python::mlflow3(), database(&context, "from.db"));
    let ids = filled(python, &from, &context.path("work/lies"));
    let server = mlflow::empty(Generation::Three);
    let to = server.api.url.clone();
    let plan = sync(&context, &from, &to)
        .args(["--dry-run"])
        .run()
        .expect_success()
        .json();
    assert_eq!(plan["dry_run"], true, "{plan}");
    let text = plan.to_string();
    for what in [
        "create the experiment `work`",
        "copy the run `",
        "upload 5 files of the run",
        "copy version 4 of `phi3`",
    ] {
        assert!(text.contains(what), "{what}: {plan}");
    }
    assert_eq!(
        server
            .api
            .get("experiments/get-by-name?experiment_name=Default")["experiment"]["tags"],
        Value::Null
    );

    let told = done(sync(&context, &from, &to));
    assert_eq!(told["runs"]["created"], 5, "{told}");
    assert_eq!(
        told["experiments"],
        json!({ "created": 2, "updated": 1, "unchanged": 0 })
    );
    assert_eq!(told["metric_points"], 9 + 1000 + 2, "{told}");
    assert_eq!(
        (&told["versions"]["created"], &told["aliases"]),
        (&json!(3), &json!(2))
    );
    let (source, target) = (
        look(python, &from, "source", &[]),
        look(python, &to, "copy", &[]),
    );
    assert_same(&target, &source);
    assert_eq!(source["runs"].as_array().unwrap().len(), 5);
    assert_eq!(source["models"].as_array().unwrap().len(), 2);

    // Again: nothing. And from the server on to another database: the same once more.
    assert_idle(&done(sync(&context, &from, &to)));
    let third = database(&context, "third.db");
    done(sync(&context, &to, &third));
    assert_idle(&done(sync(&context, &to, &third)));
    let second = look(python, &to, "source", &[]);
    assert_same(&look(python, &third, "copy", &[]), &second);

    // What is new since is brought over.
    let child = ids["child"].as_str().unwrap();
    let at = |arguments: &[&str]| {
        context
            .phi3ml(arguments)
            .env("MLFLOW_TRACKING_URI", &from)
            .run()
            .expect_success()
    };
    at(&[
        "log-metrics",
        "--run-id",
        child,
        "--step",
        "9",
        "--timestamp",
        "3",
        "loss=4",
    ]);
    at(&["set-tags", "--run-id", child, "note=more"]);
    fs_err::write(context.path("work/new.txt"), "new").unwrap();
    at(&["log-artifacts", "--run-id", child, "new.txt"]);
    at(&["models", "alias", "phi3", "champion", "4"]);
    let told = done(sync(&context, &from, &to));
    assert_eq!(
        (&told["runs"]["updated"], &told["metric_points"]),
        (&json!(1), &json!(1)),
        "{told}"
    );
    assert_eq!(told["aliases"], 1);
    assert_same(
        &look(python, &to, "copy", &[]),
        &look(python, &from, "source", &[]),
    );
}

#[test]
fn mlflow_2_gets_models_as_folders_of_their_runs() {
    let context = Context::new();
    let from = database(&context, "from.db");
    let ids = filled(Python::mlflow3(), &from, &context.path("work/lies"));
    let server = mlflow::empty(Generation::Two);
    let to = server.api.url.clone();
    let told = done(sync(&context, &from, &to));
    assert_eq!(told["logged_models"]["created"], 2, "{told}");
    assert_idle(&done(sync(&context, &from, &to)));
    let mut source = look(Python::mlflow3(), &from, "source", &[]);
    let mut target = look(Python::mlflow2(), &to, "copy", &[]);
    let child = ids["child"].as_str().unwrap();
    let model = format!("models:/{}", ids["model"].as_str().unwrap());
    let sources = |ledger: &Value| -> Vec<String> {
        let versions = ledger["registered"]["phi3"]["versions"].as_array().unwrap();
        versions
            .iter()
            .map(|version| version["source"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        sources(&source),
        [model.clone(), format!("artifacts of {child}/m"), model]
    );
    let folder = format!("artifacts of {child}/clever");
    assert_eq!(
        sources(&target),
        [folder.clone(), format!("artifacts of {child}/m"), folder]
    );
    // But for the models, all is the same.
    for ledger in [&mut source, &mut target] {
        ledger["models"].take();
        for run in ledger["runs"].as_array_mut().unwrap() {
            run["outputs"].take();
            let files = run["files"].as_object_mut().unwrap();
            files.retain(|name, _| !name.starts_with("clever/"));
            let tags = run["tags"].as_object_mut().unwrap();
            tags.remove("mlflow.log-model.history");
        }
        for version in ledger["registered"]["phi3"]["versions"]
            .as_array_mut()
            .unwrap()
        {
            version["source"].take();
        }
    }
    assert_same(&target, &source);
}

#[test]
fn what_was_named_comes_with_what_it_needs() {
    let context = Context::new();
    let (python, from) = (Python::mlflow3(), database(&context, "from.db"));
    let ids = filled(python, &from, &context.path("work/lies"));
    let created = |arguments: &[&str], name: &str| {
        let to = database(&context, name);
        let told = done(sync(&context, &from, &to).args(arguments));
        let count = |things: &str| told[things]["created"].as_u64().unwrap();
        let counts = [
            "experiments",
            "runs",
            "logged_models",
            "registered_models",
            "versions",
        ]
        .map(count);
        assert_idle(&done(sync(&context, &from, &to).args(arguments)));
        counts
    };
    let parent = ids["parent"].as_str().unwrap();
    assert_eq!(created(&["--run-id", parent], "one.db"), [1, 1, 0, 0, 0]);
    assert_eq!(created(&["--model", "phi3"], "two.db"), [1, 1, 2, 1, 3]);
    assert_eq!(
        created(&["--experiment", "work"], "three.db"),
        [1, 3, 2, 0, 0]
    );
    let run = sync(&context, &from, &database(&context, "four.db"))
        .args(["--experiment", "nowhere"])
        .run();
    run.expect_code(1)
        .expect_stderr("there is no experiment `nowhere`");
    // All the rest, on top of a part: the child finds its parent again.
    let to = database(&context, "one.db");
    done(sync(&context, &from, &to));
    assert_same(
        &look(python, &to, "copy", &[]),
        &look(python, &from, "source", &[]),
    );
    sync(&context, &to, &to)
        .run()
        .expect_code(2)
        .expect_stderr("the same");
}

#[test]
fn what_is_there_and_no_copy_is_left_alone() {
    let context = Context::new();
    let (from, to) = (database(&context, "from.db"), database(&context, "to.db"));
    filled(Python::mlflow3(), &from, &context.path("work/lies"));
    let other = |arguments: &[&str]| {
        context
            .phi3ml(arguments)
            .env("MLFLOW_TRACKING_URI", &to)
            .run()
            .expect_success()
    };
    other(&["experiments", "create", "work", "--tag", "team=others"]);
    other(&["experiments", "create", "gone"]);
    let id = other(&["experiments", "get", "gone", "-o", "json"]).json()["experiment_id"].clone();
    other(&["experiments", "delete", id.as_str().unwrap()]);
    other(&[
        "models",
        "create",
        "phi3",
        "--description",
        "ours",
        "--tag",
        "team=others",
    ]);
    let model = context.path("work/model");
    fs_err::create_dir(&model).unwrap();
    fs_err::write(model.join("MLmodel"), "flavors: {}\n").unwrap();
    let run = other(&["runs", "create", "-o", "json"]).json();
    let run = run["run_id"].as_str().unwrap();
    other(&[
        "log-artifacts",
        "--run-id",
        run,
        "model",
        "--artifact-path",
        "m",
    ]);
    other(&[
        "register",
        &format!("runs:/{run}/m"),
        "phi3",
        "--alias",
        "champion",
    ]);

    let finished = sync(&context, &from, &to).run().expect_code(1);
    let told = finished.json();
    let conflicts: Vec<String> = told["conflicts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| format!("{} {}: {}", it["thing"], it["name"], it["reason"]))
        .collect();
    let all = conflicts.join("\n");
    assert_eq!(conflicts.len(), 5, "{all}");
    for reason in [
        "\"experiment\" \"work\": \"the tag `team` has another value at the target\"",
        "\"experiment\" \"gone\": \"it is in the bin at the target\"",
        "\"registered model\" \"phi3\": \"it has another description at the target\"",
        "\"registered model\" \"phi3\": \"the tag `team` has another value at the target\"",
        "\"registered model\" \"phi3\": \"the alias `champion` points to version 1 at the target, which is no copy\"",
    ] {
        assert!(all.contains(reason), "{reason}\n{all}");
    }
    assert_eq!(told["failures"], json!([]));
    assert!(
        finished
            .stderr
            .contains("5 things at the target differ and were left alone"),
        "{finished}"
    );
    // The rest is done, the numbers go on, and what was there is as it was.
    assert_eq!(
        (&told["runs"]["created"], &told["versions"]["created"]),
        (&json!(4), &json!(3)),
        "{told}"
    );
    let there = other(&["models", "get", "phi3", "-o", "json"]).json();
    assert_eq!(
        (&there["description"], &there["tags"]["team"]),
        (&json!("ours"), &json!("others"))
    );
    assert_eq!(
        there["aliases"],
        json!({ "champion": "1", "next": "4" }),
        "{there}"
    );
}

/// A folder of MLflow's files, as each generation writes it, is read as Python reads it.
fn files_are_read(python: &Python) {
    let context = Context::new();
    let store = context.path("work/mlruns");
    let from = format!("file://{}", store.display());
    let ids = filled(python, &from, &context.path("work/lies"));
    let source = look(python, &from, "source", &[]);
    let before = listing(&store);
    let to = database(&context, "to.db");
    done(sync(&context, "mlruns", &to));
    assert_idle(&done(sync(&context, &from, &to)));
    assert!(listing(&store) == before, "nothing was written there");
    let mut target = look(Python::mlflow3(), &to, "copy", &[]);
    let mut source = source;
    // Python reads a point with a dataset as one of step 0 (`_get_metric_from_line`, 3.17.2); the file says which.
    for ledger in [&mut target, &mut source] {
        for run in ledger["runs"].as_array_mut().unwrap() {
            run["history"].as_object_mut().unwrap().remove("score");
            run["metrics"].as_object_mut().unwrap().remove("score");
        }
    }
    assert_same(&target, &source);

    let export = [
        "runs",
        "export",
        "--all-experiments",
        "--view",
        "all",
        "--format",
        "jsonl",
    ];
    let exported = context
        .phi3ml(export)
        .args(["--tracking-uri", "./mlruns"])
        .run()
        .expect_success();
    assert_eq!(exported.stdout.lines().count(), 5, "{exported}");
    let child = ids["child"].as_str().unwrap();
    let filter = [
        "--experiment-name",
        "work",
        "--filter",
        "params.lr = '1e-3'",
        "--columns",
        "run_id,metrics.nested/acc",
    ];
    let found = context
        .phi3ml(["runs", "export"])
        .args(filter)
        .args(["--tracking-uri", &from])
        .run()
        .expect_success();
    assert_eq!(
        found.stdout,
        format!("run_id,metrics.nested/acc\n{child},0.5\n")
    );
    for command in [vec!["runs", "create"], vec!["runs", "list"]] {
        let run = context
            .phi3ml(command)
            .args(["--tracking-uri", &from])
            .run();
        run.expect_code(2)
            .expect_stderr("is not the address of a tracking server");
    }
    sync(&context, &to, "mlruns").run().expect_code(2);

    // The folder was moved to another place, as years go by; what is in it is found all the same.
    fs_err::rename(&store, context.path("work/old")).unwrap();
    let moved = database(&context, "moved.db");
    let told = done(sync(&context, "old", &moved));
    assert_eq!(
        told["files"],
        if ids["model"].is_null() { 5 } else { 8 },
        "{told}"
    );
}

/// All files below a folder, and what is in them.
fn listing(folder: &std::path::Path) -> std::collections::BTreeMap<std::path::PathBuf, Vec<u8>> {
    let mut found = std::collections::BTreeMap::new();
    for entry in fs_err::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(listing(&path));
        } else {
            found.insert(path.clone(), fs_err::read(path).unwrap());
        }
    }
    found
}

#[test]
fn files_of_mlflow_3_are_read() {
    files_are_read(Python::mlflow3());
}

#[test]
fn files_of_mlflow_2_are_read() {
    files_are_read(Python::mlflow2());
}

#[test]
fn a_broken_file_is_named() {
    let context = Context::new();
    let to = database(&context, "to.db");
    let run = context.path("work/mlruns/7/0123456789abcdef0123456789abcdef");
    let put = |path: &std::path::Path, text: &str| {
        fs_err::create_dir_all(path.parent().unwrap()).unwrap();
        fs_err::write(path, text).unwrap();
    };
    let mend = || {
        _ = fs_err::remove_dir_all(context.path("work/mlruns"));
        put(
            &context.path("work/mlruns/7/meta.yaml"),
            "name: odd\nexperiment_id: '7'\nlifecycle_stage: active\n",
        );
        put(
            &run.join("meta.yaml"),
            "run_id: 0123456789abcdef0123456789abcdef\nstatus: 3\nstart_time: 1\nrun_name: ''\n",
        );
        put(&run.join("metrics/a/b c"), "1 2.5 3\n\n2 nan 4\n");
        put(&run.join("params/ä ö/x"), "line\nline\n");
        // What is no experiment and no run is passed over, as MLflow does.
        put(&context.path("work/mlruns/notes/readme.txt"), "hi");
        put(&context.path("work/mlruns/7/.ipynb_checkpoints/x"), "hi");
    };
    mend();
    let told = done(sync(&context, "mlruns", &to));
    assert_eq!(
        (&told["runs"]["created"], &told["metric_points"]),
        (&json!(1), &json!(2)),
        "{told}"
    );
    let export = [
        "runs",
        "export",
        "--experiment-name",
        "odd",
        "-o",
        "jsonl",
        "--tracking-uri",
        &to,
    ];
    let exported = context.phi3ml(export).run().expect_success().json();
    assert_eq!(exported["params"], json!({ "ä ö/x": "line\nline\n" }));
    for (file, text, reason) in [
        (
            "metrics/a/b c",
            "1 2.5 3\n1 x 3\n",
            "line 2 is not `timestamp value step`: `1 x 3`",
        ),
        ("meta.yaml", "run_id: [\n", ""),
        ("meta.yaml", "run_id: ../up\n", "`../up` is no id of a run"),
        (
            "../meta.yaml",
            "name: odd\nexperiment_id: seven\n",
            "`seven` is no id of an experiment",
        ),
        ("../../models/phi3/meta.yaml", "nothing: 1\n", "name"),
    ] {
        mend();
        put(&run.join(file), text);
        let failed = sync(&context, "mlruns", &to).run().expect_code(1);
        let name = file.rsplit("../").next().unwrap();
        assert!(
            failed.stderr.contains(name) && failed.stderr.contains(reason),
            "{file}: {failed}"
        );
    }
    mend();
    fs_err::remove_file(run.join("meta.yaml")).unwrap();
    sync(&context, "mlruns", &to)
        .run()
        .expect_code(1)
        .expect_stderr("the rest of a run is");
    for (from, reason) in [
        ("nowhere", "it is not there"),
        ("mlruns/7/meta.yaml", "it is no folder"),
        (".", "none of its folders"),
    ] {
        sync(&context, from, &to)
            .run()
            .expect_code(2)
            .expect_stderr(reason);
    }
}

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
            value: Measured(1.0 / (index + number + 1) as f64),
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
#[cfg(unix)]
fn storm(runs: usize, points: usize, models: usize, kills: u32, pauses: std::ops::Range<u64>) {
    let context = Context::new();
    let from = database(&context, "from.db");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(many(&context, &from, runs, points, models));
    let server = mlflow::empty(Generation::Three);
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap();
    let seed = u64::from(now.subsec_nanos()) | 1;
    let weather = Weather::before(&server.api.url, seed, 20, std::time::Duration::ZERO);
    let case = format!("seed {seed}");
    let through = || {
        sync(&context, &from, &weather.url)
            .env("MLFLOW_HTTP_REQUEST_TIMEOUT", "5")
            .env("MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR", "0.05")
            .env("MLFLOW_HTTP_REQUEST_BACKOFF_JITTER", "0.1")
    };
    let began = std::time::Instant::now();
    let (mut random, mut killed) = (seed, 0);
    while killed < kills {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let mut run = through().start();
        let pause = pauses.start + random % (pauses.end - pauses.start);
        std::thread::sleep(std::time::Duration::from_millis(pause));
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
        let run = through().run();
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
    let _ = told;
}

#[cfg(unix)]
#[test]
fn bad_weather_and_kills_leave_nothing_out_and_nothing_twice() {
    storm(20, 100, 1, 2, 300..1200);
}

#[cfg(unix)]
#[test]
fn a_thousand_runs_in_bad_weather_with_ten_kills() {
    if full_ring("sync: 1,000 runs, 100,000 points and 5 models, 5 % of requests spoilt, ten kills")
    {
        storm(1000, 100, 5, 10, 1000..9000);
    }
}

//! No server: the database file beside Python, beside servers, beside itself, and after a crash.
//!
//! That every command does on a file what it does on a server is held by the groups of the commands themselves
//! (`made_by_mlflow`, `upgraded_by_mlflow`, `fresh`).

use phi3ml::entity::id::{ExperimentId, RequestId};
use phi3ml::tracking::{
    NewLoggedModel, NewRegisteredModel, NewRun, NewVersion, PageOf, Search, Sqlite, Tracking,
};
use serde_json::{Value, json};

use crate::support::mlflow::made_by_mlflow;
use crate::support::process::Phi3ml;
use crate::support::python::Python;
use crate::support::{ANSWER, Context, PROMPT, full_ring, note, phi3_tiny, unique};

/// MLflow 2's last tables and one of its own, as far as they matter.
const OF_MLFLOW_2: &str = "0584bdc529eb";

fn told(run: Phi3ml) -> Value {
    run.args(["-o", "json"]).run().expect_success().json()
}

fn uri(context: &Context) -> String {
    format!("sqlite:///{}", context.path("work/mlflow.db").display())
}

fn python(context: &Context, arguments: &[&str]) -> Value {
    let variables = [("MLFLOW_TRACKING_URI".to_owned(), uri(context))];
    Python::mlflow3().script("write_ledger.py", &variables, arguments)
}

/// Points of a metric as `log-batch` reads them.
fn points(key: &str, steps: std::ops::Range<usize>) -> String {
    let line =
        |step| json!({ "key": key, "value": step, "step": step, "timestamp": 1 }).to_string();
    steps.map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_quick_start_needs_no_server() {
    let context = Context::new();
    let source = phi3_tiny();
    let log = || {
        let command = context.phi3ml(["log-model", source.to_str().unwrap(), "--name", "phi3"]);
        command.args(["--register", "phi3", "--alias", "champion"])
    };
    let plan = log().args(["--dry-run"]).run().expect_success();
    assert!(plan.stderr.contains("would create"), "{plan}");
    let left = fs_err::read_dir(context.path("work")).unwrap();
    assert_eq!(left.count(), 0, "a dry run makes no file");
    for question in [
        vec!["runs", "list"],
        vec!["doctor"],
        vec!["experiments", "list"],
    ] {
        context.phi3ml(question).run().expect_success();
    }
    assert!(
        !context.path("work/mlflow.db").exists(),
        "nor does a question"
    );

    let smoke = [
        "--smoke", PROMPT, "--expect", "Madrid", "--engine", "rten", "-o", "json",
    ];
    let logged = log().args(smoke).run().expect_success();
    let note = "no tracking URI is set: using `sqlite:///mlflow.db`";
    assert_eq!(logged.stderr.matches(note).count(), 1, "{logged}");
    let logged = logged.json();
    assert_eq!(logged["smoke"]["passed"], true);
    assert_eq!(
        logged["registered"],
        json!({ "name": "phi3", "version": "1", "aliases": ["champion"] })
    );
    let root = context.path("work/mlruns");
    assert!(
        logged["artifact_uri"]
            .as_str()
            .unwrap()
            .starts_with(root.to_str().unwrap())
    );

    let predict = [
        "predict",
        "-m",
        "models:/phi3@champion",
        "--engine",
        "rten",
        "--prompt",
        PROMPT,
    ];
    let answer = context.phi3ml(predict).run().expect_success().stdout;
    assert_eq!(answer.trim(), ANSWER);
    context
        .phi3ml(["api", "GET", "/version"])
        .run()
        .expect_code(2)
        .expect_stderr("a database file answers no requests");
    let shown = told(context.phi3ml(["config", "show"]));
    assert!(shown.to_string().contains("sqlite:///mlflow.db"), "{shown}");

    let facts = python(&context, &["look", logged["run_id"].as_str().unwrap()]);
    assert_eq!(facts["status"], "FINISHED");
    assert_eq!(facts["models"], json!([logged["model_id"]]));
    assert_eq!(facts["champion"]["version"], "1");
    // MLflow upgraded it meanwhile; phi3ml goes on.
    assert_eq!(facts["revision"], "dc11669786a5");
    let answer = context.phi3ml(predict).run().expect_success().stdout;
    assert_eq!(answer.trim(), ANSWER);
}

#[test]
fn experiments_in_files_are_left_alone() {
    let context = Context::new();
    let folder = context.path("work/mlruns/0");
    fs_err::create_dir_all(&folder).unwrap();
    fs_err::write(folder.join("meta.yaml"), "name: Default\n").unwrap();
    let run = context.phi3ml(["runs", "create"]).run().expect_success();
    let advice = "`phi3ml sync --from ./mlruns --to sqlite:///mlflow.db`";
    assert!(run.stderr.contains(advice), "{run}");
    let kept = fs_err::read_to_string(folder.join("meta.yaml")).unwrap();
    assert_eq!(kept, "name: Default\n");
}

#[test]
fn python_and_phi3ml_take_turns() {
    let mut context = Context::new();
    context.set("MLFLOW_TRACKING_URI", uri(&context));
    let run = told(context.phi3ml(["runs", "create", "--experiment-name", "turns"]));
    let id = run["run_id"].as_str().unwrap();
    let rounds = if full_ring("ten turns, of which three are taken") {
        10
    } else {
        3
    };
    for round in 0..rounds {
        let step = round.to_string();
        let metrics = [
            "log-metrics",
            "--run-id",
            id,
            "--step",
            &step,
            "--timestamp",
            "5",
        ];
        let values = [
            format!("loss={round}"),
            format!("odd={}", ["nan", "inf", "-inf"][round % 3]),
        ];
        context.phi3ml(metrics).args(values).run().expect_success();
        let param = format!("phi3ml.{round}=x");
        context
            .phi3ml(["log-params", "--run-id", id, &param])
            .run()
            .expect_success();
        let facts = python(&context, &["round", id, &step]);
        let points = round + 1;
        assert_eq!(facts["loss"].as_array().unwrap().len(), points, "{facts}");
        assert_eq!(facts["odd"].as_array().unwrap().len(), points, "{facts}");
        let seen = told(context.phi3ml(["runs", "get", id]));
        assert_eq!(
            seen["params"].as_object().unwrap().len(),
            2 * points,
            "{seen}"
        );
        assert_eq!(
            seen["metrics"]["loss"],
            json!(f64::from(u32::try_from(round).unwrap()))
        );
        assert_eq!(
            seen["metrics"]["theirs"],
            json!(f64::from(u32::try_from(round).unwrap()))
        );
        assert_eq!(seen["metrics"], facts["metrics"]);
        assert_eq!(seen["tags"]["round"], step);
    }
}

#[test]
fn what_is_not_understood_is_refused() {
    let context = Context::new();
    let refused = |name: &str, reason: &str, statements: &[&str]| {
        let file = context.path("work").join(name);
        if statements.is_empty() {
            fs_err::write(
                &file,
                "this is no database at all, however long it may be made to look, really",
            )
            .unwrap();
        } else {
            let database = rusqlite::Connection::open(&file).unwrap();
            database.execute_batch(&statements.join(";")).unwrap();
        }
        let before = fs_err::read(&file).unwrap();
        for command in [vec!["runs", "list"], vec!["runs", "create"]] {
            let run = context.phi3ml(command);
            let run = run
                .env("MLFLOW_TRACKING_URI", &format!("sqlite:///{name}"))
                .run();
            run.expect_code(1).expect_stderr(reason);
        }
        assert_eq!(
            fs_err::read(&file).unwrap(),
            before,
            "{name}: it stays as it was"
        );
    };
    let version = "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)";
    let two = format!("INSERT INTO alembic_version VALUES ('{OF_MLFLOW_2}')");
    refused("two.db", "it was made by MLflow 2", &[version, &two]);
    let future = "INSERT INTO alembic_version VALUES ('cafecafecafe')";
    refused(
        "future.db",
        "at revision `cafecafecafe` it has no table `experiments`",
        &[version, future],
    );
    refused(
        "other.db",
        "it holds no tables of MLflow",
        &["CREATE TABLE recipes (name TEXT)"],
    );
    refused("text.db", "it is no SQLite database", &[]);
    for command in ["list", "create"] {
        let nowhere = [
            "runs",
            command,
            "--tracking-uri",
            "sqlite:///typo/mlflow.db",
        ];
        let run = context.phi3ml(nowhere).run().expect_code(1);
        run.expect_stderr("there is no folder `");
    }
    context
        .phi3ml(["runs", "list", "--tracking-uri", "sqlite:///"])
        .run()
        .expect_code(2)
        .expect_stderr("names no database file");
}

#[cfg(unix)]
#[test]
fn a_crash_leaves_all_or_nothing() {
    let mut context = Context::new();
    context.set("MLFLOW_TRACKING_URI", uri(&context));
    let run = told(context.phi3ml(["runs", "create"]));
    let id = run["run_id"].as_str().unwrap();
    let lines = points("loss", 0..20_000);
    fs_err::write(context.path("work/points.jsonl"), lines).unwrap();
    for (transactions, pause) in [(0, 0), (1, 0), (1, 8), (2, 4), (3, 0)] {
        let mut started = context
            .phi3ml(["log-batch", "--run-id", id, "points.jsonl"])
            .env("PHI3ML_LOG", "phi3ml::tracking=debug")
            .start();
        let told = started.read_lines("wrote to the database", transactions);
        assert_eq!(told, transactions, "it was to be killed while it wrote");
        std::thread::sleep(std::time::Duration::from_millis(pause));
        started.signal("KILL");
        drop(started);
        let database = rusqlite::Connection::open(context.path("work/mlflow.db")).unwrap();
        let whole: String = database
            .query_row("PRAGMA integrity_check", [], |row| row.get(0))
            .unwrap();
        assert_eq!(whole, "ok", "after {transactions} and {pause} ms");
        let count = |sql: &str| -> i64 { database.query_row(sql, [], |row| row.get(0)).unwrap() };
        let latest =
            count("SELECT coalesce((SELECT CAST(step AS INTEGER) + 1 FROM latest_metrics), 0)");
        assert_eq!(
            count("SELECT count(*) FROM metrics"),
            latest,
            "points and the latest go together, after {transactions} and {pause} ms"
        );
    }
    context
        .phi3ml(["log-batch", "--run-id", id, "points.jsonl"])
        .run()
        .expect_success();
    let seen = told(context.phi3ml(["runs", "get", id]));
    assert_eq!(seen["metrics"]["loss"], 19_999.0);
}

/// How long transactions held the database, as the log (`-vv` on stderr) tells.
fn milliseconds(log: &str) -> Vec<f64> {
    let words = log.split(|it: char| it.is_whitespace());
    words
        .filter_map(|word| word.strip_prefix("milliseconds=")?.parse().ok())
        .collect()
}

/// How many write at once, and how many records each.
fn crowd(writers: usize, records: usize) {
    let server = made_by_mlflow();
    let mut context = Context::new();
    let uri = format!("sqlite:///{}", server.folder().join("mlflow.db").display());
    context.set("MLFLOW_TRACKING_URI", uri);
    let run = told(context.phi3ml(["runs", "create", "--experiment-name", &unique("crowd")]));
    let id = run["run_id"].as_str().unwrap();
    let held = std::sync::Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for writer in 0..writers {
            let (context, held) = (&context, &held);
            scope.spawn(move || {
                // A call for each tenth of them: many processes, many transactions.
                for part in 0..10 {
                    let first = part * records / 10;
                    let last = (part + 1) * records / 10;
                    let lines = points(&format!("w{writer}"), first..last);
                    let run = context
                        .phi3ml(["log-batch", "--run-id", id, "-"])
                        .env("PHI3ML_LOG", "phi3ml::tracking=debug")
                        .stdin(&lines)
                        .run();
                    let done = run.expect_success();
                    assert!(!done.stderr.contains("locked"), "{done}");
                    held.lock().unwrap().extend(milliseconds(&done.stderr));
                }
            });
        }
        scope.spawn(move || {
            for part in (0..records).collect::<Vec<_>>().chunks(100) {
                let metrics: Vec<Value> = part
                    .iter()
                    .map(|step| json!({ "key": "server", "value": step, "step": step, "timestamp": 1 }))
                    .collect();
                server.api.post("runs/log-batch", &json!({ "run_id": id, "metrics": metrics }));
            }
        });
    });
    let mut held = held.into_inner().unwrap();
    held.sort_unstable_by(f64::total_cmp);
    let (middle, longest) = (held[held.len() / 2], held[held.len() - 1]);
    note(&format!(
        "{writers} writers and a server: {} transactions, the middle one {middle:.1} ms, the longest {longest:.1} ms",
        held.len()
    ));
    let keys = (0..writers)
        .map(|writer| format!("w{writer}"))
        .chain(["server".to_owned()]);
    for key in keys {
        let path = format!("metrics/get-history?run_id={id}&metric_key={key}&max_results=25000");
        let answer = server.api.get(&path);
        let mut steps: Vec<u64> = answer["metrics"]
            .as_array()
            .unwrap()
            .iter()
            .map(|point| {
                point["step"]
                    .as_u64()
                    .or_else(|| point["step"].as_str()?.parse().ok())
                    .unwrap_or_default()
            })
            .collect();
        steps.sort_unstable();
        let expected: Vec<u64> = (0..u64::try_from(records).unwrap()).collect();
        assert_eq!(steps, expected, "{key}: none lost, none twice");
    }
}

#[test]
fn three_write_at_once() {
    crowd(3, 100);
}

#[test]
fn eight_and_a_server_write_ten_thousand_records() {
    if full_ring("eight phi3ml processes and a server on one database") {
        crowd(8, 1112);
    }
}

/// Who looks again every few milliseconds finds the file free between the transactions of a long list.
#[test]
fn others_are_let_in_between() {
    let mut context = Context::new();
    context.set("MLFLOW_TRACKING_URI", uri(&context));
    let run = told(context.phi3ml(["runs", "create"]));
    let id = run["run_id"].as_str().unwrap();
    let lines = points("loss", 0..120_000);
    fs_err::write(context.path("work/points.jsonl"), lines).unwrap();
    let database = rusqlite::Connection::open(context.path("work/mlflow.db")).unwrap();
    // Looks often enough to find a pause, and too seldom to find the moment between two transactions without one.
    let looks = |_| {
        std::thread::sleep(std::time::Duration::from_millis(3));
        true
    };
    database.busy_handler(Some(looks)).unwrap();
    let mut writing = context
        .phi3ml(["log-batch", "--run-id", id, "points.jsonl"])
        .start();
    let mut seen = std::collections::BTreeSet::new();
    while writing.is_running() {
        database.execute_batch("BEGIN IMMEDIATE").unwrap();
        let count = database.query_row("SELECT count(*) FROM metrics", [], |row| row.get(0));
        seen.insert(count.unwrap_or(-1_i64));
        database.execute_batch("COMMIT").unwrap();
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    writing.finish().expect_success();
    // None of them, all of them, and again and again some of them.
    assert!(seen.len() >= 10, "{seen:?}");
}

/// What an answer that got lost would have told is found by the marker, as on a server.
#[tokio::test]
async fn what_a_request_made_is_found_by_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mlflow.db");
    let ledger = Sqlite::new(file, &folder.path().join("mlruns"));
    let experiment_id: ExperimentId = "0".parse().unwrap();
    let experiments = [experiment_id.clone()];
    let page = || PageOf {
        size: 10,
        token: None,
    };
    let mut made = Vec::new();
    for _ in 0..2 {
        let request_id = RequestId::unique();
        let run = NewRun {
            request_id: request_id.clone(),
            experiment_id: experiment_id.clone(),
            name: None,
            start_time: 1,
            user: None,
            is_copy: false,
            tags: Vec::new(),
        };
        let run = ledger.create_run(&run).await.unwrap();
        let model = NewLoggedModel {
            request_id: request_id.clone(),
            experiment_id: experiment_id.clone(),
            name: "phi3".to_owned(),
            source_run_id: Some(run.run_id.clone()),
            model_type: None,
            params: Vec::new(),
            tags: Vec::new(),
        };
        let model = ledger.create_logged_model(&model).await.unwrap();
        let registered = NewRegisteredModel {
            name: "phi3".to_owned(),
            ..NewRegisteredModel::default()
        };
        ledger.create_registered_model(&registered).await.unwrap();
        let version = NewVersion {
            request_id: request_id.clone(),
            name: "phi3".to_owned(),
            source: format!("models:/{}", model.model_id),
            run_id: None,
            model_id: Some(model.model_id.clone()),
            description: None,
            tags: Vec::new(),
        };
        let version = ledger.create_version(&version).await.unwrap();
        made.push((request_id, run.run_id, model.model_id, version.version));
    }
    for (request_id, run_id, model_id, number) in &made {
        let search = Search::made_by(request_id);
        let runs = ledger.search_runs(&experiments, &search, page()).await;
        let runs: Vec<_> = runs
            .unwrap()
            .items
            .into_iter()
            .map(|run| run.run_id)
            .collect();
        assert_eq!(runs, std::slice::from_ref(run_id));
        let models = ledger
            .search_logged_models(&experiments, &search.filter)
            .await;
        let models: Vec<_> = models
            .unwrap()
            .into_iter()
            .map(|model| model.model_id)
            .collect();
        assert_eq!(models, std::slice::from_ref(model_id));
        let versions = ledger.search_versions(&search, page()).await.unwrap().items;
        let versions: Vec<_> = versions
            .into_iter()
            .map(|version| version.version)
            .collect();
        assert_eq!(versions, [*number]);
    }
}

//! Databases that MLflow made: one of MLflow 2 is refused with advice that helps, and what only MLflow 3's tables know
//! is looked after.

use crate::support::Context;
use crate::support::python::Python;

/// Has MLflow open a database, which it makes or upgrades.
fn open_with(python: &Python, uri: &str) {
    let file = phi3ml::tracking::file_of(uri).unwrap().unwrap();
    let script =
        format!("from mlflow import MlflowClient; MlflowClient({uri:?}).get_experiment('0')");
    let mut command = python.command();
    // Its artifacts lie below the folder in which it is made.
    let command = command.current_dir(file.parent().unwrap());
    let output = command.args(["-c", &script]).output().unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{stderr}");
}

#[test]
fn one_of_mlflow_2_is_refused() {
    let context = Context::new();
    let file = context.path("work/two.db");
    let uri = format!("sqlite:///{}", file.display());
    open_with(Python::mlflow2(), &uri);
    let before = fs_err::read(&file).unwrap();
    for command in [
        vec!["runs", "list"],
        vec!["runs", "create"],
        vec!["sync", "--to", "sqlite:///to.db"],
    ] {
        let run = context
            .phi3ml(command)
            .args(["--tracking-uri", &uri])
            .run()
            .expect_code(1);
        assert!(run.stderr.contains("it was made by MLflow 2"), "{run}");
        assert!(
            run.stderr.contains("open it once with MLflow 3")
                && run.stderr.contains("mlflow db upgrade"),
            "{run}"
        );
    }
    assert_eq!(fs_err::read(&file).unwrap(), before, "it stays as it was");
    // The advice helps.
    open_with(Python::mlflow3(), &uri);
    context
        .phi3ml(["runs", "create", "--tracking-uri", &uri])
        .run()
        .expect_success();
}

#[test]
fn what_was_judged_in_a_run_goes_with_it() {
    let mut context = Context::new();
    let uri = format!("sqlite:///{}", context.path("work/mlflow.db").display());
    context.set("MLFLOW_TRACKING_URI", &uri);
    open_with(Python::mlflow3(), &uri);
    let made = || {
        context
            .phi3ml(["runs", "create", "-o", "json"])
            .run()
            .expect_success()
            .json()
    };
    let runs: Vec<String> = (0..2)
        .map(|_| made()["run_id"].as_str().unwrap().to_owned())
        .collect();
    let database = rusqlite::Connection::open(context.path("work/mlflow.db")).unwrap();
    database.pragma_update(None, "foreign_keys", false).unwrap();
    for run in &runs {
        let sql = "INSERT INTO assessments (assessment_id, trace_id, name, assessment_type, value, created_timestamp, \
                   last_updated_timestamp, source_type, valid, assessment_metadata) \
                   VALUES (?1, 't', 'n', 'feedback', '1', 1, 1, 'HUMAN', 1, ?2)";
        let metadata = serde_json::json!({ "mlflow.assessment.sourceRunId": run });
        // As Python writes it: a space behind the colon.
        let metadata = metadata.to_string().replace("\":\"", "\": \"");
        database.execute(sql, (run, metadata)).unwrap();
    }
    context
        .phi3ml(["runs", "delete", &runs[0]])
        .run()
        .expect_success();
    let left = |sql: &str| -> Vec<String> {
        let mut statement = database.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    };
    assert_eq!(
        left("SELECT assessment_id FROM assessments"),
        [runs[1].clone()]
    );
}

//! `sync` and `runs export` from a folder in which MLflow kept everything in small files: as Python reads it, and
//! never written.

use serde_json::json;

use super::{assert_idle, assert_same, database, done, filled, look, sync};
use crate::support::Context;
use crate::support::python::Python;

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

//! `sync`: the target ends as the source, as MLflow's own client tells it, and nothing is there twice.

mod files;
mod servers;
#[cfg(unix)]
mod weather;

use serde_json::{Value, json};

use crate::support::Context;
use crate::support::fake::Generation;
use crate::support::mlflow;
use crate::support::process::Phi3ml;
use crate::support::python::Python;

/// What MLflow's client has to know.
fn variables(uri: &str, more: &[(&str, &str)]) -> Vec<(String, String)> {
    let known = [
        ("MLFLOW_TRACKING_URI", uri),
        ("MLFLOW_ALLOW_FILE_STORE", "true"),
    ];
    let all = known.iter().chain(more);
    all.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

/// What MLflow's client knows of a store.
fn look(python: &Python, uri: &str, kind: &str, more: &[(&str, &str)]) -> Value {
    python.script("whole_ledger.py", &variables(uri, more), &[kind])
}

/// A store with a little of everything, written by MLflow's client.
fn filled(python: &Python, uri: &str, folder: &std::path::Path) -> Value {
    filled_as(python, uri, folder, &[])
}

/// Likewise, by somebody.
fn filled_as(python: &Python, uri: &str, folder: &std::path::Path, more: &[(&str, &str)]) -> Value {
    fs_err::create_dir_all(folder).unwrap();
    let folder = folder.to_str().unwrap();
    python.script("fill_ledger.py", &variables(uri, more), &[folder])
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
    run.run().expect_success().json()
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
            run["model_inputs"].take();
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

#[test]
fn copies_are_known_by_their_sources_and_parents_by_their_copies() {
    let context = Context::new();
    let (from, to) = (database(&context, "from.db"), database(&context, "to.db"));
    let at = |uri: &str, arguments: &[&str]| {
        let run = context.phi3ml(arguments).args(["-o", "json"]);
        run.env("MLFLOW_TRACKING_URI", uri).run().expect_success()
    };
    let make = |arguments: &[&str]| {
        let made = at(&from, &[&["runs", "create"], arguments].concat()).json();
        made["run_id"].as_str().unwrap().to_owned()
    };
    // The child is in the experiment that is copied first.
    at(&from, &["experiments", "create", "one"]);
    let parent = make(&["--experiment-name", "two"]);
    let child = make(&["--experiment-name", "one", "--parent-run-id", &parent]);
    let parents = |uri: &str| {
        let runs = at(uri, &["runs", "list", "--all-experiments"]).json();
        let runs = runs["items"].as_array().unwrap().clone();
        let copy = |source: &str| {
            let of = |run: &&Value| run["tags"]["phi3ml.sync.source_run_id"] == source;
            runs.iter().find(of).cloned().unwrap_or_default()
        };
        let named = copy(&child)["tags"]["mlflow.parentRunId"].clone();
        assert_ne!(named, Value::Null);
        (named, copy(&parent)["run_id"].clone())
    };
    done(sync(&context, &from, &to));
    let (named, there) = parents(&to);
    assert_eq!(named, there);

    // Or it was copied alone, and is complete since.
    let later = database(&context, "later.db");
    done(sync(&context, &from, &later).args(["--run-id", &child]));
    assert_eq!(parents(&later).0, parent.as_str());
    done(sync(&context, &from, &later));
    let (named, there) = parents(&later);
    assert_eq!(named, there);
    assert_idle(&done(sync(&context, &from, &later)));

    // Another name is no other experiment.
    let id = |uri: &str, name: &str| at(uri, &["experiments", "get", name]).json();
    let source = id(&from, "one")["experiment_id"].clone();
    let copy = id(&to, "one")["experiment_id"].clone();
    at(
        &from,
        &["experiments", "rename", source.as_str().unwrap(), "uno"],
    );
    let told = done(sync(&context, &from, &to));
    assert_eq!(
        (&told["experiments"]["updated"], &told["runs"]["created"]),
        (&json!(1), &json!(0)),
        "{told}"
    );
    assert_eq!(id(&to, "uno")["experiment_id"], copy);
    assert_idle(&done(sync(&context, &from, &to)));
    // Unless somebody else has it at the target.
    at(&to, &["experiments", "create", "taken"]);
    at(
        &from,
        &["experiments", "rename", source.as_str().unwrap(), "taken"],
    );
    sync(&context, &from, &to)
        .run()
        .expect_code(1)
        .expect_stderr("its copy stays `uno`: the name is taken");
}

//! What is sent for each operation, beside what MLflow's own client sends for it (recorded from 3.18.0 and compared
//! with 3.17.2).
//!
//! Intended differences: no `run_uuid` beside `run_id`, which servers have not needed since 1.0; no empty filter;
//! single params, metrics and tags in a `runs/log-batch`, one request whatever their number; the marker tag
//! `phi3ml.request_id` on what is created.

use serde_json::{Value, json};

use crate::runs::new_run;
use crate::support::fake::Generation;
use crate::support::scene::Scene;

/// The only request of this method to a path that ends so: its body, or its query.
fn sent(scene: &Scene, method: &str, path: &str, command: &[&str]) -> Value {
    scene.server().forget();
    scene.context.phi3ml(command).run().expect_success();
    let requests = scene.server().requests_to(method, path);
    let [request] = requests.as_slice() else {
        panic!("{command:?}:\n{}", scene.server().story());
    };
    if method == "GET" {
        let pairs = url::form_urlencoded::parse(request.query.as_bytes());
        return pairs
            .into_owned()
            .map(|(key, value)| (key, json!(value)))
            .collect();
    }
    request.json.clone()
}

fn tag(key: &str, value: &str) -> Value {
    json!({ "key": key, "value": value })
}

#[track_caller]
fn sends(scene: &Scene, path: &str, command: &[&str], expected: &Value) {
    assert_eq!(sent(scene, "POST", path, command), *expected, "{command:?}");
}

#[test]
fn experiments_are_written_as_mlflows_client_does() {
    let scene = Scene::fake(Generation::Three);
    let id = scene.api().create_experiment("bodies");
    let of = |verb: &'static str, more: &[&str]| -> Vec<String> {
        let words = ["experiments", verb, &id]
            .into_iter()
            .chain(more.iter().copied());
        words.map(str::to_owned).collect()
    };
    let tagged = json!({ "experiment_id": id, "key": "k", "value": "v" });
    let renamed = json!({ "experiment_id": id, "new_name": "tmp2" });
    for (path, command, expected) in [
        ("set-experiment-tag", of("set-tag", &["k=v"]), tagged),
        ("experiments/update", of("rename", &["tmp2"]), renamed),
        (
            "experiments/delete",
            of("delete", &[]),
            json!({ "experiment_id": id }),
        ),
        (
            "experiments/restore",
            of("restore", &[]),
            json!({ "experiment_id": id }),
        ),
    ] {
        let command: Vec<&str> = command.iter().map(String::as_str).collect();
        sends(&scene, path, &command, &expected);
    }
    let expected = json!({ "max_results": 1000, "view_type": "ACTIVE_ONLY" });
    sends(
        &scene,
        "experiments/search",
        &["experiments", "list"],
        &expected,
    );
}

#[test]
fn runs_are_written_as_mlflows_client_does() {
    let scene = Scene::fake(Generation::Three);
    let run = new_run(&scene);
    let filter = "attributes.status = 'FINISHED'";
    let order = ["--max-results", "2", "--order-by", "metrics.loss DESC"];
    let search = [
        &["runs", "search", filter, "--experiment-id", "1"],
        &order[..],
    ]
    .concat();
    let searched = json!({
        "experiment_ids": ["1"], "run_view_type": "ACTIVE_ONLY", "filter": filter,
        "max_results": 2, "order_by": ["metrics.loss DESC"],
    });
    sends(&scene, "runs/search", &search, &searched);
    for verb in ["delete", "restore"] {
        let path = format!("runs/{verb}");
        sends(
            &scene,
            &path,
            &["runs", verb, &run],
            &json!({ "run_id": run }),
        );
    }
    let finish = ["runs", "finish", &run, "--end-time", "9"];
    let finished = json!({ "run_id": run, "status": "FINISHED", "end_time": 9 });
    sends(&scene, "runs/update", &finish, &finished);
}

#[test]
fn what_is_logged_is_written_as_mlflows_client_does() {
    let scene = Scene::fake(Generation::Three);
    let run = new_run(&scene);
    let log = |path: &str, verb: &str, more: &[&str], expected: &Value| {
        let command = [&[verb, "--run-id", &run], more].concat();
        sends(&scene, path, &command, expected);
    };
    let params = json!({ "run_id": run, "params": [tag("epochs", "3")] });
    log("runs/log-batch", "log-params", &["epochs=3"], &params);
    let point = json!({ "key": "loss", "value": 0.5, "timestamp": 5, "step": 1 });
    let metrics = json!({ "run_id": run, "metrics": [point] });
    let at = ["--timestamp", "5", "--step", "1", "loss=0.5"];
    log("runs/log-batch", "log-metrics", &at, &metrics);
    let tags = json!({ "run_id": run, "tags": [tag("b", "2")] });
    log("runs/log-batch", "set-tags", &["b=2"], &tags);
    let deleted = json!({ "run_id": run, "key": "b" });
    log("runs/delete-tag", "set-tags", &["--delete", "b"], &deleted);

    let source = "https://x.org/d.csv";
    let input = [
        "--name", "evalset", "--digest", "7ab17a64", "--source", source,
    ];
    let noted = ["--tag", "k=v", "--context", "training"];
    let dataset = json!({
        "name": "evalset", "digest": "7ab17a64", "source_type": "http",
        "source": json!({ "url": source }).to_string(),
    });
    let tags = [tag("k", "v"), tag("mlflow.data.context", "training")];
    let inputs = json!({ "run_id": run, "datasets": [{ "tags": tags, "dataset": dataset }] });
    log(
        "runs/log-inputs",
        "log-inputs",
        &[&input[..], &noted[..]].concat(),
        &inputs,
    );

    let command = ["metrics", "history", "--run-id", &run, "loss"];
    let expected = json!({ "run_id": run, "metric_key": "loss", "max_results": "25000" });
    assert_eq!(
        sent(&scene, "GET", "metrics/get-history", &command),
        expected
    );
}

#[test]
fn what_is_created_is_marked() {
    let scene = Scene::fake(Generation::Three);
    let mut made = sent(
        &scene,
        "POST",
        "experiments/create",
        &["experiments", "create", "phi3-lab"],
    );
    let tags = made["tags"].as_array_mut().unwrap();
    assert_eq!(tags.pop().unwrap()["key"], "phi3ml.request_id");
    assert_eq!(made, json!({ "name": "phi3-lab", "tags": [] }));

    let command = [
        "runs",
        "create",
        "--experiment-name",
        "phi3-lab",
        "--run-name",
        "one",
    ];
    let run = sent(&scene, "POST", "runs/create", &command);
    let keys: Vec<&str> = run["tags"]
        .as_array()
        .unwrap()
        .iter()
        .map(|tag| tag["key"].as_str().unwrap())
        .collect();
    // Who runs the tests may have no name.
    let known: Vec<&str> = keys
        .iter()
        .copied()
        .filter(|key| *key != "mlflow.user")
        .collect();
    assert!(
        known.starts_with(&["mlflow.source.name", "mlflow.source.type"]),
        "{keys:?}"
    );
    assert!(keys.ends_with(&["phi3ml.request_id"]), "{keys:?}");
    assert_eq!(
        (&run["experiment_id"], &run["run_name"]),
        (&json!("1"), &json!("one"))
    );
}

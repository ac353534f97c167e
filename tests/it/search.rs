//! The filter language on a database file: MLflow's own server, on the same file or on a copy of it, must find the same in the same
//! order, and refuse the same.

use serde_json::{Value, json};

use crate::support::api::Api;
use crate::support::scene::{Scene, on_every_file};
use crate::support::unique;

/// What is asked, and by what it is sorted.
const ASKED: &[(&str, &str)] = &[
    ("", ""),
    ("metrics.loss < 0.5", ""),
    (
        "metrics.loss <= 0.5 and metrics.loss >= -1e-3",
        "metrics.loss DESC",
    ),
    ("metrics.loss != 0", "metrics.loss"),
    ("metrics.loss = 0", ""),
    ("metric.`my loss` > 1", ""),
    ("params.lr = '0.1'", ""),
    ("params.lr != '0.1'", "params.lr DESC"),
    ("parameters.\"lr\" LIKE '0.%'", "params.`lr` ASC"),
    ("params.name ILIKE '%PHI%'", ""),
    ("params.name LIKE '%PHI%'", ""),
    ("params.lr IS NULL", ""),
    ("params.lr IS NOT NULL", "tags.team"),
    ("tags.team IS NULL AND metrics.loss < 10", ""),
    ("tags.team = 'a' AND tags.team != 'b'", ""),
    ("tags.\"a.b\" = 'it''s'", ""),
    ("tags.team = \"a\"", ""),
    ("attributes.status = 'FINISHED'", "attributes.end_time DESC"),
    ("status != 'FINISHED'", "created"),
    ("run_name = 'run-2'", ""),
    (
        "attributes.`Run Name` LIKE 'run-%'",
        "attributes.run_name DESC",
    ),
    ("run.run_name ILIKE 'RUN-1%'", ""),
    ("start_time > 1003 AND start_time <= 1005", "start_time ASC"),
    ("end_time < 5000", "end_time"),
    ("dataset.name = 'wiki'", ""),
    ("datasets.context LIKE 'train%'", ""),
    ("dataset.digest IN ('d1', 'd2')", ""),
    ("user_id = 'me'", "user_id"),
    ("artifact_uri LIKE '%artifacts'", "metrics.`my loss` DESC"),
    // Refused by both.
    ("loss < 1", ""),
    ("metrics.loss LIKE 'x'", ""),
    ("metrics.loss < 'x'", ""),
    ("params.lr > '0.1'", ""),
    ("params.lr = 0.1", ""),
    ("params.lr = lr", ""),
    ("params.lr = '0.1' OR params.lr = '0.2'", ""),
    ("status IN ('FINISHED')", ""),
    ("nonsense.x = 'y'", ""),
    ("attributes.what = 'y'", ""),
    ("dataset.what = 'y'", ""),
    ("start_time LIKE '1'", ""),
    ("", "metrics.loss sideways"),
    ("", "what"),
    ("", "dataset.name"),
];

/// Runs that differ in everything that can be asked for, NaN and what is missing included.
fn eight_runs(api: &Api, experiment: &str) {
    for number in 0..8 {
        let body = json!({ "experiment_id": experiment, "run_name": format!("run-{number}"), "user_id": if number % 2 == 0 { "me" } else { "you" }, "start_time": 1000 + number / 2 * 2 });
        let id = api.post("runs/create", &body)["run"]["info"]["run_id"].clone();
        let mut metrics = Vec::new();
        if number != 3 {
            let value = [
                json!(0.1),
                json!("NaN"),
                json!("Infinity"),
                json!(0),
                json!(-0.5),
                json!(0),
                json!(0.5),
                json!(7),
            ][number]
                .clone();
            metrics.push(json!({ "key": "loss", "value": value, "timestamp": 1, "step": 0 }));
        }
        if number % 3 == 0 {
            metrics.push(json!({ "key": "my loss", "value": number, "timestamp": 1, "step": 0 }));
        }
        let mut params =
            vec![json!({ "key": "name", "value": (["a PHI b", "a phi b", "none"][number % 3]) })];
        if number < 6 {
            params.push(json!({ "key": "lr", "value": format!("0.{}", number % 4) }));
        }
        let mut tags = vec![json!({ "key": "a.b", "value": "it''s" })];
        if number % 4 != 1 {
            tags.push(json!({ "key": "team", "value": (["a", "b"][number % 2]) }));
        }
        api.post(
            "runs/log-batch",
            &json!({ "run_id": id, "metrics": metrics, "params": params, "tags": tags }),
        );
        if number > 4 {
            let dataset = json!({ "name": if number == 5 { "wiki" } else { "web" }, "digest": format!("d{}", number - 4), "source_type": "http", "source": "{}" });
            let context = json!([{ "key": "mlflow.data.context", "value": if number == 6 { "test" } else { "training" } }]);
            api.post(
                "runs/log-inputs",
                &json!({ "run_id": id, "datasets": [{ "dataset": dataset, "tags": context }] }),
            );
        }
        if number % 2 == 1 {
            api.post(
                "runs/update",
                &json!({ "run_id": id, "status": "FINISHED", "end_time": 9000 - 1000 * number }),
            );
        }
    }
}

on_every_file!(runs_are_those_that_mlflow_finds);

fn runs_are_those_that_mlflow_finds(scene: &Scene) {
    let api = scene.api();
    let name = unique("search");
    let experiment = api.create_experiment(&name);
    eight_runs(api, &experiment);
    // 3.0 had other rules (it found NaN, which is stored as 0, where 0 was asked for).
    let newer = scene.newer();
    let api = newer.as_ref().map_or(api, |server| &server.api);
    for (filter, order) in ASKED {
        let body = json!({ "experiment_ids": [experiment], "filter": filter, "order_by": if order.is_empty() { vec![] } else { vec![order] } });
        let theirs = api.request("POST", "/api/2.0/mlflow/runs/search", Some(&body));
        let mut arguments = vec![
            "runs",
            "search",
            filter,
            "--experiment-name",
            &name,
            "-o",
            "json",
        ];
        if !order.is_empty() {
            arguments.extend(["--order-by", order]);
        }
        let ours = scene.context.phi3ml(arguments).run();
        if theirs.status != 200 {
            assert_eq!(
                ours.code,
                Some(1),
                "{filter} / {order}: MLflow says {}; {ours}",
                theirs.body
            );
            continue;
        }
        let ids = |runs: &Value, info: bool| -> Vec<String> {
            let runs = runs.as_array().cloned().unwrap_or_default();
            let id = |run: &Value| {
                if info {
                    run["info"]["run_name"].clone()
                } else {
                    run["run_name"].clone()
                }
            };
            runs.iter()
                .map(|run| id(run).as_str().unwrap().to_owned())
                .collect()
        };
        let ours = ours.expect_success().json();
        let (ours, theirs) = (ids(&ours["items"], false), ids(&theirs.body["runs"], true));
        let tied = order.is_empty()
            || order.contains("status")
            || order.contains("user")
            || order.contains("team");
        let sorted = |mut list: Vec<String>| {
            list.sort();
            list
        };
        if tied && !order.is_empty() {
            assert_eq!(sorted(ours), sorted(theirs), "{filter} / {order}");
        } else {
            assert_eq!(ours, theirs, "{filter} / {order}");
        }
    }
}

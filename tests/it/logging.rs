//! Params, metrics, tags, datasets and batches, on every server, read back by MLflow's own client.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::runs::{new_run, read_back};
use crate::support::api::list;
use crate::support::fake::{Fault, Generation};
use crate::support::process::{Finished, Phi3ml};
use crate::support::scene::{Scene, on_every_ledger};

fn log(scene: &Scene, verb: &str, run_id: &str, arguments: &[&str]) -> Phi3ml {
    let command = scene
        .context
        .phi3ml([verb, "--run-id", run_id, "-o", "json"]);
    command.args(arguments)
}

on_every_ledger!(
    what_is_logged_is_there,
    a_batch_is_logged_from_either_format,
    what_mlflow_would_cut_is_refused
);

fn what_is_logged_is_there(scene: &Scene) {
    let id = new_run(scene);
    let told = |verb: &str, arguments: &[&str]| {
        log(scene, verb, &id, arguments)
            .run()
            .expect_success()
            .json()
    };
    let params = told("log-params", &["lr=0.1", "text=a=b ü", "lr=0.1"]);
    assert_eq!(
        params,
        json!({ "run_id": id, "params": 2, "metrics": 0, "tags": 0 })
    );
    told(
        "log-metrics",
        &[
            "--step",
            "2",
            "--timestamp",
            "17",
            "loss=0.25",
            "share=nan",
            "up=inf",
        ],
    );
    told(
        "log-metrics",
        &["--step", "1", "--timestamp", "18", "loss=0.5"],
    );
    told("set-tags", &["a=1", "b=2", "a=3"]);
    told("set-tags", &["--delete", "b", "c=4"]);
    told("set-tags", &["--delete", "b"]);
    let source = ["--name", "evalset", "--source", "https://example.org/d.csv"];
    told(
        "log-inputs",
        &[
            &source[..],
            &[
                "--digest",
                "7ab17a64",
                "--context",
                "training",
                "--tag",
                "k=v",
            ],
        ]
        .concat(),
    );

    let facts = read_back(scene, &id, &["loss"]);
    assert_eq!(
        facts["run"]["params"],
        json!({ "lr": "0.1", "text": "a=b ü" })
    );
    assert_eq!(facts["run"]["metrics"]["loss"], 0.25);
    assert_eq!(facts["run"]["metrics"]["share"], "nan");
    assert_eq!(facts["history"], json!([[2, 17, 0.25], [1, 18, 0.5]]));
    let tags = &facts["run"]["tags"];
    assert_eq!(
        (&tags["a"], &tags["b"], &tags["c"]),
        (&json!("3"), &Value::Null, &json!("4"))
    );
    let input = json!({
        "name": "evalset", "digest": "7ab17a64", "source_type": "http",
        "source": { "url": "https://example.org/d.csv" },
        "tags": { "k": "v", "mlflow.data.context": "training" },
    });
    assert_eq!(facts["inputs"], json!([input]));

    let history = |more: &[&str]| {
        scene
            .context
            .phi3ml(["metrics", "history", "--run-id", &id, "loss"])
            .args(more)
            .run()
            .expect_success()
    };
    let points = history(&["-o", "json"]).json();
    let first = json!({ "key": "loss", "value": 0.25, "timestamp": 17, "step": 2 });
    assert!(
        points["items"].as_array().unwrap().contains(&first),
        "{points}"
    );
    assert!(history(&["--plot"]).stdout.starts_with("loss\n"));
    log(scene, "log-params", &id, &["lr=0.2"])
        .run()
        .expect_code(1)
        .expect_stderr("Changing param values is not allowed")
        .expect_stderr("a param keeps its first value");
    log(scene, "log-params", &id, &["x=1", "x=2"])
        .run()
        .expect_code(2);
}

fn a_batch_is_logged_from_either_format(scene: &Scene) {
    let id = new_run(scene);
    let mut lines = String::new();
    for step in 0..2500 {
        writeln!(
            lines,
            r#"{{"key":"loss","value":{},"step":{step},"timestamp":{step}}}"#,
            2500 - step
        )
        .unwrap();
    }
    lines.push_str(
        "\n{\"type\":\"param\",\"key\":\"lr\",\"value\":0.1}\n{\"key\":\"share\",\"value\":NaN}\n",
    );
    let file = scene.context.path("work").join("points.jsonl");
    fs_err::write(&file, &lines).unwrap();
    let told = log(scene, "log-batch", &id, &["points.jsonl"])
        .run()
        .expect_success()
        .json();
    assert_eq!(
        told,
        json!({ "run_id": id, "params": 1, "metrics": 2501, "tags": 0 })
    );

    let csv =
        "key,value,type,step\nepochs,3,param,\nshare,-inf,,1\nstage,first,tag,\nstage,last,tag,\n";
    let told = log(scene, "log-batch", &id, &["--check", "-"])
        .stdin(csv)
        .run()
        .expect_success()
        .json();
    assert_eq!(
        told,
        json!({ "run_id": id, "params": 1, "metrics": 1, "tags": 1 })
    );

    let facts = read_back(scene, &id, &["loss"]);
    assert_eq!(facts["history"].as_array().unwrap().len(), 2500);
    assert_eq!(facts["run"]["metrics"]["loss"], 1.0);
    assert_eq!(
        facts["run"]["params"],
        json!({ "lr": "0.1", "epochs": "3" })
    );
    assert_eq!(facts["run"]["tags"]["stage"], "last");

    // What is read out goes in again.
    let out = scene
        .context
        .phi3ml(["metrics", "history", "--run-id", &id, "loss", "-o", "jsonl"]);
    let out = out.run().expect_success().stdout;
    let other = new_run(scene);
    log(scene, "log-batch", &other, &["-"])
        .stdin(&out)
        .run()
        .expect_success();
    let copy = read_back(scene, &other, &["loss"]);
    assert_eq!(by_step(&copy), by_step(&facts));
}

/// The points of a history; batches that are sent at once may be written in any order.
fn by_step(facts: &Value) -> Vec<Value> {
    let mut points = facts["history"].as_array().unwrap().clone();
    points.sort_by_key(|point| point[0].as_i64());
    points
}

fn what_mlflow_would_cut_is_refused(scene: &Scene) {
    let id = new_run(scene);
    let long = format!("long={}", "ü".repeat(6001));
    log(scene, "log-params", &id, &[&long])
        .run()
        .expect_code(2)
        .expect_stderr("param `long` has 6001 characters, at most 6000 are possible");
    log(scene, "log-params", &id, &["--truncate", &long])
        .run()
        .expect_success()
        .expect_stderr("param `long` is cut to 6000 characters");
    let written = scene.api().run(&id)["data"]["params"]["long"].clone();
    assert_eq!(written.as_str().unwrap().chars().count(), 6000);
}

#[test]
fn a_bad_line_stops_the_stream_and_is_named() {
    let scene = Scene::fake(Generation::Three);
    let mut lines: Vec<String> = (0..1500)
        .map(|step| format!(r#"{{"key":"m","value":1,"step":{step}}}"#))
        .collect();
    lines[1200] = r#"{"key":"m","value":"high"}"#.to_owned();
    let text = lines.join("\n");
    let id = new_run(&scene);
    let points = || {
        scene.api().get(&format!(
            "metrics/get-history?run_id={id}&metric_key=m&max_results=9999"
        ))["metrics"]
            .as_array()
            .map_or(0, Vec::len)
    };
    log(&scene, "log-batch", &id, &["--check", "-"])
        .stdin(&text)
        .run()
        .expect_code(1)
        .expect_stderr("line 1201 of `-`: `high` is not a number")
        .expect_stderr("nothing of it is logged");
    assert_eq!(points(), 0);
    log(&scene, "log-batch", &id, &["-"])
        .stdin(&text)
        .run()
        .expect_code(1)
        .expect_stderr("line 1201 of `-`: `high` is not a number")
        .expect_stderr("up to 1200, are logged");
    assert_eq!(points(), 1200);
}

#[test]
fn batches_are_full_and_several_are_on_their_way() {
    let scene = Scene::fake(Generation::Three);
    let id = new_run(&scene);
    let text: Vec<String> = (0..3500).map(|step| format!("m,1,{step}")).collect();
    let text = format!("key,value,step\n{}\n", text.join("\n"));
    let slow = Fault::Stall(Duration::from_millis(300));
    scene.server().fail(usize::MAX, "POST", "log-batch", slow);
    log(&scene, "log-batch", &id, &["-"])
        .stdin(&text)
        .run()
        .expect_success();
    let sent = scene.server().requests_to("POST", "log-batch");
    let sizes: Vec<usize> = sent
        .iter()
        .map(|it| it.json["metrics"].as_array().unwrap().len())
        .collect();
    assert_eq!(sizes.iter().sum::<usize>(), 3500);
    assert_eq!(sent.len(), 4, "{sizes:?}");
    let first_answer = sent.iter().filter_map(|it| it.answered).min().unwrap();
    let before = sent.iter().filter(|it| it.arrived < first_answer).count();
    assert!(
        before > 1,
        "one after the other:\n{}",
        scene.server().story()
    );
}

#[test]
fn nothing_is_logged_twice_or_lost_when_the_server_is_briefly_away() {
    for fault in [
        Fault::unavailable(),
        Fault::CloseAfter(0),
        Fault::ResetAfter(10),
    ] {
        let scene = Scene::fake(Generation::Three);
        let id = new_run(&scene);
        let steps: [(&str, &str, &[&str]); 4] = [
            ("log-batch", "log-params", &["a=1"]),
            ("log-batch", "log-metrics", &["m=1"]),
            (
                "delete-tag",
                "set-tags",
                &["--delete", "mlflow.source.type"],
            ),
            (
                "log-inputs",
                "log-inputs",
                &["--name", "d", "--source", "d.csv"],
            ),
        ];
        for (path, verb, arguments) in steps {
            scene.server().fail(1, "POST", path, fault.clone());
            log(&scene, verb, &id, arguments).run().expect_success();
            assert!(scene.server().has_failed_as_planned(), "{path}");
        }
        let run = scene.api().run(&id);
        assert_eq!(run["data"]["params"], json!({ "a": "1" }));
        assert_eq!(run["inputs"]["dataset_inputs"].as_array().unwrap().len(), 1);
    }
}

#[test]
fn a_failure_on_the_way_says_how_far_it_came() {
    let scene = Scene::fake(Generation::Three);
    let id = new_run(&scene);
    let lines: Vec<String> = (0..1000)
        .map(|step| format!("{{\"key\":\"m\",\"value\":1,\"step\":{step}}}"))
        .collect();
    let text = format!(
        "{}\n{{\"type\":\"param\",\"key\":\"lr\",\"value\":\"2\"}}\n",
        lines.join("\n")
    );
    log(&scene, "log-params", &id, &["lr=1"])
        .run()
        .expect_success();
    log(&scene, "log-batch", &id, &["-"])
        .stdin(&text)
        .run()
        .expect_code(1)
        .expect_stderr("only the first 1000 lines of `-` are logged")
        .expect_stderr("Changing param values is not allowed");
}

/// Many points, each with its own step.
fn points(count: usize) -> Vec<String> {
    (0..count)
        .map(|step| format!("{{\"key\":\"m\",\"value\":1,\"step\":{step},\"timestamp\":1}}"))
        .collect()
}

/// How many lines are logged, as the message says it.
#[cfg(unix)]
fn lines_said(finished: &Finished) -> usize {
    let said =
        regex::Regex::new(r"only the first (\d+) lines of `points.jsonl` are logged").unwrap();
    let found = said.captures(&finished.stderr);
    found.unwrap_or_else(|| panic!("{finished}"))[1]
        .parse()
        .unwrap()
}

/// Interrupted when so many batches were sent; the server takes its time for each.
#[cfg(unix)]
fn interrupted_after(batches: usize, scene: &Scene, id: &str, answers_after: Duration) -> Finished {
    let path = scene.context.path("work/points.jsonl");
    fs_err::write(path, points(9000).join("\n")).unwrap();
    let slow = Fault::Stall(answers_after);
    scene.server().fail(usize::MAX, "POST", "log-batch", slow);
    let run = log(scene, "log-batch", id, &["points.jsonl"]).start();
    scene
        .server()
        .wait_for_several(batches, "POST", "log-batch");
    let since = Instant::now();
    run.signal("INT");
    let finished = run.finish().expect_code(130);
    // Within a second where nothing else runs; a stalled answer would take a minute.
    assert!(since.elapsed() < Duration::from_secs(10), "{finished}");
    finished
}

#[cfg(unix)]
#[test]
fn ctrl_c_says_how_far_it_came_and_the_rest_can_be_logged() {
    let scene = Scene::fake(Generation::Three);
    let id = new_run(&scene);
    let finished = interrupted_after(5, &scene, &id, Duration::from_millis(300));
    assert!(
        !finished.stderr.contains("did not acknowledge"),
        "{finished}"
    );
    let logged = lines_said(&finished);
    assert!((1000..9000).contains(&logged), "{finished}");
    scene.server().wait_for_silence();
    scene.server().heal();
    let rest = points(9000)[logged..].join("\n");
    log(&scene, "log-batch", &id, &["-"])
        .stdin(&rest)
        .run()
        .expect_success();
    let path = format!("metrics/get-history?run_id={id}&metric_key=m&max_results=20000");
    let history = scene.api().get(&path)["metrics"].clone();
    let mut steps: Vec<u64> = list(&history)
        .iter()
        .map(|point| point["step"].as_u64().unwrap())
        .collect();
    steps.sort_unstable();
    assert_eq!(steps, (0..9000).collect::<Vec<_>>(), "each once");
}

#[cfg(unix)]
#[test]
fn ctrl_c_does_not_wait_for_a_server_that_does_not_answer() {
    let scene = Scene::fake(Generation::Three);
    let id = new_run(&scene);
    let finished = interrupted_after(4, &scene, &id, Duration::from_mins(1));
    assert_eq!(lines_said(&finished), 0);
    assert!(
        finished
            .stderr
            .contains("the server did not acknowledge those up to line 4000"),
        "{finished}"
    );
    assert!(finished.stderr.contains("interrupted"), "{finished}");
}

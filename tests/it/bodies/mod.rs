//! Every recorded request of MLflow's own client, sent by phi3ml and compared field by field.
//!
//! `fixtures/wire` holds the recordings. Ids and times are taken away; what else differs is in [`DIFFERENCES`],
//! each with its reason, and nothing may stand there that no recording needs.

mod tables;

use std::collections::BTreeSet;

use regex::Regex;
use serde_json::{Map, Value, json};

use crate::log_model::log_model;
use crate::support::fake::{Generation, Seen};
use crate::support::scene::Scene;
use crate::support::{fixture, phi3_tiny};
use tables::Change::{
    self, By, Other, OtherTag, Unsent, With, WithParam, WithTag, Without, WithoutEmpty, WithoutTag,
};
use tables::{COMMANDS, DIFFERENCES};

/// A recorded request.
struct Recorded {
    name: String,
    operation: String,
    says: Value,
}

fn recordings() -> Vec<Recorded> {
    let mut files: Vec<_> = fs_err::read_dir(fixture("wire"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|it| it == "jsonl"))
        .collect();
    files.sort();
    let texts = files
        .iter()
        .map(|path| fs_err::read_to_string(path).unwrap());
    let lines: Vec<String> = texts
        .flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let read = lines.iter().map(|line| {
        let line: Value = serde_json::from_str(line).unwrap();
        let text = |key: &str| line[key].as_str().unwrap().to_owned();
        let operation = text("operation");
        Recorded {
            name: format!("{} {operation}", text("label")),
            says: says(&text("query"), &line["body"]),
            operation,
        }
    });
    read.collect()
}

/// What a request says: its body, or its query as an object.
fn says(query: &str, body: &Value) -> Value {
    if !body.is_null() {
        return body.clone();
    }
    let pairs = url::form_urlencoded::parse(query.as_bytes()).into_owned();
    pairs.map(|(key, value)| (key, json!(value))).collect()
}

/// Method and path with ids and file names taken out, as the recordings have them.
fn operation(seen: &Seen) -> String {
    let path = seen.path.replace("/api/2.0/mlflow/", "");
    let path = Regex::new("m-[0-9a-f]{32}")
        .unwrap()
        .replace(&path, "{model_id}")
        .into_owned();
    let path = Regex::new("(/mlflow-artifacts/artifacts)/.+")
        .unwrap()
        .replace(&path, "$1/{path}")
        .into_owned();
    format!("{} {path}", seen.method)
}

/// Without ids and times; tags in order of their keys.
fn canonical(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let canonical = |(key, value): (&String, &Value)| {
                let is_experiment = key.starts_with("experiment_id");
                (
                    key.clone(),
                    if is_experiment {
                        json!("EXPERIMENT")
                    } else {
                        canonical(value)
                    },
                )
            };
            Value::Object(fields.iter().map(canonical).collect())
        }
        Value::Array(items) => {
            let mut items: Vec<Value> = items.iter().map(canonical).collect();
            items.sort_by_key(|item| item["key"].to_string());
            items.into()
        }
        Value::Number(number) if number.as_u64().is_some_and(|it| it > 1_000_000_000_000) => {
            json!("TIME")
        }
        Value::String(text) => {
            // JSON within JSON, whose spaces say nothing; nor do those of a filter.
            if let Ok(inner @ Value::Object(_)) = serde_json::from_str(text) {
                return canonical(&inner);
            }
            let text = text.replace(" = ", "=");
            let text = Regex::new("[0-9a-f]{32}").unwrap().replace_all(&text, "ID");
            let text = Regex::new("^[0-9]+/ID")
                .unwrap()
                .replace_all(&text, "EXPERIMENT/ID");
            json!(
                Regex::new("^mlflow-artifacts:/[0-9]+/")
                    .unwrap()
                    .replace(&text, "mlflow-artifacts:/EXPERIMENT/")
            )
        }
        other => other.clone(),
    }
}

/// A `runs/log-batch` of one thing.
fn batch(kind: &str, body: &Value) -> Value {
    let mut entry = body.clone();
    let fields = entry.as_object_mut().unwrap();
    let run = fields.remove("run_id").unwrap();
    fields.remove("run_uuid");
    json!({ "run_id": run, kind: [entry] })
}

/// Calls `change` on every object that has this field; `a.b` is `b` of what is in `a`.
fn each(value: &mut Value, path: &str, change: &mut dyn FnMut(&mut Map<String, Value>, &str)) {
    match (value, path.split_once('.')) {
        (Value::Array(items), _) => items.iter_mut().for_each(|item| each(item, path, change)),
        (Value::Object(fields), Some((first, rest))) => {
            if let Some(inner) = fields.get_mut(first) {
                each(inner, rest, change);
            }
        }
        (Value::Object(fields), None) => change(fields, path),
        _ => {}
    }
}

/// Takes away what is allowed to differ from both sides; whether there was anything.
fn forgive(change: &Change, recorded: &mut Value, sent: &mut Value) -> bool {
    let mut used = false;
    let drop = |side: &mut Value, list: &str, key: &str| {
        let Some(items) = side.get_mut(list).and_then(Value::as_array_mut) else {
            return false;
        };
        let before = items.len();
        items.retain(|item| item["key"] != key);
        before > items.len()
    };
    let drop_tag = |side: &mut Value, key: &str| drop(side, "tags", key);
    // A list that holds nothing else was not recorded at all.
    let without_empty = |recorded: &Value, sent: &mut Value, list: &str| {
        if recorded.get(list).is_none() && sent.get(list) == Some(&json!([])) {
            sent.as_object_mut().unwrap().remove(list);
        }
    };
    match change {
        Without(path) => each(recorded, path, &mut |fields, key| {
            used |= fields.remove(key).is_some();
        }),
        WithoutEmpty(path) => each(recorded, path, &mut |fields, key| {
            if fields.get(key) == Some(&json!("")) {
                used |= fields.remove(key).is_some();
            }
        }),
        With(path) => {
            let is_recorded = recorded.get(path).is_some();
            each(sent, path, &mut |fields, key| {
                if !is_recorded {
                    used |= fields.remove(key).is_some();
                }
            });
        }
        Other(path) => {
            for side in [recorded, sent] {
                each(side, path, &mut |fields, key| {
                    used |= fields.remove(key).is_some();
                });
            }
        }
        WithTag(key) => {
            used = drop_tag(sent, key);
            without_empty(recorded, sent, "tags");
        }
        WithParam(key) => {
            used = drop(sent, "params", key);
            without_empty(recorded, sent, "params");
        }
        OtherTag(key) => used = drop_tag(recorded, key) & drop_tag(sent, key),
        WithoutTag(key) => used = drop_tag(recorded, key),
        By(..) | Unsent => {}
    }
    used
}

/// A server on which there is something of everything, and what its things are called.
fn furnished(generation: Generation, without: &str) -> (Scene, Vec<(&'static str, String)>) {
    let scene = Scene::fake(generation);
    let logged = log_model(&scene, &[]).run().expect_success().json();
    let api = scene.api();
    let experiment = api.create_experiment("lab");
    let gone = api.create_experiment("gone");
    api.post("experiments/delete", &json!({ "experiment_id": gone }));
    let run = api.create_run(&experiment);
    api.post(
        "runs/set-tag",
        &json!({ "run_id": run, "key": "b", "value": "2" }),
    );
    let deleted = api.create_run(&experiment);
    api.post("runs/delete", &json!({ "run_id": deleted }));
    let place =
        format!("/api/2.0/mlflow-artifacts/artifacts/{experiment}/{run}/artifacts/mymodel/MLmodel");
    api.put(&place, b"flavors: {}\n");
    let names = [
        "reg-m",
        "reg-plain",
        "reg-runs",
        "manual",
        "man",
        "phi3-reg",
    ];
    for name in names.into_iter().filter(|name| *name != without) {
        let tags = json!([{ "key": "x", "value": "y" }]);
        api.post(
            "registered-models/create",
            &json!({ "name": name, "tags": tags }),
        );
        for _ in 0..2 {
            let version = json!({
                "name": name, "tags": tags, "model_id": logged["model_id"], "run_id": logged["run_id"],
                "source": logged["model_uri"],
            });
            api.post("model-versions/create", &version);
        }
        api.post(
            "registered-models/alias",
            &json!({ "name": name, "alias": "champion", "version": "2" }),
        );
    }
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let names = vec![
        ("{experiment}", experiment),
        ("{deleted_experiment}", gone),
        ("{run}", run),
        ("{deleted_run}", deleted),
        (
            "{model}",
            logged["model_id"].as_str().unwrap_or_default().to_owned(),
        ),
        ("{logged_run}", text(&logged["run_id"])),
        ("{tiny}", phi3_tiny().to_str().unwrap().to_owned()),
    ];
    (scene, names)
}

/// What phi3ml sends for a command where this operation is expected.
fn sent(operation_wanted: &str, command: &str) -> Value {
    // Only MLflow 2 is told of models in this way.
    let generation = if operation_wanted == "POST runs/log-model" {
        Generation::Two
    } else {
        Generation::Three
    };
    let without = command
        .strip_prefix("models|create|")
        .and_then(|rest| rest.split('|').next());
    let (scene, names) = furnished(generation, without.unwrap_or_default());
    let words: Vec<String> = command
        .split('|')
        .map(|word| {
            names.iter().fold(word.to_owned(), |word, (name, value)| {
                word.replace(name, value)
            })
        })
        .collect();
    scene.server().forget();
    let run = scene.context.phi3ml(&words).env("LOGNAME", "ann");
    let finished = run.run();
    let requests = scene.server().requests();
    let found = requests
        .iter()
        .find(|seen| operation(seen) == operation_wanted);
    let seen = found.unwrap_or_else(|| {
        panic!(
            "{operation_wanted} was not sent: {finished}\n{}",
            scene.server().story()
        )
    });
    says(&seen.query, &seen.json)
}

#[test]
fn requests_are_those_of_mlflows_client() {
    let mut used = BTreeSet::new();
    let mut commands: BTreeSet<&str> = COMMANDS.iter().map(|(name, _)| *name).collect();
    let mut problems = Vec::new();
    for Recorded {
        name,
        operation,
        says: mut recorded,
    } in recordings()
    {
        let allowed: Vec<(usize, &Change)> = DIFFERENCES
            .iter()
            .enumerate()
            .filter(|(_, (of, ..))| {
                ["*", &operation, &name].contains(of) || name.split(' ').next() == Some(of)
            })
            .map(|(index, (_, change, _))| (index, change))
            .collect();
        if let Some((index, _)) = allowed.iter().find(|(_, change)| matches!(change, Unsent)) {
            used.insert(*index);
            continue;
        }
        let Some((command_name, command)) = COMMANDS.iter().find(|(of, _)| *of == name) else {
            problems.push(format!(
                "`{name}` is neither sent nor among the differences"
            ));
            continue;
        };
        commands.remove(command_name);
        let mut wanted = operation.clone();
        for (index, change) in &allowed {
            if let By(other, body) = change {
                recorded = body(&recorded);
                (*other).clone_into(&mut wanted);
                used.insert(*index);
            }
        }
        let mut sent = sent(&wanted, command);
        for (index, change) in &allowed {
            if forgive(change, &mut recorded, &mut sent) {
                used.insert(*index);
            }
        }
        let (recorded, sent) = (canonical(&recorded), canonical(&sent));
        if recorded != sent {
            problems.push(format!(
                "`{name}` ({command})\n  recorded {recorded}\n  sent     {sent}"
            ));
        }
    }
    let stale: Vec<&str> = DIFFERENCES
        .iter()
        .enumerate()
        .filter(|(index, _)| !used.contains(index))
        .map(|(_, (of, _, why))| {
            if why.is_empty() {
                "a reason is missing"
            } else {
                *of
            }
        })
        .collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    assert!(
        stale.is_empty(),
        "differences that no recording has: {stale:?}"
    );
    assert!(
        commands.is_empty(),
        "commands of no recording: {commands:?}"
    );
}

//! The fake server against the real ones: the same questions, the same statuses, codes and shapes.
//!
//! Values are not compared, nor messages: those are MLflow's to word.

use serde_json::{Value, json};

use crate::support::api::Api;
use crate::support::fake::{Fake, Generation};
use crate::support::mlflow::{mlflow2, mlflow3};
use crate::support::{Context, unique};

#[test]
fn the_fake_3_answers_as_mlflow_3_does() {
    compare(Generation::Three, &mlflow3().api);
}

#[test]
fn the_fake_2_answers_as_mlflow_2_does() {
    compare(Generation::Two, &mlflow2().api);
}

fn compare(generation: Generation, real: &Api) {
    let fake = Fake::start(generation);
    let context = Context::new();
    let stem = unique("honest");
    let told = Interview::new(&fake.api, &context, &stem).hold();
    let wanted = Interview::new(real, &context, &stem).hold();
    assert_eq!(told.len(), wanted.len());
    let departures: Vec<String> = std::iter::zip(&told, &wanted)
        .filter(|(told, wanted)| told != wanted)
        .map(|(told, wanted)| format!("fake   {told}\nMLflow {wanted}\n"))
        .collect();
    assert!(
        departures.is_empty(),
        "the fake departs from MLflow:\n{}",
        departures.join("\n")
    );
}

/// A conversation with a server, each exchange noted as a line.
struct Interview<'a> {
    api: &'a Api,
    context: &'a Context,
    stem: &'a str,
    notes: Vec<String>,
}

impl<'a> Interview<'a> {
    fn new(api: &'a Api, context: &'a Context, stem: &'a str) -> Self {
        Self {
            api,
            context,
            stem,
            notes: Vec::new(),
        }
    }

    fn hold(mut self) -> Vec<String> {
        let experiment = self.experiments();
        let run = self.runs(&experiment);
        let model = self.logged_models(&experiment, &run);
        self.artifacts(&experiment, &run);
        self.registry(&run, model.as_deref());
        self.notes
    }

    fn ask(&mut self, method: &str, path: &str, body: Value) -> Value {
        let full = if path.starts_with('/') {
            path.to_owned()
        } else {
            format!("/api/2.0/mlflow/{path}")
        };
        let body = (!body.is_null()).then_some(body);
        let answer = self.api.request(method, &full, body.as_ref());
        let kind = answer.content_type.split(';').next().unwrap_or_default();
        let code = answer.error_code().unwrap_or("-");
        let shape = if code == "-" {
            shape(&answer.body)
        } else {
            String::new()
        };
        let path = self
            .context
            .filtered(path.split('?').next().unwrap_or_default());
        let count = self.notes.len();
        self.notes.push(format!(
            "{count} {method} {path}: {} {kind} {code} {shape}",
            answer.status
        ));
        answer.body
    }

    fn experiments(&mut self) -> String {
        let name = self.stem;
        self.ask("GET", "/health", Value::Null);
        self.ask("GET", "/version", Value::Null);
        self.ask("GET", "/nowhere", Value::Null);
        self.ask(
            "GET",
            &format!("experiments/get-by-name?experiment_name={name}"),
            Value::Null,
        );
        let made = self.ask("POST", "experiments/create", json!({ "name": name }));
        let id = made["experiment_id"].as_str().unwrap().to_owned();
        self.ask("POST", "experiments/create", json!({ "name": name }));
        self.ask("POST", "experiments/create", json!({}));
        self.ask(
            "GET",
            &format!("experiments/get-by-name?experiment_name={name}"),
            Value::Null,
        );
        self.ask("GET", "experiments/get?experiment_id=999999", Value::Null);
        let gone = json!({ "name": format!("{name}-gone") });
        let gone = self.ask("POST", "experiments/create", gone)["experiment_id"].clone();
        self.ask(
            "POST",
            "experiments/delete",
            json!({ "experiment_id": gone }),
        );
        self.ask("POST", "runs/create", json!({ "experiment_id": gone }));
        self.ask("POST", "runs/create", json!({ "experiment_id": "999999" }));
        let path = format!("experiments/get-by-name?experiment_name={name}-gone");
        self.ask("GET", &path, Value::Null);
        self.ask(
            "POST",
            "experiments/create",
            json!({ "name": format!("{name}-gone") }),
        );
        self.ask(
            "POST",
            "experiments/restore",
            json!({ "experiment_id": gone }),
        );
        id
    }

    fn runs(&mut self, experiment: &str) -> String {
        let tags = json!([{ "key": "phi3ml.request_id", "value": "abc" }]);
        let body = json!({ "experiment_id": experiment, "start_time": 1, "tags": tags });
        let made = self.ask("POST", "runs/create", body);
        let id = made["run"]["info"]["run_id"].as_str().unwrap().to_owned();
        self.ask("GET", &format!("runs/get?run_id={id}"), Value::Null);
        self.ask(
            "GET",
            "runs/get?run_id=0123456789abcdef0123456789abcdef",
            Value::Null,
        );
        let param = |value: &str| json!({ "run_id": id, "key": "a", "value": value });
        self.ask("POST", "runs/log-parameter", param("1"));
        self.ask("POST", "runs/log-parameter", param("1"));
        self.ask("POST", "runs/log-parameter", param("2"));
        let metric = json!({ "key": "loss", "value": 0.5, "timestamp": 7, "step": 1 });
        let pairs = json!([{ "key": "b", "value": "2" }]);
        let batch = json!({ "run_id": id, "params": pairs, "tags": pairs, "metrics": [metric] });
        self.ask("POST", "runs/log-batch", batch);
        self.ask(
            "POST",
            "runs/set-tag",
            json!({ "run_id": id, "key": "c", "value": "3" }),
        );
        self.ask(
            "POST",
            "runs/delete-tag",
            json!({ "run_id": id, "key": "c" }),
        );
        self.ask(
            "POST",
            "runs/delete-tag",
            json!({ "run_id": id, "key": "c" }),
        );
        for tag in ["abc", "abd"] {
            let filter = format!("tags.`phi3ml.request_id` = '{tag}'");
            let body = json!({ "experiment_ids": [experiment], "filter": filter });
            self.ask("POST", "runs/search", body);
        }
        let end = json!({ "run_id": id, "status": "FINISHED", "end_time": 9 });
        self.ask("POST", "runs/update", end);
        self.ask("GET", &format!("runs/get?run_id={id}"), Value::Null);
        let other = self.ask(
            "POST",
            "runs/create",
            json!({ "experiment_id": experiment }),
        );
        let other = other["run"]["info"]["run_id"].clone();
        self.ask("POST", "runs/delete", json!({ "run_id": other }));
        self.ask(
            "POST",
            "runs/set-tag",
            json!({ "run_id": other, "key": "c", "value": "3" }),
        );
        self.ask("POST", "runs/restore", json!({ "run_id": other }));
        self.ask("POST", "runs/restore", json!({ "run_id": other }));
        self.searches(experiment);
        self.history(&id);
        id
    }

    fn searches(&mut self, experiment: &str) {
        let renamed = format!("{}-renamed", self.stem);
        for (verb, body) in [
            ("restore", json!({ "experiment_id": experiment })),
            (
                "update",
                json!({ "experiment_id": experiment, "new_name": "Default" }),
            ),
            (
                "update",
                json!({ "experiment_id": experiment, "new_name": renamed }),
            ),
            (
                "set-experiment-tag",
                json!({ "experiment_id": experiment, "key": "k", "value": "v" }),
            ),
            (
                "search",
                json!({ "max_results": 10, "filter": format!("name = '{renamed}'") }),
            ),
            ("delete", json!({ "experiment_id": experiment })),
            ("delete", json!({ "experiment_id": experiment })),
            ("restore", json!({ "experiment_id": experiment })),
        ] {
            self.ask("POST", &format!("experiments/{verb}"), body);
        }
        let body =
            json!({ "experiment_ids": [experiment], "max_results": 1, "run_view_type": "ALL" });
        let first = self.ask("POST", "runs/search", body.clone());
        let mut second = body;
        second["page_token"] = first["next_page_token"].clone();
        self.ask("POST", "runs/search", second);
    }

    fn history(&mut self, run: &str) {
        let point = |step: i64, value: Value| json!({ "key": "h", "value": value, "timestamp": 7, "step": step });
        let points = [
            point(0, json!(1)),
            point(1, json!("NaN")),
            point(2, json!(0.5)),
        ];
        self.ask(
            "POST",
            "runs/log-batch",
            json!({ "run_id": run, "metrics": points }),
        );
        for key in ["h", "nothing"] {
            let path =
                format!("metrics/get-history?run_id={run}&metric_key={key}&max_results=25000");
            self.ask("GET", &path, Value::Null);
        }
        let dataset = json!({ "name": "d", "digest": "1", "source_type": "local", "source": "{}" });
        let tags = json!([{ "key": "mlflow.data.context", "value": "training" }]);
        let inputs = json!([{ "tags": tags, "dataset": dataset }]);
        self.ask(
            "POST",
            "runs/log-inputs",
            json!({ "run_id": run, "datasets": inputs }),
        );
        self.ask("GET", &format!("runs/get?run_id={run}"), Value::Null);
    }

    fn logged_models(&mut self, experiment: &str, run: &str) -> Option<String> {
        self.ask(
            "GET",
            "/api/3.0/mlflow/server-info-is-not-here",
            Value::Null,
        );
        let body = json!({ "experiment_id": experiment, "name": "phi3", "source_run_id": run });
        let made = self.ask("POST", "logged-models", body);
        let id = made["model"]["info"]["model_id"]
            .as_str()
            .map(str::to_owned);
        let shown = id.clone().unwrap_or_else(|| "m-0".to_owned());
        let named = json!({ "experiment_id": experiment, "name": "Phi-3.5" });
        self.ask("POST", "logged-models", named);
        let outputs = json!({ "run_id": run, "models": [{ "model_id": shown, "step": 0 }] });
        self.ask("POST", "runs/outputs", outputs);
        let ready = json!({ "model_id": shown, "status": "LOGGED_MODEL_READY" });
        self.ask("PATCH", &format!("logged-models/{shown}"), ready);
        let tags = json!({ "tags": [{ "key": "a", "value": "b" }] });
        self.ask("PATCH", &format!("logged-models/{shown}/tags"), tags);
        self.ask("GET", &format!("logged-models/{shown}"), Value::Null);
        self.ask(
            "GET",
            "logged-models/m-0123456789abcdef0123456789abcdef",
            Value::Null,
        );
        for name in ["phi3", "phi4"] {
            let filter = format!("name = '{name}'");
            let body = json!({ "experiment_ids": [experiment], "filter": filter });
            self.ask("POST", "logged-models/search", body);
        }
        self.ask("GET", &format!("runs/get?run_id={run}"), Value::Null);
        id
    }

    fn artifacts(&mut self, experiment: &str, run: &str) {
        let root = format!("/api/2.0/mlflow-artifacts/artifacts/{experiment}/{run}/artifacts");
        for path in [
            "model/MLmodel",
            "a%20b.txt",
            "%2541.txt",
            "c%23.txt",
            "x/%2e%2e/y",
            "d/e.txt",
        ] {
            let status = self.api.put(&format!("{root}/{path}"), b"hello");
            self.notes.push(format!("PUT {path}: {status}"));
        }
        let files = self
            .api
            .files(&format!("mlflow-artifacts:/{experiment}/{run}/artifacts"));
        self.notes.push(format!("{files:?}"));
        for path in ["a%20b.txt", "nope.txt"] {
            let answer = self.api.request("GET", &format!("{root}/{path}"), None);
            self.notes.push(format!(
                "GET {path}: {} {:?}",
                answer.status,
                answer.error_code()
            ));
        }
        for path in ["", "model", "none"] {
            let path = format!("artifacts/list?run_id={run}&path={path}");
            self.ask("GET", &path, Value::Null);
        }
        let unknown = "artifacts/list?run_id=0123456789abcdef0123456789abcdef";
        self.ask("GET", unknown, Value::Null);
        self.ask(
            "GET",
            "/api/2.0/mlflow-artifacts/artifacts?path=99/none",
            Value::Null,
        );
        for path in ["d/e.txt", "d/e.txt"] {
            let answer = self.api.request("DELETE", &format!("{root}/{path}"), None);
            self.notes.push(format!("DELETE {path}: {}", answer.status));
        }
    }

    fn registry(&mut self, run: &str, model: Option<&str>) {
        let name = self.stem;
        self.ask(
            "GET",
            &format!("registered-models/get?name={name}"),
            Value::Null,
        );
        self.ask("POST", "registered-models/create", json!({ "name": name }));
        self.ask("POST", "registered-models/create", json!({ "name": name }));
        self.ask("POST", "registered-models/create", json!({ "name": "a/b" }));
        self.ask(
            "GET",
            &format!("registered-models/get?name={name}"),
            Value::Null,
        );
        let source = model.map_or_else(
            || {
                self.api.run(run)["info"]["artifact_uri"]
                    .as_str()
                    .unwrap()
                    .to_owned()
                    + "/model"
            },
            |model| format!("models:/{model}"),
        );
        let tags = json!([{ "key": "t", "value": "v" }]);
        let mut version = json!({ "name": name, "source": source, "run_id": run, "tags": tags });
        if let Some(model) = model {
            version["model_id"] = json!(model);
        }
        self.ask("POST", "model-versions/create", version.clone());
        self.ask("POST", "model-versions/create", version.clone());
        self.ask(
            "POST",
            "model-versions/create",
            json!({ "name": name, "source": "/etc/x" }),
        );
        version["name"] = json!("nobody-has-this-name");
        self.ask("POST", "model-versions/create", version);
        let at = |number: &str| format!("?name={name}&version={number}");
        self.ask(
            "GET",
            &format!("model-versions/get{}", at("1")),
            Value::Null,
        );
        self.ask(
            "GET",
            &format!("model-versions/get{}", at("9")),
            Value::Null,
        );
        self.ask(
            "GET",
            &format!("model-versions/get-download-uri{}", at("1")),
            Value::Null,
        );
        let tag = json!({ "name": name, "version": "1", "key": "phi3ml.smoke", "value": "passed" });
        self.ask("POST", "model-versions/set-tag", tag);
        let alias =
            |version: &str| json!({ "name": name, "alias": "champion", "version": version });
        self.ask("POST", "registered-models/alias", alias("1"));
        self.ask("POST", "registered-models/alias", alias("9"));
        let reserved = json!({ "name": name, "alias": "latest", "version": "1" });
        self.ask("POST", "registered-models/alias", reserved);
        for (name, alias) in [(name, "champion"), (name, "none"), ("nobody", "champion")] {
            let path = format!("registered-models/alias?name={name}&alias={alias}");
            self.ask("GET", &path, Value::Null);
        }
        self.ask(
            "GET",
            &format!("registered-models/get?name={name}"),
            Value::Null,
        );
        let search = format!("model-versions/search?filter=name%3D%27{name}%27");
        self.ask("GET", &search, Value::Null);
        self.ask(
            "POST",
            "registered-models/get-latest-versions",
            json!({ "name": name }),
        );
        self.ask(
            "DELETE",
            "model-versions/delete",
            json!({ "name": name, "version": "2" }),
        );
        self.ask(
            "DELETE",
            "registered-models/delete",
            json!({ "name": name }),
        );
        self.ask(
            "DELETE",
            "registered-models/delete",
            json!({ "name": name }),
        );
    }
}

/// The fields and kinds of a JSON value; of a list, those of its first item.
fn shape(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields
                .iter()
                .map(|(key, value)| format!("{key}: {}", shape(value)))
                .collect();
            fields.sort();
            format!("{{{}}}", fields.join(", "))
        }
        Value::Array(items) => format!("[{}]", items.first().map(shape).unwrap_or_default()),
        Value::String(_) => "text".to_owned(),
        Value::Number(_) => "number".to_owned(),
        Value::Bool(_) => "bool".to_owned(),
        Value::Null => "null".to_owned(),
    }
}

//! Experiments, runs and logged models of the fake server.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::Generation;
use super::artifacts::join;
use super::registry::check_name;
use super::state::{
    Asked, Refused, Reply, Store, as_pairs, as_text, matches, new_id, now, nowhere, ok,
};

/// A run.
#[derive(Debug)]
pub(super) struct Run {
    info: Value,
    params: BTreeMap<String, String>,
    tags: BTreeMap<String, String>,
    metrics: BTreeMap<String, Value>,
    history: Vec<Value>,
    inputs: Vec<Value>,
    outputs: Vec<Value>,
}

/// A logged model (3.x).
#[derive(Debug)]
pub(super) struct LoggedModel {
    pub(super) info: Value,
    pub(super) tags: BTreeMap<String, String>,
    params: BTreeMap<String, String>,
}

impl Store {
    pub(super) fn tracking(&mut self, asked: &Asked, segments: &[&str]) -> Reply {
        let is_three = self.generation == Generation::Three;
        match (asked.method.as_str(), segments) {
            ("GET", ["experiments", "get"]) => {
                let experiment = self.experiment(&asked.required("experiment_id")?)?;
                ok(&json!({ "experiment": experiment }))
            }
            ("GET", ["experiments", "get-by-name"]) => self.experiment_by_name(asked),
            ("POST", ["experiments", "create"]) => self.create_experiment(asked),
            ("POST", ["experiments", "search"]) => self.search_experiments(asked),
            ("POST", ["experiments", verb]) => self.write_experiment(asked, verb),
            ("GET", ["metrics", "get-history"]) => self.metric_history(asked),
            ("POST", ["runs", "create"]) => self.create_run(asked),
            ("GET", ["runs", "get"]) => {
                let run = self.run(&asked.required("run_id")?)?.wire(is_three);
                ok(&json!({ "run": run }))
            }
            ("POST", ["runs", "search"]) => self.search_runs(asked),
            ("POST", ["runs", verb]) if is_three || *verb != "outputs" => {
                self.write_run(asked, verb)
            }
            ("GET", ["artifacts", "list"]) => self.list_run_artifacts(asked),
            (method, ["logged-models", rest @ ..]) if is_three => {
                self.logged_models(asked, method, rest)
            }
            ("POST", ["logged-models"]) if is_three => self.create_logged_model(asked),
            _ => nowhere(),
        }
    }

    pub(super) fn add_experiment(&mut self, name: &str) -> String {
        let id = self.experiments.len().to_string();
        let mut experiment = json!({
            "experiment_id": id,
            "name": name,
            "artifact_location": format!("mlflow-artifacts:/{id}"),
            "lifecycle_stage": "active",
            "last_update_time": now(),
            "creation_time": now(),
        });
        if self.generation == Generation::Three {
            experiment["workspace"] = json!("default");
        }
        self.experiments.insert(id.clone(), experiment);
        id
    }

    fn experiment(&mut self, id: &str) -> Result<&mut Value, Refused> {
        let missing = || Refused::missing(format!("No Experiment with id={id} exists"));
        self.experiments.get_mut(id).ok_or_else(missing)
    }

    fn experiment_by_name(&mut self, asked: &Asked) -> Reply {
        let name = asked.required("experiment_name")?;
        let named = |it: &&Value| it["name"] == name.as_str();
        let missing = || Refused::missing(format!("Could not find experiment with name '{name}'"));
        let experiment = self.experiments.values().find(named).ok_or_else(missing)?;
        ok(&json!({ "experiment": experiment }))
    }

    fn create_experiment(&mut self, asked: &Asked) -> Reply {
        let name = asked.required("name")?;
        if self
            .experiments
            .values()
            .any(|it| it["name"] == name.as_str())
        {
            return Err(Refused::exists(format!(
                "Experiment(name={name}) already exists."
            )));
        }
        let id = self.add_experiment(&name);
        let experiment = self.experiment(&id)?;
        experiment["tags"] = as_pairs(&asked.pairs("tags").into_iter().collect());
        if let Some(location) = asked.optional("artifact_location") {
            experiment["artifact_location"] = json!(location);
        }
        ok(&json!({ "experiment_id": id }))
    }

    fn search_experiments(&mut self, asked: &Asked) -> Reply {
        let filter = asked.optional("filter").unwrap_or_default();
        let mut found = Vec::new();
        for experiment in self.experiments.values() {
            let field = |key: &str| experiment[key].as_str().map(str::to_owned);
            if is_in_view(asked, "view_type", experiment) && matches(&filter, field)? {
                found.push(experiment.clone());
            }
        }
        found.sort_by_key(|it| std::cmp::Reverse(it["creation_time"].as_u64()));
        asked.page("experiments", found, false)
    }

    fn write_experiment(&mut self, asked: &Asked, verb: &str) -> Reply {
        let id = asked.required("experiment_id")?;
        let taken = asked.optional("new_name");
        let is_taken = self.experiments.values().any(|it| {
            it["name"].as_str() == taken.as_deref() && it["experiment_id"] != id.as_str()
        });
        let missing = Refused::missing(format!("No Experiment with id={id} exists"));
        let experiment = self.experiment(&id)?;
        let is_active = experiment["lifecycle_stage"] == "active";
        match verb {
            "delete" if is_active => experiment["lifecycle_stage"] = json!("deleted"),
            "restore" if !is_active => experiment["lifecycle_stage"] = json!("active"),
            "delete" | "restore" => return Err(missing),
            "update" if is_taken => {
                let message = "(sqlite3.IntegrityError) UNIQUE constraint failed: experiments.name";
                return Err(Refused::new("BAD_REQUEST", message));
            }
            "update" => experiment["name"] = json!(asked.required("new_name")?),
            "set-experiment-tag" => {
                let pairs = experiment["tags"].as_array().cloned().unwrap_or_default();
                let mut tags: BTreeMap<String, String> = pairs
                    .iter()
                    .map(|tag| (as_text(&tag["key"]), as_text(&tag["value"])))
                    .collect();
                tags.insert(
                    asked.required("key")?,
                    asked.optional("value").unwrap_or_default(),
                );
                experiment["tags"] = as_pairs(&tags);
            }
            _ => return nowhere(),
        }
        ok(&json!({}))
    }

    fn metric_history(&mut self, asked: &Asked) -> Reply {
        let key = asked.required("metric_key")?;
        let run = self.run(&asked.required("run_id")?)?;
        let points = run.history.iter().filter(|it| it["key"] == key.as_str());
        let points = points.cloned().collect();
        asked.page("metrics", points, false)
    }

    fn create_run(&mut self, asked: &Asked) -> Reply {
        let is_three = self.generation == Generation::Three;
        let experiment_id = asked
            .optional("experiment_id")
            .unwrap_or_else(|| "0".to_owned());
        if self.experiment(&experiment_id)?["lifecycle_stage"] != "active" {
            return Err(Refused::invalid(format!(
                "The experiment {experiment_id} must be in the 'active' state. \
                 Current state is deleted."
            )));
        }
        let id = new_id();
        let mut tags: BTreeMap<_, _> = asked.pairs("tags").into_iter().collect();
        let named = asked
            .optional("run_name")
            .or_else(|| tags.get("mlflow.runName").cloned());
        let name = named.unwrap_or_else(|| format!("fake-run-{}", self.runs.len() + 1));
        tags.insert("mlflow.runName".to_owned(), name.clone());
        let info = json!({
            "run_uuid": id,
            "run_id": id,
            "experiment_id": experiment_id,
            "run_name": name,
            "user_id": asked.optional("user_id").unwrap_or_default(),
            "status": "RUNNING",
            "start_time": asked.json["start_time"].as_u64().unwrap_or_default(),
            "artifact_uri": format!("mlflow-artifacts:/{experiment_id}/{id}/artifacts"),
            "lifecycle_stage": "active",
        });
        let run = Run {
            info,
            params: BTreeMap::new(),
            tags,
            metrics: BTreeMap::new(),
            history: Vec::new(),
            inputs: Vec::new(),
            outputs: Vec::new(),
        };
        let mut wire = run.wire(is_three);
        wire.as_object_mut().unwrap().remove("outputs");
        self.runs.insert(id, run);
        ok(&json!({ "run": wire }))
    }

    fn run(&mut self, id: &str) -> Result<&mut Run, Refused> {
        let missing = || Refused::missing(format!("Run with id={id} not found"));
        self.runs.get_mut(id).ok_or_else(missing)
    }

    fn list_run_artifacts(&mut self, asked: &Asked) -> Reply {
        let root = as_text(&self.run(&asked.required("run_id")?)?.info["artifact_uri"]);
        let below = asked.optional("path").unwrap_or_default();
        let place = root.trim_start_matches("mlflow-artifacts:/");
        let mut files = self.entries(join(place, &below).trim_end_matches('/'));
        for file in &mut files {
            file["path"] = json!(join(&below, &as_text(&file["path"])));
        }
        ok(&json!({ "root_uri": root, "files": files }))
    }

    fn search_runs(&mut self, asked: &Asked) -> Reply {
        let is_three = self.generation == Generation::Three;
        let filter = asked.optional("filter").unwrap_or_default();
        let experiments: Vec<String> = asked.list("experiment_ids").iter().map(as_text).collect();
        if let Some((id, count)) = self
            .pretended
            .iter()
            .find(|(id, _)| experiments.contains(id))
        {
            return pretended_runs(asked, id, *count);
        }
        let mut found = Vec::new();
        for run in self.runs.values() {
            let is_here = experiments.contains(&as_text(&run.info["experiment_id"]));
            let is_seen = is_in_view(asked, "run_view_type", &run.info);
            if is_here && is_seen && run.matches(&filter)? {
                found.push(run.wire(is_three));
            }
        }
        found.sort_by_key(|it| it["info"]["start_time"].as_u64());
        let ascending = asked
            .list("order_by")
            .iter()
            .any(|it| as_text(it).ends_with("ASC"));
        if !ascending {
            found.reverse();
        }
        // MLflow 2 names a next page whenever this one is full.
        asked.page("runs", found, !is_three)
    }

    fn write_run(&mut self, asked: &Asked, verb: &str) -> Reply {
        let id = asked.required("run_id")?;
        let run = self.run(&id)?;
        if run.info["lifecycle_stage"] != "active" && verb != "restore" {
            let message =
                format!("The run {id} must be in the 'active' state. Current state is deleted.");
            return Err(Refused::invalid(message));
        }
        match verb {
            "update" => return run.update(asked),
            "delete" => run.info["lifecycle_stage"] = json!("deleted"),
            "restore" => run.info["lifecycle_stage"] = json!("active"),
            "set-tag" => {
                run.tags.insert(
                    asked.required("key")?,
                    asked.optional("value").unwrap_or_default(),
                );
            }
            "delete-tag" => {
                let key = asked.required("key")?;
                if run.tags.remove(&key).is_none() {
                    return Err(Refused::missing(format!(
                        "No tag with name: {key} in run with id {id}"
                    )));
                }
            }
            "log-parameter" => {
                let value = asked.optional("value").unwrap_or_default();
                run.log_params(&id, vec![(asked.required("key")?, value)])?;
            }
            "log-metric" => run.log_metrics(std::slice::from_ref(&asked.json)),
            "log-batch" => {
                run.log_params(&id, asked.pairs("params"))?;
                run.log_metrics(asked.list("metrics"));
                run.tags.extend(asked.pairs("tags"));
            }
            "log-inputs" => run.inputs.extend(asked.list("datasets").iter().cloned()),
            "outputs" => run.outputs.extend(asked.list("models").iter().cloned()),
            "log-model" => run.note_model(&asked.required("model_json")?)?,
            _ => return nowhere(),
        }
        ok(&json!({}))
    }

    fn logged_models(&mut self, asked: &Asked, method: &str, rest: &[&str]) -> Reply {
        match (method, rest) {
            ("POST", []) => self.create_logged_model(asked),
            ("POST", ["search"]) => self.search_logged_models(asked),
            (_, [id, rest @ ..]) => {
                let missing =
                    || Refused::missing(format!("Logged model with ID '{id}' not found."));
                let model = self.models.get_mut(*id).ok_or_else(missing)?;
                match (method, rest) {
                    ("GET", []) => {}
                    ("PATCH", []) => {
                        model.info["status"] = json!(asked.required("status")?);
                        model.info["last_updated_timestamp_ms"] = json!(now());
                    }
                    ("PATCH", ["tags"]) => {
                        model.tags.extend(asked.pairs("tags"));
                        return ok(&json!({}));
                    }
                    ("DELETE", ["tags", key]) => {
                        model.tags.remove(*key);
                        return ok(&json!({}));
                    }
                    ("POST", ["params"]) => {
                        model.params.extend(asked.pairs("params"));
                        return ok(&json!({}));
                    }
                    ("DELETE", []) => {
                        self.models.remove(*id);
                        return ok(&json!({}));
                    }
                    _ => return nowhere(),
                }
                ok(&json!({ "model": model.wire() }))
            }
            _ => nowhere(),
        }
    }

    fn create_logged_model(&mut self, asked: &Asked) -> Reply {
        let experiment_id = asked.required("experiment_id")?;
        self.experiment(&experiment_id)?;
        let name = asked
            .optional("name")
            .unwrap_or_else(|| "fake-model".to_owned());
        check_name(&name, &['/', ':', '.', '%', '"', '\''], "model name")?;
        let id = format!("m-{}", new_id());
        let info = json!({
            "model_id": id,
            "experiment_id": experiment_id,
            "name": name,
            "creation_timestamp_ms": now(),
            "last_updated_timestamp_ms": now(),
            "artifact_uri": format!("mlflow-artifacts:/{experiment_id}/models/{id}/artifacts"),
            "status": "LOGGED_MODEL_PENDING",
            "model_type": asked.optional("model_type").unwrap_or_default(),
            "source_run_id": asked.optional("source_run_id"),
        });
        let model = LoggedModel {
            info,
            tags: asked.pairs("tags").into_iter().collect(),
            params: asked.pairs("params").into_iter().collect(),
        };
        let wire = model.wire();
        self.models.insert(id, model);
        ok(&json!({ "model": wire }))
    }

    fn search_logged_models(&mut self, asked: &Asked) -> Reply {
        let filter = asked.optional("filter").unwrap_or_default();
        let experiments: Vec<String> = asked.list("experiment_ids").iter().map(as_text).collect();
        let mut found = Vec::new();
        for model in self.models.values() {
            let is_here = experiments.contains(&as_text(&model.info["experiment_id"]));
            let field = |key: &str| match key.strip_prefix("tags.") {
                Some(tag) => model.tags.get(tag).cloned(),
                None => model.info[key].as_str().map(str::to_owned),
            };
            if is_here && matches(&filter, field)? {
                found.push(model.wire());
            }
        }
        ok(&json!({ "models": found }))
    }
}

/// A page of runs that nobody made: no two have quite the same keys.
fn pretended_runs(asked: &Asked, experiment_id: &str, count: usize) -> Reply {
    let number = |field| asked.optional(field).and_then(|text| text.parse().ok());
    let start: usize = number("page_token").unwrap_or(0);
    let end = count.min(start + number("max_results").unwrap_or(1000));
    let runs: Vec<Value> = (start..end)
        .map(|index| {
            let id = format!("{index:032x}");
            let pair = |key: String| json!({ "key": key, "value": format!("value {index}") });
            let metric = |key: &str, value: Value| {
                json!({ "key": key, "value": value, "timestamp": index, "step": 1 })
            };
            let params: Vec<Value> = (0..5).map(|it| pair(format!("p{}", (index + it) % 40))).collect();
            json!({
                "info": {
                    "run_id": id, "run_uuid": id, "experiment_id": experiment_id,
                    "run_name": format!("pretended-{index}"), "user_id": "", "status": "FINISHED",
                    "start_time": index + 1, "end_time": index + 2, "lifecycle_stage": "active",
                    "artifact_uri": format!("mlflow-artifacts:/{experiment_id}/{id}/artifacts"),
                },
                "data": {
                    "params": params,
                    "metrics": [metric("loss", json!(0.5)), metric("share", json!("NaN"))],
                    "tags": [pair("mlflow.runName".to_owned()), pair(format!("t{}", index % 7))],
                },
                "inputs": {},
            })
        })
        .collect();
    let more = (end < count).then(|| end.to_string());
    ok(&json!({ "runs": runs, "next_page_token": more }))
}

impl Run {
    fn wire(&self, is_three: bool) -> Value {
        let mut wire = json!({
            "info": self.info,
            "data": {
                "metrics": self.metrics.values().collect::<Vec<_>>(),
                "params": as_pairs(&self.params),
                "tags": as_pairs(&self.tags),
            },
            "inputs": { "dataset_inputs": self.inputs },
        });
        if is_three {
            wire["outputs"] = json!({ "model_outputs": self.outputs });
        }
        wire
    }

    fn matches(&self, filter: &str) -> Result<bool, Refused> {
        matches(filter, |key| match key.split_once('.') {
            Some(("tags" | "tag", tag)) => self.tags.get(tag).cloned(),
            Some(("params" | "param", param)) => self.params.get(param).cloned(),
            Some(("attributes" | "attribute" | "run", field)) => {
                self.info[field].as_str().map(str::to_owned)
            }
            _ => self.info[key].as_str().map(str::to_owned),
        })
    }

    fn update(&mut self, asked: &Asked) -> Reply {
        if let Some(status) = asked.optional("status") {
            self.info["status"] = json!(status);
        }
        if let Some(end) = asked.json["end_time"].as_u64() {
            self.info["end_time"] = json!(end);
        }
        if let Some(name) = asked.optional("run_name") {
            self.info["run_name"] = json!(name);
            self.tags.insert("mlflow.runName".to_owned(), name);
        }
        ok(&json!({ "run_info": self.info }))
    }

    fn log_params(&mut self, id: &str, params: Vec<(String, String)>) -> Result<(), Refused> {
        for (key, value) in params {
            let old = self
                .params
                .entry(key.clone())
                .or_insert_with(|| value.clone());
            if *old != value {
                return Err(Refused::invalid(format!(
                    "Changing param values is not allowed. Param with key='{key}' was already \
                     logged with value='{old}' for run ID='{id}'. Attempted logging new value \
                     '{value}'."
                )));
            }
        }
        Ok(())
    }

    fn log_metrics(&mut self, metrics: &[Value]) {
        for metric in metrics {
            let point = json!({
                "key": metric["key"],
                "value": metric["value"],
                "timestamp": metric["timestamp"],
                "step": metric["step"].as_i64().unwrap_or_default(),
            });
            let last = self.metrics.get(&as_text(&metric["key"]));
            if last.is_none_or(|last| last["step"].as_i64() <= point["step"].as_i64()) {
                self.metrics.insert(as_text(&metric["key"]), point.clone());
            }
            self.history.push(point);
        }
    }

    /// `runs/log-model`: the list of models in a tag, as MLflow 2.x keeps it.
    fn note_model(&mut self, model: &str) -> Result<(), Refused> {
        let model: Value = serde_json::from_str(model)
            .map_err(|error| Refused::invalid(format!("Malformed model info. {error}")))?;
        let history = self
            .tags
            .entry("mlflow.log-model.history".to_owned())
            .or_default();
        let mut models: Vec<Value> = serde_json::from_str(history).unwrap_or_default();
        models.push(model);
        *history = Value::Array(models).to_string();
        Ok(())
    }
}

/// Whether the bin, or what is not in it, was asked for.
fn is_in_view(asked: &Asked, field: &str, thing: &Value) -> bool {
    match asked.optional(field).as_deref() {
        Some("ALL") => true,
        Some("DELETED_ONLY") => thing["lifecycle_stage"] == "deleted",
        _ => thing["lifecycle_stage"] == "active",
    }
}

impl LoggedModel {
    fn wire(&self) -> Value {
        let mut info = self.info.clone();
        info["tags"] = as_pairs(&self.tags);
        json!({ "info": info, "data": { "params": as_pairs(&self.params) } })
    }
}

//! Registered models, versions and aliases of the fake server.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::Generation;
use super::state::{Asked, Refused, Reply, Store, as_pairs, as_text, matches, now, nowhere, ok};

/// A registered model.
#[derive(Debug)]
pub(super) struct Registered {
    info: Value,
    tags: BTreeMap<String, String>,
    versions: BTreeMap<u64, Version>,
    aliases: BTreeMap<String, u64>,
    /// Numbers are never given twice, even when a version was deleted.
    last: u64,
}

#[derive(Debug)]
struct Version {
    info: Value,
    tags: BTreeMap<String, String>,
}

impl Store {
    pub(super) fn registry(&mut self, asked: &Asked, segments: &[&str]) -> Reply {
        match (asked.method.as_str(), segments) {
            ("POST", ["registered-models", "create"]) => self.create_registered(asked),
            ("GET", ["registered-models", "search"]) => self.search_registered(asked),
            ("GET", ["model-versions", "search"]) => self.search_versions(asked),
            ("POST", ["model-versions", "create"]) => self.create_version(asked),
            ("GET", ["model-versions", "get-download-uri"]) => {
                let (model, number) = self.version(asked)?;
                let source = as_text(&model.versions[&number].info["source"]);
                let id = source
                    .strip_prefix("models:/")
                    .and_then(|id| self.models.get(id));
                let uri = id.map_or(source.clone(), |model| as_text(&model.info["artifact_uri"]));
                ok(&json!({ "artifact_uri": uri }))
            }
            ("DELETE", ["registered-models", "delete"]) => {
                let name = asked.required("name")?;
                self.registered(&name)?;
                self.registered.remove(&name);
                ok(&json!({}))
            }
            ("GET", ["registered-models", "alias"]) if self.generation == Generation::Two => {
                // 2.22.5 does not tell a missing model from a missing alias.
                let (name, alias) = (asked.required("name")?, asked.required("alias")?);
                let missing = || no_alias(&alias);
                self.registered
                    .get_mut(&name)
                    .ok_or_else(missing)?
                    .serve(asked, "GET", "alias")
            }
            ("POST", ["registered-models", "rename"]) => self.rename_registered(asked),
            (method, ["registered-models", verb]) => {
                let name = asked.required("name")?;
                self.registered(&name)?.serve(asked, method, verb)
            }
            (method, ["model-versions", verb]) => {
                let (model, number) = self.version(asked)?;
                model.serve_version(asked, method, verb, number)
            }
            _ => nowhere(),
        }
    }

    fn registered(&mut self, name: &str) -> Result<&mut Registered, Refused> {
        let missing = || Refused::missing(format!("Registered Model with name={name} not found"));
        self.registered.get_mut(name).ok_or_else(missing)
    }

    fn version(&mut self, asked: &Asked) -> Result<(&mut Registered, u64), Refused> {
        let name = asked.required("name")?;
        let version = asked.required("version")?;
        let number = version.parse().map_err(|_| {
            Refused::invalid(format!(
                "Parameter 'version' must be an integer, got '{version}'."
            ))
        })?;
        let missing = || {
            Refused::missing(format!(
                "Model Version (name={name}, version={version}) not found"
            ))
        };
        let model = self.registered.get_mut(&name).ok_or_else(missing)?;
        if !model.versions.contains_key(&number) {
            return Err(missing());
        }
        Ok((model, number))
    }

    fn create_registered(&mut self, asked: &Asked) -> Reply {
        let name = asked.required("name")?;
        if self.generation == Generation::Three {
            // 2.22.5 takes any name, and cannot be asked for such a one by URI afterwards.
            check_name(&name, &['/', ':'], "name")?;
        }
        if self.registered.contains_key(&name) {
            let message = format!("Registered Model (name={name}) already exists.");
            return Err(Refused::exists(message));
        }
        let model = Registered {
            info: json!({
                "name": name,
                "creation_timestamp": now(),
                "last_updated_timestamp": now(),
                "description": asked.optional("description"),
            }),
            tags: asked.pairs("tags").into_iter().collect(),
            versions: BTreeMap::new(),
            aliases: BTreeMap::new(),
            last: 0,
        };
        let wire = model.wire();
        self.registered.insert(name, model);
        ok(&json!({ "registered_model": wire }))
    }

    fn create_version(&mut self, asked: &Asked) -> Reply {
        let name = asked.required("name")?;
        let source = asked.required("source")?;
        let model_id = asked.optional("model_id");
        let mut run_id = asked.optional("run_id");
        if let Some(id) = &model_id {
            // MLflow 3.17.2 answers 500 here, a status that invites a retry.
            let missing = || Refused::new("INTERNAL_ERROR", "Internal server error");
            let model = self.models.get_mut(id).ok_or_else(missing)?;
            run_id = run_id.or_else(|| model.info["source_run_id"].as_str().map(str::to_owned));
        }
        if source.starts_with('/') || source.starts_with("file:") {
            return Err(Refused::invalid(format!(
                "Invalid model version source: '{source}'."
            )));
        }
        let is_three = self.generation == Generation::Three;
        let model = self.registered(&name)?;
        model.last += 1;
        let number = model.last;
        let version = Version {
            info: json!({
                "name": name,
                "version": number.to_string(),
                "creation_timestamp": now(),
                "last_updated_timestamp": now(),
                "current_stage": "None",
                "description": asked.optional("description").unwrap_or_default(),
                "source": source,
                "run_id": run_id.unwrap_or_default(),
                "status": "READY",
                "run_link": asked.optional("run_link").unwrap_or_default(),
            }),
            tags: asked.pairs("tags").into_iter().collect(),
        };
        let wire = version.wire();
        model.versions.insert(number, version);
        if let Some(logged) = model_id
            .filter(|_| is_three)
            .and_then(|id| self.models.get_mut(&id))
        {
            let tag = logged
                .tags
                .entry("mlflow.modelVersions".to_owned())
                .or_default();
            let mut list: Vec<Value> = serde_json::from_str(tag).unwrap_or_default();
            list.push(json!({ "name": name, "version": number }));
            *tag = Value::Array(list).to_string();
        }
        ok(&json!({ "model_version": wire }))
    }

    fn rename_registered(&mut self, asked: &Asked) -> Reply {
        let (name, new_name) = (asked.required("name")?, asked.required("new_name")?);
        self.registered(&name)?;
        if new_name != name && self.registered.contains_key(&new_name) {
            // The real ones go on with the words of their database.
            let message = format!("Registered Model (name={new_name}) already exists. Error: SQL");
            return Err(Refused::exists(message));
        }
        let mut model = self.registered.remove(&name).unwrap();
        model.info["name"] = json!(new_name);
        for version in model.versions.values_mut() {
            version.info["name"] = json!(new_name);
        }
        let wire = model.wire();
        self.registered.insert(new_name, model);
        ok(&json!({ "registered_model": wire }))
    }

    fn search_registered(&mut self, asked: &Asked) -> Reply {
        let filter = asked.optional("filter").unwrap_or_default();
        let mut found = Vec::new();
        for model in self.registered.values() {
            let field = |key: &str| match key.split_once('.') {
                Some((_, tag)) => model.tags.get(tag).cloned(),
                None => model.info[key].as_str().map(str::to_owned),
            };
            if matches(&filter, field)? {
                found.push(model.wire());
            }
        }
        if order(asked, &["name", "timestamp"])?.is_some_and(|order| order == "name DESC") {
            found.reverse();
        }
        page("registered_models", found, asked, 1000)
    }

    fn search_versions(&mut self, asked: &Asked) -> Reply {
        let filter = asked.optional("filter").unwrap_or_default();
        let mut found = Vec::new();
        for (number, version) in self
            .registered
            .values()
            .flat_map(|model| &model.versions)
            .rev()
        {
            let field = |key: &str| match key.split_once('.') {
                Some((_, tag)) => version.tags.get(tag).cloned(),
                None if key == "version_number" => Some(number.to_string()),
                None => version.info[key].as_str().map(str::to_owned),
            };
            if matches(&filter, field)? {
                found.push(version.wire());
            }
        }
        order(asked, &["name", "version_number", "creation_timestamp"])?;
        page("model_versions", found, asked, 200_000)
    }
}

impl Registered {
    fn serve(&mut self, asked: &Asked, method: &str, verb: &str) -> Reply {
        match (method, verb) {
            ("GET", "get") => ok(&json!({ "registered_model": self.wire() })),
            ("PATCH", "update") => {
                self.info["description"] = json!(asked.optional("description"));
                ok(&json!({ "registered_model": self.wire() }))
            }
            ("POST", "set-tag") => {
                self.tags.insert(
                    asked.required("key")?,
                    asked.optional("value").unwrap_or_default(),
                );
                ok(&json!({}))
            }
            ("DELETE", "delete-tag") => {
                self.tags.remove(&asked.required("key")?);
                ok(&json!({}))
            }
            ("GET" | "POST", "get-latest-versions") => {
                let wanted = asked.list("stages");
                let mut latest = self.latest();
                latest.retain(|it| wanted.is_empty() || wanted.contains(&it["current_stage"]));
                ok(&json!({ "model_versions": latest }))
            }
            ("GET", "alias") => {
                let alias = asked.required("alias")?;
                let missing = || no_alias(&alias);
                let number = *self.aliases.get(&alias).ok_or_else(missing)?;
                ok(&json!({ "model_version": self.version_wire(number) }))
            }
            ("POST", "alias") => self.set_alias(asked),
            ("DELETE", "alias") => {
                self.aliases.remove(&asked.required("alias")?);
                ok(&json!({}))
            }
            _ => nowhere(),
        }
    }

    fn serve_version(&mut self, asked: &Asked, method: &str, verb: &str, number: u64) -> Reply {
        let version = self.versions.get_mut(&number).unwrap();
        match (method, verb) {
            ("GET", "get") => return ok(&json!({ "model_version": self.version_wire(number) })),
            ("PATCH", "update") => {
                version.info["description"] = json!(asked.optional("description"));
                return ok(&json!({ "model_version": self.version_wire(number) }));
            }
            ("POST", "transition-stage") => return self.transition(asked, number),
            ("POST", "set-tag") => {
                let value = asked.optional("value").unwrap_or_default();
                version.tags.insert(asked.required("key")?, value);
            }
            ("DELETE", "delete-tag") => {
                version.tags.remove(&asked.required("key")?);
            }
            ("DELETE", "delete") => {
                self.versions.remove(&number);
                self.aliases.retain(|_, of| *of != number);
            }
            _ => return nowhere(),
        }
        ok(&json!({}))
    }

    fn set_alias(&mut self, asked: &Asked) -> Reply {
        let (name, alias) = (asked.required("name")?, asked.required("alias")?);
        let version = asked.required("version")?;
        if alias.eq_ignore_ascii_case("latest") {
            let message = "'latest' alias name (case insensitive) is reserved.";
            return Err(Refused::invalid(message));
        }
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
        if alias.strip_prefix('v').is_some_and(is_number) {
            let message = format!("Version alias name '{alias}' is reserved.");
            return Err(Refused::invalid(message));
        }
        let missing = || {
            Refused::missing(format!(
                "Model Version (name={name}, version={version}) not found"
            ))
        };
        let number = version.parse().map_err(|_| missing())?;
        self.versions.get(&number).ok_or_else(missing)?;
        self.aliases.insert(alias, number);
        ok(&json!({}))
    }

    fn transition(&mut self, asked: &Asked, number: u64) -> Reply {
        let wanted = asked.required("stage")?;
        let stages = ["None", "Staging", "Production", "Archived"];
        let Some(stage) = stages.iter().find(|it| it.eq_ignore_ascii_case(&wanted)) else {
            return Err(Refused::invalid(format!(
                "Invalid Model Version stage: {wanted}. Value must be one of {}.",
                stages.join(", ")
            )));
        };
        if asked.json["archive_existing_versions"] == true {
            if !matches!(*stage, "Staging" | "Production") {
                let message = format!(
                    "Model version transition cannot archive existing model versions because \
                     '{stage}' is not an Active stage."
                );
                return Err(Refused::new("INTERNAL_ERROR", message));
            }
            for version in self.versions.values_mut() {
                if version.info["current_stage"] == *stage {
                    version.info["current_stage"] = json!("Archived");
                }
            }
        }
        self.versions.get_mut(&number).unwrap().info["current_stage"] = json!(stage);
        ok(&json!({ "model_version": self.version_wire(number) }))
    }

    /// The newest version of each stage.
    fn latest(&self) -> Vec<Value> {
        let mut latest: BTreeMap<String, Value> = BTreeMap::new();
        for version in self.versions.values() {
            latest.insert(as_text(&version.info["current_stage"]), version.wire());
        }
        latest.into_values().collect()
    }

    fn wire(&self) -> Value {
        let mut wire = self.info.clone();
        wire["tags"] = as_pairs(&self.tags);
        wire["latest_versions"] = self.latest().into();
        wire["aliases"] = self
            .aliases
            .iter()
            .map(|(alias, version)| json!({ "alias": alias, "version": version.to_string() }))
            .collect();
        wire
    }

    fn version_wire(&self, number: u64) -> Value {
        let mut wire = self.versions[&number].wire();
        let aliases = self.aliases.iter().filter(|(_, of)| **of == number);
        wire["aliases"] = aliases.map(|(alias, _)| json!(alias)).collect();
        wire
    }
}

impl Version {
    fn wire(&self) -> Value {
        let mut wire = self.info.clone();
        wire["tags"] = as_pairs(&self.tags);
        wire
    }
}

/// What to sort by, if it is one of these.
fn order(asked: &Asked, keys: &[&str]) -> Result<Option<String>, Refused> {
    let Some(order) = asked.optional("order_by") else {
        return Ok(None);
    };
    let key = order.split(' ').next().unwrap_or_default();
    if keys.contains(&key) {
        return Ok(Some(order));
    }
    Err(Refused::invalid(format!(
        "Invalid order by key '{key}' specified. Valid keys are '{keys:?}'"
    )))
}

/// One page of a list, if what was asked for is in bounds.
fn page(name: &str, all: Vec<Value>, asked: &Asked, most: usize) -> Reply {
    let number = |field: &str| asked.optional(field).map(|text| text.parse::<usize>());
    if number("max_results").is_some_and(|size| !size.is_ok_and(|size| (1..=most).contains(&size)))
    {
        return Err(Refused::invalid(
            "Invalid value for parameter 'max_results' supplied",
        ));
    }
    if number("page_token").is_some_and(|token| token.is_err()) {
        return Err(Refused::invalid(
            "Invalid page token, could not base64-decode",
        ));
    }
    asked.page(name, all, false)
}

fn no_alias(alias: &str) -> Refused {
    Refused::invalid(format!("Registered model alias {alias} not found."))
}

/// The rule for names: not empty, none of these characters.
pub(super) fn check_name(name: &str, forbidden: &[char], what: &str) -> Result<(), Refused> {
    if name.is_empty() || name.contains(forbidden) {
        return Err(Refused::invalid(format!(
            "Invalid {what} ('{name}') provided. It must be a non-empty string and cannot contain \
             the following characters: {forbidden:?}"
        )));
    }
    Ok(())
}

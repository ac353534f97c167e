//! What the fake server remembers, and how a question finds its answer.
//!
//! The answers' contents are in `tracking`, `registry` and `artifacts`.

use std::collections::BTreeMap;
use std::time::{SystemTime, UNIX_EPOCH};

use axum::body::{Body, Bytes};
use axum::response::Response;
use serde_json::{Map, Value, json};

use super::artifacts::File;
use super::bucket::{self, Bucket};
use super::registry::Registered;
use super::tracking::{LoggedModel, Run};
use super::{Generation, Seen, pairs};

/// All there is.
#[derive(Debug)]
pub(super) struct Store {
    pub(super) generation: Generation,
    pub(super) experiments: BTreeMap<String, Value>,
    pub(super) runs: BTreeMap<String, Run>,
    pub(super) models: BTreeMap<String, LoggedModel>,
    pub(super) registered: BTreeMap<String, Registered>,
    pub(super) files: BTreeMap<String, File>,
    /// Where it signs addresses for large files, if anywhere.
    pub(super) bucket: Option<Bucket>,
    /// How many runs an experiment is said to have that nobody made.
    pub(super) pretended: BTreeMap<String, usize>,
}

/// A request, taken apart.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) query: BTreeMap<String, String>,
    pub(super) json: Value,
    pub(super) body: Bytes,
    pub(super) length: u64,
    pub(super) range: Option<String>,
    pub(super) is_json: bool,
}

/// An answer, not yet on the wire.
#[derive(Debug)]
pub(super) struct Answered {
    pub(super) status: u16,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Bytes,
}

/// An error in MLflow's own form.
#[derive(Debug)]
pub(super) struct Refused {
    code: &'static str,
    message: String,
}

pub(super) type Reply = Result<Answered, Refused>;

impl Store {
    pub(super) fn new(generation: Generation) -> Self {
        let mut store = Self {
            generation,
            experiments: BTreeMap::new(),
            runs: BTreeMap::new(),
            models: BTreeMap::new(),
            registered: BTreeMap::new(),
            files: BTreeMap::new(),
            bucket: None,
            pretended: BTreeMap::new(),
        };
        store.add_experiment("Default");
        store
    }

    pub(super) fn answer(&mut self, asked: &Asked) -> Answered {
        self.route(asked)
            .unwrap_or_else(|refused| refused.answer(self.generation))
    }

    fn route(&mut self, asked: &Asked) -> Reply {
        let is_three = self.generation == Generation::Three;
        match (asked.method.as_str(), asked.path.as_str()) {
            ("GET", "/health") if is_three => return Ok(Answered::new(200, "text/plain", "OK")),
            ("GET", "/health") => return Ok(Answered::page(200, "OK")),
            ("GET", "/version") => {
                return Ok(Answered::page(
                    200,
                    if is_three { "3.17.2" } else { "2.22.5" },
                ));
            }
            ("GET", "/api/3.0/mlflow/server-info") if is_three => {
                return ok(&server_info(self.bucket.is_some()));
            }
            _ => {}
        }
        if let Some(path) = asked.path.strip_prefix(bucket::PREFIX) {
            return self.bucket(asked, path);
        }
        if let Some(rest) = asked.path.strip_prefix("/api/2.0/mlflow-artifacts/") {
            return self.artifacts(asked, rest);
        }
        let Some(rest) = asked.path.strip_prefix("/api/2.0/mlflow/") else {
            return nowhere();
        };
        if asked.method == "POST" && !asked.is_json {
            let message = "Bad Request. Content-Type must be one of ['application/json'].";
            return Err(Refused::new("BAD_REQUEST", message));
        }
        let segments: Vec<&str> = rest.split('/').collect();
        if segments[0] == "registered-models" || segments[0] == "model-versions" {
            self.registry(asked, &segments)
        } else {
            self.tracking(asked, &segments)
        }
    }
}

impl Asked {
    pub(super) fn new(seen: &Seen, body: Bytes) -> Self {
        let header = |name: &str| Some(seen.headers.get(name)?.to_str().ok()?.to_owned());
        Self {
            method: seen.method.clone(),
            path: seen.path.clone(),
            query: pairs(&seen.query),
            json: seen.json.clone(),
            body,
            length: seen.length,
            range: header("range"),
            is_json: header("content-type").is_none_or(|it| it.starts_with("application/json")),
        }
    }

    /// A field of the body or the query, as text; MLflow takes numbers as strings and strings as numbers.
    pub(super) fn optional(&self, name: &str) -> Option<String> {
        match &self.json[name] {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => self.query.get(name).cloned(),
        }
        .filter(|text| !text.is_empty())
    }

    pub(super) fn required(&self, name: &str) -> Result<String, Refused> {
        self.optional(name).ok_or_else(|| {
            Refused::invalid(format!(
                "Missing value for required parameter '{name}'. See the API docs for more \
                 information about request parameters."
            ))
        })
    }

    /// A list of the body.
    pub(super) fn list(&self, name: &str) -> &[Value] {
        self.json[name].as_array().map_or(&[], Vec::as_slice)
    }

    /// As much of a list as was asked for; the token of the next page is where it begins.
    pub(super) fn page(&self, name: &str, items: Vec<Value>, when_full: bool) -> Reply {
        let number = |field| self.optional(field).and_then(|text| text.parse().ok());
        let start: usize = number("page_token").unwrap_or(0);
        let end = start.saturating_add(number("max_results").unwrap_or(1000));
        let is_more = end < items.len() || (when_full && end == items.len());
        let more = is_more.then(|| end.to_string());
        let page: Vec<Value> = items.into_iter().take(end).skip(start).collect();
        ok(&json!({ name: page, "next_page_token": more }))
    }

    /// A list of `{"key", "value"}` of the body.
    pub(super) fn pairs(&self, name: &str) -> Vec<(String, String)> {
        self.list(name)
            .iter()
            .map(|pair| (as_text(&pair["key"]), as_text(&pair["value"])))
            .collect()
    }
}

impl Answered {
    pub(super) fn new(status: u16, content_type: &str, body: impl Into<Bytes>) -> Self {
        let headers = vec![("content-type", content_type.to_owned())];
        Self {
            status,
            headers,
            body: body.into(),
        }
    }

    pub(super) fn page(status: u16, text: &str) -> Self {
        Self::new(status, "text/html; charset=utf-8", text.to_owned())
    }

    /// Half of the body, as if that were all.
    pub(super) fn halve(&mut self) {
        self.body = self.body.slice(..self.body.len() / 2);
    }

    pub(super) fn into_response(self) -> Response {
        let mut response = Response::builder().status(self.status);
        for (name, value) in self.headers {
            response = response.header(name, value);
        }
        response.body(Body::from(self.body)).unwrap()
    }
}

impl Refused {
    pub(super) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }

    pub(super) fn invalid(message: impl Into<String>) -> Self {
        Self::new("INVALID_PARAMETER_VALUE", message)
    }

    pub(super) fn missing(message: impl Into<String>) -> Self {
        Self::new("RESOURCE_DOES_NOT_EXIST", message)
    }

    pub(super) fn exists(message: impl Into<String>) -> Self {
        Self::new("RESOURCE_ALREADY_EXISTS", message)
    }

    fn answer(self, generation: Generation) -> Answered {
        let (status, class) = match self.code {
            "RESOURCE_DOES_NOT_EXIST" => (404, "RESOURCE_NOT_FOUND"),
            "NOT_IMPLEMENTED" => (501, self.code),
            "INTERNAL_ERROR" => (500, self.code),
            _ => (400, self.code),
        };
        let mut body = json!({ "error_code": self.code, "message": self.message });
        if generation == Generation::Three {
            body["sqlstate"] = json!("KAM00");
            body["error_class"] = json!(class);
        }
        Answered::new(status, "application/json", body.to_string())
    }
}

/// 200 with a JSON object; empty lists and missing values are left out, as protobuf does.
#[expect(clippy::unnecessary_wraps, reason = "so that every answer ends alike")]
pub(super) fn ok(value: &Value) -> Reply {
    Ok(Answered::new(
        200,
        "application/json",
        without_empty(value).to_string(),
    ))
}

/// The page of a path that is no endpoint.
#[expect(clippy::unnecessary_wraps, reason = "so that every answer ends alike")]
pub(super) fn nowhere() -> Reply {
    Ok(Answered::page(
        404,
        "<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n\
         <p>The requested URL was not found on the server. If you entered the URL manually please \
         check your spelling and try again.</p>\n",
    ))
}

/// Milliseconds since 1970.
pub(super) fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    u64::try_from(since.as_millis()).unwrap()
}

/// An id as MLflow makes them.
pub(super) fn new_id() -> String {
    uuid::Uuid::new_v4().simple().to_string()
}

/// A string or a number as text.
pub(super) fn as_text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// Tags and params as MLflow lists them.
pub(super) fn as_pairs(map: &BTreeMap<String, String>) -> Value {
    map.iter()
        .map(|(key, value)| json!({ "key": key, "value": value }))
        .collect()
}

/// Whether all of `key = 'value'` (or `!=`, or `LIKE 'beginning%'`) joined by AND hold.
pub(super) fn matches(
    filter: &str,
    field: impl Fn(&str) -> Option<String>,
) -> Result<bool, Refused> {
    let mut all = true;
    for part in filter
        .split(" AND ")
        .map(str::trim)
        .filter(|part| !part.is_empty())
    {
        if let Some((key, pattern)) = part.split_once(" LIKE ") {
            let pattern = pattern.trim().trim_matches('\'');
            let value = field(key.trim()).unwrap_or_default();
            all &= match pattern.strip_suffix('%') {
                Some(beginning) => value.starts_with(beginning),
                None => value == pattern,
            };
            continue;
        }
        let (key, value, wanted) = match (part.split_once("!="), part.split_once('=')) {
            (Some((key, value)), _) => (key, value, false),
            (None, Some((key, value))) => (key, value, true),
            (None, None) => {
                return Err(Refused::invalid(format!(
                    "Invalid clause(s) in filter string: '{part}'"
                )));
            }
        };
        let key = key.trim().replace(['`', '"'], "");
        let value = value.trim().trim_matches(['\'', '"']);
        all &= (field(&key).as_deref() == Some(value)) == wanted;
    }
    Ok(all)
}

fn without_empty(value: &Value) -> Value {
    match value {
        Value::Object(fields) => Value::Object(
            fields
                .iter()
                .map(|(key, value)| (key.clone(), without_empty(value)))
                .filter(|(_, value)| {
                    !value.is_null() && value.as_array().is_none_or(|it| !it.is_empty())
                })
                .collect::<Map<_, _>>(),
        ),
        Value::Array(items) => items.iter().map(without_empty).collect(),
        other => other.clone(),
    }
}

fn server_info(signs: bool) -> Value {
    json!({
        "store_type": "SqlStore",
        "workspaces_enabled": false,
        "multipart_uploads_enabled": signs,
        "multipart_downloads_enabled": signs,
        "artifact_serving_enabled": true,
        "presigned_upload_run_id_supported": true,
        "presigned_upload_model_id_supported": true,
        "tracking_auth": "",
        "artifacts_presigned_only": false
    })
}

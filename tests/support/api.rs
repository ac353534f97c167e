//! Asks a server over MLflow's REST interface, real and fake alike, what is written down there.
//!
//! It shares no code with phi3ml: a mistake there must not be able to hide itself here.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

use axum::http::HeaderMap;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

/// An answer: its status, and the body as JSON (a string if it is not JSON).
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    /// The HTTP status.
    pub(crate) status: u16,
    /// The body.
    pub(crate) body: Value,
    /// The content type, or nothing.
    pub(crate) content_type: String,
}

impl Answer {
    /// MLflow's own word for what went wrong.
    pub(crate) fn error_code(&self) -> Option<&str> {
        self.body["error_code"].as_str()
    }
}

/// A server's REST interface.
#[derive(Debug, Clone)]
pub(crate) struct Api {
    /// The server's URL, without a slash at its end.
    pub(crate) url: String,
    headers: HeaderMap,
}

impl Api {
    pub(crate) fn new(url: String) -> Self {
        Self {
            url,
            headers: HeaderMap::new(),
        }
    }

    /// As this user.
    pub(crate) fn as_user(&self, name: &str, password: &str) -> Self {
        let request = client().get(&self.url).basic_auth(name, Some(password));
        let mut api = self.clone();
        api.headers
            .extend(request.build().unwrap().headers().clone());
        api
    }

    /// In this workspace.
    pub(crate) fn in_workspace(&self, name: &str) -> Self {
        let mut api = self.clone();
        api.headers
            .insert("x-mlflow-workspace", name.parse().unwrap());
        api
    }

    /// At another address.
    pub(crate) fn at(&self, url: String) -> Self {
        Self {
            url,
            ..self.clone()
        }
    }

    /// Any request; `path` begins with a slash.
    #[track_caller]
    pub(crate) fn request(&self, method: &str, path: &str, body: Option<&Value>) -> Answer {
        let url = format!("{}{path}", self.url);
        let request = client().request(method.parse().unwrap(), &url);
        let mut request = request.headers(self.headers.clone());
        if let Some(body) = body {
            request = request.json(body);
        }
        runtime().block_on(async move {
            let response = request
                .send()
                .await
                .unwrap_or_else(|error| panic!("{url}: {error}"));
            let status = response.status().as_u16();
            let kind = response.headers().get("content-type");
            let content_type = kind.map_or("", |it| it.to_str().unwrap()).to_owned();
            let text = String::from_utf8_lossy(&response.bytes().await.unwrap()).into_owned();
            let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
            Answer {
                status,
                body,
                content_type,
            }
        })
    }

    /// `PUT` of an artifact's bytes; `path` begins with a slash.
    #[track_caller]
    pub(crate) fn put(&self, path: &str, bytes: &[u8]) -> u16 {
        let request = client()
            .put(format!("{}{path}", self.url))
            .headers(self.headers.clone())
            .body(bytes.to_vec());
        runtime().block_on(async { request.send().await.unwrap().status().as_u16() })
    }

    /// `GET` of bytes as they are; `path` begins with a slash.
    #[track_caller]
    pub(crate) fn bytes(&self, path: &str) -> Vec<u8> {
        let request = client().get(format!("{}{path}", self.url));
        let request = request.headers(self.headers.clone());
        runtime().block_on(async {
            let response = request.send().await.unwrap().error_for_status().unwrap();
            response.bytes().await.unwrap().to_vec()
        })
    }

    /// `GET` below `/api/2.0/mlflow/`; fails unless it is answered with 200.
    #[track_caller]
    pub(crate) fn get(&self, path: &str) -> Value {
        let answer = self.request("GET", &format!("/api/2.0/mlflow/{path}"), None);
        assert_eq!(answer.status, 200, "GET {path}: {}", answer.body);
        answer.body
    }

    /// `POST` below `/api/2.0/mlflow/`; fails unless it is answered with 200.
    #[track_caller]
    pub(crate) fn post(&self, path: &str, body: &Value) -> Value {
        let answer = self.request("POST", &format!("/api/2.0/mlflow/{path}"), Some(body));
        assert_eq!(answer.status, 200, "POST {path} {body}: {}", answer.body);
        answer.body
    }

    /// Makes an experiment; its id.
    #[track_caller]
    pub(crate) fn create_experiment(&self, name: &str) -> String {
        text(&self.post("experiments/create", &json!({ "name": name }))["experiment_id"])
    }

    /// An experiment by its name.
    #[track_caller]
    pub(crate) fn experiment(&self, name: &str) -> Value {
        let path = format!("experiments/get-by-name?experiment_name={name}");
        self.get(&path)["experiment"].clone()
    }

    /// Makes a run; its id.
    #[track_caller]
    pub(crate) fn create_run(&self, experiment_id: &str) -> String {
        let answer = self.post("runs/create", &json!({ "experiment_id": experiment_id }));
        text(&answer["run"]["info"]["run_id"])
    }

    /// A run: `info` and `data`, its tags, params and metrics as objects.
    #[track_caller]
    pub(crate) fn run(&self, run_id: &str) -> Value {
        let mut run = self.get(&format!("runs/get?run_id={run_id}"))["run"].clone();
        for kind in ["tags", "params", "metrics"] {
            run["data"][kind] = by_key(&run["data"][kind]);
        }
        run
    }

    /// A logged model's `info`, its tags as an object.
    #[track_caller]
    pub(crate) fn logged_model(&self, model_id: &str) -> Value {
        let mut model = self.get(&format!("logged-models/{model_id}"))["model"]["info"].clone();
        model["tags"] = by_key(&model["tags"]);
        model
    }

    /// All logged models of an experiment.
    #[track_caller]
    pub(crate) fn logged_models(&self, experiment_id: &str) -> Vec<Value> {
        let body = json!({ "experiment_ids": [experiment_id] });
        list(&self.post("logged-models/search", &body)["models"])
    }

    /// All runs of an experiment.
    #[track_caller]
    pub(crate) fn runs(&self, experiment_id: &str) -> Vec<Value> {
        let body = json!({ "experiment_ids": [experiment_id] });
        list(&self.post("runs/search", &body)["runs"])
    }

    /// Whether a registered model is there.
    #[track_caller]
    pub(crate) fn is_registered(&self, name: &str) -> bool {
        let path = format!("/api/2.0/mlflow/registered-models/get?name={name}");
        match self.request("GET", &path, None).status {
            200 => true,
            404 => false,
            status => panic!("GET {path}: {status}"),
        }
    }

    /// A registered version, its tags as an object.
    #[track_caller]
    pub(crate) fn version(&self, name: &str, version: &str) -> Value {
        let path = format!("model-versions/get?name={name}&version={version}");
        let mut version = self.get(&path)["model_version"].clone();
        version["tags"] = by_key(&version["tags"]);
        version
    }

    /// All versions of a registered model.
    #[track_caller]
    pub(crate) fn versions(&self, name: &str) -> Vec<Value> {
        let path = format!("model-versions/search?filter=name%3D%27{name}%27");
        list(&self.get(&path)["model_versions"])
    }

    /// The version an alias points to.
    #[track_caller]
    pub(crate) fn alias(&self, name: &str, alias: &str) -> Option<String> {
        let path = format!("/api/2.0/mlflow/registered-models/alias?name={name}&alias={alias}");
        let answer = self.request("GET", &path, None);
        (answer.status == 200).then(|| text(&answer.body["model_version"]["version"]))
    }

    /// All files below an `mlflow-artifacts:/…` URI with their sizes.
    #[track_caller]
    pub(crate) fn files(&self, artifact_uri: &str) -> BTreeMap<String, u64> {
        if artifact_uri.starts_with('/') {
            return files_below(Path::new(artifact_uri), "");
        }
        let root = artifact_uri
            .strip_prefix("mlflow-artifacts:/")
            .expect("a proxied artifact URI");
        let mut found = BTreeMap::new();
        let mut folders = vec![String::new()];
        while let Some(folder) = folders.pop() {
            let place = format!("{root}/{folder}");
            let place = place.trim_end_matches('/').replace('/', "%2F");
            let path = format!("/api/2.0/mlflow-artifacts/artifacts?path={place}");
            let answer = self.request("GET", &path, None);
            assert_eq!(answer.status, 200, "GET {path}: {}", answer.body);
            for entry in list(&answer.body["files"]) {
                let path = format!("{folder}{}", entry["path"].as_str().unwrap());
                if entry["is_dir"] == true {
                    folders.push(format!("{path}/"));
                } else {
                    found.insert(path, number(&entry["file_size"]));
                }
            }
        }
        found
    }

    /// Writes a file below an artifact URI.
    #[track_caller]
    pub(crate) fn write_artifact(&self, artifact_uri: &str, path: &str, bytes: &[u8]) {
        let Some(root) = artifact_uri.strip_prefix("mlflow-artifacts:/") else {
            let file = Path::new(artifact_uri).join(path);
            fs_err::create_dir_all(file.parent().unwrap()).unwrap();
            return fs_err::write(file, bytes).unwrap();
        };
        let path = format!("/api/2.0/mlflow-artifacts/artifacts/{root}/{path}");
        assert_eq!(self.put(&path, bytes), 200);
    }

    /// The bytes of a file below an `mlflow-artifacts:/…` URI.
    #[track_caller]
    pub(crate) fn artifact(&self, artifact_uri: &str, path: &str) -> Vec<u8> {
        if artifact_uri.starts_with('/') {
            return fs_err::read(Path::new(artifact_uri).join(path)).unwrap();
        }
        let root = artifact_uri
            .strip_prefix("mlflow-artifacts:/")
            .expect("a proxied artifact URI");
        self.bytes(&format!(
            "/api/2.0/mlflow-artifacts/artifacts/{root}/{path}"
        ))
    }
}

/// All files below a folder of this machine.
fn files_below(folder: &Path, prefix: &str) -> BTreeMap<String, u64> {
    let mut found = BTreeMap::new();
    for entry in fs_err::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let path = format!("{prefix}{}", entry.file_name().to_str().unwrap());
        let metadata = entry.metadata().unwrap();
        if metadata.is_dir() {
            found.extend(files_below(&entry.path(), &format!("{path}/")));
        } else {
            found.insert(path, metadata.len());
        }
    }
    found
}

/// A list of the answer; MLflow leaves out empty ones.
pub(crate) fn list(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

/// A string of the answer.
#[track_caller]
pub(crate) fn text(value: &Value) -> String {
    value
        .as_str()
        .unwrap_or_else(|| panic!("not a string: {value}"))
        .to_owned()
}

/// An int64 of the answer: protobuf's JSON writes them as numbers or as strings, and leaves out 0.
fn number(value: &Value) -> u64 {
    value
        .as_u64()
        .or_else(|| value.as_str()?.parse().ok())
        .unwrap_or_default()
}

fn by_key(pairs: &Value) -> Value {
    let pairs = list(pairs);
    pairs
        .iter()
        .map(|pair| (text(&pair["key"]), pair["value"].clone()))
        .collect()
}

fn runtime() -> &'static Runtime {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| {
        tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap()
    })
}

#[expect(
    clippy::disallowed_methods,
    reason = "on purpose not the client that is under test"
)]
fn client() -> &'static reqwest::Client {
    static CLIENT: OnceLock<reqwest::Client> = OnceLock::new();
    // Whom to trust is what phi3ml is tested for, and not this.
    let builder = || {
        reqwest::Client::builder()
            .no_proxy()
            .tls_danger_accept_invalid_certs(true)
    };
    CLIENT.get_or_init(|| builder().build().unwrap())
}

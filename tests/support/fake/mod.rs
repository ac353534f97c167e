//! A fake MLflow server inside the test process: it remembers, it counts, and it fails on purpose.
//!
//! It is no judge of what is right: `fake_is_honest` holds it against the real servers, question by
//! question. It is there for what real servers cannot do — lose an answer, cut a connection at a
//! byte, count requests — and because it starts at once.

mod artifacts;
mod bucket;
mod fault;
mod registry;
mod state;
mod tracking;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, Method};
use axum::response::Response;
use futures_util::StreamExt as _;
use serde_json::Value;
use tokio::net::TcpListener;

use super::api::Api;
use super::server::Server;
pub(crate) use fault::Fault;
pub(crate) use fault::{Door, Scissors};
use state::{Answered, Asked, Store};

/// Which MLflow it plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Generation {
    /// 2.22.5: no logged models.
    Two,
    /// 3.17.2.
    Three,
}

/// How long a request may let itself be waited for.
const PATIENCE: Duration = Duration::from_secs(30);

/// Bodies up to this size are kept; of larger ones only the length is.
const KEPT: usize = 64 * 1024 * 1024;

/// A request as it arrived.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    /// When it arrived, on a clock that counts arrivals and answers.
    pub(crate) arrived: u64,
    /// When it was answered, on the same clock; none if it never was.
    pub(crate) answered: Option<u64>,
    /// The method.
    pub(crate) method: String,
    /// The path, still percent-encoded.
    pub(crate) path: String,
    /// The query.
    pub(crate) query: String,
    /// Its headers.
    pub(crate) headers: HeaderMap,
    /// The body, if it was a question in JSON and not an artifact.
    pub(crate) json: Value,
    /// The body's length as far as it came.
    pub(crate) length: u64,
    /// The status it was answered with; none if it was not heard to its end.
    pub(crate) status: Option<u16>,
}

impl std::fmt::Display for Seen {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let status = self
            .status
            .map_or("cut".to_owned(), |status| status.to_string());
        let json = if self.json.is_null() {
            String::new()
        } else {
            self.json.to_string()
        };
        let Self {
            method,
            path,
            query,
            length,
            ..
        } = self;
        write!(
            formatter,
            "{status} {method} {path}?{query} ({length} bytes) {json:.400}"
        )
    }
}

/// The server. Dropped, it checks that somebody called it and that it never broke.
#[derive(Debug)]
pub(crate) struct Fake {
    /// Its REST interface. Requests made through it count like any others: [`Fake::forget`].
    pub(crate) api: Api,
    shared: Arc<Shared>,
    server: Server,
}

#[derive(Debug)]
struct Shared {
    store: Mutex<Store>,
    seen: Mutex<Vec<Seen>>,
    faults: Mutex<Vec<Planned>>,
    broken: Mutex<Vec<String>>,
    clock: AtomicU64,
    calls: AtomicU64,
}

#[derive(Debug)]
struct Planned {
    times: usize,
    method: &'static str,
    path: String,
    fault: Fault,
}

impl Fake {
    /// Starts a server on a free loopback port.
    pub(crate) fn start(generation: Generation) -> Self {
        let shared = Arc::new(Shared {
            store: Mutex::new(Store::new(generation)),
            seen: Mutex::default(),
            faults: Mutex::default(),
            broken: Mutex::default(),
            clock: AtomicU64::new(0),
            calls: AtomicU64::new(0),
        });
        let serve = |listener| serve(listener, Arc::clone(&shared));
        let server = Server::start("fake-mlflow", serve);
        Self {
            api: Api::new(server.url()),
            shared,
            server,
        }
    }

    /// The next `times` requests of this method whose path holds `path` fail in this way.
    pub(crate) fn fail(&self, times: usize, method: &'static str, path: &str, fault: Fault) {
        let planned = Planned {
            times,
            method,
            path: path.to_owned(),
            fault,
        };
        self.shared.faults.lock().unwrap().push(planned);
    }

    /// From now on it signs addresses for large files, at another address than its own; the first `stale` of them
    /// are too old when they are used.
    pub(crate) fn sign_for_a_bucket(&self, stale: usize) {
        let serve = |listener| serve(listener, Arc::clone(&self.shared));
        let address = self.server.also(serve);
        let mut bucket = bucket::Bucket::new(format!("http://{address}"));
        bucket.stale = stale;
        self.shared.store.lock().unwrap().bucket = Some(bucket);
    }

    /// Likewise, at its own address: both are behind one name.
    pub(crate) fn sign_for_itself(&self) {
        let bucket = bucket::Bucket::new(self.api.url.clone());
        self.shared.store.lock().unwrap().bucket = Some(bucket);
    }

    /// Gives the artifact whose path ends like this other bytes.
    pub(crate) fn overwrite(&self, end: &str, bytes: Vec<u8>) {
        let mut store = self.shared.store.lock().unwrap();
        let mut files = store.files.iter_mut();
        let (_, file) = files.find(|(path, _)| path.ends_with(end)).unwrap();
        *file = artifacts::File::of(bytes.into());
    }

    /// From now on the bucket sends all of an object, whatever was asked for.
    pub(crate) fn ignore_ranges(&self) {
        let mut store = self.shared.store.lock().unwrap();
        store.bucket.as_mut().unwrap().ignores_ranges = true;
    }

    /// How many uploads in parts were begun and neither finished nor given up.
    pub(crate) fn loose_uploads(&self) -> usize {
        let store = self.shared.store.lock().unwrap();
        store.bucket.as_ref().map_or(0, bucket::Bucket::loose)
    }

    /// From now on this experiment has so many runs, which are made up page by page.
    pub(crate) fn pretend_runs(&self, experiment_id: &str, count: usize) {
        let mut store = self.shared.store.lock().unwrap();
        store.pretended.insert(experiment_id.to_owned(), count);
    }

    /// No more failures.
    pub(crate) fn heal(&self) {
        self.shared.faults.lock().unwrap().clear();
    }

    /// All requests since the start, or since [`Fake::forget`], in order of arrival.
    pub(crate) fn requests(&self) -> Vec<Seen> {
        let mut seen = self.shared.seen.lock().unwrap().clone();
        seen.sort_by_key(|it| it.arrived);
        seen
    }

    /// The requests of this method whose path holds `path`.
    pub(crate) fn requests_to(&self, method: &str, path: &str) -> Vec<Seen> {
        let mut seen = self.requests();
        seen.retain(|it| it.method == method && it.path.contains(path));
        seen
    }

    /// Waits until a request of this method whose path holds `path` has arrived.
    #[track_caller]
    pub(crate) fn wait_for(&self, method: &str, path: &str) {
        self.wait_for_several(1, method, path);
    }

    /// Waits until so many of them have arrived.
    #[track_caller]
    pub(crate) fn wait_for_several(&self, count: usize, method: &str, path: &str) {
        let deadline = Instant::now() + PATIENCE;
        while self.requests_to(method, path).len() < count {
            assert!(
                Instant::now() < deadline,
                "not {count} of {method} {path} came:\n{}",
                self.story()
            );
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// Waits until so many requests of whatever kind have arrived.
    #[track_caller]
    pub(crate) fn wait_for_requests(&self, count: usize) {
        let deadline = Instant::now() + PATIENCE;
        while self.requests().len() < count {
            assert!(Instant::now() < deadline, "not {count}:\n{}", self.story());
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// Waits until for half a second nothing new has arrived or was answered.
    pub(crate) fn wait_for_silence(&self) {
        let now = || self.shared.clock.load(Ordering::SeqCst);
        let mut before = now();
        loop {
            std::thread::sleep(Duration::from_millis(500));
            if now() == before {
                return;
            }
            before = now();
        }
    }

    /// Forgets the requests so far.
    pub(crate) fn forget(&self) {
        self.shared.seen.lock().unwrap().clear();
    }

    /// All requests as a text, for messages of failing tests.
    pub(crate) fn story(&self) -> String {
        let lines: Vec<String> = self.requests().iter().map(Seen::to_string).collect();
        lines.join("\n")
    }

    /// Whether what was planned to fail has all failed.
    pub(crate) fn has_failed_as_planned(&self) -> bool {
        self.shared
            .faults
            .lock()
            .unwrap()
            .iter()
            .all(|planned| planned.times == 0)
    }
}

impl Drop for Fake {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        let broken = self.shared.broken.lock().unwrap();
        assert!(
            broken.is_empty(),
            "the fake server itself broke: {broken:#?}"
        );
        let calls = self.shared.calls.load(Ordering::SeqCst);
        assert!(calls > 0, "nobody called the fake server");
    }
}

impl Shared {
    fn tick(&self) -> u64 {
        self.clock.fetch_add(1, Ordering::SeqCst)
    }

    /// Completes what was noted on arrival, unless that was forgotten meanwhile.
    fn remember(&self, seen: Seen) {
        let mut all = self.seen.lock().unwrap();
        if let Some(noted) = all.iter_mut().find(|it| it.arrived == seen.arrived) {
            *noted = seen;
        }
    }

    fn fault_for(&self, method: &Method, path: &str) -> Option<Fault> {
        let mut faults = self.faults.lock().unwrap();
        let planned = faults.iter_mut().find(|planned| {
            planned.times > 0 && planned.method == method.as_str() && path.contains(&planned.path)
        })?;
        planned.times -= 1;
        Some(planned.fault.clone())
    }
}

async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    let service = Router::new()
        .fallback(handle)
        .with_state(shared)
        .into_make_service_with_connect_info::<Scissors>();
    _ = axum::serve(Door(listener), service).await;
}

async fn handle(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(scissors): ConnectInfo<Scissors>,
    request: Request,
) -> Response {
    shared.calls.fetch_add(1, Ordering::SeqCst);
    let task = tokio::spawn(converse(Arc::clone(&shared), scissors, request));
    match task.await {
        Ok(response) => response,
        Err(error) => {
            shared.broken.lock().unwrap().push(error.to_string());
            Response::builder()
                .status(500)
                .body(Body::from("the fake server broke"))
                .unwrap()
        }
    }
}

/// One exchange: read, fail if planned, do, answer, remember.
async fn converse(shared: Arc<Shared>, scissors: Scissors, request: Request) -> Response {
    let arrived = shared.tick();
    let (parts, body) = request.into_parts();
    let fault = shared.fault_for(&parts.method, parts.uri.path());
    let limit = if let Some(Fault::ResetAfter(bytes)) = fault {
        Some(bytes)
    } else {
        None
    };
    let mut seen = Seen {
        arrived,
        answered: None,
        method: parts.method.to_string(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        headers: parts.headers,
        json: Value::Null,
        length: 0,
        status: None,
    };
    shared.seen.lock().unwrap().push(seen.clone());
    let (body, length, whole) = read(body, limit).await;
    if seen.path.starts_with("/api/2.0/mlflow/") {
        seen.json = serde_json::from_slice(&body).unwrap_or_default();
    }
    seen.length = length;
    if !whole {
        scissors.cut_after(0);
        shared.remember(seen);
        return Response::default();
    }
    if let Some(Fault::Stall(duration)) = fault {
        tokio::time::sleep(duration).await;
    }
    let answered = if let Some(Fault::Answer {
        status,
        content_type,
        body,
    }) = fault.clone()
    {
        Answered::new(status, content_type, body)
    } else {
        let asked = Asked::new(&seen, body);
        let mut answered = shared.store.lock().unwrap().answer(&asked);
        match fault {
            Some(Fault::CloseAfter(bytes)) => scissors.cut_after(bytes),
            Some(Fault::Halve) => answered.halve(),
            _ => {}
        }
        answered
    };
    if let Some(Fault::Delay(duration)) = fault {
        tokio::time::sleep(duration).await;
    }
    seen.status = Some(answered.status);
    seen.answered = Some(shared.tick());
    shared.remember(seen);
    answered.into_response()
}

/// The body as far as it is kept, its length, and whether it came to its end.
async fn read(body: Body, limit: Option<u64>) -> (Bytes, u64, bool) {
    let mut kept = Vec::new();
    let mut length = 0;
    let mut stream = body.into_data_stream();
    while limit.is_none_or(|limit| length < limit) {
        match stream.next().await {
            Some(Ok(chunk)) => {
                length += chunk.len() as u64;
                if kept.len() + chunk.len() <= KEPT {
                    kept.extend_from_slice(&chunk);
                }
            }
            Some(Err(_)) => return (kept.into(), length, false),
            None => return (kept.into(), length, limit.is_none()),
        }
    }
    (kept.into(), length, false)
}

/// A query or form as a map.
fn pairs(query: &str) -> BTreeMap<String, String> {
    url::form_urlencoded::parse(query.as_bytes())
        .into_owned()
        .collect()
}

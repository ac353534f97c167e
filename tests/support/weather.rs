//! A proxy before a real server that lets most requests through and spoils some at random: it resets, stalls,
//! truncates, delays, answers 429, 500, 502, 503 and 504, and loses answers to what was done.
//!
//! Any request may be spoilt, those that create something among them. The seed is in the message of a test that
//! fails.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::HeaderName;
use axum::response::Response;

use super::fake::{Door, Scissors};
use super::server::Server;

/// Longer than the binary is patient with silence in these tests.
const STALL: Duration = Duration::from_millis(2500);

/// A proxy that is running; it ends with this value.
#[derive(Debug)]
pub(crate) struct Weather {
    /// Where it answers.
    pub(crate) url: String,
    sky: Arc<Sky>,
    _server: Server,
}

#[derive(Debug)]
struct Sky {
    upstream: String,
    client: reqwest::Client,
    /// Of how many requests one is spoilt.
    one_of: u64,
    /// Each request waits so long, so that there is time to kill somebody.
    pace: Duration,
    random: AtomicU64,
    spoilt: AtomicU64,
    lost: AtomicU64,
    /// Requests of artifacts, answered or not.
    requests: AtomicU64,
    /// Bytes of artifacts that clients sent.
    received: AtomicU64,
}

impl Weather {
    /// Before a server, with luck that follows from a seed.
    pub(crate) fn before(upstream: &str, seed: u64, one_of: u64, pace: Duration) -> Self {
        #[expect(
            clippy::disallowed_methods,
            reason = "the tests' proxy shares no code with phi3ml"
        )]
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let sky = Arc::new(Sky {
            upstream: upstream.to_owned(),
            client,
            one_of,
            pace,
            random: AtomicU64::new(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1),
            spoilt: AtomicU64::new(0),
            lost: AtomicU64::new(0),
            requests: AtomicU64::new(0),
            received: AtomicU64::new(0),
        });
        let service = Router::new()
            .fallback(pass)
            .with_state(Arc::clone(&sky))
            .into_make_service_with_connect_info::<Scissors>();
        let server = Server::start("weather", |listener| async {
            _ = axum::serve(Door(listener), service).await;
        });
        Self {
            url: server.url(),
            sky,
            _server: server,
        }
    }

    /// How many requests were spoilt.
    pub(crate) fn spoilt(&self) -> u64 {
        self.sky.spoilt.load(Ordering::SeqCst)
    }

    /// How many requests were done and nobody heard of it.
    pub(crate) fn lost(&self) -> u64 {
        self.sky.lost.load(Ordering::SeqCst)
    }

    /// How many requests of artifacts were made so far.
    pub(crate) fn requests(&self) -> u64 {
        self.sky.requests.load(Ordering::SeqCst)
    }

    /// How many bytes of artifacts were sent through it so far.
    pub(crate) fn received(&self) -> u64 {
        self.sky.received.load(Ordering::SeqCst)
    }
}

/// What may become of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trouble {
    /// The connection breaks before anything is done.
    Reset,
    /// Silence for longer than a client waits.
    Stall,
    /// It takes a little longer.
    Delay,
    /// Somebody on the way says that it will not be done.
    Busy,
    /// The answer breaks off.
    Truncated,
    /// It was done, and the connection breaks.
    Lost,
    /// It was done, and somebody on the way says that he does not know.
    LostBehind,
}

impl Sky {
    /// Whether a request is spoilt, and how.
    fn trouble(&self) -> Option<Trouble> {
        use Trouble::{Busy, Delay, Lost, LostBehind, Reset, Stall, Truncated};
        if self.one_of == 0 || self.draw(self.one_of) > 0 {
            return None;
        }
        self.spoilt.fetch_add(1, Ordering::SeqCst);
        // Busy in many ways, and as often as anything else what was done and not heard.
        let all = [
            Reset, Stall, Delay, Busy, Busy, Busy, Truncated, Lost, Lost, LostBehind,
        ];
        Some(self.one(all))
    }

    fn one<T: Copy, const N: usize>(&self, of: [T; N]) -> T {
        of[usize::try_from(self.draw(N as u64)).unwrap()]
    }

    /// A number below `end`.
    fn draw(&self, end: u64) -> u64 {
        let mut drawn = 0;
        let step = |mut state: u64| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            drawn = state;
            Some(state)
        };
        _ = self
            .random
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, step);
        (drawn >> 16) % end.max(1)
    }
}

async fn pass(
    State(sky): State<Arc<Sky>>,
    ConnectInfo(scissors): ConnectInfo<Scissors>,
    request: Request,
) -> Response {
    let carries = request.uri().path().contains("/mlflow-artifacts/artifacts");
    if carries {
        sky.requests.fetch_add(1, Ordering::SeqCst);
        tokio::time::sleep(sky.pace).await;
    }
    let trouble = sky.trouble();
    match trouble {
        Some(Trouble::Reset) => {
            scissors.cut_after(0);
            return Response::default();
        }
        Some(Trouble::Stall) => tokio::time::sleep(STALL).await,
        Some(Trouble::Delay) => tokio::time::sleep(Duration::from_millis(sky.draw(300))).await,
        Some(Trouble::Busy) => return said(sky.one([429, 500, 502, 503, 504])),
        _ => {}
    }
    // Whoever asked may go away; what was passed on is done all the same.
    let passed_on = tokio::spawn({
        let sky = Arc::clone(&sky);
        async move { forward(&sky, request, carries).await }
    });
    let Ok(Some(mut answer)) = passed_on.await else {
        scissors.cut_after(0);
        return Response::default();
    };
    match trouble {
        Some(Trouble::Truncated) => {
            let length = answer.headers().get("content-length").cloned();
            let length = length.and_then(|it| it.to_str().ok()?.parse::<u64>().ok());
            scissors.cut_after(1 + sky.draw(length.unwrap_or(0) + 200));
        }
        Some(Trouble::Lost) => {
            sky.lost.fetch_add(1, Ordering::SeqCst);
            scissors.cut_after(0);
        }
        Some(Trouble::LostBehind) => {
            sky.lost.fetch_add(1, Ordering::SeqCst);
            return said(sky.one([502, 504]));
        }
        _ => {}
    }
    answer.headers_mut().remove("connection");
    answer
}

/// What a proxy says of itself.
fn said(status: u16) -> Response {
    let said = Response::builder().status(status);
    said.body(Body::from("bad weather")).unwrap()
}

/// What the real server says; nothing if the client hung up.
async fn forward(sky: &Sky, request: Request, carries: bool) -> Option<Response> {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.ok()?;
    if carries {
        sky.received.fetch_add(body.len() as u64, Ordering::SeqCst);
    }
    let url = format!("{}{}", sky.upstream, parts.uri);
    // With the name by which it was called: a signature may cover it.
    let headers = parts.headers;
    let sent = sky
        .client
        .request(parts.method, url)
        .headers(headers)
        .body(body)
        .send();
    let answer = sent.await.ok()?;
    let mut response = Response::builder().status(answer.status());
    let hop: HeaderName = "transfer-encoding".parse().unwrap();
    for (name, value) in answer.headers().iter().filter(|(name, _)| **name != hop) {
        response = response.header(name, value);
    }
    // As it comes: what is silent for long is the server, not somebody who waits for the end.
    response.body(Body::from_stream(answer.bytes_stream())).ok()
}

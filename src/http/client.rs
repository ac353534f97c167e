//! The client: it sends a request, sends it again where that is safe, and tells success from refusal.
//!
//! It does not know what a path means, and it never sends credentials to a host that the user did not name.

use std::collections::HashSet;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use reqwest::header::{HeaderMap, LOCATION, RETRY_AFTER};
use reqwest::{Method, StatusCode};
use serde::de::DeserializeOwned;
use tokio::sync::OnceCell;
use url::{Origin, Url};

use super::answer::Answer;
use super::auth::{Auth, VARIABLES, Variables};
use super::conditional::Conditional;
use super::curl;
use super::error::{Context, Error};
use super::lanes::Lanes;
use super::notice::Listener;
use super::redact::SafeUrl;
use super::request::Request;
use super::response::{LONGEST_DOCUMENT, Response};
use super::retry::{self, Happening, Policy, Progress, Verdict};
use super::sending::{Pulse, Watch, with_body};
use super::tls::Tls;

/// How often a server may send us on to another path of its own.
const MOST_REDIRECTS: usize = 5;

/// How much of a refusal is read.
const LONGEST_REFUSAL: u64 = 1 << 20;

/// What a client needs to know.
#[derive(Debug, Clone)]
pub struct Settings {
    /// What it calls itself.
    pub user_agent: String,
    /// How long a connection may stand still, in either direction. There is no limit on the whole.
    pub idle_timeout: Duration,
    /// How long making a connection may take.
    pub connect_timeout: Duration,
    /// How patient it is.
    pub retry: Policy,
    /// Who it says it is.
    pub auth: Option<Auth>,
    /// Where it would be found.
    pub variables: Variables,
    /// The hosts that the user named: scheme, host and port of these alone are sent `auth` and `headers`, and
    /// `tls` holds for them alone.
    pub home: Vec<Url>,
    /// Further headers, for the home origins alone.
    pub headers: HeaderMap,
    /// A header for the home origins that not all servers understand.
    pub conditional: Option<Conditional>,
    /// How to speak TLS with the home origins.
    pub tls: Tls,
    /// Who is told what is sent.
    pub listener: Option<Listener>,
}

impl Default for Settings {
    /// Nobody's, with the patience of MLflow's own client (`MLFLOW_HTTP_REQUEST_TIMEOUT` is 120 seconds), but
    /// for connections: those that are not made in half a minute are not made in two either.
    fn default() -> Self {
        Self {
            user_agent: concat!("phi3ml/", env!("CARGO_PKG_VERSION")).to_owned(),
            idle_timeout: Duration::from_mins(2),
            connect_timeout: Duration::from_secs(30),
            retry: Policy::default(),
            auth: None,
            variables: VARIABLES,
            home: Vec::new(),
            headers: HeaderMap::new(),
            conditional: None,
            tls: Tls::default(),
            listener: None,
        }
    }
}

/// Sends requests. Clones share their connections.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    settings: Settings,
    home: HashSet<Origin>,
    /// Origins that have answered something.
    known: Mutex<HashSet<Origin>>,
    /// Whether the home origins understand the conditional header, once they were asked.
    understood: OnceCell<bool>,
    lanes: Lanes,
    pulse: Pulse,
    repeats: AtomicU64,
}

impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Settings { home, auth, .. } = &self.0.settings;
        let home: Vec<SafeUrl> = home.iter().map(SafeUrl::from).collect();
        formatter
            .debug_struct("Client")
            .field("home", &home)
            .field("auth", auth)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// A client. Nothing is read or connected yet.
    pub fn new(settings: Settings) -> Self {
        Self(Arc::new(Inner {
            home: settings.home.iter().map(Url::origin).collect(),
            settings,
            known: Mutex::default(),
            understood: OnceCell::new(),
            lanes: Lanes::default(),
            pulse: Pulse::default(),
            repeats: AtomicU64::new(0),
        }))
    }

    /// Sends a request and hands over the answer while its body is still to come.
    pub async fn send(&self, request: Request) -> Result<Response, Error> {
        self.ask_first(&request).await?;
        let policy = &self.0.settings.retry;
        if request.is_brisk {
            return self.patiently(request, false, &policy.brisk()).await;
        }
        self.patiently(request, false, policy).await
    }

    /// Sends a request and reads its answer as JSON; a body that breaks off counts as a failed attempt.
    pub async fn json<T: DeserializeOwned>(&self, request: Request) -> Result<T, Error> {
        self.ask_first(&request).await?;
        let policy = &self.0.settings.retry;
        self.patiently(request, true, policy).await?.json().await
    }

    /// Sends a request, repeats it soon or not at all, gives up after `limit`, and reads the whole answer as text.
    pub async fn probe(&self, request: Request, limit: Duration) -> Result<String, Error> {
        let started = Instant::now();
        let context = self.context(&request, 1, started);
        let policy = self.0.settings.retry.brisk();
        let answer = self.patiently(request, true, &policy);
        let Ok(answer) = tokio::time::timeout(limit, answer).await else {
            return Err(Error::Silent {
                context: Box::new(context),
                idle: limit,
            });
        };
        let bytes = answer?.bytes(LONGEST_REFUSAL).await?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Likewise, and reads the answer as JSON.
    pub async fn probe_json<T: DeserializeOwned>(
        &self,
        request: Request,
        limit: Duration,
    ) -> Result<T, Error> {
        let context = self.context(&request, 1, Instant::now());
        let text = self.probe(request, limit).await?;
        serde_json::from_str(&text).map_err(|source| Error::Unreadable {
            context: Box::new(context),
            html: text.trim_start().starts_with('<'),
            source,
        })
    }

    /// Asks what has to be asked before the first request to this address.
    pub async fn prepare(&self, url: &Url) -> Result<(), Error> {
        self.ask_first(&Request::new(Method::GET, url.clone()))
            .await
    }

    /// Where the credentials come from that the home origins are sent, if any are.
    pub fn credentials(&self) -> Option<&str> {
        self.0.settings.auth.as_ref().map(Auth::source)
    }

    /// How many times a request is sent again at most.
    pub fn retries(&self) -> u32 {
        self.0.settings.retry.max_retries
    }

    /// How many requests were sent again so far.
    pub fn repeats(&self) -> u64 {
        self.0.repeats.load(Ordering::Relaxed)
    }

    /// How long to wait before something is tried for the `retry`th time again, counted from 0; for rooms that
    /// must look before they send again.
    pub fn pause(&self, retry: u32) -> Duration {
        self.0.settings.retry.backoff(retry, random())
    }

    /// Finds out, before the first request, whether the conditional header is understood. It is not enough to
    /// leave it out where that stays unknown: the request would then be about something else.
    async fn ask_first(&self, request: &Request) -> Result<(), Error> {
        let Settings {
            conditional,
            retry,
            listener,
            ..
        } = &self.0.settings;
        let asks = !request.is_bare && self.is_home(&request.url);
        let Some(header) = conditional.as_ref().filter(|_| asks) else {
            return Ok(());
        };
        let ask = || async {
            let question = Request::new(Method::GET, header.question.clone());
            let is_understood = match self.patiently(question, true, retry).await {
                Ok(answer) => {
                    let bytes = answer.bytes(LONGEST_DOCUMENT).await?;
                    (header.is_understood)(&String::from_utf8_lossy(&bytes))
                }
                Err(error) if [404, 405, 501].iter().any(|code| error.is_status(*code)) => false,
                Err(error) => return Err(error),
            };
            if let Some(listener) = listener.as_ref().filter(|_| !is_understood) {
                listener.not_understood();
            }
            Ok(is_understood)
        };
        self.0.understood.get_or_try_init(ask).await.map(|_| ())
    }

    /// The conditional header, where it is understood.
    fn extra(&self, request: &Request, url: &Url) -> Option<&Conditional> {
        let is_understood = self.0.understood.get() == Some(&true);
        let header = self.0.settings.conditional.as_ref()?;
        (is_understood && !request.is_bare && header.suits(url)).then_some(header)
    }

    fn is_home(&self, url: &Url) -> bool {
        self.0.home.contains(&url.origin())
    }

    async fn patiently(
        &self,
        request: Request,
        whole: bool,
        policy: &Policy,
    ) -> Result<Response, Error> {
        let started = Instant::now();
        let mut progress = Progress::default();
        loop {
            let context = self.context(&request, progress.retries + 1, started);
            let failure = match self.attempt(&request, &context, whole).await {
                Ok(response) => return Ok(response),
                Err(failure) => failure,
            };
            let happening = self.happening(&request, &failure);
            let verdict = happening.map(|happening| {
                let repeat = request.repeat;
                (
                    retry::verdict(policy, repeat, progress, happening, random()),
                    happening,
                )
            });
            let Some((Verdict::Again(wait), happening)) = verdict else {
                return Err(failure.error.after(started.elapsed()));
            };
            tracing::debug!(error = %failure.error, ?wait, "again");
            if let Some(listener) = &self.0.settings.listener {
                listener.again(progress.retries + 1, wait, happening);
            }
            self.0.repeats.fetch_add(1, Ordering::Relaxed);
            tokio::time::sleep(wait).await;
            progress.retries += 1;
            progress.waited += wait;
        }
    }

    /// Sends a request once, and follows the server to other paths of its own.
    async fn attempt(
        &self,
        request: &Request,
        context: &Context,
        whole: bool,
    ) -> Result<Response, Failure> {
        let mut url = request.url.clone();
        let mut redirects = 0;
        loop {
            let response = self.once(request, &url, context, whole).await?;
            let status = response.status();
            if status.is_success() {
                let idle = self.0.settings.idle_timeout;
                let context = Box::new(context.clone());
                let response = Response::new(response, context, idle, &self.0.pulse);
                return if whole {
                    let begun = Instant::now();
                    let response = response.read(LONGEST_DOCUMENT).await?;
                    self.0.lanes.learn(response.length(), begun.elapsed());
                    Ok(response)
                } else {
                    Ok(response)
                };
            }
            if !is_redirect(status) {
                return Err(self.refusal(response, context).await);
            }
            let target = target(&response, &url);
            // 301, 302 and 303 turn every other method into GET, which is never what was meant.
            let faithful = matches!(status.as_u16(), 307 | 308) || request.method == Method::GET;
            let faithful = faithful && !request.is_bare;
            match target {
                Some(target)
                    if faithful
                        && redirects < MOST_REDIRECTS
                        && target.origin() == url.origin() =>
                {
                    url = target;
                    redirects += 1;
                }
                target => return Err(redirected(context, status, target.as_ref()).into()),
            }
        }
    }

    /// One request, one head of an answer.
    async fn once(
        &self,
        request: &Request,
        url: &Url,
        context: &Context,
        whole: bool,
    ) -> Result<reqwest::Response, Error> {
        let started = Instant::now();
        let home = self.is_home(url);
        let mut address = url.clone();
        if home {
            // What the address says about the user is in `auth`, which decides whether it is sent.
            let _ = address.set_username("");
            let _ = address.set_password(None);
        }
        let lane = self.0.lanes.open(&self.0.settings, &address, home, whole)?;
        let mut builder = lane.request(request.method.clone(), address);
        if home && !request.is_bare {
            builder = builder.headers(self.0.settings.headers.clone());
            if let Some(auth) = &self.0.settings.auth {
                builder = auth.apply(builder);
            }
            if let Some(header) = self.extra(request, url) {
                builder = builder.header(&header.name, &header.value);
            }
        }
        builder = builder.headers(request.headers.clone());
        let watch = Watch::new();
        builder = with_body(builder, &request.body, &watch)
            .await
            .map_err(|source| Error::Source {
                context: Box::new(context.clone()),
                source,
            })?;
        self.announce(request, url, home);
        let idle = self.0.settings.idle_timeout + request.longer;
        let result = watch
            .unless_still(builder.send(), idle, &self.0.pulse)
            .await;
        let failure = |error: reqwest::Error| match watch.trouble() {
            Some(source) => Error::Source {
                context: Box::new(context.clone()),
                source,
            },
            None => Error::of(error, context),
        };
        let response = result
            .ok_or_else(|| Error::Silent {
                context: Box::new(context.clone()),
                idle,
            })?
            .map_err(failure)?;
        self.0.pulse.beat();
        tracing::debug!(
            method = %request.method,
            url = %SafeUrl::from(url),
            status = response.status().as_u16(),
            milliseconds = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
            "answered"
        );
        self.lock_known().insert(url.origin());
        Ok(response)
    }

    fn announce(&self, request: &Request, url: &Url, home: bool) {
        let settings = &self.0.settings;
        if let Some(listener) = &settings.listener {
            let extra = self.extra(request, url);
            let extra = extra.map(|it| (&it.name, it.value.to_str().unwrap_or_default()));
            listener.sending(|| curl::command(request, url, home, extra, settings));
        }
    }

    /// Reads why the server said no.
    async fn refusal(&self, response: reqwest::Response, context: &Context) -> Failure {
        let status = response.status();
        let retry_after = response
            .headers()
            .get(RETRY_AFTER)
            .and_then(|value| retry::retry_after(value, jiff::Timestamp::now()));
        let headers = response.headers().clone();
        let idle = self.0.settings.idle_timeout;
        let boxed = Box::new(context.clone());
        // A refusal whose reasons cannot be read is still a refusal.
        let body = Response::new(response, boxed.clone(), idle, &self.0.pulse)
            .bytes(LONGEST_REFUSAL)
            .await
            .unwrap_or_default();
        Failure {
            retry_after,
            error: Error::Status {
                context: boxed,
                status,
                answer: Box::new(Answer::read(&headers, &body)),
            },
        }
    }

    fn happening(&self, request: &Request, failure: &Failure) -> Option<Happening> {
        let known = self.lock_known().contains(&request.url.origin());
        Some(match &failure.error {
            Error::Unreachable { .. } => Happening::Unreachable { known },
            Error::Broken { .. } | Error::Silent { .. } => Happening::Broken { known },
            Error::Status { status, answer, .. } => Happening::Status {
                status: status.as_u16(),
                retry_after: failure.retry_after,
                permanent: answer.is_permanent(),
            },
            _ => return None,
        })
    }

    fn context(&self, request: &Request, attempts: u32, started: Instant) -> Context {
        // What a signed address refuses has nothing to do with who we are.
        let home = self.is_home(&request.url) && !request.is_bare;
        let auth = self.0.settings.auth.as_ref().filter(|_| home);
        Context {
            method: request.method.clone(),
            url: (&request.url).into(),
            attempts,
            elapsed: started.elapsed(),
            credentials: auth.map(|auth| auth.source().to_owned()),
            variables: self.0.settings.variables,
            home,
        }
    }

    fn lock_known(&self) -> std::sync::MutexGuard<'_, HashSet<Origin>> {
        self.0.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An attempt that failed, and when the server wishes to be asked again.
struct Failure {
    error: Error,
    retry_after: Option<Duration>,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self {
            error,
            retry_after: None,
        }
    }
}

fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

fn target(response: &reqwest::Response, url: &Url) -> Option<Url> {
    let location = response.headers().get(LOCATION)?.to_str().ok()?;
    url.join(location).ok()
}

fn redirected(context: &Context, status: StatusCode, target: Option<&Url>) -> Error {
    Error::Redirected {
        context: Box::new(context.clone()),
        status,
        target: target.map_or_else(
            || "nowhere".to_owned(),
            |url| SafeUrl::from(url).to_string(),
        ),
    }
}

/// A number in `0.0..1.0`, good enough to keep clients apart.
pub(super) fn random() -> f64 {
    let bits = (uuid::Uuid::new_v4().as_u128() >> 96) & 0xffff_ffff;
    u32::try_from(bits).map_or(0.0, |bits| f64::from(bits) / (f64::from(u32::MAX) + 1.0))
}

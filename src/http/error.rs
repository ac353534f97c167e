//! Everything that can go wrong with a request, told in one way.
//!
//! It does not know what was asked for; the room that asked adds that. What to do about it is in `hint`.

use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use reqwest::{Method, StatusCode};

use super::answer::Answer;
use super::auth::Variables;
use super::bookmark::Endless;
use super::redact::SafeUrl;

/// A request that did not succeed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The server answered, and the answer is no success.
    #[error("{context}: {status}{answer}{}", context.effort())]
    Status {
        /// The request.
        context: Box<Context>,
        /// The status.
        status: StatusCode,
        /// What the server said.
        answer: Box<Answer>,
    },
    /// There was no connection, so that nothing was sent.
    #[error("{context}: cannot connect{}", context.effort())]
    Unreachable {
        /// The request.
        context: Box<Context>,
        /// Why not.
        #[source]
        source: Cause,
    },
    /// One of the two does not trust the other, or they do not speak the same language; nothing was sent.
    #[error("{context}: no secure connection")]
    Untrusted {
        /// The request.
        context: Box<Context>,
        /// Why not.
        #[source]
        source: Cause,
    },
    /// The connection broke off; whether the server did what was asked is not known.
    #[error("{context}: the connection broke off{}", context.effort())]
    Broken {
        /// The request.
        context: Box<Context>,
        /// How.
        #[source]
        source: Cause,
    },
    /// The connection stood, and nothing moved on it for too long.
    #[error("{context}: nothing was heard for {}{}", Span(*idle), context.effort())]
    Silent {
        /// The request.
        context: Box<Context>,
        /// For how long.
        idle: Duration,
    },
    /// The server sends us elsewhere, where our credentials must not go.
    #[error("{context}: {status}, it points to `{target}`")]
    Redirected {
        /// The request.
        context: Box<Context>,
        /// The status.
        status: StatusCode,
        /// Where it points, masked.
        target: String,
    },
    /// A success whose body is not the JSON that was expected.
    #[error("{context}: the answer is not the JSON that was expected")]
    Unreadable {
        /// The request.
        context: Box<Context>,
        /// Whether it is a web page.
        html: bool,
        /// What does not fit.
        #[source]
        source: serde_json::Error,
    },
    /// A success whose body is larger than anything sensible.
    #[error("{context}: the answer is longer than {limit} bytes")]
    TooLong {
        /// The request.
        context: Box<Context>,
        /// The most that was to be read.
        limit: u64,
    },
    /// What was to be sent could not be read.
    #[error("{context}: cannot read what was to be sent")]
    Source {
        /// The request.
        context: Box<Context>,
        /// Why not.
        #[source]
        source: io::Error,
    },
    /// A setting that cannot be used.
    #[error("cannot use `{}`, to which `{variable}` points", path.display())]
    Setting {
        /// The setting.
        variable: &'static str,
        /// The file it names.
        path: PathBuf,
        /// What is wrong with it.
        #[source]
        source: Box<dyn StdError + Send + Sync>,
    },
    /// A list that goes round in a circle.
    #[error(transparent)]
    Endless(#[from] Endless),
    /// What was to be sent as JSON cannot be written so.
    #[error("cannot write the request as JSON")]
    Unwritable(#[source] serde_json::Error),
    /// The HTTP client itself could not be made.
    #[error("cannot set up the HTTP client")]
    Client(#[source] Cause),
}

/// Why a connection failed: the innermost of reqwest's and hyper's errors, for the outer ones only say that
/// there is an inner one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Cause(String);

impl From<reqwest::Error> for Cause {
    fn from(error: reqwest::Error) -> Self {
        let error = error.without_url();
        let mut innermost: &dyn StdError = &error;
        while let Some(inner) = innermost.source() {
            innermost = inner;
        }
        Self(innermost.to_string())
    }
}

impl Cause {
    /// Whether it has these words; rustls tells of certificates in words alone.
    pub(super) fn says(&self, words: &str) -> bool {
        self.0.contains(words)
    }
}

/// The request that failed, as it may be shown.
#[derive(Debug, Clone)]
pub struct Context {
    /// What was asked.
    pub method: Method,
    /// Where, masked.
    pub url: SafeUrl,
    /// How often it was sent.
    pub attempts: u32,
    /// How long all of that took.
    pub elapsed: Duration,
    /// Where the credentials came from that were sent along, if any were.
    pub credentials: Option<String>,
    /// Where they would be looked for.
    pub variables: Variables,
    /// Whether it went to an origin that the user named.
    pub home: bool,
}

impl fmt::Display for Context {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.method, self.url)
    }
}

impl Context {
    /// The end of a sentence about something that was tried more than once.
    fn effort(&self) -> String {
        if self.attempts < 2 {
            String::new()
        } else {
            format!(" ({} attempts in {})", self.attempts, Span(self.elapsed))
        }
    }
}

/// A length of time as people say it.
struct Span(Duration);

impl fmt::Display for Span {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.as_secs();
        if seconds >= 60 {
            write!(formatter, "{}m {:02}s", seconds / 60, seconds % 60)
        } else if seconds >= 10 {
            write!(formatter, "{seconds}s")
        } else {
            write!(formatter, "{:.1}s", self.0.as_secs_f64())
        }
    }
}

impl Error {
    /// What it means that reqwest has no answer.
    pub(super) fn of(error: reqwest::Error, context: &Context) -> Self {
        let is_client = error.is_builder();
        let is_connect = error.is_connect();
        let source = Cause::from(error);
        let context = Box::new(context.clone());
        // Trying again would not change these.
        let is_tls = ["peer certificate", "fatal alert", "corrupt message"]
            .iter()
            .any(|words| source.says(words));
        if is_client {
            Self::Client(source)
        } else if is_tls {
            Self::Untrusted { context, source }
        } else if is_connect {
            Self::Unreachable { context, source }
        } else {
            Self::Broken { context, source }
        }
    }

    pub(super) fn setting(
        variable: &'static str,
        path: &Path,
        source: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        Self::Setting {
            variable,
            path: path.to_owned(),
            source: source.into(),
        }
    }

    /// The same error, with the time that all attempts took together.
    pub(super) fn after(mut self, elapsed: Duration) -> Self {
        match &mut self {
            Self::Status { context, .. }
            | Self::Unreachable { context, .. }
            | Self::Untrusted { context, .. }
            | Self::Broken { context, .. }
            | Self::Silent { context, .. }
            | Self::Redirected { context, .. }
            | Self::Unreadable { context, .. }
            | Self::TooLong { context, .. }
            | Self::Source { context, .. } => context.elapsed = elapsed,
            Self::Setting { .. } | Self::Endless(_) | Self::Unwritable(_) | Self::Client(_) => {}
        }
        self
    }

    /// Whether the server answered with this status.
    pub fn is_status(&self, code: u16) -> bool {
        matches!(self, Self::Status { status, .. } if status.as_u16() == code)
    }

    /// Whether the server said that there is no such thing. MLflow 2.22 says of a missing artifact that it failed.
    pub fn is_missing(&self) -> bool {
        self.is_status(404) || self.answer().is_some_and(Answer::says_missing)
    }

    /// Whether a store refused a signed address because its time is over. S3 says so in a sentence (403 `Request has
    /// expired`), Google in the name of the error (400 `ExpiredToken`), Azure by the time that it gave (403, `Expiry`).
    pub fn is_expired(&self) -> bool {
        let says = |words: &str| words.to_ascii_lowercase().contains("expir");
        (self.is_status(403) || self.is_status(400))
            && self
                .answer()
                .is_some_and(|answer| says(&answer.to_string()))
    }

    /// What the server said, if it answered.
    pub fn answer(&self) -> Option<&Answer> {
        match self {
            Self::Status { answer, .. } => Some(answer),
            _ => None,
        }
    }

    /// The name of the error that the server gave.
    pub fn error_code(&self) -> Option<&str> {
        self.answer()?.error_code.as_deref()
    }

    /// Whether the answer was a web page where JSON was expected.
    pub fn is_html(&self) -> bool {
        match self {
            Self::Status { answer, .. } => answer.html,
            Self::Unreadable { html, .. } => *html,
            _ => false,
        }
    }

    /// Whether the server may have done what was asked although this error says otherwise.
    pub fn may_have_arrived(&self) -> bool {
        match self {
            Self::Broken { .. } | Self::Silent { .. } | Self::Unreadable { .. } => true,
            Self::Status { status, .. } => status.is_server_error(),
            _ => false,
        }
    }
}

//! What the client says while it works, for whoever wishes to hear it.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::retry::Happening;

/// Something that happens on the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// A request is about to be sent: as a `curl` command, without secrets.
    Sending(String),
    /// The server does not understand a conditional header, so that it is not sent.
    NotUnderstood,
    /// A request came to nothing and is sent again after a wait.
    Again(Again),
}

/// Another attempt that is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Again {
    /// Which attempt after the first it will be.
    pub retry: u32,
    /// How long from now.
    pub wait: Duration,
    /// What came of the attempt before it.
    pub because: Reason,
}

/// What came of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// There was no connection.
    Unreachable,
    /// The connection broke or stood still.
    Broken,
    /// An answer with this status.
    Status(u16),
}

impl From<Happening> for Reason {
    fn from(happening: Happening) -> Self {
        match happening {
            Happening::Unreachable { .. } => Self::Unreachable,
            Happening::Broken { .. } => Self::Broken,
            Happening::Status { status, .. } => Self::Status(status),
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreachable => formatter.write_str("cannot connect"),
            Self::Broken => formatter.write_str("the connection broke off"),
            Self::Status(status) => write!(formatter, "status {status}"),
        }
    }
}

/// Who is told.
#[derive(Clone)]
pub struct Listener {
    hear: Arc<dyn Fn(Notice) + Send + Sync>,
    wants_requests: bool,
}

impl Listener {
    /// Passes everything on; requests only if `wants_requests`, for writing them down takes time.
    pub fn new(wants_requests: bool, hear: impl Fn(Notice) + Send + Sync + 'static) -> Self {
        Self {
            hear: Arc::new(hear),
            wants_requests,
        }
    }

    pub(super) fn sending(&self, command: impl FnOnce() -> String) {
        if self.wants_requests {
            (self.hear)(Notice::Sending(command()));
        }
    }

    pub(super) fn not_understood(&self) {
        (self.hear)(Notice::NotUnderstood);
    }

    pub(super) fn again(&self, retry: u32, wait: Duration, happening: Happening) {
        let because = happening.into();
        (self.hear)(Notice::Again(Again {
            retry,
            wait,
            because,
        }));
    }
}

impl fmt::Debug for Listener {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Listener")
            .field("wants_requests", &self.wants_requests)
            .finish_non_exhaustive()
    }
}

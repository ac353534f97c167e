//! What the client says while it works, for whoever wishes to hear it.

use std::fmt;
use std::sync::Arc;

/// Something that happens on the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// A request is about to be sent: as a `curl` command, without secrets.
    Sending(String),
    /// The server does not understand a conditional header, so that it is not sent.
    NotUnderstood,
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
}

impl fmt::Debug for Listener {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Listener")
            .field("wants_requests", &self.wants_requests)
            .finish_non_exhaustive()
    }
}

//! A header that is sent only to a server that says it understands it.
//!
//! What is asked, and what the answer means, comes from the room above.

use reqwest::header::{HeaderName, HeaderValue};
use url::Url;

/// A header for the home origins, and the question that must be answered before it is sent.
#[derive(Debug, Clone)]
pub struct Conditional {
    /// Its name.
    pub name: HeaderName,
    /// Its value.
    pub value: HeaderValue,
    /// Where to ask, once, before anything else is sent. A server that does not know the place does not
    /// understand the header either.
    pub question: Url,
    /// Whether this answer means that the server understands it.
    pub is_understood: fn(&str) -> bool,
    /// Requests whose path holds this never carry it.
    pub except: &'static str,
}

impl Conditional {
    /// Whether it goes with a request to this address, once it is understood.
    pub(super) fn suits(&self, url: &Url) -> bool {
        *url != self.question && !url.path().contains(self.except)
    }
}

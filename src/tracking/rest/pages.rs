//! The addresses of the pages that show a person what was written down.
//!
//! Whether the page exists is not asked.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::Rest;
use crate::tracking::Page;

/// What JavaScript's `encodeURIComponent` encodes, by which the user interface finds a name in its address.
const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

impl Rest {
    pub(super) fn address_of(&self, page: &Page<'_>) -> Option<String> {
        let mut base = self.base.clone();
        base.set_username("").ok()?;
        base.set_password(None).ok()?;
        base.set_query(None);
        let place = match page {
            Page::Run(experiment, run) => format!("experiments/{experiment}/runs/{run}"),
            Page::LoggedModel(experiment, model) => {
                format!("experiments/{experiment}/models/{model}")
            }
            Page::RegisteredModel(name) => {
                format!("models/{}", utf8_percent_encode(name, COMPONENT))
            }
            Page::Version(name, version) => {
                let name = utf8_percent_encode(name, COMPONENT);
                format!("models/{name}/versions/{version}")
            }
        };
        let base = base.as_str().trim_end_matches('/');
        Some(format!("{base}/#/{place}"))
    }
}

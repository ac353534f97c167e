//! What must not be seen: values that cannot be printed, and addresses with their secrets masked.
//!
//! It hides things from eyes and logs; it does not encrypt them.

use std::fmt;

use serde::Serialize;
use url::Url;

/// A value that cannot be printed, logged or serialised by accident.
#[expect(
    missing_debug_implementations,
    reason = "there must be no way to print it"
)]
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Takes the value in.
    pub fn new(value: impl Into<String>) -> Self {
        Self(value.into())
    }

    /// The value, for the one place that sends it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing to hide.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// An address as it may be shown: user and password, signatures and tokens are masked.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct SafeUrl(String);

/// What stands for a secret.
pub(super) const MASK: &str = "***";

/// An address without what must not be seen. What cannot be taken apart is shown only if it holds no user.
pub fn safe_uri(uri: &str) -> String {
    match uri.parse::<Url>() {
        Ok(url) if url.has_host() => SafeUrl::from(&url).to_string(),
        _ if uri.contains('@') => MASK.to_owned(),
        _ => uri.to_owned(),
    }
}

impl From<&Url> for SafeUrl {
    fn from(url: &Url) -> Self {
        let mut safe = url.clone();
        if !url.username().is_empty() || url.password().is_some() {
            // Refused only for addresses that cannot carry a user in the first place.
            let _ = safe.set_username(MASK);
            let _ = safe.set_password(None);
        }
        if let Some(query) = url.query() {
            safe.set_query(Some(&mask_query(query)));
        }
        Self(safe.into())
    }
}

impl fmt::Display for SafeUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for SafeUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The query as it was written, character for character, but for the values that are secret.
fn mask_query(query: &str) -> String {
    let pairs: Vec<String> = query
        .split('&')
        .map(|pair| match pair.split_once('=') {
            Some((key, _)) if is_secret(key) => format!("{key}={MASK}"),
            _ => pair.to_owned(),
        })
        .collect();
    pairs.join("&")
}

/// Names that sound secret and are not: MLflow's place in a list, and the name of a metric.
const HARMLESS: [&str; 2] = ["page-token", "metric-key"];

/// Names of headers and of what stands in queries under which S3, Google Cloud Storage, Azure (`sig`), OAuth and
/// services before a server put what grants access.
pub(super) fn is_secret(name: &str) -> bool {
    let decoded = url::form_urlencoded::parse(name.as_bytes())
        .next()
        .map_or_else(|| name.to_owned(), |(name, _)| name.into_owned());
    let name = decoded.to_ascii_lowercase().replace('_', "-");
    let begins = ["x-amz-", "x-goog-"];
    let holds = [
        "authorization",
        "cookie",
        "token",
        "secret",
        "password",
        "credential",
        "signature",
        "accesskey",
        "apikey",
        "-key",
    ];
    !HARMLESS.contains(&name.as_str())
        && (begins.iter().any(|begin| name.starts_with(begin))
            || holds.iter().any(|part| name.contains(part))
            || matches!(name.as_str(), "sig" | "key"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(url: &str) -> String {
        SafeUrl::from(&Url::parse(url).unwrap()).to_string()
    }

    #[test]
    fn whatever_grants_access_is_masked() {
        let cases = [
            "https://ann:hunter2@host/x",
            "https://hunter2@host/x",
            "https://bucket/k?X-Amz-Signature=hunter2&X-Amz-Credential=hunter2",
            "https://bucket/k?x%2Damz-signature=hunter2",
            "https://blob/k?sv=1&sig=hunter2",
            "https://host/?access_token=hunter2",
            "https://host/?key=hunter2",
            "https://host/?subscription-key=hunter2",
            "https://host/?X-Goog-Signature=hunter2&a=b",
        ];
        for url in cases {
            let shown = shown(url);
            assert!(!shown.contains("hunter2"), "{shown}");
            assert!(shown.contains(MASK), "{shown}");
        }
    }

    #[test]
    fn what_is_no_address_is_shown_if_it_holds_no_user() {
        assert_eq!(safe_uri("http://ann:pw@host/x"), "http://***@host/x");
        assert_eq!(safe_uri("ann:pw@host"), "***");
        assert_eq!(safe_uri("sqlite:///a.db"), "sqlite:///a.db");
    }

    #[test]
    fn anything_else_is_left_as_it_is() {
        let url = "http://host:5000/api?run_id=1&path=a%20b+c&page_token=eyJ&metric_key=loss";
        assert_eq!(shown(url), url);
        assert_eq!(shown("http://host/x#y"), "http://host/x#y");
    }
}

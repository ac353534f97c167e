//! A request as a `curl` command that a person can read, keep and run again.
//!
//! Secrets are masked, and the bytes of files stay where they are: the command names them.

use std::path::Path;

use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, HeaderName};
use serde_json::Value;
use url::Url;

use super::client::Settings;
use super::redact::{MASK, SafeUrl, is_secret};
use super::request::{Body, Request};

/// The command that sends this request to `url`; `extra` are headers beyond those of the settings.
pub(super) fn command(
    request: &Request,
    url: &Url,
    home: bool,
    extra: Option<(&HeaderName, &str)>,
    settings: &Settings,
) -> String {
    let mut words = vec!["curl".to_owned()];
    match request.method {
        Method::GET => {}
        Method::HEAD => words.push("--head".to_owned()),
        _ => words.extend(["-X".to_owned(), request.method.to_string()]),
    }
    words.push(quoted(&SafeUrl::from(url).to_string()));
    if home {
        words.extend(tls(settings, url));
    }
    if home && !request.is_bare {
        words.extend(settings.auth.as_ref().map(super::auth::Auth::as_curl));
        let headers = settings.headers.iter();
        words.extend(headers.map(|(name, value)| header(name, value.to_str().unwrap_or(MASK))));
        words.extend(extra.map(|(name, value)| header(name, value)));
    }
    let headers = request.headers.iter();
    words.extend(headers.map(|(name, value)| header(name, value.to_str().unwrap_or(MASK))));
    words.extend(body(&request.body));
    words.join(" ")
}

/// What decides about certificates.
fn tls(settings: &Settings, url: &Url) -> Vec<String> {
    let tls = &settings.tls;
    if url.scheme() != "https" {
        return Vec::new();
    }
    let insecure = tls.insecure.then(|| "--insecure".to_owned());
    let named = |flag: &str, path: &Path| format!("{flag} {}", quoted(&path.to_string_lossy()));
    let authority = tls.ca_file.as_deref().map(|path| named("--cacert", path));
    let own = tls.client_cert_file.as_deref();
    let own = own.map(|path| named("--cert", path));
    [insecure, authority, own].into_iter().flatten().collect()
}

fn header(name: &HeaderName, value: &str) -> String {
    let value = if is_secret(name.as_str()) {
        MASK
    } else {
        value
    };
    format!("-H {}", quoted(&format!("{name}: {value}")))
}

fn body(body: &Body) -> Vec<String> {
    match body {
        Body::Empty => Vec::new(),
        Body::Json(bytes) => vec![
            header(&CONTENT_TYPE, "application/json"),
            "--data-binary".to_owned(),
            quoted(&document(bytes)),
        ],
        Body::Reopen {
            length,
            content_type,
            file,
            ..
        } => {
            let kind = match content_type {
                Some(kind) => header(&CONTENT_TYPE, kind.to_str().unwrap_or(MASK)),
                // Without being told otherwise `curl` calls everything a form.
                None => format!("-H '{CONTENT_TYPE}:'"),
            };
            let source = match file {
                Some(path) => format!("--upload-file {}", quoted(&path.to_string_lossy())),
                None => format!("--data-binary @- # {length} bytes that were made here"),
            };
            vec![kind, source]
        }
    }
}

/// A JSON document as it may be shown: the server is told which signed addresses were used.
fn document(bytes: &[u8]) -> String {
    let Ok(mut document) = serde_json::from_slice(bytes) else {
        return MASK.to_owned();
    };
    mask(&mut document);
    document.to_string()
}

fn mask(value: &mut Value) {
    match value {
        Value::String(text) if text.starts_with("http") => {
            if let Ok(url) = text.parse::<Url>() {
                *text = SafeUrl::from(&url).to_string();
            }
        }
        Value::Array(values) => values.iter_mut().for_each(mask),
        Value::Object(fields) => fields.values_mut().for_each(mask),
        _ => {}
    }
}

/// A word for a POSIX shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::auth::Auth;
    use crate::http::{Secret, Tls};

    fn shown(request: &Request, home: bool) -> String {
        let settings = Settings {
            auth: Some(Auth::bearer(Secret::new("hunter2"), "a test")),
            tls: Tls {
                ca_file: Some("ca.pem".into()),
                ..Tls::default()
            },
            ..Settings::default()
        };
        command(request, &request.url, home, None, &settings)
    }

    #[test]
    fn commands_are_for_a_shell_and_secrets_are_masked() {
        let url: Url = "https://ann:hunter2@host/x?token=hunter2".parse().unwrap();
        let request = Request::new(Method::POST, url);
        let request = request.json(&serde_json::json!({ "a": "it's" })).unwrap();
        assert_eq!(
            shown(&request, true),
            "curl -X POST 'https://***@host/x?token=***' --cacert 'ca.pem' \
             -H 'authorization: Bearer ***' -H 'content-type: application/json' \
             --data-binary '{\"a\":\"it'\\''s\"}'"
        );
    }

    #[test]
    fn signed_addresses_are_masked_wherever_they_stand() {
        let body =
            serde_json::json!({ "parts": [{ "url": "https://b/k?partNumber=1&sig=hunter2" }] });
        let request = Request::new(Method::POST, "https://host/x".parse().unwrap());
        let shown = shown(&request.json(&body).unwrap(), true);
        assert!(
            shown.contains("https://b/k?partNumber=1&sig=***"),
            "{shown}"
        );
        assert!(!shown.contains("hunter2"), "{shown}");
    }

    #[test]
    fn another_host_is_shown_nothing() {
        let request = Request::new(Method::GET, "https://bucket/k?sig=hunter2".parse().unwrap());
        assert_eq!(shown(&request, false), "curl 'https://bucket/k?sig=***'");
    }
}

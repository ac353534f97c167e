//! What to do about a request that failed: which variable to set, which setting to look at.
//!
//! Only requests to the user's own server get advice; about other hosts there is nothing to set.

use reqwest::StatusCode;

use super::answer::Answer;
use super::error::{Cause, Context, Error};
use super::tls;
use crate::error::{Hint, Kind};

impl Hint for Error {
    fn kind(&self) -> Kind {
        match self {
            Self::Status { status, .. } => match status.as_u16() {
                404 => Kind::NotFound,
                409 => Kind::Conflict,
                408 | 429 | 500.. => Kind::Unavailable,
                _ => Kind::Refused,
            },
            Self::Redirected { .. } | Self::Untrusted { .. } => Kind::Refused,
            Self::Unreachable { .. } | Self::Broken { .. } | Self::Silent { .. } => {
                Kind::Unavailable
            }
            Self::Unreadable { .. } | Self::TooLong { .. } | Self::Endless(_) => Kind::Corrupt,
            Self::Setting { .. } => Kind::Usage,
            Self::Source { .. } | Self::Unwritable(_) | Self::Client(_) => Kind::Failed,
        }
    }

    fn hint(&self) -> Option<String> {
        match self {
            Self::Status {
                context,
                status,
                answer,
            } => status_hint(context, *status, answer),
            Self::Untrusted { context, source } => tls_hint(context, source),
            Self::Unreachable { context, .. } | Self::Broken { context, .. } | Self::Silent { context, .. } if context.home => {
                Some("is the server running there? `--tracking-uri` or `MLFLOW_TRACKING_URI` says where to look".to_owned())
            }
            Self::Redirected { context, target, .. } if context.home => Some(format!(
                "if that is where the server is now, set `--tracking-uri` to it; credentials are never sent along to `{target}`"
            )),
            Self::Unreadable { html: true, context, .. } if context.home => {
                Some(NOT_THE_SERVER.to_owned())
            }
            _ => None,
        }
    }
}

const NOT_THE_SERVER: &str = "a web page came back: does `--tracking-uri` point at an MLflow server, with its path prefix if it has one, and not at a login page?";

fn status_hint(context: &Context, status: StatusCode, answer: &Answer) -> Option<String> {
    if !context.home {
        return None;
    }
    // MLflow ≥ 3.5 checks `Host` and answers like this (`mlflow/server/fastapi_security.py`).
    let host_refused = answer
        .excerpt
        .as_deref()
        .is_some_and(|text| text.starts_with("Invalid Host header"));
    match (status.as_u16(), &context.credentials) {
        (403, _) if host_refused => Some(
            "the server does not know itself by this name: start it with `--allowed-hosts` that lists it".to_owned(),
        ),
        (401, None) => Some(format!(
            "the server asks who you are: set `{}` and `{}`, or `{}`",
            context.variables.username, context.variables.password, context.variables.token
        )),
        (401, Some(source)) => Some(format!("the credentials from {source} were not accepted")),
        (403, None) => Some(format!(
            "nobody was named: set `{}` and `{}`, or `{}`",
            context.variables.username, context.variables.password, context.variables.token
        )),
        (403, Some(source)) => Some(format!(
            "whoever the credentials from {source} belong to may not do this, if it is there at all"
        )),
        (407, _) => Some("the proxy between asks who you are: put `user:password@` into `HTTPS_PROXY`".to_owned()),
        _ if answer.html => Some(NOT_THE_SERVER.to_owned()),
        _ => None,
    }
}

/// Alerts about a certificate (RFC 8446, 6.2); a server has seen no other than ours.
const OF_OUR_CERTIFICATE: [&str; 7] = [
    "UnknownCA",
    "BadCertificate",
    "CertificateExpired",
    "CertificateRevoked",
    "CertificateUnknown",
    "UnsupportedCertificate",
    "DecryptError",
];

fn tls_hint(context: &Context, cause: &Cause) -> Option<String> {
    if !context.home {
        return None;
    }
    let says = |words: &[&str]| words.iter().any(|words| cause.says(words));
    if says(&["CertificateRequired", "AccessDenied"]) {
        let variable = tls::CLIENT_CERTIFICATE;
        Some(format!(
            "the server wants to know who calls: name a certificate and its key with `{variable}`"
        ))
    } else if says(&["received fatal alert"]) && says(&OF_OUR_CERTIFICATE) {
        let variable = tls::CLIENT_CERTIFICATE;
        Some(format!(
            "the server does not accept the certificate that `{variable}` names"
        ))
    } else if says(&["UnknownIssuer", "BadSignature"]) {
        let variable = tls::SERVER_CERTIFICATE;
        Some(format!("name the certificate to trust with `{variable}`"))
    } else if says(&["not valid for name", "NotValidForName"]) {
        Some(
            "the server is known by another name: use that one in `--tracking-uri`, or have its certificate list this one"
                .to_owned(),
        )
    } else if says(&["expired", "Expired", "not valid yet", "NotValidYet"]) {
        Some("the certificate of the server must be renewed, unless the clock of this machine is wrong".to_owned())
    } else if says(&["corrupt message"]) {
        Some("that does not sound like TLS: is the address `http://` instead?".to_owned())
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use reqwest::Method;
    use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue};

    use super::super::auth;
    use super::*;

    fn read(content_type: &'static str, body: &str) -> Answer {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        Answer::read(&headers, body.as_bytes())
    }

    fn refusal(status: u16, credentials: Option<&str>, answer: Answer) -> Error {
        Error::Status {
            context: Box::new(Context {
                method: Method::GET,
                url: (&url::Url::parse("http://h/x").unwrap()).into(),
                attempts: 5,
                elapsed: Duration::from_secs(72),
                credentials: credentials.map(str::to_owned),
                variables: auth::VARIABLES,
                home: true,
            }),
            status: StatusCode::from_u16(status).unwrap(),
            answer: Box::new(answer),
        }
    }

    #[test]
    fn the_words_of_the_server_are_kept() {
        let body = r#"{"error_code":"RESOURCE_DOES_NOT_EXIST","message":"No run.","sqlstate":"K"}"#;
        let error = refusal(404, None, read("application/json", body));
        assert_eq!(
            error.to_string(),
            "GET http://h/x: 404 Not Found, RESOURCE_DOES_NOT_EXIST: No run. (5 attempts in 1m 12s)"
        );
        assert_eq!(error.error_code(), Some("RESOURCE_DOES_NOT_EXIST"));
        assert!(!error.is_html());
    }

    #[test]
    fn a_web_page_is_not_what_was_asked_for() {
        let error = refusal(404, None, read("text/html", "<!doctype html>"));
        assert!(error.is_html());
        assert!(error.hint().unwrap().contains("MLflow server"));
    }

    #[test]
    fn hints_name_the_variables_or_the_source_of_the_credentials() {
        let sentence = "You are not authenticated. Please see the documentation";
        let anonymous = refusal(401, None, read("text/html", sentence));
        assert!(anonymous.to_string().contains("You are not authenticated"));
        assert!(anonymous.hint().unwrap().contains(auth::TOKEN));
        let known = refusal(
            403,
            Some(auth::TOKEN),
            read("text/html", "Permission denied"),
        );
        assert!(known.hint().unwrap().contains("from MLFLOW_TRACKING_TOKEN"));
        let host = "Invalid Host header - possible DNS rebinding attack detected";
        let host = refusal(403, None, read("text/plain", host));
        assert!(host.hint().unwrap().contains("--allowed-hosts"));
    }
}

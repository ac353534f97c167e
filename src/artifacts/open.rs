//! From an artifact location, as the server names it, to the store that serves it.

use url::Url;

use super::proxy::Proxy;
use super::{ArtifactStore, Error};
use crate::http::{Client, SafeUrl};

/// Below the tracking server's address (`mlflow/store/artifact/mlflow_artifacts_repo.py`).
const SERVICE: &str = "/api/2.0/mlflow-artifacts/artifacts";

/// Opens the store behind `uri`, which the server at `tracking` named.
///
/// Credentials do not follow to another host: the client sends them to its home only.
pub fn open(uri: &str, tracking: &Url, client: &Client) -> Result<Box<dyn ArtifactStore>, Error> {
    let Some((scheme, rest)) = uri.split_once(':') else {
        return Err(server_folder(uri));
    };
    match scheme {
        "mlflow-artifacts" => {
            let (service, root) = service(uri, rest, tracking)?;
            Ok(Box::new(Proxy::new(client.clone(), service, &root)))
        }
        "http" | "https" => {
            let mut service = parse(uri)?;
            let path = service.path().to_owned();
            let (prefix, root) = path
                .split_once(SERVICE)
                .ok_or_else(|| unsupported(uri, scheme))?;
            service.set_path(&format!("{prefix}{SERVICE}"));
            Ok(Box::new(Proxy::new(client.clone(), service, root)))
        }
        // A drive letter of Windows is not a scheme.
        "file" | "" => Err(server_folder(uri)),
        letter if letter.len() == 1 => Err(server_folder(uri)),
        other => Err(unsupported(uri, other)),
    }
}

/// The address of the service and the folder in it, for `mlflow-artifacts:` with and without a host.
fn service(uri: &str, rest: &str, tracking: &Url) -> Result<(Url, String), Error> {
    let mut service = tracking.clone();
    service.set_query(None);
    let Some(with_host) = rest
        .strip_prefix("//")
        .filter(|rest| !rest.starts_with('/'))
    else {
        let path = format!("{}{SERVICE}", service.path().trim_end_matches('/'));
        service.set_path(&path);
        return Ok((service, rest.to_owned()));
    };
    let (host, root) = with_host.split_once('/').unwrap_or((with_host, ""));
    // MLflow keeps the scheme of the tracking URI and takes host and port from the location.
    let address = parse(&format!("{}://{host}{SERVICE}", tracking.scheme()))
        .ok()
        .filter(|address| {
            address.host().is_some() && !host.chars().all(|digit| digit.is_ascii_digit())
        })
        .ok_or_else(|| Error::Location { uri: shown(uri) })?;
    Ok((address, root.to_owned()))
}

fn parse(uri: &str) -> Result<Url, Error> {
    uri.parse().map_err(|_| Error::Location { uri: shown(uri) })
}

fn server_folder(uri: &str) -> Error {
    Error::ServerFolder { uri: shown(uri) }
}

/// What cannot be taken apart is shown only if it holds no user.
fn shown(uri: &str) -> String {
    match uri.parse::<Url>() {
        Ok(url) if url.has_host() => SafeUrl::from(&url).to_string(),
        _ if uri.contains('@') => "***".to_owned(),
        _ => uri.to_owned(),
    }
}

fn unsupported(uri: &str, scheme: &str) -> Error {
    Error::Scheme {
        uri: uri.parse().map_or_else(
            |_| format!("{scheme}:…"),
            |url| SafeUrl::from(&url).to_string(),
        ),
        scheme: scheme.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(uri: &str, tracking: &str) -> String {
        let tracking: Url = tracking.parse().unwrap();
        let (_, rest) = uri.split_once(':').unwrap();
        let (service, root) = service(uri, rest, &tracking).unwrap();
        format!("{service} {root}")
    }

    /// The table of `mlflow_artifacts_repo.py`, `resolve_uri`.
    #[test]
    fn locations_resolve_as_in_mlflow() {
        assert_eq!(
            address("mlflow-artifacts:/1/r/artifacts", "http://h:5000"),
            "http://h:5000/api/2.0/mlflow-artifacts/artifacts /1/r/artifacts"
        );
        assert_eq!(
            address("mlflow-artifacts:/1/r", "https://h/prefix/"),
            "https://h/prefix/api/2.0/mlflow-artifacts/artifacts /1/r"
        );
        assert_eq!(
            address("mlflow-artifacts://other:8080/1/r", "http://h:5000"),
            "http://other:8080/api/2.0/mlflow-artifacts/artifacts 1/r"
        );
    }

    #[test]
    fn a_port_without_a_host_is_refused_as_in_mlflow() {
        let tracking: Url = "http://h:5000".parse().unwrap();
        service("mlflow-artifacts://8080/1", "//8080/1", &tracking).unwrap_err();
    }
}

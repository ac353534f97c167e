//! From an artifact location, as the server names it, to the store that serves it.

use std::path::{Path, PathBuf};

use url::Url;

use super::local::Local;
use super::owner::{Owner, Witness};
use super::presigned::Presigned;
use super::proxy::Proxy;
use super::{ArtifactStore, Error, Settings};
use crate::http::{Client, SafeUrl, safe_uri};

/// Below the tracking server's address (`mlflow/store/artifact/mlflow_artifacts_repo.py`).
pub(super) const SERVICE: &str = "/api/2.0/mlflow-artifacts/artifacts";

/// What helps with a location that no store serves.
const USE_THE_SERVER: &str = "start the server with `--serve-artifacts` and \
                              `--artifacts-destination`, so that artifacts go through it";

/// What helps with a location that only a server serves.
const ASK_THE_SERVER: &str = "a server serves these artifacts: name it with `--tracking-uri \
                              http://HOST:PORT` instead of its database";

/// Opens the store behind `uri`, which the server at `tracking` named. Nothing is sent yet.
///
/// Credentials do not follow to another host: the client sends them to its home only.
pub fn open(
    uri: &str,
    tracking: &Url,
    client: &Client,
    settings: &Settings,
) -> Result<Box<dyn ArtifactStore>, Error> {
    let proxy = |service, root: &str| -> Box<dyn ArtifactStore> {
        Box::new(Proxy::new(
            client.clone(),
            service,
            root,
            settings.multipart,
        ))
    };
    let witness = |owner| Witness::new(client.clone(), tracking, owner);
    let shared = |path: PathBuf| -> Result<Box<dyn ArtifactStore>, Error> {
        let owner = Owner::of(uri).ok_or_else(|| server_folder(uri))?;
        let local = Local::new(uri.to_owned(), path, Some(witness(owner)));
        Ok(Box::new(local))
    };
    let Some((scheme, rest)) = uri.split_once(':') else {
        return shared(PathBuf::from(uri));
    };
    match scheme {
        "mlflow-artifacts" => {
            let (service, root) = service(uri, rest, tracking)?;
            Ok(proxy(service, &root))
        }
        "http" | "https" => {
            let mut service = parse(uri)?;
            let path = service.path().to_owned();
            let (prefix, root) = path
                .split_once(SERVICE)
                .ok_or_else(|| unsupported(uri, scheme, USE_THE_SERVER))?;
            service.set_path(&format!("{prefix}{SERVICE}"));
            Ok(proxy(service, root))
        }
        "file" => shared(path_of(uri)?),
        // A drive letter of Windows is not a scheme.
        letter if letter.len() == 1 => shared(PathBuf::from(uri)),
        "" => Err(server_folder(uri)),
        "s3" | "gs" | "wasbs" | "abfss" => {
            if let Some(cloud) = cloud(uri, settings)? {
                return Ok(cloud);
            }
            // Without a key of one's own, the server may sign for its bucket, which it does for S3 alone.
            match Owner::of(uri).filter(|_| scheme == "s3") {
                Some(owner) => Ok(Box::new(Presigned::new(uri.to_owned(), witness(owner)))),
                None => Err(unsupported(uri, scheme, WITHOUT_KEY)),
            }
        }
        other => Err(unsupported(uri, other, USE_THE_SERVER)),
    }
}

/// Opens the store behind `uri`, which no server named but a database file: a folder of this machine, or a cloud.
pub fn open_without_server(
    uri: &str,
    settings: &Settings,
) -> Result<Box<dyn ArtifactStore>, Error> {
    let scheme = match uri.split_once(':') {
        Some((scheme, _)) if scheme.len() > 1 => scheme,
        _ => return Ok(folder(Path::new(uri))),
    };
    match scheme {
        "file" => Ok(folder(&path_of(uri)?)),
        "s3" | "gs" | "wasbs" | "abfss" => {
            cloud(uri, settings)?.ok_or_else(|| unsupported(uri, scheme, WITHOUT_KEY))
        }
        "mlflow-artifacts" => Err(unsupported(uri, scheme, ASK_THE_SERVER)),
        other => Err(unsupported(uri, other, WITHOUT_KEY)),
    }
}

/// The folder behind `uri`, which no server named; `None` where it is a place in a cloud.
pub fn path_without_server(uri: &str) -> Option<PathBuf> {
    match uri.split_once(':') {
        Some(("file", _)) => path_of(uri).ok(),
        Some((scheme, _)) if scheme.len() > 1 => None,
        _ => Some(PathBuf::from(uri)),
    }
}

/// A folder of the user's own as a store.
pub fn folder(path: &Path) -> Box<dyn ArtifactStore> {
    let shown = path.display().to_string();
    Box::new(Local::new(shown, path.to_path_buf(), None))
}

#[cfg(feature = "cloud")]
const WITHOUT_KEY: &str = "set the variables of its key, such as AWS_ACCESS_KEY_ID or \
                           AZURE_STORAGE_ACCOUNT_NAME, or let artifacts go through the server";
#[cfg(not(feature = "cloud"))]
const WITHOUT_KEY: &str =
    "use a build with the feature `cloud`, or let artifacts go through the server";

/// The store behind a location of a cloud, where there is a key for it.
#[cfg(feature = "cloud")]
fn cloud(uri: &str, settings: &Settings) -> Result<Option<Box<dyn ArtifactStore>>, Error> {
    let store = super::cloud::Cloud::open(uri, settings)?;
    Ok(store.map(|store| Box::new(store) as _))
}

/// This build knows no clouds.
#[cfg(not(feature = "cloud"))]
#[expect(clippy::unnecessary_wraps, reason = "the other build's may fail")]
fn cloud(_uri: &str, _settings: &Settings) -> Result<Option<Box<dyn ArtifactStore>>, Error> {
    Ok(None)
}

/// The path that a `file:` URI names on this machine.
fn path_of(uri: &str) -> Result<PathBuf, Error> {
    let url = parse(uri)?;
    url.to_file_path().map_err(|()| server_folder(uri))
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
        .ok_or_else(|| Error::Location { uri: safe_uri(uri) })?;
    Ok((address, root.to_owned()))
}

fn parse(uri: &str) -> Result<Url, Error> {
    uri.parse()
        .map_err(|_| Error::Location { uri: safe_uri(uri) })
}

fn server_folder(uri: &str) -> Error {
    Error::ServerFolder { uri: safe_uri(uri) }
}

fn unsupported(uri: &str, scheme: &str, hint: &'static str) -> Error {
    Error::Scheme {
        uri: uri.parse().map_or_else(
            |_| format!("{scheme}:…"),
            |url| SafeUrl::from(&url).to_string(),
        ),
        scheme: scheme.to_owned(),
        hint,
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

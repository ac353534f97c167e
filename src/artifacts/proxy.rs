//! Artifacts behind the tracking server: `mlflow-artifacts:` and its HTTP service.

use futures_util::future::BoxFuture;
use futures_util::{StreamExt as _, TryStreamExt as _};
use serde::Deserialize;
use url::Url;

use super::names::{check, encode};
use super::{ArtifactStore, Content, Error, Item, Reading};
use crate::entity::manifest::RelativePath;
use crate::http::header::{CONTENT_RANGE, HeaderValue, RANGE};
use crate::http::{self, Body, Client, Method, Request, SafeUrl};

/// A folder of MLflow's artifact service (`mlflow/server/handlers.py`, `_download_artifact` and its
/// neighbours).
#[derive(Debug)]
pub(super) struct Proxy {
    client: Client,
    /// `…/api/2.0/mlflow-artifacts/artifacts`, without a slash at the end.
    service: Url,
    /// The folder inside the service, without slashes around it.
    root: String,
}

#[derive(Deserialize)]
struct Listing {
    #[serde(default)]
    files: Vec<ListedFile>,
}

#[derive(Deserialize)]
struct ListedFile {
    /// The last part of the path only.
    path: String,
    #[serde(default)]
    is_dir: bool,
    /// Left out for empty files.
    file_size: Option<u64>,
}

impl Proxy {
    pub(super) fn new(client: Client, service: Url, root: &str) -> Self {
        Self {
            client,
            service,
            root: root.trim_matches('/').to_owned(),
        }
    }

    fn url(&self, path: &RelativePath) -> Url {
        let mut url = self.service.clone();
        let folder = url.path().trim_end_matches('/').to_owned();
        let inside = if self.root.is_empty() {
            encode(path.as_str())
        } else {
            format!("{}/{}", encode(&self.root), encode(path.as_str()))
        };
        url.set_path(&format!("{folder}/{inside}"));
        url
    }

    fn folder(&self, folder: Option<&RelativePath>) -> String {
        match folder {
            Some(folder) if self.root.is_empty() => folder.to_string(),
            Some(folder) => format!("{}/{folder}", self.root),
            None => self.root.clone(),
        }
    }

    async fn list(&self, folder: Option<&RelativePath>) -> Result<Vec<Item>, Error> {
        let mut url = self.service.clone();
        url.query_pairs_mut()
            .append_pair("path", &self.folder(folder));
        let place = || SafeUrl::from(&url).to_string();
        let request = Request::new(Method::GET, url.clone());
        let listing: Listing = self
            .client
            .json(request)
            .await
            .map_err(|source| Error::List {
                place: place(),
                source,
            })?;
        listing
            .files
            .into_iter()
            .map(|file| {
                let name: RelativePath = file.path.parse().map_err(|source| Error::Listing {
                    place: place(),
                    source,
                })?;
                Ok(Item {
                    path: folder.map_or_else(|| name.clone(), |folder| name.below(folder)),
                    is_folder: file.is_dir,
                    size: file.file_size,
                })
            })
            .collect()
    }

    async fn get(&self, path: &RelativePath, offset: u64) -> Result<Reading, Error> {
        let mut request = Request::new(Method::GET, self.url(path));
        if offset > 0
            && let Ok(range) = HeaderValue::try_from(format!("bytes={offset}-"))
        {
            request = request.header(RANGE, range);
        }
        let response = self.client.send(request).await.map_err(|source| {
            if source.is_missing() {
                Error::NotFound {
                    path: path.clone(),
                    place: self.place(),
                }
            } else {
                Error::Get {
                    path: path.clone(),
                    source,
                }
            }
        })?;
        let range = response.headers().get(CONTENT_RANGE);
        Ok(Reading {
            start: range.and_then(first_byte).unwrap_or(0),
            bytes: response
                .into_stream()
                .map_err(std::io::Error::other)
                .boxed(),
        })
    }

    async fn put(&self, path: &RelativePath, content: Content) -> Result<(), Error> {
        check(path)?;
        let body = Body::Reopen {
            length: content.length,
            content_type: HeaderValue::from_static("application/octet-stream"),
            open: content.open,
            file: content.file,
        };
        let request = Request::new(Method::PUT, self.url(path)).body(body);
        match self.client.send(request).await {
            Ok(_) => Ok(()),
            Err(http::Error::Source { source, .. }) => Err(Error::Source {
                path: path.clone(),
                source,
            }),
            Err(source) => Err(Error::Put {
                path: path.clone(),
                source,
            }),
        }
    }
}

/// Where an answer begins: `bytes 5-9/10` (RFC 9110, 14.4).
fn first_byte(range: &HeaderValue) -> Option<u64> {
    let range = range.to_str().ok()?.strip_prefix("bytes ")?;
    range.split_once('-')?.0.parse().ok()
}

impl ArtifactStore for Proxy {
    fn place(&self) -> String {
        format!("{}/{}", SafeUrl::from(&self.service), self.root)
    }

    fn list<'a>(
        &'a self,
        folder: Option<&'a RelativePath>,
    ) -> BoxFuture<'a, Result<Vec<Item>, Error>> {
        Box::pin(self.list(folder))
    }

    fn get<'a>(
        &'a self,
        path: &'a RelativePath,
        offset: u64,
    ) -> BoxFuture<'a, Result<Reading, Error>> {
        Box::pin(self.get(path, offset))
    }

    fn put<'a>(
        &'a self,
        path: &'a RelativePath,
        content: Content,
    ) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(self.put(path, content))
    }
}

//! Artifacts behind the tracking server: `mlflow-artifacts:` and its HTTP service.
//!
//! Small files pass through the server. Where it says that its own store signs addresses, large files go
//! past it, in parts; where it insists on that, all of them do.
//!
//! The addresses of parts hold for an hour: boto3's default on S3 (`s3_artifact_repo.py` gives none), `minutes=60` in
//! `gcs_artifact_repo.py`, `hours=1` in `azure_blob_artifact_repo.py` (MLflow 3.17.2). Each part has to be begun within
//! it; one that is under way may end later (Amazon S3 User Guide, "Download and upload objects with presigned URLs").
//! `mpu/create` takes a name and a number of parts but no upload, so that asking again begins another one on S3 and
//! Google's store, to which the parts of the first do not belong. A file thus has to go in an hour. When its time is over
//! `transfer` begins anew, twice, for an hour lost to an outage or a closed lid; then the user is told to send it
//! through the server, where nothing is signed. What is read behind a signed address is asked for anew at each request.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use futures_util::future::BoxFuture;
use serde::Deserialize;
use serde_json::json;
use tokio::sync::OnceCell;
use url::Url;

use super::names::{self, check, encode};
use super::open::SERVICE;
use super::signed::{Arrived, Signed, ranged, reading};
use super::{
    ArtifactStore, Cause, Content, Error, Item, Limits, Multipart, PartStore, Reading, Span,
    Upload, joining,
};
use crate::entity::manifest::RelativePath;
use crate::http::header::HeaderValue;
use crate::http::{self, Body, Client, Method, Repeat, Request, SafeUrl};

/// How long a signed address is used before another is asked for. A server's default is that they hold for
/// 300 seconds (`MLFLOW_PRESIGNED_DOWNLOAD_URL_TTL_SECONDS`, MLflow 3.17.2), and one may have set less.
const FRESH: Duration = Duration::from_secs(45);

/// How long a server may take to say its version (`mlflow/utils/rest_utils.py`, 3.17.2).
const PROBE: Duration = Duration::from_secs(3);

/// A folder of MLflow's artifact service (`mlflow/server/handlers.py`, `_download_artifact` and its
/// neighbours).
#[derive(Debug)]
pub(super) struct Proxy {
    client: Client,
    /// `…/api/2.0/mlflow-artifacts/artifacts`, without a slash at the end.
    service: Url,
    /// The folder inside the service, without slashes around it.
    root: String,
    multipart: Multipart,
    abilities: OnceCell<Abilities>,
    signed: Mutex<HashMap<RelativePath, (Instant, Signed)>>,
}

/// What the server says of its own store (`mlflow/server/handlers.py`, `build_server_info_payload`).
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(default)]
struct Abilities {
    #[serde(rename = "multipart_uploads_enabled")]
    uploads: bool,
    #[serde(rename = "multipart_downloads_enabled")]
    downloads: bool,
    /// It refuses to pass bytes on (MLflow 3.18, `--artifacts-presigned-only`).
    #[serde(rename = "artifacts_presigned_only")]
    only: bool,
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

/// An upload that the server began at its store.
#[derive(serde::Serialize, Deserialize)]
struct Begun {
    upload_id: String,
    credentials: Vec<Credential>,
}

#[derive(serde::Serialize, Deserialize)]
struct Credential {
    part_number: u64,
    #[serde(flatten)]
    signed: Signed,
}

impl Proxy {
    pub(super) fn new(client: Client, service: Url, root: &str, multipart: Multipart) -> Self {
        Self {
            client,
            service,
            root: root.trim_matches('/').to_owned(),
            multipart,
            abilities: OnceCell::new(),
            signed: Mutex::default(),
        }
    }

    fn url(&self, path: &RelativePath) -> Url {
        self.beside("artifacts", Some(path))
    }

    /// The address of a path at one of the services beside `artifacts`.
    fn beside(&self, service: &str, path: Option<&RelativePath>) -> Url {
        let mut url = self.service.clone();
        let folder = url.path().trim_end_matches('/');
        let folder = folder.strip_suffix("artifacts").unwrap_or(folder);
        let mut address = format!("{folder}{service}");
        for part in [Some(self.root.as_str()), path.map(RelativePath::as_str)] {
            if let Some(part) = part.filter(|part| !part.is_empty()) {
                address.push('/');
                address.push_str(&encode(part));
            }
        }
        url.set_path(&address);
        url
    }

    fn folder(&self, folder: Option<&RelativePath>) -> String {
        match folder {
            Some(folder) if self.root.is_empty() => folder.to_string(),
            Some(folder) => format!("{}/{folder}", self.root),
            None => self.root.clone(),
        }
    }

    /// What the server can do. One that does not say passes everything on, as all did before MLflow 3.
    async fn abilities(&self) -> Result<Abilities, http::Error> {
        let ask = || async {
            let mut url = self.service.clone();
            let path = url.path().trim_end_matches('/').to_owned();
            let prefix = path.strip_suffix(SERVICE).unwrap_or_default();
            url.set_path(&format!("{prefix}/api/3.0/mlflow/server-info"));
            match self.client.json(Request::new(Method::GET, url)).await {
                Ok(abilities) => Ok(abilities),
                Err(error) if error.is_status(404) || error.is_html() => Ok(Abilities::default()),
                Err(error) => Err(error),
            }
        };
        self.abilities.get_or_try_init(ask).await.copied()
    }

    /// Whether this refusal means that bytes are to go past the server.
    async fn insists(&self, error: &http::Error) -> Result<bool, http::Error> {
        Ok(error.is_status(403) && self.abilities().await?.only)
    }

    /// Whether that is known without asking.
    fn is_known_to_insist(&self) -> bool {
        self.abilities.get().is_some_and(|abilities| abilities.only)
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
                source: source.into(),
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

    async fn get(&self, path: &RelativePath, span: Span) -> Result<Reading, Error> {
        let failure = |source: http::Error| self.cannot_get(path, source);
        // Only large files are read in spans. From a store of its own the server fetches all of a file
        // for each of them.
        let past_server = match (span.end, self.multipart.download) {
            _ if self.is_known_to_insist() => true,
            (None, _) => false,
            (Some(_), Some(wanted)) => wanted,
            (Some(_), None) => self.abilities().await.map_err(failure)?.downloads,
        };
        if past_server {
            match self.get_signed(path, span).await {
                Err(error) if error.is_status(501) => {}
                result => return result.map_err(failure),
            }
        }
        let mut request = ranged(Request::new(Method::GET, self.url(path)), span);
        if !names::is_latin(path) {
            request = request.brisk();
        }
        let answer = match self.client.send(request).await {
            Err(http::Error::Broken { .. } | http::Error::Unreachable { .. })
                if !names::is_latin(path) =>
            {
                if self.is_mlflow_2().await {
                    return Err(Error::Unreadable { path: path.clone() });
                }
                // It is another one, and was only away for a moment.
                let request = ranged(Request::new(Method::GET, self.url(path)), span);
                self.client.send(request).await
            }
            answer => answer,
        };
        match answer {
            Ok(response) => Ok(reading(response)),
            Err(error) if self.insists(&error).await.map_err(failure)? => {
                self.get_signed(path, span).await.map_err(failure)
            }
            Err(error) => Err(failure(error)),
        }
    }

    async fn is_mlflow_2(&self) -> bool {
        let mut url = self.service.clone();
        let path = url.path().trim_end_matches('/').to_owned();
        let prefix = path.strip_suffix(SERVICE).unwrap_or_default();
        url.set_path(&format!("{prefix}/version"));
        let version = self.client.probe(Request::new(Method::GET, url), PROBE);
        version.await.is_ok_and(|version| version.starts_with("2."))
    }

    fn cannot_get(&self, path: &RelativePath, source: http::Error) -> Error {
        if source.is_missing() {
            Error::NotFound {
                path: path.clone(),
                place: self.place(),
            }
        } else {
            Error::Get {
                path: path.clone(),
                source: source.into(),
            }
        }
    }

    /// Reads from the server's own store; an address that is refused may only be too old.
    async fn get_signed(&self, path: &RelativePath, span: Span) -> Result<Reading, http::Error> {
        let (signed, is_new) = self.signed(path).await?;
        match signed.get(span, &self.client).await {
            Err(error) if error.is_expired() || !is_new && error.is_status(403) => {
                self.kept().remove(path);
                let (signed, _) = self.signed(path).await?;
                signed.get(span, &self.client).await
            }
            result => result,
        }
    }

    /// A signed address of a file, and whether it was made for this call.
    async fn signed(&self, path: &RelativePath) -> Result<(Signed, bool), http::Error> {
        if let Some((made, signed)) = self.kept().get(path)
            && made.elapsed() < FRESH
        {
            return Ok((signed.clone(), false));
        }
        let url = self.beside("presigned", Some(path));
        let signed: Signed = self.client.json(Request::new(Method::GET, url)).await?;
        let kept = (Instant::now(), signed.clone());
        self.kept().insert(path.clone(), kept);
        Ok((signed, true))
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, HashMap<RelativePath, (Instant, Signed)>> {
        self.signed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn put(&self, path: &RelativePath, content: Content) -> Result<(), Error> {
        check(path)?;
        if self.is_known_to_insist() {
            return self.put_as_part(path, content).await;
        }
        let body = Body::Reopen {
            length: content.length,
            content_type: Some(HeaderValue::from_static("application/octet-stream")),
            open: Arc::clone(&content.open),
            file: content.file.clone(),
        };
        let request = Request::new(Method::PUT, self.url(path)).body(body);
        let Err(error) = self.client.send(request).await else {
            return Ok(());
        };
        let failure = |source| cannot_put(path, source);
        if self.insists(&error).await.map_err(failure)? {
            return self.put_as_part(path, content).await;
        }
        Err(failure(error))
    }

    /// A whole file as the only part of an upload.
    async fn put_as_part(&self, path: &RelativePath, content: Content) -> Result<(), Error> {
        let mut is_renewed = false;
        loop {
            let upload = self.begin(path, 1).await?;
            let sent = async {
                let receipt = PartStore::send(self, path, &upload, 1, content.clone()).await?;
                PartStore::finish(self, path, &upload, &[receipt], content.length).await
            };
            let result = sent.await;
            if result.is_err()
                && let Err(error) = PartStore::abandon(self, path, &upload).await
            {
                tracing::debug!(%path, %error, "not abandoned");
            }
            match result {
                Err(Error::Expired { .. }) if !is_renewed => is_renewed = true,
                result => return result,
            }
        }
    }

    async fn parts(&self, length: u64) -> Result<Option<&dyn PartStore>, Error> {
        let Multipart {
            upload,
            minimum_upload,
            ..
        } = self.multipart;
        let failure = |source: http::Error| Error::List {
            place: self.place(),
            source: source.into(),
        };
        if self.is_known_to_insist() {
            return Ok(Some(self));
        }
        if length < minimum_upload || upload == Some(false) {
            return Ok(None);
        }
        let can = match upload {
            Some(wanted) => wanted,
            None => self.abilities().await.map_err(failure)?.uploads,
        };
        Ok(if can { Some(self) } else { None })
    }

    async fn begin(&self, path: &RelativePath, count: u64) -> Result<Upload, Error> {
        check(path)?;
        self.check_name(path)?;
        let (folder, name) = split(path);
        let url = self.beside("mpu/create", folder.as_ref());
        let question = json!({ "path": name, "num_parts": count });
        // Begun twice, one of the two is never finished, and nothing is to be seen of it.
        let begun = async {
            let request = Request::new(Method::POST, url).json(&question)?;
            self.client.json(request.repeat(Repeat::Freely)).await
        };
        let begun: Begun = begun.await.map_err(|source| cannot_put(path, source))?;
        let complete = (1..=count).all(|number| begun.signed(number).is_some());
        match serde_json::to_value(&begun) {
            Ok(value) if complete => Ok(Upload(value)),
            _ => Err(Error::Put {
                path: path.clone(),
                source: Cause::Lacks("signed address for each part"),
            }),
        }
    }

    /// Tells the server that an upload is over, one way or the other.
    async fn end(
        &self,
        service: &str,
        path: &RelativePath,
        document: serde_json::Value,
        longer: Duration,
    ) -> Result<(), http::Error> {
        let (folder, _) = split(path);
        let url = self.beside(service, folder.as_ref());
        let request = Request::new(Method::POST, url).json(&document)?;
        let request = request.repeat(Repeat::Freely).longer(longer);
        self.client.send(request).await?;
        Ok(())
    }
}

impl Begun {
    fn read(path: &RelativePath, upload: &Upload) -> Result<Self, Error> {
        serde_json::from_value(upload.0.clone()).map_err(|_| Error::Upload { path: path.clone() })
    }

    fn signed(&self, number: u64) -> Option<&Signed> {
        let mut all = self.credentials.iter();
        let found = all.find(|credential| credential.part_number == number)?;
        Some(&found.signed)
    }
}

/// Folder and name: the service wants them apart.
fn split(path: &RelativePath) -> (Option<RelativePath>, &str) {
    match path.as_str().rsplit_once('/') {
        Some((folder, name)) => (folder.parse().ok(), name),
        None => (None, path.as_str()),
    }
}

pub(super) fn cannot_put(path: &RelativePath, source: http::Error) -> Error {
    let path = path.clone();
    match source {
        http::Error::Source { source, .. } => Error::Source { path, source },
        source if source.is_expired() => Error::Expired { path, source },
        source => Error::Put {
            path,
            source: source.into(),
        },
    }
}

/// Sends something to a signed address and returns the entity tag.
pub(super) async fn put_signed(
    signed: &Signed,
    path: &RelativePath,
    content: &Content,
    client: &Client,
) -> Result<String, Error> {
    let arrived = signed.put(content, client).await;
    match arrived.map_err(|source| cannot_put(path, source))? {
        Arrived::Whole(tag) => Ok(tag),
        Arrived::Damaged { sent, found } => Err(Error::Damaged {
            path: path.clone(),
            sent,
            found,
        }),
    }
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
        span: Span,
    ) -> BoxFuture<'a, Result<Reading, Error>> {
        Box::pin(self.get(path, span))
    }

    fn put<'a>(
        &'a self,
        path: &'a RelativePath,
        content: Content,
    ) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(self.put(path, content))
    }

    fn parts(&self, length: u64) -> BoxFuture<'_, Result<Option<&dyn PartStore>, Error>> {
        Box::pin(self.parts(length))
    }

    fn delete<'a>(&'a self, path: &'a RelativePath) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            check(path)?;
            let request = Request::new(Method::DELETE, self.url(path));
            match self.client.send(request).await {
                Ok(_) => Ok(()),
                Err(source) => Err(Error::Delete {
                    path: path.clone(),
                    source: source.into(),
                }),
            }
        })
    }
}

impl PartStore for Proxy {
    fn limits(&self) -> Limits {
        Limits::s3(self.multipart.upload_chunk)
    }

    /// `ntpath.basename` (`mlflow/server/handlers.py`, `_get_multipart_upload_file_name`, 3.18.0).
    fn check_name(&self, path: &RelativePath) -> Result<(), Error> {
        let (_, name) = split(path);
        if name.contains('\\') || name.chars().nth(1) == Some(':') {
            return Err(Error::Name {
                path: path.clone(),
                reason: "in parts, it would take the name for a path of Windows and keep its end",
            });
        }
        Ok(())
    }

    fn begin<'a>(
        &'a self,
        path: &'a RelativePath,
        count: u64,
    ) -> BoxFuture<'a, Result<Upload, Error>> {
        Box::pin(self.begin(path, count))
    }

    fn send<'a>(
        &'a self,
        path: &'a RelativePath,
        upload: &'a Upload,
        number: u64,
        content: Content,
    ) -> BoxFuture<'a, Result<String, Error>> {
        Box::pin(async move {
            let begun = Begun::read(path, upload)?;
            let signed = begun.signed(number);
            let signed = signed.ok_or_else(|| Error::Upload { path: path.clone() })?;
            put_signed(signed, path, &content, &self.client).await
        })
    }

    fn finish<'a>(
        &'a self,
        path: &'a RelativePath,
        upload: &'a Upload,
        receipts: &'a [String],
        size: u64,
    ) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let begun = Begun::read(path, upload)?;
            let parts: Vec<_> = (1_u64..)
                .zip(receipts)
                .map(|(number, tag)| {
                    let url = begun.signed(number).map(|signed| signed.url.as_str());
                    json!({ "part_number": number, "etag": tag, "url": url })
                })
                .collect();
            let document =
                json!({ "path": split(path).1, "upload_id": begun.upload_id, "parts": parts });
            self.end("mpu/complete", path, document, joining(size))
                .await
                .map_err(|source| cannot_put(path, source))
        })
    }

    fn abandon<'a>(
        &'a self,
        path: &'a RelativePath,
        upload: &'a Upload,
    ) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let begun = Begun::read(path, upload)?;
            let document = json!({ "path": split(path).1, "upload_id": begun.upload_id });
            self.end("mpu/abort", path, document, Duration::ZERO)
                .await
                .map_err(|source| cannot_put(path, source))
        })
    }
}

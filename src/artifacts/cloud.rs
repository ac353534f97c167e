//! Buckets and containers reached with the user's own keys: `s3:`, `gs:`, `wasbs:` and `abfss:`.
//!
//! `object_store` signs, sends and tries again, by its own rules and not by those of `http`. It wants the bytes
//! of a request in memory; so files longer than a part go in parts, and never as a whole.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::BoxFuture;
use futures_util::{StreamExt as _, TryStreamExt as _};
use object_store::aws::{AmazonS3Builder, Checksum};
use object_store::azure::MicrosoftAzureBuilder;
use object_store::gcp::GoogleCloudStorageBuilder;
use object_store::multipart::{MultipartStore, PartId};
use object_store::path::Path;
use object_store::{
    ClientOptions, GetOptions, GetRange, ObjectMeta, ObjectStore, ObjectStoreExt as _, PutPayload,
};

use super::names::check;
use super::{
    ArtifactStore, Cause, Content, Error, Item, Limits, PartStore, Reading, Settings, Span, Upload,
};
use crate::entity::manifest::RelativePath;

/// The length of a part: the shortest that S3 takes, since eight of them are in memory at once.
const PART: u64 = 5 << 20;
/// How long a connection may stand still.
const IDLE: Duration = Duration::from_mins(2);

/// A folder of a bucket.
pub(super) struct Cloud {
    uri: String,
    root: Path,
    store: Arc<dyn ObjectStore>,
    parts: Arc<dyn MultipartStore>,
    limits: Limits,
}

impl fmt::Debug for Cloud {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Cloud").field(&self.uri).finish()
    }
}

impl Cloud {
    /// The store behind a location; `None` where there is no key for it.
    pub(super) fn open(uri: &str, settings: &Settings) -> Result<Option<Self>, Error> {
        let location = || Error::Location {
            uri: uri.to_owned(),
        };
        let (scheme, rest) = uri.split_once("://").ok_or_else(location)?;
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let root = Path::parse(path.trim_matches('/')).map_err(|_| location())?;
        let failure = |source: object_store::Error| Error::List {
            place: uri.to_owned(),
            source: source.into(),
        };
        match scheme {
            "s3" if has_s3_key(settings) => {
                let store = Arc::new(s3(host, settings).map_err(failure)?);
                let limits = Limits::s3(PART);
                Ok(Some(Self::new(uri, root, store, limits)))
            }
            "gs" => {
                let store = Arc::new(gcs(host, settings).map_err(failure)?);
                let limits = Limits::s3(PART);
                Ok(Some(Self::new(uri, root, store, limits)))
            }
            "wasbs" | "abfss" => {
                let (container, host) = host.split_once('@').ok_or_else(location)?;
                let account = host.split('.').next().unwrap_or(host);
                let store = azure(container, account, settings).map_err(failure)?;
                // 50,000 blocks of up to 4,000 MiB (Azure Blob Storage, "Put Block").
                let limits = Limits {
                    usual: PART,
                    longest: 4_000 << 20,
                    most: 50_000,
                };
                Ok(Some(Self::new(uri, root, Arc::new(store), limits)))
            }
            _ => Ok(None),
        }
    }

    fn new<S>(uri: &str, root: Path, store: Arc<S>, limits: Limits) -> Self
    where
        S: ObjectStore + MultipartStore,
    {
        Self {
            uri: uri.to_owned(),
            root,
            parts: Arc::clone(&store) as _,
            store,
            limits,
        }
    }

    /// The key of a file.
    fn key(&self, path: &RelativePath) -> Result<Path, Cause> {
        let key = if self.root.as_ref().is_empty() {
            path.to_string()
        } else {
            format!("{}/{path}", self.root)
        };
        Path::parse(key).map_err(|error| object_store::Error::from(error).into())
    }

    async fn list(&self, folder: Option<&RelativePath>) -> Result<Vec<Item>, Error> {
        let failure = |source| Error::List {
            place: self.place(),
            source,
        };
        let prefix = match folder {
            Some(folder) => self.key(folder).map_err(failure)?,
            None => self.root.clone(),
        };
        let found = self.store.list_with_delimiter(Some(&prefix)).await;
        let found = found.map_err(|source| failure(source.into()))?;
        let folders = found.common_prefixes.iter().map(|path| (path, None));
        let files = found.objects.iter();
        let files = files.map(|ObjectMeta { location, size, .. }| (location, Some(*size)));
        let mut items = Vec::new();
        for (path, size) in folders.chain(files) {
            let Some(name) = below(path, &prefix) else {
                // The mark that some programs set for a folder is the folder itself.
                continue;
            };
            let name: RelativePath = name.parse().map_err(|source| Error::Listing {
                place: self.place(),
                source,
            })?;
            items.push(Item {
                path: folder.map_or_else(|| name.clone(), |folder| name.below(folder)),
                is_folder: size.is_none(),
                size,
            });
        }
        Ok(items)
    }

    async fn get(&self, path: &RelativePath, span: Span) -> Result<Reading, Cause> {
        let range = match span {
            Span {
                start: 0,
                end: None,
            } => None,
            Span { start, end: None } => Some(GetRange::Offset(start)),
            Span {
                start,
                end: Some(end),
            } => Some(GetRange::Bounded(start..end)),
        };
        let options = GetOptions {
            range,
            ..GetOptions::default()
        };
        let found = self.store.get_opts(&self.key(path)?, options).await?;
        let range = found.range.clone();
        let end = (range.end < found.meta.size).then_some(range.end);
        let version = found.meta.e_tag.clone();
        let bytes = found.into_stream().map_err(std::io::Error::other).boxed();
        Ok(Reading {
            start: range.start,
            end,
            version,
            bytes,
        })
    }

    async fn delete(&self, path: &RelativePath) -> Result<(), Cause> {
        let key = self.key(path)?;
        let below: Vec<_> = self.store.list(Some(&key)).try_collect().await?;
        if below.is_empty() {
            self.store.delete(&key).await?;
        }
        for file in below {
            self.store.delete(&file.location).await?;
        }
        Ok(())
    }
}

/// The name directly below a prefix.
fn below(path: &Path, prefix: &Path) -> Option<String> {
    let rest = path.as_ref().strip_prefix(prefix.as_ref())?;
    let name = if prefix.as_ref().is_empty() {
        rest
    } else {
        rest.strip_prefix('/')?
    };
    (!name.is_empty()).then(|| name.to_owned())
}

/// The bytes of a request in memory.
async fn payload(path: &RelativePath, content: &Content) -> Result<PutPayload, Error> {
    let read = async {
        let blocks: Vec<Bytes> = (content.open)().await?.try_collect().await?;
        Ok::<_, std::io::Error>(blocks)
    };
    let failure = |source| Error::Source {
        path: path.clone(),
        source,
    };
    let blocks = read.await.map_err(failure)?;
    let length: u64 = blocks.iter().map(|block| block.len() as u64).sum();
    if length != content.length {
        return Err(failure(std::io::ErrorKind::UnexpectedEof.into()));
    }
    Ok(blocks.into_iter().collect())
}

fn cannot_put(path: &RelativePath) -> impl Fn(Cause) -> Error {
    let path = path.clone();
    move |source| Error::Put {
        path: path.clone(),
        source,
    }
}

/// No limit on the whole of a request, but on silence.
fn options(settings: &Settings, endpoint: Option<&str>) -> ClientOptions {
    let is_plain = endpoint.is_some_and(|endpoint| endpoint.starts_with("http:"));
    let is_insecure = settings.cloud("MLFLOW_S3_IGNORE_TLS") == Some("true");
    ClientOptions::new()
        .with_timeout_disabled()
        .with_read_timeout(IDLE)
        .with_connect_timeout(Duration::from_secs(30))
        .with_allow_http(is_plain)
        .with_allow_invalid_certificates(is_insecure)
}

/// What says who we are to S3. A machine of Amazon's would say so itself, but to ask it takes long elsewhere.
fn has_s3_key(settings: &Settings) -> bool {
    [
        "AWS_ACCESS_KEY_ID",
        "AWS_WEB_IDENTITY_TOKEN_FILE",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
        "AWS_SKIP_SIGNATURE",
    ]
    .iter()
    .any(|name| settings.cloud(name).is_some())
}

/// The variables whose names the store knows.
fn known<'a, K: std::str::FromStr>(
    settings: &'a Settings,
    prefix: &'a str,
) -> impl Iterator<Item = (K, &'a str)> {
    let variables = settings.cloud.iter();
    variables.filter_map(move |(name, value)| {
        let key = name
            .strip_prefix(prefix)
            .map(|_| name.to_ascii_lowercase())?;
        Some((key.parse().ok()?, value.expose()))
    })
}

fn s3(bucket: &str, settings: &Settings) -> object_store::Result<object_store::aws::AmazonS3> {
    // `MLFLOW_S3_ENDPOINT_URL` comes first (`mlflow/store/artifact/s3_artifact_repo.py`, 3.17.2).
    let endpoint = [
        "MLFLOW_S3_ENDPOINT_URL",
        "AWS_ENDPOINT_URL_S3",
        "AWS_ENDPOINT_URL",
    ]
    .iter()
    .find_map(|name| settings.cloud(name));
    let builder = known(settings, "AWS_").fold(AmazonS3Builder::new(), |builder, (key, value)| {
        builder.with_config(key, value)
    });
    let builder = match endpoint {
        Some(endpoint) => builder.with_endpoint(endpoint),
        None => builder,
    };
    builder
        .with_bucket_name(bucket)
        .with_client_options(options(settings, endpoint))
        // The store sums up what arrives, and refuses what is not what was sent.
        .with_checksum_algorithm(Checksum::SHA256)
        .build()
}

fn gcs(
    bucket: &str,
    settings: &Settings,
) -> object_store::Result<object_store::gcp::GoogleCloudStorage> {
    known(settings, "GOOGLE_")
        .fold(GoogleCloudStorageBuilder::new(), |builder, (key, value)| {
            builder.with_config(key, value)
        })
        .with_bucket_name(bucket)
        .with_client_options(options(settings, None))
        .build()
}

fn azure(
    container: &str,
    account: &str,
    settings: &Settings,
) -> object_store::Result<object_store::azure::MicrosoftAzure> {
    let mut builder = known(settings, "AZURE_")
        .fold(MicrosoftAzureBuilder::new(), |builder, (key, value)| {
            builder.with_config(key, value)
        });
    builder = builder.with_account(account);
    let mut endpoint = settings.cloud("AZURE_STORAGE_ENDPOINT").map(str::to_owned);
    // `mlflow/store/artifact/azure_blob_artifact_repo.py` (3.17.2) reads this one first.
    for (name, value) in connection(settings.cloud("AZURE_STORAGE_CONNECTION_STRING")) {
        builder = match name {
            "AccountName" => builder.with_account(value),
            "AccountKey" => builder.with_access_key(value),
            "BlobEndpoint" => {
                endpoint = Some(value.to_owned());
                builder.with_endpoint(value.to_owned())
            }
            _ => builder,
        };
    }
    builder
        .with_container_name(container)
        .with_client_options(options(settings, endpoint.as_deref()))
        .build()
}

/// The pairs of a connection string: `AccountName=…;AccountKey=…`.
fn connection(text: Option<&str>) -> impl Iterator<Item = (&str, &str)> {
    let pairs = text.unwrap_or_default().split(';');
    pairs.filter_map(|pair| pair.trim().split_once('='))
}

impl ArtifactStore for Cloud {
    fn place(&self) -> String {
        self.uri.clone()
    }

    fn check(&self, path: &RelativePath, _length: u64) -> Result<(), Error> {
        // Seen on Azurite 3.35.
        let is_azure = ["wasbs:", "abfss:"]
            .iter()
            .any(|it| self.uri.starts_with(it));
        if is_azure && path.as_str().contains('\\') {
            return Err(Error::Name {
                path: path.clone(),
                reason: "it would take the backslash for a slash",
            });
        }
        check(path)
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
        Box::pin(async move {
            self.get(path, span).await.map_err(|source| match source {
                Cause::Cloud(object_store::Error::NotFound { .. }) => Error::NotFound {
                    path: path.clone(),
                    place: self.place(),
                },
                source => Error::Get {
                    path: path.clone(),
                    source,
                },
            })
        })
    }

    fn put<'a>(
        &'a self,
        path: &'a RelativePath,
        content: Content,
    ) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            self.check(path, content.length)?;
            let failure = cannot_put(path);
            let key = self.key(path).map_err(&failure)?;
            let payload = payload(path, &content).await?;
            let put = self.store.put(&key, payload).await;
            put.map(|_| ()).map_err(|source| failure(source.into()))
        })
    }

    fn parts(&self, length: u64) -> BoxFuture<'_, Result<Option<&dyn PartStore>, Error>> {
        let parts: Option<&dyn PartStore> = if length > PART { Some(self) } else { None };
        Box::pin(std::future::ready(Ok(parts)))
    }

    fn delete<'a>(&'a self, path: &'a RelativePath) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            self.delete(path).await.map_err(|source| Error::Delete {
                path: path.clone(),
                source,
            })
        })
    }
}

impl PartStore for Cloud {
    fn limits(&self) -> Limits {
        self.limits
    }

    fn begin<'a>(
        &'a self,
        path: &'a RelativePath,
        _count: u64,
    ) -> BoxFuture<'a, Result<Upload, Error>> {
        Box::pin(async move {
            self.check(path, 0)?;
            let failure = cannot_put(path);
            let key = self.key(path).map_err(&failure)?;
            let id = self.parts.create_multipart(&key).await;
            let id = id.map_err(|source| failure(source.into()))?;
            Ok(Upload(id.into()))
        })
    }

    fn send<'a>(
        &'a self,
        path: &'a RelativePath,
        upload: &'a Upload,
        number: u64,
        content: Content,
    ) -> BoxFuture<'a, Result<String, Error>> {
        Box::pin(async move {
            let failure = cannot_put(path);
            let (key, id) = (self.key(path).map_err(&failure)?, id(path, upload)?);
            let payload = payload(path, &content).await?;
            let index = usize::try_from(number.saturating_sub(1)).unwrap_or(usize::MAX);
            let part = self.parts.put_part(&key, &id, index, payload).await;
            let part = part.map_err(|source| failure(source.into()))?;
            Ok(part.content_id)
        })
    }

    fn finish<'a>(
        &'a self,
        path: &'a RelativePath,
        upload: &'a Upload,
        receipts: &'a [String],
    ) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let failure = cannot_put(path);
            let (key, id) = (self.key(path).map_err(&failure)?, id(path, upload)?);
            let parts = receipts.iter().cloned();
            let parts = parts.map(|content_id| PartId { content_id }).collect();
            let finished = self.parts.complete_multipart(&key, &id, parts).await;
            finished
                .map(|_| ())
                .map_err(|source| failure(source.into()))
        })
    }

    fn abandon<'a>(
        &'a self,
        path: &'a RelativePath,
        upload: &'a Upload,
    ) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let failure = cannot_put(path);
            let (key, id) = (self.key(path).map_err(&failure)?, id(path, upload)?);
            let abandoned = self.parts.abort_multipart(&key, &id).await;
            abandoned.map_err(|source| failure(source.into()))
        })
    }
}

fn id(path: &RelativePath, upload: &Upload) -> Result<String, Error> {
    let id = upload.0.as_str().map(str::to_owned);
    id.ok_or_else(|| Error::Upload { path: path.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Secret;

    fn settings(variables: &[(&str, &str)]) -> Settings {
        let secret = |(name, value): &(&str, &str)| ((*name).to_owned(), Secret::new(*value));
        Settings {
            cloud: variables.iter().map(secret).collect(),
            ..Settings::default()
        }
    }

    #[test]
    fn without_a_key_s3_is_left_to_the_server() {
        assert!(
            Cloud::open("s3://bucket/a", &settings(&[]))
                .unwrap()
                .is_none()
        );
        let with_key = settings(&[
            ("AWS_ACCESS_KEY_ID", "key"),
            ("AWS_SECRET_ACCESS_KEY", "secret"),
        ]);
        let cloud = Cloud::open("s3://bucket/a/b/", &with_key).unwrap().unwrap();
        let key = cloud.key(&"c d".parse().unwrap()).unwrap();
        assert_eq!(key.as_ref(), "a/b/c d");
        assert_eq!(format!("{cloud:?}"), "Cloud(\"s3://bucket/a/b/\")");
    }

    /// Google's store has no server to try this on; what can be known without one is known here.
    #[test]
    fn google_buckets_open_with_a_service_account() {
        let account = r#"{"type":"service_account","private_key_id":"id","client_email":"a@b",
            "private_key":"","disable_oauth":true}"#;
        let settings = settings(&[("GOOGLE_SERVICE_ACCOUNT_KEY", account)]);
        let cloud = Cloud::open("gs://bucket/models", &settings)
            .unwrap()
            .unwrap();
        assert_eq!(cloud.place(), "gs://bucket/models");
        assert_eq!(cloud.limits(), Limits::s3(PART));
        let key = cloud.key(&"m/MLmodel".parse().unwrap()).unwrap();
        assert_eq!(key.as_ref(), "models/m/MLmodel");
    }

    #[test]
    fn a_connection_string_names_account_key_and_place() {
        let text =
            "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=YWI=;BlobEndpoint=http://h/a;";
        let pairs: Vec<_> = connection(Some(text)).collect();
        assert!(
            pairs.contains(&("AccountKey", "YWI="))
                && pairs.contains(&("BlobEndpoint", "http://h/a"))
        );
        let settings = settings(&[("AZURE_STORAGE_CONNECTION_STRING", text)]);
        let uri = "wasbs://box@a.blob.core.windows.net/models";
        Cloud::open(uri, &settings).unwrap().unwrap();
    }

    #[test]
    fn names_below_a_prefix_are_just_that() {
        let name = |path: &str, prefix: &str| {
            below(&Path::parse(path).unwrap(), &Path::parse(prefix).unwrap())
        };
        assert_eq!(name("a/b", "a").as_deref(), Some("b"));
        assert_eq!(name("b", "").as_deref(), Some("b"));
        assert_eq!(name("a", "a"), None);
        assert_eq!(name("ab/c", "a"), None);
    }
}

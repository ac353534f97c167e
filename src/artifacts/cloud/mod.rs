//! Buckets and containers reached with the user's own keys: `s3:`, `gs:`, `wasbs:` and `abfss:`.
//!
//! `object_store` signs and sends; what is tried again, and after how long, is said by the rules of `http`. It wants
//! the bytes of a request in memory; so files longer than a part go in parts, and never as a whole.

mod again;
mod keys;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::TryStreamExt as _;
use futures_util::future::BoxFuture;
use object_store::multipart::{MultipartStore, PartId};
use object_store::path::Path;
use object_store::{
    GetOptions, GetRange, ObjectMeta, ObjectStore, ObjectStoreExt as _, PutPayload,
};

pub(in crate::artifacts) use self::again::status;
use self::again::{again, carrying, unless_still};
use self::keys::{azure, gcs, has_s3_key, s3};
use super::names::check;
use super::{
    ArtifactStore, Cause, Content, Error, Item, Limits, PartStore, Reading, Settings, Span, Upload,
    joining,
};
use crate::entity::manifest::RelativePath;
use crate::http::Patience;

/// The length of a part: the shortest that S3 takes, since eight of them are in memory at once.
const PART: u64 = 5 << 20;
/// A folder of a bucket.
pub(super) struct Cloud {
    uri: String,
    root: Path,
    store: Arc<dyn ObjectStore>,
    parts: Arc<dyn MultipartStore>,
    limits: Limits,
    patience: Patience,
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
                let limits = limits_of_s3();
                Ok(Some(Self::new(uri, root, store, limits, settings)))
            }
            "gs" => {
                let store = Arc::new(gcs(host, settings).map_err(failure)?);
                let limits = limits_of_s3();
                Ok(Some(Self::new(uri, root, store, limits, settings)))
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
                    in_memory: true,
                };
                Ok(Some(Self::new(
                    uri,
                    root,
                    Arc::new(store),
                    limits,
                    settings,
                )))
            }
            _ => Ok(None),
        }
    }

    fn new<S>(uri: &str, root: Path, store: Arc<S>, limits: Limits, settings: &Settings) -> Self
    where
        S: ObjectStore + MultipartStore,
    {
        Self {
            uri: uri.to_owned(),
            root,
            parts: Arc::clone(&store) as _,
            store,
            limits,
            patience: settings.patience.clone(),
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
        let list = || self.store.list_with_delimiter(Some(&prefix));
        let found = again(&self.patience, Duration::ZERO, list)
            .await
            .map_err(failure)?;
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
        let key = self.key(path)?;
        let get = || self.store.get_opts(&key, options.clone());
        let found = again(&self.patience, Duration::ZERO, get).await?;
        let range = found.range.clone();
        let end = (range.end < found.meta.size).then_some(range.end);
        let version = found.meta.e_tag.clone();
        let bytes = unless_still(found.into_stream(), self.patience.idle());
        Ok(Reading {
            start: range.start,
            end,
            version,
            bytes,
        })
    }

    async fn delete(&self, path: &RelativePath) -> Result<(), Cause> {
        let key = self.key(path)?;
        let list = || self.store.list(Some(&key)).try_collect();
        let below: Vec<ObjectMeta> = again(&self.patience, Duration::ZERO, list).await?;
        if below.is_empty() {
            again(&self.patience, Duration::ZERO, || self.store.delete(&key)).await?;
        }
        for ObjectMeta { location, .. } in below {
            again(&self.patience, Duration::ZERO, || {
                self.store.delete(&location)
            })
            .await?;
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

/// S3's limits, and Google's, for parts that are in memory.
fn limits_of_s3() -> Limits {
    Limits {
        in_memory: true,
        ..Limits::s3(PART)
    }
}

fn cannot_put(path: &RelativePath) -> impl Fn(Cause) -> Error {
    let path = path.clone();
    move |source| Error::Put {
        path: path.clone(),
        source,
    }
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
            let put = || self.store.put(&key, payload.clone());
            let put = again(&self.patience, carrying(content.length), put).await;
            put.map(|_| ()).map_err(failure)
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
            // Begun twice, one of the two is never finished, and nothing is to be seen of it.
            let begin = || self.parts.create_multipart(&key);
            let id = again(&self.patience, Duration::ZERO, begin)
                .await
                .map_err(failure)?;
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
            let put = || self.parts.put_part(&key, &id, index, payload.clone());
            let part = again(&self.patience, carrying(content.length), put).await;
            Ok(part.map_err(failure)?.content_id)
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
            let failure = cannot_put(path);
            let (key, id) = (self.key(path).map_err(&failure)?, id(path, upload)?);
            let parts = receipts.iter().cloned();
            let parts: Vec<_> = parts.map(|content_id| PartId { content_id }).collect();
            let finish = || self.parts.complete_multipart(&key, &id, parts.clone());
            let finished = again(&self.patience, joining(size), finish).await;
            finished.map(|_| ()).map_err(failure)
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
            let abandon = || self.parts.abort_multipart(&key, &id);
            again(&self.patience, Duration::ZERO, abandon)
                .await
                .map_err(failure)
        })
    }
}

fn id(path: &RelativePath, upload: &Upload) -> Result<String, Error> {
    let id = upload.0.as_str().map(str::to_owned);
    id.ok_or_else(|| Error::Upload { path: path.clone() })
}

#[cfg(test)]
mod tests {
    use super::keys::connection;
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
        assert_eq!(cloud.limits(), limits_of_s3());
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

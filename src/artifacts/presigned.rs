//! A bucket that the server grants file by file: it signs an address, the bytes go there and come from there.
//!
//! For locations such as `s3:` of a server that passes nothing on. It needs no key of the user's own; what a
//! signed address cannot do is parts, so that a file ends at the 5 GiB of a single PUT. What reads a file behind one
//! is a new address for each request, since they hold for 300 seconds only, and those for writing for 900
//! (`s3_artifact_repo.py`, `get_download_presigned_url` and `create_presigned_upload_url`, MLflow 3.17.2). That is for a
//! request to begin: one that has may take longer.

use futures_util::future::BoxFuture;

use super::names::check;
use super::owner::{Unlisted, Witness};
use super::proxy::{cannot_put, put_signed};
use super::signed::reading;
use super::{ArtifactStore, Cause, Content, Error, Item, PartStore, Reading, Span};
use crate::entity::manifest::RelativePath;
use crate::http;

/// The longest file of a single PUT (Amazon S3 User Guide, "Uploading objects").
const LONGEST: u64 = 5 << 30;

/// The artifacts of one run or model.
#[derive(Debug)]
pub(super) struct Presigned {
    uri: String,
    witness: Witness,
}

impl Presigned {
    pub(super) fn new(uri: String, witness: Witness) -> Self {
        Self { uri, witness }
    }

    async fn get(&self, path: &RelativePath, span: Span) -> Result<Reading, http::Error> {
        let client = &self.witness.client;
        if let Some(signed) = self.witness.sign_download(path).await? {
            return match signed.get(span, client).await {
                // It was sent again until its time was over.
                Err(error) if error.is_expired() => match self.witness.sign_download(path).await? {
                    Some(signed) => signed.get(span, client).await,
                    None => Err(error),
                },
                result => result,
            };
        }
        // The server fetches all of the file before it passes on a span of it.
        Ok(reading(
            self.witness.read(path, Span::from(span.start)).await?,
        ))
    }
}

impl ArtifactStore for Presigned {
    fn place(&self) -> String {
        self.uri.clone()
    }

    fn check(&self, path: &RelativePath, length: u64) -> Result<(), Error> {
        check(path)?;
        if length <= LONGEST {
            return Ok(());
        }
        Err(Error::TooLong {
            path: path.clone(),
            length,
            place: self.place(),
            longest: LONGEST,
        })
    }

    fn list<'a>(
        &'a self,
        folder: Option<&'a RelativePath>,
    ) -> BoxFuture<'a, Result<Vec<Item>, Error>> {
        Box::pin(async move {
            self.witness
                .list(folder)
                .await
                .map_err(|error| unlisted(error, self.place()))
        })
    }

    fn get<'a>(
        &'a self,
        path: &'a RelativePath,
        span: Span,
    ) -> BoxFuture<'a, Result<Reading, Error>> {
        Box::pin(async move {
            self.get(path, span).await.map_err(|source| {
                let path = path.clone();
                if source.is_missing() {
                    let place = self.place();
                    Error::NotFound { path, place }
                } else {
                    let source = source.into();
                    Error::Get { path, source }
                }
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
            let mut is_renewed = false;
            loop {
                let signed = self.witness.sign_upload(path).await;
                let signed = signed.map_err(|source| cannot_put(path, source))?;
                match put_signed(&signed, path, &content, &self.witness.client).await {
                    Err(Error::Expired { .. }) if !is_renewed => is_renewed = true,
                    result => return result.map(|_| ()),
                }
            }
        })
    }

    fn parts(&self, _length: u64) -> BoxFuture<'_, Result<Option<&dyn PartStore>, Error>> {
        Box::pin(std::future::ready(Ok(None)))
    }

    fn delete<'a>(&'a self, path: &'a RelativePath) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(std::future::ready(Err(Error::Delete {
            path: path.clone(),
            source: Cause::Unable("the server grants no right to delete"),
        })))
    }
}

/// Why a listing of the server is not to be had.
pub(super) fn unlisted(error: Unlisted, place: String) -> Error {
    match error {
        Unlisted::Wire(source) => Error::List {
            place,
            source: source.into(),
        },
        Unlisted::Unsafe(source) => Error::Listing { place, source },
    }
}

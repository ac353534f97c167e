//! Shelves on which nothing is put: what is read comes from the ones behind them, and what would be put is told.
//!
//! There may be none behind them, where a server would have chosen the place only later; they are empty then.

use std::fmt;
use std::sync::Arc;

use futures_util::future::BoxFuture;

use super::names::check;
use super::{ArtifactStore, Content, Error, Item, PartStore, Reading, Span};
use crate::entity::deed::{Deed, Tell};
use crate::entity::manifest::RelativePath;

/// A store in which nothing is put.
pub struct DryRun {
    inner: Option<Box<dyn ArtifactStore>>,
    tell: Arc<Tell>,
}

impl DryRun {
    /// Reads from `inner`, if there is one, and tells what would be put there.
    pub fn new(inner: Option<Box<dyn ArtifactStore>>, tell: Arc<Tell>) -> Self {
        Self { inner, tell }
    }
}

impl fmt::Debug for DryRun {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("DryRun").field(&self.inner).finish()
    }
}

#[deny(clippy::missing_trait_methods)]
impl ArtifactStore for DryRun {
    fn place(&self) -> String {
        match &self.inner {
            Some(inner) => inner.place(),
            None => "a place that the server chooses".to_owned(),
        }
    }

    fn check(&self, path: &RelativePath, length: u64) -> Result<(), Error> {
        match &self.inner {
            Some(inner) => inner.check(path, length),
            None => check(path),
        }
    }

    fn list<'a>(
        &'a self,
        folder: Option<&'a RelativePath>,
    ) -> BoxFuture<'a, Result<Vec<Item>, Error>> {
        match &self.inner {
            Some(inner) => inner.list(folder),
            None => Box::pin(std::future::ready(Ok(Vec::new()))),
        }
    }

    fn get<'a>(
        &'a self,
        path: &'a RelativePath,
        span: Span,
    ) -> BoxFuture<'a, Result<Reading, Error>> {
        match &self.inner {
            Some(inner) => inner.get(path, span),
            None => Box::pin(std::future::ready(Err(Error::NotFound {
                path: path.clone(),
                place: self.place(),
            }))),
        }
    }

    fn put<'a>(
        &'a self,
        path: &'a RelativePath,
        content: Content,
    ) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            check(path)?;
            let text = format!("upload `{path}`");
            (self.tell)(Deed::moving("upload", text, content.length));
            Ok(())
        })
    }

    fn parts(&self, _length: u64) -> BoxFuture<'_, Result<Option<&dyn PartStore>, Error>> {
        Box::pin(std::future::ready(Ok(None)))
    }

    fn delete<'a>(&'a self, path: &'a RelativePath) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            check(path)?;
            let text = format!("delete `{path}`");
            (self.tell)(Deed::new("delete_artifact", text));
            Ok(())
        })
    }
}

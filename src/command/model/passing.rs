//! A download that nobody keeps.

use std::path::Path;

use anyhow::{Context as _, Result};

use super::landing;
use crate::command::Context;
use crate::transfer::Landing;

/// A download that goes away with this value.
#[derive(Debug)]
pub(super) struct Passing(Option<Landing>);

impl Passing {
    pub(super) async fn open(parent: &Path, context: &Context) -> Result<Self> {
        let folder = parent.to_path_buf();
        // A process that was killed leaves its own, which nobody else would ever look for.
        context.compute(move || Landing::sweep(&folder)).await?;
        let key = uuid::Uuid::new_v4().to_string();
        let opened = landing(parent, &key, &[], context).await?;
        Ok(Self(Some(opened.landing)))
    }

    pub(super) fn landing(&self) -> Result<&Landing> {
        self.0.as_ref().context("the download is gone")
    }
}

impl Drop for Passing {
    fn drop(&mut self) {
        if let Some(landing) = self.0.take() {
            landing.discard();
        }
    }
}

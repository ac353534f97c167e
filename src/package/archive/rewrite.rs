//! An archive with some of its files changed: the same bytes as if the changed folder had been packaged.
//!
//! What the changes are, and that the rest agrees with them, is not its business.

use std::ops::ControlFlow;

use super::write::Zip;
use super::{Archive, Listed};
use crate::entity::manifest::{RelativePath, SUMS};
use crate::package::source::{self, MLMODEL};
use crate::package::staging;
use crate::package::write::{Sink as _, Tell};
use crate::package::{Error, Updated};
use crate::whole::Beside;

impl Archive {
    /// Makes the archive anew with the changed files, and puts that in its place as a whole.
    ///
    /// `on_write` is told how many bytes are written so far, and how many there are; it may stop the writing.
    pub fn replace_files(
        mut self,
        updated: &Updated,
        on_write: &mut Tell<'_>,
    ) -> Result<(), Error> {
        // A link stays one.
        let place = fs_err::canonicalize(&self.path);
        let place = place.map_err(|source| source::unreadable(&self.path, source))?;
        let unwritable = |source| staging::unwritable(&place, source);
        let mut beside = Beside::of(&place).map_err(unwritable)?;
        let mut sink = Zip::new(&place, beside.file());
        let (total, mut done) = (self.unpacked, 0);
        for (path, entry) in in_order(&self) {
            let changed = updated
                .files
                .iter()
                .find(|(name, _)| path.as_str() == *name);
            let size = changed.map_or(entry.size, |(_, text)| text.len() as u64);
            sink.begin(&path, size)?;
            if let Some((_, text)) = changed {
                sink.write(text.as_bytes())?;
            } else {
                self.copy(entry, &mut |block| {
                    sink.write(block)?;
                    done += block.len() as u64;
                    match on_write(done, total) {
                        ControlFlow::Continue(()) => Ok(()),
                        ControlFlow::Break(()) => Err(Error::Stopped),
                    }
                })?;
            }
            sink.end()?;
        }
        sink.finish()?;
        beside.put().map_err(unwritable)
    }
}

/// As [`crate::package::write`] has them: by name, but what tells of the others comes last.
fn in_order(archive: &Archive) -> Vec<(RelativePath, Listed)> {
    let mut entries: Vec<_> = archive.entries.clone().into_iter().collect();
    entries.sort_by_key(|(path, _)| match path.as_str() {
        MLMODEL => 2,
        SUMS => 1,
        _ => 0,
    });
    entries
}

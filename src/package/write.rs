//! Writes a model: the source's files are hashed on their way, and what tells of their digests comes last.
//!
//! Whether that becomes a folder or an archive is the business of a [`Sink`].

use std::ops::ControlFlow;

use crate::digest::Digest;
use crate::entity::manifest::{RelativePath, SUMS, Source};

use super::source::MLMODEL;
use super::{Error, Identity, Rendered, Sealed, reading};

/// Who is told how many bytes of the source were written, and how many there are; it may stop the writing.
pub(super) type Tell<'a> = dyn FnMut(u64, u64) -> ControlFlow<()> + 'a;

/// Who names a model whose digest is known.
pub(super) type Identify<'a> = dyn Fn(Digest) -> Identity + 'a;

/// Where the files of a model go, one after the other.
pub(super) trait Sink {
    /// Begins a file of so many bytes.
    fn begin(&mut self, path: &RelativePath, size: u64) -> Result<(), Error>;

    /// Takes the next bytes of that file.
    fn write(&mut self, bytes: &[u8]) -> Result<(), Error>;

    /// Ends that file.
    fn end(&mut self) -> Result<(), Error>;
}

/// Writes all files, `MLmodel` last: until it is there nobody takes the rest for a model.
pub(super) fn write(
    rendered: Rendered,
    sink: &mut dyn Sink,
    identify: &Identify<'_>,
    tell: &mut Tell<'_>,
) -> Result<Sealed, Error> {
    let total = rendered.size_of_source();
    let mut done = 0;
    let mut digests = Vec::with_capacity(rendered.files.len());
    let mut made = rendered.made.iter().peekable();
    for (path, file) in &rendered.files {
        // All in the order of their names, whether they are made or copied: the same model may come as either.
        while let Some(entry) = made.next_if(|entry| entry.path < *path) {
            put(&entry.path, &entry.source, sink)?;
        }
        sink.begin(path, file.size)?;
        digests.push(reading::read_once(file, &mut |block| {
            sink.write(block)?;
            done += block.len() as u64;
            match tell(done, total) {
                ControlFlow::Continue(()) => Ok(()),
                ControlFlow::Break(()) => Err(Error::Stopped),
            }
        })?);
        sink.end()?;
    }
    for entry in made {
        put(&entry.path, &entry.source, sink)?;
    }
    let sealed = rendered.seal_with(digests)?;
    if let Some(sums) = sealed.manifest().get(SUMS) {
        put(&sums.path, &sums.source, sink)?;
    }
    let mlmodel = sealed.mlmodel(&identify(sealed.digest()))?.yaml;
    let name = MLMODEL.parse().map_err(|_| Error::NotUnicode {
        path: MLMODEL.into(),
    })?;
    put(&name, &Source::Bytes(mlmodel), sink)?;
    Ok(sealed)
}

/// A file that was made in memory.
fn put(path: &RelativePath, source: &Source, sink: &mut dyn Sink) -> Result<(), Error> {
    if let Source::Bytes(bytes) = source {
        sink.begin(path, bytes.len() as u64)?;
        sink.write(bytes)?;
        sink.end()?;
    }
    Ok(())
}

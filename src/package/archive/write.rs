//! Writes zip archives so that equal models give equal bytes.
//!
//! Everything is stored and nothing deflated: weights do not shrink, and what a deflater makes of the rest depends
//! on its release. All entries have the oldest date that a zip can hold.

use std::io::{self, Write as _};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

use crate::digest::Digest;
use crate::entity::manifest::RelativePath;
use crate::package::flushed::Flushed;
use crate::package::reading::BLOCK;
use crate::package::staging::{self, Staging};
use crate::package::write::{self, Sink};
use crate::package::{Error, Identity, Rendered, Sealed};

/// Permissions of a file that everybody may read.
const MODE: u32 = 0o644;

impl Rendered {
    /// Writes the model as the archive `path`, which must not exist. `identify` names the model by its digest.
    ///
    /// `on_write` is told how many bytes of the source are written so far, and how many there are; it may stop the
    /// writing.
    pub fn write_zip(
        self,
        path: &Path,
        identify: &dyn Fn(Digest) -> Identity,
        on_write: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
    ) -> Result<Sealed, Error> {
        let staging = Staging::file_beside(path)?;
        let unwritable = |source| staging::unwritable(path, source);
        let file = fs_err::File::create_new(staging.path()).map_err(unwritable)?;
        let mut sink = Zip::new(path, Flushed::new(file));
        let sealed = write::write(self, &mut sink, identify, on_write)?;
        sink.finish()?.finish().map_err(unwritable)?;
        staging.publish(path)?;
        Ok(sealed)
    }
}

/// An archive that is being filled.
pub(super) struct Zip<W: io::Write + io::Seek> {
    /// What it will be called.
    path: PathBuf,
    writer: ZipWriter<io::BufWriter<W>>,
}

impl<W: io::Write + io::Seek> Zip<W> {
    pub(super) fn new(path: &Path, file: W) -> Self {
        Self {
            path: path.into(),
            writer: ZipWriter::new(io::BufWriter::with_capacity(BLOCK, file)),
        }
    }

    /// Writes what tells of all the files, and gives back the file.
    pub(super) fn finish(self) -> Result<W, Error> {
        let finished = self.writer.finish().map_err(io::Error::from);
        finished
            .and_then(|buffer| buffer.into_inner().map_err(io::IntoInnerError::into_error))
            .map_err(|source| staging::unwritable(&self.path, source))
    }
}

impl<W: io::Write + io::Seek> Sink for Zip<W> {
    fn begin(&mut self, path: &RelativePath, size: u64) -> Result<(), Error> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Stored)
            .last_modified_time(DateTime::DEFAULT)
            .unix_permissions(MODE)
            .system(System::Unix)
            .large_file(size >= u64::from(u32::MAX));
        let begun = self.writer.start_file(path.as_str(), options);
        begun.map_err(|source| staging::unwritable(&self.path, source.into()))
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        let written = self.writer.write_all(bytes);
        written.map_err(|source| staging::unwritable(&self.path, source))
    }

    fn end(&mut self) -> Result<(), Error> {
        // The writer ends a file where the next one begins, and the last one with itself.
        Ok(())
    }
}

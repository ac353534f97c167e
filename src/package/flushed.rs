//! A file that goes to the disk while more of it is written, and is safely there at its end.
//!
//! A system begins to write out what is new in its memory when a good part of that is full (Linux: a tenth,
//! `vm.dirty_background_ratio`); whoever has written a model by then waits for all of it at once. Knows no formats.

use std::io::{self, Seek, SeekFrom, Write};
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::thread::{self, JoinHandle};

use fs_err::File;

/// After how many bytes they are asked to the disk.
const STRETCH: usize = 64 << 20;

/// A file that is being written.
pub(super) struct Flushed {
    file: File,
    /// How many bytes were written since the disk was asked.
    since: usize,
    flusher: Option<Flusher>,
}

/// A thread that waits for the disk.
struct Flusher {
    asked: SyncSender<()>,
    thread: JoinHandle<io::Result<()>>,
}

impl Flushed {
    pub(super) fn new(file: File) -> Self {
        Self {
            file,
            since: 0,
            flusher: None,
        }
    }

    /// Waits until all of it is on the disk.
    pub(super) fn finish(self) -> io::Result<()> {
        if let Some(Flusher { asked, thread }) = self.flusher {
            drop(asked);
            // What went wrong is told once, to whoever asks first (`fsync(2)`, "Error reporting").
            thread
                .join()
                .unwrap_or_else(|_| Err(io::Error::other("the thread that flushes it died")))?;
        }
        self.file.sync_all()
    }

    /// Asks what is written to the disk, unless that is under way.
    fn ask(&mut self) -> io::Result<()> {
        let flusher = match &mut self.flusher {
            Some(flusher) => flusher,
            none => none.insert(Flusher::start(self.file.try_clone()?)?),
        };
        // One that has ended says why in `finish`.
        _ = flusher.asked.try_send(());
        Ok(())
    }
}

impl Flusher {
    fn start(file: File) -> io::Result<Self> {
        let (asked, asks) = mpsc::sync_channel(0);
        let flush = move || flush(&file, &asks);
        let thread = thread::Builder::new().spawn(flush)?;
        Ok(Self { asked, thread })
    }
}

fn flush(file: &File, asks: &Receiver<()>) -> io::Result<()> {
    asks.iter().try_for_each(|()| file.sync_data())
}

impl Write for Flushed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.file.write(bytes)?;
        self.since += count;
        if self.since >= STRETCH {
            self.since = 0;
            self.ask()?;
        }
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Seek for Flushed {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

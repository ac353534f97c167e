//! Log lines on stderr, which pass by the progress bars without tearing them.

use std::io::{self, IsTerminal as _, Write};

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

use super::Verbosity;
use super::progress::Progress;

/// Starts logging; a second call in one process changes nothing.
pub(super) fn start(progress: &Progress, verbosity: Verbosity, filter: Option<&str>) {
    let standard = match verbosity {
        Verbosity::Quiet | Verbosity::Normal => "off",
        Verbosity::Verbose => "off,phi3ml=info",
        Verbosity::Debug => "off,phi3ml=debug",
    };
    if filter.is_none() && standard == "off" {
        return;
    }
    // Someone embedding the library may have a subscriber of their own: theirs stays.
    _ = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(filter.unwrap_or(standard)))
        .with_ansi(io::stderr().is_terminal())
        .with_target(false)
        .with_writer(Beside(progress.clone()))
        .try_init();
}

#[derive(Clone)]
struct Beside(Progress);

impl Write for Beside {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.suspend(|| io::stderr().write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().flush()
    }
}

impl<'a> MakeWriter<'a> for Beside {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

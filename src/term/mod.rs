//! The face: everything a person sees. Results go to stdout, all else to stderr.
//!
//! Listens to the events of the commands and shows their outcomes; touches neither network nor files.

mod course;
mod error;
mod human;
mod logging;
mod page;
mod progress;
mod render;

use std::io::{self, IsTerminal as _, Write as _};
use std::ops::ControlFlow;

use anstyle::{AnsiColor, Style};
use serde::Serialize;

pub use crate::command::settings::Format;
use crate::command::{Audience, Carried, Deed, Event, Failure, Outcome, Plan};
use page::{Page, harmless, spelled_out};
use progress::Progress;

pub use progress::Mode;

const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const HINT: Style = AnsiColor::Cyan.on_default().bold();
const DIM: Style = Style::new().dimmed();
const STRONG: Style = Style::new().bold();

/// How much is said on stderr.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verbosity {
    /// Errors only.
    Quiet,
    /// Warnings, notes and progress.
    Normal,
    /// Reasons, too.
    Verbose,
    /// Every request.
    Debug,
}

/// The terminal, or the pipe, at the other end.
#[derive(Debug)]
pub struct Terminal {
    format: Format,
    verbosity: Verbosity,
    progress: Progress,
}

impl Terminal {
    /// Sets up stderr; `filter` is the value of the variable that chooses what is logged.
    pub fn new(format: Format, mode: Mode, verbosity: Verbosity, filter: Option<&str>) -> Self {
        let mode = if verbosity == Verbosity::Quiet {
            Mode::Hidden
        } else {
            mode
        };
        let progress = Progress::new(mode);
        logging::start(&progress, verbosity, filter);
        Self {
            format,
            verbosity,
            progress,
        }
    }

    /// Writes the outcome of a command on stdout. Nobody reading on is a success.
    pub fn show(&self, outcome: &Outcome) -> io::Result<()> {
        self.progress.finish();
        if let (Format::Text, Outcome::Plan(plan)) = (self.format, outcome) {
            self.say(DIM, "note: ", &nothing_done(plan));
        }
        forgive_closed_pipe(match self.format {
            _ if matches!(outcome, Outcome::Written) => Ok(()),
            // What is not ours passes as it is, but not to a terminal.
            Format::Text
                if matches!(outcome, Outcome::Api(_) | Outcome::Predict(_))
                    && !io::stdout().is_terminal() =>
            {
                let mut out = io::BufWriter::new(io::stdout().lock());
                render::text(outcome, None, &mut Page::exact(&mut out)).and_then(|()| out.flush())
            }
            Format::Text => {
                let mut out = io::BufWriter::new(anstream::stdout().lock());
                render::text(outcome, width(), &mut Page::new(&mut out)).and_then(|()| out.flush())
            }
            Format::Json => json(outcome, true),
            Format::JsonLines => match outcome {
                Outcome::List(list) => list.items.iter().try_for_each(|item| json(item, false)),
                // What was answered one by one is there already.
                Outcome::Chat(_) => Ok(()),
                Outcome::Predict(predict) if predict.reply().is_none() => Ok(()),
                Outcome::Config(list) => list.items.iter().try_for_each(|item| json(item, false)),
                outcome => json(outcome, false),
            },
        })
    }

    /// Writes an error on stderr.
    pub fn fail(&self, failure: &Failure) {
        self.progress.finish();
        // With stderr closed there is nobody left to tell.
        _ = error::write(failure, self.format, &mut anstream::stderr().lock());
    }

    /// One line for people, or one object on one line where results are JSON.
    fn would(&self, deed: &Deed) {
        let is_json = self.format != Format::Text || self.progress.is_json();
        if is_json && self.verbosity > Verbosity::Quiet {
            self.progress.would(deed);
            return;
        }
        let size = deed
            .bytes
            .map(|bytes| format!(" ({})", human::bytes(bytes)));
        let text = format!("{}{}", deed.text, size.unwrap_or_default());
        self.say(STRONG, "would ", &text);
    }

    /// The end of a transfer, for people and for programs.
    fn carried(&self, carried: &Carried) {
        self.progress.arrive();
        if self.progress.is_json() {
            self.progress.carried(carried);
        } else if self.format == Format::Text && !self.progress.is_hidden() {
            self.say(DIM, "", &human::carried(carried));
        }
    }

    /// The cursor stays behind the text.
    fn prompt(&self, text: &str) {
        if self.verbosity > Verbosity::Quiet {
            self.progress.finish();
            let mut stderr = anstream::stderr().lock();
            // With stderr closed there is nobody left to tell.
            _ = Page::new(&mut stderr)
                .styled(STRONG, text)
                .and_then(|()| stderr.flush());
        }
    }

    fn say(&self, style: Style, label: &str, text: &str) {
        if self.verbosity > Verbosity::Quiet {
            self.progress.suspend(|| {
                let mut stderr = anstream::stderr().lock();
                let mut page = Page::new(&mut stderr);
                // With stderr closed there is nobody left to tell.
                _ = page
                    .styled(style, label)
                    .and_then(|()| writeln!(page, "{text}"));
            });
        }
    }
}

impl Audience for Terminal {
    fn hear(&self, event: Event<'_>) {
        match event {
            Event::Step(text) => self.progress.step(text),
            Event::Bytes(event) => self.progress.bytes(event),
            Event::Carried(carried) => self.carried(carried),
            Event::Read { done, total } => self.progress.read(done, total),
            Event::Again(again) => self.progress.again(again),
            // It was asked for by name, so that it is shown even where little is said.
            Event::Request(command) => self.progress.suspend(|| {
                _ = writeln!(anstream::stderr(), "{}", harmless(command));
            }),
            Event::Would(deed) => self.would(deed),
            Event::Prompt(text) => self.prompt(text),
            Event::Note(text) => self.say(DIM, "note: ", text),
            Event::Warning(text) => self.say(WARNING, "warning: ", text),
        }
    }

    fn write_bytes(&self, bytes: &[u8]) -> ControlFlow<()> {
        self.progress.finish();
        let mut stdout = io::stdout().lock();
        let written = if stdout.is_terminal() {
            stdout.write_all(harmless(&String::from_utf8_lossy(bytes)).as_bytes())
        } else {
            stdout.write_all(bytes)
        }
        .and_then(|()| stdout.flush());
        match written {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    }
}

/// The end of a dry run.
fn nothing_done(plan: &Plan) -> String {
    let moving = match plan.files {
        0 => String::new(),
        files => {
            let files = human::count(files as u64, "file");
            format!(" with {files} and {}", human::bytes(plan.bytes))
        }
    };
    format!("that was a dry run{moving}: nothing was done")
}

/// One JSON document; on a terminal harmless and, unless it must be one line, indented.
fn json(value: &impl Serialize, indented: bool) -> io::Result<()> {
    let mut stdout = io::BufWriter::new(io::stdout().lock());
    if io::stdout().is_terminal() {
        let json = if indented {
            serde_json::to_string_pretty(value)
        } else {
            serde_json::to_string(value)
        };
        stdout.write_all(spelled_out(&json?).as_bytes())?;
    } else {
        serde_json::to_writer(&mut stdout, value)?;
    }
    writeln!(stdout)?;
    stdout.flush()
}

/// How many columns a line has; `None` where stdout is no terminal and lines may be of any length.
fn width() -> Option<u16> {
    terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| width.0)
}

/// Writes a text on stdout as it is.
pub fn print(write: impl FnOnce(&mut dyn io::Write) -> io::Result<()>) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    forgive_closed_pipe(write(&mut stdout).and_then(|()| stdout.flush()))
}

/// `phi3ml … | head` is no failure.
fn forgive_closed_pipe(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

//! Four ways to show the same events: bars, lines, JSON, nothing.

use std::collections::HashMap;
use std::io::{self, IsTerminal as _, Write as _};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;
use serde_json::json;

use super::page::{harmless, spelled_out};
use super::{DIM, human};
use crate::command::{Carried, Deed};
use crate::transfer::Event;

/// What takes less needs no progress.
const PATIENCE: Duration = Duration::from_secs(1);
/// What is smaller is here before a bar of its own is drawn.
const LARGE: u64 = 8 << 20;
/// How often a pipe is told.
const LINE_EVERY: Duration = Duration::from_secs(10);

impl Drop for FileBar {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// How progress is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Bars that redraw themselves.
    Bars,
    /// A line now and then.
    Lines,
    /// One JSON object per event.
    Json,
    /// Nothing.
    Hidden,
}

impl Mode {
    /// Bars where stderr is a terminal that can redraw, lines elsewhere.
    pub fn auto(dumb_terminal: bool) -> Self {
        if io::stderr().is_terminal() && !dumb_terminal {
            Self::Bars
        } else {
            Self::Lines
        }
    }
}

/// The current step and how far it is.
#[derive(Debug, Clone)]
pub(super) struct Progress {
    mode: Mode,
    all: MultiProgress,
    bar: ProgressBar,
    state: Arc<Mutex<State>>,
}

#[derive(Debug)]
struct State {
    step: String,
    started: Instant,
    told: Instant,
    planned: u64,
    moved: u64,
    /// The step was named on stderr, since it took long enough.
    is_named: bool,
    /// Files that are large enough for a bar of their own, from the first byte to the last.
    files: HashMap<String, FileBar>,
}

/// How far a file is.
#[derive(Debug)]
struct FileBar {
    size: u64,
    moved: u64,
    bar: Option<ProgressBar>,
}

impl Progress {
    pub(super) fn new(mode: Mode) -> Self {
        let all = MultiProgress::with_draw_target(ProgressDrawTarget::hidden());
        let now = Instant::now();
        Self {
            mode,
            bar: all.add(ProgressBar::new_spinner()),
            // Hidden until there is a step: what is said before that would draw a bar of nothing.
            all,
            state: Arc::new(Mutex::new(State {
                step: String::new(),
                started: now,
                told: now,
                planned: 0,
                moved: 0,
                is_named: false,
                files: HashMap::new(),
            })),
        }
    }

    /// Another step begins.
    pub(super) fn step(&self, text: &str) {
        self.with_state(|state| {
            let now = Instant::now();
            *state = State {
                step: harmless(text).into_owned(),
                started: now,
                told: now,
                planned: 0,
                moved: 0,
                is_named: false,
                files: HashMap::new(),
            };
        });
        match self.mode {
            Mode::Bars => {
                self.bar.set_style(spinner());
                self.bar.set_message(harmless(text).into_owned());
                self.all
                    .set_draw_target(ProgressDrawTarget::stderr_with_hz(10));
                self.bar.reset();
                self.bar.enable_steady_tick(Duration::from_millis(120));
            }
            Mode::Json => tell(&json!({"event": "step", "text": text})),
            Mode::Lines | Mode::Hidden => {}
        }
    }

    /// Bytes of the current step.
    pub(super) fn bytes(&self, event: Event<'_>) {
        match self.mode {
            Mode::Hidden => {}
            Mode::Json => self.bytes_as_json(event),
            Mode::Bars | Mode::Lines => self.bytes_for_people(event),
        }
    }

    /// Takes the bar away.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
        self.with_state(|state| state.files.clear());
        // What cannot be cleared was never drawn.
        _ = self.all.clear();
    }

    /// Does something on stderr while no bar is there.
    pub(super) fn suspend<T>(&self, action: impl FnOnce() -> T) -> T {
        self.all.suspend(action)
    }

    /// Whether programs read this.
    pub(super) fn is_json(&self) -> bool {
        self.mode == Mode::Json
    }

    /// Whether nothing is shown.
    pub(super) fn is_hidden(&self) -> bool {
        self.mode == Mode::Hidden
    }

    /// The end of a transfer, for programs.
    pub(super) fn carried(&self, carried: &Carried) {
        #[derive(Serialize)]
        struct Summary<'a> {
            event: &'static str,
            #[serde(flatten)]
            carried: &'a Carried,
        }
        let event = Summary {
            event: "summary",
            carried,
        };
        self.suspend(|| tell(&json!(event)));
    }

    /// Something that a dry run would have done, for programs.
    pub(super) fn would(&self, deed: &Deed) {
        #[derive(Serialize)]
        struct Would<'a> {
            event: &'static str,
            #[serde(flatten)]
            deed: &'a Deed,
        }
        let event = Would {
            event: "would",
            deed,
        };
        self.suspend(|| tell(&json!(event)));
    }

    /// Bytes that are read on this machine.
    pub(super) fn read(&self, done: u64, total: u64) {
        if matches!(self.mode, Mode::Bars | Mode::Lines) {
            self.advance(|state| {
                state.planned = total;
                state.moved = done;
            });
        }
    }

    fn bytes_for_people(&self, event: Event<'_>) {
        if self.mode == Mode::Bars {
            self.file(event);
        }
        self.advance(|state| match event {
            Event::File { .. } | Event::Again { .. } => {}
            Event::Planned { bytes, .. } => state.planned += bytes,
            Event::Reused { bytes, .. } | Event::Moved { bytes, .. } => state.moved += bytes,
        });
    }

    /// The bar of a file: there from its first byte to its last.
    fn file(&self, event: Event<'_>) {
        self.with_state(|state| match event {
            Event::File {
                path,
                bytes: Some(size),
            } if size >= LARGE => {
                let (moved, bar) = (0, None);
                let file = FileBar { size, moved, bar };
                state.files.insert(path.to_owned(), file);
            }
            Event::Moved { path, bytes } => {
                let Some(file) = state.files.get_mut(path) else {
                    return;
                };
                file.moved += bytes;
                let bar = file.bar.get_or_insert_with(|| {
                    let bar = self.all.add(ProgressBar::new(file.size));
                    bar.set_style(bytes_bar());
                    bar.set_message(path.to_owned());
                    bar
                });
                bar.set_position(file.moved.min(file.size));
                if file.moved >= file.size {
                    self.all.remove(bar);
                    state.files.remove(path);
                }
            }
            _ => {}
        });
    }

    fn advance(&self, change: impl FnOnce(&mut State)) {
        let (before, planned, moved) = self.with_state(|state| {
            let before = state.planned;
            change(state);
            (before, state.planned, state.moved)
        });
        if self.mode == Mode::Lines {
            return self.line();
        }
        if before != planned {
            self.bar.set_length(planned);
            self.bar.set_style(bytes_bar());
        }
        // What is sent once more after a broken connection counts once.
        self.bar.set_position(moved.min(planned));
    }

    fn line(&self) {
        let line = self.with_state(|state| {
            let due = if state.is_named { LINE_EVERY } else { PATIENCE };
            if state.told.elapsed() < due {
                return None;
            }
            state.told = Instant::now();
            state.is_named = true;
            let moved = state.moved.min(state.planned);
            let seconds = state.started.elapsed().as_secs_f64();
            #[expect(
                clippy::cast_precision_loss,
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a rate that is only shown"
            )]
            let rate = (moved as f64 / seconds) as u64;
            Some(format!(
                "{}: {} of {}, {}/s",
                state.step,
                human::bytes(moved),
                human::bytes(state.planned),
                human::bytes(rate)
            ))
        });
        if let Some(line) = line {
            // With stderr closed there is nobody left to tell.
            _ = writeln!(anstream::stderr(), "{DIM}{line}{DIM:#}");
        }
    }

    fn bytes_as_json(&self, event: Event<'_>) {
        match event {
            // The summary counts them.
            Event::Again { .. } => {}
            Event::Planned { files, bytes } => {
                self.with_state(|state| state.planned += bytes);
                tell(&json!({"event": "planned", "files": files, "bytes": bytes}));
            }
            Event::File { path, bytes } => {
                tell(&json!({"event": "file", "path": path, "bytes": bytes}));
            }
            Event::Reused { path, bytes } => {
                self.with_state(|state| state.moved += bytes);
                tell(&json!({"event": "reused", "path": path, "bytes": bytes}));
            }
            Event::Moved { path, bytes } => {
                let (planned, moved) = self.with_state(|state| {
                    state.moved += bytes;
                    (state.planned, state.moved)
                });
                tell(&json!({
                    "event": "moved", "path": path, "bytes": bytes,
                    "done_bytes": moved.min(planned), "total_bytes": planned,
                }));
            }
        }
    }

    fn with_state<T>(&self, action: impl FnOnce(&mut State) -> T) -> T {
        action(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn tell(event: &serde_json::Value) {
    // With stderr closed there is nobody left to tell.
    _ = writeln!(io::stderr(), "{}", spelled_out(&event.to_string()));
}

fn spinner() -> ProgressStyle {
    style("{spinner} {msg}")
}

fn bytes_bar() -> ProgressStyle {
    style("{msg} {wide_bar} {decimal_bytes}/{decimal_total_bytes} {decimal_bytes_per_sec} {eta}")
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

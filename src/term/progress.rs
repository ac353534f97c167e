//! Four ways to show the same events: bars, lines, JSON, nothing.

use std::io::{self, IsTerminal as _, Write as _};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;
use serde_json::json;

use super::page::{harmless, spelled_out};
use super::{DIM, human};
use crate::command::Deed;
use crate::transfer::Event;

/// What takes less needs no progress.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often a pipe is told.
const LINE_EVERY: Duration = Duration::from_secs(10);

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
}

impl Progress {
    pub(super) fn new(mode: Mode) -> Self {
        let now = Instant::now();
        Self {
            mode,
            // Hidden until there is a step: what is said before that would draw a bar of nothing.
            bar: ProgressBar::hidden(),
            state: Arc::new(Mutex::new(State {
                step: String::new(),
                started: now,
                told: now,
                planned: 0,
                moved: 0,
                is_named: false,
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
            };
        });
        match self.mode {
            Mode::Bars => {
                self.bar.set_style(spinner());
                self.bar.set_message(harmless(text).into_owned());
                self.bar
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
    }

    /// Does something on stderr while no bar is there.
    pub(super) fn suspend<T>(&self, action: impl FnOnce() -> T) -> T {
        self.bar.suspend(action)
    }

    /// Whether programs read this.
    pub(super) fn is_json(&self) -> bool {
        self.mode == Mode::Json
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
        self.advance(|state| match event {
            Event::Planned { bytes, .. } => state.planned = bytes,
            Event::Reused { bytes, .. } | Event::Moved { bytes, .. } => state.moved += bytes,
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
            Event::Planned { files, bytes } => {
                self.with_state(|state| state.planned = bytes);
                tell(&json!({"event": "planned", "files": files, "bytes": bytes}));
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

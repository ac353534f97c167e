//! Four ways to show the same events: bars, lines, JSON, nothing.

use std::collections::HashMap;
use std::io::{self, IsTerminal as _, Write as _};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;
use serde_json::json;

use super::DIM;
use super::course::Course;
use super::page::{harmless, spelled_out};
use crate::command::{Again, Carried, Deed};
use crate::transfer::Event;

/// How often it is looked whether a line is due.
const GLANCE: Duration = Duration::from_secs(1);
/// What is smaller is here before a bar of its own is drawn.
const LARGE: u64 = 8 << 20;

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
    course: Course,
    /// Somebody looks whether lines are due.
    is_watched: bool,
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
        Self {
            mode,
            bar: all.add(ProgressBar::new_spinner()),
            // Hidden until there is a step: what is said before that would draw a bar of nothing.
            all,
            state: Arc::new(Mutex::new(State {
                course: Course::start(String::new(), Instant::now()),
                is_watched: false,
                files: HashMap::new(),
            })),
        }
    }

    /// Another step begins.
    pub(super) fn step(&self, text: &str) {
        self.with_state(|state| {
            state.course = Course::start(harmless(text).into_owned(), Instant::now());
            state.files.clear();
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
            Mode::Lines => self.watch(),
            Mode::Hidden => {}
        }
    }

    /// Lines are due while nothing moves, too: somebody looks at the clock until the program ends.
    fn watch(&self) {
        if self.with_state(|state| std::mem::replace(&mut state.is_watched, true)) {
            return;
        }
        let state = Arc::downgrade(&self.state);
        let watch = move || {
            while let Some(state) = state.upgrade() {
                line(&state);
                drop(state);
                thread::sleep(GLANCE);
            }
        };
        // Without it lines are written when something moves.
        _ = thread::Builder::new()
            .name("progress".to_owned())
            .spawn(watch);
    }

    /// Bytes of the current step.
    pub(super) fn bytes(&self, event: Event<'_>) {
        match self.mode {
            Mode::Hidden => {}
            Mode::Json => self.bytes_as_json(event),
            Mode::Bars | Mode::Lines => self.bytes_for_people(event),
        }
    }

    /// A request came to nothing and is sent again.
    pub(super) fn again(&self, again: Again) {
        if self.mode == Mode::Json {
            let Again {
                retry,
                wait,
                because,
            } = again;
            let (seconds, because) = (wait.as_secs_f64(), because.to_string());
            tell(
                &json!({"event": "again", "retry": retry, "seconds": seconds, "because": because}),
            );
        }
        self.with_state(|state| state.course.wait(again, Instant::now()));
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

    /// What was to be moved is there.
    pub(super) fn arrive(&self) {
        self.with_state(|state| state.course.arrive());
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
            self.advance(|course| course.reach(done, total, Instant::now()));
            if done >= total {
                self.arrive();
            }
        }
    }

    fn bytes_for_people(&self, event: Event<'_>) {
        if self.mode == Mode::Bars {
            self.file(event);
        }
        self.advance(|course| match event {
            Event::File { .. } | Event::Again { .. } => {}
            Event::Planned { bytes, .. } => course.plan(bytes),
            Event::Reused { bytes, .. } | Event::Moved { bytes, .. } => {
                course.advance(bytes, Instant::now());
            }
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
            Event::Moved { path, bytes } | Event::Reused { path, bytes } => {
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

    fn advance(&self, change: impl FnOnce(&mut Course)) {
        let (before, planned, moved) = self.with_state(|State { course, .. }| {
            let before = course.planned();
            change(course);
            (before, course.planned(), course.moved())
        });
        if self.mode == Mode::Lines {
            return line(&self.state);
        }
        if before != planned {
            self.bar.set_length(planned);
            self.bar.set_style(bytes_bar());
        }
        self.bar.set_position(moved);
    }

    fn bytes_as_json(&self, event: Event<'_>) {
        match event {
            // The summary counts them.
            Event::Again { .. } => {}
            Event::Planned { files, bytes } => {
                self.with_state(|state| state.course.plan(bytes));
                tell(&json!({"event": "planned", "files": files, "bytes": bytes}));
            }
            Event::File { path, bytes } => {
                tell(&json!({"event": "file", "path": path, "bytes": bytes}));
            }
            Event::Reused { path, bytes } => {
                self.with_state(|state| state.course.advance(bytes, Instant::now()));
                tell(&json!({"event": "reused", "path": path, "bytes": bytes}));
            }
            Event::Moved { path, bytes } => {
                let (planned, moved) = self.with_state(|State { course, .. }| {
                    course.advance(bytes, Instant::now());
                    (course.planned(), course.moved())
                });
                tell(&json!({
                    "event": "moved", "path": path, "bytes": bytes,
                    "done_bytes": moved, "total_bytes": planned,
                }));
            }
        }
    }

    fn with_state<T>(&self, action: impl FnOnce(&mut State) -> T) -> T {
        action(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Writes the line that is due, if one is.
fn line(state: &Mutex<State>) {
    let due = {
        let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
        state.course.line(Instant::now())
    };
    if let Some(line) = due {
        // With stderr closed there is nobody left to tell.
        _ = writeln!(anstream::stderr(), "{DIM}{line}{DIM:#}");
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

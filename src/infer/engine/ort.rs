//! The engine on ONNX Runtime, whose library is found and loaded at run time.
//!
//! Keys and values stay where they are: one buffer for each, as long as the sequence may become, is both
//! what goes in and what comes out, and a page of it costs memory only once it is written.

use std::fmt;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use half::f16;
use ort::environment::Environment;
use ort::logging::LogLevel;
use ort::session::Session;

use crate::infer::error::Error;
use crate::infer::graph::{Element, Graph};
use crate::infer::raw::{Logits, Runner};
use crate::infer::runtime::{self, Library, Places, Skipped};

use super::Engine;

const NAME: &str = "ort";

/// A graph in ONNX Runtime's hands.
pub(super) struct Ort {
    runner: Runner,
    ids: Vec<i64>,
    full: Vec<f32>,
    half: Vec<f16>,
    row: Vec<f32>,
    past: usize,
    vocab_size: usize,
    logits_element: Element,
    last_logits_only: bool,
}

/// The engine, the library it runs on, and those it could not run on.
pub(super) struct Opened {
    pub(super) engine: Ort,
    pub(super) library: Library,
    pub(super) skipped: Vec<Skipped>,
}

impl fmt::Debug for Ort {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Ort")
            .field("past", &self.past)
            .finish_non_exhaustive()
    }
}

/// ONNX Runtime's environment belongs to the process: one library, loaded once, never given back.
struct Loaded {
    environment: Environment,
    library: Library,
}

static LOADED: Mutex<Option<Loaded>> = Mutex::new(None);

/// The environment of this process, made now if nobody has made it yet.
fn environment(
    graph: &Graph,
    places: &Places,
) -> Result<(Environment, Library, Vec<Skipped>), Error> {
    let mut loaded = LOADED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(Loaded {
        environment,
        library,
    }) = &*loaded
    {
        return match library.version {
            Some(version) if version < graph.needs => Err(Error::LibraryTooOld {
                path: library.path.clone(),
                version,
                needs: graph.needs,
            }),
            _ => Ok((environment.clone(), library.clone(), Vec::new())),
        };
    }
    let found = runtime::search(places, graph.needs, |library| {
        // Looked up by ourselves, because ort panics when it has to look and finds nothing.
        ort::init_from(&library.path).map_err(|error| error.to_string())
    })?;
    let environment = found
        .outcome
        .with_name("phi3ml")
        .with_telemetry(false)
        .build()
        .map_err(failed)?;
    environment.set_log_level(LogLevel::Warning);
    *loaded = Some(Loaded {
        environment: environment.clone(),
        library: found.library.clone(),
    });
    Ok((environment, found.library, found.skipped))
}

/// Loads a library and makes its environment, for no graph.
pub(super) fn load(path: &Path) -> Result<(), Error> {
    let builder = ort::init_from(path).map_err(|error| Error::LibraryUnfit {
        path: path.to_path_buf(),
        reason: error.to_string(),
    })?;
    builder.with_telemetry(false).build().map_err(failed)?;
    Ok(())
}

fn session(environment: &Environment, graph: &Graph, threads: usize) -> ort::Result<Session> {
    Session::builder(environment)?
        .with_log_level(LogLevel::Warning)?
        .with_intra_threads(threads)?
        // Weights are rearranged while loading; with all threads that takes half the time. Libraries that
        // do not know the key pass over it.
        .with_config_entry("session.prepack.enable_parallel", "1")?
        .commit_from_file(&graph.path)
}

fn failed(source: ort::Error) -> Error {
    Error::Run {
        engine: NAME,
        source: Box::new(source),
    }
}

impl Ort {
    /// Finds the library, loads it unless this process has it, and loads the graph.
    pub(super) fn open(graph: &Graph, threads: usize, places: &Places) -> Result<Opened, Error> {
        let (environment, library, skipped) = environment(graph, places)?;
        let session = session(&environment, graph, threads).map_err(|source| Error::Load {
            path: graph.path.clone(),
            source: Box::new(source),
        })?;
        let runner = Runner::new(session, graph).map_err(failed)?;
        let engine = Self {
            runner,
            ids: Vec::new(),
            full: Vec::new(),
            half: Vec::new(),
            row: Vec::new(),
            past: 0,
            vocab_size: graph.vocab_size,
            logits_element: graph.logits_element,
            last_logits_only: graph.last_logits_only,
        };
        Ok(Opened {
            engine,
            library,
            skipped,
        })
    }
}

impl Engine for Ort {
    fn begin(&mut self, length: usize) -> Result<(), Error> {
        self.past = 0;
        if length > self.runner.length() {
            self.runner
                .reserve(length)
                .map_err(|(bytes, source)| Error::Memory {
                    bytes,
                    length,
                    source,
                })?;
        }
        Ok(())
    }

    fn forward(&mut self, tokens: &[u32]) -> Result<(), Error> {
        self.ids.clear();
        self.ids.extend(tokens.iter().map(|&id| i64::from(id)));
        let rows = if self.last_logits_only {
            1
        } else {
            tokens.len()
        };
        let numbers = rows * self.vocab_size;
        let logits = match self.logits_element {
            Element::F32 => {
                self.full.resize(numbers, 0.0);
                Logits::F32(&mut self.full)
            }
            Element::F16 => {
                self.half.resize(numbers, f16::ZERO);
                Logits::F16(&mut self.half)
            }
        };
        self.runner
            .run(&mut self.ids, self.past, logits)
            .map_err(failed)?;
        self.past += tokens.len();
        let last = numbers.saturating_sub(self.vocab_size);
        self.row.clear();
        match self.logits_element {
            Element::F32 => self.row.extend(self.full.iter().skip(last)),
            Element::F16 => {
                let numbers = self.half.iter().skip(last);
                self.row.extend(numbers.map(|number| number.to_f32()));
            }
        }
        Ok(())
    }

    fn logits(&mut self) -> &mut [f32] {
        &mut self.row
    }
}

//! The two ways to run a graph behind one small trait, and the choice between them.
//!
//! An engine knows tokens and logits; it knows nothing of text, sampling or when to stop.

#[cfg(feature = "ort")]
mod ort;
#[cfg(feature = "rten")]
mod rten;
#[cfg(test)]
pub(super) mod testing;

use std::fmt;
use std::path::Path;

use serde::Serialize;

use super::error::Error;
use super::graph::Graph;
use super::memory::Prepacking;
use super::runtime::{Library, Places, Skipped};

/// Which engine is asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum EngineChoice {
    /// ONNX Runtime where its library is found, pure Rust otherwise. Fetches nothing.
    #[default]
    Auto,
    /// ONNX Runtime.
    Ort,
    /// Pure Rust.
    Rten,
}

/// Which engine it became.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EngineName {
    /// ONNX Runtime.
    Ort,
    /// Pure Rust.
    Rten,
}

impl EngineName {
    /// The name as it is typed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ort => "ort",
            Self::Rten => "rten",
        }
    }
}

impl fmt::Display for EngineName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// The engine that runs a model, and why it is that one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EngineInfo {
    /// Its name.
    pub name: EngineName,
    /// The library it loaded, if it needs one.
    pub library: Option<Library>,
    /// How many threads it uses.
    pub threads: usize,
    /// Why it was chosen, in a few words.
    pub reason: String,
    /// How it rearranged the weights; the pure engine leaves them as they are.
    pub prepacking: Option<Prepacking>,
    /// Libraries that were found and not taken.
    pub skipped: Vec<Skipped>,
}

/// Runs tokens through a graph and remembers their keys and values, for several sequences side by side.
pub(super) trait Engine: Send + fmt::Debug {
    /// Forgets all tokens and makes room for `rows` sequences of `length`.
    fn begin(&mut self, rows: usize, length: usize) -> Result<(), Error>;

    /// Forgets all but the first `tokens` of the first row, which is what they were run for, too, and makes room
    /// for one sequence of `length`; tells how many it could keep.
    fn keep(&mut self, tokens: usize, length: usize) -> Result<usize, Error>;

    /// How many tokens a row has.
    fn length(&self, row: usize) -> usize;

    /// Runs `tokens` in one row, after those that it has.
    fn forward(&mut self, row: usize, tokens: &[u32]) -> Result<(), Error>;

    /// Runs one token in each of the first rows, after those that they have.
    fn step(&mut self, tokens: &[u32]) -> Result<(), Error>;

    /// The logits of the last token of a row that was just run; the caller may change them.
    fn logits(&mut self, row: usize) -> &mut [f32];

    /// Gives row `to` the tokens of row `from`; the first `same` of them it has already.
    fn copy(&mut self, from: usize, to: usize, same: usize);

    /// Forgets all but the first tokens of a row.
    fn truncate(&mut self, row: usize, length: usize);

    /// Whether a step of several rows takes less than as many steps.
    fn is_faster_together(&self) -> bool;

    /// How many bytes the keys and values of one token take.
    fn token_bytes(&self) -> usize;

    /// Whether the graph chooses between two sets of rotary embeddings, by the length of what is run.
    fn switches(&self) -> bool;
}

/// Refuses logits that are no numbers: damaged weights make them, and numbers that grow too large.
#[cfg(any(feature = "ort", feature = "rten"))]
fn check(logits: &[f32], tokens: usize, graph: &Path) -> Result<(), Error> {
    if logits.iter().any(|logit| logit.is_nan()) {
        return Err(Error::NotANumber {
            path: graph.to_path_buf(),
            tokens,
        });
    }
    Ok(())
}

/// Takes the engine that was asked for.
pub(super) fn open(
    graph: &Graph,
    choice: EngineChoice,
    threads: usize,
    prepacking: Prepacking,
    places: &Places,
) -> Result<(Box<dyn Engine>, EngineInfo), Error> {
    match choice {
        EngineChoice::Ort => open_ort(graph, threads, prepacking, places),
        EngineChoice::Rten => open_rten(graph, threads, "it was asked for".to_owned(), Vec::new()),
        EngineChoice::Auto if cfg!(feature = "ort") => {
            match open_ort(graph, threads, prepacking, places) {
                Err(error) if cfg!(feature = "rten") => instead(graph, threads, error),
                outcome => outcome,
            }
        }
        EngineChoice::Auto => {
            let reason = "this build has no other engine".to_owned();
            open_rten(graph, threads, reason, Vec::new())
        }
    }
}

/// The pure engine, which only maps the weights, where there is no room for a copy of them.
pub(super) fn open_mapped(
    graph: &Graph,
    threads: usize,
    no_room: Error,
) -> Result<(Box<dyn Engine>, EngineInfo), Error> {
    let reason = "ONNX Runtime would need more memory than is free".to_owned();
    open_rten(graph, threads, reason, Vec::new()).map_err(|_| no_room)
}

/// The pure engine where no library will do; any other failure stays one.
fn instead(
    graph: &Graph,
    threads: usize,
    error: Error,
) -> Result<(Box<dyn Engine>, EngineInfo), Error> {
    match error {
        Error::NoLibrary(missing) => {
            let reason = "no ONNX Runtime library was found".to_owned();
            open_rten(graph, threads, reason, missing.skipped)
        }
        Error::LibraryTooOld { .. } => open_rten(graph, threads, error.to_string(), Vec::new()),
        error => Err(error),
    }
}

/// Loads an ONNX Runtime library into this process, where it stays. A broken one may take the process with it.
#[cfg(feature = "ort")]
pub fn load_library(path: &Path) -> Result<(), Error> {
    ort::load(path)
}

/// Loads an ONNX Runtime library, where the engine for it is built in.
#[cfg(not(feature = "ort"))]
pub fn load_library(_: &Path) -> Result<(), Error> {
    Err(not_built("ort"))
}

#[cfg(feature = "ort")]
fn open_ort(
    graph: &Graph,
    threads: usize,
    prepacking: Prepacking,
    places: &Places,
) -> Result<(Box<dyn Engine>, EngineInfo), Error> {
    let opened = ort::Ort::open(graph, threads, prepacking.mode, places)?;
    let info = EngineInfo {
        name: EngineName::Ort,
        reason: format!("a library was found: {}", opened.library.origin),
        library: Some(opened.library),
        threads,
        prepacking: Some(prepacking),
        skipped: opened.skipped,
    };
    Ok((Box::new(opened.engine), info))
}

#[cfg(not(feature = "ort"))]
fn open_ort(
    _: &Graph,
    _: usize,
    _: Prepacking,
    _: &Places,
) -> Result<(Box<dyn Engine>, EngineInfo), Error> {
    Err(not_built("ort"))
}

#[cfg(feature = "rten")]
fn open_rten(
    graph: &Graph,
    threads: usize,
    reason: String,
    skipped: Vec<Skipped>,
) -> Result<(Box<dyn Engine>, EngineInfo), Error> {
    let engine = rten::Rten::open(graph, threads)?;
    let info = EngineInfo {
        name: EngineName::Rten,
        library: None,
        threads,
        prepacking: None,
        reason,
        skipped,
    };
    Ok((Box::new(engine), info))
}

#[cfg(not(feature = "rten"))]
fn open_rten(
    _: &Graph,
    _: usize,
    _: String,
    _: Vec<Skipped>,
) -> Result<(Box<dyn Engine>, EngineInfo), Error> {
    Err(not_built("rten"))
}

#[cfg(not(all(feature = "ort", feature = "rten")))]
fn not_built(engine: &'static str) -> Error {
    if cfg!(any(feature = "ort", feature = "rten")) {
        Error::NotBuilt { engine }
    } else {
        Error::NoEngine
    }
}

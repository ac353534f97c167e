//! The engine on ONNX Runtime, whose library is found and loaded at run time.
//!
//! Keys and values stay where they are: one buffer for each, as long as the sequences may become, is both
//! what goes in and what comes out, and a page of it costs memory only once it is written. Rows may be of
//! different lengths: each says its own in the attention mask.

use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use half::f16;
use ort::environment::Environment;
use ort::logging::LogLevel;
use ort::session::Session;

use crate::infer::error::Error;
use crate::infer::feed::LEAST;
use crate::infer::graph::{Element, Graph};
use crate::infer::memory::PrepackingMode;
use crate::infer::raw::{self, Logits, Runner};
use crate::infer::runtime::{self, Library, Places, Skipped, Version};

use super::Engine;

const NAME: &str = "ort";

/// A graph in ONNX Runtime's hands.
pub(super) struct Ort {
    runner: Runner,
    /// How many tokens each row has.
    lengths: Vec<usize>,
    ids: Vec<i64>,
    /// Logits as they came out, of all tokens that were run.
    half: Vec<f16>,
    full: Vec<f32>,
    /// Where the logits of the rows that were run last begin, and which rows these are.
    first: usize,
    told: Range<usize>,
    vocab_size: usize,
    logits_element: Element,
    /// For how many of the last tokens of each row logits come out.
    most_told: usize,
    switches: bool,
    path: PathBuf,
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
            .field("lengths", &self.lengths)
            .finish_non_exhaustive()
    }
}

/// ONNX Runtime's environment belongs to the process: one library, loaded once, never given back.
struct Loaded {
    environment: Environment,
    library: Library,
}

static LOADED: Mutex<Option<Loaded>> = Mutex::new(None);

/// From there on, ONNX Runtime has an allocator for weights and another for everything else.
const WEIGHTS_APART: Version = Version::new(1, 24, 0);

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
        .map_err(unfit(&found.library.path))?;
    environment.set_log_level(LogLevel::Warning);
    if cfg!(target_os = "linux")
        && found.library.version >= Some(WEIGHTS_APART)
        && let Err(error) = raw::lend_pages(&environment)
    {
        tracing::debug!(%error, "weights are loaded into memory of the library's own");
    }
    *loaded = Some(Loaded {
        environment: environment.clone(),
        library: found.library.clone(),
    });
    Ok((environment, found.library, found.skipped))
}

/// Loads a library and makes its environment, for no graph.
pub(super) fn load(path: &Path) -> Result<(), Error> {
    let builder = ort::init_from(path).map_err(unfit(path))?;
    let environment = builder.with_telemetry(false).build();
    environment.map(drop).map_err(unfit(path))
}

fn unfit<E: ToString>(library: &Path) -> impl FnOnce(E) -> Error {
    |error| Error::LibraryUnfit {
        path: library.to_path_buf(),
        reason: error.to_string(),
    }
}

/// Loads the graph. Also tells for how many tokens it gives logits at most.
fn session(
    environment: &Environment,
    graph: &Graph,
    threads: usize,
    prepacking: PrepackingMode,
) -> ort::Result<(Session, usize)> {
    let in_parallel = match prepacking {
        PrepackingMode::Parallel => "1",
        PrepackingMode::Plain => "0",
    };
    let mut builder = Session::builder(environment)?
        .with_log_level(LogLevel::Warning)?
        .with_intra_threads(threads)?
        .with_env_allocators()?
        // Weights are rearranged while loading; with all threads that takes half the time. Libraries that
        // do not know the key pass over it.
        .with_config_entry("session.prepack.enable_parallel", in_parallel)?;
    let folder = graph.path.parent().and_then(Path::to_str);
    if let (Some(folder), Some(narrowed)) = (folder, narrowed(graph)) {
        builder =
            builder.with_config_entry(WEIGHTS, if folder.is_empty() { "." } else { folder })?;
        match builder.commit_from_memory(&narrowed) {
            Ok(session) => {
                tracing::debug!("the last layer and the head run for the last {LEAST} tokens only");
                return Ok((session, LEAST));
            }
            Err(error) => tracing::debug!("the narrowed graph does not load: {error}"),
        }
    }
    let told = if graph.last_logits_only {
        1
    } else {
        usize::MAX
    };
    Ok((builder.commit_from_file(&graph.path)?, told))
}

/// Where the weights are of a graph that comes from memory.
const WEIGHTS: &str = "session.model_external_initializers_file_folder_path";

/// The graph with logits for the last few tokens only: not one, which is computed in another way than several.
fn narrowed(graph: &Graph) -> Option<Vec<u8>> {
    /// More is weights, which are not to be in memory twice.
    const MOST: u64 = 256 << 20;
    let edit = graph.narrowing.as_ref().filter(|_| !graph.is_linked())?;
    let length = fs_err::metadata(&graph.path).ok()?.len();
    let file = (length <= MOST).then(|| fs_err::read(&graph.path))?.ok()?;
    edit.apply(file)
}

fn failed(graph: &Path) -> impl FnOnce(ort::Error) -> Error {
    |source| Error::Run {
        engine: NAME,
        path: graph.to_path_buf(),
        source: Box::new(source),
    }
}

impl Ort {
    /// Finds the library, loads it unless this process has it, and loads the graph.
    pub(super) fn open(
        graph: &Graph,
        threads: usize,
        prepacking: PrepackingMode,
        places: &Places,
    ) -> Result<Opened, Error> {
        let (environment, library, skipped) = environment(graph, places)?;
        let opened = session(&environment, graph, threads, prepacking);
        let (session, most_told) = opened.map_err(|source| Error::Load {
            path: graph.path.clone(),
            source: Box::new(source),
        })?;
        let runner = Runner::new(session, graph).map_err(failed(&graph.path))?;
        let engine = Self {
            runner,
            lengths: Vec::new(),
            ids: Vec::new(),
            half: Vec::new(),
            full: Vec::new(),
            first: 0,
            told: 0..0,
            vocab_size: graph.vocab_size,
            logits_element: graph.logits_element,
            most_told,
            switches: graph.switches,
            path: graph.path.clone(),
        };
        Ok(Opened {
            engine,
            library,
            skipped,
        })
    }
}

impl Ort {
    /// Runs `tokens` spread evenly over `rows`; the logits of each row's last token are kept.
    fn run(&mut self, rows: &Range<usize>, tokens: &[u32]) -> Result<(), Error> {
        self.ids.clear();
        self.ids.extend(tokens.iter().map(|&id| i64::from(id)));
        let new = tokens.len().checked_div(rows.len()).unwrap_or_default();
        let numbers = new.min(self.most_told) * rows.len() * self.vocab_size;
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
        let lengths = self.lengths.get_mut(rows.clone()).unwrap_or_default();
        self.runner
            .run(rows, lengths, &mut self.ids, logits)
            .map_err(failed(&self.path))?;
        for length in lengths {
            *length += new;
        }
        if self.logits_element == Element::F16 {
            self.full.clear();
            let numbers = self.half.iter().map(|number| number.to_f32());
            self.full.extend(numbers);
        }
        self.told = rows.clone();
        self.first = numbers.saturating_sub(rows.len() * self.vocab_size);
        let told = self.full.get(self.first..).unwrap_or_default();
        super::check(told, self.length(rows.start), &self.path)
    }
}

impl Engine for Ort {
    fn begin(&mut self, rows: usize, length: usize) -> Result<(), Error> {
        self.lengths.clear();
        self.lengths.resize(rows, 0);
        if self.runner.has_room(rows, length) {
            return Ok(());
        }
        self.runner
            .reserve(rows, length)
            .map_err(|(bytes, source)| Error::Memory {
                bytes,
                length,
                source,
            })
    }

    fn keep(&mut self, tokens: usize, length: usize) -> Result<usize, Error> {
        // A longer buffer would be another one, without what is in this.
        if tokens > self.length(0) || !self.runner.has_room(1, length) {
            self.begin(1, length)?;
        } else {
            self.lengths.clear();
            self.lengths.push(tokens);
        }
        Ok(self.length(0))
    }

    fn length(&self, row: usize) -> usize {
        self.lengths.get(row).copied().unwrap_or_default()
    }

    fn forward(&mut self, row: usize, tokens: &[u32]) -> Result<(), Error> {
        self.run(&(row..row + 1), tokens)
    }

    fn step(&mut self, tokens: &[u32]) -> Result<(), Error> {
        self.run(&(0..tokens.len()), tokens)
    }

    fn logits(&mut self, row: usize) -> &mut [f32] {
        if !self.told.contains(&row) {
            return &mut [];
        }
        let start = self.first + (row - self.told.start) * self.vocab_size;
        let end = start + self.vocab_size;
        self.full.get_mut(start..end).unwrap_or_default()
    }

    fn copy(&mut self, from: usize, to: usize, same: usize) {
        let length = self.length(from);
        self.runner.copy(from, to, &(same..length));
        if let Some(copied) = self.lengths.get_mut(to) {
            *copied = length;
        }
    }

    fn truncate(&mut self, row: usize, length: usize) {
        if let Some(kept) = self.lengths.get_mut(row) {
            *kept = length.min(*kept);
        }
    }

    fn is_faster_together(&self) -> bool {
        true
    }

    fn token_bytes(&self) -> usize {
        self.runner.token_bytes()
    }

    fn switches(&self) -> bool {
        self.switches
    }
}

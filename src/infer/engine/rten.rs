//! The engine in pure Rust: no library to find, weights mapped instead of loaded, so it starts at once.
//!
//! Keys and values go out of one run and into the next; rten extends them in place. It would copy them all
//! for rows of different lengths, so each row is run by itself.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rten::{Model, NodeId, RunError, RunOptions, ThreadPool, Value};

use crate::infer::error::Error;
use crate::infer::graph::Graph;
use crate::infer::raw;

use super::Engine;

const NAME: &str = "rten";

/// The dimension of the cache that grows with the sequence: it is `[batch, heads, places, head size]`.
const PLACES: usize = 2;

/// A graph in rten's hands.
pub(super) struct Rten {
    model: Model,
    nodes: Nodes,
    options: RunOptions,
    heads: usize,
    head_size: usize,
    rows: Vec<Row>,
    /// Logits of the tokens that were run last, and the first of the rows that they were run in.
    logits: Vec<f32>,
    told: usize,
    vocab_size: usize,
    switches: bool,
    path: PathBuf,
}

/// One sequence.
#[derive(Default)]
struct Row {
    /// Keys and values so far, in the order of the nodes.
    cache: Vec<Value>,
    length: usize,
}

/// The ends of the graph.
struct Nodes {
    input_ids: NodeId,
    attention_mask: NodeId,
    position_ids: Option<NodeId>,
    past: Vec<NodeId>,
    /// The logits first, then the present keys and values.
    outputs: Vec<NodeId>,
}

impl fmt::Debug for Rten {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Rten")
            .field("rows", &self.rows.len())
            .finish_non_exhaustive()
    }
}

impl Rten {
    /// Maps the graph's weights and reads its operators.
    pub(super) fn open(graph: &Graph, threads: usize) -> Result<Self, Error> {
        let unfit = |reason: String| Error::EngineUnfit {
            engine: NAME,
            path: graph.path.clone(),
            reason,
        };
        let model = load(graph).map_err(|error| unfit(error.to_string()))?;
        let nodes = Nodes::find(&model, graph).map_err(|error| unfit(error.to_string()))?;
        let pool = Arc::new(ThreadPool::with_num_threads(threads));
        let options = RunOptions::default().with_thread_pool(Some(pool));
        Ok(Self {
            model,
            nodes,
            options,
            heads: graph.heads,
            head_size: graph.head_size,
            rows: Vec::new(),
            logits: Vec::new(),
            told: 0,
            switches: graph.switches,
            vocab_size: graph.vocab_size,
            path: graph.path.clone(),
        })
    }

    /// Runs `tokens` in one row and adds the last one's logits to those that are there.
    fn run(&mut self, row: usize, tokens: &[u32]) -> Result<(), Cause> {
        let row = self.rows.get_mut(row).ok_or("there is no such row")?;
        let total = row.length + tokens.len();
        let ids = tokens
            .iter()
            .map(|&id| i32::try_from(id))
            .collect::<Result<Vec<_>, _>>()?;
        let ids = Value::from_shape([1, tokens.len()], ids)?;
        let mask = Value::from_shape([1, total], vec![1_i32; total])?;
        let mut inputs = vec![
            (self.nodes.input_ids, ids.into()),
            (self.nodes.attention_mask, mask.into()),
        ];
        if let Some(node) = self.nodes.position_ids {
            let positions = (row.length..total)
                .map(i32::try_from)
                .collect::<Result<Vec<_>, _>>()?;
            let positions = Value::from_shape([1, tokens.len()], positions)?;
            inputs.push((node, positions.into()));
        }
        let cache = std::mem::take(&mut row.cache);
        let past = self.nodes.past.iter().copied();
        inputs.extend(past.zip(cache.into_iter().map(Into::into)));
        let outputs = &self.nodes.outputs;
        let mut values = self
            .model
            .run(inputs, outputs, Some(self.options.clone()))?
            .into_iter();
        let logits = values.next().ok_or("no logits came out")?;
        let (shape, data): ([usize; 3], Vec<f32>) = logits.into_shape_vec()?;
        let [_, _, vocab_size] = shape;
        if vocab_size != self.vocab_size {
            let expected = self.vocab_size;
            return Err(
                format!("logits of {vocab_size} tokens came out, not of {expected}").into(),
            );
        }
        let start = data
            .len()
            .checked_sub(vocab_size)
            .ok_or("no logits came out")?;
        self.logits.extend(data.into_iter().skip(start));
        row.cache = values.collect();
        row.length = total;
        Ok(())
    }

    fn empty(&self) -> Result<Value, Cause> {
        let shape = [1, self.heads, 0, self.head_size];
        Ok(Value::from_shape(shape, Vec::<f32>::new())?)
    }
}

/// The graph as it is, or as it can be run here.
fn load(graph: &Graph) -> Result<Model, Cause> {
    if graph.spelling.is_none() && !graph.is_linked() {
        return Ok(raw::map_model(&graph.path)?);
    }
    let mut spelt = fs_err::read(&graph.path)?;
    if let Some(spelling) = &graph.spelling {
        spelt = spelling
            .apply(spelt)
            .ok_or("it has just been changed, or is not written as exporters write graphs")?;
    }
    let folder = graph.path.parent().unwrap_or(Path::new(""));
    Ok(raw::map_weights(spelt, folder, &graph.data)?)
}

/// rten has an error type for each step.
type Cause = Box<dyn std::error::Error + Send + Sync>;

fn failed(graph: &Path) -> impl FnOnce(Cause) -> Error {
    |source| Error::Run {
        engine: NAME,
        path: graph.to_path_buf(),
        source,
    }
}

impl Nodes {
    fn find(model: &Model, graph: &Graph) -> Result<Self, RunError> {
        let node = |name: &String| model.node_id(name);
        let present = graph.cache.iter().map(|names| &names.present);
        Ok(Self {
            input_ids: node(&graph.input_ids)?,
            attention_mask: node(&graph.attention_mask)?,
            position_ids: graph.position_ids.as_ref().map(node).transpose()?,
            past: graph
                .cache
                .iter()
                .map(|names| node(&names.past))
                .collect::<Result<_, _>>()?,
            outputs: std::iter::once(&graph.logits)
                .chain(present)
                .map(node)
                .collect::<Result<_, _>>()?,
        })
    }
}

impl Engine for Rten {
    fn begin(&mut self, rows: usize, _length: usize) -> Result<(), Error> {
        self.rows.clear();
        for _ in 0..rows {
            let cache = self.nodes.past.iter().map(|_| self.empty());
            let cache = cache
                .collect::<Result<_, _>>()
                .map_err(failed(&self.path))?;
            self.rows.push(Row { cache, length: 0 });
        }
        Ok(())
    }

    fn keep(&mut self, tokens: usize, length: usize) -> Result<usize, Error> {
        if tokens == 0 || tokens > self.length(0) {
            self.begin(1, length)?;
            return Ok(0);
        }
        self.rows.truncate(1);
        self.truncate(0, tokens);
        Ok(tokens)
    }

    fn length(&self, row: usize) -> usize {
        self.rows.get(row).map_or(0, |row| row.length)
    }

    fn forward(&mut self, row: usize, tokens: &[u32]) -> Result<(), Error> {
        self.logits.clear();
        self.told = row;
        self.run(row, tokens).map_err(failed(&self.path))?;
        super::check(&self.logits, self.length(row), &self.path)
    }

    fn step(&mut self, tokens: &[u32]) -> Result<(), Error> {
        self.logits.clear();
        self.told = 0;
        for (row, token) in tokens.iter().enumerate() {
            self.run(row, std::slice::from_ref(token))
                .map_err(failed(&self.path))?;
        }
        super::check(&self.logits, self.length(0), &self.path)
    }

    fn logits(&mut self, row: usize) -> &mut [f32] {
        let Some(told) = row.checked_sub(self.told) else {
            return &mut [];
        };
        let start = told * self.vocab_size;
        let end = start + self.vocab_size;
        self.logits.get_mut(start..end).unwrap_or_default()
    }

    fn copy(&mut self, from: usize, to: usize, _same: usize) {
        let copied = self.rows.get(from).map(|row| Row {
            cache: row.cache.clone(),
            length: row.length,
        });
        if let (Some(copied), Some(row)) = (copied, self.rows.get_mut(to)) {
            *row = copied;
        }
    }

    fn truncate(&mut self, row: usize, length: usize) {
        let Some(row) = self.rows.get_mut(row) else {
            return;
        };
        if length >= row.length {
            return;
        }
        let cache = std::mem::take(&mut row.cache);
        row.cache = cache
            .into_iter()
            .filter_map(Value::into_tensor::<f32>)
            .map(|mut tensor| {
                // rten checked the shape when it wrote the tensor: GroupQueryAttention gives no other.
                tensor.clip_dim(PLACES, 0..length);
                tensor.into()
            })
            .collect();
        row.length = length;
    }

    fn is_faster_together(&self) -> bool {
        false
    }

    fn token_bytes(&self) -> usize {
        self.nodes.past.len() * self.heads * self.head_size * size_of::<f32>()
    }

    fn switches(&self) -> bool {
        self.switches
    }
}

//! What a decoder's graph looks like: names, sizes, element types, and whether it is one that we run.
//!
//! Everything is read from the graph and compared with `genai_config.json`; no engine is involved, so both
//! engines refuse the same graphs in the same words.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use crate::entity::manifest::RelativePath;
use crate::package::BadGraph;
use crate::package::onnx::{self, Description, Dimension, Edit, Outlet};

use super::config::{self, GenaiConfig};
use super::error::Error;
use super::feed::LEAST;
use super::lengths;
use super::narrow;
use super::numbers;
use super::positions;
use super::runtime::{self, Version};
use super::soundness;
use super::spell_out;

/// The type of one number in a tensor, as far as decoders use them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
    F32,
    F16,
}

/// A decoder that can be run.
#[derive(Debug, Clone)]
#[cfg_attr(
    not(feature = "ort"),
    expect(dead_code, reason = "the other engine asks for less")
)]
pub(super) struct Graph {
    pub(super) path: PathBuf,
    pub(super) input_ids: String,
    pub(super) attention_mask: String,
    /// Where each token stands; only graphs ask for it that rotate outside of their attention.
    pub(super) position_ids: Option<String>,
    pub(super) logits: String,
    /// Keys and values of all layers, as they go in and as they come out.
    pub(super) cache: Vec<CacheNames>,
    pub(super) heads: usize,
    pub(super) head_size: usize,
    pub(super) vocab_size: usize,
    /// How many tokens it can tell apart by their places, where that is known.
    pub(super) positions: Option<usize>,
    pub(super) cache_element: Element,
    pub(super) logits_element: Element,
    /// Whether it chooses between two sets of rotary embeddings, by the length of what is run.
    pub(super) switches: bool,
    /// Whether only the last token's logits come out.
    pub(super) last_logits_only: bool,
    /// What to change so that most of the logits that nobody asks for are not computed.
    pub(super) narrowing: Option<Edit>,
    /// What to change for the pure engine, which does not have all operators.
    pub(super) spelling: Option<Edit>,
    /// The files beside it that hold weights.
    pub(super) data: Vec<String>,
    /// How many bytes its weights have.
    pub(super) weights: u64,
    /// Those that are floating-point numbers.
    pub(super) floats: numbers::Weights,
    /// How many bytes of them are numbers of 16 bits.
    pub(super) half_weights: u64,
    /// The oldest ONNX Runtime that loads this graph.
    pub(super) needs: Version,
}

/// One tensor of the cache under its two names.
#[derive(Debug, Clone)]
pub(super) struct CacheNames {
    pub(super) past: String,
    pub(super) present: String,
}

impl Graph {
    /// Reads the graph that `config` names, and checks that it and its weights are whole.
    pub(super) fn read(folder: &Path, config: &GenaiConfig) -> Result<Self, Error> {
        let path = config.graph(folder);
        refuse_pointer(&path)?;
        let description = Description::read(&path).map_err(|source| match source {
            BadGraph::Read(error) => Error::reading(&path, error),
            source => Error::Damaged {
                path: path.clone(),
                source,
            },
        })?;
        let mut graph = Reader {
            path: &path,
            configuration: folder.join(config::FILE),
            config,
            description: &description,
            inputs: by_name(&description.inputs),
            outputs: by_name(&description.outputs),
        }
        .graph()?;
        graph.weights = check_weights(&path, &description)?;
        graph.floats = numbers::Weights::of(&path, &description);
        graph.half_weights = half_weights(&description);
        soundness::check(&path, &description, config)?;
        graph.positions = positions::most(&description);
        graph.needs = needed_runtime(&description, &graph.attention_mask);
        if !graph.last_logits_only {
            graph.narrowing = narrow::plan(&description, &graph.logits, LEAST);
        }
        graph.spelling = spell_out::plan(&description);
        graph.data = description.data.into_keys().collect();
        Ok(graph)
    }
}

#[cfg(any(feature = "ort", feature = "rten"))]
impl Graph {
    /// Whether it or its weights are links, as in the cache of a hub: engines then look for the weights where the graph
    /// itself is, or take them for what lies outside of its folder.
    pub(super) fn is_linked(&self) -> bool {
        let folder = self.path.parent().unwrap_or(Path::new(""));
        let data = self.data.iter().map(|name| folder.join(name));
        data.chain([self.path.clone()])
            .any(|path| path.is_symlink())
    }
}

/// Weights live in the graph, and in files that it names relative to itself. How many bytes they have.
fn check_weights(graph: &Path, description: &Description) -> Result<u64, Error> {
    let mut weights = fs_err::metadata(graph).map_err(Error::Read)?.len();
    let folder = graph.parent().unwrap_or(Path::new(""));
    for (location, &needed) in &description.data {
        let name: RelativePath = location.parse().map_err(|_| Error::GraphKind {
            path: graph.to_path_buf(),
            found: format!("it keeps weights outside its folder, at `{location}`"),
        })?;
        let path = name.under(folder);
        let size = match fs_err::metadata(&path) {
            Ok(metadata) => metadata.len(),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(Error::WeightsMissing {
                    path,
                    graph: graph.to_path_buf(),
                });
            }
            Err(error) => return Err(Error::Read(error)),
        };
        refuse_pointer(&path)?;
        if size < needed {
            return Err(Error::WeightsShort { path, size, needed });
        }
        weights = weights.saturating_add(needed);
    }
    Ok(weights)
}

/// How many bytes of weights are numbers of type FLOAT16 (10).
fn half_weights(description: &Description) -> u64 {
    let tensors = description.tensors.values();
    let halves = tensors.filter(|tensor| tensor.element == 10);
    halves
        .filter_map(|tensor| tensor.bytes)
        .fold(0, u64::saturating_add)
}

/// What a repository holds whose large files were never fetched.
fn refuse_pointer(path: &Path) -> Result<(), Error> {
    match onnx::is_lfs_pointer(path) {
        Ok(false) => Ok(()),
        Ok(true) => Err(Error::LfsPointer {
            path: path.to_path_buf(),
        }),
        Err(error) => Err(Error::reading(path, error)),
    }
}

/// Puts the description and the configuration side by side.
struct Reader<'a> {
    path: &'a Path,
    configuration: PathBuf,
    config: &'a GenaiConfig,
    description: &'a Description,
    inputs: HashMap<&'a str, &'a Outlet>,
    outputs: HashMap<&'a str, &'a Outlet>,
}

impl Reader<'_> {
    fn graph(&self) -> Result<Graph, Error> {
        let decoder = &self.config.model.decoder;
        let cache = self.cache_names();
        self.check_names(&cache)?;
        if !self.description.operators.contains("GroupQueryAttention") {
            let attention: Vec<_> = self
                .description
                .operators
                .iter()
                .filter(|operator| operator.contains("Attention"))
                .map(String::as_str)
                .collect();
            return Err(self.other(match attention.as_slice() {
                [] => "it has no attention operator".to_owned(),
                names => format!(
                    "its attention is {}, not GroupQueryAttention",
                    names.join(", ")
                ),
            }));
        }
        for names in &cache {
            self.check_cache(self.input(&names.past)?)?;
            self.check_cache(self.output(&names.present)?)?;
        }
        let logits = self.output(&decoder.outputs.logits)?;
        let [_, rows, vocabulary] = self.dimensions(logits)?;
        self.check_size(vocabulary, self.config.model.vocab_size, "model.vocab_size")?;
        let cache_element = match cache.first() {
            Some(names) => self.element(self.input(&names.past)?)?,
            None => return Err(self.other("it has no layers".to_owned())),
        };
        Ok(Graph {
            path: self.path.to_path_buf(),
            input_ids: decoder.inputs.input_ids.clone(),
            attention_mask: decoder.inputs.attention_mask.clone(),
            position_ids: self
                .inputs
                .contains_key(decoder.inputs.position_ids.as_str())
                .then(|| decoder.inputs.position_ids.clone()),
            logits: decoder.outputs.logits.clone(),
            cache,
            heads: decoder.num_key_value_heads,
            head_size: decoder.head_size,
            vocab_size: self.config.model.vocab_size,
            positions: None,
            cache_element,
            logits_element: self.element(logits)?,
            switches: self.description.operators.contains("If"),
            last_logits_only: *rows == Dimension::Fixed(1),
            narrowing: None,
            spelling: None,
            data: Vec::new(),
            weights: 0,
            floats: numbers::Weights::default(),
            half_weights: 0,
            needs: runtime::OLDEST,
        })
    }

    fn cache_names(&self) -> Vec<CacheNames> {
        let decoder = &self.config.model.decoder;
        let (inputs, outputs) = (&decoder.inputs, &decoder.outputs);
        let named = |pattern: &str, layer: usize| pattern.replace("%d", &layer.to_string());
        (0..decoder.num_hidden_layers)
            .flat_map(|layer| {
                [
                    (&inputs.past_key_names, &outputs.present_key_names),
                    (&inputs.past_value_names, &outputs.present_value_names),
                ]
                .map(|(past, present)| CacheNames {
                    past: named(past, layer),
                    present: named(present, layer),
                })
            })
            .collect()
    }

    /// Every input of the graph has to be one that we feed.
    fn check_names(&self, cache: &[CacheNames]) -> Result<(), Error> {
        let inputs = &self.config.model.decoder.inputs;
        let past: HashSet<_> = cache.iter().map(|names| names.past.as_str()).collect();
        let present: HashSet<_> = cache.iter().map(|names| &names.present).collect();
        if past.len().min(present.len()) < cache.len() {
            return Err(self.other("keys and values have the same names".to_owned()));
        }
        let tokens = [
            &inputs.input_ids,
            &inputs.attention_mask,
            &inputs.position_ids,
        ];
        let surplus: Vec<_> = self
            .description
            .inputs
            .iter()
            .map(|input| input.name.as_str())
            .filter(|name| !tokens.iter().any(|token| token == name) && !past.contains(name))
            .collect();
        if !surplus.is_empty() {
            let surplus = quoted(&surplus);
            return Err(self.other(format!(
                "it also wants {surplus}, which `model.decoder` of the configuration does not name"
            )));
        }
        self.check_tokens(self.input(&inputs.input_ids)?)?;
        self.check_tokens(self.input(&inputs.attention_mask)?)?;
        match self.inputs.get(inputs.position_ids.as_str()) {
            Some(positions) => self.check_tokens(positions),
            None => Ok(()),
        }
    }

    /// `TensorProto.DataType`: 7 is INT64, one number for each token of each sequence.
    fn check_tokens(&self, outlet: &Outlet) -> Result<(), Error> {
        let [_, _] = self.dimensions(outlet)?;
        if outlet.element == 7 {
            return Ok(());
        }
        Err(self.other(format!(
            "`{}` has element type {}, not int64 (7)",
            outlet.name, outlet.element
        )))
    }

    fn input(&self, name: &str) -> Result<&Outlet, Error> {
        self.inputs
            .get(name)
            .copied()
            .ok_or_else(|| self.lacking("input", name))
    }

    fn output(&self, name: &str) -> Result<&Outlet, Error> {
        self.outputs
            .get(name)
            .copied()
            .ok_or_else(|| self.lacking("output", name))
    }

    fn check_cache(&self, outlet: &Outlet) -> Result<(), Error> {
        let decoder = &self.config.model.decoder;
        let [_, heads, _, head_size] = self.dimensions(outlet)?;
        self.check_size(
            heads,
            decoder.num_key_value_heads,
            "model.decoder.num_key_value_heads",
        )?;
        self.check_size(head_size, decoder.head_size, "model.decoder.head_size")
    }

    fn dimensions<'a, const N: usize>(
        &self,
        outlet: &'a Outlet,
    ) -> Result<&'a [Dimension; N], Error> {
        outlet.shape.as_slice().try_into().map_err(|_| {
            self.other(format!(
                "`{}` has {} dimensions, not {N}",
                outlet.name,
                outlet.shape.len()
            ))
        })
    }

    /// A size that the graph fixes has to be the configuration's.
    fn check_size(
        &self,
        dimension: &Dimension,
        configured: usize,
        field: &'static str,
    ) -> Result<(), Error> {
        match dimension {
            Dimension::Fixed(size) if *size != configured as u64 => Err(Error::Field {
                path: self.configuration.clone(),
                field,
                found: configured.to_string(),
                expected: format!("the graph has {size}"),
            }),
            _ => Ok(()),
        }
    }

    /// `TensorProto.DataType`: 1 is FLOAT, 10 is FLOAT16.
    fn element(&self, outlet: &Outlet) -> Result<Element, Error> {
        match outlet.element {
            1 => Ok(Element::F32),
            10 => Ok(Element::F16),
            other => Err(self.other(format!(
                "`{}` has element type {other}, not float (1) or float16 (10)",
                outlet.name
            ))),
        }
    }

    fn lacking(&self, what: &str, name: &str) -> Error {
        let outlets = match what {
            "input" => &self.description.inputs,
            _ => &self.description.outputs,
        };
        let names: Vec<_> = outlets.iter().map(|outlet| outlet.name.as_str()).collect();
        self.other(format!(
            "it has no {what} `{name}`, only {}",
            quoted(&names)
        ))
    }

    fn other(&self, found: String) -> Error {
        Error::GraphKind {
            path: self.path.to_path_buf(),
            found,
        }
    }
}

/// The first few of these names, for a sentence.
fn quoted(names: &[&str]) -> String {
    const SHOWN: usize = 6;
    let shown: Vec<_> = names
        .iter()
        .take(SHOWN)
        .map(|name| format!("`{name}`"))
        .collect();
    match names.len().checked_sub(SHOWN) {
        Some(more @ 1..) => format!("{} and {more} more", shown.join(", ")),
        _ => shown.join(", "),
    }
}

fn by_name(outlets: &[Outlet]) -> HashMap<&str, &Outlet> {
    outlets
        .iter()
        .map(|outlet| (outlet.name.as_str(), outlet))
        .collect()
}

/// Tried with the wheels on `PyPI`: 1.17 to 1.22 refuse opset 22, 1.23.2 and later load it. Older opsets
/// need only what the bindings need. Lengths from who knows where need a runtime that checks them.
fn needed_runtime(description: &Description, mask: &str) -> Version {
    if !lengths::follow(description, mask) {
        runtime::CHECKS_LENGTHS
    } else if description.opset >= Some(22) {
        runtime::NEEDED
    } else {
        runtime::OLDEST
    }
}

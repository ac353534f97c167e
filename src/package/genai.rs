//! An ONNX Runtime GenAI folder: what its `genai_config.json` says, and whether all it names is there.
//!
//! It does not run the model and does not judge its search settings; the engine does.

use std::collections::{BTreeSet, HashMap};

use serde_json::{Map, Value};

use crate::entity::manifest::RelativePath;

use super::onnx::{self, Description};
use super::source::{File, GENAI_CONFIG};
use super::{Error, contents, json, tokenizer};

/// The folder's files by name.
pub(super) struct Files<'a>(HashMap<&'a str, &'a File>);

impl<'a> Files<'a> {
    pub(super) fn new(files: &'a [File]) -> Self {
        Self(
            files
                .iter()
                .map(|file| (file.path.as_str(), file))
                .collect(),
        )
    }

    /// The file of this name.
    pub(super) fn get(&self, name: &str) -> Option<&'a File> {
        self.0.get(name).copied()
    }

    /// The file of this name, which every model must have.
    pub(super) fn require(&self, name: &str) -> Result<&'a File, Error> {
        match (self.get(name), name.parse()) {
            (Some(file), _) => Ok(file),
            (None, Ok(file)) => Err(Error::MissingFile { file }),
            (None, Err(_)) => Err(Error::NotUnicode { path: name.into() }),
        }
    }
}

/// Checks the folder's files against each other; tells what is now known about the model, as it is
/// written into the flavor `phi3ml`.
pub(super) fn check(files: &[File]) -> Result<Map<String, Value>, Error> {
    let files = Files::new(files);
    let config = Config::read(&files)?;
    let graphs = config.graphs(&files)?;
    tokenizer::check(
        &files,
        &config.file.path,
        config.required_number("/model/vocab_size")?,
    )?;
    config.facts(&graphs)
}

struct Config<'a> {
    file: &'a File,
    root: Value,
}

impl<'a> Config<'a> {
    fn read(files: &Files<'a>) -> Result<Self, Error> {
        let file = files.require(GENAI_CONFIG)?;
        Ok(Self {
            file,
            root: json::read(file, contents::SMALL)?,
        })
    }

    /// Every graph that the configuration names, with all its data there.
    ///
    /// A text model has one, in `model.decoder.filename`, or several that share its work, in `model.decoder.pipeline`;
    /// models that see or hear have more, all in fields called `filename`.
    fn graphs(&self, files: &Files<'_>) -> Result<Vec<Description>, Error> {
        let pipeline = self.root.pointer("/model/decoder/pipeline");
        let pipeline = pipeline.and_then(Value::as_array);
        let is_pipeline = pipeline.is_some_and(|graphs| !graphs.is_empty());
        if !is_pipeline && self.text("/model/decoder/filename")?.is_none() {
            return Err(self.bad("/model/decoder/filename", "missing"));
        }
        let mut named = Vec::new();
        let model = self.root.get("model").unwrap_or(&Value::Null);
        file_names(model, "model", &mut named);
        named
            .into_iter()
            .map(|(field, name)| self.graph(files, field, name))
            .collect()
    }

    fn graph(&self, files: &Files<'_>, field: String, name: &str) -> Result<Description, Error> {
        let graph = find(files, name, self.file.path.clone(), field)?;
        let facts = read_graph(graph)?;
        for (location, &needed) in &facts.data {
            let beside = match graph.path.as_str().rsplit_once('/') {
                Some((folder, _)) => format!("{folder}/{location}"),
                None => location.clone(),
            };
            let data = find(files, &beside, graph.path.clone(), "external_data".into())?;
            check_data(graph, data, needed)?;
        }
        Ok(facts)
    }

    fn facts(&self, graphs: &[Description]) -> Result<Map<String, Value>, Error> {
        let family = self
            .text("/model/type")?
            .ok_or_else(|| self.bad("/model/type", "missing"))?;
        let mut facts = Map::new();
        facts.insert("model_type".into(), family.into());
        for (name, pointer) in [
            ("context_length", "/model/context_length"),
            ("vocab_size", "/model/vocab_size"),
            ("hidden_size", "/model/decoder/hidden_size"),
            ("num_hidden_layers", "/model/decoder/num_hidden_layers"),
            ("num_attention_heads", "/model/decoder/num_attention_heads"),
            ("num_key_value_heads", "/model/decoder/num_key_value_heads"),
            ("head_size", "/model/decoder/head_size"),
        ] {
            if let Some(number) = self.number(pointer)? {
                facts.insert(name.into(), number.into());
            }
        }
        describe(graphs, &mut facts);
        Ok(facts)
    }

    fn required_number(&self, pointer: &str) -> Result<u64, Error> {
        self.number(pointer)?
            .ok_or_else(|| self.bad(pointer, "missing"))
    }

    fn number(&self, pointer: &str) -> Result<Option<u64>, Error> {
        self.root
            .pointer(pointer)
            .filter(|value| !value.is_null())
            .map(|value| {
                value
                    .as_u64()
                    .ok_or_else(|| self.bad(pointer, "not a whole number"))
            })
            .transpose()
    }

    fn text(&self, pointer: &str) -> Result<Option<&str>, Error> {
        self.root
            .pointer(pointer)
            .filter(|value| !value.is_null())
            .map(|value| {
                value
                    .as_str()
                    .ok_or_else(|| self.bad(pointer, "not a text"))
            })
            .transpose()
    }

    fn bad(&self, pointer: &str, problem: &'static str) -> Error {
        Error::BadField {
            file: self.file.path.clone(),
            field: pointer.trim_start_matches('/').replace('/', "."),
            problem,
        }
    }
}

/// What a graph file says about itself.
pub(super) fn read_graph(graph: &File) -> Result<Description, Error> {
    refuse_pointer(graph)?;
    Description::read(&graph.real).map_err(|source| Error::BadGraph {
        file: graph.path.clone(),
        source,
    })
}

/// A file with a graph's weights must be as long as the graph says.
pub(super) fn check_data(graph: &File, data: &File, needed: u64) -> Result<(), Error> {
    refuse_pointer(data)?;
    if data.size < needed {
        return Err(Error::DataTooShort {
            graph: graph.path.clone(),
            data: data.path.clone(),
            needed,
            found: data.size,
        });
    }
    Ok(())
}

/// Notes what graphs say about themselves.
pub(super) fn describe(graphs: &[Description], facts: &mut Map<String, Value>) {
    let bits = graphs.iter().filter_map(|graph| graph.weight_bits).min();
    let numbers = [
        ("weight_bits", bits),
        (
            "onnx_ir_version",
            graphs.iter().filter_map(|graph| graph.ir_version).max(),
        ),
        (
            "onnx_opset",
            graphs.iter().filter_map(|graph| graph.opset).max(),
        ),
    ];
    for (name, number) in numbers {
        if let Some(number) = number {
            facts.insert(name.into(), number.into());
        }
    }
    let precision = match bits {
        Some(bits) => Some(format!("int{bits}")),
        None => graphs.iter().find_map(floats).map(str::to_owned),
    };
    if let Some(precision) = precision {
        facts.insert("precision".into(), precision.into());
    }
    let operators: BTreeSet<_> = graphs.iter().flat_map(|graph| &graph.operators).collect();
    let operators: Value = operators.into_iter().cloned().collect();
    facts.insert("onnx_operators".into(), operators);
}

/// The type of the numbers that a graph computes with, as far as its outputs tell.
fn floats(graph: &Description) -> Option<&'static str> {
    graph
        .outputs
        .iter()
        .find_map(|output| match output.element {
            1 => Some("float32"),
            10 => Some("float16"),
            11 => Some("float64"),
            16 => Some("bfloat16"),
            _ => None,
        })
}

/// Collects all fields called `filename`, with their place in the configuration.
fn file_names<'v>(value: &'v Value, place: &str, names: &mut Vec<(String, &'v str)>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                let place = format!("{place}.{key}");
                match value.as_str() {
                    Some(name) if key == "filename" && !name.is_empty() => {
                        names.push((place, name));
                    }
                    _ => file_names(value, &place, names),
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                file_names(item, &format!("{place}.{index}"), names);
            }
        }
        _ => {}
    }
}

pub(super) fn find<'a>(
    files: &Files<'a>,
    name: &str,
    file: RelativePath,
    field: String,
) -> Result<&'a File, Error> {
    let Ok(path) = name.parse::<RelativePath>() else {
        return Err(Error::Leaves {
            file,
            field,
            path: name.to_owned(),
        });
    };
    files
        .get(path.as_str())
        .ok_or(Error::Missing { file, field, path })
}

pub(super) fn refuse_pointer(file: &File) -> Result<(), Error> {
    match onnx::is_lfs_pointer(&file.real) {
        Ok(false) => Ok(()),
        Ok(true) => Err(Error::LfsPointer {
            file: file.path.clone(),
        }),
        Err(source) => Err(Error::Read {
            path: file.real.clone(),
            source,
        }),
    }
}

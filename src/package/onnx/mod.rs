//! Reads from an `.onnx` file what one has to know before packaging or running it: versions, inputs,
//! outputs, operators, and which other files hold its weights; and changes it in memory. It never reads weights and
//! runs nothing.

mod edit;
mod reader;
#[cfg(test)]
pub(crate) mod tests;
mod wire;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::{self, BufReader, Read, Seek};
use std::ops::Range;
use std::path::Path;

use super::contents;
pub(crate) use edit::Edit;
use reader::{MAX_DEPTH, MAX_NAMES, Reader};
use wire::MAX_TEXT;

/// The first words of the text that Git LFS leaves in place of a file.
const LFS: &[u8] = b"version https://git-lfs";

/// What an `.onnx` file says about itself.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Description {
    /// The version of the file format.
    pub(crate) ir_version: Option<u64>,
    /// The version of ONNX's own operators.
    pub(crate) opset: Option<u64>,
    /// What has to go in.
    pub(crate) inputs: Vec<Outlet>,
    /// What comes out.
    pub(crate) outputs: Vec<Outlet>,
    /// The kinds of operators, those of inner graphs and functions included.
    pub(crate) operators: BTreeSet<String>,
    /// Bits per weight where matrices are quantised.
    pub(crate) weight_bits: Option<u64>,
    /// Where in the file the outermost graph is.
    pub(crate) graph: Range<u64>,
    /// The operators of the outermost graph.
    pub(crate) nodes: Vec<Node>,
    /// The kinds of operators of inner graphs and functions.
    pub(crate) inner_operators: BTreeSet<String>,
    /// What these read; it may come from the graphs around them.
    pub(crate) inner: BTreeSet<String>,
    /// The tensors of the outermost graph that come with it, by name.
    pub(crate) tensors: BTreeMap<String, Tensor>,
    /// The files that hold tensors, relative to the `.onnx`, and how long each must be at least.
    pub(crate) data: BTreeMap<String, u64>,
}

/// One operator.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Node {
    /// What it does.
    pub(crate) operator: String,
    /// Its name.
    pub(crate) name: String,
    /// Where in the file it starts.
    pub(crate) at: u64,
    /// What goes in, by name; empty where an input is left out.
    pub(crate) inputs: Vec<String>,
    /// Where in the file each of these names is.
    pub(crate) places: Vec<u64>,
    /// What comes out, by name; empty where an output is left out.
    pub(crate) outputs: Vec<String>,
    /// Its attributes that are one whole number, or a tensor of one.
    pub(crate) numbers: BTreeMap<String, i64>,
    /// The most rows of a floating-point tensor of two dimensions, more than one, among its attributes and in its inner
    /// graphs.
    pub(crate) most_rows: Option<i64>,
}

/// Numbers that come with a graph.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Tensor {
    /// The type of its numbers, a `TensorProto.DataType`.
    pub(crate) element: u64,
    /// Its sizes.
    pub(crate) shape: Vec<i64>,
    /// How many bytes it has here or in a file, where that is said.
    pub(crate) bytes: Option<u64>,
    /// Its only number, where that is a whole one and in the graph.
    pub(crate) number: Option<i64>,
    /// Where they begin, unless they are numbers of a field of their own.
    pub(crate) place: Option<Place>,
}

/// A place in a file.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// The file's name, relative to the `.onnx`; none: it is the `.onnx` itself.
    pub(crate) file: Option<String>,
    /// How far from its start.
    pub(crate) at: u64,
}

/// One input or output.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Outlet {
    /// Its name.
    pub(crate) name: String,
    /// The type of its numbers, a `TensorProto.DataType`.
    pub(crate) element: u64,
    /// Its sizes.
    pub(crate) shape: Vec<Dimension>,
}

/// A size that is fixed, or one that is known when the graph runs.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) enum Dimension {
    /// Any size.
    #[default]
    Open,
    /// This size.
    Fixed(u64),
    /// Any size, the same wherever it has this name.
    Named(String),
}

/// Why a file is not an ONNX graph.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BadGraph {
    /// It could not be read to its end.
    #[error("the file cannot be read")]
    Read(#[from] io::Error),
    /// The file ends before its content does.
    #[error("it has {found} bytes, but {needed} are announced")]
    CutOff {
        /// How many bytes there must be.
        needed: u64,
        /// How many there are.
        found: u64,
    },
    /// These bytes are not what an ONNX file has there.
    #[error("its structure is broken at byte {at}")]
    Broken {
        /// Where.
        at: u64,
    },
    /// A name that is none.
    #[error("the name at byte {at} has more than {MAX_TEXT} bytes")]
    LongName {
        /// Where it starts.
        at: u64,
    },
    /// Graphs inside graphs without end.
    #[error("its graphs are nested more than {MAX_DEPTH} deep")]
    TooDeep,
    /// More names than can be remembered.
    #[error("it names more than {MAX_NAMES} inputs, outputs, operators and weights")]
    TooMany,
    /// A sound file of another kind.
    #[error("it holds no graph")]
    NoGraph,
}

/// Whether a `TensorProto.DataType` is FLOAT, FLOAT16, DOUBLE or BFLOAT16.
pub(crate) fn is_float(element: u64) -> bool {
    matches!(element, 1 | 10 | 11 | 16)
}

/// Whether the file holds a Git LFS pointer and not what its name says.
pub(crate) fn is_lfs_pointer(path: &Path) -> io::Result<bool> {
    let (file, _) = contents::open(path)?;
    let mut start = Vec::with_capacity(LFS.len());
    file.take(LFS.len() as u64).read_to_end(&mut start)?;
    Ok(start == LFS)
}

impl Description {
    /// Reads the `.onnx` file at `path`.
    pub(crate) fn read(path: &Path) -> Result<Self, BadGraph> {
        let (file, length) = contents::open(path)?;
        Self::parse(BufReader::new(file), length)
    }

    /// Which operator of the outermost graph makes what.
    pub(crate) fn makers(&self) -> HashMap<&str, &Node> {
        let nodes = self.nodes.iter();
        let made = nodes.flat_map(|node| node.outputs.iter().map(move |it| (it.as_str(), node)));
        made.collect()
    }

    fn parse(source: impl Read + Seek, length: u64) -> Result<Self, BadGraph> {
        let mut description = Reader::new(source, length).read(length)?;
        // Until IR version 3 every initializer was listed as an input too.
        let tensors = &description.tensors;
        description
            .inputs
            .retain(|input| !tensors.contains_key(&input.name));
        Ok(description)
    }
}

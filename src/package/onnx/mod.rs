//! Reads from an `.onnx` file what one has to know before packaging or running it: versions, inputs,
//! outputs, operators, and which other files hold its weights. It never reads weights and runs nothing.
//!
//! Field numbers are those of `onnx/onnx.proto` (ONNX 1.17).

mod wire;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufReader, Read, Seek};
use std::path::Path;

use super::contents;
use wire::{Field, MAX_TEXT, Wire};

/// Deeper than any graph nests its `If` and `Loop` bodies.
const MAX_DEPTH: usize = 32;

/// More than any graph has inputs, outputs, operators and weights together: bounds what is remembered.
const MAX_NAMES: usize = 1 << 18;

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
    /// The operators of the outermost graph.
    pub(crate) nodes: Vec<Node>,
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
    /// What goes in, by name; empty where an input is left out.
    pub(crate) inputs: Vec<String>,
    /// What comes out, by name; empty where an output is left out.
    pub(crate) outputs: Vec<String>,
    /// Its attributes that are whole numbers.
    pub(crate) numbers: BTreeMap<String, i64>,
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

    fn parse(source: impl Read + Seek, length: u64) -> Result<Self, BadGraph> {
        let mut reader = Reader {
            wire: Wire::new(source, length),
            description: Self::default(),
            names: 0,
            has_graph: false,
        };
        reader.model(length)?;
        if !reader.has_graph {
            return Err(BadGraph::NoGraph);
        }
        let mut description = reader.description;
        // Until IR version 3 every initializer was listed as an input too.
        let tensors = &description.tensors;
        description
            .inputs
            .retain(|input| !tensors.contains_key(&input.name));
        Ok(description)
    }
}

/// Fills a description; one method for each kind of message, given where the message ends.
struct Reader<S> {
    wire: Wire<S>,
    description: Description,
    /// How many names are remembered.
    names: usize,
    has_graph: bool,
}

impl<S: Read + Seek> Reader<S> {
    fn model(&mut self, end: u64) -> Result<(), BadGraph> {
        while let Some(field) = self.wire.field(end)? {
            match field {
                (1, Field::Number(version)) => self.description.ir_version = Some(version),
                (7, Field::Bytes(end)) => {
                    self.has_graph = true;
                    self.graph(end, 0)?;
                }
                (8, Field::Bytes(end)) => self.operator_set(end)?,
                (25, Field::Bytes(end)) => self.function(end)?,
                (_, other) => self.wire.skip(&other)?,
            }
        }
        Ok(())
    }

    fn operator_set(&mut self, end: u64) -> Result<(), BadGraph> {
        let (mut domain, mut version) = (String::new(), None);
        while let Some(field) = self.wire.field(end)? {
            match field {
                (1, Field::Bytes(end)) => domain = self.wire.text(end)?,
                (2, Field::Number(number)) => version = Some(number),
                (_, other) => self.wire.skip(&other)?,
            }
        }
        if domain.is_empty() || domain == "ai.onnx" {
            self.description.opset = version;
        }
        Ok(())
    }

    fn function(&mut self, end: u64) -> Result<(), BadGraph> {
        while let Some(field) = self.wire.field(end)? {
            match field {
                (7, Field::Bytes(end)) => self.node(end, 0)?,
                (11, Field::Bytes(end)) => {
                    self.attribute(end, 0)?;
                }
                (_, other) => self.wire.skip(&other)?,
            }
        }
        Ok(())
    }

    /// A graph inside `depth` others.
    fn graph(&mut self, end: u64, depth: usize) -> Result<(), BadGraph> {
        if depth > MAX_DEPTH {
            return Err(BadGraph::TooDeep);
        }
        while let Some(field) = self.wire.field(end)? {
            match field {
                (1, Field::Bytes(end)) => self.node(end, depth)?,
                (5, Field::Bytes(end)) => {
                    let (name, tensor) = self.tensor(end)?;
                    if depth == 0 && self.description.tensors.insert(name, tensor).is_none() {
                        self.count()?;
                    }
                }
                (11, Field::Bytes(end)) if depth == 0 => {
                    let input = self.outlet(end)?;
                    self.description.inputs.push(input);
                }
                (12, Field::Bytes(end)) if depth == 0 => {
                    let output = self.outlet(end)?;
                    self.description.outputs.push(output);
                }
                (15, Field::Bytes(end)) => self.sparse_tensor(end)?,
                (_, other) => self.wire.skip(&other)?,
            }
        }
        Ok(())
    }

    fn node(&mut self, end: u64, depth: usize) -> Result<(), BadGraph> {
        let mut node = Node::default();
        while let Some(field) = self.wire.field(end)? {
            match field {
                (1, Field::Bytes(end)) => {
                    self.count()?;
                    node.inputs.push(self.wire.text(end)?);
                }
                (2, Field::Bytes(end)) => {
                    self.count()?;
                    node.outputs.push(self.wire.text(end)?);
                }
                (3, Field::Bytes(end)) => node.name = self.wire.text(end)?,
                (4, Field::Bytes(end)) => node.operator = self.wire.text(end)?,
                (5, Field::Bytes(end)) => {
                    let (name, value) = self.attribute(end, depth)?;
                    if let Some(value) = value {
                        self.count()?;
                        node.numbers.insert(name, value);
                    }
                }
                (_, other) => self.wire.skip(&other)?,
            }
        }
        let bits = node.numbers.get("bits").copied();
        if let ("MatMulNBits", Some(bits)) = (&*node.operator, bits) {
            let bits = u64::try_from(bits).unwrap_or_default();
            self.description.weight_bits = self.description.weight_bits.max(Some(bits));
        }
        self.count()?;
        self.description.operators.insert(node.operator.clone());
        if depth == 0 {
            self.description.nodes.push(node);
        }
        Ok(())
    }

    /// Its name, and its value if that is a number.
    fn attribute(&mut self, end: u64, depth: usize) -> Result<(String, Option<i64>), BadGraph> {
        let (mut name, mut value) = (String::new(), None);
        while let Some(field) = self.wire.field(end)? {
            match field {
                (1, Field::Bytes(end)) => name = self.wire.text(end)?,
                (3, Field::Number(number)) => value = Some(number.cast_signed()),
                (5 | 10, Field::Bytes(end)) => {
                    self.tensor(end)?;
                }
                (6 | 11, Field::Bytes(end)) => self.graph(end, depth + 1)?,
                (22 | 23, Field::Bytes(end)) => self.sparse_tensor(end)?,
                (_, other) => self.wire.skip(&other)?,
            }
        }
        Ok((name, value))
    }

    fn sparse_tensor(&mut self, end: u64) -> Result<(), BadGraph> {
        while let Some(field) = self.wire.field(end)? {
            match field {
                (1 | 2, Field::Bytes(end)) => {
                    self.tensor(end)?;
                }
                (_, other) => self.wire.skip(&other)?,
            }
        }
        Ok(())
    }

    /// Its name, and what it is made of; where its bytes are, if not here, is noted.
    fn tensor(&mut self, end: u64) -> Result<(String, Tensor), BadGraph> {
        const EXTERNAL: u64 = 1;
        let (mut name, mut tensor) = (String::new(), Tensor::default());
        let mut place = Place::default();
        let mut is_external = false;
        while let Some(field) = self.wire.field(end)? {
            match field {
                (1, Field::Number(size)) => self.size(&mut tensor, size)?,
                (1, Field::Bytes(end)) => {
                    while self.wire.distance(end) > 0 {
                        let size = self.wire.number(end)?;
                        self.size(&mut tensor, size)?;
                    }
                }
                (2, Field::Number(element)) => tensor.element = element,
                (8, Field::Bytes(end)) => name = self.wire.text(end)?,
                (9, Field::Bytes(end)) => {
                    tensor.bytes = Some(self.wire.distance(end));
                    self.wire.skip(&Field::Bytes(end))?;
                }
                (13, Field::Bytes(end)) => self.place(end, &mut place)?,
                (14, Field::Number(location)) => is_external = location == EXTERNAL,
                (_, other) => self.wire.skip(&other)?,
            }
        }
        if is_external {
            tensor.bytes = place.length;
            let length = place.length.unwrap_or_default();
            let needed = place.offset.saturating_add(length);
            let location = place.location.ok_or_else(|| self.wire.broken())?;
            if let Some(known) = self.description.data.get_mut(&location) {
                *known = needed.max(*known);
            } else {
                self.description.data.insert(location, needed);
                self.count()?;
            }
        }
        Ok((name, tensor))
    }

    fn size(&mut self, tensor: &mut Tensor, size: u64) -> Result<(), BadGraph> {
        self.count()?;
        tensor.shape.push(size.cast_signed());
        Ok(())
    }

    /// One key and its value; all of them together say where a tensor is.
    fn place(&mut self, end: u64, place: &mut Place) -> Result<(), BadGraph> {
        let (mut key, mut value) = (String::new(), String::new());
        while let Some(field) = self.wire.field(end)? {
            match field {
                (1, Field::Bytes(end)) => key = self.wire.text(end)?,
                (2, Field::Bytes(end)) => value = self.wire.text(end)?,
                (_, other) => self.wire.skip(&other)?,
            }
        }
        let number = |value: &str| value.parse().map_err(|_| self.wire.broken());
        match key.as_str() {
            "location" => place.location = Some(value),
            "offset" => place.offset = number(&value)?,
            "length" => place.length = Some(number(&value)?),
            _ => {}
        }
        Ok(())
    }

    /// A `ValueInfoProto`, as far as it is about tensors: `type.tensor_type.{elem_type, shape.dim[]}`.
    fn outlet(&mut self, end: u64) -> Result<Outlet, BadGraph> {
        self.count()?;
        let mut outlet = Outlet::default();
        while let Some(field) = self.wire.field(end)? {
            match field {
                (1, Field::Bytes(end)) => outlet.name = self.wire.text(end)?,
                (2, Field::Bytes(end)) => {
                    self.each(1, end, |reader, end| reader.tensor_type(end, &mut outlet))?;
                }
                (_, other) => self.wire.skip(&other)?,
            }
        }
        Ok(outlet)
    }

    fn tensor_type(&mut self, end: u64, outlet: &mut Outlet) -> Result<(), BadGraph> {
        while let Some(field) = self.wire.field(end)? {
            match field {
                (1, Field::Number(element)) => outlet.element = element,
                (2, Field::Bytes(end)) => self.each(1, end, |reader, end| {
                    outlet.shape.push(reader.dimension(end)?);
                    Ok(())
                })?,
                (_, other) => self.wire.skip(&other)?,
            }
        }
        Ok(())
    }

    fn dimension(&mut self, end: u64) -> Result<Dimension, BadGraph> {
        self.count()?;
        let mut dimension = Dimension::Open;
        while let Some(field) = self.wire.field(end)? {
            match field {
                // Some exporters write -1 for a size that is open.
                (1, Field::Number(size)) if i64::try_from(size).is_ok() => {
                    dimension = Dimension::Fixed(size);
                }
                (2, Field::Bytes(end)) => dimension = Dimension::Named(self.wire.text(end)?),
                (_, other) => self.wire.skip(&other)?,
            }
        }
        Ok(dimension)
    }

    /// Calls `read` with the end of every message in field `wanted`.
    fn each(
        &mut self,
        wanted: u64,
        end: u64,
        mut read: impl FnMut(&mut Self, u64) -> Result<(), BadGraph>,
    ) -> Result<(), BadGraph> {
        while let Some((number, field)) = self.wire.field(end)? {
            match field {
                Field::Bytes(end) if number == wanted => read(self, end)?,
                other => self.wire.skip(&other)?,
            }
        }
        Ok(())
    }

    /// One more thing is remembered.
    fn count(&mut self) -> Result<(), BadGraph> {
        self.names += 1;
        if self.names > MAX_NAMES {
            return Err(BadGraph::TooMany);
        }
        Ok(())
    }
}

/// Where a tensor's bytes are.
#[derive(Default)]
struct Place {
    location: Option<String>,
    offset: u64,
    length: Option<u64>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TINY: &str = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/fixtures/models/phi3-tiny/model.onnx"
    );

    fn parse(bytes: &[u8]) -> Result<Description, BadGraph> {
        Description::parse(io::Cursor::new(bytes), bytes.len() as u64)
    }

    /// A field that holds these bytes.
    fn field(number: u32, inner: &[u8]) -> Vec<u8> {
        [
            varint(u64::from(number << 3 | 2)),
            varint(inner.len() as u64),
            inner.to_vec(),
        ]
        .concat()
    }

    /// A field that holds this number.
    fn numeric(number: u32, value: u64) -> Vec<u8> {
        [varint(u64::from(number << 3)), varint(value)].concat()
    }

    fn varint(mut value: u64) -> Vec<u8> {
        let mut bytes = Vec::new();
        while value > 127 {
            bytes.push(u8::try_from(value & 127).unwrap() | 128);
            value >>= 7;
        }
        bytes.push(u8::try_from(value).unwrap());
        bytes
    }

    /// A tensor that lies in another file.
    fn external(location: &str, offset: &str, length: &str) -> Vec<u8> {
        let pair = |key: &str, value: &str| {
            let pair = [field(1, key.as_bytes()), field(2, value.as_bytes())].concat();
            field(13, &pair)
        };
        [
            pair("location", location),
            pair("offset", offset),
            pair("length", length),
            numeric(14, 1),
        ]
        .concat()
    }

    #[test]
    fn a_real_graph_is_described() {
        let graph = Description::read(Path::new(TINY)).unwrap();
        let length = fs_err::metadata(format!("{TINY}.data")).unwrap().len();
        assert_eq!(graph.ir_version, Some(10));
        assert_eq!(graph.opset, Some(22));
        assert_eq!(graph.weight_bits, Some(4));
        assert!(graph.operators.contains("GroupQueryAttention"));
        assert_eq!(graph.data, [("model.onnx.data".to_owned(), length)].into());
        let names: Vec<_> = graph.inputs.iter().map(|input| &*input.name).collect();
        assert_eq!(names.len(), 6, "{names:?}");
        let logits = &graph.outputs[0];
        assert_eq!((logits.name.as_str(), logits.element), ("logits", 1));
        assert_eq!(logits.shape[2], Dimension::Fixed(611));
    }

    #[test]
    fn weights_are_found_wherever_a_tensor_may_be() {
        let node = |attribute: &[u8]| field(1, &field(5, attribute));
        let tensor = |number, name| field(number, &external(name, "8", "2"));
        let inner = [
            tensor(5, "if"),
            field(15, &[tensor(1, "values"), tensor(2, "indices")].concat()),
        ]
        .concat();
        let graph = [
            tensor(5, "weights"),
            field(5, &external("weights", "100", "11")),
            field(5, &external("weights", "0", "9")),
            node(&tensor(5, "constant")),
            node(&tensor(10, "constants")),
            node(&field(6, &inner)),
            node(&field(11, &node(&field(6, &tensor(5, "loop"))))),
            node(&field(22, &tensor(1, "sparse"))),
        ]
        .concat();
        let function = [
            field(7, &field(5, &tensor(5, "function"))),
            field(11, &tensor(5, "default")),
        ]
        .concat();
        let model = [field(7, &graph), field(25, &function)].concat();
        let found = parse(&model).unwrap().data;
        assert_eq!(found["weights"], 111);
        let names: Vec<_> = found.keys().map(String::as_str).collect();
        assert_eq!(
            names,
            [
                "constant",
                "constants",
                "default",
                "function",
                "if",
                "indices",
                "loop",
                "sparse",
                "values",
                "weights"
            ]
        );
    }

    #[test]
    fn a_place_without_a_file_or_a_number_is_refused() {
        let nowhere = numeric(14, 1);
        for tensor in [external("a", "-1", "1"), external("a", "0", "x"), nowhere] {
            let model = field(7, &field(5, &tensor));
            assert!(matches!(parse(&model), Err(BadGraph::Broken { .. })));
        }
        // What is said about a place counts only where the tensor is said to be elsewhere.
        let mut here = external("a", "0", "1");
        here.truncate(here.len() - 2);
        let model = field(7, &field(5, &here));
        assert!(parse(&model).unwrap().data.is_empty());
    }

    #[test]
    fn bits_are_those_of_quantised_matrices_in_any_order() {
        let bits = |bits| field(5, &[field(1, b"bits"), numeric(3, bits)].concat());
        let node = |operator: &str, bits: Vec<u8>| {
            field(1, &[bits, field(4, operator.as_bytes())].concat())
        };
        let graph = [node("MatMulNBits", bits(4)), node("Gather", bits(8))].concat();
        assert_eq!(parse(&field(7, &graph)).unwrap().weight_bits, Some(4));
    }

    #[test]
    fn sizes_are_fixed_named_or_open() {
        let sizes = [
            numeric(1, 32),
            field(2, b"batch"),
            numeric(1, u64::MAX),
            vec![],
        ];
        let shape: Vec<u8> = sizes.iter().flat_map(|size| field(1, size)).collect();
        let tensor = [numeric(1, 10), field(2, &shape)].concat();
        let output = [field(1, b"logits"), field(2, &field(1, &tensor))].concat();
        let found = parse(&field(7, &field(12, &output))).unwrap().outputs;
        let expected = Outlet {
            name: "logits".to_owned(),
            element: 10,
            shape: vec![
                Dimension::Fixed(32),
                Dimension::Named("batch".to_owned()),
                Dimension::Open,
                Dimension::Open,
            ],
        };
        assert_eq!(found, [expected]);
    }

    #[test]
    fn initializers_are_no_inputs() {
        let graph = [
            field(5, &field(8, b"weight")),
            field(11, &field(1, b"weight")),
            field(11, &field(1, b"ids")),
        ]
        .concat();
        let inputs = parse(&field(7, &graph)).unwrap().inputs;
        assert_eq!(inputs.len(), 1);
        assert_eq!(inputs[0].name, "ids");
    }

    #[test]
    fn other_files_are_refused() {
        assert!(matches!(parse(b""), Err(BadGraph::NoGraph)));
        assert!(matches!(
            parse(b"not a graph"),
            Err(BadGraph::Broken { at: 0 })
        ));
        assert!(matches!(parse(&[0x0a; 3]), Err(BadGraph::CutOff { .. })));
        let endless = [vec![0x08], vec![0xff; 11]].concat();
        assert!(matches!(parse(&endless), Err(BadGraph::Broken { at: 1 })));
    }

    #[test]
    fn what_has_no_end_is_refused() {
        let nested = |depth| {
            let mut graph = Vec::new();
            for _ in 0..depth {
                graph = field(1, &field(5, &field(6, &graph)));
            }
            parse(&field(7, &graph))
        };
        nested(MAX_DEPTH).unwrap();
        assert!(matches!(nested(MAX_DEPTH + 1), Err(BadGraph::TooDeep)));

        let name = vec![b'x'; usize::try_from(MAX_TEXT).unwrap() + 1];
        let model = field(7, &field(1, &field(4, &name)));
        assert!(matches!(parse(&model), Err(BadGraph::LongName { .. })));

        let model = field(7, &field(11, &[]).repeat(MAX_NAMES + 1));
        assert!(matches!(parse(&model), Err(BadGraph::TooMany)));
    }

    #[test]
    fn a_graph_that_was_cut_off_is_refused_wherever_the_cut_is() {
        let whole = fs_err::read(TINY).unwrap();
        for end in (0..whole.len()).step_by(97) {
            parse(&whole[..end]).unwrap_err();
        }
    }

    #[test]
    fn pointers_of_git_lfs_are_known_by_their_first_words() {
        let file = tempfile::NamedTempFile::new().unwrap();
        assert!(!is_lfs_pointer(file.path()).unwrap());
        fs_err::write(file.path(), "version https://git-lfs.github.com/spec/v1\n").unwrap();
        assert!(is_lfs_pointer(file.path()).unwrap());
        assert!(!is_lfs_pointer(Path::new(TINY)).unwrap());
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = parse(&bytes);
        }

        #[test]
        fn no_changed_byte_makes_it_panic(at in 0..18_000_usize, byte: u8) {
            let mut bytes = fs_err::read(TINY).unwrap();
            bytes[at] = byte;
            let _ = parse(&bytes);
        }
    }
}

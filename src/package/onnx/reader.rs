//! The messages of an `.onnx` file, one after the other, into a [`Description`]. It bounds what is remembered, and does
//! not decide what a graph may be.
//!
//! Field numbers are those of `onnx/onnx.proto` (ONNX 1.17).

use std::io::{Read, Seek};

use super::wire::{Field, Wire};
use super::{BadGraph, Description, Dimension, Node, Outlet, Place, Tensor, is_float};

/// Deeper than any graph nests its `If` and `Loop` bodies.
pub(super) const MAX_DEPTH: usize = 32;

/// More than any graph has inputs, outputs, operators and weights together: bounds what is remembered.
pub(super) const MAX_NAMES: usize = 1 << 18;

/// Fills a description; one method for each kind of message, given where the message ends.
pub(super) struct Reader<S> {
    wire: Wire<S>,
    description: Description,
    /// How many names are remembered.
    names: usize,
    /// As [`Node::most_rows`], of the operator that is read.
    most_rows: Option<i64>,
    has_graph: bool,
}

impl<S: Read + Seek> Reader<S> {
    /// Of a file of this length.
    pub(super) fn new(source: S, length: u64) -> Self {
        Self {
            wire: Wire::new(source, length),
            description: Description::default(),
            names: 0,
            most_rows: None,
            has_graph: false,
        }
    }

    /// All that is remembered of it.
    pub(super) fn read(mut self, length: u64) -> Result<Description, BadGraph> {
        self.model(length)?;
        if self.has_graph {
            Ok(self.description)
        } else {
            Err(BadGraph::NoGraph)
        }
    }

    fn model(&mut self, end: u64) -> Result<(), BadGraph> {
        while let Some(field) = self.wire.field(end)? {
            match field {
                (1, Field::Number(version)) => self.description.ir_version = Some(version),
                (7, Field::Bytes(end)) => {
                    self.has_graph = true;
                    self.description.graph = self.wire.position()..end;
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
                (7, Field::Bytes(end)) => self.node(0, end, 1)?,
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
        loop {
            let at = self.wire.position();
            let Some(field) = self.wire.field(end)? else {
                return Ok(());
            };
            match field {
                (1, Field::Bytes(end)) => self.node(at, end, depth)?,
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
    }

    /// An operator that starts at `at`.
    fn node(&mut self, at: u64, end: u64, depth: usize) -> Result<(), BadGraph> {
        let mut node = Node {
            at,
            ..Node::default()
        };
        if depth == 0 {
            self.most_rows = None;
        }
        while let Some(field) = self.wire.field(end)? {
            match field {
                (1, Field::Bytes(end)) => {
                    self.count()?;
                    node.places.push(self.wire.position());
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
            node.most_rows = self.most_rows;
            self.description.nodes.push(node);
        } else {
            self.description.inner_operators.insert(node.operator);
            self.description.inner.extend(node.inputs);
        }
        Ok(())
    }

    /// Its name, and its value if that is a whole number.
    fn attribute(&mut self, end: u64, depth: usize) -> Result<(String, Option<i64>), BadGraph> {
        let (mut name, mut value) = (String::new(), None);
        while let Some(field) = self.wire.field(end)? {
            match field {
                (1, Field::Bytes(end)) => name = self.wire.text(end)?,
                (3, Field::Number(number)) => value = Some(number.cast_signed()),
                (5, Field::Bytes(end)) => {
                    let (_, tensor) = self.tensor(end)?;
                    value = tensor.number;
                }
                (10, Field::Bytes(end)) => {
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
        let mut external = External::default();
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
                    let at = self.wire.position();
                    tensor.place = Some(Place { file: None, at });
                    tensor.number = self.wire.fixed(end)?;
                }
                (13, Field::Bytes(end)) => self.place(end, &mut external)?,
                (14, Field::Number(location)) => is_external = location == EXTERNAL,
                (_, other) => self.wire.skip(&other)?,
            }
        }
        if is_external {
            tensor.bytes = external.length;
            let length = external.length.unwrap_or_default();
            let needed = external.offset.saturating_add(length);
            let location = external.location.ok_or_else(|| self.wire.broken())?;
            tensor.place = Some(Place {
                file: Some(location.clone()),
                at: external.offset,
            });
            if let Some(known) = self.description.data.get_mut(&location) {
                *known = needed.max(*known);
            } else {
                self.description.data.insert(location, needed);
                self.count()?;
            }
        }
        if let [rows, _] = *tensor.shape
            && rows > 1
            && is_float(tensor.element)
        {
            self.most_rows = self.most_rows.max(Some(rows));
        }
        // INT32 and INT64.
        let width = match tensor.element {
            6 => Some(4),
            7 => Some(8),
            _ => None,
        };
        let is_one = tensor.bytes == width && tensor.shape.iter().all(|size| *size == 1);
        tensor.number = tensor.number.filter(|_| is_one && !is_external);
        Ok((name, tensor))
    }

    fn size(&mut self, tensor: &mut Tensor, size: u64) -> Result<(), BadGraph> {
        self.count()?;
        tensor.shape.push(size.cast_signed());
        Ok(())
    }

    /// One key and its value; all of them together say where a tensor is.
    fn place(&mut self, end: u64, place: &mut External) -> Result<(), BadGraph> {
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

/// Where a tensor's bytes are that are in another file.
#[derive(Default)]
struct External {
    location: Option<String>,
    offset: u64,
    length: Option<u64>,
}

//! A graph that is changed in memory: operators are added or left out, and some read another value than they did. It
//! does not decide which, and leaves the file as it is.
//!
//! What is read instead has a name of the same length, so that it can stand where the other one stood; an operator that
//! is left out becomes a field that nobody knows. Field numbers are those of `onnx/onnx.proto`.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Description, Node};

/// `GraphProto.node`, and a number that this message has for nothing.
const NODE: u8 = 1 << 3 | 2;
const NOTHING: u8 = 9 << 3 | 2;

/// Changes to the graph in one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Edit {
    /// Where the graph is.
    graph: Range<u64>,
    changes: Vec<Change>,
    /// What is added, as fields of a `GraphProto`.
    added: Vec<u8>,
    /// The names that were given.
    names: BTreeSet<String>,
}

/// Some bytes of the file and what they become.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Change {
    at: u64,
    from: Vec<u8>,
    to: Vec<u8>,
}

impl Edit {
    /// None yet, to the graph that was described.
    pub(crate) fn of(description: &Description) -> Self {
        Self {
            graph: description.graph.clone(),
            changes: Vec::new(),
            added: Vec::new(),
            names: BTreeSet::new(),
        }
    }

    /// Lets some operators, of the outermost graph, read another value instead of `value`, and tells its name; the
    /// caller adds what makes it. Nothing where no name is left for it.
    pub(crate) fn instead<'a>(
        &mut self,
        description: &Description,
        value: &str,
        readers: impl Iterator<Item = &'a Node>,
    ) -> Option<String> {
        let other = self.unused_like(description, value)?;
        let places = readers.flat_map(|node| {
            let inputs = node.inputs.iter().zip(&node.places);
            inputs.filter_map(|(input, place)| (input == value).then_some(*place))
        });
        self.changes.extend(places.map(|at| Change {
            at,
            from: value.as_bytes().to_vec(),
            to: other.as_bytes().to_vec(),
        }));
        self.names.insert(other.clone());
        Some(other)
    }

    /// A name of the same length that nothing has.
    fn unused_like(&self, description: &Description, name: &str) -> Option<String> {
        let nodes = description.nodes.iter();
        let names = nodes.flat_map(|node| node.inputs.iter().chain(&node.outputs));
        let inner = description.inner.iter();
        let all = names.chain(inner).chain(description.tensors.keys());
        let used: BTreeSet<&str> = all.chain(&self.names).map(String::as_str).collect();
        let mut start = name.to_owned();
        let end = start.pop().filter(char::is_ascii)?;
        let others = ('!'..='~').filter(|other| *other != end);
        let mut others = others.map(|other| format!("{start}{other}"));
        others.find(|other| !used.contains(other.as_str()))
    }

    /// Leaves out an operator of the outermost graph.
    pub(crate) fn leave_out(&mut self, node: &Node) {
        self.changes.push(Change {
            at: node.at,
            from: vec![NODE],
            to: vec![NOTHING],
        });
    }

    /// Adds an operator of ONNX's own with one output; `numbers` are its attributes.
    pub(crate) fn add(
        &mut self,
        operator: &str,
        inputs: &[&str],
        output: &str,
        numbers: &[(&str, i64)],
    ) {
        let mut node: Vec<u8> = inputs.iter().flat_map(|input| text(1, input)).collect();
        node.extend(text(2, output));
        node.extend(text(3, &Self::name(output)));
        node.extend(text(4, operator));
        for &(name, value) in numbers {
            // Of an `AttributeProto`, field 20 is its type; 2 is INT.
            let mut attribute = text(1, name);
            attribute.push(3 << 3);
            attribute.extend(varint(value.cast_unsigned()));
            attribute.extend([0xa0, 0x01, 2]);
            node.extend(message(5, &attribute));
        }
        self.added.extend(message(1, &node));
    }

    /// Adds a tensor of whole numbers and gives it a name.
    pub(crate) fn whole_numbers(&mut self, name: &str, shape: &[usize], values: &[i64]) -> String {
        let raw: Vec<u8> = values.iter().flat_map(|it| it.to_le_bytes()).collect();
        self.tensor(name, 7, shape, &raw)
    }

    /// Adds a tensor of numbers and gives it a name.
    pub(crate) fn numbers(&mut self, name: &str, shape: &[usize], values: &[f32]) -> String {
        let raw: Vec<u8> = values.iter().flat_map(|it| it.to_le_bytes()).collect();
        self.tensor(name, 1, shape, &raw)
    }

    /// A `TensorProto` with elements of this `TensorProto.DataType`.
    fn tensor(&mut self, name: &str, element: u8, shape: &[usize], raw: &[u8]) -> String {
        let name = Self::name(name);
        let mut tensor = Vec::new();
        for size in shape {
            tensor.push(1 << 3);
            tensor.extend(varint(*size as u64));
        }
        tensor.extend([2 << 3, element]);
        tensor.extend(text(8, &name));
        tensor.extend(message(9, raw));
        self.added.extend(message(5, &tensor));
        name
    }

    /// A name that no exporter gives.
    pub(crate) fn name(what: &str) -> String {
        format!("phi3ml/{what}")
    }

    /// The changed graph. Nothing, if `file` is not the one that was described.
    #[cfg_attr(
        not(any(feature = "ort", feature = "rten", test)),
        expect(dead_code, reason = "only engines change graphs")
    )]
    pub(crate) fn apply(&self, mut file: Vec<u8>) -> Option<Vec<u8>> {
        /// `ModelProto.graph`.
        const GRAPH: u8 = 7;
        for Change { at, from, to } in &self.changes {
            let start = usize::try_from(*at).ok()?;
            let end = start.checked_add(from.len())?;
            let bytes = file.get_mut(start..end).filter(|bytes| *bytes == from)?;
            bytes.copy_from_slice(to);
        }
        let [start, end] = [self.graph.start, self.graph.end].map(usize::try_from);
        let (start, end) = (start.ok()?, end.ok()?);
        let length = end.checked_sub(start)?;
        let before = start.checked_sub(head(GRAPH, length).len())?;
        let (graph, head_before) = (file.get(start..end)?, file.get(before..start)?);
        if head_before != head(GRAPH, length) {
            return None;
        }
        let head = head(GRAPH, length + self.added.len());
        let parts = [
            file.get(..before)?,
            &head,
            graph,
            &self.added,
            file.get(end..)?,
        ];
        Some(parts.concat())
    }
}

fn text(field: u8, text: &str) -> Vec<u8> {
    message(field, text.as_bytes())
}

/// A field, with a number below 16, that holds these bytes.
fn message(field: u8, content: &[u8]) -> Vec<u8> {
    [&*head(field, content.len()), content].concat()
}

/// What is before the bytes of a field.
fn head(field: u8, length: usize) -> Vec<u8> {
    std::iter::once(field << 3 | 2)
        .chain(varint(length as u64))
        .collect()
}

fn varint(mut number: u64) -> impl Iterator<Item = u8> {
    let mut is_last = false;
    std::iter::from_fn(move || {
        if is_last {
            return None;
        }
        let low = number.to_le_bytes()[0] & 0x7f;
        number >>= 7;
        is_last = number == 0;
        Some(if is_last { low } else { low | 0x80 })
    })
}

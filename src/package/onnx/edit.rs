//! A graph that is changed in memory: some operators read only the last places of a value. It does not decide which,
//! and leaves the file as it is.
//!
//! What is read instead has a name of the same length, so that it can stand where the other one stood; operators
//! are added behind the end of the file, where a second graph is merged into the first:
//! <https://protobuf.dev/programming-guides/encoding/#last-one-wins>. Field numbers are those of `onnx/onnx.proto`.

use std::collections::BTreeSet;

use super::{Description, Node};

/// Changes to the graph in one file.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Edit {
    cuts: Vec<Cut>,
}

/// A value of which some operators read only the last places.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Cut {
    value: String,
    /// What these places are called.
    last: String,
    /// Where the value's name is in the file and the other one is to be.
    places: Vec<u64>,
}

impl Edit {
    /// Lets some operators, of the outermost graph, read the last places of `value` instead of all. Nothing where no
    /// name is left for these.
    pub(crate) fn cut<'a>(
        &mut self,
        description: &Description,
        value: &str,
        readers: impl Iterator<Item = &'a Node>,
    ) -> Option<()> {
        let last = self.unused_like(description, value)?;
        let places = readers.flat_map(|node| {
            let inputs = node.inputs.iter().zip(&node.places);
            inputs.filter_map(|(input, place)| (input == value).then_some(*place))
        });
        self.cuts.push(Cut {
            value: value.to_owned(),
            last,
            places: places.collect(),
        });
        Some(())
    }

    /// A name of the same length that nothing has.
    fn unused_like(&self, description: &Description, name: &str) -> Option<String> {
        let nodes = description.nodes.iter();
        let names = nodes.flat_map(|node| node.inputs.iter().chain(&node.outputs));
        let inner = description.inner.iter();
        let all = names.chain(inner).chain(description.tensors.keys());
        let cuts = self.cuts.iter().map(|cut| &cut.last);
        let used: BTreeSet<&str> = all.chain(cuts).map(String::as_str).collect();
        let mut start = name.to_owned();
        let end = start.pop().filter(char::is_ascii)?;
        let others = ('!'..='~').filter(|other| *other != end);
        let mut others = others.map(|other| format!("{start}{other}"));
        others.find(|other| !used.contains(other.as_str()))
    }

    /// The changed graph, where of each value that is cut only the last `count` places are read, along its second
    /// dimension. Nothing, if `file` is not the one that was described.
    #[cfg_attr(
        not(any(feature = "ort", test)),
        expect(dead_code, reason = "the other engine takes graphs as they are")
    )]
    pub(crate) fn apply(&self, mut file: Vec<u8>, count: i64) -> Option<Vec<u8>> {
        for cut in &self.cuts {
            for place in &cut.places {
                let start = usize::try_from(*place).ok()?;
                let end = start.checked_add(cut.value.len())?;
                let name = file.get_mut(start..end)?;
                if name != cut.value.as_bytes() {
                    return None;
                }
                name.copy_from_slice(cut.last.as_bytes());
            }
        }
        // `Slice` wants all of them as tensors of whole numbers.
        let tensors = [("start", -count), ("end", i64::MAX), ("axis", 1)];
        let mut graph = Vec::new();
        for (name, number) in tensors {
            graph.extend(message(5, &whole_number(&name_of(name), number)));
        }
        for cut in &self.cuts {
            let mut node = text(1, &cut.value);
            for (name, _) in tensors {
                node.extend(text(1, &name_of(name)));
            }
            node.extend(text(2, &cut.last));
            node.extend(text(3, &name_of(&cut.last)));
            node.extend(text(4, "Slice"));
            graph.extend(message(1, &node));
        }
        file.extend(message(7, &graph));
        Some(file)
    }
}

/// A name that no exporter gives.
fn name_of(what: &str) -> String {
    format!("phi3ml/last/{what}")
}

/// A `TensorProto` with one whole number; 7 is INT64.
fn whole_number(name: &str, value: i64) -> Vec<u8> {
    const ONE: [u8; 2] = [1 << 3, 1];
    const INT64: [u8; 2] = [2 << 3, 7];
    let raw = message(9, &value.to_le_bytes());
    [&ONE[..], &INT64, &text(8, name), &raw].concat()
}

fn text(field: u8, text: &str) -> Vec<u8> {
    message(field, text.as_bytes())
}

/// A field, with a number below 16, that holds these bytes.
fn message(field: u8, content: &[u8]) -> Vec<u8> {
    let mut bytes = vec![field << 3 | 2];
    let mut length = content.len();
    while let rest @ 1.. = length >> 7 {
        bytes.push(length.to_le_bytes()[0] | 0x80);
        length = rest;
    }
    bytes.push(length.to_le_bytes()[0]);
    bytes.extend(content);
    bytes
}

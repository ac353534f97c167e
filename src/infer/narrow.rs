//! Which operators of a graph need not run for all tokens, because only the last token's logits are asked for.
//!
//! These are the ones behind the last layer's attention: its output and the MLP, a norm, and the head, for Phi-3-mini
//! a twentieth of all work. This only finds them; the graph is changed when an engine takes it.

use std::collections::{HashMap, HashSet};

use crate::package::onnx::{Description, Edit, Node};

/// More operators than are behind any last attention: bounds the search in graphs that nobody exported.
const MOST: usize = 16;

/// How `description` is to be changed so that all behind the last attention runs for the last `count` tokens only.
/// Nothing where that cannot be, or where it could change a bit of what comes out.
pub(super) fn plan(description: &Description, logits: &str, count: usize) -> Option<Edit> {
    let graph = Links::of(description);
    let late = graph.late(logits);
    let mut edit = Edit::of(description);
    // `Slice` wants all of them as tensors.
    let count = i64::try_from(count).ok()?;
    let [start, end, axis] = [("start", -count), ("end", i64::MAX), ("axis", 1)]
        .map(|(name, number)| edit.whole_numbers(name, &[1], &[number]));
    let mut seen = HashSet::new();
    for node in &late {
        for value in node.inputs.iter().filter(|value| graph.is_computed(value)) {
            let maker = graph.makers.get(value.as_str())?;
            if is_among(maker, &late) || !seen.insert(value) {
                continue;
            }
            if seen.len() > MOST || !has_a_place_for_each_token(maker, value, description) {
                return None;
            }
            let last = edit.instead(description, value, late.iter().copied())?;
            edit.add("Slice", &[value, &start, &end, &axis], &last, &[]);
        }
    }
    (!seen.is_empty()).then_some(edit)
}

/// Who makes what, and who reads it.
struct Links<'a> {
    description: &'a Description,
    makers: HashMap<&'a str, &'a Node>,
    readers: HashMap<&'a str, Vec<&'a Node>>,
}

impl<'a> Links<'a> {
    fn of(description: &'a Description) -> Self {
        let mut readers: HashMap<_, Vec<_>> = HashMap::new();
        for node in &description.nodes {
            for input in &node.inputs {
                readers.entry(input.as_str()).or_default().push(node);
            }
        }
        Self {
            description,
            makers: description.makers(),
            readers,
        }
    }

    /// Whether a value comes from an operator.
    fn is_computed(&self, value: &str) -> bool {
        !value.is_empty() && !self.description.tensors.contains_key(value)
    }

    /// The operators that work row by row and whose rows nobody needs but the logits.
    fn late(&self, logits: &str) -> Vec<&'a Node> {
        let mut late: Vec<&Node> = Vec::new();
        // Each stands behind all that it reads, which was checked.
        for node in self.description.nodes.iter().rev() {
            let mut outputs = node.outputs.iter().filter(|output| !output.is_empty());
            if outputs.all(|output| output == logits || self.is_read_by(output, &late))
                && works_row_by_row(node, self.description)
            {
                late.push(node);
            }
            if late.len() == MOST {
                break;
            }
        }
        late
    }

    /// Whether these operators read a value, and nothing else does.
    fn is_read_by(&self, value: &str, those: &[&Node]) -> bool {
        let mut ends = self.description.outputs.iter();
        let readers = self.readers.get(value).map_or(&[][..], Vec::as_slice);
        !readers.is_empty()
            && readers.iter().all(|reader| is_among(reader, those))
            && !self.description.inner.contains(value)
            && !ends.any(|end| end.name == value)
    }
}

/// Whether it is one of those, and not one like it.
fn is_among(node: &Node, those: &[&Node]) -> bool {
    those.iter().any(|one| std::ptr::eq(*one, node))
}

/// Whether each row that comes out is made of the same row of each input, and of the same bits whatever the other
/// rows are. Only operators of which that is known, from the exports that there are.
fn works_row_by_row(node: &Node, description: &Description) -> bool {
    let is_tensor = |name: &String| name.is_empty() || description.tensors.contains_key(name);
    let tensors_from = |first| node.inputs.iter().skip(first).all(is_tensor);
    let number = |name: &str| node.numbers.get(name).copied();
    match node.operator.as_str() {
        "MatMul" => {
            let weight = node.inputs.get(1);
            let weight = weight.and_then(|name| description.tensors.get(name));
            weight.is_some_and(|weight| weight.shape.len() == 2)
        }
        // Other levels compute in floating point, where ONNX Runtime 1.31 was seen to add in another order if one
        // of its threads is left with a single row: 129 rows on 2 threads.
        "MatMulNBits" => number("accuracy_level") == Some(4) && tensors_from(1),
        "SimplifiedLayerNormalization" => number("axis") == Some(-1) && tensors_from(1),
        "SkipSimplifiedLayerNormalization" => tensors_from(2),
        "Mul" => node.inputs.iter().all(|name| !is_tensor(name)),
        "Sigmoid" => true,
        _ => false,
    }
}

/// Whether a value has the shape of the hidden state: sequences, tokens, numbers.
fn has_a_place_for_each_token(maker: &Node, value: &str, description: &Description) -> bool {
    let is_output = |index: usize| maker.outputs.get(index).is_some_and(|it| it == value);
    match maker.operator.as_str() {
        "GroupQueryAttention" | "MatMulNBits" | "SimplifiedLayerNormalization" => is_output(0),
        "SkipSimplifiedLayerNormalization" => is_output(0) || is_output(3),
        // The embedding.
        "Gather" => {
            let indices = maker.inputs.get(1);
            let mut inputs = description.inputs.iter();
            indices.is_some_and(|name| inputs.any(|it| it.name == *name && it.shape.len() == 2))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::package::onnx::tests::TINY;

    /// What is planned for the tiny graph after a change.
    fn planned(change: impl FnOnce(&mut Description)) -> Option<Edit> {
        let mut description = Description::read(Path::new(TINY)).unwrap();
        change(&mut description);
        plan(&description, "logits", 8)
    }

    fn node<'a>(description: &'a mut Description, name: &str) -> &'a mut Node {
        let mut nodes = description.nodes.iter_mut();
        nodes.find(|node| node.name.contains(name)).unwrap()
    }

    #[test]
    fn all_behind_the_last_attention_runs_for_the_last_tokens_only() {
        let attended = "/model/layers.1/attn/GroupQueryAttention/output_0";
        let skipped = "/model/layers.1/input_layernorm/output_3";
        let file = fs_err::read(TINY).unwrap();
        let edit = planned(|_| ()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("model.onnx");
        fs_err::write(&path, edit.apply(file.clone()).unwrap()).unwrap();
        let before = Description::read(Path::new(TINY)).unwrap();
        let after = Description::read(&path).unwrap();
        let reads = |description: &Description, value: &str| {
            let nodes = description.nodes.iter();
            let readers = nodes.filter(|node| node.inputs.iter().any(|input| input == value));
            let names = readers.map(|node| node.operator.clone());
            names.collect::<Vec<_>>()
        };
        assert_eq!(reads(&before, attended), ["MatMulNBits"]);
        assert_eq!(
            reads(&before, skipped),
            ["SkipSimplifiedLayerNormalization"]
        );
        assert_eq!(reads(&after, attended), ["Slice"]);
        assert_eq!(reads(&after, skipped), ["Slice"]);
        let cut: Vec<_> = after.nodes.iter().rev().take(2).collect();
        for slice in cut {
            let last = &slice.outputs[0];
            assert_eq!(last.len(), slice.inputs[0].len());
            assert_eq!(reads(&before, last), [""; 0]);
            assert_eq!(reads(&after, last).len(), 1);
        }
        assert_eq!(after.outputs, before.outputs);
        assert_eq!(after.nodes.len(), before.nodes.len() + 2);
        // Another file is not changed where this one would be.
        let mut other = file;
        other.insert(0, 0);
        assert_eq!(edit.apply(other), None);
        assert_eq!(edit.apply(Vec::new()), None);
    }

    #[test]
    fn what_could_change_a_bit_or_a_shape_is_left() {
        let all = planned(|_| ());
        let head = |change: fn(&mut Node)| {
            planned(|description| change(node(description, "/lm_head/MatMul")))
        };
        assert_eq!(
            head(|head| _ = head.numbers.insert("accuracy_level".into(), 0)),
            None
        );
        assert_eq!(head(|head| head.operator = "Loop".into()), None);
        // Rows that others read too, or that come from who knows where.
        for name in ["norm_layernorm/output_0", "mlp/Mul/output_0"] {
            let read = planned(|graph| {
                let inner = graph.nodes.iter().flat_map(|node| &node.outputs);
                let inner = inner.filter(|output| output.contains(name));
                graph.inner = inner.cloned().collect();
            });
            assert_ne!(read, all, "{name}");
        }
        let unknown = planned(|graph| node(graph, "1/attn/GroupQuery").operator = "If".into());
        assert_eq!(unknown, None);
        let ended = planned(|graph| {
            let mut end = graph.outputs[0].clone();
            end.name = node(graph, "norm_layernorm").outputs[0].clone();
            graph.outputs.push(end);
        });
        assert!(ended.is_some_and(|ended| Some(&ended) != all.as_ref()));
    }
}

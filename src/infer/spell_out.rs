//! Operators that the pure engine does not have, spelled out in others that it has. This only plans it; the graph is
//! changed when that engine takes it.
//!
//! The one that Phis have is the embedding that shares the head's int4 matrix (Phi-4-mini): `GatherBlockQuantized`,
//! `ContribOperators.md` of ONNX Runtime.

use crate::package::onnx::{Description, Edit, Node};

const BITS: u32 = 4;
/// How many numbers a byte holds, and the bytes that there are.
const IN_A_BYTE: usize = 2;
const BYTES: usize = 256;
/// What stands for zero where nothing else is said.
const ZERO: f32 = 8.0;

/// How `description` is to be changed; nothing, if there is nothing to spell out, or in another way than exports do it.
pub(super) fn plan(description: &Description) -> Option<Edit> {
    let mut nodes = description.nodes.iter();
    let gather = nodes.find(|node| node.operator == "GatherBlockQuantized")?;
    let embedding = Embedding::of(gather, description)?;
    let mut edit = Edit::of(description);
    edit.leave_out(gather);
    if let Some(flat) = embedding.flat {
        edit.leave_out(flat);
    }
    embedding.spell_out(&mut edit);
    Some(edit)
}

/// A table of rows of int4 numbers, of which some are picked.
struct Embedding<'a> {
    /// Blocks of numbers, row by row, two in a byte, and what each block is multiplied with.
    bytes: &'a str,
    scales: &'a str,
    picked: &'a str,
    output: &'a str,
    block: i64,
    /// What makes a row of the blocks of each, which is not needed here.
    flat: Option<&'a Node>,
}

impl<'a> Embedding<'a> {
    fn of(gather: &'a Node, description: &'a Description) -> Option<Self> {
        let number = |name: &str| gather.numbers.get(name).copied();
        let is_as_exported = number("gather_axis").unwrap_or_default() == 0
            && number("quantize_axis").unwrap_or(1) == 1
            && number("bits").is_none_or(|bits| bits == i64::from(BITS));
        let ([bytes, picked, scales], [output]) = (&*gather.inputs, &*gather.outputs) else {
            return None;
        };
        let mut nodes = description.nodes.iter();
        let maker = nodes.find(|node| node.outputs.contains(bytes));
        let mut nodes = description.nodes.iter();
        let flat = maker.filter(|node| {
            let is_read = |reader: &Node| reader.inputs.contains(bytes) && reader != gather;
            node.operator == "Reshape" && !nodes.any(is_read) && !description.inner.contains(bytes)
        });
        let bytes = flat.map_or(Some(bytes), |flat| flat.inputs.first())?;
        let tensor = |name: &String| description.tensors.get(name);
        let (table, factors) = (tensor(bytes)?, tensor(scales)?);
        let block = number("block_size").unwrap_or(128);
        let sizes = table.shape.get(1..)?.iter();
        let bytes_in_a_row = sizes.copied().try_fold(1, i64::checked_mul)?;
        let is_table =
            table.element == 2 && table.shape.len() == if flat.is_some() { 3 } else { 2 };
        let fits = is_table
            && matches!(*factors.shape, [_, blocks] if blocks.checked_mul(block) == bytes_in_a_row.checked_mul(2));
        (is_as_exported && fits).then_some(Self {
            bytes,
            scales,
            picked,
            output,
            block,
            flat,
        })
    }

    fn spell_out(&self, edit: &mut Edit) {
        let codes = (0..BYTES).flat_map(|byte| [byte & 15, byte >> 4]);
        #[expect(clippy::cast_precision_loss, reason = "they are below 16")]
        let numbers: Vec<_> = codes.map(|code| code as f32 - ZERO).collect();
        let numbers = edit.numbers("embedding/numbers", &[BYTES, IN_A_BYTE], &numbers);
        // A zero keeps a size as it is: those of the sequences and of the tokens.
        let mut shape = |name: &str, sizes: &[i64]| {
            edit.whole_numbers(&format!("embedding/{name}"), &[sizes.len()], sizes)
        };
        let by_block = shape("by_block", &[0, 0, -1, self.block]);
        let each_block = shape("each_block", &[0, 0, -1, 1]);
        let in_a_row = shape("in_a_row", &[0, 0, -1]);

        let [rows, codes, pairs, blocks, scales, factors, products] = &[
            "rows", "codes", "pairs", "blocks", "scales", "factors", "products",
        ]
        .map(|name| Edit::name(&format!("embedding/{name}")));
        // To INT32.
        edit.add("Cast", &[rows], codes, &[("to", 6)]);
        let mut step = |operator, inputs: &[&str], output| edit.add(operator, inputs, output, &[]);
        step("Gather", &[self.bytes, self.picked], rows);
        step("Gather", &[&numbers, codes], pairs);
        step("Reshape", &[pairs, &by_block], blocks);
        step("Gather", &[self.scales, self.picked], scales);
        step("Reshape", &[scales, &each_block], factors);
        step("Mul", &[blocks, factors], products);
        step("Reshape", &[products, &in_a_row], self.output);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is planned for an embedding as exports have it, after a change.
    fn is_planned(change: impl FnOnce(&mut Description)) -> bool {
        let node = |operator: &str, inputs: &[&str], output: &str| Node {
            operator: operator.to_owned(),
            inputs: inputs.iter().map(|&name| name.to_owned()).collect(),
            outputs: vec![output.to_owned()],
            ..Node::default()
        };
        let tensor = |name: &str, element, shape: &[i64]| {
            let shape = shape.to_vec();
            let tensor = crate::package::onnx::Tensor {
                element,
                shape,
                ..Default::default()
            };
            (name.to_owned(), tensor)
        };
        let mut description = Description {
            nodes: vec![
                node("Reshape", &["head_Q4", "shape"], "flat"),
                node(
                    "GatherBlockQuantized",
                    &["flat", "ids", "head_scales"],
                    "hidden",
                ),
            ],
            tensors: [
                tensor("head_Q4", 2, &[640, 4, 16]),
                tensor("head_scales", 1, &[640, 4]),
            ]
            .into(),
            ..Description::default()
        };
        let blocks = ("block_size".to_owned(), 32);
        description.nodes[1].numbers = [blocks].into();
        change(&mut description);
        plan(&description).is_some()
    }

    #[test]
    fn an_embedding_as_exports_have_it_is_spelt_out() {
        assert!(is_planned(|_| ()));
        // A table of two sizes is read as it is.
        assert!(is_planned(|graph| {
            graph.nodes[1].inputs[0] = "head_Q4".into();
            graph.tensors.get_mut("head_Q4").unwrap().shape = vec![640, 64];
        }));
    }

    #[test]
    fn any_other_is_left() {
        for (name, value) in [("gather_axis", 1), ("quantize_axis", 0), ("bits", 8)] {
            assert!(!is_planned(|graph| {
                graph.nodes[1].numbers.insert(name.to_owned(), value);
            }));
        }
        // With zero points.
        assert!(!is_planned(|graph| graph.nodes[1]
            .inputs
            .push("zeros".into())));
        // A table of three, whose second is not that of the blocks then.
        assert!(!is_planned(
            |graph| graph.nodes[1].inputs[0] = "head_Q4".into()
        ));
        // Blocks that the scales are not for.
        assert!(!is_planned(|graph| {
            graph.tensors.get_mut("head_scales").unwrap().shape = vec![640, 1];
        }));
        // From who knows where.
        assert!(!is_planned(
            |graph| graph.nodes[0].operator = "Transpose".into()
        ));
        // Others read what would be left out.
        assert!(!is_planned(|graph| {
            let mut other = graph.nodes[0].clone();
            other.inputs[0] = "flat".into();
            graph.nodes.push(other);
        }));
        assert!(!is_planned(|graph| graph.inner = ["flat".to_owned()].into()));
    }
}

//! Whether the parts of a graph fit each other: tensors their sizes, operators their tensors, and all of them
//! an order. It reads no weights, and does not ask what the graph is for.
//!
//! Engines check much of this themselves, but not all: rten 0.27 reads beyond the scales of a quantised matrix
//! that has too few of them, and does not end on a graph that feeds itself.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use crate::package::onnx::{Description, Node, Tensor};

use super::config::{GenaiConfig, MAX_SIZE};
use super::error::Error;

/// Operators that engines trust to fit.
const LOOKED_AT: [&str; 3] = ["MatMulNBits", "GroupQueryAttention", "GatherBlockQuantized"];

/// Refuses a graph whose parts do not fit.
pub(super) fn check(
    path: &Path,
    description: &Description,
    config: &GenaiConfig,
) -> Result<(), Error> {
    let unsound = |(place, found): (String, String)| Error::Unsound {
        path: path.to_path_buf(),
        place,
        found,
    };
    for (name, tensor) in &description.tensors {
        sizes(tensor).map_err(|found| unsound((name.clone(), found)))?;
    }
    order(description).map_err(unsound)?;
    for operator in LOOKED_AT {
        if description.inner_operators.contains(operator) {
            let found = "it is inside of another operator, where its parts are not looked at";
            return Err(unsound((operator.to_owned(), found.to_owned())));
        }
    }
    let readers = description.nodes.iter();
    let readers: HashMap<_, _> = readers
        .filter_map(|node| Some((node.inputs.first()?, node)))
        .collect();
    for node in &description.nodes {
        let fits = match node.operator.as_str() {
            "MatMulNBits" => matrix(node, description),
            "GroupQueryAttention" => {
                let reader = node.outputs.first().and_then(|made| readers.get(made));
                let read = reader.and_then(|reader| rows(reader, description));
                heads(node, read, config)
            }
            _ => Ok(()),
        };
        fits.map_err(|found| unsound((node.name.clone(), found)))?;
    }
    Ok(())
}

/// A tensor has as many bytes as its numbers take.
fn sizes(tensor: &Tensor) -> Result<(), String> {
    let numbers = count(tensor).ok_or_else(|| format!("its shape is {:?}", tensor.shape))?;
    let (Some(bits), Some(bytes)) = (bits(tensor.element), tensor.bytes) else {
        return Ok(());
    };
    let needed = numbers.checked_mul(bits).map(|bits| bits.div_ceil(8));
    if needed == Some(bytes) {
        return Ok(());
    }
    Err(format!(
        "it has {bytes} bytes, but a shape of {:?} takes {}",
        tensor.shape,
        needed.map_or("more than there are".to_owned(), |needed| needed
            .to_string())
    ))
}

/// How many numbers are in it; none if its shape is no shape.
fn count(tensor: &Tensor) -> Option<u64> {
    tensor.shape.iter().try_fold(1_u64, |numbers, &size| {
        numbers.checked_mul(size.try_into().ok()?)
    })
}

/// How many bits a number takes, by `TensorProto.DataType`.
fn bits(element: u64) -> Option<u64> {
    match element {
        7 | 11 | 13 | 14 => Some(64),
        1 | 6 | 12 => Some(32),
        4 | 5 | 10 | 16 => Some(16),
        2 | 3 | 9 | 17..=20 => Some(8),
        21 | 22 => Some(4),
        15 => Some(128),
        _ => None,
    }
}

/// Everything is made once, and before it is used (`IR.md` of ONNX: the nodes are sorted topologically).
fn order(description: &Description) -> Result<(), (String, String)> {
    let given = description.inputs.iter().map(|input| input.name.as_str());
    let mut known: HashSet<&str> = description.tensors.keys().map(String::as_str).collect();
    known.extend(given);
    for node in &description.nodes {
        let wrong = |found| Err((node.name.clone(), found));
        let named = |names: &'_ [String]| names.iter().filter(|name| !name.is_empty()).count();
        if named(&node.outputs) == 0 {
            return wrong("it has no output".to_owned());
        }
        for input in node.inputs.iter().filter(|input| !input.is_empty()) {
            if !known.contains(input.as_str()) {
                return wrong(format!("nothing before it makes `{input}`"));
            }
        }
        for output in node.outputs.iter().filter(|output| !output.is_empty()) {
            if !known.insert(output) {
                return wrong(format!("it makes `{output}`, which is there already"));
            }
        }
    }
    let mut ends = description.outputs.iter();
    match ends.find(|end| !known.contains(end.name.as_str())) {
        Some(end) => Err((end.name.clone(), "nothing makes it".to_owned())),
        None => Ok(()),
    }
}

/// `MatMulNBits` (`ContribOperators.md` of ONNX Runtime): blocks of numbers of few bits, one scale for each block.
fn matrix(node: &Node, description: &Description) -> Result<(), String> {
    let number = |name: &str| {
        let value = node.numbers.get(name).copied().unwrap_or_default();
        u64::try_from(value)
            .ok()
            .filter(|value| (1..=1 << 31).contains(value))
            .ok_or_else(|| format!("`{name}` is {value}"))
    };
    let (inputs, outputs, bits, block) = (
        number("K")?,
        number("N")?,
        number("bits")?,
        number("block_size")?,
    );
    let is_block = (16..=1 << 16).contains(&block) && block.is_power_of_two();
    if ![2, 4, 8].contains(&bits) || !is_block {
        return Err(format!(
            "it has blocks of {block} numbers of {bits} bits, which no export has"
        ));
    }
    let blocks = inputs.div_ceil(block);
    holds(node, 1, description, |tensor| {
        (tensor.element == 2).then(|| vec![vec![outputs, blocks, block * bits / 8]])
    })?;
    let flat_or_by_row =
        |by_row: u64| vec![vec![outputs, by_row], vec![outputs.saturating_mul(by_row)]];
    holds(node, 2, description, |tensor| {
        [1, 10, 16]
            .contains(&tensor.element)
            .then(|| flat_or_by_row(blocks))
    })?;
    if node.inputs.get(3).is_some_and(|name| !name.is_empty()) {
        let packed = (blocks * bits).div_ceil(8);
        holds(node, 3, description, |tensor| {
            Some(flat_or_by_row(if tensor.element == 2 {
                packed
            } else {
                blocks
            }))
        })?;
    }
    Ok(())
}

/// An input is a tensor of the graph, and has one of the `expected` shapes; none: it is of a wrong type.
fn holds(
    node: &Node,
    input: usize,
    description: &Description,
    expected: impl FnOnce(&Tensor) -> Option<Vec<Vec<u64>>>,
) -> Result<(), String> {
    let name = node
        .inputs
        .get(input)
        .map(String::as_str)
        .unwrap_or_default();
    let tensor = description
        .tensors
        .get(name)
        .ok_or_else(|| format!("its input {input} (`{name}`) is not among the graph's tensors"))?;
    let expected =
        expected(tensor).ok_or_else(|| format!("`{name}` has element type {}", tensor.element))?;
    let shape = tensor.shape.iter().map(|size| u64::try_from(*size));
    let shape = shape.collect::<Result<Vec<_>, _>>().unwrap_or_default();
    if expected.contains(&shape) {
        return Ok(());
    }
    let expected = expected.iter().map(|shape| format!("{shape:?}"));
    Err(format!(
        "`{name}` has a shape of {:?}, and has to have {}",
        tensor.shape,
        expected.collect::<Vec<_>>().join(" or ")
    ))
}

/// How many numbers a multiplication with a matrix takes of each token.
fn rows(node: &Node, description: &Description) -> Option<i64> {
    match node.operator.as_str() {
        "MatMulNBits" => node.numbers.get("K").copied(),
        "MatMul" => description
            .tensors
            .get(node.inputs.get(1)?)?
            .shape
            .first()
            .copied(),
        _ => None,
    }
}

/// `read` is how many numbers of each token are taken from what comes out, where that is known.
fn heads(node: &Node, read: Option<i64>, config: &GenaiConfig) -> Result<(), String> {
    let number = |name: &str| {
        let value = node.numbers.get(name).copied().unwrap_or_default();
        usize::try_from(value)
            .ok()
            .filter(|value| (1..=MAX_SIZE).contains(value))
            .ok_or_else(|| format!("`{name}` is {value}"))
    };
    let (all, keys) = (number("num_heads")?, number("kv_num_heads")?);
    let configured = config.model.decoder.num_key_value_heads;
    if keys != configured {
        return Err(format!(
            "`kv_num_heads` is {keys}, but `model.decoder.num_key_value_heads` is {configured}"
        ));
    }
    if all % keys != 0 {
        return Err(format!(
            "`num_heads` is {all}, which {keys} heads of keys do not divide"
        ));
    }
    if node.numbers.get("local_window_size") == Some(&0) {
        return Err(
            "`local_window_size` is 0, which each engine takes for something else".to_owned(),
        );
    }
    let size = config.model.decoder.head_size;
    if let Some(read) = read.filter(|read| usize::try_from(*read) != Ok(all.saturating_mul(size))) {
        return Err(format!(
            "its {all} heads make {read} numbers, but `model.decoder.head_size` is {size}"
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::infer::config::tests::{example, parse};
    use crate::package::onnx::tests::TINY;

    /// What is said of the tiny graph after a change; nothing, if it is taken.
    fn said(change: impl FnOnce(&mut Description)) -> String {
        let mut description = Description::read(Path::new(TINY)).unwrap();
        change(&mut description);
        let config = parse(&example()).unwrap();
        check(Path::new("model.onnx"), &description, &config)
            .map_or_else(|error| error.to_string(), |()| String::new())
    }

    fn head(description: &mut Description) -> &mut Node {
        let mut nodes = description.nodes.iter_mut();
        nodes
            .find(|node| node.name == "/lm_head/MatMul_Q4")
            .unwrap()
    }

    #[test]
    fn a_sound_graph_is_taken() {
        assert_eq!(said(|_| ()), "");
    }

    #[test]
    fn what_is_looked_at_is_in_the_outermost_graph() {
        for operator in LOOKED_AT {
            let said = said(|graph| graph.inner_operators = [operator.to_owned()].into());
            assert!(said.contains("it is inside of another operator"), "{said}");
        }
    }

    #[test]
    fn tensors_have_the_bytes_of_their_shape() {
        for shape in [vec![7, 2], vec![-1, -1], vec![i64::MAX, 2], vec![]] {
            let said = said(|graph| {
                let scales = graph.tensors.get_mut("lm_head.MatMul.weight_scales");
                scales.unwrap().shape = shape;
            });
            let start = "`model.onnx` is damaged at `lm_head.MatMul.weight_scales`: it";
            assert!(said.starts_with(start), "{said}");
        }
    }

    #[test]
    fn matrices_have_all_their_blocks() {
        let told = said(|graph| {
            let scales = graph.tensors.get_mut("lm_head.MatMul.weight_scales");
            let scales = scales.unwrap();
            (scales.shape, scales.bytes) = (vec![7, 2], Some(56));
        });
        assert_eq!(
            told,
            "`model.onnx` is damaged at `/lm_head/MatMul_Q4`: `lm_head.MatMul.weight_scales` has a shape of \
             [7, 2], and has to have [611, 2] or [1222]"
        );
        for shape in [vec![2, 611], vec![1, 1222], vec![611, 2, 1]] {
            let told = said(|graph| {
                let scales = graph.tensors.get_mut("lm_head.MatMul.weight_scales");
                scales.unwrap().shape = shape;
            });
            assert!(
                told.contains("and has to have [611, 2] or [1222]"),
                "{told}"
            );
        }
        let told = said(|graph| {
            let weights = graph.tensors.get_mut("lm_head.MatMul.weight_Q4");
            weights.unwrap().shape = vec![611, 32];
        });
        assert!(told.contains("has to have [611, 2, 16]"), "{told}");
        for (name, value) in [
            ("K", 96),
            ("N", 610),
            ("N", i64::MAX),
            ("K", -1),
            ("bits", 3),
            ("block_size", 0),
            ("block_size", 24),
        ] {
            let told = said(|graph| _ = head(graph).numbers.insert(name.to_owned(), value));
            assert!(told.contains("damaged at `/lm_head/MatMul_Q4`"), "{told}");
        }
        let told = said(|graph| head(graph).inputs[1] = "input_ids".to_owned());
        assert!(told.contains("is not among the graph's tensors"), "{told}");
    }

    #[test]
    fn nothing_is_used_before_it_is_made_or_made_twice() {
        let told = said(|graph| head(graph).inputs[0] = "logits".to_owned());
        assert!(told.ends_with("nothing before it makes `logits`"), "{told}");
        let told = said(|graph| head(graph).outputs[0] = "cos_cache".to_owned());
        assert!(told.ends_with("which is there already"), "{told}");
        let told = said(|graph| head(graph).outputs[0] = "other".to_owned());
        assert!(told.ends_with("`logits`: nothing makes it"), "{told}");
    }

    #[test]
    fn heads_are_those_of_the_configuration() {
        for (name, value) in [
            ("kv_num_heads", 2),
            ("kv_num_heads", 0),
            ("num_heads", 6),
            // Heads of half the size.
            ("num_heads", 8),
            ("local_window_size", 0),
        ] {
            let told = said(|graph| {
                let mut nodes = graph.nodes.iter_mut();
                let node = nodes.find(|node| node.operator == "GroupQueryAttention");
                node.unwrap().numbers.insert(name.to_owned(), value);
            });
            assert!(told.contains("/attn/GroupQueryAttention"), "{told}");
        }
    }
}

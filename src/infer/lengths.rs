//! Whether a graph takes the lengths of its sequences from the attention mask, as exports do.
//!
//! `GroupQueryAttention` reads and writes as much of the cache as it is told, and ONNX Runtime trusts that until 1.25:
//! 1.23.2 and 1.24.1 were seen to crash, 1.26.0 and later refuse lengths that the cache does not have.

use std::collections::HashMap;

use crate::package::onnx::{Description, Node};

/// Whole numbers that hold every length: INT32 and INT64.
const WIDE: [i64; 2] = [6, 7];

/// Which inputs of `GroupQueryAttention` are `seqlens_k` and `total_sequence_length` (`ContribOperators.md`).
const LAST: usize = 5;
const TOTAL: usize = 6;

/// Whether all attention is told one less than the sum of `mask`, and how long it is.
pub(super) fn follow(description: &Description, mask: &str) -> bool {
    let graph = Makers::of(description);
    let mut attention = description
        .nodes
        .iter()
        .filter(|node| node.operator == "GroupQueryAttention");
    attention.all(|node| {
        let input = |index: usize| node.inputs.get(index).map(String::as_str);
        input(LAST).is_some_and(|last| graph.is_last(last, mask))
            && input(TOTAL).is_some_and(|total| graph.is_length(total, mask))
    })
}

/// Who makes what.
struct Makers<'a> {
    description: &'a Description,
    makers: HashMap<&'a str, &'a Node>,
}

impl<'a> Makers<'a> {
    fn of(description: &'a Description) -> Self {
        Self {
            description,
            makers: description.makers(),
        }
    }

    fn is_last(&self, value: &str, mask: &str) -> bool {
        let counted = match self.made(value) {
            Some(("Sub", [all, one])) if self.number(one) == Some(1) => self.made(all),
            _ => None,
        };
        matches!(counted, Some(("ReduceSum", [ones, axis]))
            if matches!(self.number(axis), Some(1 | -1)) && self.source(ones) == mask)
    }

    fn is_length(&self, value: &str, mask: &str) -> bool {
        let shape = match self.made(value) {
            Some(("Gather", [shape, index])) if self.number(index) == Some(1) => self.made(shape),
            _ => None,
        };
        matches!(shape, Some(("Shape", [of])) if of == mask)
    }

    /// Where a value comes from whose type may be changed on the way. Of a graph without an order this may not end.
    fn source(&self, mut value: &'a str) -> &'a str {
        while let Some(node) = self.makers.get(value)
            && node.operator == "Cast"
            && node.numbers.get("to").is_some_and(|to| WIDE.contains(to))
            && let [before] = node.inputs.as_slice()
        {
            value = before;
        }
        value
    }

    /// The operator behind a value, and what goes into it.
    fn made(&self, value: &str) -> Option<(&'a str, &'a [String])> {
        let value = self.makers.get_key_value(value)?.0;
        let node = self.makers.get(self.source(value))?;
        Some((&node.operator, &node.inputs))
    }

    /// The one number that a value always is.
    fn number(&self, value: &str) -> Option<i64> {
        if let Some(tensor) = self.description.tensors.get(value) {
            return tensor.number;
        }
        let node = self.makers.get(value)?;
        let numbers = ["value", "value_int"].map(|name| node.numbers.get(name));
        let is_constant = node.operator == "Constant";
        numbers
            .into_iter()
            .flatten()
            .next()
            .filter(|_| is_constant)
            .copied()
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::package::onnx::tests::TINY;

    /// Whether the tiny graph is trusted after a change.
    fn is_trusted(change: impl FnOnce(&mut Description)) -> bool {
        let mut description = Description::read(Path::new(TINY)).unwrap();
        change(&mut description);
        follow(&description, "attention_mask")
    }

    fn node<'a>(description: &'a mut Description, operator: &str) -> &'a mut Node {
        let mut nodes = description.nodes.iter_mut();
        nodes.find(|node| node.operator == operator).unwrap()
    }

    #[test]
    fn lengths_come_from_the_mask() {
        assert!(is_trusted(|_| ()));
        // The types may be changed earlier.
        assert!(is_trusted(|graph| {
            let cast = Node {
                operator: "Cast".to_owned(),
                inputs: vec!["attention_mask".to_owned()],
                outputs: vec!["mask".to_owned()],
                numbers: [("to".to_owned(), 7)].into(),
                ..Node::default()
            };
            graph.nodes.insert(0, cast);
            node(graph, "ReduceSum").inputs[0] = "mask".to_owned();
        }));
    }

    #[test]
    fn lengths_from_elsewhere_are_not_trusted() {
        for (operator, input, other) in [
            ("Sub", 0, "input_ids"),
            ("Sub", 1, "input_ids"),
            ("ReduceSum", 0, "input_ids"),
            ("ReduceSum", 1, "input_ids"),
            ("Shape", 0, "input_ids"),
            ("Gather", 0, "input_ids"),
            ("Gather", 1, "input_ids"),
            ("GroupQueryAttention", LAST, "input_ids"),
            ("GroupQueryAttention", TOTAL, "input_ids"),
        ] {
            let trusted = is_trusted(|graph| node(graph, operator).inputs[input] = other.into());
            assert!(!trusted, "{operator} {input}");
        }
        for operator in ["Sub", "ReduceSum", "Shape", "Gather"] {
            let trusted = is_trusted(|graph| node(graph, operator).operator = "Mul".into());
            assert!(!trusted, "{operator}");
        }
        // Numbers that end before the lengths do.
        assert!(!is_trusted(|graph| {
            node(graph, "Cast").numbers.insert("to".to_owned(), 3);
        }));
        // A constant of another value.
        assert!(!is_trusted(|graph| {
            let one = node(graph, "Sub").inputs[1].clone();
            let mut nodes = graph.nodes.iter_mut();
            let constant = nodes.find(|node| node.outputs.contains(&one)).unwrap();
            assert_eq!(constant.numbers.insert("value".to_owned(), 2), Some(1));
        }));
    }
}

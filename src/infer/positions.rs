//! How far a graph can tell the places of tokens apart: as far as the tables go that it rotates them with.
//!
//! ONNX Runtime finds only at the token behind the last row that there is none. Exporters make as many rows as
//! `model.context_length` says, but both may have been changed since.

use crate::package::onnx::{Description, is_float};

/// Which inputs are tables: those of ONNX Runtime's `GroupQueryAttention` and `RotaryEmbedding`
/// (`ContribOperators.md`); ONNX's own `RotaryEmbedding` has one of them there, and whole numbers.
const TABLES: [(&str, [usize; 2]); 2] =
    [("GroupQueryAttention", [7, 8]), ("RotaryEmbedding", [2, 3])];

/// How many positions all of its attention knows; none, if that cannot be told from the graph.
pub(super) fn most(description: &Description) -> Option<usize> {
    let makers = description.makers();
    // Then a constant need not be the longest of the tables that are chosen from.
    let others = description.inner.iter();
    let others_are_chosen_from = others
        .filter_map(|name| description.tensors.get(name))
        .any(|tensor| rows(tensor.element, &tensor.shape).is_some());
    let known = |name: &str| match description.tensors.get(name) {
        Some(tensor) => rows(tensor.element, &tensor.shape),
        None if others_are_chosen_from => None,
        None => makers.get(name)?.most_rows,
    };
    let all = description.nodes.iter().flat_map(|node| {
        let tables = TABLES
            .iter()
            .find(|(operator, _)| node.operator == *operator);
        let inputs = tables.into_iter().flat_map(|(_, inputs)| inputs);
        inputs.filter_map(|&input| known(node.inputs.get(input)?))
    });
    usize::try_from(all.min()?).ok()
}

fn rows(element: u64, shape: &[i64]) -> Option<i64> {
    match shape {
        [rows, _] if is_float(element) && *rows > 1 => Some(*rows),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::package::onnx::Node;
    use crate::package::onnx::tests::TINY;

    /// How many positions the tiny graph knows, which has tables of 1024 rows, after a change.
    fn known(change: impl FnOnce(&mut Description)) -> Option<usize> {
        let mut description = Description::read(Path::new(TINY)).unwrap();
        change(&mut description);
        most(&description)
    }

    fn table<'a>(graph: &'a mut Description, name: &str) -> &'a mut Vec<i64> {
        &mut graph.tensors.get_mut(name).unwrap().shape
    }

    fn without_tables(graph: &mut Description) {
        graph.tensors.remove("cos_cache");
        graph.tensors.remove("sin_cache");
    }

    /// Makes the tables, by choosing from constants of so many rows.
    fn choice(rows: i64) -> Node {
        Node {
            operator: "If".to_owned(),
            outputs: vec!["cos_cache".to_owned(), "sin_cache".to_owned()],
            most_rows: Some(rows),
            ..Node::default()
        }
    }

    #[test]
    fn the_shorter_table_ends_them() {
        assert_eq!(known(|_| ()), Some(1024));
        let shorter = |graph: &mut Description| table(graph, "sin_cache")[0] = 512;
        assert_eq!(known(shorter), Some(512));
    }

    #[test]
    fn the_longest_of_those_that_are_chosen_from_ends_them() {
        let chosen = |graph: &mut Description| {
            without_tables(graph);
            graph.nodes.insert(0, choice(4096));
        };
        assert_eq!(known(chosen), Some(4096));
        let from_outside = |graph: &mut Description| {
            let mut outside = graph.tensors["cos_cache"].clone();
            outside.shape[0] = 1 << 17;
            chosen(graph);
            graph.tensors.insert("cos_cache_large".to_owned(), outside);
            graph.inner.insert("cos_cache_large".to_owned());
        };
        assert_eq!(known(from_outside), None);
    }

    #[test]
    fn rotation_before_attention_counts() {
        let rotated = |inputs: [&str; 4]| {
            let inputs = inputs.map(str::to_owned).to_vec();
            known(|graph| {
                for node in &mut graph.nodes {
                    node.inputs.truncate(7);
                }
                let node = Node {
                    operator: "RotaryEmbedding".to_owned(),
                    inputs,
                    ..Node::default()
                };
                graph.nodes.push(node);
                *table(graph, "lm_head.MatMul.weight_scales") = vec![1, 16];
            })
        };
        let ort = ["x", "position_ids", "cos_cache", "sin_cache"];
        assert_eq!(rotated(ort), Some(1024));
        let places = "lm_head.MatMul.weight_scales";
        assert_eq!(rotated(["x", "cos_cache", "sin_cache", places]), Some(1024));
        assert_eq!(rotated(["x", "cos_cache", "position_ids", places]), None);
    }

    #[test]
    fn tables_from_who_knows_where_say_nothing() {
        assert_eq!(known(without_tables), None);
        let flat = |graph: &mut Description| {
            *table(graph, "cos_cache") = vec![1, 1024, 8];
            *table(graph, "sin_cache") = vec![8192];
        };
        assert_eq!(known(flat), None);
    }
}

//! How far a graph can tell the places of tokens apart: as far as the tables go that it rotates them with.
//!
//! ONNX Runtime finds only at the token behind the last row that there is none.

use std::collections::HashMap;
use std::path::Path;

use crate::package::onnx::{Description, Node};

use super::config::{CONTEXT_LENGTH, GenaiConfig};
use super::error::Error;

/// Where `GroupQueryAttention` and `RotaryEmbedding` take their tables from (`ContribOperators.md` of ONNX Runtime).
const TABLES: [(&str, [usize; 2]); 2] =
    [("GroupQueryAttention", [7, 8]), ("RotaryEmbedding", [2, 3])];

/// Refuses a context that goes on where the tables end.
pub(super) fn check(
    graph: &Path,
    description: &Description,
    config: &GenaiConfig,
) -> Result<(), Error> {
    let context_length = config.model.context_length;
    match most(description) {
        Some(most) if context_length > most => Err(Error::Field {
            path: graph.with_file_name("genai_config.json"),
            field: CONTEXT_LENGTH,
            found: context_length.to_string(),
            expected: format!("the graph tells only {most} positions apart"),
        }),
        _ => Ok(()),
    }
}

/// How many positions all of its attention knows; none, if its tables are not in the graph.
fn most(description: &Description) -> Option<usize> {
    let nodes = description.nodes.iter();
    let makers = nodes.flat_map(|node| node.outputs.iter().map(move |it| (it.as_str(), node)));
    let makers: HashMap<&str, &Node> = makers.collect();
    let rows = |name: &str| match description.tensors.get(name) {
        Some(tensor) => tensor.shape.first().copied(),
        // A constant, or the longest of those that it is chosen from.
        None => makers.get(name)?.rows,
    };
    let all = description.nodes.iter().flat_map(|node| {
        let tables = TABLES
            .iter()
            .find(|(operator, _)| node.operator == *operator);
        let inputs = tables.into_iter().flat_map(|(_, inputs)| inputs);
        inputs.filter_map(|&input| rows(node.inputs.get(input)?))
    });
    usize::try_from(all.min()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::infer::config::tests::{example, parse};

    const TINY: &str = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/fixtures/models/phi3-tiny/model.onnx"
    );

    /// What is said of the tiny graph, which has tables of 1024 rows, after a change; nothing, if it is taken.
    fn said(context_length: usize, change: impl FnOnce(&mut Description)) -> String {
        let mut description = Description::read(Path::new(TINY)).unwrap();
        change(&mut description);
        let mut config = parse(&example()).unwrap();
        config.model.context_length = context_length;
        check(Path::new("model.onnx"), &description, &config)
            .map_or_else(|error| error.to_string(), |()| String::new())
    }

    #[test]
    fn a_context_ends_where_the_tables_do() {
        assert_eq!(said(1024, |_| ()), "");
        assert_eq!(
            said(1025, |_| ()),
            "`model.context_length` in `genai_config.json` is 1025, but the graph tells only 1024 positions apart"
        );
        let told = said(1024, |graph| {
            graph.tensors.get_mut("sin_cache").unwrap().shape[0] = 512;
        });
        assert!(told.ends_with("tells only 512 positions apart"), "{told}");
    }

    #[test]
    fn tables_may_be_chosen_by_length() {
        let chosen = |graph: &mut Description| {
            graph.tensors.remove("cos_cache");
            graph.tensors.remove("sin_cache");
            let node = Node {
                operator: "If".to_owned(),
                outputs: vec!["cos_cache".to_owned(), "sin_cache".to_owned()],
                rows: Some(4096),
                ..Node::default()
            };
            graph.nodes.insert(0, node);
        };
        assert_eq!(said(4096, chosen), "");
        assert!(said(4097, chosen).ends_with("tells only 4096 positions apart"));
    }

    #[test]
    fn tables_from_who_knows_where_say_nothing() {
        let unknown = |graph: &mut Description| {
            graph.tensors.remove("cos_cache");
            graph.tensors.remove("sin_cache");
        };
        assert_eq!(said(1 << 20, unknown), "");
    }
}

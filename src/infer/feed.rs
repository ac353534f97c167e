//! Brings the tokens of a prompt through an engine, in parts. Picks no tokens.

use std::ops::ControlFlow;

use super::engine::Engine;
use super::error::Error;

/// How many tokens go through the graph at once. Bounds the memory for logits, which the graph gives for
/// every token, and how long an interruption has to wait.
const CHUNK: usize = 512;

/// The fewest tokens in the last part of a prompt. Attention over one or two tokens takes another way through
/// ONNX Runtime's kernels (seen with 1.31) and is rounded otherwise than over many.
pub(super) const LEAST: usize = 8;

/// Phi-3's rotary embeddings may switch to their long factors beyond this length.
pub(super) const SHORT_CONTEXT: usize = 4096;

/// Runs `tokens` in one row; between two parts the listener may break off.
pub(super) fn feed(
    engine: &mut dyn Engine,
    row: usize,
    tokens: &[u32],
    chunk_size: Option<usize>,
    listener: &mut dyn FnMut() -> ControlFlow<()>,
) -> Result<ControlFlow<()>, Error> {
    let all = engine.length(row) + tokens.len();
    // Beyond the short context the embeddings of all tokens depend on the length of the run.
    let is_one_run = engine.switches() && all > SHORT_CONTEXT;
    let mut rest = tokens;
    while !rest.is_empty() {
        let size = if is_one_run {
            rest.len()
        } else {
            next(rest.len(), chunk_size)
        };
        let (part, others) = rest.split_at_checked(size).unwrap_or((rest, &[]));
        engine.forward(row, part)?;
        rest = others;
        if !rest.is_empty() && listener().is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    Ok(ControlFlow::Continue(()))
}

/// How many of the last `rest` tokens go next.
fn next(rest: usize, chunk_size: Option<usize>) -> usize {
    let size = chunk_size.unwrap_or(CHUNK);
    match rest.checked_sub(size) {
        // Parts that somebody asked for are not changed.
        Some(1..LEAST) if chunk_size.is_none() => size - LEAST,
        _ => size.min(rest),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The parts in which so many tokens go.
    fn parts(all: usize, chunk_size: Option<usize>) -> Vec<usize> {
        let mut rest = all;
        let mut parts = Vec::new();
        while rest > 0 {
            let part = next(rest, chunk_size);
            parts.push(part);
            rest -= part;
        }
        parts
    }

    #[test]
    fn no_part_is_small_unless_it_was_asked_for() {
        assert_eq!(parts(1, None), [1]);
        assert_eq!(parts(512, None), [512]);
        assert_eq!(parts(513, None), [504, 9]);
        assert_eq!(parts(520, None), [512, 8]);
        assert_eq!(parts(1025, None), [512, 504, 9]);
        assert_eq!(parts(7, Some(3)), [3, 3, 1]);
    }

    proptest! {
        #[test]
        fn parts_are_the_whole(all in 1..9000_usize, chunk_size in proptest::option::of(1..600_usize)) {
            let parts = parts(all, chunk_size);
            prop_assert_eq!(parts.iter().sum::<usize>(), all);
            prop_assert!(chunk_size.is_some() || all < LEAST || parts.iter().all(|part| *part >= LEAST));
        }
    }
}

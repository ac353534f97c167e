//! Brings the tokens of a prompt through an engine, in parts. Picks no tokens.

use std::ops::ControlFlow;

use super::engine::Engine;
use super::error::Error;

/// How many tokens go through the graph at once. Bounds the memory for logits, which the graph gives for
/// every token, and how long an interruption has to wait.
const CHUNK: usize = 512;

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
    // Beyond the short context the embeddings of all tokens depend on the length of the run.
    let size = if engine.length(row) + tokens.len() > SHORT_CONTEXT {
        tokens.len()
    } else {
        chunk_size.unwrap_or(CHUNK)
    };
    let mut parts = tokens.chunks(size).peekable();
    while let Some(part) = parts.next() {
        engine.forward(row, part)?;
        if parts.peek().is_some() && listener().is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    Ok(ControlFlow::Continue(()))
}

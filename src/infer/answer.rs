//! What a model said, and what saying it took. Plain values; nothing is computed or shown here.

use serde::Serialize;

/// Why a model stopped talking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FinishReason {
    /// It said one of its own end tokens, or one of the asked-for stop texts.
    Stop,
    /// It was cut short: by the length it was allowed, or by the listener.
    Length,
}

/// How many tokens went in and came out, in OpenAI's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Usage {
    /// Tokens of the prompt.
    pub prompt_tokens: usize,
    /// Tokens of the answer, its end token included.
    pub completion_tokens: usize,
    /// Both together.
    pub total_tokens: usize,
}

/// How long it took.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Timings {
    /// Opening the model, in milliseconds.
    pub load_ms: f64,
    /// From the prompt to its first token, in milliseconds.
    pub first_token_ms: f64,
    /// Pace of the tokens after the first; `None` where there were none.
    pub tokens_per_second: Option<f64>,
}

/// The answer to one prompt.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answer {
    /// The text, without special tokens: exactly what the listener was handed.
    pub text: String,
    /// Why it ended.
    pub finish_reason: FinishReason,
    /// The prompt as the model saw it.
    pub prompt_ids: Vec<u32>,
    /// The tokens of the answer, its end token included.
    pub output_ids: Vec<u32>,
    /// Token counts.
    pub usage: Usage,
    /// Durations.
    pub timings: Timings,
    /// Whether the listener asked to stop.
    pub interrupted: bool,
}

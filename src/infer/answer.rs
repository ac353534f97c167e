//! What a model said, and what saying it took. Plain values; nothing is computed or shown here.

use serde::Serialize;

use super::error::Error;
use super::search::UsedOptions;

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
    /// Tokens of the answer, its end token included; of all sequences that were asked for.
    pub completion_tokens: usize,
    /// Both together.
    pub total_tokens: usize,
}

impl Usage {
    pub(super) fn new(prompt_tokens: usize, completion_tokens: usize) -> Self {
        Self {
            prompt_tokens,
            completion_tokens,
            total_tokens: prompt_tokens + completion_tokens,
        }
    }
}

/// How long it took.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Timings {
    /// Opening the model, in milliseconds.
    pub load_ms: f64,
    /// From the prompt to its first token, in milliseconds; in a beam search to the first step. Of many
    /// prompts, what they begin with in common is not counted.
    pub first_token_ms: f64,
    /// Pace of the tokens of the prompt that were not known yet, from its encoding to the first token.
    pub prompt_tokens_per_second: Option<f64>,
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
    /// The tokens of the answer, its end token included; a beam search, as onnxruntime-genai does it, gives
    /// none.
    pub output_ids: Vec<u32>,
    /// How likely it is, where a beam search found it.
    pub score: Option<f32>,
    /// Further sequences that were asked for, the next best first.
    pub alternatives: Vec<Alternative>,
    /// How many tokens of the prompt were known from another one.
    pub reused_tokens: usize,
    /// Token counts.
    pub usage: Usage,
    /// The search options that were used, and who set them.
    pub search: UsedOptions,
    /// Durations.
    pub timings: Timings,
    /// Whether the listener asked to stop.
    pub interrupted: bool,
}

/// Another answer to the same prompt.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Alternative {
    /// The text, without special tokens.
    pub text: String,
    /// Why it ended.
    pub finish_reason: FinishReason,
    /// Its tokens, without an end token.
    pub output_ids: Vec<u32>,
    /// How likely it is: the higher, the likelier.
    pub score: f32,
}

/// What happens while many prompts are answered.
#[derive(Debug)]
pub enum Progress {
    /// Another token, or another part of a prompt.
    Step,
    /// The answer to a request, or why there is none.
    Answer {
        /// The number of the request, from 0 on.
        index: usize,
        /// What came of it.
        answer: Box<Result<Answer, Error>>,
    },
}

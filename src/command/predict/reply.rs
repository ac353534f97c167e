//! The answer to one prompt, with all that is worth knowing about it, in the two forms that programs read.

use serde::Serialize;

use super::Answered;
use super::rows;
use crate::command::Error;
use crate::command::generation;
use crate::infer::{self, Answer, EngineInfo, FinishReason, Message, Timings, Usage, UsedOptions};

/// What `predict` did.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Outcome {
    /// The answer to a prompt.
    Text(TextOutcome),
    /// The answer to messages, as an OpenAI `chat.completion`.
    Chat(ChatOutcome),
    /// The answers to many of them.
    Rows(rows::Outcome),
}

/// The answer to a prompt.
#[derive(Debug, Serialize)]
pub struct TextOutcome {
    model: String,
    output: String,
    /// All sequences that were asked for, the best first, where they were more than one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    outputs: Vec<Sequence>,
    finish_reason: FinishReason,
    usage: Usage,
    #[serde(flatten)]
    reply: Reply,
}

/// An OpenAI `chat.completion`, and how it came about.
#[derive(Debug, Serialize)]
pub struct ChatOutcome {
    id: String,
    object: &'static str,
    created: i64,
    model: String,
    choices: Vec<Choice>,
    usage: Usage,
    #[serde(flatten)]
    reply: Reply,
}

#[derive(Debug, Serialize)]
struct Choice {
    index: usize,
    message: Message,
    finish_reason: FinishReason,
}

/// One of several sequences.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Sequence {
    pub(crate) output: String,
    finish_reason: FinishReason,
    /// The higher, the likelier.
    score: Option<f32>,
}

/// What the model said and how that came about.
#[derive(Debug, Serialize)]
pub(crate) struct Reply {
    engine: infer::EngineName,
    runtime: EngineInfo,
    timings: Timings,
    peak_memory_bytes: Option<u64>,
    search: UsedOptions,
    /// The text.
    #[serde(skip)]
    pub(crate) output: String,
    /// All texts, the best first, where there are several.
    #[serde(skip)]
    pub(crate) outputs: Vec<Sequence>,
    #[serde(skip)]
    finish_reason: FinishReason,
    #[serde(skip)]
    usage: Usage,
    /// The text was shown while it was made.
    #[serde(skip)]
    pub(crate) is_shown: bool,
    #[serde(skip)]
    is_interrupted: bool,
    #[serde(skip)]
    missing: Vec<String>,
}

impl Reply {
    pub(super) fn new(
        answered: Answered,
        is_shown: bool,
        is_interrupted: bool,
        missing: Vec<String>,
    ) -> Self {
        let Answered { mut answer, engine } = answered;
        Self {
            outputs: sequences(&mut answer),
            output: answer.text,
            finish_reason: answer.finish_reason,
            usage: answer.usage,
            engine: engine.name,
            runtime: engine,
            timings: answer.timings,
            peak_memory_bytes: generation::peak(),
            search: answer.search,
            is_shown,
            is_interrupted: is_interrupted && answer.interrupted,
            missing,
        }
    }

    pub(super) fn statistics(&self) -> String {
        generation::statistics(&self.runtime, &self.timings, self.usage)
    }

    fn choices(&self) -> Vec<Choice> {
        let best = (&self.output, self.finish_reason);
        let others = self.outputs.iter().skip(1);
        let others = others.map(|other| (&other.output, other.finish_reason));
        let choice = |(index, (text, finish_reason)): (usize, (&String, FinishReason))| Choice {
            index,
            message: Message::new("assistant", text),
            finish_reason,
        };
        let all = std::iter::once(best).chain(others);
        all.enumerate().map(choice).collect()
    }

    fn verdict(&self) -> Option<anyhow::Error> {
        if self.is_interrupted {
            Some(Error::Interrupted { continues: false }.into())
        } else if self.missing.is_empty() {
            None
        } else {
            let missing = self.missing.clone();
            Some(Error::Unexpected { missing }.into())
        }
    }
}

/// The sequences of an answer, if there are several.
pub(super) fn sequences(answer: &mut Answer) -> Vec<Sequence> {
    let alternatives = std::mem::take(&mut answer.alternatives);
    if alternatives.is_empty() {
        return Vec::new();
    }
    let best = Sequence {
        output: answer.text.clone(),
        finish_reason: answer.finish_reason,
        score: answer.score,
    };
    let others = alternatives.into_iter().map(|alternative| Sequence {
        output: alternative.text,
        finish_reason: alternative.finish_reason,
        score: Some(alternative.score),
    });
    std::iter::once(best).chain(others).collect()
}

impl Outcome {
    pub(super) fn new(model: String, reply: Reply, is_chat: bool) -> Self {
        if !is_chat {
            return Self::Text(TextOutcome {
                model,
                output: reply.output.clone(),
                outputs: reply.outputs.clone(),
                finish_reason: reply.finish_reason,
                usage: reply.usage,
                reply,
            });
        }
        Self::Chat(ChatOutcome {
            id: format!("chatcmpl-{}", uuid::Uuid::new_v4().simple()),
            object: "chat.completion",
            created: jiff::Timestamp::now().as_second(),
            model,
            choices: reply.choices(),
            usage: reply.usage,
            reply,
        })
    }

    /// The one reply there is; none to many prompts.
    pub(crate) fn reply(&self) -> Option<&Reply> {
        match self {
            Self::Text(outcome) => Some(&outcome.reply),
            Self::Chat(outcome) => Some(&outcome.reply),
            Self::Rows(_) => None,
        }
    }

    pub(in crate::command) fn verdict(&self) -> Option<anyhow::Error> {
        match self {
            Self::Text(outcome) => outcome.reply.verdict(),
            Self::Chat(outcome) => outcome.reply.verdict(),
            Self::Rows(outcome) => outcome.verdict(),
        }
    }
}

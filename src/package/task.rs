//! What a model is asked and what it answers: the tasks that MLflow and its clients know by name.
//!
//! It says what goes in and what comes out; how the answer is made is the flavor's business.

use std::fmt;
use std::str::FromStr;

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Error, json as python, signature};

/// `mlflow/types/llm.py`, `CHAT_MODEL_INPUT_SCHEMA` and `CHAT_MODEL_OUTPUT_SCHEMA` (3.17.2; 2.22.5 has the same).
const CHAT: &str = include_str!("flavor/schema/chat.json");

/// The same of `COMPLETIONS_MODEL_…`.
const COMPLETIONS: &str = include_str!("flavor/schema/completions.json");

/// What a model is asked and what it answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Task {
    /// One text in, one text out.
    Prompt,
    /// OpenAI messages in, a `chat.completion` out.
    Chat,
    /// A text in, a `text_completion` out.
    Completions,
    /// Whatever the text generation pipeline of Transformers takes and gives.
    TextGeneration,
}

impl Task {
    /// All of them, under the names that [`FromStr`] reads.
    pub const ALL: [Self; 4] = [
        Self::Prompt,
        Self::Chat,
        Self::Completions,
        Self::TextGeneration,
    ];

    /// Its name, which is MLflow's where MLflow has one.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Prompt => "prompt",
            Self::Chat => "llm/v1/chat",
            Self::Completions => "llm/v1/completions",
            Self::TextGeneration => "text-generation",
        }
    }

    /// Whether clients of language models know it.
    pub(super) fn is_llm(self) -> bool {
        matches!(self, Self::Chat | Self::Completions)
    }

    /// The schemas that MLflow itself gives this task.
    pub(super) fn signature(self) -> Result<Value, Error> {
        let schema = match self {
            Self::Prompt => return signature::prompt(),
            Self::TextGeneration => {
                let text = python::dumps(&json!([{"type": "string", "required": true}]))?;
                return Ok(json!({"inputs": text, "outputs": text, "params": null}));
            }
            Self::Chat => CHAT,
            Self::Completions => COMPLETIONS,
        };
        let Schema { inputs, outputs } = serde_json::from_str(schema)?;
        Ok(json!({
            "inputs": python::dumps(&inputs)?,
            "outputs": python::dumps(&outputs)?,
            "params": null,
        }))
    }

    /// The same with the settings that the generated code takes beside the inputs. What is an input
    /// already is none: a scoring server would take it for the one and not pass the other.
    pub(super) fn signature_with_params(self) -> Result<Value, Error> {
        let mut signature = self.signature()?;
        let inputs = match self {
            Self::Prompt | Self::TextGeneration => return Ok(signature),
            Self::Chat => CHAT,
            Self::Completions => COMPLETIONS,
        };
        let Schema { inputs, .. } = serde_json::from_str(inputs)?;
        let is_input = |name: &str| {
            let mut columns = inputs.as_array().into_iter().flatten();
            columns.any(|column| column.get("name").is_some_and(|input| input == name))
        };
        if let Some(params) = signature.get_mut("params") {
            *params = signature::params(|name| !is_input(name))?.into();
        }
        Ok(signature)
    }

    /// A request that fits.
    pub(super) fn example(self) -> Value {
        const QUESTION: &str = "What is MLflow?";
        match self {
            Self::Prompt => json!({"prompt": QUESTION}),
            Self::Chat => json!({"messages": [{"role": "user", "content": QUESTION}]}),
            Self::Completions => json!({"prompt": QUESTION, "max_tokens": 64}),
            Self::TextGeneration => QUESTION.into(),
        }
    }
}

#[derive(Deserialize)]
struct Schema {
    inputs: Value,
    outputs: Value,
}

impl fmt::Display for Task {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl FromStr for Task {
    type Err = NotATask;

    fn from_str(text: &str) -> Result<Self, NotATask> {
        let mut all = Self::ALL.into_iter();
        all.find(|task| task.name() == text)
            .ok_or_else(|| NotATask(text.to_owned()))
    }
}

/// A text that names no task.
#[derive(Debug, Clone, thiserror::Error)]
#[error("`{0}` is not a task")]
pub struct NotATask(String);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_task_is_read_by_its_name() {
        for task in Task::ALL {
            assert_eq!(task.name().parse::<Task>().unwrap(), task);
        }
        "llm/v1/embeddings".parse::<Task>().unwrap_err();
    }

    #[test]
    fn a_setting_is_an_input_or_a_param_and_never_both() {
        let names = |task: Task| -> Vec<String> {
            let signature = task.signature_with_params().unwrap();
            let params: Vec<Value> =
                serde_json::from_str(signature["params"].as_str().unwrap()).unwrap();
            params
                .iter()
                .map(|param| param["name"].as_str().unwrap().to_owned())
                .collect()
        };
        let chat = [
            "max_length",
            "do_sample",
            "repetition_penalty",
            "random_seed",
        ];
        assert_eq!(names(Task::Chat), chat);
        assert!(names(Task::Completions).contains(&"top_k".to_owned()));
        assert!(names(Task::Prompt).contains(&"temperature".to_owned()));
    }
}

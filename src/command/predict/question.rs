//! What is asked, as the command line says it: one prompt, or where the rows are. Nothing is answered here.

use std::path::PathBuf;

use anyhow::Result;
use serde::Deserialize as _;

use super::input::{ContentType, Input};
use crate::command::{Error, given};
use crate::infer::{Message, Prompt};

/// What is asked.
#[derive(Debug, clap::Args)]
pub(in crate::command) struct Question {
    /// The prompt
    #[arg(long, value_name = "TEXT")]
    pub prompt: Option<String>,
    /// File that holds the prompt
    #[arg(long, value_name = "FILE")]
    pub prompt_file: Option<PathBuf>,
    /// One user message, answered as a chat completion
    #[arg(long, value_name = "TEXT")]
    pub message: Option<String>,
    /// System message that goes before it
    #[arg(long, value_name = "TEXT", requires = "message",
        conflicts_with_all = ["prompt", "prompt_file", "messages", "input_path"])]
    pub system: Option<String>,
    /// Conversation as a JSON list of {role, content}, or @FILE
    #[arg(long, value_name = "JSON")]
    pub messages: Option<String>,
    /// File with many prompts or conversations, or - for stdin
    #[arg(short, long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub input_path: Option<PathBuf>,
    /// What the file holds [default: as its name says, else json]
    #[arg(short = 't', long, value_enum, value_name = "TYPE", requires = "input_path",
        conflicts_with_all = ["prompt", "prompt_file", "message", "messages"])]
    pub content_type: Option<ContentType>,
    /// Take prompts as they are, without the chat template
    #[arg(long, conflicts_with_all = ["message", "messages"])]
    pub raw: bool,
}

/// What is asked, understood.
pub(super) enum Asked {
    /// One thing.
    One(Prompt),
    /// Many.
    Rows(Box<Input>),
}

impl Question {
    pub(super) fn asked(&self) -> Result<Asked> {
        if let Some(path) = &self.input_path {
            return Input::open(path, self.content_type, self.raw)
                .map(|input| Asked::Rows(Box::new(input)));
        }
        if let Some(messages) = &self.messages {
            return Ok(Asked::One(Prompt::Messages(parse_messages(messages)?)));
        }
        if let Some(message) = &self.message {
            let system = self.system.iter().map(|text| Message::new("system", text));
            let user = Message::new("user", message);
            let messages = system.chain([user]).collect();
            return Ok(Asked::One(Prompt::Messages(messages)));
        }
        let text = match (&self.prompt, &self.prompt_file) {
            (Some(text), _) => text.clone(),
            (None, Some(file)) => fs_err::read_to_string(file)?,
            (None, None) => {
                return Err(Error::usage("nothing is asked: add `--prompt TEXT`").into());
            }
        };
        Ok(Asked::One(Prompt::Text {
            text,
            raw: self.raw,
        }))
    }
}

fn parse_messages(given: &str) -> Result<Vec<Message>> {
    let text = given::text(given)?;
    let read = serde_json::from_str::<serde_json::Value>(&text).and_then(Vec::deserialize);
    read.map_err(|error| {
        Error::usage(format!("`--messages` is not a list of messages: {error}")).into()
    })
}

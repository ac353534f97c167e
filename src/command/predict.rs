//! `predict`: one prompt, one answer, from a model on this machine or on a server.

#![expect(
    clippy::doc_markdown,
    reason = "the docs of arguments are the text of `--help`"
)]

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use clap::builder::NonEmptyStringValueParser;
use clap::{ArgGroup, ValueEnum};
use regex::Regex;
use serde::Serialize;

use super::settings::Format;
use super::{Context, Error, model, runtime};
use crate::infer::{
    self, Alternative, Answer, EngineChoice, EngineInfo, FinishReason, Generator, Message,
    OpenOptions, Prompt, Search, Timings, Usage,
};
use crate::package;

/// Ask a model something, as a smoke test
#[derive(Debug, clap::Args)]
#[command(after_help = PROMPTS)]
#[command(group = ArgGroup::new("asked")
    .args(["prompt", "prompt_file", "message", "messages"])
    .required(true))]
pub struct Args {
    /// models:/NAME/VERSION (or latest, or a stage), models:/NAME@ALIAS, models:/m-ID, runs:/RUN_ID/PATH,
    /// mlflow-artifacts:/PATH, or a folder
    #[arg(short, long, value_name = "MODEL_URI")]
    pub model_uri: String,
    #[command(flatten)]
    pub(super) question: Question,
    /// Text that the answer must hold; all of them if given more than once
    #[arg(long, value_name = "TEXT", value_parser = NonEmptyStringValueParser::new())]
    pub expect: Vec<String>,
    /// Regular expression that the answer must match; all of them if given more than once
    #[arg(long, value_name = "RE")]
    pub expect_regex: Vec<Regex>,
    /// Write the answer at the end and not while it is made
    #[arg(long)]
    pub no_stream: bool,
    /// Tell on stderr how long it took
    #[arg(long)]
    pub stats: bool,
    #[command(flatten)]
    pub(super) search: SearchArgs,
    #[command(flatten)]
    pub(super) engine: EngineArgs,
}

const PROMPTS: &str = "A prompt that holds one of the model's chat tokens (such as <|user|>) goes in \
    as it is; any other becomes one user message through the model's chat template.";

/// What is asked.
#[derive(Debug, clap::Args)]
pub struct Question {
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
    #[arg(long, value_name = "TEXT", requires = "message")]
    pub system: Option<String>,
    /// Conversation as a JSON list of {role, content}, or @FILE
    #[arg(long, value_name = "JSON")]
    pub messages: Option<String>,
    /// Take the prompt as it is, without the chat template
    #[arg(long, conflicts_with_all = ["message", "messages"])]
    pub raw: bool,
}

/// How the next token is chosen; the defaults are the model's own.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "Search")]
pub struct SearchArgs {
    /// At most this many new tokens
    #[arg(long, value_name = "N")]
    pub max_tokens: Option<usize>,
    /// At most this many tokens, the prompt included
    #[arg(long, value_name = "N")]
    pub max_length: Option<usize>,
    /// No end before this many tokens, the prompt included
    #[arg(long, value_name = "N")]
    pub min_length: Option<usize>,
    /// Draw from the likely tokens instead of taking the likeliest
    #[arg(long, conflicts_with = "greedy")]
    pub do_sample: bool,
    /// Flatness of the draw; 0 is greedy
    #[arg(long, value_name = "T")]
    pub temperature: Option<f32>,
    /// Draw among the K likeliest tokens
    #[arg(long, value_name = "K")]
    pub top_k: Option<i64>,
    /// Draw among the likeliest tokens that together have probability P
    #[arg(long, value_name = "P")]
    pub top_p: Option<f32>,
    /// Make tokens that were there already less likely
    #[arg(long, value_name = "R")]
    pub repetition_penalty: Option<f32>,
    /// Let no N tokens in a row come twice
    #[arg(long, value_name = "N")]
    pub no_repeat_ngram_size: Option<usize>,
    /// Same seed, same draw
    #[arg(long, value_name = "N")]
    pub seed: Option<u32>,
    /// End the answer before this text
    #[arg(long, value_name = "TEXT")]
    pub stop: Vec<String>,
    /// Take the likeliest token always
    #[arg(long)]
    pub greedy: bool,
    /// Follow the N likeliest sequences side by side and answer with the best
    #[arg(long, value_name = "N")]
    pub num_beams: Option<usize>,
    /// Give the N best sequences of a beam search: `outputs` in JSON, `choices` for messages
    #[arg(long, value_name = "N")]
    pub num_return_sequences: Option<usize>,
    /// Let a beam search prefer longer sequences (above 0) or shorter ones (below 0)
    #[arg(long, value_name = "P", allow_negative_numbers = true)]
    pub length_penalty: Option<f32>,
    /// End a beam search with its Nth sequence, and not once no other can be better
    #[arg(
        long,
        value_name = "BOOL",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "true"
    )]
    pub early_stopping: Option<bool>,
    /// Tokens of the prompt that are computed at once
    #[arg(long, value_name = "N")]
    pub chunk_size: Option<usize>,
}

/// Which engine runs the model.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "Engine")]
pub struct EngineArgs {
    /// Threads to compute with [default: the number of cores]
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
    /// ONNX Runtime where its library is found and else rten; or one of them
    #[arg(long, value_enum, default_value_t)]
    pub engine: EngineName,
    /// ONNX Runtime library to use
    #[arg(long, value_name = "PATH")]
    pub ort_lib: Option<PathBuf>,
}

/// Which engine.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum EngineName {
    /// ONNX Runtime where its library is found, else rten; fetches nothing
    #[default]
    Auto,
    /// ONNX Runtime; its library is fetched with pip where it is missing
    Ort,
    /// Pure Rust; needs nothing else
    Rten,
}

/// What `predict` did.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Outcome {
    /// The answer to a prompt.
    Text(TextOutcome),
    /// The answer to messages, as an OpenAI `chat.completion`.
    Chat(ChatOutcome),
}

/// The answer to a prompt.
#[derive(Debug, Serialize)]
pub struct TextOutcome {
    model: String,
    #[serde(flatten)]
    pub(crate) reply: Reply,
}

/// What the model said, with all that is worth knowing about it.
#[derive(Debug, Serialize)]
pub struct Reply {
    /// The text.
    pub(crate) output: String,
    /// All sequences that were asked for, the best first, where they were more than one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) outputs: Vec<Sequence>,
    finish_reason: FinishReason,
    usage: Usage,
    engine: infer::EngineName,
    runtime: EngineInfo,
    timings: Timings,
    /// The text was shown while it was made.
    #[serde(skip)]
    pub(crate) is_shown: bool,
    #[serde(skip)]
    is_interrupted: bool,
    #[serde(skip)]
    missing: Vec<String>,
}

/// One of several sequences.
#[derive(Debug, Serialize)]
pub(crate) struct Sequence {
    pub(crate) output: String,
    finish_reason: FinishReason,
    /// The higher, the likelier.
    score: Option<f32>,
}

/// An OpenAI `chat.completion`.
#[derive(Debug, Serialize)]
pub struct ChatOutcome {
    id: String,
    object: &'static str,
    created: i64,
    model: String,
    choices: Vec<Choice>,
    usage: Usage,
    #[serde(skip)]
    pub(crate) reply: Reply,
}

#[derive(Debug, Serialize)]
struct Choice {
    index: usize,
    message: Message,
    finish_reason: FinishReason,
}

/// Runs the command.
pub async fn run(args: Args, context: &Context) -> Result<super::Outcome> {
    let prompt = args.question.prompt()?;
    let is_chat = matches!(prompt, Prompt::Messages(_));
    let stream = context.settings.format == Format::Text && !args.no_stream;
    let local = context
        .unless_stopped(context.model(&args.model_uri))
        .await?;
    let opening = args.engine.resolve(context).await?;
    let answered = answer(
        &local,
        opening,
        prompt,
        args.search.to_search(),
        stream,
        context,
    )
    .await?;
    let missing = unmet(&answered.answer.text, &args.expect, &args.expect_regex);
    // Nobody reading on ends an answer, too, and is no failure.
    let is_interrupted = context.stop.is_cancelled();
    let reply = Reply::new(answered, stream, is_interrupted, missing);
    if args.stats {
        context.note(&reply.statistics());
    }
    let outcome = if is_chat {
        Outcome::Chat(ChatOutcome::new(args.model_uri, reply))
    } else {
        Outcome::Text(TextOutcome {
            model: args.model_uri,
            reply,
        })
    };
    Ok(super::Outcome::Predict(Box::new(outcome)))
}

impl Question {
    fn prompt(&self) -> Result<Prompt> {
        if let Some(messages) = &self.messages {
            return Ok(Prompt::Messages(parse_messages(messages)?));
        }
        if let Some(message) = &self.message {
            let system = self.system.iter().map(|text| said("system", text));
            let user = said("user", message);
            return Ok(Prompt::Messages(system.chain([user]).collect()));
        }
        let text = match (&self.prompt, &self.prompt_file) {
            (Some(text), _) => text.clone(),
            (None, Some(file)) => fs_err::read_to_string(file)?,
            (None, None) => {
                return Err(Error::usage("nothing is asked: add `--prompt TEXT`").into());
            }
        };
        Ok(Prompt::Text {
            text,
            raw: self.raw,
        })
    }
}

fn said(role: &str, content: &str) -> Message {
    Message {
        role: role.to_owned(),
        content: content.to_owned(),
    }
}

fn parse_messages(given: &str) -> Result<Vec<Message>> {
    let text = match given.strip_prefix('@') {
        Some(file) => fs_err::read_to_string(file)?,
        None => given.to_owned(),
    };
    serde_json::from_str(&text).map_err(|error| {
        Error::usage(format!("`--messages` is not a list of messages: {error}")).into()
    })
}

impl SearchArgs {
    fn to_search(&self) -> Search {
        Search {
            max_new_tokens: self.max_tokens,
            max_length: self.max_length,
            min_length: self.min_length,
            do_sample: self.do_sample.then_some(true),
            temperature: self.temperature,
            top_k: self.top_k,
            top_p: self.top_p,
            repetition_penalty: self.repetition_penalty,
            no_repeat_ngram_size: self.no_repeat_ngram_size,
            seed: self.seed,
            stop: self.stop.clone(),
            greedy: self.greedy,
            num_beams: self.num_beams,
            num_return_sequences: self.num_return_sequences,
            length_penalty: self.length_penalty,
            early_stopping: self.early_stopping,
            chunk_size: self.chunk_size,
        }
    }
}

impl EngineArgs {
    /// What to open a model with. An explicit `--engine ort` fetches the library where it is missing.
    pub(super) async fn resolve(&self, context: &Context) -> Result<OpenOptions> {
        let mut places = context.settings.runtime.clone();
        if let Some(library) = &self.ort_lib {
            places.explicit = Some(library.clone());
        }
        if self.engine == EngineName::Ort {
            runtime::ensure(&places, context).await?;
        }
        Ok(OpenOptions {
            engine: match self.engine {
                EngineName::Auto => EngineChoice::Auto,
                EngineName::Ort => EngineChoice::Ort,
                EngineName::Rten => EngineChoice::Rten,
            },
            threads: self.threads,
            places,
        })
    }
}

/// An answer and the engine that gave it.
pub(super) struct Answered {
    pub(super) answer: Answer,
    engine: EngineInfo,
}

/// Opens the model in a folder and asks it, on a thread of its own.
pub(super) async fn answer(
    local: &model::Local,
    options: OpenOptions,
    prompt: Prompt,
    search: Search,
    stream: bool,
    context: &Context,
) -> Result<Answered> {
    let folder = package::open(&local.folder)
        .and_then(|model| model.genai_folder())
        .with_context(|| format!("cannot use the model in `{}`", local.folder.display()))?;
    context.step("loading the model");
    let choice = options.engine;
    let (audience, stop) = (Arc::clone(&context.audience), context.stop.clone());
    let mut show = move |text: &str| {
        if stop.is_cancelled() || (stream && audience.write(text).is_break()) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    };
    let work = context.compute(move || {
        let mut generator = Generator::open(&folder, &options)?;
        let answer = generator.generate(&prompt, &search, &mut show)?;
        let engine = generator.engine().clone();
        Ok::<_, infer::Error>(Answered { answer, engine })
    });
    // An answer ends at its next token; what cannot end itself, such as loading, is left behind.
    let answered = context.unless_stopped_soon(work).await??;
    advise(&answered.engine, choice, context);
    Ok(answered)
}

/// Says once that there is a faster engine, and on `-v` which one it was.
fn advise(engine: &EngineInfo, choice: EngineChoice, context: &Context) {
    tracing::info!("engine {}: {}", engine.name, engine.reason);
    if choice != EngineChoice::Auto || engine.name == infer::EngineName::Ort {
        return;
    }
    let told = context.settings.folders.state.join("told-of-faster-engine");
    if told.exists() {
        return;
    }
    context.note(&format!(
        "the model runs in pure Rust ({}); `phi3ml runtime install` brings the faster engine",
        engine.reason
    ));
    if context.is_dry_run() {
        return;
    }
    // It is said again where this cannot be remembered.
    _ = fs_err::create_dir_all(&context.settings.folders.state)
        .and_then(|()| fs_err::write(told, ""));
}

/// The expectations that an answer does not meet, quoted.
pub(super) fn unmet(text: &str, expected: &[String], patterns: &[Regex]) -> Vec<String> {
    let texts = expected
        .iter()
        .filter(|expected| !text.contains(expected.as_str()))
        .map(|expected| format!("`{expected}`"));
    let patterns = patterns
        .iter()
        .filter(|pattern| !pattern.is_match(text))
        .map(|pattern| format!("`/{pattern}/`"));
    texts.chain(patterns).collect()
}

impl Reply {
    fn new(answered: Answered, is_shown: bool, is_interrupted: bool, missing: Vec<String>) -> Self {
        let Answered { mut answer, engine } = answered;
        let alternatives = std::mem::take(&mut answer.alternatives);
        Self {
            outputs: outputs(&answer, alternatives),
            output: answer.text,
            finish_reason: answer.finish_reason,
            usage: answer.usage,
            engine: engine.name,
            runtime: engine,
            timings: answer.timings,
            is_shown,
            is_interrupted: is_interrupted && answer.interrupted,
            missing,
        }
    }

    fn statistics(&self) -> String {
        let pace = self
            .timings
            .tokens_per_second
            .map_or_else(String::new, |pace| format!(", {pace:.1} tokens/s"));
        format!(
            "{} on {} threads: loaded in {:.0} ms, first of {} tokens after {:.0} ms{pace}",
            self.engine,
            self.runtime.threads,
            self.timings.load_ms,
            self.usage.completion_tokens,
            self.timings.first_token_ms,
        )
    }
}

/// The sequences of an answer, if there are several.
fn outputs(answer: &Answer, alternatives: Vec<Alternative>) -> Vec<Sequence> {
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

impl ChatOutcome {
    fn new(model: String, reply: Reply) -> Self {
        let choice = |(index, (text, finish_reason)): (usize, (&String, FinishReason))| Choice {
            index,
            message: said("assistant", text),
            finish_reason,
        };
        let best = (&reply.output, reply.finish_reason);
        let others = reply.outputs.iter().skip(1);
        let others = others.map(|output| (&output.output, output.finish_reason));
        let choices = std::iter::once(best).chain(others).enumerate().map(choice);
        Self {
            id: format!("chatcmpl-{}", uuid::Uuid::new_v4().simple()),
            object: "chat.completion",
            created: jiff::Timestamp::now().as_second(),
            model,
            choices: choices.collect(),
            usage: reply.usage,
            reply,
        }
    }
}

impl Outcome {
    /// The reply, whatever form it is written in.
    pub(crate) fn reply(&self) -> &Reply {
        match self {
            Self::Text(outcome) => &outcome.reply,
            Self::Chat(outcome) => &outcome.reply,
        }
    }

    pub(super) fn verdict(&self) -> Option<anyhow::Error> {
        let reply = self.reply();
        if reply.is_interrupted {
            Some(Error::Interrupted { continues: false }.into())
        } else if reply.missing.is_empty() {
            None
        } else {
            let missing = reply.missing.clone();
            Some(Error::Unexpected { missing }.into())
        }
    }
}

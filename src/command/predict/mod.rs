//! `predict`: one prompt and one answer, or a file of them, from a model on this machine or on a server.
//!
//! ```text
//! question ─► one prompt ───────────────► reply
//!         └─► input ─► rows ─► replies, each in its place
//! ```

#![expect(
    clippy::doc_markdown,
    reason = "the docs of arguments are the text of `--help`"
)]

mod expect;
mod input;
mod question;
mod reply;
mod rows;

use std::ops::ControlFlow;
use std::sync::Arc;

use anyhow::Result;
use clap::ArgGroup;
use clap::builder::NonEmptyStringValueParser;
use regex::Regex;

use super::generation::{self, EngineArgs, Model, SearchArgs};
use super::settings::Format;
use super::{Context, model};
use crate::infer::{Answer, EngineInfo, OpenOptions, Prompt, Search};

pub(super) use expect::unmet;
use question::{Asked, Question};
use reply::Reply;
pub use reply::{ChatOutcome, Outcome, TextOutcome};
pub use rows::Outcome as RowsOutcome;

/// Ask a model something, as a smoke test, or answer a file of prompts
#[derive(Debug, clap::Args)]
#[command(after_help = PROMPTS)]
#[command(group = ArgGroup::new("asked")
    .args(["prompt", "prompt_file", "message", "messages", "input_path"])
    .required(true))]
pub struct Args {
    /// models:/NAME/VERSION (or latest, or a stage), models:/NAME@ALIAS, models:/m-ID, runs:/RUN_ID/PATH,
    /// mlflow-artifacts:/PATH, or a folder
    #[arg(short, long, value_name = "MODEL_URI")]
    pub model_uri: String,
    #[command(flatten)]
    pub(super) question: Question,
    /// Text that the answer must hold; all of them if given more than once
    #[arg(long, value_name = "TEXT", value_parser = NonEmptyStringValueParser::new(), conflicts_with = "input_path")]
    pub expect: Vec<String>,
    /// Regular expression that the answer must match; all of them if given more than once
    #[arg(long, value_name = "RE", conflicts_with = "input_path")]
    pub expect_regex: Vec<Regex>,
    /// Write the answer at the end and not while it is made
    #[arg(long, conflicts_with = "input_path")]
    pub no_stream: bool,
    /// Tell on stderr how long it took and how much memory
    #[arg(long)]
    pub stats: bool,
    #[command(flatten)]
    pub(super) search: SearchArgs,
    #[command(flatten)]
    pub(super) engine: EngineArgs,
}

const PROMPTS: &str = "A prompt that holds one of the model's chat tokens (such as <|user|>) goes in \
    as it is; any other becomes one user message through the model's chat template.\n\n\
    A file has a row for each answer, with a `prompt` or with `messages`: as JSON in one of the forms that MLflow's \
    scoring server takes (dataframe_split, dataframe_records, instances, inputs, each with params), as a list or a \
    single object, as one object per line, or as CSV. A row may bring search options of its own, such as \
    max_tokens and temperature. Answers keep the order of the rows; a row that cannot be answered has an error \
    in its place, and the exit code is 1.\n\n\
    A search option is taken from the flag, else from the row, from params, from model_config in the MLmodel, \
    from genai_config.json; -v and the JSON tell which.";

/// Runs the command.
pub async fn run(args: Args, context: &Context) -> Result<super::Outcome> {
    let asked = args.question.asked()?;
    let local = context
        .unless_stopped(context.model(&args.model_uri))
        .await?;
    let opening = args.engine.resolve(context).await?;
    let search = args.search.to_search();
    match asked {
        Asked::One(prompt) => one(args, prompt, search, &local, opening, context).await,
        Asked::Rows(input) => {
            let opening = opening.with_room_for(&search).with_room_for(&input.lengths);
            let opened = Model::of(&local)?.open(opening, context).await?;
            let asked = rows::Asked {
                model: args.model_uri,
                input: *input,
                search,
                stats: args.stats,
            };
            rows::answer(asked, opened, context).await
        }
    }
}

/// One prompt, whose answer is shown while it is made.
async fn one(
    args: Args,
    prompt: Prompt,
    search: Search,
    local: &model::Local,
    opening: OpenOptions,
    context: &Context,
) -> Result<super::Outcome> {
    let is_chat = matches!(prompt, Prompt::Messages(_));
    let stream = context.settings.format == Format::Text && !args.no_stream;
    let answered = answer(local, opening, prompt, search, stream, context).await?;
    let missing = unmet(&answered.answer.text, &args.expect, &args.expect_regex);
    // Nobody reading on ends an answer, too, and is no failure.
    let is_interrupted = context.stop.is_cancelled();
    let reply = Reply::new(answered, stream, is_interrupted, missing);
    if args.stats {
        context.note(&reply.statistics());
    }
    let outcome = Outcome::new(args.model_uri, reply, is_chat);
    Ok(super::Outcome::Predict(Box::new(outcome)))
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
    let model = Model::of(local)?;
    model.check(&search)?;
    let mut opened = model.open(options.with_room_for(&search), context).await?;
    let (audience, stop) = (Arc::clone(&context.audience), context.stop.clone());
    let mut show = move |text: &str| {
        if stop.is_cancelled() || (stream && audience.write(text).is_break()) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    };
    let work = context.compute(move || {
        let answer = opened.generate(&prompt, &search, &mut show)?;
        let engine = opened.engine().clone();
        Ok::<_, anyhow::Error>(Answered { answer, engine })
    });
    // An answer ends at its next token.
    let answered = context.unless_stopped_soon(work).await??;
    if stream {
        // What comes next begins a line, be it on stderr. Nobody reading on is no failure.
        _ = context.audience.write("\n");
    }
    generation::tell_options(&answered.answer.search);
    Ok(answered)
}

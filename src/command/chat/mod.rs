//! `chat`: a conversation in the terminal, or with the lines of a pipe.
//!
//! ```text
//! line ─► command, or a turn: history + line ─► answer, shown while it is made ─► history
//! ```

#![expect(
    clippy::doc_markdown,
    reason = "the docs of arguments are the text of `--help`"
)]

mod talk;
mod typed;

use std::io::{self, IsTerminal as _};

use anyhow::Result;
use tokio::sync::watch;

use super::generation::{EngineArgs, Model, Opened, SearchArgs};
use super::{Context, Error, Event};
use crate::infer::{self, Search};

pub use talk::Outcome;
use talk::{Ended, Talk};
use typed::{Typed, Wish};

/// Talk with a model, line by line
#[derive(Debug, clap::Args)]
#[command(after_help = COMMANDS)]
pub struct Args {
    /// models:/NAME/VERSION (or latest, or a stage), models:/NAME@ALIAS, models:/m-ID, runs:/RUN_ID/PATH,
    /// mlflow-artifacts:/PATH, or a folder
    #[arg(short, long, value_name = "MODEL_URI")]
    pub model_uri: String,
    /// System message that the conversation begins with
    #[arg(long, value_name = "TEXT")]
    pub system: Option<String>,
    #[command(flatten)]
    pub(super) search: SearchArgs,
    #[command(flatten)]
    pub(super) engine: EngineArgs,
}

const COMMANDS: &str = "Each line is a turn; these are none:\n  \
    /reset        forget the conversation\n  \
    /system TEXT  set the system message; without TEXT, take it away\n  \
    /stats        what the last answer took\n  \
    /help         this list\n  \
    /quit         end, as Ctrl-D does\n  \
    //TEXT        say /TEXT to the model\n\
    Ctrl-C stops the answer, and ends the program if it comes twice while nothing is answered. From a pipe, every \
    line is a turn or a command, too; the exit code is 1 if one of them failed.";

const PROMPT: &str = "> ";

/// Counts how often the user pressed Ctrl-C.
#[derive(Debug)]
pub struct Interrupts(watch::Receiver<u64>);

impl Interrupts {
    /// Each change of the number is one.
    pub fn new(count: watch::Receiver<u64>) -> Self {
        Self(count)
    }

    /// Waits for the next one.
    async fn next(&mut self) {
        if self.0.changed().await.is_err() {
            // Nobody counts any more.
            std::future::pending::<()>().await;
        }
    }
}

/// Runs the command.
pub async fn run(
    args: Args,
    mut interrupts: Interrupts,
    context: &Context,
) -> Result<super::Outcome> {
    let search = search(&args)?;
    let opened = tokio::select! {
        opened = open(&args, &search, context) => opened?,
        () = interrupts.next() => return Err(Error::Interrupted { continues: false }.into()),
    };
    let mut talk = Talk::new(args, search, opened);
    let is_terminal = io::stdin().is_terminal();
    if is_terminal {
        context.note(&format!("{}; /help tells what else there is", talk.who()));
    }
    converse(&mut talk, is_terminal, &mut interrupts, context).await?;
    Ok(super::Outcome::Chat(Box::new(talk.end(is_terminal))))
}

/// A conversation goes on with one answer: nobody may ask for more.
fn search(args: &Args) -> Result<Search> {
    let search = args.search.to_search();
    if let Some(several @ 2..) = search.num_return_sequences {
        return Err(infer::Error::Option {
            option: "num_return_sequences",
            value: several.to_string(),
            expected: "1, as a conversation goes on with one answer".to_owned(),
        }
        .into());
    }
    Ok(search)
}

async fn open(args: &Args, search: &Search, context: &Context) -> Result<Opened> {
    let local = context
        .unless_stopped(context.model(&args.model_uri))
        .await?;
    let options = args.engine.resolve(context).await?;
    let model = Model::of(&local)?;
    model.check(search)?;
    let mut opened = model.open(options.with_room_for(search), context).await?;
    opened.go_on_from_the_last();
    if !opened.takes_messages() {
        return Err(infer::Error::NoTemplate.into());
    }
    Ok(opened)
}

/// Line after line, to the end.
async fn converse(
    talk: &mut Talk,
    is_terminal: bool,
    interrupts: &mut Interrupts,
    context: &Context,
) -> Result<()> {
    let interrupted = || Err(Error::Interrupted { continues: false }.into());
    let ask = |text: &str| {
        if is_terminal {
            context.audience.hear(Event::Prompt(text));
        }
    };
    let mut typed = Typed::start()?;
    let mut was_interrupted = false;
    loop {
        ask(PROMPT);
        let wish = tokio::select! {
            wish = typed.next() => wish?,
            () = interrupts.next() => {
                if !is_terminal {
                    return interrupted();
                }
                ask("\n");
                if was_interrupted {
                    return Ok(());
                }
                was_interrupted = true;
                context.note("Ctrl-C once more ends, as Ctrl-D does");
                continue;
            }
            () = context.stop.cancelled() => return interrupted(),
        };
        was_interrupted = false;
        match wish {
            None => {
                ask("\n");
                return Ok(());
            }
            Some(Wish::Quit) => return Ok(()),
            Some(Wish::Nothing) => {}
            Some(Wish::Help) => context.note(COMMANDS),
            Some(Wish::Reset) => talk.reset(context),
            Some(Wish::System(text)) => talk.set_system(text, context),
            Some(Wish::Stats) => talk.tell_statistics(context),
            Some(Wish::Unknown(command)) => talk.refuse(&command, context),
            Some(Wish::Say(text)) => match talk.say(&text, interrupts, context).await? {
                Ended::Answered => {}
                Ended::Stopped if is_terminal => {}
                Ended::Stopped => return interrupted(),
                Ended::Unheard => return Ok(()),
            },
        }
    }
}

//! The conversation: what was said, by whom, and what it took. Where the lines come from is not known here.

use std::ops::ControlFlow;
use std::sync::Arc;

use anyhow::{Result, anyhow};
use serde::Serialize;
use tokio_util::sync::CancellationToken;

use super::{Args, Interrupts};
use crate::command::generation::{self, Opened};
use crate::command::settings::Format;
use crate::command::{Context, Error, Failure};
use crate::infer::{
    self, Answer, EngineInfo, FinishReason, Message, Prompt, Search, Timings, Usage, UsedOptions,
};

/// A conversation under way.
pub(super) struct Talk {
    model: String,
    /// Away while it answers.
    opened: Option<Opened>,
    engine: EngineInfo,
    search: Search,
    system: Option<String>,
    /// Users and assistant in turns.
    messages: Vec<Message>,
    turns: Vec<Turn>,
    count: usize,
    failed: usize,
    last: Option<Told>,
}

/// What a conversation came to. What was said is on stdout already, unless the format is one JSON object.
#[derive(Debug, Serialize)]
pub struct Outcome {
    model: String,
    engine: infer::EngineName,
    runtime: EngineInfo,
    messages: Vec<Message>,
    turns: Vec<Turn>,
    failed: usize,
    #[serde(skip)]
    count: usize,
    #[serde(skip)]
    is_terminal: bool,
}

/// What came of a line.
#[derive(Debug, Serialize)]
struct Turn {
    index: usize,
    #[serde(flatten)]
    result: Answered,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Answered {
    Answer(Box<Told>),
    Error { error: Failure },
}

/// An answer.
#[derive(Debug, Clone, Serialize)]
struct Told {
    message: Message,
    finish_reason: FinishReason,
    usage: Usage,
    /// How much of the prompt was known from the turn before.
    reused_tokens: usize,
    timings: Timings,
    search: UsedOptions,
    interrupted: bool,
}

/// How a turn ended.
pub(super) enum Ended {
    /// With an answer, or with an error that was told.
    Answered,
    /// By Ctrl-C.
    Stopped,
    /// Nobody reads what is written.
    Unheard,
}

impl Talk {
    pub(super) fn new(args: Args, search: Search, opened: Opened) -> Self {
        Self {
            model: args.model_uri,
            engine: opened.engine().clone(),
            opened: Some(opened),
            search,
            system: args.system,
            messages: Vec::new(),
            turns: Vec::new(),
            count: 0,
            failed: 0,
            last: None,
        }
    }

    /// Who answers.
    pub(super) fn who(&self) -> String {
        format!(
            "{} answers with {}",
            self.model,
            generation::who(&self.engine)
        )
    }

    pub(super) fn reset(&mut self, context: &Context) {
        self.messages.clear();
        self.last = None;
        context.note("the conversation is forgotten");
    }

    pub(super) fn set_system(&mut self, text: Option<String>, context: &Context) {
        context.note(match text {
            Some(_) => "the system message is set",
            None => "there is no system message any more",
        });
        self.system = text;
    }

    pub(super) fn tell_statistics(&self, context: &Context) {
        let Some(last) = &self.last else {
            return context.note("nothing was answered yet");
        };
        let statistics = generation::statistics(&self.engine, &last.timings, last.usage);
        context.note(&format!(
            "{statistics}; {} prompt tokens were known from before; the conversation has {} messages and {} tokens",
            last.reused_tokens,
            self.messages.len(),
            last.usage.total_tokens,
        ));
    }

    /// A command that is none.
    pub(super) fn refuse(&mut self, command: &str, context: &Context) {
        self.count += 1;
        self.failed += 1;
        context.warn(&format!(
            "there is no command `{command}`; /help lists them, and a line that begins with // is said with one /"
        ));
    }

    /// A turn: what the user says, and the answer to it.
    pub(super) async fn say(
        &mut self,
        text: &str,
        interrupts: &mut Interrupts,
        context: &Context,
    ) -> Result<Ended> {
        self.messages.push(Message::new("user", text));
        let stop = CancellationToken::new();
        let answered = self.answer(&stop, interrupts, context).await?;
        let index = self.count;
        self.count += 1;
        let mut written = ControlFlow::Continue(());
        let result = match answered {
            Ok(answer) => {
                if context.settings.format == Format::Text {
                    // What comes next begins a line, be it on stderr.
                    written = context.audience.write("\n");
                }
                generation::tell_options(&answer.search);
                Answered::Answer(Box::new(self.keep(answer, context)))
            }
            Err(error) => {
                // What was not answered was not said.
                self.messages.pop();
                self.failed += 1;
                let error = Failure::from(&anyhow::Error::from(error));
                context.warn(&trouble(&error));
                Answered::Error { error }
            }
        };
        let turn = Turn { index, result };
        match context.settings.format {
            Format::Text => {}
            Format::JsonLines => {
                let line = serde_json::to_string(&turn)? + "\n";
                written = context.audience.write(&line);
            }
            Format::Json => self.turns.push(turn),
        }
        Ok(if stop.is_cancelled() {
            Ended::Stopped
        } else if written.is_break() {
            Ended::Unheard
        } else {
            Ended::Answered
        })
    }

    /// Asks the model on a thread of its own; the first Ctrl-C ends the answer, a second one does not wait for that.
    async fn answer(
        &mut self,
        stop: &CancellationToken,
        interrupts: &mut Interrupts,
        context: &Context,
    ) -> Result<Result<Answer, infer::Error>> {
        let mut opened = self
            .opened
            .take()
            .ok_or_else(|| anyhow!("the model is not there"))?;
        let system = self.system.iter().map(|text| Message::new("system", text));
        let prompt = Prompt::Messages(system.chain(self.messages.iter().cloned()).collect());
        let search = self.search.clone();
        let is_shown = context.settings.format == Format::Text;
        let (audience, stopped) = (Arc::clone(&context.audience), stop.clone());
        let work = context.compute(move || {
            let mut show = |text: &str| {
                if stopped.is_cancelled() || (is_shown && audience.write(text).is_break()) {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            };
            let answer = opened.generate(&prompt, &search, &mut show);
            (opened, answer)
        });
        tokio::pin!(work);
        loop {
            tokio::select! {
                done = &mut work => {
                    let (opened, answer) = done?;
                    self.opened = Some(opened);
                    return Ok(answer);
                }
                () = interrupts.next() => {
                    if stop.is_cancelled() {
                        return Err(Error::Interrupted { continues: false }.into());
                    }
                    stop.cancel();
                }
                () = context.stop.cancelled() => {
                    return Err(Error::Interrupted { continues: false }.into());
                }
            }
        }
    }

    /// Takes an answer into the history, and says where it was cut.
    fn keep(&mut self, answer: Answer, context: &Context) -> Told {
        if answer.text.is_empty() {
            self.messages.pop();
        } else {
            self.messages.push(Message::new("assistant", &answer.text));
        }
        let told = Told {
            message: Message::new("assistant", &answer.text),
            finish_reason: answer.finish_reason,
            usage: answer.usage,
            reused_tokens: answer.reused_tokens,
            timings: answer.timings,
            interrupted: answer.interrupted,
            search: answer.search,
        };
        if told.is_full() {
            context.warn(&format!(
                "the answer is cut: the conversation has {} tokens, and there is no room for more; /reset begins a new one",
                told.usage.total_tokens
            ));
        }
        self.last = Some(told.clone());
        told
    }

    /// What it came to.
    pub(super) fn end(self, is_terminal: bool) -> Outcome {
        let system = self.system.iter().map(|text| Message::new("system", text));
        Outcome {
            messages: system.chain(self.messages).collect(),
            model: self.model,
            engine: self.engine.name,
            runtime: self.engine,
            turns: self.turns,
            failed: self.failed,
            count: self.count,
            is_terminal,
        }
    }
}

impl Told {
    /// Whether it ended because all of `max_length` was used up, and not by its own number of tokens.
    fn is_full(&self) -> bool {
        let option = |wanted: &str| {
            let mut options = self.search.iter();
            options
                .find(|(name, _, _)| *name == wanted)
                .and_then(|(_, value, _)| value.as_u64())
        };
        let new_tokens = Some(self.usage.completion_tokens as u64);
        self.finish_reason == FinishReason::Length
            && !self.interrupted
            && option("max_length") == Some(self.usage.total_tokens as u64)
            && option("max_tokens") != new_tokens
    }
}

impl Outcome {
    /// Somebody at a terminal saw what failed; a script wants to know.
    pub(in crate::command) fn verdict(&self) -> Option<anyhow::Error> {
        let (failed, all) = (self.failed, self.count);
        let what = "turns";
        (failed > 0 && !self.is_terminal).then(|| Error::Unanswered { failed, all, what }.into())
    }
}

/// An error in the middle of a conversation, and the way out of it.
fn trouble(error: &Failure) -> String {
    let causes = error.causes.iter().map(|cause| format!(": {cause}"));
    let way_out = "; this was not said, and /reset begins a new conversation";
    format!("{}{}{way_out}", error.message, causes.collect::<String>())
}

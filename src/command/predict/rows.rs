//! The answers to many rows, in their order. A row that cannot be answered has an error in its place.

use std::ops::ControlFlow;
use std::sync::Arc;

use anyhow::Result;
use serde::Serialize;

use super::input::{Input, Row};
use super::reply::{self, Sequence};
use crate::command::generation::{self, Opened};
use crate::command::settings::Format;
use crate::command::{self, Context, Error, Failure};
use crate::infer::{
    Answer, EngineInfo, EngineName, FinishReason, Search, Timings, Usage, UsedOptions,
};

/// What is asked of a model.
pub(super) struct Asked {
    pub(super) model: String,
    pub(super) input: Input,
    pub(super) search: Search,
    pub(super) stats: bool,
}

/// The answers to all rows.
#[derive(Debug, Serialize)]
pub struct Outcome {
    model: String,
    engine: EngineName,
    runtime: EngineInfo,
    /// As far as they are shown at the end and not while they are made.
    items: Vec<Told>,
    /// How many rows have no answer.
    failed: usize,
    usage: Usage,
    seconds: f64,
    peak_memory_bytes: Option<u64>,
    #[serde(skip)]
    rows: usize,
    #[serde(skip)]
    is_interrupted: bool,
}

/// What came of a row.
#[derive(Debug, Serialize)]
struct Told {
    index: usize,
    #[serde(flatten)]
    result: Answered,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Answered {
    Answer(Box<Reply>),
    Error { error: Failure },
}

#[derive(Debug, Serialize)]
struct Reply {
    output: String,
    /// All sequences that were asked for, the best first, where they were more than one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    outputs: Vec<Sequence>,
    finish_reason: FinishReason,
    usage: Usage,
    timings: Timings,
    search: UsedOptions,
}

/// Answers all rows, on a thread of its own.
pub(super) async fn answer(
    asked: Asked,
    mut opened: Opened,
    context: &Context,
) -> Result<command::Outcome> {
    context.step("answering");
    let format = context.settings.format;
    let (audience, stop) = (Arc::clone(&context.audience), context.stop.clone());
    let stats = asked.stats;
    let work = context.compute(move || {
        let started = std::time::Instant::now();
        let mut outcome = Outcome::new(asked.model, opened.engine().clone());
        let may_go_on = || {
            if stop.is_cancelled() {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        };
        for (index, row) in asked.input.rows.enumerate() {
            let search = |own: Search| {
                asked
                    .search
                    .clone()
                    .over(own)
                    .over(asked.input.params.clone())
            };
            let answer = row.and_then(|Row { prompt, options }| {
                Ok(opened.generate(&prompt, &search(options), &mut |_| may_go_on())?)
            });
            // A row that was not answered to its end is not there, so that no half answer is taken for a whole one.
            if stop.is_cancelled() {
                outcome.is_interrupted = true;
                break;
            }
            let told = outcome.take(index, answer);
            match format {
                Format::Json => outcome.items.push(told),
                Format::Text if audience.write(&told.text()).is_break() => break,
                Format::JsonLines if audience.write(&told.line()?).is_break() => break,
                Format::Text | Format::JsonLines => {}
            }
        }
        outcome.seconds = started.elapsed().as_secs_f64();
        outcome.peak_memory_bytes = generation::peak();
        Ok::<_, anyhow::Error>(outcome)
    });
    let outcome = context.unless_stopped_soon(work).await??;
    if stats {
        context.note(&outcome.statistics());
    }
    let outcome = reply::Outcome::Rows(outcome);
    Ok(command::Outcome::Predict(Box::new(outcome)))
}

impl Outcome {
    fn new(model: String, engine: EngineInfo) -> Self {
        Self {
            model,
            engine: engine.name,
            runtime: engine,
            items: Vec::new(),
            failed: 0,
            usage: Usage {
                prompt_tokens: 0,
                completion_tokens: 0,
                total_tokens: 0,
            },
            seconds: 0.0,
            peak_memory_bytes: None,
            rows: 0,
            is_interrupted: false,
        }
    }

    /// Counts what came of a row, and puts it into the form in which it is shown.
    fn take(&mut self, index: usize, answer: Result<Answer>) -> Told {
        self.rows += 1;
        let result = match answer {
            Ok(mut answer) => {
                self.usage.prompt_tokens += answer.usage.prompt_tokens;
                self.usage.completion_tokens += answer.usage.completion_tokens;
                self.usage.total_tokens += answer.usage.total_tokens;
                Answered::Answer(Box::new(Reply {
                    outputs: reply::sequences(&mut answer),
                    output: answer.text,
                    finish_reason: answer.finish_reason,
                    usage: answer.usage,
                    timings: answer.timings,
                    search: answer.search,
                }))
            }
            Err(error) => {
                self.failed += 1;
                let error = Failure::from(&error);
                Answered::Error { error }
            }
        };
        Told { index, result }
    }

    pub(super) fn verdict(&self) -> Option<anyhow::Error> {
        if self.is_interrupted {
            return Some(Error::Interrupted { continues: false }.into());
        }
        let (failed, all, what) = (self.failed, self.rows, "rows");
        (failed > 0).then(|| Error::Unanswered { failed, all, what }.into())
    }

    fn statistics(&self) -> String {
        let memory = self.peak_memory_bytes.map_or_else(String::new, |bytes| {
            format!(", peak memory {} MB", bytes / 1_000_000)
        });
        format!(
            "{}: {} rows in {:.2} s, {} prompt tokens, {} new tokens{memory}",
            generation::who(&self.runtime),
            self.rows,
            self.seconds,
            self.usage.prompt_tokens,
            self.usage.completion_tokens,
        )
    }
}

impl Told {
    /// For people: the number of the row, and the answer beside it.
    fn text(&self) -> String {
        let label = format!("{}: ", self.index);
        let text = match &self.result {
            Answered::Answer(reply) => reply.output.clone(),
            Answered::Error { error } => {
                let causes = error.causes.iter().map(|cause| format!(": {cause}"));
                format!("error: {}{}", error.message, causes.collect::<String>())
            }
        };
        let indented = text.replace('\n', &format!("\n{:1$}", "", label.len()));
        format!("{label}{indented}\n")
    }

    /// For programs: all of it on one line.
    fn line(&self) -> Result<String> {
        Ok(serde_json::to_string(self)? + "\n")
    }
}

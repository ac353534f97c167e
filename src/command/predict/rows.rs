//! The answers to many rows, in their order. A row that cannot be answered has an error in its place.

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Instant;

use anyhow::Result;
use serde::Serialize;
use tokio_util::sync::CancellationToken;

use super::input::{Input, Row};
use super::reply::{self, Sequence};
use crate::command::generation::{self, Opened};
use crate::command::settings::Format;
use crate::command::{self, Audience, Context, Error, Failure};
use crate::infer::{
    Answer, EngineInfo, EngineName, FinishReason, Progress, Request, Search, Timings, Usage,
    UsedOptions,
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
    let mut teller = Teller {
        outcome: Outcome::new(asked.model, opened.engine().clone()),
        format: context.settings.format,
        audience: Arc::clone(&context.audience),
        stop: context.stop.clone(),
    };
    let stats = asked.stats;
    let work = context.compute(move || {
        let started = Instant::now();
        let Input {
            mut rows, params, ..
        } = asked.input;
        loop {
            let mut waiting = Waiting::default();
            for row in rows.next() {
                waiting.push(row, |own| {
                    asked.search.clone().over(own).over(params.clone())
                });
            }
            if waiting.is_empty() || teller.tell_all(waiting, &mut opened)?.is_break() {
                break;
            }
        }
        teller.outcome.seconds = started.elapsed().as_secs_f64();
        teller.outcome.peak_memory_bytes = generation::peak();
        Ok::<_, anyhow::Error>(teller.outcome)
    });
    let outcome = context.unless_stopped_soon(work).await??;
    if stats {
        context.note(&outcome.statistics());
    }
    let outcome = reply::Outcome::Rows(outcome);
    Ok(command::Outcome::Predict(Box::new(outcome)))
}

/// Rows that are to be answered next.
#[derive(Default)]
struct Waiting {
    /// Row by row: why it cannot be asked, if it cannot.
    rows: VecDeque<Option<anyhow::Error>>,
    /// What is asked in the others.
    requests: Vec<Request>,
}

impl Waiting {
    fn push(&mut self, row: Result<Row>, search: impl FnOnce(Search) -> Search) {
        self.rows.push_back(match row {
            Ok(Row { prompt, options }) => {
                let search = search(options);
                self.requests.push(Request { prompt, search });
                None
            }
            Err(error) => Some(error),
        });
    }

    fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

/// Tells what came of each row, in their order.
struct Teller {
    outcome: Outcome,
    format: Format,
    audience: Arc<dyn Audience>,
    stop: CancellationToken,
}

impl Teller {
    /// Answers rows together; those that cannot be asked have their error in their place. Breaks where no more rows
    /// are to be answered.
    fn tell_all(&mut self, waiting: Waiting, opened: &mut Opened) -> Result<ControlFlow<()>> {
        if self.stop.is_cancelled() {
            self.outcome.is_interrupted = true;
            return Ok(ControlFlow::Break(()));
        }
        let Waiting { mut rows, requests } = waiting;
        let mut flow = Ok(self.tell_bad(&mut rows)?);
        if matches!(flow, Ok(ControlFlow::Continue(()))) {
            opened.generate_many(requests, &mut |progress| {
                // A row that was not answered to its end is not there, so that no half answer is taken for a
                // whole one.
                if self.stop.is_cancelled() {
                    self.outcome.is_interrupted = true;
                    flow = Ok(ControlFlow::Break(()));
                } else if let Progress::Answer { answer, .. } = progress {
                    rows.pop_front();
                    flow = self.tell_next((*answer).map_err(Into::into), &mut rows);
                }
                match &flow {
                    Ok(flow) => *flow,
                    Err(_) => ControlFlow::Break(()),
                }
            });
        }
        flow
    }

    /// Tells of a row, and of the bad ones that follow it.
    fn tell_next(
        &mut self,
        answer: Result<Answer>,
        rows: &mut VecDeque<Option<anyhow::Error>>,
    ) -> Result<ControlFlow<()>> {
        if self.tell(answer)?.is_break() {
            return Ok(ControlFlow::Break(()));
        }
        self.tell_bad(rows)
    }

    /// Tells of the rows that come next and cannot be asked.
    fn tell_bad(&mut self, rows: &mut VecDeque<Option<anyhow::Error>>) -> Result<ControlFlow<()>> {
        while let Some(error) = rows.front_mut().and_then(Option::take) {
            rows.pop_front();
            if self.tell(Err(error))?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    fn tell(&mut self, answer: Result<Answer>) -> Result<ControlFlow<()>> {
        let told = self.outcome.take(answer);
        Ok(match self.format {
            Format::Json => {
                self.outcome.items.push(told);
                ControlFlow::Continue(())
            }
            Format::Text => self.audience.write(&told.text()),
            Format::JsonLines => self.audience.write(&told.line()?),
        })
    }
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
    fn take(&mut self, answer: Result<Answer>) -> Told {
        let index = self.rows;
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

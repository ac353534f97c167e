//! `bench`: how fast a model loads, reads and answers on this machine, for prompt lengths and thread counts.
//!
//! It says nothing of how good the answers are: prompts have no meaning, and ends are put off.

#![expect(
    clippy::doc_markdown,
    reason = "the docs of arguments are the text of `--help`"
)]

use std::ops::ControlFlow;

use anyhow::{Context as _, Result};
use clap::builder::RangedU64ValueParser;
use serde::Serialize;

use super::generation::{self, EngineKindArgs, Model};
use super::outcome::Column;
use super::{Cell, Context, Error, List, Outcome, model};
use crate::infer::{self, Answer, EngineName, OpenOptions, Search};

/// Measure how fast a model loads and answers, and how much memory it takes
#[derive(Debug, clap::Args)]
#[command(after_help = MEASURED)]
pub struct Args {
    /// models:/NAME/VERSION (or latest, or a stage), models:/NAME@ALIAS, models:/m-ID, runs:/RUN_ID/PATH,
    /// mlflow-artifacts:/PATH, or a folder
    #[arg(short, long, value_name = "MODEL_URI")]
    pub model_uri: String,
    /// Lengths of the prompts in tokens [default: 16,128,512, as far as the model's context goes]
    #[arg(long, value_name = "N,…", value_delimiter = ',', value_parser = positive())]
    pub prompt_lengths: Vec<usize>,
    /// Numbers of threads to compute with [default: the number of cores]
    #[arg(long, value_name = "N,…", value_delimiter = ',', value_parser = positive())]
    pub threads: Vec<usize>,
    /// Tokens of each answer
    #[arg(long, value_name = "N", default_value = "32", value_parser = positive())]
    pub new_tokens: usize,
    /// How often each prompt is answered
    #[arg(long, value_name = "N", default_value = "3", value_parser = positive())]
    pub repeat: usize,
    #[command(flatten)]
    pub(super) engine: EngineKindArgs,
}

const USUAL_LENGTHS: [usize; 3] = [16, 128, 512];

const MEASURED: &str = "For each number of threads and each length the model is loaded anew, and the prompt answered a \
    few times, always from its start; what is shown are the medians. The first token's time is that of the prompt, \
    so that together with the load it is what one answer takes to begin. Peak memory is that of this process while \
    it loaded and answered.";

fn positive() -> RangedU64ValueParser<usize> {
    RangedU64ValueParser::new().range(1..=1 << 24)
}

/// What was measured for a number of threads and a prompt length.
#[derive(Debug, Serialize)]
struct Measured {
    engine: EngineName,
    library_version: Option<String>,
    threads: usize,
    prompt_tokens: usize,
    new_tokens: usize,
    repeat: usize,
    load_ms: f64,
    prompt_tokens_per_second: Option<f64>,
    first_token_ms: f64,
    tokens_per_second: Option<f64>,
    peak_memory_bytes: Option<u64>,
}

const COLUMNS: &[Column<Measured>] = &[
    ("ENGINE", |it| Cell::of(&it.engine)),
    ("THREADS", |it| Cell::Count(it.threads as u64)),
    ("PROMPT", |it| Cell::Count(it.prompt_tokens as u64)),
    ("LOAD MS", |it| rounded(Some(it.load_ms))),
    ("PREFILL TOKENS/S", |it| {
        rounded(it.prompt_tokens_per_second)
    }),
    ("FIRST TOKEN MS", |it| rounded(Some(it.first_token_ms))),
    ("DECODE TOKENS/S", |it| rounded(it.tokens_per_second)),
    ("PEAK MEMORY", |it| {
        it.peak_memory_bytes.map_or(Cell::Empty, Cell::Bytes)
    }),
];

fn rounded(number: Option<f64>) -> Cell {
    number.map_or(Cell::Empty, |number| {
        Cell::Number((number * 10.0).round() / 10.0)
    })
}

/// Runs the command.
pub async fn run(args: Args, context: &Context) -> Result<Outcome> {
    let local = context
        .unless_stopped(context.model(&args.model_uri))
        .await?;
    let options = args.engine.resolve(context).await?;
    let threads: Vec<Option<usize>> = match args.threads.as_slice() {
        [] => vec![None],
        threads => threads.iter().copied().map(Some).collect(),
    };
    let lengths = match args.prompt_lengths.as_slice() {
        [] => &USUAL_LENGTHS,
        lengths => lengths,
    };
    let mut measured = Vec::new();
    for threads in threads {
        for &length in lengths {
            let options = OpenOptions {
                threads,
                length: Some(length.saturating_add(args.new_tokens)),
                // Whatever the model says on beams.
                sequences: Some(1),
                ..options.clone()
            };
            let one = measure(&local, options, length, &args, context).await;
            match one.with_context(|| format!("cannot measure {length} tokens")) {
                Err(error) if args.prompt_lengths.is_empty() && is_over_context(&error) => {
                    context.note(&format!(
                        "{length} tokens are not measured: {}",
                        error.root_cause()
                    ));
                }
                one => measured.push(one?),
            }
        }
    }
    let mut list = List::empty(COLUMNS);
    list.extend(&measured, COLUMNS, context.settings.format)?;
    Ok(list.into())
}

fn is_over_context(error: &anyhow::Error) -> bool {
    let error = error.downcast_ref::<infer::Error>();
    matches!(error, Some(infer::Error::MaxLengthOverContext { .. }))
}

/// Loads the model and answers a prompt as often as asked.
async fn measure(
    local: &model::Local,
    options: OpenOptions,
    length: usize,
    args: &Args,
    context: &Context,
) -> Result<Measured> {
    generation::forget_peak();
    let model = Model::of(local)?;
    model.check(&Search {
        max_length: options.length,
        num_beams: options.sequences,
        greedy: true,
        ..Search::default()
    })?;
    let mut opened = model.open(options, context).await?;
    context.step(&format!(
        "{} with {length} tokens",
        generation::who(opened.engine())
    ));
    let engine = opened.engine().clone();
    let (new_tokens, repeat) = (args.new_tokens, args.repeat);
    let stop = context.stop.clone();
    let work = context.compute(move || {
        let mut go_on = |_: &str| {
            if stop.is_cancelled() {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        };
        (0..repeat)
            .map(|_| opened.measure(length, new_tokens, &mut go_on))
            .collect::<Result<Vec<Answer>, _>>()
    });
    let answers = context.unless_stopped_soon(work).await??;
    if context.stop.is_cancelled() {
        return Err(Error::Interrupted { continues: false }.into());
    }
    let median_of = |of: fn(&Answer) -> Option<f64>| median(answers.iter().filter_map(of));
    Ok(Measured {
        engine: engine.name,
        library_version: engine
            .library
            .and_then(|library| library.version)
            .map(|version| version.to_string()),
        threads: engine.threads,
        prompt_tokens: length,
        new_tokens: answers
            .first()
            .map_or(0, |answer| answer.usage.completion_tokens),
        repeat,
        load_ms: median_of(|it| Some(it.timings.load_ms)).unwrap_or_default(),
        prompt_tokens_per_second: median_of(|it| it.timings.prompt_tokens_per_second),
        first_token_ms: median_of(|it| Some(it.timings.first_token_ms)).unwrap_or_default(),
        tokens_per_second: median_of(|it| it.timings.tokens_per_second),
        peak_memory_bytes: generation::peak(),
    })
}

/// The one in the middle; of an even number, the lower of the two.
fn median(numbers: impl Iterator<Item = f64>) -> Option<f64> {
    let mut numbers: Vec<f64> = numbers.collect();
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len().checked_sub(1)? / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_in_the_middle() {
        assert_eq!(median([].into_iter()), None);
        assert_eq!(median([3.0, 1.0, 2.0].into_iter()), Some(2.0));
        assert_eq!(median([4.0, 1.0].into_iter()), Some(1.0));
    }
}

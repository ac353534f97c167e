//! How a model is to search and which engine is to run it, as commands that ask one are told.

use std::ops::RangeInclusive;
use std::path::PathBuf;

use anyhow::Result;
use clap::ValueEnum;
use clap::builder::RangedI64ValueParser;

use crate::command::{Context, runtime};
use crate::infer::{EngineChoice, OpenOptions, Search};

/// As many as onnxruntime-genai's generator knows, and one for none.
const SEEDS: RangeInclusive<i64> = -1..=0xffff_ffff;

/// How the next token is chosen; the defaults are the model's own.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "Search")]
pub(in crate::command) struct SearchArgs {
    /// At most this many new tokens
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub max_tokens: Option<usize>,
    /// At most this many tokens, the prompt included [default: the model's own, as far as 4096, or 1024 more than the
    /// prompt if that is more]
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub max_length: Option<usize>,
    /// No end before this many tokens, the prompt included
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub min_length: Option<usize>,
    /// Draw from the likely tokens instead of taking the likeliest
    #[arg(long, conflicts_with = "greedy")]
    pub do_sample: bool,
    /// Flatness of the draw; 0 is greedy
    #[arg(long, value_name = "T", allow_negative_numbers = true)]
    pub temperature: Option<f32>,
    /// Draw among the K likeliest tokens
    #[arg(long, value_name = "K", allow_negative_numbers = true)]
    pub top_k: Option<i64>,
    /// Draw among the likeliest tokens that together have probability P; 0 and 1 are all
    #[arg(long, value_name = "P", allow_negative_numbers = true)]
    pub top_p: Option<f32>,
    /// Make tokens that were there already less likely
    #[arg(long, value_name = "R", allow_negative_numbers = true)]
    pub repetition_penalty: Option<f32>,
    /// Let no N tokens in a row come twice
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub no_repeat_ngram_size: Option<usize>,
    /// Same seed, same draw; -1 is another each time
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = RangedI64ValueParser::<i64>::new().range(SEEDS))]
    pub seed: Option<i64>,
    /// End the answer before this text
    #[arg(long, value_name = "TEXT")]
    pub stop: Vec<String>,
    /// Take the likeliest token always
    #[arg(long)]
    pub greedy: bool,
    /// Follow the N likeliest sequences side by side and answer with the best
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub num_beams: Option<usize>,
    /// Give the N best sequences of a beam search: `outputs` in JSON, `choices` for messages
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
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
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub chunk_size: Option<usize>,
}

/// Which engine runs the model.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "Engine")]
pub(in crate::command) struct EngineArgs {
    /// Threads to compute with [default: the number of cores]
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
    #[command(flatten)]
    pub(in crate::command) kind: EngineKindArgs,
}

/// The same, without how many threads it has.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "Engine")]
pub(in crate::command) struct EngineKindArgs {
    /// ONNX Runtime where its library is found and else rten; or one of them
    #[arg(long, value_enum, default_value_t)]
    pub engine: EngineName,
    /// ONNX Runtime library to use
    #[arg(long, value_name = "PATH")]
    pub ort_lib: Option<PathBuf>,
}

/// Which engine.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::command) enum EngineName {
    /// ONNX Runtime where its library is found, else rten; fetches nothing
    #[default]
    Auto,
    /// ONNX Runtime; its library is fetched with pip where it is missing
    Ort,
    /// Pure Rust; needs nothing else
    Rten,
}

impl SearchArgs {
    pub(in crate::command) fn to_search(&self) -> Search {
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
            ..Search::default()
        }
    }
}

impl EngineArgs {
    /// What to open a model with.
    pub(in crate::command) async fn resolve(&self, context: &Context) -> Result<OpenOptions> {
        Ok(OpenOptions {
            threads: self.threads,
            ..self.kind.resolve(context).await?
        })
    }
}

impl EngineKindArgs {
    /// What to open a model with. An explicit `--engine ort` fetches the library where it is missing.
    pub(in crate::command) async fn resolve(&self, context: &Context) -> Result<OpenOptions> {
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
            threads: None,
            length: None,
            sequences: None,
            places,
        })
    }
}

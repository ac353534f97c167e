//! What can go wrong between a folder and an answer. Nothing is shown here; see [`Hint`].

use std::io;
use std::path::PathBuf;

use crate::digest::Digest;
use crate::error::{Hint, Kind};
use crate::package::BadGraph;

use super::memory::{Bytes, Limit};
use super::next_step;
use super::runtime::{NotFound, Version};
use super::search::Origin;

/// A cause that comes from a library with an error type of its own.
type Cause = Box<dyn std::error::Error + Send + Sync>;

/// Why a model could not be opened or could not answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file that every model has is not there.
    #[error("`{}` is missing", path.display())]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// A file is there and cannot be read.
    #[error("cannot read the model")]
    Read(#[source] io::Error),
    /// A JSON file is broken, or lacks a field, or has a field of another type.
    #[error("cannot make sense of `{}`", path.display())]
    Json {
        /// The file.
        path: PathBuf,
        /// What and where.
        #[source]
        source: Cause,
    },
    /// A field is there and its value cannot be right.
    #[error("`{field}` in `{}` is {found}, but {expected}", path.display())]
    Field {
        /// The file.
        path: PathBuf,
        /// The field, with dots between its parts.
        field: &'static str,
        /// Its value.
        found: String,
        /// What it has to be.
        expected: String,
    },
    /// The graph file is not a whole ONNX file.
    #[error("`{}` is damaged", path.display())]
    Damaged {
        /// The graph.
        path: PathBuf,
        /// Where reading stopped.
        #[source]
        source: BadGraph,
    },
    /// Parts of the graph do not fit each other.
    #[error("`{}` is damaged at `{place}`: {found}", path.display())]
    Unsound {
        /// The graph.
        path: PathBuf,
        /// The operator or tensor.
        place: String,
        /// What is wrong with it.
        found: String,
    },
    /// The file was never fetched.
    #[error("`{}` is only a Git LFS pointer, not the file itself", path.display())]
    LfsPointer {
        /// The file.
        path: PathBuf,
    },
    /// The model is whole, and of a kind that neither engine runs.
    #[error(
        "phi3ml does not run `{}`: {found}; supported are decoders exported for ONNX Runtime GenAI \
         (input_ids, attention_mask, past keys and values in, logits and present keys and values out)",
        path.display()
    )]
    GraphKind {
        /// The graph, or the configuration that names several.
        path: PathBuf,
        /// What is different about it.
        found: String,
    },
    /// The weights are not beside the graph.
    #[error("`{}` is missing: `{}` keeps its weights there", path.display(), graph.display())]
    WeightsMissing {
        /// The file that is not there.
        path: PathBuf,
        /// The graph that names it.
        graph: PathBuf,
    },
    /// The weights end too early.
    #[error("`{}` has {size} bytes, but the graph needs {needed}", path.display())]
    WeightsShort {
        /// The file.
        path: PathBuf,
        /// What it has.
        size: u64,
        /// What it has to have.
        needed: u64,
    },
    /// `tokenizer.json` is not a tokenizer.
    #[error("cannot make sense of `{}`", path.display())]
    Tokenizer {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: Cause,
    },
    /// The tokenizer knows tokens that the model does not.
    #[error(
        "`{}` does not fit the model: it has token {token}, the model's `vocab_size` is {vocab_size}",
        path.display()
    )]
    TokenizerMisfit {
        /// The tokenizer's file.
        path: PathBuf,
        /// The token.
        token: u32,
        /// The model's vocabulary.
        vocab_size: usize,
    },
    /// The model ends its answers with tokens that its tokenizer does not have.
    #[error(
        "`{}` does not fit the model: it has none of the tokens that end an answer, {end_tokens:?}",
        path.display()
    )]
    EndTokensMissing {
        /// The tokenizer's file.
        path: PathBuf,
        /// The model's tokens.
        end_tokens: Vec<u32>,
    },
    /// The tokenizer could not turn a text into tokens, or tokens into text.
    #[error("the tokenizer failed")]
    Tokenize(#[source] Cause),
    /// The chat template is not a template.
    #[error("cannot make sense of the chat template in `{}`", path.display())]
    Template {
        /// Where it was found.
        path: PathBuf,
        /// Why.
        #[source]
        source: minijinja::Error,
    },
    /// The chat template refuses these messages.
    #[error("the model's chat template does not take these messages")]
    Render(#[source] minijinja::Error),
    /// The chat template makes too much of these messages.
    #[error(
        "the model's chat template takes more memory or time than any needs for these messages"
    )]
    RenderExhausts,
    /// Messages for a model that has no template for them.
    #[error("this model has no chat template, so it cannot take messages")]
    NoTemplate,
    /// A prompt without a single token.
    #[error("the prompt is empty")]
    EmptyPrompt,
    /// The prompt does not fit.
    #[error("the prompt has {prompt} tokens, more than the {max_length} of `max_length`")]
    PromptTooLong {
        /// Its tokens.
        prompt: usize,
        /// The limit.
        max_length: usize,
    },
    /// More was asked for than the model can hold.
    #[error(
        "`max_length` {max_length} is more than the model's context of {context_length} tokens"
    )]
    MaxLengthOverContext {
        /// What was asked for.
        max_length: usize,
        /// What the model has.
        context_length: usize,
    },
    /// A search option is out of its range.
    #[error("`{option}` is {value}, but has to be {expected}")]
    Option {
        /// Its name.
        option: &'static str,
        /// What was asked for.
        value: String,
        /// Its range.
        expected: String,
    },
    /// A search setting that the model brings is out of its range.
    #[error("`{place}.{option}` of the model is {value}, but has to be {expected}")]
    ModelOption {
        /// Where the model has it: `search` of the `genai_config.json`, or `model_config` of the `MLmodel`.
        place: &'static str,
        /// Its name.
        option: &'static str,
        /// What the model has.
        value: String,
        /// Its range.
        expected: String,
    },
    /// A draw and a beam search at once.
    #[error(
        "`num_beams` is {num_beams} ({}), but a beam search does not draw its tokens ({})",
        beams.as_str(),
        draws.as_str()
    )]
    BeamsDraw {
        /// What was asked for, or what the model brings.
        num_beams: usize,
        /// Who did.
        beams: Origin,
        /// Who asked for a draw.
        draws: Origin,
    },
    /// A beam search came to nothing: no logit is a number.
    #[error("the search found no sequence: the model's logits are not numbers")]
    NothingFound,
    /// The executable was built without the engine.
    #[error("this build has no engine `{engine}`")]
    NotBuilt {
        /// The engine.
        engine: &'static str,
    },
    /// The executable was built with no engine at all.
    #[error("this build has no engine")]
    NoEngine,
    /// There is no ONNX Runtime library on this machine.
    #[error(transparent)]
    NoLibrary(#[from] NotFound),
    /// The only libraries are too old.
    #[error(
        "cannot load this graph: ONNX Runtime {version} at `{}`, this model needs ≥ {needs}",
        path.display()
    )]
    LibraryTooOld {
        /// The library.
        path: PathBuf,
        /// Its version.
        version: Version,
        /// The version the graph needs.
        needs: Version,
    },
    /// The library was asked for by name and is not one.
    #[error("`{}` is not an ONNX Runtime library: {reason}", path.display())]
    LibraryUnfit {
        /// The path.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// ONNX Runtime refuses the graph.
    #[error("ONNX Runtime cannot load `{}`", path.display())]
    Load {
        /// The graph.
        path: PathBuf,
        /// What it says.
        #[source]
        source: Cause,
    },
    /// The engine cannot run this graph, while the other one might.
    #[error("the engine `{engine}` cannot run `{}`: {reason}", path.display())]
    EngineUnfit {
        /// The engine.
        engine: &'static str,
        /// The graph.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// The engine failed while it was running.
    #[error("the engine `{engine}` cannot compute `{}`", path.display())]
    Run {
        /// The engine.
        engine: &'static str,
        /// The graph.
        path: PathBuf,
        /// What it says.
        #[source]
        source: Cause,
    },
    /// The machine has no thread left.
    #[error("cannot start a thread")]
    Thread(#[source] io::Error),
    /// A library stopped where it must not.
    #[error("what reads the model's files gave up: {said}")]
    Panicked {
        /// What it said.
        said: String,
    },
    /// The model needs more memory than there is.
    #[error(
        "`{}` does not fit into memory: {}, but {free} are free {limit}",
        path.display(),
        taken(*weights, *length, *cache)
    )]
    NoRoom {
        /// The graph.
        path: PathBuf,
        /// What its weights take, if they are still to be loaded.
        weights: Bytes,
        /// Whether that is enough for the engine that maps weights.
        suffices_for_rten: bool,
        /// How long the sequence is to be.
        length: usize,
        /// What its keys and values take.
        cache: Bytes,
        /// What is free.
        free: Bytes,
        /// Why there is not more.
        limit: Limit,
    },
    /// What came out is no number: neither token is likelier than another.
    #[error("`{}` computes no numbers: the logits after {tokens} tokens are NaN", path.display())]
    NotANumber {
        /// The graph.
        path: PathBuf,
        /// How many tokens went in.
        tokens: usize,
    },
    /// There is no room for the keys and values.
    #[error("cannot reserve {bytes} bytes for a length of {length} tokens")]
    Memory {
        /// How much it was to be.
        bytes: usize,
        /// For how many tokens.
        length: usize,
        /// Why not.
        #[source]
        source: io::Error,
    },
    /// Installing would need the network.
    #[error("cannot fetch ONNX Runtime without the network")]
    Offline,
    /// pip is not there.
    #[error("cannot start `{} -m pip`", python.display())]
    PipMissing {
        /// The Python that was to run it.
        python: PathBuf,
        /// Why not.
        #[source]
        source: io::Error,
    },
    /// pip failed; these are its own words.
    #[error("pip could not fetch ONNX Runtime: {said}")]
    PipFailed {
        /// Its last lines.
        said: String,
    },
    /// No library is published, or none is known, for this platform.
    #[error("no digest of ONNX Runtime {version} is known for {platform}")]
    NoPin {
        /// The version.
        version: Version,
        /// Operating system and processor.
        platform: String,
    },
    /// The file is not the one that was published.
    #[error("`{}` is not the published library: its SHA-256 is {found}, not {expected}", path.display())]
    WrongDigest {
        /// The file, or the wheel and the file in it.
        path: PathBuf,
        /// What it is.
        found: Digest,
        /// What it has to be.
        expected: Digest,
    },
    /// The wheel cannot be opened, or has no library in it.
    #[error("cannot take the library out of `{}`", path.display())]
    Wheel {
        /// The wheel.
        path: PathBuf,
        /// Why.
        #[source]
        source: Cause,
    },
    /// The library cannot be put into its place.
    #[error("cannot install ONNX Runtime")]
    Install(#[source] io::Error),
}

impl Error {
    /// A search option out of its range, whether it was asked for or is the model's own.
    pub(super) fn option(
        option: &'static str,
        from: Origin,
        value: &impl ToString,
        expected: impl Into<String>,
    ) -> Self {
        let (value, expected) = (value.to_string(), expected.into());
        let place = match from {
            Origin::Flag | Origin::Row | Origin::Params => {
                return Self::Option {
                    option,
                    value,
                    expected,
                };
            }
            Origin::ModelConfig => "model_config",
            Origin::GenaiConfig | Origin::Default => "search",
        };
        Self::ModelOption {
            place,
            option,
            value,
            expected,
        }
    }

    /// A file of the model that could not be read: missing, or anything else.
    pub(super) fn reading(path: &std::path::Path, source: io::Error) -> Self {
        if source.kind() == io::ErrorKind::NotFound {
            Self::Missing {
                path: path.to_path_buf(),
            }
        } else {
            Self::Read(source)
        }
    }
}

fn taken(weights: Bytes, length: usize, cache: Bytes) -> String {
    match weights {
        Bytes(0) => format!("the keys and values of {length} tokens take {cache}"),
        _ => {
            format!("its weights take {weights} and the keys and values of {length} tokens {cache}")
        }
    }
}

impl Hint for Error {
    fn kind(&self) -> Kind {
        match self {
            Self::Missing { .. }
            | Self::WeightsMissing { .. }
            | Self::NoLibrary(_)
            | Self::PipMissing { .. } => Kind::NotFound,
            Self::Json { .. }
            | Self::Field { .. }
            | Self::Damaged { .. }
            | Self::Unsound { .. }
            | Self::LfsPointer { .. }
            | Self::ModelOption { .. }
            | Self::WeightsShort { .. }
            | Self::Tokenizer { .. }
            | Self::TokenizerMisfit { .. }
            | Self::EndTokensMissing { .. }
            | Self::Template { .. }
            | Self::WrongDigest { .. }
            | Self::NotANumber { .. }
            | Self::Wheel { .. } => Kind::Corrupt,
            Self::BeamsDraw { beams, draws, .. } if beams.is_model() && draws.is_model() => {
                Kind::Corrupt
            }
            Self::BeamsDraw { .. }
            | Self::NoTemplate
            | Self::EmptyPrompt
            | Self::MaxLengthOverContext { .. }
            | Self::Option { .. }
            | Self::NotBuilt { .. }
            | Self::LibraryUnfit { .. } => Kind::Usage,
            Self::GraphKind { .. }
            | Self::PromptTooLong { .. }
            | Self::Render(_)
            | Self::RenderExhausts
            | Self::LibraryTooOld { .. }
            | Self::EngineUnfit { .. }
            | Self::Offline
            | Self::NoPin { .. } => Kind::Refused,
            Self::PipFailed { .. } => Kind::Unavailable,
            Self::Read(_)
            | Self::Tokenize(_)
            | Self::NoEngine
            | Self::Load { .. }
            | Self::Run { .. }
            | Self::Thread(_)
            | Self::Panicked { .. }
            | Self::NothingFound
            | Self::Memory { .. }
            | Self::NoRoom { .. }
            | Self::Install(_) => Kind::Failed,
        }
    }

    fn hint(&self) -> Option<String> {
        next_step::after(self)
    }
}

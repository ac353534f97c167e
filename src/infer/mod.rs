//! The engine: text in, tokens out.
//!
//! [`Generator::open`] takes an ONNX Runtime GenAI folder, [`Generator::generate`] answers a prompt and
//! hands out the text as it is made. Synchronous; knows neither the network nor the command line, and
//! prints nothing.
//!
//! ```text
//! Prompt ─ chat ─► text ─ tokenizer ─► ids ─► engine ─► logits ─ sample ─► id ─ tokenizer ─ stop ─► text
//!                                              ▲                           │
//!                                              └───────────────────────────┘
//! ```

mod answer;
mod batch;
mod beam;
mod chat;
mod config;
mod confine;
mod dialect;
mod engine;
mod error;
mod feed;
mod generator;
mod graph;
mod json;
mod lengths;
mod memory;
mod narrow;
mod next_step;
mod numbers;
mod options;
mod partial_sort;
mod positions;
mod raw;
mod row;
pub mod runtime;
mod sample;
mod search;
mod soundness;
mod spell_out;
mod stop;
mod tokenizer;

pub use answer::{Alternative, Answer, FinishReason, Progress, Timings, Usage};
pub use chat::{Message, Prompt};
pub use engine::{EngineChoice, EngineInfo, EngineName, load_library};
pub use error::Error;
pub use generator::{Exported, Generator, OpenOptions, Request};
pub use memory::{Bytes, Limit, Prepacking, PrepackingMode};
pub use raw::leave;
pub use search::{Origin, Search, UsedOptions};

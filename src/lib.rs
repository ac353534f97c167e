//! phi3ml takes a Phi-3 model through its whole MLflow life: package, log, register, read back, predict.
//!
//! The executable only calls [`cli::main`]; everything is here. To follow one `log-model` from the command line
//! to the wire, read [`cli`] → [`command::log_model`] (`session.rs` is the story) → [`package`], [`tracking`],
//! [`transfer`] → [`artifacts`] → [`http`]. `command/context.rs` decides which server, store and wrapper it is.
//!
//! The rooms, from the floor up. Each knows only what the table says (a test holds them to it):
//!
//! | room | what it is for | what it may know |
//! | --- | --- | --- |
//! | [`error`], [`digest`], [`whole`], [`lock`] | the floor: kinds of failure, SHA-256, files written whole, files with one owner | nothing |
//! | [`entity`] | the words: MLflow's nouns as plain types | the floor |
//! | [`http`] | the wire: requests, retries, credentials; nothing about MLflow | `error` |
//! | [`tracking`] | the ledger: where runs and models are written down | `http`, `entity`, the floor |
//! | [`artifacts`] | the shelves: where bytes rest | `http`, `entity`, the floor |
//! | [`transfer`] | the carriers: how bytes move | `artifacts` by trait, `entity`, the floor |
//! | [`cache`] | the cellar: models that were fetched, by digest | `entity`, the floor |
//! | [`package`] | the box: a model directory as MLflow defines it; never touches the network | `entity`, the floor |
//! | [`infer`] | the engine: text in, tokens out | `package`, `entity`, the floor |
//! | [`command`] | the hands: one verb, one file; neither prints nor reads the environment | all of the above |
//! | [`term`] | the face: everything a person sees | outcomes and events of `command` |
//! | [`cli`] | the ear: command line and environment become settings | `command`, `term`, `error` |

pub mod artifacts;
pub mod cache;
pub mod cli;
pub mod command;
pub mod digest;
pub mod entity;
pub mod error;
pub mod http;
pub mod infer;
pub mod lock;
pub mod package;
pub mod term;
pub mod tracking;
pub mod transfer;
pub mod whole;

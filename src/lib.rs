//! phi3ml takes a Phi-3 model through its whole MLflow life: package, log, register, read back, predict.
//!
//! The rooms, from the floor up. Each knows only what the table says (a test holds them to it):
//!
//! | room | what it is for | what it may know |
//! | --- | --- | --- |
//! | [`error`], [`digest`] | the floor: kinds of failure, SHA-256 | nothing |
//! | [`entity`] | the words: MLflow's nouns as plain types | the floor |
//! | [`http`] | the wire: requests, retries, credentials; nothing about MLflow | `error` |
//! | [`tracking`] | the ledger: where runs and models are written down | `http`, `entity`, the floor |
//! | [`artifacts`] | the shelves: where bytes rest | `http`, `entity`, the floor |
//! | [`transfer`] | the carriers: how bytes move | `artifacts` by trait, `entity`, the floor |
//! | [`package`] | the box: a model directory as MLflow defines it; never touches the network | `entity`, the floor |
//! | [`infer`] | the engine: text in, tokens out | `package`, `entity`, the floor |

pub mod artifacts;
pub mod digest;
pub mod entity;
pub mod error;
pub mod http;
pub mod infer;
pub mod package;
pub mod tracking;
pub mod transfer;

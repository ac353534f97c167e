//! phi3ml from the outside: the real binary against real sockets, real MLflow and real Python readers.
//!
//! One binary, one file per verb. `tests/support` holds what they share; nothing here looks inside
//! the library, except `walls`, which reads its source as text, and `stores`, which holds every store
//! to one contract.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that meets what it did not expect should stop right there"
)]

#[path = "../support/mod.rs"]
mod support;

mod accounts;
mod archive;
mod archived;
mod artifacts;
mod beams;
mod bench;
mod bodies;
mod cache;
mod captured;
mod chat;
mod complete;
mod connection;
mod damage;
mod databases;
mod doctor;
mod dry_run;
mod early;
mod embedded;
mod endless;
mod errors;
mod existing;
mod experiments;
mod fake_is_honest;
mod families;
mod faults;
mod flavors;
mod generated;
mod hints;
mod inspect;
mod interrupted;
mod large;
mod local;
mod log_model;
mod logging;
mod many;
mod models;
mod output;
mod package;
mod predict;
mod presigned;
mod ranges;
mod reference;
mod refusals;
mod register;
mod requirements;
mod resolved;
mod resume;
mod rows;
mod runs;
mod said;
mod search;
mod signature;
mod stores;
mod support_works;
mod survival;
mod sync;
mod terminal;
mod tls;
mod tokens;
mod transformers;
mod trust;
mod verify;
mod versions;
mod walls;
mod weather;
mod wire;

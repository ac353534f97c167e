//! The hands: one verb, one file. Each takes its arguments and a [`Context`] and returns an outcome.
//!
//! A command neither prints nor reads the environment: it returns what it did and says on the way what
//! it is doing. It is the only room that knows all the others.

pub mod api;
mod arrival;
pub mod artifacts;
mod audience;
pub mod bench;
pub mod cache;
pub mod chat;
pub mod config;
mod context;
pub mod doctor;
mod error;
mod experiment;
pub mod experiments;
mod failure;
mod generation;
mod git;
mod given;
mod identity;
pub mod inspect;
pub mod log_artifacts;
pub mod log_batch;
pub mod log_inputs;
pub mod log_metrics;
pub mod log_model;
pub mod log_params;
mod meter;
pub mod metrics;
mod model;
pub mod models;
mod origin;
mod outcome;
pub mod package;
mod packaging;
mod paging;
mod pairs;
mod plan;
pub mod predict;
pub mod register;
mod registration;
pub mod runs;
pub mod runtime;
pub mod set_tags;
pub mod settings;
pub mod suggest;
pub mod sync;
mod target;
pub mod verify;

pub use audience::{Again, Audience, Event, Nobody, Reason};
pub use context::Context;
pub use error::Error;
pub use failure::Failure;
pub use meter::{Carried, Direction};
pub use outcome::{Cell, Done, Item, List, Outcome, Plot};
pub use plan::Plan;

pub use crate::entity::deed::Deed;
pub use crate::infer::leave;

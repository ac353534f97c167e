//! An error as a person or a script is to see it: what it is, why, and what to do.

use serde::Serialize;

use crate::entity::limits;
use crate::entity::uri::NotAModelUri;
use crate::error::{Hint, Kind};
use crate::{artifacts, cache, http, infer, package, tracking, transfer};

/// An error, ready to be shown.
#[derive(Debug, Serialize)]
pub struct Failure {
    /// What sort of failure this is.
    pub kind: Kind,
    /// What could not be done.
    pub message: String,
    /// Why, from the outermost cause to the innermost.
    pub causes: Vec<String>,
    /// What to do about it.
    pub hints: Vec<String>,
}

impl From<&anyhow::Error> for Failure {
    fn from(error: &anyhow::Error) -> Self {
        let mut sentences: Vec<String> = error.chain().map(ToString::to_string).collect();
        // A cause that its parent repeats word for word adds nothing.
        sentences.dedup_by(|cause, parent| parent.ends_with(cause.as_str()));
        let mut sentences = sentences.into_iter();
        let advisers: Vec<&dyn Hint> = error.chain().filter_map(adviser).collect();
        let mut hints: Vec<String> = advisers.iter().filter_map(|error| error.hint()).collect();
        hints.dedup();
        Self {
            kind: advisers.first().map_or(Kind::Failed, |error| error.kind()),
            message: sentences.next().unwrap_or_default(),
            causes: sentences.collect(),
            hints,
        }
    }
}

/// The link of the chain, if it is an error of one of the rooms.
fn adviser<'a>(link: &'a (dyn std::error::Error + 'static)) -> Option<&'a dyn Hint> {
    fn of<'a, E: Hint + 'static>(
        link: &'a (dyn std::error::Error + 'static),
    ) -> Option<&'a dyn Hint> {
        link.downcast_ref::<E>().map(|error| error as &dyn Hint)
    }
    of::<super::Error>(link)
        .or_else(|| of::<tracking::Error>(link))
        .or_else(|| of::<artifacts::Error>(link))
        .or_else(|| of::<transfer::Error>(link))
        .or_else(|| of::<cache::Error>(link))
        .or_else(|| of::<package::Error>(link))
        .or_else(|| of::<infer::Error>(link))
        .or_else(|| of::<http::Error>(link))
        .or_else(|| of::<limits::Invalid>(link))
        .or_else(|| of::<NotAModelUri>(link))
}

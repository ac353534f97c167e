//! What every error of the program can say beyond its message: what kind it is, and what to do about it.
//!
//! Each room has one error enum of its own. This file knows none of them; it only names the
//! questions that `command` asks when it turns an error into an exit code and a page of text.

use serde::Serialize;

/// What sort of failure this is, by meaning and not by origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Kind {
    /// The command line contradicts itself or lacks something: exit code 2.
    Usage,
    /// A file, run, experiment, model, version or alias that is not there.
    NotFound,
    /// The other side understood and said no: a rule, a missing right, a name it refuses.
    Refused,
    /// The thing exists already, or changed meanwhile.
    Conflict,
    /// The other side could not be reached or could not answer.
    Unavailable,
    /// Bytes that are not what they should be: broken JSON, a wrong digest, half a model.
    Corrupt,
    /// Stopped by the user: exit code 130.
    Interrupted,
    /// The model answered, but not as expected: exit code 3.
    Unexpected,
    /// Anything else, such as a full disk.
    Failed,
}

/// Advice that an error can carry.
pub trait Hint: std::error::Error {
    /// What sort of failure this is.
    fn kind(&self) -> Kind;

    /// The next step for the person who reads it: a command to run, a variable to set.
    fn hint(&self) -> Option<String> {
        None
    }
}

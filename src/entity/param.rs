//! A parameter: something that was decided before a run.
//!
//! What a key and a value may look like is said in [`super::limits`].

use serde::{Deserialize, Serialize};

/// A parameter of a run or a logged model; MLflow knows only text as its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Param {
    /// Its name.
    pub key: String,
    /// Its value.
    #[serde(default)]
    pub value: String,
}

impl Param {
    /// A parameter.
    pub fn new(key: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            value: value.into(),
        }
    }
}

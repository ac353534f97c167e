//! What a dry run would have done.
//!
//! Who is told, and in which form, is decided elsewhere.

use serde::Serialize;

/// Something that would have been done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Deed {
    /// What sort of thing, for programs: `create_run`.
    pub action: &'static str,
    /// What exactly, for people: ``create a run in experiment `0` ``.
    pub text: String,
    /// How many bytes would have moved, where any would.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bytes: Option<u64>,
}

/// Who is told.
pub type Tell = dyn Fn(Deed) + Send + Sync;

/// The scheme of artifact locations that a server would have chosen.
pub const NOWHERE: &str = "dry-run";

impl Deed {
    /// A deed that moves no bytes of its own.
    pub fn new(action: &'static str, text: impl Into<String>) -> Self {
        Self {
            action,
            text: text.into(),
            bytes: None,
        }
    }

    /// A deed that moves bytes.
    pub fn moving(action: &'static str, text: impl Into<String>, bytes: u64) -> Self {
        Self {
            bytes: Some(bytes),
            ..Self::new(action, text)
        }
    }
}

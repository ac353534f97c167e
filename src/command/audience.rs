//! What a command says while it works. Results are returned, not said, unless
//! they are too long to be held or worth reading while they are made.

use std::ops::ControlFlow;

use super::meter::Carried;
use crate::entity::deed::Deed;
pub use crate::http::{Again, Reason};
use crate::transfer;

/// One piece of news.
#[derive(Debug, Clone, Copy)]
pub enum Event<'a> {
    /// What is being done from now on, such as ``uploading to run `…` ``.
    Step(&'a str),
    /// Bytes of the current step were sent or received.
    Bytes(transfer::Event<'a>),
    /// A transfer is at its end.
    Carried(&'a Carried),
    /// Bytes of the current step were read here.
    Read {
        /// So far.
        done: u64,
        /// In all.
        total: u64,
    },
    /// A request came to nothing and is sent again after a wait.
    Again(Again),
    /// A request that is about to be sent, as a `curl` command.
    Request(&'a str),
    /// Something that a dry run would have done.
    Would(&'a Deed),
    /// Behind this, on the same line, the user types.
    Prompt(&'a str),
    /// Something worth knowing that is no trouble.
    Note(&'a str),
    /// Something that may be trouble.
    Warning(&'a str),
}

/// Who listens: the terminal, or nobody. Returns at once and never fails.
pub trait Audience: Send + Sync {
    /// Takes in one piece of news.
    fn hear(&self, event: Event<'_>);

    /// Puts a piece of the result on stdout before all of it is there; breaks when nobody reads on.
    fn write(&self, text: &str) -> ControlFlow<()> {
        self.write_bytes(text.as_bytes())
    }

    /// Likewise, for bytes that may be anything.
    fn write_bytes(&self, bytes: &[u8]) -> ControlFlow<()>;
}

/// Nobody: for work of which nothing is to be seen.
#[derive(Debug, Clone, Copy)]
pub struct Nobody;

impl Audience for Nobody {
    fn hear(&self, _event: Event<'_>) {}

    fn write_bytes(&self, _bytes: &[u8]) -> ControlFlow<()> {
        ControlFlow::Break(())
    }
}

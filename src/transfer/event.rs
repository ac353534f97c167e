//! What a transfer tells while it runs.
//!
//! ```text
//! Planned ─► (Planned | File | Reused | Moved…)* ─► the Result
//!               files in any order, `Moved` as often as bytes pass
//! ```
//!
//! `Planned` may come again for more files; they add up. There is no event for the end: the `Result` speaks for it. Listeners return at once and never fail.
//! After a broken connection `Moved` counts the bytes that are sent once more.

/// One piece of news.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event<'a> {
    /// What is to be moved in all.
    Planned {
        /// Number of files.
        files: u64,
        /// Their bytes.
        bytes: u64,
    },
    /// One of the planned files.
    File {
        /// Its name.
        path: &'a str,
        /// Its bytes, where they are known.
        bytes: Option<u64>,
    },
    /// A file was found in place and is not moved again.
    Reused {
        /// Its name.
        path: &'a str,
        /// Its bytes.
        bytes: u64,
    },
    /// A connection broke, and is gone on from.
    Again {
        /// Its name.
        path: &'a str,
    },
    /// Bytes of a file passed by.
    Moved {
        /// Its name.
        path: &'a str,
        /// How many bytes.
        bytes: u64,
    },
}

/// Who listens.
pub type Listener = dyn Fn(Event<'_>) + Send + Sync;

//! The wire: requests that are sent, repeated where that is safe, and answered or refused in one way.
//!
//! It knows nothing of runs and models; what a path means is the business of the rooms above.
//!
//! ```text
//!  Request ─▶ Client::send ─▶ attempt ─▶ 2xx ─────────────────────▶ Response
//!                               ▲  │
//!                   Again(wait) │  └─▶ anything else ─▶ retry::verdict ─▶ Fail ─▶ Error
//!                               └───────────────────────────┘
//! ```

mod answer;
pub mod auth;
mod bookmark;
mod client;
mod conditional;
mod curl;
mod error;
#[cfg(test)]
pub(crate) mod fake;
mod hint;
mod lanes;
mod notice;
mod patience;
mod redact;
mod request;
mod response;
pub mod retry;
mod sending;
#[cfg(test)]
mod tests;
pub mod tls;

pub use answer::Answer;
pub use bookmark::{Bookmark, Endless};
pub use client::{Client, Settings};
pub use conditional::Conditional;
pub use error::{Cause, Context, Error};
pub use notice::{Again, Listener, Notice, Reason};
pub use patience::Patience;
pub use redact::{SafeUrl, Secret, safe_uri};
pub use request::{Body, Bytestream, Open, Request};
pub use reqwest::header;
pub use reqwest::{Method, StatusCode};
pub use response::Response;
pub use retry::Repeat;
pub use tls::Tls;

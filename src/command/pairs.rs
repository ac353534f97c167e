//! `K=V` on the command line.

use crate::entity::metric::{Metric, NotANumber};
use crate::entity::param::Param;
use crate::entity::tag::Tag;

/// A param.
pub(super) fn param(text: &str) -> Result<Param, String> {
    pair(text).map(|(key, value)| Param::new(key, value))
}

/// A tag.
pub(super) fn tag(text: &str) -> Result<Tag, String> {
    pair(text).map(|(key, value)| Tag::new(key, value))
}

/// A metric, measured now, at step 0.
pub(super) fn metric(text: &str) -> Result<Metric, String> {
    let (key, value) = pair(text)?;
    Ok(Metric {
        key: key.to_owned(),
        value: value
            .parse()
            .map_err(|error: NotANumber| error.to_string())?,
        timestamp: jiff::Timestamp::now().as_millisecond(),
        step: 0,
    })
}

fn pair(text: &str) -> Result<(&str, &str), String> {
    match text.split_once('=') {
        Some((key, value)) if !key.is_empty() => Ok((key, value)),
        _ => Err("write KEY=VALUE".to_owned()),
    }
}

//! Which version is meant: by its number, by an alias, or the latest.

use std::str::FromStr;

use anyhow::Result;

use crate::entity::id::Version;
use crate::entity::limits;
use crate::entity::model::ModelVersion;
use crate::tracking::{Tracking, resolve};

/// A version as it is named on the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Which {
    Number(Version),
    Alias(String),
    Latest,
}

impl FromStr for Which {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Some(alias) = text.strip_prefix('@') {
            limits::alias(alias).map_err(|error| error.to_string())?;
            Ok(Self::Alias(alias.to_owned()))
        } else if text.eq_ignore_ascii_case("latest") {
            Ok(Self::Latest)
        } else {
            text.parse()
                .map(Self::Number)
                .map_err(|_| "write a number, `@ALIAS` or `latest`".to_owned())
        }
    }
}

impl Which {
    /// The number; a number is not looked up.
    pub(super) async fn number(&self, name: &str, registry: &dyn Tracking) -> Result<Version> {
        match self {
            Self::Number(number) => Ok(*number),
            _ => Ok(self.version(name, registry).await?.version),
        }
    }

    /// The version itself.
    pub(super) async fn version(
        &self,
        name: &str,
        registry: &dyn Tracking,
    ) -> Result<ModelVersion> {
        Ok(match self {
            Self::Number(number) => resolve::by_number(name, *number, registry).await?,
            Self::Alias(alias) => resolve::by_alias(name, alias, registry).await?,
            Self::Latest => resolve::latest(name, registry).await?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_has_three_names() {
        let read = |text: &str| text.parse::<Which>();
        assert_eq!(read("12").unwrap(), Which::Number(Version(12)));
        assert_eq!(read("@a-b").unwrap(), Which::Alias("a-b".to_owned()));
        assert_eq!(read("Latest").unwrap(), Which::Latest);
        for text in ["", "@", "champion", "-1", "@v1", "@latest", "1.0", "@a b"] {
            read(text).unwrap_err();
        }
    }
}

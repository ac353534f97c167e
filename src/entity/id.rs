//! The names that a server gives to things, each of a type of its own so that they cannot be mixed up.
//!
//! It checks their characters, not whether the things exist.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A text that cannot be an id.
#[derive(Debug, Clone, thiserror::Error)]
#[error("`{text}` cannot be the id of {what}")]
pub struct NotAnId {
    text: String,
    what: &'static str,
}

/// Letters, digits, `_` and `-`, the first a letter or a digit, as in `_RUN_ID_REGEX` and
/// `_EXPERIMENT_ID_REGEX` (`mlflow/utils/validation.py`, 3.17.2).
fn is_word(text: &str, longest: usize) -> bool {
    let harmless = |character: char| character.is_alphanumeric() || matches!(character, '_' | '-');
    text.starts_with(|first: char| first.is_ascii_alphanumeric())
        && text.chars().all(harmless)
        && text.chars().count() <= longest
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $what:literal, $check:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(into = "String", try_from = "String")]
        pub struct $name(String);

        impl $name {
            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                text.to_owned().try_into()
            }
        }

        impl TryFrom<String> for $name {
            type Error = NotAnId;

            fn try_from(text: String) -> Result<Self, NotAnId> {
                let check: fn(&str) -> bool = $check;
                if check(&text) {
                    Ok(Self(text))
                } else {
                    Err(NotAnId { text, what: $what })
                }
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }
    };
}

id! {
    /// The id of a run: 32 hexadecimal digits on MLflow's own servers, other words elsewhere.
    RunId, "a run", |text| is_word(text, 256)
}

id! {
    /// The id of an experiment: a number on MLflow's own servers, sometimes a word elsewhere.
    ExperimentId, "an experiment", |text| is_word(text, 64)
}

id! {
    /// The id of a logged model: `m-` and 32 hexadecimal digits.
    ModelId, "a logged model", |text| text.len() > 2 && text.starts_with("m-") && is_word(text, 256)
}

/// What one request to create something is known by, so that what came of it can be found if its answer is lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RequestId(String);

impl RequestId {
    /// One that no other request has.
    pub fn unique() -> Self {
        Self(uuid::Uuid::new_v4().simple().to_string())
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl ExperimentId {
    /// The experiment that every server has; of its workspaces the one called `default` alone.
    pub fn default_experiment() -> Self {
        Self("0".to_owned())
    }
}

/// The number of a version of a registered model. In JSON it is a string, as in MLflow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Version(pub u64);

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl FromStr for Version {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let number = text
            .starts_with(|first: char| first.is_ascii_digit())
            .then(|| text.parse().ok())
            .flatten();
        number.map(Self).ok_or_else(|| NotAnId {
            text: text.to_owned(),
            what: "a version",
        })
    }
}

impl Serialize for Version {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Version {
    /// Servers write it as a string, some as a number.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Either {
            Number(u64),
            Text(String),
        }
        match Either::deserialize(deserializer)? {
            Either::Number(number) => Ok(Self(number)),
            Either::Text(text) => text.parse().map_err(serde::de::Error::custom),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_words() {
        for text in ["0", "df01c8eaecaf43e4a17d6662cf563da3", "loyal_rose-9"] {
            text.parse::<RunId>().unwrap();
            text.parse::<ExperimentId>().unwrap();
        }
        for text in ["", "-a", "a/b", "a b", "../a", "a\n", &"a".repeat(300)] {
            text.parse::<RunId>().unwrap_err();
            text.parse::<ExperimentId>().unwrap_err();
        }
        "m-f94f69fe2d484e70be914cd06b843323"
            .parse::<ModelId>()
            .unwrap();
        for text in ["m-", "f94f69fe", "m-/x"] {
            text.parse::<ModelId>().unwrap_err();
        }
    }

    #[test]
    fn a_version_is_read_from_both_forms_and_written_as_text() {
        for json in ["\"12\"", "12"] {
            let version: Version = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_string(&version).unwrap(), "\"12\"");
        }
        for text in ["", "+1", "-1", "1.0", "latest", "99999999999999999999"] {
            text.parse::<Version>().unwrap_err();
        }
    }
}

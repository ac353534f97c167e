//! Checks that a tokenizer is one and belongs to its graph.
//!
//! It encodes nothing; that is the engine's work.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::entity::manifest::RelativePath;

use super::genai::Files;
use super::{Error, contents, json};

const TOKENIZER: &str = "tokenizer.json";

/// What onnxruntime-genai refuses to start without, as it holds the chat template.
const TOKENIZER_CONFIG: &str = "tokenizer_config.json";

/// Checks `tokenizer.json` and `tokenizer_config.json` against the size of the graph's vocabulary.
pub(super) fn check(
    files: &Files<'_>,
    config: &RelativePath,
    vocab_size: u64,
) -> Result<(), Error> {
    let file = files.require(TOKENIZER)?;
    let tokenizer: TokenizerJson = json::read(file, contents::VOCABULARY)?;
    let highest = tokenizer
        .added_tokens
        .into_iter()
        .chain(tokenizer.model.vocab.0)
        .max_by_key(|token| token.id);
    if let Some(Token { content, id }) = highest
        && id >= vocab_size
    {
        return Err(Error::TokenOutside {
            file: file.path.clone(),
            token: content,
            id,
            config: config.clone(),
            vocab_size,
        });
    }
    let _: IgnoredAny = json::read(files.require(TOKENIZER_CONFIG)?, contents::SMALL)?;
    Ok(())
}

#[derive(Deserialize)]
struct TokenizerJson {
    #[serde(default)]
    added_tokens: Vec<Token>,
    model: Model,
}

#[derive(Deserialize)]
struct Model {
    vocab: Highest,
}

#[derive(Deserialize)]
struct Token {
    id: u64,
    content: String,
}

/// The token with the highest id of a vocabulary; the others are read and forgotten.
struct Highest(Option<Token>);

impl<'de> Deserialize<'de> for Highest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Vocabulary).map(Self)
    }
}

struct Vocabulary;

impl<'de> Visitor<'de> for Vocabulary {
    type Value = Option<Token>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a map of tokens to ids or a list of tokens")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut highest: Option<Token> = None;
        while let Some((content, id)) = map.next_entry()? {
            if highest.as_ref().is_none_or(|token| token.id < id) {
                highest = Some(Token { id, content });
            }
        }
        Ok(highest)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut tokens: A) -> Result<Self::Value, A::Error> {
        let mut highest = None;
        let mut id = 0;
        while let Some((content, IgnoredAny)) = tokens.next_element::<(String, IgnoredAny)>()? {
            highest = Some(Token { id, content });
            id += 1;
        }
        Ok(highest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn highest(vocab: &str) -> (String, u64) {
        let Highest(token) = serde_json::from_str(vocab).unwrap();
        token
            .map(|token| (token.content, token.id))
            .unwrap_or_default()
    }

    #[test]
    fn both_kinds_of_vocabulary_tell_their_highest_id() {
        assert_eq!(highest(r#"{"a": 1, "c": 7, "b": 3}"#), ("c".into(), 7));
        assert_eq!(highest(r#"[["a", 0.5], ["b", -1]]"#), ("b".into(), 1));
        assert_eq!(highest("{}"), (String::new(), 0));
        serde_json::from_str::<Highest>(r#"{"a": -1}"#)
            .map(|_| ())
            .unwrap_err();
    }
}

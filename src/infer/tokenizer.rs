//! Text to tokens and back, as Hugging Face's `tokenizers` does it. Knows nothing of models or prompts.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use serde::de::IgnoredAny;

use crate::package::contents;

use super::confine::{Allowance, Confinement};
use super::error::Error;

/// A tokenizer that fits the model.
#[derive(Debug)]
pub(super) struct Tokenizer {
    path: PathBuf,
    inner: Arc<tokenizers::Tokenizer>,
    vocab_size: usize,
    confinement: Confinement,
}

/// A tokenizer of 200,000 tokens takes a tenth of both to be read, a prompt as long as any context less.
const ALLOWANCE: Allowance = Allowance {
    memory: 1 << 30,
    time: Duration::from_secs(30),
};

impl Tokenizer {
    /// Reads `tokenizer.json` in `folder`; `vocab_size` is the model's.
    pub(super) fn read(folder: &Path, vocab_size: usize) -> Result<Self, Error> {
        let path = folder.join("tokenizer.json");
        let bytes = contents::read(&path, contents::VOCABULARY)
            .map_err(|source| Error::reading(&path, source))?;
        // `tokenizers` 0.23 panics where the text breaks off in some places.
        serde_json::from_slice::<IgnoredAny>(&bytes).map_err(|source| Error::Json {
            path: path.clone(),
            source: source.into(),
        })?;
        let confinement = Confinement::new(ALLOWANCE);
        let read = confinement.run(0, move || tokenizers::Tokenizer::from_bytes(&bytes));
        let mut inner = finished(read).map_err(|source| Error::Tokenizer {
            path: path.clone(),
            source,
        })?;
        // What training left in the file would cut or fill prompts without a word; Transformers switches it off too.
        inner
            .with_truncation(None)
            .map_err(|source| Error::Tokenizer {
                path: path.clone(),
                source,
            })?
            .with_padding(None);
        let tokenizer = Self {
            path,
            inner: Arc::new(inner),
            vocab_size,
            confinement,
        };
        tokenizer.check()?;
        Ok(tokenizer)
    }

    /// A model may have more rows than its tokenizer has tokens, never fewer.
    fn check(&self) -> Result<(), Error> {
        let added = self.inner.get_added_tokens_decoder();
        let largest_added = added.keys().max().copied().unwrap_or_default();
        let tokens = self.inner.get_vocab_size(true);
        let largest_by_count = u32::try_from(tokens.saturating_sub(1)).unwrap_or(u32::MAX);
        self.check_token(largest_added.max(largest_by_count))
    }

    fn check_token(&self, token: u32) -> Result<(), Error> {
        if (token as usize) < self.vocab_size {
            Ok(())
        } else {
            Err(Error::TokenizerMisfit {
                path: self.path.clone(),
                token,
                vocab_size: self.vocab_size,
            })
        }
    }

    /// With another model's tokenizer, an answer would not end: one of these has to be there.
    pub(super) fn check_end_tokens(&self, end_tokens: &[u32]) -> Result<(), Error> {
        let is_known = |token: &u32| self.inner.id_to_token(*token).is_some();
        if end_tokens.is_empty() || end_tokens.iter().any(is_known) {
            return Ok(());
        }
        Err(Error::EndTokensMissing {
            path: self.path.clone(),
            end_tokens: end_tokens.to_vec(),
        })
    }

    /// The tokens of `text`, with none added: templates write the special ones themselves.
    pub(super) fn encode(&self, text: &str, add_special_tokens: bool) -> Result<Vec<u32>, Error> {
        let (inner, text) = (Arc::clone(&self.inner), text.to_owned());
        let encoding = self
            .confinement
            .run(text.len(), move || inner.encode(text, add_special_tokens));
        let encoding = finished(encoding).map_err(Error::Tokenize)?;
        let ids = encoding.get_ids();
        ids.iter().try_for_each(|&id| self.check_token(id))?;
        Ok(ids.to_vec())
    }

    /// Whether `text` holds one of the tokens that structure a chat, such as `<|user|>`.
    ///
    /// Those are the special added tokens, except plain markers such as `<s>` and `<unk>`, which people write.
    pub(super) fn has_chat_token(&self, text: &str) -> bool {
        self.inner
            .get_added_tokens_decoder()
            .values()
            .filter(|token| token.special && token.content.starts_with("<|"))
            .any(|token| text.contains(&token.content))
    }

    /// A reader of tokens that come one by one.
    pub(super) fn stream(&self) -> Stream<'_> {
        Stream {
            tokenizer: &self.inner,
            window: Vec::new(),
            told: 0,
            text: String::new(),
        }
    }
}

/// What came of the library's work.
fn finished<T>(confined: Result<Option<tokenizers::Result<T>>, Error>) -> tokenizers::Result<T> {
    match confined {
        Ok(Some(done)) => done,
        Ok(None) => Err("it takes more memory or time than any tokenizer needs".into()),
        Err(Error::Panicked { said }) => {
            Err(format!("`tokenizers` cannot do what it asks for: {said}").into())
        }
        Err(error) => Err(error.into()),
    }
}

/// Turns tokens into text as they come, and keeps back what may still become a character.
///
/// A token's text depends on its neighbours (leading spaces, bytes of one character), so each step decodes a
/// window that starts with the tokens told last. Tokens that the tokenizer does not know have no text.
#[derive(Debug)]
pub(super) struct Stream<'a> {
    tokenizer: &'a tokenizers::Tokenizer,
    window: Vec<u32>,
    /// How many tokens of the window have been told, and their text.
    told: usize,
    text: String,
}

impl Stream<'_> {
    /// The text that became certain with this token; often one word, sometimes none.
    pub(super) fn push(&mut self, id: u32) -> Result<String, Error> {
        self.window.push(id);
        let text = self.decode(&self.window)?;
        if text.ends_with('\u{fffd}') || text.len() <= self.text.len() {
            return Ok(String::new());
        }
        let new = after(&text, &self.text);
        self.window.drain(..self.told);
        self.told = self.window.len();
        self.text = self.decode(&self.window)?;
        Ok(new)
    }

    /// What was kept back.
    pub(super) fn finish(&mut self) -> Result<String, Error> {
        let window = std::mem::take(&mut self.window);
        let text = self.decode(&window)?;
        Ok(after(&text, &std::mem::take(&mut self.text)))
    }

    fn decode(&self, ids: &[u32]) -> Result<String, Error> {
        self.tokenizer.decode(ids, true).map_err(Error::Tokenize)
    }
}

/// What `text` has beyond `told`.
///
/// Bytes that turn out not to be a character rewrite what was told as replacement characters; as many
/// characters as were told count as told then.
fn after(text: &str, told: &str) -> String {
    match text.strip_prefix(told) {
        Some(new) => new.to_owned(),
        None => text.chars().skip(told.chars().count()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/models/phi3-tiny");

    static TINY: LazyLock<Tokenizer> =
        LazyLock::new(|| Tokenizer::read(Path::new(FOLDER), 611).unwrap());

    fn streamed(ids: &[u32]) -> (String, Vec<String>) {
        let mut stream = TINY.stream();
        let mut pieces: Vec<_> = ids.iter().map(|&id| stream.push(id).unwrap()).collect();
        pieces.push(stream.finish().unwrap());
        (pieces.concat(), pieces)
    }

    #[test]
    fn a_character_of_several_tokens_arrives_once() {
        let ids = TINY.encode("a 龍 b", false).unwrap();
        assert!(ids.len() > 6, "{ids:?}");
        let (text, pieces) = streamed(&ids);
        assert_eq!(text, "a 龍 b");
        assert!(pieces.iter().any(|piece| piece.contains('龍')));
        assert!(pieces.iter().all(|piece| !piece.contains('\u{fffd}')));
    }

    #[test]
    fn an_unfinished_character_is_told_at_the_end() {
        let mut ids = TINY.encode("a 龍", false).unwrap();
        ids.pop();
        let (text, _) = streamed(&ids);
        assert_eq!(text, TINY.inner.decode(&ids, true).unwrap());
        assert!(text.contains('\u{fffd}'));
    }

    #[test]
    fn special_and_unknown_tokens_have_no_text() {
        let mut ids = TINY.encode("one two", false).unwrap();
        ids.insert(2, 607);
        ids.insert(3, 4_000_000);
        assert_eq!(streamed(&ids).0, TINY.inner.decode(&ids, true).unwrap());
    }

    #[test]
    fn chat_tokens_are_recognised() {
        assert!(TINY.has_chat_token("<|user|>\nHi<|end|>"));
        assert!(!TINY.has_chat_token("a < b | c, <s> and <|nobody|>"));
    }

    #[test]
    fn a_tokenizer_that_knows_more_than_the_model_is_refused() {
        let error = Tokenizer::read(Path::new(FOLDER), 610).unwrap_err();
        assert!(
            matches!(error, Error::TokenizerMisfit { token: 610, .. }),
            "{error}"
        );
    }

    proptest! {
        #[test]
        fn streamed_text_is_the_decoded_text(text in "\\PC{0,40}") {
            let ids = TINY.encode(&text, false).unwrap();
            prop_assert_eq!(streamed(&ids).0, TINY.inner.decode(&ids, true).unwrap());
        }

        #[test]
        fn any_tokens_stream_without_a_panic(ids in proptest::collection::vec(0_u32..700, 0..60)) {
            let _ = streamed(&ids);
        }
    }
}

//! One answer on its way: from logits to a token, from tokens to certain text, until it ends.
//!
//! Knows no engine; whoever runs one hands over the logits.

use super::config::GenaiConfig;
use super::error::Error;
use super::sample::Sampler;
use super::search::Settings;
use super::stop::Stop;
use super::tokenizer::{Stream, Tokenizer};

/// Why an answer ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// By an end token of the model.
    Token,
    /// Before a stop text.
    Text,
    /// By its length.
    Length,
}

/// One answer on its way.
#[derive(Debug)]
pub(super) struct Row<'a> {
    sampler: Sampler<'a>,
    words: Words<'a>,
    end_tokens: &'a [u32],
    max_length: usize,
    /// Prompt and answer so far.
    pub(super) sequence: Vec<u32>,
    /// Why it ended, once it has.
    pub(super) end: Option<End>,
}

impl<'a> Row<'a> {
    pub(super) fn new(
        tokenizer: &'a Tokenizer,
        config: &'a GenaiConfig,
        settings: &'a Settings,
        prompt: Vec<u32>,
    ) -> Self {
        Self {
            sampler: Sampler::new(settings, config.end_tokens()),
            words: Words::new(tokenizer, &settings.stop),
            end_tokens: config.end_tokens(),
            max_length: settings.max_length,
            end: (prompt.len() >= settings.max_length).then_some(End::Length),
            sequence: prompt,
        }
    }

    /// Picks the next token and gives the text that became certain with it.
    pub(super) fn take(&mut self, logits: &mut [f32]) -> Result<String, Error> {
        let token = self.sampler.pick(logits, &self.sequence);
        self.sequence.push(token);
        if self.end_tokens.contains(&token) {
            self.end = Some(End::Token);
            return Ok(String::new());
        }
        let text = self.words.push(token)?;
        if self.words.is_stopped {
            self.end = Some(End::Text);
        } else if self.sequence.len() >= self.max_length {
            self.end = Some(End::Length);
        }
        Ok(text)
    }

    /// The text that was held back.
    pub(super) fn finish(&mut self) -> Result<String, Error> {
        let text = self.words.finish()?;
        if self.words.is_stopped {
            self.end = Some(End::Text);
        }
        Ok(text)
    }
}

/// Turns tokens into text, up to a stop text.
#[derive(Debug)]
pub(super) struct Words<'a> {
    stream: Stream<'a>,
    stop: Stop<'a>,
    /// Whether a stop text was met.
    pub(super) is_stopped: bool,
}

impl<'a> Words<'a> {
    pub(super) fn new(tokenizer: &'a Tokenizer, stop: &'a [String]) -> Self {
        Self {
            stream: tokenizer.stream(),
            stop: Stop::new(stop),
            is_stopped: false,
        }
    }

    /// The text that became certain with this token.
    pub(super) fn push(&mut self, token: u32) -> Result<String, Error> {
        let piece = self.stream.push(token)?;
        Ok(self.check(&piece))
    }

    /// The text that was held back; none after a stop text.
    pub(super) fn finish(&mut self) -> Result<String, Error> {
        if self.is_stopped {
            return Ok(String::new());
        }
        let piece = self.stream.finish()?;
        let text = self.check(&piece);
        Ok(if self.is_stopped {
            text
        } else {
            text + &self.stop.finish()
        })
    }

    fn check(&mut self, piece: &str) -> String {
        let step = self.stop.push(piece);
        self.is_stopped = step.is_met;
        step.text
    }
}

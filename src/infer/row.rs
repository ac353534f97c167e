//! One answer on its way: from logits to a token, from tokens to certain text, until it ends.
//!
//! Knows no engine; whoever runs one hands over the logits.

use std::time::{Duration, Instant};

use super::answer::{Answer, FinishReason, Timings, Usage};
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
    settings: &'a Settings,
    prompt: usize,
    clock: Clock,
    text: String,
    /// How many tokens of the prompt the engine had already.
    pub(super) reused: usize,
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
        clock: Clock,
    ) -> Self {
        Self {
            settings,
            prompt: prompt.len(),
            reused: 0,
            clock,
            text: String::new(),
            sampler: Sampler::new(settings, config.end_tokens()),
            words: Words::new(tokenizer, &settings.stop),
            end_tokens: config.end_tokens(),
            end: (prompt.len() >= settings.max_length).then_some(End::Length),
            sequence: prompt,
        }
    }

    /// Picks the next token and gives the text that became certain with it.
    pub(super) fn take(&mut self, logits: &mut [f32]) -> Result<String, Error> {
        let token = self.sampler.pick(logits, &self.sequence);
        self.sequence.push(token);
        self.clock.tick();
        if self.end_tokens.contains(&token) {
            self.end = Some(End::Token);
            return Ok(String::new());
        }
        let text = self.words.push(token)?;
        if self.words.is_stopped {
            self.end = Some(End::Text);
        } else if self.sequence.len() >= self.settings.max_length {
            self.end = Some(End::Length);
        }
        self.text += &text;
        Ok(text)
    }

    /// The text that was held back.
    pub(super) fn finish(&mut self) -> Result<String, Error> {
        let text = self.words.finish()?;
        if self.words.is_stopped {
            self.end = Some(End::Text);
        }
        self.text += &text;
        Ok(text)
    }

    /// Whether it ended by itself and not by its length or its listener.
    pub(super) fn is_whole(&self) -> bool {
        matches!(self.end, Some(End::Token | End::Text))
    }

    /// What it became; it was finished before.
    pub(super) fn into_answer(mut self, is_interrupted: bool) -> Answer {
        let is_whole = self.is_whole();
        let output_ids = self.sequence.split_off(self.prompt);
        Answer {
            text: self.text,
            finish_reason: if is_whole {
                FinishReason::Stop
            } else {
                FinishReason::Length
            },
            score: None,
            alternatives: Vec::new(),
            usage: Usage::new(self.prompt, output_ids.len()),
            timings: self
                .clock
                .timings(self.prompt - self.reused, output_ids.len()),
            search: self.settings.used.clone(),
            reused_tokens: self.reused,
            prompt_ids: self.sequence,
            output_ids,
            interrupted: is_interrupted && !is_whole,
        }
    }
}

/// When things happened.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clock {
    load: Duration,
    start: Instant,
    encoded: Instant,
    first_token: Option<Instant>,
}

impl Clock {
    /// Starts with a prompt, for a model that took so long to open.
    pub(super) fn start(load: Duration) -> Self {
        let start = Instant::now();
        Self {
            load,
            start,
            encoded: start,
            first_token: None,
        }
    }

    /// The prompt is tokens now.
    pub(super) fn encoded(&mut self) {
        self.encoded = Instant::now();
    }

    /// There is a token.
    fn tick(&mut self) {
        self.first_token.get_or_insert_with(Instant::now);
    }

    /// When the first token came, where it was another who saw it.
    pub(super) fn set_first_token(&mut self, first_token: Option<Instant>) {
        self.first_token = first_token;
    }

    /// What so many tokens of a prompt and of its answer took until now.
    pub(super) fn timings(&self, prompt: usize, tokens: usize) -> Timings {
        let finished = Instant::now();
        let first_token = self.first_token.unwrap_or(finished);
        Timings {
            load_ms: milliseconds(self.load),
            first_token_ms: milliseconds(first_token - self.start),
            prompt_tokens_per_second: rate(prompt, first_token - self.encoded),
            tokens_per_second: pace(tokens, finished - first_token),
        }
    }
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

/// Tokens after the first, over the time they took.
fn pace(tokens: usize, duration: Duration) -> Option<f64> {
    rate(tokens.saturating_sub(1), duration)
}

/// Tokens over the time they took.
fn rate(tokens: usize, duration: Duration) -> Option<f64> {
    let tokens = u32::try_from(tokens).ok()?;
    let seconds = duration.as_secs_f64();
    (tokens > 0 && seconds > 0.0).then(|| f64::from(tokens) / seconds)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pace_needs_two_tokens_and_some_time() {
        assert_eq!(pace(0, Duration::from_secs(1)), None);
        assert_eq!(pace(1, Duration::from_secs(1)), None);
        assert_eq!(pace(2, Duration::ZERO), None);
        assert_eq!(pace(5, Duration::from_secs(2)), Some(2.0));
    }
}

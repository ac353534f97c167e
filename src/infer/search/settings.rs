//! What a search comes to: what was asked for, laid over the model's own `search` and checked against model and
//! prompt.
//!
//! Names, defaults and errors are those of onnxruntime-genai 0.18 (`config.h`, `generators.cpp`). Who asked for what is
//! told by the layers of a [`Search`], not here.

use super::{Origin, Search, SearchDefaults, Set, UsedOptions};
use crate::infer::config::GenaiConfig;
use crate::infer::error::Error;

/// Length that a model is given when nobody asked for one and its own limit is larger.
const UNASKED_LENGTH: usize = 4096;

/// Room left for the answer when the prompt fills most of [`UNASKED_LENGTH`], or more.
const UNASKED_ANSWER: usize = 1024;

/// More beams than onnxruntime-genai takes.
pub(super) const MAX_BEAMS: usize = 32;

/// How tokens are picked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::infer) enum Choice {
    /// The likeliest, the first of equals.
    Greedy,
    /// Drawn.
    Draw {
        top_k: Option<usize>,
        top_p: f32,
        temperature: f32,
    },
    /// Those of the likeliest sequences.
    Beams(Beams),
}

/// How a beam search goes about it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::infer) struct Beams {
    /// Two or more.
    pub(in crate::infer) count: usize,
    /// How many are returned.
    pub(in crate::infer) sequences: usize,
    pub(in crate::infer) length_penalty: f32,
    pub(in crate::infer) early_stopping: bool,
}

/// Settings without doubt, checked against the model and the prompt.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::infer) struct Settings {
    pub(in crate::infer) max_length: usize,
    /// Whether somebody asked for that length.
    pub(in crate::infer) is_length_asked: bool,
    pub(in crate::infer) min_length: usize,
    pub(in crate::infer) choice: Choice,
    pub(in crate::infer) repetition_penalty: f32,
    pub(in crate::infer) no_repeat_ngram_size: usize,
    pub(in crate::infer) seed: Option<u32>,
    /// How many tokens of the prompt go through the graph at once, if that was asked for.
    pub(in crate::infer) chunk_size: Option<usize>,
    pub(in crate::infer) stop: Vec<String>,
    pub(in crate::infer) used: UsedOptions,
}

impl Search {
    /// Lays this over the model's own settings. What is wrong is told in the reference's order.
    pub(in crate::infer) fn settle(
        &self,
        config: &GenaiConfig,
        prompt: usize,
    ) -> Result<Settings, Error> {
        let own = &config.search;
        let mut used = UsedOptions::default();
        let max_length = self.total_length(config, prompt)?;
        let new = self.asked(|it| it.max_new_tokens);
        let min_length = self.set(|it| it.min_length, count(own.min_length), 0);
        used.note("max_length", max_length);
        if let Some(new) = new {
            used.note("max_tokens", new);
        }
        used.note("min_length", min_length);
        if let Some(rows) = own.batch_size.filter(|rows| *rows != 1) {
            let expected = "1: each prompt is answered by itself";
            return Err(Error::option(
                "batch_size",
                Origin::GenaiConfig,
                &rows,
                expected,
            ));
        }
        let (beams, beam_options) = self.beams(own)?;
        let choice = self.choice(config, beams, &mut used)?;
        let penalty = self.repetition_penalty(own)?;
        let ngram = self.set(
            |it| it.no_repeat_ngram_size,
            count(own.no_repeat_ngram_size),
            0,
        );
        let seed = self
            .set(|it| it.seed, own.random_seed.map(i64::from), -1)
            .map(|seed| u32::try_from(seed).ok());
        let stop = self.set(
            |it| (!it.stop.is_empty()).then(|| it.stop.clone()),
            None,
            Vec::new(),
        );
        used.note("repetition_penalty", penalty.as_json());
        used.note("no_repeat_ngram_size", ngram);
        used.note("random_seed", seed);
        used.0.extend(beam_options.0);
        let own_chunk = count(own.chunk_size).filter(|size| *size > 0).map(Some);
        let chunk_size = self.set(|it| it.chunk_size.map(Some), own_chunk, None);
        let chunk_size = chunk_size.map(|size| size.filter(|size| *size > 0));
        used.note("chunk_size", chunk_size);
        if prompt > max_length.value {
            return Err(Error::PromptTooLong {
                prompt,
                max_length: max_length.value,
            });
        }
        let settings = Settings {
            max_length: max_length.value,
            is_length_asked: !matches!(max_length.from, Origin::GenaiConfig | Origin::Default),
            min_length: min_length.value,
            choice,
            repetition_penalty: penalty.value,
            no_repeat_ngram_size: ngram.value,
            seed: seed.value,
            chunk_size: chunk_size.value,
            stop: stop.value.clone(),
            used: UsedOptions::default(),
        };
        used.note("stop", stop);
        Ok(Settings { used, ..settings })
    }

    fn total_length(&self, config: &GenaiConfig, prompt: usize) -> Result<Set<usize>, Error> {
        let context_length = config.model.context_length;
        let asked = self.asked(|it| it.max_length);
        let new = self.asked(|it| it.max_new_tokens);
        if let Some(asked) = asked.filter(|asked| asked.value > context_length) {
            if asked.from == Origin::ModelConfig {
                let most = format!("at most {context_length}, the model's context");
                return Err(asked.refused("max_length", most));
            }
            return Err(Error::MaxLengthOverContext {
                max_length: asked.value,
                context_length,
            });
        }
        if let Some(nothing) = asked.filter(|asked| asked.value == 0) {
            return Err(nothing.refused("max_length", "1 or more"));
        }
        Ok(match (asked, new) {
            (Some(length), None) => length,
            (Some(length), Some(new)) => {
                let by_new = new.map(|new| prompt.saturating_add(new));
                if by_new.value < length.value {
                    by_new
                } else {
                    length
                }
            }
            // A prompt that does not fit is to be refused for that, not cut to no answer at all.
            (None, Some(new)) if prompt >= context_length => new.map(|_| context_length),
            (None, Some(new)) => new.map(|new| prompt.saturating_add(new).min(context_length)),
            (None, None) => unasked_length(config, prompt)?,
        })
    }

    fn choice(
        &self,
        config: &GenaiConfig,
        beams: Option<Beams>,
        used: &mut UsedOptions,
    ) -> Result<Choice, Error> {
        let own = &config.search;
        let temperature = self.set(|it| it.temperature, own.temperature, 1.0);
        let top_k = self.set(|it| it.top_k, own.top_k.map(i64::from), 50);
        let top_p = self.set(|it| it.top_p, own.top_p, 0.0);
        let mut draws = self.draws(own);
        if draws.value && temperature.value == 0.0 {
            draws = temperature.map(|_| false);
        }
        used.note("do_sample", draws);
        used.note("temperature", temperature.as_json());
        used.note("top_k", top_k);
        used.note("top_p", top_p.as_json());
        let is_drawn = draws.value && top_k.value != 1;
        match beams {
            Some(Beams {
                count: num_beams, ..
            }) if is_drawn => Err(Error::BeamsDraw {
                num_beams,
                beams: self.set(|it| it.num_beams, count(own.num_beams), 1).from,
                draws: draws.from,
            }),
            Some(beams) => Ok(Choice::Beams(beams)),
            None if is_drawn => draw(config, top_k, top_p, temperature),
            None => Ok(Choice::Greedy),
        }
    }

    /// The beam search that is asked for, if any.
    fn beams(&self, own: &SearchDefaults) -> Result<(Option<Beams>, UsedOptions), Error> {
        let mut used = UsedOptions::default();
        let beams = self
            .set(
                |it| it.num_beams.map(signed),
                own.num_beams.map(i64::from),
                1,
            )
            .up_to("num_beams", MAX_BEAMS, &MAX_BEAMS.to_string())?;
        let most = format!("the {} of `num_beams`", beams.value);
        let sequences = self
            .set(
                |it| it.num_return_sequences.map(signed),
                own.num_return_sequences.map(i64::from),
                1,
            )
            .up_to("num_return_sequences", beams.value, &most)?;
        let length_penalty = self.set(|it| it.length_penalty, own.length_penalty, 1.0);
        if !length_penalty.value.is_finite() {
            return Err(length_penalty.refused("length_penalty", "a number"));
        }
        let early_stopping = self.set(|it| it.early_stopping, own.early_stopping, true);
        used.note("num_beams", beams);
        used.note("num_return_sequences", sequences);
        used.note("length_penalty", length_penalty.as_json());
        used.note("early_stopping", early_stopping);
        let search = (beams.value > 1).then_some(Beams {
            count: beams.value,
            sequences: sequences.value,
            length_penalty: length_penalty.value,
            early_stopping: early_stopping.value,
        });
        Ok((search, used))
    }

    /// Whether tokens are drawn: where it is not said, whoever sets how they are drawn wants them drawn.
    fn draws(&self, own: &SearchDefaults) -> Set<bool> {
        let said = |it: &Self| it.greedy.then_some(false).or(it.do_sample);
        let implied = |it: &Self| {
            let asks = it.temperature.is_some()
                || it.top_k.is_some()
                || it.top_p.is_some()
                || it.seed.is_some();
            asks.then_some(true)
        };
        self.asked(said)
            .or_else(|| self.asked(implied))
            .unwrap_or_else(|| self.set(|_| None, own.do_sample, false))
    }

    fn repetition_penalty(&self, own: &SearchDefaults) -> Result<Set<f32>, Error> {
        let penalty = self.set(|it| it.repetition_penalty, own.repetition_penalty, 1.0);
        if penalty.value.is_finite() && penalty.value > 0.0 {
            Ok(penalty)
        } else {
            Err(penalty.refused("repetition_penalty", "a number above 0"))
        }
    }
}

/// How to draw, where that is asked for.
fn draw(
    config: &GenaiConfig,
    top_k: Set<i64>,
    top_p: Set<f32>,
    temperature: Set<f32>,
) -> Result<Choice, Error> {
    if !temperature.value.is_finite() || temperature.value < 0.0 {
        return Err(temperature.refused("temperature", "a number of 0 or more"));
    }
    if !(0.0..=1.0).contains(&top_p.value) {
        return Err(top_p.refused("top_p", "between 0 and 1"));
    }
    let vocab_size = config.model.vocab_size;
    let k = match usize::try_from(top_k.value) {
        Ok(k) if k <= vocab_size => k,
        Ok(_) => {
            let limit = format!("at most the model's vocabulary of {vocab_size}");
            return Err(top_k.refused("top_k", limit));
        }
        Err(_) => return Err(top_k.refused("top_k", "0 or more")),
    };
    Ok(Choice::Draw {
        top_k: (k > 1).then_some(k),
        top_p: top_p.value,
        temperature: temperature.value,
    })
}

impl Set<i64> {
    /// A number from 1 to `most`, which is called so.
    fn up_to(self, option: &'static str, most: usize, called: &str) -> Result<Set<usize>, Error> {
        match usize::try_from(self.value) {
            Ok(value) if (1..=most).contains(&value) => Ok(self.map(|_| value)),
            _ => Err(self.refused(option, format!("between 1 and {called}"))),
        }
    }
}

fn signed(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// A number of the model's that onnxruntime-genai takes for none where it is below 0.
fn count(own: Option<i32>) -> Option<usize> {
    own.map(|number| usize::try_from(number).unwrap_or_default())
}

/// The model's own length, as long as it is not one that nobody would wait for.
fn unasked_length(config: &GenaiConfig, prompt: usize) -> Result<Set<usize>, Error> {
    let context_length = config.model.context_length;
    let fits = |length: i32| {
        let fitting = usize::try_from(length).ok();
        fitting
            .filter(|length| *length <= context_length)
            .ok_or_else(|| {
                let expected = format!("between 0 and {context_length}, the model's context");
                Error::option("max_length", Origin::GenaiConfig, &length, expected)
            })
    };
    let own = config.search.max_length.map(fits).transpose()?;
    let own = own.filter(|length| *length > 0);
    let limit = UNASKED_LENGTH.max(prompt.saturating_add(UNASKED_ANSWER));
    Ok(match own {
        Some(value) if value <= limit => Set {
            value,
            from: Origin::GenaiConfig,
        },
        own => Set {
            value: own.unwrap_or(context_length).min(limit),
            from: Origin::Default,
        },
    })
}

//! How the next token is chosen: what was asked for, laid over the model's own `search` settings.
//!
//! Names, defaults and errors are those of onnxruntime-genai 0.18 (`config.h`, `generators.cpp`). Nothing
//! is drawn here; that is `sample`.

use super::config::GenaiConfig;
use super::error::Error;

/// Length that a model is given when nobody asked for one and its own limit is larger.
const UNASKED_LENGTH: usize = 4096;

/// Room left for the answer when the prompt alone fills [`UNASKED_LENGTH`].
const UNASKED_ANSWER: usize = 1024;

/// What the caller asks for; everything left out comes from the model's `genai_config.json`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Search {
    /// At most this many new tokens, as far as the context allows.
    pub max_new_tokens: Option<usize>,
    /// Total length, prompt included.
    pub max_length: Option<usize>,
    /// Total length before which no end token is chosen.
    pub min_length: Option<usize>,
    /// Draw instead of taking the likeliest; asking for a temperature, `top_k`, `top_p` or a seed implies it.
    pub do_sample: Option<bool>,
    /// Flatness of the draw; 0 is greedy.
    pub temperature: Option<f32>,
    /// Draw among this many likeliest tokens; 0 is all.
    pub top_k: Option<i64>,
    /// Draw among the likeliest tokens that together reach this probability.
    pub top_p: Option<f32>,
    /// Above 1 makes tokens that were already there less likely.
    pub repetition_penalty: Option<f32>,
    /// Length of the sequences that may not come twice; 0 is off.
    pub no_repeat_ngram_size: Option<usize>,
    /// Makes draws repeatable: the same as onnxruntime-genai's `random_seed`.
    pub seed: Option<u32>,
    /// The answer ends before the first of these texts.
    pub stop: Vec<String>,
    /// Takes the likeliest token, whatever else is set.
    pub greedy: bool,
    /// How many sequences are followed side by side to find the likeliest; 1 is no beam search.
    pub num_beams: Option<usize>,
    /// How many of them are returned, the best first.
    pub num_return_sequences: Option<usize>,
    /// Above 0 prefers longer sequences, below 0 shorter ones.
    pub length_penalty: Option<f32>,
    /// Ends a beam search with its last finished sequence, and not only when no other can become better.
    pub early_stopping: Option<bool>,
    /// How many tokens of the prompt go through the graph at once; 0 is the engine's own number.
    pub chunk_size: Option<usize>,
}

/// More beams than onnxruntime-genai takes.
const MAX_BEAMS: usize = 32;

/// How tokens are picked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Choice {
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
pub(super) struct Beams {
    /// Two or more.
    pub(super) count: usize,
    /// How many are returned.
    pub(super) sequences: usize,
    pub(super) length_penalty: f32,
    pub(super) early_stopping: bool,
}

/// Settings without doubt, checked against the model and the prompt.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Settings {
    pub(super) max_length: usize,
    pub(super) min_length: usize,
    pub(super) choice: Choice,
    pub(super) repetition_penalty: f32,
    pub(super) no_repeat_ngram_size: usize,
    pub(super) seed: Option<u32>,
    /// How many tokens of the prompt go through the graph at once, if that was asked for.
    pub(super) chunk_size: Option<usize>,
}

impl Search {
    /// Lays this over the model's own settings.
    pub(super) fn settle(&self, config: &GenaiConfig, prompt: usize) -> Result<Settings, Error> {
        let own = &config.search;
        let seed = self.seed.or_else(|| u32::try_from(own.random_seed).ok());
        let choice = match (self.beams(config)?, self.choice(config)?) {
            (None, choice) => choice,
            (Some(beams), Choice::Draw { .. }) => {
                return Err(Error::BeamsDraw {
                    num_beams: beams.count,
                });
            }
            (Some(beams), _) => Choice::Beams(beams),
        };
        // A number below 1 is as none to onnxruntime-genai.
        let own_chunk = own.chunk_size.and_then(|size| usize::try_from(size).ok());
        Ok(Settings {
            max_length: self.total_length(config, prompt)?,
            min_length: self.min_length.unwrap_or(own.min_length),
            choice,
            repetition_penalty: self.repetition_penalty(config)?,
            no_repeat_ngram_size: self
                .no_repeat_ngram_size
                .unwrap_or(own.no_repeat_ngram_size),
            seed,
            chunk_size: self.chunk_size.or(own_chunk).filter(|size| *size > 0),
        })
    }

    /// The beam search that is asked for, if any.
    fn beams(&self, config: &GenaiConfig) -> Result<Option<Beams>, Error> {
        let own = &config.search;
        let count = self.num_beams.unwrap_or(own.num_beams);
        if !(1..=MAX_BEAMS).contains(&count) {
            let limits = format!("between 1 and {MAX_BEAMS}");
            let is_asked = self.num_beams.is_some();
            return Err(Error::option("num_beams", is_asked, &count, limits));
        }
        let sequences = self
            .num_return_sequences
            .unwrap_or(own.num_return_sequences);
        if !(1..=count).contains(&sequences) {
            let limits = format!("between 1 and the {count} of `num_beams`");
            let is_asked = self.num_return_sequences.is_some();
            let option = "num_return_sequences";
            return Err(Error::option(option, is_asked, &sequences, limits));
        }
        let length_penalty = self.length_penalty.unwrap_or(own.length_penalty);
        if !length_penalty.is_finite() {
            let is_asked = self.length_penalty.is_some();
            let option = "length_penalty";
            return Err(Error::option(option, is_asked, &length_penalty, "a number"));
        }
        Ok((count > 1).then_some(Beams {
            count,
            sequences,
            length_penalty,
            early_stopping: self.early_stopping.unwrap_or(own.early_stopping),
        }))
    }

    fn total_length(&self, config: &GenaiConfig, prompt: usize) -> Result<usize, Error> {
        let context_length = config.model.context_length;
        let asked = self.max_length;
        let own = match config.search.max_length {
            0 => context_length,
            length => length.min(context_length),
        };
        let max_length = match (asked, self.max_new_tokens) {
            (Some(length), _) if length > context_length => {
                return Err(Error::MaxLengthOverContext {
                    max_length: length,
                    context_length,
                });
            }
            (Some(length), None) => length,
            (Some(length), Some(new)) => length.min(prompt.saturating_add(new)),
            // A prompt that does not fit is to be refused for that, not cut to no answer at all.
            (None, Some(_)) if prompt >= context_length => context_length,
            (None, Some(new)) => prompt.saturating_add(new).min(context_length),
            (None, None) => own.min(UNASKED_LENGTH.max(prompt.saturating_add(UNASKED_ANSWER))),
        };
        if prompt > max_length {
            return Err(Error::PromptTooLong { prompt, max_length });
        }
        Ok(max_length)
    }

    fn choice(&self, config: &GenaiConfig) -> Result<Choice, Error> {
        let own = &config.search;
        let asks_to_draw = self.temperature.is_some()
            || self.top_k.is_some()
            || self.top_p.is_some()
            || self.seed.is_some();
        let draws = self.do_sample.unwrap_or(asks_to_draw || own.do_sample) && !self.greedy;
        let temperature = self.temperature.unwrap_or(own.temperature);
        let top_k = self.top_k.unwrap_or(own.top_k);
        let top_p = self.top_p.unwrap_or(own.top_p);
        let vocab_size = config.model.vocab_size;
        if !(0.0..=1.0).contains(&top_p) {
            return Err(Error::option(
                "top_p",
                self.top_p.is_some(),
                &top_p,
                "between 0 and 1",
            ));
        }
        let top_k = match usize::try_from(top_k) {
            Ok(top_k) if top_k <= vocab_size => top_k,
            Ok(_) => {
                let limit = format!("at most the model's vocabulary of {vocab_size}");
                return Err(Error::option("top_k", self.top_k.is_some(), &top_k, limit));
            }
            Err(_) => {
                return Err(Error::option(
                    "top_k",
                    self.top_k.is_some(),
                    &top_k,
                    "0 or more",
                ));
            }
        };
        if !temperature.is_finite() || temperature < 0.0 {
            return Err(Error::option(
                "temperature",
                self.temperature.is_some(),
                &temperature,
                "0 or more",
            ));
        }
        if !draws || top_k == 1 || temperature == 0.0 {
            return Ok(Choice::Greedy);
        }
        Ok(Choice::Draw {
            top_k: (top_k > 1).then_some(top_k),
            top_p,
            temperature,
        })
    }

    fn repetition_penalty(&self, config: &GenaiConfig) -> Result<f32, Error> {
        let penalty = self
            .repetition_penalty
            .unwrap_or(config.search.repetition_penalty);
        if penalty.is_finite() && penalty > 0.0 {
            Ok(penalty)
        } else {
            Err(Error::option(
                "repetition_penalty",
                self.repetition_penalty.is_some(),
                &penalty,
                "more than 0",
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{Hint as _, Kind};
    use crate::infer::config::tests::{example, parse};

    /// A model with this context and this `search`.
    fn model(context_length: usize, search: serde_json::Value) -> GenaiConfig {
        let mut value = example();
        value["model"]["context_length"] = context_length.into();
        value["search"] = search;
        parse(&value).unwrap()
    }

    fn length(config: &GenaiConfig, prompt: usize, search: &Search) -> usize {
        search.settle(config, prompt).unwrap().max_length
    }

    #[test]
    fn nobody_gets_a_long_context_without_asking() {
        let long = model(131_072, serde_json::json!({"max_length": 131_072}));
        let asked = Search::default();
        assert_eq!(length(&long, 10, &asked), 4096);
        assert_eq!(length(&long, 5000, &asked), 6024);
        assert_eq!(length(&long, 131_000, &asked), 131_072);
        let asked = Search {
            max_length: Some(100_000),
            ..Search::default()
        };
        assert_eq!(length(&long, 10, &asked), 100_000);
        let asked = Search {
            max_new_tokens: Some(7),
            ..asked
        };
        assert_eq!(length(&long, 10, &asked), 17);
        let short = model(1024, serde_json::json!({"max_length": 4096}));
        assert_eq!(length(&short, 10, &Search::default()), 1024);
        let unset = model(1024, serde_json::json!({}));
        assert_eq!(length(&unset, 10, &Search::default()), 1024);
    }

    #[test]
    fn new_tokens_are_counted_as_far_as_the_context_goes() {
        let config = model(1024, serde_json::json!({"max_length": 20}));
        let asked = |new| Search {
            max_new_tokens: Some(new),
            ..Search::default()
        };
        assert_eq!(length(&config, 10, &asked(100)), 110);
        assert_eq!(length(&config, 1000, &asked(100)), 1024);
        assert_eq!(length(&config, 10, &asked(0)), 10);
        assert!(matches!(
            asked(1).settle(&config, 2000),
            Err(Error::PromptTooLong {
                prompt: 2000,
                max_length: 1024
            })
        ));
    }

    #[test]
    fn asking_for_a_draw_makes_it_one() {
        let config = model(1024, serde_json::json!({"top_k": 40, "top_p": 0.9}));
        let choice = |search: Search| search.settle(&config, 1).unwrap().choice;
        let drawn = Choice::Draw {
            top_k: Some(40),
            top_p: 0.9,
            temperature: 0.7,
        };
        let warm = Search {
            temperature: Some(0.7),
            ..Search::default()
        };
        assert_eq!(choice(Search::default()), Choice::Greedy);
        assert_eq!(choice(warm.clone()), drawn);
        for greedy in [
            Search {
                greedy: true,
                ..warm.clone()
            },
            Search {
                do_sample: Some(false),
                ..warm.clone()
            },
            Search {
                temperature: Some(0.0),
                ..warm.clone()
            },
            Search {
                top_k: Some(1),
                ..warm
            },
        ] {
            assert_eq!(choice(greedy.clone()), Choice::Greedy, "{greedy:?}");
        }
    }

    #[test]
    fn a_value_out_of_range_is_the_fault_of_who_gave_it() {
        let asked = Search {
            top_p: Some(3.0),
            ..Search::default()
        };
        let error = asked.settle(&model(1024, serde_json::json!({})), 1);
        let error = error.unwrap_err();
        assert_eq!(error.kind(), Kind::Usage);
        assert_eq!(
            error.to_string(),
            "`top_p` is 3, but has to be between 0 and 1"
        );
        for (option, value) in [
            ("top_p", -0.5),
            ("top_k", -1.0),
            ("temperature", -1.0),
            ("repetition_penalty", 0.0),
        ] {
            let mut search = serde_json::json!({});
            search[option] = value.into();
            if option == "top_k" {
                search[option] = (-1).into();
            }
            let error = Search::default().settle(&model(1024, search), 1);
            let error = error.unwrap_err();
            assert_eq!(error.kind(), Kind::Corrupt, "{error}");
            let start = format!("`search.{option}` of the model is ");
            assert!(error.to_string().starts_with(&start), "{error}");
        }
    }

    #[test]
    fn lengths_without_end_are_not_summed_past_it() {
        let config = model(1024, serde_json::json!({"max_length": u64::MAX}));
        assert_eq!(length(&config, 10, &Search::default()), 1024);
        let asked = Search {
            max_new_tokens: Some(usize::MAX),
            ..Search::default()
        };
        assert_eq!(length(&config, 10, &asked), 1024);
    }

    #[test]
    fn a_prompt_that_does_not_fit_is_a_failure_and_no_wrong_usage() {
        let config = model(1024, serde_json::json!({}));
        let error = Search::default().settle(&config, 2000).unwrap_err();
        assert_eq!(error.kind(), Kind::Refused);
        let asked = Search {
            max_length: Some(5),
            ..Search::default()
        };
        assert_eq!(asked.settle(&config, 10).unwrap_err().kind(), Kind::Refused);
        let asked = Search {
            max_length: Some(2000),
            ..Search::default()
        };
        assert_eq!(asked.settle(&config, 10).unwrap_err().kind(), Kind::Usage);
    }

    #[test]
    fn beams_are_within_limits_and_do_not_draw() {
        let config = model(
            1024,
            serde_json::json!({"num_beams": 4, "early_stopping": false}),
        );
        let settled = |search: Search| search.settle(&config, 1).map(|settings| settings.choice);
        let own = Beams {
            count: 4,
            sequences: 1,
            length_penalty: 1.0,
            early_stopping: false,
        };
        assert_eq!(settled(Search::default()).unwrap(), Choice::Beams(own));
        let asked = Search {
            num_beams: Some(1),
            ..Search::default()
        };
        assert_eq!(settled(asked).unwrap(), Choice::Greedy);
        let refused = |search: Search| settled(search).unwrap_err().to_string();
        let drawn = Search {
            temperature: Some(0.7),
            ..Search::default()
        };
        let likeliest = Search {
            greedy: true,
            ..drawn.clone()
        };
        assert_eq!(settled(likeliest).unwrap(), Choice::Beams(own));
        assert!(refused(drawn).contains("does not draw"));
        let beams = |num_beams, num_return_sequences| Search {
            num_beams: Some(num_beams),
            num_return_sequences: Some(num_return_sequences),
            ..Search::default()
        };
        assert_eq!(
            refused(beams(33, 1)),
            "`num_beams` is 33, but has to be between 1 and 32"
        );
        assert!(refused(beams(0, 1)).starts_with("`num_beams` is 0"));
        assert_eq!(
            refused(beams(2, 3)),
            "`num_return_sequences` is 3, but has to be between 1 and the 2 of `num_beams`"
        );
        assert!(refused(beams(1, 2)).contains("between 1 and the 1"));
        let endless = Search {
            length_penalty: Some(f32::NAN),
            ..Search::default()
        };
        assert!(refused(endless).starts_with("`length_penalty` is NaN"));
    }

    #[test]
    fn chunks_of_nothing_are_none() {
        let chunk = |own: i64, asked: Option<usize>| {
            let config = model(1024, serde_json::json!({"chunk_size": own}));
            let search = Search {
                chunk_size: asked,
                ..Search::default()
            };
            search.settle(&config, 1).unwrap().chunk_size
        };
        assert_eq!(chunk(64, None), Some(64));
        assert_eq!(chunk(64, Some(3)), Some(3));
        assert_eq!(chunk(64, Some(0)), None);
        assert_eq!(chunk(-1, None), None);
    }
}

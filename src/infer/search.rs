//! How the next token is chosen: what was asked for, laid over the model's own `search` settings.
//!
//! Names, defaults and errors are those of onnxruntime-genai 0.18 (`config.h`, `generators.cpp`). Nothing
//! is drawn here; that is `sample`. Options that come as JSON are read in `options`.

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::config::{GenaiConfig, SearchDefaults};
use super::error::Error;

/// Length that a model is given when nobody asked for one and its own limit is larger.
const UNASKED_LENGTH: usize = 4096;

/// Room left for the answer when the prompt alone fills [`UNASKED_LENGTH`].
const UNASKED_ANSWER: usize = 1024;

/// Who set an option.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The caller.
    #[default]
    Flag,
    /// The row that is answered.
    Row,
    /// The `params` that came with all rows.
    Params,
    /// `model_config` in the `MLmodel`.
    ModelConfig,
    /// `search` in the `genai_config.json`.
    GenaiConfig,
    /// Nobody: onnxruntime-genai's own default, or where that is a length without reason, ours.
    Default,
}

impl Origin {
    /// The name, as JSON has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Flag => "flag",
            Self::Row => "row",
            Self::Params => "params",
            Self::ModelConfig => "model_config",
            Self::GenaiConfig => "genai_config",
            Self::Default => "default",
        }
    }
}

/// What is asked for; everything left out comes from what lies [below](Self::over), at last from the model's
/// `genai_config.json`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Search {
    /// Who asks.
    pub origin: Origin,
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
    /// What holds where this says nothing.
    pub below: Option<Box<Self>>,
}

/// An option as it was used, and who set it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(super) struct Set<T> {
    pub(super) value: T,
    pub(super) from: Origin,
}

/// Every search option by its name: the value that was used, and who set it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UsedOptions(Vec<(&'static str, Value, Origin)>);

impl UsedOptions {
    /// Name, value, and who set it.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Value, Origin)> {
        self.0
            .iter()
            .map(|(name, value, from)| (*name, value, *from))
    }

    fn note<T: Into<Value>>(&mut self, name: &'static str, set: Set<T>) {
        self.0.push((name, set.value.into(), set.from));
    }
}

impl Serialize for UsedOptions {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value, from) in self.iter() {
            map.serialize_entry(name, &Set { value, from })?;
        }
        map.end()
    }
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
    /// Whether somebody asked for that length.
    pub(super) is_length_asked: bool,
    pub(super) min_length: usize,
    pub(super) choice: Choice,
    pub(super) repetition_penalty: f32,
    pub(super) no_repeat_ngram_size: usize,
    pub(super) seed: Option<u32>,
    /// How many tokens of the prompt go through the graph at once, if that was asked for.
    pub(super) chunk_size: Option<usize>,
    pub(super) stop: Vec<String>,
    pub(super) used: UsedOptions,
}

impl Search {
    /// Lays this over something else, which holds where this says nothing.
    #[must_use]
    pub fn over(mut self, other: Self) -> Self {
        self.below = Some(Box::new(match self.below {
            Some(below) => below.over(other),
            None => other,
        }));
        self
    }

    /// This, and all that lies below.
    fn layers(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |layer| layer.below.as_deref())
    }

    /// The value of the uppermost layer that has one, or the model's, or onnxruntime-genai's.
    fn set<T>(&self, of: impl Fn(&Self) -> Option<T>, own: Option<T>, default: T) -> Set<T> {
        self.asked(of).unwrap_or_else(|| match own {
            Some(value) => Set {
                value,
                from: Origin::GenaiConfig,
            },
            None => Set {
                value: default,
                from: Origin::Default,
            },
        })
    }

    /// The value of the uppermost layer that has one.
    fn asked<T>(&self, of: impl Fn(&Self) -> Option<T>) -> Option<Set<T>> {
        self.layers().find_map(|layer| {
            of(layer).map(|value| Set {
                value,
                from: layer.origin,
            })
        })
    }

    /// Lays this over the model's own settings.
    pub(super) fn settle(&self, config: &GenaiConfig, prompt: usize) -> Result<Settings, Error> {
        let own = &config.search;
        let mut used = UsedOptions::default();
        let max_length = self.total_length(config, prompt)?;
        let new = self.asked(|it| it.max_new_tokens);
        let min_length = self.set(|it| it.min_length, own.min_length, 0);
        used.note("max_length", max_length);
        if let Some(new) = new {
            used.note("max_tokens", new);
        }
        used.note("min_length", min_length);
        let choice = self.choice(config, &mut used)?;
        let penalty = self.repetition_penalty(own)?;
        let ngram = self.set(|it| it.no_repeat_ngram_size, own.no_repeat_ngram_size, 0);
        let own_seed = own.random_seed.and_then(|seed| u32::try_from(seed).ok());
        let seed = self.set(|it| it.seed.map(Some), own_seed.map(Some), None);
        let stop = self.set(
            |it| (!it.stop.is_empty()).then(|| it.stop.clone()),
            None,
            Vec::new(),
        );
        used.note("repetition_penalty", penalty.as_json());
        used.note("no_repeat_ngram_size", ngram);
        used.note("random_seed", seed);
        let choice = match (self.beams(own, &mut used)?, choice) {
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
        let own_chunk = own_chunk.filter(|size| *size > 0).map(Some);
        let chunk_size = self.set(|it| it.chunk_size.map(Some), own_chunk, None);
        let chunk_size = chunk_size.map(|size| size.filter(|size| *size > 0));
        used.note("chunk_size", chunk_size);
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
            return Err(Error::MaxLengthOverContext {
                max_length: asked.value,
                context_length,
            });
        }
        let set = match (asked, new) {
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
            (None, None) => unasked_length(config, prompt),
        };
        if prompt > set.value {
            return Err(Error::PromptTooLong {
                prompt,
                max_length: set.value,
            });
        }
        Ok(set)
    }

    fn choice(&self, config: &GenaiConfig, used: &mut UsedOptions) -> Result<Choice, Error> {
        let own = &config.search;
        let temperature = self.set(|it| it.temperature, own.temperature, 1.0);
        let top_k = self.set(|it| it.top_k, own.top_k, 50);
        let top_p = self.set(|it| it.top_p, own.top_p, 0.0);
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
        if !temperature.value.is_finite() || temperature.value < 0.0 {
            return Err(temperature.refused("temperature", "0 or more"));
        }
        let mut draws = self.draws(own);
        if draws.value && temperature.value == 0.0 {
            draws = temperature.map(|_| false);
        }
        used.note("do_sample", draws);
        used.note("temperature", temperature.as_json());
        used.note("top_k", top_k);
        used.note("top_p", top_p.as_json());
        if !draws.value || k == 1 {
            return Ok(Choice::Greedy);
        }
        Ok(Choice::Draw {
            top_k: (k > 1).then_some(k),
            top_p: top_p.value,
            temperature: temperature.value,
        })
    }

    /// The beam search that is asked for, if any.
    fn beams(&self, own: &SearchDefaults, used: &mut UsedOptions) -> Result<Option<Beams>, Error> {
        let count = self.set(|it| it.num_beams, own.num_beams, 1);
        if !(1..=MAX_BEAMS).contains(&count.value) {
            return Err(count.refused("num_beams", format!("between 1 and {MAX_BEAMS}")));
        }
        let sequences = self.set(|it| it.num_return_sequences, own.num_return_sequences, 1);
        if !(1..=count.value).contains(&sequences.value) {
            let limits = format!("between 1 and the {} of `num_beams`", count.value);
            return Err(sequences.refused("num_return_sequences", limits));
        }
        let length_penalty = self.set(|it| it.length_penalty, own.length_penalty, 1.0);
        if !length_penalty.value.is_finite() {
            return Err(length_penalty.refused("length_penalty", "a number"));
        }
        let early_stopping = self.set(|it| it.early_stopping, own.early_stopping, true);
        used.note("num_beams", count);
        used.note("num_return_sequences", sequences);
        used.note("length_penalty", length_penalty.as_json());
        used.note("early_stopping", early_stopping);
        Ok((count.value > 1).then_some(Beams {
            count: count.value,
            sequences: sequences.value,
            length_penalty: length_penalty.value,
            early_stopping: early_stopping.value,
        }))
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
            Err(penalty.refused("repetition_penalty", "more than 0"))
        }
    }
}

/// The model's own length, as long as it is not one that nobody would wait for.
fn unasked_length(config: &GenaiConfig, prompt: usize) -> Set<usize> {
    let context_length = config.model.context_length;
    let own = match config.search.max_length {
        None | Some(0) => None,
        Some(length) => Some(length.min(context_length)),
    };
    let limit = UNASKED_LENGTH.max(prompt.saturating_add(UNASKED_ANSWER));
    match own {
        Some(value) if value <= limit => Set {
            value,
            from: Origin::GenaiConfig,
        },
        own => Set {
            value: own.unwrap_or(context_length).min(limit),
            from: Origin::Default,
        },
    }
}

impl<T> Set<T> {
    fn map<U>(self, change: impl FnOnce(T) -> U) -> Set<U> {
        Set {
            value: change(self.value),
            from: self.from,
        }
    }
}

impl<T: ToString> Set<T> {
    fn refused(&self, option: &'static str, expected: impl Into<String>) -> Error {
        Error::option(option, self.from, &self.value, expected)
    }
}

impl Set<f32> {
    /// The number as it was written: 0.7 and not the 0.699999988… that a wider type would make of it.
    fn as_json(self) -> Set<Value> {
        let number = self.value.to_string().parse::<f64>();
        self.map(|_| number.map_or(Value::Null, Value::from))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{Hint as _, Kind};
    use crate::infer::config::tests::{example, parse};

    /// A model with this context and this `search`.
    fn model(context_length: usize, search: Value) -> GenaiConfig {
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
    fn each_option_is_that_of_the_uppermost_who_set_it() {
        let own =
            serde_json::json!({"max_length": 900, "temperature": 0.3, "top_k": 7, "min_length": 2});
        let config = model(1024, own);
        let model_config = Search {
            origin: Origin::ModelConfig,
            temperature: Some(0.5),
            repetition_penalty: Some(1.5),
            max_new_tokens: Some(20),
            stop: vec!["END".to_owned()],
            ..Search::default()
        };
        let asked = Search {
            repetition_penalty: Some(1.25),
            ..Search::default()
        };
        let row = Search {
            origin: Origin::Row,
            top_p: Some(0.9),
            ..Search::default()
        };
        let settings = asked
            .over(row)
            .over(model_config)
            .settle(&config, 10)
            .unwrap();
        assert_eq!(settings.max_length, 30);
        assert_eq!(settings.stop, ["END"]);
        let used = serde_json::to_value(&settings.used).unwrap();
        let expected = serde_json::json!({
            "max_length": {"value": 30, "from": "model_config"},
            "max_tokens": {"value": 20, "from": "model_config"},
            "min_length": {"value": 2, "from": "genai_config"},
            "do_sample": {"value": true, "from": "row"},
            "temperature": {"value": 0.5, "from": "model_config"},
            "top_k": {"value": 7, "from": "genai_config"},
            "top_p": {"value": 0.9, "from": "row"},
            "repetition_penalty": {"value": 1.25, "from": "flag"},
            "no_repeat_ngram_size": {"value": 0, "from": "default"},
            "random_seed": {"value": null, "from": "default"},
            "num_beams": {"value": 1, "from": "default"},
            "num_return_sequences": {"value": 1, "from": "default"},
            "length_penalty": {"value": 1.0, "from": "default"},
            "early_stopping": {"value": true, "from": "default"},
            "chunk_size": {"value": null, "from": "default"},
            "stop": {"value": ["END"], "from": "model_config"},
        });
        assert_eq!(used, expected);
    }

    #[test]
    fn a_length_that_nobody_would_wait_for_is_not_the_models() {
        let origin = |own: Value| {
            let settings = Search::default().settle(&model(131_072, own), 1).unwrap();
            let used = serde_json::to_value(&settings.used).unwrap();
            used["max_length"].to_string()
        };
        let short = origin(serde_json::json!({"max_length": 100}));
        assert_eq!(short, r#"{"value":100,"from":"genai_config"}"#);
        let long = origin(serde_json::json!({"max_length": 131_072}));
        assert_eq!(long, r#"{"value":4096,"from":"default"}"#);
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

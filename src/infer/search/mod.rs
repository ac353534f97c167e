//! What was asked of a search: by a flag, a row, the model or nobody, the one laid over the other.
//!
//! The model's own section is read in `defaults`, and options that come as JSON in `options`. What all of it comes to for
//! a model and a prompt is decided in `settings`. Nothing is drawn here; that is `sample`.

mod defaults;
mod settings;
#[cfg(test)]
mod tests;

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::error::Error;
pub(super) use defaults::SearchDefaults;
pub(super) use settings::{Beams, Choice, Settings};

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
    /// Whether it came with the model.
    pub(super) fn is_model(self) -> bool {
        matches!(self, Self::ModelConfig | Self::GenaiConfig | Self::Default)
    }

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
    /// Makes draws repeatable: the same as onnxruntime-genai's `random_seed`; below 0 every draw is another.
    pub seed: Option<i64>,
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

    /// For how many tokens there has to be memory at least, as far as this says.
    pub fn asked_length(&self) -> Option<usize> {
        match (self.max_length, self.max_new_tokens) {
            (Some(all), Some(new)) => Some(all.min(new)),
            (all, new) => all.or(new),
        }
    }

    /// How many sequences are followed side by side, as far as this says.
    pub fn asked_sequences(&self) -> Option<usize> {
        self.num_beams.map(|beams| beams.min(settings::MAX_BEAMS))
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

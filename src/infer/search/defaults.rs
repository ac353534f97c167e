//! `search` of a `genai_config.json`: the model's own idea of how to search. What it leaves out is onnxruntime-genai's
//! default; whether a value suits the model is decided in `settings`.
//!
//! Names and what is taken for a value are those of onnxruntime-genai 0.18 (`config.cpp`): it refuses an option that it
//! does not know, or that is null, and takes `2.0` for a whole number.

use serde::{Deserialize, Deserializer, de};

/// The section as it is written.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, expecting = "an object")]
pub(in crate::infer) struct SearchDefaults {
    #[serde(deserialize_with = "whole")]
    pub(super) chunk_size: Option<i32>,
    #[serde(deserialize_with = "said")]
    pub(super) do_sample: Option<bool>,
    #[serde(deserialize_with = "said")]
    pub(super) early_stopping: Option<bool>,
    #[serde(deserialize_with = "said")]
    pub(super) length_penalty: Option<f32>,
    #[serde(deserialize_with = "whole")]
    pub(super) max_length: Option<i32>,
    #[serde(deserialize_with = "whole")]
    pub(super) min_length: Option<i32>,
    #[serde(deserialize_with = "whole")]
    pub(super) no_repeat_ngram_size: Option<i32>,
    #[serde(deserialize_with = "whole")]
    pub(super) num_beams: Option<i32>,
    #[serde(deserialize_with = "whole")]
    pub(super) num_return_sequences: Option<i32>,
    #[serde(deserialize_with = "whole")]
    pub(super) random_seed: Option<i32>,
    #[serde(deserialize_with = "said")]
    pub(super) repetition_penalty: Option<f32>,
    #[serde(deserialize_with = "said")]
    pub(super) temperature: Option<f32>,
    #[serde(deserialize_with = "whole")]
    pub(super) top_k: Option<i32>,
    #[serde(deserialize_with = "said")]
    pub(super) top_p: Option<f32>,
    #[serde(deserialize_with = "whole")]
    pub(super) batch_size: Option<i32>,
    /// How onnxruntime-genai keeps the cache.
    #[serde(rename = "past_present_share_buffer", deserialize_with = "said")]
    _past_present_share_buffer: Option<bool>,
    /// It does not use this one either; those that follow are for models that hear.
    #[serde(rename = "diversity_penalty", deserialize_with = "said")]
    _diversity_penalty: Option<f32>,
    #[serde(rename = "blank_penalty", deserialize_with = "said")]
    _blank_penalty: Option<f32>,
    #[serde(rename = "audio_temperature", deserialize_with = "said")]
    _audio_temperature: Option<f32>,
    #[serde(rename = "audio_top_k", deserialize_with = "whole")]
    _audio_top_k: Option<i32>,
    #[serde(rename = "audio_interleaved", deserialize_with = "said")]
    _audio_interleaved: Option<bool>,
}

impl SearchDefaults {
    /// A length up to a context that turned out to be shorter.
    pub(in crate::infer) fn limit_length(&mut self, context: usize, shorter: usize) {
        let within = |length: &i32| usize::try_from(*length).is_ok_and(|it| it <= context);
        let most = i32::try_from(shorter).unwrap_or(i32::MAX);
        self.max_length = self.max_length.map(|length| {
            if within(&length) {
                length.min(most)
            } else {
                length
            }
        });
    }
}

/// What is there, and not null.
fn said<'de, D: Deserializer<'de>, T: Deserialize<'de>>(value: D) -> Result<Option<T>, D::Error> {
    T::deserialize(value).map(Some)
}

/// A whole number of 32 bits, however it is written.
fn whole<'de, D: Deserializer<'de>>(value: D) -> Result<Option<i32>, D::Error> {
    let number = f64::deserialize(value)?;
    if number.fract() != 0.0 || number < f64::from(i32::MIN) || number > f64::from(i32::MAX) {
        let unexpected = de::Unexpected::Float(number);
        return Err(de::Error::invalid_value(
            unexpected,
            &"a whole number of 32 bits",
        ));
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "it has no fraction and is within the limits"
    )]
    Ok(Some(number as i32))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn read(section: &Value) -> Result<SearchDefaults, String> {
        SearchDefaults::deserialize(section).map_err(|error| error.to_string())
    }

    #[test]
    fn every_export_is_read() {
        let section = json!({
            "diversity_penalty": 0.0, "do_sample": false, "early_stopping": true, "length_penalty": 1.0,
            "max_length": 4096, "min_length": 0, "no_repeat_ngram_size": 0, "num_beams": 1,
            "num_return_sequences": 1, "past_present_share_buffer": true, "repetition_penalty": 1.0,
            "temperature": 1.0, "top_k": 50, "top_p": 1.0
        });
        let read = read(&section).unwrap();
        assert_eq!((read.max_length, read.top_k), (Some(4096), Some(50)));
        assert_eq!(read.random_seed, None);
    }

    #[test]
    fn whole_numbers_may_be_written_with_a_point() {
        let read = read(&json!({"top_k": 2.0, "random_seed": -1})).unwrap();
        assert_eq!((read.top_k, read.random_seed), (Some(2), Some(-1)));
    }

    #[test]
    fn what_onnxruntime_genai_does_not_read_is_refused() {
        for (section, expected) in [
            (json!({"top_kk": 1}), "unknown field `top_kk`"),
            (json!({"stop": ["x"]}), "unknown field `stop`"),
            (json!({"top_k": null}), "invalid type: null"),
            (json!({"length_penalty": null}), "invalid type: null"),
            (
                json!({"top_k": 2.7}),
                "floating point `2.7`, expected a whole number of 32 bits",
            ),
            (
                json!({"random_seed": 1_u64 << 40}),
                "a whole number of 32 bits",
            ),
            (
                json!({"random_seed": 1_u64 << 31}),
                "a whole number of 32 bits",
            ),
            (json!({"max_length": "5"}), "invalid type: string"),
            (json!({"do_sample": 1}), "invalid type: integer"),
        ] {
            let told = read(&section).unwrap_err();
            assert!(told.contains(expected), "{section}: {told}");
        }
    }
}

//! Search options that come as JSON: those of an `MLmodel`'s `model_config`, of a request, and of its `params`.
//!
//! Names and conversions are those of the Python wrapper that phi3ml packages with a model, so that both give
//! the same answers; only what concerns beams and `chunk_size` is unknown to the wrapper. Whether a value suits the
//! model is `search`'s business.

use serde_json::{Map, Value};

use super::error::Error;
use super::search::{Origin, Search};

impl Search {
    /// The options among `fields`. Others are somebody else's, and null is as if it were not there.
    pub fn from_fields(fields: &Map<String, Value>, origin: Origin) -> Result<Self, Error> {
        let read = Fields { fields, origin };
        Ok(Self {
            origin,
            max_new_tokens: read.count("max_tokens")?,
            max_length: read.count("max_length")?,
            min_length: read.count("min_length")?,
            do_sample: read.truth("do_sample")?,
            temperature: read.number("temperature")?,
            top_k: read.whole("top_k")?,
            top_p: read.number("top_p")?,
            repetition_penalty: read.number("repetition_penalty")?,
            no_repeat_ngram_size: read.count("no_repeat_ngram_size")?,
            seed: read.seed("random_seed")?,
            stop: read.texts("stop")?,
            num_beams: read.count("num_beams")?,
            num_return_sequences: read.count("num_return_sequences")?,
            length_penalty: read.number("length_penalty")?,
            early_stopping: read.truth("early_stopping")?,
            chunk_size: read.count("chunk_size")?,
            greedy: false,
            below: None,
        })
    }
}

struct Fields<'a> {
    fields: &'a Map<String, Value>,
    origin: Origin,
}

impl Fields<'_> {
    fn read<T>(
        &self,
        name: &'static str,
        expected: &str,
        convert: impl FnOnce(&Value) -> Option<T>,
    ) -> Result<Option<T>, Error> {
        let Some(value) = self.fields.get(name).filter(|value| !value.is_null()) else {
            return Ok(None);
        };
        match convert(value) {
            Some(converted) => Ok(Some(converted)),
            None => Err(Error::option(name, self.origin, value, expected)),
        }
    }

    fn number(&self, name: &'static str) -> Result<Option<f32>, Error> {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "the engine computes with this precision"
        )]
        self.read(name, "a number", |value| number(value).map(|it| it as f32))
    }

    fn whole(&self, name: &'static str) -> Result<Option<i64>, Error> {
        self.read(name, "a whole number", whole)
    }

    fn count(&self, name: &'static str) -> Result<Option<usize>, Error> {
        self.read(name, "a whole number of 0 or more", |value| {
            usize::try_from(whole(value)?).ok()
        })
    }

    /// A negative one is none, as in onnxruntime-genai.
    fn seed(&self, name: &'static str) -> Result<Option<i64>, Error> {
        self.read(name, "a whole number of at most 32 bits", |value| {
            whole(value).filter(|seed| *seed <= i64::from(u32::MAX))
        })
    }

    fn truth(&self, name: &'static str) -> Result<Option<bool>, Error> {
        self.read(name, "true or false", |value| match value {
            Value::Bool(truth) => Some(*truth),
            Value::String(text) => text.trim().to_ascii_lowercase().parse().ok(),
            number => number.as_i64().map(|number| number != 0),
        })
    }

    /// One text or several.
    fn texts(&self, name: &'static str) -> Result<Vec<String>, Error> {
        let texts = self.read(name, "a text or a list of texts", |value| match value {
            Value::String(text) => Some(vec![text.clone()]),
            Value::Array(texts) => texts
                .iter()
                .map(|text| text.as_str().map(str::to_owned))
                .collect(),
            _ => None,
        })?;
        Ok(texts.unwrap_or_default())
    }
}

/// Tables of text keep numbers as text.
fn number(value: &Value) -> Option<f64> {
    match value {
        Value::String(text) => text.trim().parse().ok(),
        value => value.as_f64(),
    }
}

/// A number without a fraction, however it is written: data frames make `5.0` of a 5 beside an empty cell.
fn whole(value: &Value) -> Option<i64> {
    let parsed = match value {
        Value::String(text) => text.trim().parse().ok(),
        value => value.as_i64(),
    };
    parsed.or_else(|| {
        let number = number(value).filter(|it| it.fract() == 0.0 && it.abs() < 9e15)?;
        #[expect(
            clippy::cast_possible_truncation,
            reason = "it has no fraction and is within the limits"
        )]
        Some(number as i64)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(fields: &Value) -> Result<Search, Error> {
        Search::from_fields(fields.as_object().unwrap(), Origin::ModelConfig)
    }

    #[test]
    fn options_are_read_as_the_python_wrapper_reads_them() {
        let search = read(&json!({
            "max_tokens": 5.0, "max_length": "100", "temperature": "0.5", "top_k": 3, "do_sample": 1,
            "random_seed": -1, "stop": "END", "top_p": null, "somebody_elses": [1],
            "num_beams": 4, "num_return_sequences": "2", "length_penalty": 0.5, "early_stopping": false,
            "chunk_size": 128
        }));
        let expected = Search {
            origin: Origin::ModelConfig,
            max_new_tokens: Some(5),
            max_length: Some(100),
            temperature: Some(0.5),
            top_k: Some(3),
            do_sample: Some(true),
            seed: Some(-1),
            stop: vec!["END".to_owned()],
            num_beams: Some(4),
            num_return_sequences: Some(2),
            length_penalty: Some(0.5),
            early_stopping: Some(false),
            chunk_size: Some(128),
            ..Search::default()
        };
        assert_eq!(search.unwrap(), expected);
    }

    #[test]
    fn what_is_no_option_is_refused_by_name() {
        for (name, value) in [
            ("temperature", json!("warm")),
            ("max_tokens", json!(1.5)),
            ("max_length", json!(-1)),
            ("random_seed", json!(1_u64 << 40)),
            ("do_sample", json!("perhaps")),
            ("stop", json!([1])),
        ] {
            let error = read(&json!({ name: value })).unwrap_err().to_string();
            assert!(
                error.starts_with(&format!("`model_config.{name}`")),
                "{error}"
            );
        }
    }
}

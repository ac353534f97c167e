//! A metric: a number that was measured, when, and at which step.
//!
//! It writes the numbers that JSON lacks the way MLflow does.

use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// One point of a metric.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Metric {
    /// Its name.
    pub key: String,
    /// Its value.
    pub value: Measured,
    /// When, in milliseconds since 1970.
    pub timestamp: i64,
    /// At which step.
    pub step: i64,
}

/// A number that was measured. NaN and the infinities are the strings `NaN`, `Infinity` and `-Infinity` in JSON:
/// protobuf's JSON writes them so, and MLflow's servers expect them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured(pub f64);

impl Serialize for Measured {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let name = if self.0.is_nan() {
            "NaN"
        } else if self.0 == f64::INFINITY {
            "Infinity"
        } else if self.0 == f64::NEG_INFINITY {
            "-Infinity"
        } else {
            return serializer.serialize_f64(self.0);
        };
        serializer.serialize_str(name)
    }
}

impl<'de> Deserialize<'de> for Measured {
    /// A number, or a string that holds one.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Either {
            Number(f64),
            Text(String),
        }
        match Either::deserialize(deserializer)? {
            Either::Number(number) => Ok(Self(number)),
            Either::Text(text) => text.parse().map_err(serde::de::Error::custom),
        }
    }
}

impl FromStr for Measured {
    type Err = NotANumber;

    fn from_str(text: &str) -> Result<Self, NotANumber> {
        text.trim().parse().map(Self).map_err(|_| NotANumber {
            text: text.to_owned(),
        })
    }
}

/// A text where a number was expected.
#[derive(Debug, Clone, thiserror::Error)]
#[error("`{text}` is not a number")]
pub struct NotANumber {
    text: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn metric(value: f64) -> Metric {
        Metric {
            key: "loss".to_owned(),
            value: Measured(value),
            timestamp: 1,
            step: 2,
        }
    }

    #[test]
    fn numbers_that_json_lacks_are_words() {
        for (value, word) in [
            (f64::NAN, "\"NaN\""),
            (f64::INFINITY, "\"Infinity\""),
            (f64::NEG_INFINITY, "\"-Infinity\""),
            (0.25, "0.25"),
        ] {
            let json = serde_json::to_string(&metric(value)).unwrap();
            assert!(json.contains(&format!("\"value\":{word}")), "{json}");
        }
    }

    proptest! {
        #[test]
        fn every_number_survives(bits in any::<u64>()) {
            let value = f64::from_bits(bits);
            let json = serde_json::to_string(&metric(value)).unwrap();
            let written = json.split(&[':', ','][..]).nth(3).unwrap().trim_matches('"');
            let back: f64 = written.parse().unwrap();
            prop_assert!(back.to_bits() == value.to_bits() || value.is_nan() && back.is_nan());
        }
    }
}

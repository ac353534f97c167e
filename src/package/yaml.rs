//! The only door to the YAML crate: what goes out reads back unchanged in PyYAML.
//!
//! It knows no file; who reads YAML that others wrote reads into typed `String` fields, because PyYAML
//! writes strings such as `1e3` bare, which YAML 1.2 calls numbers.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_yaml::{DeserializeError, Options, SerializeError, SerializerOptions};

/// Writes a value in the block style that PyYAML's `safe_dump(default_flow_style=False)` uses.
pub(super) fn to_string(value: &impl Serialize) -> Result<String, SerializeError> {
    let mut options = SerializerOptions::default();
    options.prefer_block_scalars = false;
    serde_yaml::to_string_with_options(value, options)
}

/// Reads a value; unknown keys are up to its type, duplicate ones are refused.
pub(super) fn from_str<T: DeserializeOwned>(text: &str) -> Result<T, Box<DeserializeError>> {
    // A cause is one line; the file is there to be looked at.
    let mut options = Options::default();
    options.with_snippet = false;
    serde_yaml::from_str_with_options(text, options).map_err(Box::new)
}

/// The key that is in one object twice, where that is what is wrong.
pub(super) fn key_that_comes_twice(error: &DeserializeError) -> Option<&str> {
    match error {
        DeserializeError::DuplicateMappingKey { key, .. } => key.as_deref(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;
    use serde_json::Value;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Strings {
        strings: Vec<String>,
        keys: BTreeMap<String, String>,
    }

    fn fixture(name: &str) -> String {
        fs_err::read_to_string(format!("fixtures/yaml/{name}")).unwrap()
    }

    #[test]
    fn what_is_written_is_what_pyyaml_was_seen_to_read() {
        let values: Value = serde_json::from_str(&fixture("values.json")).unwrap();
        assert_eq!(
            to_string(&values).unwrap(),
            fixture("values-by-phi3ml.yaml")
        );
    }

    #[test]
    fn text_that_pyyaml_wrote_is_read_as_text() {
        let expected: Strings = serde_json::from_str(&fixture("values.json")).unwrap();
        for name in ["strings-by-pyyaml.yaml", "values-by-phi3ml.yaml"] {
            let read: Strings = from_str(&fixture(name)).unwrap();
            assert_eq!(read.keys, expected.keys, "{name}");
            for (read, expected) in read.strings.iter().zip(&expected.strings) {
                assert_eq!(read, expected, "{name}");
            }
        }
    }

    #[test]
    fn a_key_that_comes_twice_is_refused() {
        let error = from_str::<BTreeMap<String, String>>("a: x\na: y\n").unwrap_err();
        assert_eq!(key_that_comes_twice(&error), Some("a"));
    }
}

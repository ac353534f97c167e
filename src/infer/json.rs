//! JSON files of a model, with the field named where one is wrong. Knows none of them.

use std::path::Path;

use serde::de::DeserializeOwned;

use super::error::Error;

/// What the file at `path` says.
pub(super) fn parse<T: DeserializeOwned>(bytes: &[u8], path: &Path) -> Result<T, Error> {
    let broken = |source| Error::Json {
        path: path.to_path_buf(),
        source,
    };
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut deserializer)
        .map_err(|error| broken(named(error)))?;
    deserializer.end().map_err(|error| broken(error.into()))?;
    Ok(value)
}

/// What the library calls by the names of Rust.
const TYPES: [(&str, &str); 6] = [
    ("usize", "a whole number of 0 or more"),
    ("u32", "a whole number of 0 or more"),
    ("f32", "a number"),
    ("f64", "a number"),
    ("a sequence", "a list"),
    ("a map", "an object"),
];

/// A text that breaks off is not the fault of the field it breaks off in.
fn named(
    error: serde_path_to_error::Error<serde_json::Error>,
) -> Box<dyn std::error::Error + Send + Sync> {
    if error.inner().is_data() {
        let told = TYPES.iter().fold(error.to_string(), |told, (rust, plain)| {
            told.replace(
                &format!(", expected {rust} "),
                &format!(", expected {plain} "),
            )
        });
        told.into()
    } else {
        error.into_inner().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use serde::de::IgnoredAny;

    #[derive(Debug, Deserialize)]
    struct Outer {
        #[expect(dead_code, reason = "only read")]
        inner: Inner,
    }

    #[derive(Debug, Deserialize)]
    struct Inner {
        #[expect(dead_code, reason = "only read")]
        size: usize,
    }

    fn cause(text: &str) -> String {
        let error = parse::<Outer>(text.as_bytes(), Path::new("a.json")).unwrap_err();
        assert_eq!(error.to_string(), "cannot make sense of `a.json`");
        std::error::Error::source(&error).unwrap().to_string()
    }

    #[test]
    fn the_field_is_named() {
        let negative = cause(r#"{"inner": {"size": -1}}"#);
        assert!(negative.starts_with("inner.size: invalid value: integer `-1`"));
        assert!(negative.contains(", expected a whole number of 0 or more at line 1"));
        assert!(cause(r#"{"inner": {}}"#).starts_with("inner: missing field `size`"));
    }

    #[test]
    fn broken_text_is_told_by_its_place() {
        assert!(cause(r#"{"inner": {"si"#).starts_with("EOF while parsing"));
        assert!(cause(r#"{"inner": {"size": 1}} x"#).starts_with("trailing characters"));
        parse::<IgnoredAny>(b" [1, {}] ", Path::new("a.json")).unwrap();
    }
}

//! One line of a stream, and what it says.

use serde::Deserialize;
use serde_json::Value;

use crate::entity::limits;
use crate::entity::metric::{Measured, Metric};
use crate::entity::param::Param;
use crate::entity::tag::Tag;

/// What one line says.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Record {
    Param(Param),
    Metric(Metric),
    Tag(Tag),
}

/// The fields of a line, of JSON and CSV alike.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fields {
    #[serde(default, rename = "type")]
    pub(super) kind: Kind,
    pub(super) key: String,
    pub(super) value: Value,
    #[serde(default)]
    pub(super) step: Option<i64>,
    #[serde(default)]
    pub(super) timestamp: Option<i64>,
}

/// What sort of thing a line is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    #[default]
    Metric,
    Param,
    Tag,
}

impl Kind {
    pub(super) fn named(name: &str) -> Result<Self, String> {
        match name {
            "" | "metric" => Ok(Self::Metric),
            "param" => Ok(Self::Param),
            "tag" => Ok(Self::Tag),
            other => Err(format!("`{other}` is none of metric, param and tag")),
        }
    }
}

impl Record {
    /// Reads a line of JSON.
    pub(super) fn from_json(line: &str) -> Result<Self, String> {
        let fields = serde_json::from_str(line)
            .or_else(|error| match quoted_numbers(line) {
                Some(quoted) => serde_json::from_str(&quoted),
                None => Err(error),
            })
            // The place within the line is told, the line by whoever counts them.
            .map_err(|error| error.to_string().replace(" at line 1 column", " at column"))?;
        Self::from_fields(fields)
    }

    /// Checks it as far as the server would, and where it would not.
    pub(super) fn from_fields(fields: Fields) -> Result<Self, String> {
        let Fields {
            kind,
            key,
            value,
            step,
            timestamp,
        } = fields;
        match kind {
            Kind::Metric => {
                limits::key(&key).map_err(|error| error.to_string())?;
                Ok(Self::Metric(Metric {
                    key,
                    value: measured(&value)?,
                    timestamp: timestamp.unwrap_or_else(|| jiff::Timestamp::now().as_millisecond()),
                    step: step.unwrap_or_default(),
                }))
            }
            Kind::Param => {
                let param = Param::new(key, text(value));
                limits::param(&param).map_err(|error| error.to_string())?;
                Ok(Self::Param(param))
            }
            Kind::Tag => {
                let tag = Tag::new(key, text(value));
                limits::tag(&tag).map_err(|error| error.to_string())?;
                Ok(Self::Tag(tag))
            }
        }
    }
}

fn measured(value: &Value) -> Result<Measured, String> {
    let number = match value {
        Value::Number(number) => number.as_f64().map(Measured),
        Value::String(text) => return text.parse().map_err(|error| format!("{error}")),
        _ => None,
    };
    number.ok_or_else(|| format!("`{value}` is not a number"))
}

fn text(value: Value) -> String {
    match value {
        Value::String(text) => text,
        other => other.to_string(),
    }
}

/// The line with `NaN` and the infinities in quotes, if it holds any: Python writes them bare.
fn quoted_numbers(line: &str) -> Option<String> {
    if !line.contains("NaN") && !line.contains("Infinity") {
        return None;
    }
    let mut quoted = String::with_capacity(line.len() + 2);
    for (index, part) in line.split('"').enumerate() {
        if index > 0 {
            quoted.push('"');
        }
        // An escaped quote within a text shifts the count; such a line stays as bad as it was.
        if index % 2 == 0 {
            let part = part
                .replace("-Infinity", "\u{1}")
                .replace("Infinity", "\"Infinity\"");
            let part = part.replace('\u{1}', "\"-Infinity\"");
            quoted.push_str(&part.replace("NaN", "\"NaN\""));
        } else {
            quoted.push_str(part);
        }
    }
    Some(quoted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_metric_unless_it_says_otherwise() {
        let Ok(Record::Metric(metric)) =
            Record::from_json(r#"{"key":"loss","value":0.5,"step":3,"timestamp":17}"#)
        else {
            panic!("no metric");
        };
        assert_eq!(
            (metric.value.0, metric.step, metric.timestamp),
            (0.5, 3, 17)
        );
        let param = Record::from_json(r#"{"type":"param","key":"lr","value":0.1}"#);
        assert_eq!(param, Ok(Record::Param(Param::new("lr", "0.1"))));
        let tag = Record::from_json(r#"{"type":"tag","key":"a","value":"b"}"#);
        assert_eq!(tag, Ok(Record::Tag(Tag::new("a", "b"))));
    }

    #[test]
    fn numbers_that_json_lacks_are_read_as_words_and_as_python_writes_them() {
        for (text, value) in [
            ("NaN", f64::NAN),
            ("\"nan\"", f64::NAN),
            ("-Infinity", f64::NEG_INFINITY),
            ("Infinity", f64::INFINITY),
            ("\"inf\"", f64::INFINITY),
            ("1e3", 1000.0),
        ] {
            let line = format!(r#"{{"key":"NaN share","value":{text}}}"#);
            let Ok(Record::Metric(metric)) = Record::from_json(&line) else {
                panic!("{line}");
            };
            assert!(metric.value.0.total_cmp(&value).is_eq(), "{line}");
            assert_eq!(metric.key, "NaN share");
        }
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (line, reason) in [
            (r#"{"key":"a","value":"b"}"#, "`b` is not a number"),
            (r#"{"key":"a","value":null}"#, "`null` is not a number"),
            (r#"{"key":"a"}"#, "missing field `value` at column 11"),
            (r#"{"key":"../a","value":1}"#, "`../a` cannot be a key"),
            (
                r#"{"key":"a","value":1,"run_id":"b"}"#,
                "unknown field `run_id`",
            ),
        ] {
            let error = Record::from_json(line).unwrap_err();
            assert!(error.starts_with(reason), "{line}: {error}");
        }
    }
}

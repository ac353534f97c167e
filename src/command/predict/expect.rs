//! What an answer was expected to hold. Whether that fails a command is decided elsewhere.

use regex::Regex;

/// The expectations that an answer does not meet, quoted.
pub(in crate::command) fn unmet(
    text: &str,
    expected: &[String],
    patterns: &[Regex],
) -> Vec<String> {
    let texts = expected
        .iter()
        .filter(|expected| !text.contains(expected.as_str()))
        .map(|expected| format!("`{expected}`"));
    let patterns = patterns
        .iter()
        .filter(|pattern| !pattern.is_match(text))
        .map(|pattern| format!("`/{pattern}/`"));
    texts.chain(patterns).collect()
}

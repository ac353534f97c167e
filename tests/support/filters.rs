//! Takes out of a text what changes from run to run, so that it can be compared with a snapshot.
//!
//! The order matters: the longest and most particular patterns come first.

use std::path::Path;
use std::sync::OnceLock;

use regex::Regex;

const PATTERNS: &[(&str, &str)] = &[
    (r"127\.0\.0\.1:\d+", "[SERVER]"),
    (r"\bm-[0-9a-f]{32}\b", "[MODEL_ID]"),
    (r"\b[0-9a-f]{64}\b", "[SHA256]"),
    (
        r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b",
        "[UUID]",
    ),
    (r"\b[0-9a-f]{32}\b", "[RUN_ID]"),
    (
        r"\b\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})?",
        "[TIME]",
    ),
    (r"\b1[789]\d{11}\b", "[MILLISECONDS]"),
    (
        r"\b\d+(\.\d+)? ?(B|kB|KB|MB|GB|KiB|MiB|GiB)(/s)?\b",
        "[SIZE]",
    ),
    (
        r"\b(\d+h )?(\d+m )?\d+(\.\d+)? ?(ns|µs|us|ms|s|seconds?|minutes?)\b",
        "[DURATION]",
    ),
    (
        r#""(seconds|load_ms|first_token_ms|tokens_per_second)":\s*[0-9.eE+-]+"#,
        r#""$1": [NUMBER]"#,
    ),
];

/// The text with every changing part replaced; `root` is the folder of the test.
pub(crate) fn apply(text: &str, root: &Path) -> String {
    static COMPILED: OnceLock<Vec<(Regex, &str)>> = OnceLock::new();
    let compiled = COMPILED.get_or_init(|| {
        let compile =
            |(pattern, name): &(&str, &'static str)| (Regex::new(pattern).unwrap(), *name);
        PATTERNS.iter().map(compile).collect()
    });
    let here = text
        .replace(root.join("work").to_str().unwrap(), "[WORK]")
        .replace(root.to_str().unwrap(), "[ROOT]")
        .replace(super::CRATE, "[CRATE]");
    compiled.iter().fold(here, |text, (pattern, name)| {
        pattern.replace_all(&text, *name).into_owned()
    })
}

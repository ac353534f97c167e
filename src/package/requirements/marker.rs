//! Environment markers, such as `python_version < "3.12" and sys_platform == "linux"`: whether pip can read one.
//!
//! Whether one holds anywhere is left to pip.

use std::sync::OnceLock;

use regex::Regex;

/// The variables, with the older spellings that are still read (`packaging/_tokenizer.py`, packaging 26.3).
const VARIABLES: [&str; 20] = [
    "python_version",
    "python_full_version",
    "os_name",
    "os.name",
    "sys_platform",
    "sys.platform",
    "platform_release",
    "platform_system",
    "platform_version",
    "platform.version",
    "platform_machine",
    "platform.machine",
    "platform_python_implementation",
    "platform.python_implementation",
    "python_implementation",
    "implementation_name",
    "implementation_version",
    "extra",
    "extras",
    "dependency_groups",
];

/// Whether a text is a marker as PEP 508 has it.
pub(super) fn is_marker(text: &str) -> bool {
    let mut words = Words { rest: text };
    alternatives(&mut words).is_some() && words.rest.trim().is_empty()
}

/// Comparisons with `and` and `or` between them; how tightly each binds says nothing about whether they can be read.
fn alternatives(words: &mut Words<'_>) -> Option<()> {
    loop {
        comparison(words)?;
        if !words.take(Word::Joint) {
            return Some(());
        }
    }
}

fn comparison(words: &mut Words<'_>) -> Option<()> {
    if words.take(Word::Open) {
        alternatives(words)?;
        return words.take(Word::Close).then_some(());
    }
    let is_whole = words.value() && words.take(Word::Operator) && words.value();
    is_whole.then_some(())
}

/// What a marker consists of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    Open,
    Close,
    Joint,
    Operator,
}

/// A marker that is being read.
struct Words<'a> {
    rest: &'a str,
}

impl Words<'_> {
    /// Goes on behind the next word, if it is such a one.
    fn take(&mut self, word: Word) -> bool {
        static PATTERNS: [OnceLock<Option<Regex>>; 4] = [const { OnceLock::new() }; 4];
        let pattern = match word {
            Word::Open => r"^\(",
            Word::Close => r"^\)",
            Word::Joint => r"^(?:and|or)\b",
            Word::Operator => r"^(?:===|==|~=|!=|<=|>=|<|>|in\b|not\s+in\b)",
        };
        let cell = PATTERNS.get(word as usize);
        let pattern = cell.and_then(|cell| super::line::pattern(cell, pattern));
        self.go_behind(pattern.and_then(|it| Some(it.find(self.rest.trim_start())?.len())))
    }

    /// Likewise, if it is a variable or a quoted text.
    fn value(&mut self) -> bool {
        static VALUE: OnceLock<Option<Regex>> = OnceLock::new();
        let rest = self.rest.trim_start();
        let found = super::line::pattern(&VALUE, r#"^(?:'[^']*'|"[^"]*"|[a-z_.]+\b)"#);
        let found = found.and_then(|it| it.find(rest)).map(|it| it.as_str());
        let is_value = |it: &&str| it.starts_with(['\'', '"']) || VARIABLES.contains(it);
        let length = found.filter(is_value).map(str::len);
        self.go_behind(length)
    }

    fn go_behind(&mut self, length: Option<usize>) -> bool {
        let rest = self.rest.trim_start();
        match length.and_then(|length| rest.get(length..)) {
            Some(behind) => {
                self.rest = behind;
                true
            }
            None => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_are_told_from_what_only_resembles_them() {
        for text in [
            "python_version<'3.9'",
            r#"(python_version >= "3" and os.name == "nt") or "x" in extras"#,
            "python_version not  in '3.9 3.10'",
            "python_version=='3'or os_name=='x'",
            "'3' === '3'",
        ] {
            assert!(is_marker(text), "{text}");
        }
        for text in [
            "",
            "python_version << '3.9'",
            "foo == 'x'",
            "python_version >= 3",
            "python_version >= '3' and",
            "(python_version >= '3'",
            "python_version >= '3')",
            "python_version >= '3",
            "python_version",
            "python_versions == '3'",
        ] {
            assert!(!is_marker(text), "{text}");
        }
    }
}

//! Version specifiers: whether pip can read one, and whether two of them exclude each other.
//!
//! Only plain versions such as `2.7.1` are compared; of all others nothing is claimed.

use std::cmp::Ordering;
use std::fmt;
use std::sync::OnceLock;

use regex::Regex;

use super::line::pattern;

/// An operator and a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Specifier {
    operator: &'static str,
    version: String,
}

/// Longer ones first, so that none is taken for the beginning of another.
const OPERATORS: [&str; 8] = ["===", "==", "~=", "!=", "<=", ">=", "<", ">"];

impl fmt::Display for Specifier {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}{}", self.operator, self.version)
    }
}

impl Specifier {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let operator = OPERATORS.into_iter().find(|it| text.starts_with(it))?;
        let version = text.strip_prefix(operator)?.trim();
        if !is_version(operator, version) {
            return None;
        }
        Some(Self {
            operator,
            version: version.to_owned(),
        })
    }

    /// The one version that it allows.
    fn pinned(&self) -> Option<Vec<u64>> {
        (self.operator == "==").then(|| release(&self.version))?
    }

    /// Whether it surely forbids this version.
    fn forbids(&self, version: &[u64]) -> bool {
        if let ("==", Some(prefix)) = (self.operator, self.version.strip_suffix(".*")) {
            return release(prefix).is_some_and(|prefix| !begins(version, &prefix));
        }
        let Some(limit) = release(&self.version) else {
            return false;
        };
        let order = compare(version, &limit);
        match self.operator {
            "==" => order != Ordering::Equal,
            "!=" => order == Ordering::Equal,
            "<=" => order == Ordering::Greater,
            ">=" => order == Ordering::Less,
            "<" => order != Ordering::Less,
            ">" => order != Ordering::Greater,
            "~=" => {
                let family = limit.split_last().map_or(&[][..], |(_, family)| family);
                order == Ordering::Less || !begins(version, family)
            }
            _ => false,
        }
    }
}

/// Whether a version may stand behind an operator (PEP 440, "Version specifiers"): wildcards and local labels only
/// where versions are equal or not, and two numbers at least where they are compatible.
fn is_version(operator: &str, version: &str) -> bool {
    static VERSION: OnceLock<Option<Regex>> = OnceLock::new();
    static WILD: OnceLock<Option<Regex>> = OnceLock::new();
    let parts = pattern(
        &VERSION,
        r"(?xi)^v?(?:[0-9]+!)?[0-9]+(?P<further>(?:\.[0-9]+)*)
          (?:[-_.]?(?:alpha|beta|preview|pre|a|b|c|rc)[-_.]?[0-9]*)?
          (?:-[0-9]+|[-_.]?(?:post|rev|r)[-_.]?[0-9]*)?
          (?:[-_.]?dev[-_.]?[0-9]*)?
          (?P<local>\+[a-z0-9]+(?:[-_.][a-z0-9]+)*)?$",
    );
    let wild = pattern(&WILD, r"(?i)^v?(?:[0-9]+!)?[0-9]+(?:\.[0-9]+)*\.\*$");
    let parts = parts.and_then(|it| it.captures(version));
    let has = |name: &str| {
        let part = parts.as_ref().and_then(|parts| parts.name(name));
        part.is_some_and(|part| !part.is_empty())
    };
    match operator {
        "===" => !version.is_empty() && !version.contains(char::is_whitespace),
        "==" | "!=" => parts.is_some() || wild.is_some_and(|it| it.is_match(version)),
        "~=" => has("further") && !has("local"),
        _ => parts.is_some() && !has("local"),
    }
}

/// Whether no version satisfies both, as far as one of them is pinned.
pub(super) fn exclude_each_other(one: &[Specifier], other: &[Specifier]) -> bool {
    let clash = |pins: &[Specifier], limits: &[Specifier]| {
        let pinned = pins.iter().filter_map(Specifier::pinned);
        let mut pinned = pinned.collect::<Vec<_>>().into_iter();
        pinned.any(|version| limits.iter().any(|limit| limit.forbids(&version)))
    };
    clash(one, other) || clash(other, one)
}

/// The numbers of a plain version; a local label such as `+cu128` says nothing about the order.
fn release(version: &str) -> Option<Vec<u64>> {
    let (version, _) = version.split_once('+').unwrap_or((version, ""));
    version.split('.').map(|part| part.parse().ok()).collect()
}

fn compare(one: &[u64], other: &[u64]) -> Ordering {
    let length = one.len().max(other.len());
    let padded = |version: &[u64]| {
        let zeros = std::iter::repeat(0);
        version
            .iter()
            .copied()
            .chain(zeros)
            .take(length)
            .collect::<Vec<_>>()
    };
    padded(one).cmp(&padded(other))
}

fn begins(version: &[u64], prefix: &[u64]) -> bool {
    let head: Vec<_> = version.iter().copied().take(prefix.len()).collect();
    compare(&head, prefix) == Ordering::Equal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_those_of_pep_440() {
        for text in [
            "==1.*",
            "==v1!2.0rc1.post2.dev3+cu.128",
            "== 1.0-1",
            "!=1.0.*",
            "~=1.4",
            "===weird",
            ">1",
        ] {
            assert!(Specifier::parse(text).is_some(), "{text}");
        }
        for text in [
            ">=1.*",
            "~=1",
            "==1.x",
            ">1+local",
            "==1.0.*.*",
            "==1.0a1.*",
            "==",
            "=1",
            "===a b",
        ] {
            assert!(Specifier::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn only_what_surely_clashes_is_said_to() {
        let list = |text: &str| -> Vec<_> {
            let parts = text.split(',').filter(|it| !it.is_empty());
            parts.map(|it| Specifier::parse(it).unwrap()).collect()
        };
        for (one, other, clashes) in [
            ("==1.0", "==1", false),
            ("==1.0", "==2.0", true),
            ("==2.7.1+cu128", "==2.7.1", false),
            ("==1.5", ">=1,<2", false),
            (">=1,<2", "==2.0", true),
            ("==1.4.7", "~=1.4.2", false),
            ("==1.5.0", "~=1.4.2", true),
            ("==1.5.0", "==1.5.*", false),
            ("==1.6.0", "==1.5.*", true),
            ("==1.5", "!=1.5.0", true),
            ("==1.0rc1", "<1", false),
            (">=2", "<1", false),
            ("", "==1", false),
        ] {
            let clash = exclude_each_other(&list(one), &list(other));
            assert_eq!(clash, clashes, "{one} and {other}");
        }
    }
}

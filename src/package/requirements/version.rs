//! Version specifiers, as far as it takes to see that two of them exclude each other.
//!
//! Only plain versions such as `2.7.1` are compared; of all others nothing is claimed.

use std::cmp::Ordering;
use std::fmt;

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
        let is_part = |it: char| it.is_ascii_alphanumeric() || "._-+!*".contains(it);
        if version.is_empty() || !version.chars().all(is_part) {
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

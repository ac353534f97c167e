//! Which bytes of a file are here: a set of spans that do not touch.

use std::collections::BTreeMap;

/// A set of bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Intervals(BTreeMap<u64, u64>);

impl Intervals {
    /// Adds the bytes from `start` up to, but without, `end`.
    pub(super) fn add(&mut self, mut start: u64, mut end: u64) {
        if start >= end {
            return;
        }
        while let Some((&from, &to)) = self.0.range(..=end).next_back() {
            if to < start {
                break;
            }
            self.0.remove(&from);
            start = start.min(from);
            end = end.max(to);
        }
        self.0.insert(start, end);
    }

    /// Up to where all bytes are here.
    pub(super) fn prefix(&self) -> u64 {
        self.0.get(&0).copied().unwrap_or(0)
    }

    /// Up to where all bytes from this one on are here, if this one is.
    pub(super) fn end_of(&self, at: u64) -> Option<u64> {
        let (_, end) = self.0.range(..=at).next_back()?;
        Some(*end).filter(|end| *end > at)
    }

    /// The end of the last of them.
    pub(super) fn end(&self) -> Option<u64> {
        self.0.last_key_value().map(|(_, end)| *end)
    }

    /// How many bytes there are.
    pub(super) fn total(&self) -> u64 {
        self.0.iter().map(|(start, end)| end - start).sum()
    }

    /// What is missing below `length`, in pieces no longer than `longest`.
    pub(super) fn gaps(&self, length: u64, longest: u64) -> Vec<(u64, u64)> {
        let mut gaps = Vec::new();
        let mut at = 0;
        let ends = self.0.iter().map(|(start, end)| (*start, *end));
        for (start, end) in ends.chain([(length, length)]) {
            while at < start.min(length) {
                let to = start.min(length).min(at.saturating_add(longest.max(1)));
                gaps.push((at, to));
                at = to;
            }
            at = at.max(end);
        }
        gaps
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_knows_each_byte(spans in proptest::collection::vec((0_u64..60, 0_u64..20), 0..12)) {
            let mut intervals = Intervals::default();
            let mut bytes = [false; 80];
            for (start, length) in spans {
                intervals.add(start, start + length);
                bytes[usize::try_from(start).unwrap()..usize::try_from(start + length).unwrap()].fill(true);
            }
            let here = bytes.iter().filter(|byte| **byte).count();
            prop_assert_eq!(intervals.total(), here as u64);
            let prefix = bytes.iter().take_while(|byte| **byte).count();
            prop_assert_eq!(intervals.prefix(), prefix as u64);
            let mut missing = [true; 80];
            for (start, end) in intervals.gaps(80, 7) {
                prop_assert!(start < end && end - start <= 7);
                missing[usize::try_from(start).unwrap()..usize::try_from(end).unwrap()].fill(false);
            }
            prop_assert_eq!(missing, bytes);
        }
    }
}

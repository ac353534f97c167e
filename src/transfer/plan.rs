//! How a file is cut into parts: a pure function of its length and of what the store demands.

use crate::artifacts::Limits;

/// Parts of one length, the last of which may be shorter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Plan {
    /// The length of the file.
    pub(super) length: u64,
    /// The length of a part.
    pub(super) part: u64,
}

/// Lengths are rounded up to whole mebibytes, so that the last part is the only odd one.
const STEP: u64 = 1 << 20;

impl Plan {
    /// The usual parts, or longer ones where there would be too many; `None` if no parts do.
    pub(super) fn new(length: u64, limits: &Limits) -> Option<Self> {
        let most = limits.most.max(1);
        let usual = limits.usual.max(1);
        let part = if length.div_ceil(usual) <= most {
            usual
        } else {
            length.div_ceil(most).div_ceil(STEP).saturating_mul(STEP)
        };
        (part <= limits.longest).then_some(Self { length, part })
    }

    /// How many parts there are. An empty file is one empty part.
    pub(super) fn count(&self) -> u64 {
        self.length.div_ceil(self.part).max(1)
    }

    /// Where a part begins and how long it is. The first is number 1.
    pub(super) fn span(&self, number: u64) -> (u64, u64) {
        let start = self.part.saturating_mul(number.saturating_sub(1));
        let start = start.min(self.length);
        (start, self.part.min(self.length - start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn parts_grow_with_the_file_until_s3_takes_no_larger_one() {
        let limits = Limits::s3(10 << 20);
        let part = |length| Plan::new(length, &limits).map(|plan| plan.part >> 20);
        assert_eq!(part(1), Some(10));
        assert_eq!(part(97 << 30), Some(10));
        assert_eq!(part(98 << 30), Some(11));
        assert_eq!(part(5 << 40), Some(525));
        assert_eq!(part(50 << 40), None);
    }

    proptest! {
        #[test]
        fn all_bytes_are_in_one_part_each(
            length in 0_u64..1 << 50,
            usual in 1_u64..1 << 30,
            most in 1_u64..20_000,
        ) {
            let limits = Limits { usual, longest: 5 << 30, most, in_memory: false };
            if let Some(plan) = Plan::new(length, &limits) {
                let count = plan.count();
                prop_assert!(count <= most);
                let (last_start, last) = plan.span(count);
                prop_assert_eq!(last_start + last, length);
                let (start, size) = plan.span(count / 2 + 1);
                prop_assert!(size <= limits.longest && start + size <= length);
                prop_assert_eq!(plan.span(1).0, 0);
            }
        }
    }
}

//! Sizes as people write them on a command line: `20GB`, `1.5 GiB`, `500000`.
//!
//! How sizes are shown is the terminal's business.

use std::fmt;
use std::str::FromStr;

/// A number of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Size(pub u64);

impl fmt::Display for Size {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// A text that is no size.
#[derive(Debug, Clone, thiserror::Error)]
#[error("`{0}` is not a size: write `20GB`, `500MB`, `1.5GiB` or a number of bytes")]
pub struct NotASize(String);

impl FromStr for Size {
    type Err = NotASize;

    fn from_str(text: &str) -> Result<Self, NotASize> {
        let wrong = || NotASize(text.to_owned());
        let trimmed = text.trim();
        let end = trimmed.find(|it: char| !it.is_ascii_digit() && it != '.');
        let (number, unit) = trimmed.split_at(end.unwrap_or(trimmed.len()));
        let unit = unit_of(unit.trim()).ok_or_else(wrong)?;
        if let Ok(whole) = number.parse::<u64>() {
            return whole.checked_mul(unit).map(Self).ok_or_else(wrong);
        }
        let number: f64 = number.parse().map_err(|_| wrong())?;
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "who writes `1.5GB` does not count bytes"
        )]
        let bytes = (number * unit as f64) as u64;
        Ok(Self(bytes))
    }
}

fn unit_of(unit: &str) -> Option<u64> {
    let unit = unit.to_ascii_lowercase();
    let (step, letter) = match unit.strip_suffix("ib") {
        Some(letter) => (1024_u64, letter),
        None => (1000, unit.strip_suffix('b').unwrap_or(&unit)),
    };
    let power = match letter {
        "" if step == 1000 => 0,
        "k" => 1,
        "m" => 2,
        "g" => 3,
        "t" => 4,
        _ => return None,
    };
    Some(step.pow(power))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_as_people_write_them() {
        let cases = [
            ("0", 0),
            ("12", 12),
            ("12 B", 12),
            ("20GB", 20_000_000_000),
            ("20 gb", 20_000_000_000),
            ("20G", 20_000_000_000),
            ("1.5GiB", 3 << 29),
            ("4kib", 4096),
            ("2T", 2_000_000_000_000),
        ];
        for (text, expected) in cases {
            assert_eq!(text.parse::<Size>().unwrap().0, expected, "{text}");
        }
        for text in [
            "",
            "GB",
            "-1",
            "1XB",
            "ib",
            "1.2.3",
            "99999999999TB",
            "12 34",
        ] {
            text.parse::<Size>().unwrap_err();
        }
    }
}

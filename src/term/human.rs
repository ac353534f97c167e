//! Sizes and durations as people write them.

use std::time::Duration;

use crate::command::{Carried, Direction};

/// `1.2 MB`: powers of ten, as disks and networks are sold.
pub(super) fn bytes(count: u64) -> String {
    indicatif::DecimalBytes(count).to_string()
}

/// `240 ms`, `2.4 s`, `1m 12s`.
pub(super) fn duration(duration: Duration) -> String {
    let seconds = duration.as_secs();
    if seconds >= 60 {
        format!("{}m {:02}s", seconds / 60, seconds % 60)
    } else if seconds >= 1 {
        format!("{:.1} s", duration.as_secs_f64())
    } else {
        format!("{} ms", duration.as_millis())
    }
}

/// `8 s`, `1m 12s`: where less than a second does not matter.
pub(super) fn whole(time: Duration) -> String {
    match time.as_secs() {
        seconds if seconds >= 60 => duration(time),
        seconds => format!("{seconds} s"),
    }
}

/// A length of time that a server tells; clocks that disagree may make it negative.
pub(super) fn span(milliseconds: i64) -> Duration {
    Duration::from_millis(milliseconds.try_into().unwrap_or_default())
}

/// `2026-11-23 07:10:28 UTC`.
pub(super) fn time(moment: i64) -> String {
    match jiff::Timestamp::from_millisecond(moment) {
        Ok(time) => format!("{} UTC", time.strftime("%Y-%m-%d %H:%M:%S")),
        Err(_) => moment.to_string(),
    }
}

/// How long ago that was, in its largest unit: `12 s`, `5 min`, `3 h`, `8 days`.
pub(super) fn age(moment: i64) -> String {
    let now = jiff::Timestamp::now().as_millisecond();
    since(span(now.saturating_sub(moment)))
}

fn since(past: Duration) -> String {
    let seconds = past.as_secs();
    match seconds {
        0..=59 => format!("{seconds} s"),
        60..=3599 => format!("{} min", seconds / 60),
        3600..=86_399 => format!("{} h", seconds / 3600),
        _ => count(seconds / 86_400, "day"),
    }
}

/// `0.25`, `1e-7`: as short as it can be without losing anything.
pub(super) fn number(number: f64) -> String {
    let size = number.abs();
    if size != 0.0 && !(1e-4..1e15).contains(&size) && number.is_finite() {
        format!("{number:e}")
    } else {
        number.to_string()
    }
}

/// A number in at most eleven characters.
pub(super) fn short(value: f64) -> String {
    let whole = number(value);
    if whole.len() <= 11 {
        return whole;
    }
    if whole.contains('e') {
        return format!("{value:.4e}");
    }
    let rounded = format!("{value:.4}");
    rounded
        .trim_end_matches('0')
        .trim_end_matches('.')
        .to_owned()
}

/// `sent 12 files, 3.1 GB in 12.4 s (250 MB/s); 4 files with 1.2 GB in place already; 2 retries`.
pub(super) fn carried(carried: &Carried) -> String {
    let verb = match carried.direction {
        Direction::Upload => "sent",
        Direction::Download => "fetched",
    };
    let moved = carried.bytes.saturating_sub(carried.reused_bytes);
    let files = carried.files.saturating_sub(carried.reused_files);
    let mut parts = vec![format!(
        "{verb} {}, {} in {} ({}/s)",
        count(files, "file"),
        bytes(moved),
        duration(Duration::try_from_secs_f64(carried.seconds).unwrap_or_default()),
        bytes(carried.bytes_per_second),
    )];
    if carried.reused_files > 0 {
        let files = count(carried.reused_files, "file");
        let bytes = bytes(carried.reused_bytes);
        parts.push(format!("{files} with {bytes} in place already"));
    }
    match carried.retries {
        0 => {}
        1 => parts.push("1 retry".to_owned()),
        retries => parts.push(format!("{retries} retries")),
    }
    parts.join("; ")
}

/// `1 file`, `2 files`.
pub(super) fn count(number: u64, thing: &str) -> String {
    if number == 1 {
        format!("1 {thing}")
    } else {
        format!("{number} {thing}s")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_in_their_largest_unit() {
        let shown =
            [0, 59, 60, 7199, 86_400, 200_000].map(|seconds| since(Duration::from_secs(seconds)));
        assert_eq!(shown, ["0 s", "59 s", "1 min", "1 h", "1 day", "2 days"]);
        assert_eq!(time(0), "1970-01-01 00:00:00 UTC");
    }

    #[test]
    fn labels_are_shorter_still() {
        let shown = [0.999_999_999_9, -12.345_678_901_2, 1.797_693_134_8e308, 2.5].map(short);
        assert_eq!(shown, ["1", "-12.3457", "1.7977e308", "2.5"]);
    }

    #[test]
    fn numbers_are_short() {
        let shown = [0.25, 1e-7, 100_000.0, f64::NAN, 1e20, 0.0].map(number);
        assert_eq!(shown, ["0.25", "1e-7", "100000", "NaN", "1e20", "0"]);
    }

    #[test]
    fn durations_are_short() {
        let shown = [0, 999, 1000, 59_940, 72_000].map(|ms| duration(Duration::from_millis(ms)));
        assert_eq!(shown, ["0 ms", "999 ms", "1.0 s", "59.9 s", "1m 12s"]);
    }
}

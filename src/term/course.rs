//! How far a step has come, since when nothing moves and what is waited for, and the line that says so.
//!
//! It draws nothing and has no clock: the moment is told to it.

use std::time::{Duration, Instant};

use super::human;
use crate::command::Again;

/// What takes less needs no progress.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often a pipe is told.
const LINE_EVERY: Duration = Duration::from_secs(10);

/// A step on its way.
#[derive(Debug)]
pub(super) struct Course {
    step: String,
    started: Instant,
    /// When the last line was due, or the step began.
    told: Instant,
    /// When bytes moved last.
    moved_at: Instant,
    /// How much was moved when the last line was told.
    moved_then: u64,
    planned: u64,
    moved: u64,
    /// The step was named on stderr, since it took long enough.
    is_named: bool,
    /// Another attempt, and when it is made.
    again: Option<(Again, Instant)>,
}

impl Course {
    /// A step that begins.
    pub(super) fn start(step: String, now: Instant) -> Self {
        Self {
            step,
            started: now,
            told: now,
            moved_at: now,
            moved_then: 0,
            planned: 0,
            moved: 0,
            is_named: false,
            again: None,
        }
    }

    /// More is to be moved.
    pub(super) fn plan(&mut self, bytes: u64) {
        self.planned += bytes;
    }

    /// So much was moved.
    pub(super) fn advance(&mut self, bytes: u64, now: Instant) {
        self.moved += bytes;
        self.moved_at = now;
    }

    /// So much of so much is done.
    pub(super) fn reach(&mut self, done: u64, total: u64, now: Instant) {
        self.planned = total;
        self.moved = done;
        self.moved_at = now;
    }

    /// A request is sent again after a wait.
    pub(super) fn wait(&mut self, again: Again, now: Instant) {
        self.again = Some((again, now + again.wait));
    }

    /// All that was planned is done: what follows in this step is no transfer.
    pub(super) fn arrive(&mut self) {
        (self.planned, self.moved, self.moved_then) = (0, 0, 0);
    }

    /// What is to be moved in all.
    pub(super) fn planned(&self) -> u64 {
        self.planned
    }

    /// What was moved. What is sent once more after a broken connection counts once.
    pub(super) fn moved(&self) -> u64 {
        self.moved.min(self.planned)
    }

    /// The line that is due, if one is: as long as there is something to move, and while something is waited for.
    pub(super) fn line(&mut self, now: Instant) -> Option<String> {
        let due = if self.is_named { LINE_EVERY } else { PATIENCE };
        let again = self.again.filter(|(_, moment)| *moment > now);
        let is_under_way = self.planned > 0 || again.is_some();
        if !is_under_way || now.duration_since(self.told) < due {
            return None;
        }
        self.told = now;
        self.is_named = true;
        let is_still = self.moved == self.moved_then;
        self.moved_then = self.moved;
        let standing = match again {
            Some((again, moment)) if is_still => Some(waiting(again, moment.duration_since(now))),
            _ if is_still => Some(format!(
                "nothing moved for {}",
                human::whole(now.duration_since(self.moved_at))
            )),
            _ => None,
        };
        Some(
            [Some(self.head(now)), standing]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join("; "),
        )
    }

    fn head(&self, now: Instant) -> String {
        if self.planned == 0 {
            return self.step.clone();
        }
        let seconds = now.duration_since(self.started).as_secs_f64();
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a rate that is only shown"
        )]
        let rate = (self.moved() as f64 / seconds) as u64;
        format!(
            "{}: {} of {}, {}/s",
            self.step,
            human::bytes(self.moved()),
            human::bytes(self.planned),
            human::bytes(rate)
        )
    }
}

fn waiting(again: Again, left: Duration) -> String {
    let Again { retry, because, .. } = again;
    let left = human::whole(left);
    format!("waiting for the server ({because}), retry {retry} in {left}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::Reason;

    /// The lines that somebody sees who looks each second.
    fn lines(
        course: &mut Course,
        from: Instant,
        seconds: std::ops::RangeInclusive<u64>,
    ) -> Vec<(u64, String)> {
        seconds
            .filter_map(|second| Some((second, course.line(from + Duration::from_secs(second))?)))
            .collect()
    }

    #[test]
    fn a_line_comes_each_ten_seconds_whether_anything_moves_or_not() {
        let start = Instant::now();
        let mut course = Course::start("uploading".to_owned(), start);
        assert_eq!(
            lines(&mut course, start, 0..=30),
            [],
            "there is nothing to move yet"
        );
        course.plan(4000);
        course.advance(1000, start + Duration::from_millis(500));
        let told = lines(&mut course, start, 1..=25);
        let expected = [
            (1, "uploading: 1.00 kB of 4.00 kB, 1.00 kB/s"),
            (
                11,
                "uploading: 1.00 kB of 4.00 kB, 90 B/s; nothing moved for 10 s",
            ),
            (
                21,
                "uploading: 1.00 kB of 4.00 kB, 47 B/s; nothing moved for 20 s",
            ),
        ];
        assert_eq!(told, expected.map(|(at, line)| (at, line.to_owned())));
        course.arrive();
        assert_eq!(lines(&mut course, start, 26..=99), [], "it is done");
    }

    #[test]
    fn it_is_told_what_is_waited_for() {
        let start = Instant::now();
        let at = |second| start + Duration::from_secs(second);
        let mut course = Course::start("uploading".to_owned(), start);
        course.plan(4000);
        let again = |retry, wait, because| Again {
            retry,
            wait: Duration::from_secs(wait),
            because,
        };
        course.wait(again(3, 20, Reason::Status(503)), at(1));
        let line = course.line(at(13)).unwrap();
        assert!(
            line.ends_with("; waiting for the server (status 503), retry 3 in 8 s"),
            "{line}"
        );
        // It was made, and nothing came of it yet.
        let line = course.line(at(23)).unwrap();
        assert!(line.ends_with("; nothing moved for 23 s"), "{line}");
        course.wait(again(4, 60, Reason::Unreachable), at(24));
        course.advance(1000, at(25));
        let line = course.line(at(33)).unwrap();
        assert!(line.ends_with("B/s"), "others move: {line}");
        // Where there is nothing to move.
        let mut course = Course::start("creating".to_owned(), start);
        course.wait(again(1, 9, Reason::Broken), at(1));
        let line = course.line(at(2)).unwrap();
        assert_eq!(
            line,
            "creating; waiting for the server (the connection broke off), retry 1 in 8 s"
        );
    }
}

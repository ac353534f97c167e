//! When a request is sent again, and after how long: one pure function and its numbers.
//!
//! It neither sleeps nor draws random numbers; the client does both.

use std::time::Duration;

use reqwest::header::HeaderValue;

/// No single wait is longer (urllib3's `backoff_max`, to which MLflow sets nothing else).
const LONGEST_WAIT: Duration = Duration::from_mins(2);

/// All waits of one request together; a server that asks for more is treated as down.
const PATIENCE: Duration = Duration::from_mins(10);

/// How often an address that never answered yet is tried again, and the longest wait before it.
///
/// MLflow's client goes on for four minutes, but a port that was mistyped does not get better.
const RETRIES_OF_A_STRANGER: u32 = 3;
const WAIT_FOR_A_STRANGER: Duration = Duration::from_secs(1);

/// How often a 500 is tried again, and the longest wait before it: about ten seconds for what may be a hiccup of
/// a store behind the server (`s3_artifact_repo.py` makes `INTERNAL_ERROR` of every answer it does not know).
///
/// Most 500s stay, and nothing in them tells which: MLflow says `INTERNAL_ERROR` for a `model_id` that is not
/// there, for a tag that cannot be parsed and for a mistake of its own, and Flask makes a page of any other
/// exception. What passes comes under other numbers: a database that is locked or away is a 503 (`OperationalError`
/// is `TEMPORARILY_UNAVAILABLE` in `mlflow/store/db/utils.py`, 3.17.2), a limit is 429, and a proxy whose server is
/// away says 502, 503 or 504. Those keep all the patience; so does a 500 that says when to come back.
const RETRIES_OF_A_500: u32 = 3;
const WAIT_AFTER_A_500: Duration = Duration::from_secs(4);

/// Whether sending a request twice does harm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeat {
    /// Twice is as good as once: again after 408, 429, 500 (not for long), 502, 503, 504, resets and failed
    /// connections.
    Freely,
    /// Twice would make two of something: again only when the server said or it is clear that nothing was
    /// done, which is after 408, 429 and failed connections (`mlflow/utils/request_utils.py`, MLflow 3.17).
    OnlyIfNotArrived,
}

/// How patient to be: MLflow's four settings of the same names.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// `MLFLOW_HTTP_REQUEST_MAX_RETRIES`: how many times a request is sent again.
    pub max_retries: u32,
    /// `MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR`, in seconds.
    pub backoff_factor: f64,
    /// `MLFLOW_HTTP_REQUEST_BACKOFF_JITTER`: up to this many seconds are added to each wait.
    pub backoff_jitter: f64,
    /// `MLFLOW_HTTP_RESPECT_RETRY_AFTER_HEADER`: whether the server's own wish comes first.
    pub respect_retry_after: bool,
}

impl Default for Policy {
    /// MLflow's defaults (`mlflow/environment_variables.py`, 3.17.2).
    fn default() -> Self {
        Self {
            max_retries: 7,
            backoff_factor: 2.0,
            backoff_jitter: 1.0,
            respect_retry_after: true,
        }
    }
}

impl Policy {
    /// A policy for what must not take long: two more attempts at most, soon after one another.
    #[must_use]
    pub fn brisk(&self) -> Self {
        Self {
            max_retries: self.max_retries.min(2),
            backoff_factor: self.backoff_factor.min(0.2),
            backoff_jitter: self.backoff_jitter.min(0.2),
            ..self.clone()
        }
    }

    /// A policy that never sends anything twice.
    pub fn never() -> Self {
        Self {
            max_retries: 0,
            ..Self::default()
        }
    }

    /// The wait before the retry with this number, counted from 0: nothing, then factor·2, factor·4, …
    ///
    /// This is urllib3's schedule (`Retry.get_backoff_time`), jitter included. `random` is in `0.0..1.0`.
    pub(super) fn backoff(&self, retry: u32, random: f64) -> Duration {
        if retry == 0 {
            return Duration::ZERO;
        }
        let exponent = i32::try_from(retry).unwrap_or(i32::MAX);
        let seconds = self.backoff_factor * 2_f64.powi(exponent) + random * self.backoff_jitter;
        Duration::try_from_secs_f64(seconds)
            .unwrap_or(LONGEST_WAIT)
            .min(LONGEST_WAIT)
    }
}

/// What one attempt came to, if not to an answer that pleases.
#[derive(Debug, Clone, Copy)]
pub enum Happening {
    /// No connection came about, so that nothing was sent.
    Unreachable {
        /// Whether this address answered anything since the program started.
        known: bool,
    },
    /// The connection broke, or there was silence; the request may have arrived.
    Broken {
        /// Whether this address answered anything since the program started.
        known: bool,
    },
    /// An answer that is no success.
    Status {
        /// Its code.
        status: u16,
        /// How long the server wishes to be left alone.
        retry_after: Option<Duration>,
        /// Whether the server gave a reason that will not pass.
        permanent: bool,
    },
}

/// What to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Send it again after this wait.
    Again(Duration),
    /// Give up.
    Fail,
}

/// How far a request has come: what was tried before this happening.
#[derive(Debug, Clone, Copy, Default)]
pub struct Progress {
    /// How many times it was sent again.
    pub retries: u32,
    /// The sum of all waits.
    pub waited: Duration,
}

/// Whether a request goes out again after this happening. `random` is in `0.0..1.0`.
pub fn verdict(
    policy: &Policy,
    repeat: Repeat,
    progress: Progress,
    happening: Happening,
    random: f64,
) -> Verdict {
    if progress.retries >= policy.max_retries || !may_pass(repeat, happening) {
        return Verdict::Fail;
    }
    let backoff = policy.backoff(progress.retries, random);
    let wait = match happening {
        Happening::Unreachable { known: false } | Happening::Broken { known: false } => {
            if progress.retries >= RETRIES_OF_A_STRANGER {
                return Verdict::Fail;
            }
            backoff.min(WAIT_FOR_A_STRANGER)
        }
        Happening::Status {
            retry_after: Some(wish),
            ..
        } if policy.respect_retry_after => wish.min(LONGEST_WAIT),
        Happening::Status { status: 500, .. } => {
            if progress.retries >= RETRIES_OF_A_500 {
                return Verdict::Fail;
            }
            backoff.min(WAIT_AFTER_A_500)
        }
        _ => backoff,
    };
    if progress.waited.saturating_add(wait) > PATIENCE {
        Verdict::Fail
    } else {
        Verdict::Again(wait)
    }
}

/// Whether it may end differently next time, and trying does no harm.
fn may_pass(repeat: Repeat, happening: Happening) -> bool {
    match happening {
        Happening::Unreachable { .. } => true,
        Happening::Broken { .. } => repeat == Repeat::Freely,
        Happening::Status {
            status, permanent, ..
        } => {
            let passing = match status {
                408 | 429 => true,
                500 | 502 | 503 | 504 => repeat == Repeat::Freely,
                _ => false,
            };
            passing && !permanent
        }
    }
}

/// Reads a `Retry-After` header: seconds, or a date (RFC 9110, 10.2.3). A date that is past means now.
pub fn retry_after(value: &HeaderValue, now: jiff::Timestamp) -> Option<Duration> {
    let text = value.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let moment = jiff::fmt::rfc2822::parse(text).ok()?.timestamp();
    Some(Duration::try_from(moment.duration_since(now)).unwrap_or(Duration::ZERO))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn status(status: u16) -> Happening {
        Happening::Status {
            status,
            retry_after: None,
            permanent: false,
        }
    }

    fn after(retries: u32) -> Progress {
        Progress {
            retries,
            waited: Duration::ZERO,
        }
    }

    fn first(repeat: Repeat, happening: Happening) -> bool {
        verdict(&Policy::default(), repeat, after(0), happening, 0.0) != Verdict::Fail
    }

    #[test]
    fn the_waits_are_those_of_the_python_client() {
        let waits: Vec<u64> = (0..7)
            .map(|retry| Policy::default().backoff(retry, 0.0).as_secs())
            .collect();
        assert_eq!(waits, [0, 4, 8, 16, 32, 64, 120]);
        let jittered = Policy::default().backoff(1, 0.5);
        assert_eq!(jittered, Duration::from_millis(4500));
    }

    #[test]
    fn what_would_make_two_of_something_is_repeated_only_if_nothing_was_done() {
        for code in [500, 502, 503, 504] {
            assert!(first(Repeat::Freely, status(code)));
            assert!(!first(Repeat::OnlyIfNotArrived, status(code)));
        }
        for code in [408, 429] {
            assert!(first(Repeat::OnlyIfNotArrived, status(code)));
        }
        for code in [400, 401, 403, 404, 409, 501, 505] {
            assert!(!first(Repeat::Freely, status(code)));
        }
        let broken = Happening::Broken { known: true };
        assert!(first(Repeat::Freely, broken));
        assert!(!first(Repeat::OnlyIfNotArrived, broken));
        let unreachable = Happening::Unreachable { known: true };
        assert!(first(Repeat::OnlyIfNotArrived, unreachable));
    }

    #[test]
    fn a_reason_that_does_not_pass_is_final() {
        let happening = Happening::Status {
            status: 500,
            retry_after: None,
            permanent: true,
        };
        assert!(!first(Repeat::Freely, happening));
    }

    #[test]
    fn a_500_is_given_up_soon_unless_it_says_when_to_come_back() {
        let policy = Policy::default();
        let waits = |happening| -> Vec<Verdict> {
            let retry = |retry| verdict(&policy, Repeat::Freely, after(retry), happening, 0.0);
            (0..7).map(retry).collect()
        };
        let again = |seconds| Verdict::Again(Duration::from_secs(seconds));
        let soon = waits(status(500));
        assert_eq!(soon[..4], [again(0), again(4), again(4), Verdict::Fail]);
        let asked = Happening::Status {
            status: 500,
            retry_after: Some(Duration::from_secs(9)),
            permanent: false,
        };
        assert_eq!(waits(asked), [again(9); 7]);
        assert_eq!(waits(status(503))[6], again(120));
    }

    #[test]
    fn an_address_that_never_answered_is_given_up_within_seconds() {
        let policy = Policy::default();
        for stranger in [
            Happening::Unreachable { known: false },
            Happening::Broken { known: false },
        ] {
            let waits: Vec<Verdict> = (0..4)
                .map(|retry| verdict(&policy, Repeat::Freely, after(retry), stranger, 0.9))
                .collect();
            let expected = [
                Verdict::Again(Duration::ZERO),
                Verdict::Again(WAIT_FOR_A_STRANGER),
                Verdict::Again(WAIT_FOR_A_STRANGER),
                Verdict::Fail,
            ];
            assert_eq!(waits, expected);
        }
    }

    #[test]
    fn retry_after_is_read_in_both_forms() {
        let now = "2024-05-01T12:00:00Z".parse().unwrap();
        let read = |text: &'static str| retry_after(&HeaderValue::from_static(text), now);
        assert_eq!(read(" 7 "), Some(Duration::from_secs(7)));
        let date = "Wed, 01 May 2024 12:00:30 GMT";
        assert_eq!(read(date), Some(Duration::from_secs(30)));
        let past = "Wed, 01 May 2024 11:00:30 GMT";
        assert_eq!(read(past), Some(Duration::ZERO));
        assert_eq!(read("soon"), None);
        assert_eq!(read("-3"), None);
    }

    #[test]
    fn the_wish_of_the_server_comes_before_the_schedule_and_is_capped() {
        let asked = |seconds| Happening::Status {
            status: 503,
            retry_after: Some(Duration::from_secs(seconds)),
            permanent: false,
        };
        let answer = |policy: &Policy, seconds| {
            verdict(policy, Repeat::Freely, after(1), asked(seconds), 0.0)
        };
        let policy = Policy::default();
        assert_eq!(answer(&policy, 2), Verdict::Again(Duration::from_secs(2)));
        assert_eq!(answer(&policy, 9999), Verdict::Again(LONGEST_WAIT));
        let deaf = Policy {
            respect_retry_after: false,
            ..policy
        };
        assert_eq!(answer(&deaf, 2), Verdict::Again(Duration::from_secs(4)));
    }

    proptest! {
        #[test]
        fn it_always_ends(
            max_retries in 0_u32..50,
            backoff_factor in 0.0..1e9_f64,
            backoff_jitter in 0.0..1e9_f64,
            wish in proptest::option::of(0_u64..u64::MAX),
            random in 0.0..1.0_f64,
            code in 100_u16..600,
        ) {
            let policy = Policy { max_retries, backoff_factor, backoff_jitter, respect_retry_after: true };
            let happening = Happening::Status {
                status: code,
                retry_after: wish.map(Duration::from_secs),
                permanent: false,
            };
            let mut progress = Progress::default();
            while let Verdict::Again(wait) =
                verdict(&policy, Repeat::Freely, progress, happening, random)
            {
                prop_assert!(wait <= LONGEST_WAIT);
                progress.retries += 1;
                progress.waited += wait;
                prop_assert!(progress.retries <= max_retries && progress.waited <= PATIENCE);
            }
        }
    }
}

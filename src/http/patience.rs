//! The rules by which requests are sent again, for rooms whose requests are sent by other hands.
//!
//! It sends nothing itself and knows no answers; what came of an attempt is told to it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use super::client::{Settings, random};
use super::notice::Listener;
use super::retry::{Happening, Policy, Progress, Repeat, Verdict, verdict};

/// How patient to be, and how often that was needed. Clones count together.
#[derive(Debug, Clone)]
pub struct Patience {
    policy: Policy,
    idle: Duration,
    is_known: Arc<AtomicBool>,
    repeats: Arc<AtomicU64>,
    listener: Option<Listener>,
}

impl Default for Patience {
    fn default() -> Self {
        let Settings {
            retry,
            idle_timeout,
            ..
        } = Settings::default();
        Self::new(retry, idle_timeout)
    }
}

impl Patience {
    /// With these rules.
    pub fn new(policy: Policy, idle: Duration) -> Self {
        Self {
            policy,
            idle,
            is_known: Arc::default(),
            repeats: Arc::default(),
            listener: None,
        }
    }

    /// Tells somebody what is waited for.
    #[must_use]
    pub fn telling(mut self, listener: Listener) -> Self {
        self.listener = Some(listener);
        self
    }

    /// How long a connection may stand still.
    pub fn idle(&self) -> Duration {
        self.idle
    }

    /// How often something was tried again so far.
    pub fn repeats(&self) -> u64 {
        self.repeats.load(Ordering::Relaxed)
    }

    /// Tries until it succeeds, or it is not worth it to try once more. Twice must be as good as once. `happening` says
    /// what an error was, being told whether the other side ever answered; nothing where trying again is of no use.
    pub async fn again<T, E, F>(
        &self,
        happening: impl Fn(&E, bool) -> Option<Happening>,
        attempt: impl Fn() -> F,
    ) -> Result<T, E>
    where
        F: Future<Output = Result<T, E>>,
    {
        let mut progress = Progress::default();
        loop {
            let error = match attempt().await {
                Ok(done) => {
                    self.is_known.store(true, Ordering::Relaxed);
                    return Ok(done);
                }
                Err(error) => error,
            };
            let Some(happening) = happening(&error, self.is_known.load(Ordering::Relaxed)) else {
                return Err(error);
            };
            if matches!(happening, Happening::Status { .. }) {
                self.is_known.store(true, Ordering::Relaxed);
            }
            let verdict = verdict(&self.policy, Repeat::Freely, progress, happening, random());
            let Verdict::Again(wait) = verdict else {
                return Err(error);
            };
            tracing::debug!(?happening, ?wait, "again");
            if let Some(listener) = &self.listener {
                listener.again(progress.retries + 1, wait, happening);
            }
            self.repeats.fetch_add(1, Ordering::Relaxed);
            tokio::time::sleep(wait).await;
            progress.retries += 1;
            progress.waited += wait;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    fn patience() -> Patience {
        let policy = Policy {
            max_retries: 3,
            backoff_factor: 0.0,
            backoff_jitter: 0.0,
            ..Policy::default()
        };
        Patience::new(policy, Duration::from_secs(1))
    }

    async fn tries(patience: &Patience, happening: Option<Happening>) -> u32 {
        let tries = Cell::new(0);
        let attempt = || {
            tries.set(tries.get() + 1);
            std::future::ready(Err::<(), ()>(()))
        };
        patience
            .again(|(), _| happening, attempt)
            .await
            .unwrap_err();
        tries.get()
    }

    #[tokio::test]
    async fn what_may_pass_is_tried_as_often_as_the_policy_says_and_is_counted() {
        let status = |status| {
            Some(Happening::Status {
                status,
                retry_after: None,
                permanent: false,
            })
        };
        let patience = patience();
        assert_eq!(tries(&patience, status(503)).await, 4);
        assert_eq!(patience.repeats(), 3);
        assert_eq!(tries(&patience, status(403)).await, 1);
        assert_eq!(tries(&patience, None).await, 1);
        assert_eq!(patience.clone().repeats(), 3);
    }
}

//! How much may be under way at once: a request that carries much takes the places of several that carry little.
//!
//! It knows neither what is carried nor which way.

use tokio::sync::{Semaphore, SemaphorePermit};

/// How many files are under way at once, and requests that carry little. Width costs a server nothing that waits: MLflow
/// 3 holds the end of a short answer back until its head is acknowledged, 40 ms later, whatever is asked (see
/// `http::lanes`).
pub const WIDTH: usize = 32;

/// How many places a request takes that carries [`MUCH`]: eight of them are under way at once. MLflow's server answers
/// with a handful of workers; more only queues there.
const HEAVY: usize = 4;

/// From so many bytes on it is the bytes that take the time.
const MUCH: u64 = 1 << 20;

/// The places, all of them free at first.
#[derive(Debug)]
pub struct Traffic {
    places: Semaphore,
    turns: Semaphore,
}

impl Default for Traffic {
    fn default() -> Self {
        Self {
            places: Semaphore::new(WIDTH),
            turns: Semaphore::new(WIDTH / HEAVY),
        }
    }
}

impl Traffic {
    /// Waits until a request that carries so many bytes may go.
    pub async fn enter(&self, bytes: u64) -> Option<SemaphorePermit<'_>> {
        self.enter_as(bytes, 1).await
    }

    /// Likewise, for one that counts as so many.
    pub(super) async fn enter_as(&self, bytes: u64, many: u64) -> Option<SemaphorePermit<'_>> {
        let each = if bytes < MUCH { 1 } else { HEAVY };
        let many = usize::try_from(many).unwrap_or(WIDTH);
        let places = each.saturating_mul(many).clamp(1, WIDTH);
        let places = u32::try_from(places).unwrap_or(1);
        // A semaphore that nobody closes always grants.
        self.places.acquire_many(places).await.ok()
    }

    /// Waits until a file that goes in parts may be begun: addresses that are signed when it is begun do not hold for
    /// ever, so that no more are begun than move. Places are entered after that, never before.
    pub(super) async fn turn(&self) -> Option<SemaphorePermit<'_>> {
        self.turns.acquire().await.ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn much_takes_the_places_of_several_and_no_more_than_there_are() {
        let traffic = Traffic::default();
        let left = || traffic.places.available_permits();
        let little = traffic.enter(MUCH - 1).await;
        assert_eq!(left(), WIDTH - 1);
        let much = traffic.enter(MUCH).await;
        assert_eq!(left(), WIDTH - 1 - HEAVY);
        drop((little, much));
        let all = traffic.enter_as(u64::MAX, u64::MAX).await;
        assert_eq!(left(), 0);
        drop(all);
        assert_eq!(left(), WIDTH);
    }
}

//! Cuts what is to be written on a run into parts that MLflow accepts: requests to a server, transactions of a file.
//!
//! Pure arithmetic; nothing is written here.

use serde::Serialize;

use crate::entity::limits::{
    self, BYTES_PER_BATCH, ENTITIES_PER_BATCH, Invalid, METRICS_PER_BATCH, PARAMS_PER_BATCH,
    TAGS_PER_BATCH,
};
use crate::tracking::Batch;

/// Room for what surrounds the entries.
const ENVELOPE: usize = 1000;

/// Refuses what a server would refuse or quietly cut.
pub(super) fn check(batch: &Batch) -> Result<(), Invalid> {
    batch.params.iter().try_for_each(limits::param)?;
    batch.tags.iter().try_for_each(limits::tag)?;
    batch
        .metrics
        .iter()
        .try_for_each(|metric| limits::key(&metric.key))
}

/// The same entries in the same order, in as few parts as the limits allow.
pub(super) fn split(batch: &Batch) -> Vec<Batch> {
    let mut parts = Parts::default();
    for param in &batch.params {
        parts.make_room(param, |part| part.params.len() < PARAMS_PER_BATCH);
        parts.current.params.push(param.clone());
    }
    for tag in &batch.tags {
        parts.make_room(tag, |part| part.tags.len() < TAGS_PER_BATCH);
        parts.current.tags.push(tag.clone());
    }
    for metric in &batch.metrics {
        parts.make_room(metric, |part| part.metrics.len() < METRICS_PER_BATCH);
        parts.current.metrics.push(metric.clone());
    }
    parts.close();
    parts.done
}

#[derive(Default)]
struct Parts {
    done: Vec<Batch>,
    current: Batch,
    bytes: usize,
}

impl Parts {
    /// Closes the current part if one more entry does not fit into it.
    fn make_room(&mut self, entry: &impl Serialize, has_place: impl Fn(&Batch) -> bool) {
        let bytes = serde_json::to_vec(entry).map_or(0, |json| json.len() + 1);
        let Batch {
            params,
            metrics,
            tags,
        } = &self.current;
        let entries = params.len() + metrics.len() + tags.len();
        let fits = has_place(&self.current)
            && entries < ENTITIES_PER_BATCH
            && self.bytes + bytes <= BYTES_PER_BATCH - ENVELOPE;
        if !fits {
            self.close();
        }
        self.bytes += bytes;
    }

    fn close(&mut self) {
        if !self.current.is_empty() {
            self.done.push(std::mem::take(&mut self.current));
        }
        self.bytes = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::metric::{Measured, Metric};
    use crate::entity::param::Param;
    use crate::entity::tag::Tag;
    use proptest::prelude::*;

    fn batch(params: usize, metrics: usize, tags: usize, length: usize) -> Batch {
        let text = "x".repeat(length);
        Batch {
            params: (0..params)
                .map(|index| Param::new(format!("p{index}"), &text))
                .collect(),
            metrics: (0..metrics)
                .map(|index| Metric {
                    key: format!("m{index}"),
                    value: Measured(f64::NAN),
                    timestamp: 1,
                    step: 0,
                })
                .collect(),
            tags: (0..tags)
                .map(|index| Tag::new(format!("t{index}"), &text))
                .collect(),
        }
    }

    #[test]
    fn as_few_parts_as_possible() {
        for (params, metrics, tags, parts) in [
            (0, 0, 0, 0),
            (1, 1, 1, 1),
            (150, 0, 100, 2),
            (100, 800, 100, 1),
            (100, 801, 100, 2),
            (0, 2500, 0, 3),
        ] {
            let split = split(&batch(params, metrics, tags, 1));
            assert_eq!(split.len(), parts, "{params} {metrics} {tags}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn nothing_is_lost_and_every_part_is_accepted(
            params in 0_usize..250, metrics in 0_usize..2500, tags in 0_usize..250, length in 0_usize..8000
        ) {
            let whole = batch(params, metrics, tags, length);
            let mut joined = Batch::default();
            for part in split(&whole) {
                prop_assert!(!part.is_empty());
                prop_assert!(part.params.len() <= 100 && part.tags.len() <= 100);
                prop_assert!(part.params.len() + part.tags.len() + part.metrics.len() <= 1000);
                let json = serde_json::to_vec(&(&part.params, &part.metrics, &part.tags)).unwrap();
                prop_assert!(json.len() <= BYTES_PER_BATCH);
                joined.params.extend(part.params);
                joined.metrics.extend(part.metrics);
                joined.tags.extend(part.tags);
            }
            prop_assert_eq!(joined.params, whole.params);
            prop_assert_eq!(joined.tags, whole.tags);
            let keys = |metrics: &[Metric]| metrics.iter().map(|metric| metric.key.clone()).collect::<Vec<_>>();
            prop_assert_eq!(keys(&joined.metrics), keys(&whole.metrics));
        }
    }
}

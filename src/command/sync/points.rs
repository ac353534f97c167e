//! All points of all metrics of a run, without those that the copy has already.
//!
//! A database keeps equal points as one (`_log_metrics`, `mlflow/store/tracking/sqlalchemy_store.py`, 3.17.2), files do
//! not; so a copy that was begun is asked what it has.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use anyhow::Result;

use super::Sync;
use crate::entity::id::RunId;
use crate::entity::metric::{Measured, Metric};
use crate::entity::run::Run;
use crate::tracking::paging;
use crate::tracking::{Batch, PageOf, Tracking};

/// As many points as one page holds (`MAX_RESULTS_GET_METRIC_HISTORY`, `mlflow/store/tracking/__init__.py`, 3.17.2).
const PAGE: u64 = 25_000;

/// Points that are there, and how often.
#[derive(Debug, Default)]
struct There(BTreeMap<(i64, i64, u64), u64>);

impl There {
    fn add(&mut self, point: &Metric) {
        *self.0.entry(place(point)).or_default() += 1;
    }

    /// Whether a point is there that was not asked for before.
    fn take(&mut self, point: &Metric) -> bool {
        match self.0.get_mut(&place(point)) {
            Some(left) if *left > 0 => {
                *left -= 1;
                true
            }
            _ => false,
        }
    }
}

/// A database has no infinities, and one zero.
fn place(point: &Metric) -> (i64, i64, u64) {
    let Measured(value) = point.value;
    let value = if value.is_nan() {
        f64::NAN
    } else {
        value.clamp(f64::MIN, f64::MAX) + 0.0
    };
    (point.timestamp, point.step, value.to_bits())
}

impl Sync<'_> {
    /// Writes what is in the batch, and after it the points that the copy lacks; tells how many they were.
    pub(super) async fn points(&self, source: &Run, target: &Run, mut batch: Batch) -> Result<u64> {
        let (from, to) = (self.from.tracking(), self.to.tracking());
        let mut written = 0;
        for key in source.metrics.keys() {
            let mut there = There::default();
            if target.metrics.contains_key(key) {
                each_page(to, &target.run_id, key, async |points| {
                    for point in &points {
                        there.add(point);
                    }
                    Ok(())
                })
                .await?;
            }
            each_page(from, &source.run_id, key, async |points| {
                for point in points {
                    if there.take(&point) {
                        continue;
                    }
                    written += 1;
                    batch.metrics.push(point);
                    let entries = batch.params.len() + batch.tags.len() + batch.metrics.len();
                    if entries >= to.batch_size() {
                        to.log_batch(&target.run_id, &std::mem::take(&mut batch))
                            .await?;
                    }
                }
                Ok(())
            })
            .await?;
        }
        if !batch.is_empty() {
            to.log_batch(&target.run_id, &batch).await?;
        }
        Ok(written)
    }
}

async fn each_page(
    tracking: &dyn Tracking,
    id: &RunId,
    key: &str,
    mut take: impl AsyncFnMut(Vec<Metric>) -> Result<()>,
) -> Result<()> {
    let points = format!("points of `{key}` of the run `{id}`");
    let fetch = async |page: PageOf<'_>| Ok(tracking.metric_history(id, key, page).await?);
    paging::each_page(&points, PAGE, fetch, async |points| {
        take(points).await?;
        Ok(ControlFlow::Continue(()))
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(step: i64, value: f64) -> Metric {
        Metric {
            key: "loss".to_owned(),
            value: Measured(value),
            timestamp: 1,
            step,
        }
    }

    #[test]
    fn points_are_counted_and_compared_as_databases_keep_them() {
        let mut there = There::default();
        for point in [
            point(0, 1.0),
            point(0, 1.0),
            point(1, f64::NAN),
            point(2, f64::MAX),
            point(3, 0.0),
        ] {
            there.add(&point);
        }
        assert!(there.take(&point(0, 1.0)) && there.take(&point(0, 1.0)));
        assert!(!there.take(&point(0, 1.0)));
        assert!(there.take(&point(1, -f64::NAN)));
        assert!(there.take(&point(2, f64::INFINITY)));
        assert!(there.take(&point(3, -0.0)));
        assert!(!there.take(&point(4, 0.0)));
    }
}

//! Metrics in the database: all points, and beside them the latest of each, which the writer keeps.
//!
//! Params and tags are in `batch`.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::Sqlite;
use super::book::{AT_ONCE, Book, Fault, Window, missing, places};
use crate::entity::id::RunId;
use crate::entity::metric::{Measured, Metric};
use crate::tracking::error::{Error, Thing};
use crate::tracking::{PageOf, Portion};

impl Sqlite {
    pub(super) async fn list_metric(
        &self,
        id: &RunId,
        key: &str,
        page: PageOf<'_>,
    ) -> Result<Portion<Metric>, Error> {
        let (id, key, window) = (id.clone(), key.to_owned(), Window::of(page));
        self.read("read a metric of the run", move |book| {
            history(book, &id, &key, window?)
        })
        .await
    }
}

fn history(
    book: &Book<'_>,
    id: &RunId,
    key: &str,
    window: Window,
) -> Result<Portion<Metric>, Fault> {
    let is_there = "SELECT 1 FROM runs WHERE run_uuid = ?";
    let there = book.first(is_there, [id.as_str()], |_| Ok(()))?;
    there.ok_or_else(|| missing(Thing::Run, id.as_str()))?;
    let sql = format!(
        "SELECT key, value, timestamp, step, is_nan FROM metrics WHERE run_uuid = ? AND key = ? \
         ORDER BY timestamp, step, value {}",
        window.sql()
    );
    let points = book.rows(&sql, [id.as_str(), key], |row| {
        Ok(Metric {
            key: row.get(0)?,
            value: measured(row.get(1)?, row.get(4)?),
            timestamp: row.get(2)?,
            step: row.get(3)?,
        })
    })?;
    Ok(window.cut(points))
}

/// The latest value of each metric, by run.
pub(super) fn latest(
    book: &Book<'_>,
    ids: &[String],
) -> Result<BTreeMap<String, BTreeMap<String, Measured>>, Fault> {
    let mut found: BTreeMap<_, BTreeMap<_, _>> = BTreeMap::new();
    for some in ids.chunks(AT_ONCE) {
        let sql = format!(
            "SELECT run_uuid, key, value, is_nan FROM latest_metrics WHERE run_uuid IN ({})",
            places(some.len())
        );
        for (run, key, value) in book.rows(&sql, some, |row| {
            Ok((
                row.get::<_, String>(0)?,
                row.get(1)?,
                measured(row.get(2)?, row.get(3)?),
            ))
        })? {
            found.entry(run).or_default().insert(key, value);
        }
    }
    Ok(found)
}

fn measured(value: f64, is_nan: bool) -> Measured {
    Measured(if is_nan { f64::NAN } else { value })
}

/// A point as it is stored: SQL has neither NaN nor infinities (`sanitize_metric_value`, `sqlalchemy_store.py`).
#[derive(Debug, Clone, Copy, PartialEq)]
struct Point {
    step: i64,
    timestamp: i64,
    value: f64,
    is_nan: bool,
}

impl Point {
    fn of(metric: &Metric) -> Self {
        let Measured(value) = metric.value;
        Self {
            step: metric.step,
            timestamp: metric.timestamp,
            value: if value.is_nan() {
                0.0
            } else {
                value.clamp(f64::MIN, f64::MAX)
            },
            is_nan: value.is_nan(),
        }
    }

    /// By step, then by time, then by value (`_update_latest_metrics_if_necessary`, `sqlalchemy_store.py`).
    fn is_later_than(&self, other: &Self) -> bool {
        (self.step, self.timestamp, self.value) > (other.step, other.timestamp, other.value)
    }
}

/// Writes points, one at least, and as many as there is time for; tells how many. One that is there already, with the
/// same value, stays one.
pub(super) fn write<'a>(
    book: &Book<'_>,
    id: &RunId,
    metrics: impl IntoIterator<Item = &'a Metric>,
) -> Result<usize, Fault> {
    let mut insert = book.connection.prepare_cached(
        "INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan) VALUES (?, ?, ?, ?, ?, ?) \
         ON CONFLICT DO NOTHING",
    )?;
    let mut newest: BTreeMap<&str, Point> = BTreeMap::new();
    let mut written = 0;
    for metric in metrics {
        if written > 0 && !book.has_time() {
            break;
        }
        written += 1;
        let point = Point::of(metric);
        insert.execute((
            &metric.key,
            point.value,
            point.timestamp,
            id.as_str(),
            point.step,
            point.is_nan,
        ))?;
        match newest.entry(&metric.key) {
            Entry::Vacant(place) => {
                place.insert(point);
            }
            Entry::Occupied(mut place) if point.is_later_than(place.get()) => {
                place.insert(point);
            }
            Entry::Occupied(_) => {}
        }
    }
    let mut keep = book.connection.prepare_cached(
        "INSERT INTO latest_metrics (key, value, timestamp, step, is_nan, run_uuid) VALUES (?, ?, ?, ?, ?, ?) \
         ON CONFLICT DO UPDATE SET value = excluded.value, timestamp = excluded.timestamp, step = excluded.step, \
         is_nan = excluded.is_nan \
         WHERE (excluded.step, excluded.timestamp, excluded.value) \
         > (latest_metrics.step, latest_metrics.timestamp, latest_metrics.value)",
    )?;
    for (key, point) in newest {
        keep.execute((
            key,
            point.value,
            point.timestamp,
            point.step,
            point.is_nan,
            id.as_str(),
        ))?;
    }
    Ok(written)
}

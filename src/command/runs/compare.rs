//! Runs side by side: a column for each, what differs before what is the same.

use std::collections::BTreeSet;

use anyhow::Result;

use super::took;
use crate::command::{Cell, List, Outcome};
use crate::entity::run::Run;

/// Tags of MLflow's own say where a run came from, which is no result to compare.
const OWN_TAGS: [&str; 2] = ["mlflow.", "phi3ml."];

pub(super) fn side_by_side(runs: &[Run]) -> Result<Outcome> {
    let mut headings = vec![String::new()];
    headings.extend(runs.iter().map(|run| run.run_name.clone()));
    let (same, mut rows): (Vec<_>, Vec<_>) =
        all_rows(runs).into_iter().partition(|row| is_same(row));
    rows.extend(same);
    Ok(List::with_table(runs, headings, rows)?.into())
}

fn all_rows(runs: &[Run]) -> Vec<Vec<Cell>> {
    let mut rows = vec![
        row("run", runs, |run| Cell::of(&run.run_id)),
        row("experiment", runs, |run| Cell::of(&run.experiment_id)),
        row("status", runs, |run| Cell::of(&run.status)),
        row("started", runs, |run| Cell::time(run.start_time)),
        row("took", runs, took),
        row("user", runs, |run| run.user_id.as_str().into()),
    ];
    rows.extend(rows_of(
        "params",
        runs,
        |run| run.params.keys(),
        |run, key| run.params.get(key).map(String::as_str).into(),
    ));
    rows.extend(rows_of(
        "metrics",
        runs,
        |run| run.metrics.keys(),
        |run, key| {
            let value = run.metrics.get(key);
            value.map_or(Cell::Empty, |value| Cell::Number(value.0))
        },
    ));
    rows.extend(rows_of(
        "tags",
        runs,
        |run| run.tags.keys(),
        |run, key| run.tags.get(key).map(String::as_str).into(),
    ));
    rows
}

/// One row for each key that any of the runs has.
fn rows_of<'a, K: Iterator<Item = &'a String>>(
    group: &str,
    runs: &'a [Run],
    keys: impl Fn(&'a Run) -> K,
    value: impl Fn(&Run, &str) -> Cell,
) -> Vec<Vec<Cell>> {
    let keys: BTreeSet<&String> = runs.iter().flat_map(keys).collect();
    let keys = keys
        .into_iter()
        .filter(|key| !OWN_TAGS.iter().any(|own| key.starts_with(own)));
    keys.map(|key| row(&format!("{group}.{key}"), runs, |run| value(run, key)))
        .collect()
}

fn row(label: &str, runs: &[Run], value: impl Fn(&Run) -> Cell) -> Vec<Cell> {
    let mut cells = vec![label.into()];
    cells.extend(runs.iter().map(value));
    cells
}

/// A number that is none equals itself here: two runs whose loss is NaN do not differ.
fn is_same(row: &[Cell]) -> bool {
    let alike = |one: &Cell, other: &Cell| match (one, other) {
        (Cell::Number(one), Cell::Number(other)) => one.total_cmp(other).is_eq(),
        _ => one == other,
    };
    let mut values = row.iter().skip(1);
    values
        .next()
        .is_none_or(|first| values.all(|value| alike(first, value)))
}

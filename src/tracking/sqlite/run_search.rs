//! How runs are searched and sorted: `_search_runs` and its neighbours (`sqlalchemy_store.py`, 3.17.2) as SQL.
//!
//! What is written on them is loaded by `runs`.

use rusqlite::types::Value as Bound;

use super::Sqlite;
use super::book::{Book, Fault, Window};
use super::clause::{Clause, OF_NAMES, OF_NUMBERS, OF_OPTIONAL_TEXT, compared};
use super::experiments::{Tagged, directed, stages, unknown};
use super::filter::{Condition, Kind, OF_RUNS, Operator, Order, parse, parse_order};
use super::runs::load;
use crate::entity::dataset;
use crate::entity::id::ExperimentId;
use crate::entity::run::Run;
use crate::entity::tag;
use crate::tracking::error::{Error, SEARCH_RUNS};
use crate::tracking::{PageOf, Portion, Search};

const ATTRIBUTES: &str = "run_id, run_name, user_id, status, start_time, end_time, artifact_uri";

const PARAMS: Tagged = Tagged {
    table: "params",
    mine: "params.run_uuid = runs.run_uuid",
};

const TAGS: Tagged = Tagged {
    table: "tags",
    mine: "tags.run_uuid = runs.run_uuid",
};

impl Sqlite {
    pub(super) async fn list_runs(
        &self,
        experiments: &[ExperimentId],
        search: &Search,
        page: PageOf<'_>,
    ) -> Result<Portion<Run>, Error> {
        let experiments: Vec<String> = experiments.iter().map(ToString::to_string).collect();
        let (search, window) = (search.clone(), Window::of(page));
        self.read(SEARCH_RUNS, move |book| {
            list(book, experiments, &search, window?)
        })
        .await
    }
}

fn list(
    book: &Book<'_>,
    experiments: Vec<String>,
    search: &Search,
    window: Window,
) -> Result<Portion<Run>, Fault> {
    let mut clause = Clause::default();
    clause.one_of("CAST(runs.experiment_id AS TEXT)", experiments);
    clause.one_of("runs.lifecycle_stage", stages(search.view));
    for condition in parse(&search.filter, OF_RUNS)? {
        restrict(&mut clause, &condition)?;
    }
    let orders = parse_order(&search.order_by, OF_RUNS)?;
    let mut values = std::mem::take(&mut clause.values);
    let mut keys = Vec::new();
    for order in &orders {
        sort(order, &mut keys, &mut values)?;
    }
    if !orders
        .iter()
        .any(|order| order.kind == Kind::Attribute && column(&order.key) == Some("start_time"))
    {
        keys.push("runs.start_time DESC".to_owned());
    }
    keys.push("runs.run_uuid".to_owned());
    let sql = format!(
        "SELECT runs.run_uuid FROM runs WHERE {} ORDER BY {} {}",
        clause.all(),
        keys.join(", "),
        window.sql()
    );
    let ids = window.cut(book.rows(&sql, values, |row| row.get::<_, String>(0))?);
    Ok(Portion {
        items: load(book, &ids.items)?,
        next_page_token: ids.next_page_token,
    })
}

fn restrict(clause: &mut Clause, condition: &Condition) -> Result<(), Fault> {
    let (key, operator) = (condition.key.as_str(), condition.operator);
    match condition.kind {
        Kind::Attribute => match column(key).ok_or_else(|| unknown(key, ATTRIBUTES))? {
            // The column may be empty where the tag is not (runs of MLflow before 1.30).
            "name" => {
                condition.only(OF_NAMES)?;
                TAGS.compare(clause, tag::RUN_NAME, operator, condition.texts()?);
            }
            name @ ("start_time" | "end_time") => {
                condition.only(OF_NUMBERS)?;
                clause.compare(&format!("runs.{name}"), operator, vec![condition.number()?]);
            }
            name => {
                condition.only(OF_NAMES)?;
                if matches!(operator, Operator::In | Operator::NotIn) && name != "run_uuid" {
                    return Err(Fault::Refused(
                        "only `run_id` can be compared with a list".to_owned(),
                    ));
                }
                clause.compare(&format!("runs.{name}"), operator, condition.texts()?);
            }
        },
        Kind::Metric => {
            condition.only(OF_NUMBERS)?;
            metric(clause, key, operator, condition.number()?);
        }
        Kind::Param => {
            condition.only(OF_OPTIONAL_TEXT)?;
            PARAMS.compare(clause, key, operator, condition.texts()?);
        }
        Kind::Tag => {
            condition.only(OF_OPTIONAL_TEXT)?;
            TAGS.compare(clause, key, operator, condition.texts()?);
        }
        Kind::Dataset => {
            condition.only(OF_NAMES)?;
            dataset(clause, key, operator, condition.texts()?)?;
        }
    }
    Ok(())
}

/// NaN is stored as 0 and a mark; it is unequal to everything and nothing else.
fn metric(clause: &mut Clause, key: &str, operator: Operator, value: Bound) {
    let test = compared("latest_metrics.value", operator, 1);
    let test = if operator == Operator::NotEqual {
        format!("({test} OR latest_metrics.is_nan)")
    } else {
        format!("{test} AND NOT latest_metrics.is_nan")
    };
    let sql = format!(
        "EXISTS (SELECT 1 FROM latest_metrics WHERE latest_metrics.run_uuid = runs.run_uuid \
         AND latest_metrics.key = ? AND {test})"
    );
    clause.with(sql, [Bound::Text(key.to_owned()), value]);
}

fn dataset(
    clause: &mut Clause,
    key: &str,
    operator: Operator,
    values: Vec<Bound>,
) -> Result<(), Fault> {
    const INPUT: &str =
        "EXISTS (SELECT 1 FROM inputs JOIN datasets ON inputs.source_id = datasets.dataset_uuid";
    const MINE: &str =
        "WHERE inputs.destination_id = runs.run_uuid AND inputs.destination_type = 'RUN'";
    let (join, column) = match key {
        "context" => (
            format!(
                " JOIN input_tags ON input_tags.input_uuid = inputs.input_uuid AND input_tags.name = '{}'",
                dataset::CONTEXT
            ),
            "input_tags.value",
        ),
        "name" => (String::new(), "datasets.name"),
        "digest" => (String::new(), "datasets.digest"),
        _ => return Err(unknown(key, "name, digest, context")),
    };
    let test = compared(column, operator, values.len());
    clause.with(format!("{INPUT}{join} {MINE} AND {test})"), values);
    Ok(())
}

/// What a run lacks comes last, in whichever direction.
fn sort(order: &Order, keys: &mut Vec<String>, values: &mut Vec<Bound>) -> Result<(), Fault> {
    let key = Bound::Text(order.key.clone());
    let value = match order.kind {
        Kind::Attribute => {
            let column = column(&order.key).ok_or_else(|| unknown(&order.key, ATTRIBUTES))?;
            format!("runs.{column}")
        }
        Kind::Metric => {
            let of = |column: &str| {
                format!(
                    "(SELECT {column} FROM latest_metrics WHERE run_uuid = runs.run_uuid AND key = ?)"
                )
            };
            // Numbers first, then NaN, then nothing.
            keys.push(format!("coalesce({}, 2)", of("is_nan")));
            values.push(key.clone());
            keys.push(directed(&of("value"), order.ascending));
            values.push(key);
            return Ok(());
        }
        Kind::Param => {
            "(SELECT value FROM params WHERE run_uuid = runs.run_uuid AND key = ?)".to_owned()
        }
        Kind::Tag => {
            "(SELECT value FROM tags WHERE run_uuid = runs.run_uuid AND key = ?)".to_owned()
        }
        Kind::Dataset => {
            return Err(Fault::Refused(
                "runs cannot be sorted by datasets".to_owned(),
            ));
        }
    };
    for sql in [
        format!("{value} IS NULL"),
        directed(&value, order.ascending),
    ] {
        keys.push(sql);
        if order.kind != Kind::Attribute {
            values.push(key.clone());
        }
    }
    Ok(())
}

/// The column of an attribute, by any of its names.
fn column(key: &str) -> Option<&'static str> {
    Some(match key {
        "run_id" => "run_uuid",
        "run_name" | "run name" | "Run name" | "Run Name" => "name",
        "user_id" => "user_id",
        "status" => "status",
        "start_time" | "created" | "Created" => "start_time",
        "end_time" => "end_time",
        "artifact_uri" => "artifact_uri",
        _ => return None,
    })
}

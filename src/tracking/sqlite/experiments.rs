//! Experiments in the database.
//!
//! What lies in them is in `runs` and `logged_models`.

use rusqlite::Row;

use super::Sqlite;
use super::book::{Book, Fault, Window, id, missing, now};
use super::clause::{Clause, OF_NAMES, OF_NUMBERS, OF_OPTIONAL_TEXT, compared};
use super::filter::{Kind, OF_OTHERS, Operator, parse, parse_order};
use super::runs::forget_assessments;
use crate::entity::Lifecycle;
use crate::entity::experiment::Experiment;
use crate::entity::id::ExperimentId;
use crate::entity::limits;
use crate::entity::tag::Tag;
use crate::tracking::error::{Error, SEARCH_EXPERIMENTS, Thing};
use crate::tracking::{NewExperiment, PageOf, Portion, Search, View};

const COLUMNS: &str = "SELECT experiment_id, name, artifact_location, lifecycle_stage, creation_time, \
                       last_update_time FROM experiments WHERE";

impl Sqlite {
    pub(super) async fn find_experiment(&self, id: &ExperimentId) -> Result<Experiment, Error> {
        let id = id.clone();
        self.read("look up the experiment", move |book| by_id(book, &id))
            .await
    }

    pub(super) async fn find_experiment_by_name(
        &self,
        name: &str,
    ) -> Result<Option<Experiment>, Error> {
        limits::experiment_name(name)?;
        let name = name.to_owned();
        self.read("look up the experiment", move |book| by_name(book, &name))
            .await
    }

    pub(super) async fn add_experiment(&self, new: &NewExperiment) -> Result<ExperimentId, Error> {
        limits::experiment_name(&new.name)?;
        new.tags.iter().try_for_each(limits::experiment_tag)?;
        let new = new.clone();
        self.write("create the experiment", move |book| add(book, &new))
            .await
    }

    pub(super) async fn list_experiments(
        &self,
        search: &Search,
        page: PageOf<'_>,
    ) -> Result<Portion<Experiment>, Error> {
        let (search, window) = (search.clone(), Window::of(page));
        self.read(SEARCH_EXPERIMENTS, move |book| list(book, &search, window?))
            .await
    }

    pub(super) async fn put_experiment_name(
        &self,
        id: &ExperimentId,
        name: &str,
    ) -> Result<(), Error> {
        limits::experiment_name(name)?;
        let (id, name) = (id.clone(), name.to_owned());
        self.write("rename the experiment", move |book| {
            active(book, &id)?;
            match by_name(book, &name)? {
                Some(there) if there.experiment_id != id => return Err(taken(there, &name)),
                _ => {}
            }
            let sql =
                "UPDATE experiments SET name = ?, last_update_time = ? WHERE experiment_id = ?";
            book.change(sql, [name, now().to_string(), id.into()])?;
            Ok(())
        })
        .await
    }

    pub(super) async fn bin_experiment(&self, id: &ExperimentId) -> Result<(), Error> {
        let id = id.clone();
        self.write("delete the experiment", move |book| {
            move_to(book, &id, Lifecycle::Deleted)
        })
        .await
    }

    pub(super) async fn unbin_experiment(&self, id: &ExperimentId) -> Result<(), Error> {
        let id = id.clone();
        self.write("restore the experiment", move |book| {
            move_to(book, &id, Lifecycle::Active)
        })
        .await
    }

    pub(super) async fn put_experiment_tag(
        &self,
        id: &ExperimentId,
        tag: &Tag,
    ) -> Result<(), Error> {
        limits::experiment_tag(tag)?;
        let (id, tag) = (id.clone(), tag.clone());
        self.write("note something on the experiment", move |book| {
            active(book, &id)?;
            put_tag(book, &id, &tag)
        })
        .await
    }
}

/// The experiment of this id. On a database ids are numbers; anything else is simply not there.
pub(super) fn by_id(book: &Book<'_>, id: &ExperimentId) -> Result<Experiment, Fault> {
    let sql = format!(
        "{COLUMNS} experiment_id = ? AND {}",
        book.here("experiments")
    );
    let found = match id.as_str().parse::<i64>() {
        Ok(number) => book.rows(&sql, [number], read)?,
        Err(_) => Vec::new(),
    };
    let found = with_tags(book, found)?.into_iter().next();
    found.ok_or_else(|| missing(Thing::Experiment, id.as_str()))
}

/// Likewise, unless it is in the bin.
pub(super) fn active(book: &Book<'_>, id: &ExperimentId) -> Result<Experiment, Fault> {
    Ok(crate::tracking::active(by_id(book, id)?)?)
}

fn by_name(book: &Book<'_>, name: &str) -> Result<Option<Experiment>, Fault> {
    let sql = format!("{COLUMNS} name = ? AND {}", book.here("experiments"));
    let found = book.rows(&sql, [name], read)?;
    Ok(with_tags(book, found)?.into_iter().next())
}

fn taken(there: Experiment, name: &str) -> Fault {
    match crate::tracking::active(there) {
        Err(deleted) => Fault::Told(deleted),
        Ok(_) => Fault::Told(Error::AlreadyExists {
            thing: Thing::Experiment,
            name: name.to_owned(),
        }),
    }
}

fn add(book: &Book<'_>, new: &NewExperiment) -> Result<ExperimentId, Fault> {
    if let Some(there) = by_name(book, &new.name)? {
        return Err(taken(there, &new.name));
    }
    book.connection.execute(
        "INSERT INTO experiments (name, artifact_location, lifecycle_stage, creation_time, last_update_time) \
         VALUES (?1, ?2, 'active', ?3, ?3)",
        (&new.name, &new.artifact_location, now()),
    )?;
    let number = book.connection.last_insert_rowid();
    if new.artifact_location.is_none() {
        let location = format!("{}/{number}", book.artifact_root);
        let sql = "UPDATE experiments SET artifact_location = ? WHERE experiment_id = ?";
        book.change(sql, [location, number.to_string()])?;
    }
    let id = id(&number.to_string())?;
    for tag in &new.tags {
        put_tag(book, &id, tag)?;
    }
    Ok(id)
}

fn put_tag(book: &Book<'_>, id: &ExperimentId, tag: &Tag) -> Result<(), Fault> {
    let sql = "INSERT INTO experiment_tags (key, value, experiment_id) VALUES (?, ?, ?) \
               ON CONFLICT DO UPDATE SET value = excluded.value";
    book.change(sql, [tag.key.as_str(), &tag.value, id.as_str()])?;
    Ok(())
}

/// Its runs go with it. What is there already stays, so that doing it twice is no error.
fn move_to(book: &Book<'_>, id: &ExperimentId, stage: Lifecycle) -> Result<(), Fault> {
    if by_id(book, id)?.lifecycle_stage == stage {
        return Ok(());
    }
    let now = now().to_string();
    let (word, deleted_time) = match stage {
        Lifecycle::Active => ("active", None),
        Lifecycle::Deleted => ("deleted", Some(now.as_str())),
    };
    let sql =
        "UPDATE experiments SET lifecycle_stage = ?, last_update_time = ? WHERE experiment_id = ?";
    book.change(sql, [word, &now, id.as_str()])?;
    if stage == Lifecycle::Deleted {
        forget_assessments(book, "experiment_id = ?", id.as_str())?;
    }
    let sql = "UPDATE runs SET lifecycle_stage = ?, deleted_time = ? WHERE experiment_id = ?";
    book.change(sql, [Some(word), deleted_time, Some(id.as_str())])?;
    Ok(())
}

fn list(book: &Book<'_>, search: &Search, window: Window) -> Result<Portion<Experiment>, Fault> {
    let mut clause = Clause::default();
    clause.plain(book.here("experiments"));
    clause.one_of("lifecycle_stage", stages(search.view));
    for condition in parse(&search.filter, OF_OTHERS)? {
        match (condition.kind, condition.key.as_str()) {
            (Kind::Attribute, "experiment_id") => {
                condition.only(&[
                    Operator::Equal,
                    Operator::NotEqual,
                    Operator::In,
                    Operator::NotIn,
                ])?;
                let sql = compared(
                    "CAST(experiment_id AS TEXT)",
                    condition.operator,
                    condition.texts()?.len(),
                );
                clause.with(sql, condition.texts()?);
            }
            (Kind::Attribute, key @ ("creation_time" | "last_update_time")) => {
                condition.only(OF_NUMBERS)?;
                clause.compare(key, condition.operator, vec![condition.whole()?]);
            }
            (Kind::Attribute, "name") => {
                condition.only(OF_NAMES)?;
                clause.compare("name", condition.operator, condition.texts()?);
            }
            (Kind::Tag, key) => {
                condition.only(OF_OPTIONAL_TEXT)?;
                let tag = Tagged {
                    table: "experiment_tags",
                    mine: "experiment_tags.experiment_id = experiments.experiment_id",
                };
                tag.compare(&mut clause, key, condition.operator, condition.texts()?);
            }
            (_, key) => {
                return Err(unknown(
                    key,
                    "name, experiment_id, creation_time, last_update_time",
                ));
            }
        }
    }
    let mut orders = Vec::new();
    for order in parse_order(&search.order_by, OF_OTHERS)? {
        let is_known = matches!(
            order.key.as_str(),
            "name" | "experiment_id" | "creation_time" | "last_update_time"
        );
        if order.kind != Kind::Attribute || !is_known {
            return Err(unknown(
                &order.key,
                "name, experiment_id, creation_time, last_update_time",
            ));
        }
        orders.push(directed(&order.key, order.ascending));
    }
    if orders.is_empty() {
        orders.extend([
            "creation_time DESC".to_owned(),
            "experiment_id ASC".to_owned(),
        ]);
    } else if !search
        .order_by
        .iter()
        .any(|order| order.contains("experiment_id"))
    {
        orders.push("experiment_id DESC".to_owned());
    }
    let sql = format!(
        "{COLUMNS} {} ORDER BY {} {}",
        clause.all(),
        orders.join(", "),
        window.sql()
    );
    let found = book.rows(&sql, clause.values, read)?;
    Ok(window.cut(with_tags(book, found)?))
}

/// The stages that a view shows.
pub(super) fn stages(view: View) -> Vec<String> {
    let stages: &[&str] = match view {
        View::ActiveOnly => &["active"],
        View::DeletedOnly => &["deleted"],
        View::All => &["active", "deleted"],
    };
    stages.iter().map(|&stage| stage.to_owned()).collect()
}

/// `name DESC`.
pub(super) fn directed(column: &str, ascending: bool) -> String {
    format!("{column} {}", if ascending { "ASC" } else { "DESC" })
}

/// A key that is none.
pub(super) fn unknown(key: &str, valid: &str) -> Fault {
    Fault::Refused(format!(
        "Invalid attribute key '{key}' specified. Valid keys are {valid}"
    ))
}

/// A key by which nothing can be sorted.
pub(super) fn unknown_order(key: &str, valid: &str) -> Fault {
    Fault::Refused(format!(
        "Invalid order by key '{key}' specified. Valid keys are {valid}"
    ))
}

/// Keys and values beside the table that is searched.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tagged {
    pub(super) table: &'static str,
    /// How one of its rows belongs to one of those that are searched.
    pub(super) mine: &'static str,
}

impl Tagged {
    /// What has no such key fulfils nothing but `IS NULL`.
    pub(super) fn compare(
        self,
        clause: &mut Clause,
        key: &str,
        operator: Operator,
        values: Vec<rusqlite::types::Value>,
    ) {
        let Self { table, mine } = self;
        let of_key = format!("SELECT 1 FROM {table} WHERE {mine} AND {table}.key = ?");
        let key = rusqlite::types::Value::Text(key.to_owned());
        match operator {
            Operator::IsNull => clause.with(format!("NOT EXISTS ({of_key})"), [key]),
            Operator::IsNotNull => clause.with(format!("EXISTS ({of_key})"), [key]),
            _ => {
                let test = compared(&format!("{table}.value"), operator, values.len());
                clause.with(
                    format!("EXISTS ({of_key} AND {test})"),
                    [key].into_iter().chain(values),
                );
            }
        }
    }
}

type Found = (i64, Experiment);

fn read(row: &Row<'_>) -> rusqlite::Result<Found> {
    let number: i64 = row.get(0)?;
    let stage: Option<String> = row.get(3)?;
    let experiment = Experiment {
        experiment_id: ExperimentId::default_experiment(),
        name: row.get(1)?,
        artifact_location: row.get::<_, Option<String>>(2)?.unwrap_or_default(),
        lifecycle_stage: lifecycle(stage.as_deref()),
        creation_time: row.get(4)?,
        last_update_time: row.get(5)?,
        tags: std::collections::BTreeMap::new(),
    };
    Ok((number, experiment))
}

/// The stage as it stands in a row.
pub(super) fn lifecycle(stage: Option<&str>) -> Lifecycle {
    match stage {
        Some("deleted") => Lifecycle::Deleted,
        _ => Lifecycle::Active,
    }
}

fn with_tags(book: &Book<'_>, found: Vec<Found>) -> Result<Vec<Experiment>, Fault> {
    let ids: Vec<String> = found.iter().map(|(number, _)| number.to_string()).collect();
    let sql = "SELECT CAST(experiment_id AS TEXT), key, value FROM experiment_tags \
               WHERE CAST(experiment_id AS TEXT) IN";
    let mut tags = book.pairs(sql, &ids)?;
    found
        .into_iter()
        .zip(ids)
        .map(|((_, experiment), number)| {
            Ok(Experiment {
                experiment_id: id(&number)?,
                tags: tags.remove(&number).unwrap_or_default(),
                ..experiment
            })
        })
        .collect()
}

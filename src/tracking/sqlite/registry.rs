//! Registered models and their aliases in the database.
//!
//! Their versions are in `versions`. Prompts lie in the same tables and are no models.

use std::collections::BTreeMap;

use rusqlite::Row;

use super::Sqlite;
use super::book::{Book, Fault, Window, missing, now};
use super::clause::{Clause, OF_NAMES, OF_TEXT};
use super::experiments::{Tagged, directed, unknown, unknown_order};
use super::filter::{Condition, Kind, OF_OTHERS, Operator, Value, parse, parse_order};
use super::versions::{latest, one};
use crate::entity::id::Version;
use crate::entity::limits;
use crate::entity::model::{ModelVersion, RegisteredModel};
use crate::entity::tag::{self, Tag};
use crate::tracking::error::{Error, SEARCH_MODELS, Thing};
use crate::tracking::{Creation, NewRegisteredModel, PageOf, Portion, Search};

const COLUMNS: &str =
    "SELECT name, creation_time, last_updated_time, description FROM registered_models WHERE";

impl Sqlite {
    pub(super) async fn find_registered_model(&self, name: &str) -> Result<RegisteredModel, Error> {
        limits::registered_model_name(name)?;
        let name = name.to_owned();
        self.read("look up the registered model", move |book| {
            by_name(book, &name)
        })
        .await
    }

    pub(super) async fn list_registered_models(
        &self,
        search: &Search,
        page: PageOf<'_>,
    ) -> Result<Portion<RegisteredModel>, Error> {
        let (search, window) = (search.clone(), Window::of(page));
        self.read(SEARCH_MODELS, move |book| list(book, &search, window?))
            .await
    }

    pub(super) async fn add_registered_model(
        &self,
        new: &NewRegisteredModel,
    ) -> Result<Creation, Error> {
        limits::registered_model_name(&new.name)?;
        new.tags.iter().try_for_each(limits::registry_tag)?;
        let new = new.clone();
        self.write("create the registered model", move |book| add(book, &new))
            .await
    }

    pub(super) async fn put_description(
        &self,
        name: &str,
        description: &str,
    ) -> Result<RegisteredModel, Error> {
        limits::registered_model_name(name)?;
        let (name, description) = (name.to_owned(), description.to_owned());
        self.write("update the registered model", move |book| {
            check(book, &name)?;
            let sql = format!(
                "UPDATE registered_models SET description = ?, last_updated_time = ? WHERE name = ? AND {}",
                book.here("registered_models")
            );
            book.change(&sql, [description.as_str(), &now().to_string(), &name])?;
            by_name(book, &name)
        })
        .await
    }

    /// Versions, tags and aliases follow by `ON UPDATE CASCADE`.
    pub(super) async fn put_model_name(
        &self,
        name: &str,
        new_name: &str,
    ) -> Result<RegisteredModel, Error> {
        limits::registered_model_name(name)?;
        limits::registered_model_name(new_name)?;
        let action = format!("rename the registered model to `{new_name}`");
        let (name, new_name) = (name.to_owned(), new_name.to_owned());
        self.write(action, move |book| rename(book, &name, &new_name))
            .await
    }

    pub(super) async fn remove_registered_model(&self, name: &str) -> Result<(), Error> {
        limits::registered_model_name(name)?;
        let name = name.to_owned();
        self.write("delete the registered model", move |book| {
            check(book, &name)?;
            for table in [
                "model_version_tags",
                "model_versions",
                "registered_model_aliases",
                "registered_model_tags",
                "registered_models",
            ] {
                let sql = format!(
                    "DELETE FROM {table} WHERE name = ? AND {}",
                    book.here(table)
                );
                book.change(&sql, [&name])?;
            }
            Ok(())
        })
        .await
    }

    pub(super) async fn put_registered_model_tag(
        &self,
        name: &str,
        tag: &Tag,
    ) -> Result<(), Error> {
        limits::registered_model_name(name)?;
        limits::registry_tag(tag)?;
        let (name, tag) = (name.to_owned(), tag.clone());
        self.write("tag the registered model", move |book| {
            check(book, &name)?;
            put_tag(book, &name, &tag)
        })
        .await
    }

    pub(super) async fn remove_registered_model_tag(
        &self,
        name: &str,
        key: &str,
    ) -> Result<(), Error> {
        limits::registered_model_name(name)?;
        let (name, key) = (name.to_owned(), key.to_owned());
        self.write(format!("delete the tag `{key}`"), move |book| {
            check(book, &name)?;
            let here = book.here("registered_model_tags");
            let sql =
                format!("DELETE FROM registered_model_tags WHERE name = ? AND key = ? AND {here}");
            book.change(&sql, [&name, &key])?;
            Ok(())
        })
        .await
    }

    pub(super) async fn find_alias(&self, name: &str, alias: &str) -> Result<ModelVersion, Error> {
        limits::registered_model_name(name)?;
        limits::alias(alias)?;
        let (name, alias) = (name.to_owned(), alias.to_owned());
        self.read("look up the alias", move |book| {
            check(book, &name)?;
            let here = book.here("registered_model_aliases");
            let sql = format!("SELECT version FROM registered_model_aliases WHERE name = ? AND alias = ? AND {here}");
            let version = book.first(&sql, [&name, &alias], |row| row.get::<_, i64>(0))?;
            match version.map(u64::try_from) {
                Some(Ok(version)) => one(book, &name, Version(version)),
                _ => Err(missing(Thing::Alias, format!("{name}@{alias}"))),
            }
        })
        .await
    }

    pub(super) async fn put_alias(
        &self,
        name: &str,
        alias: &str,
        version: Version,
    ) -> Result<(), Error> {
        limits::registered_model_name(name)?;
        limits::alias(alias)?;
        let (name, alias) = (name.to_owned(), alias.to_owned());
        self.write(format!("set the alias `{alias}`"), move |book| {
            one(book, &name, version)?;
            let sql = "INSERT INTO registered_model_aliases (alias, version, name) VALUES (?, ?, ?) \
                       ON CONFLICT DO UPDATE SET version = excluded.version";
            book.change(sql, [alias.as_str(), &version.to_string(), &name])?;
            touch(book, &name)
        })
        .await
    }

    pub(super) async fn remove_alias(&self, name: &str, alias: &str) -> Result<(), Error> {
        limits::registered_model_name(name)?;
        let (name, alias) = (name.to_owned(), alias.to_owned());
        self.write(format!("delete the alias `{alias}`"), move |book| {
            check(book, &name)?;
            let here = book.here("registered_model_aliases");
            let sql = format!(
                "DELETE FROM registered_model_aliases WHERE name = ? AND alias = ? AND {here}"
            );
            book.change(&sql, [&name, &alias])?;
            touch(book, &name)
        })
        .await
    }
}

/// Something about a registered model changed.
pub(super) fn touch(book: &Book<'_>, name: &str) -> Result<(), Fault> {
    let here = book.here("registered_models");
    let sql =
        format!("UPDATE registered_models SET last_updated_time = ? WHERE name = ? AND {here}");
    book.change(&sql, [now().to_string().as_str(), name])?;
    Ok(())
}

/// Whether there is such a model.
pub(super) fn check(book: &Book<'_>, name: &str) -> Result<(), Fault> {
    let sql = format!(
        "SELECT 1 FROM registered_models WHERE name = ? AND {}",
        book.here("registered_models")
    );
    let there = book.first(&sql, [name], |_| Ok(()))?;
    there.ok_or_else(|| missing(Thing::RegisteredModel, name))
}

fn by_name(book: &Book<'_>, name: &str) -> Result<RegisteredModel, Fault> {
    let sql = format!("{COLUMNS} name = ? AND {}", book.here("registered_models"));
    let found = book.rows(&sql, [name], read)?;
    let found = whole(book, found)?.into_iter().next();
    found.ok_or_else(|| missing(Thing::RegisteredModel, name))
}

fn add(book: &Book<'_>, new: &NewRegisteredModel) -> Result<Creation, Fault> {
    match check(book, &new.name) {
        Ok(()) => return Ok(Creation::Existed),
        Err(Fault::Told(Error::NotFound { .. })) => {}
        Err(fault) => return Err(fault),
    }
    let now = now();
    book.connection.execute(
        "INSERT INTO registered_models (name, creation_time, last_updated_time, description) VALUES (?1, ?2, ?2, ?3)",
        (&new.name, now, &new.description),
    )?;
    for tag in &new.tags {
        put_tag(book, &new.name, tag)?;
    }
    Ok(Creation::Created)
}

fn put_tag(book: &Book<'_>, name: &str, tag: &Tag) -> Result<(), Fault> {
    let sql = "INSERT INTO registered_model_tags (key, value, name) VALUES (?, ?, ?) \
               ON CONFLICT DO UPDATE SET value = excluded.value";
    book.change(sql, [tag.key.as_str(), &tag.value, name])?;
    Ok(())
}

fn rename(book: &Book<'_>, name: &str, new_name: &str) -> Result<RegisteredModel, Fault> {
    check(book, name)?;
    if name != new_name && check(book, new_name).is_ok() {
        return Err(Fault::Told(Error::AlreadyExists {
            thing: Thing::RegisteredModel,
            name: new_name.to_owned(),
        }));
    }
    let now = now().to_string();
    let here = book.here("registered_models");
    let sql = format!(
        "UPDATE registered_models SET name = ?, last_updated_time = ? WHERE name = ? AND {here}"
    );
    book.change(&sql, [new_name, &now, name])?;
    let sql = format!(
        "UPDATE model_versions SET last_updated_time = ? WHERE name = ? AND {}",
        book.here("model_versions")
    );
    book.change(&sql, [now.as_str(), new_name])?;
    by_name(book, new_name)
}

fn list(
    book: &Book<'_>,
    search: &Search,
    window: Window,
) -> Result<Portion<RegisteredModel>, Fault> {
    const TAGS: Tagged = Tagged {
        table: "registered_model_tags",
        mine: "registered_model_tags.name = registered_models.name",
    };
    let conditions = parse(&search.filter, OF_OTHERS)?;
    let mut clause = Clause::default();
    clause.plain(book.here("registered_models"));
    if !asks_for_prompts(&conditions) {
        clause.plain(without_prompts(
            "registered_models",
            "registered_model_tags",
        ));
    }
    for condition in conditions
        .iter()
        .filter(|condition| !is_about_prompts(condition))
    {
        match (condition.kind, condition.key.as_str()) {
            (Kind::Attribute, "name") => {
                condition.only(OF_NAMES)?;
                clause.compare(
                    "registered_models.name",
                    condition.operator,
                    condition.texts()?,
                );
            }
            (Kind::Tag, key) => {
                condition.only(OF_TEXT)?;
                TAGS.compare(&mut clause, key, condition.operator, condition.texts()?);
            }
            (_, key) => return Err(unknown(key, "name")),
        }
    }
    if asks_for_prompts(&conditions) {
        clause.plain(format!(
            "NOT ({})",
            without_prompts("registered_models", "registered_model_tags")
        ));
    }
    let mut keys = Vec::new();
    for order in parse_order(&search.order_by, OF_OTHERS)? {
        let column = match (order.kind, order.key.as_str()) {
            (Kind::Attribute, "name") => "name",
            (Kind::Attribute, "timestamp" | "last_updated_timestamp") => "last_updated_time",
            (_, key) => {
                return Err(unknown_order(
                    key,
                    "name, timestamp, last_updated_timestamp",
                ));
            }
        };
        keys.push(directed(column, order.ascending));
    }
    keys.push("name ASC".to_owned());
    let sql = format!(
        "{COLUMNS} {} ORDER BY {} {}",
        clause.all(),
        keys.join(", "),
        window.sql()
    );
    let found = window.cut(book.rows(&sql, clause.values, read)?);
    Ok(Portion {
        items: whole(book, found.items)?,
        next_page_token: found.next_page_token,
    })
}

fn is_about_prompts(condition: &Condition) -> bool {
    condition.kind == Kind::Tag && condition.key == tag::IS_PROMPT
}

/// Whether prompts are asked for, and not models (`_is_querying_prompt`, `sqlalchemy_store.py`, 3.17.2).
pub(super) fn asks_for_prompts(conditions: &[Condition]) -> bool {
    let about = conditions
        .iter()
        .find(|condition| is_about_prompts(condition));
    about.is_some_and(|condition| match (&condition.value, condition.operator) {
        (Value::Text(text), Operator::Equal) => text.eq_ignore_ascii_case("true"),
        (Value::Text(text), Operator::NotEqual) => text.eq_ignore_ascii_case("false"),
        _ => false,
    })
}

/// A condition that leaves out what is a prompt by its tag.
pub(super) fn without_prompts(table: &str, tags: &str) -> String {
    format!(
        "NOT EXISTS (SELECT 1 FROM {tags} AS prompts WHERE prompts.name = {table}.name AND prompts.key = '{}' \
         AND prompts.value = 'true')",
        tag::IS_PROMPT
    )
}

type Raw = (String, Option<i64>, Option<i64>, Option<String>);

fn read(row: &Row<'_>) -> rusqlite::Result<Raw> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
}

/// Which version each alias of a model points to.
pub(super) fn aliases(book: &Book<'_>, name: &str) -> Result<BTreeMap<String, Version>, Fault> {
    let here = book.here("registered_model_aliases");
    let sql =
        format!("SELECT alias, version FROM registered_model_aliases WHERE name = ? AND {here}");
    let aliases = book.rows(&sql, [name], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?)))?;
    let aliases = aliases.into_iter();
    Ok(aliases
        .map(|(alias, version)| (alias, Version(u64::try_from(version).unwrap_or_default())))
        .collect())
}

fn whole(book: &Book<'_>, found: Vec<Raw>) -> Result<Vec<RegisteredModel>, Fault> {
    let names: Vec<String> = found.iter().map(|(name, ..)| name.clone()).collect();
    let here = book.here("registered_model_tags");
    let sql =
        format!("SELECT name, key, value FROM registered_model_tags WHERE {here} AND name IN");
    let mut tags = book.pairs(&sql, &names)?;
    let models = found.into_iter().map(
        |(name, creation_timestamp, last_updated_timestamp, description)| {
            Ok(RegisteredModel {
                latest_versions: latest(book, &name)?,
                aliases: aliases(book, &name)?,
                tags: tags.remove(&name).unwrap_or_default(),
                name,
                creation_timestamp,
                last_updated_timestamp,
                description: description.unwrap_or_default(),
            })
        },
    );
    models.collect()
}

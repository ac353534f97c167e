//! Versions of registered models in the database.
//!
//! The models themselves and their aliases are in `registry`.

use std::collections::BTreeMap;

use rusqlite::Row;
use rusqlite::types::Value as Bound;
use serde_json::{Value as Json, json};

use super::Sqlite;
use super::book::{Book, Fault, missing, now};
use super::logged_models;
use super::registry::{aliases, check, touch};
use crate::entity::id::{ModelId, Version};
use crate::entity::limits;
use crate::entity::model::{ModelVersion, Stage, VersionStatus};
use crate::entity::tag::{self, Tag};
use crate::entity::uri::ModelUri;
use crate::tracking::error::{Error, Thing};
use crate::tracking::{NewVersion, marked};

/// The stage of a version that was deleted; its row stays (`STAGE_DELETED_INTERNAL`, 3.17.2).
const DELETED: &str = "Deleted_Internal";

/// A version as [`read`] takes it.
pub(super) const COLUMNS: &str = "SELECT name, version, creation_time, last_updated_time, source, run_id, status, \
                       status_message, current_stage, description FROM model_versions \
                       WHERE current_stage != 'Deleted_Internal' AND";

impl Sqlite {
    pub(super) async fn add_version(&self, new: &NewVersion) -> Result<ModelVersion, Error> {
        limits::registered_model_name(&new.name)?;
        new.tags.iter().try_for_each(limits::registry_tag)?;
        let action = format!("create a version of `{}`", new.name);
        let new = new.clone();
        self.write(action, move |book| add(book, &new)).await
    }

    pub(super) async fn find_version(
        &self,
        name: &str,
        version: Version,
    ) -> Result<ModelVersion, Error> {
        limits::registered_model_name(name)?;
        let name = name.to_owned();
        self.read("look up the version", move |book| one(book, &name, version))
            .await
    }

    pub(super) async fn find_latest(
        &self,
        name: &str,
        stage: Option<Stage>,
    ) -> Result<Vec<ModelVersion>, Error> {
        limits::registered_model_name(name)?;
        let name = name.to_owned();
        self.read("look up the versions", move |book| {
            check(book, &name)?;
            let mut versions = latest(book, &name)?;
            versions.retain(|version| stage.is_none_or(|stage| version.stage == stage));
            Ok(versions)
        })
        .await
    }

    pub(super) async fn put_version(
        &self,
        name: &str,
        version: Version,
        description: &str,
    ) -> Result<ModelVersion, Error> {
        limits::registered_model_name(name)?;
        let (name, description) = (name.to_owned(), description.to_owned());
        self.write("update the version", move |book| {
            one(book, &name, version)?;
            change(
                book,
                &name,
                version,
                "description = ?",
                vec![Bound::Text(description)],
            )?;
            one(book, &name, version)
        })
        .await
    }

    pub(super) async fn put_stage(
        &self,
        name: &str,
        version: Version,
        stage: Stage,
        archive_existing: bool,
    ) -> Result<ModelVersion, Error> {
        limits::registered_model_name(name)?;
        let action = format!("move the version to the stage `{stage}`");
        let name = name.to_owned();
        self.write(action, move |book| {
            transition(book, &name, version, stage, archive_existing)
        })
        .await
    }

    pub(super) async fn put_version_tag(
        &self,
        name: &str,
        version: Version,
        tag: &Tag,
    ) -> Result<(), Error> {
        limits::registry_tag(tag)?;
        let (name, tag) = (name.to_owned(), tag.clone());
        self.write("tag the version", move |book| {
            one(book, &name, version)?;
            put_tag(book, &name, version, &tag)
        })
        .await
    }

    pub(super) async fn remove_version_tag(
        &self,
        name: &str,
        version: Version,
        key: &str,
    ) -> Result<(), Error> {
        let (name, key) = (name.to_owned(), key.to_owned());
        self.write(format!("delete the tag `{key}`"), move |book| {
            one(book, &name, version)?;
            let here = book.here("model_version_tags");
            let sql = format!("DELETE FROM model_version_tags WHERE name = ? AND version = ? AND key = ? AND {here}");
            book.change(&sql, [name.as_str(), &version.to_string(), &key])?;
            Ok(())
        })
        .await
    }

    /// The row stays and says nothing any more, so that its number is not given again (`delete_model_version`).
    pub(super) async fn remove_version(&self, name: &str, version: Version) -> Result<(), Error> {
        limits::registered_model_name(name)?;
        let name = name.to_owned();
        self.write("delete the version", move |book| {
            one(book, &name, version)?;
            let here = book.here("registered_model_aliases");
            let sql = format!("DELETE FROM registered_model_aliases WHERE name = ? AND version = ? AND {here}");
            book.change(&sql, [name.as_str(), &version.to_string()])?;
            let nothing = "current_stage = ?, description = NULL, user_id = NULL, source = 'REDACTED-SOURCE-PATH', \
                           run_id = 'REDACTED-RUN-ID', run_link = 'REDACTED-RUN-LINK', status_message = NULL";
            change(book, &name, version, nothing, vec![Bound::Text(DELETED.to_owned())])?;
            touch(book, &name)
        })
        .await
    }

    pub(super) async fn find_download_uri(
        &self,
        name: &str,
        version: Version,
    ) -> Result<String, Error> {
        let name = name.to_owned();
        self.read("find the files of the version", move |book| {
            location(book, &name, version)
        })
        .await
    }
}

fn location(book: &Book<'_>, name: &str, version: Version) -> Result<String, Fault> {
    let version_there = one(book, name, version)?;
    let here = book.here("model_versions");
    let sql = format!(
        "SELECT storage_location FROM model_versions WHERE name = ? AND version = ? AND {here}"
    );
    let stored = book.first(&sql, [name, &version.to_string()], |row| {
        row.get::<_, Option<String>>(0)
    })?;
    Ok(stored
        .flatten()
        .filter(|uri| !uri.is_empty())
        .unwrap_or(version_there.source))
}

fn add(book: &Book<'_>, new: &NewVersion) -> Result<ModelVersion, Fault> {
    check(book, &new.name)?;
    let named = match new.source.parse() {
        Ok(ModelUri::Logged(model_id)) => Some(model_id),
        _ => None,
    };
    let (mut location, mut run_id) = (new.source.clone(), new.run_id.clone());
    let model_id: Option<&ModelId> = new.model_id.as_ref().or(named.as_ref());
    let model = model_id
        .map(|id| logged_models::by_id(book, id))
        .transpose()?;
    if let Some(model) = &model {
        if named.is_some() {
            location.clone_from(&model.artifact_uri);
        }
        run_id = run_id.or_else(|| model.source_run_id.clone());
    } else if let Ok(ModelUri::Version { name, version }) = new.source.parse() {
        location = self::location(book, &name, version)?;
    }
    // Those of deleted versions count: a number is given once.
    let sql = format!(
        "SELECT coalesce(max(version), 0) + 1 FROM model_versions WHERE name = ? AND {}",
        book.here("model_versions")
    );
    let number: i64 = book
        .first(&sql, [&new.name], |row| row.get(0))?
        .unwrap_or(1);
    book.connection.execute(
        "INSERT INTO model_versions (name, version, creation_time, last_updated_time, description, current_stage, \
         source, run_id, status, storage_location) VALUES (?1, ?2, ?3, ?3, ?4, 'None', ?5, ?6, 'READY', ?7)",
        (
            &new.name,
            number,
            now(),
            &new.description,
            &new.source,
            run_id.as_ref().map(crate::entity::id::RunId::as_str),
            location,
        ),
    )?;
    let version = Version(u64::try_from(number).unwrap_or_default());
    for tag in marked(&new.tags, &new.request_id) {
        put_tag(book, &new.name, version, &tag)?;
    }
    touch(book, &new.name)?;
    if let Some(model) = model {
        // What the user interface shows beside a logged model (`mlflow.modelVersions`, 3.17.2).
        let before = model.tags.get(tag::MODEL_VERSIONS);
        let before = before.and_then(|before| serde_json::from_str(before).ok());
        let mut list: Vec<Json> = before.unwrap_or_default();
        list.push(json!({ "name": new.name, "version": number }));
        let tag = Tag::new(tag::MODEL_VERSIONS, Json::from(list).to_string());
        logged_models::put_tags(book, &model, &[tag])?;
    }
    one(book, &new.name, version)
}

fn put_tag(book: &Book<'_>, name: &str, version: Version, tag: &Tag) -> Result<(), Fault> {
    let sql = "INSERT INTO model_version_tags (key, value, name, version) VALUES (?, ?, ?, ?) \
               ON CONFLICT DO UPDATE SET value = excluded.value";
    book.change(
        sql,
        [tag.key.as_str(), &tag.value, name, &version.to_string()],
    )?;
    Ok(())
}

fn change(
    book: &Book<'_>,
    name: &str,
    version: Version,
    set: &str,
    values: Vec<Bound>,
) -> Result<(), Fault> {
    let sql = format!(
        "UPDATE model_versions SET {set}, last_updated_time = ? WHERE name = ? AND version = ? AND {}",
        book.here("model_versions")
    );
    let rest = [
        Bound::Integer(now()),
        Bound::Text(name.to_owned()),
        Bound::Text(version.to_string()),
    ];
    book.change(&sql, values.into_iter().chain(rest))?;
    Ok(())
}

fn transition(
    book: &Book<'_>,
    name: &str,
    version: Version,
    stage: Stage,
    archive_existing: bool,
) -> Result<ModelVersion, Fault> {
    one(book, name, version)?;
    if archive_existing && !stage.is_active() {
        return Err(Fault::Refused(format!(
            "versions can be archived only when another goes to `Staging` or `Production`, not to `{stage}`"
        )));
    }
    if archive_existing {
        let sql = format!(
            "UPDATE model_versions SET current_stage = 'Archived', last_updated_time = ? \
             WHERE name = ? AND version != ? AND current_stage = ? AND {}",
            book.here("model_versions")
        );
        book.change(
            &sql,
            [
                now().to_string().as_str(),
                name,
                &version.to_string(),
                stage.as_str(),
            ],
        )?;
    }
    change(
        book,
        name,
        version,
        "current_stage = ?",
        vec![Bound::Text(stage.as_str().to_owned())],
    )?;
    touch(book, name)?;
    one(book, name, version)
}

/// A version with its aliases.
pub(super) fn one(book: &Book<'_>, name: &str, version: Version) -> Result<ModelVersion, Fault> {
    let sql = format!(
        "{COLUMNS} name = ? AND version = ? AND {}",
        book.here("model_versions")
    );
    let found = book.rows(&sql, [name, &version.to_string()], read)?;
    let found = with_aliases(book, with_tags(book, found)?)?
        .into_iter()
        .next();
    found.ok_or_else(|| missing(Thing::Version, format!("{name}/{version}")))
}

/// The newest version of each stage.
pub(super) fn latest(book: &Book<'_>, name: &str) -> Result<Vec<ModelVersion>, Fault> {
    let here = book.here("model_versions");
    let sql = format!(
        "{COLUMNS} name = ?1 AND {here} AND version IN (SELECT max(version) FROM model_versions \
         WHERE name = ?1 AND {here} GROUP BY current_stage) ORDER BY version"
    );
    let found = book.rows(&sql, [name], read)?;
    with_aliases(book, with_tags(book, found)?)
}

/// A version without tags and aliases.
pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<ModelVersion> {
    let text = |index: usize| {
        Ok::<_, rusqlite::Error>(row.get::<_, Option<String>>(index)?.unwrap_or_default())
    };
    let source = text(4)?;
    let model_id = match source.parse() {
        Ok(ModelUri::Logged(model_id)) => Some(model_id),
        _ => None,
    };
    Ok(ModelVersion {
        name: row.get(0)?,
        version: Version(u64::try_from(row.get::<_, i64>(1)?).unwrap_or_default()),
        creation_timestamp: row.get(2)?,
        last_updated_timestamp: row.get(3)?,
        source,
        run_id: text(5)?.parse().ok(),
        model_id,
        status: match text(6)?.as_str() {
            "PENDING_REGISTRATION" => VersionStatus::PendingRegistration,
            "FAILED_REGISTRATION" => VersionStatus::FailedRegistration,
            _ => VersionStatus::Ready,
        },
        status_message: text(7)?,
        stage: text(8)?.parse().unwrap_or_default(),
        description: text(9)?,
        aliases: Vec::new(),
        tags: BTreeMap::new(),
    })
}

/// The same versions with their tags.
pub(super) fn with_tags(
    book: &Book<'_>,
    mut versions: Vec<ModelVersion>,
) -> Result<Vec<ModelVersion>, Fault> {
    let here = book.here("model_version_tags");
    let sql = format!(
        "SELECT key, value FROM model_version_tags WHERE name = ? AND version = ? AND {here}"
    );
    for version in &mut versions {
        let values = [version.name.clone(), version.version.to_string()];
        let tags = book.rows(&sql, values, |row| {
            Ok((
                row.get(0)?,
                row.get::<_, Option<String>>(1)?.unwrap_or_default(),
            ))
        })?;
        version.tags = tags.into_iter().collect();
    }
    Ok(versions)
}

fn with_aliases(
    book: &Book<'_>,
    mut versions: Vec<ModelVersion>,
) -> Result<Vec<ModelVersion>, Fault> {
    for version in &mut versions {
        let aliases = aliases(book, &version.name)?.into_iter();
        let mine = aliases.filter(|(_, points_to)| *points_to == version.version);
        version.aliases = mine.map(|(alias, _)| alias).collect();
    }
    Ok(versions)
}

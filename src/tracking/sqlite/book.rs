//! What the nouns write in: one transaction of the database, and what is known of its tables.
//!
//! It knows no table by name.

use std::collections::BTreeMap;
use std::path::Path;
use std::str::FromStr;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use rusqlite::{Connection, ErrorCode, Row, ToSql, params_from_iter};

use super::connection::PATIENCE;
use crate::tracking::error::{Error, Thing};
use crate::tracking::{PageOf, Portion};

/// How many values stand in one list of a statement; SQLite's own limit is higher everywhere.
pub(super) const AT_ONCE: usize = 500;

/// One transaction.
#[derive(Debug)]
pub(super) struct Book<'a> {
    pub(super) connection: &'a Connection,
    /// Below which folder the artifacts of new experiments lie.
    pub(super) artifact_root: &'a str,
    /// The revision of the tables.
    pub(super) revision: &'a str,
    /// Whether rows belong to workspaces (MLflow 3.10 and later).
    pub(super) has_workspaces: bool,
    /// When work that can be cut is to leave the rest to another transaction.
    pub(super) until: Option<Instant>,
}

/// Why a transaction was given up.
#[derive(Debug)]
pub(super) enum Fault {
    /// SQLite did not do it.
    Sql(rusqlite::Error),
    /// What was asked for is not there, or is not allowed.
    Told(Error),
    /// What was asked for makes no sense, in these words.
    Refused(String),
    /// The database is not what it must be.
    Unusable {
        reason: String,
        advice: Option<&'static str>,
    },
    /// The thread that worked on it is gone.
    Gone,
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self::Told(error)
    }
}

impl Fault {
    pub(super) fn explain(self, action: String, file: &Path) -> Error {
        let file = file.display().to_string();
        match self {
            Self::Told(error) => error,
            Self::Refused(message) => Error::Unacceptable { action, message },
            Self::Unusable { reason, advice } => Error::UnusableDatabase {
                file,
                reason,
                advice: advice.map(str::to_owned),
            },
            Self::Sql(source) => match source.sqlite_error_code() {
                Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Error::Busy {
                    action,
                    file,
                    seconds: PATIENCE.as_secs(),
                },
                Some(ErrorCode::NotADatabase) => Error::UnusableDatabase {
                    file,
                    reason: "it is no SQLite database".to_owned(),
                    advice: None,
                },
                _ => Error::Database {
                    action,
                    file,
                    source: Box::new(source),
                },
            },
            Self::Gone => Error::Database {
                action,
                file,
                source: Box::new(rusqlite::Error::InvalidQuery),
            },
        }
    }
}

impl Book<'_> {
    /// Whether more may be written before others are let in.
    pub(super) fn has_time(&self) -> bool {
        self.until.is_none_or(|until| Instant::now() < until)
    }

    /// The condition that leaves the rows of other workspaces out, as MLflow without workspaces does.
    pub(super) fn here(&self, table: &str) -> String {
        if self.has_workspaces {
            format!("{table}.workspace = 'default'")
        } else {
            "1".to_owned()
        }
    }

    /// All rows of a statement.
    pub(super) fn rows<T>(
        &self,
        sql: &str,
        values: impl IntoIterator<Item = impl ToSql>,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, Fault> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map(params_from_iter(values), read)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The first row of a statement.
    pub(super) fn first<T>(
        &self,
        sql: &str,
        values: impl IntoIterator<Item = impl ToSql>,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, Fault> {
        Ok(self.rows(sql, values, read)?.into_iter().next())
    }

    /// Changes rows; how many.
    pub(super) fn change(
        &self,
        sql: &str,
        values: impl IntoIterator<Item = impl ToSql>,
    ) -> Result<usize, Fault> {
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.execute(params_from_iter(values))?)
    }

    /// Keys and values by the thing they belong to. `sql` ends before the list: `… WHERE run_uuid IN`.
    pub(super) fn pairs(
        &self,
        sql: &str,
        owners: &[String],
    ) -> Result<BTreeMap<String, BTreeMap<String, String>>, Fault> {
        let mut found: BTreeMap<_, BTreeMap<_, _>> = BTreeMap::new();
        for some in owners.chunks(AT_ONCE) {
            let sql = format!("{sql} ({})", places(some.len()));
            for (owner, key, value) in self.rows(&sql, some, |row| {
                let value: Option<String> = row.get(2)?;
                Ok((row.get::<_, String>(0)?, row.get(1)?, value))
            })? {
                let pairs = found.entry(owner).or_default();
                pairs.insert(key, value.unwrap_or_default());
            }
        }
        Ok(found)
    }
}

/// As many places for values: `?, ?, ?`.
pub(super) fn places(number: usize) -> String {
    vec!["?"; number].join(", ")
}

/// A text of the database that must be an id.
pub(super) fn id<T: FromStr>(text: &str) -> Result<T, Fault> {
    text.parse().map_err(|_| Fault::Unusable {
        reason: format!("`{text}` in it can be no id"),
        advice: None,
    })
}

/// What is not there.
pub(super) fn missing(thing: Thing, name: impl Into<String>) -> Fault {
    Fault::Told(Error::missing(thing, name))
}

/// Now, in milliseconds since 1970.
pub(super) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| {
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    })
}

/// A list is asked for with one thing more than wanted, which tells whether it goes on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window {
    pub(super) size: usize,
    pub(super) offset: usize,
}

impl Window {
    pub(super) fn of(page: PageOf<'_>) -> Result<Self, Fault> {
        let offset = page.token.map_or(Ok(0), str::parse);
        Ok(Self {
            size: usize::try_from(page.size).unwrap_or(usize::MAX),
            offset: offset.map_err(|_| Fault::Refused("Invalid page token".to_owned()))?,
        })
    }

    /// The end of a statement.
    pub(super) fn sql(self) -> String {
        let most = i64::try_from(self.size)
            .unwrap_or(i64::MAX)
            .saturating_add(1);
        format!("LIMIT {most} OFFSET {}", self.offset)
    }

    pub(super) fn cut<T>(self, mut items: Vec<T>) -> Portion<T> {
        let goes_on = items.len() > self.size;
        items.truncate(self.size);
        Portion {
            items,
            next_page_token: goes_on.then(|| (self.offset + self.size).to_string()),
        }
    }
}

//! Opens the file, waits for others that use it, and begins and ends transactions.
//!
//! The journal is SQLite's rollback journal, as MLflow leaves it: `mlflow ui` and phi3ml see one another's rows,
//! and what a process that was killed left half done is undone by whoever opens the file next.

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::book::{Book, Fault};
use super::schema::{self, Tables};

/// As long as MLflow itself waits (`mlflow/store/db/utils.py`, 3.17.2).
pub(super) const PATIENCE: Duration = Duration::from_secs(20);

/// The longest nap between two looks. Short: SQLite keeps no queue, and who sleeps long is passed by.
const NAP: Duration = Duration::from_millis(16);

/// An open database.
#[derive(Debug)]
pub(super) struct Opened {
    connection: Connection,
    /// What is known of its tables, and the number by which SQLite tells that they changed since.
    tables: Option<(i64, Tables)>,
}

/// Whether there is anything to read.
pub(super) fn is_there(file: &Path) -> bool {
    fs_err::metadata(file).is_ok_and(|metadata| metadata.len() > 0)
}

/// A database of nobody, with the tables and nothing else.
pub(super) fn empty(artifact_root: &str) -> Result<Opened, Fault> {
    let mut opened = prepare(Connection::open_in_memory()?)?;
    opened.create(artifact_root)?;
    Ok(opened)
}

/// Likewise, on a disk as far as memory does not hold it, and gone with the process.
pub(super) fn passing(artifact_root: &str) -> Result<Opened, Fault> {
    // A database without a name (`sqlite3_open_v2`, "in-memory and temporary databases").
    let mut opened = prepare(Connection::open("")?)?;
    opened.create(artifact_root)?;
    Ok(opened)
}

/// Opens the file. If something is to be written and there is none, or nothing in it, makes the tables.
pub(super) fn open(file: &Path, artifact_root: &str, writes: bool) -> Result<Opened, Fault> {
    let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    flags.set(OpenFlags::SQLITE_OPEN_CREATE, writes);
    let mut opened = prepare(Connection::open_with_flags(file, flags)?)?;
    if writes {
        opened.create(artifact_root)?;
    }
    Ok(opened)
}

fn prepare(connection: Connection) -> Result<Opened, Fault> {
    connection.busy_handler(Some(wait))?;
    // As MLflow sets them (`mlflow/store/db/utils.py`, 3.17.2).
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "case_sensitive_like", true)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(Opened {
        connection,
        tables: None,
    })
}

/// Sleeps a little while somebody else writes; `false` once [`PATIENCE`] is over.
fn wait(looks: i32) -> bool {
    let looks = u32::try_from(looks).unwrap_or(u32::MAX);
    // 1, 2, 4, 8, 16, 16, … ms, of which a part is left to chance so that those who wait do not march in step.
    let nap = Duration::from_millis(1 << looks.min(4)).min(NAP);
    let slept = NAP * looks.saturating_sub(4);
    let share = f64::from(std::process::id().wrapping_mul(31).wrapping_add(looks * 7) % 8) / 16.0;
    thread::sleep(nap.mul_f64(1.0 - share));
    slept < PATIENCE.mul_f64(1.3)
}

impl Opened {
    /// Does something in one transaction, which ends with it: kept if it went well, undone if not.
    pub(super) fn transact<T>(
        &mut self,
        behavior: TransactionBehavior,
        artifact_root: &str,
        work: impl FnOnce(&Book<'_>) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let Self { connection, tables } = self;
        let writes = matches!(behavior, TransactionBehavior::Immediate);
        let transaction = connection.transaction_with_behavior(behavior)?;
        let began = Instant::now();
        let number = transaction.query_row("PRAGMA schema_version", [], |row| row.get(0))?;
        // MLflow may have upgraded the tables since the last look.
        let known = match tables.take() {
            Some((seen, tables)) if seen == number => tables,
            _ => schema::look(&transaction)?,
        };
        let (_, known) = tables.insert((number, known));
        let done = work(&Book {
            connection: &transaction,
            artifact_root,
            revision: &known.revision,
            has_workspaces: known.has_workspaces,
        })?;
        transaction.commit()?;
        if writes {
            // So long everybody else had to wait.
            let milliseconds = began.elapsed().as_secs_f64() * 1000.0;
            tracing::debug!(milliseconds, "wrote to the database");
        }
        Ok(done)
    }

    /// Makes the tables where there are none. Two that try this at once wait for one another.
    fn create(&mut self, artifact_root: &str) -> Result<(), Fault> {
        if !schema::is_blank(&self.connection)? {
            return Ok(());
        }
        let behavior = TransactionBehavior::Immediate;
        let transaction = self.connection.transaction_with_behavior(behavior)?;
        if schema::is_blank(&transaction)? {
            schema::create(&transaction, artifact_root)?;
        }
        Ok(transaction.commit()?)
    }
}

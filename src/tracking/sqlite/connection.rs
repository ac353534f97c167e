//! Opens the file, waits for others that use it, and begins and ends transactions.
//!
//! The journal is SQLite's rollback journal, as MLflow leaves it: `mlflow ui` and phi3ml see one another's rows,
//! and what a process that was killed left half done is undone by whoever opens the file next.

use std::io;
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

/// After how long work that can be cut ends its transaction. What the disk takes to keep it comes on top, and both
/// together are to stay below a tenth of a second.
pub(super) const STINT: Duration = Duration::from_millis(25);

/// Which part of the time for which it held up others a process stays away afterwards. SQLite keeps no queue, and
/// Python's looks are up to 0.1 s apart (`sqliteDefaultBusyCallback`, SQLite's `main.c`): who begins again at once is
/// never caught between two transactions.
const REST: u32 = 4;

/// An open database.
#[derive(Debug)]
pub(super) struct Opened {
    connection: Connection,
    /// What is known of its tables, and the number by which SQLite tells that they changed since.
    tables: Option<(i64, Tables)>,
    /// Before when nothing more is written, so that others can.
    rests_until: Option<Instant>,
}

/// Whether there is anything to read.
pub(super) fn is_there(file: &Path) -> bool {
    fs_err::metadata(file).is_ok_and(|metadata| metadata.len() > 0)
}

/// A file that is not there yet must have a folder to be in: where that is missing, too, the name is likely wrong.
pub(super) fn check_folder(file: &Path) -> Result<(), Fault> {
    let Some(folder) = file.parent().filter(|folder| *folder != Path::new("")) else {
        return Ok(());
    };
    match fs_err::metadata(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(Fault::Unusable {
            reason: format!("there is no folder `{}`", folder.display()),
            advice: Some("make it, or name another file: `sqlite:///` is followed by a path"),
        }),
        _ => Ok(()),
    }
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
    check_folder(file)?;
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
        rests_until: None,
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
    /// Looks something up, in one transaction.
    pub(super) fn read<T>(
        &mut self,
        artifact_root: &str,
        work: impl FnOnce(&Book<'_>) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let transaction = self.connection.transaction()?;
        let known = known(&transaction, &mut self.tables)?;
        let done = work(&book(&transaction, known, artifact_root, None))?;
        transaction.commit()?;
        Ok(done)
    }

    /// Writes something down in one transaction, which ends with it: kept if it went well, undone if not.
    pub(super) fn write<T>(
        &mut self,
        artifact_root: &str,
        stint: Option<Duration>,
        work: impl FnOnce(&Book<'_>) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        if self.tables.is_none() {
            // While nobody has to wait for it.
            self.read(artifact_root, |_| Ok(()))?;
        }
        if let Some(rest) = self.rests_until.take() {
            thread::sleep(rest.saturating_duration_since(Instant::now()));
        }
        // Immediate: whoever begins by reading and then wants to write may be refused without any waiting.
        let behavior = TransactionBehavior::Immediate;
        let transaction = self.connection.transaction_with_behavior(behavior)?;
        let began = Instant::now();
        let known = known(&transaction, &mut self.tables)?;
        let until = stint.map(|stint| began + stint);
        let done = work(&book(&transaction, known, artifact_root, until))?;
        let worked = began.elapsed();
        transaction.commit()?;
        // So long everybody else had to wait.
        let held = began.elapsed();
        self.rests_until = Some(Instant::now() + held / REST);
        let milliseconds = |time: Duration| time.as_secs_f64() * 1000.0;
        tracing::debug!(
            milliseconds = milliseconds(held),
            of_which_committing = milliseconds(held.saturating_sub(worked)),
            "wrote to the database"
        );
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

/// What is known of the tables, looked at again if somebody changed them since: MLflow may have upgraded them.
fn known<'a>(
    connection: &Connection,
    tables: &'a mut Option<(i64, Tables)>,
) -> Result<&'a Tables, Fault> {
    let number = connection.query_row("PRAGMA schema_version", [], |row| row.get(0))?;
    let known = match tables.take() {
        Some((seen, tables)) if seen == number => tables,
        _ => schema::look(connection)?,
    };
    Ok(&tables.insert((number, known)).1)
}

fn book<'a>(
    connection: &'a Connection,
    tables: &'a Tables,
    artifact_root: &'a str,
    until: Option<Instant>,
) -> Book<'a> {
    Book {
        connection,
        artifact_root,
        revision: &tables.revision,
        has_workspaces: tables.has_workspaces,
        until,
    }
}

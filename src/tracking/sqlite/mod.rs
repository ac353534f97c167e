//! A ledger that is a file: an SQLite database with MLflow's own tables, which MLflow opens as its own.
//!
//! It never changes a table. What the tables mean is decided by MLflow's store, whose rules it follows
//! (`mlflow/store/tracking/sqlalchemy_store.py` and `mlflow/store/model_registry/sqlalchemy_store.py`, 3.17.2).
//!
//! ```text
//!  a command ──▶ Ledger (async, `ledger.rs`) ──▶ a blocking thread ──▶ one transaction ──▶ Book (by noun)
//! ```

mod address;
mod batch;
mod book;
mod clause;
mod connection;
mod experiments;
mod file_store;
mod filter;
mod inputs;
mod ledger;
mod logged_models;
mod metrics;
mod registry;
mod run_names;
mod run_search;
mod runs;
mod schema;
mod token;
mod version_search;
mod versions;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

pub use address::{NotAFile, file_of};
pub use file_store::{NotAFileStore, file_store_of, has_experiments};

use super::error::Error;
use book::{Book, Fault};
use connection::{Opened, STINT};

/// A ledger that is a file.
#[derive(Debug, Clone)]
pub struct Sqlite {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    file: PathBuf,
    /// Below which folder the artifacts of new experiments lie.
    artifact_root: String,
    opened: Mutex<Option<Opened>>,
    /// What is open was read from elsewhere; nothing that is written would get there.
    is_read_only: bool,
}

impl Sqlite {
    /// The ledger in this file; nothing is opened yet. The file is made when something is first written.
    /// Artifacts of new experiments lie below `artifact_root`.
    pub fn new(file: PathBuf, artifact_root: &Path) -> Self {
        Self {
            inner: Arc::new(Inner {
                file,
                artifact_root: artifact_root.display().to_string(),
                opened: Mutex::new(None),
                is_read_only: false,
            }),
        }
    }

    /// What is in a folder in which MLflow kept everything in small files, to be read.
    pub fn of_file_store(folder: PathBuf) -> Result<Self, Error> {
        let artifact_root = folder.display().to_string();
        let read = || {
            let mut opened = connection::passing(&artifact_root)?;
            opened.write(&artifact_root, None, |book| file_store::read(book, &folder))?;
            Ok(opened)
        };
        let opened =
            read().map_err(|fault: Fault| fault.explain("read the files".to_owned(), &folder))?;
        Ok(Self {
            inner: Arc::new(Inner {
                artifact_root: artifact_root.clone(),
                opened: Mutex::new(Some(opened)),
                is_read_only: true,
                file: folder,
            }),
        })
    }

    /// Whether the file is a database that can be worked with, and at which revision of MLflow's tables it is;
    /// `None` if there is no file yet.
    pub async fn revision(&self) -> Result<Option<String>, Error> {
        if !connection::is_there(&self.inner.file) {
            return Ok(None);
        }
        self.read("read the database", |book| {
            Ok(Some(book.revision.to_owned()))
        })
        .await
    }

    /// Whether it can be written: asks for the right to, and gives it back.
    pub async fn check_writable(&self) -> Result<(), Error> {
        self.write("write to the database", |_| Ok(())).await
    }

    /// Looks something up. Nothing is made, not even the file.
    async fn read<T: Send + 'static>(
        &self,
        action: impl Into<String>,
        work: impl FnOnce(&Book<'_>) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Error> {
        let inner = Arc::clone(&self.inner);
        self.elsewhere(action.into(), move || inner.read(work))
            .await
    }

    /// Writes something down, wholly or not at all.
    async fn write<T: Send + 'static>(
        &self,
        action: impl Into<String>,
        work: impl FnOnce(&Book<'_>) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Error> {
        let inner = self.writable()?;
        self.elsewhere(action.into(), move || inner.write(None, work))
            .await
    }

    /// Writes down what may be much, in as many transactions as it takes for none of them to hold up others for long.
    /// Each does what it has time for and says whether something is left.
    async fn write_in_parts(
        &self,
        action: impl Into<String>,
        mut work: impl FnMut(&Book<'_>) -> Result<bool, Fault> + Send + 'static,
    ) -> Result<(), Error> {
        let inner = self.writable()?;
        self.elsewhere(action.into(), move || {
            while inner.write(Some(STINT), &mut work)? {}
            Ok(())
        })
        .await
    }

    fn writable(&self) -> Result<Arc<Inner>, Error> {
        if self.inner.is_read_only {
            let file = self.inner.file.display().to_string();
            return Err(Error::ReadOnly { file });
        }
        Ok(Arc::clone(&self.inner))
    }

    /// A database is waited for by sleeping, which must not hold up what runs beside.
    async fn elsewhere<T: Send + 'static>(
        &self,
        action: String,
        work: impl FnOnce() -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Error> {
        let done = tokio::task::spawn_blocking(work).await;
        done.unwrap_or(Err(Fault::Gone))
            .map_err(|fault| fault.explain(action, &self.inner.file))
    }
}

impl Inner {
    fn read<T>(&self, work: impl FnOnce(&Book<'_>) -> Result<T, Fault>) -> Result<T, Fault> {
        let mut kept = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.is_none() && !connection::is_there(&self.file) {
            connection::check_folder(&self.file)?;
            // What is not there is as good as empty, and looking must not make it.
            let mut empty = connection::empty(&self.artifact_root)?;
            return empty.read(&self.artifact_root, work);
        }
        let opened = match kept.as_mut() {
            Some(opened) => opened,
            None => kept.insert(connection::open(&self.file, &self.artifact_root, false)?),
        };
        opened.read(&self.artifact_root, work)
    }

    fn write<T>(
        &self,
        stint: Option<Duration>,
        work: impl FnOnce(&Book<'_>) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let mut kept = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        let opened = match kept.as_mut() {
            Some(opened) => opened,
            None => kept.insert(connection::open(&self.file, &self.artifact_root, true)?),
        };
        opened.write(&self.artifact_root, stint, work)
    }
}

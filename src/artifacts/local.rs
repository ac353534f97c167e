//! A folder as a store: on this machine, or shared with the server.
//!
//! Files are written beside their place and renamed, and nothing outside the folder is read or written. A
//! folder that a server named is used only after a round trip has proved that both see the same one.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::UNIX_EPOCH;

use futures_util::future::BoxFuture;
use futures_util::{StreamExt as _, TryStreamExt as _};
use tokio::io::{AsyncReadExt as _, AsyncSeekExt as _, AsyncWriteExt as _};
use tokio::sync::OnceCell;
use tokio_util::io::ReaderStream;

use super::names::check;
use super::owner::{Unlisted, Witness};
use super::partial::{self, Partial};
use super::{ArtifactStore, Cause, Content, Error, Item, PartStore, Reading, Span};
use crate::entity::manifest::RelativePath;

/// How a file is named that is written to be found by the server.
const PROBE: &str = ".phi3ml-probe-";
/// How much is read at a time.
const BLOCK: usize = 256 * 1024;

/// A folder.
#[derive(Debug)]
pub(super) struct Local {
    /// As it was named.
    uri: String,
    root: PathBuf,
    /// Who tells whether the server sees the same folder; nobody for a folder of the user's own.
    witness: Option<Witness>,
    proved: OnceCell<Proof>,
    /// The folders that were looked through for what others left.
    swept: Mutex<HashSet<PathBuf>>,
}

/// How much was proved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Proof {
    /// What is written here, the server reads.
    Written,
    /// What the server lists, is here; nothing can be written.
    Read,
}

impl Local {
    pub(super) fn new(uri: String, root: PathBuf, witness: Option<Witness>) -> Self {
        Self {
            uri,
            root,
            witness,
            proved: OnceCell::new(),
            swept: Mutex::default(),
        }
    }

    /// Makes sure that this is the folder that is meant.
    async fn prove(&self) -> Result<Proof, Error> {
        let Some(witness) = &self.witness else {
            return Ok(Proof::Written);
        };
        let proof = self.proved.get_or_try_init(|| self.round_trip(witness));
        proof.await.copied().map_err(|source| Error::NotShared {
            uri: self.uri.clone(),
            source,
        })
    }

    /// Writes something that nobody can guess and looks whether the server reads it.
    async fn round_trip(&self, witness: &Witness) -> Result<Proof, Cause> {
        if !witness.knows().await? {
            return Err(Cause::Unseen);
        }
        let made = missing_folders(&self.root);
        let secret = uuid::Uuid::new_v4().simple().to_string();
        let name = format!("{PROBE}{secret}");
        let probe = self.root.join(&name);
        let written = async {
            fs_err::tokio::create_dir_all(&self.root).await?;
            fs_err::tokio::write(&probe, &secret).await
        };
        if written.await.is_err() {
            return self.compare(witness).await;
        }
        let seen = Self::is_seen(witness, &name, &secret).await;
        _ = fs_err::tokio::remove_file(&probe).await;
        if !matches!(seen, Ok(true)) {
            // A folder that was made for nothing is taken away again, as far as it is still empty.
            for folder in made {
                _ = fs_err::tokio::remove_dir(folder).await;
            }
        }
        if seen? {
            Ok(Proof::Written)
        } else {
            Err(Cause::Unseen)
        }
    }

    async fn is_seen(witness: &Witness, name: &str, secret: &str) -> Result<bool, Cause> {
        let items = witness.list(None).await.map_err(cause)?;
        if !items.iter().any(|item| item.path.as_str() == name) {
            return Ok(false);
        }
        let path = name.parse().map_err(|_| Cause::Unseen)?;
        let answer = witness.read(&path, Span::default()).await?;
        Ok(answer.bytes(1024).await?.as_ref() == secret.as_bytes())
    }

    /// Where nothing can be written: the server's list must be that of the folder.
    async fn compare(&self, witness: &Witness) -> Result<Proof, Cause> {
        let theirs = witness.list(None).await.map_err(cause)?;
        let mut ours = items(&self.root, None).await?;
        let key = |item: &Item| (item.path.clone(), item.is_folder, item.size.unwrap_or(0));
        let mut theirs: Vec<_> = theirs.iter().map(key).collect();
        theirs.sort_unstable();
        ours.sort_unstable_by_key(key);
        let ours: Vec<_> = ours.iter().map(key).collect();
        if theirs.is_empty() || theirs != ours {
            return Err(Cause::Unseen);
        }
        Ok(Proof::Read)
    }

    /// Where a file lies. A link on the way that leads out of the folder is refused.
    async fn inside(&self, path: &RelativePath) -> Result<PathBuf, Cause> {
        let place = path.under(&self.root);
        let mut known = place.clone();
        while fs_err::tokio::symlink_metadata(&known).await.is_err() && known != self.root {
            known.pop();
        }
        let (Ok(found), Ok(root)) = (
            fs_err::tokio::canonicalize(&known).await,
            fs_err::tokio::canonicalize(&self.root).await,
        ) else {
            // Nothing is there yet, or a link that leads nowhere.
            return match fs_err::tokio::symlink_metadata(&known).await {
                Ok(found) if found.is_symlink() => Err(Cause::Link(path.to_string())),
                _ => Ok(place),
            };
        };
        if found.starts_with(root) {
            Ok(place)
        } else {
            Err(Cause::Link(path.to_string()))
        }
    }

    async fn read(&self, path: &RelativePath, span: Span) -> Result<Reading, Cause> {
        let place = self.inside(path).await?;
        let mut file = fs_err::tokio::File::open(place).await?;
        let found = file.metadata().await?;
        let length = found.len();
        let written = found.modified().ok();
        let written = written.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        file.seek(io::SeekFrom::Start(span.start)).await?;
        let end = span.end.filter(|end| *end < length);
        let wanted = end.unwrap_or(length).saturating_sub(span.start);
        Ok(Reading {
            start: span.start,
            end,
            version: written.map(|written| format!("{length} {}", written.as_nanos())),
            bytes: ReaderStream::with_capacity(file.take(wanted), BLOCK).boxed(),
        })
    }

    /// Whether nothing was written to this folder yet.
    fn is_new(&self, folder: &Path) -> bool {
        let mut swept = self.swept.lock().unwrap_or_else(PoisonError::into_inner);
        swept.insert(folder.to_path_buf())
    }

    /// Writes beside and renames, so that there is never half a file.
    async fn write(&self, path: &RelativePath, content: Content) -> Result<(), Error> {
        let failure = |source: Cause| Error::Put {
            path: path.clone(),
            source,
        };
        let place = self.inside(path).await.map_err(failure)?;
        let folder = place.parent().unwrap_or(&self.root);
        let written = async {
            fs_err::tokio::create_dir_all(folder).await?;
            if self.is_new(folder) {
                partial::sweep(folder);
            }
            let (partial, mut file) = Partial::create(folder)?;
            let mut bytes = (content.open)().await.map_err(Trouble::Source)?;
            let mut length = 0;
            while let Some(block) = bytes.try_next().await.map_err(Trouble::Source)? {
                length += block.len() as u64;
                file.write_all(&block).await?;
            }
            if length != content.length {
                return Err(Trouble::Source(io::ErrorKind::UnexpectedEof.into()));
            }
            file.flush().await?;
            file.sync_all().await?;
            partial.rename(&place).await?;
            Ok(())
        };
        let result: Result<(), Trouble> = written.await;
        result.map_err(|trouble| match trouble {
            Trouble::Source(source) => Error::Source {
                path: path.clone(),
                source,
            },
            Trouble::Here(source) => failure(source.into()),
        })
    }
}

/// Which of the two ends of a copy failed.
enum Trouble {
    Source(io::Error),
    Here(io::Error),
}

impl From<io::Error> for Trouble {
    fn from(source: io::Error) -> Self {
        Self::Here(source)
    }
}

fn cause(error: Unlisted) -> Cause {
    match error {
        Unlisted::Wire(source) => source.into(),
        Unlisted::Unsafe(_) => Cause::Unseen,
    }
}

/// The folders that are not there, the innermost first.
fn missing_folders(folder: &Path) -> Vec<PathBuf> {
    let missing = folder.ancestors().take_while(|folder| !folder.exists());
    missing.map(Path::to_path_buf).collect()
}

/// What lies in a folder, but for what is not finished.
async fn items(place: &Path, folder: Option<&RelativePath>) -> Result<Vec<Item>, Cause> {
    let mut entries = match fs_err::tokio::read_dir(place).await {
        Ok(entries) => entries,
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
            ) =>
        {
            return Ok(Vec::new());
        }
        Err(error) => return Err(error.into()),
    };
    let mut items = Vec::new();
    while let Some(entry) = entries.next_entry().await? {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if partial::is_partial(&name) || name.starts_with(PROBE) {
            continue;
        }
        let name: RelativePath = name
            .parse()
            .map_err(|_| Cause::Unable("a name there cannot be a file's"))?;
        // Of a link, what it leads to; whether that is inside is looked at when it is read.
        let found = fs_err::tokio::metadata(entry.path()).await?;
        items.push(Item {
            path: folder.map_or_else(|| name.clone(), |folder| name.below(folder)),
            is_folder: found.is_dir(),
            size: found.is_file().then_some(found.len()),
        });
    }
    Ok(items)
}

impl ArtifactStore for Local {
    fn place(&self) -> String {
        self.uri.clone()
    }

    fn list<'a>(
        &'a self,
        folder: Option<&'a RelativePath>,
    ) -> BoxFuture<'a, Result<Vec<Item>, Error>> {
        Box::pin(async move {
            self.prove().await?;
            let failure = |source| Error::List {
                place: self.place(),
                source,
            };
            let place = match folder {
                Some(folder) => self.inside(folder).await.map_err(failure)?,
                None => self.root.clone(),
            };
            items(&place, folder).await.map_err(failure)
        })
    }

    fn get<'a>(
        &'a self,
        path: &'a RelativePath,
        span: Span,
    ) -> BoxFuture<'a, Result<Reading, Error>> {
        Box::pin(async move {
            self.prove().await?;
            self.read(path, span).await.map_err(|source| match source {
                Cause::File(error) if error.kind() == io::ErrorKind::NotFound => Error::NotFound {
                    path: path.clone(),
                    place: self.place(),
                },
                source => Error::Get {
                    path: path.clone(),
                    source,
                },
            })
        })
    }

    fn put<'a>(
        &'a self,
        path: &'a RelativePath,
        content: Content,
    ) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            check(path)?;
            if self.prove().await? == Proof::Read {
                return Err(Error::Put {
                    path: path.clone(),
                    source: Cause::Unable("the folder can be read, but not written"),
                });
            }
            self.write(path, content).await
        })
    }

    fn parts(&self, _length: u64) -> BoxFuture<'_, Result<Option<&dyn PartStore>, Error>> {
        Box::pin(std::future::ready(Ok(None)))
    }

    fn delete<'a>(&'a self, path: &'a RelativePath) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            self.prove().await?;
            let removed = async {
                let place = self.inside(path).await?;
                let found = fs_err::tokio::symlink_metadata(&place).await?;
                if found.is_dir() {
                    fs_err::tokio::remove_dir_all(place).await?;
                } else {
                    fs_err::tokio::remove_file(place).await?;
                }
                Ok(())
            };
            removed.await.map_err(|source| Error::Delete {
                path: path.clone(),
                source,
            })
        })
    }
}

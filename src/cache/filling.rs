//! A model on its way into the cellar.
//!
//! Its folder stays when the process ends, so that the next one goes on there.

use std::io;
use std::path::{Path, PathBuf};

use super::index::Index;
use super::{Cache, Contents, Error, Found, Held, Part};
use crate::digest::Digest;
use crate::entity::manifest::RelativePath;

/// A model that this process, and no other, fetches.
#[derive(Debug)]
pub struct Filling {
    cache: Cache,
    key: Digest,
    folder: PathBuf,
    _lock: fs_err::File,
}

impl Filling {
    pub(super) fn begin(cache: &Cache, key: Digest) -> Result<Option<Self>, Error> {
        let Some(lock) = cache.lock(&format!("{key}.fill"))? else {
            return Ok(None);
        };
        let folder = cache.partial_path(key);
        fs_err::create_dir_all(folder.join("files")).map_err(|it| cache.failed(it))?;
        Ok(Some(Self {
            cache: cache.clone(),
            key,
            folder,
            _lock: lock,
        }))
    }

    /// A folder for what is fetched, and where what was fetched before still is.
    pub fn folder(&self) -> PathBuf {
        self.folder.join("files")
    }

    /// Takes a file that another model has into `folder`; `false` if none has it.
    pub fn reuse(&self, path: &RelativePath, part: Part, folder: &Path) -> Result<bool, Error> {
        let kept = self.cache.file_path(part.sha256);
        if !super::has_size(&kept, part.size) {
            return Ok(false);
        }
        let take = || -> io::Result<bool> {
            if Digest::of_file(&kept)?.0 != part.sha256 {
                super::remove_file(&kept)?;
                return Ok(false);
            }
            let place = path.under(folder);
            if let Some(folder) = place.parent() {
                fs_err::create_dir_all(folder)?;
            }
            super::remove_file(&place)?;
            Ok(fs_err::hard_link(&kept, &place).is_ok())
        };
        match take() {
            // Another process has just removed it.
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            taken => taken.map_err(|it| self.cache.failed(it)),
        }
    }

    /// Nothing is to be fetched after all.
    pub fn leave(self) {
        // What an earlier process left there stays for the next one.
        _ = fs_err::remove_dir(self.folder()).and_then(|()| fs_err::remove_dir(&self.folder));
    }

    /// All files are in `folder` and are what they should be: it is a model of the cellar from now on.
    pub fn finish(self, contents: Contents, folder: &Path) -> Result<Held, Error> {
        let cache = self.cache.clone();
        {
            let _moment = cache.moment()?;
            self.place(contents, folder)
                .map_err(|it| cache.failed(it))?;
        }
        match cache.find(self.key)? {
            Found::Whole(held) => Ok(held),
            Found::Damaged(_) | Found::Nothing => {
                let gone = io::Error::other("the model that was just put there is gone");
                Err(cache.failed(gone))
            }
        }
    }

    fn place(&self, contents: Contents, folder: &Path) -> io::Result<()> {
        let (cache, key) = (&self.cache, self.key);
        for (path, part) in &contents.files {
            let file = path.under(folder);
            super::make_read_only(&file)?;
            keep(&file, &cache.file_path(part.sha256))?;
        }
        let index = Index::of(contents, folder)?;
        super::remove_file(&cache.index_path(key))?;
        super::remove_folder(&cache.model_path(key))?;
        fs_err::create_dir_all(cache.root.join("models"))?;
        fs_err::rename(folder, cache.model_path(key))?;
        index.write(&cache.index_path(key))?;
        super::remove_folder(&self.folder)
    }
}

/// Makes a file known by its digest. Where there are no hard links, the model alone has it.
fn keep(file: &Path, kept: &Path) -> io::Result<()> {
    let beside = kept.with_extension("new");
    if let Some(folder) = kept.parent() {
        fs_err::create_dir_all(folder)?;
    }
    super::remove_file(&beside)?;
    if fs_err::hard_link(file, &beside).is_ok() {
        fs_err::rename(&beside, kept)?;
        // Where both are links to the same bytes already, renaming does nothing (POSIX `rename`).
        super::remove_file(&beside)?;
    }
    Ok(())
}

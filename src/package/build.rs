//! From a source to a model directory: what it becomes, the small files around it, and the digests of all.
//!
//! It decides nothing that depends on the kind of source; the flavors do.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Map;

use crate::digest::{Digest, Hasher};
use crate::entity::manifest::{self, Entry, Manifest, RelativePath};

use super::environment::Environment;
use super::flavor::{self, Draft, Existing, Kind, Plan};
use super::source::{self, File, MLMODEL};
use super::{Error, Identity, MlflowRelease, Options, Written, agreement, entry, mlmodel, reading};

/// A source that was looked at and checked.
#[derive(Debug)]
pub struct Package {
    options: Options,
    kind: Kind,
    source_name: String,
    /// The source's files with the names that they have in the model, sorted by these.
    files: Vec<(RelativePath, File)>,
}

impl Package {
    /// Looks at what lies at `source` and checks that it is a whole model; no large file is read.
    pub fn build(source: &Path, options: &Options) -> Result<Self, Error> {
        let Plan { kind, mut files } = flavor::plan(source, options)?;
        files.sort_unstable_by(|(left, _), (right, _)| left.cmp(right));
        Ok(Self {
            options: options.clone(),
            kind,
            source_name: options
                .source_name
                .clone()
                .unwrap_or_else(|| source::name_of(source)),
            files,
        })
    }

    /// Makes the small files, which depend on the release of MLflow.
    pub fn render(self, release: MlflowRelease) -> Result<Rendered, Error> {
        let Self {
            options,
            kind,
            source_name,
            files,
        } = self;
        let mut draft = kind.draft(release, &options)?;
        let mut made = Vec::new();
        let content = if let Kind::Model(existing) = kind {
            Content::Existing(existing)
        } else {
            agreement::settle(&mut draft, &options)?;
            made.append(&mut draft.code);
            if let Some(example) = &draft.example {
                made.extend(example.files()?);
            }
            let source = files.iter().map(|(path, file)| (path, file.size));
            let further = made.iter().map(|entry| (&entry.path, entry.size));
            let counted = source.chain(further).filter(|(path, _)| kind.counts(path));
            let model_size_bytes = counted.map(|(_, size)| size).sum();
            let environment = Environment::new(release, &options, &draft.requirements)?;
            draft.warnings.extend(environment.warnings());
            made.extend(environment.files()?);
            Content::New {
                draft: Box::new(draft),
                model_size_bytes,
            }
        };
        refuse_reserved(&files, &made)?;
        made.sort_unstable_by(|left, right| left.path.cmp(&right.path));
        Ok(Rendered {
            release,
            content,
            source_name,
            files,
            made,
        })
    }
}

/// No file of a source may be where one is made.
fn refuse_reserved(files: &[(RelativePath, File)], made: &[Entry]) -> Result<(), Error> {
    let is_made = |path: &RelativePath| {
        matches!(path.as_str(), MLMODEL | manifest::SUMS)
            || made.iter().any(|entry| entry.path == *path)
    };
    match files.iter().find(|(path, _)| is_made(path)) {
        Some((name, file)) => Err(Error::Reserved {
            name: name.clone(),
            path: file.real.clone(),
        }),
        None => Ok(()),
    }
}

/// A model directory of which all is known but the digests of the source's files.
#[derive(Debug)]
pub struct Rendered {
    release: MlflowRelease,
    content: Content,
    source_name: String,
    /// The source's files, sorted by their names in the model.
    pub(super) files: Vec<(RelativePath, File)>,
    /// The files that are made here, sorted by their names.
    pub(super) made: Vec<Entry>,
}

/// What stands in `MLmodel` whoever logs the model.
#[derive(Debug)]
pub(super) enum Content {
    /// All of it is made here.
    New {
        draft: Box<Draft>,
        /// As MLflow counts it: code, artifacts and examples, but neither `MLmodel` nor the files that
        /// describe the environment (`mlflow/pyfunc/model.py`, where `get_total_file_size` is called).
        model_size_bytes: u64,
    },
    /// It is there already.
    Existing(Box<Existing>),
}

impl Rendered {
    /// What its author should know of its signature, its example and its requirements.
    pub fn warnings(&self) -> &[String] {
        match &self.content {
            Content::New { draft, .. } => &draft.warnings,
            Content::Existing(_) => &[],
        }
    }

    /// The source's files: their names in the model, their lengths, and where they are.
    pub fn sources(&self) -> impl Iterator<Item = (&RelativePath, u64, &Path)> {
        let files = self.files.iter();
        files.map(|(path, file)| (path, file.size, file.real.as_path()))
    }

    /// The files that are made here.
    pub fn made(&self) -> &[Entry] {
        &self.made
    }

    /// What tells it from other models without a look into the source's large files: what is known of the model, the
    /// names and lengths of these, and what is made here.
    pub fn sketch(&self) -> Digest {
        let mut hasher = Hasher::default();
        for (name, value) in self.facts() {
            hasher.update(format!("{name} {value}\n").as_bytes());
        }
        for (path, size, _) in self.sources() {
            hasher.update(format!("{size} {path}\n").as_bytes());
        }
        for entry in &self.made {
            hasher.update(format!("{} {}\n", entry.digest, entry.path).as_bytes());
        }
        hasher.finish()
    }

    /// Whether it came with digests of its own, which must be right before anybody gets it.
    pub fn has_sums(&self) -> bool {
        matches!(&self.content, Content::Existing(existing) if existing.has_sums())
    }

    /// What is known of the model, in a few words each: family, precision, context length, task.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        mlmodel::facts(&self.content)
    }

    /// How many bytes the source's files have together.
    pub fn size_of_source(&self) -> u64 {
        self.files.iter().map(|(_, file)| file.size).sum()
    }

    /// Hashes the source's files, each once, wherever it goes in the model, and copies none.
    ///
    /// `on_hash` is told how many bytes have been hashed so far, and how many there are.
    pub fn seal(self, on_hash: &mut (dyn FnMut(u64, u64) + Send)) -> Result<Sealed, Error> {
        let known = reading::digests(self.files.iter().map(|(_, file)| file), on_hash)?;
        let digests = self
            .files
            .iter()
            .filter_map(|(_, file)| known.get(&file.real).copied())
            .collect();
        self.seal_with(digests)
    }

    /// What it is with the digests that the source's files were found to have, by their names in the model.
    pub fn seal_as(self, found: &BTreeMap<RelativePath, Digest>) -> Result<Sealed, Error> {
        let digests = self.files.iter().map(|(path, _)| {
            let digest = found.get(path).copied();
            digest.ok_or_else(|| Error::MissingFile { file: path.clone() })
        });
        let digests = digests.collect::<Result<_, _>>()?;
        self.seal_with(digests)
    }

    /// What it is with the digests of the source's files, in their order.
    pub(super) fn seal_with(self, digests: Vec<Digest>) -> Result<Sealed, Error> {
        let hashed = self.files.into_iter().zip(digests);
        let mut entries: Vec<_> = hashed
            .map(|((path, file), digest)| Entry {
                path,
                size: file.size,
                digest,
                source: manifest::Source::File(file.real),
            })
            .collect();
        entries.extend(self.made);
        let manifest = Manifest::new(entries.iter().cloned());
        let sums = manifest.sums();
        let digest = Digest::of(sums.as_bytes());
        let notes = match &self.content {
            Content::New { draft, .. } => {
                mlmodel::Notes::new(&manifest, digest, &self.source_name, &draft.description)
            }
            Content::Existing(existing) => {
                existing.check_sums(&entries, digest)?;
                mlmodel::Notes::new(&manifest, digest, &self.source_name, &Map::new())
            }
        };
        entries.push(entry(manifest::SUMS, sums)?);
        Ok(Sealed {
            release: self.release,
            content: self.content,
            notes,
            manifest: Manifest::new(entries),
            digest,
        })
    }
}

/// A model directory that lacks nothing but its `MLmodel`.
#[derive(Debug)]
pub struct Sealed {
    pub(super) release: MlflowRelease,
    pub(super) content: Content,
    pub(super) notes: mlmodel::Notes,
    manifest: Manifest,
    digest: Digest,
}

impl Sealed {
    /// Every file but `MLmodel`, `SHA256SUMS` included.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The digest of `SHA256SUMS`: equal for equal inputs, whenever and wherever they are packaged.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// `MLmodel`, once the server has named the model.
    pub fn mlmodel(&self, identity: &Identity) -> Result<Written, Error> {
        mlmodel::write(self, identity)
    }
}

//! What a `log-model` has done so far, line by line, so that an interrupted one is continued.
//!
//! One file per source and target in the state folder, removed when all is done. A line is written after the
//! server confirmed the step it stands for, and before something is asked for that could be made twice.

use std::io;
use std::path::{Path, PathBuf};

use anyhow::Result;
use serde::{Deserialize, Serialize};

use crate::command::Error;
use crate::digest::Digest;
use crate::entity::id::{ExperimentId, ModelId, RequestId, RunId, Version};
use crate::entity::model::LoggedModel;
use crate::entity::{run, tag};
use crate::transfer::Lines;

/// A step that is done.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "done", rename_all = "snake_case")]
pub(super) enum Step {
    /// What is logged, as far as it is known without reading its files.
    Packaged { sketch: Digest },
    /// A run is being asked for. Whether it came to be can be looked up.
    AskedForRun(Asked),
    /// The run is known.
    Run(Run),
    /// Params, metrics and tags are on the run; the digest is that of all of them.
    Logged { asked: Digest },
    /// A logged model is being asked for, too.
    AskedForModel(Asked),
    /// The place for the model is known.
    Model(Model),
    /// The model is an output of the run.
    Linked,
    /// All but `SHA256SUMS` and `MLmodel` is sent, and the digest of the first is known: what follows makes the model one
    /// that may be found.
    Sealed { sums: Digest },
    /// The model is complete and marked so.
    Ready(Complete),
    /// The version is registered.
    Version { name: String, version: Version },
}

/// Something that is being created, and how to find it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Asked {
    pub(super) experiment_id: ExperimentId,
    pub(super) request_id: RequestId,
}

/// The run that is logged into.
#[expect(clippy::struct_field_names, reason = "`run_id` is MLflow's word")]
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Run {
    pub(super) run_id: RunId,
    pub(super) experiment_id: ExperimentId,
    pub(super) artifact_uri: String,
    /// This program created it and will end it.
    pub(super) is_own: bool,
}

impl Run {
    /// A run that this program created.
    pub(super) fn own(run: run::Run) -> Self {
        Self {
            run_id: run.run_id,
            experiment_id: run.experiment_id,
            artifact_uri: run.artifact_uri,
            is_own: true,
        }
    }
}

/// Where the model goes.
#[expect(clippy::struct_field_names, reason = "`model_id` is MLflow's word")]
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Model {
    /// `None` on a server without logged models.
    pub(super) model_id: Option<ModelId>,
    pub(super) artifact_uri: String,
    /// The digest of `SHA256SUMS` with which the logged model is tagged.
    pub(super) sha256: Option<Digest>,
}

impl From<LoggedModel> for Model {
    fn from(model: LoggedModel) -> Self {
        let sha256 = model.tags.get(tag::SHA256);
        Self {
            sha256: sha256.and_then(|digest| digest.parse().ok()),
            model_id: Some(model.model_id),
            artifact_uri: model.artifact_uri,
        }
    }
}

/// A model of which the server has every file.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Complete {
    /// The digest of its `SHA256SUMS`.
    pub(super) sums: Digest,
    /// The digest of its `MLmodel`.
    pub(super) mlmodel: Digest,
    /// How many files it has, these two among them.
    pub(super) files: u64,
    /// Their bytes.
    pub(super) bytes: u64,
}

/// What earlier calls did.
#[derive(Debug, Default)]
pub(super) struct Past {
    pub(super) asked_for_run: Option<Asked>,
    pub(super) run: Option<Run>,
    pub(super) logged: Option<Digest>,
    pub(super) asked_for_model: Option<Asked>,
    pub(super) model: Option<Model>,
    pub(super) is_linked: bool,
    /// The digest of `SHA256SUMS` of a model that somebody may have found.
    pub(super) sealed: Option<Digest>,
    pub(super) ready: Option<Complete>,
    pub(super) version: Option<(String, Version)>,
}

/// The journal of one `log-model`.
#[derive(Debug)]
pub(super) struct Journal {
    /// `None` where nothing is noted.
    lines: Option<Lines>,
    /// What tells this model from others without a look into its files.
    sketch: Digest,
}

impl Journal {
    /// Opens the journal for a purpose, as described by `key`, and reads what is done already.
    ///
    /// Nothing is, if the package is another one meanwhile or `fresh` says so.
    pub(super) fn open(
        folder: &Path,
        key: &[&str],
        sketch: Digest,
        fresh: bool,
    ) -> Result<(Self, Past)> {
        fs_err::create_dir_all(folder)?;
        let path = place(folder, key);
        let Some((lines, steps)) = Lines::open(path.clone())? else {
            let journal = path.display().to_string();
            return Err(Error::Busy { journal }.into());
        };
        let journal = Self {
            lines: Some(lines),
            sketch,
        };
        let past = Past::of(steps, sketch).filter(|_| !fresh);
        if let Some(past) = past {
            return Ok((journal, past));
        }
        journal.restart()?;
        Ok((journal, Past::default()))
    }

    /// Reads what is done already, and will note nothing.
    pub(super) fn peek(folder: &Path, key: &[&str], sketch: Digest, fresh: bool) -> (Self, Past) {
        let steps = Lines::peek(&place(folder, key));
        let past = Past::of(steps, sketch).filter(|_| !fresh);
        let journal = Self {
            lines: None,
            sketch,
        };
        (journal, past.unwrap_or_default())
    }

    /// Forgets everything but what is being logged.
    pub(super) fn restart(&self) -> Result<()> {
        if let Some(lines) = &self.lines {
            lines.clear()?;
        }
        let sketch = self.sketch;
        Ok(self.note(&Step::Packaged { sketch })?)
    }

    /// Notes a step that is done.
    pub(super) fn note(&self, step: &Step) -> io::Result<()> {
        self.lines.as_ref().map_or(Ok(()), |lines| lines.add(step))
    }

    /// All is done.
    pub(super) fn remove(self) -> io::Result<()> {
        self.lines.map_or(Ok(()), |lines| lines.remove())
    }
}

/// Where the journal for a purpose is kept.
fn place(folder: &Path, key: &[&str]) -> PathBuf {
    folder.join(format!("{}.jsonl", Digest::of(key.join("\n").as_bytes())))
}

impl Past {
    /// What these steps have led to; `None` if they are about another package.
    fn of(steps: Vec<Step>, sketch: Digest) -> Option<Self> {
        let mut steps = steps.into_iter();
        match steps.next()? {
            Step::Packaged { sketch: packaged } if packaged == sketch => {}
            _ => return None,
        }
        let mut past = Self::default();
        for step in steps {
            match step {
                Step::Packaged { .. } => return None,
                Step::AskedForRun(asked) => past.asked_for_run = Some(asked),
                Step::Run(run) => past.run = Some(run),
                Step::Logged { asked } => past.logged = Some(asked),
                Step::AskedForModel(asked) => past.asked_for_model = Some(asked),
                Step::Model(model) => past.model = Some(model),
                Step::Linked => past.is_linked = true,
                Step::Sealed { sums } => past.sealed = Some(sums),
                Step::Ready(complete) => past.ready = Some(complete),
                Step::Version { name, version } => past.version = Some((name, version)),
            }
        }
        past.has_begun().then_some(past)
    }

    /// Whether anything may be on the server.
    pub(super) fn has_begun(&self) -> bool {
        self.run.is_some() || self.asked_for_run.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run() -> Step {
        Step::Run(Run {
            run_id: "r".parse().unwrap(),
            experiment_id: "0".parse().unwrap(),
            artifact_uri: "mlflow-artifacts:/0/r/artifacts".to_owned(),
            is_own: true,
        })
    }

    #[test]
    fn what_was_done_is_gone_on_from() {
        let folder = tempfile::tempdir().unwrap();
        let digest = Digest::of(b"package");
        let open = || Journal::open(folder.path(), &["key"], digest, false).unwrap();
        let (journal, _) = open();
        journal.note(&run()).unwrap();
        journal.note(&Step::Linked).unwrap();
        drop(journal);

        let (journal, past) = open();
        assert!(past.is_linked);
        journal.note(&Step::Logged { asked: digest }).unwrap();
        drop(journal);

        let (_, past) = open();
        assert!(past.is_linked && past.logged == Some(digest));
        assert_eq!(past.run.unwrap().run_id.as_str(), "r");
    }

    #[test]
    fn another_package_or_a_fresh_start_continues_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let digest = Digest::of(b"package");
        for (second, fresh) in [(Digest::of(b"another"), false), (digest, true)] {
            let (journal, _) = Journal::open(folder.path(), &["key"], digest, true).unwrap();
            journal.note(&run()).unwrap();
            drop(journal);
            let (_, past) = Journal::open(folder.path(), &["key"], second, fresh).unwrap();
            assert!(past.run.is_none());
        }
    }

    #[test]
    fn two_at_once_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let digest = Digest::of(b"package");
        let _first = Journal::open(folder.path(), &["key"], digest, false).unwrap();
        Journal::open(folder.path(), &["key"], digest, false).unwrap_err();
        Journal::open(folder.path(), &["another"], digest, false).unwrap();
    }
}

//! The files of a model on their way: those of the source, hashed as they go, then `SHA256SUMS`, then `MLmodel`.
//!
//! How bytes move is in [`transfer`]; what is sent, in `load`.

use anyhow::Result;

use super::journal::{Complete, Model, Run, Step};
use super::load::Load;
use super::session::Session;
use crate::artifacts::ArtifactStore;
use crate::command::meter::{Direction, Meter};
use crate::command::model::Expected;
use crate::digest::Digest;
use crate::entity::manifest::{Entry, SUMS};
use crate::entity::model::LoggedModelStatus;
use crate::entity::tag::{self, Tag};
use crate::package::{Identity, Written};
use crate::tracking::{Batch, Release};
use crate::transfer::{self, Journal, Outgoing};

/// A model that is on the server.
pub(super) struct Sent {
    pub(super) complete: Complete,
    /// The bytes that an earlier call had sent already.
    pub(super) reused_bytes: u64,
}

impl From<Complete> for Expected {
    fn from(complete: Complete) -> Self {
        Self {
            sums: complete.sums,
            mlmodel: complete.mlmodel,
        }
    }
}

impl Session<'_> {
    /// Sends what is missing and marks the model complete.
    pub(super) async fn upload(&mut self, load: Load, run: &Run, model: &Model) -> Result<Sent> {
        let store = self.context.store(&model.artifact_uri)?;
        let uploads = self.uploads(store.as_ref())?;
        let sent = if let Some(complete) = self.past.ready {
            Sent {
                complete,
                reused_bytes: complete.bytes,
            }
        } else {
            self.context
                .step(&format!("uploading to run {}", run.run_id));
            let identity = self.identity(run, model);
            let sending = self.send(load, &identity, store.as_ref(), &uploads);
            let (sent, mlmodel) = self.context.unless_stopped(sending).await?;
            self.mark_ready(run, model, &mlmodel, sent.complete.sums)
                .await?;
            self.journal.note(&Step::Ready(sent.complete))?;
            sent
        };
        uploads.remove();
        self.is_ready = true;
        Ok(sent)
    }

    async fn send(
        &self,
        load: Load,
        identity: &Identity,
        store: &dyn ArtifactStore,
        uploads: &Journal,
    ) -> Result<(Sent, Written)> {
        let meter = Meter::start(Direction::Upload, self.context);
        let listener = meter.listener();
        let files = transfer::upload(&load.files(), None, store, uploads, &listener).await?;
        let packed = load.seal(&files.digests)?;
        self.journal.note(&Step::Sealed {
            sums: packed.model.digest(),
        })?;
        let mlmodel = packed.model.mlmodel(identity)?;
        let sums = packed.model.manifest().get(SUMS).map(Outgoing::from);
        let commit = Entry::from_bytes("MLmodel".parse()?, mlmodel.yaml.clone());
        let (sums, last) = (sums.as_slice(), Outgoing::from(&commit));
        let rest = transfer::upload(sums, Some(&last), store, uploads, &listener).await?;
        let carried = meter.finish();
        let sent = Sent {
            complete: Complete {
                sums: packed.model.digest(),
                mlmodel: commit.digest,
                files: carried.files,
                bytes: carried.bytes,
            },
            reused_bytes: files.summary.reused_bytes + rest.summary.reused_bytes,
        };
        Ok((sent, mlmodel))
    }

    fn identity(&self, run: &Run, model: &Model) -> Identity {
        Identity {
            artifact_path: Some(match self.release {
                Release::V2 => self.args.name.clone(),
                _ => model.artifact_uri.clone(),
            }),
            run_id: Some(run.run_id.to_string()),
            model_id: model.model_id.as_ref().map(ToString::to_string),
            model_uuid: model.model_id.as_ref().map_or_else(
                || uuid::Uuid::new_v4().simple().to_string(),
                ToString::to_string,
            ),
            created: jiff::Timestamp::now(),
            git_commit: self.git.commit.clone(),
        }
    }

    /// What earlier calls sent to the same place.
    fn uploads(&self, store: &dyn ArtifactStore) -> Result<Journal> {
        let folder = self.context.settings.folders.state.join("uploads");
        if self.context.is_dry_run() {
            return Ok(Journal::peek(&folder, &store.place()));
        }
        Ok(Journal::open(&folder, &store.place())?)
    }

    /// Notes the digest where people look for it, on the logged model or (2.x) the run, and says that all is there.
    async fn mark_ready(
        &self,
        run: &Run,
        model: &Model,
        mlmodel: &Written,
        sums: Digest,
    ) -> Result<()> {
        let tracking = self.server.tracking();
        let tags = vec![Tag::new(tag::SHA256, sums.to_string())];
        if let Some(id) = &model.model_id {
            if model.sha256 != Some(sums) {
                tracking.set_logged_model_tags(id, &tags).await?;
            }
            tracking
                .finish_logged_model(id, LoggedModelStatus::Ready)
                .await?;
        } else {
            let batch = Batch {
                tags,
                ..Batch::default()
            };
            tracking.log_batch(&run.run_id, &batch).await?;
            tracking.record_model(&run.run_id, &mlmodel.json).await?;
        }
        Ok(())
    }
}

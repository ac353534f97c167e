//! One `log-model` from beginning to end.
//!
//! What becomes of it if it ends early is in `continuation`; what follows the upload, in `release`.

use std::time::Instant;

use anyhow::{Context as _, Result};

use super::begin;
use super::journal::{Asked, Journal, Model, Past, Run, Step};
use super::{Args, Outcome, Registered, Smoke};
use crate::artifacts::{self, ArtifactStore};
use crate::command::context::{Context, Server};
use crate::command::git::Git;
use crate::command::meter::{Direction, Meter};
use crate::command::packaging::{self, Packed};
use crate::command::{Error, origin};
use crate::digest::Digest;
use crate::entity::id::{ExperimentId, RequestId};
use crate::entity::manifest::Entry;
use crate::entity::model::LoggedModelStatus;
use crate::entity::param::Param;
use crate::entity::run::RunStatus;
use crate::entity::tag::{self, Tag};
use crate::infer::OpenOptions;
use crate::package::{Identity, MlflowRelease, Sealed};
use crate::tracking::{Batch, NewLoggedModel, Page, Release, optional};
use crate::transfer::{self, Outgoing, Summary};

/// What is known while a model is being logged.
pub(super) struct Session<'a> {
    pub(super) args: &'a Args,
    pub(super) context: &'a Context,
    pub(super) server: &'a Server,
    pub(super) release: Release,
    pub(super) packed: Packed,
    pub(super) git: Git,
    pub(super) journal: Journal,
    pub(super) past: Past,
    /// What the smoke test is to run on, where there is one.
    pub(super) engine: Option<OpenOptions>,
    pub(super) run: Option<Run>,
    pub(super) model: Option<Model>,
    pub(super) is_ready: bool,
}

impl<'a> Session<'a> {
    /// Packages the model and finds out whether an earlier call is to be continued.
    pub(super) async fn open(args: &'a Args, context: &'a Context) -> Result<Self> {
        let server = context.server()?;
        let release = release_of(server).await?;
        if release == Release::V2 {
            begin::folder_name(&args.name)?;
        }
        let packed = pack(args, release, context).await?;
        let package = &packed.model;
        let engine = match &args.test.smoke {
            Some(_) if !context.is_dry_run() => Some(args.test.engine.resolve(context).await?),
            _ => None,
        };
        let source = fs_err::canonicalize(&args.source.source)?;
        let experiment = (&args.run.experiment_id, &args.run.experiment_name);
        let defaults = &context.settings.defaults;
        let folder = context.settings.folders.state.join("log-model");
        let key = [
            server.url.as_str(),
            server.registry_url.as_str(),
            context.settings.workspace.as_deref().unwrap_or_default(),
            &format!("{experiment:?} {:?} {defaults:?}", args.run.run_id),
            &args.name,
            &source.display().to_string(),
        ];
        let (journal, past) = if context.is_dry_run() {
            Journal::peek(&folder, &key, package.digest(), args.fresh)
        } else {
            Journal::open(&folder, &key, package.digest(), args.fresh)?
        };
        Ok(Self {
            args,
            context,
            server,
            release,
            packed,
            git: Git::look().await,
            journal,
            past,
            engine,
            run: None,
            model: None,
            is_ready: false,
        })
    }

    pub(super) fn package(&self) -> &Sealed {
        &self.packed.model
    }

    /// All steps in order; each that an earlier call did is passed over.
    pub(super) async fn carry_through(&mut self, started: Instant) -> Result<Outcome> {
        self.resume().await?;
        let run = self.begin_run().await?;
        let model = self.begin_model(&run).await?;
        let sent = self
            .upload(&run, &model)
            .await
            .map_err(|source| Error::Upload {
                what: "the model",
                artifact_uri: model.artifact_uri.clone(),
                source,
            })?;
        let (sent, mlmodel) = sent;
        let (registered, smoke) = self.register_and_test(&run, &model, mlmodel).await?;
        if run.is_own {
            self.end_run(&run, RunStatus::Finished).await?;
        }
        Ok(self.outcome(run, model, sent, registered, smoke, started))
    }

    /// The run, and on it what was asked for; a call that asks for more than the one before logs that, too.
    async fn begin_run(&mut self) -> Result<Run> {
        self.go_on()?;
        let tracking = self.server.tracking();
        let args = &self.args.run;
        let run = if let Some(run) = self.past.run.clone() {
            run
        } else {
            let run = self.find_or_create_run().await?;
            self.journal.note(&Step::Run(run.clone()))?;
            run
        };
        self.run = Some(run.clone());
        let mut tags = match self.release {
            Release::V2 => vec![Tag::new(tag::SHA256, self.package().digest().to_string())],
            _ => Vec::new(),
        };
        let has_tags_already = run.is_own && self.past.run.is_none();
        if !has_tags_already {
            tags.extend(args.tags.iter().cloned());
        }
        let asked = args.digest();
        if self.past.logged != Some(asked) {
            let batch = Batch {
                params: args.params.clone(),
                metrics: args.metrics.clone(),
                tags,
            };
            tracking
                .log_batch(&run.run_id, &batch)
                .await
                .with_context(|| format!("cannot log to the run `{}`", run.run_id))?;
            self.journal.note(&Step::Logged { asked })?;
        }
        Ok(run)
    }

    /// The run that was named, or a new one.
    async fn find_or_create_run(&mut self) -> Result<Run> {
        let tracking = self.server.tracking();
        let default = &self.context.settings.defaults.run_id;
        if let Some(id) = self.args.run.run_id.as_ref().or(default.as_ref()) {
            return begin::existing_run(id, tracking).await;
        }
        let new = begin::new_run(&self.args.run, &self.git, tracking, self.context).await?;
        let asked = Asked {
            experiment_id: new.experiment_id.clone(),
            request_id: new.request_id.clone(),
        };
        self.journal.note(&Step::AskedForRun(asked.clone()))?;
        self.past.asked_for_run = Some(asked);
        let run = tracking.create_run(&new).await;
        Ok(Run::own(run.context("cannot create a run")?))
    }

    async fn begin_model(&mut self, run: &Run) -> Result<Model> {
        self.go_on()?;
        let model = if let Some(model) = self.past.model.clone() {
            model
        } else {
            let model = self.place_for_model(run).await?;
            self.journal.note(&Step::Model(model.clone()))?;
            model
        };
        self.model = Some(model.clone());
        if let (Some(id), false) = (&model.model_id, self.past.is_linked) {
            self.server
                .tracking()
                .add_run_output(&run.run_id, id, 0)
                .await
                .context("cannot link the logged model to its run")?;
            self.journal.note(&Step::Linked)?;
        }
        Ok(model)
    }

    /// Between two steps is a good moment to stop.
    pub(super) fn go_on(&self) -> Result<()> {
        if self.context.stop.is_cancelled() {
            return Err(Error::Interrupted { continues: true }.into());
        }
        Ok(())
    }

    /// A logged model on 3.x, a folder of the run on 2.x.
    async fn place_for_model(&self, run: &Run) -> Result<Model> {
        let tracking = self.server.tracking();
        if self.release == Release::V2 {
            return begin::folder_of_run(&self.args.name, run, tracking).await;
        }
        let digest = Tag::new(tag::SHA256, self.package().digest().to_string());
        let new = NewLoggedModel {
            request_id: RequestId::unique(),
            experiment_id: run.experiment_id.clone(),
            name: begin::name_of_model(&self.args.name, self.context)?,
            source_run_id: Some(run.run_id.clone()),
            model_type: None,
            params: self.params(),
            tags: origin::tags(&self.git, [digest], self.context),
        };
        self.journal.note(&Step::AskedForModel(Asked {
            experiment_id: new.experiment_id.clone(),
            request_id: new.request_id.clone(),
        }))?;
        let model = tracking.create_logged_model(&new).await;
        Ok(model.context("cannot create a logged model")?.into())
    }

    /// The params of the run, and what is known of the model itself, so that models can be told apart and searched.
    fn params(&self) -> Vec<Param> {
        let mut params = self.args.run.params.clone();
        for (key, value) in self.package().facts() {
            if params.iter().all(|param| param.key != key) {
                params.push(Param {
                    key: key.to_owned(),
                    value,
                });
            }
        }
        params
    }

    /// Sends what is missing, `MLmodel` last, and marks the model complete.
    /// Tells the digest of that `MLmodel`.
    async fn upload(&mut self, run: &Run, model: &Model) -> Result<(Summary, Digest)> {
        let mlmodel = self.package().mlmodel(&Identity {
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
        })?;
        let commit = Entry::from_bytes("MLmodel".parse()?, mlmodel.yaml.clone());
        self.context
            .step(&format!("uploading to run {}", run.run_id));
        let store = self.context.store(&model.artifact_uri)?;
        let entries = self.package().manifest().entries();
        let uploads = self.uploads(store.as_ref())?;
        let files: Vec<Outgoing> = entries.iter().map(Outgoing::from).collect();
        let last = Outgoing::from(&commit);
        let sent = if self.past.ready.is_some() {
            let bytes = files.iter().chain([&last]).map(|file| file.size).sum();
            Summary {
                files: files.len() as u64 + 1,
                bytes,
                reused_bytes: bytes,
            }
        } else {
            let store = store.as_ref();
            let meter = Meter::start(Direction::Upload, self.context);
            let listener = meter.listener();
            let sending = transfer::upload(&files, Some(&last), store, &uploads, &listener);
            let sending = async { Ok(sending.await?) };
            let sent = self.context.unless_stopped(sending).await?;
            meter.finish();
            sent.summary
        };
        let digest = self.past.ready.unwrap_or(commit.digest);
        if self.past.ready.is_none() {
            self.mark_ready(run, model, &mlmodel.json).await?;
            self.journal.note(&Step::Ready { mlmodel: digest })?;
        }
        uploads.remove();
        self.is_ready = true;
        Ok((sent, digest))
    }

    /// What earlier calls sent to the same place.
    fn uploads(&self, store: &dyn ArtifactStore) -> Result<transfer::Journal> {
        let folder = self.context.settings.folders.state.join("uploads");
        if self.context.is_dry_run() {
            return Ok(transfer::Journal::peek(&folder, &store.place()));
        }
        Ok(transfer::Journal::open(&folder, &store.place())?)
    }

    async fn mark_ready(&self, run: &Run, model: &Model, mlmodel: &str) -> Result<()> {
        let tracking = self.server.tracking();
        match &model.model_id {
            Some(id) => {
                tracking
                    .finish_logged_model(id, LoggedModelStatus::Ready)
                    .await?;
            }
            None => tracking.record_model(&run.run_id, mlmodel).await?,
        }
        Ok(())
    }

    async fn end_run(&self, run: &Run, status: RunStatus) -> Result<()> {
        let now = jiff::Timestamp::now().as_millisecond();
        let tracking = self.server.tracking();
        Ok(tracking.update_run(&run.run_id, status, Some(now)).await?)
    }

    pub(super) fn model_uri(&self, run: &Run, model: &Model) -> String {
        match &model.model_id {
            Some(id) => format!("models:/{id}"),
            None => format!("runs:/{}/{}", run.run_id, self.args.name),
        }
    }

    fn outcome(
        &self,
        run: Run,
        model: Model,
        sent: Summary,
        registered: Option<Registered>,
        smoke: Option<Smoke>,
        started: Instant,
    ) -> Outcome {
        let experiment = &run.experiment_id;
        let model_page = match (&registered, &model.model_id) {
            (Some(made), _) => Some(Page::Version(&made.name, made.version)),
            (None, Some(id)) => Some(Page::LoggedModel(experiment, id)),
            (None, None) => None,
        };
        let tracking = self.server.tracking();
        Outcome {
            model_uri: self.model_uri(&run, &model),
            run_url: tracking.page(&Page::Run(experiment, &run.run_id)),
            model_url: model_page.and_then(|page| match page {
                Page::Version(..) => self.server.registry().page(&page),
                page => tracking.page(&page),
            }),
            experiment_id: run.experiment_id,
            run_id: run.run_id,
            model_id: model.model_id,
            artifact_uri: model.artifact_uri,
            files: sent.files,
            bytes: sent.bytes,
            reused_bytes: sent.reused_bytes,
            seconds: started.elapsed().as_secs_f64(),
            sha256: self.package().digest().to_string(),
            registered,
            smoke,
        }
    }
}

/// What sort of server it is. One that does not say its version must answer something else at least.
async fn release_of(server: &Server) -> Result<Release> {
    let tracking = server.tracking();
    match tracking.server().await.release {
        Release::Unknown => {
            let experiment = ExperimentId::default_experiment();
            optional(tracking.experiment(&experiment).await)?;
            Ok(tracking.server().await.release)
        }
        known => Ok(known),
    }
}

/// Which release's files a server understands; who says nothing is taken for a new one.
fn layout(release: Release) -> MlflowRelease {
    match release {
        Release::V2 => MlflowRelease::V2,
        Release::V3 | Release::Unknown => MlflowRelease::V3,
    }
}

/// Looks at the source, hashes it, and makes the files around it.
async fn pack(args: &Args, release: Release, context: &Context) -> Result<Packed> {
    let source = &args.source.source;
    let prepared = packaging::prepare(source, &args.package, layout(release), context).await?;
    let packed = prepared.seal(source, context).await?;
    for entry in packed.model.manifest().entries() {
        artifacts::names::check(&entry.path)?;
    }
    Ok(packed)
}

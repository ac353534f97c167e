//! One `log-model` from beginning to end.
//!
//! What becomes of it if it ends early is in `continuation`; how its files are sent, in `upload`; what follows that, in
//! `release`.

use std::time::Instant;

use anyhow::{Context as _, Result};

use super::begin;
use super::journal::{Asked, Journal, Model, Past, Run, Step};
use super::load::Load;
use super::upload::Sent;
use super::{Args, Outcome, Registered, Smoke};
use crate::artifacts;
use crate::command::context::{Context, Server};
use crate::command::git::Git;
use crate::command::packaging::{self, Prepared};
use crate::command::{Error, origin};
use crate::digest::Digest;
use crate::entity::id::{ExperimentId, RequestId};
use crate::entity::param::Param;
use crate::entity::run::RunStatus;
use crate::entity::tag::{self, Tag};
use crate::infer::OpenOptions;
use crate::package::MlflowRelease;
use crate::tracking::{Batch, NewLoggedModel, Page, Release, optional};

/// To hash so much takes no longer than the request that it saves: a digest that is known goes with the first one.
const SMALL: u64 = 16 << 20;

/// What is known while a model is being logged.
pub(super) struct Session<'a> {
    pub(super) args: &'a Args,
    pub(super) context: &'a Context,
    pub(super) server: &'a Server,
    pub(super) release: Release,
    /// What is known of the model itself.
    pub(super) facts: Vec<(&'static str, String)>,
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
    pub(super) async fn open(args: &'a Args, context: &'a Context) -> Result<(Self, Load)> {
        let server = context.server()?;
        let release = release_of(server).await?;
        if release == Release::V2 {
            begin::folder_name(&args.name)?;
        }
        let prepared = prepare(args, release, context).await?;
        let sketch = prepared.model.sketch();
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
        let facts = prepared.model.facts();
        let is_hashed_first = context.is_dry_run()
            || prepared.is_unpacked()
            || prepared.model.has_sums()
            || prepared.model.size_of_source() <= SMALL;
        let mut load = Load::Listed(prepared);
        if is_hashed_first {
            load = load.hash(&args.source.source, context).await?;
        }
        let (journal, mut past) = if context.is_dry_run() {
            Journal::peek(&folder, &key, sketch, args.fresh)
        } else {
            Journal::open(&folder, &key, sketch, args.fresh)?
        };
        if let Some(there) = past.sealed {
            load = load.hash(&args.source.source, context).await?;
            if load.sums() != Some(there) {
                // What is there may look complete, and is another model.
                past = Past::default();
                journal.restart()?;
            }
        }
        let session = Self {
            args,
            context,
            server,
            release,
            facts,
            git: Git::look().await,
            journal,
            past,
            engine,
            run: None,
            model: None,
            is_ready: false,
        };
        Ok((session, load))
    }

    /// All steps in order; each that an earlier call did is passed over.
    pub(super) async fn carry_through(&mut self, load: Load, started: Instant) -> Result<Outcome> {
        self.resume().await?;
        let run = self.begin_run().await?;
        let model = self.begin_model(&run, load.sums()).await?;
        let sent = self
            .upload(load, &run, &model)
            .await
            .map_err(|source| Error::Upload {
                what: "the model",
                artifact_uri: model.artifact_uri.clone(),
                source,
            })?;
        let expected = sent.complete.into();
        let (registered, smoke) = self.register_and_test(&run, &model, expected).await?;
        if run.is_own {
            self.end_run(&run, RunStatus::Finished).await?;
        }
        Ok(self.outcome(run, model, &sent, registered, smoke, started))
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
        let has_tags_already = run.is_own && self.past.run.is_none();
        let tags = if has_tags_already {
            Vec::new()
        } else {
            args.tags.clone()
        };
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

    async fn begin_model(&mut self, run: &Run, sums: Option<Digest>) -> Result<Model> {
        self.go_on()?;
        let model = if let Some(model) = self.past.model.clone() {
            model
        } else {
            let model = self.place_for_model(run, sums).await?;
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
    async fn place_for_model(&self, run: &Run, sums: Option<Digest>) -> Result<Model> {
        let tracking = self.server.tracking();
        if self.release == Release::V2 {
            return begin::folder_of_run(&self.args.name, run, tracking).await;
        }
        let digest = sums.map(|sums| Tag::new(tag::SHA256, sums.to_string()));
        let new = NewLoggedModel {
            request_id: RequestId::unique(),
            experiment_id: run.experiment_id.clone(),
            name: begin::name_of_model(&self.args.name, self.context)?,
            source_run_id: Some(run.run_id.clone()),
            model_type: None,
            params: self.params(),
            tags: origin::tags(&self.git, digest, self.context),
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
        for (key, value) in &self.facts {
            if params.iter().all(|param| param.key != *key) {
                params.push(Param {
                    key: (*key).to_owned(),
                    value: value.clone(),
                });
            }
        }
        params
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
        sent: &Sent,
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
            files: sent.complete.files,
            bytes: sent.complete.bytes,
            reused_bytes: sent.reused_bytes,
            seconds: started.elapsed().as_secs_f64(),
            sha256: sent.complete.sums.to_string(),
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

/// Looks at the source and makes the files around it.
async fn prepare(args: &Args, release: Release, context: &Context) -> Result<Prepared> {
    let source = &args.source.source;
    let prepared = packaging::prepare(source, &args.package, layout(release), context).await?;
    let model = &prepared.model;
    let made = model.made().iter().map(|entry| &entry.path);
    for path in model.sources().map(|(path, ..)| path).chain(made) {
        artifacts::names::check(path)?;
    }
    Ok(prepared)
}

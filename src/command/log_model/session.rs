//! One `log-model` from beginning to end, and what becomes of it if it ends early.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};

use super::begin;
use super::journal::{Journal, Model, Past, Run, Step};
use super::{Args, Outcome, Registered, Smoke, smoke};
use crate::artifacts;
use crate::command::context::{Context, Server};
use crate::command::git::Git;
use crate::command::model::Expected;
use crate::command::registration::{self, WAIT};
use crate::command::{Error, Event, origin};
use crate::digest::Digest;
use crate::entity::deed::Deed;
use crate::entity::id::{ExperimentId, Version};
use crate::entity::manifest::Entry;
use crate::entity::model::{LoggedModelStatus, ModelVersion, VersionStatus};
use crate::entity::run::RunStatus;
use crate::entity::tag::{self, Tag};
use crate::infer::OpenOptions;
use crate::package::{Identity, MlflowRelease, Package, Rendered};
use crate::tracking::{self, Batch, NewLoggedModel, NewVersion, Page, Release, optional};
use crate::transfer::{self, Summary};

/// The tag on a version that says how its smoke test went.
const SMOKE_TAG: &str = "phi3ml.smoke";
/// After a failure the server is not to be waited for again at length.
const CLEAN_UP: Duration = Duration::from_secs(10);

/// What is known while a model is being logged.
pub(super) struct Session<'a> {
    args: &'a Args,
    context: &'a Context,
    server: &'a Server,
    release: Release,
    package: Rendered,
    git: Git,
    journal: Journal,
    past: Past,
    /// What the smoke test is to run on, where there is one.
    engine: Option<OpenOptions>,
    run: Option<Run>,
    model: Option<Model>,
    is_ready: bool,
}

impl<'a> Session<'a> {
    /// Packages the model and finds out whether an earlier call is to be continued.
    pub(super) async fn open(args: &'a Args, context: &'a Context) -> Result<Self> {
        let server = context.server()?;
        let release = release_of(server).await?;
        if release == Release::V2 {
            begin::folder_name(&args.name)?;
        }
        let package = pack(args, release, context).await?;
        let engine = match &args.test.smoke {
            Some(_) if !context.is_dry_run() => Some(args.test.engine.resolve(context).await?),
            _ => None,
        };
        let source = fs_err::canonicalize(&args.source)?;
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
            package,
            git: Git::look().await,
            journal,
            past,
            engine,
            run: None,
            model: None,
            is_ready: false,
        })
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

    /// After success nothing is to be continued; after a failure the server is told so far as it listens.
    pub(super) async fn close(self, result: &Result<Outcome>) {
        let is_stopped = self.context.stop.is_cancelled();
        let has_begun = self.run.is_some() || self.past.run.is_some();
        if result.is_ok() || !has_begun || self.context.is_dry_run() {
            // A journal that stays says nothing wrong, it is only litter.
            _ = self.journal.remove();
            return;
        }
        let told = tokio::time::timeout(CLEAN_UP, self.abandon(is_stopped)).await;
        if !matches!(told, Ok(Ok(()))) {
            self.context
                .warn("the server could not be told that the run has ended");
        }
    }

    async fn abandon(&self, is_stopped: bool) -> Result<(), tracking::Error> {
        let tracking = self.server.tracking();
        let model_id = self
            .model
            .as_ref()
            .and_then(|model| model.model_id.as_ref());
        if let (Some(id), false, false) = (model_id, self.is_ready, is_stopped) {
            tracking
                .finish_logged_model(id, LoggedModelStatus::UploadFailed)
                .await?;
        }
        if let Some(run) = self.run.as_ref().filter(|run| run.is_own) {
            let status = if is_stopped {
                RunStatus::Killed
            } else {
                RunStatus::Failed
            };
            let now = jiff::Timestamp::now().as_millisecond();
            tracking.update_run(&run.run_id, status, Some(now)).await?;
        }
        Ok(())
    }

    /// What was begun must still be there to be continued.
    async fn resume(&mut self) -> Result<()> {
        let Some(run) = self.past.run.clone() else {
            return Ok(());
        };
        let tracking = self.server.tracking();
        let still_there = async {
            let found = tracking.run(&run.run_id).await?;
            if let Some(Model {
                model_id: Some(id), ..
            }) = &self.past.model
            {
                tracking.logged_model(id).await?;
            }
            Ok(found)
        };
        let found = match still_there.await {
            Err(tracking::Error::NotFound { .. }) => {
                self.past = Past::default();
                return self.journal.restart(self.package.digest());
            }
            found => found?,
        };
        if run.is_own && found.status != RunStatus::Running {
            tracking
                .update_run(&run.run_id, RunStatus::Running, None)
                .await?;
        }
        self.context.note(&format!(
            "continuing where an earlier call stopped, in run {} (`--fresh` starts anew)",
            run.run_id
        ));
        self.is_ready = self.past.ready.is_some();
        Ok(())
    }

    /// The run, and on it what was asked for; a call that asks for more than the one before logs that, too.
    async fn begin_run(&mut self) -> Result<Run> {
        self.go_on()?;
        let tracking = self.server.tracking();
        let args = &self.args.run;
        let run = if let Some(run) = self.past.run.clone() {
            run
        } else {
            let run = begin::run(args, &self.git, tracking, self.context).await?;
            self.journal.note(&Step::Run(run.clone()))?;
            run
        };
        self.run = Some(run.clone());
        let mut tags = match self.release {
            Release::V2 => vec![Tag::new(tag::SHA256, self.package.digest().to_string())],
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
    fn go_on(&self) -> Result<()> {
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
        let digest = Tag::new(tag::SHA256, self.package.digest().to_string());
        let new = NewLoggedModel {
            experiment_id: run.experiment_id.clone(),
            name: self.args.name.clone(),
            source_run_id: Some(run.run_id.clone()),
            model_type: None,
            params: self.args.run.params.clone(),
            tags: origin::tags(&self.git, [digest], self.context),
        };
        begin::logged_model(new, tracking, self.context).await
    }

    /// Sends what is missing, `MLmodel` last, and marks the model complete.
    /// Tells the digest of that `MLmodel`.
    async fn upload(&mut self, run: &Run, model: &Model) -> Result<(Summary, Digest)> {
        let mlmodel = self.package.mlmodel(&Identity {
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
        let (past, journal) = (&self.past, &self.journal);
        let listener = self.context.listener();
        let sending = transfer::upload(
            self.package.manifest().entries(),
            &commit,
            store.as_ref(),
            &listener,
            |entry| past.ready.is_some() || past.has(entry),
            |entry| {
                journal.note(&Step::Sent {
                    path: entry.path.to_string(),
                    sha256: entry.digest,
                })
            },
        );
        let sent = self
            .context
            .unless_stopped(async { Ok(sending.await?) })
            .await?;
        let digest = self.past.ready.unwrap_or(commit.digest);
        if self.past.ready.is_none() {
            self.mark_ready(run, model, &mlmodel.json).await?;
            self.journal.note(&Step::Ready { mlmodel: digest })?;
        }
        self.is_ready = true;
        Ok((sent, digest))
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

    /// The version, then the smoke test, then the aliases: a wrong answer leaves them where they were.
    async fn register_and_test(
        &mut self,
        run: &Run,
        model: &Model,
        mlmodel: Digest,
    ) -> Result<(Option<Registered>, Option<Smoke>)> {
        self.go_on()?;
        let expected = Expected {
            sums: self.package.digest(),
            mlmodel,
        };
        let args = &self.args.registry;
        let registry = self.server.registry();
        let Some(name) = &args.register else {
            let uri = self.model_uri(run, model);
            return Ok((None, self.smoke_test(&uri, expected).await?));
        };
        self.context
            .step(&format!("registering a version of {name}"));
        let ensured = registration::ensure(name, !args.aliases.is_empty(), registry).await?;
        let version = self.version(name, run, model, &ensured).await?;
        let smoke = self
            .smoke_test(&format!("models:/{name}/{version}"), expected)
            .await?;
        if let Some(smoke) = &smoke {
            let verdict = if smoke.passed { "passed" } else { "failed" };
            registry
                .set_version_tag(name, version, &Tag::new(SMOKE_TAG, verdict))
                .await?;
        }
        let passed = smoke.as_ref().is_none_or(|smoke| smoke.passed);
        let aliases = if passed {
            args.aliases.clone()
        } else {
            Vec::new()
        };
        registration::set_aliases(name, version, &aliases, registry).await?;
        let registered = Registered {
            name: name.clone(),
            version,
            taken_from: aliases.iter().map(|alias| ensured.holder(alias)).collect(),
            aliases,
        };
        Ok((Some(registered), smoke))
    }

    async fn version(
        &self,
        name: &str,
        run: &Run,
        model: &Model,
        ensured: &registration::Ensured,
    ) -> Result<Version> {
        let args = &self.args.registry;
        let mut tags = args.version_tags.clone();
        tags.push(Tag::new(tag::SHA256, self.package.digest().to_string()));
        let model_id = model.model_id.clone();
        let model_id = model_id.filter(|_| !self.server.has_other_registry);
        let wanted = NewVersion {
            name: name.to_owned(),
            source: match &model_id {
                Some(id) => format!("models:/{id}"),
                None => model.artifact_uri.clone(),
            },
            run_id: Some(run.run_id.clone()),
            model_id,
            description: args.description.clone(),
            tags,
        };
        let registry = self.server.registry();
        let version = match self.made_before(&wanted).await? {
            Some(version) => {
                registration::await_ready(version, WAIT, registry, self.context).await?
            }
            None => {
                registration::create_version(&wanted, ensured, WAIT, registry, self.context).await?
            }
        }
        .version;
        self.journal.note(&Step::Version {
            name: name.to_owned(),
            version,
        })?;
        Ok(version)
    }

    /// The version of this very model that an earlier call made, whether it came to note that or not.
    async fn made_before(&self, wanted: &NewVersion) -> Result<Option<ModelVersion>> {
        if self.past.ready.is_none() {
            return Ok(None);
        }
        let versions = self.server.registry().versions(&wanted.name).await?;
        let noted = |version: &ModelVersion| {
            self.past.version == Some((wanted.name.clone(), version.version))
        };
        Ok(versions
            .into_iter()
            .filter(|version| version.source == wanted.source)
            .filter(|version| version.status != VersionStatus::FailedRegistration)
            .max_by_key(|version| (noted(version), version.version)))
    }

    async fn smoke_test(&self, model_uri: &str, expected: Expected) -> Result<Option<Smoke>> {
        self.go_on()?;
        let args = &self.args.test;
        match &args.smoke {
            Some(prompt) if self.context.is_dry_run() => {
                let text = format!(
                    "read the model back, ask it `{prompt}`, and go on if it answers as expected"
                );
                self.context.would(Deed::new("smoke", text));
                Ok(None)
            }
            Some(prompt) => {
                let engine = self.engine.clone().unwrap_or_default();
                let local = smoke::read_back(model_uri, expected, self.context).await?;
                let smoke = smoke::test(prompt, &args.expect, local, engine, self.context).await?;
                Ok(Some(smoke))
            }
            None => Ok(None),
        }
    }

    async fn end_run(&self, run: &Run, status: RunStatus) -> Result<()> {
        let now = jiff::Timestamp::now().as_millisecond();
        let tracking = self.server.tracking();
        Ok(tracking.update_run(&run.run_id, status, Some(now)).await?)
    }

    fn model_uri(&self, run: &Run, model: &Model) -> String {
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
            sha256: self.package.digest().to_string(),
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
async fn pack(args: &Args, release: Release, context: &Context) -> Result<Rendered> {
    context.step("packaging");
    let (source, options) = (args.source.clone(), args.package.options());
    let audience = std::sync::Arc::clone(&context.audience);
    let package = context
        .compute(move || {
            Package::build(&source, &options, &mut |done, total| {
                audience.hear(Event::Read { done, total });
            })
        })
        .await?;
    let rendered = package
        .and_then(|package| package.render(layout(release)))
        .with_context(|| format!("cannot package `{}`", args.source.display()))?;
    for entry in rendered.manifest().entries() {
        artifacts::names::check(&entry.path)?;
    }
    Ok(rendered)
}

//! `log-model`: package → run and logged model → upload → version → smoke test → alias.
//!
//! ```text
//!  package ─► begin ─► upload ─► MLmodel ─► READY ─► version ─► read back, ask ─► alias
//!              └──────────────── journal: what is done is not done again ────────────────┘
//! ```
//!
//! Until `MLmodel` is there nobody takes the model for complete, and until it is READY no version exists.

#![expect(
    clippy::doc_markdown,
    reason = "the docs of arguments are the text of `--help`"
)]

mod begin;
mod continuation;
mod journal;
mod load;
mod release;
mod session;
mod smoke;
mod upload;

use std::collections::HashSet;
use std::time::{Duration, Instant};

use anyhow::Result;
use clap::builder::NonEmptyStringValueParser;
use serde::Serialize;

use super::generation::EngineArgs;
use super::packaging::{PackageArgs, SourceArg};
use super::{Context, Error, pairs, register, registration};
use crate::digest::Digest;
use crate::entity::id::{ExperimentId, ModelId, RunId, Version};
use crate::entity::metric::Metric;
use crate::entity::model::ModelVersion;
use crate::entity::param::Param;
use crate::entity::tag::Tag;
use session::Session;

/// What a logged model is called unless it is told otherwise.
const NAME: &str = "model";

/// Package a model folder, upload it to a run, and register it where asked
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    pub(super) source: SourceArg,
    /// Name of the logged model
    #[arg(long, default_value = NAME)]
    pub name: String,
    /// Forget what an earlier, interrupted call left to be continued
    #[arg(long)]
    pub fresh: bool,
    #[command(flatten)]
    pub(super) run: RunArgs,
    #[command(flatten)]
    pub(super) package: PackageArgs,
    #[command(flatten)]
    pub(super) registry: RegisterArgs,
    #[command(flatten)]
    pub(super) test: SmokeArgs,
}

/// Where the model is logged.
#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "Run")]
pub struct RunArgs {
    /// Log into this run [env: MLFLOW_RUN_ID] [default: a new run]
    #[arg(long, value_name = "ID", conflicts_with_all = ["run_name", "experiment_name", "experiment_id"])]
    pub run_id: Option<RunId>,
    /// Name of the new run [default: the server makes one up]
    #[arg(long, value_name = "NAME")]
    pub run_name: Option<String>,
    /// Experiment of the new run, created where it is missing [env: MLFLOW_EXPERIMENT_NAME]
    #[arg(long, value_name = "NAME", conflicts_with = "experiment_id")]
    pub experiment_name: Option<String>,
    /// Experiment of the new run, by id [env: MLFLOW_EXPERIMENT_ID] [default: 0]
    #[arg(long, value_name = "ID")]
    pub experiment_id: Option<ExperimentId>,
    /// Param of the run
    #[arg(long = "param", value_name = "K=V", value_parser = pairs::param)]
    pub params: Vec<Param>,
    /// Metric of the run
    #[arg(long = "metric", value_name = "K=V", value_parser = pairs::metric)]
    pub metrics: Vec<Metric>,
    /// Tag of the run
    #[arg(long = "tag", value_name = "K=V", value_parser = pairs::tag)]
    pub tags: Vec<Tag>,
}

/// How the model is registered.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Registry")]
pub struct RegisterArgs {
    /// Make a version of this registered model, created where it is missing
    #[arg(long, value_name = "NAME")]
    pub register: Option<String>,
    /// Alias of the new version, moved from an older one
    #[arg(long = "alias", value_name = "ALIAS", requires = "register")]
    pub aliases: Vec<String>,
    /// Tag of the new version
    #[arg(long = "version-tag", value_name = "K=V", requires = "register", value_parser = pairs::tag)]
    pub version_tags: Vec<Tag>,
    /// Description of the new version
    #[arg(long, value_name = "TEXT", requires = "register")]
    pub description: Option<String>,
    /// How long to wait until the version is ready.
    #[arg(skip = registration::WAIT)]
    pub(super) wait: Duration,
}

/// What the model is asked once it is logged.
#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "Smoke test")]
pub struct SmokeArgs {
    /// Read the logged model back, ask it this, and set aliases only if it answers as expected
    #[arg(long, value_name = "PROMPT", value_parser = NonEmptyStringValueParser::new())]
    pub smoke: Option<String>,
    /// Text that the answer must hold; all of them if given more than once
    #[arg(long, value_name = "TEXT", requires = "smoke", value_parser = NonEmptyStringValueParser::new())]
    pub expect: Vec<String>,
    #[command(flatten)]
    pub(in crate::command) engine: EngineArgs,
}

/// What `log-model` did.
#[derive(Debug, Serialize)]
pub struct Outcome {
    pub(crate) experiment_id: ExperimentId,
    pub(crate) run_id: RunId,
    /// `None` on a server without logged models.
    pub(crate) model_id: Option<ModelId>,
    pub(crate) model_uri: String,
    pub(crate) artifact_uri: String,
    pub(crate) files: u64,
    pub(crate) bytes: u64,
    pub(crate) reused_bytes: u64,
    pub(crate) seconds: f64,
    /// The digest of `SHA256SUMS`.
    pub(crate) sha256: String,
    pub(crate) registered: Option<Registered>,
    pub(crate) smoke: Option<Smoke>,
    pub(crate) run_url: Option<String>,
    pub(crate) model_url: Option<String>,
}

/// The version that was made.
#[derive(Debug, Clone, Serialize)]
pub struct Registered {
    pub(crate) name: String,
    pub(crate) version: Version,
    /// The aliases it has now.
    pub(crate) aliases: Vec<String>,
    /// For each of them, the version it was taken from.
    #[serde(skip)]
    pub(crate) taken_from: Vec<Option<Version>>,
    /// All that the registry said of it.
    #[serde(skip)]
    pub(crate) made: ModelVersion,
}

/// What the logged model said.
#[derive(Debug, Serialize)]
pub struct Smoke {
    pub(crate) prompt: String,
    /// `None` where it could not be asked.
    pub(crate) output: Option<String>,
    pub(crate) expect: Vec<String>,
    pub(crate) passed: bool,
    #[serde(skip)]
    pub(crate) trouble: Option<anyhow::Error>,
}

/// Runs the command.
pub async fn run(args: Args, context: &Context) -> Result<super::Outcome> {
    let started = Instant::now();
    args.check(context)?;
    let (mut session, load) = context
        .unless_stopped(Session::open(&args, context))
        .await?;
    let result = context
        .unless_stopped_soon(Box::pin(session.carry_through(load, started)))
        .await;
    session.close(&result).await;
    match result {
        Ok(outcome) => Ok(super::Outcome::LogModel(Box::new(outcome))),
        Err(_) if context.stop.is_cancelled() => Err(Error::Interrupted { continues: true }.into()),
        Err(error) => Err(error),
    }
}

impl Args {
    /// What `register` asks for of a model that is not logged yet.
    pub(super) fn to_register(asked: register::Args) -> Self {
        Self {
            source: SourceArg {
                source: asked.model_uri.into(),
            },
            name: NAME.to_owned(),
            fresh: false,
            run: RunArgs::default(),
            package: PackageArgs::default(),
            registry: RegisterArgs {
                register: Some(asked.name),
                aliases: asked.aliases,
                version_tags: asked.tags,
                description: asked.description,
                wait: Duration::from_secs(asked.wait),
            },
            test: SmokeArgs::default(),
        }
    }

    /// What can be known to be wrong before anything is sent.
    fn check(&self, context: &Context) -> Result<()> {
        use crate::entity::limits;
        if self.run.run_name.is_some() && context.settings.defaults.run_id.is_some() {
            return Err(Error::usage(
                "`--run-name` names a new run, but MLFLOW_RUN_ID names one that exists",
            )
            .into());
        }
        self.run.check_keys()?;
        self.run.params.iter().try_for_each(limits::param)?;
        self.run
            .metrics
            .iter()
            .try_for_each(|metric| limits::key(&metric.key))?;
        self.run.tags.iter().try_for_each(limits::tag)?;
        self.registry
            .version_tags
            .iter()
            .try_for_each(limits::registry_tag)?;
        self.registry
            .aliases
            .iter()
            .try_for_each(|alias| limits::alias(alias))?;
        if let Some(name) = &self.registry.register {
            limits::registered_model_name(name)?;
        }
        Ok(())
    }
}

impl RunArgs {
    /// The digest of all that is to be logged to the run.
    fn digest(&self) -> Digest {
        let metrics = self
            .metrics
            .iter()
            .map(|metric| (&metric.key, metric.value));
        let asked = (&self.params, metrics.collect::<Vec<_>>(), &self.tags);
        Digest::of(format!("{asked:?}").as_bytes())
    }

    /// MLflow refuses a key that comes twice, but only after the run is there.
    fn check_keys(&self) -> Result<()> {
        let mut seen = HashSet::new();
        match self.params.iter().find(|param| !seen.insert(&param.key)) {
            Some(param) => {
                Err(Error::usage(format!("the param `{}` is given twice", param.key)).into())
            }
            None => Ok(()),
        }
    }
}

impl Outcome {
    pub(super) fn into_verdict(self) -> Option<anyhow::Error> {
        self.smoke?.trouble
    }
}

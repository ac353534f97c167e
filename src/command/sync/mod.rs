//! `sync`: copies experiments, runs and models from one ledger to another, each once.
//!
//! ```text
//!  select ─► for each experiment: itself ─► its runs ─► its logged models ─► registered models, versions ─► the bin
//!            └── tags at the target say what is a copy of what; they are looked up first ──┘
//! ```
//!
//! It keeps no state of its own but the list of what it had asked for when it was stopped ([`asked`]): what was
//! copied is known by the tags at the target. What `sync` made it brings up to the source; what it did not make
//! it never changes.

#![expect(
    clippy::doc_markdown,
    reason = "the docs of arguments are the text of `--help`"
)]

mod asked;
mod ends;
mod experiments;
mod files;
mod fill;
mod known;
mod logged_models;
mod points;
mod registry;
mod report;
mod runs;
mod select;
mod versions;

use std::sync::Mutex;
use std::time::Instant;

use anyhow::Result;
use tokio::sync::Semaphore;

pub use report::Outcome;

use self::asked::Asked;
use self::ends::End;
use self::known::Known;
use self::report::Report;
use self::select::Selection;
use super::context::Server;
use super::meter::{Direction, Meter};
use super::settings::DEFAULT_TRACKING_URI;
use super::{Context, Error};
use crate::entity::id::{ExperimentId, RunId};
use crate::http::SafeUrl;
use crate::tracking::Release;

/// Copy experiments, runs and models to another server or database, each once
///
/// What is copied: experiments with their tags; runs with name, user, status, times, params, all points of all metrics,
/// tags, datasets and artifacts, those in the bin among them; logged models with params, tags, metrics, files
/// and status; registered models with description, tags and aliases; their versions in order, with source, description,
/// tags and stage. A version keeps its number where the target has not given that to another. Ids are the
/// target's; what names another thing by its id (parent runs, sources of versions, MLmodel) names its copy.
///
/// When an experiment, a model or a version was created, and when a version last changed, the target sets itself;
/// what it was at the source is in the tag phi3ml.sync.source_created. Prompts, traces and evaluations stay behind. A
/// server of MLflow 2 has no logged models: their files become a folder of their run.
///
/// MLFLOW_TRACKING_USERNAME, MLFLOW_TRACKING_PASSWORD and MLFLOW_TRACKING_TOKEN are shown to the tracking server alone,
/// or without one to the only server of the two. PHI3ML_SYNC_FROM_USERNAME, …_PASSWORD and …_TOKEN are shown to the
/// source alone, PHI3ML_SYNC_TO_… to the target alone; an address may hold `user:password@` as well.
///
/// Run again, it goes on where it was stopped, and brings over what is new since. What is there under the same
/// name and is not a copy is told and left alone. Deletions are not repeated at the target.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Where to: http(s)://… or sqlite:///FILE
    #[arg(long, value_name = "URI")]
    to: String,
    /// Where from: http(s)://…, sqlite:///FILE, or a folder of MLflow's files such as ./mlruns [default: the tracking URI]
    #[arg(long, value_name = "URI")]
    from: Option<String>,
    /// Workspace at the target, where it is another than `--workspace`, which is that of the source
    #[arg(long, value_name = "NAME")]
    to_workspace: Option<String>,
    /// Only this experiment; may be given more than once
    #[arg(long = "experiment", value_name = "NAME")]
    experiments: Vec<String>,
    /// Only this run, with the models that came out of it; may be given more than once
    #[arg(long = "run-id", value_name = "ID")]
    runs: Vec<RunId>,
    /// Only this registered model, with the logged models and runs of its versions; may be given more than once
    #[arg(long = "model", value_name = "NAME")]
    models: Vec<String>,
}

/// How many runs are copied at once; the server of MLflow answers with a handful of workers.
const WIDTH: usize = 8;

/// One call, from both ends.
struct Sync<'a> {
    context: &'a Context,
    from: Server,
    to: Server,
    /// Whether the target has logged models.
    has_models: bool,
    /// Whether the source has, too, so that they may have gone into runs.
    has_model_inputs: bool,
    asked: Asked,
    known: Mutex<Known>,
    report: Mutex<Report>,
    meter: Meter<'a>,
    /// Files of one thing at a time: large ones are carried by several requests at once already.
    carrying: Semaphore,
}

/// Runs the command.
pub async fn run(args: Args, context: &Context) -> Result<super::Outcome> {
    let started = Instant::now();
    let settings = &context.settings;
    let (from, registry) = match &args.from {
        Some(uri) => (uri.as_str(), None),
        None => (
            settings
                .tracking_uri
                .as_deref()
                .unwrap_or(DEFAULT_TRACKING_URI),
            settings.registry_uri.as_deref(),
        ),
    };
    let source = ends::identity(End::From, from, &args.to, settings);
    let mut target = ends::identity(End::To, &args.to, from, settings);
    target.workspace = args.to_workspace.as_deref().or(target.workspace);
    let workspaces = (source.workspace, target.workspace);
    let (from, to) = (
        context.connect_to_read(from, registry, &source)?,
        context.connect_to(&args.to, None, &target)?,
    );
    if from.url == to.url && workspaces.0 == workspaces.1 {
        return Err(Error::usage("the source and the target are the same").into());
    }
    let (source, target) = (SafeUrl::from(&from.url), SafeUrl::from(&to.url));
    let of = |url: &SafeUrl, workspace: Option<&str>| {
        format!("{url}\n{}", workspace.unwrap_or_default())
    };
    let key = of(&source, workspaces.0) + "\n" + &of(&target, workspaces.1);
    let asked = Asked::open(&key, context)?;
    let sync = Sync {
        has_models: true,
        has_model_inputs: true,
        asked,
        known: Mutex::default(),
        report: Mutex::default(),
        meter: Meter::start(Direction::Upload, context),
        carrying: Semaphore::new(1),
        context,
        from,
        to,
    };
    let report = context
        .unless_stopped(Box::pin(sync.carry_through(args)))
        .await;
    let (report, carried) = match report {
        Ok(done) => done,
        Err(_) if context.stop.is_cancelled() => {
            return Err(Error::Interrupted { continues: true }.into());
        }
        Err(error) => return Err(error),
    };
    let outcome = report.shown(&source.to_string(), &target.to_string(), &carried, started)?;
    Ok(super::Outcome::Sync(Box::new(outcome)))
}

impl Sync<'_> {
    async fn carry_through(mut self, args: Args) -> Result<(Report, super::Carried)> {
        // Whoever does not answer here answers nothing; better one error than one for each run.
        let release = self.to.tracking().server().await.release;
        let default = ExperimentId::default_experiment();
        crate::tracking::optional(self.to.tracking().experiment(&default).await)?;
        self.has_models = release != Release::V2;
        self.has_model_inputs =
            self.has_models && self.from.tracking().server().await.release != Release::V2;
        let selection =
            Selection::find(args.experiments, args.runs, args.models, &self.from).await?;
        for part in &selection.parts {
            let Some(target) = self.experiment(&part.experiment).await else {
                continue;
            };
            self.runs_of(part, &target).await?;
            self.logged_models_of(part, &target).await?;
        }
        self.link_inputs().await;
        self.adopt().await;
        for model in &selection.registered {
            self.registered_model(model).await;
        }
        self.bin().await;
        let is_whole = self.with_report(|report| report.has_no_failure());
        if is_whole {
            self.asked.remove();
        }
        let report = self
            .report
            .into_inner()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        Ok((report, self.meter.finish()))
    }

    fn with_report<T>(&self, work: impl FnOnce(&mut Report) -> T) -> T {
        work(
            &mut self
                .report
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner),
        )
    }

    fn with_known<T>(&self, work: impl FnOnce(&mut Known) -> T) -> T {
        work(
            &mut self
                .known
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner),
        )
    }

    /// Something at the target is another thing than at the source: it is told and left alone.
    fn conflict(&self, thing: &'static str, name: impl Into<String>, reason: impl Into<String>) {
        let (name, reason) = (name.into(), reason.into());
        self.context.warn(&format!("{thing} `{name}`: {reason}"));
        self.with_report(|report| report.conflict(thing, name, reason));
    }

    /// Something could not be copied. The rest goes on, unless the other side is gone.
    fn failure(&self, thing: &'static str, name: impl Into<String>, error: &anyhow::Error) {
        let name = name.into();
        self.context.warn(&format!("{thing} `{name}`: {error:#}"));
        self.with_report(|report| report.failure(thing, name, error));
    }
}

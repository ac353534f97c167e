//! Runs: looked up, made once, and marked when all of each is there.
//!
//! What a copy is filled with is in `fill`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context as _, Result};
use futures_util::{StreamExt as _, stream};

use super::experiments::Target;
use super::files::Files;
use super::known::{Place, digest, is_own};
use super::report::Did;
use super::select::{PAGE, Part};
use super::{Sync, WIDTH};
use crate::command::Failure;
use crate::entity::Lifecycle;
use crate::entity::deed::Deed;
use crate::entity::id::{ExperimentId, RunId};
use crate::entity::run::Run;
use crate::entity::tag::{self, Tag};
use crate::error::Kind;
use crate::tracking::paging::{all_pages, each_page};
use crate::tracking::{Batch, PageOf, Search, View};

/// After so many runs in a row of which the target did not answer for one, it is gone.
const SILENT: usize = WIDTH;

/// Copies at the target, by the runs of which they are copies.
type Copies = BTreeMap<String, Run>;

impl Sync<'_> {
    /// Copies the runs of an experiment, or some of them.
    pub(super) async fn runs_of(&self, part: &Part, target: &Target) -> Result<()> {
        let mut copies = match &target.id {
            Some(id) => self.copies(id).await?,
            None => Copies::new(),
        };
        let experiments = [part.experiment.experiment_id.clone()];
        // Parents begin before their children.
        let search = Search {
            order_by: vec!["attributes.start_time ASC".to_owned()],
            view: View::All,
            ..Search::default()
        };
        let from = self.from.tracking();
        if let Some(only) = &part.only {
            let mut runs = Vec::new();
            for id in &only.runs {
                runs.push(from.run(id).await?);
            }
            runs.sort_by_key(|run| run.start_time);
            self.page_of_runs(runs, &mut copies, target).await?;
        } else {
            let fetch = async |page: PageOf<'_>| {
                let found = from.search_runs(&experiments, &search, page).await;
                found.context("cannot read the runs of the source")
            };
            each_page("runs of the source", PAGE, fetch, async |runs| {
                self.page_of_runs(runs, &mut copies, target).await?;
                Ok(ControlFlow::Continue(()))
            })
            .await?;
        }
        Ok(())
    }

    /// What is at the target already.
    async fn copies(&self, experiment: &ExperimentId) -> Result<Copies> {
        let search = Search {
            filter: format!("tags.`{}` LIKE '%'", tag::SYNC_RUN),
            view: View::All,
            order_by: vec!["attributes.start_time ASC".to_owned()],
        };
        let experiments = [experiment.clone()];
        let found = all_pages("runs of the target", PAGE, async |page| {
            self.to
                .tracking()
                .search_runs(&experiments, &search, page)
                .await
        })
        .await
        .context("cannot read the runs of the target")?;
        let of = |run: Run| Some((run.tags.get(tag::SYNC_RUN)?.clone(), run));
        let copies: Copies = found.into_iter().filter_map(of).collect();
        let ids = copies
            .iter()
            .filter_map(|(of, copy)| Some((of.parse().ok()?, copy.run_id.clone())));
        self.with_known(|known| known.copies.extend(ids));
        Ok(copies)
    }

    /// Copies runs, several at once, each after its parent.
    async fn page_of_runs(
        &self,
        mut runs: Vec<Run>,
        copies: &mut Copies,
        target: &Target,
    ) -> Result<()> {
        let silent = AtomicUsize::new(0);
        while !runs.is_empty() {
            let ids: Vec<RunId> = runs.iter().map(|run| run.run_id.clone()).collect();
            let waits = |run: &Run| {
                let parent = run.tags.get(tag::PARENT_RUN_ID);
                parent.is_some_and(|parent| {
                    parent != run.run_id.as_str() && ids.iter().any(|id| id.as_str() == parent)
                })
            };
            let (mut later, mut now): (Vec<Run>, Vec<Run>) = runs.into_iter().partition(waits);
            if now.is_empty() {
                // Two runs that are one another's parents.
                now.append(&mut later);
            }
            let work = now.into_iter().map(|run| {
                let there = copies.remove(run.run_id.as_str());
                (run, there)
            });
            let mut work = stream::iter(work)
                .map(async |(run, there)| {
                    let done = self.run(&run, there, target).await;
                    (run, done)
                })
                .buffer_unordered(WIDTH);
            while let Some((run, done)) = work.next().await {
                let Err(error) = done else {
                    silent.store(0, Ordering::Relaxed);
                    continue;
                };
                if Failure::from(&error).kind == Kind::Unavailable
                    && silent.fetch_add(1, Ordering::Relaxed) + 1 >= SILENT
                {
                    return Err(error.context("the target does not answer any more"));
                }
                self.failure("run", run.run_id.to_string(), &error);
            }
            drop(work);
            runs = later;
        }
        Ok(())
    }

    async fn run(&self, source: &Run, there: Option<Run>, target: &Target) -> Result<()> {
        let mut source = Cow::Borrowed(source);
        if self.has_model_inputs {
            // A search leaves them out.
            let whole = self.from.tracking().run(&source.run_id).await;
            source = Cow::Owned(whole.context("cannot read the run at the source")?);
        }
        let source = source.as_ref();
        let files = self.files_at(&source.artifact_uri).await?;
        let record = digest(&(
            source,
            source
                .outputs
                .iter()
                .map(|it| &it.model_id)
                .collect::<Vec<_>>(),
            &source.model_inputs,
        ))?;
        let listed = files.digest()?;
        let is_in_bin = source.lifecycle_stage == Lifecycle::Deleted;
        if let Some(there) = &there {
            let has = |key: &str, value: &String| there.tags.get(key) == Some(value);
            let is_complete = has(tag::SYNC_RECORD, &record) && has(tag::SYNC_FILES, &listed);
            let was_binned = there.lifecycle_stage == Lifecycle::Deleted;
            if was_binned && !is_in_bin {
                let name = source.run_id.to_string();
                self.conflict(
                    "run",
                    name,
                    format!("its copy `{}` is in the bin", there.run_id),
                );
                self.know(source, there);
                return Ok(());
            }
            if is_complete {
                self.know(source, there);
                self.look_for_parent(source, there);
                if is_in_bin && !was_binned {
                    self.with_known(|known| known.runs_to_bin.push(there.run_id.clone()));
                }
                self.with_report(|report| report.runs.count(Did::Nothing));
                return Ok(());
            }
        }
        let did = if there.is_some() {
            Did::Updated
        } else {
            Did::Created
        };
        self.with_report(|report| report.runs.count(did));
        if self.context.is_dry_run() {
            self.would_copy(source, there.as_ref(), &files, &listed, target);
            return Ok(());
        }
        let Some(experiment) = &target.id else {
            return Ok(());
        };
        let copy = match there {
            Some(there) => there,
            None => self.make(source, experiment).await?,
        };
        if copy.lifecycle_stage == Lifecycle::Deleted {
            self.to.tracking().restore_run(&copy.run_id).await?;
        }
        self.know(source, &copy);
        self.fill(source, &copy, &files, &listed).await?;
        let marks = vec![
            Tag::new(tag::SYNC_RECORD, record),
            Tag::new(tag::SYNC_FILES, listed),
        ];
        let marks = Batch {
            tags: marks,
            ..Batch::default()
        };
        self.to.tracking().log_batch(&copy.run_id, &marks).await?;
        if is_in_bin {
            self.with_known(|known| known.runs_to_bin.push(copy.run_id));
        }
        self.told_of_progress(target);
        Ok(())
    }

    fn told_of_progress(&self, target: &Target) {
        let done = self.with_report(|report| report.runs.touched());
        if done.is_multiple_of(50) {
            self.context
                .step(&format!("experiment `{}`: {done} runs so far", target.name));
        }
    }

    fn know(&self, source: &Run, copy: &Run) {
        self.with_known(|known| {
            let id = &source.run_id;
            known.copies.insert(id.clone(), copy.run_id.clone());
            known.runs.insert(id.clone(), Place::new(source, copy));
            for output in &source.outputs {
                let outputs = known.outputs.entry(output.model_id.clone()).or_default();
                outputs.push((copy.run_id.clone(), output.step));
            }
            for model in &source.model_inputs {
                let inputs = known.inputs.entry(model.clone()).or_default();
                inputs.push(copy.run_id.clone());
            }
        });
    }

    fn would_copy(
        &self,
        source: &Run,
        there: Option<&Run>,
        files: &Files,
        listed: &String,
        target: &Target,
    ) {
        let (id, name) = (&source.run_id, &target.name);
        let (params, metrics) = (source.params.len(), source.metrics.len());
        let tags = source.tags.keys().filter(|key| !is_own(key)).count();
        let what = format!(
            "{params} params, {metrics} metrics, {tags} tags, {} datasets",
            source.datasets.len()
        );
        let (action, text) = match there {
            None => (
                "create_run",
                format!("copy the run `{id}` into `{name}`: {what}"),
            ),
            Some(there) => (
                "update_run",
                format!(
                    "write what is new of the run `{id}` to its copy `{}`",
                    there.run_id
                ),
            ),
        };
        self.context.would(Deed::new(action, text));
        let has_files = there.and_then(|there| there.tags.get(tag::SYNC_FILES)) == Some(listed);
        if !has_files && files.count() > 0 {
            let text = format!("upload {} files of the run `{id}`", files.count());
            self.context
                .would(Deed::moving("upload", text, files.bytes()));
        }
    }
}

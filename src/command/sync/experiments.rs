//! Experiments: the folder of the same name at the target, made where there is none.
//!
//! Where its artifacts lie is the target's own choice.

use anyhow::Result;

use super::Sync;
use super::known::{created, missing, tags};
use super::report::Did;
use super::select::PAGE;
use crate::entity::Lifecycle;
use crate::entity::deed::Deed;
use crate::entity::experiment::Experiment;
use crate::entity::id::ExperimentId;
use crate::entity::tag::{self, Tag};
use crate::tracking::paging::all_pages;
use crate::tracking::{Error, NewExperiment, Search, View};

/// The copy of an experiment.
#[derive(Debug)]
pub(super) struct Target {
    /// `None` in a dry run that would have made it.
    pub(super) id: Option<ExperimentId>,
    pub(super) name: String,
}

impl Sync<'_> {
    /// Copies an experiment; `None` if nothing in it can be copied.
    pub(super) async fn experiment(&self, source: &Experiment) -> Option<Target> {
        self.context.step(&format!("experiment `{}`", source.name));
        match self.find_or_make(source).await {
            Ok(target) => target,
            Err(error) => {
                self.failure("experiment", &source.name, &error);
                None
            }
        }
    }

    async fn find_or_make(&self, source: &Experiment) -> Result<Option<Target>> {
        let tracking = self.to.tracking();
        let target = |id| {
            Some(Target {
                id,
                name: source.name.clone(),
            })
        };
        let Some(there) = self.copy_of(source).await? else {
            self.with_report(|report| report.experiments.count(Did::Created));
            if self.context.is_dry_run() {
                let text = format!("create the experiment `{}`", source.name);
                self.context.would(Deed::new("create_experiment", text));
                return Ok(target(None));
            }
            let new = NewExperiment {
                name: source.name.clone(),
                artifact_location: None,
                tags: tags(&source.tags).chain(marks(source)).collect(),
            };
            let id = tracking.create_experiment(&new).await?;
            self.bin_later(source, &id);
            return Ok(target(Some(id)));
        };
        let is_copy = is_copy(&there, source);
        if there.lifecycle_stage == Lifecycle::Deleted {
            if !(is_copy && source.lifecycle_stage == Lifecycle::Deleted) {
                self.conflict("experiment", &source.name, "it is in the bin at the target");
            }
            return Ok(None);
        }
        let mut did = Did::Nothing;
        if there.name != source.name {
            did = Did::Updated;
            let renamed = tracking.rename_experiment(&there.experiment_id, &source.name);
            match renamed.await {
                Err(Error::AlreadyExists { .. } | Error::Deleted { .. }) => {
                    did = Did::Nothing;
                    let reason = format!("its copy stays `{}`: the name is taken", there.name);
                    self.conflict("experiment", &source.name, reason);
                }
                renamed => renamed?,
            }
        }
        for tag in missing(tags(&source.tags), &there.tags) {
            if !is_copy && there.tags.contains_key(&tag.key) {
                let reason = format!("the tag `{}` has another value at the target", tag.key);
                self.conflict("experiment", &source.name, reason);
                continue;
            }
            did = Did::Updated;
            if self.context.is_dry_run() {
                let text = format!(
                    "set the tag `{}` of the experiment `{}`",
                    tag.key, source.name
                );
                self.context.would(Deed::new("set_experiment_tag", text));
            } else {
                tracking
                    .set_experiment_tag(&there.experiment_id, &tag)
                    .await?;
            }
        }
        self.with_report(|report| report.experiments.count(did));
        if is_copy {
            self.bin_later(source, &there.experiment_id);
        }
        Ok(target(Some(there.experiment_id)))
    }

    /// The copy, which may bear the name that the source had before; else what bears the name of the source.
    async fn copy_of(&self, source: &Experiment) -> Result<Option<Experiment>> {
        let tracking = self.to.tracking();
        let named = tracking.experiment_by_name(&source.name).await?;
        if named.as_ref().is_some_and(|named| is_copy(named, source)) {
            return Ok(named);
        }
        let [mark, _] = marks(source);
        let search = Search {
            filter: format!("tags.`{}` = '{}'", mark.key, mark.value),
            view: View::All,
            ..Search::default()
        };
        let found = all_pages("experiments of the target", PAGE, async |page| {
            tracking.search_experiments(&search, page).await
        })
        .await?;
        let renamed = found.into_iter().find(|there| is_copy(there, source));
        Ok(renamed.or(named))
    }

    fn bin_later(&self, source: &Experiment, id: &ExperimentId) {
        if source.lifecycle_stage == Lifecycle::Deleted {
            self.with_known(|known| known.experiments_to_bin.push(id.clone()));
        }
    }

    /// What is in the bin at the source goes there, now that nothing is written on it any more.
    pub(super) async fn bin(&self) {
        if self.context.is_dry_run() || !self.with_report(|report| report.has_no_failure()) {
            return;
        }
        let (runs, experiments) = self.with_known(|known| {
            (
                std::mem::take(&mut known.runs_to_bin),
                std::mem::take(&mut known.experiments_to_bin),
            )
        });
        for id in runs {
            if let Err(error) = self.to.tracking().delete_run(&id).await {
                self.failure("run", id.to_string(), &error.into());
            }
        }
        for id in experiments {
            if let Err(error) = self.to.tracking().delete_experiment(&id).await {
                self.failure("experiment", id.to_string(), &error.into());
            }
        }
    }
}

fn is_copy(there: &Experiment, source: &Experiment) -> bool {
    marks(source)
        .iter()
        .all(|mark| there.tags.get(&mark.key) == Some(&mark.value))
}

/// By what a copy is known: the id is a small number, and another store's may be the same.
fn marks(source: &Experiment) -> [Tag; 2] {
    [
        Tag::new(tag::SYNC_EXPERIMENT, source.experiment_id.as_str()),
        Tag::new(tag::SYNC_CREATED, created(source.creation_time)),
    ]
}

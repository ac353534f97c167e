//! What is to be copied: all there is, or what was named and what that needs.
//!
//! It only reads, and only from the source.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, Result};

use crate::command::context::Server;
use crate::entity::experiment::Experiment;
use crate::entity::id::{ExperimentId, ModelId, RunId};
use crate::entity::model::{LoggedModel, RegisteredModel};
use crate::entity::uri::ModelUri;
use crate::tracking::paging::all_pages;
use crate::tracking::{self, Search, Thing, Tracking, View, optional};

/// As many of anything as one page holds.
pub(super) const PAGE: u64 = 1000;

/// What is to be copied.
#[derive(Debug, Default)]
pub(super) struct Selection {
    pub(super) parts: Vec<Part>,
    pub(super) registered: Vec<RegisteredModel>,
}

/// An experiment, or some of what is in it.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) experiment: Experiment,
    /// All of it where it is `None`.
    pub(super) only: Option<Only>,
}

/// Some runs and logged models; the models that came out of these runs are meant as well.
#[derive(Debug, Default)]
pub(super) struct Only {
    pub(super) runs: BTreeSet<RunId>,
    pub(super) models: BTreeSet<ModelId>,
}

impl Part {
    /// Whether a logged model is meant.
    pub(super) fn has(&self, model: &LoggedModel) -> bool {
        self.only.as_ref().is_none_or(|only| {
            let run = model.source_run_id.as_ref();
            only.models.contains(&model.model_id) || run.is_some_and(|run| only.runs.contains(run))
        })
    }
}

impl Selection {
    /// Finds out what is meant.
    pub(super) async fn find(
        experiments: Vec<String>,
        runs: Vec<RunId>,
        models: Vec<String>,
        from: &Server,
    ) -> Result<Self> {
        let (tracking, registry) = (from.tracking(), from.registry());
        if experiments.is_empty() && runs.is_empty() && models.is_empty() {
            let whole = |experiment| Part {
                experiment,
                only: None,
            };
            return Ok(Self {
                parts: all_experiments(tracking)
                    .await?
                    .into_iter()
                    .map(whole)
                    .collect(),
                registered: all_models(registry).await?,
            });
        }
        let mut parts: BTreeMap<ExperimentId, Part> = BTreeMap::new();
        for name in experiments {
            let experiment = tracking.experiment_by_name(&name).await?;
            let missing = || tracking::Error::NotFound {
                thing: Thing::Experiment,
                name: name.clone(),
                instead: Vec::new(),
            };
            let experiment = experiment.ok_or_else(missing).context("cannot copy it")?;
            parts.insert(
                experiment.experiment_id.clone(),
                Part {
                    experiment,
                    only: None,
                },
            );
        }
        let mut needed = Needed {
            runs: runs.into_iter().collect(),
            models: BTreeSet::new(),
        };
        let mut registered = Vec::new();
        for name in models {
            registered.push(registry.registered_model(&name).await?);
            for version in registry.versions(&name).await? {
                needed.runs.extend(version.run_id);
                if let Ok(ModelUri::Logged(model_id)) = version.source.parse() {
                    needed.models.insert(model_id);
                }
            }
        }
        needed.sort_into(&mut parts, tracking).await?;
        Ok(Self {
            parts: parts.into_values().collect(),
            registered,
        })
    }
}

/// What was named, or what that needs.
struct Needed {
    runs: BTreeSet<RunId>,
    models: BTreeSet<ModelId>,
}

impl Needed {
    /// Finds out in which experiments it is. What a version named and is gone since is passed over.
    async fn sort_into(
        mut self,
        parts: &mut BTreeMap<ExperimentId, Part>,
        tracking: &dyn Tracking,
    ) -> Result<()> {
        for model_id in self.models {
            let Some(model) = optional(tracking.logged_model(&model_id).await)? else {
                continue;
            };
            self.runs.extend(model.source_run_id);
            let only = part(parts, &model.experiment_id, tracking).await?;
            only.map(|only| only.models.insert(model_id));
        }
        for run_id in self.runs {
            let Some(run) = optional(tracking.run(&run_id).await)? else {
                continue;
            };
            let only = part(parts, &run.experiment_id, tracking).await?;
            only.map(|only| only.runs.insert(run_id));
        }
        Ok(())
    }
}

/// What is meant of an experiment so far; `None` if that is all of it.
async fn part<'p>(
    parts: &'p mut BTreeMap<ExperimentId, Part>,
    id: &ExperimentId,
    tracking: &dyn Tracking,
) -> Result<Option<&'p mut Only>> {
    if !parts.contains_key(id) {
        let experiment = tracking.experiment(id).await?;
        let only = Some(Only::default());
        parts.insert(id.clone(), Part { experiment, only });
    }
    Ok(parts.get_mut(id).and_then(|part| part.only.as_mut()))
}

async fn all_experiments(tracking: &dyn Tracking) -> Result<Vec<Experiment>> {
    let search = Search {
        view: View::All,
        ..Search::default()
    };
    let mut all = all_pages("experiments", PAGE, async |page| {
        tracking.search_experiments(&search, page).await
    })
    .await?;
    // In the order in which they were made, so that they are made in it again.
    all.sort_by_key(|one| {
        (
            one.creation_time,
            one.experiment_id.as_str().parse::<u64>().ok(),
        )
    });
    Ok(all)
}

async fn all_models(registry: &dyn Tracking) -> Result<Vec<RegisteredModel>> {
    let search = Search::default();
    let mut all = all_pages("registered models", PAGE, async |page| {
        registry.search_registered_models(&search, page).await
    })
    .await?;
    all.sort_by_key(|model| model.creation_timestamp);
    Ok(all)
}

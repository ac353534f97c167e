//! What is written on the copy of a run, as far as it is not there.
//!
//! ```text
//!  create ─► params, tags, points ─► datasets ─► artifacts ─► status and times
//! ```

use anyhow::Result;

use super::Sync;
use super::files::{Files, Names};
use super::known::{missing, tags};
use crate::entity::id::{ExperimentId, RequestId, RunId};
use crate::entity::param::Param;
use crate::entity::run::Run;
use crate::entity::tag::{self, Tag};
use crate::tracking::{Batch, NewRun, PageOf, Search, View};

impl Sync<'_> {
    pub(super) async fn make(&self, source: &Run, experiment: &ExperimentId) -> Result<Run> {
        let tracking = self.to.tracking();
        let filter = format!("tags.`{}` = '{}'", tag::SYNC_RUN, source.run_id);
        let search = Search {
            filter,
            view: View::All,
            ..Search::default()
        };
        let experiments = [experiment.clone()];
        let find = async || {
            let page = PageOf {
                size: 1,
                token: None,
            };
            let found = tracking.search_runs(&experiments, &search, page).await?;
            Ok(found.items.into_iter().next())
        };
        let create = async || {
            let own = |key: &str| source.tags.get(key).map(|value| Tag::new(key, value));
            let tags = [tag::SOURCE_NAME, tag::SOURCE_TYPE, tag::USER]
                .into_iter()
                .filter_map(own);
            let new = NewRun {
                request_id: RequestId::unique(),
                experiment_id: experiment.clone(),
                name: Some(source.run_name.clone()).filter(|name| !name.is_empty()),
                start_time: source.start_time.unwrap_or_default(),
                user: Some(source.user_id.clone()).filter(|user| !user.is_empty()),
                is_copy: true,
                tags: tags
                    .chain([Tag::new(tag::SYNC_RUN, source.run_id.as_str())])
                    .collect(),
            };
            Ok(tracking.create_run(&new).await?)
        };
        self.asked
            .once(&format!("run {}", source.run_id), find, create)
            .await
    }

    /// Writes what the copy lacks.
    pub(super) async fn fill(
        &self,
        source: &Run,
        copy: &Run,
        files: &Files,
        listed: &String,
    ) -> Result<()> {
        let tracking = self.to.tracking();
        let params = source
            .params
            .iter()
            .filter(|(key, value)| copy.params.get(*key) != Some(value));
        let batch = Batch {
            params: params.map(|(key, value)| Param::new(key, value)).collect(),
            metrics: Vec::new(),
            tags: missing(self.tags_of(source, &copy.run_id), &copy.tags),
        };
        let written = self.points(source, copy, batch).await?;
        self.with_report(|report| report.points += written);
        for input in &source.datasets {
            let (name, digest) = (&input.dataset.name, &input.dataset.digest);
            let mut there = copy.datasets.iter().map(|input| &input.dataset);
            if !there.any(|there| there.name == *name && there.digest == *digest) {
                tracking.log_input(&copy.run_id, input).await?;
            }
        }
        if copy.tags.get(tag::SYNC_FILES) != Some(listed) {
            let names = Names::of_run(source, copy);
            self.carry(files, &copy.artifact_uri, &names).await?;
        }
        if (copy.status, copy.end_time) != (source.status, source.end_time) {
            tracking
                .update_run(&copy.run_id, source.status, source.end_time)
                .await?;
        }
        Ok(())
    }

    /// The tags of a run, in which other runs are named by their copies.
    fn tags_of<'r>(&self, source: &'r Run, copy: &'r RunId) -> impl Iterator<Item = Tag> + use<'r> {
        let parent = source.tags.get(tag::PARENT_RUN_ID).cloned();
        let parent = parent.map(|parent| {
            let known = parent.parse().ok().and_then(|id: RunId| {
                self.with_known(|known| {
                    let there = known.copies.get(&id).map(ToString::to_string);
                    if there.is_none() {
                        known.orphans.push((copy.clone(), id));
                    }
                    there
                })
            });
            known.unwrap_or(parent)
        });
        tags(&source.tags).map(move |mut tag| {
            if tag.key == tag::PARENT_RUN_ID {
                tag.value = parent.clone().unwrap_or(tag.value);
            } else if tag.key == tag::LOGGED_MODELS {
                tag.value = tag.value.replace(source.run_id.as_str(), copy.as_str());
            }
            tag
        })
    }

    /// Notes a copy that an earlier call completed before there was one of its parent.
    pub(super) fn look_for_parent(&self, source: &Run, copy: &Run) {
        let parent = |run: &Run| run.tags.get(tag::PARENT_RUN_ID).cloned();
        if let Some(parent) = parent(source).filter(|id| parent(copy).as_ref() == Some(id))
            && let Ok(parent) = parent.parse()
        {
            self.with_known(|known| known.orphans.push((copy.run_id.clone(), parent)));
        }
    }

    /// Children whose parents were copied after them, be it in another experiment.
    pub(super) async fn adopt(&self) {
        let orphans = self.with_known(|known| std::mem::take(&mut known.orphans));
        for (child, parent) in orphans {
            let Some(parent) = self.with_known(|known| known.copies.get(&parent).cloned()) else {
                continue;
            };
            let tags = vec![Tag::new(tag::PARENT_RUN_ID, parent.as_str())];
            let batch = Batch {
                tags,
                ..Batch::default()
            };
            if let Err(error) = self.to.tracking().log_batch(&child, &batch).await {
                self.failure("run", child.to_string(), &error.into());
            }
        }
    }
}

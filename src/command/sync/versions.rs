//! Versions of a registered model, in their order, and under their numbers where the target has not given those away.
//!
//! A number that the source has no more is taken at the target, too, by a version that goes at once.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};

use super::Sync;
use super::known::{Model, created, missing, tags};
use super::registry::Copies;
use super::report::Did;
use crate::command::context::Server;
use crate::entity::deed::Deed;
use crate::entity::id::{ModelId, RequestId, RunId, Version};
use crate::entity::model::{ModelVersion, RegisteredModel, Stage};
use crate::entity::tag::{self, Tag};
use crate::entity::uri::ModelUri;
use crate::tracking::NewVersion;

/// So many numbers in a row are taken to keep the next one; more would be no favour to anybody.
const LONGEST_GAP: u64 = 100;

/// How often a version may name another one as its source.
const DEEPEST: usize = 16;

/// A version at the target.
#[derive(Debug, Clone, Copy)]
pub(super) struct Copied {
    /// Its number there; `None` in a dry run that would have made it.
    pub(super) number: Option<Version>,
}

/// Where the files of a version lie at the target.
#[derive(Debug, Clone)]
struct Origin {
    source: String,
    run_id: Option<RunId>,
    model_id: Option<ModelId>,
}

impl Sync<'_> {
    /// Copies the versions of a registered model.
    pub(super) async fn versions_of(&self, source: &RegisteredModel) -> Result<Copies> {
        let name = &source.name;
        let mut versions = self.from.registry().versions(name).await?;
        versions.sort_by_key(|version| version.version);
        let there = self.to.registry().versions(name).await?;
        let mut highest = there
            .iter()
            .map(|version| version.version.0)
            .max()
            .unwrap_or_default();
        highest = highest.max(self.asked.highest(name));
        let mut copies: BTreeMap<(String, String), ModelVersion> = BTreeMap::new();
        for copy in there {
            if copy.tags.contains_key(tag::SYNC_GAP) && !self.context.is_dry_run() {
                self.to
                    .registry()
                    .delete_version(name, copy.version)
                    .await?;
                continue;
            }
            let mark = |key: &str| copy.tags.get(key).cloned();
            if let (Some(number), Some(at)) = (mark(tag::SYNC_VERSION), mark(tag::SYNC_CREATED)) {
                copies.insert((number, at), copy);
            }
        }
        let mut copied = Copies::new();
        for version in versions {
            let key = (
                version.version.to_string(),
                created(version.creation_timestamp),
            );
            let done = match copies.remove(&key) {
                Some(copy) => self.renew(&version, &copy).await,
                None => self.version(&version, &mut highest).await,
            };
            match done {
                Ok(done) => {
                    copied.insert(version.version, done);
                }
                Err(error) => {
                    self.failure("version", format!("{name}/{}", version.version), &error);
                    // Those that follow would get its number.
                    break;
                }
            }
        }
        Ok(copied)
    }

    async fn version(&self, source: &ModelVersion, highest: &mut u64) -> Result<Copied> {
        let (name, number) = (&source.name, source.version);
        if self.context.is_dry_run() {
            self.with_report(|report| report.versions.count(Did::Created));
            let text = format!("copy version {number} of `{name}`");
            self.context.would(Deed::new("create_version", text));
            return Ok(Copied { number: None });
        }
        let origin = self.origin(source).await?;
        self.take_numbers(source, &origin, highest).await?;
        let registry = self.to.registry();
        let marks = marks(source);
        let find = async || {
            let there = registry.versions(name).await?;
            let is_copy = |copy: &ModelVersion| {
                marks
                    .iter()
                    .all(|mark| copy.tags.get(&mark.key) == Some(&mark.value))
            };
            Ok(there.into_iter().find(is_copy))
        };
        let create = async || {
            let new = NewVersion {
                request_id: RequestId::unique(),
                name: name.clone(),
                source: origin.source.clone(),
                run_id: origin.run_id.clone(),
                model_id: origin.model_id.clone(),
                description: Some(source.description.clone()).filter(|it| !it.is_empty()),
                tags: tags(&source.tags).chain(marks.clone()).collect(),
            };
            Ok(registry.create_version(&new).await?)
        };
        let made = self
            .asked
            .once(&format!("version {name}/{number}"), find, create)
            .await?;
        *highest = made.version.0.max(*highest);
        self.with_report(|report| report.versions.count(Did::Created));
        if made.version != number {
            let there = made.version;
            self.context.note(&format!(
                "version {number} of `{name}` is version {there} at the target"
            ));
        }
        if source.stage != Stage::None {
            registry
                .transition_stage(name, made.version, source.stage, false)
                .await?;
        }
        Ok(Copied {
            number: Some(made.version),
        })
    }

    /// Takes the numbers that the source gave to versions which it has no more.
    async fn take_numbers(
        &self,
        source: &ModelVersion,
        origin: &Origin,
        highest: &mut u64,
    ) -> Result<()> {
        let registry = self.to.registry();
        let name = &source.name;
        if source.version.0.saturating_sub(*highest) > LONGEST_GAP {
            return Ok(());
        }
        while *highest + 1 < source.version.0 {
            let new = NewVersion {
                request_id: RequestId::unique(),
                name: name.clone(),
                source: origin.source.clone(),
                run_id: origin.run_id.clone(),
                model_id: origin.model_id.clone(),
                description: None,
                tags: vec![Tag::new(tag::SYNC_GAP, source.version.to_string())],
            };
            let made = registry.create_version(&new).await?;
            *highest = made.version.0.max(*highest + 1);
            self.asked.note_highest(name, *highest)?;
            registry.delete_version(name, made.version).await?;
        }
        Ok(())
    }

    /// A copy that is there is brought up to the source.
    async fn renew(&self, source: &ModelVersion, copy: &ModelVersion) -> Result<Copied> {
        let registry = self.to.registry();
        let (name, number) = (&source.name, copy.version);
        let is_dry = self.context.is_dry_run();
        let mut did = Did::Nothing;
        if source.description != copy.description && !source.description.is_empty() {
            did = Did::Updated;
            if !is_dry {
                registry
                    .update_version(name, number, &source.description)
                    .await?;
            }
        }
        for tag in missing(tags(&source.tags), &copy.tags) {
            did = Did::Updated;
            if !is_dry {
                registry.set_version_tag(name, number, &tag).await?;
            }
        }
        if source.stage != copy.stage {
            did = Did::Updated;
            if !is_dry {
                registry
                    .transition_stage(name, number, source.stage, false)
                    .await?;
            }
        }
        if did == Did::Updated && is_dry {
            let text = format!("bring version {number} of `{name}` up to the source");
            self.context.would(Deed::new("update_version", text));
        }
        self.with_report(|report| report.versions.count(did));
        Ok(Copied {
            number: Some(number),
        })
    }

    /// Where the files of a version lie at the target: its logged model or its run are copied already.
    async fn origin(&self, version: &ModelVersion) -> Result<Origin> {
        let version = original(version.clone(), &self.from).await?;
        let place = version.run_id.as_ref().and_then(|id| self.place_of(id));
        let run_id = place.as_ref().map(|place| place.run_id.clone());
        if let Ok(ModelUri::Logged(id)) = version.source.parse() {
            let known = self.with_known(|known| known.models.get(&id).cloned());
            return match known
                .with_context(|| format!("its logged model `{id}` could not be copied"))?
            {
                Model::Logged(model_id) => Ok(Origin {
                    source: format!("models:/{model_id}"),
                    run_id,
                    model_id: Some(model_id),
                }),
                Model::Folder { run_id, uri } => Ok(Origin {
                    source: uri,
                    run_id: Some(run_id),
                    model_id: None,
                }),
            };
        }
        if let Ok(ModelUri::Run { run_id: id, path }) = version.source.parse() {
            let place = self
                .place_of(&id)
                .with_context(|| format!("its run `{id}` could not be copied"))?;
            return Ok(Origin {
                source: format!("{}/{path}", place.artifact_uri.trim_end_matches('/')),
                run_id: Some(place.run_id),
                model_id: None,
            });
        }
        // Below the artifacts of its run; any other place is one that the target may reach as well.
        let source = place.as_ref().and_then(|place| {
            let rest = version
                .source
                .strip_prefix(place.source_uri.trim_end_matches('/'))?;
            Some(format!(
                "{}{rest}",
                place.artifact_uri.trim_end_matches('/')
            ))
        });
        Ok(Origin {
            source: source.unwrap_or(version.source),
            run_id,
            model_id: None,
        })
    }
}

/// A version of which another is a copy within the registry, and so on (`copy_model_version`).
async fn original(mut version: ModelVersion, from: &Server) -> Result<ModelVersion> {
    for _ in 0..DEEPEST {
        let Ok(ModelUri::Version {
            name,
            version: number,
        }) = version.source.parse()
        else {
            break;
        };
        version = from.registry().version(&name, number).await?;
    }
    Ok(version)
}

/// By what a copy is known: the number alone may be given again by another store.
fn marks(source: &ModelVersion) -> [Tag; 2] {
    [
        Tag::new(tag::SYNC_VERSION, source.version.to_string()),
        Tag::new(tag::SYNC_CREATED, created(source.creation_timestamp)),
    ]
}

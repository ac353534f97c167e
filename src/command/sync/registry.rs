//! Registered models, and the aliases that point to their versions.
//!
//! The versions themselves are in `versions`.

use std::collections::BTreeMap;

use anyhow::Result;

use super::Sync;
use super::known::{created, missing, tags};
use super::report::Did;
use super::versions::Copied;
use crate::entity::deed::Deed;
use crate::entity::model::RegisteredModel;
use crate::entity::tag::{self, Tag};
use crate::tracking::{NewRegisteredModel, optional};

impl Sync<'_> {
    /// Copies a registered model with its versions and aliases.
    pub(super) async fn registered_model(&self, source: &RegisteredModel) {
        self.context
            .step(&format!("registered model `{}`", source.name));
        if let Err(error) = self.copy_registered(source).await {
            self.failure("registered model", &source.name, &error);
        }
    }

    async fn copy_registered(&self, source: &RegisteredModel) -> Result<()> {
        let there = optional(self.to.registry().registered_model(&source.name).await)?;
        match &there {
            Some(there) => self.compare(source, there).await?,
            None => self.make_registered(source).await?,
        }
        let versions = self.versions_of(source).await?;
        let aliases = there.map(|there| there.aliases).unwrap_or_default();
        for (alias, version) in &source.aliases {
            let Some(copied) = versions.get(version) else {
                continue;
            };
            let present = aliases.get(alias);
            let is_of_copy = |holder| {
                versions
                    .values()
                    .any(|copied: &Copied| copied.number == Some(holder))
            };
            match (present, copied.number) {
                (Some(present), Some(number)) if *present == number => continue,
                (Some(present), _) if !is_of_copy(*present) => {
                    let reason = format!(
                        "the alias `{alias}` points to version {present} at the target, which is no copy"
                    );
                    self.conflict("registered model", &source.name, reason);
                    continue;
                }
                _ => {}
            }
            self.with_report(|report| report.aliases += 1);
            if let Some(number) = copied.number.filter(|_| !self.context.is_dry_run()) {
                let registry = self.to.registry();
                registry.set_alias(&source.name, alias, number).await?;
            } else {
                let name = &source.name;
                let text = format!(
                    "point the alias `{alias}` of `{name}` to the copy of version {version}"
                );
                self.context.would(Deed::new("set_alias", text));
            }
        }
        Ok(())
    }

    async fn make_registered(&self, source: &RegisteredModel) -> Result<()> {
        self.with_report(|report| report.registered_models.count(Did::Created));
        if self.context.is_dry_run() {
            let text = format!("create the registered model `{}`", source.name);
            self.context
                .would(Deed::new("create_registered_model", text));
            return Ok(());
        }
        let new = NewRegisteredModel {
            name: source.name.clone(),
            description: Some(source.description.clone()).filter(|it| !it.is_empty()),
            tags: tags(&source.tags).chain([mark(source)]).collect(),
        };
        self.to.registry().create_registered_model(&new).await?;
        Ok(())
    }

    /// A copy is brought up to the source; what is no copy only gets what it lacks.
    async fn compare(&self, source: &RegisteredModel, there: &RegisteredModel) -> Result<()> {
        let (registry, name) = (self.to.registry(), &source.name);
        let mark = mark(source);
        let is_copy = there.tags.get(&mark.key) == Some(&mark.value);
        let mut did = Did::Nothing;
        if source.description != there.description && !source.description.is_empty() {
            if is_copy || there.description.is_empty() {
                did = Did::Updated;
                if self.context.is_dry_run() {
                    let text = format!("describe the registered model `{name}`");
                    self.context
                        .would(Deed::new("update_registered_model", text));
                } else {
                    registry
                        .update_registered_model(name, &source.description)
                        .await?;
                }
            } else {
                self.conflict(
                    "registered model",
                    name,
                    "it has another description at the target",
                );
            }
        }
        for tag in missing(tags(&source.tags), &there.tags) {
            if !is_copy && there.tags.contains_key(&tag.key) {
                let reason = format!("the tag `{}` has another value at the target", tag.key);
                self.conflict("registered model", name, reason);
                continue;
            }
            did = Did::Updated;
            if self.context.is_dry_run() {
                let text = format!("set the tag `{}` of the registered model `{name}`", tag.key);
                self.context
                    .would(Deed::new("set_registered_model_tag", text));
            } else {
                registry.set_registered_model_tag(name, &tag).await?;
            }
        }
        self.with_report(|report| report.registered_models.count(did));
        Ok(())
    }
}

fn mark(source: &RegisteredModel) -> Tag {
    Tag::new(tag::SYNC_CREATED, created(source.creation_timestamp))
}

/// Versions at the target, by those of which they are copies.
pub(super) type Copies = BTreeMap<crate::entity::id::Version, Copied>;

//! From a complete model to one that people are pointed to: the version, the smoke test, the aliases.
//!
//! How a version is made is in [`registration`]; how a model is asked, in `smoke`.

use anyhow::Result;

use super::journal::{Model, Run, Step};
use super::session::Session;
use super::{Registered, Smoke, smoke};
use crate::command::model::Expected;
use crate::command::registration;
use crate::digest::Digest;
use crate::entity::deed::Deed;
use crate::entity::id::RequestId;
use crate::entity::model::{ModelVersion, VersionStatus};
use crate::entity::tag::{self, Tag};
use crate::tracking::NewVersion;

/// The tag on a version that says how its smoke test went.
const SMOKE_TAG: &str = "phi3ml.smoke";
impl Session<'_> {
    /// The version, then the smoke test, then the aliases: a wrong answer leaves them where they were.
    pub(super) async fn register_and_test(
        &mut self,
        run: &Run,
        model: &Model,
        expected: Expected,
    ) -> Result<(Option<Registered>, Option<Smoke>)> {
        self.go_on()?;
        let args = &self.args.registry;
        let registry = self.server.registry();
        let Some(name) = &args.register else {
            let uri = self.model_uri(run, model);
            return Ok((None, self.smoke_test(&uri, expected).await?));
        };
        self.context
            .step(&format!("registering a version of {name}"));
        let ensured = registration::ensure(name, !args.aliases.is_empty(), registry).await?;
        let made = self
            .version(name, run, model, expected.sums, &ensured)
            .await?;
        let version = made.version;
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
            made,
        };
        Ok((Some(registered), smoke))
    }

    async fn version(
        &self,
        name: &str,
        run: &Run,
        model: &Model,
        sums: Digest,
        ensured: &registration::Ensured,
    ) -> Result<ModelVersion> {
        let args = &self.args.registry;
        let mut tags = args.version_tags.clone();
        tags.push(Tag::new(tag::SHA256, sums.to_string()));
        let model_id = model.model_id.clone();
        let model_id = model_id.filter(|_| !self.server.has_other_registry);
        let wanted = NewVersion {
            request_id: RequestId::unique(),
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
        let version = if let Some(version) = self.made_before(&wanted).await? {
            registration::await_ready(version, args.wait, registry, self.context).await?
        } else {
            let created =
                registration::create_version(&wanted, args.wait, registry, self.context).await;
            if created.is_err() {
                registration::take_back_model(name, ensured, registry, self.context).await;
            }
            created?
        };
        self.journal.note(&Step::Version {
            name: name.to_owned(),
            version: version.version,
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
}

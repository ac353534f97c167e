//! Versions of registered models on an MLflow server.
//!
//! The models themselves and their aliases are in `registry`.

use serde_json::json;

use super::runs::without_nulls;
use super::wire::{Done, DownloadUri, VersionAnswer, VersionsAnswer};
use super::{Rest, marked};
use crate::entity::id::Version;
use crate::entity::limits;
use crate::entity::model::{ModelVersion, Stage};
use crate::entity::tag::Tag;
use crate::http::{self, Bookmark, Method, Repeat};
use crate::tracking::error::{About, Error, SEARCH_VERSIONS, Thing};
use crate::tracking::{NewVersion, PageOf, Portion, Search};

/// How many versions are asked for at once (`SEARCH_MODEL_VERSION_MAX_RESULTS_DEFAULT`,
/// `mlflow/store/model_registry/__init__.py`, 3.17.2).
const PAGE: u64 = 10_000;

impl Rest {
    pub(super) async fn post_version(&self, new: &NewVersion) -> Result<ModelVersion, Error> {
        limits::registered_model_name(&new.name)?;
        new.tags.iter().try_for_each(limits::registry_tag)?;
        let body = &without_nulls(json!({
            "name": new.name,
            "source": new.source,
            "run_id": new.run_id,
            "model_id": new.model_id,
            "description": new.description,
            "tags": marked(&new.tags, &new.request_id),
        }));
        let filter = &Search::made_by(&new.request_id).filter;
        let created = self.just_once(
            || {
                Box::pin(async move {
                    let answer: VersionAnswer = self.create("model-versions/create", body).await?;
                    Ok(answer.model_version)
                })
            },
            || {
                Box::pin(async move {
                    let query = [("filter", filter.as_str()), ("max_results", "1")];
                    let found: VersionsAnswer = self.get("model-versions/search", &query).await?;
                    Ok(found.model_versions.into_iter().next())
                })
            },
        );
        match created.await {
            Ok(version) => Ok(version.into()),
            Err(error) => {
                let action = format!("create a version of `{}`", new.name);
                Err(self.about_model(&action, &new.name, error).await)
            }
        }
    }

    pub(super) async fn get_versions(
        &self,
        search: &Search,
        page: PageOf<'_>,
    ) -> Result<Portion<ModelVersion>, Error> {
        let path = "model-versions/search";
        match self.search::<VersionsAnswer>(path, search, page).await {
            Ok(answer) => Ok(answer.into()),
            Err(error) => Err(self
                .about_model(SEARCH_VERSIONS, &search.filter, error)
                .await),
        }
    }

    pub(super) async fn get_all_versions(&self, name: &str) -> Result<Vec<ModelVersion>, Error> {
        limits::registered_model_name(name)?;
        let search = Search::versions_of(name);
        let (mut versions, mut bookmark) = (Vec::new(), Bookmark::new("versions", None));
        loop {
            let (size, token) = (PAGE, bookmark.token());
            let portion = self.get_versions(&search, PageOf { size, token }).await?;
            versions.extend(portion.items);
            if !bookmark.turn(portion.next_page_token)? {
                return Ok(versions);
            }
        }
    }

    pub(super) async fn get_version(
        &self,
        name: &str,
        version: Version,
    ) -> Result<ModelVersion, Error> {
        limits::registered_model_name(name)?;
        let query = [("name", name), ("version", &version.to_string())];
        match self
            .get::<VersionAnswer>("model-versions/get", &query)
            .await
        {
            Ok(answer) => Ok(answer.model_version.into()),
            Err(error) => Err(self
                .about_version("look up the version", name, version, error)
                .await),
        }
    }

    pub(super) async fn post_latest_versions(
        &self,
        name: &str,
        stage: Option<Stage>,
    ) -> Result<Vec<ModelVersion>, Error> {
        limits::registered_model_name(name)?;
        let stages = stage.map(|stage| [stage]);
        let body = without_nulls(json!({ "name": name, "stages": stages }));
        let path = "registered-models/get-latest-versions";
        match self.post::<VersionsAnswer>(path, &body).await {
            Ok(answer) => Ok(answer.model_versions.into_iter().map(Into::into).collect()),
            Err(error) => Err(self.about_model("look up the versions", name, error).await),
        }
    }

    pub(super) async fn patch_version(
        &self,
        name: &str,
        version: Version,
        description: &str,
    ) -> Result<ModelVersion, Error> {
        limits::registered_model_name(name)?;
        let path = "model-versions/update";
        let body = json!({ "name": name, "version": version, "description": description });
        match self
            .send::<VersionAnswer>(Method::PATCH, path, Repeat::Freely, &body)
            .await
        {
            Ok(answer) => Ok(answer.model_version.into()),
            Err(error) => Err(self
                .about_version("update the version", name, version, error)
                .await),
        }
    }

    pub(super) async fn post_stage(
        &self,
        name: &str,
        version: Version,
        stage: Stage,
        archive_existing: bool,
    ) -> Result<ModelVersion, Error> {
        limits::registered_model_name(name)?;
        let path = "model-versions/transition-stage";
        let body = json!({
            "name": name,
            "version": version,
            "stage": stage,
            "archive_existing_versions": archive_existing,
        });
        match self.post::<VersionAnswer>(path, &body).await {
            Ok(answer) => Ok(answer.model_version.into()),
            Err(error) => {
                let action = format!("move the version to the stage `{stage}`");
                Err(self.about_version(&action, name, version, error).await)
            }
        }
    }

    pub(super) async fn post_version_tag(
        &self,
        name: &str,
        version: Version,
        tag: &Tag,
    ) -> Result<(), Error> {
        limits::registry_tag(tag)?;
        let body = json!({ "name": name, "version": version, "key": tag.key, "value": tag.value });
        match self.post("model-versions/set-tag", &body).await {
            Ok(Done {}) => Ok(()),
            Err(error) => Err(self
                .about_version("tag the version", name, version, error)
                .await),
        }
    }

    pub(super) async fn drop_version_tag(
        &self,
        name: &str,
        version: Version,
        key: &str,
    ) -> Result<(), Error> {
        let path = "model-versions/delete-tag";
        let body = json!({ "name": name, "version": version, "key": key });
        match self.send(Method::DELETE, path, Repeat::Freely, &body).await {
            Ok(Done {}) => Ok(()),
            Err(error) => {
                let action = format!("delete the tag `{key}`");
                Err(self.about_version(&action, name, version, error).await)
            }
        }
    }

    pub(super) async fn drop_version(&self, name: &str, version: Version) -> Result<(), Error> {
        limits::registered_model_name(name)?;
        let path = "model-versions/delete";
        let body = json!({ "name": name, "version": version });
        match self.remove(path, &body).await {
            Ok(()) => Ok(()),
            Err(error) => Err(self
                .about_version("delete the version", name, version, error)
                .await),
        }
    }

    pub(super) async fn get_download_uri(
        &self,
        name: &str,
        version: Version,
    ) -> Result<String, Error> {
        let query = [("name", name), ("version", &version.to_string())];
        match self
            .get::<DownloadUri>("model-versions/get-download-uri", &query)
            .await
        {
            Ok(answer) if answer.artifact_uri.is_empty() => Err(Error::Incomplete {
                what: "the place of the version's files",
            }),
            Ok(answer) => Ok(answer.artifact_uri),
            Err(error) => {
                let action = "find the files of the version";
                Err(self.about_version(action, name, version, error).await)
            }
        }
    }

    pub(super) async fn about_version(
        &self,
        action: &str,
        name: &str,
        version: Version,
        error: http::Error,
    ) -> Error {
        let about = About::new(action, Thing::Version, format!("{name}/{version}"));
        self.explain(error, about).await
    }
}

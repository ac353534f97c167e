//! Registered models and their aliases on an MLflow server.
//!
//! Their versions are in `versions`; what a version points to is found out by [`crate::tracking::resolve`].

use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::json;

use super::Rest;
use super::runs::without_nulls;
use super::wire::{Done, RegisteredModelAnswer, RegisteredModelsAnswer, VersionAnswer};
use crate::entity::id::Version;
use crate::entity::limits;
use crate::entity::model::{ModelVersion, RegisteredModel};
use crate::entity::tag::{self, Tag};
use crate::http::{self, Method, Repeat};
use crate::tracking::error::{About, Error, SEARCH_MODELS, Thing, missing_workspace};
use crate::tracking::{Creation, NewRegisteredModel, PageOf, Portion, Search};

impl Rest {
    pub(super) async fn get_registered_model(&self, name: &str) -> Result<RegisteredModel, Error> {
        limits::registered_model_name(name)?;
        let query = [("name", name)];
        match self
            .get::<RegisteredModelAnswer>("registered-models/get", &query)
            .await
        {
            Ok(answer) => Ok(answer.registered_model.into()),
            Err(error) => Err(self
                .about_model("look up the registered model", name, error)
                .await),
        }
    }

    pub(super) async fn get_registered_models(
        &self,
        search: &Search,
        page: PageOf<'_>,
    ) -> Result<Portion<RegisteredModel>, Error> {
        let search = Search {
            filter: without_prompts(&search.filter),
            ..search.clone()
        };
        let path = "registered-models/search";
        match self
            .search::<RegisteredModelsAnswer>(path, &search, page)
            .await
        {
            Ok(answer) => Ok(answer.into()),
            Err(error) => Err(self.about_model(SEARCH_MODELS, &search.filter, error).await),
        }
    }

    pub(super) async fn post_registered_model(
        &self,
        new: &NewRegisteredModel,
    ) -> Result<Creation, Error> {
        limits::registered_model_name(&new.name)?;
        new.tags.iter().try_for_each(limits::registry_tag)?;
        let body = &without_nulls(json!({
            "name": new.name,
            "description": new.description,
            "tags": if new.tags.is_empty() { None } else { Some(&new.tags) },
        }));
        let was_lost = &AtomicBool::new(false);
        let created = self.just_once(
            || {
                Box::pin(async move {
                    let path = "registered-models/create";
                    let _: RegisteredModelAnswer = self.create(path, body).await?;
                    Ok(Creation::Created)
                })
            },
            || {
                was_lost.store(true, Ordering::Relaxed);
                Box::pin(async move {
                    let found = self.registered_model_if_any(&new.name).await?;
                    Ok(found.map(|model| as_asked(&model, new)))
                })
            },
        );
        let error = match created.await {
            Ok(creation) => return Ok(creation),
            Err(error) => error,
        };
        match self
            .about_model("create the registered model", &new.name, error)
            .await
        {
            // The request whose answer was lost may have been the one.
            Error::AlreadyExists { .. } if was_lost.load(Ordering::Relaxed) => {
                let model = self.get_registered_model(&new.name).await?;
                Ok(as_asked(&model, new))
            }
            Error::AlreadyExists { .. } => Ok(Creation::Existed),
            error => Err(error),
        }
    }

    pub(super) async fn patch_registered_model(
        &self,
        name: &str,
        description: &str,
    ) -> Result<RegisteredModel, Error> {
        limits::registered_model_name(name)?;
        let path = "registered-models/update";
        let body = json!({ "name": name, "description": description });
        match self
            .send::<RegisteredModelAnswer>(Method::PATCH, path, Repeat::Freely, &body)
            .await
        {
            Ok(answer) => Ok(answer.registered_model.into()),
            Err(error) => Err(self
                .about_model("update the registered model", name, error)
                .await),
        }
    }

    /// Sent again it would look for a model that has its new name already.
    pub(super) async fn post_registered_model_name(
        &self,
        name: &str,
        new_name: &str,
    ) -> Result<RegisteredModel, Error> {
        limits::registered_model_name(name)?;
        limits::registered_model_name(new_name)?;
        let body = &json!({ "name": name, "new_name": new_name });
        let renamed = self.just_once(
            || {
                Box::pin(async move {
                    let path = "registered-models/rename";
                    let answer: RegisteredModelAnswer = self.create(path, body).await?;
                    Ok(answer.registered_model.into())
                })
            },
            || {
                Box::pin(async move {
                    if self.registered_model_if_any(name).await?.is_some() {
                        return Ok(None);
                    }
                    self.registered_model_if_any(new_name).await
                })
            },
        );
        let error = match renamed.await {
            Ok(model) => return Ok(model),
            Err(error) => error,
        };
        let action = format!("rename the registered model to `{new_name}`");
        Err(match self.about_model(&action, name, error).await {
            // What exists already is not what was to be renamed.
            Error::AlreadyExists { thing, .. } => Error::AlreadyExists {
                thing,
                name: new_name.to_owned(),
            },
            error => error,
        })
    }

    pub(super) async fn drop_registered_model(&self, name: &str) -> Result<(), Error> {
        limits::registered_model_name(name)?;
        let path = "registered-models/delete";
        let body = json!({ "name": name });
        match self.remove(path, &body).await {
            Ok(()) => Ok(()),
            Err(error) => Err(self
                .about_model("delete the registered model", name, error)
                .await),
        }
    }

    pub(super) async fn post_registered_model_tag(
        &self,
        name: &str,
        tag: &Tag,
    ) -> Result<(), Error> {
        limits::registered_model_name(name)?;
        limits::registry_tag(tag)?;
        let body = json!({ "name": name, "key": tag.key, "value": tag.value });
        match self.post("registered-models/set-tag", &body).await {
            Ok(Done {}) => Ok(()),
            Err(error) => Err(self
                .about_model("tag the registered model", name, error)
                .await),
        }
    }

    pub(super) async fn drop_registered_model_tag(
        &self,
        name: &str,
        key: &str,
    ) -> Result<(), Error> {
        limits::registered_model_name(name)?;
        let path = "registered-models/delete-tag";
        let body = json!({ "name": name, "key": key });
        match self.send(Method::DELETE, path, Repeat::Freely, &body).await {
            Ok(Done {}) => Ok(()),
            Err(error) => {
                let action = format!("delete the tag `{key}`");
                Err(self.about_model(&action, name, error).await)
            }
        }
    }

    pub(super) async fn get_alias(&self, name: &str, alias: &str) -> Result<ModelVersion, Error> {
        limits::registered_model_name(name)?;
        limits::alias(alias)?;
        let query = [("name", name), ("alias", alias)];
        match self
            .get::<VersionAnswer>("registered-models/alias", &query)
            .await
        {
            Ok(answer) => Ok(answer.model_version.into()),
            Err(error) if is_missing_alias(&error) => {
                Err(Error::missing(Thing::Alias, format!("{name}@{alias}")))
            }
            Err(error) => Err(self.about_model("look up the alias", name, error).await),
        }
    }

    pub(super) async fn post_alias(
        &self,
        name: &str,
        alias: &str,
        version: Version,
    ) -> Result<(), Error> {
        limits::registered_model_name(name)?;
        limits::alias(alias)?;
        let body = json!({ "name": name, "alias": alias, "version": version });
        match self.post("registered-models/alias", &body).await {
            Ok(Done {}) => Ok(()),
            Err(error) => {
                let action = format!("set the alias `{alias}`");
                Err(self.about_version(&action, name, version, error).await)
            }
        }
    }

    pub(super) async fn drop_alias(&self, name: &str, alias: &str) -> Result<(), Error> {
        limits::registered_model_name(name)?;
        let path = "registered-models/alias";
        let body = json!({ "name": name, "alias": alias });
        match self.send(Method::DELETE, path, Repeat::Freely, &body).await {
            Ok(Done {}) => Ok(()),
            Err(error) => {
                let action = format!("delete the alias `{alias}`");
                Err(self.about_model(&action, name, error).await)
            }
        }
    }

    async fn registered_model_if_any(
        &self,
        name: &str,
    ) -> Result<Option<RegisteredModel>, http::Error> {
        let query = [("name", name)];
        match self
            .get::<RegisteredModelAnswer>("registered-models/get", &query)
            .await
        {
            Ok(answer) => Ok(Some(answer.registered_model.into())),
            Err(error)
                if error.error_code() == Some("RESOURCE_DOES_NOT_EXIST")
                    && missing_workspace(&error).is_none() =>
            {
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    pub(super) async fn about_model(&self, action: &str, name: &str, error: http::Error) -> Error {
        self.explain(error, About::new(action, Thing::RegisteredModel, name))
            .await
    }
}

/// What is there after an answer was lost: what was asked for, or somebody's model of the same name.
fn as_asked(model: &RegisteredModel, new: &NewRegisteredModel) -> Creation {
    let tags = new
        .tags
        .iter()
        .all(|tag| model.tags.get(&tag.key) == Some(&tag.value));
    let is_same = tags && model.description == new.description.as_deref().unwrap_or_default();
    if is_same {
        Creation::Unclear
    } else {
        Creation::Existed
    }
}

/// What MLflow's own client adds, so that prompts do not show up as models (`add_prompt_filter_string`,
/// `mlflow/prompt/registry_utils.py`, 3.17.2).
fn without_prompts(filter: &str) -> String {
    let models_only = format!("tag.`{}` != 'true'", tag::IS_PROMPT);
    if filter.contains(tag::IS_PROMPT) {
        filter.to_owned()
    } else if filter.trim().is_empty() {
        models_only
    } else {
        format!("{filter} AND {models_only}")
    }
}

/// Not a 404: `Registered model alias x not found.` comes as a wrong parameter (2.22 and 3.17; 2.22 says it of
/// models that do not exist, too).
fn is_missing_alias(error: &http::Error) -> bool {
    let message = error.answer().and_then(|answer| answer.message.as_deref());
    error.error_code() == Some("INVALID_PARAMETER_VALUE")
        && message.is_some_and(|message| message.starts_with("Registered model alias"))
}

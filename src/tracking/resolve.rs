//! From the name of a model to the place of its files, with no more requests than that takes.
//!
//! It reads no files; whether they are there is seen by whoever opens the place.

use super::Tracking;
use super::error::{Error, Thing};
use crate::entity::id::{ModelId, RunId, Version};
use crate::entity::limits;
use crate::entity::model::{LoggedModel, LoggedModelStatus, ModelVersion};
use crate::entity::uri::ModelUri;

/// What a model's URI leads to.
#[derive(Debug, Clone)]
pub struct Resolved {
    /// Below which URI the files lie.
    pub artifact_uri: String,
    /// The version, if the URI named one in any way.
    pub version: Option<ModelVersion>,
    /// The logged model, if there is one.
    pub logged_model: Option<LoggedModel>,
    /// The run it came out of, if that is known.
    pub run_id: Option<RunId>,
}

impl Resolved {
    /// The id of the logged model.
    pub fn model_id(&self) -> Option<&ModelId> {
        self.logged_model.as_ref().map(|model| &model.model_id)
    }

    /// What to name as the source of a new version: MLflow 3 wants the logged model itself.
    pub fn source(&self) -> String {
        match self.model_id() {
            Some(model_id) => format!("models:/{model_id}"),
            None => self.artifact_uri.clone(),
        }
    }

    fn at(artifact_uri: String) -> Self {
        Self {
            artifact_uri,
            version: None,
            logged_model: None,
            run_id: None,
        }
    }

    fn logged(model: LoggedModel) -> Self {
        Self {
            artifact_uri: model.artifact_uri.clone(),
            version: None,
            run_id: model.source_run_id.clone(),
            logged_model: Some(model),
        }
    }
}

/// Finds out where a model lies. `registry` knows the registered models, `tracking` everything else; mostly
/// they are the same.
pub async fn resolve(
    uri: &ModelUri,
    tracking: &dyn Tracking,
    registry: &dyn Tracking,
) -> Result<Resolved, Error> {
    match uri {
        ModelUri::Version { name, version } => {
            let version = by_number(name, *version, registry).await?;
            of_version(version, tracking, registry).await
        }
        ModelUri::Alias { name, alias } => {
            let version = by_alias(name, alias, registry).await?;
            of_version(version, tracking, registry).await
        }
        ModelUri::Stage { name, stage } => {
            let versions = registry.latest_versions(name, Some(*stage)).await?;
            let version = newest(versions, name, stage.as_str())?;
            of_version(version, tracking, registry).await
        }
        ModelUri::Latest { name } => {
            let version = latest(name, registry).await?;
            of_version(version, tracking, registry).await
        }
        ModelUri::Logged(model_id) => tracking.logged_model(model_id).await.map(Resolved::logged),
        ModelUri::Run { run_id, path } => of_run(tracking, run_id, path).await,
        ModelUri::Artifacts(uri) => of_place(tracking, uri).await,
        ModelUri::Path(path) => of_place(tracking, &path.display().to_string()).await,
    }
}

/// The version of a number; otherwise the error tells which there are.
pub async fn by_number(
    name: &str,
    version: Version,
    registry: &dyn Tracking,
) -> Result<ModelVersion, Error> {
    let found = registry.version(name, version).await;
    or_what_there_is(found, name, registry).await
}

/// The version to which an alias points; otherwise the error tells which aliases there are.
pub async fn by_alias(
    name: &str,
    alias: &str,
    registry: &dyn Tracking,
) -> Result<ModelVersion, Error> {
    let found = registry.version_by_alias(name, alias).await;
    or_what_there_is(found, name, registry).await
}

/// The version with the highest number.
pub async fn latest(name: &str, registry: &dyn Tracking) -> Result<ModelVersion, Error> {
    newest(registry.latest_versions(name, None).await?, name, "latest")
}

/// What was found or done; otherwise the error names what there is of this model, or says that there is no
/// such model (MLflow 2 only says that there is no such alias).
pub async fn or_what_there_is<T>(
    found: Result<T, Error>,
    name: &str,
    registry: &dyn Tracking,
) -> Result<T, Error> {
    let (thing, called) = match found {
        Err(Error::NotFound { thing, name, .. }) if thing != Thing::RegisteredModel => {
            (thing, name)
        }
        found => return found,
    };
    let model = match registry.registered_model(name).await {
        Ok(model) => model,
        Err(error @ Error::NotFound { .. }) => return Err(error),
        Err(_) => return Err(Error::missing(thing, called)),
    };
    let instead = match thing {
        Thing::Alias => model
            .aliases
            .keys()
            .map(|alias| format!("models:/{name}@{alias}"))
            .collect(),
        _ => model
            .latest_versions
            .iter()
            .map(|version| format!("models:/{name}/{}", version.version))
            .collect(),
    };
    Err(Error::NotFound {
        thing,
        name: called,
        instead,
    })
}

/// The version with the highest number. `called` is how it was asked for.
fn newest(versions: Vec<ModelVersion>, name: &str, called: &str) -> Result<ModelVersion, Error> {
    let newest = versions.into_iter().max_by_key(|version| version.version);
    newest.ok_or_else(|| Error::missing(Thing::Version, format!("{name}/{called}")))
}

async fn of_version(
    version: ModelVersion,
    tracking: &dyn Tracking,
    registry: &dyn Tracking,
) -> Result<Resolved, Error> {
    let resolved = match version.source.parse() {
        Ok(ModelUri::Logged(model_id)) => Resolved::logged(tracking.logged_model(&model_id).await?),
        // `runs:/…` and `models:/OTHER/1` were looked up by the server when the version was made.
        Ok(ModelUri::Artifacts(uri)) => Resolved::at(uri),
        _ => Resolved::at(
            registry
                .download_uri(&version.name, version.version)
                .await?,
        ),
    };
    Ok(Resolved {
        run_id: version.run_id.clone().or(resolved.run_id),
        version: Some(version),
        ..resolved
    })
}

/// In MLflow 3 `runs:/RUN/NAME` is the model that the run logged under that name, and only otherwise a folder
/// of the run's artifacts.
async fn of_run(tracking: &dyn Tracking, run_id: &RunId, path: &str) -> Result<Resolved, Error> {
    let run = tracking.run(run_id).await?;
    if limits::is_logged_model_name(path) {
        let filter = format!("name = '{path}' AND source_run_id = '{run_id}'");
        let experiments = [run.experiment_id];
        let found = match tracking.search_logged_models(&experiments, &filter).await {
            Ok(found) => found,
            Err(Error::NoLoggedModels) => Vec::new(),
            Err(error) => return Err(error),
        };
        let complete = |model: &LoggedModel| model.status == LoggedModelStatus::Ready;
        let model = found
            .into_iter()
            .max_by_key(|model| (complete(model), model.creation_timestamp));
        if let Some(model) = model {
            return Ok(Resolved::logged(model));
        }
    }
    let root = run.artifact_uri.trim_end_matches('/');
    Ok(Resolved {
        run_id: Some(run.run_id),
        ..Resolved::at(format!("{root}/{path}"))
    })
}

/// A place that the server gave to a logged model is that model; a version of it cannot be made otherwise
/// (MLflow 3.17.2 wants the run or the model to which a place belongs).
async fn of_place(tracking: &dyn Tracking, uri: &str) -> Result<Resolved, Error> {
    let place = uri.trim_end_matches('/');
    if let Some(model_id) = model_at(place) {
        match tracking.logged_model(&model_id).await {
            Ok(model) if model.artifact_uri.trim_end_matches('/') == place => {
                return Ok(Resolved::logged(model));
            }
            Ok(_) | Err(Error::NotFound { .. } | Error::NoLoggedModels) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(Resolved {
        run_id: run_in(uri),
        ..Resolved::at(uri.to_owned())
    })
}

/// The logged model whose files lie there: `mlflow-artifacts:/EXPERIMENT/models/MODEL_ID/artifacts`, or the same
/// below the folder of a database's artifacts.
fn model_at(place: &str) -> Option<ModelId> {
    let model = below_artifacts(place)?;
    let (before, model_id) = model.strip_suffix("/artifacts")?.rsplit_once('/')?;
    before.ends_with("/models").then(|| model_id.parse().ok())?
}

/// A path whose folders are named by MLflow.
fn below_artifacts(place: &str) -> Option<&str> {
    let path = place.strip_prefix("mlflow-artifacts:").unwrap_or(place);
    path.starts_with('/').then_some(path)
}

/// The run to whose artifacts an address of MLflow's own store belongs: `mlflow-artifacts:/EXPERIMENT/RUN/artifacts/…`.
/// A version cannot be made of it without naming that run (MLflow 3.17.2).
fn run_in(uri: &str) -> Option<RunId> {
    let path = below_artifacts(uri)?;
    let parts: Vec<&str> = path.split('/').collect();
    // The first that an id stands before: a folder above MLflow's own may be named alike.
    let ids = parts.iter().zip(parts.iter().skip(1));
    let ids = ids.filter_map(|(id, name)| (*name == "artifacts").then_some(id));
    let is_run = |id: &&&str| id.len() == 32 && id.bytes().all(|digit| digit.is_ascii_hexdigit());
    ids.filter(is_run).find_map(|id| id.parse().ok())
}

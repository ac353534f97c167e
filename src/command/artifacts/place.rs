//! Which artifacts are meant, and where they are.
//!
//! ```text
//! --run-id R [--artifact-path P]     the run's folder, or the model that the run logged under the name P begins with
//! --artifact-uri runs:/R/P           the same
//! --artifact-uri models:/…[/P]       the files of a model
//! --artifact-uri mlflow-artifacts:…  any place
//! --artifact-uri /…                  a place that a database file gave to a run or a model
//! ```
//!
//! Names are told and files are placed as MLflow does it (`mlflow/artifacts/__init__.py`, 3.17.2): below the run or
//! the model, or below the last part of a place.

#![expect(
    clippy::doc_markdown,
    reason = "the docs of arguments are the text of `--help`"
)]

use std::path::{Component, Path};

use anyhow::{Context as _, Result};

use crate::artifacts::ArtifactStore;
use crate::command::model::folder_of;
use crate::command::{Context, Error};
use crate::entity::id::RunId;
use crate::entity::limits;
use crate::entity::manifest::RelativePath;
use crate::entity::uri::ModelUri;
use crate::tracking::optional;
use crate::tracking::resolve::{self, Resolved};
use crate::transfer::Listed;

/// Which artifacts are meant.
#[derive(Debug, clap::Args)]
pub(super) struct Named {
    /// Those of this run
    #[arg(
        long,
        value_name = "ID",
        required_unless_present = "artifact_uri",
        conflicts_with = "artifact_uri"
    )]
    run_id: Option<RunId>,
    /// Those at models:/NAME/VERSION[/PATH], runs:/RUN_ID/PATH, or an address such as mlflow-artifacts:/…
    #[arg(long, value_name = "URI")]
    artifact_uri: Option<String>,
    /// A file or folder below that
    #[arg(long, value_name = "P")]
    artifact_path: Option<String>,
}

/// Where they are.
#[derive(Debug)]
pub(super) struct Place {
    /// The store that holds them.
    pub(super) store: Box<dyn ArtifactStore>,
    /// Where in it; the whole of it without one.
    pub(super) path: Option<RelativePath>,
    /// What lies there.
    pub(super) lies: Lies,
    /// The folder below which the store is told about: the name of a logged model in its run.
    pub(super) above: Option<RelativePath>,
    /// How a folder for all of it would be called.
    pub(super) name: String,
    /// How the user named it.
    pub(super) said: String,
}

/// What lies at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lies {
    File(Option<u64>),
    Folder,
}

/// A place before it is looked at.
struct Root {
    uri: String,
    path: Option<RelativePath>,
    name: String,
    said: String,
}

impl Named {
    /// Finds the place, and looks what is there.
    pub(super) async fn find(&self, context: &Context) -> Result<Place> {
        let below = self.artifact_path.as_deref().map(path_of).transpose()?;
        let below = below.flatten();
        if let Some(run_id) = &self.run_id {
            return of_run(run_id, below, context).await;
        }
        // clap sees to it that there is one of them.
        let uri = self.artifact_uri.as_deref().unwrap_or_default();
        let (uri, inside) = split(uri)?;
        let path = match (inside, below) {
            (Some(inside), Some(below)) => Some(below.below(&inside)),
            (inside, below) => inside.or(below),
        };
        match uri {
            ModelUri::Run { run_id, path: name } => {
                let name = path_of(&name)?;
                let path = match (name, path) {
                    (Some(name), Some(path)) => Some(path.below(&name)),
                    (name, path) => name.or(path),
                };
                of_run(&run_id, path, context).await
            }
            ModelUri::Artifacts(uri) => {
                let root = root_of(&uri, path)?;
                found(root, context).await
            }
            ModelUri::Path(folder) if is_kept(&folder, context).await? => {
                let uri = folder.display().to_string();
                found(root_of(&uri, path)?, context).await
            }
            ModelUri::Path(folder) => {
                let message = format!("`{}` is on this machine already", folder.display());
                Err(Error::usage(message).into())
            }
            uri => {
                let resolved = resolved(&uri, context).await?;
                let name = name_of(&uri, &resolved);
                let root = Root {
                    uri: resolved.artifact_uri,
                    said: uri.to_string(),
                    path,
                    name,
                };
                found(root, context).await
            }
        }
    }
}

async fn resolved(uri: &ModelUri, context: &Context) -> Result<Resolved> {
    let server = context.server()?;
    resolve::resolve(uri, server.tracking(), server.registry())
        .await
        .with_context(|| format!("cannot find `{uri}`"))
}

/// Whether a path lies where a database keeps the artifacts of a run or a model: in folders of this machine. Any
/// other is none of our business, least of all to delete.
async fn is_kept(path: &Path, context: &Context) -> Result<bool> {
    let server = context.server()?;
    if server.file.is_none() || path.components().any(|part| part == Component::ParentDir) {
        return Ok(false);
    }
    for place in path.ancestors() {
        let resolved = resolved(&ModelUri::Path(place.to_path_buf()), context).await?;
        if resolved.logged_model.is_some() {
            return Ok(true);
        }
        if let Some(run_id) = resolved.run_id {
            let run = optional(server.tracking().run(&run_id).await)?;
            return Ok(run.is_some_and(|run| path.starts_with(run.artifact_uri)));
        }
    }
    Ok(false)
}

fn name_of(uri: &ModelUri, resolved: &Resolved) -> String {
    match (&resolved.version, uri) {
        (Some(version), _) => folder_of(version),
        (None, ModelUri::Logged(model_id)) => model_id.to_string(),
        _ => "artifacts".to_owned(),
    }
}

/// A path below a root; none for the root itself.
fn path_of(text: &str) -> Result<Option<RelativePath>> {
    let path = text.trim_matches('/');
    if path.is_empty() {
        return Ok(None);
    }
    match path.parse() {
        Ok(path) => Ok(Some(path)),
        Err(_) => Err(Error::usage(format!("`{text}` is not a path of an artifact")).into()),
    }
}

/// A URI of a model or a place, and what follows the name of a model.
fn split(text: &str) -> Result<(ModelUri, Option<RelativePath>)> {
    let whole = match text.parse() {
        Ok(uri) => return Ok((uri, None)),
        Err(error) => error,
    };
    if let Some(run_id) = text.strip_prefix("runs:/") {
        // `runs:/RUN_ID` names no model, but the artifacts of the run.
        let run_id = run_id.trim_end_matches('/');
        if run_id.parse::<RunId>().is_ok() {
            let path = String::new();
            let run_id = run_id.parse()?;
            return Ok((ModelUri::Run { run_id, path }, None));
        }
    }
    let mut end = text.len();
    while let Some(slash) = text.get(..end).and_then(|text| text.rfind('/')) {
        end = slash;
        let uri = text.get(..end).map(str::parse::<ModelUri>);
        if let Some(Ok(uri)) = uri
            && uri.to_string().starts_with("models:/")
        {
            return Ok((uri, path_of(text.get(end..).unwrap_or_default())?));
        }
    }
    Err(whole.into())
}

/// The folder above a place, since the place may be a file.
fn root_of(uri: &str, path: Option<RelativePath>) -> Result<Root> {
    let trimmed = uri.trim_end_matches('/');
    let (above, last) = trimmed.rsplit_once('/').unwrap_or((trimmed, ""));
    let said = uri.to_owned();
    // `mlflow-artifacts:/` and `s3://bucket` have nothing above them.
    if last.is_empty() || above.ends_with('/') || above.ends_with(':') && last.contains(':') {
        let name = "artifacts".to_owned();
        let uri = uri.to_owned();
        return Ok(Root {
            uri,
            path,
            name,
            said,
        });
    }
    let inside = path_of(last)?;
    let path = match (inside, path) {
        (Some(inside), Some(path)) => Some(path.below(&inside)),
        (inside, path) => inside.or(path),
    };
    Ok(Root {
        uri: format!("{above}/"),
        path,
        name: last.to_owned(),
        said,
    })
}

/// A file or folder of a run, or else of the model that the run logged under the name that comes first.
async fn of_run(run_id: &RunId, path: Option<RelativePath>, context: &Context) -> Result<Place> {
    let tracking = context.server()?.tracking();
    let run = tracking.run(run_id).await?;
    let said = match &path {
        Some(path) => format!("runs:/{run_id}/{path}"),
        None => format!("runs:/{run_id}"),
    };
    let root = Root {
        uri: run.artifact_uri,
        path: path.clone(),
        name: run_id.to_string(),
        said: said.clone(),
    };
    let missing = match found(root, context).await {
        Err(error) if is_missing(&error) => error,
        found => return found,
    };
    let Some((name, inside)) = path.and_then(|path| first(&path)) else {
        return Err(missing);
    };
    if !limits::is_logged_model_name(name.as_str()) {
        return Err(missing);
    }
    let uri = ModelUri::Run {
        run_id: run_id.clone(),
        path: name.to_string(),
    };
    let resolved = resolved(&uri, context).await?;
    if resolved.logged_model.is_none() {
        return Err(missing);
    }
    let root = Root {
        uri: resolved.artifact_uri,
        path: inside,
        name: name.to_string(),
        said,
    };
    let place = found(root, context).await?;
    Ok(Place {
        above: Some(name),
        ..place
    })
}

/// The first part of a path, and the rest.
fn first(path: &RelativePath) -> Option<(RelativePath, Option<RelativePath>)> {
    match path.as_str().split_once('/') {
        Some((first, rest)) => Some((first.parse().ok()?, rest.parse().ok())),
        None => Some((path.clone(), None)),
    }
}

fn is_missing(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref(), Some(Error::NoArtifact { .. }))
}

/// Looks what lies there.
async fn found(root: Root, context: &Context) -> Result<Place> {
    let store = context.store(&root.uri)?;
    let Root {
        path, name, said, ..
    } = root;
    let lies = match &path {
        None => Lies::Folder,
        Some(path) => {
            let listed = store.list(path.parent().as_ref()).await?;
            let item = listed.into_iter().find(|item| item.path == *path);
            match item {
                Some(item) if item.is_folder => Lies::Folder,
                Some(item) => Lies::File(item.size),
                None => return Err(Error::NoArtifact { uri: said }.into()),
            }
        }
    };
    Ok(Place {
        store,
        path,
        lies,
        above: None,
        name,
        said,
    })
}

impl Place {
    /// The name by which a file of the store is told.
    pub(super) fn told(&self, path: &RelativePath) -> RelativePath {
        match &self.above {
            Some(above) => path.below(above),
            None => path.clone(),
        }
    }

    /// The file that is meant.
    pub(super) fn file(&self) -> Result<Listed> {
        match (&self.path, self.lies) {
            (Some(path), Lies::File(size)) => Ok(Listed {
                path: path.clone(),
                size: size.or(Some(0)),
            }),
            _ => Err(Error::Usage {
                message: format!("`{}` is a folder", self.said),
                hint: Some("name a file in it; `phi3ml artifacts list` shows them".to_owned()),
            }
            .into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_a_model_is_a_path() {
        let read = |text: &str| {
            let (uri, path) = split(text).unwrap();
            (uri.to_string(), path.map(|path| path.to_string()))
        };
        let pair = |uri: &str, path: Option<&str>| (uri.to_owned(), path.map(str::to_owned));
        assert_eq!(read("models:/a/1"), pair("models:/a/1", None));
        assert_eq!(read("models:/a/1/x/y"), pair("models:/a/1", Some("x/y")));
        assert_eq!(read("models:/a@b/x"), pair("models:/a@b", Some("x")));
        assert_eq!(read("runs:/r1"), pair("runs:/r1/", None));
        assert_eq!(read("runs:/r1/x/y"), pair("runs:/r1/x/y", None));
        assert_eq!(
            read("mlflow-artifacts:/1/r"),
            pair("mlflow-artifacts:/1/r", None)
        );
        for text in ["models:/a", "models:/a/1/../x", "", "models:/a/b/c"] {
            split(text).unwrap_err();
        }
    }

    #[test]
    fn a_place_may_be_a_file() {
        let read = |text: &str| {
            let root = root_of(text, None).unwrap();
            (root.uri, root.path.map(|path| path.to_string()))
        };
        let pair = |uri: &str, path: Option<&str>| (uri.to_owned(), path.map(str::to_owned));
        assert_eq!(
            read("mlflow-artifacts:/1/r/artifacts"),
            pair("mlflow-artifacts:/1/r/", Some("artifacts"))
        );
        assert_eq!(
            read("mlflow-artifacts:/1"),
            pair("mlflow-artifacts:/", Some("1"))
        );
        assert_eq!(read("mlflow-artifacts:/"), pair("mlflow-artifacts:/", None));
        assert_eq!(read("s3://bucket"), pair("s3://bucket", None));
        assert_eq!(read("s3://bucket/x"), pair("s3://bucket/", Some("x")));
    }
}

//! Where a model is logged: the experiment, the run and, on 3.x, the logged model.

use anyhow::{Context as _, Result};

use super::RunArgs;
use super::journal::{Model, Run};
use crate::artifacts;
use crate::command::git::Git;
use crate::command::{Context, Error, experiment, origin};
use crate::entity::id::RunId;
use crate::entity::limits::{LoggedModelName, logged_model_name};
use crate::entity::manifest::RelativePath;
use crate::tracking::{NewLoggedModel, NewRun, Tracking, active_run};

/// The run that was asked for, or a new one.
pub(super) async fn run(
    args: &RunArgs,
    git: &Git,
    tracking: &dyn Tracking,
    context: &Context,
) -> Result<Run> {
    let existing = args
        .run_id
        .as_ref()
        .or(context.settings.defaults.run_id.as_ref());
    match existing {
        Some(id) => existing_run(id, tracking).await,
        None => new_run(args, git, tracking, context).await,
    }
}

async fn existing_run(id: &RunId, tracking: &dyn Tracking) -> Result<Run> {
    let run = active_run(tracking.run(id).await?)?;
    Ok(Run {
        run_id: run.run_id,
        experiment_id: run.experiment_id,
        artifact_uri: run.artifact_uri,
        is_own: false,
    })
}

async fn new_run(
    args: &RunArgs,
    git: &Git,
    tracking: &dyn Tracking,
    context: &Context,
) -> Result<Run> {
    let (id, name) = (args.experiment_id.as_ref(), args.experiment_name.as_ref());
    let experiment_id = experiment::of_new_run(id, name, tracking, context).await?;
    let run = tracking
        .create_run(&NewRun {
            experiment_id,
            name: args.run_name.clone(),
            start_time: jiff::Timestamp::now().as_millisecond(),
            user: context.settings.origin.user.clone(),
            tags: origin::tags(git, args.tags.iter().cloned(), context),
        })
        .await
        .context("cannot create a run")?;
    Ok(Run {
        run_id: run.run_id,
        experiment_id: run.experiment_id,
        artifact_uri: run.artifact_uri,
        is_own: true,
    })
}

/// A logged model.
pub(super) async fn logged_model(
    mut new: NewLoggedModel,
    tracking: &dyn Tracking,
    context: &Context,
) -> Result<Model> {
    let LoggedModelName { name, changed } = logged_model_name(&new.name)?;
    if changed {
        context.note(&format!(
            "the logged model is named `{name}`: MLflow allows none of / : . % \" '"
        ));
    }
    new.name = name;
    let model = tracking
        .create_logged_model(&new)
        .await
        .context("cannot create a logged model")?;
    Ok(Model {
        model_id: Some(model.model_id),
        artifact_uri: model.artifact_uri,
    })
}

/// The name of a model that is a folder of its run.
pub(super) fn folder_name(name: &str) -> Result<RelativePath> {
    let folder: RelativePath = name.parse().map_err(|_| {
        Error::usage(format!(
            "`{name}` cannot be the name of a folder of the run"
        ))
    })?;
    artifacts::names::check(&folder)?;
    Ok(folder)
}

/// A folder of the run; one that holds anything already is never written to.
pub(super) async fn folder_of_run(name: &str, run: &Run, tracking: &dyn Tracking) -> Result<Model> {
    let folder = folder_name(name)?;
    let is_taken = !run.is_own
        && !tracking
            .list_run_artifacts(&run.run_id, folder.as_str())
            .await?
            .is_empty();
    if is_taken {
        return Err(Error::Exists(format!(
            "the run `{}` has something named `{name}` already; choose another with `--name`",
            run.run_id
        ))
        .into());
    }
    Ok(Model {
        model_id: None,
        artifact_uri: format!("{}/{folder}", run.artifact_uri.trim_end_matches('/')),
    })
}

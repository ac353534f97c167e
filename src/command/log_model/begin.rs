//! Where a model is logged: the experiment, the run and, on 3.x, the logged model.

use anyhow::Result;

use super::RunArgs;
use super::journal::{Model, Run};
use crate::artifacts;
use crate::command::git::Git;
use crate::command::{Context, Error, experiment, origin};
use crate::entity::id::{RequestId, RunId};
use crate::entity::limits::{LoggedModelName, logged_model_name};
use crate::entity::manifest::RelativePath;
use crate::tracking::{NewRun, Tracking, active_run};

/// A run that is there already.
pub(super) async fn existing_run(id: &RunId, tracking: &dyn Tracking) -> Result<Run> {
    let run = active_run(tracking.run(id).await?)?;
    Ok(Run {
        run_id: run.run_id,
        experiment_id: run.experiment_id,
        artifact_uri: run.artifact_uri,
        is_own: false,
    })
}

/// A run that is to be created, in an experiment that is there.
pub(super) async fn new_run(
    args: &RunArgs,
    git: &Git,
    tracking: &dyn Tracking,
    context: &Context,
) -> Result<NewRun> {
    let (id, name) = (args.experiment_id.as_ref(), args.experiment_name.as_ref());
    let experiment_id = experiment::of_new_run(id, name, tracking, context).await?;
    Ok(NewRun {
        request_id: RequestId::unique(),
        experiment_id,
        name: args.run_name.clone(),
        start_time: jiff::Timestamp::now().as_millisecond(),
        user: context.settings.origin.user.clone(),
        is_copy: false,
        tags: origin::tags(git, args.tags.iter().cloned(), context),
    })
}

/// What a logged model of this name will be called.
pub(super) fn name_of_model(name: &str, context: &Context) -> Result<String> {
    let LoggedModelName { name, changed } = logged_model_name(name)?;
    if changed {
        context.note(&format!(
            "the logged model is named `{name}`: MLflow allows none of / : . % \" '"
        ));
    }
    Ok(name)
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
        sha256: None,
    })
}

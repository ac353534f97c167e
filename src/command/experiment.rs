//! The experiment of a new run.
//!
//! Those among which runs are looked for are named in `runs`.

use anyhow::Result;

use super::Context;
use crate::entity::experiment::DEFAULT_NAME;
use crate::entity::id::ExperimentId;
use crate::tracking::{Tracking, active, find_or_create_experiment};

/// Flags before variables, the id before the name, and MLflow's default after all. A name that is unknown is
/// created, an id never.
pub(super) async fn of_new_run(
    id: Option<&ExperimentId>,
    name: Option<&String>,
    tracking: &dyn Tracking,
    context: &Context,
) -> Result<ExperimentId> {
    let defaults = &context.settings.defaults;
    let (id, name) = match (id, name) {
        (None, None) => (
            defaults.experiment_id.as_ref(),
            defaults.experiment_name.as_ref(),
        ),
        given => given,
    };
    Ok(match (id, name) {
        (Some(id), _) => active(tracking.experiment(id).await?)?.experiment_id,
        (None, Some(name)) => find_or_create_experiment(tracking, name).await?,
        // The id belongs to one workspace (seen on 3.17.2), the name may be in each.
        (None, None) if context.settings.workspace.is_some() => {
            find_or_create_experiment(tracking, DEFAULT_NAME).await?
        }
        (None, None) => ExperimentId::default_experiment(),
    })
}

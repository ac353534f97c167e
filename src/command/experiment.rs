//! The experiment of a new run.
//!
//! Those among which runs are looked for are named in `runs`.

use anyhow::Result;

use super::Context;
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
        (None, None) => ExperimentId::default_experiment(),
    })
}

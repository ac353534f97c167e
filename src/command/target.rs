//! The run that something is logged to: the one that was named, or `MLFLOW_RUN_ID`.

#![expect(
    clippy::doc_markdown,
    reason = "the docs of arguments are the text of `--help`"
)]

use anyhow::Result;
use serde_json::json;

use super::{Context, Done, Error, Outcome};
use crate::entity::id::RunId;
use crate::tracking::Batch;

/// Where to log to.
#[derive(Debug, clap::Args)]
pub(super) struct Target {
    /// The run [env: MLFLOW_RUN_ID]
    #[arg(long, value_name = "ID")]
    pub(super) run_id: Option<RunId>,
}

/// The run that was named, or that of the variable.
pub(super) fn run_id(given: Option<RunId>, context: &Context) -> Result<RunId> {
    let given = given.or_else(|| context.settings.defaults.run_id.clone());
    given.ok_or_else(|| {
        Error::Usage {
            message: "no run is named".to_owned(),
            hint: Some("name one, or set MLFLOW_RUN_ID; `phi3ml runs create` makes one".to_owned()),
        }
        .into()
    })
}

/// Writes params, metrics and tags on a run, and tells how many.
pub(super) async fn log(target: Target, batch: &Batch, context: &Context) -> Result<Outcome> {
    let id = run_id(target.run_id, context)?;
    let tracking = context.server()?.tracking();
    let logging = async { Ok(tracking.log_batch(&id, batch).await?) };
    context.unless_stopped_soon(logging).await?;
    logged(
        &id,
        batch.params.len(),
        batch.metrics.len(),
        batch.tags.len(),
    )
}

/// How much was logged.
pub(super) fn logged(id: &RunId, params: usize, metrics: usize, tags: usize) -> Result<Outcome> {
    let counts = [(params, "param"), (metrics, "metric"), (tags, "tag")];
    let told: Vec<String> = counts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, thing)| format!("{count} {thing}{}", if count == 1 { "" } else { "s" }))
        .collect();
    let told = if told.is_empty() {
        "nothing".to_owned()
    } else {
        told.join(", ")
    };
    let json = json!({ "run_id": id, "params": params, "metrics": metrics, "tags": tags });
    Ok(Done::new(format!("logged {told} to the run {id}"), &json)?.into())
}

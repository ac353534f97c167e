//! `runs finish`.

use anyhow::Result;
use clap::ValueEnum;

use super::item;
use crate::command::{Context, Outcome, target};
use crate::entity::id::RunId;
use crate::entity::run::RunStatus;
use crate::tracking::Tracking;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The run [env: MLFLOW_RUN_ID]
    #[arg(value_name = "RUN_ID")]
    run: Option<RunId>,
    /// How it ended
    #[arg(long, value_enum, default_value_t, ignore_case = true)]
    status: End,
    /// When it ended, in milliseconds since 1970 [default: now]
    #[arg(long, value_name = "MS")]
    end_time: Option<i64>,
}

/// How a run can end.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
#[value(rename_all = "UPPER")]
enum End {
    /// Well
    #[default]
    Finished,
    /// Badly
    Failed,
    /// Somebody stopped it
    Killed,
}

impl From<End> for RunStatus {
    fn from(end: End) -> Self {
        match end {
            End::Finished => Self::Finished,
            End::Failed => Self::Failed,
            End::Killed => Self::Killed,
        }
    }
}

pub(super) async fn run(args: Args, tracking: &dyn Tracking, context: &Context) -> Result<Outcome> {
    let id = target::run_id(args.run, context)?;
    let now = || jiff::Timestamp::now().as_millisecond();
    let end_time = args.end_time.unwrap_or_else(now);
    tracking
        .update_run(&id, args.status.into(), Some(end_time))
        .await?;
    item(&tracking.run(&id).await?, context)
}

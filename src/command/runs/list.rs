//! `runs list` and `search`.

use anyhow::Result;

use super::scope::{Experiments, Order};
use super::took;
use crate::command::outcome::Column;
use crate::command::paging::Paging;
use crate::command::{Cell, Context, Outcome};
use crate::entity::run::Run;
use crate::tracking::Tracking;

/// As many as MLflow's own client asks for at once (`SEARCH_MAX_RESULTS_DEFAULT`).
pub(super) const PAGE: u64 = 1000;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    experiments: Experiments,
    #[command(flatten)]
    order: Order,
    #[command(flatten)]
    paging: Paging,
}

#[derive(Debug, clap::Args)]
pub(super) struct SearchArgs {
    /// In MLflow's filter language, such as: metrics.loss < 0.5 AND params.lr = '0.1'
    filter: String,
    #[command(flatten)]
    experiments: Experiments,
    #[command(flatten)]
    order: Order,
    #[command(flatten)]
    paging: Paging,
}

impl From<Args> for SearchArgs {
    fn from(args: Args) -> Self {
        Self {
            filter: String::new(),
            experiments: args.experiments,
            order: args.order,
            paging: args.paging,
        }
    }
}

const COLUMNS: &[Column<Run>] = &[
    ("run", |run| Cell::of(&run.run_id)),
    ("name", |run| run.run_name.as_str().into()),
    ("status", |run| Cell::of(&run.status)),
    ("started", |run| Cell::time(run.start_time)),
    ("took", took),
    ("user", |run| run.user_id.as_str().into()),
];

pub(super) async fn run(
    args: SearchArgs,
    tracking: &dyn Tracking,
    context: &Context,
) -> Result<Outcome> {
    let experiments = args.experiments.ids(tracking, context).await?;
    let search = args.order.search(args.filter);
    args.paging
        .list("runs", PAGE, COLUMNS, context, async |page| {
            tracking.search_runs(&experiments, &search, page).await
        })
        .await
}

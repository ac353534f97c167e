//! `experiments list` and `search`.

use anyhow::Result;

use crate::command::outcome::Column;
use crate::command::paging::{Paging, ViewArg};
use crate::command::{Cell, Context, Outcome};
use crate::entity::Lifecycle;
use crate::entity::experiment::Experiment;
use crate::tracking::{Search, Tracking};

/// As many as MLflow's own client asks for at once (`SEARCH_MAX_RESULTS_DEFAULT`).
const PAGE: u64 = 1000;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Whether those in the bin are listed
    #[arg(long, value_enum, default_value_t)]
    view: ViewArg,
    #[command(flatten)]
    paging: Paging,
}

#[derive(Debug, clap::Args)]
pub(super) struct SearchArgs {
    /// In MLflow's filter language, such as: name LIKE 'phi%' AND tags.team = 'nlp'
    filter: String,
    /// Order, such as: name ASC; further ones decide where the first is equal
    #[arg(long, value_name = "ORDER")]
    order_by: Vec<String>,
    /// Whether those in the bin are searched
    #[arg(long, value_enum, default_value_t)]
    view: ViewArg,
    #[command(flatten)]
    paging: Paging,
}

impl From<Args> for SearchArgs {
    fn from(args: Args) -> Self {
        Self {
            filter: String::new(),
            order_by: Vec::new(),
            view: args.view,
            paging: args.paging,
        }
    }
}

const COLUMNS: &[Column<Experiment>] = &[
    ("id", |experiment| Cell::of(&experiment.experiment_id)),
    ("name", |experiment| experiment.name.as_str().into()),
    ("stage", |experiment| match experiment.lifecycle_stage {
        Lifecycle::Active => "active".into(),
        Lifecycle::Deleted => "deleted".into(),
    }),
    ("created", |experiment| Cell::time(experiment.creation_time)),
    ("updated", |experiment| {
        Cell::time(experiment.last_update_time)
    }),
];

pub(super) async fn run(
    args: SearchArgs,
    tracking: &dyn Tracking,
    context: &Context,
) -> Result<Outcome> {
    let search = Search {
        filter: args.filter,
        order_by: args.order_by,
        view: args.view.into(),
    };
    args.paging
        .list("experiments", PAGE, COLUMNS, context, async |page| {
            tracking.search_experiments(&search, page).await
        })
        .await
}

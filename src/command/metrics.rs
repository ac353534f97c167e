//! `metrics`: what was measured in the course of a run.

use anyhow::Result;
use clap::Subcommand;

use super::outcome::{Column, Plot};
use super::paging::Paging;
use super::settings::Format;
use super::target::{self, Target};
use super::{Cell, Context, Outcome};
use crate::entity::metric::Metric;

/// As many as MLflow's own client asks for at once (`GET_METRIC_HISTORY_MAX_RESULTS`).
const PAGE: u64 = 25_000;

/// Look at what was measured
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Every point of a metric of a run
    History(HistoryArgs),
}

#[derive(Debug, clap::Args)]
struct HistoryArgs {
    #[command(flatten)]
    target: Target,
    /// Name of the metric
    key: String,
    /// Draw it, where the output is text
    #[arg(long)]
    plot: bool,
    #[command(flatten)]
    paging: Paging,
}

const COLUMNS: &[Column<Metric>] = &[
    ("step", |metric| Cell::Text(metric.step.to_string())),
    ("value", |metric| Cell::Number(metric.value.0)),
    ("time", |metric| Cell::Time(metric.timestamp)),
];

/// Runs the command.
pub async fn run(args: Args, context: &Context) -> Result<Outcome> {
    let Action::History(args) = args.action;
    let id = target::run_id(args.target.run_id, context)?;
    let tracking = context.server()?.tracking();
    let key = args.key.as_str();
    let mut points = Vec::new();
    let is_drawn = args.plot && context.settings.format == Format::Text;
    let outcome = args
        .paging
        .list("points", PAGE, COLUMNS, context, async |page| {
            let portion = tracking.metric_history(&id, key, page).await?;
            if is_drawn {
                let point = |metric: &Metric| (metric.step, metric.value.0);
                points.extend(portion.items.iter().map(point));
            }
            Ok(portion)
        })
        .await?;
    Ok(if is_drawn {
        Outcome::Plot(Plot {
            title: args.key,
            points,
        })
    } else {
        outcome
    })
}

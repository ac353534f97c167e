//! `log-metrics`: what was measured in a run.

use anyhow::Result;

use super::target::{self, Target};
use super::{Context, Outcome, pairs};
use crate::entity::metric::Metric;
use crate::tracking::Batch;

/// Log metrics to a run
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    target: Target,
    /// The step at which they were measured
    #[arg(
        long,
        value_name = "N",
        default_value_t = 0,
        allow_negative_numbers = true
    )]
    step: i64,
    /// When they were measured, in milliseconds since 1970 [default: now]
    #[arg(long, value_name = "MS")]
    timestamp: Option<i64>,
    /// Metrics; nan, inf and -inf are numbers, too
    #[arg(value_name = "K=V", required = true, value_parser = pairs::metric)]
    metrics: Vec<Metric>,
}

/// Runs the command.
pub async fn run(args: Args, context: &Context) -> Result<Outcome> {
    let metrics = args.metrics.into_iter().map(|metric| Metric {
        step: args.step,
        timestamp: args.timestamp.unwrap_or(metric.timestamp),
        ..metric
    });
    let batch = Batch {
        metrics: metrics.collect(),
        ..Batch::default()
    };
    target::log(args.target, &batch, context).await
}

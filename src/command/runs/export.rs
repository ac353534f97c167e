//! `runs export`: any number of runs, in the memory of one page.
//!
//! CSV needs its columns before its first row: they are named, or all runs are read twice.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use anyhow::{Context as _, Result};
use clap::ValueEnum;

use super::list::PAGE;
use super::scope::{Experiments, Order};
use crate::command::settings::Format;
use crate::command::{Context, Error, Outcome, paging};
use crate::entity::id::ExperimentId;
use crate::entity::run::Run;
use crate::tracking::paging::each_page;
use crate::tracking::{PageOf, Search, Tracking};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Only runs that fit, in MLflow's filter language
    #[arg(
        long,
        value_name = "FILTER",
        default_value = "",
        hide_default_value = true
    )]
    filter: String,
    #[command(flatten)]
    experiments: Experiments,
    #[command(flatten)]
    order: Order,
    /// How they are written [default: csv, or what --output says]
    #[arg(long, value_enum)]
    format: Option<ExportFormat>,
    /// Columns of CSV, such as: run_id,params.lr,metrics.loss [default: all, for which runs are read twice]
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    columns: Vec<String>,
}

/// How runs are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ExportFormat {
    /// A row each, params, metrics and tags as columns
    Csv,
    /// One object that holds them all
    Json,
    /// An object on each line
    Jsonl,
}

/// The columns that every run has, after MLflow's own (`mlflow.search_runs`, 3.17.2).
const FIELDS: [&str; 8] = [
    "run_id",
    "experiment_id",
    "run_name",
    "status",
    "artifact_uri",
    "start_time",
    "end_time",
    "user_id",
];

pub(super) async fn run(args: Args, tracking: &dyn Tracking, context: &Context) -> Result<Outcome> {
    let format = args.format.unwrap_or(match context.settings.format {
        Format::Text => ExportFormat::Csv,
        Format::Json => ExportFormat::Json,
        Format::JsonLines => ExportFormat::Jsonl,
    });
    if format != ExportFormat::Csv && !args.columns.is_empty() {
        return Err(Error::usage("`--columns` is for CSV").into());
    }
    if let Some(unknown) = args.columns.iter().find(|column| !is_column(column)) {
        let known = FIELDS.join(", ");
        return Err(Error::Usage {
            message: format!("`{unknown}` is no column"),
            hint: Some(format!(
                "there are {known}, and params.…, metrics.… and tags.…"
            )),
        }
        .into());
    }
    let mut search = args.order.search(args.filter);
    if search.order_by.is_empty() {
        // Runs that are created meanwhile come at the end, and move none to another page.
        search.order_by.push("attributes.start_time ASC".to_owned());
    }
    let source = Source {
        experiments: args.experiments.ids(tracking, context).await?,
        search,
        tracking,
        context,
    };
    match format {
        ExportFormat::Csv => source.csv(args.columns).await?,
        ExportFormat::Json => source.json().await?,
        ExportFormat::Jsonl => {
            source
                .each_page(async |runs| paging::write_lines(&runs, context))
                .await?;
        }
    }
    Ok(Outcome::Written)
}

fn is_column(name: &str) -> bool {
    let groups = ["params.", "metrics.", "tags."];
    FIELDS.contains(&name) || groups.iter().any(|group| name.starts_with(group))
}

/// The runs that are exported.
struct Source<'a> {
    experiments: Vec<ExperimentId>,
    search: Search,
    tracking: &'a dyn Tracking,
    context: &'a Context,
}

impl Source<'_> {
    /// Reads page after page, until the end or until nobody takes more.
    async fn each_page(
        &self,
        take: impl AsyncFnMut(Vec<Run>) -> Result<ControlFlow<()>>,
    ) -> Result<()> {
        let fetch = async |page: PageOf<'_>| {
            let (experiments, search) = (&self.experiments, &self.search);
            Ok(self.tracking.search_runs(experiments, search, page).await?)
        };
        let pages = each_page("runs", PAGE, fetch, take);
        self.context.unless_stopped(pages).await
    }

    async fn json(&self) -> Result<()> {
        let audience = &self.context.audience;
        let mut separator = "{\"items\":[\n";
        self.each_page(async |runs| {
            let mut text = String::new();
            for run in &runs {
                text.push_str(separator);
                text.push_str(&serde_json::to_string(run)?);
                separator = ",\n";
            }
            Ok(audience.write(&text))
        })
        .await?;
        let start = if separator == ",\n" { "" } else { separator };
        _ = audience.write(&format!("{start}\n],\"next_page_token\":null}}\n"));
        Ok(())
    }

    async fn csv(&self, columns: Vec<String>) -> Result<()> {
        let columns = if columns.is_empty() {
            self.all_columns().await?
        } else {
            columns
        };
        let mut is_first = true;
        self.each_page(async |runs| {
            let mut csv = csv::Writer::from_writer(Vec::new());
            if is_first {
                csv.write_record(&columns)?;
                is_first = false;
            }
            for run in &runs {
                csv.write_record(columns.iter().map(|column| cell(run, column)))?;
            }
            let bytes = csv.into_inner().context("cannot write CSV")?;
            Ok(self.context.audience.write(&String::from_utf8(bytes)?))
        })
        .await
    }

    async fn all_columns(&self) -> Result<Vec<String>> {
        self.context
            .step("reading the names of params, metrics and tags");
        let mut found = BTreeSet::new();
        self.each_page(async |runs| {
            for run in &runs {
                add_new("metrics", run.metrics.keys(), &mut found);
                add_new("params", run.params.keys(), &mut found);
                add_new("tags", run.tags.keys(), &mut found);
            }
            Ok(ControlFlow::Continue(()))
        })
        .await?;
        let fields = FIELDS.iter().map(|field| (*field).to_owned());
        Ok(fields.chain(found).collect())
    }
}

fn add_new<'a>(group: &str, keys: impl Iterator<Item = &'a String>, found: &mut BTreeSet<String>) {
    for key in keys {
        let name = format!("{group}.{key}");
        found.insert(name);
    }
}

fn cell(run: &Run, column: &str) -> String {
    let time = |moment: Option<i64>| moment.map(|moment| moment.to_string()).unwrap_or_default();
    match column.split_once('.') {
        Some(("params", key)) => run.params.get(key).cloned().unwrap_or_default(),
        Some(("tags", key)) => run.tags.get(key).cloned().unwrap_or_default(),
        Some(("metrics", key)) => {
            let value = run.metrics.get(key);
            value
                .map(|value| format!("{:?}", value.0))
                .unwrap_or_default()
        }
        _ => match column {
            "run_id" => run.run_id.to_string(),
            "experiment_id" => run.experiment_id.to_string(),
            "run_name" => run.run_name.clone(),
            "status" => run.status.to_string(),
            "artifact_uri" => run.artifact_uri.clone(),
            "start_time" => time(run.start_time),
            "end_time" => time(run.end_time),
            _ => run.user_id.clone(),
        },
    }
}

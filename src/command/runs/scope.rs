//! Among which runs to look: the experiments, the filter, the order.

use anyhow::{Context as _, Result};

use crate::command::Context;
use crate::command::paging::ViewArg;
use crate::entity::experiment::DEFAULT_NAME;
use crate::entity::id::ExperimentId;
use crate::tracking::paging::all_pages;
use crate::tracking::{Error, Search, Thing, Tracking, View};

/// As many experiments as one page holds.
const PAGE: u64 = 1000;

/// Which experiments; the variables count where no flag does.
#[derive(Debug, clap::Args)]
pub(super) struct Experiments {
    /// Experiment; may be given more than once [env: MLFLOW_EXPERIMENT_NAME]
    #[arg(long = "experiment-name", value_name = "NAME")]
    names: Vec<String>,
    /// Experiment, by id; may be given more than once [env: MLFLOW_EXPERIMENT_ID] [default: 0]
    #[arg(long = "experiment-id", value_name = "ID")]
    ids: Vec<ExperimentId>,
    /// All experiments
    #[arg(long = "all-experiments", conflicts_with_all = ["names", "ids"])]
    all: bool,
}

/// In which order, and whether runs in the bin count.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Order {
    /// Order, such as: metrics.loss ASC; further ones decide where the first is equal
    #[arg(long, value_name = "ORDER")]
    order_by: Vec<String>,
    /// Whether runs in the bin are shown
    #[arg(long, value_enum, default_value_t)]
    view: ViewArg,
}

impl Order {
    pub(super) fn search(self, filter: String) -> Search {
        Search {
            filter,
            order_by: self.order_by,
            view: self.view.into(),
        }
    }
}

impl Experiments {
    /// Their ids. A name must be there: nothing is created to be searched.
    pub(super) async fn ids(
        self,
        tracking: &dyn Tracking,
        context: &Context,
    ) -> Result<Vec<ExperimentId>> {
        if self.all {
            return all(tracking).await;
        }
        let defaults = &context.settings.defaults;
        let (mut ids, mut names) = (self.ids, self.names);
        if ids.is_empty() && names.is_empty() {
            ids.extend(defaults.experiment_id.clone());
            if ids.is_empty() {
                names.extend(defaults.experiment_name.clone());
            }
            let is_in_workspace = context.settings.workspace.is_some();
            if ids.is_empty() && names.is_empty() && is_in_workspace {
                names.push(DEFAULT_NAME.to_owned());
            }
        }
        for name in &names {
            let found = tracking.experiment_by_name(name).await;
            let missing = || Error::NotFound {
                thing: Thing::Experiment,
                name: name.clone(),
                instead: Vec::new(),
            };
            let found = found?.ok_or_else(missing).context("cannot look for runs")?;
            ids.push(found.experiment_id);
        }
        if ids.is_empty() {
            ids.push(ExperimentId::default_experiment());
        }
        Ok(ids)
    }
}

async fn all(tracking: &dyn Tracking) -> Result<Vec<ExperimentId>> {
    let search = Search {
        view: View::All,
        ..Search::default()
    };
    let found = all_pages("experiments", PAGE, async |page| {
        tracking.search_experiments(&search, page).await
    });
    let found = found.await?;
    Ok(found.into_iter().map(|found| found.experiment_id).collect())
}

//! `log-params`: what was decided for a run.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use anyhow::Result;

use super::target::{self, Target};
use super::{Context, Error, Outcome, pairs};
use crate::entity::limits;
use crate::entity::param::Param;
use crate::tracking::Batch;

/// Log params to a run
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    target: Target,
    /// Cut values that are longer than MLflow keeps, instead of stopping
    #[arg(long)]
    truncate: bool,
    /// Params
    #[arg(value_name = "K=V", required = true, value_parser = pairs::param)]
    params: Vec<Param>,
}

/// Runs the command.
pub async fn run(args: Args, context: &Context) -> Result<Outcome> {
    let mut params = once_each(args.params)?;
    if args.truncate {
        params = params
            .into_iter()
            .map(|param| cut(param, context))
            .collect();
    }
    let batch = Batch {
        params,
        ..Batch::default()
    };
    target::log(args.target, &batch, context).await
}

/// MLflow refuses a key that comes twice in one request, even with the same value.
fn once_each(params: Vec<Param>) -> Result<Vec<Param>> {
    let mut values = BTreeMap::new();
    let mut kept = Vec::new();
    for param in params {
        match values.entry(param.key.clone()) {
            Entry::Vacant(entry) => {
                entry.insert(param.value.clone());
                kept.push(param);
            }
            Entry::Occupied(entry) if *entry.get() == param.value => {}
            Entry::Occupied(entry) => {
                let (key, one, other) = (entry.key(), entry.get(), &param.value);
                let message = format!("the param `{key}` cannot be both `{one}` and `{other}`");
                return Err(Error::usage(message).into());
            }
        }
    }
    Ok(kept)
}

/// As much of a param as MLflow keeps; says so if that is not all.
fn cut(param: Param, context: &Context) -> Param {
    let (param, is_cut) = limits::truncated_param(param);
    if is_cut {
        let length = param.value.chars().count();
        context.warn(&format!(
            "param `{}` is cut to {length} characters",
            param.key
        ));
    }
    param
}

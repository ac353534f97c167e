//! `artifacts cat`: one file, on stdout as it comes.

use anyhow::Result;

use super::place::Named;
use crate::command::model::sums_above;
use crate::command::{Context, Outcome};
use crate::transfer;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    named: Named,
}

pub(super) async fn run(args: &Args, context: &Context) -> Result<Outcome> {
    let place = args.named.find(context).await?;
    let file = place.file()?;
    let store = place.store.as_ref();
    let sums = sums_above(&file.path, store).await?;
    let expected = sums.get(&file.path).copied();
    let mut is_closed = false;
    let found = transfer::read(&file, store, &|_| (), |bytes| {
        let flow = context.audience.write_bytes(bytes);
        is_closed = flow.is_break();
        flow
    })
    .await?;
    match expected {
        Some(expected) if expected != found && !is_closed => Err(transfer::Error::Damaged {
            path: file.path,
            expected,
            found,
        }
        .into()),
        _ => Ok(Outcome::Written),
    }
}

//! `artifacts list`: what lies in a folder, or all that lies below it.

use std::collections::BTreeMap;

use anyhow::Result;
use serde::Serialize;

use super::place::{Lies, Named};
use crate::command::outcome::{Column, List};
use crate::command::{Cell, Context, Outcome};
use crate::entity::manifest::RelativePath;
use crate::transfer;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    named: Named,
    /// All files and folders below it, too
    #[arg(short = 'R', long)]
    recursive: bool,
}

/// A file or folder.
#[derive(Debug, Serialize)]
struct Listed {
    path: String,
    is_dir: bool,
    file_size: Option<u64>,
}

const COLUMNS: &[Column<Listed>] = &[
    ("path", |item| {
        let end = if item.is_dir { "/" } else { "" };
        Cell::from(format!("{}{end}", item.path))
    }),
    ("size", |item| {
        item.file_size.map_or(Cell::Empty, Cell::Bytes)
    }),
];

pub(super) async fn run(args: &Args, context: &Context) -> Result<Outcome> {
    let place = args.named.find(context).await?;
    let folder = place.path.as_ref();
    let found: BTreeMap<RelativePath, Option<Option<u64>>> = match (place.lies, folder) {
        (Lies::File(size), Some(path)) => [(path.clone(), Some(size))].into(),
        (Lies::Folder, _) if args.recursive => {
            let files = transfer::list_below(place.store.as_ref(), folder).await?;
            let mut found = BTreeMap::new();
            for file in files {
                let mut above = file.path.parent();
                while let Some(path) = above.filter(|path| Some(path) != folder) {
                    above = path.parent();
                    found.insert(path, None);
                }
                found.insert(file.path, Some(file.size));
            }
            found
        }
        _ => {
            let items = place.store.list(folder).await?;
            items
                .into_iter()
                .map(|item| (item.path, (!item.is_folder).then_some(item.size)))
                .collect()
        }
    };
    let items: Vec<_> = found
        .into_iter()
        .map(|(path, size)| Listed {
            path: place.told(&path).to_string(),
            is_dir: size.is_none(),
            // Servers leave out the size of an empty file.
            file_size: size.map(|size| size.unwrap_or(0)),
        })
        .collect();
    if items.is_empty() {
        context.note("there is nothing");
    }
    let mut list = List::empty(COLUMNS);
    list.extend(&items, COLUMNS, context.settings.format)?;
    Ok(list.into())
}

//! Lists that a server hands out page by page: followed to their end, or as far as was asked for.
//!
//! Lines of JSON are written as the pages come, so that a list of any length needs the memory of one page.

#![expect(
    clippy::doc_markdown,
    reason = "the docs of arguments are the text of `--help`"
)]

use std::ops::ControlFlow;

use anyhow::Result;
use clap::ValueEnum;
use serde::Serialize;

use super::Context;
use super::outcome::{Column, List, Outcome};
use super::settings::Format;
use crate::http::Bookmark;
use crate::tracking::{self, PageOf, Portion, View};

/// Whether things in the bin are listed, in MLflow's words.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(super) enum ViewArg {
    /// Only what is there
    #[default]
    ActiveOnly,
    /// Only what is in the bin
    DeletedOnly,
    /// Both
    All,
}

impl From<ViewArg> for View {
    fn from(view: ViewArg) -> Self {
        match view {
            ViewArg::ActiveOnly => Self::ActiveOnly,
            ViewArg::DeletedOnly => Self::DeletedOnly,
            ViewArg::All => Self::All,
        }
    }
}

/// How much of a list is wanted.
#[derive(Debug, clap::Args)]
pub(super) struct Paging {
    /// At most this many [default: all]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    max_results: Option<u64>,
    /// Go on where another list ended: its next_page_token
    #[arg(long, value_name = "TOKEN")]
    page_token: Option<String>,
}

impl Paging {
    /// Asks for page after page of at most `page_size` of these things and makes one list of them.
    pub(super) async fn list<T: Serialize>(
        self,
        things: &str,
        page_size: u64,
        columns: &[Column<T>],
        context: &Context,
        mut fetch: impl AsyncFnMut(PageOf<'_>) -> Result<Portion<T>, tracking::Error>,
    ) -> Result<Outcome> {
        let format = context.settings.format;
        let mut list = List::empty(columns);
        let mut bookmark = Bookmark::new(things, self.page_token);
        let mut left = self.max_results.unwrap_or(u64::MAX);
        loop {
            let (size, token) = (left.min(page_size), bookmark.token());
            let portion = context
                .unless_stopped(async { Ok(fetch(PageOf { size, token }).await?) })
                .await?;
            left = left.saturating_sub(portion.items.len().try_into()?);
            if format != Format::JsonLines {
                list.extend(&portion.items, columns, format)?;
            } else if write_lines(&portion.items, context)?.is_break() {
                return Ok(Outcome::Written);
            }
            if !bookmark
                .turn(portion.next_page_token)
                .map_err(tracking::Error::from)?
                || left == 0
            {
                break;
            }
        }
        let token = bookmark.token().map(str::to_owned);
        if list.rows.is_empty() && format == Format::Text {
            context.note("nothing is found");
        }
        if let (Some(token), Format::Text) = (&token, format) {
            context.note(&format!("there is more: `--page-token {token}`"));
        }
        Ok(match format {
            Format::JsonLines => Outcome::Written,
            Format::Text | Format::Json => list.ending_at(token).into(),
        })
    }
}

/// Writes things on stdout, one JSON object on each line.
pub(super) fn write_lines<T: Serialize>(
    things: &[T],
    context: &Context,
) -> Result<ControlFlow<()>> {
    let mut lines = String::new();
    for thing in things {
        lines.push_str(&serde_json::to_string(thing)?);
        lines.push('\n');
    }
    Ok(context.audience.write(&lines))
}

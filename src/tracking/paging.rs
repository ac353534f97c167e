//! Lists that a ledger hands out page by page, followed to their end.
//!
//! It knows neither what is listed nor how a page is asked for.

use std::ops::ControlFlow;

use super::{Error, PageOf, Portion};
use crate::http::Bookmark;

/// Hands on page after page of at most `size` things, until the end or until nobody takes more. A list that goes
/// round in a circle is told by the name of its things.
pub async fn each_page<T, E: From<Error>>(
    things: &str,
    size: u64,
    mut fetch: impl AsyncFnMut(PageOf<'_>) -> Result<Portion<T>, E>,
    mut take: impl AsyncFnMut(Vec<T>) -> Result<ControlFlow<()>, E>,
) -> Result<(), E> {
    let mut bookmark = Bookmark::new(things, None);
    loop {
        let token = bookmark.token();
        let portion = fetch(PageOf { size, token }).await?;
        let is_over = take(portion.items).await?.is_break();
        if is_over
            || !bookmark
                .turn(portion.next_page_token)
                .map_err(Error::from)?
        {
            return Ok(());
        }
    }
}

/// All things of a list.
pub async fn all_pages<T, E: From<Error>>(
    things: &str,
    size: u64,
    fetch: impl AsyncFnMut(PageOf<'_>) -> Result<Portion<T>, E>,
) -> Result<Vec<T>, E> {
    let mut all = Vec::new();
    each_page(things, size, fetch, async |page| {
        all.extend(page);
        Ok(ControlFlow::Continue(()))
    })
    .await?;
    Ok(all)
}

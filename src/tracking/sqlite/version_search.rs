//! How versions of registered models are searched and sorted.
//!
//! What a version is made of is loaded by `versions`.

use super::Sqlite;
use super::book::{Book, Fault, Window};
use super::clause::{Clause, OF_NAMES, OF_NUMBERS, OF_TEXT};
use super::experiments::{Tagged, directed, unknown, unknown_order};
use super::filter::{Kind, OF_OTHERS, Operator, parse, parse_order};
use super::registry::{asks_for_prompts, without_prompts};
use super::versions::{COLUMNS, read, with_tags};
use crate::entity::limits;
use crate::entity::model::ModelVersion;
use crate::entity::tag;
use crate::tracking::error::{Error, SEARCH_VERSIONS};
use crate::tracking::{PageOf, Portion, Search};

impl Sqlite {
    pub(super) async fn list_versions(
        &self,
        search: &Search,
        page: PageOf<'_>,
    ) -> Result<Portion<ModelVersion>, Error> {
        let (search, window) = (search.clone(), Window::of(page));
        self.read(SEARCH_VERSIONS, move |book| list(book, &search, window?))
            .await
    }

    pub(super) async fn all_versions(&self, name: &str) -> Result<Vec<ModelVersion>, Error> {
        limits::registered_model_name(name)?;
        let page = PageOf {
            size: u64::MAX >> 2,
            token: None,
        };
        let found = self.list_versions(&Search::versions_of(name), page).await?;
        Ok(found.items)
    }
}

fn list(book: &Book<'_>, search: &Search, window: Window) -> Result<Portion<ModelVersion>, Fault> {
    const TAGS: Tagged = Tagged {
        table: "model_version_tags",
        mine: "model_version_tags.name = model_versions.name AND model_version_tags.version = model_versions.version",
    };
    let conditions = parse(&search.filter, OF_OTHERS)?;
    let mut clause = Clause::default();
    clause.plain(book.here("model_versions"));
    let prompts = asks_for_prompts(&conditions);
    if !prompts {
        clause.plain(without_prompts("model_versions", "model_version_tags"));
    }
    for condition in &conditions {
        let column = match (condition.kind, condition.key.as_str()) {
            (Kind::Tag, key) => {
                condition.only(OF_TEXT)?;
                if key != tag::IS_PROMPT || prompts {
                    TAGS.compare(&mut clause, key, condition.operator, condition.texts()?);
                }
                continue;
            }
            (Kind::Attribute, "version_number") => {
                condition.only(OF_NUMBERS)?;
                clause.compare(
                    "model_versions.version",
                    condition.operator,
                    vec![condition.whole()?],
                );
                continue;
            }
            (Kind::Attribute, "name") => "model_versions.name",
            (Kind::Attribute, "run_id") => "model_versions.run_id",
            (Kind::Attribute, "source_path") => "model_versions.source",
            (_, key) => return Err(unknown(key, "name, version_number, run_id, source_path")),
        };
        condition.only(OF_NAMES)?;
        if matches!(condition.operator, Operator::In | Operator::NotIn)
            && condition.key == "source_path"
        {
            return Err(Fault::Refused(
                "only `name` and `run_id` can be compared with a list".to_owned(),
            ));
        }
        clause.compare(column, condition.operator, condition.texts()?);
    }
    let orders = if search.order_by.is_empty() {
        vec!["last_updated_time DESC".to_owned()]
    } else {
        order(search)?
    };
    let sql = format!(
        "{COLUMNS} {} ORDER BY {}, name ASC, version DESC {}",
        clause.all(),
        orders.join(", "),
        window.sql()
    );
    let found = window.cut(book.rows(&sql, clause.values, read)?);
    Ok(Portion {
        items: with_tags(book, found.items)?,
        next_page_token: found.next_page_token,
    })
}

fn order(search: &Search) -> Result<Vec<String>, Fault> {
    let orders = parse_order(&search.order_by, OF_OTHERS)?;
    let keys = orders.iter().map(|order| {
        let column = match (order.kind, order.key.as_str()) {
            (Kind::Attribute, "name") => "name",
            (Kind::Attribute, "version_number") => "version",
            (Kind::Attribute, "creation_timestamp") => "creation_time",
            (Kind::Attribute, "last_updated_timestamp") => "last_updated_time",
            (_, key) => {
                return Err(unknown_order(
                    key,
                    "name, version_number, creation_timestamp, last_updated_timestamp",
                ));
            }
        };
        Ok(directed(column, order.ascending))
    });
    keys.collect()
}

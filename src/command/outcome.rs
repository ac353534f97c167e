//! What a command did: for scripts as JSON, for people as facts and tables.
//!
//! It says what there is to show and what sort of value it is; how that looks is the terminal's business.

use anyhow::Result;
use serde::Serialize;
use serde_json::Value;

use super::settings::Format;
use super::{Plan, api, chat, config, doctor, log_model, predict, register, runtime, sync, verify};

/// What a command did. As JSON it is what it holds.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Outcome {
    /// Of `log-model`.
    LogModel(Box<log_model::Outcome>),
    /// Of `register`.
    Register(register::Outcome),
    /// Of `predict`.
    Predict(Box<predict::Outcome>),
    /// Of `chat`.
    Chat(Box<chat::Outcome>),
    /// Of `runtime`.
    Runtime(runtime::Outcome),
    /// Of `doctor`.
    Doctor(Box<doctor::Outcome>),
    /// Of `verify`.
    Verify(Box<verify::Outcome>),
    /// Of `sync`.
    Sync(Box<sync::Outcome>),
    /// Of `config`.
    Config(config::Outcome),
    /// Of `api`.
    Api(api::Outcome),
    /// Of any of them, with `--dry-run`.
    Plan(Plan),
    /// One thing.
    Item(Item),
    /// Things of one sort.
    List(List),
    /// Numbers, drawn.
    Plot(Plot),
    /// Something was done, and one sentence says what.
    Done(Done),
    /// All of it is on stdout already.
    Written,
}

impl Outcome {
    /// Why the outcome, although there is one, is not a success.
    pub fn into_verdict(self) -> Option<anyhow::Error> {
        match self {
            Self::LogModel(outcome) => outcome.into_verdict(),
            Self::Predict(outcome) => outcome.verdict(),
            Self::Chat(outcome) => outcome.verdict(),
            Self::Doctor(outcome) => outcome.into_verdict(),
            Self::Verify(outcome) => outcome.into_verdict(),
            Self::Sync(outcome) => outcome.into_verdict(),
            _ => None,
        }
    }
}

/// A value, by what it means.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// There is none.
    Empty,
    /// A text.
    Text(String),
    /// A number that was counted.
    Count(u64),
    /// A number that was measured.
    Number(f64),
    /// A moment, in milliseconds since 1970.
    Time(i64),
    /// A while, in milliseconds.
    Span(i64),
    /// A size.
    Bytes(u64),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        if text.is_empty() {
            Self::Empty
        } else {
            Self::Text(text)
        }
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(cell: Option<T>) -> Self {
        cell.map_or(Self::Empty, Into::into)
    }
}

impl Cell {
    /// What a name displays.
    pub(super) fn of(thing: &impl ToString) -> Self {
        thing.to_string().into()
    }

    /// A moment that may not have come.
    pub(super) fn time(moment: Option<i64>) -> Self {
        moment.map_or(Self::Empty, Self::Time)
    }
}

/// One thing: its JSON, and what of it is shown to people.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub struct Item {
    json: Value,
    /// What it is called.
    #[serde(skip)]
    pub(crate) title: String,
    /// What there is to say about it.
    #[serde(skip)]
    pub(crate) facts: Vec<(&'static str, Cell)>,
    /// Lists that belong to it, each under a heading.
    #[serde(skip)]
    pub(crate) sections: Vec<(&'static str, Vec<(String, Cell)>)>,
}

impl Item {
    /// A thing of which nothing is shown to people yet but its name.
    pub(super) fn new(title: impl Into<String>, thing: &impl Serialize) -> Result<Self> {
        Ok(Self {
            json: serde_json::to_value(thing)?,
            title: title.into(),
            facts: Vec::new(),
            sections: Vec::new(),
        })
    }

    /// Adds a fact. One without a value is not shown.
    pub(super) fn fact(mut self, label: &'static str, value: impl Into<Cell>) -> Self {
        let value = value.into();
        if value != Cell::Empty {
            self.facts.push((label, value));
        }
        self
    }

    /// Adds a list under a heading. An empty one is not shown.
    pub(super) fn section<K: ToString, V: Into<Cell>>(
        mut self,
        heading: &'static str,
        entries: impl IntoIterator<Item = (K, V)>,
    ) -> Self {
        let entries: Vec<_> = entries
            .into_iter()
            .map(|(key, value)| (key.to_string(), value.into()))
            .collect();
        if !entries.is_empty() {
            self.sections.push((heading, entries));
        }
        self
    }
}

impl From<Item> for Outcome {
    fn from(item: Item) -> Self {
        Self::Item(item)
    }
}

/// One column of a table: its heading, and its cell for a thing.
pub(super) type Column<T> = (&'static str, fn(&T) -> Cell);

/// Things of one sort: their JSON, and a table of them for people.
#[derive(Debug, Serialize)]
pub struct List {
    /// Each of them.
    pub(crate) items: Vec<Value>,
    /// Where to go on, if there are more.
    next_page_token: Option<String>,
    /// The headings of the table.
    #[serde(skip)]
    pub(crate) headings: Vec<String>,
    /// Its rows.
    #[serde(skip)]
    pub(crate) rows: Vec<Vec<Cell>>,
}

impl List {
    /// A list of nothing yet, that will be shown as a table of these columns.
    pub(super) fn empty<T>(columns: &[Column<T>]) -> Self {
        Self {
            items: Vec::new(),
            next_page_token: None,
            headings: columns.iter().map(|(name, _)| (*name).to_owned()).collect(),
            rows: Vec::new(),
        }
    }

    /// Adds things, as far as this format will show them.
    pub(super) fn extend<T: Serialize>(
        &mut self,
        things: &[T],
        columns: &[Column<T>],
        format: Format,
    ) -> Result<()> {
        if format == Format::Text {
            let row = |thing| columns.iter().map(|(_, cell)| cell(thing)).collect();
            self.rows.extend(things.iter().map(row));
        } else {
            self.items.extend(items(things)?);
        }
        Ok(())
    }

    /// Says where to go on.
    pub(super) fn ending_at(mut self, next_page_token: Option<String>) -> Self {
        self.next_page_token = next_page_token;
        self
    }

    /// A whole list, shown as a table that has not one row for each.
    pub(super) fn with_table<T: Serialize>(
        things: &[T],
        headings: Vec<String>,
        rows: Vec<Vec<Cell>>,
    ) -> Result<Self> {
        Ok(Self {
            items: items(things)?,
            next_page_token: None,
            headings,
            rows,
        })
    }
}

impl From<List> for Outcome {
    fn from(list: List) -> Self {
        Self::List(list)
    }
}

fn items<T: Serialize>(things: &[T]) -> Result<Vec<Value>> {
    Ok(things
        .iter()
        .map(serde_json::to_value)
        .collect::<Result<_, _>>()?)
}

/// Something that was done.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub struct Done {
    json: Value,
    /// The sentence, without a full stop.
    #[serde(skip)]
    pub(crate) sentence: String,
}

impl Done {
    /// What was done, for people and for scripts.
    pub(super) fn new(sentence: impl Into<String>, json: &impl Serialize) -> Result<Self> {
        Ok(Self {
            json: serde_json::to_value(json)?,
            sentence: sentence.into(),
        })
    }
}

impl From<Done> for Outcome {
    fn from(done: Done) -> Self {
        Self::Done(done)
    }
}

/// Numbers in their course, to be drawn.
#[derive(Debug, Serialize)]
pub struct Plot {
    /// What they are.
    pub(crate) title: String,
    /// Step and value.
    pub(crate) points: Vec<(i64, f64)>,
}

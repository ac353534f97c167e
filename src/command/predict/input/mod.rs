//! A file of prompts or conversations as rows, each of them good or bad on its own. Nothing is answered here.
//!
//! JSON is read as a whole; JSON lines and CSV are read row by row, from a pipe on a thread of their own, so that it is
//! answered while it is filled.

mod document;
mod lines;
mod table;

use std::io::{self, BufRead, BufReader, Read as _};
use std::path::Path;
use std::sync::mpsc::{self, Receiver};

use anyhow::{Context as _, Result};
use clap::ValueEnum;
use serde::Deserialize as _;
use serde_json::{Map, Value};

use crate::command::Error;
use crate::infer::{Message, Origin, Prompt, Search};

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::command) enum ContentType {
    /// One JSON document: a request to MLflow's scoring server, a list of rows, or one row
    Json,
    /// A table with the column `prompt` or `messages`
    Csv,
    /// One JSON row on each line
    Jsonl,
}

/// Rows and what was set for all of them.
pub(super) struct Input {
    pub(super) rows: Rows,
    /// What was set for all of them.
    pub(super) params: Search,
    /// What is known of the lengths that all of them have.
    pub(super) lengths: Search,
}

/// Row after row; a bad one does not end them.
pub(super) enum Rows {
    /// Rows of a file.
    There(RowByRow),
    /// Rows of a pipe, as they come.
    Coming(Receiver<Result<Row>>),
}

type RowByRow = Box<dyn Iterator<Item = Result<Row>> + Send>;

/// So many rows are looked at together, to find those that begin alike; and of those that come faster than they are
/// answered, so many are kept.
const WINDOW: usize = 256;

impl Rows {
    /// Reads ahead, so that what has come is known without waiting for more.
    fn coming(rows: RowByRow) -> Result<Self> {
        let (sender, receiver) = mpsc::sync_channel(WINDOW);
        std::thread::Builder::new()
            .name("rows".to_owned())
            .spawn(move || {
                // Ends with the pipe, or when nobody wants more rows.
                for row in rows {
                    if sender.send(row).is_err() {
                        break;
                    }
                }
            })?;
        Ok(Self::Coming(receiver))
    }

    /// Those that are to be answered next: what is there already, and at least one; none at the end.
    pub(super) fn next(&mut self) -> Vec<Result<Row>> {
        match self {
            Self::There(rows) => rows.take(WINDOW).collect(),
            Self::Coming(rows) => {
                let first = rows.recv().ok();
                first
                    .into_iter()
                    .chain(rows.try_iter())
                    .take(WINDOW)
                    .collect()
            }
        }
    }
}

/// What is asked in one row.
#[derive(Debug, PartialEq)]
pub(super) struct Row {
    pub(super) prompt: Prompt,
    pub(super) options: Search,
}

/// What rows come from, before what is in them is understood.
type Values = Box<dyn Iterator<Item = Result<Value>> + Send>;

impl Input {
    /// Opens a file, or standard input. What is no row but concerns all of them is refused here.
    pub(super) fn open(path: &Path, content_type: Option<ContentType>, raw: bool) -> Result<Self> {
        let reader: Box<dyn BufRead + Send> = if path.as_os_str() == "-" {
            Box::new(BufReader::new(io::stdin()))
        } else {
            Box::new(BufReader::new(fs_err::File::open(path)?))
        };
        let content_type = content_type.unwrap_or_else(|| ContentType::of(path));
        let is_file = fs_err::metadata(path).is_ok_and(|file| file.is_file());
        Self::read(reader, content_type, raw, is_file)
            .with_context(|| format!("cannot read rows from `{}`", path.display()))
    }

    fn read(
        mut reader: Box<dyn BufRead + Send>,
        content_type: ContentType,
        raw: bool,
        is_file: bool,
    ) -> Result<Self> {
        let (mut params, mut lengths) = (Search::default(), Search::default());
        let values: Values = match content_type {
            ContentType::Json => {
                let mut text = String::new();
                reader.read_to_string(&mut text)?;
                let document = document::read(&text)?;
                refuse_unknown(&document.params)?;
                params = Search::from_fields(&document.params, Origin::Params)?;
                if !document.rows.iter().flatten().any(has_own_length) {
                    lengths = params.clone();
                }
                Box::new(document.rows.into_iter())
            }
            ContentType::Jsonl => Box::new(lines::read(reader)),
            ContentType::Csv => Box::new(table::read(reader)?),
        };
        let rows: RowByRow = Box::new(values.map(move |value| Row::read(&value?, raw)));
        let rows = if is_file || content_type == ContentType::Json {
            Rows::There(rows)
        } else {
            Rows::coming(rows)?
        };
        Ok(Self {
            rows,
            params,
            lengths,
        })
    }
}

impl ContentType {
    fn of(path: &Path) -> Self {
        let extension = path.extension().unwrap_or_default();
        if extension.eq_ignore_ascii_case("csv") {
            Self::Csv
        } else if extension.eq_ignore_ascii_case("jsonl")
            || extension.eq_ignore_ascii_case("ndjson")
        {
            Self::Jsonl
        } else {
            Self::Json
        }
    }
}

impl Row {
    /// A text is a prompt; an object has a prompt or messages, and perhaps search options.
    fn read(value: &Value, raw: bool) -> Result<Self> {
        let text = |text: &str| Prompt::Text {
            text: text.to_owned(),
            raw,
        };
        let fields = match value {
            Value::String(prompt) => {
                return Ok(Self {
                    prompt: text(prompt),
                    options: Search::default(),
                });
            }
            Value::Object(fields) => fields,
            other => {
                let message = format!("a row has to be a text or an object, not {}", kind(other));
                return Err(bad(message));
            }
        };
        let field = |name: &str| fields.get(name).filter(|value| !value.is_null());
        let prompt = match (field("prompt"), field("messages")) {
            (Some(Value::String(prompt)), None) => text(prompt),
            (Some(other), None) => {
                return Err(bad(format!(
                    "`prompt` has to be a text, not {}",
                    kind(other)
                )));
            }
            (None, Some(messages)) => Prompt::Messages(conversation(messages)?),
            (Some(_), Some(_)) => return Err(bad("the row has both `prompt` and `messages`")),
            (None, None) => return Err(bad(nothing_asked(fields))),
        };
        if fields.get("params").is_some_and(Value::is_object) {
            return Err(bad("`params` belongs beside the rows, not into one"));
        }
        refuse_unknown(fields)?;
        Ok(Self {
            prompt,
            options: Search::from_fields(fields, Origin::Row)?,
        })
    }
}

/// Whether a row says how long its answer may be, and so may ask for less than all the others.
fn has_own_length(row: &Value) -> bool {
    ["max_length", "max_tokens"]
        .iter()
        .any(|name| row.get(name).is_some())
}

/// Messages; in a table they are JSON in a cell.
fn conversation(value: &Value) -> Result<Vec<Message>> {
    let parsed;
    let value = match value {
        Value::String(text) => {
            parsed = serde_json::from_str(text)
                .map_err(|error| bad(format!("`messages` is not JSON: {error}")))?;
            &parsed
        }
        value => value,
    };
    Vec::deserialize(value)
        .map_err(|error| bad(format!("`messages` is not a list of messages: {error}")))
}

/// Options as OpenAI and Transformers call them, and as MLflow and onnxruntime-genai do.
const NAMES_ELSEWHERE: [(&str, &str); 4] = [
    ("seed", "random_seed"),
    ("stop_sequences", "stop"),
    ("max_new_tokens", "max_tokens"),
    ("max_completion_tokens", "max_tokens"),
];

/// What OpenAI's clients ask for.
const UNSUPPORTED: [&str; 6] = [
    "tools",
    "frequency_penalty",
    "presence_penalty",
    "logit_bias",
    "logprobs",
    "response_format",
];

/// What may be asked for and would not be done.
fn refuse_unknown(fields: &Map<String, Value>) -> Result<()> {
    for name in UNSUPPORTED {
        let is_asked = match fields.get(name) {
            None | Some(Value::Null) => false,
            Some(Value::Array(list)) => !list.is_empty(),
            Some(Value::Object(fields)) => fields.get("type").is_none_or(|it| it != "text"),
            Some(Value::Number(number)) => number.as_f64() != Some(0.0),
            Some(Value::Bool(is_asked)) => *is_asked,
            Some(_) => true,
        };
        if is_asked {
            return Err(bad(format!("`{name}` is not supported")));
        }
    }
    for (other, name) in NAMES_ELSEWHERE {
        if fields.get(other).is_some_and(|value| !value.is_null()) {
            return Err(bad(format!(
                "`{other}` is not supported: it is called `{name}` here"
            )));
        }
    }
    match fields.get("n").filter(|value| !value.is_null()) {
        Some(n) if n.as_f64() != Some(1.0) && n.as_str() != Some("1") => {
            Err(bad(format!("`n` is {n}, but a row has one answer")))
        }
        _ => Ok(()),
    }
}

fn nothing_asked(fields: &Map<String, Value>) -> String {
    let said = fields.iter().filter(|(_, value)| !value.is_null());
    let names: Vec<String> = said.map(|(name, _)| format!("`{name}`")).collect();
    match names.as_slice() {
        [] => "the row is empty: it needs a `prompt` or `messages`".to_owned(),
        names => format!(
            "the row has neither `prompt` nor `messages`, only {}",
            names.join(", ")
        ),
    }
}

/// What is wrong with a row, or with all of them.
fn bad(reason: impl Into<String>) -> anyhow::Error {
    Error::Row(reason.into()).into()
}

/// What sort of JSON this is, in words.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests;

//! A stream of JSON lines or CSV as numbered records.
//!
//! It blocks, and belongs on a thread that may.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::io::{BufRead, Read as _};

use super::record::{Fields, Kind, Record};
use crate::entity::param::Param;

/// No line is longer than this; what is has no line ends.
const LONGEST: u64 = 1 << 20;

/// What a line says, and its number; nothing of a param that was there already.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) number: u64,
    pub(super) record: Option<Record>,
}

/// A line that cannot be logged.
#[derive(Debug)]
pub(super) struct BadLine {
    pub(super) line: u64,
    pub(super) reason: String,
}

/// Hands on line after line, up to the end, the first bad one, or until nobody takes more.
pub(super) fn read(
    mut reader: Box<dyn BufRead + Send>,
    mut take: impl FnMut(Result<Line, BadLine>) -> bool,
) {
    let mut params = Params::default();
    let mut hand_on = |number: u64, record: Result<Record, String>| match record
        .and_then(|record| params.once(record))
    {
        Ok(record) => take(Ok(Line { number, record })),
        Err(reason) => {
            take(Err(BadLine {
                line: number,
                reason,
            }));
            false
        }
    };
    let is_json = reader
        .fill_buf()
        .is_ok_and(|start| start.trim_ascii_start().starts_with(b"{"));
    if is_json {
        read_json(reader, &mut hand_on);
    } else {
        read_csv(reader, &mut hand_on);
    }
}

type HandOn<'a> = &'a mut dyn FnMut(u64, Result<Record, String>) -> bool;

fn read_json(mut reader: Box<dyn BufRead + Send>, hand_on: HandOn<'_>) {
    let mut line = String::new();
    for number in 1.. {
        line.clear();
        match reader.by_ref().take(LONGEST).read_line(&mut line) {
            Ok(0) => return,
            Ok(_) if line.trim().is_empty() => {}
            Ok(_) => {
                if !hand_on(number, Record::from_json(line.trim())) {
                    return;
                }
            }
            Err(error) => {
                hand_on(number, Err(error.to_string()));
                return;
            }
        }
    }
}

fn read_csv(reader: Box<dyn BufRead + Send>, hand_on: HandOn<'_>) {
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(reader);
    let columns = match reader.headers() {
        Ok(headers) if headers.is_empty() => return,
        Ok(headers) => Columns::find(headers),
        Err(error) => Err(error.to_string()),
    };
    let columns = match columns {
        Ok(columns) => columns,
        Err(reason) => {
            hand_on(1, Err(reason));
            return;
        }
    };
    let mut row = csv::StringRecord::new();
    loop {
        let before = reader.position().line();
        match reader.read_record(&mut row) {
            Ok(false) => return,
            Ok(true) => {
                let number = row.position().map_or(before, csv::Position::line);
                if !hand_on(number, columns.record(&row)) {
                    return;
                }
            }
            Err(error) => {
                let number = error.position().map_or(before, csv::Position::line);
                hand_on(number, Err(reason(&error)));
                return;
            }
        }
    }
}

/// Without the place, which is told with the reason.
fn reason(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => format!("{len} columns where the first line has {expected_len}"),
        csv::ErrorKind::Utf8 { .. } => "it is not UTF-8".to_owned(),
        _ => error.to_string(),
    }
}

/// In which column what is.
struct Columns {
    key: usize,
    value: usize,
    kind: Option<usize>,
    step: Option<usize>,
    timestamp: Option<usize>,
}

impl Columns {
    fn find(headers: &csv::StringRecord) -> Result<Self, String> {
        // Spreadsheets begin a file with a mark of the byte order.
        let names: Vec<&str> = headers
            .iter()
            .map(|name| name.trim_start_matches('\u{feff}'))
            .collect();
        let known = ["key", "value", "step", "timestamp", "type"];
        if let Some(unknown) = names.iter().find(|name| !known.contains(name)) {
            let known = known.join(", ");
            return Err(format!("the column `{unknown}` is none of {known}"));
        }
        let find = |wanted| names.iter().position(|name| *name == wanted);
        let must = |wanted| find(wanted).ok_or_else(|| format!("there is no column `{wanted}`"));
        Ok(Self {
            key: must("key")?,
            value: must("value")?,
            kind: find("type"),
            step: find("step"),
            timestamp: find("timestamp"),
        })
    }

    fn record(&self, row: &csv::StringRecord) -> Result<Record, String> {
        let cell = |index: usize| row.get(index).unwrap_or_default();
        let number = |column: Option<usize>| match column.map(cell) {
            None | Some("") => Ok(None),
            Some(text) => match text.parse() {
                Ok(number) => Ok(Some(number)),
                Err(_) => Err(format!("`{text}` is not a whole number")),
            },
        };
        Record::from_fields(Fields {
            kind: Kind::named(self.kind.map_or("", cell))?,
            key: cell(self.key).to_owned(),
            value: cell(self.value).into(),
            step: number(self.step)?,
            timestamp: number(self.timestamp)?,
        })
    }
}

/// The params so far: each is sent once, since MLflow refuses a key that comes twice in one request.
#[derive(Default)]
struct Params(BTreeMap<String, String>);

impl Params {
    fn once(&mut self, record: Record) -> Result<Option<Record>, String> {
        let Record::Param(Param { key, value }) = record else {
            return Ok(Some(record));
        };
        match self.0.entry(key) {
            Entry::Vacant(entry) => {
                let param = Param::new(entry.key(), value.clone());
                entry.insert(value);
                Ok(Some(Record::Param(param)))
            }
            Entry::Occupied(entry) if *entry.get() == value => Ok(None),
            Entry::Occupied(entry) => Err(format!(
                "the param `{}` is `{}` already and cannot be `{value}`",
                entry.key(),
                entry.get()
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Good = Vec<(u64, Option<Record>)>;

    fn all(text: &str) -> (Good, Option<(u64, String)>) {
        let (mut good, mut bad) = (Vec::new(), None);
        let reader = Box::new(std::io::Cursor::new(text.to_owned()));
        read(reader, |line| match line {
            Ok(line) => {
                good.push((line.number, line.record));
                true
            }
            Err(line) => {
                bad = Some((line.line, line.reason));
                false
            }
        });
        (good, bad)
    }

    #[test]
    fn blank_lines_count_and_say_nothing() {
        let (good, bad) = all("\n{\"key\":\"a\",\"value\":1}\n\n{\"key\":\"a\",\"value\":2}");
        let numbers: Vec<u64> = good.iter().map(|(number, _)| *number).collect();
        assert_eq!((numbers, bad), (vec![2, 4], None));
    }

    #[test]
    fn csv_is_told_by_its_start_and_counted_in_lines() {
        let text = "key,value,type\nlr,\"a\nb\",param\nloss,NaN,\nloss,x,metric\n";
        let (good, bad) = all(text);
        assert_eq!(good[0].1, Some(Record::Param(Param::new("lr", "a\nb"))));
        assert_eq!(good[1].0, 4);
        assert_eq!(bad, Some((5, "`x` is not a number".to_owned())));
    }

    #[test]
    fn a_param_is_sent_once_and_has_one_value() {
        let line =
            |value: &str| format!("{{\"type\":\"param\",\"key\":\"a\",\"value\":\"{value}\"}}\n");
        let (good, bad) = all(&[line("1"), line("1"), line("2")].concat());
        assert_eq!(
            good.iter().filter(|(_, record)| record.is_some()).count(),
            1
        );
        assert_eq!(bad.unwrap().0, 3);
    }

    #[test]
    fn columns_are_named_right() {
        for (text, reason) in [
            ("key,val\na,1\n", "the column `val` is none of"),
            ("key\na\n", "there is no column `value`"),
        ] {
            let (_, bad) = all(text);
            let (line, said) = bad.unwrap();
            assert!(line == 1 && said.starts_with(reason), "{said}");
        }
        assert_eq!(all("").0.len(), 0);
    }
}

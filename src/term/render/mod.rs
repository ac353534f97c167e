//! Outcomes as people read them.

mod item;
mod list;
mod log_model;
mod plot;

use std::fmt::Display;
use std::io::{self, IsTerminal as _, Write};

use super::page::Page;
use super::{DIM, ERROR, HINT, STRONG, WARNING, human};
use crate::command::doctor::{self, Status};
use crate::command::settings::{FoundIn, Setting};
use crate::command::{Cell, Outcome, api, config, predict, register, runtime};

/// Writes an outcome for people. `width` is that of the terminal, where there is one.
pub(super) fn text(outcome: &Outcome, width: Option<u16>, out: &mut Page<'_>) -> io::Result<()> {
    match outcome {
        Outcome::LogModel(outcome) => log_model::write(outcome, out),
        Outcome::Register(outcome) => register(outcome, out),
        Outcome::Predict(outcome) => predict(outcome, out),
        Outcome::Runtime(outcome) => runtime(outcome, out),
        Outcome::Api(outcome) => api(outcome, out),
        Outcome::Doctor(outcome) => doctor(outcome, out),
        Outcome::Config(outcome) => config(outcome, out),
        Outcome::Verify(outcome) => item::write(&outcome.item, out),
        Outcome::Sync(outcome) => item::write(&outcome.item, out),
        Outcome::Item(item) => item::write(item, out),
        Outcome::List(list) => list::write(list, width, out),
        Outcome::Plot(drawn) => plot::write(drawn, width, out),
        Outcome::Done(done) => writeln!(out, "{}", done.sentence),
        // What there is to say was said on the way.
        Outcome::Chat(_) | Outcome::Plan(_) | Outcome::Written => Ok(()),
    }
}

/// A value as people write it; a moment in full, or only how long ago it was.
fn cell(cell: &Cell, in_full: bool) -> String {
    match cell {
        Cell::Empty => "-".to_owned(),
        Cell::Text(text) => text.clone(),
        Cell::Count(count) => count.to_string(),
        Cell::Number(number) => human::number(*number),
        Cell::Time(moment) if in_full => {
            format!("{} ({} ago)", human::time(*moment), human::age(*moment))
        }
        Cell::Time(moment) => format!("{} ago", human::age(*moment)),
        Cell::Span(milliseconds) => human::duration(human::span(*milliseconds)),
        Cell::Bytes(bytes) => human::bytes(*bytes),
    }
}

fn register(outcome: &register::Outcome, out: &mut Page<'_>) -> io::Result<()> {
    let (name, version) = (&outcome.name, &outcome.version);
    out.styled(STRONG, name)?;
    write!(out, " has version ")?;
    out.styled(STRONG, version)?;
    writeln!(out)?;
    line(out, "source", &outcome.source)?;
    for (alias, from) in &outcome.taken_from {
        line(out, "alias", &moved(alias, from.as_ref(), version))?;
    }
    match &outcome.page {
        Some(page) => line(out, "page", page),
        None => Ok(()),
    }
}

/// The answer, unless it is there already; further sequences stand under it. The answers to many rows are there
/// already.
fn predict(outcome: &predict::Outcome, out: &mut Page<'_>) -> io::Result<()> {
    let Some(reply) = outcome.reply() else {
        return Ok(());
    };
    if !reply.is_shown {
        writeln!(out, "{}", reply.output)?;
    }
    for other in reply.outputs.iter().skip(1) {
        writeln!(out, "{}", other.output)?;
    }
    Ok(())
}

/// One check per line, and what to do about those that need something.
fn doctor(outcome: &doctor::Outcome, out: &mut Page<'_>) -> io::Result<()> {
    for check in &outcome.checks {
        let (style, word) = match check.status {
            Status::Ok => (STRONG, "ok"),
            Status::Warning => (WARNING, "warning"),
            Status::Failed => (ERROR, "failed"),
            Status::Skipped => (DIM, "skipped"),
        };
        let name = check.name;
        out.styled(style, format_args!("{word:<7}"))?;
        writeln!(out, " {name:<9} {}", check.detail)?;
        for hint in &check.hints {
            write!(out, "{:<17} ", "")?;
            out.styled(HINT, "hint")?;
            writeln!(out, ": {hint}")?;
        }
    }
    Ok(())
}

/// One setting per line: its name, its value, and where that came from.
fn config(outcome: &config::Outcome, out: &mut Page<'_>) -> io::Result<()> {
    let shown = |setting: &Setting| setting.value.clone().unwrap_or_else(|| "-".to_owned());
    let items = &outcome.items;
    let names = items.iter().map(|setting| setting.name.len());
    let name_width = names.max().unwrap_or(0);
    let values = items.iter().map(|setting| shown(setting).chars().count());
    let value_width = values.max().unwrap_or(0).min(60);
    for setting in items {
        let from = match &setting.from {
            FoundIn::Flag(from) | FoundIn::File(from) => from,
            FoundIn::Variable(from) => *from,
            FoundIn::Default => "default",
        };
        let (name, value) = (setting.name, shown(setting));
        write!(out, "{name:<name_width$}  {value:<value_width$}  ")?;
        out.styled(DIM, from)?;
        writeln!(out)?;
    }
    Ok(())
}

/// The answer as it came; on a terminal, JSON with a line for each field, and a line end.
fn api(outcome: &api::Outcome, out: &mut Page<'_>) -> io::Result<()> {
    if !io::stdout().is_terminal() {
        return out.write_all(&outcome.body);
    }
    match outcome.json() {
        Some(json) => serde_json::to_writer_pretty(&mut *out, &json)?,
        None => out.write_all(outcome.body.trim_ascii_end())?,
    }
    if outcome.body.is_empty() {
        Ok(())
    } else {
        writeln!(out)
    }
}

fn runtime(outcome: &runtime::Outcome, out: &mut Page<'_>) -> io::Result<()> {
    match &outcome.library {
        Some(library) if outcome.path_only => {
            return writeln!(out, "{}", library.path.display());
        }
        Some(library) => writeln!(out, "{library}: {}", library.origin)?,
        None => writeln!(
            out,
            "no ONNX Runtime library is found: models run in pure Rust; \
             `phi3ml runtime install` brings the faster engine"
        )?,
    }
    for skipped in &outcome.skipped {
        let place = skipped.path.display();
        line(out, "skipped", &format!("{place}: {}", skipped.reason))?;
    }
    Ok(())
}

/// One fact below a headline.
fn line(out: &mut Page<'_>, label: &str, value: &str) -> io::Result<()> {
    writeln!(out, "  {label:<9} {value}")
}

/// Where an alias points now, and where it came from.
fn moved<V: Display + PartialEq>(alias: &str, from: Option<&V>, to: &V) -> String {
    match from {
        None => format!("{alias}, new"),
        Some(from) if from == to => format!("{alias}, as before"),
        Some(from) => format!("{alias}, from {from} to {to}"),
    }
}

//! What `log-model` did, as people read it.

use std::io::{self, Write};
use std::time::Duration;

use super::{Page, line, moved};
use crate::command::log_model::{Outcome, Smoke};
use crate::term::{STRONG, human};

pub(super) fn write(outcome: &Outcome, out: &mut Page<'_>) -> io::Result<()> {
    out.styled(STRONG, &outcome.model_uri)?;
    writeln!(out, " is logged")?;
    line(out, "sent", &sent(outcome))?;
    line(out, "sha256", &outcome.sha256)?;
    if let Some(registered) = &outcome.registered {
        let version = format!("{} of {}", registered.version, registered.name);
        line(out, "version", &version)?;
    }
    if let Some(smoke) = &outcome.smoke {
        line(out, "smoke", &told(smoke))?;
    }
    if let Some(registered) = &outcome.registered {
        for (alias, from) in registered.aliases.iter().zip(&registered.taken_from) {
            line(
                out,
                "alias",
                &moved(alias, from.as_ref(), &registered.version),
            )?;
        }
    }
    for (label, url) in [("run", &outcome.run_url), ("model", &outcome.model_url)] {
        if let Some(url) = url {
            line(out, label, url)?;
        }
    }
    Ok(())
}

fn sent(outcome: &Outcome) -> String {
    let reused = match outcome.reused_bytes {
        0 => String::new(),
        bytes => format!(" ({} were there already)", human::bytes(bytes)),
    };
    format!(
        "{}, {}{reused}; {} in all",
        human::count(outcome.files, "file"),
        human::bytes(outcome.bytes),
        human::duration(Duration::from_secs_f64(outcome.seconds)),
    )
}

fn told(smoke: &Smoke) -> String {
    let verdict = if smoke.passed { "passed" } else { "failed" };
    match &smoke.output {
        Some(output) => format!("{verdict}: {output}"),
        None => format!("{verdict}: no answer"),
    }
}

//! What is typed, line by line, and what is meant by it. Nothing is done about it here.

use std::io::{self, BufRead as _};

use anyhow::{Context as _, Result};
use tokio::sync::mpsc;

/// The lines of standard input, read on a thread of its own: a read cannot be called off.
pub(super) struct Typed {
    lines: mpsc::Receiver<io::Result<String>>,
}

/// What is meant by a line.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Wish {
    Say(String),
    Reset,
    /// None takes it away.
    System(Option<String>),
    Stats,
    Help,
    Quit,
    /// An empty line.
    Nothing,
    /// A command that is none.
    Unknown(String),
}

impl Typed {
    pub(super) fn start() -> Result<Self> {
        let (send, lines) = mpsc::channel(1);
        std::thread::Builder::new()
            .spawn(move || {
                let mut input = io::stdin().lock();
                loop {
                    let mut line = Vec::new();
                    let line = match input.read_until(b'\n', &mut line) {
                        Ok(0) => return,
                        Ok(_) => Ok(String::from_utf8_lossy(&line).into_owned()),
                        Err(error) => Err(error),
                    };
                    if line.is_err() | send.blocking_send(line).is_err() {
                        return;
                    }
                }
            })
            .context("cannot start a thread")?;
        Ok(Self { lines })
    }

    /// The next one; none at the end.
    pub(super) async fn next(&mut self) -> Result<Option<Wish>> {
        match self.lines.recv().await {
            None => Ok(None),
            Some(line) => Ok(Some(Wish::of(&line.context("cannot read standard input")?))),
        }
    }
}

impl Wish {
    fn of(line: &str) -> Self {
        let line = line.trim();
        let Some(command) = line.strip_prefix('/') else {
            return if line.is_empty() {
                Self::Nothing
            } else {
                Self::Say(line.to_owned())
            };
        };
        if command.starts_with('/') {
            return Self::Say(command.to_owned());
        }
        let (name, rest) = command
            .split_once(char::is_whitespace)
            .unwrap_or((command, ""));
        let rest = rest.trim();
        match name {
            "system" => Self::System((!rest.is_empty()).then(|| rest.to_owned())),
            "reset" if rest.is_empty() => Self::Reset,
            "stats" if rest.is_empty() => Self::Stats,
            "help" if rest.is_empty() => Self::Help,
            "quit" | "exit" if rest.is_empty() => Self::Quit,
            _ => Self::Unknown(line.to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_turn_unless_it_is_a_command() {
        let say = |text: &str| Wish::Say(text.to_owned());
        for (line, wish) in [
            ("  hello / there \n", say("hello / there")),
            ("//etc is a folder", say("/etc is a folder")),
            ("\r\n", Wish::Nothing),
            ("/reset", Wish::Reset),
            (
                "/system  Be short. ",
                Wish::System(Some("Be short.".to_owned())),
            ),
            ("/system", Wish::System(None)),
            ("/quit", Wish::Quit),
            ("/reset now", Wish::Unknown("/reset now".to_owned())),
            ("/etc", Wish::Unknown("/etc".to_owned())),
        ] {
            assert_eq!(Wish::of(line), wish, "{line:?}");
        }
    }
}

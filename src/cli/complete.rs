//! Completion by the program itself: `COMPLETE=SHELL phi3ml` prints a script, which calls back with the words so far.
//!
//! Names that only the server knows come through `command::suggest`, soon or not at all. A shell that completes a
//! word sees neither an error nor a question.

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use clap::{Arg, ArgMatches, CommandFactory as _, FromArgMatches as _};
use clap_complete::CompleteEnv;
use clap_complete::engine::{
    ArgValueCompleter, CompletionCandidate, PathCompleter, ValueCompleter as _,
};
use clap_complete::env::{Bash, Elvish, EnvCompleter, Fish, Powershell, Shells, Zsh};
use tokio_util::sync::CancellationToken;

use super::args::{Cli, Global};
use super::{env, settings};
use crate::command::settings::{Policy, Settings};
use crate::command::suggest::{self, Sort, Suggestion};
use crate::command::{Context, Nobody};
use crate::term::print;

/// Whoever presses a key waits no longer than this for a server.
const PATIENCE: Duration = Duration::from_millis(600);

/// Answers the shell, if it is a shell that asks, and tells the exit code.
pub(super) fn answer() -> Option<u8> {
    env::text(env::COMPLETE)?;
    let words = env::words();
    let line: Vec<OsString> = words
        .iter()
        .skip_while(|word| *word != "--")
        .skip(1)
        .cloned()
        .collect();
    let is_asked_for_script = line.is_empty();
    let names = Names(Arc::from(line));
    let shells: [&dyn EnvCompleter; 5] = [&BashWithUris, &Elvish, &Fish, &Powershell, &Zsh];
    let answered = CompleteEnv::with_factory(|| with_names(Cli::command(), &names))
        .var(env::COMPLETE)
        .shells(Shells(&shells))
        .try_complete(words, std::env::current_dir().ok().as_deref());
    match answered {
        Ok(false) => None,
        Err(error) if is_asked_for_script => {
            // With stderr closed there is nobody left to tell.
            _ = error.print();
            Some(2)
        }
        Ok(true) | Err(_) => {
            // What is left without a line's end would be lost, and a shell that has gone misses nothing.
            _ = print(|_| Ok(()));
            Some(0)
        }
    }
}

/// Bash takes a colon and an `@` for the beginning of a new word, and model URIs have both.
struct BashWithUris;

impl EnvCompleter for BashWithUris {
    fn name(&self) -> &'static str {
        Bash.name()
    }

    fn is(&self, name: &str) -> bool {
        Bash.is(name)
    }

    fn write_registration(
        &self,
        var: &str,
        name: &str,
        bin: &str,
        completer: &str,
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        writeln!(out, "COMP_WORDBREAKS=${{COMP_WORDBREAKS//[:@]/}}")?;
        Bash.write_registration(var, name, bin, completer, out)
    }

    fn write_complete(
        &self,
        command: &mut clap::Command,
        words: Vec<OsString>,
        current_dir: Option<&Path>,
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        Bash.write_complete(command, words, current_dir, out)
    }
}

/// The definition of the command line, with names from the server where such are written.
fn with_names(program: clap::Command, names: &Names) -> clap::Command {
    fn visit(command: clap::Command, parent: &str, names: &Names) -> clap::Command {
        let own = command.get_name().to_owned();
        let noun = if parent.is_empty() { &own } else { parent }.to_owned();
        command
            .mut_args(|arg| match sort(&noun, &arg) {
                Some(sort) => {
                    let names = names.clone();
                    arg.add(ArgValueCompleter::new(move |typed: &OsStr| {
                        names.candidates(sort, typed)
                    }))
                }
                None => arg,
            })
            .mut_subcommands(|command| visit(command, &noun, names))
    }
    program.mut_subcommands(|command| visit(command, "", names))
}

/// What an argument is the name of. `noun` is the first word after the program's.
fn sort(noun: &str, arg: &Arg) -> Option<Sort> {
    let value = arg.get_value_names().and_then(|names| names.first());
    match (noun, arg.get_long(), value.map_or("", |name| name.as_str())) {
        (_, Some("experiment-name"), _) | (_, None, "EXPERIMENT") => Some(Sort::ExperimentName),
        (_, Some("experiment-id"), _) => Some(Sort::ExperimentId),
        (_, _, "MODEL_URI") => Some(Sort::ModelUri),
        ("models" | "register", None, "NAME") if arg.get_id() != "new_name" => {
            Some(Sort::RegisteredModel)
        }
        (_, Some("register"), _) => Some(Sort::RegisteredModel),
        ("models", _, "VERSION") => Some(Sort::Version),
        (_, Some("alias"), _) | ("models", None, "ALIAS") => Some(Sort::Alias),
        _ => None,
    }
}

/// Names that are there, for the words of one command line.
#[derive(Clone)]
struct Names(Arc<[OsString]>);

impl Names {
    fn candidates(&self, sort: Sort, typed: &OsStr) -> Vec<CompletionCandidate> {
        let word = typed.to_str().unwrap_or_default();
        let found = self.ask(sort, word).unwrap_or_default();
        let mut candidates: Vec<_> = found.into_iter().map(candidate).collect();
        if sort == Sort::ModelUri && !word.contains(':') {
            candidates.extend(PathCompleter::any().complete(typed));
        }
        candidates
    }

    /// Whatever is missing for an answer, there is none.
    fn ask(&self, sort: Sort, typed: &str) -> Option<Vec<Suggestion>> {
        let command = Cli::command().ignore_errors(true);
        let matches = command.try_get_matches_from(self.0.iter()).ok()?;
        let global = Global::from_arg_matches(&matches).ok()?;
        let settings = impatient(settings::resolve(&global, &matches).ok()?);
        let context = Context::new(settings, Arc::new(Nobody), CancellationToken::new());
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .ok()?;
        let model = registered_model(&matches);
        let found = runtime.block_on(async {
            let asking = suggest::suggest(sort, typed, model.as_deref(), &context);
            tokio::time::timeout(PATIENCE, asking).await
        });
        // A name that is still being looked up is not waited for.
        runtime.shutdown_background();
        found.ok()
    }
}

fn candidate(suggestion: Suggestion) -> CompletionCandidate {
    let about = (!suggestion.about.is_empty()).then(|| suggestion.about.into());
    CompletionCandidate::new(suggestion.word).help(about)
}

/// Once is all there is time for.
fn impatient(mut settings: Settings) -> Settings {
    settings.connection.retry = Policy::never();
    settings.connection.idle_timeout = PATIENCE;
    settings
}

/// The registered model that the command line names.
fn registered_model(matches: &ArgMatches) -> Option<String> {
    let mut verb = matches;
    while let Some((_, below)) = verb.subcommand() {
        verb = below;
    }
    let named = |id| verb.try_get_one::<String>(id).ok().flatten().cloned();
    named("register").or_else(|| named("name"))
}

//! The ear: the command line and the environment become settings, and a command is called.

mod args;
mod ci;
mod complete;
mod env;
mod generate;
mod settings;

use std::io;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use clap::{ArgMatches, CommandFactory as _, FromArgMatches as _};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::command::chat::Interrupts;
use crate::command::settings::Settings;
use crate::command::{
    Context, Failure, Outcome, api, artifacts, bench, cache, chat, config, doctor, experiments,
    inspect, leave, log_artifacts, log_batch, log_inputs, log_metrics, log_model, log_params,
    metrics, models, package, predict, register, runs, runtime, set_tags, sync, verify,
};
use crate::error::Kind;
use crate::term::{Mode, Terminal, Verbosity, print};
use args::{Cli, Color, Command, Global, Progress, Verb};

/// Runs the program and tells its exit code.
pub fn main() -> u8 {
    if let Some(code) = complete::answer() {
        return code;
    }
    let matches = Cli::command().get_matches();
    let cli = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    choose_colors(cli.global.color);
    let terminal = Arc::new(terminal(&cli.global));
    match run(cli, &matches, &terminal) {
        Ok(()) => 0,
        Err(error) => {
            let failure = Failure::from(&error);
            terminal.fail(&failure);
            exit_code(failure.kind)
        }
    }
}

fn run(cli: Cli, matches: &ArgMatches, terminal: &Arc<Terminal>) -> Result<()> {
    let Cli { global, command } = cli;
    match command {
        Command::Completions { shell } => Ok(print(|out| generate::completions(shell, out))?),
        Command::Man => Ok(print(|out| generate::manual(out))?),
        Command::Reference => Ok(print(|out| generate::reference(out))?),
        Command::Verb(verb) => act(settings::resolve(&global, matches)?, terminal, *verb),
    }
}

/// Calls a command that may wait for the network, and shows what it did.
fn act(settings: Settings, terminal: &Arc<Terminal>, verb: Verb) -> Result<()> {
    let stop = CancellationToken::new();
    let context = Context::new(settings, Arc::clone(terminal) as Arc<_>, stop.clone());
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .context("cannot start")?;
    let (count, interrupts) = watch::channel(0);
    if matches!(verb, Verb::Chat(_)) {
        runtime.spawn(count_interrupts(count, stop));
    } else {
        runtime.spawn(stop_on_signal(stop));
    }
    let result = runtime.block_on(call(verb, Interrupts::new(interrupts), &context));
    // A model that is still being loaded is not waited for.
    runtime.shutdown_background();
    let outcome = context.conclude(result)?;
    terminal.show(&outcome).context("cannot write the result")?;
    outcome.into_verdict().map_or(Ok(()), Err)
}

async fn call(verb: Verb, interrupts: Interrupts, context: &Context) -> Result<Outcome> {
    match verb {
        Verb::LogModel(args) => Box::pin(log_model::run(*args, context)).await,
        Verb::Package(args) => package::run(*args, context).await,
        Verb::Inspect(args) => inspect::run(args, context).await,
        Verb::Register(args) => register::run(args, context).await,
        Verb::Models(args) => models::run(args, context).await,
        Verb::Experiments(args) => experiments::run(args, context).await,
        Verb::Runs(args) => runs::run(args, context).await,
        Verb::LogParams(args) => log_params::run(args, context).await,
        Verb::LogMetrics(args) => log_metrics::run(args, context).await,
        Verb::SetTags(args) => set_tags::run(args, context).await,
        Verb::LogBatch(args) => log_batch::run(args, context).await,
        Verb::LogArtifacts(args) => log_artifacts::run(args, context).await,
        Verb::Artifacts(args) => artifacts::run(args, context).await,
        Verb::LogInputs(args) => log_inputs::run(args, context).await,
        Verb::Metrics(args) => metrics::run(args, context).await,
        Verb::Sync(args) => Box::pin(sync::run(args, context)).await,
        Verb::Verify(args) => verify::run(args, context).await,
        Verb::Predict(args) => predict::run(*args, context).await,
        Verb::Chat(args) => chat::run(*args, interrupts, context).await,
        Verb::Bench(args) => bench::run(args, context).await,
        Verb::Cache(args) => cache::run(args, context).await,
        Verb::Runtime(args) => runtime::run(args, context).await,
        Verb::Doctor(args) => doctor::run(args, context).await,
        Verb::Config(args) => config::run(args, context).await,
        Verb::Api(args) => api::run(args, context).await,
    }
}

/// The first Ctrl-C asks the command to stop and to leave things tidy, the second one does not ask.
async fn stop_on_signal(stop: CancellationToken) {
    if wait_for_signal().await.is_ok() {
        stop.cancel();
        if wait_for_signal().await.is_ok() {
            leave(INTERRUPTED);
        }
    }
}

/// A conversation is not over when an answer of it is stopped: it is told of each Ctrl-C, and stops on other signals.
async fn count_interrupts(count: watch::Sender<u64>, stop: CancellationToken) {
    let counting = async {
        while tokio::signal::ctrl_c().await.is_ok() {
            count.send_modify(|count| *count += 1);
        }
    };
    tokio::select! {
        () = counting => {}
        () = wait_for_end() => stop.cancel(),
    }
}

/// Waits to be asked to end, not by the user at the terminal.
#[cfg(unix)]
async fn wait_for_end() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => _ = terminate.recv().await,
        Err(_) => std::future::pending().await,
    }
}

#[cfg(not(unix))]
async fn wait_for_end() {
    std::future::pending().await
}

#[cfg(unix)]
async fn wait_for_signal() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        result = tokio::signal::ctrl_c() => result,
        _ = terminate.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn wait_for_signal() -> io::Result<()> {
    tokio::signal::ctrl_c().await
}

fn terminal(global: &Global) -> Terminal {
    let format = global.output.into();
    let mode = match global.progress {
        Progress::Auto => Mode::auto(env::text(env::TERM).as_deref() == Some("dumb")),
        Progress::Bar => Mode::Bars,
        Progress::Plain => Mode::Lines,
        Progress::Json => Mode::Json,
        Progress::None => Mode::Hidden,
    };
    let verbosity = match (global.quiet, global.verbose) {
        (true, _) => Verbosity::Quiet,
        (false, 0) => Verbosity::Normal,
        (false, 1) => Verbosity::Verbose,
        (false, _) => Verbosity::Debug,
    };
    Terminal::new(format, mode, verbosity, env::text(env::LOG).as_deref())
}

fn choose_colors(color: Color) {
    match color {
        // `NO_COLOR`, `CLICOLOR_FORCE` and `TERM=dumb` are honoured there.
        Color::Auto => {}
        Color::Always => anstream::ColorChoice::Always.write_global(),
        Color::Never => anstream::ColorChoice::Never.write_global(),
    }
}

const INTERRUPTED: u8 = 130;

/// The meaning of each code stands in the README.
fn exit_code(kind: Kind) -> u8 {
    match kind {
        Kind::Usage => 2,
        Kind::Unexpected => 3,
        Kind::Interrupted => INTERRUPTED,
        _ => 1,
    }
}

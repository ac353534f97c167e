//! The command line: global flags and the list of commands, in the order of `--help`.

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::command::settings::Format;
use crate::command::{
    api, artifacts, bench, cache, chat, config, doctor, experiments, inspect, log_artifacts,
    log_batch, log_inputs, log_metrics, log_model, log_params, metrics, models, package, predict,
    register, runs, runtime, set_tags, sync, verify,
};

/// Package, log, register and try out Phi-3 models with MLflow, without Python
#[derive(Debug, Parser)]
#[command(
    name = "phi3ml",
    version,
    propagate_version = true,
    max_term_width = 100
)]
#[command(
    after_help = "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 the model answered but not as expected, 130 interrupted"
)]
pub(super) struct Cli {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) command: Command,
}

const LIVE: &str = "These know commands and flags. To complete experiments, models, versions and aliases from the \
    server, too, put one of these into the start-up file of your shell instead:\n  \
    source <(COMPLETE=bash phi3ml)\n  source <(COMPLETE=zsh phi3ml)\n  COMPLETE=fish phi3ml | source";

/// Flags of every command.
#[derive(Debug, Args)]
#[command(next_help_heading = "Everywhere")]
pub(super) struct Global {
    /// Where runs are tracked.
    #[arg(
        long,
        help = "Tracking server or database: http(s)://HOST[:PORT][/PREFIX] or sqlite:///FILE [default: sqlite:///mlflow.db]",
        env = "MLFLOW_TRACKING_URI",
        global = true,
        value_name = "URI",
        hide_env_values = true
    )]
    pub(super) tracking_uri: Option<String>,
    /// Model registry [default: the tracking server]
    #[arg(
        long,
        env = "MLFLOW_REGISTRY_URI",
        global = true,
        value_name = "URI",
        hide_env_values = true
    )]
    pub(super) registry_uri: Option<String>,
    /// Workspace on the server, where it has workspaces
    #[arg(
        long,
        env = "MLFLOW_WORKSPACE",
        global = true,
        value_name = "NAME",
        hide_env_values = true
    )]
    pub(super) workspace: Option<String>,
    /// How results are written on stdout
    #[arg(
        short,
        long,
        env = "PHI3ML_OUTPUT",
        hide_env_values = true,
        global = true,
        value_enum,
        default_value_t
    )]
    pub(super) output: Output,
    /// How progress is shown on stderr
    #[arg(
        long,
        env = "PHI3ML_PROGRESS",
        hide_env_values = true,
        global = true,
        value_enum,
        default_value_t,
        value_name = "HOW"
    )]
    pub(super) progress: Progress,
    /// When to use colours
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub(super) color: Color,
    /// Say nothing on stderr but errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// Say more; twice: every request
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub(super) verbose: u8,
    /// Read, but write nothing anywhere: say what would be done
    #[arg(long, global = true)]
    pub(super) dry_run: bool,
    /// Show each request as a curl command on stderr, with secrets masked
    #[arg(long, global = true)]
    pub(super) print_curl: bool,
    /// Ask no package registry for anything; the tracking server and the cache stay in use
    #[arg(long, env = "PHI3ML_OFFLINE", hide_env_values = true, global = true, value_parser = clap::builder::FalseyValueParser::new())]
    pub(super) offline: bool,
}

/// How results are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Output {
    /// For people; may change
    #[default]
    Text,
    /// One JSON object; a stable contract
    Json,
    /// One JSON object per line
    Jsonl,
}

impl From<Output> for Format {
    fn from(output: Output) -> Self {
        match output {
            Output::Text => Self::Text,
            Output::Json => Self::Json,
            Output::Jsonl => Self::JsonLines,
        }
    }
}

/// How progress is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Progress {
    /// Bars on a terminal, lines elsewhere
    #[default]
    Auto,
    /// Bars
    Bar,
    /// A line every ten seconds
    Plain,
    /// One JSON object per event
    Json,
    /// Nothing
    None,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless `NO_COLOR` says otherwise
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    #[command(flatten)]
    Verb(Box<Verb>),
    /// Print the completions for a shell
    #[command(after_help = LIVE)]
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: Shell,
    },
    /// Print the manual page
    Man,
    /// Print the reference of all commands, as the README holds it
    #[command(hide = true)]
    Reference,
}

/// What needs the surroundings of a command.
#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// Package a model folder, upload it to a run, and register it where asked
    LogModel(Box<log_model::Args>),
    /// Package a model as an MLflow model folder or a .zip, without a server
    Package(Box<package::Args>),
    /// Show what is in a model: flavors, signature, examples, requirements, files
    Inspect(inspect::Args),
    /// Make a version of a registered model from a logged model
    Register(register::Args),
    /// Look after registered models: versions, aliases, tags, stages
    Models(models::Args),
    /// Create, find and tidy up experiments
    Experiments(experiments::Args),
    /// Create, find, compare, finish and export runs
    Runs(runs::Args),
    /// Log params to a run
    LogParams(log_params::Args),
    /// Log metrics to a run
    LogMetrics(log_metrics::Args),
    /// Set tags of a run, or take them off
    SetTags(set_tags::Args),
    /// Log many params, metrics and tags from a file
    LogBatch(log_batch::Args),
    /// Upload files and the contents of folders to a run
    LogArtifacts(log_artifacts::Args),
    /// Look at, fetch or delete the artifacts of a run or a model
    Artifacts(artifacts::Args),
    /// Note on a run which dataset went into it
    LogInputs(log_inputs::Args),
    /// Look at what was measured
    Metrics(metrics::Args),
    /// Copy experiments, runs and models to another server or database, each once
    Sync(sync::Args),
    /// Compare every byte of a model with its recorded SHA-256 digests
    Verify(verify::Args),
    /// Ask a model something, as a smoke test, or answer a file of prompts
    Predict(Box<predict::Args>),
    /// Talk with a model, line by line
    Chat(Box<chat::Args>),
    /// Measure how fast a model loads and answers, and how much memory it takes
    Bench(bench::Args),
    /// Look at the models that were fetched, and make room
    Cache(cache::Args),
    /// Find or fetch the ONNX Runtime library
    Runtime(runtime::Args),
    /// Find out what works and what is missing: server, access, artifacts, ONNX Runtime
    Doctor(doctor::Args),
    /// Show what phi3ml works with
    Config(config::Args),
    /// Send any request to the tracking server, with credentials
    Api(api::Args),
}

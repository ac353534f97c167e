//! A model that is open and answers: what the commands that ask one have in common.
//!
//! ```text
//! folder ─► MLmodel: its model_config, its GenAI folder ─► engine ─► Opened ─► answers
//! ```
//!
//! What is asked, and what becomes of the answers, is the business of each command.

mod arguments;
mod memory;

use std::ops::ControlFlow;

use anyhow::{Context as _, Result};

use super::{Context, model};
use crate::infer::{
    self, Answer, EngineChoice, EngineInfo, Exported, Generator, OpenOptions, Origin, Progress,
    Prompt, Request, Search, Timings, Usage, UsedOptions,
};
use crate::package;

pub(super) use arguments::{EngineArgs, EngineKindArgs, SearchArgs};
pub(super) use memory::{forget_peak, peak};

/// A model that is not open yet.
pub(super) struct Model {
    exported: Exported,
    /// What its `MLmodel` says on how to search.
    model_config: Search,
}

/// A model in an engine's hands.
#[derive(Debug)]
pub(super) struct Opened {
    generator: Generator,
    model_config: Search,
}

impl Model {
    /// The model in a folder.
    pub(super) fn of(local: &model::Local) -> Result<Self> {
        let unfit = || format!("cannot use the model in `{}`", local.folder.display());
        let package = package::open(&local.folder).with_context(unfit)?;
        let folder = package.genai_folder().with_context(unfit)?;
        let model_config = match package.model_config() {
            Some(fields) => Search::from_fields(fields, Origin::ModelConfig).with_context(unfit)?,
            None => Search::default(),
        };
        Ok(Self {
            exported: Exported::read(&folder)?,
            model_config,
        })
    }

    /// Refuses what no prompt at all could be answered with.
    pub(super) fn check(&self, search: &Search) -> Result<()> {
        let search = search.clone().over(self.model_config.clone());
        Ok(self.exported.check(&search)?)
    }

    /// Opens it, on a thread of its own.
    pub(super) async fn open(self, options: OpenOptions, context: &Context) -> Result<Opened> {
        let Self {
            exported,
            model_config,
        } = self;
        let options = options.with_room_for(&model_config);
        context.step("loading the model");
        let choice = options.engine;
        let work = context.compute(move || Generator::open(exported, &options));
        // A model cannot be asked to stop loading; it is left behind.
        let generator = context.unless_stopped_soon(work).await??;
        advise(generator.engine(), choice, context);
        Ok(Opened {
            generator,
            model_config,
        })
    }
}

impl Opened {
    /// The engine that it became.
    pub(super) fn engine(&self) -> &EngineInfo {
        self.generator.engine()
    }

    /// Lets each prompt go on from what it has in common with the one before.
    pub(super) fn go_on_from_the_last(&mut self) {
        self.generator.go_on_from_the_last();
    }

    /// Whether it knows what a conversation is.
    pub(super) fn takes_messages(&self) -> bool {
        self.generator.takes_messages()
    }

    /// Runs so many tokens without meaning, and then exactly so many new ones, whatever the model says on how to search.
    pub(super) fn measure(
        &mut self,
        prompt_tokens: usize,
        new_tokens: usize,
        on_text: &mut dyn FnMut(&str) -> ControlFlow<()>,
    ) -> Result<Answer, infer::Error> {
        let length = prompt_tokens.saturating_add(new_tokens);
        let search = Search {
            greedy: true,
            max_length: Some(length),
            // No end before that.
            min_length: Some(length),
            num_beams: Some(1),
            num_return_sequences: Some(1),
            ..Search::default()
        };
        let prompt = Prompt::Tokens(prompt_tokens);
        self.generator.generate(&prompt, &search, on_text)
    }

    /// Answers one prompt; what `search` leaves out comes from the model.
    pub(super) fn generate(
        &mut self,
        prompt: &Prompt,
        search: &Search,
        on_text: &mut dyn FnMut(&str) -> ControlFlow<()>,
    ) -> Result<Answer, infer::Error> {
        let search = search.clone().over(self.model_config.clone());
        self.generator.generate(prompt, &search, on_text)
    }

    /// Answers many prompts, together where that is faster; what their searches leave out comes from the model.
    /// The listener hears what [`Generator::generate_many`] tells.
    pub(super) fn generate_many(
        &mut self,
        mut requests: Vec<Request>,
        listener: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) {
        for request in &mut requests {
            let search = std::mem::take(&mut request.search);
            request.search = search.over(self.model_config.clone());
        }
        self.generator.generate_many(&requests, &mut |progress| {
            if let Progress::Answer { answer, .. } = &progress
                && let Ok(answer) = &**answer
            {
                tell_options(&answer.search);
            }
            listener(progress)
        });
    }
}

/// Says on `-v` which search options were used.
pub(super) fn tell_options(used: &UsedOptions) {
    for (option, value, from) in used.iter() {
        tracing::info!("{option} is {value} ({})", from.as_str());
    }
}

/// Says once that there is a faster engine, and on `-v` which one it was.
fn advise(engine: &EngineInfo, choice: EngineChoice, context: &Context) {
    let library = engine.library.as_ref();
    let library = library.map_or_else(String::new, |library| format!(", {library}"));
    tracing::info!(
        "engine {} on {} threads{library}: {}",
        engine.name,
        engine.threads,
        engine.reason
    );
    if let Some(prepacking) = &engine.prepacking {
        let (mode, reason) = (prepacking.mode, &prepacking.reason);
        tracing::info!("weights were rearranged in {mode} mode: {reason}");
    }
    for skipped in &engine.skipped {
        tracing::info!("skipped {}: {}", skipped.path.display(), skipped.reason);
    }
    if choice != EngineChoice::Auto || engine.name == infer::EngineName::Ort {
        return;
    }
    let told = context.settings.folders.state.join("told-of-faster-engine");
    if told.exists() {
        return;
    }
    context.note(&format!(
        "the model runs in pure Rust ({}); `phi3ml runtime install` brings the faster engine",
        engine.reason
    ));
    if context.is_dry_run() {
        return;
    }
    // It is said again where this cannot be remembered.
    _ = fs_err::create_dir_all(&context.settings.folders.state)
        .and_then(|()| fs_err::write(told, ""));
}

/// What an answer took, in one sentence: who gave it, how fast, and how much memory the process had at most.
pub(super) fn statistics(engine: &EngineInfo, timings: &Timings, usage: Usage) -> String {
    let pace =
        |pace: Option<f64>| pace.map_or_else(String::new, |it| format!(" ({it:.1} tokens/s)"));
    let memory = peak().map_or_else(String::new, |bytes| {
        format!(", peak memory {} MB", bytes / 1_000_000)
    });
    format!(
        "{}: loaded in {:.0} ms, {} prompt tokens{}, first of {} new tokens after {:.0} ms{}{memory}",
        who(engine),
        timings.load_ms,
        usage.prompt_tokens,
        pace(timings.prompt_tokens_per_second),
        usage.completion_tokens,
        timings.first_token_ms,
        pace(timings.tokens_per_second),
    )
}

/// The engine, its library and its threads.
pub(super) fn who(engine: &EngineInfo) -> String {
    let version = engine.library.as_ref().and_then(|library| library.version);
    let version = version.map_or_else(String::new, |version| format!(" {version}"));
    let threads = match engine.threads {
        1 => "1 thread".to_owned(),
        threads => format!("{threads} threads"),
    };
    format!("{}{version} on {threads}", engine.name)
}

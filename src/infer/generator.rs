//! Opens a model folder and answers prompts: the place where all parts of this room meet.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::answer::{Alternative, Answer, FinishReason, Progress, Usage};
use super::batch::{self, Batch, Job, Reader};
use super::beam::{self, Hypothesis};
use super::chat::{Message, Prompt, Template};
use super::config::{GenaiConfig, MAX_THREADS};
use super::confine;
use super::engine::{self, Engine, EngineChoice, EngineInfo};
use super::error::Error;
use super::feed::{self, SHORT_CONTEXT};
use super::graph::Graph;
use super::memory::{self, Need};
use super::row::{Clock, End, Row, Words};
use super::runtime::Places;
use super::search::{Beams, Choice, Origin, Search, Settings};
use super::tokenizer::Tokenizer;

/// How to open a model.
#[derive(Debug, Clone, Default)]
pub struct OpenOptions {
    /// Which engine.
    pub engine: EngineChoice,
    /// How many threads; the model's own number or all physical cores where left out.
    pub threads: Option<usize>,
    /// For how many tokens there has to be memory; left out, for one.
    pub length: Option<usize>,
    /// For how many sequences of that length; left out, for one.
    pub sequences: Option<usize>,
    /// Where to look for the ONNX Runtime library.
    pub places: Places,
}

impl OpenOptions {
    /// With memory for what `search` asks for, where nobody asked before.
    #[must_use]
    pub fn with_room_for(self, search: &Search) -> Self {
        Self {
            length: self.length.or(search.asked_length()),
            sequences: self.sequences.or(search.asked_sequences()),
            ..self
        }
    }
}

/// One of many prompts, and how it is to be answered.
#[derive(Debug, Clone)]
pub struct Request {
    /// What is asked.
    pub prompt: Prompt,
    /// How tokens are chosen.
    pub search: Search,
}

/// A folder with a model that was exported for ONNX Runtime GenAI; only its configuration was read.
#[derive(Debug)]
pub struct Exported {
    folder: PathBuf,
    config: GenaiConfig,
}

impl Exported {
    /// The model in `folder`.
    pub fn read(folder: &Path) -> Result<Self, Error> {
        Ok(Self {
            folder: folder.to_path_buf(),
            config: GenaiConfig::read(folder)?,
        })
    }

    /// Refuses options that it could answer no prompt with.
    pub fn check(&self, search: &Search) -> Result<(), Error> {
        search.settle(&self.config, 0).map(|_| ())
    }
}

/// A model that is ready to answer.
#[derive(Debug)]
pub struct Generator {
    config: GenaiConfig,
    tokenizer: Tokenizer,
    template: Option<Template>,
    engine: Box<dyn Engine>,
    info: EngineInfo,
    need: Need,
    /// For how many tokens the engine has memory already.
    held: usize,
    load: Duration,
    continues: bool,
    /// The tokens whose keys and values the engine has, where that is worth knowing.
    seen: Vec<u32>,
}

impl Generator {
    /// Opens a model.
    pub fn open(model: Exported, options: &OpenOptions) -> Result<Self, Error> {
        let start = Instant::now();
        let Exported { folder, mut config } = model;
        let mut graph = Graph::read(&folder, &config)?;
        if let Some(positions) = graph.positions {
            config.limit_context(positions);
        }
        let threads = threads(options, &config)?;
        let length = options.length.unwrap_or(1).min(config.model.context_length);
        let length = length.saturating_mul(options.sequences.unwrap_or(1).max(1));
        let free = memory::free();
        let mut need = match options.engine {
            EngineChoice::Rten => Need::mapped(&graph),
            EngineChoice::Auto | EngineChoice::Ort => Need::copied(&graph),
        };
        let mut no_room = None;
        if let Err(error) = need.check(length, free) {
            need = Need::mapped(&graph);
            if options.engine != EngineChoice::Auto || need.check(length, free).is_err() {
                return Err(error);
            }
            no_room = Some(error);
        }
        let prepacking = need.prepacking(length, free);
        let end_tokens = config.end_tokens().to_vec();
        let (vocab_size, floats) = (config.model.vocab_size, std::mem::take(&mut graph.floats));
        let checked = graph.path.clone();
        let text = aside(move || {
            let tokenizer = Tokenizer::read(&folder, vocab_size)?;
            tokenizer.check_end_tokens(&end_tokens)?;
            let template = Template::read(&folder)?;
            floats.check(&checked)?;
            Ok((tokenizer, template))
        })?;
        let (choice, places) = (options.engine, options.places.clone());
        let engine = aside(move || match no_room {
            Some(error) => engine::open_mapped(&graph, threads, error),
            None => engine::open(&graph, choice, threads, prepacking, &places),
        })?;
        // What is wrong with the model is known before the engine has loaded it; that is left behind then.
        let (tokenizer, template) = outcome(text)?;
        let (engine, info) = outcome(engine)?;
        Ok(Self {
            config,
            tokenizer,
            template,
            engine,
            info,
            need: need.loaded(),
            held: 0,
            load: start.elapsed(),
            continues: false,
            seen: Vec::new(),
        })
    }

    /// Lets each prompt go on from what it has in common with the one before, as in a conversation. In arithmetic
    /// of limited precision that may decide between tokens that are all but equally likely.
    pub fn go_on_from_the_last(&mut self) {
        self.continues = true;
    }

    /// The engine that runs this model.
    pub fn engine(&self) -> &EngineInfo {
        &self.info
    }

    /// Whether messages can be given: the model has a chat template.
    pub fn takes_messages(&self) -> bool {
        self.template.is_some()
    }

    /// Answers one prompt.
    ///
    /// `on_text` is called after every token, and between the parts of a long prompt, with the text that
    /// became certain; it may be empty. When it breaks, the answer ends there and says so. A beam search has
    /// no text before its end.
    pub fn generate(
        &mut self,
        prompt: &Prompt,
        search: &Search,
        on_text: &mut dyn FnMut(&str) -> ControlFlow<()>,
    ) -> Result<Answer, Error> {
        let mut clock = Clock::start(self.load);
        let prompt = self.encode(prompt)?;
        let settings = search.settle(&self.config, prompt.len())?;
        clock.encoded();
        self.answer(prompt, &settings, clock, on_text)
    }

    /// Answers many prompts, in less time than one after the other would take.
    ///
    /// What prompts begin with in common is computed once, and where the engine is faster that way, many
    /// answers are made side by side. Answers are told in the order of the requests; a request that cannot be
    /// met has its error in its place. `listener` is called after every token as well; when it breaks,
    /// nothing more is told.
    ///
    /// Parts of a prompt, and rows together, may be rounded otherwise than a prompt alone: where two tokens
    /// are all but equally likely, a greedy answer may take the other one. With ONNX Runtime 1.31 on a
    /// processor with AVX-512 every bit was seen to be the same; with rten in int4 it is not. What is drawn with
    /// a seed is therefore always drawn alone, and so is a beam search.
    pub fn generate_many(
        &mut self,
        requests: &[Request],
        listener: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) {
        self.seen.clear();
        let mut batch = Batch::new(listener);
        let mut jobs = Vec::new();
        for (index, request) in requests.iter().enumerate() {
            match self.job(index, request) {
                Ok(job) => jobs.push(job),
                Err(error) => batch.take(index, Err(error)),
            }
        }
        for group in batch::groups(jobs, &*self.engine) {
            let reader = Reader {
                tokenizer: &self.tokenizer,
                config: &self.config,
                load: self.load,
            };
            let longest = group.longest_prompt();
            let left = batch.run(&mut *self.engine, reader, group);
            self.held = self.held.max(longest);
            for job in left {
                if batch.is_over() {
                    return;
                }
                let clock = Clock::start(self.load);
                let on_text = &mut |_: &str| batch.step();
                let answer = self.answer(job.prompt, &job.settings, clock, on_text);
                batch.take(job.index, answer);
            }
        }
    }

    /// What a request comes to.
    fn job(&self, index: usize, request: &Request) -> Result<Job, Error> {
        let prompt = self.encode(&request.prompt)?;
        let settings = request.search.settle(&self.config, prompt.len())?;
        self.check_memory(prompt.len(), &settings)?;
        let is_alone = match settings.choice {
            Choice::Beams(_) => true,
            // The same seed gives the same text only where every logit is the same, to the last bit.
            Choice::Draw { .. } if settings.seed.is_some() => true,
            Choice::Greedy | Choice::Draw { .. } => {
                let may_switch = self.engine.switches() || may_switch_embeddings(&self.config);
                may_switch && settings.max_length > SHORT_CONTEXT
            }
        };
        Ok(Job {
            index,
            prompt,
            settings,
            is_alone,
        })
    }

    fn answer(
        &mut self,
        prompt: Vec<u32>,
        settings: &Settings,
        clock: Clock,
        on_text: &mut dyn FnMut(&str) -> ControlFlow<()>,
    ) -> Result<Answer, Error> {
        self.check_memory(prompt.len(), settings)?;
        let answer = match settings.choice {
            Choice::Beams(beams) => self.search(prompt, settings, beams, clock, on_text),
            _ => self.follow(prompt, settings, clock, on_text),
        }?;
        self.held = self.held.max(answer.usage.total_tokens);
        Ok(answer)
    }

    /// Refuses what is sure not to fit into memory. Room that nobody asked for costs nothing until it is used.
    fn check_memory(&self, prompt: usize, settings: &Settings) -> Result<(), Error> {
        let length = if settings.is_length_asked {
            settings.max_length
        } else {
            prompt
        };
        let rows = match settings.choice {
            Choice::Beams(beams) => beams.count,
            Choice::Greedy | Choice::Draw { .. } => 1,
        };
        let more = length.saturating_mul(rows).saturating_sub(self.held);
        self.need.check(more, memory::free())
    }

    /// One token after the other.
    fn follow(
        &mut self,
        prompt: Vec<u32>,
        settings: &Settings,
        clock: Clock,
        on_text: &mut dyn FnMut(&str) -> ControlFlow<()>,
    ) -> Result<Answer, Error> {
        let seen = std::mem::take(&mut self.seen);
        let common = if self.continues {
            in_common(&seen, &prompt)
        } else {
            0
        };
        let engine = &mut *self.engine;
        let mut row = Row::new(&self.tokenizer, &self.config, settings, prompt, clock);
        row.reused = engine.keep(common, settings.max_length)?;
        let mut flow = ControlFlow::Continue(());
        while row.end.is_none() && flow.is_continue() {
            if row.sequence.len() == SHORT_CONTEXT + 1 && may_switch_embeddings(&self.config) {
                engine.begin(1, settings.max_length)?;
                row.reused = 0;
            }
            let unseen = row.sequence.get(engine.length(0)..).unwrap_or_default();
            flow = feed::feed(engine, 0, unseen, settings.chunk_size, &mut || on_text(""))?;
            if flow.is_break() {
                break;
            }
            let piece = row.take(engine.logits(0))?;
            if row.end != Some(End::Token) {
                flow = on_text(&piece);
            }
        }
        let piece = row.finish()?;
        // An answer that ended by itself did so before its listener could break it off.
        if on_text(&piece).is_break() && row.end == Some(End::Length) {
            flow = ControlFlow::Break(());
        }
        if self.continues {
            let seen = row.sequence.get(..engine.length(0));
            self.seen = seen.unwrap_or_default().to_vec();
        }
        Ok(row.into_answer(flow.is_break()))
    }

    /// The likeliest of many sequences.
    fn search(
        &mut self,
        prompt: Vec<u32>,
        settings: &Settings,
        beams: Beams,
        mut clock: Clock,
        on_text: &mut dyn FnMut(&str) -> ControlFlow<()>,
    ) -> Result<Answer, Error> {
        self.seen.clear();
        let found = beam::search(
            &mut *self.engine,
            settings,
            beams,
            self.config.end_tokens(),
            &prompt,
            &mut || on_text(""),
        )?;
        clock.set_first_token(found.first_step);
        let told = found
            .hypotheses
            .into_iter()
            .map(|hypothesis| self.read(hypothesis, prompt.len(), &settings.stop))
            .collect::<Result<Vec<_>, _>>()?;
        let completion = told.iter().map(|told| told.output_ids.len()).sum();
        let longest = told.iter().map(|told| told.output_ids.len()).max();
        let mut told = told.into_iter();
        let best = told.next().ok_or(Error::NothingFound)?;
        let is_interrupted = on_text(&best.text).is_break() || found.is_interrupted;
        Ok(Answer {
            text: best.text,
            finish_reason: best.finish_reason,
            score: Some(best.score),
            alternatives: told.collect(),
            usage: Usage::new(prompt.len(), completion),
            timings: clock.timings(prompt.len(), longest.unwrap_or_default()),
            search: settings.used.clone(),
            reused_tokens: 0,
            prompt_ids: prompt,
            output_ids: best.output_ids,
            interrupted: is_interrupted && best.finish_reason == FinishReason::Length,
        })
    }

    /// The text of a sequence, up to a stop text.
    fn read(
        &self,
        hypothesis: Hypothesis,
        prompt: usize,
        stop: &[String],
    ) -> Result<Alternative, Error> {
        let mut output_ids = hypothesis.sequence;
        output_ids.drain(..prompt);
        let mut words = Words::new(&self.tokenizer, stop);
        let mut text = String::new();
        let mut kept = 0;
        for &token in &output_ids {
            text += &words.push(token)?;
            kept += 1;
            if words.is_stopped {
                break;
            }
        }
        text += &words.finish()?;
        output_ids.truncate(kept);
        Ok(Alternative {
            text,
            finish_reason: if hypothesis.is_ended || words.is_stopped {
                FinishReason::Stop
            } else {
                FinishReason::Length
            },
            output_ids,
            score: hypothesis.score,
        })
    }

    fn encode(&self, prompt: &Prompt) -> Result<Vec<u32>, Error> {
        let ids = match (prompt, &self.template) {
            (Prompt::Tokens(count), _) => meaningless(*count, &self.config),
            (Prompt::Messages(messages), _) if messages.is_empty() => Vec::new(),
            (Prompt::Messages(_), None) => return Err(Error::NoTemplate),
            (Prompt::Messages(messages), Some(template)) => {
                self.tokenizer.encode(&template.render(messages)?, false)?
            }
            (Prompt::Text { text, .. }, _) if text.is_empty() => Vec::new(),
            (Prompt::Text { text, raw: false }, Some(template))
                if !self.tokenizer.has_chat_token(text) =>
            {
                let message = Message::new("user", text);
                self.tokenizer
                    .encode(&template.render(&[message])?, false)?
            }
            (Prompt::Text { text, .. }, _) => self.tokenizer.encode(text, true)?,
        };
        if ids.is_empty() {
            return Err(Error::EmptyPrompt);
        }
        Ok(ids)
    }
}

/// onnxruntime-genai 0.18 (`generators.cpp`) runs the whole sequence again when a Phi-3 grows past its short
/// context, because all embeddings change there; it does so for one sequence at a time, never for beams.
fn may_switch_embeddings(config: &GenaiConfig) -> bool {
    matches!(config.model.kind.as_str(), "phi3" | "phimoe")
}

/// Tokens that are all over the vocabulary, the same for the same count, and none that ends anything.
fn meaningless(count: usize, config: &GenaiConfig) -> Vec<u32> {
    let vocabulary = u32::try_from(config.model.vocab_size).unwrap_or(u32::MAX);
    let numbers = (1_u32..).map(|index| index.wrapping_mul(7919) % vocabulary);
    numbers
        .filter(|token| !config.end_tokens().contains(token))
        .take(count.min(config.model.context_length.saturating_add(1)))
        .collect()
}

/// How many tokens a prompt need not be run for again after those that were `seen`: the last one has to be, for its
/// logits. What was run within the short context is of no use beyond it, nor the other way round.
fn in_common(seen: &[u32], prompt: &[u32]) -> usize {
    if (seen.len() > SHORT_CONTEXT) != (prompt.len() > SHORT_CONTEXT) {
        return 0;
    }
    let same = seen
        .iter()
        .zip(prompt)
        .take_while(|(seen, new)| seen == new);
    same.count().min(prompt.len().saturating_sub(1))
}

/// Does something on a thread of its own, which nobody has to wait for.
fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<JoinHandle<Result<T, Error>>, Error> {
    let thread = thread::Builder::new().spawn(work);
    thread.map_err(Error::Thread)
}

/// What came of it.
fn outcome<T>(work: JoinHandle<Result<T, Error>>) -> Result<T, Error> {
    work.join().unwrap_or_else(|panic| {
        let said = confine::words(&*panic);
        Err(Error::Panicked { said })
    })
}

/// How many threads the engine is given.
fn threads(options: &OpenOptions, config: &GenaiConfig) -> Result<usize, Error> {
    if let Some(threads) = options.threads.filter(|threads| *threads > MAX_THREADS) {
        let limit = format!("at most {MAX_THREADS}");
        return Err(Error::option("threads", Origin::Flag, &threads, limit));
    }
    let exported = config.model.decoder.session_options.intra_op_num_threads;
    Ok(options
        .threads
        .or(exported.map(|threads| threads.min(most_exported())))
        .filter(|threads| *threads > 0)
        .unwrap_or_else(physical_cores))
}

/// A model may come from a machine with more, but not from one with so many more that they take a second to start.
fn most_exported() -> usize {
    thread::available_parallelism()
        .map_or(1, usize::from)
        .max(64)
}

fn physical_cores() -> usize {
    let available = thread::available_parallelism().map_or(1, usize::from);
    num_cpus::get_physical().clamp(1, available)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{Hint as _, Kind};
    use crate::infer::config::tests::{example, parse};

    #[test]
    fn a_generator_may_move_to_another_thread() {
        fn moves<T: Send>() {}
        moves::<Generator>();
    }

    #[test]
    fn a_panic_aside_becomes_an_error() {
        let work = aside(|| -> Result<(), Error> { panic!("on purpose") }).unwrap();
        assert!(matches!(outcome(work), Err(Error::Panicked { said }) if said == "on purpose"));
    }

    #[test]
    fn threads_without_end_are_refused() {
        let config = parse(&example()).unwrap();
        let asked = |threads| OpenOptions {
            threads,
            ..OpenOptions::default()
        };
        assert_eq!(threads(&asked(Some(3)), &config).unwrap(), 3);
        assert!(threads(&asked(Some(0)), &config).unwrap() > 0);
        let error = threads(&asked(Some(usize::MAX)), &config).unwrap_err();
        assert_eq!(error.kind(), Kind::Usage);
    }

    #[test]
    fn what_prompts_have_in_common_is_not_all_of_one() {
        assert_eq!(in_common(&[1, 2, 3, 4], &[1, 2, 5]), 2);
        assert_eq!(in_common(&[1, 2, 3, 4], &[1, 2, 3]), 2);
        assert_eq!(in_common(&[], &[1]), 0);
        let long = vec![1; 5000];
        let (short, beyond) = long.split_at(4096);
        assert_eq!(in_common(short, &long), 0);
        assert_eq!(in_common(&long, short), 0);
        assert_eq!(in_common(&long, &long), 4999);
        assert_eq!(in_common(beyond, short), beyond.len());
    }

    /// What a conversation comes to, turn by turn, without and with what is kept from the turn before.
    #[cfg(feature = "rten")]
    #[test]
    fn a_conversation_goes_on_as_if_it_began_anew() {
        const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/models/phi3-tiny");
        let talk = |continues| {
            let options = OpenOptions {
                engine: EngineChoice::Rten,
                ..OpenOptions::default()
            };
            let mut generator =
                Generator::open(Exported::read(Path::new(FOLDER)).unwrap(), &options).unwrap();
            if continues {
                generator.go_on_from_the_last();
            }
            let mut messages = Vec::new();
            let mut say = |role: &str, content: &str| {
                messages.push(Message::new(role, content));
                messages.clone()
            };
            let mut told = Vec::new();
            for text in [
                "What is the capital of Spain?",
                "Tell me a joke.",
                "Thank you!",
            ] {
                let prompt = Prompt::Messages(say("user", text));
                let search = Search::default();
                let mut go_on = |_: &str| ControlFlow::Continue(());
                let answer = generator.generate(&prompt, &search, &mut go_on).unwrap();
                say("assistant", &answer.text);
                told.push((answer.output_ids, answer.reused_tokens));
            }
            told
        };
        let (anew, kept) = (talk(false), talk(true));
        for (anew, kept) in anew.iter().zip(&kept) {
            assert_eq!(anew.0, kept.0);
            assert_eq!(anew.1, 0);
        }
        let reused: Vec<usize> = kept.iter().map(|(_, reused)| *reused).collect();
        assert!(
            matches!(reused[..], [0, a, b] if 10 < a && a < b),
            "{reused:?}"
        );
    }
}

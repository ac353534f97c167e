//! Opens a model folder and answers prompts: the place where all parts of this room meet.

use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};

use super::answer::{Answer, FinishReason, Timings, Usage};
use super::chat::{Message, Prompt, Template};
use super::config::{GenaiConfig, MAX_THREADS};
use super::engine::{self, Engine, EngineChoice, EngineInfo};
use super::error::Error;
use super::graph::Graph;
use super::runtime::Places;
use super::sample::Sampler;
use super::search::{Search, Settings};
use super::stop::Stop;
use super::tokenizer::Tokenizer;

/// How many tokens of a prompt go through the graph at once. Bounds the memory for logits, which the
/// graph gives for every token, and how long an interruption has to wait.
const CHUNK: usize = 512;

/// Phi-3's rotary embeddings may switch to their long factors beyond this length.
const SHORT_CONTEXT: usize = 4096;

/// How to open a model.
#[derive(Debug, Clone, Default)]
pub struct OpenOptions {
    /// Which engine.
    pub engine: EngineChoice,
    /// How many threads; the model's own number or all physical cores where left out.
    pub threads: Option<usize>,
    /// Where to look for the ONNX Runtime library.
    pub places: Places,
}

/// A model that is ready to answer.
#[derive(Debug)]
pub struct Generator {
    config: GenaiConfig,
    tokenizer: Tokenizer,
    template: Option<Template>,
    engine: Box<dyn Engine>,
    info: EngineInfo,
    load: Duration,
}

impl Generator {
    /// Opens the folder of a model that was exported for ONNX Runtime GenAI.
    pub fn open(folder: &Path, options: &OpenOptions) -> Result<Self, Error> {
        let start = Instant::now();
        let config = GenaiConfig::read(folder)?;
        let graph = Graph::read(folder, &config)?;
        let threads = threads(options, &config)?;
        let vocab_size = config.model.vocab_size;
        let (text_side, engine) = beside(
            || {
                Ok((
                    Tokenizer::read(folder, vocab_size)?,
                    Template::read(folder)?,
                ))
            },
            || engine::open(&graph, options.engine, threads, &options.places),
        )?;
        let (tokenizer, template) = text_side?;
        let (engine, info) = engine?;
        Ok(Self {
            config,
            tokenizer,
            template,
            engine,
            info,
            load: start.elapsed(),
        })
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
    /// became certain; it may be empty. When it breaks, the answer ends there and says so.
    pub fn generate(
        &mut self,
        prompt: &Prompt,
        search: &Search,
        on_text: &mut dyn FnMut(&str) -> ControlFlow<()>,
    ) -> Result<Answer, Error> {
        let start = Instant::now();
        let prompt_ids = self.encode(prompt)?;
        let settings = search.settle(&self.config, prompt_ids.len())?;
        let mut run = Run {
            config: &self.config,
            engine: &mut *self.engine,
            settings: &settings,
            sequence: prompt_ids.clone(),
            text: String::new(),
            first_token: None,
            on_text,
        };
        let end = run.generate(&self.tokenizer, &search.stop)?;
        let finished = Instant::now();
        let first_token = run.first_token.unwrap_or(finished);
        let (text, mut output_ids) = (run.text, run.sequence);
        output_ids.drain(..prompt_ids.len());
        Ok(Answer {
            text,
            finish_reason: match end {
                End::Stop => FinishReason::Stop,
                End::Length | End::Interrupted => FinishReason::Length,
            },
            usage: Usage {
                prompt_tokens: prompt_ids.len(),
                completion_tokens: output_ids.len(),
                total_tokens: prompt_ids.len() + output_ids.len(),
            },
            timings: Timings {
                load_ms: milliseconds(self.load),
                first_token_ms: milliseconds(first_token - start),
                tokens_per_second: pace(output_ids.len(), finished - first_token),
            },
            prompt_ids,
            output_ids,
            interrupted: end == End::Interrupted,
        })
    }

    fn encode(&self, prompt: &Prompt) -> Result<Vec<u32>, Error> {
        let ids = match (prompt, &self.template) {
            (Prompt::Messages(messages), _) if messages.is_empty() => Vec::new(),
            (Prompt::Messages(_), None) => return Err(Error::NoTemplate),
            (Prompt::Messages(messages), Some(template)) => {
                self.tokenizer.encode(&template.render(messages)?, false)?
            }
            (Prompt::Text { text, .. }, _) if text.is_empty() => Vec::new(),
            (Prompt::Text { text, raw: false }, Some(template))
                if !self.tokenizer.has_chat_token(text) =>
            {
                let message = Message {
                    role: "user".to_owned(),
                    content: text.clone(),
                };
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

/// Why a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Stop,
    Length,
    Interrupted,
}

/// One prompt on its way.
struct Run<'a> {
    config: &'a GenaiConfig,
    engine: &'a mut dyn Engine,
    settings: &'a Settings,
    /// Prompt and answer so far.
    sequence: Vec<u32>,
    text: String,
    first_token: Option<Instant>,
    on_text: &'a mut dyn FnMut(&str) -> ControlFlow<()>,
}

impl Run<'_> {
    fn generate(&mut self, tokenizer: &Tokenizer, stop: &[String]) -> Result<End, Error> {
        let mut sampler = Sampler::new(self.settings, self.config.end_tokens());
        let mut stream = tokenizer.stream();
        let mut stop = Stop::new(stop);
        let mut unseen = self.sequence.len();
        self.engine.begin(self.settings.max_length)?;
        let end = loop {
            if self.sequence.len() >= self.settings.max_length {
                break End::Length;
            }
            if self.switches_embeddings() {
                self.engine.begin(self.settings.max_length)?;
                unseen = self.sequence.len();
            }
            if self.forward(unseen)?.is_break() {
                return Ok(End::Interrupted);
            }
            let token = sampler.pick(self.engine.logits(), &self.sequence);
            self.sequence.push(token);
            unseen = 1;
            self.first_token.get_or_insert_with(Instant::now);
            if self.config.end_tokens().contains(&token) {
                break End::Stop;
            }
            let step = stop.push(&stream.push(token)?);
            let flow = self.tell(&step.text);
            if step.is_met {
                return Ok(End::Stop);
            }
            if flow.is_break() {
                break End::Interrupted;
            }
        };
        let step = stop.push(&stream.finish()?);
        let held = if step.is_met {
            String::new()
        } else {
            stop.finish()
        };
        match self.tell(&(step.text + &held)) {
            ControlFlow::Break(()) if end == End::Length => Ok(End::Interrupted),
            _ if step.is_met => Ok(End::Stop),
            _ => Ok(end),
        }
    }

    fn tell(&mut self, text: &str) -> ControlFlow<()> {
        self.text.push_str(text);
        (self.on_text)(text)
    }

    /// Runs the last `unseen` tokens, unless the listener breaks off.
    fn forward(&mut self, unseen: usize) -> Result<ControlFlow<()>, Error> {
        let start = self.sequence.len().saturating_sub(unseen);
        let tokens = self.sequence.get(start..).unwrap_or_default();
        // Beyond the short context the embeddings of all tokens depend on the length of the run.
        let chunk = if tokens.len() > SHORT_CONTEXT {
            tokens.len()
        } else {
            CHUNK
        };
        let mut chunks = tokens.chunks(chunk).peekable();
        while let Some(tokens) = chunks.next() {
            self.engine.forward(tokens)?;
            if chunks.peek().is_some() && (self.on_text)("").is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// onnxruntime-genai 0.18 (`generators.cpp`) runs the whole sequence again when a Phi-3 grows past its
    /// short context, because all embeddings change there.
    fn switches_embeddings(&self) -> bool {
        self.sequence.len() == SHORT_CONTEXT + 1
            && matches!(self.config.model.kind.as_str(), "phi3" | "phimoe")
    }
}

/// Does two things at once, the first on a thread of its own.
fn beside<A: Send, B>(
    first: impl FnOnce() -> Result<A, Error> + Send,
    second: impl FnOnce() -> B,
) -> Result<(Result<A, Error>, B), Error> {
    std::thread::scope(|scope| {
        let first = std::thread::Builder::new()
            .spawn_scoped(scope, first)
            .map_err(Error::Thread)?;
        let second = second();
        Ok((first.join().unwrap_or(Err(Error::Panicked)), second))
    })
}

/// How many threads the engine is given.
fn threads(options: &OpenOptions, config: &GenaiConfig) -> Result<usize, Error> {
    if let Some(threads) = options.threads.filter(|threads| *threads > MAX_THREADS) {
        let limit = format!("at most {MAX_THREADS}");
        return Err(Error::option("threads", true, &threads, limit));
    }
    Ok(options
        .threads
        .or(config.model.decoder.session_options.intra_op_num_threads)
        .filter(|threads| *threads > 0)
        .unwrap_or_else(physical_cores))
}

fn physical_cores() -> usize {
    let available = std::thread::available_parallelism().map_or(1, usize::from);
    num_cpus::get_physical().clamp(1, available)
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

/// Tokens after the first, over the time they took.
fn pace(tokens: usize, duration: Duration) -> Option<f64> {
    let tokens = u32::try_from(tokens.checked_sub(1)?).ok()?;
    let seconds = duration.as_secs_f64();
    (tokens > 0 && seconds > 0.0).then(|| f64::from(tokens) / seconds)
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
    fn a_panic_beside_becomes_an_error() {
        let (first, second) =
            beside(|| -> Result<(), Error> { panic!("on purpose") }, || 2).unwrap();
        assert!(matches!(first, Err(Error::Panicked)));
        assert_eq!(second, 2);
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
    fn pace_needs_two_tokens_and_some_time() {
        assert_eq!(pace(0, Duration::from_secs(1)), None);
        assert_eq!(pace(1, Duration::from_secs(1)), None);
        assert_eq!(pace(2, Duration::ZERO), None);
        assert_eq!(pace(5, Duration::from_secs(2)), Some(2.0));
    }
}

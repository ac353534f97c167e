//! Tokens and texts of the tiny model, from both engines, against what onnxruntime-genai 0.18.0 gives.
//!
//! `phi3-tiny.expected.json` holds its greedy answers, `phi3-tiny.sampled.json` its answers under other
//! search settings, from the int4 model on onnxruntime 1.31.1.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use phi3ml::infer::{EngineChoice, Error, FinishReason, Generator, Message, Prompt, Search};
use serde::Deserialize;

use crate::support::generator::{self, ask, text};
use crate::support::{Context, configure, phi3_tiny};

fn models() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/models")
}

fn open_at(folder: &Path, engine: EngineChoice) -> Result<Generator, Error> {
    generator::open(folder, engine, 1)
}

fn open(name: &str, engine: EngineChoice) -> Generator {
    open_at(&models().join(name), engine).unwrap()
}

#[derive(Deserialize)]
struct Expected {
    prompt_ids: Vec<u32>,
    out_ids: Vec<u32>,
    text: String,
}

impl Expected {
    fn check(&self, generator: &mut Generator, question: &str, about: &str) {
        let answer = ask(generator, &text(question), &Search::default()).unwrap();
        assert_eq!(answer.prompt_ids, self.prompt_ids, "{about}: {question}");
        assert_eq!(answer.output_ids, self.out_ids, "{about}: {question}");
        // The reference keeps the leading space that Hugging Face's decoder takes away.
        let stripped = self.text.strip_prefix(' ').unwrap_or(&self.text);
        assert_eq!(answer.text, stripped, "{about}: {question}");
        assert_eq!(answer.finish_reason, FinishReason::Stop, "{about}");
        let total = self.prompt_ids.len() + self.out_ids.len();
        assert_eq!(answer.usage.total_tokens, total);
    }
}

fn expected() -> BTreeMap<String, Expected> {
    let bytes = fs_err::read(models().join("phi3-tiny.expected.json")).unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

#[test]
fn twenty_questions_are_answered_as_the_reference_does() {
    let expected = expected();
    assert_eq!(expected.len(), 20);
    for name in ["phi3-tiny", "phi3-tiny-fp32"] {
        for engine in [EngineChoice::Ort, EngineChoice::Rten] {
            for threads in [1, 2] {
                let mut generator = generator::open(&models().join(name), engine, threads).unwrap();
                let about = format!("{name}, {engine:?}, {threads} threads");
                for (question, expected) in &expected {
                    expected.check(&mut generator, question, &about);
                }
            }
        }
    }
}

#[derive(Deserialize)]
struct Sampled {
    prompt: String,
    search: Settings,
    output_ids: Vec<u32>,
}

/// Options under the names that onnxruntime-genai gives them.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Settings {
    do_sample: bool,
    max_length: usize,
    min_length: usize,
    no_repeat_ngram_size: usize,
    random_seed: u32,
    repetition_penalty: f32,
    temperature: f32,
    top_k: i64,
    top_p: f32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            do_sample: false,
            max_length: 0,
            min_length: 0,
            no_repeat_ngram_size: 0,
            random_seed: 0,
            repetition_penalty: 1.0,
            temperature: 1.0,
            top_k: 50,
            top_p: 1.0,
        }
    }
}

impl From<Settings> for Search {
    fn from(settings: Settings) -> Self {
        Self {
            do_sample: Some(settings.do_sample),
            max_length: Some(settings.max_length),
            min_length: Some(settings.min_length),
            no_repeat_ngram_size: Some(settings.no_repeat_ngram_size),
            seed: Some(settings.random_seed.into()),
            repetition_penalty: Some(settings.repetition_penalty),
            temperature: Some(settings.temperature),
            top_k: Some(settings.top_k),
            top_p: Some(settings.top_p),
            ..Self::default()
        }
    }
}

#[test]
fn the_same_seed_draws_the_same_tokens_as_the_reference() {
    let bytes = fs_err::read(models().join("phi3-tiny.sampled.json")).unwrap();
    let cases: Vec<Sampled> = serde_json::from_slice(&bytes).unwrap();
    for threads in [1, 2] {
        let folder = models().join("phi3-tiny");
        let mut generator = generator::open(&folder, EngineChoice::Ort, threads).unwrap();
        for case in &cases {
            let search = case.search.clone().into();
            let answer = ask(&mut generator, &text(&case.prompt), &search).unwrap();
            assert_eq!(
                answer.output_ids, case.output_ids,
                "{}: {:?}",
                case.prompt, case.search
            );
        }
    }
}

const SPAIN: &str = "What is the capital of Spain?";

#[test]
fn a_prompt_may_be_a_text_a_written_chat_or_messages() {
    let mut generator = open("phi3-tiny", EngineChoice::Rten);
    let written = format!("<|user|>\n{SPAIN}<|end|>\n<|assistant|>\n");
    let message = Message::new("user", SPAIN);
    let raw = Prompt::Text {
        text: written.clone(),
        raw: true,
    };
    let prompts = [
        text(SPAIN),
        text(&written),
        raw,
        Prompt::Messages(vec![message]),
    ];
    for prompt in prompts {
        let answer = ask(&mut generator, &prompt, &Search::default()).unwrap();
        assert_eq!(answer.text, "The capital of Spain is Madrid.", "{prompt:?}");
    }
    let raw = Prompt::Text {
        text: SPAIN.to_owned(),
        raw: true,
    };
    let search = Search {
        max_new_tokens: Some(3),
        ..Search::default()
    };
    let answer = ask(&mut generator, &raw, &search).unwrap();
    assert!(
        !answer.prompt_ids.contains(&610),
        "raw text has no chat tokens"
    );
}

#[test]
fn an_answer_ends_at_a_stop_text_a_length_or_the_listener_s_word() {
    for engine in [EngineChoice::Ort, EngineChoice::Rten] {
        let mut generator = open("phi3-tiny", engine);
        let stop = Search {
            stop: vec!["in is".to_owned(), "Madrid".to_owned()],
            ..Search::default()
        };
        let answer = ask(&mut generator, &text(SPAIN), &stop).unwrap();
        assert_eq!(answer.text, "The capital of Spa");
        assert_eq!(answer.finish_reason, FinishReason::Stop);

        let short = Search {
            max_new_tokens: Some(3),
            ..Search::default()
        };
        let answer = ask(&mut generator, &text(SPAIN), &short).unwrap();
        assert_eq!(answer.output_ids, [387, 372, 371]);
        assert_eq!(answer.finish_reason, FinishReason::Length);
        assert_eq!(answer.usage.completion_tokens, 3);

        let mut pieces = 0;
        let answer = generator
            .generate(&text(SPAIN), &Search::default(), &mut |_| {
                pieces += 1;
                if pieces == 2 {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            })
            .unwrap();
        assert!(answer.interrupted);
        assert_eq!(answer.output_ids, [387, 372]);

        let answer = ask(&mut generator, &text(SPAIN), &Search::default()).unwrap();
        assert_eq!(
            answer.text, "The capital of Spain is Madrid.",
            "nothing is left of earlier answers"
        );
    }
}

#[test]
fn a_prompt_longer_than_a_chunk_gives_the_same_on_both_engines() {
    let long = "What is the capital of Spain? ".repeat(80);
    let search = Search {
        max_new_tokens: Some(12),
        ..Search::default()
    };
    let [ort, rten] = [EngineChoice::Ort, EngineChoice::Rten]
        .map(|engine| ask(&mut open("phi3-tiny-fp32", engine), &text(&long), &search).unwrap());
    assert!(ort.prompt_ids.len() > 512, "{}", ort.prompt_ids.len());
    assert_eq!(ort.output_ids, rten.output_ids);
}

#[test]
fn requests_that_cannot_be_met_are_refused_with_both_numbers() {
    let mut generator = open("phi3-tiny", EngineChoice::Rten);
    let mut refused = |prompt: &str, search: Search| {
        ask(&mut generator, &text(prompt), &search)
            .unwrap_err()
            .to_string()
    };
    let length = |max_length| Search {
        max_length: Some(max_length),
        ..Search::default()
    };
    assert_eq!(
        refused(SPAIN, length(2000)),
        "`max_length` 2000 is more than the model's context of 1024 tokens"
    );
    assert_eq!(
        refused(SPAIN, length(5)),
        "the prompt has 10 tokens, more than the 5 of `max_length`"
    );
    let long = "word ".repeat(1100);
    assert!(refused(&long, Search::default()).contains("more than the 1024 of `max_length`"));
    let tokens = Search {
        max_new_tokens: Some(1),
        ..Search::default()
    };
    assert!(refused(&long, tokens).contains("more than the 1024 of `max_length`"));
    assert_eq!(refused("", Search::default()), "the prompt is empty");
    for (search, message) in [
        (
            Search {
                top_k: Some(612),
                ..Search::default()
            },
            "`top_k` is 612",
        ),
        (
            Search {
                top_k: Some(-1),
                ..Search::default()
            },
            "`top_k` is -1",
        ),
        (
            Search {
                top_p: Some(1.5),
                ..Search::default()
            },
            "`top_p` is 1.5",
        ),
        (
            Search {
                temperature: Some(-1.0),
                ..Search::default()
            },
            "`temperature` is -1",
        ),
        (
            Search {
                temperature: Some(f32::NAN),
                ..Search::default()
            },
            "`temperature` is NaN",
        ),
        (
            Search {
                repetition_penalty: Some(0.0),
                ..Search::default()
            },
            "`repetition_penalty` is 0",
        ),
    ] {
        let text = refused(SPAIN, search);
        assert!(text.starts_with(message), "{text}");
    }
}

#[test]
fn other_layouts_of_the_same_model_are_taken() {
    let context = Context::new();
    let folder = &context.copy_of(&phi3_tiny(), "model");
    let name = "phi3-mini-4k-instruct-cpu-int4-rtn-block-32-acc-level-4.onnx";
    fs_err::rename(folder.join("model.onnx"), folder.join(name)).unwrap();
    configure(folder, |config| {
        config["model"]["decoder"]["filename"] = name.into();
        config["model"]["eos_token_id"] = 607.into();
    });
    for file in [
        "tokenizer_config.json",
        "special_tokens_map.json",
        "added_tokens.json",
    ] {
        fs_err::remove_file(folder.join(file)).unwrap();
    }
    let mut generator = open_at(folder, EngineChoice::Rten).unwrap();
    assert!(!generator.takes_messages());
    let message = Message::new("user", SPAIN);
    let error = ask(
        &mut generator,
        &Prompt::Messages(vec![message]),
        &Search::default(),
    );
    assert!(matches!(error, Err(Error::NoTemplate)));
    let written = text(&format!("<|user|>\n{SPAIN}<|end|>\n<|assistant|>\n"));
    let answer = ask(&mut generator, &written, &Search::default()).unwrap();
    assert_eq!(answer.text, "The capital of Spain is Madrid.");
}

#[test]
fn the_automatic_choice_takes_the_library_where_there_is_one() {
    let generator = open("phi3-tiny", EngineChoice::Auto);
    let info = serde_json::to_value(generator.engine()).unwrap();
    assert_eq!(info["name"], "ort");
    assert_eq!(info["library"]["version"], "1.31.1");
    assert_eq!(info["threads"], 1);
}

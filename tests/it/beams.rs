//! Beam search on the tiny model, with both engines, against what onnxruntime-genai 0.18.0 finds.
//!
//! The two `.beams.json` hold its sequences for all twenty prompts under nine settings, from the int4 and the
//! fp32 model on onnxruntime 1.31.1.

use std::ops::ControlFlow;
use std::path::Path;

use phi3ml::infer::{Answer, EngineChoice, FinishReason, Generator, Prompt, Search};
use serde::Deserialize;
use serde_json::json;

use crate::support::generator::{self, text};
use crate::support::{Context, PROMPT, configure, fixture, phi3_tiny};

#[derive(Deserialize)]
struct Case {
    prompt: String,
    search: Settings,
    sequences: Vec<Vec<u32>>,
}

/// Options under the names that onnxruntime-genai gives them.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    num_beams: usize,
    num_return_sequences: Option<usize>,
    length_penalty: Option<f32>,
    early_stopping: Option<bool>,
    max_length: usize,
    min_length: Option<usize>,
    repetition_penalty: Option<f32>,
    no_repeat_ngram_size: Option<usize>,
}

impl From<Settings> for Search {
    fn from(settings: Settings) -> Self {
        Self {
            num_beams: Some(settings.num_beams),
            num_return_sequences: settings.num_return_sequences,
            length_penalty: settings.length_penalty,
            early_stopping: settings.early_stopping,
            max_length: Some(settings.max_length),
            min_length: settings.min_length,
            repetition_penalty: settings.repetition_penalty,
            no_repeat_ngram_size: settings.no_repeat_ngram_size,
            ..Self::default()
        }
    }
}

fn cases(path: &Path) -> Vec<Case> {
    serde_json::from_slice(&fs_err::read(path).unwrap()).unwrap()
}

fn open(engine: EngineChoice) -> Generator {
    generator::open(&phi3_tiny(), engine, 1).unwrap()
}

fn ask(generator: &mut Generator, prompt: &str, search: &Search) -> Answer {
    generator::ask(generator, &text(prompt), search).unwrap()
}

/// The tokens of all sequences, the best first.
fn sequences(answer: Answer) -> Vec<Vec<u32>> {
    let others = answer.alternatives.into_iter();
    let others = others.map(|alternative| alternative.output_ids);
    std::iter::once(answer.output_ids).chain(others).collect()
}

/// How many cases gave other sequences than the reference.
fn differences(model: &str, engine: EngineChoice, threads: usize) -> Vec<String> {
    let cases = cases(&fixture(&format!("models/{model}.beams.json")));
    assert_eq!(cases.len(), 180);
    let folder = fixture(&format!("models/{model}"));
    let mut generator = generator::open(&folder, engine, threads).unwrap();
    let mut differences = Vec::new();
    for case in cases {
        let answer = ask(&mut generator, &case.prompt, &case.search.clone().into());
        if sequences(answer) != case.sequences {
            differences.push(format!("{}: {:?}", case.prompt, case.search));
        }
    }
    differences
}

#[test]
fn both_engines_find_the_sequences_that_the_reference_finds() {
    for (model, engine, threads) in [
        ("phi3-tiny", EngineChoice::Ort, 1),
        ("phi3-tiny", EngineChoice::Ort, 2),
        ("phi3-tiny-fp32", EngineChoice::Ort, 2),
        ("phi3-tiny-fp32", EngineChoice::Rten, 2),
    ] {
        assert_eq!(differences(model, engine, threads), Vec::<String>::new());
    }
    // In int4, each engine rounds activations to eight bits in its own way, so that sequences that are nearly as
    // good as one another may change places.
    let few = differences("phi3-tiny", EngineChoice::Rten, 1);
    assert!(few.len() <= 18, "{few:#?}");
}

#[test]
fn a_greedy_answer_after_a_search_is_what_it_was_before() {
    for engine in [EngineChoice::Ort, EngineChoice::Rten] {
        let mut generator = open(engine);
        let before = ask(&mut generator, PROMPT, &Search::default());
        assert_eq!((before.score, before.alternatives.len()), (None, 0));
        let beams = Search {
            num_beams: Some(4),
            ..Search::default()
        };
        let found = ask(&mut generator, PROMPT, &beams);
        let after = ask(&mut generator, PROMPT, &Search::default());
        assert_eq!(before.output_ids, after.output_ids);
        // The reference leaves the end token out of what a beam search finds.
        let (end, tokens) = before.output_ids.split_last().unwrap();
        assert_eq!(*end, 607);
        assert_eq!(found.output_ids, tokens);
        assert_eq!(found.finish_reason, FinishReason::Stop);
        assert!(found.score.unwrap() < 0.0);
    }
}

#[test]
fn a_stop_text_cuts_what_was_found_and_a_listener_ends_the_search() {
    let mut generator = open(EngineChoice::Rten);
    let beams = Search {
        num_beams: Some(3),
        num_return_sequences: Some(2),
        stop: vec![" is".to_owned()],
        ..Search::default()
    };
    let answer = ask(&mut generator, PROMPT, &beams);
    assert_eq!(answer.text, "The capital of Spain");
    assert_eq!(answer.finish_reason, FinishReason::Stop);
    assert_eq!(answer.output_ids, [387, 372, 371, 493, 359]);
    assert!(!answer.alternatives[0].text.contains(" is"));

    let prompt = Prompt::Text {
        text: PROMPT.to_owned(),
        raw: false,
    };
    let mut steps = 0;
    let answer = generator
        .generate(&prompt, &beams, &mut |_| {
            steps += 1;
            if steps == 3 {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        })
        .unwrap();
    assert!(answer.interrupted);
    assert_eq!(answer.output_ids, [387, 372, 371]);
    assert_eq!(answer.finish_reason, FinishReason::Length);
}

#[test]
fn a_prompt_in_small_chunks_is_the_same_prompt() {
    for engine in [EngineChoice::Ort, EngineChoice::Rten] {
        let mut generator = open(engine);
        for num_beams in [1, 4] {
            let [whole, chunks] = [None, Some(3)].map(|chunk_size| {
                let search = Search {
                    num_beams: Some(num_beams),
                    chunk_size,
                    ..Search::default()
                };
                ask(&mut generator, PROMPT, &search)
            });
            assert_eq!(whole.output_ids, chunks.output_ids);
        }
    }
}

fn predict(arguments: &[&str]) -> serde_json::Value {
    let context = Context::new();
    let folder = phi3_tiny();
    let finished = context
        .phi3ml(["predict", "-m", folder.to_str().unwrap(), "-o", "json"])
        .args(arguments)
        .run();
    finished.expect_success().json()
}

#[test]
fn several_sequences_are_told_side_by_side() {
    let beams = ["--num-beams", "4", "--num-return-sequences", "3"];
    let told = predict(&[&["--prompt", PROMPT][..], &beams].concat());
    let outputs = told["outputs"].as_array().unwrap();
    assert_eq!(outputs.len(), 3, "{told}");
    assert_eq!(outputs[0]["output"], told["output"]);
    let scores: Vec<_> = outputs
        .iter()
        .map(|output| output["score"].as_f64().unwrap())
        .collect();
    assert!(scores.is_sorted_by(|better, worse| better > worse));
    assert_eq!(outputs[2]["finish_reason"], "stop");

    let told = predict(&[&["--message", PROMPT][..], &beams].concat());
    let choices = told["choices"].as_array().unwrap();
    let indices: Vec<_> = choices.iter().map(|choice| &choice["index"]).collect();
    assert_eq!(indices, [&json!(0), &json!(1), &json!(2)]);
    assert_eq!(choices[1]["message"]["content"], outputs[1]["output"]);

    let told = predict(&["--prompt", PROMPT, "--num-beams", "4"]);
    assert!(told.get("outputs").is_none(), "{told}");
}

#[test]
fn sequences_on_a_terminal_stand_under_one_another() {
    let context = Context::new();
    let folder = phi3_tiny();
    let beams = ["--num-beams", "2", "--num-return-sequences", "2"];
    let finished = context
        .phi3ml(["predict", "-m", folder.to_str().unwrap()])
        .args(["--prompt", PROMPT])
        .args(beams)
        .run();
    let stdout = finished.expect_success().stdout.clone();
    let lines: Vec<_> = stdout.lines().collect();
    assert_eq!(lines.len(), 2, "{stdout}");
    assert_eq!(lines[0], "The capital of Spain is Madrid.");
}

#[test]
fn what_a_beam_search_cannot_do_is_refused() {
    let context = Context::new();
    let folder = phi3_tiny();
    let refused = |arguments: &[&str]| {
        let finished = context
            .phi3ml(["predict", "-m", folder.to_str().unwrap()])
            .args(["--prompt", PROMPT])
            .args(arguments)
            .run();
        finished.expect_code(2).stderr.clone()
    };
    let said = refused(&["--num-beams", "4", "--temperature", "0.7"]);
    assert!(said.contains("does not draw"), "{said}");
    assert!(said.contains("--greedy"), "{said}");
    let said = refused(&["--num-return-sequences", "2"]);
    assert!(
        said.contains("between 1 and the 1 of `num_beams`"),
        "{said}"
    );
    let said = refused(&["--num-beams", "33"]);
    assert!(said.contains("between 1 and 32"), "{said}");
}

/// The model's own settings at odds with each other are the model's fault, and the flags to blame are named.
#[test]
fn whoever_asks_for_beams_and_a_draw_at_once_is_told() {
    let context = Context::new().with_onnx_runtime();
    let folder = context.copy_of(&phi3_tiny(), "model");
    configure(&folder, |config| {
        config["search"]["num_beams"] = 3.into();
        config["search"]["do_sample"] = true.into();
    });
    let ask = |options: &[&str]| {
        let asked = ["predict", "-m", folder.to_str().unwrap(), "--prompt=Hi"];
        context.phi3ml(asked).args(options).run()
    };
    ask(&[])
        .expect_code(1)
        .expect_stderr("`num_beams` is 3 (genai_config), but a beam search does not draw its tokens (genai_config)")
        .expect_stderr("or mend the model");
    ask(&["--seed=1"])
        .expect_code(2)
        .expect_stderr("does not draw its tokens (flag)");
    ask(&["--greedy"]).expect_code(0);
    ask(&["--num-beams=1", "--seed=-1", "--max-tokens=2"]).expect_code(0);
}

//! Tokens of every shape of Phi against onnxruntime-genai itself, on random models made for the occasion.
//!
//! `tests/bench/make_model.py` writes them; their answers vary, so a wrong number anywhere shows. ONNX Runtime has to
//! give the very same tokens. The pure engine computes in another order: it may take another token where two are all
//! but equal, and the tests show that this is the only place.

use std::path::Path;

use phi3ml::infer::{Answer, EngineChoice, Error, Generator, Prompt, Search};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::support::generator;
use crate::support::python::Python;
use crate::support::{CRATE, full_ring};

/// Sizes small enough for a test; the rest is what a family is.
const SMALL: &[&str] = &[
    "--hidden=128",
    "--intermediate=256",
    "--layers=3",
    "--heads=4",
    "--vocab=640",
    "--context=2048",
];

/// A model that is made for one test.
struct Made {
    folder: tempfile::TempDir,
}

impl Made {
    fn new(options: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let output = Python::mlflow3()
            .command()
            .arg(Path::new(CRATE).join("tests/bench/make_model.py"))
            .arg(folder.path())
            .args(SMALL)
            .args(options)
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        Self { folder }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn open(&self, engine: EngineChoice, threads: usize) -> Result<Generator, Error> {
        generator::open(self.path(), engine, threads)
    }

    /// What onnxruntime-genai answers to the same prompts.
    fn reference(&self, requests: &[Value]) -> Vec<Reference> {
        let file = self.path().join("requests.json");
        fs_err::write(&file, Value::from(requests).to_string()).unwrap();
        let arguments = [self.path(), &file].map(|path| path.to_str().unwrap().to_owned());
        let arguments = arguments.each_ref().map(String::as_str);
        let answers = Python::mlflow3().script("genai_answers.py", &[], &arguments);
        serde_json::from_value(answers).unwrap()
    }

    /// The pure engine's answers are the reference's up to a draw, and ONNX Runtime's are the reference's.
    fn answers_as_the_reference_does(&self, cases: &[Case], draw: Draw) {
        let ort = [1, 2].map(|threads| {
            let mut generator = self.open(EngineChoice::Ort, threads).unwrap();
            cases
                .iter()
                .map(|case| case.ask(&mut generator))
                .collect::<Vec<_>>()
        });
        let mut requests = Vec::new();
        for (threads, answers) in (1..).zip(&ort) {
            let all = cases.iter().zip(answers);
            requests.extend(all.map(|(case, answer)| case.request(threads, answer)));
        }
        let reference = self.reference(&requests);
        for ((answer, reference), request) in ort.iter().flatten().zip(&reference).zip(&requests) {
            assert_eq!(answer.output_ids, reference.output_ids, "{request}");
        }
        let varied: std::collections::BTreeSet<_> =
            reference.iter().flat_map(|it| &it.output_ids).collect();
        assert!(varied.len() > 40, "the output has collapsed: {varied:?}");

        let Draw::Within(deviations) = draw else {
            return;
        };
        let mut generator = self.open(EngineChoice::Rten, 1).unwrap();
        for (case, reference) in cases.iter().zip(&reference) {
            if case.is_drawn() {
                continue;
            }
            let answer = case.ask(&mut generator);
            reference.differs_only_in_a_draw(&answer.output_ids, deviations, &case.text);
        }
    }
}

/// How close two logits have to be so that the pure engine may take the other one.
#[derive(Clone, Copy)]
enum Draw {
    /// As close as so many standard deviations of all logits.
    Within(f64),
    /// It cannot run this model.
    NotRun,
}

#[derive(Debug, Deserialize)]
struct Reference {
    output_ids: Vec<u32>,
    ahead: Vec<f64>,
}

impl Reference {
    #[track_caller]
    fn differs_only_in_a_draw(&self, output_ids: &[u32], deviations: f64, about: &str) {
        let mut pairs = self.output_ids.iter().zip(output_ids);
        if let Some(first) = pairs.position(|(theirs, ours)| theirs != ours) {
            let ahead = self.ahead[first];
            assert!(ahead < deviations, "{about}: {ahead} ahead at {first}");
        } else {
            assert_eq!(self.output_ids, output_ids, "{about}");
        }
    }
}

/// One prompt and how it is answered.
struct Case {
    text: String,
    search: Value,
}

impl Case {
    fn new(text: impl Into<String>, search: Value) -> Self {
        let text = text.into();
        Self { text, search }
    }

    fn is_drawn(&self) -> bool {
        self.search["do_sample"] == true
    }

    fn ask(&self, generator: &mut Generator) -> Answer {
        let prompt = Prompt::Text {
            text: self.text.clone(),
            raw: true,
        };
        let number = |name: &str| self.search[name].as_f64();
        let size = |name: &str| Some(usize::try_from(self.search[name].as_u64()?).unwrap());
        #[expect(clippy::cast_possible_truncation, reason = "options of one digit")]
        let search = Search {
            max_length: size("max_length"),
            min_length: size("min_length"),
            do_sample: Some(self.is_drawn()),
            temperature: number("temperature").map(|it| it as f32),
            top_k: self.search["top_k"].as_i64(),
            top_p: number("top_p").map(|it| it as f32),
            seed: size("random_seed").map(|it| u32::try_from(it).unwrap()),
            ..Search::default()
        };
        generator::ask(generator, &prompt, &search).unwrap()
    }

    fn request(&self, threads: usize, answer: &Answer) -> Value {
        json!({"threads": threads, "prompt_ids": answer.prompt_ids, "search": self.search})
    }
}

/// Short and long, greedy and drawn, up to an end token and past it.
fn cases() -> Vec<Case> {
    let long = "What is the capital of Spain? ".repeat(80);
    let greedy = |length| json!({"max_length": length, "min_length": length});
    vec![
        Case::new(
            "<|user|>\nWhat is two plus two?<|end|>\n<|assistant|>\n",
            greedy(90),
        ),
        Case::new("fn main() { println!(\"¡Hola, 世界! 🦀\"); }", greedy(120)),
        Case::new("a", json!({"max_length": 200})),
        Case::new(
            "Why?",
            json!({"max_length": 90, "do_sample": true, "random_seed": 7, "top_k": 50,
            "top_p": 0.9, "temperature": 0.8}),
        ),
        Case::new(
            "Who is there",
            json!({"max_length": 90, "do_sample": true, "random_seed": 1, "top_k": 0,
            "top_p": 0.5, "temperature": 1.5}),
        ),
        Case::new(long, greedy(1000)),
    ]
}

/// Prompts around the length at which the long rotary factors are taken, each as long as said.
fn crossing(lengths: &[(usize, usize)]) -> Vec<Case> {
    let words = "What is the capital of Spain? ";
    let case = |&(prompt, length): &(usize, usize)| {
        let search = json!({"max_length": length, "min_length": length});
        Case::new(words.repeat(prompt / 8), search)
    };
    lengths.iter().map(case).collect()
}

/// How far the next token may be behind where int4 matrices meet activations that were rounded to 8 bits: each engine
/// rounds in its own way.
const ROUNDED: Draw = Draw::Within(0.25);

/// The same where nothing is rounded: only the order of additions differs.
const EXACT: Draw = Draw::Within(1e-4);

#[test]
fn the_script_writes_the_graph_that_the_model_builder_writes() {
    for (fixture, precision) in [("phi3-tiny", "int4"), ("phi3-tiny-fp32", "fp32")] {
        let precision = format!("--precision={precision}");
        let sizes = ["--hidden=64", "--intermediate=128", "--layers=2"];
        let others = ["--vocab=611", "--context=1024", &precision];
        let made = Made::new(&[&sizes[..], &others[..]].concat());
        let fixture = Path::new(CRATE).join("fixtures/models").join(fixture);
        let folders = [&*fixture, made.path()];
        let graphs = folders.map(|folder| folder.join("model.onnx").display().to_string());
        let graphs = graphs.each_ref().map(String::as_str);
        let differences = Python::mlflow3().script("compare_graphs.py", &[], &graphs);
        assert_eq!(differences, json!([]));
        let configs = folders
            .map(|folder| fs_err::read(folder.join("genai_config.json")).unwrap())
            .map(|text| serde_json::from_slice::<Value>(&text).unwrap());
        assert_eq!(configs[0], configs[1]);
    }
}

#[test]
fn phi_3_mini_int4() {
    Made::new(&[]).answers_as_the_reference_does(&cases(), ROUNDED);
}

#[test]
fn engines_agree_on_int4_where_activations_are_not_rounded() {
    let made = Made::new(&["--accuracy-level=0"]);
    made.answers_as_the_reference_does(&cases(), EXACT);
}

#[test]
fn phi_3_mini_fp32() {
    let made = Made::new(&["--precision=fp32"]);
    made.answers_as_the_reference_does(&cases(), EXACT);
}

/// Logits of 16 bits are often equal, and which of two equal tokens a draw takes is an accident of the reference's
/// sorting: only greedy answers are compared.
#[test]
fn models_that_compute_in_fp16() {
    let mut cases = cases();
    cases.retain(|case| !case.is_drawn());
    for precision in ["--precision=fp16", "--precision=int4-fp16"] {
        let made = Made::new(&[precision]);
        made.answers_as_the_reference_does(&cases, Draw::NotRun);
        let error = made.open(EngineChoice::Rten, 1).unwrap_err();
        assert!(error.to_string().ends_with("it computes in float16"));
    }
}

#[test]
fn phi_3_medium_has_fewer_heads_of_keys() {
    let made = Made::new(&["--heads=8", "--kv-heads=2"]);
    made.answers_as_the_reference_does(&cases(), ROUNDED);
}

/// Phi-4-mini: heads rotated in part, one matrix for embedding and head.
const PHI_4: &[&str] = &["--kv-heads=2", "--head-size=64", "--rotary=48", "--tied"];

#[test]
fn phi_4_mini() {
    let made = Made::new(&[PHI_4, &["--precision=fp32"]].concat());
    made.answers_as_the_reference_does(&cases(), EXACT);
    let made = Made::new(PHI_4);
    made.answers_as_the_reference_does(&cases(), Draw::NotRun);
    let error = made.open(EngineChoice::Rten, 1).unwrap_err();
    assert!(
        error.to_string().contains("GatherBlockQuantized"),
        "{error}"
    );
}

#[test]
fn a_window_ends_what_a_token_sees() {
    let made = Made::new(&["--window=100", "--precision=fp32"]);
    made.answers_as_the_reference_does(&cases(), EXACT);
}

#[test]
fn older_exports() {
    let name = "phi3-mini-4k-instruct-cpu-int4-rtn-block-32-acc-level-4.onnx";
    let name = format!("--filename={name}");
    let made = Made::new(&["--style=older", "--eos=600", &name]);
    made.answers_as_the_reference_does(&cases(), ROUNDED);
}

#[test]
fn exports_that_ask_for_positions() {
    let made = Made::new(&["--style=position-ids", "--rotary=16", "--precision=fp32"]);
    made.answers_as_the_reference_does(&cases(), EXACT);
}

#[test]
fn exports_that_give_only_the_last_logits() {
    let made = Made::new(&["--last-logits"]);
    made.answers_as_the_reference_does(&cases(), ROUNDED);
}

/// The sizes of a model whose long prompts take no time.
const LOW: &[&str] = &[
    "--hidden=64",
    "--layers=2",
    "--heads=2",
    "--context=6000",
    "--longrope=4096",
];

#[test]
fn long_rotary_factors_are_taken_where_the_reference_takes_them() {
    let made = Made::new(&[LOW, &["--precision=fp32"]].concat());
    made.answers_as_the_reference_does(&crossing(&[(4080, 4130), (4200, 4220)]), EXACT);
}

#[test]
fn long_rotary_factors_on_every_kind_of_model() {
    if !full_ring("twelve prompts of 4,100 tokens on every kind of model") {
        return;
    }
    let cases = crossing(&[(4060, 4140), (4200, 4240), (4097, 4130), (4096, 4120)]);
    for (options, draw) in [
        (&["--precision=int4"][..], ROUNDED),
        (&["--precision=fp32", "--type=phimoe"], EXACT),
        (&["--precision=fp32", "--type=llama"], EXACT),
        (&["--precision=fp32", "--style=position-ids"], EXACT),
        (PHI_4, Draw::NotRun),
    ] {
        let made = Made::new(&[LOW, options].concat());
        made.answers_as_the_reference_does(&cases, draw);
    }
}

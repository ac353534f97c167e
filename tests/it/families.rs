//! Tokens of every shape of Phi against onnxruntime-genai itself, on random models made for the occasion.
//!
//! `tests/bench/make_model.py` writes them; their answers vary, so a wrong number anywhere shows. ONNX Runtime has to
//! give the very same tokens. The pure engine computes in another order: it may take another token where two are all
//! but equal. That this is the only place is shown with onnxruntime-genai's own logits behind every token of its answers.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use phi3ml::infer::{Answer, EngineChoice, Error, Generator, Prompt, Search};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::generator;
use crate::support::python::Python;
use crate::support::{CRATE, fixture, full_ring};

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
pub(crate) struct Made {
    pub(crate) folder: PathBuf,
    _place: Rc<TempDir>,
}

impl Made {
    pub(crate) fn new(options: &[&str]) -> Self {
        let place = tempfile::tempdir().unwrap();
        let output = Python::mlflow3()
            .command()
            .arg(Path::new(CRATE).join("tests/bench/make_model.py"))
            .arg(place.path())
            .args(SMALL)
            .args(options)
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        Self {
            folder: place.path().to_owned(),
            _place: Rc::new(place),
        }
    }

    /// The models that onnxruntime-genai's own builder makes of random checkpoints, by family and precision.
    fn by_the_builder() -> BTreeMap<String, Self> {
        let place = Rc::new(tempfile::tempdir().unwrap());
        let python = Python::transformers();
        let packages = python.packages("builder", false).display().to_string();
        let variables = [("PYTHONPATH", &*packages), ("HF_HUB_OFFLINE", "1")];
        let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let tokenizer = fixture("models/phi3-tiny-hf");
        let paths = [place.path(), &tokenizer].map(|path| path.to_str().unwrap());
        let names = python.script("build_models.py", &variables, &paths);
        let names: Vec<String> = serde_json::from_value(names).unwrap();
        let made = names.into_iter().map(|name| {
            let folder = place.path().join(&name);
            let made = Self {
                folder,
                _place: Rc::clone(&place),
            };
            (name, made)
        });
        made.collect()
    }

    fn path(&self) -> &Path {
        &self.folder
    }

    fn open(&self, engine: EngineChoice, threads: usize) -> Result<Generator, Error> {
        generator::open(self.path(), engine, threads)
    }

    /// What a script of onnxruntime-genai makes of some requests to this model.
    fn reference<T: DeserializeOwned>(
        &self,
        script: &str,
        requests: &[Value],
        more: &[&Path],
    ) -> T {
        let file = self.path().join("requests.json");
        fs_err::write(&file, Value::from(requests).to_string()).unwrap();
        let paths = [self.path(), &file];
        let paths = paths.iter().chain(more).map(|path| path.to_str().unwrap());
        let answers = Python::mlflow3().script(script, &[], &paths.collect::<Vec<_>>());
        serde_json::from_value(answers).unwrap()
    }

    /// ONNX Runtime's answers are the reference's, and the pure engine's are as `pure` says.
    fn answers_as_the_reference_does(&self, cases: &[Case], pure: Pure<'_>) {
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
        let reference: Vec<Reference> = self.reference("genai_answers.py", &requests, &[]);
        assert_eq!(reference.len(), requests.len());
        for ((answer, reference), request) in ort.iter().flatten().zip(&reference).zip(&requests) {
            assert_eq!(answer.output_ids, reference.output_ids, "{request}");
        }
        let varied: BTreeSet<_> = reference.iter().flat_map(|it| &it.output_ids).collect();
        assert!(varied.len() > 40, "the output has collapsed: {varied:?}");

        match pure {
            Pure::Exact => self.pure_answers_are_likeliest(cases, None),
            Pure::Rounded(exact) => self.pure_answers_are_likeliest(cases, Some(exact)),
        }
    }

    /// Each token of the pure engine's greedy answers, and where nothing is rounded of those that are drawn, is the one that the reference would take after the same tokens, or all
    /// but as likely as that; where it is drawn, the number that was drawn is all but its own.
    fn pure_answers_are_likeliest(&self, cases: &[Case], exact: Option<&Self>) {
        let mut generator = self.open(EngineChoice::Rten, 1).unwrap();
        let followed = cases
            .iter()
            .filter(|case| case.is_greedy() || case.draws_some() && exact.is_none());
        let requests: Vec<_> = followed
            .map(|case| {
                let answer = case.ask(&mut generator);
                json!({"prompt_ids": answer.prompt_ids, "output_ids": answer.output_ids,
                    "search": case.search})
            })
            .collect();
        assert!(!requests.is_empty());
        let more: Vec<_> = exact.map(Self::path).into_iter().collect();
        let followed: Vec<Followed> = self.reference("genai_follows.py", &requests, &more);
        assert_eq!(followed.len(), requests.len());
        let (mut off, mut reference_off) = (0, 0);
        for (request, followed) in requests.iter().zip(&followed) {
            let tokens = request["output_ids"].as_array().unwrap();
            assert_eq!(followed.behind.len(), tokens.len());
            for (index, &behind) in followed.behind.iter().enumerate() {
                // Two logits that are each as uncertain as this may change places.
                let uncertain = followed
                    .error
                    .get(index)
                    .map_or(ADDED_UP, |error| 2.0 * error);
                assert!(
                    behind <= uncertain,
                    "{behind} > {uncertain} at {index}: {request}"
                );
            }
            off += followed.off;
            reference_off += followed.reference_off;
        }
        assert!(
            off <= reference_off,
            "{off} tokens are off, {reference_off} of the reference's"
        );
    }
}

/// What the order of additions may do to a logit, in standard deviations, and to a probability: some hundred steps of
/// the 24 bits of a number for each of a few layers.
const ADDED_UP: f64 = 1e-4;

/// Which tokens the pure engine may take.
#[derive(Clone, Copy)]
enum Pure<'a> {
    /// Those that the reference takes: only the order of additions differs.
    Exact,
    /// Those that are as likely within the reference's own error. Each engine rounds the activations that int4 matrices
    /// meet to 8 bits in its own way, rten only those of single tokens; the other model is the same one without rounding.
    /// That one would have taken other tokens than the pure engine no more often than it would than the reference.
    Rounded(&'a Made),
}

#[derive(Debug, Deserialize)]
struct Reference {
    output_ids: Vec<u32>,
}

/// What the reference makes of another engine's tokens, in standard deviations of all logits.
#[derive(Debug, Deserialize)]
struct Followed {
    /// How far each token is behind the likeliest; of one that is drawn, how far the number that was drawn is from
    /// those that stand for it, in probability, beyond what the error does to these.
    behind: Vec<f64>,
    /// How far the reference's own rounding moves a logit there; nothing where nothing is rounded.
    error: Vec<f64>,
    /// How many tokens the model without rounding would not have taken.
    off: usize,
    /// How many of the reference's own it would not have taken.
    reference_off: usize,
}

/// One prompt and how it is answered.
#[derive(Clone)]
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

    fn is_greedy(&self) -> bool {
        !self.is_drawn() && self.search["num_beams"].is_null()
    }

    /// Whether tokens are drawn from so many that are the likeliest.
    fn draws_some(&self) -> bool {
        self.is_drawn() && self.search["top_k"].as_i64() > Some(0)
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
            num_beams: size("num_beams"),
            do_sample: Some(self.is_drawn()),
            temperature: number("temperature").map(|it| it as f32),
            top_k: self.search["top_k"].as_i64(),
            top_p: number("top_p").map(|it| it as f32),
            seed: self.search["random_seed"].as_i64(),
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

/// Searches for the best of several sequences.
fn searched() -> Vec<Case> {
    let prompts = ["Who is there", "a", "Why?", "one two three", "Hello"];
    let case = |(index, prompt): (usize, &str)| {
        let beams = [2, 4, 8][index % 3];
        let search = json!({"max_length": 40, "min_length": 40, "num_beams": beams});
        Case::new(format!("{prompt} {index}"), search)
    };
    prompts
        .into_iter()
        .cycle()
        .take(60)
        .enumerate()
        .map(case)
        .collect()
}

/// Answers that are drawn in all ways, with these seeds.
fn drawn(seeds: std::ops::Range<usize>) -> Vec<Case> {
    let case = |seed: usize| {
        let (top_k, top_p) = [(0, 0.5), (0, 0.95), (50, 1.0), (20, 0.9)][seed % 4];
        let search = json!({"max_length": 60, "min_length": 60, "do_sample": true, "random_seed": seed, "top_k": top_k,
            "top_p": top_p, "temperature": 1.5});
        Case::new("Who is there", search)
    };
    seeds.map(case).collect()
}

/// Prompts around the length at which the long rotary factors are taken, each as long as said; the answer to the first
/// is also drawn.
fn crossing(lengths: &[(usize, usize)]) -> Vec<Case> {
    let words = "What is the capital of Spain? ";
    let greedy = |&(prompt, length): &(usize, usize)| {
        let search = json!({"max_length": length, "min_length": length});
        Case::new(words.repeat(prompt / 8), search)
    };
    let mut cases: Vec<_> = lengths.iter().map(greedy).collect();
    let mut drawn = cases[0].clone();
    for (name, value) in [
        ("do_sample", json!(true)),
        ("random_seed", json!(3)),
        ("top_k", json!(0)),
        ("top_p", json!(0.9)),
    ] {
        drawn.search[name] = value;
    }
    cases.push(drawn);
    cases
}

/// Options that make a model of int4 matrices which meet activations that nobody rounds.
const UNROUNDED: &str = "--accuracy-level=0";

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

/// Asks a model of int4 matrices beside the same model whose activations are not rounded.
fn rounded_answers(options: &[&str], cases: &[Case]) {
    let exact = Made::new(&[options, &[UNROUNDED]].concat());
    Made::new(options).answers_as_the_reference_does(cases, Pure::Rounded(&exact));
}

#[test]
fn phi_3_mini_int4() {
    rounded_answers(&[], &cases());
}

#[test]
fn engines_agree_on_int4_where_activations_are_not_rounded() {
    let made = Made::new(&[UNROUNDED]);
    made.answers_as_the_reference_does(&cases(), Pure::Exact);
}

#[test]
fn phi_3_mini_fp32() {
    let made = Made::new(&["--precision=fp32"]);
    let cases = [cases(), drawn(0..40), searched()].concat();
    made.answers_as_the_reference_does(&cases, Pure::Exact);
    let [ort, rten] = [EngineChoice::Ort, EngineChoice::Rten].map(|engine| {
        let mut generator = made.open(engine, 1).unwrap();
        let answers = cases.iter().map(|case| case.ask(&mut generator).output_ids);
        answers.collect::<Vec<_>>()
    });
    // Of what is drawn or searched for, the same is found, but where a beam or a number decides by the last bits.
    let differ = ort.iter().zip(&rten).filter(|(ort, rten)| ort != rten);
    assert!(differ.count() <= cases.len() / 20);
}

#[test]
fn models_that_compute_in_fp16() {
    // Logits of 16 bits are often equal, and which of equal tokens a draw takes depends on the reference's sorting.
    let cases = [cases(), drawn(0..40), searched()].concat();
    for (precision, exact) in [
        ("--precision=fp16", &["--precision=fp32", "--halved"][..]),
        ("--precision=int4-fp16", &["--halved", UNROUNDED]),
    ] {
        let made = Made::new(&[precision]);
        made.answers_as_the_reference_does(&cases, Pure::Rounded(&Made::new(exact)));
    }
}

#[test]
fn phi_3_medium_has_fewer_heads_of_keys() {
    rounded_answers(&["--heads=8", "--kv-heads=2"], &cases());
}

/// Phi-4-mini: heads rotated in part, one matrix for embedding and head.
const PHI_4: &[&str] = &["--kv-heads=2", "--head-size=64", "--rotary=48", "--tied"];

#[test]
fn phi_4_mini() {
    let made = Made::new(&[PHI_4, &["--precision=fp32"]].concat());
    made.answers_as_the_reference_does(&cases(), Pure::Exact);
    rounded_answers(PHI_4, &cases());
}

#[test]
fn a_window_ends_what_a_token_sees() {
    let made = Made::new(&["--window=100", "--precision=fp32"]);
    made.answers_as_the_reference_does(&cases(), Pure::Exact);
}

#[test]
fn older_exports() {
    let name = "phi3-mini-4k-instruct-cpu-int4-rtn-block-32-acc-level-4.onnx";
    let name = format!("--filename={name}");
    rounded_answers(&["--style=older", "--eos=600", &name], &cases());
}

#[test]
fn exports_that_ask_for_positions() {
    let made = Made::new(&["--style=position-ids", "--rotary=16", "--precision=fp32"]);
    made.answers_as_the_reference_does(&cases(), Pure::Exact);
}

#[test]
fn exports_that_give_only_the_last_logits() {
    rounded_answers(&["--last-logits"], &cases());
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
    made.answers_as_the_reference_does(&crossing(&[(4080, 4130), (4200, 4220)]), Pure::Exact);
}

/// Where the embeddings do not depend on it, a prompt of any length goes through in parts, the reference's in one.
#[test]
fn long_prompts_of_a_model_with_one_set_of_factors() {
    let made = Made::new(&["--layers=2", "--context=8192", "--precision=fp32"]);
    made.answers_as_the_reference_does(&crossing(&[(4200, 4220), (5100, 5120)]), Pure::Exact);
}

#[test]
fn long_rotary_factors_on_every_kind_of_model() {
    if !full_ring("twelve prompts of 4,100 tokens on every kind of model") {
        return;
    }
    let cases = crossing(&[(4060, 4140), (4200, 4240), (4097, 4130), (4096, 4120)]);
    rounded_answers(&[LOW, &["--precision=int4"]].concat(), &cases);
    rounded_answers(&[LOW, PHI_4].concat(), &cases);
    for (options, pure) in [
        (&["--precision=fp32", "--type=phimoe"][..], Pure::Exact),
        (&["--precision=fp32", "--type=llama"], Pure::Exact),
        (&["--precision=fp32", "--style=position-ids"], Pure::Exact),
    ] {
        let made = Made::new(&[LOW, options].concat());
        made.answers_as_the_reference_does(&cases, pure);
    }
}

#[test]
fn models_of_the_model_builder() {
    if !full_ring("twenty models exported by the model builder of onnxruntime-genai") {
        return;
    }
    let made = Made::by_the_builder();
    assert_eq!(made.len(), 20);
    for (name, model) in &made {
        let is_long = name.starts_with("phi-3.5") || name.starts_with("phi-4");
        let pure = match made.get(&format!("{name}-unrounded")) {
            Some(exact) => Pure::Rounded(exact),
            None => Pure::Exact,
        };
        let mut cases = drawn(0..12);
        cases.extend(self::cases());
        if is_long {
            cases.extend(crossing(&[(4080, 4130), (4200, 4220)]));
        }
        model.answers_as_the_reference_does(&cases, pure);
    }
}

//! Models that are damaged, or of another kind, or too large: an error that names what is wrong, on both engines,
//! and never the end of the process.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use phi3ml::error::{Hint as _, Kind};
use phi3ml::infer::runtime::Places;
use phi3ml::infer::{EngineChoice, Error, Generator, OpenOptions, Prompt, Search};
use serde_json::{Value, json};

use crate::families::Made;
use crate::support::python::Python;
use crate::support::{Context, PROMPT, fixture, full_ring, phi3_tiny};

const ENGINES: [EngineChoice; 2] = [EngineChoice::Ort, EngineChoice::Rten];

/// Opens the model in `folder` and asks it.
fn ask(folder: &Path, engine: EngineChoice, length: Option<usize>) -> Result<(), Error> {
    let options = OpenOptions {
        engine,
        threads: Some(1),
        length,
        sequences: None,
        places: Places {
            explicit: Some(Python::mlflow3().onnx_runtime()),
            ..Places::default()
        },
    };
    let prompt = Prompt::Text {
        text: PROMPT.to_owned(),
        raw: false,
    };
    let search = Search {
        max_new_tokens: Some(3),
        ..Search::default()
    };
    let mut generator = Generator::open(folder, &options)?;
    let go_on = &mut |_: &str| std::ops::ControlFlow::Continue(());
    generator.generate(&prompt, &search, go_on).map(|_| ())
}

/// What both engines say of a copy of `folder` after `damage`.
#[track_caller]
fn refusal(folder: &Path, damage: impl Fn(&Path)) -> (Kind, String) {
    let context = Context::new();
    let copy = context.copy_of(folder, "model");
    damage(&copy);
    let [ort, rten] = ENGINES.map(|engine| {
        let error = ask(&copy, engine, None).unwrap_err();
        let mut message = error.to_string();
        let mut cause = std::error::Error::source(&error);
        while let Some(error) = cause {
            message = format!("{message}: {error}");
            cause = error.source();
        }
        let place = format!("{}/", copy.display());
        (error.kind(), message.replace(&place, ""))
    });
    assert_eq!(ort, rten);
    ort
}

fn configure(folder: &Path, edit: impl FnOnce(&mut Value)) {
    let path = folder.join("genai_config.json");
    let mut config = serde_json::from_slice(&fs_err::read(&path).unwrap()).unwrap();
    edit(&mut config);
    fs_err::write(path, config.to_string()).unwrap();
}

#[test]
fn configurations_are_refused_by_file_and_field() {
    for (pointer, value, expected) in [
        (
            "/model/vocab_size",
            json!(-1),
            "model.vocab_size: invalid value: integer `-1`",
        ),
        (
            "/model/context_length",
            json!("x"),
            "model.context_length: invalid type: string",
        ),
        (
            "/model/decoder/head_size",
            json!(1.5),
            "model.decoder.head_size: invalid type: floating point",
        ),
        (
            "/model/eos_token_id",
            json!(["a"]),
            "model.eos_token_id: a token id or a list",
        ),
        (
            "/model/decoder/num_hidden_layers",
            json!(1_000_000_000),
            "`model.decoder.num_hidden_layers` in `genai_config.json` is 1000000000",
        ),
        (
            "/model/decoder/num_key_value_heads",
            json!(0),
            "`model.decoder.num_key_value_heads` in `genai_config.json` is 0",
        ),
        (
            "/model/decoder/num_key_value_heads",
            json!(2),
            "`model.decoder.num_key_value_heads` in `genai_config.json` is 2, but the graph has 4",
        ),
        (
            "/model/eos_token_id",
            json!([600, 32007]),
            "`model.eos_token_id` in `genai_config.json` is 32007, but the model has only 611 tokens",
        ),
        (
            "/model/context_length",
            json!(1_u64 << 40),
            "`model.context_length` in `genai_config.json` is 1099511627776",
        ),
        (
            "/model/context_length",
            json!(1025),
            "is 1025, but the graph tells only 1024 positions apart",
        ),
    ] {
        let (kind, message) = refusal(&phi3_tiny(), |folder| {
            configure(folder, |config| {
                *config.pointer_mut(pointer).unwrap() = value.clone();
            });
        });
        assert_eq!(kind, Kind::Corrupt, "{message}");
        assert!(message.contains(expected), "{message}");
    }
    let (kind, message) = refusal(&phi3_tiny(), |folder| {
        configure(folder, |config| {
            config["model"]["decoder"]
                .as_object_mut()
                .unwrap()
                .remove("head_size");
        });
    });
    assert_eq!(kind, Kind::Corrupt);
    assert!(
        message.contains("model.decoder: missing field `head_size`"),
        "{message}"
    );
    for (layers, expected) in [
        (3, "it has no input `past_key_values.2.key`"),
        (1, "it also wants"),
    ] {
        let (kind, message) = refusal(&phi3_tiny(), |folder| {
            configure(folder, |config| {
                config["model"]["decoder"]["num_hidden_layers"] = layers.into();
            });
        });
        assert_eq!(kind, Kind::Refused);
        assert!(message.contains(expected), "{message}");
    }
}

#[test]
fn weights_that_are_no_numbers_are_told() {
    let embedded = |name: &str, number: f32| {
        refusal(&fixture(&format!("models/{name}")), |folder| {
            let path = folder.join("model.onnx.data");
            let mut weights = fs_err::read(&path).unwrap();
            // The embedding comes first: 611 rows of 64 numbers.
            let (numbers, _) = weights[..611 * 64 * 4].as_chunks_mut();
            numbers.fill(number.to_le_bytes());
            fs_err::write(path, weights).unwrap();
        })
    };
    for name in ["phi3-tiny", "phi3-tiny-fp32"] {
        for (number, expected) in [
            (
                f32::NAN,
                "`model.onnx` is damaged at `model.embed_tokens.weight`: one of its numbers is NaN",
            ),
            // A number, of which arithmetic makes none.
            (
                f32::INFINITY,
                "`model.onnx` computes no numbers: the logits after 10 tokens are NaN",
            ),
        ] {
            assert_eq!(embedded(name, number), (Kind::Corrupt, expected.to_owned()));
        }
    }
}

/// Replaces bytes in the graph with as many others, wherever they are.
fn patch(folder: &Path, from: &[u8], to: &[u8]) {
    assert_eq!(from.len(), to.len());
    let path = folder.join("model.onnx");
    let mut graph = fs_err::read(&path).unwrap();
    let places: Vec<_> = (0..graph.len() - from.len())
        .filter(|&at| graph[at..].starts_with(from))
        .collect();
    assert!(!places.is_empty());
    for at in places {
        graph[at..at + to.len()].copy_from_slice(to);
    }
    fs_err::write(path, graph).unwrap();
}

#[test]
fn weights_outside_of_the_folder_are_not_read() {
    for outside in [b"../../etc/passw", b"/etc/alternativ"] {
        let (kind, message) = refusal(&phi3_tiny(), |folder| {
            patch(folder, b"model.onnx.data", outside);
        });
        assert_eq!(kind, Kind::Refused);
        assert!(
            message.contains("it keeps weights outside its folder"),
            "{message}"
        );
    }
}

#[test]
fn graphs_whose_parts_do_not_fit_are_refused_by_part() {
    let (kind, message) = refusal(&phi3_tiny(), |folder| {
        // Sizes stand for themselves in a graph: 611 is two bytes.
        patch(
            folder,
            b"\x08\xe3\x04\x08\x02\x10\x01",
            b"\x08\xe2\x04\x08\x02\x10\x01",
        );
    });
    assert_eq!(kind, Kind::Corrupt);
    assert!(
        message.contains("is damaged at `lm_head.MatMul.weight_scales`: it has 4888 bytes"),
        "{message}"
    );
    let (kind, message) = refusal(&phi3_tiny(), |folder| {
        patch(
            folder,
            b"/model/layers.0/mlp/Mul/output_0",
            b"/model/layers.1/mlp/Mul/output_0",
        );
    });
    assert_eq!(kind, Kind::Corrupt);
    assert!(message.contains("which is there already"), "{message}");
}

#[test]
fn keys_and_values_have_names_of_their_own() {
    for place in ["inputs", "outputs"] {
        let (kind, message) = refusal(&phi3_tiny(), |folder| {
            configure(folder, |config| {
                let names = &mut config["model"]["decoder"][place];
                let kind = if place == "inputs" { "past" } else { "present" };
                names[format!("{kind}_key_names")] = names[format!("{kind}_value_names")].clone();
            });
        });
        assert_eq!(kind, Kind::Refused);
        assert!(
            message.contains("keys and values have the same names"),
            "{message}"
        );
    }
}

#[test]
fn tokenizers_that_make_much_of_little_are_refused() {
    let (kind, message) = refusal(&phi3_tiny(), |folder| {
        let path = folder.join("tokenizer.json");
        let mut tokenizer: Value = serde_json::from_slice(&fs_err::read(&path).unwrap()).unwrap();
        let more =
            json!({"type": "Replace", "pattern": {"String": "a"}, "content": "a".repeat(1000)});
        tokenizer["normalizer"] =
            json!({"type": "Sequence", "normalizers": [more, more, more, more]});
        fs_err::write(path, tokenizer.to_string()).unwrap();
    });
    assert_eq!(kind, Kind::Failed);
    assert!(
        message.contains("more memory or time than any tokenizer needs"),
        "{message}"
    );
}

#[test]
fn graphs_that_feed_themselves_are_refused() {
    let feed_itself = "import sys, onnx
model = onnx.load(sys.argv[1], load_external_data=False)
(attention, *_) = [node for node in model.graph.node if node.op_type == 'GroupQueryAttention']
(cast,) = [node for node in model.graph.node if attention.input[5] in node.output]
assert cast.op_type == 'Cast'
cast.input[0] = cast.output[0]
onnx.save(model, sys.argv[1])";
    let (kind, message) = refusal(&phi3_tiny(), |folder| {
        let mut python = Python::mlflow3().command();
        let graph = folder.join("model.onnx");
        let changed = python
            .args(["-c", feed_itself])
            .arg(graph)
            .output()
            .unwrap();
        assert!(changed.status.success(), "{changed:?}");
    });
    assert_eq!(kind, Kind::Corrupt);
    assert!(message.contains("is damaged at `"), "{message}");
}

#[test]
fn graphs_of_another_kind_are_refused_with_what_was_found() {
    let (kind, message) = refusal(&phi3_tiny(), |folder| {
        for (from, to) in [
            ("affine.onnx", "model.onnx"),
            ("affine.onnx.data", "affine.onnx.data"),
        ] {
            fs_err::copy(fixture("models/affine-onnx").join(from), folder.join(to)).unwrap();
        }
    });
    assert_eq!(kind, Kind::Refused);
    assert!(
        message.contains("phi3ml does not run `model.onnx`: it also wants"),
        "{message}"
    );
    assert!(
        message.contains("supported are decoders exported for ONNX Runtime GenAI"),
        "{message}"
    );

    let (kind, message) = refusal(&phi3_tiny(), |folder| {
        let named = |name: &str| [b"\x22\x13", name.as_bytes()].concat();
        patch(
            folder,
            &named("GroupQueryAttention"),
            &named("MyOwnQueryAttention"),
        );
    });
    assert_eq!(kind, Kind::Refused);
    assert!(
        message.contains("its attention is MyOwnQueryAttention, not GroupQueryAttention"),
        "{message}"
    );
}

/// A model of which a token takes a MiB, and which no machine has room for as many tokens for as it allows.
fn hungry() -> Made {
    Made::new(&[
        "--layers=8",
        "--heads=64",
        "--kv-heads=64",
        "--head-size=256",
        "--rotary=16",
        "--context=1048576",
    ])
}

/// It can be packaged for others who run it.
#[test]
fn pipelines_of_graphs_are_packaged_and_not_run() {
    let context = Context::new();
    let folder = context.copy_of(&phi3_tiny(), "pipeline");
    configure(&folder, |config| {
        let decoder = config["model"]["decoder"].as_object_mut().unwrap();
        let graph = decoder.remove("filename").unwrap();
        let part = json!({"decoder": {"filename": graph}});
        decoder.insert("pipeline".to_owned(), json!([part]));
    });
    let folder = folder.to_str().unwrap();
    let package = context.path("package");
    let package = package.to_str().unwrap();
    let packaged = context.phi3ml(["package", folder, package]).run();
    packaged.expect_code(0);
    for model in [folder, package] {
        let asked = context.phi3ml(["predict", "-m", model, "--prompt", "Hi"]);
        let refused = asked.run();
        refused
            .expect_code(1)
            .expect_stderr("its decoder is a pipeline of several graphs; supported are decoders");
    }
}

#[test]
fn the_longest_of_the_tables_that_are_chosen_from_ends_the_context() {
    let made = Made::new(&["--context=300", "--longrope=256"]);
    let (kind, message) = refusal(&made.folder, |folder| {
        configure(folder, |config| {
            config["model"]["context_length"] = 301.into();
        });
    });
    assert_eq!(kind, Kind::Corrupt);
    assert!(
        message.contains("the graph tells only 300 positions apart"),
        "{message}"
    );
}

#[test]
fn too_little_memory_is_told_before_anything_is_loaded() {
    let made = hungry();
    for engine in ENGINES {
        let error = ask(&made.folder, engine, Some(1 << 20)).unwrap_err();
        assert_eq!(error.kind(), Kind::Failed);
        let text = error.to_string();
        assert!(text.contains("does not fit into memory: "), "{text}");
        assert!(
            text.contains("the keys and values of 1048576 tokens ")
                && text.contains(" 1099.5 GB, but"),
            "{text}"
        );
        assert!(error.hint().unwrap().contains("--max-length"));
    }
}

/// The library is none, so whatever loads first would say so instead.
#[test]
fn every_command_tells_of_too_little_memory_before_it_loads() {
    let context = Context::new();
    let made = hungry();
    let written = |name: &str, content: &str| {
        let path = context.path(name);
        fs_err::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let model = made.folder.to_str().unwrap();
    let library = &written("library.so", "no library");
    let rows = &written("rows.jsonl", "{\"prompt\": \"Hi\"}\n");
    let long = &written(
        "long.json",
        "{\"inputs\": [\"Hi\"], \"params\": {\"max_length\": 1048576}}",
    );
    for (command, arguments) in [
        ("predict", &["--prompt", "Hi", "--max-length=1048576"][..]),
        ("predict", &["--input-path", rows, "--max-tokens=1048000"]),
        ("predict", &["--input-path", long]),
        (
            "predict",
            &["--prompt", "Hi", "--num-beams=32", "--max-length=32768"],
        ),
        ("chat", &["--max-length=1048576"]),
        ("bench", &["--prompt-lengths=1048000"]),
    ] {
        let run = context.phi3ml([
            command,
            "-m",
            model,
            "--engine",
            "ort",
            "--ort-lib",
            library,
        ]);
        let finished = run.args(arguments).stdin("Hi\n").run();
        finished
            .expect_code(1)
            .expect_stderr("does not fit into memory");
    }
}

/// A small generator of numbers that repeats itself from run to run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 20).unwrap() % sides
    }
}

/// Runs the program on a damaged model: it may answer or refuse, and has to end by itself. How long it took.
fn survives(context: &Context, folder: &Path, engine: &str, about: &str) -> Duration {
    let model = folder.to_str().unwrap();
    let arguments = [
        "predict",
        "-m",
        model,
        "--prompt",
        PROMPT,
        "--max-tokens",
        "3",
        "--engine",
        engine,
    ];
    let started = Instant::now();
    let ended = context.phi3ml(arguments).run();
    let took = started.elapsed();
    let is_said = !ended.stderr.contains("panicked");
    assert!(
        matches!(ended.code, Some(0 | 1)) && is_said,
        "{engine}: {about}\n{ended}"
    );
    took
}

/// It is left behind in the middle of that, so this is done often.
#[test]
fn an_engine_that_is_still_loading_ends_with_the_process() {
    let context = Context::new().with_onnx_runtime();
    let folder = context.copy_of(&phi3_tiny(), "damaged");
    fs_err::write(folder.join("tokenizer.json"), "{").unwrap();
    for engine in ["ort", "rten"] {
        for _ in 0..20 {
            survives(&context, &folder, engine, "a tokenizer that is none");
        }
    }
}

#[test]
fn no_damaged_byte_ends_the_process() {
    if !full_ring("two thousand models with damaged bytes") {
        return;
    }
    let context = Context::new().with_onnx_runtime();
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    let files = [
        "model.onnx",
        "model.onnx",
        "model.onnx",
        "genai_config.json",
        "tokenizer.json",
        "tokenizer_config.json",
    ];
    let mut longest = Duration::ZERO;
    for case in 0..1000 {
        let folder = context.copy_of(&phi3_tiny(), &format!("damaged-{case}"));
        let name = files[dice.roll(files.len())];
        let mut bytes = fs_err::read(folder.join(name)).unwrap();
        for _ in 0..=dice.roll(3) {
            let at = dice.roll(bytes.len());
            match dice.roll(4) {
                0 => bytes.truncate(at + 1),
                1 => bytes[at] ^= 1 << dice.roll(8),
                2 => bytes[at] = [0, 0xff, 0x7f, 0x80, b'9', b'-'][dice.roll(6)],
                _ => _ = bytes.drain(at..(at + 1 + dice.roll(30)).min(bytes.len() - 1).max(at)),
            }
        }
        fs_err::write(folder.join(name), bytes).unwrap();
        for engine in ["ort", "rten"] {
            let about = format!("case {case}, {name}");
            longest = longest.max(survives(&context, &folder, engine, &about));
        }
        fs_err::remove_dir_all(folder).unwrap();
    }
    eprintln!("the longest process took {longest:?}");
}

#[test]
fn no_changed_graph_ends_the_process() {
    if !full_ring("six hundred graphs changed in one part") {
        return;
    }
    let context = Context::new().with_onnx_runtime();
    let graph = phi3_tiny().join("model.onnx");
    let changed: PathBuf = context.path("work").join("changed");
    let arguments = [&graph, &changed].map(|path| path.to_str().unwrap().to_owned());
    let [graph, into] = arguments.each_ref().map(String::as_str);
    let changes = Python::mlflow3().script("change_graphs.py", &[], &[graph, into, "600"]);
    let mut longest = Duration::ZERO;
    for (case, change) in changes.as_array().unwrap().iter().enumerate() {
        let folder = context.copy_of(&phi3_tiny(), &format!("changed-{case}"));
        let made = changed.join(format!("{case}.onnx"));
        fs_err::copy(made, folder.join("model.onnx")).unwrap();
        for engine in ["ort", "rten"] {
            longest = longest.max(survives(&context, &folder, engine, &change.to_string()));
        }
        fs_err::remove_dir_all(folder).unwrap();
    }
    eprintln!("the longest process took {longest:?}");
}

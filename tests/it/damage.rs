//! Models that are damaged, or of another kind, or too large: an error that names what is wrong, on both engines,
//! and never the end of the process.

use std::path::Path;

use phi3ml::error::{Hint as _, Kind};
use phi3ml::infer::runtime::Places;
use phi3ml::infer::{EngineChoice, Error, Exported, Generator, OpenOptions, Prompt, Search};
use serde_json::{Value, json};

use crate::support::process::Finished;
use crate::support::python::Python;
use crate::support::{Context, PROMPT, configure, fixture, phi3_tiny};

pub(crate) const ENGINES: [EngineChoice; 2] = [EngineChoice::Ort, EngineChoice::Rten];

/// Opens the model in `folder` and asks it.
pub(crate) fn ask(folder: &Path, engine: EngineChoice, length: Option<usize>) -> Result<(), Error> {
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
    let mut generator = Generator::open(Exported::read(folder)?, &options)?;
    let go_on = &mut |_: &str| std::ops::ControlFlow::Continue(());
    generator.generate(&prompt, &search, go_on).map(|_| ())
}

/// What both engines say of a copy of `folder` after `damage`; the program says it too, and ends by itself.
#[track_caller]
fn refusal(folder: &Path, damage: impl Fn(&Path)) -> (Kind, String) {
    let context = Context::new().with_onnx_runtime();
    let copy = context.copy_of(folder, "model");
    damage(&copy);
    let place = format!("{}/", copy.display());
    let [ort, rten] = ENGINES.map(|engine| {
        let error = ask(&copy, engine, None).unwrap_err();
        let causes =
            std::iter::successors(Some(&error as &dyn std::error::Error), |it| it.source());
        let parts: Vec<_> = causes
            .map(|it| it.to_string().replace(&place, ""))
            .collect();
        let told = run(&context, &copy, engine);
        let shown = told.stderr.replace(&place, "");
        let is_told = parts.iter().all(|part| shown.contains(part));
        assert!(told.code == Some(1) && is_told, "{parts:?}: {told}");
        (error.kind(), parts.join(": "))
    });
    assert_eq!(ort, rten);
    ort
}

/// What both say of the tiny model after `damage`, as an error of this kind.
#[track_caller]
fn refused(expected: Kind, damage: impl Fn(&Path)) -> String {
    let (kind, message) = refusal(&phi3_tiny(), damage);
    assert_eq!(kind, expected, "{message}");
    message
}

/// The program asks the model in `folder`.
pub(crate) fn run(context: &Context, folder: &Path, engine: EngineChoice) -> Finished {
    let engine = match engine {
        EngineChoice::Rten => "rten",
        _ => "ort",
    };
    let model = folder.to_str().unwrap();
    let asked = ["predict", "-m", model, "--prompt", PROMPT, "--max-tokens=3"];
    context.phi3ml(asked).args(["--engine", engine]).run()
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
            "model.context_length: invalid type: string \"x\", expected a whole number of 0 or more",
        ),
        (
            "/model",
            json!(5),
            "model: invalid type: integer `5`, expected an object",
        ),
        (
            "/model/decoder/head_size",
            json!(1.5),
            "model.decoder.head_size: invalid type: floating point",
        ),
        (
            "/model/eos_token_id",
            json!(["a"]),
            "model.eos_token_id: it has to be a token id or a list",
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
    ] {
        let message = refused(Kind::Corrupt, |folder| {
            configure(folder, |config| {
                *config.pointer_mut(pointer).unwrap() = value.clone();
            });
        });
        assert!(message.contains(expected), "{message}");
    }
    let message = refused(Kind::Corrupt, |folder| {
        configure(folder, |config| {
            config["model"]["decoder"]
                .as_object_mut()
                .unwrap()
                .remove("head_size");
        });
    });
    assert!(
        message.contains("model.decoder: missing field `head_size`"),
        "{message}"
    );
    for (layers, expected) in [
        (3, "it has no input `past_key_values.2.key`"),
        (1, "it also wants"),
    ] {
        let message = refused(Kind::Refused, |folder| {
            configure(folder, |config| {
                config["model"]["decoder"]["num_hidden_layers"] = layers.into();
            });
        });
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
        let message = refused(Kind::Refused, |folder| {
            patch(folder, b"model.onnx.data", outside);
        });
        assert!(
            message.contains("it keeps weights outside its folder"),
            "{message}"
        );
    }
}

#[test]
fn graphs_whose_parts_do_not_fit_are_refused_by_part() {
    let message = refused(Kind::Corrupt, |folder| {
        // Sizes stand for themselves in a graph: 611 is two bytes.
        patch(
            folder,
            b"\x08\xe3\x04\x08\x02\x10\x01",
            b"\x08\xe2\x04\x08\x02\x10\x01",
        );
    });
    assert!(
        message.contains("is damaged at `lm_head.MatMul.weight_scales`: it has 4888 bytes"),
        "{message}"
    );
    // As many numbers in another shape, beyond which rten would read.
    let message = refused(Kind::Corrupt, |folder| {
        patch(
            folder,
            b"\x08\xe3\x04\x08\x02\x10\x01",
            b"\x08\x02\x08\xe3\x04\x10\x01",
        );
    });
    assert!(
        message.contains("a shape of [2, 611], and has to have [611, 2] or [1222]"),
        "{message}"
    );
    let message = refused(Kind::Corrupt, |folder| {
        patch(
            folder,
            b"/model/layers.0/mlp/Mul/output_0",
            b"/model/layers.1/mlp/Mul/output_0",
        );
    });
    assert!(message.contains("which is there already"), "{message}");
}

#[test]
fn keys_and_values_have_names_of_their_own() {
    for place in ["inputs", "outputs"] {
        let message = refused(Kind::Refused, |folder| {
            configure(folder, |config| {
                let names = &mut config["model"]["decoder"][place];
                let kind = if place == "inputs" { "past" } else { "present" };
                names[format!("{kind}_key_names")] = names[format!("{kind}_value_names")].clone();
            });
        });
        assert!(
            message.contains("keys and values have the same names"),
            "{message}"
        );
    }
}

#[test]
fn tokenizers_that_make_much_of_little_are_refused() {
    let message = refused(Kind::Failed, |folder| {
        let path = folder.join("tokenizer.json");
        let mut tokenizer: Value = serde_json::from_slice(&fs_err::read(&path).unwrap()).unwrap();
        let more =
            json!({"type": "Replace", "pattern": {"String": "a"}, "content": "a".repeat(1000)});
        tokenizer["normalizer"] =
            json!({"type": "Sequence", "normalizers": [more, more, more, more]});
        fs_err::write(path, tokenizer.to_string()).unwrap();
    });
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
    let message = refused(Kind::Corrupt, |folder| {
        let mut python = Python::mlflow3().command();
        let graph = folder.join("model.onnx");
        let changed = python
            .args(["-c", feed_itself])
            .arg(graph)
            .output()
            .unwrap();
        assert!(changed.status.success(), "{changed:?}");
    });
    assert!(message.contains("is damaged at `"), "{message}");
}

#[test]
fn graphs_of_another_kind_are_refused_with_what_was_found() {
    let message = refused(Kind::Refused, |folder| {
        for (from, to) in [
            ("affine.onnx", "model.onnx"),
            ("affine.onnx.data", "affine.onnx.data"),
        ] {
            fs_err::copy(fixture("models/affine-onnx").join(from), folder.join(to)).unwrap();
        }
    });
    assert!(
        message.contains("phi3ml does not run `model.onnx`: it also wants"),
        "{message}"
    );
    assert!(
        message.contains("supported are decoders exported for ONNX Runtime GenAI"),
        "{message}"
    );

    let message = refused(Kind::Refused, |folder| {
        let named = |name: &str| [b"\x22\x13", name.as_bytes()].concat();
        patch(
            folder,
            &named("GroupQueryAttention"),
            &named("MyOwnQueryAttention"),
        );
    });
    assert!(
        message.contains("its attention is MyOwnQueryAttention, not GroupQueryAttention"),
        "{message}"
    );
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
    let empty = context.copy_of(&folder, "empty");
    configure(&empty, |config| {
        config["model"]["decoder"]["pipeline"] = json!([]);
    });
    let [folder, empty] = [&folder, &empty].map(|path| path.to_str().unwrap());
    let nothing = context.path("nothing");
    let packaged = context.phi3ml(["package", empty, nothing.to_str().unwrap()]);
    let refused = packaged.run().expect_code(1);
    refused.expect_stderr("model.decoder.filename");
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

fn cut_off(path: &Path, length: u64) {
    let file = fs_err::OpenOptions::new().write(true).open(path).unwrap();
    file.set_len(length).unwrap();
}

#[test]
fn half_a_model_is_refused_by_file_and_field() {
    let empty = tempfile::tempdir().unwrap();
    let error = ask(empty.path(), EngineChoice::Auto, None).unwrap_err();
    let missing = empty.path().join("genai_config.json");
    assert_eq!(
        error.to_string(),
        format!("`{}` is missing", missing.display())
    );
    for name in ["model.onnx", "tokenizer.json"] {
        let message = refused(Kind::NotFound, |folder| {
            fs_err::remove_file(folder.join(name)).unwrap();
        });
        assert_eq!(message, format!("`{name}` is missing"));
    }
    let message = refused(Kind::NotFound, |folder| {
        fs_err::remove_file(folder.join("model.onnx.data")).unwrap();
    });
    assert_eq!(
        message,
        "`model.onnx.data` is missing: `model.onnx` keeps its weights there"
    );

    let message = refused(Kind::Corrupt, |folder| {
        cut_off(&folder.join("model.onnx.data"), 1000);
    });
    assert_eq!(
        message,
        "`model.onnx.data` has 1000 bytes, but the graph needs 298872"
    );

    let message = refused(Kind::Corrupt, |folder| {
        cut_off(&folder.join("model.onnx"), 9000);
    });
    assert_eq!(
        message,
        "`model.onnx` is damaged: it has 9000 bytes, but 18215 are announced"
    );

    for name in ["model.onnx", "model.onnx.data"] {
        let pointer = "version https://git-lfs.github.com/spec/v1\n";
        let message = refused(Kind::Corrupt, |folder| {
            fs_err::write(folder.join(name), pointer).unwrap();
        });
        assert_eq!(
            message,
            format!("`{name}` is only a Git LFS pointer, not the file itself")
        );
    }

    for name in ["genai_config.json", "tokenizer_config.json"] {
        let message = refused(Kind::Corrupt, |folder| {
            fs_err::write(folder.join(name), "{\"model\": [").unwrap();
        });
        assert!(
            message.starts_with(&format!("cannot make sense of `{name}`: ")),
            "{message}"
        );
    }
    let message = refused(Kind::Corrupt, |folder| {
        fs_err::write(folder.join("tokenizer.json"), "{}").unwrap();
    });
    assert!(
        message.starts_with("cannot make sense of `tokenizer.json`: "),
        "{message}"
    );
}

#[test]
fn parts_that_do_not_fit_each_other_are_refused() {
    let message = refused(Kind::Corrupt, |folder| {
        configure(folder, |config| config["model"]["vocab_size"] = 700.into());
    });
    assert_eq!(
        message,
        "`model.vocab_size` in `genai_config.json` is 700, but the graph has 611"
    );
    let message = refused(Kind::Refused, |folder| {
        configure(folder, |config| {
            config["model"]["decoder"]["inputs"]["input_ids"] = "tokens".into();
        });
    });
    assert!(message.contains("it also wants `input_ids`"), "{message}");

    let more = |folder: &Path| {
        let token = "\"added_tokens\":[{\"id\":611,\"content\":\"<|tool|>\",\"single_word\":false,\
            \"lstrip\":false,\"rstrip\":false,\"normalized\":false,\"special\":true},";
        rewrite_tokenizer(folder, "\"added_tokens\":[", token);
    };
    let message = refused(Kind::Corrupt, more);
    assert_eq!(
        message,
        "`tokenizer.json` does not fit the model: it has token 611, the model's `vocab_size` is 611"
    );
    let fewer = |folder: &Path| {
        let path = folder.join("tokenizer.json");
        let text = fs_err::read(&path).unwrap();
        let mut tokenizer: Value = serde_json::from_slice(&text).unwrap();
        let added = tokenizer["added_tokens"].as_array_mut().unwrap();
        added.retain(|token| token["id"].as_u64() < Some(600));
        fs_err::write(path, tokenizer.to_string()).unwrap();
    };
    let message = refused(Kind::Corrupt, fewer);
    assert_eq!(
        message,
        "`tokenizer.json` does not fit the model: it has none of the tokens that end an answer, [600, 601, 607]"
    );
}

/// A gap among the numbers shows once such a token is used.
#[test]
fn tokens_that_the_model_does_not_have_are_refused() {
    let message = refused(Kind::Corrupt, |folder| {
        rewrite_tokenizer(folder, "\"▁What\":379", "\"▁What\":9000");
    });
    assert!(message.contains("it has token 9000"), "{message}");
}

fn rewrite_tokenizer(folder: &Path, from: &str, to: &str) {
    let path = folder.join("tokenizer.json");
    let tokenizer = fs_err::read_to_string(&path).unwrap();
    assert!(tokenizer.contains(from));
    fs_err::write(path, tokenizer.replacen(from, to, 1)).unwrap();
}

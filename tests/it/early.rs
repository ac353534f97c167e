//! What is told before anything is loaded: too little memory, and options that no prompt can be answered with.

use phi3ml::error::{Hint as _, Kind};

use crate::damage::{ENGINES, ask};
use crate::families::Made;
use crate::support::{Context, configure, phi3_tiny};

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

#[test]
fn options_that_cannot_be_met_are_told_before_anything_is_loaded() {
    let context = Context::new();
    let library = context.path("library.so");
    fs_err::write(&library, "no library").unwrap();
    let (model, library) = (phi3_tiny(), library.to_str().unwrap().to_owned());
    let model = model.to_str().unwrap();
    for (option, expected) in [
        ("--top-p=3", "`top_p` is 3, but has to be between 0 and 1"),
        ("--temperature=-1", "`temperature` is -1, but has to be"),
        ("--max-length=2000", "more than the model's context of 1024"),
        ("--num-beams=50", "`num_beams` is 50"),
        (
            "--num-return-sequences=2",
            "`num_return_sequences` is 2, but has to be",
        ),
    ] {
        for command in [&["predict", "--prompt=Hi"][..], &["chat"]] {
            let run = context.phi3ml(command);
            let run = run.args(["-m", model, "--engine=ort", "--ort-lib", &library, option]);
            run.stdin("Hi\n")
                .run()
                .expect_code(2)
                .expect_stderr(expected);
        }
    }
}

#[test]
fn rows_that_ask_for_less_than_all_the_others_are_answered() {
    let context = Context::new().with_onnx_runtime();
    let made = hungry();
    let rows = context.path("rows.json");
    let document = "{\"inputs\": [{\"prompt\": \"Hi\", \"max_length\": 20}], \"params\": {\"max_length\": 1048576}}";
    fs_err::write(&rows, document).unwrap();
    let [model, rows] = [&made.folder, &rows].map(|path| path.to_str().unwrap());
    let asked = context.phi3ml(["predict", "-m", model, "-i", rows]);
    asked.run().expect_code(0);
}

/// Those of the model are told as its fault.
#[test]
fn settings_of_the_model_that_cannot_be_met_are_told_then_too() {
    let context = Context::new();
    let folder = context.copy_of(&phi3_tiny(), "model");
    let library = context.path("library.so");
    fs_err::write(&library, "no library").unwrap();
    configure(&folder, |config| {
        config["search"]["max_length"] = 2000.into();
    });
    let [model, library] = [&folder, &library].map(|path| path.to_str().unwrap());
    let asked = context.phi3ml(["predict", "-m", model, "--prompt=Hi", "--engine=ort"]);
    asked
        .args(["--ort-lib", library])
        .run()
        .expect_code(1)
        .expect_stderr(
            "`search.max_length` of the model is 2000, but has to be between 0 and 1024",
        );
}

#[test]
fn a_context_ends_where_the_rotary_tables_do() {
    let context = Context::new().with_onnx_runtime();
    let folder = context.copy_of(&phi3_tiny(), "model");
    configure(&folder, |config| {
        config["model"]["context_length"] = 5000.into();
        config["search"]["max_length"] = 5000.into();
    });
    let made = Made::new(&["--context=300", "--longrope=256"]);
    configure(&made.folder, |config| {
        config["model"]["context_length"] = 5000.into();
    });
    for (folder, positions) in [(&folder, 1024), (&made.folder, 300)] {
        let model = folder.to_str().unwrap();
        for engine in ["ort", "rten"] {
            let ask = |option: &str| {
                let asked = ["predict", "-m", model, "--prompt=Hi", "--engine", engine];
                context.phi3ml(asked).args([option]).run()
            };
            ask("--max-tokens=3").expect_code(0);
            ask(&format!("--max-length={positions}")).expect_code(0);
            ask(&format!("--max-length={}", positions + 1))
                .expect_code(2)
                .expect_stderr(&format!(
                    "more than the model's context of {positions} tokens"
                ));
        }
    }
}

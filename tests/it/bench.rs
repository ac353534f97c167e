//! `phi3ml bench`: what is measured and how it is told. Times themselves are never asserted.

use serde_json::Value;

use crate::families::Made;
use crate::support::process::Finished;
use crate::support::{Context, phi3_tiny};

fn bench(context: &Context, arguments: &[&str]) -> Finished {
    let model = phi3_tiny();
    let command = context.phi3ml(["bench", "-m", model.to_str().unwrap()]);
    command.args(["--new-tokens", "4"]).args(arguments).run()
}

#[test]
fn each_length_is_measured_with_each_number_of_threads() {
    let context = Context::new().with_onnx_runtime();
    for engine in ["ort", "rten"] {
        let arguments = [
            "--prompt-lengths",
            "16,100",
            "--threads",
            "1,2",
            "--engine",
            engine,
            "-o",
            "json",
        ];
        let told = bench(&context, &arguments).expect_success().json();
        let items = told["items"].as_array().unwrap();
        let pair = |it: &Value| {
            (
                it["threads"].as_u64().unwrap(),
                it["prompt_tokens"].as_u64().unwrap(),
            )
        };
        let pairs: Vec<_> = items.iter().map(pair).collect();
        assert_eq!(pairs, [(1, 16), (1, 100), (2, 16), (2, 100)]);
        for item in items {
            assert_eq!(item["engine"], engine);
            assert_eq!(
                item["library_version"].is_string(),
                engine == "ort",
                "{item}"
            );
            assert_eq!(item["new_tokens"], 4, "the model's own end is put off");
            assert_eq!(item["repeat"], 3);
            for measured in [
                "load_ms",
                "prompt_tokens_per_second",
                "first_token_ms",
                "tokens_per_second",
            ] {
                assert!(item[measured].as_f64().unwrap() > 0.0, "{measured}: {item}");
            }
            if cfg!(target_os = "linux") {
                assert!(
                    item["peak_memory_bytes"].as_u64().unwrap() > 1 << 20,
                    "{item}"
                );
            }
        }
    }
}

#[test]
fn people_get_a_table() {
    let told = bench(
        &Context::new(),
        &["--prompt-lengths", "16", "--repeat", "1"],
    )
    .expect_success();
    let mut lines = told.stdout.lines();
    let heading = lines.next().unwrap();
    for column in [
        "THREADS",
        "PROMPT",
        "LOAD MS",
        "PREFILL TOKENS/S",
        "FIRST TOKEN MS",
        "DECODE TOKENS/S",
        "PEAK MEMORY",
    ] {
        assert!(heading.contains(column), "{told}");
    }
    assert!(lines.next().unwrap().starts_with("rten"), "{told}");
    assert_eq!(lines.next(), None);
}

#[test]
fn what_cannot_be_measured_is_said() {
    let context = Context::new();
    // With the new ones, the second are too many.
    for length in ["5000", "1021"] {
        let told = bench(&context, &["--prompt-lengths", length]).expect_code(2);
        let expected = format!("cannot measure {length} tokens");
        assert!(told.stderr.contains(&expected), "{told}");
        assert!(told.stderr.contains("1024"), "the context is named: {told}");
    }
    for wrong in [
        ["--prompt-lengths", "0"],
        ["--threads", "0"],
        ["--repeat", "0"],
    ] {
        bench(&context, &wrong).expect_code(2);
    }
}

#[test]
fn lengths_that_nobody_asked_for_are_left_out_beyond_the_context() {
    let context = Context::new();
    let made = Made::new(&["--context=200"]);
    let model = made.folder.to_str().unwrap();
    let bench = |options: &[&str]| {
        let run = context.phi3ml(["bench", "-m", model, "--engine=rten", "--repeat=1"]);
        run.args(["--new-tokens=4", "-o", "json"])
            .args(options)
            .run()
    };
    let told = bench(&[]).expect_success();
    let left_out = "512 tokens are not measured: `max_length` 516 is more than the model's context of 200 tokens";
    let told = told.expect_stderr(left_out).json();
    let lengths: Vec<_> = told["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["prompt_tokens"])
        .collect();
    assert_eq!(lengths, [16, 128]);
    bench(&["--prompt-lengths=512"]).expect_code(2);
}

//! `phi3ml predict`: one prompt, from a folder and from servers, with both engines, to people and to programs.

use serde_json::{Value, json};

use crate::log_model::main_job;
use crate::support::process::{Finished, Phi3ml};
use crate::support::python::Python;
use crate::support::scene::{Scene, on_every_ledger};
use crate::support::{ANSWER, Context, PROMPT, fixture, phi3_tiny, unique};

pub(crate) fn predict(context: &Context, uri: &str) -> Phi3ml {
    context.phi3ml(["predict", "-m", uri])
}

pub(crate) fn from_folder(context: &Context, arguments: &[&str]) -> Finished {
    predict(context, phi3_tiny().to_str().unwrap())
        .args(arguments)
        .run()
}

/// The fixture's twenty prompts with what a reference run gave.
pub(crate) fn expected() -> serde_json::Map<String, Value> {
    let text = fs_err::read_to_string(fixture("models/phi3-tiny.expected.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

on_every_ledger!(logged_models_answer_by_every_kind_of_uri);

fn logged_models_answer_by_every_kind_of_uri(scene: &Scene) {
    let name = unique("answers");
    let told = main_job(scene, &name, "Madrid").expect_success().json();
    let uris = [
        format!("models:/{name}/1"),
        format!("models:/{name}@champion"),
        format!("models:/{name}/latest"),
        format!("runs:/{}/phi3", told["run_id"].as_str().unwrap()),
        told["model_uri"].as_str().unwrap().to_owned(),
        told["artifact_uri"].as_str().unwrap().to_owned(),
    ];
    for uri in uris {
        let finished = predict(&scene.context, &uri)
            .args(["--prompt", PROMPT])
            .run();
        assert_eq!(
            finished.expect_success().stdout,
            format!("{ANSWER}\n"),
            "{uri}"
        );
    }
}

#[test]
fn all_twenty_prompts_are_answered_as_expected_by_both_engines() {
    let context = Context::new().with_onnx_runtime();
    for engine in ["ort", "rten"] {
        for model in ["models/phi3-tiny", "models/phi3-tiny-fp32"] {
            for (prompt, reference) in expected() {
                let folder = fixture(model);
                let arguments = ["--prompt", &prompt, "--engine", engine, "-o", "json"];
                let finished = predict(&context, folder.to_str().unwrap())
                    .args(arguments)
                    .run();
                let told = finished.expect_success().json();
                let text = reference["text"].as_str().unwrap().trim_start();
                assert_eq!(told["output"], text, "{engine} {model} {prompt}");
                let ids = reference["prompt_ids"].as_array().unwrap().len();
                assert_eq!(
                    told["usage"]["prompt_tokens"], ids,
                    "{engine} {model} {prompt}"
                );
                assert_eq!(told["engine"], engine);
            }
        }
    }
}

#[test]
fn json_output_keeps_its_contract() {
    let told = from_folder(&Context::new(), &["--prompt", PROMPT, "-o", "json"]);
    let told = told.expect_success().json();
    for key in [
        "model",
        "output",
        "finish_reason",
        "usage",
        "engine",
        "timings",
    ] {
        assert!(!told[key].is_null(), "no `{key}`: {told}");
    }
    assert_eq!(told["output"], ANSWER);
    assert_eq!(told["finish_reason"], "stop");
    assert_eq!(told["engine"], "rten", "no library is to be found here");
    let usage = |key: &str| told["usage"][key].as_u64().unwrap();
    assert_eq!(usage("prompt_tokens"), 10);
    assert_eq!(
        usage("total_tokens"),
        usage("prompt_tokens") + usage("completion_tokens")
    );
    for timing in ["load_ms", "first_token_ms", "tokens_per_second"] {
        assert!(told["timings"][timing].is_number(), "{told}");
    }
}

#[test]
fn messages_are_answered_in_the_form_of_openai() {
    let context = Context::new();
    let messages = json!([{ "role": "user", "content": PROMPT }]).to_string();
    for arguments in [["--message", PROMPT], ["--messages", &messages]] {
        let told = from_folder(&context, &arguments);
        assert_eq!(told.expect_success().stdout, format!("{ANSWER}\n"));
        let told = from_folder(&context, &[&arguments[..], &["-o", "json"]].concat());
        let told = told.expect_success().json();
        assert_eq!(told["object"], "chat.completion");
        assert_eq!(told["choices"][0]["message"]["role"], "assistant");
        assert_eq!(told["choices"][0]["message"]["content"], ANSWER);
        assert_eq!(told["choices"][0]["finish_reason"], "stop");
        assert!(told["usage"]["total_tokens"].is_u64(), "{told}");
    }
}

#[test]
fn a_prompt_with_chat_tokens_goes_in_as_it_is() {
    let context = Context::new();
    let tokens = |arguments: &[&str]| {
        let finished = from_folder(&context, &[arguments, &["-o", "json"]].concat());
        finished.expect_success().json()
    };
    let templated = format!("<|user|>\n{PROMPT}<|end|>\n<|assistant|>\n");
    let told = tokens(&["--prompt", &templated]);
    assert_eq!(told["output"], ANSWER);
    assert_eq!(told["usage"]["prompt_tokens"], 10);
    let told = tokens(&["--prompt", PROMPT, "--raw", "--max-tokens", "3"]);
    assert!(
        told["usage"]["prompt_tokens"].as_u64().unwrap() < 10,
        "no template: {told}"
    );
    let file = context.path("work/prompt.txt");
    fs_err::write(&file, PROMPT).unwrap();
    assert_eq!(
        tokens(&["--prompt-file", file.to_str().unwrap()])["output"],
        ANSWER
    );
}

#[test]
fn answers_end_where_they_are_told_to() {
    let context = Context::new();
    let told = |arguments: &[&str]| {
        let arguments = [&["--prompt", PROMPT, "-o", "json"], arguments].concat();
        from_folder(&context, &arguments).expect_success().json()
    };
    let short = told(&["--max-tokens", "2"]);
    assert_eq!(short["finish_reason"], "length");
    assert_eq!(short["usage"]["completion_tokens"], 2);
    assert!(
        ANSWER.starts_with(short["output"].as_str().unwrap().trim()),
        "{short}"
    );
    let stopped = told(&["--stop", "Spain"]);
    assert_eq!(stopped["finish_reason"], "stop");
    assert_eq!(
        stopped["output"].as_str().unwrap().trim_end(),
        "The capital of"
    );
}

#[test]
fn seeds_make_sampling_repeatable() {
    let context = Context::new();
    let sampled = |seed: &str| {
        let arguments = [
            "--prompt",
            "Tell me a joke.",
            "--do-sample",
            "--temperature",
            "1.5",
            "--seed",
            seed,
        ];
        from_folder(&context, &arguments).expect_success().stdout
    };
    assert_eq!(sampled("7"), sampled("7"));
    let greedy = from_folder(&context, &["--prompt", PROMPT, "--greedy"]).expect_success();
    let cold = from_folder(&context, &["--prompt", PROMPT, "--temperature", "0"]).expect_success();
    assert_eq!(greedy.stdout, cold.stdout);
}

#[test]
fn an_unmet_expectation_has_its_own_exit_code() {
    let context = Context::new();
    let run =
        |arguments: &[&str]| from_folder(&context, &[&["--prompt", PROMPT], arguments].concat());
    run(&["--expect", "Madrid", "--expect", "Spain"]).expect_success();
    let finished = run(&["--expect", "Madrid", "--expect", "madrid"]).expect_code(3);
    assert_eq!(
        finished.stdout,
        format!("{ANSWER}\n"),
        "the answer is printed all the same"
    );
    assert!(finished.stderr.contains("madrid"), "{finished}");
    run(&["--expect-regex", "^The .*Madrid\\.$"]).expect_success();
    run(&["--expect-regex", "^Madrid"]).expect_code(3);
}

#[test]
fn what_cannot_be_predicted_is_said() {
    let context = Context::new();
    let missing = predict(&context, "nowhere")
        .args(["--prompt", PROMPT])
        .run()
        .expect_code(1);
    assert!(missing.stderr.contains("nowhere"), "{missing}");
    let long = "What is the capital of Spain? ".repeat(300);
    let finished = from_folder(&context, &["--prompt", &long]).expect_code(1);
    assert!(
        finished.stderr.contains("1024"),
        "the context's length is named: {finished}"
    );
    assert_eq!(finished.stdout, "");
    from_folder(&context, &[]).expect_code(2);
    from_folder(&context, &["--prompt", PROMPT, "--message", PROMPT]).expect_code(2);
    for (option, number) in [("--seed", "-2"), ("--max-tokens", "-1")] {
        let finished = from_folder(&context, &["--prompt", PROMPT, option, number]).expect_code(2);
        finished
            .expect_stderr(&format!("invalid value '{number}'"))
            .expect_stderr(option);
    }
}

#[test]
fn a_library_that_is_asked_for_and_not_there_is_named() {
    let context = Context::new();
    let arguments = ["--prompt", PROMPT, "--engine", "ort", "--offline"];
    let finished = from_folder(&context, &arguments).expect_code(1);
    assert!(
        finished.stderr.contains("phi3ml runtime install"),
        "{finished}"
    );
    let wrong = context.path("work/libonnxruntime.so");
    fs_err::write(&wrong, "not a library").unwrap();
    let arguments = ["--prompt", PROMPT, "--ort-lib", wrong.to_str().unwrap()];
    let finished = from_folder(&context, &arguments);
    assert!(finished.stderr.contains("libonnxruntime.so"), "{finished}");
}

#[test]
fn every_search_option_tells_who_set_it() {
    let context = Context::new();
    let model = context.path("work/configured");
    let packaged = context.phi3ml(["package", phi3_tiny().to_str().unwrap(), "configured"]);
    let packaged = packaged.args([
        "--model-config",
        "max_tokens=3",
        "--model-config",
        "top_k=5",
    ]);
    packaged.run().expect_success();
    let told = |more: &[&str]| {
        let asked = predict(&context, model.to_str().unwrap());
        let asked = asked.args(["--prompt", PROMPT, "-o", "json"]).args(more);
        asked.run().expect_success().json()
    };
    let answer = told(&["--greedy"]);
    assert_eq!(answer["usage"]["completion_tokens"], 3, "{answer}");
    assert_eq!(answer["finish_reason"], "length");
    let search = &answer["search"];
    assert_eq!(
        search["max_length"],
        json!({ "value": 13, "from": "model_config" })
    );
    assert_eq!(
        search["top_k"],
        json!({ "value": 5, "from": "model_config" })
    );
    assert_eq!(
        search["do_sample"],
        json!({ "value": false, "from": "flag" })
    );
    assert_eq!(search["top_p"]["from"], "genai_config");
    assert_eq!(
        search["random_seed"],
        json!({ "value": null, "from": "default" })
    );
    let answer = told(&["--max-tokens", "4", "--top-k", "2", "--seed", "1"]);
    assert_eq!(answer["usage"]["completion_tokens"], 4, "{answer}");
    assert_eq!(
        answer["search"]["top_k"],
        json!({ "value": 2, "from": "flag" })
    );
    assert_eq!(
        answer["search"]["do_sample"],
        json!({ "value": true, "from": "flag" })
    );
    let wrong = context.phi3ml(["package", phi3_tiny().to_str().unwrap(), "wrong"]);
    let wrong = wrong.args(["--model-config", "temperature=warm"]);
    wrong.run().expect_success();
    let asked = predict(&context, "wrong").args(["--prompt", PROMPT]);
    let said = asked.run().expect_code(1).stderr;
    assert!(
        said.contains("`model_config.temperature` of the model is \"warm\""),
        "{said}"
    );
}

#[test]
fn defaults_are_those_of_the_packaged_wrapper() {
    let context = Context::new();
    let packaged = context.phi3ml(["package", phi3_tiny().to_str().unwrap(), "m"]);
    let packaged = packaged.args([
        "--model-config",
        "max_tokens=3",
        "--model-config",
        "stop=capital",
    ]);
    packaged.run().expect_success();
    let answer = |more: &[&str]| {
        let asked = predict(&context, "m").args(["--prompt", PROMPT]).args(more);
        asked.run().expect_success().stdout.trim_end().to_owned()
    };
    let path = context.path("work/m");
    let arguments = [path.to_str().unwrap(), PROMPT];
    let python = Python::mlflow3().script("configured.py", &[], &arguments);
    let ours = [
        answer(&[]),
        answer(&["--stop", "France"]),
        answer(&["--max-tokens", "20", "--stop", "France"]),
    ];
    assert_eq!(python, json!(ours));
}

#[test]
fn what_it_took_is_told() {
    let context = Context::new().with_onnx_runtime();
    for (engine, named) in [("ort", "ort 1."), ("rten", "rten on 2 threads")] {
        let arguments = [
            "--prompt",
            PROMPT,
            "--stats",
            "-vv",
            "--engine",
            engine,
            "--threads",
            "2",
        ];
        let said = from_folder(&context, &arguments).expect_success().stderr;
        for part in [
            named,
            "2 threads",
            "loaded in",
            "10 prompt tokens (",
            "tokens/s",
            "peak memory",
        ] {
            assert!(said.contains(part), "`{part}`: {said}");
        }
        assert!(
            said.contains(&format!("engine {engine} on 2 threads")),
            "{said}"
        );
        assert!(said.contains("max_length is 1024 (genai_config)"), "{said}");
        let prepacked = "weights were rearranged in p";
        assert_eq!(said.contains(prepacked), engine == "ort", "{said}");
        let narrowed = "the head run for the last 8 tokens only";
        assert_eq!(said.contains(narrowed), engine == "ort", "{said}");
        let json = [&arguments[..], &["-o", "json"]].concat();
        let told = from_folder(&context, &json).expect_success().json();
        assert!(
            told["timings"]["prompt_tokens_per_second"].is_number(),
            "{told}"
        );
        assert_eq!(told["runtime"]["threads"], 2);
        assert_eq!(
            told["runtime"]["library"].is_object(),
            engine == "ort",
            "{told}"
        );
        let prepacking = &told["runtime"]["prepacking"];
        assert_eq!(prepacking["reason"].is_string(), engine == "ort", "{told}");
        if cfg!(target_os = "linux") {
            assert!(
                told["peak_memory_bytes"].as_u64().unwrap() > 1 << 20,
                "{told}"
            );
        }
    }
}

#[test]
fn conversations_have_turns_and_parts_of_text() {
    let context = Context::new();
    let ask = |messages: &Value| {
        from_folder(
            &context,
            &["--messages", &messages.to_string(), "-o", "json"],
        )
    };
    let parts = json!([{ "type": "text", "text": "What is the capital" }, { "type": "text", "text": " of Spain?" }]);
    let told = ask(&json!([{ "role": "user", "content": parts }]))
        .expect_success()
        .json();
    assert_eq!(told["choices"][0]["message"]["content"], ANSWER);
    let turns = json!([
        { "role": "system", "content": "Be short." },
        { "role": "user", "content": PROMPT },
        { "role": "assistant", "content": ANSWER },
        { "role": "user", "content": PROMPT },
    ]);
    let longer = ask(&turns).expect_success().json();
    let tokens = |told: &Value| told["usage"]["prompt_tokens"].as_u64().unwrap();
    assert!(tokens(&longer) > 2 * tokens(&told), "{longer}");
    let image = json!([{ "role": "user", "content": [{ "type": "image_url", "image_url": { "url": "x" } }] }]);
    let said = ask(&image).expect_code(2).stderr;
    assert!(said.contains("`image_url`"), "{said}");
}

#[test]
fn a_stop_text_may_cross_the_borders_of_tokens() {
    let context = Context::new();
    let told = |stop: &str| {
        let arguments = ["--prompt", PROMPT, "--stop", stop, "-o", "json"];
        from_folder(&context, &arguments).expect_success().json()
    };
    for (stop, left) in [
        ("n is M", "The capital of Spai"),
        ("drid.", "The capital of Spain is Ma"),
        ("The", ""),
    ] {
        assert_eq!(told(stop)["output"], left, "{stop}");
    }
    assert_eq!(told("Madrid!")["output"], ANSWER);
}

/// As `huggingface-cli download` leaves it: every file is a link to where its content is kept.
#[test]
fn a_model_may_be_links_as_in_the_cache_of_a_hub() {
    let context = Context::new().with_onnx_runtime();
    let kept = context.path("blobs");
    let folder = context.path("snapshots").join("a");
    fs_err::create_dir_all(&kept).unwrap();
    fs_err::create_dir_all(&folder).unwrap();
    for (number, entry) in fs_err::read_dir(phi3_tiny()).unwrap().enumerate() {
        let entry = entry.unwrap();
        let content = kept.join(number.to_string());
        fs_err::copy(entry.path(), &content).unwrap();
        std::os::unix::fs::symlink(content, folder.join(entry.file_name())).unwrap();
    }
    for engine in ["ort", "rten"] {
        let model = folder.to_str().unwrap();
        let asked = [
            "predict", "-m", model, "--prompt", PROMPT, "--engine", engine,
        ];
        let told = context.phi3ml(asked).run().expect_code(0);
        assert_eq!(told.stdout, format!("{ANSWER}\n"));
    }
}

//! `phi3ml chat`: on a terminal, where Ctrl-C stops an answer, and with the lines of a pipe.

use serde_json::Value;

use crate::support::process::{Finished, Phi3ml};
use crate::support::{ANSWER, Context, PROMPT, phi3_tiny};

fn chat(context: &Context) -> Phi3ml {
    let model = phi3_tiny();
    let chat = context.phi3ml(["chat", "-m", model.to_str().unwrap()]);
    // Said once only, so that what is said does not depend on the order of tests.
    fs_err::write(context.path("state/told-of-faster-engine"), "").unwrap();
    chat
}

fn piped(context: &Context, arguments: &[&str], lines: &[&str]) -> Finished {
    let text = lines.join("\n") + "\n";
    chat(context).args(arguments).stdin(&text).run()
}

fn turns(finished: &Finished) -> Vec<Value> {
    let lines = finished.stdout.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn every_line_of_a_pipe_is_a_turn() {
    let context = Context::new();
    let told = piped(&context, &[], &[PROMPT, "", PROMPT]).expect_success();
    let shown: Vec<&str> = told.stdout.lines().collect();
    assert_eq!(shown.first(), Some(&ANSWER), "{told}");
    assert_eq!(shown.len(), 2, "{told}");
    assert_eq!(told.stderr, "", "a pipe is asked for nothing");
}

#[test]
fn the_history_goes_in_and_is_not_computed_again() {
    let context = Context::new();
    for engine in ["rten", "ort"] {
        let context = if engine == "ort" {
            Context::new().with_onnx_runtime()
        } else {
            Context::new()
        };
        let arguments = ["-o", "jsonl", "--engine", engine];
        let told = piped(&context, &arguments, &[PROMPT, PROMPT, "/reset", PROMPT]);
        let turns = turns(&told.expect_success());
        assert_eq!(turns.len(), 3, "{turns:?}");
        let number = |turn: usize, field: &str| turns[turn][field].as_u64().unwrap();
        let prompt = |turn: usize| turns[turn]["usage"]["prompt_tokens"].as_u64().unwrap();
        let total = |turn: usize| turns[turn]["usage"]["total_tokens"].as_u64().unwrap();
        assert_eq!(turns[0]["message"]["content"], ANSWER);
        assert_eq!(prompt(0), 10);
        // The end token of the answer is one of the template, too.
        assert_eq!(prompt(1), total(0) + prompt(0));
        assert_eq!(number(0, "reused_tokens"), 0);
        assert!(number(1, "reused_tokens") >= total(0) - 1, "{turns:?}");
        assert_eq!(prompt(2), 10, "the conversation was forgotten");
        assert_eq!(turns[2]["message"]["content"], ANSWER);
    }
    drop(context);
}

#[test]
fn a_system_message_begins_the_conversation() {
    let context = Context::new();
    let lines = [
        PROMPT,
        "/system Be short.",
        "/reset",
        PROMPT,
        "/system",
        "/reset",
        PROMPT,
    ];
    let told = turns(&piped(&context, &["-o", "jsonl"], &lines).expect_success());
    let prompt = |turn: usize| told[turn]["usage"]["prompt_tokens"].as_u64().unwrap();
    assert!(prompt(1) > prompt(0), "{told:?}");
    assert_eq!(prompt(2), prompt(0), "{told:?}");
    let told = turns(&piped(
        &context,
        &["-o", "jsonl", "--system", "Be short."],
        &[PROMPT],
    ));
    assert_eq!(
        told[0]["usage"]["prompt_tokens"].as_u64().unwrap(),
        prompt(1)
    );
}

#[test]
fn commands_are_no_turns_and_unknown_ones_fail() {
    let context = Context::new();
    let lines = [
        "/stats", "/help", "/weather", PROMPT, "/stats", "/quit", PROMPT,
    ];
    let told = piped(&context, &[], &lines).expect_code(1);
    assert_eq!(told.stdout, format!("{ANSWER}\n"));
    for part in [
        "nothing was answered yet",
        "/system TEXT",
        "there is no command `/weather`",
        "tokens/s",
        "the conversation has 2 messages",
        "1 of 2 turns have no answer",
    ] {
        assert!(told.stderr.contains(part), "`{part}`: {told}");
    }
}

#[test]
fn what_was_forgotten_is_not_told_any_more() {
    let context = Context::new();
    let told = piped(&context, &[], &[PROMPT, "/reset", "/stats"]);
    told.expect_code(0)
        .expect_stderr("nothing was answered yet");
}

#[test]
fn a_whole_conversation_is_one_object() {
    let context = Context::new();
    let arguments = ["-o", "json", "--system", "Be short.", "--max-tokens", "2"];
    let told = piped(&context, &arguments, &[PROMPT])
        .expect_success()
        .json();
    let roles = told["messages"].as_array().unwrap().iter();
    let roles: Vec<&str> = roles.map(|it| it["role"].as_str().unwrap()).collect();
    assert_eq!(roles, ["system", "user", "assistant"]);
    assert_eq!(told["turns"][0]["usage"]["completion_tokens"], 2);
    assert_eq!(told["failed"], 0);
    assert_eq!(told["engine"], "rten");
}

#[test]
fn a_full_conversation_is_told() {
    let context = Context::new();
    let long = "What is the capital of Spain? ".repeat(120);
    let lines = [long.as_str(), &long, PROMPT];
    let told = piped(&context, &["-o", "jsonl", "--max-length", "1024"], &lines).expect_code(1);
    let turns = turns(&told);
    let failure = &turns[1]["error"]["message"];
    assert!(failure.as_str().unwrap().contains("1024"), "{told}");
    assert!(
        turns[2]["message"].is_object(),
        "what did not fit was not said: {told}"
    );
    assert!(
        told.stderr.contains("/reset begins a new conversation"),
        "{told}"
    );
    let arguments = ["--max-length", "40", "--min-length", "1000"];
    let cut = piped(&context, &arguments, &[PROMPT]).expect_success();
    assert!(
        cut.stderr
            .contains("the answer is cut: the conversation has 40 tokens"),
        "{cut}"
    );
    let asked = piped(&context, &["--max-tokens", "2"], &[PROMPT]).expect_success();
    assert_eq!(asked.stderr, "", "that is what was asked for");
}

#[test]
fn a_model_without_a_template_cannot_talk() {
    let context = Context::new();
    let model = context.copy_of(&phi3_tiny(), "mute");
    for file in ["chat_template.jinja", "chat_template.json"] {
        let _ = fs_err::remove_file(model.join(file));
    }
    let path = model.join("tokenizer_config.json");
    let mut config: Value = serde_json::from_str(&fs_err::read_to_string(&path).unwrap()).unwrap();
    config.as_object_mut().unwrap().remove("chat_template");
    fs_err::write(&path, config.to_string()).unwrap();
    let told = context
        .phi3ml(["chat", "-m", model.to_str().unwrap()])
        .run();
    assert!(told.expect_code(2).stderr.contains("no chat template"));
}

#[cfg(unix)]
mod on_a_terminal {
    use super::*;
    use crate::support::python::Python;

    fn converse(context: &Context, arguments: &[&str], steps: &[(&str, &str)]) -> Finished {
        let python = Python::mlflow3().interpreter();
        chat(context).args(arguments).run_typed(&python, steps)
    }

    #[test]
    fn it_asks_answers_and_ends_at_the_end() {
        let context = Context::new();
        let question = format!("{PROMPT}\r");
        let steps = [("> ", question.as_str()), (ANSWER, ""), ("> ", "/quit\r")];
        let told = converse(&context, &["--color", "never"], &steps).expect_success();
        assert!(told.stdout.contains("answers with rten on"), "{told}");
        let steps = [("> ", question.as_str()), (ANSWER, ""), ("> ", "\u{4}")];
        converse(&context, &["--color", "never"], &steps).expect_success();
    }

    #[test]
    fn interrupting_stops_the_answer_and_twice_the_program() {
        let context = Context::new();
        let question = format!("{PROMPT}\r");
        let arguments = ["--color", "never", "--min-length", "1000"];
        let steps = [
            ("> ", question.as_str()),
            ("Madrid", "\u{3}"),
            ("> ", "/stats\r"),
            ("the conversation has 2 messages", ""),
            ("> ", "half a line\u{3}"),
            ("Ctrl-C once more ends", ""),
            ("> ", "\u{3}"),
        ];
        let told = converse(&context, &arguments, &steps).expect_success();
        assert!(!told.stdout.contains("the answer is cut"), "{told}");
    }
}

#[cfg(unix)]
#[test]
fn a_script_that_is_interrupted_ends() {
    let context = Context::new();
    let answers = context.path("work/answers");
    let mut running = chat(&context)
        .args(["--min-length", "1000"])
        .stdin(&format!("{PROMPT}\n{PROMPT}\n"))
        .stdout(&answers)
        .start_with_input();
    let text = || fs_err::read_to_string(&answers).unwrap();
    while running.is_running() && !text().contains("Madrid") {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    running.signal("INT");
    running.finish().expect_code(130);
    assert!(
        text().starts_with(ANSWER.trim_end_matches('.')),
        "{}",
        text()
    );
}

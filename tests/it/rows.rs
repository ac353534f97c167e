//! `phi3ml predict --input-path`: many prompts from a file or a pipe, in every form, and their answers in order.

use std::io::Write as _;
use std::time::Duration;

use serde_json::{Value, json};

use crate::predict::{expected, from_folder, predict};
use crate::support::process::Phi3ml;
use crate::support::{ANSWER, Context, PROMPT, phi3_tiny};

/// A question, one that cannot be answered, and a conversation.
fn three_rows() -> Value {
    json!([
        { "prompt": PROMPT },
        { "text": PROMPT },
        { "messages": [{ "role": "user", "content": PROMPT }], "max_tokens": 2 },
    ])
}

#[test]
fn a_bad_row_has_its_error_in_its_place() {
    let context = Context::new();
    let file = context.path("work/rows.json");
    fs_err::write(&file, three_rows().to_string()).unwrap();
    let run = |format: &str| {
        from_folder(
            &context,
            &["--input-path", file.to_str().unwrap(), "-o", format],
        )
        .expect_code(1)
    };
    let finished = run("json");
    let told = finished.json();
    let items = told["items"].as_array().unwrap();
    assert_eq!(items.len(), 3);
    assert_eq!(items[0]["output"], ANSWER);
    assert_eq!(items[0]["search"]["max_length"]["from"], "genai_config");
    let message = "the row has neither `prompt` nor `messages`, only `text`";
    assert_eq!(items[1]["error"]["message"], message);
    assert_eq!(items[1]["index"], 1);
    assert_eq!(items[2]["output"], "The capital");
    assert_eq!(
        items[2]["search"]["max_length"],
        json!({ "value": 12, "from": "row" })
    );
    assert_eq!(told["failed"], 1);
    assert_eq!(
        finished.error_json()["message"],
        "1 of 3 rows have no answer"
    );
    let lines = run("jsonl").stdout;
    let lines: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 3);
    for (line, item) in lines.iter().zip(items) {
        for field in ["index", "output", "error", "usage", "search"] {
            assert_eq!(line[field], item[field]);
        }
    }
    assert_eq!(
        run("text").stdout,
        format!("0: {ANSWER}\n1: error: {message}\n2: The capital\n")
    );
}

#[test]
fn rows_come_as_json_as_lines_and_as_a_table() {
    let context = Context::new();
    let questions: Vec<String> = expected().keys().take(5).cloned().collect();
    let answers: Vec<String> = expected()
        .values()
        .take(5)
        .map(|it| it["text"].as_str().unwrap().trim_start().to_owned())
        .collect();
    let quoted = |text: &String| format!("7,\"{}\"\n", text.replace('"', "\"\""));
    let lines = |text: &String| format!("{}\n", json!({ "prompt": text }));
    let frame: Vec<_> = questions.iter().map(|it| json!([it])).collect();
    let files = [
        (
            "a.json",
            json!({ "dataframe_split": { "columns": ["prompt"], "data": frame } }).to_string(),
        ),
        (
            "b.json",
            json!({ "inputs": { "prompt": questions }, "params": { "temperature": 0 } })
                .to_string(),
        ),
        ("c.jsonl", questions.iter().map(lines).collect::<String>()),
        (
            "d.CSV",
            format!(
                "id,prompt\n{}",
                questions.iter().map(quoted).collect::<String>()
            ),
        ),
    ];
    for (name, text) in &files {
        let file = context.path("work").join(name);
        fs_err::write(&file, text).unwrap();
        let arguments = ["-i", file.to_str().unwrap(), "-o", "json", "--stats"];
        let finished = from_folder(&context, &arguments).expect_success();
        assert!(finished.stderr.contains("5 rows in"), "{finished}");
        let told = finished.json();
        let outputs = told["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| &item["output"]);
        assert!(outputs.eq(answers.iter()), "{name}: {told}");
    }
    for (content_type, (_, text)) in ["json", "json", "jsonl", "csv"].iter().zip(&files) {
        let piped = predict(&context, phi3_tiny().to_str().unwrap());
        let piped = piped.args(["-i", "-", "-t", content_type]).stdin(text);
        let shown = piped.run().expect_success().stdout;
        assert_eq!(shown.lines().count(), 5, "{shown}");
    }
}

/// Gives each row through a pipe only once the one before is answered.
fn one_by_one(context: &Context, command: Phi3ml, rows: &[String]) -> Vec<Value> {
    let shown = context.path("work/answers");
    let (mut running, mut pipe) = command.stdout(&shown).start_with_pipe();
    let mut answers = String::new();
    for (index, row) in rows.iter().enumerate() {
        pipe.write_all(format!("{row}\n").as_bytes()).unwrap();
        while answers.lines().count() <= index || !answers.ends_with('\n') {
            assert!(running.is_running(), "{:?}", running.finish());
            std::thread::sleep(Duration::from_millis(5));
            answers = fs_err::read_to_string(&shown).unwrap();
        }
    }
    drop(pipe);
    running.finish().expect_code(1);
    let answers = answers.lines().map(|line| {
        let mut answer = serde_json::from_str(line).unwrap();
        without_timings(&mut answer);
        answer
    });
    answers.collect()
}

fn without_timings(item: &mut Value) {
    item.as_object_mut().unwrap().remove("timings");
}

#[test]
fn rows_of_a_file_are_answered_together_as_they_are_one_by_one() {
    let context = Context::new().with_onnx_runtime();
    let rows = (0..18).map(|index| match index % 6 {
        0 => json!({ "nothing": index }),
        1 => json!({ "prompt": PROMPT }),
        2 => json!({ "prompt": PROMPT, "max_tokens": 3 }),
        3 => json!({ "prompt": "Tell me a joke.", "temperature": 2.0, "random_seed": index }),
        4 => json!({ "prompt": "word ".repeat(1100) }),
        _ => json!({ "messages": [{ "role": "user", "content": "Thank you!" }] }),
    });
    let lines: Vec<_> = rows.map(|row| row.to_string()).collect();
    let text = lines.join("\n");
    let file = context.path("work/rows.jsonl");
    fs_err::write(&file, &text).unwrap();
    for engine in ["ort", "rten"] {
        let told = |path: &str| {
            let command = predict(&context, phi3_tiny().to_str().unwrap());
            let command = command.args(["-i", path, "-t", "jsonl", "-o", "json"]);
            let finished = command.args(["--engine", engine]).stdin(&text).run();
            let mut told = finished.expect_code(1).json();
            assert_eq!(told["failed"], 6);
            told["items"]
                .as_array_mut()
                .unwrap()
                .iter_mut()
                .for_each(without_timings);
            told["items"].take()
        };
        let command = predict(&context, phi3_tiny().to_str().unwrap());
        let command = command.args(["-i", "-", "-t", "jsonl", "-o", "jsonl", "--engine", engine]);
        let alone = Value::from(one_by_one(&context, command, &lines));
        let (together, piped) = (told(file.to_str().unwrap()), told("-"));
        assert_eq!(together, alone, "{engine}");
        assert_eq!(piped, alone, "{engine}");
        for (index, item) in together.as_array().unwrap().iter().enumerate() {
            assert_eq!(item["index"], index);
            assert_eq!(item.get("error").is_some(), [0, 4].contains(&(index % 6)));
        }
    }
}

#[test]
fn what_is_no_input_is_refused_before_the_model_is_opened() {
    let context = Context::new();
    let run = |text: &str, content_type: &str| {
        let asked = predict(&context, "no-such-model").args(["-i", "-", "-t", content_type]);
        asked.stdin(text).run().expect_code(1).stderr
    };
    assert!(run("text\nhello\n", "csv").contains("only `text`"));
    assert!(run("{}\n{}\n", "json").contains("--content-type jsonl"));
    let missing = predict(&context, "no-such-model").args(["-i", "nowhere.csv"]);
    assert!(missing.run().expect_code(1).stderr.contains("nowhere.csv"));
    let both = from_folder(&context, &["-i", "a.csv", "--expect", "a"]).expect_code(2);
    assert!(both.stderr.contains("--input-path"), "{both}");
    from_folder(&context, &["--prompt", "a", "--content-type", "csv"]).expect_code(2);
    from_folder(&context, &["--prompt", "a", "--system", "b"]).expect_code(2);
}

#[cfg(unix)]
#[test]
fn rows_that_are_interrupted_leave_whole_answers() {
    let context = Context::new();
    let answers = context.path("work/answers");
    let rows = format!("{}\n", json!({ "prompt": PROMPT })).repeat(100_000);
    let mut running = predict(&context, phi3_tiny().to_str().unwrap())
        .args(["-i", "-", "-t", "jsonl", "-o", "jsonl"])
        .stdin(&rows)
        .stdout(&answers)
        .start_with_input();
    let text = || fs_err::read_to_string(&answers).unwrap();
    while running.is_running() && text().is_empty() {
        std::thread::sleep(Duration::from_millis(5));
    }
    running.signal("INT");
    running.finish().expect_code(130);
    for (index, line) in text().lines().enumerate() {
        let row: Value = serde_json::from_str(line).unwrap();
        assert_eq!(row["index"], index);
        assert_eq!(row["output"], ANSWER);
    }
}

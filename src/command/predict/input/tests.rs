//! Every form of an input, as the rows it is read as.

use super::*;
use serde_json::json;

fn read(text: &str, content_type: ContentType) -> Result<Vec<Result<Row>>> {
    let reader = Box::new(io::Cursor::new(text.as_bytes().to_vec()));
    let mut rows = Input::read(reader, content_type, false, false)?.rows;
    let next = || Some(rows.next()).filter(|next| !next.is_empty());
    Ok(std::iter::from_fn(next).flatten().collect())
}

/// The rows as prompts, conversations as `role: content`, and errors as `!…`.
fn told(text: &str, content_type: ContentType) -> Vec<String> {
    let told = |row: Result<Row>| match row {
        Ok(row) => match row.prompt {
            Prompt::Text { text, .. } => text,
            Prompt::Tokens(count) => format!("{count} tokens"),
            Prompt::Messages(messages) => messages
                .iter()
                .map(|message| format!("{}: {}", message.role, message.content))
                .collect::<Vec<_>>()
                .join(" | "),
        },
        Err(error) => format!("!{error}"),
    };
    let rows = read(text, content_type).unwrap().into_iter();
    rows.map(told).collect()
}

fn json(document: &Value) -> Vec<String> {
    told(&document.to_string(), ContentType::Json)
}

#[test]
fn every_form_of_a_scoring_request_is_rows() {
    let messages = json!([{ "role": "user", "content": "one" }]);
    for document in [
        json!({ "dataframe_split": { "columns": ["prompt"], "data": [["one"], ["two"]] } }),
        json!({ "dataframe_split": { "index": [0, 1], "columns": ["id", "prompt"], "data": [[7, "one"], [8, "two"]] } }),
        json!({ "dataframe_records": [{ "prompt": "one" }, { "prompt": "two" }] }),
        json!({ "instances": ["one", "two"] }),
        json!({ "inputs": ["one", { "prompt": "two" }] }),
        json!({ "inputs": { "prompt": ["one", "two"], "temperature": 0 } }),
        json!({ "prompt": ["one", "two"], "max_tokens": [1, 2] }),
        json!(["one", "two"]),
        json!([{ "prompt": "one" }, { "prompt": "two" }]),
    ] {
        assert_eq!(json(&document), ["one", "two"], "{document}");
    }
    for document in [
        json!({ "messages": messages }),
        json!({ "inputs": { "messages": messages } }),
        json!({ "messages": [messages] }),
        json!({ "dataframe_records": [{ "messages": messages }] }),
        messages,
    ] {
        assert_eq!(json(&document), ["user: one"], "{document}");
    }
    assert_eq!(json(&json!("one")), ["one"]);
    assert_eq!(json(&json!({ "prompt": "one" })), ["one"]);
    assert_eq!(json(&json!({ "inputs": "one" })), ["one"]);
    assert_eq!(json(&json!([])), Vec::<String>::new());
}

#[test]
fn a_bad_row_is_bad_in_its_place() {
    let rows = json(&json!(["one", 2, { "text": "three" }, { "prompt": 4 }, null, "six"]));
    assert_eq!(
        rows,
        [
            "one",
            "!a row has to be a text or an object, not a number",
            "!the row has neither `prompt` nor `messages`, only `text`",
            "!`prompt` has to be a text, not a number",
            "!a row has to be a text or an object, not null",
            "six",
        ]
    );
    let rows = json(
        &json!({ "dataframe_split": { "columns": ["prompt"], "data": [["one"], [], "two", ["three"]] } }),
    );
    assert_eq!(
        rows,
        [
            "one",
            "!0 cells where there are 1 columns",
            "!a row has to be a list of cells, not a text",
            "three"
        ]
    );
    let lines = "{\"prompt\": \"one\"}\n\n{\"prompt\": \n\"three\"\n[1]\n";
    let rows = told(lines, ContentType::Jsonl);
    assert_eq!(rows.first().unwrap(), "one");
    assert_eq!(
        rows[1],
        "!line 3 cannot be read at column 10: EOF while parsing a value"
    );
    assert_eq!(rows[2], "three");
    assert_eq!(rows.len(), 4, "{rows:?}");
    let rows = told(
        "prompt,id\none,1\ntwo\n\"three, too\",3\n",
        ContentType::Csv,
    );
    let bad = "!line 3: 1 columns where the first line has 2";
    assert_eq!(rows, ["one", bad, "three, too"]);
}

#[test]
fn a_table_may_have_conversations_and_options() {
    let text = "\u{feff}messages,max_tokens,temperature\n\
        \"[{\"\"role\"\":\"\"user\"\",\"\"content\"\":\"\"one\"\"}]\",5,\nnot json,,0.5\n";
    assert_eq!(told(text, ContentType::Csv).first().unwrap(), "user: one");
    let rows = read(text, ContentType::Csv).unwrap();
    let first = rows.into_iter().next().unwrap().unwrap();
    assert_eq!(first.options.max_new_tokens, Some(5));
    assert_eq!(first.options.temperature, None);
    let error = read("text\none\n", ContentType::Csv).unwrap_err();
    assert!(error.to_string().contains("only `text`"), "{error}");
    let error = read("", ContentType::Csv).unwrap_err();
    assert_eq!(error.to_string(), "there is no table: it is empty");
}

#[test]
fn what_would_not_be_done_is_refused() {
    let bad =
        |field: &str, value: Value| json(&json!([{ "prompt": "one", field: value }])).remove(0);
    assert_eq!(bad("tools", json!([{}])), "!`tools` is not supported");
    assert_eq!(
        bad("presence_penalty", json!(0.5)),
        "!`presence_penalty` is not supported"
    );
    assert_eq!(bad("n", json!(2)), "!`n` is 2, but a row has one answer");
    assert_eq!(
        bad("max_new_tokens", json!(5)),
        "!`max_new_tokens` is not supported: it is called `max_tokens` here"
    );
    assert!(bad("temperature", json!("warm")).starts_with("!`temperature` is \"warm\""));
    let inside = json!({"max_tokens": 2});
    assert_eq!(
        bad("params", inside),
        "!`params` belongs beside the rows, not into one"
    );
    for fine in [
        ("tools", json!([])),
        ("logprobs", json!(false)),
        ("response_format", json!({"type": "text"})),
        ("presence_penalty", json!(0)),
        ("n", json!(1)),
        ("id", json!(7)),
    ] {
        assert_eq!(bad(fine.0, fine.1), "one");
    }
    let parts = json!([{ "role": "user", "content": [{ "type": "image_url", "image_url": {} }] }]);
    let told = json(&json!({ "messages": parts }));
    assert!(told.first().unwrap().contains("`image_url`"), "{told:?}");
    let parts = json!([{ "role": "user", "content": [{ "type": "text", "text": "o" }, { "type": "text", "text": "ne" }] }]);
    assert_eq!(json(&json!({ "messages": parts })), ["user: one"]);
}

#[test]
fn a_document_that_is_none_is_refused() {
    for (text, reason) in [
        (
            "{\"prompt\": \"a\"}\n{\"prompt\": \"b\"}",
            "--content-type jsonl",
        ),
        (
            "{\"inputs\": [], \"instances\": []}",
            "instances and inputs at once",
        ),
        (
            "{\"inputs\": [], \"params\": {\"seed\": 3}}",
            "it is called `random_seed` here",
        ),
        (
            "{\"inputs\": [], \"params\": 3}",
            "`params` has to be an object",
        ),
        (
            "{\"dataframe_split\": {\"data\": []}}",
            "missing field `columns`",
        ),
        (
            "{\"prompt\": [\"a\", \"b\"], \"top_k\": [1]}",
            "`top_k` has 1 values",
        ),
        ("3", "not a number"),
    ] {
        let error = read(text, ContentType::Json).unwrap_err().to_string();
        assert!(error.contains(reason), "{error}");
    }
}

//! Signatures as MLflow itself infers and enforces them: random examples, answered by Python in one process.

use std::io::Write as _;
use std::process::Stdio;

use phi3ml::digest::Digest;
use phi3ml::entity::manifest::Source;
use phi3ml::package::schema::{Data, Findings, ModelSignature, infer_signature};
use phi3ml::package::{Choice, Identity, MlflowRelease, Options, Package, Task};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Map, Value, json};

use crate::support::python::Python;
use crate::support::{CRATE, Context, fixture, full_ring, phi3_tiny};

/// How many cases of each sort: what ten seconds are enough for, or all.
fn how_many() -> usize {
    if full_ring("thousands of random signatures") {
        6000
    } else {
        1200
    }
}

/// What Python says to each of these lines.
fn ask(lines: &[Value]) -> Vec<Value> {
    let mut command = Python::mlflow3().command();
    command.arg(format!("{CRATE}/tests/python/infer_signature.py"));
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines_of_text: Vec<_> = lines.iter().map(Value::to_string).collect();
    let text = lines_of_text.join("\n");
    let mut stdin = child.stdin.take().unwrap();
    let writing = std::thread::spawn(move || stdin.write_all(text.as_bytes()));
    let output = child.wait_with_output().unwrap();
    writing.join().unwrap().unwrap();
    let answers = String::from_utf8(output.stdout).unwrap();
    let answers: Vec<Value> = answers
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(answers.len(), lines.len(), "{answers:?}");
    answers
}

fn draw<T: std::fmt::Debug>(strategy: impl Strategy<Value = T>, count: usize) -> Vec<T> {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let mut draw = || strategy.new_tree(&mut runner).unwrap().current();
    (0..count).map(|_| draw()).collect()
}

/// Texts, also such as JSON and Python escape.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-c]{0,2}",
        Just("é🦀\u{7f}\n\"\\".to_owned()),
        Just("2024-05-01".to_owned())
    ]
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-d]",
        1 => Just("prompt".to_owned()),
        1 => Just("Ä".to_owned()),
        1 => Just("𝄞".to_owned()),
        1 => Just("Z_1".to_owned()),
    ]
}

fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![
        2 => Just(Value::Null),
        2 => any::<bool>().prop_map(Value::from),
        3 => prop_oneof![0..3_i64, any::<i64>()].prop_map(Value::from),
        2 => prop_oneof![Just(0.5), Just(1e16), Just(-2.5e-7), any::<f32>().prop_map(f64::from)]
            .prop_filter_map("a number", |it| it.is_finite().then(|| Value::from(it))),
        4 => text().prop_map(Value::from),
        1 => prop_oneof![
            Just(json!({"$date": "2024-05-01"})),
            Just(json!({"$date": "2024-05-01T12:30:00"})),
            Just(json!({"$date": "2024-05-01T12:30:00.5"})),
        ],
        1 => Just(json!({"$binary": "aGFsbG8="})),
    ]
}

/// A scalar of one sort, now and then nothing.
fn alike() -> impl Strategy<Value = Vec<Value>> {
    let none = |value: Value| prop_oneof![5 => Just(value), 1 => Just(Value::Null)];
    prop_oneof![
        any::<bool>().prop_map(|it| json!(it)).boxed(),
        (0..3_i64).prop_map(|it| json!(it)).boxed(),
        Just(json!(1.5)).boxed(),
        text().prop_map(Value::from).boxed(),
        Just(json!({"$date": "2024-05-01T12:30:00"})).boxed(),
    ]
    .prop_flat_map(move |value| prop::collection::vec(none(value), 0..4))
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![3 => scalar(), 2 => alike().prop_map(Value::from)];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            fields(inner.clone()).prop_map(Value::from),
            records(inner)
        ]
    })
}

fn fields(inner: impl Strategy<Value = Value>) -> impl Strategy<Value = Map<String, Value>> {
    prop::collection::vec((name(), inner), 0..4).prop_map(|pairs| pairs.into_iter().collect())
}

/// Objects that resemble each other: one, and others with some of its fields left out or null.
fn records(inner: impl Strategy<Value = Value>) -> impl Strategy<Value = Value> {
    (fields(inner), prop::collection::vec(0..27_u32, 1..4)).prop_map(|(fields, masks)| {
        let mut list = vec![Value::from(fields.clone())];
        for mask in masks {
            let kept = fields.iter().enumerate().filter_map(|(at, (name, value))| {
                match mask / 3_u32.pow(u32::try_from(at % 3).unwrap()) % 3 {
                    0 => None,
                    1 => Some((name.clone(), Value::Null)),
                    _ => Some((name.clone(), value.clone())),
                }
            });
            list.push(Value::Object(kept.collect()));
        }
        Value::from(list)
    })
}

/// A column as people have them: one sort of value, some missing; or anything.
fn column() -> impl Strategy<Value = Vec<Value>> {
    let row = |strategy: BoxedStrategy<Value>| {
        prop::collection::vec(prop_oneof![4 => strategy, 1 => Just(Value::Null)], 3)
    };
    prop_oneof![
        row(any::<bool>().prop_map(Value::from).boxed()),
        row((0..3_i64).prop_map(Value::from).boxed()),
        row(prop_oneof![Just(json!(1)), Just(json!(1.5))].boxed()),
        row(text().prop_map(Value::from).boxed()),
        row(Just(json!({"$date": "2024-05-01T12:30:00"})).boxed()),
        row(Just(json!({"$date": "2024-05-01"})).boxed()),
        row(Just(json!({"$binary": "aGk="})).boxed()),
        row(Just(json!(u64::MAX)).boxed()),
        row(value().boxed()),
        row(scalar().boxed()),
    ]
}

fn frame() -> impl Strategy<Value = Value> {
    (
        prop::collection::btree_map(name(), column(), 1..4),
        0..4_usize,
        any::<bool>(),
    )
        .prop_map(|(columns, length, is_split)| {
            let names: Vec<_> = columns.keys().collect();
            let row = |at: usize| {
                columns
                    .values()
                    .map(|it| it[at].clone())
                    .collect::<Vec<_>>()
            };
            let rows: Vec<_> = (0..length.min(3)).map(row).collect();
            if is_split || rows.is_empty() {
                return json!({"dataframe_split": {"columns": names, "data": rows}});
            }
            let record = |row: Vec<Value>| {
                let cells = names.iter().map(ToString::to_string).zip(row);
                Value::Object(cells.collect())
            };
            json!({"dataframe_records": rows.into_iter().map(record).collect::<Value>()})
        })
}

fn tensor() -> impl Strategy<Value = Value> {
    let number = prop_oneof![
        Just(json!(1)),
        Just(json!(1.5)),
        Just(json!(true)),
        Just(json!(u64::MAX))
    ];
    let text = text().prop_map(Value::from);
    let number = number.prop_flat_map(|first| {
        prop::collection::vec(prop_oneof![4 => Just(first), 1 => Just(json!(2.5))], 6)
    });
    let leaves = prop_oneof![2 => number, 1 => prop::collection::vec(text, 6)];
    (leaves, 0..4_u8).prop_map(|(leaves, shape)| match shape {
        0 => json!({"instances": leaves}),
        1 => json!({"instances": leaves.chunks(3).collect::<Vec<_>>()}),
        2 => json!({"instances": [leaves.chunks(2).collect::<Vec<_>>()]}),
        _ => json!({"instances": leaves.chunks(3).map(|row| json!({"a": row[0], "b": [row[1], row[2]]})).collect::<Vec<_>>()}),
    })
}

fn data() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => fields(value()).prop_map(Value::from),
        3 => records(value()),
        3 => value(),
        3 => frame(),
        1 => tensor(),
    ]
}

fn params() -> impl Strategy<Value = Value> {
    let one = prop_oneof![
        4 => scalar(),
        3 => alike().prop_map(Value::from),
        1 => prop::collection::vec(scalar(), 0..4).prop_map(Value::from),
        2 => fields(value()).prop_map(Value::from),
        1 => Just(json!([1, 2.5, 3])),
    ];
    // One param for most cases, as one that fails makes all fail.
    prop::collection::vec((name(), one), 1..3)
        .prop_map(|pairs| Value::Object(pairs.into_iter().collect()))
}

fn read(value: &Value) -> Data {
    Data::read(value).unwrap_or_else(|reason| panic!("{reason}: {value}"))
}

/// What phi3ml infers, in the form of Python's answer.
fn infer(input: Option<&Value>, params: Option<&Value>) -> Value {
    let input = input.map(read);
    let params = params.map(|params| params.as_object().unwrap());
    match infer_signature(input.as_ref(), None, params) {
        Ok(inferred) => json!({"signature": inferred.signature.to_value().unwrap()}),
        Err(error) => json!({"error": error.to_string()}),
    }
}

fn is_alike(one: &Value, other: &Value) -> bool {
    one == other || (one.get("error").is_some() && other.get("error").is_some())
}

#[track_caller]
fn compare(cases: &[Value], ours: &[Value], python: &[Value]) {
    let differing: Vec<_> = std::iter::zip(cases, std::iter::zip(ours, python))
        .filter(|(_, (ours, python))| !is_alike(ours, python))
        .collect();
    let shown: Vec<_> = differing
        .iter()
        .take(12)
        .map(|(case, (ours, python))| format!("{case}\n  phi3ml {ours}\n  Python {python}"))
        .collect();
    assert!(
        differing.is_empty(),
        "{} of {} differ:\n{}",
        differing.len(),
        cases.len(),
        shown.join("\n")
    );
}

#[test]
fn signatures_are_what_python_infers() {
    let mut cases: Vec<Value> = draw(data(), how_many())
        .into_iter()
        .map(|input| json!({"infer": {"input": input}}))
        .collect();
    // Without any input there is no signature, says Python.
    cases.retain(|case| !case["infer"]["input"].is_null());
    let ours: Vec<_> = cases
        .iter()
        .map(|case| infer(Some(&case["infer"]["input"]), None))
        .collect();
    compare(&cases, &ours, &ask(&cases));
}

#[test]
fn params_are_what_python_infers() {
    let cases: Vec<Value> = draw(params(), how_many())
        .into_iter()
        .map(|params| json!({"infer": {"input": "x", "params": params}}))
        .collect();
    let ours: Vec<_> = cases
        .iter()
        .map(|case| infer(Some(&json!("x")), Some(&case["infer"]["params"])))
        .collect();
    compare(&cases, &ours, &ask(&cases));
}

/// A signature and an example that fits it, almost fits it, or has nothing to do with it.
fn pairs() -> impl Strategy<Value = (Value, Value)> {
    let inputs = || {
        prop_oneof![
            4 => fields(value()).prop_map(Value::from),
            3 => records(value()),
            1 => value(),
            2 => frame(),
        ]
    };
    prop_oneof![
        inputs().prop_map(|input| (input.clone(), input)),
        (inputs(), inputs()),
    ]
}

/// Rows that are lists besides others that are none: pandas takes a text for a row of letters and an object for one
/// of its keys. Nobody means that, and phi3ml refuses it. Nor is a column meant that is an empty object.
fn is_odd(input: &Value) -> bool {
    let mut columns = input.as_object().into_iter().flatten();
    if columns.any(|(_, value)| value.as_object().is_some_and(Map::is_empty)) {
        return true;
    }
    let rows = input.as_array().map(Vec::as_slice).unwrap_or_default();
    rows.first().is_some_and(Value::is_array) && !rows.iter().all(Value::is_array)
}

fn verdict(findings: &Findings) -> Value {
    json!({"taken": findings.refused.is_empty()})
}

#[test]
fn examples_are_taken_where_python_takes_them() {
    let mut cases = Vec::new();
    let mut ours = Vec::new();
    for (of, input) in draw(pairs(), how_many()) {
        let signature = infer(Some(&of), None)["signature"].clone();
        if of.is_null() || input.is_null() || is_odd(&input) {
            continue;
        }
        let schema = ModelSignature::read(&signature).unwrap();
        assert_eq!(schema.to_value().unwrap(), signature);
        ours.push(verdict(&schema.check(&read(&input), None)));
        cases.push(json!({"enforce": {"signature": signature, "input": input}}));
    }
    let mut python = ask(&cases);
    for answer in &mut python {
        answer.as_object_mut().unwrap().shift_remove("why");
    }
    compare(&cases, &ours, &python);
}

#[test]
fn params_are_taken_where_python_takes_them() {
    let mut cases = Vec::new();
    let mut ours = Vec::new();
    for (of, given) in draw((params(), params()), how_many()) {
        let inferred = infer(Some(&json!("x")), Some(&of));
        let Some(signature) = inferred.get("signature") else {
            continue;
        };
        let schema = ModelSignature::read(signature).unwrap();
        let given = given.as_object().unwrap().clone();
        // Under the names that the signature knows.
        let names = schema
            .params
            .as_ref()
            .unwrap()
            .iter()
            .map(|it| it.name.clone());
        let given: Map<_, _> = names
            .zip(given.into_iter().map(|(_, value)| value))
            .collect();
        ours.push(verdict(&schema.check(&read(&json!("x")), Some(&given))));
        cases.push(json!({"enforce": {"signature": signature, "input": "x", "params": given}}));
    }
    let mut python = ask(&cases);
    for answer in &mut python {
        answer.as_object_mut().unwrap().shift_remove("why");
    }
    compare(&cases, &ours, &python);
}

/// The two files of an example and what `MLmodel` says of them.
fn example(value: &Value) -> Value {
    let options = Options {
        input_example: Choice::Given(value.clone()),
        signature: Choice::None,
        ..Options::default()
    };
    let source = fixture("models/phi3-tiny");
    let package = Package::build(&source, &options).unwrap();
    let rendered = package.render(MlflowRelease::V3).unwrap();
    let sealed = rendered.seal(&mut |_, _| ()).unwrap();
    let file = |name: &str| {
        let entries = sealed.manifest().entries();
        let entry = entries.iter().find(|entry| entry.path.as_str() == name);
        match &entry.unwrap().source {
            Source::Bytes(bytes) => String::from_utf8(bytes.to_vec()).unwrap(),
            Source::File(_) => panic!("{name} is copied"),
        }
    };
    let identity = Identity::of_digest(Digest::of(b""), jiff::Timestamp::UNIX_EPOCH);
    let mlmodel: Value = serde_json::from_str(&sealed.mlmodel(&identity).unwrap().json).unwrap();
    json!({
        "input": file("input_example.json"),
        "serving": file("serving_input_example.json"),
        "info": mlmodel["saved_input_example_info"],
    })
}

#[test]
fn examples_are_kept_as_python_keeps_them() {
    let mut cases = vec![
        json!("a prompt"),
        json!(5),
        json!({"prompt": "x"}),
        json!({"messages": [{"role": "user", "content": "é"}], "max_tokens": 8}),
        json!({"question": "x", "k": [1.5, 1e16]}),
        json!(["a", "b"]),
        json!([{"prompt": "x"}, {"prompt": "y"}]),
        json!({"inputs": {"prompt": "x"}, "params": {"max_length": 50}}),
        json!({"inputs": {"question": "x"}, "params": {"stop": ["a"], "top_p": 0.5}}),
        json!({"inputs": "x", "params": {}}),
        json!({"inputs": {"dataframe_split": {"columns": ["a"], "data": [[1]]}}, "params": {"n": 1}}),
        json!({"when": {"$date": "2024-05-01T12:30:00.5"}, "day": {"$date": "2024-05-01"}}),
        json!({"bytes": {"$binary": "QUJD".repeat(40)}, "none": {"$binary": ""}}),
        json!({"instances": [[1, 2.5], [3, 4]]}),
        json!({"instances": [{"a": 1, "b": [2]}, {"a": 3, "b": [4]}]}),
        json!({"dataframe_records": [{"a": 1, "b": "x"}, {"a": null}]}),
        json!({"dataframe_split": {"columns": ["a", "b"], "data": [[1, {"$date": "2024-05-01T12:30:00"}]]}}),
        json!({"inputs": [1, 2]}),
        json!({"e": [], "f": {}}),
    ];
    cases.extend(draw(fields(value()), 60).into_iter().map(Value::from));
    let lines: Vec<_> = cases.iter().map(|case| json!({"example": case})).collect();
    let ours: Vec<_> = cases.iter().map(example).collect();
    compare(&cases, &ours, &ask(&lines));
}

#[test]
fn an_example_that_does_not_fit_is_refused_with_its_place() {
    let context = Context::new();
    let source = phi3_tiny();
    let signature = r#"{"inputs": [{"type": "string", "name": "prompt"}], "params": [{"name": "n", "default": 1, "type": "long"}]}"#;
    let broken = r#"{"inputs": [{"type": "text", "name": "prompt"}]}"#;
    for (name, text) in [("signature.json", signature), ("broken.json", broken)] {
        fs_err::write(context.path("work").join(name), text).unwrap();
    }
    let given =
        |example, flags: &[&'static str]| [&["--input-example", example][..], flags].concat();
    let chat = ["--task", "llm/v1/chat"];
    let own = ["--signature", "@signature.json"];
    for (flags, said) in [
        (
            given(r#"{"messages": [{"content": "x"}]}"#, &chat),
            "`messages[0].role` is missing where the signature wants string",
        ),
        (
            given(r#"{"messages": [{"role": "user", "content": 1}]}"#, &chat),
            "`messages[0].content` is an integer where the signature wants string",
        ),
        (
            given(r#"{"question": "x"}"#, &[]),
            "`prompt` is missing where the signature wants string",
        ),
        (
            given(r#"{"inputs": {"prompt": "x"}, "params": {"n": 1.5}}"#, &own),
            "`params.n` is a number with a fraction where the signature wants long",
        ),
        (
            given(r#"{"dataframe_split": 1}"#, &[]),
            "`dataframe_split` has no list `columns`",
        ),
        (
            vec!["--signature", "@broken.json"],
            "`inputs[0].type` in the signature is not a type of MLflow",
        ),
    ] {
        let mut arguments = vec!["package", source.to_str().unwrap(), "never"];
        arguments.extend(&flags);
        let refused = context.phi3ml(arguments).run().expect_code(2);
        assert!(refused.stderr.contains(said), "{said}: {refused}");
        assert!(!context.path("work/never").exists());
    }
    let told = given(
        r#"{"messages": [{"role": "user", "content": "x"}], "temperature": 2, "mood": "x"}"#,
        &chat,
    );
    let mut arguments = vec!["package", source.to_str().unwrap(), "told"];
    arguments.extend(&told);
    let told = context.phi3ml(arguments).run().expect_success();
    assert!(
        told.stderr
            .contains("`temperature` is an integer where the signature wants double"),
        "{told}"
    );
    assert!(told.stderr.contains("does not name `mood`"), "{told}");
}

#[test]
fn tasks_have_the_schemas_of_mlflow() {
    let schemas = Python::mlflow3()
        .command()
        .args(["-c", "import json, mlflow.types.llm as llm; print(json.dumps([getattr(llm, f'{task}_MODEL_{side}_SCHEMA').to_json() for task in ('CHAT', 'COMPLETIONS') for side in ('INPUT', 'OUTPUT')]))"])
        .output()
        .unwrap();
    let schemas: Vec<Value> = serde_json::from_slice(&schemas.stdout).unwrap();
    for (task, schemas) in std::iter::zip([Task::Chat, Task::Completions], schemas.chunks(2)) {
        let options = Options {
            task: Some(task),
            ..Options::default()
        };
        let source = fixture("models/phi3-tiny");
        let package = Package::build(&source, &options).unwrap();
        let identity = Identity::of_digest(Digest::of(b""), jiff::Timestamp::UNIX_EPOCH);
        let rendered = package.render(MlflowRelease::V3).unwrap();
        let warnings = rendered.warnings().to_vec();
        let sealed = rendered.seal(&mut |_, _| ()).unwrap();
        let mlmodel: Value =
            serde_json::from_str(&sealed.mlmodel(&identity).unwrap().json).unwrap();
        assert_eq!(mlmodel["signature"]["inputs"], schemas[0], "{task}");
        assert_eq!(mlmodel["signature"]["outputs"], schemas[1], "{task}");
        assert!(warnings.is_empty(), "{task}: {warnings:?}");
    }
}

//! Model directories that the Python client wrote, made again by phi3ml from the same inputs: equal in meaning file
//! by file and field by field, but for what is listed here with its reason. What is listed and equal fails, too.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::{Context, fixture};

/// What is another one in every model: ids, times, versions, and what phi3ml adds.
const OF_THE_MOMENT: &[(&str, &str)] = &[
    ("MLmodel mlflow_version", "a version"),
    (
        "MLmodel model_uuid",
        "an id, here made of the model's digest",
    ),
    (
        "MLmodel phi3ml",
        "what MLflow ignores and people look for: digests, sizes, source, precision",
    ),
    ("MLmodel utc_time_created", "a time"),
    (
        "SHA256SUMS",
        "what `sha256sum --check` confirms the model with",
    ),
    ("conda.yaml mlflow", "a version"),
    ("requirements.txt mlflow", "a version"),
];

/// What only a model has that was logged; phi3ml says the same of one that it logs.
const OF_THE_RUN: &[(&str, &str)] = &[
    ("MLmodel artifact_path", "where it was logged"),
    ("MLmodel model_id", "an id"),
    ("MLmodel run_id", "an id"),
];

/// What is better in a model from code.
const BETTER_CODE: &[(&str, &str)] = &[(
    "MLmodel flavors.python_function.model_code_path",
    "the path of the machine that built the model is nobody's business; MLflow uses the last part only",
)];

/// What is better in every model.
const BETTER: &[(&str, &str)] = &[
    (
        "conda.yaml pip",
        "pip without the upper bound that the machine happened to have",
    ),
    (
        "python_env.yaml build_dependencies",
        "pip and setuptools of the machine would be downgraded for nothing",
    ),
];

/// What only torch and Transformers know, or would write anew.
const OF_TRANSFORMERS: &[(&str, &str)] = &[
    (
        "LICENSE.txt",
        "MLflow asks huggingface.co; the folder's own licence is in `model/`",
    ),
    (
        "MLmodel model_size_bytes",
        "the weights are others and there is no LICENSE.txt",
    ),
    (
        "MLmodel flavors.transformers.tokenizer_type",
        "PreTrainedTokenizerFast is the same class under the name that Transformers 4 knows, too",
    ),
    (
        "MLmodel flavors.transformers.transformers_version",
        "a version",
    ),
    (
        "conda.yaml transformers",
        "the newest that MLflow 3.17.2 is known to work with",
    ),
    ("requirements.txt transformers", "as in conda.yaml"),
    ("model/model.safetensors", "weights"),
];

/// Where MLflow was given a folder, too.
const OF_A_FOLDER: &[(&str, &str)] = &[
    (
        "MLmodel flavors.transformers.torch_dtype",
        "that of `config.json`, where MLflow writes null: bfloat16 stays bfloat16",
    ),
    (
        "components/tokenizer/tokenizer_config.json",
        "Transformers writes it anew and notes in it where it was read; here it is the folder's",
    ),
];

/// Where MLflow was given a pipeline in memory.
const OF_A_PIPELINE: &[(&str, &str)] = &[
    (
        "MLmodel flavors.transformers.source_model_name",
        "the name of the folder; a pipeline in memory has none",
    ),
    (
        "conda.yaml numpy",
        "asked for only because the machine had it; torch brings what it needs",
    ),
    ("conda.yaml pandas", "likewise"),
    ("conda.yaml scikit-learn", "likewise"),
    ("conda.yaml scipy", "likewise"),
    ("requirements.txt numpy", "as in conda.yaml"),
    ("requirements.txt pandas", "as in conda.yaml"),
    ("requirements.txt scikit-learn", "as in conda.yaml"),
    ("requirements.txt scipy", "as in conda.yaml"),
    (
        "model/chat_template.jinja",
        "a folder goes in whole, as with MLflow given a path",
    ),
    (
        "model/tokenizer.json",
        "a folder goes in whole, as with MLflow given a path",
    ),
    (
        "model/tokenizer_config.json",
        "a folder goes in whole, as with MLflow given a path",
    ),
];

/// The code that MLflow was given, and where it put copies of it: the model's own file, and all of `code_paths`.
const CODE: &str = "phi3_model.py";
const COPIES: &[(&str, &[&str])] = &[
    ("from-code", &[CODE]),
    ("from-code-saved", &[CODE]),
    ("from-code-with-params", &[CODE, "code/phi3_model.py"]),
];

fn captured(name: &str) -> PathBuf {
    fixture("mlmodel/captured").join(name)
}

/// A model directory as it was captured, the copies of the given code among its files.
pub(crate) fn whole(context: &Context, name: &str) -> PathBuf {
    let copy = context.copy_of(&captured(name), &format!("captured-{name}"));
    let copies = COPIES.iter().filter(|(model, _)| *model == name);
    for path in copies.flat_map(|(_, paths)| *paths) {
        let path = copy.join(path);
        fs_err::create_dir_all(path.parent().unwrap()).unwrap();
        fs_err::copy(captured(CODE), path).unwrap();
    }
    copy
}

/// All that can be compared of a model, by name: fields of `MLmodel`, lines of requirements, files.
fn facts(folder: &Path) -> BTreeMap<String, String> {
    let mut facts = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs_err::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path
                .strip_prefix(folder)
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned();
            let bytes = fs_err::read(&path).unwrap();
            let text = String::from_utf8_lossy(&bytes).into_owned();
            match name.as_str() {
                "MLmodel" => fields(&name, "", &serde_yaml::from_str(&text).unwrap(), &mut facts),
                "conda.yaml" => {
                    let conda: Value = serde_yaml::from_str(&text).unwrap();
                    let dependencies = conda["dependencies"].as_array().unwrap();
                    let (pip, own): (Vec<_>, Vec<_>) =
                        dependencies.iter().partition(|it| it.is_object());
                    let pip = pip.iter().flat_map(|pip| pip["pip"].as_array().unwrap());
                    requirements(
                        &name,
                        own.into_iter().chain(pip).map(|it| it.as_str().unwrap()),
                        &mut facts,
                    );
                }
                "python_env.yaml" => {
                    fields(&name, "", &serde_yaml::from_str(&text).unwrap(), &mut facts);
                }
                "requirements.txt" => requirements(&name, text.lines(), &mut facts),
                _ => {
                    let json = serde_json::from_str::<Value>(&text).map(|json| json.to_string());
                    facts.insert(name, json.unwrap_or(text));
                }
            }
        }
    }
    facts
}

fn fields(file: &str, place: &str, value: &Value, facts: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(inner) if !inner.is_empty() && place != "phi3ml" => {
            for (name, value) in inner {
                let place = if place.is_empty() {
                    name.clone()
                } else {
                    format!("{place}.{name}")
                };
                fields(file, &place, value, facts);
            }
        }
        // The same JSON in the same order, however YAML folds it.
        _ => _ = facts.insert(format!("{file} {place}"), value.to_string()),
    }
}

/// Each by its package.
fn requirements<'a>(
    file: &str,
    lines: impl Iterator<Item = &'a str>,
    facts: &mut BTreeMap<String, String>,
) {
    for line in lines {
        let package = line.split(['=', '<', '>']).next().unwrap().trim();
        facts.insert(format!("{file} {package}"), line.to_owned());
    }
}

#[track_caller]
fn compare(context: &Context, name: &str, made: &Path, listed: &[&[(&str, &str)]]) {
    let (theirs, ours) = (facts(&whole(context, name)), facts(made));
    let names: BTreeSet<&String> = theirs.keys().chain(ours.keys()).collect();
    let mut listed: BTreeSet<&str> = listed
        .iter()
        .flat_map(|table| table.iter())
        .map(|(name, _)| *name)
        .collect();
    let unexpected: Vec<_> = names
        .into_iter()
        .filter(|name| theirs.get(*name) != ours.get(*name))
        .filter(|name| !listed.remove(name.as_str()))
        .map(|name| {
            format!(
                "{name}\n  Python {:?}\n  phi3ml {:?}",
                theirs.get(name),
                ours.get(name)
            )
        })
        .collect();
    assert!(unexpected.is_empty(), "{name}:\n{}", unexpected.join("\n"));
    assert!(
        listed.is_empty(),
        "{name}: listed as different, and equal: {listed:?}"
    );
}

#[track_caller]
fn package(context: &Context, source: &Path, arguments: &[&str]) -> PathBuf {
    let made = context.path("work/made");
    let start = ["package".as_ref(), source.as_os_str(), made.as_os_str()];
    let packaged = context.phi3ml(start).args(["--python-version", "3.11.7"]);
    packaged.args(arguments).run().expect_success();
    made
}

#[test]
fn a_model_from_code() {
    let context = Context::new();
    for (name, place, arguments) in [
        (
            "from-code",
            OF_THE_RUN,
            &[
                "--extra-pip-requirement",
                "torch",
                "--extra-pip-requirement",
                "onnxruntime_genai",
                "--extra-pip-requirement",
                "numpy",
            ][..],
        ),
        (
            "from-code-saved",
            &[],
            &["--input-example", r#"{"prompt": "hi"}"#],
        ),
    ] {
        let model = captured(name);
        let code = captured(CODE);
        let fixed = ["--python-model", code.to_str().unwrap(), "--task", "prompt"];
        let arguments = [&fixed, arguments].concat();
        let made = package(
            &context,
            &model.join("artifacts/phi3-mini-onnx"),
            &arguments,
        );
        let listed = [OF_THE_MOMENT, place, BETTER, BETTER_CODE];
        compare(&context, name, &made, &listed);
        fs_err::remove_dir_all(made).unwrap();
    }
}

#[test]
fn a_model_from_code_with_params_metadata_and_further_code() {
    let context = Context::new();
    let model = captured("from-code-with-params");
    let mlmodel = fs_err::read_to_string(model.join("MLmodel")).unwrap();
    let mlmodel: Value = serde_yaml::from_str(&mlmodel).unwrap();
    let signature = context.path("work/signature.json");
    fs_err::write(&signature, mlmodel["signature"].to_string()).unwrap();
    let code = captured(CODE);
    let code = code.to_str().unwrap();
    let arguments = [
        "--python-model",
        code,
        "--code-path",
        code,
        "--signature",
        &format!("@{}", signature.display()),
        "--metadata",
        "base=phi-3-mini-4k",
        "--metadata",
        "quant=int4",
        "--input-example",
        r#"{"inputs": {"prompt": "What is MLflow?"}, "params": {"max_length": 50}}"#,
        "--extra-pip-requirement",
        "onnxruntime-genai",
    ];
    let made = package(
        &context,
        &model.join("artifacts/phi3-mini-onnx"),
        &arguments,
    );
    let added = [
        (
            "conda.yaml cloudpickle",
            "MLflow's own default, which `pip_requirements` replaced there",
        ),
        ("requirements.txt cloudpickle", "likewise"),
    ];
    compare(
        &context,
        "from-code-with-params",
        &made,
        &[OF_THE_MOMENT, OF_THE_RUN, BETTER, BETTER_CODE, &added],
    );
}

#[test]
fn a_checkpoint() {
    for (name, task, source_was) in [
        ("checkpoint-chat", "llm/v1/chat", OF_A_FOLDER),
        ("pipeline-chat", "llm/v1/chat", OF_A_PIPELINE),
        ("pipeline-completions", "llm/v1/completions", OF_A_PIPELINE),
    ] {
        let context = Context::new();
        let source = context.copy_of(&captured("checkpoint-chat").join("model"), "ckpt");
        let header = br#"{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#;
        let length = (header.len() as u64).to_le_bytes();
        let weights = [&length[..], header, &[0; 4]].concat();
        fs_err::write(source.join("model.safetensors"), weights).unwrap();
        let made = package(&context, &source, &["--task", task]);
        let tables = [
            OF_THE_MOMENT,
            OF_THE_RUN,
            BETTER,
            OF_TRANSFORMERS,
            source_was,
        ];
        compare(&context, name, &made, &tables);
    }
}

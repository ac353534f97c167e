//! Search options that cannot be met, and which of several is told, beside onnxruntime-genai itself.

use phi3ml::infer::{EngineChoice, Error, Generator, Prompt, Search};
use serde_json::{Value, json};

use crate::support::python::Python;
use crate::support::{Context, configure, generator, phi3_tiny};

/// Of the tiny model, which has 611 tokens and a context of 1,024.
const PROMPT: [u32; 5] = [1, 300, 301, 302, 303];

/// What one may ask for, with what the error names; nothing, if that can be met.
fn options() -> Vec<(Value, Option<&'static str>)> {
    vec![
        (json!({"max_length": 2000}), Some("context")),
        (json!({"max_length": 0}), Some("max_length")),
        (json!({"num_beams": 0}), Some("num_beams")),
        (json!({"num_beams": 33}), Some("num_beams")),
        (
            json!({"num_return_sequences": 2}),
            Some("num_return_sequences"),
        ),
        (
            json!({"num_beams": 4, "num_return_sequences": 5}),
            Some("num_return_sequences"),
        ),
        (
            json!({"num_beams": 4, "num_return_sequences": 0}),
            Some("num_return_sequences"),
        ),
        (
            json!({"num_beams": 4, "do_sample": true}),
            Some("beam search"),
        ),
        (json!({"do_sample": true, "top_p": 1.5}), Some("top_p")),
        (json!({"do_sample": true, "top_p": -0.5}), Some("top_p")),
        (json!({"do_sample": true, "top_k": 612}), Some("top_k")),
        (json!({"do_sample": true, "top_k": -1}), Some("top_k")),
        (json!({"max_length": 3}), Some("size")),
        (json!({"do_sample": false, "top_k": 700}), None),
        (json!({"do_sample": false, "top_p": 1.5}), None),
        (json!({"do_sample": true, "top_k": 1, "top_p": 0.5}), None),
        (json!({"do_sample": true, "temperature": 0.0}), None),
        (json!({"num_beams": 4, "do_sample": true, "top_k": 1}), None),
        (json!({"min_length": 5000}), None),
        (json!({"length_penalty": 0.0, "num_beams": 2}), None),
        (json!({"no_repeat_ngram_size": 1}), None),
    ]
}

/// Each of them, and every two that do not speak of the same option.
fn requests() -> Vec<Value> {
    let options = options();
    let search = |asked: &[&Value]| {
        let mut search = json!({"max_length": 12});
        for (name, value) in asked.iter().flat_map(|it| it.as_object().unwrap()) {
            search[name] = value.clone();
        }
        search
    };
    let mut requests: Vec<_> = options.iter().map(|(one, _)| search(&[one])).collect();
    for (index, (one, _)) in options.iter().enumerate() {
        for (other, _) in options.iter().skip(index + 1) {
            let mut names = other.as_object().unwrap().keys();
            if names.all(|name| one[name].is_null() || one[name] == other[name]) {
                requests.push(search(&[one, other]));
            }
        }
    }
    requests
}

fn ask(generator: &mut Generator, search: &Value) -> Option<Error> {
    let size = |name: &str| Some(usize::try_from(search[name].as_u64()?).unwrap());
    #[expect(clippy::cast_possible_truncation, reason = "options of one digit")]
    let number = |name: &str| search[name].as_f64().map(|number| number as f32);
    let search = Search {
        max_length: size("max_length"),
        min_length: size("min_length"),
        num_beams: size("num_beams"),
        num_return_sequences: size("num_return_sequences"),
        no_repeat_ngram_size: size("no_repeat_ngram_size"),
        length_penalty: number("length_penalty"),
        temperature: number("temperature"),
        top_p: number("top_p"),
        top_k: search["top_k"].as_i64(),
        do_sample: Some(search["do_sample"] == true),
        ..Search::default()
    };
    generator::ask(generator, &Prompt::Tokens(PROMPT.len()), &search).err()
}

/// The words by which the reference's errors are told apart.
fn named(error: &Error) -> &'static str {
    match error {
        Error::MaxLengthOverContext { .. } => "context",
        Error::PromptTooLong { .. } => "size",
        Error::BeamsDraw { .. } => "beam search",
        Error::Option { option, .. } => option,
        other => panic!("{other}"),
    }
}

/// What onnxruntime-genai answers.
fn reference_answers(requests: impl Iterator<Item = Value>) -> Vec<Value> {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("requests.json");
    fs_err::write(&file, requests.collect::<Value>().to_string()).unwrap();
    let paths = [&phi3_tiny(), &file].map(|path| path.display().to_string());
    let paths = paths.each_ref().map(String::as_str);
    let answers = Python::mlflow3().script("genai_answers.py", &[], &paths);
    answers.as_array().unwrap().clone()
}

#[test]
fn the_same_options_are_refused_and_the_same_is_told_first() {
    let searches = requests();
    assert!(searches.len() > 150, "{}", searches.len());
    let answers = reference_answers(
        searches
            .iter()
            .map(|search| json!({"threads": 1, "prompt_ids": PROMPT, "search": search})),
    );
    assert_eq!(answers.len(), searches.len());

    let mut generator = generator::open(&phi3_tiny(), EngineChoice::Ort, 1).unwrap();
    for (search, answer) in searches.iter().zip(&answers) {
        let error = ask(&mut generator, search);
        match (&error, answer["error"].as_str()) {
            (None, None) => {}
            (Some(error), Some(told)) => {
                assert!(told.contains(named(error)), "{search}: {told}; {error}");
            }
            (error, told) => panic!("{search}: {told:?}; {error:?}"),
        }
    }
    for ((search, expected), answer) in options().iter().zip(&answers) {
        let told = answer["error"].as_str();
        assert_eq!(told.is_some(), expected.is_some(), "{search}: {told:?}");
        assert!(
            told.unwrap_or_default()
                .contains(expected.unwrap_or_default())
        );
    }
}

/// What a model may say in its `search`, with what the error names; nothing, if that is taken.
fn sections() -> Vec<(Value, Option<&'static str>)> {
    vec![
        (json!({}), None),
        (json!({"top_kk": 1}), Some("unknown field `top_kk`")),
        (json!({"stop": ["x"]}), Some("unknown field `stop`")),
        (
            json!({"max_length": 2048}),
            Some("`search.max_length` of the model is 2048"),
        ),
        (
            json!({"max_length": -1}),
            Some("`search.max_length` of the model is -1"),
        ),
        (json!({"max_length": 30.0}), None),
        (json!({"max_length": 30.5}), Some("max_length")),
        (
            json!({"max_length": 1_000_000_000_000_u64}),
            Some("max_length"),
        ),
        (
            json!({"random_seed": 1_u64 << 40, "do_sample": true}),
            Some("random_seed"),
        ),
        (json!({"random_seed": 7, "do_sample": true}), None),
        (json!({"top_k": null}), Some("top_k")),
        (json!({"top_k": 2.0}), None),
        (json!({"top_k": "2"}), Some("top_k")),
        (json!({"top_k": 700, "do_sample": true}), Some("top_k")),
        (json!({"top_k": 700}), None),
        (json!({"top_p": 2, "do_sample": true}), Some("top_p")),
        (json!({"top_p": 2}), None),
        (json!({"temperature": -1}), None),
        (json!({"temperature": "1"}), Some("temperature")),
        (json!({"temperature": 0, "do_sample": true}), None),
        (json!({"do_sample": 1}), Some("do_sample")),
        (json!({"early_stopping": "yes"}), Some("early_stopping")),
        (json!({"length_penalty": null}), Some("length_penalty")),
        (json!({"min_length": -1}), None),
        (json!({"min_length": 2.5}), Some("min_length")),
        (json!({"no_repeat_ngram_size": -1}), None),
        (
            json!({"num_beams": 0}),
            Some("`search.num_beams` of the model is 0"),
        ),
        (
            json!({"num_beams": -1}),
            Some("`search.num_beams` of the model is -1"),
        ),
        (
            json!({"batch_size": 0}),
            Some("`search.batch_size` of the model is 0"),
        ),
        (
            json!({"num_return_sequences": 2}),
            Some("num_return_sequences"),
        ),
        (json!({"chunk_size": 0}), None),
        (json!({"chunk_size": -1}), None),
        (json!({"chunk_size": 2}), None),
        (json!({"chunk_size": null}), Some("chunk_size")),
        (
            json!({"diversity_penalty": 0.5, "past_present_share_buffer": true, "batch_size": 1, "blank_penalty": 0.5,
                "audio_temperature": 1.0, "audio_top_k": 5, "audio_interleaved": false}),
            None,
        ),
    ]
}

#[test]
fn the_same_sections_of_models_are_refused_and_the_others_answer_the_same() {
    let mut sections = sections();
    for (section, _) in &mut sections {
        if section.get("max_length").is_none() {
            section["max_length"] = 30.into();
        }
    }
    let prompt = Prompt::Text {
        text: "Hi".to_owned(),
        raw: false,
    };
    let mut model = generator::open(&phi3_tiny(), EngineChoice::Ort, 1).unwrap();
    let asked = generator::ask(&mut model, &prompt, &Search::default());
    let prompt_ids = asked.unwrap().prompt_ids;
    let answers =
        reference_answers(sections.iter().map(
            |(own, _)| json!({"threads": 1, "prompt_ids": prompt_ids, "search": {}, "own": own}),
        ));
    for ((own, expected), answer) in sections.iter().zip(&answers) {
        let context = Context::new();
        let folder = context.copy_of(&phi3_tiny(), "model");
        configure(&folder, |config| {
            for (name, value) in own.as_object().unwrap() {
                config["search"][name] = value.clone();
            }
        });

        let answered = generator::open(&folder, EngineChoice::Ort, 1)
            .and_then(|mut model| generator::ask(&mut model, &prompt, &Search::default()));
        match (answered, expected) {
            (Ok(answered), None) => {
                assert_eq!(json!(answered.output_ids), answer["output_ids"], "{own}");
            }
            (Err(error), Some(named)) => {
                let mut told = error.to_string();
                if let Some(cause) = std::error::Error::source(&error) {
                    told = format!("{told}: {cause}");
                }
                assert!(told.contains(named), "{own}: {told}");
                assert!(answer["error"].is_string(), "{own}: {answer}");
            }
            (answered, _) => panic!("{own}: {answer}; {answered:?}"),
        }
    }
}

//! What is asked for, and what it comes to.

use super::*;
use crate::error::{Hint as _, Kind};
use crate::infer::config::GenaiConfig;
use crate::infer::config::tests::{example, parse};

/// A model with this context and this `search`.
fn model(context_length: usize, search: Value) -> GenaiConfig {
    let mut value = example();
    value["model"]["context_length"] = context_length.into();
    value["search"] = search;
    parse(&value).unwrap()
}

fn length(config: &GenaiConfig, prompt: usize, search: &Search) -> usize {
    search.settle(config, prompt).unwrap().max_length
}

#[test]
fn nobody_gets_a_long_context_without_asking() {
    let long = model(131_072, serde_json::json!({"max_length": 131_072}));
    let asked = Search::default();
    assert_eq!(length(&long, 10, &asked), 4096);
    assert_eq!(length(&long, 5000, &asked), 6024);
    assert_eq!(length(&long, 131_000, &asked), 131_072);
    let asked = Search {
        max_length: Some(100_000),
        ..Search::default()
    };
    assert_eq!(length(&long, 10, &asked), 100_000);
    let asked = Search {
        max_new_tokens: Some(7),
        ..asked
    };
    assert_eq!(length(&long, 10, &asked), 17);
    let whole = model(1024, serde_json::json!({"max_length": 0}));
    assert_eq!(length(&whole, 10, &Search::default()), 1024);
    let unset = model(1024, serde_json::json!({}));
    assert_eq!(length(&unset, 10, &Search::default()), 1024);
}

#[test]
fn new_tokens_are_counted_as_far_as_the_context_goes() {
    let config = model(1024, serde_json::json!({"max_length": 20}));
    let asked = |new| Search {
        max_new_tokens: Some(new),
        ..Search::default()
    };
    assert_eq!(length(&config, 10, &asked(100)), 110);
    assert_eq!(length(&config, 1000, &asked(100)), 1024);
    assert_eq!(length(&config, 10, &asked(0)), 10);
    assert!(matches!(
        asked(1).settle(&config, 2000),
        Err(Error::PromptTooLong {
            prompt: 2000,
            max_length: 1024
        })
    ));
}

#[test]
fn asking_for_a_draw_makes_it_one() {
    let config = model(1024, serde_json::json!({"top_k": 40, "top_p": 0.9}));
    let choice = |search: Search| search.settle(&config, 1).unwrap().choice;
    let drawn = Choice::Draw {
        top_k: Some(40),
        top_p: 0.9,
        temperature: 0.7,
    };
    let warm = Search {
        temperature: Some(0.7),
        ..Search::default()
    };
    assert_eq!(choice(Search::default()), Choice::Greedy);
    assert_eq!(choice(warm.clone()), drawn);
    for greedy in [
        Search {
            greedy: true,
            ..warm.clone()
        },
        Search {
            do_sample: Some(false),
            ..warm.clone()
        },
        Search {
            temperature: Some(0.0),
            ..warm.clone()
        },
        Search {
            top_k: Some(1),
            ..warm
        },
    ] {
        assert_eq!(choice(greedy.clone()), Choice::Greedy, "{greedy:?}");
    }
}

#[test]
fn who_asked_for_more_than_the_context_is_named() {
    let config = model(1024, serde_json::json!({}));
    for (origin, expected) in [
        (
            Origin::Flag,
            "`max_length` 5000 is more than the model's context of 1024 tokens",
        ),
        (Origin::ModelConfig, "model_config"),
    ] {
        let search = Search {
            origin,
            max_length: Some(5000),
            ..Search::default()
        };
        let error = search.settle(&config, 10).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }
}

#[test]
fn each_option_is_that_of_the_uppermost_who_set_it() {
    let own =
        serde_json::json!({"max_length": 900, "temperature": 0.3, "top_k": 7, "min_length": 2});
    let config = model(1024, own);
    let model_config = Search {
        origin: Origin::ModelConfig,
        temperature: Some(0.5),
        repetition_penalty: Some(1.5),
        max_new_tokens: Some(20),
        stop: vec!["END".to_owned()],
        ..Search::default()
    };
    let asked = Search {
        repetition_penalty: Some(1.25),
        ..Search::default()
    };
    let row = Search {
        origin: Origin::Row,
        top_p: Some(0.9),
        ..Search::default()
    };
    let settings = asked
        .over(row)
        .over(model_config)
        .settle(&config, 10)
        .unwrap();
    assert_eq!(settings.max_length, 30);
    assert_eq!(settings.stop, ["END"]);
    let used = serde_json::to_value(&settings.used).unwrap();
    let expected = serde_json::json!({
        "max_length": {"value": 30, "from": "model_config"},
        "max_tokens": {"value": 20, "from": "model_config"},
        "min_length": {"value": 2, "from": "genai_config"},
        "do_sample": {"value": true, "from": "row"},
        "temperature": {"value": 0.5, "from": "model_config"},
        "top_k": {"value": 7, "from": "genai_config"},
        "top_p": {"value": 0.9, "from": "row"},
        "repetition_penalty": {"value": 1.25, "from": "flag"},
        "no_repeat_ngram_size": {"value": 0, "from": "default"},
        "random_seed": {"value": null, "from": "default"},
        "num_beams": {"value": 1, "from": "default"},
        "num_return_sequences": {"value": 1, "from": "default"},
        "length_penalty": {"value": 1.0, "from": "default"},
        "early_stopping": {"value": true, "from": "default"},
        "chunk_size": {"value": null, "from": "default"},
        "stop": {"value": ["END"], "from": "model_config"},
    });
    assert_eq!(used, expected);
}

#[test]
fn a_length_that_nobody_would_wait_for_is_not_the_models() {
    let origin = |own: Value| {
        let settings = Search::default().settle(&model(131_072, own), 1).unwrap();
        let used = serde_json::to_value(&settings.used).unwrap();
        used["max_length"].to_string()
    };
    let short = origin(serde_json::json!({"max_length": 100}));
    assert_eq!(short, r#"{"value":100,"from":"genai_config"}"#);
    let long = origin(serde_json::json!({"max_length": 131_072}));
    assert_eq!(long, r#"{"value":4096,"from":"default"}"#);
}

#[test]
fn a_value_out_of_range_is_the_fault_of_who_gave_it() {
    let asked = Search {
        top_p: Some(3.0),
        ..Search::default()
    };
    let error = asked.settle(&model(1024, serde_json::json!({})), 1);
    let error = error.unwrap_err();
    assert_eq!(error.kind(), Kind::Usage);
    assert_eq!(
        error.to_string(),
        "`top_p` is 3, but has to be between 0 and 1"
    );
    for (option, value) in [
        ("top_p", -0.5),
        ("top_k", -1.0),
        ("temperature", -1.0),
        ("repetition_penalty", 0.0),
    ] {
        let mut search = serde_json::json!({"do_sample": true});
        search[option] = value.into();
        if option == "top_k" {
            search[option] = (-1).into();
        }
        let error = Search::default().settle(&model(1024, search), 1);
        let error = error.unwrap_err();
        assert_eq!(error.kind(), Kind::Corrupt, "{error}");
        let start = format!("`search.{option}` of the model is ");
        assert!(error.to_string().starts_with(&start), "{error}");
    }
}

#[test]
fn lengths_without_end_are_not_summed_past_it() {
    let config = model(1024, serde_json::json!({}));
    let asked = Search {
        max_new_tokens: Some(usize::MAX),
        ..Search::default()
    };
    assert_eq!(length(&config, 10, &asked), 1024);
}

#[test]
fn a_prompt_that_does_not_fit_is_a_failure_and_no_wrong_usage() {
    let config = model(1024, serde_json::json!({}));
    let error = Search::default().settle(&config, 2000).unwrap_err();
    assert_eq!(error.kind(), Kind::Refused);
    let asked = Search {
        max_length: Some(5),
        ..Search::default()
    };
    assert_eq!(asked.settle(&config, 10).unwrap_err().kind(), Kind::Refused);
    let asked = Search {
        max_length: Some(2000),
        ..Search::default()
    };
    assert_eq!(asked.settle(&config, 10).unwrap_err().kind(), Kind::Usage);
}

#[test]
fn beams_are_within_limits_and_do_not_draw() {
    let config = model(
        1024,
        serde_json::json!({"num_beams": 4, "early_stopping": false}),
    );
    let settled = |search: Search| search.settle(&config, 1).map(|settings| settings.choice);
    let own = Beams {
        count: 4,
        sequences: 1,
        length_penalty: 1.0,
        early_stopping: false,
    };
    assert_eq!(settled(Search::default()).unwrap(), Choice::Beams(own));
    let asked = Search {
        num_beams: Some(1),
        ..Search::default()
    };
    assert_eq!(settled(asked).unwrap(), Choice::Greedy);
    let refused = |search: Search| settled(search).unwrap_err().to_string();
    let drawn = Search {
        temperature: Some(0.7),
        ..Search::default()
    };
    let likeliest = Search {
        greedy: true,
        ..drawn.clone()
    };
    assert_eq!(settled(likeliest).unwrap(), Choice::Beams(own));
    assert!(refused(drawn).contains("does not draw"));
    let beams = |num_beams, num_return_sequences| Search {
        num_beams: Some(num_beams),
        num_return_sequences: Some(num_return_sequences),
        ..Search::default()
    };
    assert_eq!(
        refused(beams(33, 1)),
        "`num_beams` is 33, but has to be between 1 and 32"
    );
    assert!(refused(beams(0, 1)).starts_with("`num_beams` is 0"));
    assert_eq!(
        refused(beams(2, 3)),
        "`num_return_sequences` is 3, but has to be between 1 and the 2 of `num_beams`"
    );
    assert!(refused(beams(1, 2)).contains("between 1 and the 1"));
    let endless = Search {
        length_penalty: Some(f32::NAN),
        ..Search::default()
    };
    assert!(refused(endless).starts_with("`length_penalty` is NaN"));
}

#[test]
fn chunks_of_nothing_are_none() {
    let chunk = |own: i64, asked: Option<usize>| {
        let config = model(1024, serde_json::json!({"chunk_size": own}));
        let search = Search {
            chunk_size: asked,
            ..Search::default()
        };
        search.settle(&config, 1).unwrap().chunk_size
    };
    assert_eq!(chunk(64, None), Some(64));
    assert_eq!(chunk(64, Some(3)), Some(3));
    assert_eq!(chunk(64, Some(0)), None);
    assert_eq!(chunk(-1, None), None);
}

#[test]
fn a_seed_below_none_undoes_one_that_lies_below() {
    let config = model(1024, serde_json::json!({"random_seed": 3}));
    let seed = |search: Search| search.settle(&config, 1).unwrap().seed;
    let with = |seed| Search {
        seed,
        ..Search::default()
    };
    assert_eq!(seed(with(None)), Some(3));
    assert_eq!(seed(with(Some(7))), Some(7));
    assert_eq!(seed(with(Some(-1))), None);
    assert_eq!(seed(with(Some(-1)).over(with(Some(7)))), None);
}

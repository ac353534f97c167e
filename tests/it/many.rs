//! Many prompts at once through the library: the same answers as one by one, in order, whatever goes wrong.

use std::ops::ControlFlow;

use phi3ml::infer::{Answer, EngineChoice, Error, Generator, Progress, Request, Search};
use serde_json::Value;

use crate::support::fixture;
use crate::support::generator::{self, text};

fn open(model: &str, engine: EngineChoice) -> Generator {
    generator::open(&fixture(&format!("models/{model}")), engine, 1).unwrap()
}

fn request(prompt: &str, search: &Search) -> Request {
    Request {
        prompt: text(prompt),
        search: search.clone(),
    }
}

/// The answers, after checking that they came in order.
fn answers(generator: &mut Generator, requests: &[Request]) -> Vec<Result<Answer, Error>> {
    let mut answers = Vec::new();
    generator.generate_many(requests, &mut |progress| {
        if let Progress::Answer { index, answer } = progress {
            assert_eq!(index, answers.len());
            answers.push(*answer);
        }
        ControlFlow::Continue(())
    });
    assert_eq!(answers.len(), requests.len());
    answers
}

fn alone(generator: &mut Generator, request: &Request) -> Answer {
    generator
        .generate(&request.prompt, &request.search, &mut |_| {
            ControlFlow::Continue(())
        })
        .unwrap()
}

fn assert_same(generator: &mut Generator, requests: &[Request], about: &str) {
    for (request, together) in requests.iter().zip(answers(generator, requests)) {
        let together = together.unwrap();
        let alone = alone(generator, request);
        let about = format!("{about}: {request:?}");
        assert_eq!(together.prompt_ids, alone.prompt_ids, "{about}");
        assert_eq!(together.output_ids, alone.output_ids, "{about}");
        assert_eq!(together.text, alone.text, "{about}");
        assert_eq!(together.finish_reason, alone.finish_reason, "{about}");
        assert_eq!(together.usage, alone.usage, "{about}");
        assert!(!together.interrupted, "{about}");
    }
}

/// The twenty questions of the fixture.
fn questions() -> Vec<String> {
    let bytes = fs_err::read(fixture("models/phi3-tiny.expected.json")).unwrap();
    let expected: serde_json::Map<String, Value> = serde_json::from_slice(&bytes).unwrap();
    expected.into_iter().map(|(question, _)| question).collect()
}

const ENGINES: [EngineChoice; 2] = [EngineChoice::Ort, EngineChoice::Rten];

#[test]
fn answers_of_all_lengths_are_what_they_are_alone() {
    // More than there are rows, so that rows are used again; twice the same is still two.
    let requests: Vec<_> = questions()
        .iter()
        .cycle()
        .take(50)
        .map(|question| request(question, &Search::default()))
        .collect();
    for engine in ENGINES {
        for model in ["phi3-tiny", "phi3-tiny-fp32"] {
            assert_same(&mut open(model, engine), &requests, model);
        }
    }
}

#[test]
fn a_long_common_beginning_changes_nothing() {
    let shared = "Read this first. A capital is a city, and a city has a mayor. ".repeat(20);
    let other = "Speak slowly. ".repeat(40);
    let search = Search {
        max_new_tokens: Some(30),
        ..Search::default()
    };
    let requests: Vec<_> = questions()
        .iter()
        .enumerate()
        .map(|(index, question)| {
            let shared = if index % 3 == 0 { &other } else { &shared };
            request(&format!("{shared}{question}"), &search)
        })
        .collect();
    for engine in ENGINES {
        assert_same(&mut open("phi3-tiny", engine), &requests, "shared");
    }
}

#[test]
fn every_request_has_a_search_of_its_own() {
    let searches = [
        Search::default(),
        Search {
            seed: Some(3),
            temperature: Some(3.0),
            max_new_tokens: Some(20),
            ..Search::default()
        },
        Search {
            num_beams: Some(3),
            ..Search::default()
        },
        Search {
            repetition_penalty: Some(1.5),
            min_length: Some(30),
            max_length: Some(50),
            ..Search::default()
        },
        Search {
            stop: vec![" is".to_owned()],
            ..Search::default()
        },
        Search {
            max_new_tokens: Some(0),
            ..Search::default()
        },
    ];
    let requests: Vec<_> = questions()
        .iter()
        .zip(searches.iter().cycle())
        .map(|(question, search)| request(question, search))
        .collect();
    for engine in ENGINES {
        assert_same(&mut open("phi3-tiny", engine), &requests, "own search");
    }
}

#[test]
fn a_bad_request_stops_no_other() {
    let too_hot = Search {
        temperature: Some(-1.0),
        ..Search::default()
    };
    let fine = Search::default();
    let questions = questions();
    let requests = [
        request(&questions[0], &fine),
        request("", &fine),
        request(&questions[1], &too_hot),
        request(&"word ".repeat(1100), &fine),
        request(&questions[1], &fine),
    ];
    let mut generator = open("phi3-tiny", EngineChoice::Rten);
    let answers = answers(&mut generator, &requests);
    assert!(matches!(answers[1], Err(Error::EmptyPrompt)));
    assert!(matches!(answers[2], Err(Error::Option { .. })));
    assert!(matches!(answers[3], Err(Error::PromptTooLong { .. })));
    for index in [0, 4] {
        let expected = alone(&mut generator, &requests[index]);
        assert_eq!(answers[index].as_ref().unwrap().text, expected.text);
    }
}

#[test]
fn a_listener_that_has_enough_hears_no_more() {
    let requests: Vec<_> = questions()
        .iter()
        .map(|question| request(question, &Search::default()))
        .collect();
    for engine in ENGINES {
        let mut generator = open("phi3-tiny", engine);
        let (mut told, mut steps) = (0, 0);
        generator.generate_many(&requests, &mut |progress| {
            match progress {
                Progress::Step => steps += 1,
                Progress::Answer { .. } => told += 1,
            }
            if told == 2 {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        assert_eq!(told, 2);
        assert!(steps > 0);
        // The engine is as good as new.
        assert_same(&mut generator, &requests[..2], "afterwards");
    }
}

#[test]
fn nothing_asked_is_nothing_told() {
    let mut generator = open("phi3-tiny", EngineChoice::Rten);
    assert!(answers(&mut generator, &[]).is_empty());
}

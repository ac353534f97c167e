//! What the client does on a real socket.

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use bytes::Bytes;
use futures_util::StreamExt as _;
use serde_json::{Value, json};
use url::Url;

use super::auth::Auth;
use super::fake::{Fake, Reply, json as answer};
use super::header::{HeaderMap, HeaderName, HeaderValue};
use super::*;
use crate::error::Hint as _;

fn settings(home: &Url) -> Settings {
    Settings {
        user_agent: "phi3ml/test".to_owned(),
        idle_timeout: Duration::from_millis(300),
        connect_timeout: Duration::from_secs(2),
        retry: retry::Policy {
            max_retries: 3,
            backoff_factor: 0.001,
            backoff_jitter: 0.001,
            respect_retry_after: true,
        },
        auth: Some(Auth::bearer(Secret::new("hunter2"), "a test")),
        home: vec![home.clone()],
        headers: HeaderMap::from_iter([(
            HeaderName::from_static("x-mlflow-workspace"),
            HeaderValue::from_static("team-a"),
        )]),
        ..Settings::default()
    }
}

fn client(fake: &Fake) -> Client {
    Client::new(settings(&fake.url))
}

fn get(fake: &Fake, path: &str) -> Request {
    Request::new(Method::GET, fake.url.join(path).unwrap())
}

fn post(fake: &Fake) -> Request {
    Request::new(Method::POST, fake.url.join("/x").unwrap())
        .json(&json!({"a": 1}))
        .unwrap()
}

fn unavailable() -> Reply {
    Reply::Answer(503, String::new(), "busy".to_owned())
}

fn redirect(status: u16, target: &str) -> Reply {
    Reply::Answer(status, format!("Location: {target}\r\n"), String::new())
}

#[tokio::test]
async fn what_may_be_repeated_is_repeated_until_it_works() {
    let replies = [
        unavailable(),
        Reply::HangUp,
        Reply::Cut,
        answer(200, "{\"b\":2}"),
    ];
    let fake = Fake::script(replies);
    let document: Value = client(&fake).json(get(&fake, "/x")).await.unwrap();
    assert_eq!(document, json!({"b": 2}));
    assert_eq!(fake.lines(), ["GET /x"; 4]);
}

#[tokio::test]
async fn the_error_tells_how_often_it_was_tried() {
    let fake = Fake::script([unavailable()]);
    let error = client(&fake)
        .send(get(&fake, "/x?sig=hunter2"))
        .await
        .unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("503 Service Unavailable: busy (4 attempts in"),
        "{text}"
    );
    assert!(!text.contains("hunter2"), "{text}");
    assert_eq!(fake.lines().len(), 4);
}

#[tokio::test]
async fn what_would_make_two_of_something_is_not_repeated() {
    for reply in [unavailable(), Reply::HangUp, Reply::Silence, Reply::Cut] {
        let fake = Fake::script([reply]);
        let error = client(&fake).json::<Value>(post(&fake)).await.unwrap_err();
        assert!(error.may_have_arrived(), "{error}");
        assert_eq!(fake.lines(), ["POST /x"]);
    }
    let fake = Fake::script([
        Reply::Answer(429, "Retry-After: 0\r\n".to_owned(), String::new()),
        answer(200, "{}"),
    ]);
    client(&fake).send(post(&fake)).await.unwrap();
    assert_eq!(fake.lines().len(), 2);
}

#[tokio::test]
async fn credentials_go_home_only() {
    let home = Fake::script([answer(200, "{}")]);
    let elsewhere = Fake::script([answer(200, "{}")]);
    let client = client(&home);
    let mut named = get(&home, "/x");
    named.url.set_username("ann").unwrap();
    client.send(named).await.unwrap();
    client.send(get(&elsewhere, "/x")).await.unwrap();

    let [received] = &home.received()[..] else {
        panic!()
    };
    assert_eq!(received.header("authorization"), Some("Bearer hunter2"));
    assert_eq!(received.header("x-mlflow-workspace"), Some("team-a"));
    assert_eq!(received.header("user-agent"), Some("phi3ml/test"));
    let [received] = &elsewhere.received()[..] else {
        panic!()
    };
    assert_eq!(received.header("authorization"), None);
    assert_eq!(received.header("x-mlflow-workspace"), None);
    assert!(!format!("{client:?}").contains("hunter2"));
}

#[tokio::test]
async fn redirects_are_followed_at_home_and_nowhere_else() {
    let fake = Fake::script([redirect(307, "/y"), answer(200, "{}")]);
    client(&fake).send(post(&fake)).await.unwrap();
    assert_eq!(fake.lines(), ["POST /x", "POST /y"]);
    assert_eq!(fake.received()[1].json(), json!({"a": 1}));

    let elsewhere = Fake::script([answer(200, "{}")]);
    let fake = Fake::script([redirect(308, elsewhere.url.as_str())]);
    let error = client(&fake).send(post(&fake)).await.unwrap_err();
    assert!(
        error.to_string().contains(elsewhere.url.as_str()),
        "{error}"
    );
    assert!(error.hint().unwrap().contains("--tracking-uri"));
    assert!(elsewhere.lines().is_empty());

    let fake = Fake::script([redirect(302, "/y")]);
    client(&fake).send(post(&fake)).await.unwrap_err();
    assert_eq!(fake.lines(), ["POST /x"]);

    let fake = Fake::script([redirect(302, "/x")]);
    client(&fake).send(get(&fake, "/x")).await.unwrap_err();
    assert_eq!(fake.lines().len(), 6);
}

fn put(fake: &Fake, length: u64, open: Open) -> Request {
    Request::new(Method::PUT, fake.url.join("/x").unwrap()).body(Body::Reopen {
        file: None,
        length,
        content_type: Some(HeaderValue::from_static("text/plain")),
        open,
    })
}

#[tokio::test]
async fn a_body_is_opened_again_for_every_attempt() {
    let fake = Fake::script([unavailable(), answer(200, "{}")]);
    let opened = Arc::new(AtomicU32::new(0));
    let count = Arc::clone(&opened);
    let open: Open = Arc::new(move || {
        count.fetch_add(1, Ordering::Relaxed);
        let pieces = [Ok(Bytes::from("ab")), Ok(Bytes::from("c"))];
        Box::pin(async { Ok(futures_util::stream::iter(pieces).boxed()) })
    });
    client(&fake).send(put(&fake, 3, open)).await.unwrap();
    assert_eq!(opened.load(Ordering::Relaxed), 2);
    for received in fake.received() {
        assert_eq!(received.body, b"abc");
        assert_eq!(received.header("content-length"), Some("3"));
        assert_eq!(received.header("transfer-encoding"), None);
    }
}

#[tokio::test]
async fn an_empty_body_says_its_length() {
    let fake = Fake::script([answer(200, "")]);
    let body = Body::bytes(Bytes::new(), HeaderValue::from_static("text/plain"));
    let request = Request::new(Method::PUT, fake.url.clone()).body(body);
    client(&fake).send(request).await.unwrap();
    let [received] = &fake.received()[..] else {
        panic!()
    };
    assert_eq!(received.header("content-length"), Some("0"));
    assert_eq!(received.header("transfer-encoding"), None);
}

#[tokio::test]
async fn a_body_that_cannot_be_read_is_not_the_fault_of_the_server() {
    let fake = Fake::script([answer(200, "{}")]);
    let missing: Open = Arc::new(|| Box::pin(async { Err(std::io::ErrorKind::NotFound.into()) }));
    let error = client(&fake)
        .send(put(&fake, 3, missing))
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Source { .. }), "{error:?}");

    for (length, words) in [(2, "longer"), (9, "shorter")] {
        let open: Open = Arc::new(|| {
            let pieces = [Ok(Bytes::from("abc"))];
            Box::pin(async { Ok(futures_util::stream::iter(pieces).boxed()) })
        });
        let error = client(&fake)
            .send(put(&fake, length, open))
            .await
            .unwrap_err();
        let Error::Source { source, .. } = error else {
            panic!("{error:?}")
        };
        assert!(source.to_string().contains(words), "{source}");
    }
}

#[tokio::test]
async fn an_upload_may_take_longer_than_the_idle_time_while_it_moves() {
    let fake = Fake::script([answer(200, "{}")]);
    let open: Open = Arc::new(|| {
        let pieces = futures_util::stream::iter(0..5).then(|_| async {
            tokio::time::sleep(Duration::from_millis(120)).await;
            Ok(Bytes::from("x"))
        });
        Box::pin(async { Ok(pieces.boxed()) })
    });
    client(&fake).send(put(&fake, 5, open)).await.unwrap();
}

#[tokio::test]
async fn nobody_there_is_said_within_seconds() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let url: Url = format!("http://{}", free.local_addr().unwrap())
        .parse()
        .unwrap();
    drop(free);
    let client = Client::new(settings(&url));
    let error = client
        .send(Request::new(Method::POST, url))
        .await
        .unwrap_err();
    assert!(
        error.to_string().contains("cannot connect (4 attempts in"),
        "{error}"
    );
    assert!(!error.may_have_arrived());
    assert!(error.hint().unwrap().contains("MLFLOW_TRACKING_URI"));
}

#[tokio::test]
async fn a_web_page_is_no_answer() {
    let page = "<!doctype html><title>Sign in</title>".to_owned();
    let header = "Content-Type: text/html\r\n".to_owned();
    let fake = Fake::script([Reply::Answer(200, header, page)]);
    let error = client(&fake)
        .json::<Value>(get(&fake, "/x"))
        .await
        .unwrap_err();
    assert!(error.is_html());
    assert!(error.hint().unwrap().contains("login page"));
}

#[tokio::test]
async fn nothing_and_the_word_ok_are_empty_documents() {
    for body in ["", "200 OK", "{}"] {
        let fake = Fake::script([answer(200, body)]);
        let document: Value = client(&fake).json(get(&fake, "/x")).await.unwrap();
        assert_eq!(document, json!({}));
    }
}

#[tokio::test]
async fn a_stream_that_stops_is_an_error_and_not_an_end() {
    let fake = Fake::script([Reply::Cut]);
    let response = client(&fake).send(get(&fake, "/x")).await.unwrap();
    assert_eq!(response.content_length(), Some(100));
    let pieces: Vec<_> = response.into_stream().collect().await;
    assert!(matches!(pieces.last(), Some(Err(Error::Broken { .. }))));

    let fake = Fake::script([answer(200, "0123456789")]);
    let response = client(&fake).send(get(&fake, "/x")).await.unwrap();
    let error = response.bytes(5).await.unwrap_err();
    assert!(matches!(error, Error::TooLong { limit: 5, .. }));
}

#[tokio::test]
async fn a_probe_is_repeated_twice_at_most() {
    let fake = Fake::script([unavailable()]);
    let limit = Duration::from_millis(500);
    client(&fake)
        .probe(get(&fake, "/version"), limit)
        .await
        .unwrap_err();
    assert_eq!(fake.lines().len(), 3);
    let fake = Fake::script([Reply::Silence]);
    let limit = Duration::from_millis(50);
    let error = client(&fake)
        .probe(get(&fake, "/version"), limit)
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Silent { .. }));
}

#[tokio::test]
async fn who_says_that_it_takes_longer_is_waited_for_longer() {
    let fake = Fake::script([Reply::Silence]);
    let sent = async |longer| {
        let request = get(&fake, "/x").repeat(Repeat::OnlyIfNotArrived);
        client(&fake).send(request.longer(longer)).await
    };
    let silent = sent(Duration::ZERO).await.unwrap_err();
    assert!(matches!(silent, Error::Silent { .. }), "{silent}");
    // It hangs up after a second.
    let heard = sent(Duration::from_mins(1)).await.unwrap_err();
    assert!(matches!(heard, Error::Broken { .. }), "{heard}");
}

#[tokio::test]
async fn a_server_that_answers_others_is_not_silent() {
    let idle = Duration::from_millis(300);
    let (watch, pulse) = (sending::Watch::new(), sending::Pulse::default());
    let answer = async |after| {
        let answer = tokio::time::sleep(idle * after);
        watch.unless_still(answer, idle, &pulse).await
    };
    assert_eq!(answer(3).await, None);
    let others = async {
        loop {
            tokio::time::sleep(idle / 10).await;
            pulse.beat();
        }
    };
    tokio::select! {
        () = others => {}
        heard = answer(3) => assert_eq!(heard, Some(())),
    }
}

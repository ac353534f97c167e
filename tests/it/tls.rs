//! `https://`: whom phi3ml trusts, what it shows of itself, and what it says when there is no secure connection.

use crate::log_model::main_job;
use crate::support::fake::{Fake, Generation};
use crate::support::process::Phi3ml;
use crate::support::scene::Scene;
use crate::support::tls::{Authority, Door};
use crate::support::unique;

const AUTHORITY: &str = "MLFLOW_TRACKING_SERVER_CERT_PATH";
const OWN: &str = "MLFLOW_TRACKING_CLIENT_CERT_PATH";
const INSECURE: &str = "MLFLOW_TRACKING_INSECURE_TLS";
const SECRET: &str = "pl4nted-s3cret";
const YEAR: i32 = 2999;

/// A server behind an encrypted door, and the file with the certificate of who vouches for it.
struct Secure {
    scene: Scene,
    door: Door,
    authority: String,
}

fn secure(mut scene: Scene, name: &str, until: i32, clients: Option<&Authority>) -> Secure {
    let authority = Authority::new();
    let door = Door::encrypted(&scene.api().url, &authority.vouch(name, until), clients);
    let uri = format!("https://127.0.0.1:{}", door.address.port());
    scene.context.set("MLFLOW_TRACKING_URI", uri);
    scene.context.set("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "1");
    let authority = file(&scene, "authority.pem", &authority.pem());
    Secure {
        scene,
        door,
        authority,
    }
}

fn file(scene: &Scene, name: &str, text: &str) -> String {
    let path = scene.context.path(name);
    fs_err::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

fn list(secure: &Secure) -> Phi3ml {
    let list = secure.scene.context.phi3ml(["experiments", "list"]);
    list.env("MLFLOW_TRACKING_TOKEN", SECRET)
}

/// Fails, says these words, and nothing of it reached the server.
#[track_caller]
fn refused(secure: &Secure, run: Phi3ml, words: &[&str]) {
    let finished = run.run().expect_code(1);
    for word in words {
        assert!(finished.stderr.contains(word), "`{word}`: {finished}");
    }
    assert!(
        !finished.stderr.contains("attempts"),
        "once is enough: {finished}"
    );
    assert!(secure.scene.server().requests().is_empty(), "{finished}");
    // For the server's own conscience.
    secure.scene.api().request("GET", "/health", None);
    secure.scene.server().forget();
}

#[test]
fn a_private_authority_is_trusted_where_it_is_named() {
    for scene in [Scene::fake(Generation::Two), Scene::real(Generation::Three)] {
        let mut secure = secure(scene, "127.0.0.1", YEAR, None);
        secure.scene.context.set(AUTHORITY, &secure.authority);
        let name = unique("secure");
        let told = main_job(&secure.scene, &name, "Madrid").expect_success();
        assert!(!told.stderr.contains("warning"), "{told}");
        let port = secure.door.address.port();
        let page = told.json()["run_url"].as_str().unwrap().to_owned();
        assert!(
            page.starts_with(&format!("https://127.0.0.1:{port}/")),
            "{page}"
        );
        assert_eq!(
            secure.scene.api().alias(&name, "champion").as_deref(),
            Some("1")
        );
    }
}

#[test]
fn an_unknown_authority_is_not_trusted_and_the_variable_named() {
    let secure = secure(Scene::fake(Generation::Three), "127.0.0.1", YEAR, None);
    let hint = format!("hint: name the certificate to trust with `{AUTHORITY}`");
    refused(&secure, list(&secure), &["no secure connection", &hint]);
    let other = file(&secure.scene, "other.pem", &Authority::new().pem());
    refused(
        &secure,
        list(&secure).env(AUTHORITY, &other),
        &["no secure connection", &hint],
    );
}

#[test]
fn nothing_is_checked_where_that_is_wished_and_a_warning_says_so() {
    let secure = secure(
        Scene::fake(Generation::Three),
        "elsewhere.invalid",
        2002,
        None,
    );
    let finished = list(&secure).env(INSECURE, "true").run().expect_success();
    let warnings = finished
        .stderr
        .matches("warning: certificates are not checked")
        .count();
    assert_eq!(warnings, 1, "{finished}");
    // MLflow's client takes one of the two and no more (`mlflow/utils/rest_utils.py`, 3.17.2).
    let both = list(&secure)
        .env(INSECURE, "true")
        .env(AUTHORITY, &secure.authority);
    both.run()
        .expect_code(2)
        .expect_stderr(INSECURE)
        .expect_stderr(AUTHORITY);
}

#[test]
fn a_certificate_of_another_host_or_another_time_is_named_as_that() {
    let cases = [
        ("elsewhere.invalid", YEAR, "elsewhere.invalid"),
        ("127.0.0.1", 2002, "expired"),
    ];
    for (name, until, word) in cases {
        let secure = secure(Scene::fake(Generation::Three), name, until, None);
        let run = list(&secure).env(AUTHORITY, &secure.authority);
        refused(&secure, run, &["no secure connection", word, "hint: "]);
    }
}

#[test]
fn who_calls_is_shown_where_the_server_insists() {
    let clients = Authority::new();
    let secure = secure(
        Scene::fake(Generation::Three),
        "127.0.0.1",
        YEAR,
        Some(&clients),
    );
    let ann = clients.vouch("ann.invalid", YEAR);
    let own = file(&secure.scene, "ann.pem", &ann.pem);
    let stranger = file(
        &secure.scene,
        "eve.pem",
        &Authority::new().vouch("eve.invalid", YEAR).pem,
    );
    let trusting = |own: Option<&str>| {
        let run = list(&secure).env(AUTHORITY, &secure.authority);
        own.into_iter().fold(run, |run, own| run.env(OWN, own))
    };
    let hint = format!("name a certificate and its key with `{OWN}`");
    refused(&secure, trusting(None), &["no secure connection", &hint]);
    let hint = format!("the server does not accept the certificate that `{OWN}` names");
    refused(
        &secure,
        trusting(Some(&stranger)),
        &["no secure connection", &hint],
    );
    trusting(Some(&own)).run().expect_success();
    assert!(!secure.scene.server().requests().is_empty());
}

#[test]
fn a_setting_that_is_no_certificate_is_named() {
    let secure = secure(Scene::fake(Generation::Three), "127.0.0.1", YEAR, None);
    let clients = Authority::new();
    let empty = file(&secure.scene, "empty.pem", "");
    let nothing = secure.scene.context.path("nothing.pem");
    let cases = [
        (
            AUTHORITY,
            nothing.to_str().unwrap().to_owned(),
            "nothing.pem",
        ),
        (AUTHORITY, empty.clone(), "it holds no certificate"),
        (OWN, nothing.to_str().unwrap().to_owned(), "nothing.pem"),
        (OWN, empty, "empty.pem"),
        // Without its key.
        (
            OWN,
            file(&secure.scene, "half.pem", &clients.pem()),
            "half.pem",
        ),
    ];
    for (variable, path, word) in cases {
        let run = list(&secure).env(variable, &path);
        let finished = run.run().expect_code(2);
        assert!(
            finished.stderr.contains(variable) && finished.stderr.contains(word),
            "{finished}"
        );
    }
    secure.scene.api().request("GET", "/health", None);
}

#[test]
fn plain_http_on_an_encrypted_port_and_the_other_way_round_are_told_apart() {
    let secure = secure(Scene::fake(Generation::Three), "127.0.0.1", YEAR, None);
    let port = secure.door.address.port();
    let plain = list(&secure).args(["--tracking-uri", &format!("http://127.0.0.1:{port}")]);
    plain.run().expect_code(1);
    let fake = Fake::start(Generation::Three);
    let encrypted = fake.api.url.replace("http://", "https://");
    list(&secure)
        .args(["--tracking-uri", &encrypted])
        .run()
        .expect_code(1)
        .expect_stderr("is the address `http://` instead?");
    for api in [secure.scene.api(), &fake.api] {
        api.request("GET", "/health", None);
    }
}

#[test]
fn a_proxy_carries_the_encrypted_connection_and_reads_nothing_of_it() {
    let mut secure = secure(Scene::fake(Generation::Three), "mlflow.invalid", YEAR, None);
    let proxy = Door::proxy(&secure.door.address.to_string());
    secure
        .scene
        .context
        .set("MLFLOW_TRACKING_URI", "https://mlflow.invalid:8443");
    secure.scene.context.set(AUTHORITY, &secure.authority);
    let through = format!("http://ann:hunter2@{}", proxy.address);
    let finished = list(&secure)
        .env("HTTPS_PROXY", &through)
        .args(["-vv"])
        .run()
        .expect_success();
    let asked = proxy.asked();
    assert!(
        asked[0].starts_with("CONNECT mlflow.invalid:8443 "),
        "{asked:?}"
    );
    let who = asked[0]
        .to_lowercase()
        .contains("proxy-authorization: basic ");
    assert!(who, "{asked:?}");
    assert!(
        !asked.concat().contains(SECRET) && !finished.stderr.contains("hunter2"),
        "{finished}"
    );

    let around = list(&secure)
        .env("HTTPS_PROXY", &through)
        .env("NO_PROXY", "mlflow.invalid");
    around.run().expect_code(1);
    assert_eq!(proxy.asked().len(), asked.len());
}

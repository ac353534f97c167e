//! What a ledger sends, and what it makes of the answers, on a real socket.

use std::sync::Mutex;

use serde_json::{Value, json};

use super::*;
use crate::entity::id::RequestId;
use crate::entity::id::{RunId, Version};
use crate::entity::run::RunStatus;
use crate::entity::tag::Tag;
use crate::entity::uri::ModelUri;
use crate::error::{Hint as _, Kind};
use crate::http::fake::{Fake, Received, Reply, json as answer};
use crate::http::{Settings, retry};
use crate::tracking::resolve::{Resolved, resolve};
use crate::tracking::{
    Batch, Creation, NewLoggedModel, NewRegisteredModel, NewRun, Page, Thing, Tracking as _,
    find_or_create_experiment, optional,
};

const RUN: &str = "0123456789abcdef0123456789abcdef";
const MODEL: &str = "m-0123456789abcdef0123456789abcdef";
const PAGE: &str = "<!doctype html>\n<title>404 Not Found</title>";

fn at(url: Url) -> Rest {
    let settings = Settings {
        home: vec![url.clone()],
        retry: retry::Policy {
            max_retries: 3,
            backoff_factor: 0.001,
            backoff_jitter: 0.0,
            respect_retry_after: true,
        },
        ..Settings::default()
    };
    Rest::new(Client::new(settings), url)
}

fn rest(fake: &Fake) -> Rest {
    at(fake.url.clone())
}

fn html(status: u16) -> Reply {
    Reply::Answer(
        status,
        "Content-Type: text/html\r\n".to_owned(),
        PAGE.to_owned(),
    )
}

fn text(text: &str) -> Reply {
    Reply::Answer(
        200,
        "Content-Type: text/html\r\n".to_owned(),
        text.to_owned(),
    )
}

fn refusal(status: u16, code: &str, message: &str) -> Reply {
    answer(status, &json!({ "error_code": code, "message": message }))
}

fn run_id() -> RunId {
    RUN.parse().unwrap()
}

fn run(tags: &Value) -> Value {
    json!({
        "info": {
            "run_id": RUN, "experiment_id": "1", "status": "RUNNING", "start_time": "17",
            "artifact_uri": format!("mlflow-artifacts:/1/{RUN}/artifacts"),
        },
        "data": { "tags": tags },
    })
}

fn logged_model(status: &str, created: i64) -> Value {
    json!({
        "info": {
            "model_id": MODEL, "experiment_id": "1", "name": "phi3", "status": status,
            "creation_timestamp_ms": created, "source_run_id": RUN,
            "artifact_uri": format!("mlflow-artifacts:/1/models/{MODEL}/artifacts"),
        },
    })
}

fn version(number: &str, source: &str) -> Value {
    json!({ "name": "phi3", "version": number, "source": source, "run_id": "", "status": "READY" })
}

fn new_run() -> NewRun {
    NewRun {
        is_copy: false,
        request_id: RequestId::unique(),
        experiment_id: "1".parse().unwrap(),
        name: None,
        start_time: 17,
        user: Some("ann".to_owned()),
        tags: vec![Tag::new("a", "b")],
    }
}

fn path(received: &Received) -> &str {
    received
        .target
        .split('?')
        .next()
        .unwrap()
        .rsplit("/mlflow/")
        .next()
        .unwrap()
}

fn paths(fake: &Fake) -> Vec<String> {
    fake.received()
        .iter()
        .map(|received| path(received).to_owned())
        .collect()
}

#[tokio::test]
async fn the_version_is_asked_once_and_read_only_if_it_is_one() {
    for (reply, release) in [
        (text("3.17.2"), Release::V3),
        (text("2.22.5\n"), Release::V2),
        (text("3.18.0rc1"), Release::V3),
        (text("<!doctype html>3.1"), Release::Unknown),
        (text("OK"), Release::Unknown),
        (html(404), Release::Unknown),
    ] {
        let fake = Fake::script([reply]);
        let rest = rest(&fake);
        assert_eq!(rest.server().await.release, release);
        assert_eq!(rest.server().await.release, release);
        assert_eq!(fake.lines(), ["GET /version"]);
    }
    // An answer that was lost must not make MLflow 2 look like something else.
    let fake = Fake::script([Reply::HangUp, text("2.22.5")]);
    assert_eq!(rest(&fake).server().await.release, Release::V2);
}

#[tokio::test]
async fn a_path_before_the_interface_is_kept() {
    let experiment = json!({ "experiment": { "experiment_id": "7", "name": "a b&c" } });
    let fake = Fake::script([answer(200, &experiment)]);
    let rest = at(fake.url.join("/team/mlflow/").unwrap());
    rest.experiment_by_name("a b&c").await.unwrap().unwrap();
    let expected =
        "GET /team/mlflow/api/2.0/mlflow/experiments/get-by-name?experiment_name=a+b%26c";
    assert_eq!(fake.lines(), [expected]);
    let page = rest.page(&Page::Version("a b", Version(3))).unwrap();
    assert!(
        page.ends_with("/team/mlflow/#/models/a%20b/versions/3"),
        "{page}"
    );
}

#[tokio::test]
async fn whoever_is_second_takes_the_experiment_that_is_there() {
    for (stage, fine) in [("active", true), ("deleted", false)] {
        let fake = Fake::script([
            refusal(404, "RESOURCE_DOES_NOT_EXIST", "no"),
            refusal(400, "RESOURCE_ALREADY_EXISTS", "[SQL: …]"),
            answer(
                200,
                &json!({ "experiment": { "experiment_id": "7", "name": "x", "lifecycle_stage": stage } }),
            ),
        ]);
        let result = find_or_create_experiment(&rest(&fake), "x").await;
        match result {
            Ok(id) => assert!(fine && id.as_str() == "7"),
            Err(error) => {
                assert!(!fine);
                assert_eq!(error.to_string(), "the experiment `x` is deleted");
                assert!(error.hint().unwrap().contains("experiments restore 7"));
            }
        }
    }
}

#[tokio::test]
async fn a_run_is_created_once_although_the_answer_was_lost() {
    let marker = Mutex::new(String::new());
    let fake = Fake::start(move |number, received| match (number, path(received)) {
        (0, "runs/create") => {
            let tags = received.json()["tags"].clone();
            assert_eq!(tags[0], json!({ "key": "a", "value": "b" }));
            assert_eq!(tags[2], json!({ "key": "mlflow.user", "value": "ann" }));
            *marker.lock().unwrap() = tags[1]["value"].as_str().unwrap().to_owned();
            Reply::HangUp
        }
        (1, "runs/search") => {
            let filter = received.json()["filter"].as_str().unwrap().to_owned();
            assert!(filter.contains(&*marker.lock().unwrap()), "{filter}");
            answer(200, &json!({ "runs": [run(&json!([]))] }))
        }
        other => panic!("{other:?}"),
    });
    let run = rest(&fake).create_run(&new_run()).await.unwrap();
    assert_eq!(run.run_id, run_id());
    assert_eq!(run.start_time, Some(17));
    assert_eq!(paths(&fake), ["runs/create", "runs/search"]);
}

#[tokio::test]
async fn what_was_not_done_is_sent_again_a_few_times() {
    let busy = Reply::Answer(503, String::new(), String::new());
    let fake = Fake::start(move |_, received| match path(received) {
        "runs/create" => busy.clone(),
        _ => answer(200, "{}"),
    });
    let error = rest(&fake).create_run(&new_run()).await.unwrap_err();
    assert_eq!(error.kind(), Kind::Unavailable);
    assert_eq!(
        paths(&fake)
            .iter()
            .filter(|path| *path == "runs/create")
            .count(),
        3
    );

    // A 500 is the server's word that it did nothing.
    let fake = Fake::script([refusal(500, "INTERNAL_ERROR", "no such logged model")]);
    rest(&fake).create_run(&new_run()).await.unwrap_err();
    assert_eq!(paths(&fake), ["runs/create"]);

    // Unless it is a proxy that says so.
    let proxy = Reply::Answer(500, String::new(), "bad weather".to_owned());
    let made = answer(200, &json!({ "run": run(&json!([])) }));
    let fake = Fake::script([proxy, answer(200, "{}"), made]);
    rest(&fake).create_run(&new_run()).await.unwrap();
    assert_eq!(paths(&fake), ["runs/create", "runs/search", "runs/create"]);
}

#[tokio::test]
async fn a_model_is_noted_on_a_run_once() {
    let history =
        json!([{ "key": "mlflow.log-model.history", "value": "[{\"model_uuid\": \"abc\"}]" }]);
    let fake = Fake::script([Reply::HangUp, answer(200, &json!({ "run": run(&history) }))]);
    let model = json!({ "model_uuid": "abc" }).to_string();
    rest(&fake).record_model(&run_id(), &model).await.unwrap();
    assert_eq!(paths(&fake), ["runs/log-model", "runs/get"]);
    assert_eq!(fake.received()[0].json()["model_json"], json!(model));
}

#[tokio::test]
async fn a_server_without_logged_models_is_told_from_one_that_lacks_the_run() {
    let new = NewLoggedModel {
        request_id: RequestId::unique(),
        experiment_id: "1".parse().unwrap(),
        name: "phi3".to_owned(),
        source_run_id: Some(run_id()),
        model_type: None,
        params: Vec::new(),
        tags: Vec::new(),
    };
    for reply in [html(404), refusal(404, "ENDPOINT_NOT_FOUND", "")] {
        let fake = Fake::script([reply]);
        let error = rest(&fake).create_logged_model(&new).await.unwrap_err();
        assert!(matches!(error, Error::NoLoggedModels), "{error:?}");
        assert_eq!(paths(&fake), ["logged-models"]);
    }
    let fake = Fake::script([refusal(404, "RESOURCE_DOES_NOT_EXIST", "")]);
    let error = rest(&fake).create_logged_model(&new).await.unwrap_err();
    assert_eq!(error.to_string(), "there is no experiment `1`");
}

#[tokio::test]
async fn what_is_no_mlflow_is_called_so() {
    for reply in [html(404), html(200), html(405), text("hello")] {
        let fake = Fake::script([reply]);
        let error = rest(&fake).run(&run_id()).await.unwrap_err();
        assert!(matches!(error, Error::NotMlflow { .. }), "{error:?}");
        assert!(error.hint().unwrap().contains("--tracking-uri"));
    }
    let fake = Fake::start(|_, received| match received.target.as_str() {
        "/version" => text("1.30.0"),
        _ => html(404),
    });
    let error = rest(&fake)
        .version_by_alias("phi3", "champion")
        .await
        .unwrap_err();
    assert_eq!(error.to_string(), "MLflow 1.30.0 cannot look up the alias");

    // Wrong credentials are no reason to doubt the server.
    let fake = Fake::script([html(401)]);
    let error = rest(&fake).run(&run_id()).await.unwrap_err();
    assert!(error.hint().unwrap().contains("MLFLOW_TRACKING_USERNAME"));
    assert_eq!(fake.lines().len(), 1);
}

#[tokio::test]
async fn a_deleted_run_is_told_by_the_words_of_the_server() {
    let message = "The run x must be in the 'active' state. Current state is deleted.";
    let fake = Fake::script([refusal(400, "INVALID_PARAMETER_VALUE", message)]);
    let result = rest(&fake)
        .update_run(&run_id(), RunStatus::Finished, Some(1))
        .await;
    let hint = result.unwrap_err().hint().unwrap();
    assert!(
        hint.contains(&format!("phi3ml runs restore {RUN}")),
        "{hint}"
    );
}

#[tokio::test]
async fn names_are_checked_before_anything_is_sent() {
    let fake = Fake::script([answer(200, "{}")]);
    let rest = rest(&fake);
    let model = NewRegisteredModel {
        name: "a/b".to_owned(),
        ..NewRegisteredModel::default()
    };
    assert_eq!(
        rest.create_registered_model(&model)
            .await
            .unwrap_err()
            .kind(),
        Kind::Usage
    );
    rest.set_alias("phi3", "v1", Version(1)).await.unwrap_err();
    rest.set_alias("phi3", "a b", Version(1)).await.unwrap_err();
    let batch = Batch {
        tags: vec![Tag::new("/", "")],
        ..Batch::default()
    };
    rest.log_batch(&run_id(), &batch).await.unwrap_err();
    assert!(fake.lines().is_empty());
}

#[tokio::test]
async fn a_registered_model_that_is_there_is_no_error() {
    let model = NewRegisteredModel {
        name: "phi3".to_owned(),
        ..NewRegisteredModel::default()
    };
    let created = json!({ "registered_model": { "name": "phi3" } });
    for (reply, creation) in [
        (answer(200, &created), Creation::Created),
        (
            refusal(400, "RESOURCE_ALREADY_EXISTS", ""),
            Creation::Existed,
        ),
    ] {
        let fake = Fake::script([reply]);
        assert_eq!(
            rest(&fake).create_registered_model(&model).await.unwrap(),
            creation
        );
        assert_eq!(fake.lines().len(), 1);
    }
    // When the answer is lost it may be anybody's, and must not be cleared away.
    let fake = Fake::script([Reply::HangUp, answer(200, &created)]);
    let creation = rest(&fake).create_registered_model(&model).await.unwrap();
    assert_eq!(creation, Creation::Unclear);
}

#[tokio::test]
async fn a_missing_alias_is_not_there_and_nothing_worse() {
    let fake = Fake::script([refusal(
        400,
        "INVALID_PARAMETER_VALUE",
        "Registered model alias a not found.",
    )]);
    let found = optional(rest(&fake).version_by_alias("phi3", "a").await).unwrap();
    assert!(found.is_none());
}

async fn resolved(fake: &Fake, uri: &str) -> Result<Resolved, Error> {
    let rest = rest(fake);
    let uri: ModelUri = uri.parse().unwrap();
    resolve(&uri, &rest, &rest).await
}

#[tokio::test]
async fn a_version_leads_to_its_logged_model_in_two_requests() {
    let source = format!("models:/{MODEL}");
    let by_alias = json!({ "model_version": version("3", &source) });
    let model = json!({ "model": logged_model("LOGGED_MODEL_READY", 1) });
    let fake = Fake::script([answer(200, &by_alias), answer(200, &model)]);
    let found = resolved(&fake, "models:/phi3@champion").await.unwrap();
    assert_eq!(
        found.artifact_uri,
        format!("mlflow-artifacts:/1/models/{MODEL}/artifacts")
    );
    assert_eq!(found.version.as_ref().unwrap().version, Version(3));
    assert_eq!(found.run_id, Some(run_id()));
    assert_eq!(found.source(), source);
    assert_eq!(
        paths(&fake),
        [
            "registered-models/alias".to_owned(),
            format!("logged-models/{MODEL}")
        ]
    );
}

#[tokio::test]
async fn the_latest_version_is_the_one_with_the_highest_number() {
    let versions = ["9", "10", "2"].map(|number| version(number, "s3://bucket/model"));
    let fake = Fake::script([answer(200, &json!({ "model_versions": versions }))]);
    let found = resolved(&fake, "models:/phi3/latest").await.unwrap();
    assert_eq!(found.version.unwrap().version, Version(10));
    assert_eq!(found.artifact_uri, "s3://bucket/model");
    assert_eq!(fake.lines().len(), 1);

    let fake = Fake::script([answer(200, "{}")]);
    let error = resolved(&fake, "models:/phi3/production")
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "there is no model version `phi3/Production`"
    );
    assert_eq!(fake.received()[0].json()["stages"], json!(["Production"]));
}

#[tokio::test]
async fn a_source_that_is_a_name_itself_is_looked_up_by_the_server() {
    let by_number = json!({ "model_version": version("1", "runs:/abc/model") });
    let place = json!({ "artifact_uri": "mlflow-artifacts:/1/abc/artifacts/model" });
    let fake = Fake::script([answer(200, &by_number), answer(200, &place)]);
    let found = resolved(&fake, "models:/phi3/1").await.unwrap();
    assert_eq!(
        found.artifact_uri,
        "mlflow-artifacts:/1/abc/artifacts/model"
    );
}

#[tokio::test]
async fn a_name_of_a_run_is_its_newest_complete_model_or_else_a_folder() {
    let models = json!({ "models": [
        logged_model("LOGGED_MODEL_UPLOAD_FAILED", 9),
        logged_model("LOGGED_MODEL_READY", 5),
        logged_model("LOGGED_MODEL_PENDING", 7),
    ] });
    let the_run = answer(200, &json!({ "run": run(&json!([])) }));
    let uri = format!("runs:/{RUN}/phi3");
    let fake = Fake::script([the_run.clone(), answer(200, &models)]);
    let found = resolved(&fake, &uri).await.unwrap();
    assert_eq!(found.logged_model.unwrap().creation_timestamp, 5);
    assert_eq!(paths(&fake), ["runs/get", "logged-models/search"]);

    let folder = format!("mlflow-artifacts:/1/{RUN}/artifacts/phi3");
    for search in [answer(200, "{}"), html(404)] {
        let fake = Fake::script([the_run.clone(), search]);
        let found = resolved(&fake, &uri).await.unwrap();
        assert_eq!(found.artifact_uri, folder);
        assert_eq!(found.run_id, Some(run_id()));
    }
    // A path with a slash cannot be the name of a logged model, so that none is looked for.
    let fake = Fake::script([the_run]);
    let found = resolved(&fake, &format!("runs:/{RUN}/a/b")).await.unwrap();
    assert!(found.artifact_uri.ends_with("/artifacts/a/b"));
    assert_eq!(paths(&fake), ["runs/get"]);
    assert_eq!(
        resolved(&fake, &folder).await.unwrap().run_id,
        Some(run_id())
    );
}

#[tokio::test]
async fn what_is_not_there_is_answered_with_what_is() {
    let model = json!({ "registered_model": {
        "name": "phi3",
        "latest_versions": [version("4", "")],
        "aliases": [{ "alias": "champion", "version": "3" }],
    } });
    let no_alias = refusal(
        400,
        "INVALID_PARAMETER_VALUE",
        "Registered model alias best not found.",
    );
    let nothing = refusal(404, "RESOURCE_DOES_NOT_EXIST", "");
    for (uri, first, hint) in [
        (
            "models:/phi3@best",
            no_alias.clone(),
            "there is `models:/phi3@champion`",
        ),
        (
            "models:/phi3/9",
            nothing.clone(),
            "there is `models:/phi3/4`",
        ),
    ] {
        let fake = Fake::script([first, answer(200, &model)]);
        let error = resolved(&fake, uri).await.unwrap_err();
        assert_eq!(error.hint().unwrap(), hint);
    }
    // MLflow 2 says the same of a model that does not exist.
    let fake = Fake::script([no_alias, nothing]);
    let error = resolved(&fake, "models:/phi3@best").await.unwrap_err();
    let is_model = matches!(
        error,
        Error::NotFound {
            thing: Thing::RegisteredModel,
            ..
        }
    );
    assert!(is_model, "{error:?}");
}

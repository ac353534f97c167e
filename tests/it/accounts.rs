//! Servers on which one has to be somebody: who gets in, who may do what, and what is said to the others.
//!
//! All the operations are run there, too, by each verb's own file.

use crate::log_model::log_model;
use crate::support::fake::Generation;
use crate::support::mlflow::{OTHER, PASSWORD, USER, WORKSPACE};
use crate::support::process::Phi3ml;
use crate::support::scene::{Scene, Special};
use crate::support::{phi3_tiny, unique};

const NAME: &str = "MLFLOW_TRACKING_USERNAME";
const SECRET: &str = "MLFLOW_TRACKING_PASSWORD";
const TOKEN: &str = "MLFLOW_TRACKING_TOKEN";

fn guarded(test: fn(&Scene)) {
    for generation in [Generation::Three, Generation::Two] {
        if let Some(scene) = Scene::special(Special::Guarded, generation) {
            test(&scene);
        }
    }
}

fn list(scene: &Scene) -> Phi3ml {
    scene.context.phi3ml(["experiments", "list", "-o", "json"])
}

/// Fails in one attempt, with all of these in what it says and no password.
#[track_caller]
fn refused(run: Phi3ml, words: &[&str]) {
    let finished = run.run().expect_code(1);
    let error = finished.error_json();
    assert_eq!(error["kind"], "refused", "{finished}");
    for word in words {
        assert!(finished.stderr.contains(word), "`{word}`: {finished}");
    }
    for hidden in [PASSWORD, "attempts", "<html", "Traceback"] {
        assert!(!finished.stderr.contains(hidden), "`{hidden}`: {finished}");
    }
}

#[test]
fn credentials_are_taken_from_every_place_that_mlflow_knows() {
    guarded(|scene| {
        list(scene).run().expect_success();
        let nobody = || list(scene).env(NAME, "").env(SECRET, "");
        let words = [
            "401 Unauthorized",
            "You are not authenticated",
            NAME,
            SECRET,
        ];
        refused(nobody(), &words);

        let folder = scene.context.path("home/.mlflow");
        fs_err::create_dir_all(&folder).unwrap();
        let text = format!(
            "[mlflow]\nmlflow_tracking_username = {USER}\nmlflow_tracking_password = {PASSWORD}\n"
        );
        fs_err::write(folder.join("credentials"), text).unwrap();
        nobody().run().expect_success();
        fs_err::remove_dir_all(folder).unwrap();

        let password = PASSWORD.replace(' ', "%20").replace(':', "%3A");
        let address = scene
            .api()
            .url
            .replace("http://", &format!("http://{USER}:{password}@"));
        nobody()
            .args(["--tracking-uri", &address])
            .run()
            .expect_success();
    });
}

#[test]
fn wrong_credentials_are_named_by_where_they_came_from() {
    guarded(|scene| {
        let words = ["401 Unauthorized", "were not accepted", NAME, SECRET];
        refused(list(scene).env(SECRET, "wrong"), &words);
        refused(list(scene).env(NAME, "nobody"), &words);
        // MLflow's own app knows users and passwords only; others in its place take tokens.
        let token = list(scene)
            .env(NAME, "")
            .env(SECRET, "")
            .env(TOKEN, "a-token");
        refused(token, &["401 Unauthorized", "were not accepted", TOKEN]);
        let both = list(scene).env(TOKEN, "a-token");
        both.run().expect_success();
        let doctor = scene.context.phi3ml(["doctor", "-o", "json"]);
        let unwell = doctor.env(SECRET, "wrong").run().expect_code(1);
        assert!(unwell.stdout.contains("were not accepted"), "{unwell}");
    });
}

#[test]
fn who_may_not_is_told_so_and_nothing_happens() {
    guarded(|scene| {
        let name = unique("owned");
        let told = log_model(scene, &["--experiment-name", &name, "--register", &name])
            .run()
            .expect_success()
            .json();
        let as_other = |arguments: &[&str]| {
            let run = scene.context.phi3ml(arguments).args(["-o", "json"]);
            run.env(NAME, OTHER)
        };
        as_other(&["models", "get", &name]).run().expect_success();
        as_other(&["models", "tag", &name, "a=b"])
            .run()
            .expect_success();
        let run_id = told["run_id"].as_str().unwrap();
        let words = [
            "403 Forbidden",
            "Permission denied",
            "may not do this",
            NAME,
            SECRET,
        ];
        for arguments in [
            &["models", "delete", &name][..],
            &["models", "delete-version", &name, "1"],
            &["experiments", "delete", &name],
            &["runs", "delete", run_id],
        ] {
            refused(as_other(arguments), &words);
        }
        assert!(scene.api().is_registered(&name));
        assert_eq!(scene.api().versions(&name).len(), 1);
        assert_eq!(scene.api().experiment(&name)["lifecycle_stage"], "active");
        let run = scene.api().run(run_id);
        assert_eq!(run["info"]["lifecycle_stage"], "active");
        assert_eq!(run["data"]["tags"]["mlflow.user"], USER);
    });
}

#[test]
fn what_is_in_a_workspace_is_in_no_other() {
    let Some(scene) = Scene::special(Special::Workspace, Generation::Three) else {
        return;
    };
    let name = unique("apart");
    let made = ["experiments", "create", &name];
    scene.context.phi3ml(made).run().expect_success();
    let get = ["experiments", "get", &name, "-o", "json"];
    scene.context.phi3ml(get).run().expect_success();
    let elsewhere = scene.context.phi3ml(get).env("MLFLOW_WORKSPACE", "");
    elsewhere
        .run()
        .expect_code(1)
        .expect_stderr("there is no experiment");
    let flag = scene.context.phi3ml(get).env("MLFLOW_WORKSPACE", "");
    flag.args(["--workspace", WORKSPACE]).run().expect_success();
    for command in [
        &get[..],
        &["experiments", "create", "a"],
        &["runs", "list"],
        &["models", "list"],
        &["models", "get", "a"],
        &["models", "delete", "a"],
        &["log-model", phi3_tiny().to_str().unwrap()],
    ] {
        let unknown = scene.context.phi3ml(command);
        unknown
            .args(["--workspace", "nowhere"])
            .run()
            .expect_code(1)
            .expect_stderr("there is no workspace `nowhere`");
    }
}

#[test]
fn a_real_server_without_workspaces_is_not_asked_for_one() {
    let scene = Scene::real(Generation::Three);
    let run = list(&scene).env("MLFLOW_WORKSPACE", "team-a").run();
    run.expect_success().expect_stderr("has no workspaces");
}

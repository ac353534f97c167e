//! `phi3ml log-model` on the wire: how many requests, in which order, and when some of them fail.
//!
//! All of it against the fake server, which counts and fails as told.

use crate::log_model::{log_model, main_job};
use crate::support::fake::{Fault, Generation, Seen};
use crate::support::phi3_tiny;
use crate::support::scene::Scene;

const WEIGHTS: &str = "model.onnx.data";

#[test]
fn inside_a_run_it_sends_no_more_than_it_must() {
    // 3.x: server information, run, logged model, outputs, READY, and one to spare, which a model that is too large
    // to be hashed first needs for the tag with its digest.
    within_budget(Generation::Three, &[], 6);
    within_budget(Generation::Three, &["--register", "phi3"], 8);
    within_budget(
        Generation::Three,
        &["--register", "phi3", "--alias", "champion"],
        9,
    );
    let facts = ["--param", "a=1", "--tag", "b=2", "--metric", "c=3"];
    within_budget(Generation::Three, &facts, 7);
    within_budget(Generation::Two, &[], 5);
    // The digest is a tag of the run there, so that the one for tags is always spent; in its stead
    // the first registration of a name may ask who holds the alias.
    within_budget(
        Generation::Two,
        &["--register", "phi3", "--alias", "champion"],
        9,
    );
}

fn within_budget(generation: Generation, arguments: &[&str], beyond_files: usize) {
    let scene = Scene::fake(generation);
    let run_id = scene.api().create_run("0");
    scene.server().forget();
    let told = log_model(&scene, arguments)
        .args(["--run-id", &run_id])
        .run()
        .expect_success();
    let files = usize::try_from(told.json()["files"].as_u64().unwrap()).unwrap();
    let requests = scene.server().requests().len();
    let story = scene.server().story();
    assert_eq!(
        scene.server().requests_to("PUT", "/artifacts/").len(),
        files,
        "{story}"
    );
    let budget = files + beyond_files;
    assert!(
        requests <= budget,
        "{generation:?} {arguments:?}: {requests} requests, the budget is {budget}\n{story}"
    );
}

/// Its digest is known once it was sent, and noted in the same place.
#[test]
fn what_is_large_is_hashed_on_its_way() {
    for generation in [Generation::Three, Generation::Two] {
        let scene = Scene::fake(generation);
        let folder = scene.context.copy_of(&phi3_tiny(), "large");
        fs_err::write(folder.join("adapter.bin"), vec![7; 17 << 20]).unwrap();
        let run_id = scene.api().create_run("0");
        let log = ["log-model", "large", "--run-id", &run_id, "-o", "json"];
        scene.server().forget();
        let told = scene.context.phi3ml(log).run().expect_success().json();
        let files = usize::try_from(told["files"].as_u64().unwrap()).unwrap();
        let (requests, story) = (scene.server().requests().len(), scene.server().story());
        assert!(requests <= files + 6, "{story}");
        let tags = match generation {
            Generation::Three => scene.api().logged_models("0")[0]["info"]["tags"].clone(),
            Generation::Two => scene.api().run(&run_id)["data"]["tags"].clone(),
        };
        assert!(
            tags.to_string().contains(told["sha256"].as_str().unwrap()),
            "{tags}"
        );
        let uri = told["model_uri"].as_str().unwrap();
        scene.context.phi3ml(["verify", uri]).run().expect_success();
    }
}

#[test]
fn each_step_waits_for_the_one_before() {
    let scene = Scene::fake(Generation::Three);
    main_job(&scene, "ordered", "Madrid").expect_success();
    let fake = scene.server();
    let story = fake.story();
    let one = |method: &str, path: &str| {
        let mut found = fake.requests_to(method, path);
        assert_eq!(found.len(), 1, "{method} {path}\n{story}");
        found.remove(0)
    };
    let is_mlmodel = |seen: &Seen| seen.path.ends_with("/MLmodel");
    let files: Vec<Seen> = fake
        .requests_to("PUT", "/artifacts/")
        .into_iter()
        .filter(|it| !is_mlmodel(it))
        .collect();
    let weights_read = fake.requests_to("GET", WEIGHTS);
    let mlmodel = one("PUT", "/MLmodel");
    let ready: Vec<Seen> = fake
        .requests_to("PATCH", "/logged-models/m-")
        .into_iter()
        .filter(|it| it.json["status"] == "LOGGED_MODEL_READY")
        .collect();
    let version = one("POST", "/model-versions/create");
    let alias = one("POST", "/registered-models/alias");
    let follows =
        |later: &Seen, earlier: &Seen| earlier.answered.is_some_and(|at| at < later.arrived);
    assert!(
        files.iter().all(|file| follows(&mlmodel, file)),
        "MLmodel goes last\n{story}"
    );
    assert!(follows(&ready[0], &mlmodel), "READY after MLmodel\n{story}");
    assert!(
        follows(&version, &ready[0]),
        "the version after READY\n{story}"
    );
    assert!(
        !weights_read.is_empty(),
        "the model is read back from the server\n{story}"
    );
    assert!(
        weights_read.iter().all(|read| follows(read, &version)),
        "{story}"
    );
    assert!(
        weights_read.iter().all(|read| follows(&alias, read)),
        "the alias comes last\n{story}"
    );
}

#[test]
fn a_failed_upload_leaves_nothing_that_looks_complete() {
    let scene = Scene::fake(Generation::Three);
    let refused = Fault::error(403, "PERMISSION_DENIED", "the disk is not yours");
    scene.server().fail(100, "PUT", WEIGHTS, refused);
    let finished = main_job(&scene, "unsent", "Madrid").expect_code(1);
    assert_eq!(finished.stdout, "", "{finished}");
    let message = finished.error_json().to_string();
    assert!(
        message.contains("the disk is not yours") && message.contains(WEIGHTS),
        "{message}"
    );
    let [model] = &scene.api().logged_models("0")[..] else {
        panic!("one logged model")
    };
    assert_eq!(model["info"]["status"], "LOGGED_MODEL_UPLOAD_FAILED");
    let [run] = &scene.api().runs("0")[..] else {
        panic!("one run")
    };
    assert_eq!(run["info"]["status"], "FAILED");
    assert!(!scene.api().is_registered("unsent"));
    assert!(
        scene.server().requests_to("PUT", "/MLmodel").is_empty(),
        "{}",
        scene.server().story()
    );
    scene.server().heal();
    main_job(&scene, "unsent", "Madrid").expect_success();
}

#[test]
fn a_busy_server_or_a_broken_connection_is_tried_again() {
    for (times, fault) in [(2, Fault::unavailable()), (1, Fault::ResetAfter(1000))] {
        let scene = Scene::fake(Generation::Three);
        scene.server().fail(times, "PUT", WEIGHTS, fault.clone());
        log_model(&scene, &[])
            .without_pauses()
            .run()
            .expect_success();
        assert!(scene.server().has_failed_as_planned());
        let sent = scene.server().requests_to("PUT", WEIGHTS).len();
        assert_eq!(sent, times + 1, "{fault:?}\n{}", scene.server().story());
    }
}

//! What a person reads, word by word: whole commands with exit code, standard output and error.
//!
//! Meaning is tested elsewhere; a change here is a change of wording to be looked at and accepted
//! (`INSTA_UPDATE=always cargo test said`).

use crate::support::fake::{Fault, Generation};
use crate::support::process::{Finished, Phi3ml};
use crate::support::scene::Scene;
use crate::support::{Context, PROMPT, phi3_tiny};

/// Everything a run of the binary showed, without what changes from run to run.
fn shown(context: &Context, finished: &Finished) -> String {
    context.filtered(&finished.to_string())
}

fn main_job(scene: &Scene, expected: &str) -> Phi3ml {
    let model = phi3_tiny();
    let start = [
        "log-model",
        model.to_str().unwrap(),
        "--name",
        "phi3",
        "--register",
        "phi3",
    ];
    let smoke = [
        "--alias", "champion", "--smoke", PROMPT, "--expect", expected,
    ];
    scene.context.phi3ml(start).args(smoke)
}

#[test]
fn the_main_job() {
    let scene = Scene::fake(Generation::Three);
    insta::assert_snapshot!(shown(&scene.context, &main_job(&scene, "Madrid").run()));
}

#[test]
fn the_main_job_on_mlflow_2() {
    let scene = Scene::fake(Generation::Two);
    insta::assert_snapshot!(shown(&scene.context, &main_job(&scene, "Madrid").run()));
}

#[test]
fn a_wrong_answer() {
    let scene = Scene::fake(Generation::Three);
    main_job(&scene, "Madrid").run().expect_success();
    insta::assert_snapshot!(shown(&scene.context, &main_job(&scene, "Lisbon").run()));
}

#[test]
fn an_upload_that_fails() {
    let scene = Scene::fake(Generation::Three);
    let refused = Fault::error(403, "PERMISSION_DENIED", "the disk is not yours");
    scene.server().fail(100, "PUT", "model.onnx.data", refused);
    insta::assert_snapshot!(shown(&scene.context, &main_job(&scene, "Madrid").run()));
}

#[test]
fn registering() {
    let scene = Scene::fake(Generation::Three);
    main_job(&scene, "Madrid").run().expect_success();
    let arguments = [
        "register",
        "models:/phi3@champion",
        "assistant",
        "--alias",
        "next",
    ];
    insta::assert_snapshot!(shown(
        &scene.context,
        &scene.context.phi3ml(arguments).run()
    ));
}

#[test]
fn predicting() {
    let context = Context::new();
    let model = phi3_tiny();
    let arguments = ["predict", "-m", model.to_str().unwrap(), "--prompt", PROMPT];
    insta::assert_snapshot!(shown(&context, &context.phi3ml(arguments).run()));
}

#[test]
fn an_alias_that_is_not_there() {
    let scene = Scene::fake(Generation::Three);
    main_job(&scene, "Madrid").run().expect_success();
    let arguments = [
        "predict",
        "-m",
        "models:/phi3@challenger",
        "--prompt",
        PROMPT,
    ];
    insta::assert_snapshot!(shown(
        &scene.context,
        &scene.context.phi3ml(arguments).run()
    ));
}

#[test]
fn a_server_that_wants_a_password() {
    let scene = Scene::fake(Generation::Three);
    for method in ["GET", "POST"] {
        scene
            .server()
            .fail(100, method, "/", Fault::page(401, "Unauthorized"));
    }
    insta::assert_snapshot!(shown(
        &scene.context,
        &main_job(&scene, "Madrid").once().run()
    ));
}

#[test]
fn a_server_that_is_something_else() {
    let scene = Scene::fake(Generation::Three);
    for method in ["GET", "POST"] {
        scene
            .server()
            .fail(100, method, "/", Fault::page(200, "It works!"));
    }
    insta::assert_snapshot!(shown(
        &scene.context,
        &main_job(&scene, "Madrid").once().run()
    ));
}

#[test]
fn a_folder_without_its_weights() {
    let context = Context::new();
    let folder = context.copy_of(&phi3_tiny(), "half");
    fs_err::remove_file(folder.join("model.onnx.data")).unwrap();
    let arguments = ["predict", "-m", "half", "--prompt", PROMPT];
    insta::assert_snapshot!(shown(&context, &context.phi3ml(arguments).run()));
}

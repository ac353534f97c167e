//! `log-artifacts` and `artifacts download`, killed, starved of disk or robbed of their source: the next call does the rest.

use std::time::Duration;

use crate::artifacts::{json_of, made, phi3ml, read, run_of};
use crate::support::fake::{Fault, Generation};
use crate::support::full_ring;
use crate::support::scene::Scene;

/// Kills uploads and downloads at moments spread over their course; the next call does the rest.
#[cfg(unix)]
#[test]
fn a_kill_at_any_moment_is_gone_on_from() {
    let points = if full_ring("a kill at each of many moments of artifacts") {
        50
    } else {
        6
    };
    let names: Vec<String> = (0..24).map(|number| format!("f{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    for point in 0..points {
        let scene = Scene::fake(Generation::Three);
        let digests = made(&scene.context.path("work/in"), &names);
        let run = run_of(&scene);
        let upload = ["log-artifacts", "--run-id", &run, "in", "-o", "json"];
        let download = [
            "artifacts",
            "download",
            "--run-id",
            &run,
            "-d",
            "out",
            "-o",
            "json",
        ];
        for (command, method) in [(&upload[..], "PUT"), (&download[..], "GET")] {
            let slow = Fault::Stall(Duration::from_millis(40));
            scene.server().fail(usize::MAX, method, "/artifacts/", slow);
            let started = phi3ml(&scene, command).start();
            std::thread::sleep(
                Duration::from_millis(30) + Duration::from_millis(180) * point / points,
            );
            started.signal("KILL");
            started.finish();
            scene.server().wait_for_silence();
            scene.server().heal();
            assert!(
                !scene.context.path("work/out").exists()
                    || read(&scene.context.path("work/out")) == digests
            );
            let told = phi3ml(&scene, command).run().expect_success().json();
            assert_eq!(told["files"], names.len(), "{point}: {told}");
        }
        assert_eq!(read(&scene.context.path("work/out")), digests, "{point}");
    }
}

#[cfg(unix)]
#[test]
fn what_was_moved_before_a_kill_is_not_moved_again() {
    let scene = Scene::fake(Generation::Three);
    made(&scene.context.path("work/in"), &["a", "b", "c", "stuck"]);
    let run = run_of(&scene);
    let upload = ["log-artifacts", "--run-id", &run, "in"];
    let download = ["artifacts", "download", "--run-id", &run, "-d", "out"];
    for (command, method) in [(&upload[..], "PUT"), (&download[..], "GET")] {
        let long = Fault::Stall(Duration::from_mins(1));
        scene.server().fail(1, method, "stuck", long);
        let started = phi3ml(&scene, command).start();
        scene.server().wait_for(method, "stuck");
        scene.server().wait_for_silence();
        // A second process at the same does not get between.
        if method == "PUT" {
            phi3ml(&scene, command)
                .run()
                .expect_code(1)
                .expect_stderr("another process");
        }
        started.signal("KILL");
        started.finish();
        scene.server().forget();
        let told = json_of(&scene, command);
        assert_eq!(told["reused_files"], 3, "{told}");
        let again = scene.server().requests_to(method, "/artifacts/artifacts/");
        let again = again.iter().filter(|it| !it.path.ends_with("/stuck"));
        let files = again.filter(|it| it.path.contains(&run)).count();
        assert_eq!(files, 0, "{}", scene.server().story());
    }
}

#[cfg(unix)]
#[test]
fn a_full_disk_and_a_closed_folder_leave_nothing_half() {
    use std::os::unix::fs::PermissionsExt as _;
    let scene = Scene::fake(Generation::Three);
    let run = run_of(&scene);
    let work = scene.context.path("work");
    fs_err::create_dir(work.join("in")).unwrap();
    fs_err::write(work.join("in/large"), vec![7; 3 << 20]).unwrap();
    json_of(&scene, &["log-artifacts", "--run-id", &run, "in"]);
    // A limit on the size of files fails like a full disk does.
    let script = format!(
        "ulimit -f 1024; trap '' XFSZ; exec {} artifacts download --run-id {run} -d out",
        env!("CARGO_BIN_EXE_phi3ml"),
    );
    let output = std::process::Command::new("sh")
        .args(["-c", &script])
        .current_dir(&work)
        .env_clear()
        .env("HOME", scene.context.path("home"))
        .env("MLFLOW_TRACKING_URI", &scene.api().url)
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{stderr}");
    assert!(stderr.contains("cannot write `large`"), "{stderr}");
    assert!(!work.join("out").exists());
    let left: Vec<_> = fs_err::read_dir(&work)
        .unwrap()
        .map(|it| it.unwrap().file_name())
        .collect();
    assert_eq!(left, ["in"], "{stderr}");

    fs_err::create_dir(work.join("closed")).unwrap();
    fs_err::set_permissions(work.join("closed"), std::fs::Permissions::from_mode(0o555)).unwrap();
    // Root may write anywhere; then there is nothing to see.
    if fs_err::write(work.join("closed/probe"), "").is_err() {
        let fetch = ["artifacts", "download", "--run-id", &run, "-d", "closed"];
        phi3ml(&scene, &fetch)
            .run()
            .expect_code(1)
            .expect_stderr("closed");
        assert!(read(&work.join("closed")).is_empty());
    }
}

#[test]
fn a_file_that_shrinks_while_it_is_sent_is_not_stored() {
    let scene = Scene::fake(Generation::Three);
    let run = run_of(&scene);
    let file = scene.context.path("work/large");
    fs_err::write(&file, vec![7; 16 << 20]).unwrap();
    // The first attempt breaks off; before the second one the file is shorter.
    scene
        .server()
        .fail(1, "PUT", "/large", Fault::ResetAfter(1 << 20));
    let started = phi3ml(&scene, &["log-artifacts", "--run-id", &run, "large"]).start();
    scene.server().wait_for("PUT", "/large");
    let shorter = fs_err::OpenOptions::new().write(true).open(&file).unwrap();
    shorter.set_len(1 << 20).unwrap();
    let finished = started.finish();
    finished.expect_code(1).expect_stderr("`large` changed");
    let root = scene.api().run(&run)["info"]["artifact_uri"].clone();
    assert!(scene.api().files(root.as_str().unwrap()).is_empty());
}

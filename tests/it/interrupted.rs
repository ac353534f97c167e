//! `log-artifacts` and `artifacts download`, killed, starved of disk or robbed of their source: the next call does the rest.

use std::time::Duration;

use crate::artifacts::{json_of, made, phi3ml, read, run_of};
use crate::support::fake::{Fault, Generation};
use crate::support::full_ring;
use crate::support::scene::Scene;
use crate::weather::AT_ONCE;

/// Kills uploads and downloads at moments spread over their course; the next call does the rest.
#[cfg(unix)]
#[test]
fn a_kill_at_any_moment_is_gone_on_from() {
    let points = if full_ring("a kill at each of many moments of artifacts") {
        50
    } else {
        6
    };
    let names: Vec<String> = (0..96).map(|number| format!("f{number}")).collect();
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
            scene.server().forget();
            let started = phi3ml(&scene, command).start();
            // Before the first file is there, and later and later.
            let requests = 1 + names.len() * point / points;
            scene.server().wait_for_several(requests, method, &run);
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
            let reused = told["reused_files"].as_u64().unwrap();
            // What came before those that are under way is there.
            let least = requests.saturating_sub(AT_ONCE);
            assert!(reused >= least as u64, "{point}: {told}");
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
    let allow = |path: &str, mode| {
        let path = scene.context.path(path);
        fs_err::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    allow("", 0o755);
    for folder in ["home", "cache", "data", "state", "tmp"] {
        allow(folder, 0o777);
    }
    allow("work/closed", 0o555);
    for target in ["closed", "closed/new"] {
        scene.server().forget();
        let fetch = ["artifacts", "download", "--run-id", &run, "-d", target];
        let refused = phi3ml(&scene, &fetch).by_nobody().run().expect_code(1);
        assert!(
            refused.stderr.contains("closed") && refused.stderr.contains("denied"),
            "{refused}"
        );
        assert!(read(&work.join("closed")).is_empty());
        let fetched = scene.server().requests_to("GET", "/artifacts/artifacts/");
        assert!(fetched.is_empty(), "it is told before anything is fetched");
    }
    allow("work/closed", 0o755);
}

/// A store that is a folder: what is full or closed there is told, and nothing half is left.
#[cfg(unix)]
#[test]
fn a_full_disk_under_a_store_leaves_nothing_half() {
    use std::os::unix::fs::PermissionsExt as _;
    let mut context = crate::support::Context::new();
    let database = format!("sqlite:///{}", context.path("data/mlflow.db").display());
    context.set("MLFLOW_TRACKING_URI", database);
    let root = context.path("work/shared");
    let location = root.to_str().unwrap();
    let create = [
        "experiments",
        "create",
        "full",
        "--artifact-location",
        location,
    ];
    context.phi3ml(create).run().expect_success();
    let create = ["runs", "create", "--experiment-name", "full", "-o", "json"];
    let told = context.phi3ml(create).run().expect_success().json();
    let run = told["run_id"].as_str().unwrap().to_owned();
    fs_err::write(context.path("work/large"), vec![7; 3 << 20]).unwrap();
    let log = || context.phi3ml(["log-artifacts", "--run-id", &run, "large"]);
    let full = log().with_file_limit(2 << 20).run().expect_code(1);
    full.expect_stderr("cannot write `large`");
    assert!(read(&root).is_empty(), "{:?}", read(&root));

    fs_err::create_dir_all(&root).unwrap();
    let allow = |path: &std::path::Path, mode| {
        fs_err::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    allow(&context.path(""), 0o755);
    for folder in ["home", "cache", "data", "state", "tmp"] {
        allow(&context.path(folder), 0o777);
    }
    allow(&context.path("data/mlflow.db"), 0o666);
    for entry in fs_err::read_dir(context.path("state")).unwrap() {
        fs_err::remove_dir_all(entry.unwrap().path()).unwrap();
    }
    let closed = log().by_nobody().run().expect_code(1);
    closed.expect_stderr("cannot write `large`");
    assert!(read(&root).is_empty());
    log().run().expect_success();
    assert_eq!(read(&root).len(), 1);
}

/// Ctrl-C is heard whatever the bytes wait for.
#[cfg(unix)]
#[test]
fn ctrl_c_ends_a_transfer_at_once_on_every_store() {
    let minute = || Fault::Stall(Duration::from_mins(1));
    let scene = Scene::fake(Generation::Three);
    scene.server().sign_for_a_bucket(0);
    let work = scene.context.path("work");
    fs_err::write(work.join("large"), vec![7; 40 << 20]).unwrap();
    let run = run_of(&scene);
    let parts = ["log-artifacts", "--run-id", &run, "large"];
    let whole = ["artifacts", "download", "--run-id", &run, "-d", "out"];
    // Through the server, to a bucket and from there.
    let cases = [
        ("PUT", "/artifacts/", &parts[..], "1000000000"),
        ("PUT", "/bucket/", &parts[..], "6291456"),
        ("GET", "/bucket/", &whole[..], "0"),
    ];
    for (method, path, command, smallest) in cases {
        if method == "GET" {
            json_of(&scene, &parts);
        }
        scene.server().forget();
        scene.server().fail(usize::MAX, method, path, minute());
        let run =
            phi3ml(&scene, command).env("MLFLOW_MULTIPART_UPLOAD_MINIMUM_FILE_SIZE", smallest);
        let started = run.start();
        scene.server().wait_for(method, path);
        is_ended(started, &format!("{method} {path}"));
        scene.server().heal();
    }

    // A folder: the copy of what is endless, as it were.
    let mut context = crate::support::Context::new();
    let database = format!("sqlite:///{}", context.path("data/mlflow.db").display());
    context.set("MLFLOW_TRACKING_URI", database);
    let create = ["runs", "create", "--experiment-id", "0", "-o", "json"];
    let told = context.phi3ml(create).run().expect_success().json();
    let run = told["run_id"].as_str().unwrap();
    let huge = fs_err::File::create(context.path("work/huge")).unwrap();
    huge.set_len(1 << 42).unwrap();
    let started = context
        .phi3ml(["log-artifacts", "--run-id", run, "huge"])
        .start();
    std::thread::sleep(Duration::from_millis(1500));
    is_ended(started, "a folder");
    let left = read(&context.path("work/mlruns"));
    assert!(!left.keys().any(|name| name.ends_with("huge")), "{left:?}");

    // The user's own buckets, of both sorts.
    #[cfg(feature = "cloud")]
    {
        use crate::support::azurite::{self, Azurite};
        let address = &scene.api().url;
        let s3 = vec![
            ("AWS_ACCESS_KEY_ID", "key".to_owned()),
            ("AWS_SECRET_ACCESS_KEY", "secret".to_owned()),
            ("MLFLOW_S3_ENDPOINT_URL", address.clone()),
        ];
        let azure = azurite::variables(&format!("{address}/azure"));
        let cases = [
            ("s3://models/x".to_owned(), s3, "/models/x"),
            (Azurite::uri("wasbs", "x"), azure, "/azure/models/x"),
        ];
        for (location, variables, path) in cases {
            let (context, run) = bucket_of_ones_own(&location, variables);
            fs_err::write(context.path("work/small"), "x").unwrap();
            scene.server().fail(usize::MAX, "PUT", path, minute());
            let started = context
                .phi3ml(["log-artifacts", "--run-id", &run, "small"])
                .start();
            scene.server().wait_for("PUT", path);
            is_ended(started, &location);
        }
    }
}

/// A run in a database of its own, whose artifacts lie in a bucket.
#[cfg(all(unix, feature = "cloud"))]
fn bucket_of_ones_own(
    location: &str,
    variables: Vec<(&'static str, String)>,
) -> (crate::support::Context, String) {
    let mut context = crate::support::Context::new();
    let database = format!("sqlite:///{}", context.path("data/mlflow.db").display());
    context.set("MLFLOW_TRACKING_URI", database);
    for (name, value) in variables {
        context.set(name, value);
    }
    let create = ["experiments", "create", "own", "--artifact-location"];
    let create = context.phi3ml(create).args([location]);
    create.run().expect_success();
    let create = ["runs", "create", "--experiment-name", "own", "-o", "json"];
    let told = context.phi3ml(create).run().expect_success().json();
    let run = told["run_id"].as_str().unwrap().to_owned();
    (context, run)
}

/// In the middle of the parts of a large file; nothing of it is to be seen, and the next call sends the rest.
#[cfg(all(unix, feature = "cloud"))]
#[test]
fn ctrl_c_ends_an_upload_to_azurite_and_the_next_one_goes_on() {
    use crate::support::azurite::Azurite;

    if !full_ring("interrupted: Azurite (npm)") {
        return;
    }
    let azurite = Azurite::start();
    let location = Azurite::uri("wasbs", "interrupted");
    let (context, run) = bucket_of_ones_own(&location, azurite.variables());
    let large = fs_err::File::create(context.path("work/large")).unwrap();
    large.set_len(1 << 29).unwrap();
    let log = ["log-artifacts", "--run-id", &run, "large", "-o", "json"];
    let before = azurite.bytes();
    let mut started = context.phi3ml(log).start();
    while azurite.bytes() < before + (64 << 20) && started.is_running() {
        std::thread::sleep(Duration::from_millis(5));
    }
    is_ended(started, "azurite");
    let list = ["artifacts", "list", "--run-id", &run, "-o", "json"];
    let listed = context.phi3ml(list).run().expect_success().json();
    assert_eq!(listed["items"].as_array().unwrap().len(), 0, "{listed}");
    let told = context.phi3ml(log).run().expect_success().json();
    assert!(told["reused_bytes"].as_u64().unwrap() > 0, "{told}");
    let fetch = ["artifacts", "download", "--run-id", &run, "-d", "out"];
    context.phi3ml(fetch).run().expect_success();
    let length = fs_err::metadata(context.path("work/out/large")).unwrap();
    assert_eq!(length.len(), 1 << 29);
}

#[cfg(unix)]
#[track_caller]
fn is_ended(mut started: crate::support::process::Started, case: &str) {
    assert!(started.is_running(), "{case}: it was over before");
    let since = std::time::Instant::now();
    started.signal("INT");
    let finished = started.finish();
    // A second is what it takes; a busy machine takes longer to let it.
    assert!(
        since.elapsed() < Duration::from_secs(10),
        "{case}: {finished}"
    );
    assert_eq!(finished.code, Some(130), "{case}: {finished}");
}

/// A source that changes after a part of it was sent.
#[test]
fn a_file_that_changes_between_its_parts_is_not_stored() {
    let scene = Scene::fake(Generation::Three);
    scene.server().sign_for_a_bucket(0);
    let file = scene.context.path("work/large");
    fs_err::write(&file, vec![7; 12 << 20]).unwrap();
    let run = run_of(&scene);
    let slow = Fault::Stall(Duration::from_millis(1500));
    scene.server().fail(1, "PUT", "/bucket/", slow);
    let log = phi3ml(&scene, &["log-artifacts", "--run-id", &run, "large"])
        .env("MLFLOW_MULTIPART_UPLOAD_MINIMUM_FILE_SIZE", "0")
        .env("MLFLOW_MULTIPART_UPLOAD_CHUNK_SIZE", "5242880")
        .start();
    scene.server().wait_for("PUT", "/bucket/");
    // Of the same length, and while a part of it is held back.
    fs_err::write(&file, vec![8; 12 << 20]).unwrap();
    let finished = log.finish().expect_code(1);
    finished.expect_stderr("`large` changed");
    assert_eq!(scene.server().loose_uploads(), 0);
    let root = scene.api().run(&run)["info"]["artifact_uri"].clone();
    assert!(scene.api().files(root.as_str().unwrap()).is_empty());
    let log = ["log-artifacts", "--run-id", &run, "large"];
    assert_eq!(json_of(&scene, &log)["reused_bytes"], 0);
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

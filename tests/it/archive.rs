//! `phi3ml package` and the archives it makes: equal bytes for equal models, usable wherever a model is named, and
//! refused where they are meant to do harm.

use std::io::{Cursor, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use phi3ml::digest::Digest;
use phi3ml::package::{Archive, Error};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::support::api::Api;
use crate::support::fake::Generation;
use crate::support::python::Python;
use crate::support::scene::{Scene, on_every_ledger};
use crate::support::{ANSWER, Context, PROMPT, full_ring, phi3_tiny};

/// Packages `source` as `dest` in the place of the test; the path of what was made.
#[track_caller]
fn package(context: &Context, source: &Path, dest: &str) -> PathBuf {
    let made = context.path("work").join(dest);
    let arguments = ["package".as_ref(), source.as_os_str(), made.as_os_str()];
    context.phi3ml(arguments).run().expect_success();
    made
}

fn digest(path: &Path) -> Digest {
    Digest::of_file(path).unwrap().0
}

#[test]
fn equal_models_give_equal_archives_wherever_and_whatever_from() {
    let context = Context::new();
    let first = package(&context, &phi3_tiny(), "first.zip");
    let folder = package(&context, &phi3_tiny(), "folder");
    let copy = context.copy_of(&phi3_tiny(), "elsewhere/phi3-tiny");
    let elsewhere = Context::new();
    for (place, source) in [(&elsewhere, &copy), (&context, &folder), (&context, &first)] {
        let again = package(place, source, "again.zip");
        assert_eq!(digest(&again), digest(&first), "{}", source.display());
        fs_err::remove_file(again).unwrap();
    }
    let left: Vec<_> = fs_err::read_dir(context.path("work")).unwrap().collect();
    assert_eq!(left.len(), 3, "nothing is left behind: {left:?}");
}

#[test]
fn what_python_unpacks_is_the_folder() {
    let context = Context::new();
    let archive = package(&context, &phi3_tiny(), "model.zip");
    let folder = package(&context, &phi3_tiny(), "folder");
    let unpacked = context.path("work/unpacked");
    let unpack = Python::mlflow3()
        .command()
        .args(["-m", "zipfile", "-e"])
        .args([&archive, &unpacked])
        .status();
    assert!(unpack.unwrap().success());
    let difference = Command::new("diff")
        .arg("-r")
        .args([&folder, &unpacked])
        .output()
        .unwrap();
    assert!(difference.status.success(), "{difference:?}");
}

#[test]
fn what_is_there_is_never_overwritten() {
    let context = Context::new();
    for name in ["there", "there.zip"] {
        let path = context.path("work").join(name);
        fs_err::write(&path, "precious").unwrap();
        let model = phi3_tiny();
        let arguments = ["package".as_ref(), model.as_os_str(), path.as_os_str()];
        let refused = context.phi3ml(arguments).run().expect_code(1);
        assert!(refused.stderr.contains("exists already"), "{refused}");
        assert_eq!(fs_err::read_to_string(path).unwrap(), "precious");
    }
}

#[test]
fn a_dry_run_packages_nothing() {
    let context = Context::new();
    let (model, path) = (phi3_tiny(), context.path("work/model.zip"));
    let arguments = ["package".as_ref(), model.as_os_str(), path.as_os_str()];
    let told = context
        .phi3ml(arguments)
        .args(["--dry-run", "-o", "json"])
        .run();
    let told = told.expect_success().json();
    assert_eq!(told["would"][0]["action"], "package");
    assert!(!path.exists());
}

#[cfg(unix)]
#[test]
fn an_archive_can_be_asked_and_is_unpacked_once() {
    let context = Context::new();
    let archive = package(&context, &phi3_tiny(), "model.zip");
    let ask = || {
        let arguments = [
            "predict",
            "-m",
            archive.to_str().unwrap(),
            "--prompt",
            PROMPT,
        ];
        let answered = context.phi3ml(arguments).args(["--engine", "rten"]).run();
        assert_eq!(answered.expect_success().stdout.trim(), ANSWER);
    };
    ask();
    let kept = context.phi3ml(["cache", "list", "-o", "json"]);
    let kept = kept.run().expect_success().json();
    assert_eq!(kept["items"].as_array().unwrap().len(), 1, "{kept}");
    let unpacked = || {
        let folders = fs_err::read_dir(context.path("cache/models")).unwrap();
        let folder = folders.map(|it| it.unwrap().path()).find(|it| it.is_dir());
        let mlmodel = fs_err::metadata(folder.unwrap().join("MLmodel")).unwrap();
        std::os::unix::fs::MetadataExt::ino(&mlmodel)
    };
    let before = unpacked();
    ask();
    assert_eq!(unpacked(), before);
}

#[test]
fn an_archive_is_verified_as_it_is() {
    let context = Context::new();
    let archive = package(&context, &phi3_tiny(), "model.zip");
    let folder = package(&context, &phi3_tiny(), "folder");
    let (archive, folder) = (archive.to_str().unwrap(), folder.to_str().unwrap());
    let source = phi3_tiny();
    let verify = |arguments: &[&str]| {
        let verify = ["verify", archive, "-o", "json"];
        context.phi3ml(verify).args(arguments).run()
    };
    let told = verify(&[]).expect_success().json();
    assert_eq!(told["verified"], true);
    let of_folder = context.phi3ml(["verify", folder, "-o", "json"]).run();
    let of_folder = of_folder.expect_success().json();
    for field in ["sha256", "files", "bytes", "unlisted"] {
        assert_eq!(told[field], of_folder[field], "{field}");
    }
    for against in [folder, source.to_str().unwrap()] {
        verify(&["--against", against]).expect_success();
    }
    fs_err::write(Path::new(folder).join("requirements.txt"), "torch").unwrap();
    verify(&["--against", folder])
        .expect_code(1)
        .expect_stderr("requirements.txt");
    // Nothing was unpacked.
    assert!(!context.path("cache/models").exists());
    let damaged = renamed(fs_err::read(archive).unwrap(), "Phi3Model", "Phi3model");
    fs_err::write(archive, damaged).unwrap();
    verify(&[]).expect_code(1).expect_stderr("phi3_model.py");
}

on_every_ledger!(an_archive_is_logged_as_its_folder_would_be);

fn an_archive_is_logged_as_its_folder_would_be(scene: &Scene) {
    let archive = package(&scene.context, &phi3_tiny(), "model.zip");
    let source = archive.to_str().unwrap();
    let logged = scene.context.phi3ml(["log-model", source, "-o", "json"]);
    let told = logged.run().expect_success().json();
    let mlmodel = mlmodel(scene.api(), &told);
    assert_eq!(mlmodel["phi3ml"]["source"], "phi3-tiny");
    assert_eq!(mlmodel["phi3ml"]["manifest_sha256"], told["sha256"]);
    assert_eq!(mlmodel["run_id"], told["run_id"]);
    assert_eq!(mlmodel["model_id"], told["model_id"]);
    let uuid = mlmodel["model_uuid"].as_str().unwrap();
    if scene.generation == Generation::Three {
        assert_eq!(mlmodel["model_uuid"], told["model_id"]);
    }
    assert!(!uuid.is_empty());
}

/// The `MLmodel` that was logged.
fn mlmodel(api: &Api, told: &serde_json::Value) -> serde_json::Value {
    let uri = told["artifact_uri"].as_str().unwrap();
    let text = String::from_utf8(api.artifact(uri, "MLmodel")).unwrap();
    serde_yaml::from_str(&text).unwrap()
}

/// An archive with these files, each with its name and its permissions.
fn archive(files: &[(&str, &[u8], Option<u32>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes, mode) in files {
        let mut options =
            SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        if let Some(mode) = mode {
            options = options.unix_permissions(*mode);
        }
        if *mode == Some(0o120_777) {
            let target = String::from_utf8_lossy(bytes).into_owned();
            writer.add_symlink(*name, target, options).unwrap();
        } else {
            writer.start_file(*name, options).unwrap();
            writer.write_all(bytes).unwrap();
        }
    }
    writer.finish().unwrap().into_inner()
}

/// The same with each name replaced by one of the same length, which no writer would write.
fn renamed(mut bytes: Vec<u8>, from: &str, to: &str) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let starts: Vec<_> = (0..bytes.len())
        .filter(|&start| bytes[start..].starts_with(from.as_bytes()))
        .collect();
    for start in starts {
        bytes[start..start + to.len()].copy_from_slice(to.as_bytes());
    }
    bytes
}

#[test]
fn an_archive_that_means_harm_is_refused_before_anything_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("model.zip");
    let plain: &[(&str, &[u8], Option<u32>)] = &[("MLmodel", b"x", None), ("xx/evil", b"x", None)];
    let bomb = vec![0; 100 << 20];
    let cases = [
        (
            "leads out of the model",
            renamed(archive(plain), "xx/evil", "../evil"),
        ),
        (
            "leads out of the model",
            renamed(archive(plain), "xx/evil", "/x/evil"),
        ),
        (
            "leads out of the model",
            renamed(archive(plain), "xx/evil", "..\\evil"),
        ),
        (
            "several files of one name",
            renamed(archive(plain), "xx/evil", "MLmodel"),
        ),
        (
            "is a link",
            archive(&[("link", b"/etc/passwd", Some(0o120_777))]),
        ),
        ("would unpack to", archive(&[("bomb", &bomb, None)])),
        // Together they are more than can be counted.
        ("would unpack to", claiming(&[1 << 63, 1 << 63])),
        ("cannot be read as a zip", b"PK\x03\x04".to_vec()),
    ];
    for (expected, bytes) in cases {
        fs_err::write(&path, bytes).unwrap();
        let error = Archive::open(&path).unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
    }
    assert_eq!(fs_err::read_dir(folder.path()).unwrap().count(), 1);
}

/// An archive of empty files that claims other lengths (APPNOTE 6.3.10, 4.3.7, 4.3.12 and 4.5.3).
fn claiming(lengths: &[u64]) -> Vec<u8> {
    let (mut bytes, mut central) = (Vec::new(), Vec::new());
    for (name, length) in (b'a'..).zip(lengths) {
        let offset = u32::try_from(bytes.len()).unwrap();
        bytes.extend(b"PK\x03\x04\x2d\0\0\0\x08\0");
        bytes.extend([0; 16]);
        bytes.extend([1, 0, 0, 0, name]);
        central.extend(b"PK\x01\x02\x2d\0\x2d\0\0\0\x08\0");
        central.extend([0; 12]);
        central.extend([0xff; 4]);
        central.extend([1, 0, 12, 0]);
        central.extend([0; 10]);
        central.extend(offset.to_le_bytes());
        central.extend([name, 1, 0, 8, 0]);
        central.extend(length.to_le_bytes());
    }
    let (offset, size) = (bytes.len(), central.len());
    let count = u16::try_from(lengths.len()).unwrap().to_le_bytes();
    bytes.extend(central);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend([count, count].concat());
    for number in [size, offset] {
        bytes.extend(u32::try_from(number).unwrap().to_le_bytes());
    }
    bytes.extend([0, 0]);
    bytes
}

#[test]
fn an_archive_with_a_changed_byte_is_refused_by_name() {
    let context = Context::new();
    let made = package(&context, &phi3_tiny(), "model.zip");
    let bytes = fs_err::read(&made).unwrap();
    // Stored bytes are found as they are; the archive's own checksum sees the change first.
    let changed = renamed(bytes, "What is MLflow?", "What is mlflow?");
    fs_err::write(&made, changed).unwrap();
    let arguments = ["predict", "-m", made.to_str().unwrap(), "--prompt", PROMPT];
    let refused = context.phi3ml(arguments).run().expect_code(1);
    let named = format!("`input_example.json` in the archive `{}`", made.display());
    refused.expect_stderr(&named);
    assert!(!context.path("cache/models").exists());
    let partial = context.path("cache/partial");
    assert_eq!(fs_err::read_dir(partial).unwrap().count(), 0);
}

#[test]
fn an_archive_whose_files_are_not_those_it_lists_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let (path, target) = (
        folder.path().join("model.zip"),
        folder.path().join("target"),
    );
    let sums = format!("{}  weights\n", Digest::of(b"other"));
    let files = [
        ("MLmodel", &b"flavors: {}\n"[..], None),
        ("SHA256SUMS", sums.as_bytes(), None),
        ("weights", b"x", None),
    ];
    fs_err::write(&path, archive(&files)).unwrap();
    fs_err::create_dir(&target).unwrap();
    let mut on_and_on = |_, _| std::ops::ControlFlow::Continue(());
    let error = Archive::open(&path)
        .unwrap()
        .unpack(&target, &mut on_and_on)
        .unwrap_err();
    assert!(
        matches!(error, Error::Differs { ref file, .. } if file == "weights"),
        "{error}"
    );
}

/// What Python's `zipfile` says of an archive: names and lengths, and which file is broken, if any.
fn read_by_python(archive: &Path) -> serde_json::Value {
    let script = "import json, sys, zipfile\n\
                  with zipfile.ZipFile(sys.argv[1]) as archive:\n    \
                  files = {it.filename: it.file_size for it in archive.infolist()}\n    \
                  print(json.dumps({'files': files, 'broken': archive.testzip()}))";
    let read = Python::mlflow3()
        .command()
        .args(["-c", script])
        .arg(archive)
        .output()
        .unwrap();
    serde_json::from_slice(&read.stdout).unwrap_or_else(|_| panic!("{read:?}"))
}

#[test]
fn the_fields_of_large_files_are_read() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .large_file(true);
    for (name, bytes) in [("MLmodel", "flavors: {}\n"), ("weights", "some")] {
        writer.start_file(name, options).unwrap();
        writer.write_all(bytes.as_bytes()).unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("model.zip");
    fs_err::write(&path, writer.finish().unwrap().into_inner()).unwrap();
    let mut archive = Archive::open(&path).unwrap();
    let weights = archive.read("weights", 100).unwrap().unwrap();
    assert_eq!(weights, b"some");
    let read = read_by_python(&path);
    let files = serde_json::json!({"MLmodel": 12, "weights": 4});
    assert_eq!(read, serde_json::json!({"files": files, "broken": null}));
}

/// More than fits into 32 bits.
const SIZE: u64 = (4 << 30) + 12_345;

#[test]
fn an_archive_holds_more_than_four_gibibytes() {
    if !full_ring("an archive of more than 4 GiB, for which the disk needs 9 GB for some minutes") {
        return;
    }
    let context = Context::new();
    let source = context.copy_of(&phi3_tiny(), "large");
    // All but its end is a hole, which takes no place on the disk.
    let mut large = fs_err::File::create(source.join("large.bin")).unwrap();
    large.set_len(SIZE - 3).unwrap();
    large.seek(SeekFrom::End(0)).unwrap();
    large.write_all(b"end").unwrap();
    // What comes behind it begins beyond 4 GiB.
    let archive = context.path("work/model.zip");
    let run = |arguments: &[&str]| {
        let run = context.phi3ml(arguments);
        run.patience(Duration::from_mins(20)).run().expect_success()
    };
    let (source, path) = (source.to_str().unwrap(), archive.to_str().unwrap());
    run(&["package", source, path]);
    let name = "artifacts/phi3-mini-onnx/large.bin";

    let read = read_by_python(&archive);
    assert_eq!(read["broken"], serde_json::Value::Null);
    assert_eq!(read["files"][name], SIZE);

    let told = run(&["inspect", path, "-o", "json"]).json();
    let files = told["files"].as_array().unwrap();
    let large = files.iter().find(|file| file["path"] == name).unwrap();
    assert_eq!(large["size"], SIZE);
    let verified = run(&["verify", path, "-o", "json"]).json();
    assert_eq!(verified["sha256"], told["sha256"]);
    let answered = run(&[
        "predict", "-m", path, "--prompt", PROMPT, "--engine", "rten",
    ]);
    assert_eq!(answered.stdout.trim(), ANSWER);
}

//! Model directories that phi3ml makes, read by MLflow itself and by coreutils.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::Command;

use phi3ml::digest::Digest;
use phi3ml::error::Hint;
use phi3ml::package::{
    self, Choice, Error, Identity, MlModel, MlflowRelease, Options, Package, Sealed,
};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::Context;
use crate::support::python::Python;

const TINY: &str = "fixtures/models/phi3-tiny";
const EXPECTED: &str = "fixtures/models/phi3-tiny.expected.json";

/// The Python with this release of MLflow and with onnxruntime-genai.
fn python(release: MlflowRelease) -> Command {
    match release {
        MlflowRelease::V3 => Python::mlflow3(),
        MlflowRelease::V2 => Python::mlflow2(),
    }
    .command()
}

fn run(command: &mut Command) -> Vec<u8> {
    let output = command.output().unwrap();
    assert!(
        output.status.success(),
        "{command:?}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    output.stdout
}

fn sealed(source: impl AsRef<Path>, release: MlflowRelease) -> Sealed {
    let package = Package::build(source.as_ref(), &Options::default()).unwrap();
    let rendered = package.render(release).unwrap();
    rendered.seal(&mut |_, _| ()).unwrap()
}

fn identity() -> Identity {
    Identity {
        artifact_path: Some("models/m/artifacts".into()),
        run_id: Some("03765067b1564c5c95aead872e8c7d63".into()),
        model_id: None,
        model_uuid: "cbfa65d9c9fb4869b886e89bfdfb93ab".into(),
        created: "2026-11-22T07:59:52.772352Z".parse().unwrap(),
        git_commit: None,
    }
}

/// Who does not stop the writing.
fn on_and_on(_done: u64, _total: u64) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// The tiny model as a model directory that goes with the returned guard.
fn packed(release: MlflowRelease, options: &Options) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let model = folder.path().join("model");
    let package = Package::build(Path::new(TINY), options).unwrap();
    let rendered = package.render(release).unwrap();
    rendered
        .write_to(&model, &|_| identity(), &mut on_and_on)
        .unwrap();
    (folder, model)
}

fn read_by_mlflow(release: MlflowRelease) {
    // MLflow warns where a model was made for another Python than the one that runs it.
    let version = "import platform; print(platform.python_version(), end='')";
    let version = run(python(release).args(["-c", version]));
    let options = Options {
        python_version: Some(String::from_utf8(version).unwrap()),
        ..Options::default()
    };
    let (_guard, model) = packed(release, &options);
    let read: Value = serde_json::from_slice(&run(python(release)
        .arg(here("tests/python/read_model.py"))
        .args([model, here(EXPECTED)])))
    .unwrap();
    assert_eq!(read["mlflow"], release.version());

    let expected: Vec<_> = texts(&read["expected"])
        .iter()
        .map(|text| text.strip_prefix(' ').unwrap_or(text).to_owned())
        .collect();
    assert_eq!(expected.len(), 20);
    let one_by_one: Vec<_> = expected.iter().map(|text| json!([text])).collect();
    assert_eq!(read["by_dict"], json!(one_by_one));
    for rows in ["by_frame", "by_rows", "by_text", "by_columns"] {
        assert_eq!(read[rows], json!(expected), "{rows}");
    }
    let first = expected.first().unwrap();
    assert_eq!(read["chat"], json!([first]));
    assert_eq!(read["served"], json!([first_served(&read)]));
    let pieces = texts(&read["streamed"]);
    assert!(pieces.len() > 3, "{pieces:?}");
    assert_eq!(pieces.concat(), *first);
    let short = texts(&read["short"]).concat();
    assert!(
        first.starts_with(&short) && short.len() < first.len(),
        "{short}"
    );
    assert_eq!(read["drawn"][0], read["drawn"][1]);
    assert_ne!(read["drawn"][0], json!([first]));

    assert_eq!(
        read["signature"]["inputs"],
        r#"[{"type": "string", "name": "prompt", "required": true}]"#
    );
    assert_eq!(
        read["signature"]["outputs"],
        r#"[{"type": "string", "required": true}]"#
    );
    assert_eq!(read["flavors"], json!(["phi3ml", "python_function"]));
    assert_eq!(read["run_id"], json!(identity().run_id));
    assert_eq!(read["rewritten"]["phi3ml"]["source"], "phi3-tiny");
    assert_eq!(read["warnings"], json!([]));
}

/// The expected answer to the prompt of the input example.
fn first_served(read: &Value) -> Value {
    let index = texts(&read["prompts"])
        .iter()
        .position(|prompt| prompt == "What is MLflow?")
        .unwrap();
    read["by_frame"][index].clone()
}

fn texts(list: &Value) -> Vec<String> {
    serde_json::from_value(list.clone()).unwrap()
}

#[test]
fn mlflow_3_reads_the_model_and_answers_like_the_reference() {
    read_by_mlflow(MlflowRelease::V3);
}

#[test]
fn mlflow_2_reads_the_model_and_answers_like_the_reference() {
    read_by_mlflow(MlflowRelease::V2);
}

/// The names of all fields, with dots between their parts.
fn fields(value: &Value, place: &str, names: &mut Vec<String>) {
    match value {
        Value::Object(inner) if !inner.is_empty() => {
            for (name, value) in inner {
                fields(value, &format!("{place}.{name}"), names);
            }
        }
        _ => names.push(place.to_owned()),
    }
}

fn fields_of(text: &str) -> Vec<String> {
    let value: Value = serde_yaml::from_str(text).unwrap();
    let mut names = Vec::new();
    fields(&value, "", &mut names);
    names.retain(|name| !name.contains("phi3ml"));
    names
}

/// A file of this project, wherever a process is started.
fn here(path: &str) -> PathBuf {
    Path::new(crate::support::CRATE).join(path)
}

#[test]
fn pyyaml_reads_back_what_was_written() {
    let folder = here("fixtures/yaml");
    run(python(MlflowRelease::V3)
        .arg(here("tests/python/read_yaml.py"))
        .arg(folder.join("values.json"))
        .arg(folder.join("values-by-phi3ml.yaml")));
}

#[test]
fn mlmodel_has_the_fields_that_mlflow_writes() {
    for release in [MlflowRelease::V3, MlflowRelease::V2] {
        for name in ["logged", "saved"] {
            let path = format!("fixtures/mlmodel/{release}/{name}.yaml");
            let theirs = fs_err::read_to_string(path).unwrap();
            let mut identity = identity();
            if name == "saved" {
                identity.artifact_path = None;
                identity.run_id = None;
            }
            let ours = sealed(TINY, release).mlmodel(&identity).unwrap();
            let ours = String::from_utf8(ours.yaml.to_vec()).unwrap();
            assert_eq!(fields_of(&ours), fields_of(&theirs), "{release} {name}");
        }
    }
}

#[test]
fn mlmodel_is_written_as_promised() {
    let sealed = sealed(TINY, MlflowRelease::V3);
    let identity = Identity {
        model_id: Some("m-e637b9e9ca954c7593d95481ac3c7a90".into()),
        model_uuid: "m-e637b9e9ca954c7593d95481ac3c7a90".into(),
        git_commit: Some("9fceb02d0ae598e95dc970b74767f19372d61af8".into()),
        ..identity()
    };
    let mlmodel = sealed.mlmodel(&identity).unwrap();
    insta::with_settings!({filters => vec![
        (sealed.digest().to_string().as_str(), "[sha256]"),
        (r"model_size_bytes: \d+", "model_size_bytes: [size]"),
        (r"phi3_model.py: \d+", "phi3_model.py: [size]"),
        (env!("CARGO_PKG_VERSION"), "[version]"),
    ]}, {
        insta::assert_snapshot!("mlmodel", String::from_utf8_lossy(&mlmodel.yaml));
    });
}

#[test]
fn the_size_is_counted_as_mlflow_counts_it() {
    let sealed = sealed(TINY, MlflowRelease::V3);
    let counted: u64 = sealed
        .manifest()
        .entries()
        .iter()
        .filter(|entry| {
            let name = entry.path.as_str();
            !matches!(
                name,
                "conda.yaml" | "python_env.yaml" | "requirements.txt" | "SHA256SUMS"
            )
        })
        .map(|entry| entry.size)
        .sum();
    let mlmodel = sealed.mlmodel(&identity()).unwrap();
    let line = format!("\nmodel_size_bytes: {counted}\n");
    assert!(String::from_utf8_lossy(&mlmodel.yaml).contains(&line));
}

#[test]
fn models_of_other_releases_are_read() {
    let read = |name: &str| {
        let text = fs_err::read_to_string(format!("fixtures/mlmodel/{name}.yaml")).unwrap();
        MlModel::parse(&text).unwrap()
    };
    let model = read("3.18.0/transformers-chat");
    assert_eq!(model.flavors.names(), ["python_function", "transformers"]);
    assert_eq!(model.metadata.unwrap()["task"], "llm/v1/chat");
    let inputs = model.signature.unwrap().inputs.unwrap();
    let inputs: Value = serde_json::from_str(&inputs).unwrap();
    assert_eq!(inputs[0]["name"], "messages");
    let model = read("3.18.0/pyfunc-with-params-and-metadata");
    let params: Value = serde_json::from_str(&model.signature.unwrap().params.unwrap()).unwrap();
    assert_eq!(params[3]["default"], json!(["<|end|>"]));
    let model = read("2.22.5/logged");
    assert_eq!(model.artifact_path.as_deref(), Some("model"));
    assert_eq!(model.model_id, None);
    assert_eq!(
        model.run_id.as_deref(),
        Some("45b2e66a436548539665187e0bd1034b")
    );
}

#[test]
fn equal_folders_give_equal_digests_wherever_they_are() {
    let copy = tempfile::tempdir().unwrap();
    for entry in fs_err::read_dir(TINY).unwrap() {
        let path = entry.unwrap().path();
        fs_err::copy(&path, copy.path().join(path.file_name().unwrap())).unwrap();
    }
    let digest = sealed(TINY, MlflowRelease::V3).digest();
    assert_eq!(sealed(copy.path(), MlflowRelease::V3).digest(), digest);
    assert_ne!(sealed(TINY, MlflowRelease::V2).digest(), digest);
    fs_err::write(copy.path().join("LICENSE"), "MIT").unwrap();
    assert_ne!(sealed(copy.path(), MlflowRelease::V3).digest(), digest);
}

#[test]
fn every_byte_is_hashed_once() {
    let (mut hashed, mut announced) = (0, 0);
    let package = Package::build(Path::new(TINY), &Options::default()).unwrap();
    let rendered = package.render(MlflowRelease::V3).unwrap();
    let sealed = rendered.seal(&mut |done, total| (hashed, announced) = (done, total));
    let packed: u64 = sealed
        .unwrap()
        .manifest()
        .entries()
        .iter()
        .filter(|entry| entry.path.as_str().starts_with("artifacts/"))
        .map(|entry| entry.size)
        .sum();
    assert_eq!((hashed, announced), (packed, packed));
}

#[test]
fn sha256sum_confirms_the_model_and_verify_sees_what_changed() {
    let (_guard, model) = packed(MlflowRelease::V3, &Options::default());
    run(Command::new("sha256sum")
        .args(["--check", "--strict", "SHA256SUMS"])
        .current_dir(&model));
    let context = Context::new();
    let verify = || {
        let verify = ["verify", model.to_str().unwrap(), "-o", "json"];
        context.phi3ml(verify).run()
    };
    let verified = verify().expect_success().json();
    let digest = sealed(TINY, MlflowRelease::V3).digest();
    assert_eq!(verified["sha256"], digest.to_string());
    assert_eq!(verified["files"], 13);
    assert_eq!(verified["unlisted"], json!([]));

    fs_err::write(model.join("extra"), "x").unwrap();
    let verified = verify().expect_success().json();
    assert_eq!(verified["unlisted"], json!(["extra"]));
    let says = |expected: &str| _ = verify().expect_code(1).expect_stderr(expected);
    let requirements = model.join("requirements.txt");
    let before = Digest::of_file(&requirements).unwrap().0;
    fs_err::write(&requirements, "torch").unwrap();
    let found = Digest::of(b"torch");
    says(&format!(
        "`requirements.txt`: expected {before}, found {found}"
    ));
    fs_err::remove_file(&requirements).unwrap();
    says("`requirements.txt`: missing");
    fs_err::write(model.join("SHA256SUMS"), "").unwrap();
    says("`SHA256SUMS`: expected");
    fs_err::remove_file(model.join("SHA256SUMS")).unwrap();
    says("no `SHA256SUMS`");
}

#[test]
fn a_file_of_the_user_never_takes_the_place_of_one_that_is_made() {
    let context = Context::new();
    let work = context.path("work");
    let code = "import mlflow\nmlflow.models.set_model(None)\n";
    for made in ["conda.yaml", "MLmodel", "SHA256SUMS", "requirements.txt"] {
        // The file of a model from code is found in the root of the model under its own name.
        let own = work.join(made);
        fs_err::write(&own, code).unwrap();
        let options = Options {
            python_model: Some(own.clone()),
            ..Options::default()
        };
        let package = Package::build(Path::new(TINY), &options);
        let error = package.and_then(|package| package.render(MlflowRelease::V3));
        let error = error.unwrap_err();
        assert!(matches!(error, Error::Reserved { .. }), "{error}");
        let expected = format!(
            "`{}` would be `{made}` in the model, which is another file there",
            own.display()
        );
        assert_eq!(error.to_string(), expected);
        assert_eq!(error.hint().as_deref(), Some("rename it"));
    }
}

/// What makes no sense is said to, by its name; the generator itself would answer with nonsense, or speak of buffers.
const REFUSED: &str = r#"
import sys
import mlflow
model = mlflow.pyfunc.load_model(sys.argv[1])
asked = {"prompt": "What is the capital of Spain?"}
for name, value in [("max_length", 0), ("max_length", -1), ("temperature", -1.0), ("top_k", -1), ("repetition_penalty", 0.0)]:
    try:
        answer = model.predict(asked, params={name: value})
    except ValueError as error:
        assert f"`{name}`" in str(error), error
    else:
        sys.exit(f"{name} {value}: {answer}")
try:
    answer = model.predict({"prompt": None})
except ValueError as error:
    assert "a `prompt` is None" in str(error), error
else:
    sys.exit(f"None: {answer}")
print(model.predict(asked, params={"max_length": 12, "temperature": 0.0, "repetition_penalty": 1.0})[0])
"#;

#[test]
fn settings_that_make_no_sense_are_refused_by_name() {
    let (_guard, model) = packed(MlflowRelease::V3, &Options::default());
    let mut command = python(MlflowRelease::V3);
    let said = run(command.args(["-c", REFUSED]).arg(&model));
    assert_eq!(String::from_utf8_lossy(&said), "The capital\n");
}

#[test]
fn a_model_directory_is_never_overwritten() {
    let (_guard, model) = packed(MlflowRelease::V3, &Options::default());
    let package = Package::build(Path::new(TINY), &Options::default()).unwrap();
    let rendered = package.render(MlflowRelease::V3).unwrap();
    let again = rendered.write_to(&model, &|_| identity(), &mut on_and_on);
    assert!(matches!(again, Err(Error::Exists { .. })), "{again:?}");
    let beside = fs_err::read_dir(model.parent().unwrap()).unwrap().count();
    assert_eq!(beside, 1, "nothing is left beside it");
}

#[test]
fn what_was_packed_can_be_opened() {
    let (_guard, model) = packed(MlflowRelease::V3, &Options::default());
    let opened = package::open(&model).unwrap();
    let artifact = model.join("artifacts/phi3-mini-onnx");
    assert_eq!(opened.genai_folder().unwrap(), artifact);
    let mlmodel = opened.mlmodel().unwrap();
    assert_eq!(mlmodel.run_id, identity().run_id);
    assert_eq!(mlmodel.flavors.names(), ["phi3ml", "python_function"]);
    // The artifact itself is a folder that was never packaged.
    let opened = package::open(&artifact).unwrap();
    assert!(opened.mlmodel().is_none());
    assert_eq!(opened.genai_folder().unwrap(), artifact);
}

#[test]
fn the_artifact_and_the_example_are_the_callers_choice() {
    let options = Options {
        artifact_name: Some("my model".into()),
        python_version: Some("3.12".into()),
        extra_pip_requirements: vec!["accelerate>=1".into()],
        input_example: Choice::None,
        ..Options::default()
    };
    let build = |options: &Options| Package::build(Path::new(TINY), options);
    let rendered = build(&options).unwrap().render(MlflowRelease::V2).unwrap();
    let sealed = rendered.seal(&mut |_, _| ()).unwrap();
    let names: Vec<_> = sealed
        .manifest()
        .entries()
        .iter()
        .map(|entry| entry.path.as_str())
        .collect();
    assert!(names.contains(&"artifacts/my model/model.onnx.data"));
    assert!(!names.contains(&"input_example.json"));
    for artifact_name in ["", "..", "a/b"] {
        let options = Options {
            artifact_name: Some(artifact_name.into()),
            ..Options::default()
        };
        assert!(matches!(
            build(&options),
            Err(Error::BadArtifactName { .. })
        ));
    }
}

/// An error and its causes, one to a line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str("\n  ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

#[test]
fn every_defect_is_named() {
    let mut folders: Vec<_> = fs_err::read_dir("fixtures/broken")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    assert!(folders.len() >= 20, "defects are missing: {folders:?}");
    let told: Vec<_> = folders
        .iter()
        .map(|folder| {
            let name = folder.file_name().unwrap().to_str().unwrap();
            let error = if name.starts_with("mlmodel") {
                package::open(folder)
                    .and_then(|opened| opened.genai_folder())
                    .unwrap_err()
            } else {
                let built = Package::build(folder, &Options::default());
                built
                    .and_then(|package| package.render(MlflowRelease::V3))
                    .and_then(|rendered| rendered.seal(&mut |_, _| ()))
                    .unwrap_err()
            };
            let hint = error.hint().map(|hint| format!("\n  hint: {hint}"));
            let (kind, chain) = (error.kind(), chain(&error));
            format!("{name}: {kind:?}\n  {chain}{}", hint.unwrap_or_default())
        })
        .collect();
    insta::assert_snapshot!("every_defect_is_named", told.join("\n"));
}

#[test]
fn other_sources_are_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| {
        let path = folder.path().join(name);
        fs_err::write(&path, "x").unwrap();
        path
    };
    for (source, found) in [
        (file("model.zip"), "a `.zip` archive"),
        (file("model.txt"), "a file"),
        (
            folder.path().into(),
            "a folder without a `genai_config.json`",
        ),
    ] {
        let error = Package::build(&source, &Options::default()).unwrap_err();
        assert!(matches!(error, Error::Unsupported { .. }), "{error}");
        assert!(
            error.to_string().contains(&format!("is {found}")),
            "{error}"
        );
        assert!(error.hint().is_some());
    }
    let missing = Package::build(Path::new("nowhere"), &Options::default());
    assert!(matches!(missing, Err(Error::NotFound { .. })));
}

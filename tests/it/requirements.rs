//! The environment files of a model: what MLflow makes of the same wishes, and what phi3ml refuses to write.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use phi3ml::package::{MlflowRelease, Options, Package};
use serde_json::{Value, json};

use crate::support::fake::Generation;
use crate::support::python::Python;
use crate::support::scene::{Scene, on_every_ledger};
use crate::support::{CRATE, Context, fixture, phi3_tiny, unique};

const REQUIREMENTS: &str = "# what the model needs\n\
    --extra-index-url https://wheels.example/simple\n\
    PyYAML >= 6 , <7   # a comment\n\
    torch==2.7.1 ; sys_platform == 'linux'\n\
    mylib @ https://wheels.example/mylib-1.0-py3-none-any.whl\n\
    numpy[extra]>=2 \\\n  --hash=sha256:00\n\
    -r more.txt\n-c limits.txt\n";

/// The files that the tests give.
fn files(context: &Context) {
    let work = context.path("work");
    for (name, text) in [
        ("requirements.txt", REQUIREMENTS),
        ("more.txt", "scipy~=1.14\nscipy\n"),
        ("limits.txt", "numpy<3\nprotobuf!=4.21\n"),
        (
            "conda.yaml",
            "name: 'yes'\nchannels: [conda-forge, defaults]\ndependencies:\n- python=3.12.1\n- pip<=25\n- libgomp\n\
             - pip:\n  - onnxruntime-genai==0.18.0\n  - -c limits.txt\n",
        ),
    ] {
        fs_err::write(work.join(name), text).unwrap();
    }
}

fn command<'a>(source: &'a Path, flags: &'a [&'a str], dest: &'a Path) -> Vec<&'a std::ffi::OsStr> {
    let mut arguments = vec!["package".as_ref(), source.as_os_str(), dest.as_os_str()];
    arguments.extend(flags.iter().map(std::ffi::OsStr::new));
    arguments
}

/// Packages the tiny model with these flags, and asks MLflow about the files.
#[track_caller]
fn compare(context: &Context, flags: &[&str], given: &Value, name: &str) -> Value {
    let model = phi3_tiny();
    let dest: PathBuf = context.path("work").join(name);
    context
        .phi3ml(command(&model, flags, &dest))
        .run()
        .expect_success();
    let mut command = Python::mlflow3().command();
    let output = command
        .arg(format!("{CRATE}/tests/python/read_environment.py"))
        .arg(given.to_string())
        .arg(&dest)
        .current_dir(context.path("work"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    let read: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{said}"));
    assert_eq!(read["requirements"], read["expected"], "{name}");
    assert_eq!(read["conda"], read["expected"], "{name}");
    assert_eq!(read["constraints"], read["expected_constraints"], "{name}");
    assert_eq!(read["python_env"]["python"], read["python_of_conda"]);
    assert_eq!(
        read["python_env"]["dependencies"],
        json!(["-r requirements.txt"])
    );
    read
}

#[test]
fn environment_files_say_what_mlflow_makes_of_the_same_wishes() {
    let context = Context::new();
    files(&context);
    let packages = ["onnxruntime-genai==0.18.0", "onnxruntime==1.31.1", "numpy"];
    let flags = [
        "--extra-pip-requirement",
        "numpy>=2",
        "--extra-pip-requirement",
        "-r more.txt",
    ];
    let given = json!({"packages": packages, "extra": ["numpy>=2", "-r more.txt"]});
    compare(&context, &flags, &given, "extra");
    let flags = [
        "--pip-requirements",
        "requirements.txt",
        "--python-version",
        "3.10",
    ];
    let given = json!({"pip_requirements": "requirements.txt"});
    let read = compare(&context, &flags, &given, "file");
    assert_eq!(read["python_env"]["python"], "3.10");
    let text = fs_err::read_to_string(context.path("work/file/requirements.txt")).unwrap();
    assert!(
        text.contains("--extra-index-url https://wheels.example/simple\n"),
        "{text}"
    );
    let read = compare(
        &context,
        &["--conda-env", "conda.yaml"],
        &json!({"conda_env": "conda.yaml"}),
        "conda",
    );
    assert_eq!(read["conda_rest"], read["expected_rest"]);
    assert_eq!(read["name"], "yes");
    assert_eq!(read["python_env"]["python"], "3.12.1");
    let mlmodel = fs_err::read_to_string(context.path("work/conda/MLmodel")).unwrap();
    assert!(mlmodel.contains("python_version: \"3.12.1\""), "{mlmodel}");
}

#[test]
fn a_constraint_file_travels_with_the_model() {
    let context = Context::new();
    files(&context);
    let model = phi3_tiny();
    let dest = context.path("work/model");
    let flags = ["--constraint", "limits.txt"];
    context
        .phi3ml(command(&model, &flags, &dest))
        .run()
        .expect_success();
    let read = |name: &str| fs_err::read_to_string(dest.join(name)).unwrap();
    assert!(read("requirements.txt").ends_with("\n-c constraints.txt"));
    assert_eq!(read("constraints.txt"), "numpy<3\nprotobuf!=4.21");
    assert!(read("SHA256SUMS").contains("  constraints.txt\n"));
}

#[test]
fn what_cannot_be_fulfilled_is_refused_by_name_and_secrets_are_not_repeated() {
    let context = Context::new();
    files(&context);
    let model = phi3_tiny();
    let work = context.path("work");
    let secret = "--index-url https://ann:hunter2@wheels.example/simple\n";
    fs_err::write(work.join("secret.txt"), secret).unwrap();
    let channel =
        "dependencies:\n- python=3.11\nchannels:\n- https://conda.example/t/hunter2/main\n";
    fs_err::write(work.join("secret.yaml"), channel).unwrap();
    let token = "mylib @ git+https://hunter2@git.example/mylib.git";
    for (flags, expected) in [
        (
            ["--pip-requirements", "secret.txt"],
            "`--index-url https://***@wheels.example/simple` holds credentials",
        ),
        (
            ["--extra-pip-requirement", token],
            "`mylib @ git+https://***@git.example/mylib.git` holds credentials",
        ),
        (
            ["--conda-env", "secret.yaml"],
            "`https://conda.example/t/***/main` holds credentials",
        ),
        (
            ["--extra-pip-requirement", "onnxruntime==1.20"],
            "`onnxruntime==1.31.1` and `onnxruntime==1.20` exclude each other",
        ),
        (
            ["--extra-pip-requirement", "numpy=2"],
            "`numpy=2` is not a requirement",
        ),
        (
            ["--pip-requirements", "nowhere.txt"],
            "cannot read `nowhere.txt`",
        ),
        (
            ["--python-version", "latest"],
            "write a version such as 3.11",
        ),
    ] {
        let dest = work.join("never");
        let refused = context.phi3ml(command(&model, &flags, &dest)).run();
        assert!(refused.stderr.contains(expected), "{flags:?}: {refused}");
        assert!(!refused.stderr.contains("hunter2"), "{refused}");
        assert!(!dest.exists());
        let names_variables = refused.stderr.contains("PIP_INDEX_URL");
        assert_eq!(
            expected.contains("credentials"),
            names_variables,
            "{refused}"
        );
    }
}

#[test]
fn requirements_change_as_mlflow_changes_them() {
    let changes = [
        &["add", "numpy==2.1", "torch>=2"][..],
        &["add", "onnxruntime[extra]>=1.23,<2; python_version<'4'"],
        &["remove", "numpy>=9", "onnxruntime"],
        &["remove", "nothing"],
        &["add", "a>1", "a", "b"],
    ];
    for (python, release) in [(Python::mlflow3(), "3"), (Python::mlflow2(), "2")] {
        let context = Context::new();
        let mut lines = Vec::new();
        for (at, change) in changes.iter().enumerate() {
            let model = context.copy_of(&phi3_tiny(), &format!("source-{at}"));
            let ours = context.path("work").join(format!("ours-{at}"));
            let package = command(&model, &[], &ours);
            context.phi3ml(package).run().expect_success();
            let theirs = context.copy_of(&ours, &format!("theirs-{at}"));
            let mut arguments = vec!["models", "update-pip-requirements", ours.to_str().unwrap()];
            arguments.extend(*change);
            context.phi3ml(arguments).run().expect_success();
            let verify = ["verify", ours.to_str().unwrap(), "-o", "json"];
            let verified = context.phi3ml(verify).run().expect_success().json();
            assert_eq!(verified["unlisted"], json!([]));
            let mlmodel = fs_err::read_to_string(ours.join("MLmodel")).unwrap();
            let mlmodel: Value = serde_yaml::from_str(&mlmodel).unwrap();
            assert_eq!(mlmodel["phi3ml"]["manifest_sha256"], verified["sha256"]);
            let mut line = vec![json!(theirs), json!(ours)];
            line.extend(change.iter().map(|it| json!(it)));
            lines.push(Value::from(line).to_string());
        }
        let script = format!("{CRATE}/tests/python/update_requirements.py");
        let mut child = python
            .command()
            .arg(script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(lines.join("\n").as_bytes()).unwrap();
        drop(stdin);
        let output = child.wait_with_output().unwrap();
        let told = String::from_utf8(output.stdout).unwrap();
        assert_eq!(
            told.lines().count(),
            changes.len(),
            "MLflow {release}: {told}"
        );
        for (told, change) in std::iter::zip(told.lines(), changes) {
            let told: Value = serde_json::from_str(told).unwrap();
            assert_eq!(told["ours"], told["theirs"], "MLflow {release}: {change:?}");
        }
    }
}

#[test]
fn a_change_of_requirements_touches_nothing_else() {
    let context = Context::new();
    let model = context.path("work/model");
    context
        .phi3ml(command(&phi3_tiny(), &[], &model))
        .run()
        .expect_success();
    let mlmodel = model.join("MLmodel");
    let foreign = "custom: 2024-01-01\nodd: {yes: 12:30}\n";
    let text = fs_err::read_to_string(&mlmodel).unwrap();
    fs_err::write(&mlmodel, format!("{text}{foreign}")).unwrap();
    let before = fs_err::read_to_string(&mlmodel).unwrap();
    let change = |flags: &[&str]| {
        let model = model.to_str().unwrap();
        let mut arguments = vec!["models", "update-pip-requirements", model];
        arguments.extend(flags);
        context.phi3ml(arguments).run()
    };
    let planned = change(&["add", "torch", "--dry-run"]).expect_success();
    assert!(planned.stderr.contains("would write"), "{planned}");
    assert_eq!(fs_err::read_to_string(&mlmodel).unwrap(), before);

    let done = change(&["add", "torch", "-o", "json"]).expect_success();
    let done: Value = serde_json::from_str(&done.stdout).unwrap();
    assert_eq!(
        done["files"],
        json!(["requirements.txt", "conda.yaml", "SHA256SUMS", "MLmodel"])
    );
    assert_eq!(done["requirements"][4], "torch");
    let after = fs_err::read_to_string(&mlmodel).unwrap();
    assert!(after.ends_with(foreign), "{after}");
    let differing =
        std::iter::zip(before.lines(), after.lines()).filter(|(one, other)| one != other);
    let differing: Vec<_> = differing
        .map(|(one, _)| one.trim().split(':').next().unwrap())
        .collect();
    assert_eq!(
        differing,
        ["manifest_sha256", "conda.yaml", "requirements.txt"]
    );

    let again = change(&["add", "torch", "-o", "json"]).expect_success();
    let again: Value = serde_json::from_str(&again.stdout).unwrap();
    assert_eq!(again["files"], json!([]));
    let unknown = change(&["remove", "nothing"]).expect_success();
    assert!(
        unknown
            .stderr
            .contains("`nothing` is none of the requirements"),
        "{unknown}"
    );
    let wrong = change(&["add", "-r x.txt"]);
    assert!(wrong.stderr.contains("unexpected argument"), "{wrong}");
    let wrong = change(&["add", "./wheel.whl"]).expect_code(2);
    assert!(wrong.stderr.contains("is not a requirement"), "{wrong}");
    fs_err::write(model.join("requirements.txt"), "numpy").unwrap();
    let changed = change(&["add", "scipy"]).expect_code(1);
    assert!(
        changed.stderr.contains("`requirements.txt` has the digest"),
        "{changed}"
    );
}

/// Where the digest of a model is noted.
const DIGEST: &str = "phi3ml.sha256";

on_every_ledger!(a_logged_model_changes_where_it_is);

/// By its version, and then by its run: what is downloaded afterwards is whole, and every tag knows it.
fn a_logged_model_changes_where_it_is(scene: &Scene) {
    let name = unique("requirements");
    let source = phi3_tiny();
    let logged = [
        "log-model",
        source.to_str().unwrap(),
        "--register",
        &name,
        "-o",
        "json",
    ];
    let logged = scene.context.phi3ml(logged).run().expect_success().json();
    let registered = format!("models:/{name}/1");
    let again = ["register", logged["model_uri"].as_str().unwrap(), &name];
    scene.context.phi3ml(again).run().expect_success();
    let of_run = format!("runs:/{}/model", logged["run_id"].as_str().unwrap());
    let mut digest = logged["sha256"].clone();
    for (at, (uri, operation, requirement)) in [
        (&registered, "add", "torch==2.7.1"),
        (&of_run, "remove", "numpy"),
    ]
    .into_iter()
    .enumerate()
    {
        let change = [
            "models",
            "update-pip-requirements",
            uri.as_str(),
            operation,
            requirement,
        ];
        let dry = scene
            .context
            .phi3ml(change)
            .args(["--dry-run"])
            .run()
            .expect_success();
        assert!(dry.stderr.contains("requirements.txt"), "{dry}");
        let changed = scene
            .context
            .phi3ml(change)
            .args(["-o", "json"])
            .run()
            .expect_success()
            .json();
        assert_ne!(changed["sha256"], digest);
        digest = changed["sha256"].clone();
        let folder = scene.context.path("work").join(format!("downloaded-{at}"));
        let download = [
            "models",
            "download",
            &registered,
            "-d",
            folder.to_str().unwrap(),
        ];
        scene.context.phi3ml(download).run().expect_success();
        let verify = ["verify", folder.to_str().unwrap(), "-o", "json"];
        let verified = scene.context.phi3ml(verify).run().expect_success();
        assert_eq!(verified.json()["sha256"], digest);
        for version in ["1", "2"] {
            let version = scene.api().version(&name, version);
            assert_eq!(version["tags"][DIGEST], digest, "{version}");
        }
    }
    if scene.generation == Generation::Three {
        let model = scene
            .api()
            .logged_model(logged["model_id"].as_str().unwrap());
        assert_eq!(model["tags"][DIGEST], digest, "{model}");
    } else {
        let run = scene.api().run(logged["run_id"].as_str().unwrap());
        assert_eq!(run["data"]["tags"][DIGEST], digest, "{run}");
    }
    let text = String::from_utf8(
        scene
            .api()
            .artifact(logged["artifact_uri"].as_str().unwrap(), "requirements.txt"),
    );
    let text = text.unwrap();
    assert!(
        text.contains("torch==2.7.1") && !text.contains("numpy"),
        "{text}"
    );
}

/// What YAML 1.1 takes for something else, in all files that are written and written again.
#[test]
fn texts_that_yaml_misreads_survive() {
    let context = Context::new();
    let work = context.path("work");
    let battery = fixture("yaml/values.json");
    let values: Value = serde_json::from_slice(&fs_err::read(&battery).unwrap()).unwrap();
    let env = json!({
        "name": "12:30",
        "channels": values["strings"],
        "dependencies": ["python=3.11", "1e3", {"pip": ["numpy"]}],
        "variables": values["keys"],
    });
    fs_err::write(work.join("env.yaml"), env.to_string()).unwrap();
    let default =
        json!([{"name": "yes", "default": values["strings"], "shape": [-1], "type": "string"}]);
    fs_err::write(
        work.join("signature.json"),
        json!({"params": default}).to_string(),
    )
    .unwrap();
    let model = work.join("model");
    let metadata = format!("@{}", battery.display());
    let flags = [
        "--metadata",
        &metadata,
        "--conda-env",
        "env.yaml",
        "--signature",
        "@signature.json",
    ];
    let source = phi3_tiny();
    context
        .phi3ml(command(&source, &flags, &model))
        .run()
        .expect_success();
    let update = [
        "models",
        "update-pip-requirements",
        model.to_str().unwrap(),
        "add",
        "torch",
    ];
    for step in 0..2 {
        let strings = work.join("strings.json");
        fs_err::write(&strings, values["strings"].to_string()).unwrap();
        let keys = work.join("keys.json");
        fs_err::write(&keys, values["keys"].to_string()).unwrap();
        let (mlmodel, conda) = (model.join("MLmodel"), model.join("conda.yaml"));
        for (expected, file, key) in [
            (&battery, &mlmodel, "metadata"),
            (&strings, &conda, "channels"),
            (&keys, &conda, "variables"),
        ] {
            let output = Python::mlflow3()
                .command()
                .arg(format!("{CRATE}/tests/python/read_yaml.py"))
                .args([expected, file])
                .arg(key)
                .output()
                .unwrap();
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{step} {key}: {said}");
        }
        let read = phi3ml::package::open(&model).unwrap();
        let signature = read.mlmodel().unwrap().signature.as_ref().unwrap();
        let params: Value = serde_json::from_str(signature.params.as_ref().unwrap()).unwrap();
        assert_eq!(params[0]["default"], values["strings"]);
        if step == 0 {
            context.phi3ml(update).run().expect_success();
        }
    }
}

/// Requirements in all sorts of spellings, most of them with something wrong.
fn spellings() -> Vec<String> {
    let names = ["a", "A.b_c", "a[x, y]", "a[]", "a[x,]", "a[x y]", "a[x"];
    let versions = [
        "",
        "==1",
        "== 1.0-1",
        ">=1,<2",
        ">=1,",
        ">=1,,<2",
        "(>=1,<2)",
        "(>=1",
        ">=1)",
        "=1",
        "~=1",
        "~=1.4",
        "==1.*",
        ">=1.*",
        "==1.0.*.*",
        "==1.0a1.*",
        "==1+cu128",
        ">1+cu128",
        "!=v1!2.0rc1.post2.dev3",
        ">=1.x",
        "===weird",
        "==",
        ">= ",
        "<>1",
    ];
    let markers = [
        "",
        "python_version<'3.9'",
        "python_version << '3.9'",
        "foo == 'x'",
        "python_version >= 3",
        "python_version >= '3' and",
        "(python_version >= '3'",
        "python_version >= '3')",
        "'3' == '3'",
        "(os.name == \"nt\" or sys_platform not  in 'x y') and 'x' in extras",
        "python_version=='3'or os_name=='x'",
        "python_version",
        "extra == 'x",
    ];
    let mut texts = Vec::new();
    for name in names {
        texts.extend(versions.iter().map(|version| format!("{name}{version}")));
    }
    for version in versions {
        let marked = markers.iter().filter(|marker| !marker.is_empty());
        texts.extend(marked.map(|marker| format!("a{version}; {marker}")));
    }
    texts
}

#[test]
fn what_pip_cannot_read_is_refused_and_nothing_else_is() {
    let texts = spellings();
    let script = "import json, sys\n\
                  from packaging.requirements import InvalidRequirement, Requirement\n\
                  def is_one(text):\n    \
                      try:\n        \
                          return bool(Requirement(text))\n    \
                      except InvalidRequirement:\n        \
                          return False\n\
                  print(json.dumps([is_one(text) for text in json.loads(sys.argv[1])]))";
    let asked = json!(texts).to_string();
    let asked = Python::mlflow3()
        .command()
        .args(["-c", script, &asked])
        .output();
    let expected: Vec<bool> = serde_json::from_slice(&asked.unwrap().stdout).unwrap();
    assert!(expected.iter().filter(|is_one| **is_one).count() > 60);
    for (text, is_one) in std::iter::zip(texts, expected) {
        let options = Options {
            extra_pip_requirements: vec![text.clone()],
            ..Options::default()
        };
        let package = Package::build(&phi3_tiny(), &options);
        let made = package.and_then(|package| package.render(MlflowRelease::V3));
        assert_eq!(made.is_ok(), is_one, "{text}: {:?}", made.err());
    }
}

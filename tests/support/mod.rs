//! What the tests share: a tidy place to run the binary in, servers to talk to, Python to check with.
//!
//! It does not assert anything about phi3ml itself.
//!
//! | file | what it gives |
//! | --- | --- |
//! | `mod.rs` | [`Context`]: a home of its own, an emptied environment |
//! | `process.rs` | [`process::Phi3ml`] and [`process::Finished`]: run the binary, look at what it said |
//! | `filters.rs` | what changes from run to run, taken out of snapshots |
//! | `api.rs` | [`api::Api`]: the server's state as its REST interface tells it |
//! | `python.rs` | [`python::Python`]: the two pinned virtual environments |
//! | `generator.rs` | models opened through the library, and one answer of theirs |
//! | `mlflow.rs` | real MLflow servers, one of each sort for the whole test process |
//! | `server.rs` | what listens inside the test process until it is dropped |
//! | `tls.rs` | encrypted doors in front of servers, and a proxy |
//! | `azurite.rs` | Azure Blob Storage's emulator (full ring) |
//! | `s3.rs` | an S3 server that checks signatures |
//! | `fake/` | a fake MLflow with memory, which can also fail on purpose |
//! | `weather.rs` | a proxy before a real server that spoils requests at random |
//! | `scene.rs` | [`scene::Scene`]: a context and a server; one test on every server |

pub(crate) mod api;
#[cfg(feature = "cloud")]
pub(crate) mod azurite;
pub(crate) mod fake;
pub(crate) mod filters;
pub(crate) mod generator;
pub(crate) mod mlflow;
pub(crate) mod process;
pub(crate) mod python;
pub(crate) mod s3;
pub(crate) mod scene;
pub(crate) mod server;
pub(crate) mod tls;
pub(crate) mod weather;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::Value;
use tempfile::TempDir;

use process::Phi3ml;
use python::Python;

/// Where this crate lies.
pub(crate) const CRATE: &str = env!("CARGO_MANIFEST_DIR");

/// The prompt of the main job, and what a right answer holds.
pub(crate) const PROMPT: &str = "What is the capital of Spain?";
/// The whole answer of `phi3-tiny` to [`PROMPT`].
pub(crate) const ANSWER: &str = "The capital of Spain is Madrid.";

/// A fixture by its path below `fixtures/`.
pub(crate) fn fixture(path: &str) -> PathBuf {
    Path::new(CRATE).join("fixtures").join(path)
}

/// The trained int4 Phi-3 that answers twenty questions.
pub(crate) fn phi3_tiny() -> PathBuf {
    fixture("models/phi3-tiny")
}

/// Changes the `genai_config.json` of the model in `folder`.
pub(crate) fn configure(folder: &Path, edit: impl FnOnce(&mut Value)) {
    let path = folder.join("genai_config.json");
    let mut config = serde_json::from_slice(&fs_err::read(&path).unwrap()).unwrap();
    edit(&mut config);
    fs_err::write(path, config.to_string()).unwrap();
}

/// A variable of the test process's own environment.
#[expect(
    clippy::disallowed_methods,
    reason = "the tests' one door to their environment"
)]
pub(crate) fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Whether the slow ring was asked for; says on stderr which group is left out if not.
pub(crate) fn full_ring(group: &str) -> bool {
    let full = environment("PHI3ML_TEST").as_deref() == Some("full");
    if !full {
        note(&format!("skipped: {group} (PHI3ML_TEST=full runs it)"));
    }
    full
}

/// A name that no other test uses: real servers are shared.
pub(crate) fn unique(stem: &str) -> String {
    static COUNTER: AtomicU32 = AtomicU32::new(0);
    let count = COUNTER.fetch_add(1, Ordering::Relaxed);
    format!("{stem}-{}-{count}", std::process::id())
}

/// One line on the terminal, past the capturing of test output.
pub(crate) fn note(line: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "phi3ml tests: {line}");
}

/// A place of its own for one test: home, cache, data and state folders, and a working directory.
#[derive(Debug)]
pub(crate) struct Context {
    root: TempDir,
    variables: Vec<(String, String)>,
}

impl Context {
    /// An empty place. The environment of the binary holds nothing but where this place is.
    pub(crate) fn new() -> Self {
        let root = TempDir::with_prefix("phi3ml-test-").unwrap();
        for folder in ["home", "cache", "data", "state", "work", "bin", "tmp"] {
            fs_err::create_dir(root.path().join(folder)).unwrap();
        }
        link_program("git", &root.path().join("bin"));
        let mut context = Self {
            root,
            variables: Vec::new(),
        };
        // A PATH of its own: no Python on it, so that no test finds the machine's ONNX Runtime by chance.
        context.set("PATH", context.path("bin"));
        context.set("HOME", context.path("home"));
        context.set("TMPDIR", context.path("tmp"));
        for (variable, folder) in [
            ("XDG_CACHE_HOME", "home/.cache"),
            ("XDG_DATA_HOME", "home/.local/share"),
            ("XDG_STATE_HOME", "home/.local/state"),
            ("XDG_CONFIG_HOME", "home/.config"),
            ("PHI3ML_CACHE_DIR", "cache"),
            ("PHI3ML_DATA_DIR", "data"),
            ("PHI3ML_STATE_DIR", "state"),
        ] {
            context.set(variable, context.path(folder));
        }
        context
    }

    /// A path below this place.
    pub(crate) fn path(&self, below: &str) -> PathBuf {
        self.root.path().join(below)
    }

    /// Sets a variable for every later run of the binary.
    pub(crate) fn set(&mut self, name: &str, value: impl AsRef<std::ffi::OsStr>) {
        let value = value
            .as_ref()
            .to_str()
            .expect("test paths are UTF-8")
            .to_owned();
        self.variables.retain(|(known, _)| known != name);
        self.variables.push((name.to_owned(), value));
    }

    /// With the ONNX Runtime library of the MLflow 3 environment, as `ORT_DYLIB_PATH`.
    pub(crate) fn with_onnx_runtime(mut self) -> Self {
        self.set("ORT_DYLIB_PATH", Python::mlflow3().onnx_runtime());
        self
    }

    /// The binary with these arguments, not yet started.
    pub(crate) fn phi3ml<I>(&self, arguments: I) -> Phi3ml
    where
        I: IntoIterator,
        I::Item: AsRef<std::ffi::OsStr>,
    {
        Phi3ml::new(&self.variables, &self.path("work"), arguments)
    }

    /// A copy of a fixture's folder inside this place, to be changed at will.
    pub(crate) fn copy_of(&self, folder: &Path, name: &str) -> PathBuf {
        let copy = self.path("work").join(name);
        copy_folder(folder, &copy);
        copy
    }

    /// A text without what changes from run to run.
    pub(crate) fn filtered(&self, text: &str) -> String {
        filters::apply(text, self.root.path())
    }
}

fn link_program(name: &str, folder: &Path) {
    let path = environment("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path)
        .map(|place| place.join(name))
        .find(|it| it.is_file());
    if let Some(program) = found {
        #[cfg(unix)]
        std::os::unix::fs::symlink(program, folder.join(name)).unwrap();
    }
}

fn copy_folder(from: &Path, to: &Path) {
    fs_err::create_dir_all(to).unwrap();
    for entry in fs_err::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs_err::copy(entry.path(), target).unwrap();
        }
    }
}

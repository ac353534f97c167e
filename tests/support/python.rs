//! The pinned virtual environments, made once and kept under the user's cache folder.
//!
//! It does not decide what is in them: `tests/python/mlflow3.txt` and its neighbours do.
//!
//! An environment is built where it stays, since its programs carry its absolute path; the file
//! `complete` is written last. Whoever finds it missing, under the lock, starts from nothing. So a
//! build that was killed half-way is never taken for a whole one.

use std::io::BufRead as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::OnceLock;

use phi3ml::digest::Digest;
use serde_json::Value;
use tempfile::TempDir;

use super::{CRATE, environment, note};

const NEEDED: &str = "these tests need `python3` (3.10 or newer) with `venv` and `pip`: install them with your system's \
                      package manager (Debian, Ubuntu: `apt install python3 python3-venv python3-pip`)";

/// One virtual environment.
#[derive(Debug)]
pub(crate) struct Python {
    root: PathBuf,
    fork_server: OnceLock<ForkServer>,
}

/// An interpreter that has imported MLflow already; ends when its standard input closes.
#[derive(Debug)]
struct ForkServer {
    socket: PathBuf,
    _process: Child,
}

impl Python {
    /// MLflow 3.x with onnxruntime-genai.
    pub(crate) fn mlflow3() -> &'static Self {
        static PYTHON: OnceLock<Result<Python, String>> = OnceLock::new();
        ready(PYTHON.get_or_init(|| Self::open("mlflow3")))
    }

    /// MLflow 2.x with onnxruntime-genai.
    pub(crate) fn mlflow2() -> &'static Self {
        static PYTHON: OnceLock<Result<Python, String>> = OnceLock::new();
        ready(PYTHON.get_or_init(|| Self::open("mlflow2")))
    }

    /// MLflow 3.x with Transformers: only for the full ring.
    pub(crate) fn transformers() -> &'static Self {
        static PYTHON: OnceLock<Result<Python, String>> = OnceLock::new();
        ready(PYTHON.get_or_init(|| Self::open("transformers")))
    }

    /// MLflow 2.x with the Transformers it knows: only for the full ring.
    pub(crate) fn transformers2() -> &'static Self {
        static PYTHON: OnceLock<Result<Python, String>> = OnceLock::new();
        ready(PYTHON.get_or_init(|| Self::open("transformers2")))
    }

    /// Its interpreter.
    pub(crate) fn interpreter(&self) -> PathBuf {
        self.root.join("bin").join("python")
    }

    /// The ONNX Runtime library that pip brought.
    pub(crate) fn onnx_runtime(&self) -> PathBuf {
        let library = |folder: PathBuf| {
            let capi = folder.join("site-packages/onnxruntime/capi");
            let mut entries = fs_err::read_dir(capi).ok()?.filter_map(Result::ok);
            entries.find_map(|it| {
                let name = it.file_name().into_string().ok()?;
                name.starts_with("libonnxruntime.").then(|| it.path())
            })
        };
        fs_err::read_dir(self.root.join("lib"))
            .unwrap()
            .filter_map(Result::ok)
            .find_map(|python| library(python.path()))
            .expect("the environment holds onnxruntime")
    }

    /// What stands for the interpreter: a program runs in a fork of one that has imported MLflow already.
    pub(crate) fn command(&self) -> Command {
        let server = self.fork_server.get_or_init(|| self.start_fork_server());
        let mut command = self.new_interpreter();
        // Without `site` it starts in a tenth of the time.
        command
            .args(["-S", "-E"])
            .arg(script("fork_client.py"))
            .arg(&server.socket);
        command
    }

    fn start_fork_server(&self) -> ForkServer {
        let folder = TempDir::with_prefix("phi3ml-python-").unwrap().keep();
        let socket = folder.join("socket");
        let mut command = self.new_interpreter();
        command.arg(script("fork_server.py")).arg(&socket);
        // In a group of its own, so that Ctrl-C at a terminal leaves it time to end its children.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut process = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = String::new();
        let mut stdout = std::io::BufReader::new(process.stdout.take().unwrap());
        stdout.read_line(&mut said).unwrap();
        assert_eq!(said, "ready\n", "the interpreter did not start");
        ForkServer {
            socket,
            _process: process,
        }
    }

    /// The interpreter, with no trace of the caller's own MLflow settings. It starts where MLflow, which makes a
    /// store of files wherever it is, spoils nothing.
    fn new_interpreter(&self) -> Command {
        let mut command = Command::new(self.interpreter());
        command.current_dir(env!("CARGO_TARGET_TMPDIR"));
        self.prepare(&mut command);
        command
    }

    /// Gives a command this environment: its programs first on `PATH`, MLflow's variables gone.
    pub(crate) fn prepare(&self, command: &mut Command) {
        let path = environment("PATH").unwrap_or_default();
        let places = std::iter::once(self.root.join("bin")).chain(std::env::split_paths(&path));
        command.env("PATH", std::env::join_paths(places).unwrap());
        for (name, _) in std::env::vars_os() {
            let known = name.to_string_lossy();
            if [
                "MLFLOW_",
                "_MLFLOW_",
                "PYTHON",
                "VIRTUAL_ENV",
                "PIP_",
                "http_proxy",
                "HTTP_PROXY",
            ]
            .iter()
            .any(|prefix| known.starts_with(prefix))
            {
                command.env_remove(&name);
            }
        }
        command
            .env("MLFLOW_DISABLE_TELEMETRY", "true")
            .env("DO_NOT_TRACK", "true")
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env("NO_PROXY", "127.0.0.1,localhost");
    }

    /// Runs a script of `tests/python` with variables that say which server and as whom; its last line of output,
    /// as JSON.
    #[track_caller]
    pub(crate) fn script(
        &self,
        name: &str,
        variables: &[(String, String)],
        arguments: &[&str],
    ) -> Value {
        let output = self
            .command()
            .arg(script(name))
            .args(arguments)
            .envs(variables.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let stdout = String::from_utf8_lossy(&output.stdout);
        let last = stdout
            .lines()
            .rfind(|line| !line.trim().is_empty())
            .unwrap_or_default();
        match serde_json::from_str(last) {
            Ok(value) if output.status.success() => value,
            _ => panic!("`{name} {}` failed: {}", arguments.join(" "), said(&output)),
        }
    }

    /// The folder of packages that the basic-auth server needs besides; for `PYTHONPATH`.
    pub(crate) fn auth_packages(&self) -> Result<PathBuf, String> {
        let (requirements, folder, _lock) = place("auth")?;
        if !folder.join("complete").exists() {
            let mut install = Command::new(self.interpreter());
            install.args(["-m", "pip", "install", "--quiet", "--no-deps"]);
            install.args(["--disable-pip-version-check", "--upgrade", "--target"]);
            install.arg(&folder).arg("--requirement").arg(requirements);
            finished(install, "pip could not install what the tests need")?;
            fs_err::write(folder.join("complete"), "").map_err(|error| error.to_string())?;
        }
        Ok(folder)
    }

    fn open(name: &str) -> Result<Self, String> {
        let (requirements, folder, _lock) = place(name)?;
        let python = Self {
            root: folder,
            fork_server: OnceLock::new(),
        };
        if !python.is_complete() {
            python.build(&requirements)?;
        }
        Ok(python)
    }

    /// A folder of further packages for `PYTHONPATH`, as `tests/python/NAME.txt` lists them.
    pub(crate) fn packages(&self, name: &str, with_dependencies: bool) -> PathBuf {
        let list = Path::new(CRATE)
            .join("tests/python")
            .join(format!("{name}.txt"));
        let text = fs_err::read(&list).unwrap();
        let digest: String = Digest::of(&text).to_string().chars().take(12).collect();
        let environment = self.root.file_name().unwrap().to_string_lossy();
        let folder = cache()
            .unwrap()
            .join(format!("{name}-for-{environment}-{digest}"));
        let lock = fs_err::File::create(format!("{}.lock", folder.display())).unwrap();
        lock.file().lock().unwrap();
        if !folder.join("complete").exists() {
            note(&format!("fetching {name} into {}", folder.display()));
            _ = fs_err::remove_dir_all(&folder);
            let mut install = Command::new(self.interpreter());
            install.args([
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
            ]);
            if !with_dependencies {
                install.arg("--no-deps");
            }
            install.arg("--target").arg(&folder);
            install.arg("--requirement").arg(&list);
            finished(install, "pip could not install what the tests need").unwrap();
            fs_err::write(folder.join("complete"), "").unwrap();
        }
        folder
    }

    fn is_complete(&self) -> bool {
        // The interpreter is a link: it may have gone with the Python it was made from.
        let runs = || {
            let status = self.new_interpreter().args(["-c", "pass"]).status();
            status.is_ok_and(|status| status.success())
        };
        self.root.join("complete").exists() && runs()
    }

    fn build(&self, requirements: &Path) -> Result<(), String> {
        let folder = self.root.display();
        note(&format!(
            "making a Python environment in {folder} (about 850 MB, a minute or two; with Transformers several GB)"
        ));
        if self.root.exists() {
            fs_err::remove_dir_all(&self.root).map_err(|error| error.to_string())?;
        }
        // With the caller's own pip settings: mirrors, proxies and certificates are theirs to choose.
        let mut create = Command::new("python3");
        create.args(["-m", "venv"]).arg(&self.root);
        finished(create, NEEDED)?;
        let mut install = Command::new(self.interpreter());
        install.args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ]);
        install.arg("--requirement").arg(requirements);
        finished(install, "pip could not install what the tests need")?;
        fs_err::write(self.root.join("complete"), "").map_err(|error| error.to_string())
    }
}

/// A list of packages, the folder that is for them, and a lock that is held until the folder is whole: two test
/// processes build it once.
fn place(name: &str) -> Result<(PathBuf, PathBuf, fs_err::File), String> {
    let requirements = Path::new(CRATE)
        .join("tests/python")
        .join(format!("{name}.txt"));
    let text = fs_err::read(&requirements).map_err(|error| error.to_string())?;
    let version = python_version()?;
    let digest: String = Digest::of(&text).to_string().chars().take(12).collect();
    let folder = cache()?.join(format!("{name}-python{version}-{digest}"));
    fs_err::create_dir_all(folder.parent().unwrap()).map_err(|error| error.to_string())?;
    let lock = fs_err::File::create(format!("{}.lock", folder.display()));
    let lock = lock.map_err(|error| error.to_string())?;
    lock.file()
        .lock()
        .map_err(|error| format!("cannot lock: {error}"))?;
    Ok((requirements, folder, lock))
}

/// A program of `tests/python`.
fn script(name: &str) -> PathBuf {
    Path::new(CRATE).join("tests/python").join(name)
}

#[track_caller]
fn ready(python: &'static Result<Python, String>) -> &'static Python {
    python.as_ref().unwrap_or_else(|reason| panic!("{reason}"))
}

/// Where the tests keep what they fetched.
pub(crate) fn cache() -> Result<PathBuf, String> {
    let home = || environment("HOME").map(|home| Path::new(&home).join(".cache"));
    let cache = environment("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(home);
    let cache = cache.ok_or("neither XDG_CACHE_HOME nor HOME is set")?;
    Ok(cache.join("phi3ml-tests"))
}

fn python_version() -> Result<String, String> {
    let ask = "import platform, sys; print(platform.python_version()); sys.exit(sys.version_info < (3, 10))";
    let mut command = Command::new("python3");
    command.args(["-c", ask]);
    let output = finished(command, NEEDED)?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn finished(mut command: Command, advice: &str) -> Result<Output, String> {
    let shown = format!("{command:?}");
    let failed = |reason: String| format!("{advice}\n`{shown}`: {reason}");
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| failed(error.to_string()))?;
    if output.status.success() {
        Ok(output)
    } else {
        Err(failed(said(&output)))
    }
}

fn said(output: &Output) -> String {
    let stdout = String::from_utf8_lossy(&output.stdout);
    let stderr = String::from_utf8_lossy(&output.stderr);
    format!("{}\n{stdout}\n{stderr}", output.status)
}

//! Runs the binary and keeps what it said.
//!
//! It knows nothing of servers; a run that takes longer than two minutes is ended and fails the test.

use std::ffi::{OsStr, OsString};
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

const PATIENCE: Duration = Duration::from_mins(2);

/// The binary with its arguments and environment, not yet started.
#[derive(Debug)]
pub(crate) struct Phi3ml {
    arguments: Vec<OsString>,
    variables: Vec<(String, String)>,
    directory: PathBuf,
    stdin: String,
    stdout: Option<PathBuf>,
    /// No file may grow beyond so many bytes.
    file_limit: Option<u64>,
    /// As somebody who owns nothing.
    is_nobody: bool,
    /// How long it may run.
    patience: Duration,
}

impl Phi3ml {
    pub(crate) fn new<I>(variables: &[(String, String)], directory: &Path, arguments: I) -> Self
    where
        I: IntoIterator,
        I::Item: AsRef<OsStr>,
    {
        Self {
            arguments: arguments
                .into_iter()
                .map(|it| it.as_ref().to_owned())
                .collect(),
            variables: variables.to_vec(),
            directory: directory.to_owned(),
            stdin: String::new(),
            stdout: None,
            file_limit: None,
            is_nobody: false,
            patience: PATIENCE,
        }
    }

    /// May take so long, where others are taken for stuck.
    pub(crate) fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Where the tests run as root, who may write anywhere: as somebody who owns nothing.
    #[cfg(unix)]
    pub(crate) fn by_nobody(mut self) -> Self {
        let user = Command::new("id").arg("-u").output().unwrap();
        self.is_nobody = user.stdout == b"0\n";
        self
    }

    /// Every file that it writes ends at this length, with an error as from a full disk.
    pub(crate) fn with_file_limit(mut self, bytes: u64) -> Self {
        self.file_limit = Some(bytes);
        self
    }

    /// Adds arguments.
    pub(crate) fn args<I>(mut self, arguments: I) -> Self
    where
        I: IntoIterator,
        I::Item: AsRef<OsStr>,
    {
        self.arguments
            .extend(arguments.into_iter().map(|it| it.as_ref().to_owned()));
        self
    }

    /// Sets a variable for this run.
    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.variables.retain(|(known, _)| known != name);
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Without a second attempt.
    pub(crate) fn once(self) -> Self {
        self.env("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "0")
    }

    /// With MLflow's number of attempts, but without its pauses between them.
    pub(crate) fn without_pauses(self) -> Self {
        self.env("MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR", "0")
            .env("MLFLOW_HTTP_REQUEST_BACKOFF_JITTER", "0")
    }

    /// What [`Phi3ml::run`] gives it to read.
    pub(crate) fn stdin(mut self, text: &str) -> Self {
        text.clone_into(&mut self.stdin);
        self
    }

    /// Where [`Phi3ml::start`] puts what it says on standard output: more than a pipe holds.
    pub(crate) fn stdout(mut self, file: &Path) -> Self {
        self.stdout = Some(file.to_owned());
        self
    }

    /// Runs to the end.
    pub(crate) fn run(self) -> Finished {
        let shown = format!("phi3ml {}", shown(&self.arguments));
        let (started, patience) = (Instant::now(), self.patience);
        let output = assert_cmd::Command::from_std(self.command())
            .timeout(patience)
            .write_stdin(self.stdin.clone())
            .output()
            .unwrap_or_else(|error| panic!("`{shown}` did not run: {error}"));
        assert!(
            started.elapsed() < patience,
            "`{shown}` was still running after {patience:?}"
        );
        Finished {
            shown,
            code: output.status.code(),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }

    /// Runs to the end with a terminal as its standard output and error; all it said is in `stdout`.
    #[cfg(unix)]
    pub(crate) fn run_on_a_terminal(self, python: &Path) -> Finished {
        self.run_typed(python, &[])
    }

    /// Runs to the end on a terminal, where keys are typed each time that a text was shown; all it said is in
    /// `stdout`.
    #[cfg(unix)]
    pub(crate) fn run_typed(self, python: &Path, steps: &[(&str, &str)]) -> Finished {
        // A terminal cannot be made without unsafe code here, and Python has one in its library.
        let mut command = Command::new(python);
        command
            .arg(Path::new(super::CRATE).join("tests/python/converse.py"))
            .arg(serde_json::to_string(steps).unwrap())
            .arg(env!("CARGO_BIN_EXE_phi3ml"))
            .args(&self.arguments)
            .current_dir(&self.directory)
            .env_clear()
            .envs(self.variables.iter().map(|(name, value)| (name, value)))
            .env("TERM", "xterm-256color")
            .stdin(Stdio::null());
        let output = command.output().unwrap();
        Finished {
            shown: format!("phi3ml {}", shown(&self.arguments)),
            code: output.status.code(),
            stdout: text(output.stdout).replace("\r\n", "\n"),
            stderr: text(output.stderr),
        }
    }

    /// Starts it with a file of its input and goes on; see [`Started`].
    pub(crate) fn start_with_input(self) -> Started {
        let input = self.directory.join("stdin");
        fs_err::write(&input, &self.stdin).unwrap();
        let input = fs_err::File::open(&input).unwrap().into_parts().0;
        self.start_reading(input.into())
    }

    /// Starts it with a pipe of its input, to be filled while it runs; see [`Started`].
    pub(crate) fn start_with_pipe(self) -> (Started, ChildStdin) {
        let mut started = self.start_reading(Stdio::piped());
        let input = started.child.as_mut().unwrap().stdin.take();
        (started, input.unwrap())
    }

    /// Starts it and goes on; see [`Started`].
    pub(crate) fn start(self) -> Started {
        self.start_reading(Stdio::null())
    }

    fn start_reading(self, stdin: Stdio) -> Started {
        let shown = format!("phi3ml {}", shown(&self.arguments));
        let stdout = match &self.stdout {
            None => Stdio::piped(),
            Some(file) => fs_err::File::create(file).unwrap().into_parts().0.into(),
        };
        let child = self
            .command()
            .stdin(stdin)
            .stdout(stdout)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("`{shown}` did not start: {error}"));
        Started {
            shown,
            child: Some(child),
        }
    }

    fn command(&self) -> Command {
        let binary = env!("CARGO_BIN_EXE_phi3ml");
        let mut command = match self.file_limit {
            None if self.is_nobody => {
                let mut other = Command::new("/usr/bin/setpriv");
                other.args(["--reuid", "65534", "--regid", "65534", "--clear-groups"]);
                other.arg(binary);
                other
            }
            None => Command::new(binary),
            Some(bytes) => {
                // Ignored, the signal for a file that is too long leaves an error for whoever writes.
                let limited = format!(
                    "trap '' XFSZ; ulimit -f {}; exec \"$0\" \"$@\"",
                    bytes / 512
                );
                let mut shell = Command::new("/bin/sh");
                shell.args(["-c", &limited, binary]);
                shell
            }
        };
        command
            .args(&self.arguments)
            .current_dir(&self.directory)
            .env_clear();
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }
}

/// The binary while it runs. Dropped, it is ended.
#[derive(Debug)]
pub(crate) struct Started {
    shown: String,
    child: Option<Child>,
}

impl Started {
    /// Its process id.
    pub(crate) fn id(&self) -> u32 {
        self.child.as_ref().unwrap().id()
    }

    /// Sends a signal by its name: `INT`, `KILL`.
    #[cfg(unix)]
    pub(crate) fn signal(&self, name: &str) {
        // The shell's own `kill`: the only way to send a signal without unsafe code.
        let status = Command::new("sh")
            .args(["-c", &format!("kill -{name} {}", self.id())])
            .status()
            .unwrap();
        assert!(
            status.success(),
            "could not send SIG{name} to `{}`",
            self.shown
        );
    }

    /// Reads what it says on standard error until a text came so many times; tells how often it did.
    pub(crate) fn read_lines(&mut self, text: &str, times: usize) -> usize {
        let stderr = self.child.as_mut().unwrap().stderr.as_mut().unwrap();
        let lines = BufReader::new(stderr).lines();
        let said = lines.map_while(Result::ok);
        said.filter(|line| line.contains(text)).take(times).count()
    }

    /// Whether it still runs.
    pub(crate) fn is_running(&mut self) -> bool {
        self.child.as_mut().unwrap().try_wait().unwrap().is_none()
    }

    /// Waits for the end.
    pub(crate) fn finish(mut self) -> Finished {
        let deadline = Instant::now() + PATIENCE;
        while self.is_running() {
            assert!(
                Instant::now() < deadline,
                "`{}` is still running",
                self.shown
            );
            std::thread::sleep(Duration::from_millis(10));
        }
        let output = self.child.take().unwrap().wait_with_output().unwrap();
        Finished {
            shown: self.shown.clone(),
            code: output.status.code(),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// What a run of the binary left behind.
#[derive(Debug)]
pub(crate) struct Finished {
    shown: String,
    /// The exit code; none if a signal ended it.
    pub(crate) code: Option<i32>,
    /// All of standard output.
    pub(crate) stdout: String,
    /// All of standard error.
    pub(crate) stderr: String,
}

impl Finished {
    /// The same run, if it ended with this code; else the test fails with all it said.
    #[track_caller]
    pub(crate) fn expect_code(self, code: i32) -> Self {
        assert!(
            self.code == Some(code),
            "expected exit code {code}, got {:?}\n{self}",
            self.code
        );
        self
    }

    /// The same run, if it succeeded.
    #[track_caller]
    pub(crate) fn expect_success(self) -> Self {
        self.expect_code(0)
    }

    /// Standard output as one JSON value.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("stdout is not one JSON value: {error}\n{self}"))
    }

    /// The error as `-o json` prints it: the last JSON object on standard error.
    #[track_caller]
    pub(crate) fn error_json(&self) -> Value {
        self.stderr
            .char_indices()
            .filter(|(_, character)| *character == '{')
            .find_map(|(at, _)| serde_json::from_str(self.stderr.get(at..)?.trim()).ok())
            .unwrap_or_else(|| panic!("stderr does not end with a JSON object\n{self}"))
    }

    /// Fails unless standard error holds this text.
    #[track_caller]
    pub(crate) fn expect_stderr(self, part: &str) -> Self {
        assert!(
            self.stderr.contains(part),
            "stderr does not say `{part}`\n{self}"
        );
        self
    }
}

impl std::fmt::Display for Finished {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            shown,
            code,
            stdout,
            stderr,
        } = self;
        let code = code.map_or_else(|| "by a signal".to_owned(), |code| code.to_string());
        write!(
            formatter,
            "$ {shown}\nexit: {code}\n----- stdout\n{stdout}\n----- stderr\n{stderr}"
        )
    }
}

fn shown(arguments: &[OsString]) -> String {
    arguments
        .iter()
        .map(|it| format!("{}", it.to_string_lossy()))
        .collect::<Vec<_>>()
        .join(" ")
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("the program writes UTF-8")
}

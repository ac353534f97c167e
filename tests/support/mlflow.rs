//! Real MLflow servers: one of each version for the whole test process, started when first asked for.
//!
//! It does not tidy up between tests, which share a server: use names of your own
//! ([`unique`](super::unique)).
//!
//! ```text
//!  test process ──pipe──▶ supervise.py ──▶ mlflow server ──▶ its workers
//!        ╳ however it ends, the pipe closes ──▶ the whole group is ended, the folder removed
//! ```

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use serde_json::json;
use tempfile::TempDir;

use super::CRATE;
use super::api::Api;
use super::fake::Generation;
use super::python::Python;

/// How long a server may take to answer: it imports half of Python, on a busy machine.
const PATIENCE: Duration = Duration::from_mins(2);

/// Who has an account where one is needed.
pub(crate) const USER: &str = "ann";
/// Somebody else who has.
pub(crate) const OTHER: &str = "bob";
/// The password of both.
pub(crate) const PASSWORD: &str = "a long pass:word, not secret";
/// A workspace where there are some.
pub(crate) const WORKSPACE: &str = "team-a";

/// A program that serves HTTP until the test process ends.
#[derive(Debug)]
pub(crate) struct Served {
    /// Where it answers.
    pub(crate) api: Api,
    /// Its folder and log, removed with it.
    folder: PathBuf,
    supervisor: Child,
}

/// MLflow 3.x (uvicorn).
pub(crate) fn mlflow3() -> &'static Served {
    static SERVER: OnceLock<Result<Served, String>> = OnceLock::new();
    // One worker: uvicorn starts faster so, and its threads answer side by side all the same.
    ready(SERVER.get_or_init(|| serve_mlflow(Python::mlflow3(), 1)))
}

/// MLflow 2.x (gunicorn).
pub(crate) fn mlflow2() -> &'static Served {
    static SERVER: OnceLock<Result<Served, String>> = OnceLock::new();
    ready(SERVER.get_or_init(|| serve_mlflow(Python::mlflow2(), 2)))
}

/// The same database for phi3ml and for a server of MLflow 3.x, which made it.
pub(crate) fn made_by_mlflow() -> &'static Served {
    static SERVER: OnceLock<Result<Served, String>> = OnceLock::new();
    ready(SERVER.get_or_init(|| serve_file(None, |_| ())))
}

/// Likewise, but phi3ml made it, and the server upgraded it when it started.
pub(crate) fn upgraded_by_mlflow() -> &'static Served {
    static SERVER: OnceLock<Result<Served, String>> = OnceLock::new();
    ready(SERVER.get_or_init(|| serve_file(None, make_file)))
}

/// Likewise, but the server is of the one release whose tables are those that phi3ml makes: it upgrades nothing.
pub(crate) fn fresh() -> &'static Served {
    static SERVER: OnceLock<Result<Served, String>> = OnceLock::new();
    ready(SERVER.get_or_init(|| {
        let packages = Python::mlflow3().packages("mlflow3_0", false);
        serve_file(Some(&packages), make_file)
    }))
}

/// MLflow 3.x on a copy of a database, which it upgrades; ends when dropped.
pub(crate) fn serve_copy(database: &Path) -> Served {
    let served = serve_file(None, |folder| {
        let copy = folder.join("mlflow.db");
        let database = rusqlite::Connection::open(database).unwrap();
        let copied = database.execute("VACUUM INTO ?", [copy.to_str().unwrap()]);
        copied.unwrap();
    });
    served.unwrap_or_else(|reason| panic!("{reason}"))
}

/// Has phi3ml make the database of a folder.
fn make_file(folder: &Path) {
    let uri = format!("sqlite:///{}/mlflow.db", folder.display());
    let made = super::Context::new()
        .phi3ml(["experiments", "create", "made-by-phi3ml"])
        .env("MLFLOW_TRACKING_URI", &uri)
        .run();
    made.expect_success();
}

/// A server beside a database that others write to as well: artifacts do not go through it. `packages` come before
/// those of MLflow 3.
fn serve_file(packages: Option<&Path>, prepare: impl FnOnce(&Path)) -> Result<Served, String> {
    Served::start(Python::mlflow3(), "", "/health", |command, port, folder| {
        prepare(folder);
        command.args([
            "-m",
            "mlflow",
            "server",
            "--host",
            "127.0.0.1",
            "--port",
            port,
        ]);
        command.args([
            "--workers",
            "1",
            "--no-serve-artifacts",
            "--backend-store-uri",
        ]);
        command.arg(format!("sqlite:///{}/mlflow.db", folder.display()));
        command
            .arg("--default-artifact-root")
            .arg(folder.join("mlruns"));
        command.env("MLFLOW_SERVER_ENABLE_JOB_EXECUTION", "false");
        if let Some(packages) = packages {
            command.env("PYTHONPATH", packages);
        }
    })
}

/// MLflow behind its own basic-auth app, where [`USER`] and [`OTHER`] have accounts.
pub(crate) fn guarded(generation: Generation) -> &'static Served {
    static THREE: OnceLock<Result<Served, String>> = OnceLock::new();
    static TWO: OnceLock<Result<Served, String>> = OnceLock::new();
    ready(match generation {
        Generation::Three => THREE.get_or_init(|| serve_guarded(Python::mlflow3())),
        Generation::Two => TWO.get_or_init(|| serve_guarded(Python::mlflow2())),
    })
}

/// MLflow 3.x with workspaces, of which [`WORKSPACE`] is one.
pub(crate) fn with_workspaces() -> &'static Served {
    static SERVER: OnceLock<Result<Served, String>> = OnceLock::new();
    ready(SERVER.get_or_init(serve_workspaces))
}

fn serve_workspaces() -> Result<Served, String> {
    let served = Served::start(Python::mlflow3(), "", "/health", |command, port, folder| {
        server(command, port, folder, 1);
        command.arg("--enable-workspaces");
    })?;
    let path = "/api/3.0/mlflow/workspaces";
    let made = served
        .api
        .request("POST", path, Some(&json!({ "name": WORKSPACE })));
    if (200..300).contains(&made.status) {
        Ok(served)
    } else {
        Err(format!("no workspace was made: {made:?}"))
    }
}

/// MLflow 3.x that knows itself by a path.
pub(crate) fn below_a_path() -> &'static Served {
    static SERVER: OnceLock<Result<Served, String>> = OnceLock::new();
    ready(SERVER.get_or_init(|| {
        let prefix = "/lab/mlflow";
        Served::start(
            Python::mlflow3(),
            prefix,
            "/health",
            |command, port, folder| {
                server(command, port, folder, 1);
                command.args(["--static-prefix", prefix]);
            },
        )
    }))
}

/// `mlflow models serve` on a model; ends when dropped.
pub(crate) fn serve_model(python: &Python, tracking_uri: &str, model_uri: &str) -> Served {
    let served = Served::start(python, "", "/ping", |command, port, _| {
        command.args(["-m", "mlflow", "models", "serve", "--env-manager", "local"]);
        command
            .args(["--model-uri", model_uri, "--host", "127.0.0.1", "--port"])
            .arg(port);
        command.env("MLFLOW_TRACKING_URI", tracking_uri);
    });
    served.unwrap_or_else(|reason| panic!("{reason}"))
}

/// MLflow 3 with its artifacts elsewhere than in a folder behind it: these arguments, variables and packages.
pub(crate) fn serve_mlflow3(
    arguments: &[String],
    variables: &[(&str, String)],
    packages: &[PathBuf],
) -> Served {
    let served = Served::start(Python::mlflow3(), "", "/health", |command, port, folder| {
        let database = format!("sqlite:///{}", folder.join("mlflow.db").display());
        command
            .args(["-m", "mlflow", "server", "--host", "127.0.0.1", "--port"])
            .arg(port)
            .args(["--workers", "1", "--backend-store-uri", &database])
            .args(arguments)
            .env("MLFLOW_SERVER_ENABLE_JOB_EXECUTION", "false")
            .env("PYTHONPATH", std::env::join_paths(packages).unwrap())
            .envs(variables.iter().map(|(name, value)| (name, value)));
    });
    served.unwrap_or_else(|reason| panic!("{reason}"))
}

/// A server of its own, for a test that counts all there is; ends when dropped.
pub(crate) fn empty(generation: Generation) -> Served {
    let served = match generation {
        Generation::Three => serve_mlflow(Python::mlflow3(), 1),
        Generation::Two => serve_mlflow(Python::mlflow2(), 2),
    };
    served.unwrap_or_else(|reason| panic!("{reason}"))
}

/// Likewise, behind MLflow's basic-auth app.
pub(crate) fn empty_guarded() -> Served {
    serve_guarded(Python::mlflow3()).unwrap_or_else(|reason| panic!("{reason}"))
}

/// Likewise, with workspaces.
pub(crate) fn empty_with_workspaces() -> Served {
    serve_workspaces().unwrap_or_else(|reason| panic!("{reason}"))
}

fn serve_mlflow(python: &Python, workers: u32) -> Result<Served, String> {
    Served::start(python, "", "/health", |command, port, folder| {
        server(command, port, folder, workers);
    })
}

fn serve_guarded(python: &Python) -> Result<Served, String> {
    let packages = python.auth_packages()?;
    let served = Served::start(python, "", "/health", |command, port, folder| {
        server(command, port, folder, 1);
        command.args(["--app-name", "basic-auth"]);
        let settings = folder.join("auth.ini");
        let database = folder.join("auth.db");
        // Who may edit may not delete what others made.
        let text = format!(
            "[mlflow]\ndefault_permission = EDIT\ndatabase_uri = sqlite:///{}\nadmin_username = admin\n\
             admin_password = {PASSWORD}\n\
             authorization_function = mlflow.server.auth:authenticate_request_basic_auth\n",
            database.display()
        );
        fs_err::write(&settings, text).unwrap();
        command
            .env("MLFLOW_AUTH_CONFIG_PATH", settings)
            .env("MLFLOW_FLASK_SERVER_SECRET_KEY", "of no use to anybody")
            .env("PYTHONPATH", packages);
    })?;
    let admin = served.api.as_user("admin", PASSWORD);
    for user in [USER, OTHER] {
        let account = json!({ "username": user, "password": PASSWORD });
        admin.post("users/create", &account);
    }
    Ok(served)
}

/// The arguments of a server with a database and artifacts in its own folder.
fn server(command: &mut Command, port: &str, folder: &Path, workers: u32) {
    let database = format!("sqlite:///{}", folder.join("mlflow.db").display());
    command
        .args(["-m", "mlflow", "server", "--host", "127.0.0.1", "--port"])
        .arg(port);
    command.args([
        "--workers",
        &workers.to_string(),
        "--backend-store-uri",
        &database,
    ]);
    command
        .arg("--artifacts-destination")
        .arg(folder.join("artifacts"));
    // MLflow 3's background jobs are processes of their own, and nothing here needs them.
    command.env("MLFLOW_SERVER_ENABLE_JOB_EXECUTION", "false");
}

impl Served {
    /// Starts a program under the supervisor and waits until `health`, below `prefix`, answers 200.
    fn start(
        python: &Python,
        prefix: &str,
        health: &str,
        describe: impl FnOnce(&mut Command, &str, &Path),
    ) -> Result<Self, String> {
        let folder = TempDir::with_prefix("phi3ml-server-")
            .map_err(|it| it.to_string())?
            .keep();
        let port = free_port().map_err(|error| error.to_string())?;
        let mut program = python.command();
        describe(&mut program, &port.to_string(), &folder);
        let supervisor = supervised(&program, &folder)
            .spawn()
            .map_err(|it| it.to_string())?;
        let api = Api::new(format!("http://127.0.0.1:{port}{prefix}"));
        let mut served = Self {
            api,
            folder,
            supervisor,
        };
        served.wait_for(port, &format!("{prefix}{health}"))?;
        Ok(served)
    }

    /// What it wrote to its standard output and error so far.
    pub(crate) fn log(&self) -> String {
        fs_err::read_to_string(self.folder.join("log")).unwrap_or_default()
    }

    /// The folder with its database and artifacts.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    fn wait_for(&mut self, port: u16, health: &str) -> Result<(), String> {
        let deadline = Instant::now() + PATIENCE;
        while !answers(port, health) {
            let ended = self
                .supervisor
                .try_wait()
                .map_err(|error| error.to_string())?;
            if ended.is_some() || Instant::now() > deadline {
                return Err(format!(
                    "the server did not start; it said:\n{}",
                    self.log()
                ));
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        drop(self.supervisor.stdin.take());
        let _ = self.supervisor.wait();
        let _ = fs_err::remove_dir_all(&self.folder);
    }
}

/// The command, to be run by `supervise.py`, with its environment and nothing of ours on its pipes.
fn supervised(program: &Command, folder: &Path) -> Command {
    let mut command = Command::new(program.get_program());
    command.arg(Path::new(CRATE).join("tests/python/supervise.py"));
    command
        .arg(folder.join("log"))
        .arg(folder)
        .arg(program.get_program());
    command.args(program.get_args()).current_dir(folder);
    for (name, value) in program.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    // In a group of its own, so that Ctrl-C at a terminal leaves it time to end its children.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

fn free_port() -> std::io::Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

/// Whether a plain `GET` is answered with 200. By hand: the server may not be listening yet.
fn answers(port: u16, path: &str) -> bool {
    let ask = || -> std::io::Result<bool> {
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1))?;
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes())?;
        let mut start = [0; 12];
        stream.read_exact(&mut start)?;
        Ok(start.ends_with(b" 200"))
    };
    ask().unwrap_or(false)
}

#[track_caller]
fn ready(server: &'static Result<Served, String>) -> &'static Served {
    server.as_ref().unwrap_or_else(|reason| panic!("{reason}"))
}

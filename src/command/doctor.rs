//! `doctor`: what works, what does not, and what to do about it. It changes nothing, anywhere.
//!
//! ```text
//!  server ─► features ─► user ─► read ─► write ─► artifacts ─► registry      engines ─► library
//!    └── if nobody answers, the rest of its row is skipped
//! ```

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::Result;
use serde::Serialize;

use super::context::{Server, open_file};
use super::{Context, Error, Failure};
use crate::infer::{self, runtime};
use crate::tracking::probe::{self, Sample};
use crate::tracking::server_info::ServerFeatures;
use crate::tracking::{Release, ServerInfo};

/// How long a library may take to be loaded.
const PATIENCE: Duration = Duration::from_secs(30);

/// Find out what works and what is missing
#[derive(Debug, clap::Args)]
pub struct Args {}

/// What was found.
#[derive(Debug, Serialize)]
pub struct Outcome {
    /// Whether nothing failed.
    pub(crate) ok: bool,
    /// The tracking URI, without secrets.
    server: Option<String>,
    /// The version of MLflow there.
    version: Option<String>,
    /// What it says it can do.
    features: Option<ServerFeatures>,
    /// Who it takes us for.
    user: Option<String>,
    pub(crate) checks: Vec<Check>,
}

/// One thing that was tried.
#[derive(Debug, Serialize)]
pub struct Check {
    /// What it is about.
    pub(crate) name: &'static str,
    /// How it went.
    pub(crate) status: Status,
    /// What was found.
    pub(crate) detail: String,
    /// What was done to find out.
    tried: Option<String>,
    /// What to do about it.
    pub(crate) hints: Vec<String>,
}

/// How a check went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// It works.
    Ok,
    /// It works, but less well than it could.
    Warning,
    /// It does not work.
    Failed,
    /// It was not tried.
    Skipped,
}

/// Runs the command.
pub async fn run(_: Args, context: &Context) -> Result<super::Outcome> {
    let mut outcome = Outcome {
        ok: true,
        server: None,
        version: None,
        features: None,
        user: None,
        checks: Vec::new(),
    };
    context
        .unless_stopped(async {
            match context.server() {
                Ok(server) => outcome.look_at_server(server, context).await,
                Err(error) => outcome.add(Check::failed("server", &error)),
            }
            outcome.look_at_engines(context).await
        })
        .await?;
    outcome.ok = outcome.failed().is_empty();
    Ok(super::Outcome::Doctor(Box::new(outcome)))
}

impl Outcome {
    pub(super) fn into_verdict(self) -> Option<anyhow::Error> {
        let failed = self.failed().join(", ");
        (!self.ok).then(|| Error::Unwell(failed).into())
    }

    fn failed(&self) -> Vec<&'static str> {
        let failed = self.checks.iter();
        failed
            .filter(|check| check.status == Status::Failed)
            .map(|check| check.name)
            .collect()
    }

    fn add(&mut self, check: Check) {
        self.checks.push(check);
    }

    async fn look_at_server(&mut self, server: &Server, context: &Context) {
        self.server = Some(server.url.to_string());
        if let Some(file) = &server.file {
            self.look_at_file("server", file, context).await;
            if server.registry_file.as_ref() != Some(file) {
                self.look_at_registry(server, context).await;
            }
            return;
        }
        context.step("asking the server");
        // First of all: what is asked of the wrong workspace says nothing of the right one.
        let prepared = server.client.prepare(&server.url).await;
        let sample = probe::experiment(&server.client, &server.url).await;
        let info = server.tracking().server().await;
        self.version.clone_from(&info.version);
        let features = probe::features(&server.client, &server.url).await;
        let is_answered = sample
            .as_ref()
            .err()
            .is_none_or(|error| error.answer().is_some());
        let is_reached = is_answered || info.version.is_some();
        let sample = sample.map_err(anyhow::Error::from);
        match &sample {
            Err(error) if !is_reached => {
                self.add(Check::failed("server", error));
                for name in ["features", "user", "read", "write", "artifacts", "registry"] {
                    self.add(Check::skipped(name, "the server was not reached"));
                }
                return;
            }
            _ => self.add(of_server(&info, server)),
        }
        self.features = features.ok().flatten();
        self.add(of_features(&info, self.features.as_ref()));
        if let Err(error) = prepared {
            self.add(Check::failed("workspace", &error.into()));
        }
        self.look_at_user(server).await;
        self.look_at_access(&sample, server, context).await;
        self.look_at_registry(server, context).await;
    }

    async fn look_at_registry(&mut self, server: &Server, context: &Context) {
        if let Some(file) = &server.registry_file {
            self.look_at_file("registry", file, context).await;
            return;
        }
        // Whatever is wrong with it, the question itself meets, too.
        _ = server.registry_client.prepare(&server.registry_url).await;
        let registry = probe::registry(&server.registry_client, &server.registry_url).await;
        self.add(match registry {
            Ok(()) => Check::ok("registry", format!("answers at {}", server.registry_url)),
            Err(error) => Check::failed("registry", &error.into()),
        });
    }

    /// A database file in place of a server.
    async fn look_at_file(&mut self, name: &'static str, file: &Path, context: &Context) {
        context.step("looking at the database");
        let shown = file.display();
        let looked = async {
            let database = open_file(file)?;
            let revision = database.revision().await?;
            if revision.is_some() && !context.is_dry_run() {
                database.check_writable().await?;
            }
            Ok::<_, anyhow::Error>(revision)
        };
        let can = if context.is_dry_run() {
            "can be read"
        } else {
            "can be read and written"
        };
        self.add(match looked.await {
            Ok(Some(revision)) => Check::ok(
                name,
                format!("the database {shown}, at MLflow's revision {revision}, {can}"),
            ),
            Ok(None) => Check::ok(
                name,
                format!(
                    "the database {shown} is not there yet: the first thing that is logged makes it"
                ),
            ),
            Err(error) => Check::failed(name, &error),
        });
    }

    async fn look_at_user(&mut self, server: &Server) {
        let sent = server.client.credentials();
        let check = match (probe::user(&server.client, &server.url).await, sent) {
            (Ok(Some(user)), Some(source)) => {
                let check = Check::ok("user", format!("`{user}`, with credentials from {source}"));
                self.user = Some(user);
                check
            }
            (Ok(Some(user)), None) => {
                let check = Check::ok("user", format!("`{user}`, without credentials"));
                self.user = Some(user);
                check
            }
            (Ok(None), Some(source)) => Check::ok(
                "user",
                format!("the server does not say; credentials from {source} are sent"),
            ),
            (Ok(None), None) => Check::ok("user", "nobody in particular: the server does not ask"),
            (Err(error), _) => Check::failed("user", &error.into()),
        };
        self.add(check.tried("GET users/current"));
    }

    async fn look_at_access(
        &mut self,
        sample: &Result<Option<Sample>>,
        server: &Server,
        context: &Context,
    ) {
        const READ: &str = "to list one experiment";
        const WRITE: &str =
            "to create an experiment that exists already, which is refused last of all";
        let sample = match sample {
            Ok(sample) => {
                self.add(Check::ok("read", "experiments can be read").tried(READ));
                sample.as_ref()
            }
            Err(error) => {
                self.add(Check::failed("read", error).tried(READ));
                None
            }
        };
        let Some(sample) = sample else {
            for name in ["write", "artifacts"] {
                self.add(Check::skipped(
                    name,
                    "there is no experiment to try it with",
                ));
            }
            return;
        };
        let write = if context.is_dry_run() {
            Check::skipped("write", "this is a dry run")
        } else {
            match probe::write(&server.client, &server.url, &sample.name).await {
                Ok(()) => Check::ok("write", "experiments can be created"),
                Err(error) => Check::failed("write", &error.into()),
            }
        };
        self.add(write.tried(WRITE));
        self.add(
            of_artifacts(sample, context)
                .await
                .tried("to list a folder"),
        );
    }

    async fn look_at_engines(&mut self, context: &Context) -> Result<()> {
        context.step("looking for the ONNX Runtime library");
        let engines: Vec<&str> = [
            ("ort", cfg!(feature = "ort")),
            ("rten", cfg!(feature = "rten")),
        ]
        .into_iter()
        .filter_map(|(name, is_built)| is_built.then_some(name))
        .collect();
        let places = context.settings.runtime.clone();
        let found = context
            .compute(move || runtime::find(&places, runtime::NEEDED))
            .await?;
        let library = match found {
            Ok(found) => of_library(&found.library, context).await,
            Err(infer::Error::NoLibrary(_)) => Check {
                hints: vec!["`phi3ml runtime install` brings the faster engine".to_owned()],
                ..Check::new(
                    "library",
                    Status::Warning,
                    "no ONNX Runtime library is found",
                )
            },
            Err(error) => Check::failed("library", &error.into()),
        };
        let chosen = match library.status {
            Status::Ok if engines.contains(&"ort") => "ort",
            _ if engines.contains(&"rten") => "rten",
            _ => "none",
        };
        self.add(library.tried("to load it in a process of its own"));
        let engines = engines.join(" and ");
        self.add(match chosen {
            "none" => Check::new("engines", Status::Failed, "none can be used"),
            chosen => Check::ok(
                "engines",
                format!("{engines} are built in; {chosen} is used"),
            ),
        });
        Ok(())
    }
}

fn of_server(info: &ServerInfo, server: &Server) -> Check {
    let place = &server.url;
    match &info.version {
        Some(version) => Check::ok("server", format!("MLflow {version} at {place}")),
        None => Check::new(
            "server",
            Status::Warning,
            format!("{place} answers, but does not say which MLflow it is"),
        ),
    }
    .tried("GET version")
}

fn of_features(info: &ServerInfo, features: Option<&ServerFeatures>) -> Check {
    let mut known = Vec::new();
    if info.release == Release::V3 {
        known.push("logged models");
    }
    if let Some(features) = features {
        let said = [
            (features.artifact_serving_enabled, "artifacts"),
            (features.multipart_uploads_enabled, "multipart uploads"),
            (features.multipart_downloads_enabled, "multipart downloads"),
            (
                features.presigned_upload_run_id_supported,
                "presigned uploads",
            ),
            (features.workspaces_enabled, "workspaces"),
        ];
        known.extend(said.iter().filter_map(|(has, name)| has.then_some(*name)));
    }
    let detail = match (known.is_empty(), info.release) {
        (true, Release::V2) => "models are folders of runs: it has no logged models".to_owned(),
        (true, _) => "it does not say".to_owned(),
        (false, _) => known.join(", "),
    };
    Check::ok("features", detail).tried("GET server-info")
}

async fn of_artifacts(sample: &Sample, context: &Context) -> Check {
    let listed = async {
        let store = context.store(&sample.artifact_location)?;
        store.list(None).await?;
        Ok::<_, anyhow::Error>(store.place())
    };
    match listed.await {
        Ok(place) => Check::ok("artifacts", format!("can be listed at {place}")),
        Err(error) => Check::failed("artifacts", &error),
    }
}

/// A broken library may end the process that loads it, so that a child has to.
async fn of_library(library: &runtime::Library, context: &Context) -> Check {
    let Some(program) = &context.settings.executable else {
        return Check::skipped("library", "this program does not know where it lies itself");
    };
    let child = tokio::process::Command::new(program)
        .args(["runtime", "probe"])
        .arg(&library.path)
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output();
    let broken = |reason: String| Check {
        hints: vec!["`phi3ml runtime install` brings one that is known to work".to_owned()],
        ..Check::new("library", Status::Failed, format!("{library}: {reason}"))
    };
    match tokio::time::timeout(PATIENCE, child).await {
        Ok(Ok(output)) if output.status.success() => Check::ok("library", library.to_string()),
        Ok(Ok(output)) => {
            let said = String::from_utf8_lossy(&output.stderr);
            let said = said.lines().next().unwrap_or_default();
            broken(format!("loading it ends with {}; {said}", output.status))
        }
        Ok(Err(error)) => {
            Check::skipped("library", format!("no process could be started: {error}"))
        }
        Err(_) => broken(format!("it is not loaded after {} s", PATIENCE.as_secs())),
    }
}

impl Check {
    fn new(name: &'static str, status: Status, detail: impl Into<String>) -> Self {
        Self {
            name,
            status,
            detail: detail.into(),
            tried: None,
            hints: Vec::new(),
        }
    }

    fn ok(name: &'static str, detail: impl Into<String>) -> Self {
        Self::new(name, Status::Ok, detail)
    }

    fn skipped(name: &'static str, reason: impl Into<String>) -> Self {
        Self::new(name, Status::Skipped, reason)
    }

    fn failed(name: &'static str, error: &anyhow::Error) -> Self {
        let Failure {
            message,
            causes,
            hints,
            ..
        } = Failure::from(error);
        let sentences: Vec<String> = [message].into_iter().chain(causes).collect();
        Self {
            hints,
            ..Self::new(name, Status::Failed, sentences.join(": "))
        }
    }

    fn tried(mut self, what: &str) -> Self {
        if self.status != Status::Skipped {
            self.tried = Some(what.to_owned());
        }
        self
    }
}

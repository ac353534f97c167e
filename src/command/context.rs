//! What every command is given: settings, an audience, a way to the server, a way to be stopped.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use anyhow::{Result, anyhow};
use tokio_util::sync::CancellationToken;
use url::Url;

use super::audience::{Audience, Event};
use super::identity::Identity;
use super::plan::Plan;
use super::settings::{DEFAULT_TRACKING_URI, Settings};
use super::{Error, Outcome, model};
use crate::artifacts::{self, ArtifactStore};
use crate::entity::deed::{Deed, NOWHERE, Tell};
use crate::http::{self, Client, Notice, safe_uri};
use crate::tracking::{self, DryRun, Rest, Sqlite, Tracking};

/// The surroundings of a running command.
#[expect(
    missing_debug_implementations,
    reason = "an audience is whatever listens, and nobody prints a context"
)]
pub struct Context {
    pub(super) settings: Settings,
    pub(super) audience: Arc<dyn Audience>,
    pub(super) stop: CancellationToken,
    server: OnceLock<Server>,
    /// What a dry run would have done so far.
    deeds: Arc<Mutex<Vec<Deed>>>,
}

/// The tracking server and the registry, which mostly are one.
pub(super) struct Server {
    pub(super) url: Url,
    /// The registry knows nothing of the runs and logged models of the tracking server.
    pub(super) has_other_registry: bool,
    pub(super) registry_url: Url,
    pub(super) registry_client: Client,
    tracking: Box<dyn Tracking>,
    registry: Box<dyn Tracking>,
    pub(super) client: Client,
    /// The database, where it is no server.
    pub(super) file: Option<PathBuf>,
    /// Likewise, of the registry.
    pub(super) registry_file: Option<PathBuf>,
}

/// Where runs or models are written down.
#[derive(Clone)]
struct Place {
    url: Url,
    client: Client,
    file: Option<PathBuf>,
}

/// Where artifacts of a database's own experiments lie (`DEFAULT_LOCAL_FILE_AND_ARTIFACT_PATH`,
/// `mlflow/store/tracking/__init__.py`, 3.17.2).
const ARTIFACT_ROOT: &str = "./mlruns";

/// Where they lie if that is taken (`--artifacts-destination` of `mlflow server`, 3.17.2).
const BESIDE_FILES: &str = "./mlartifacts";

/// The ledger in a database file.
pub(super) fn open_file(file: &Path) -> Result<Sqlite> {
    let root = std::path::absolute(artifact_root())?;
    Ok(Sqlite::new(file.to_path_buf(), &root))
}

/// A folder of MLflow's files is left alone; artifacts of a database beside it go where MLflow's server keeps its own.
fn artifact_root() -> &'static str {
    if tracking::has_experiments(Path::new(ARTIFACT_ROOT)) {
        BESIDE_FILES
    } else {
        ARTIFACT_ROOT
    }
}

/// Passes on what is said on the wire.
fn wire_listener(wants_requests: bool, audience: &Arc<dyn Audience>) -> http::Listener {
    let audience = Arc::clone(audience);
    http::Listener::new(wants_requests, move |notice| match notice {
        Notice::Sending(command) => audience.hear(Event::Request(&command)),
        Notice::NotUnderstood => audience.hear(Event::Warning(
            "the server has no workspaces: the one that was asked for is not used",
        )),
        Notice::Again(again) => audience.hear(Event::Again(again)),
    })
}

impl Context {
    /// Puts them together; nothing is opened yet.
    pub fn new(
        mut settings: Settings,
        audience: Arc<dyn Audience>,
        stop: CancellationToken,
    ) -> Self {
        let listener = wire_listener(settings.print_curl, &audience);
        let artifacts = &mut settings.artifacts;
        artifacts.patience = artifacts.patience.clone().telling(listener);
        Self {
            settings,
            audience,
            stop,
            server: OnceLock::new(),
            deeds: Arc::default(),
        }
    }

    /// The server, made known at the first call. Nothing is sent yet.
    pub(super) fn server(&self) -> Result<&Server> {
        if let Some(server) = self.server.get() {
            return Ok(server);
        }
        let server = self.connect()?;
        Ok(self.server.get_or_init(|| server))
    }

    /// Likewise, for what only reads: it may be a folder in which MLflow kept everything in small files.
    pub(super) fn server_to_read(&self) -> Result<&Server> {
        if let (None, Some(uri)) = (self.server.get(), &self.settings.tracking_uri)
            && tracking::file_store_of(uri).is_some()
        {
            let server = self.connect_to_read(uri, None, &self.identity())?;
            return Ok(self.server.get_or_init(|| server));
        }
        self.server()
    }

    fn connect(&self) -> Result<Server> {
        let settings = &self.settings;
        let uri = settings.tracking_uri.as_deref();
        if uri.is_none() {
            self.tell_of_default();
        }
        let uri = uri.unwrap_or(DEFAULT_TRACKING_URI);
        self.connect_to(uri, settings.registry_uri.as_deref(), &self.identity())
    }

    /// Likewise, for what only reads.
    pub(super) fn connect_to_read(
        &self,
        uri: &str,
        registry: Option<&str>,
        identity: &Identity<'_>,
    ) -> Result<Server> {
        let Some(folder) = tracking::file_store_of(uri) else {
            return self.connect_to(uri, registry, identity);
        };
        let folder = folder.map_err(|error| Error::Usage {
            message: error.to_string(),
            hint: Some(
                "write the folder that holds the experiments, such as `./mlruns`".to_owned(),
            ),
        })?;
        let folder = std::path::absolute(folder)?;
        let url: Url =
            Url::from_file_path(&folder).map_err(|()| Error::usage("the folder has no address"))?;
        let client = Client::new(http::Settings::default());
        let ledger = Sqlite::of_file_store(folder.clone())?;
        Ok(Server {
            has_other_registry: false,
            registry_url: url.clone(),
            registry_client: client.clone(),
            tracking: Box::new(ledger.clone()),
            registry: Box::new(ledger),
            file: Some(folder.clone()),
            registry_file: Some(folder),
            url,
            client,
        })
    }

    /// A server by its address, and its registry by another, where that is not the same. Nothing is sent yet.
    pub(super) fn connect_to(
        &self,
        uri: &str,
        registry: Option<&str>,
        identity: &Identity<'_>,
    ) -> Result<Server> {
        let tracking = self.place(uri, identity)?;
        let registry = match registry {
            Some(registry) if registry != uri => self.place(registry, identity)?,
            _ => tracking.clone(),
        };
        Ok(Server {
            has_other_registry: registry.url != tracking.url,
            tracking: self.ledger(&tracking)?,
            registry: self.ledger(&registry)?,
            registry_url: registry.url,
            registry_client: registry.client,
            file: tracking.file,
            registry_file: registry.file,
            url: tracking.url,
            client: tracking.client,
        })
    }

    /// Nobody said where; what MLflow itself would do is done, and told.
    fn tell_of_default(&self) {
        self.note(&format!(
            "no tracking URI is set: using `{DEFAULT_TRACKING_URI}`, artifacts below `{}`",
            artifact_root()
        ));
        if tracking::has_experiments(Path::new(ARTIFACT_ROOT)) {
            self.note(&format!(
                "`{ARTIFACT_ROOT}` also holds experiments of MLflow's older file store: they are left alone and not \
                 shown; `phi3ml sync --from {ARTIFACT_ROOT} --to {DEFAULT_TRACKING_URI}` copies them"
            ));
        }
    }

    /// A server, or a database file.
    fn place(&self, uri: &str, identity: &Identity<'_>) -> Result<Place> {
        let Some(file) = tracking::file_of(uri) else {
            let (url, client) = self.client(uri, identity)?;
            return Ok(Place {
                url,
                client,
                file: None,
            });
        };
        let file = file.map_err(|error| Error::Usage {
            message: error.to_string(),
            hint: Some("write `sqlite:///FILE`, or `sqlite:////FOLDER/FILE`".to_owned()),
        })?;
        if identity.workspace.is_some() {
            self.warn("a database file has no workspaces: the one that was asked for is not used");
        }
        let file = std::path::absolute(file)?;
        let url = format!("sqlite:///{}", file.display()).parse()?;
        let client = Client::new(http::Settings {
            listener: Some(self.wire_listener()),
            ..http::Settings::default()
        });
        Ok(Place {
            url,
            client,
            file: Some(file),
        })
    }

    /// The ledger that commands write on: in a dry run, one that only tells.
    fn ledger(&self, place: &Place) -> Result<Box<dyn Tracking>> {
        let Some(file) = &place.file else {
            return Ok(self.unless_dry(Rest::new(place.client.clone(), place.url.clone())));
        };
        Ok(self.unless_dry(open_file(file)?))
    }

    fn unless_dry(&self, ledger: impl Tracking + 'static) -> Box<dyn Tracking> {
        if self.is_dry_run() {
            Box::new(DryRun::new(ledger, self.tell()))
        } else {
            Box::new(ledger)
        }
    }

    /// The address without credentials, and a client that sends them to it only.
    fn client(&self, uri: &str, identity: &Identity<'_>) -> Result<(Url, Client)> {
        let mut url = server_address(uri)?;
        let connection = &self.settings.connection;
        if connection.tls.insecure {
            self.warn("certificates are not checked: MLFLOW_TRACKING_INSECURE_TLS is set");
        }
        let auth = identity.auth(&url);
        // Neither fails for an address with a host, and ours has one.
        _ = url.set_username("");
        _ = url.set_password(None);
        let client = Client::new(http::Settings {
            user_agent: concat!("phi3ml/", env!("CARGO_PKG_VERSION")).to_owned(),
            idle_timeout: connection.idle_timeout,
            retry: connection.retry.clone(),
            auth,
            variables: identity.variables(),
            home: vec![url.clone()],
            conditional: identity.workspace(&url)?,
            listener: Some(self.wire_listener()),
            tls: connection.tls.clone(),
            ..http::Settings::default()
        });
        Ok((url, client))
    }

    /// Who one is to the tracking server.
    fn identity(&self) -> Identity<'_> {
        Identity {
            credentials: vec![&self.settings.connection.credentials],
            workspace: self.settings.workspace.as_deref(),
        }
    }

    fn wire_listener(&self) -> http::Listener {
        wire_listener(self.settings.print_curl, &self.audience)
    }

    /// The store behind an artifact location that the server named.
    pub(super) fn store(&self, uri: &str) -> Result<Box<dyn ArtifactStore>> {
        self.store_of(self.server()?, uri)
    }

    /// Likewise, of a certain server.
    pub(super) fn store_of(&self, server: &Server, uri: &str) -> Result<Box<dyn ArtifactStore>> {
        let open = || {
            let settings = &self.settings.artifacts;
            if server.file.is_some() {
                return artifacts::open_without_server(uri, settings);
            }
            artifacts::open(uri, &server.url, &server.client, settings)
        };
        if !self.is_dry_run() {
            return Ok(open()?);
        }
        let is_nowhere = uri
            .split_once(':')
            .is_some_and(|(scheme, _)| scheme == NOWHERE);
        let inner = if is_nowhere { None } else { Some(open()?) };
        Ok(Box::new(artifacts::DryRun::new(inner, self.tell())))
    }

    /// How many requests were sent again so far, to the tracking server and to stores of any kind.
    pub(super) fn repeats(&self) -> u64 {
        let server = self.server.get();
        let of_server = server.map_or(0, |server| server.client.repeats());
        of_server + self.settings.artifacts.patience.repeats()
    }

    /// Whether what would be written is told, and not done.
    pub(super) fn is_dry_run(&self) -> bool {
        self.settings.dry_run
    }

    /// Tells what a dry run would do. What the ledger and the stores would write they tell themselves.
    pub(super) fn would(&self, deed: Deed) {
        self.tell()(deed);
    }

    /// Who is told what a dry run would do.
    fn tell(&self) -> Arc<Tell> {
        let (audience, deeds) = (Arc::clone(&self.audience), Arc::clone(&self.deeds));
        Arc::new(move |deed| {
            audience.hear(Event::Would(&deed));
            deeds
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(deed);
        })
    }

    /// What is shown after a dry run that would have done something: that, instead of an outcome that is none.
    pub fn conclude(&self, result: Result<Outcome>) -> Result<Outcome> {
        let deeds = {
            let mut deeds = self.deeds.lock().unwrap_or_else(PoisonError::into_inner);
            std::mem::take(&mut *deeds)
        };
        match result {
            Ok(outcome) if deeds.is_empty() => Ok(outcome),
            Err(error) if !Error::ends_dry_run(&error) => Err(error),
            Ok(_) | Err(_) => Ok(Outcome::Plan(Plan::new(deeds))),
        }
    }

    pub(super) fn step(&self, text: &str) {
        self.audience.hear(Event::Step(text));
    }

    /// Who is told how much of something on this machine was read, and stops the reading when the user does.
    pub(super) fn reading(&self) -> impl FnMut(u64, u64) -> ControlFlow<()> + Send + use<> {
        let (audience, stop) = (Arc::clone(&self.audience), self.stop.clone());
        move |done, total| {
            audience.hear(Event::Read { done, total });
            if stop.is_cancelled() {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        }
    }

    pub(super) fn note(&self, text: &str) {
        self.audience.hear(Event::Note(text));
    }

    pub(super) fn warn(&self, text: &str) {
        self.audience.hear(Event::Warning(text));
    }

    /// Waits for `work`, or for the user to stop it, whichever is first.
    pub(super) async fn unless_stopped<T>(
        &self,
        work: impl Future<Output = Result<T>>,
    ) -> Result<T> {
        tokio::select! {
            result = work => result,
            () = self.stop.cancelled() => Err(Error::Interrupted { continues: false }.into()),
        }
    }

    /// Waits for `work`; once the user stops it, only a moment longer, so that a request under way is not lost.
    pub(super) async fn unless_stopped_soon<T>(
        &self,
        work: impl Future<Output = Result<T>>,
    ) -> Result<T> {
        const GRACE: Duration = Duration::from_millis(800);
        tokio::pin!(work);
        tokio::select! {
            result = &mut work => result,
            () = self.stop.cancelled() => tokio::time::timeout(GRACE, work)
                .await
                .unwrap_or_else(|_| Err(Error::Interrupted { continues: false }.into())),
        }
    }

    /// Does something that computes on a thread of its own.
    pub(super) async fn compute<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T> {
        tokio::task::spawn_blocking(work)
            .await
            .map_err(|_| anyhow!("a worker thread ended unexpectedly"))
    }

    /// The folder of a model, downloaded first where it is not here.
    pub(super) async fn model(&self, uri: &str) -> Result<model::Local> {
        model::fetch(uri, model::Reuse::Cache, self).await
    }
}

impl Server {
    /// Where runs are written down.
    pub(super) fn tracking(&self) -> &dyn Tracking {
        self.tracking.as_ref()
    }

    /// Where registered models are written down.
    pub(super) fn registry(&self) -> &dyn Tracking {
        self.registry.as_ref()
    }
}

fn server_address(uri: &str) -> Result<Url> {
    let url = uri.parse().ok();
    let is_server = |url: &Url| matches!(url.scheme(), "http" | "https") && url.has_host();
    if let Some(url) = url.filter(is_server) {
        return Ok(url);
    }
    let mut hint = "write `http://HOST:PORT`, `https://HOST/PREFIX` or `sqlite:///FILE`".to_owned();
    if uri.starts_with(['.', '/']) || uri.starts_with("file:") {
        hint.push_str("; a store of files is only read: `phi3ml sync --from` takes it over");
    }
    Err(Error::Usage {
        message: format!(
            "`{}` is not the address of a tracking server",
            safe_uri(uri)
        ),
        hint: Some(hint),
    }
    .into())
}

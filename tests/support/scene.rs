//! One test on every ledger: a [`Context`] beside a fake or a real MLflow, of both generations, or with the
//! database file of a real one.

use std::path::Path;
use std::sync::OnceLock;
use std::time::Duration;

use serde_json::{Value, json};

use super::Context;
use super::api::Api;
use super::fake::{Fake, Generation};
use super::full_ring;
use super::mlflow::{
    self, PASSWORD, Served, USER, WORKSPACE, fresh, made_by_mlflow, mlflow2, mlflow3,
    upgraded_by_mlflow,
};
use super::python::Python;
use super::tls::{Authority, Door};

/// A place to run in and a server to talk to.
#[derive(Debug)]
pub(crate) struct Scene {
    /// Where the binary runs; `MLFLOW_TRACKING_URI` is set.
    pub(crate) context: Context,
    /// Which MLflow it is.
    pub(crate) generation: Generation,
    server: Server,
    api: Api,
    /// What MLflow's own client has to know besides the address.
    variables: Vec<(&'static str, String)>,
    /// It is open as long as the scene is there.
    door: Option<Door>,
}

#[derive(Debug)]
enum Server {
    Fake(Box<Fake>),
    Real(&'static Served),
    /// phi3ml has the file itself, and the server only tells what is in it.
    File(&'static Served),
}

/// Who made the tables of a database file.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Tables {
    /// MLflow 3.
    MadeByMlflow,
    /// phi3ml, and MLflow 3 upgraded them.
    UpgradedByMlflow,
    /// phi3ml, and they are as it made them.
    Fresh,
}

/// The revision at which phi3ml makes a database.
const OF_PHI3ML: &str = "6953534de441";

/// The revision of a database's tables.
fn revision(file: &Path) -> String {
    let database = rusqlite::Connection::open(file).unwrap();
    database.busy_timeout(Duration::from_secs(20)).unwrap();
    let sql = "SELECT version_num FROM alembic_version";
    database.query_row(sql, [], |row| row.get(0)).unwrap()
}

/// The servers of the slow ring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Special {
    /// Behind MLflow's basic-auth app; who calls is no administrator.
    Guarded,
    /// With workspaces, in one that is not the default.
    Workspace,
    /// Below a path, and behind `https://` with a private authority.
    Prefixed,
}

impl Scene {
    /// With a fake server of its own.
    pub(crate) fn fake(generation: Generation) -> Self {
        Self::with(Server::Fake(Box::new(Fake::start(generation))), generation)
    }

    /// With the real server of the test process.
    pub(crate) fn real(generation: Generation) -> Self {
        let server = match generation {
            Generation::Two => mlflow2(),
            Generation::Three => mlflow3(),
        };
        Self::with(Server::Real(server), generation)
    }

    /// With a database file, which a real server reads and writes at the same time.
    pub(crate) fn file(tables: Tables) -> Self {
        let server = match tables {
            Tables::MadeByMlflow => made_by_mlflow(),
            Tables::UpgradedByMlflow => upgraded_by_mlflow(),
            Tables::Fresh => fresh(),
        };
        // Nobody may have upgraded the one, and somebody must have upgraded the other.
        let revision = revision(&server.folder().join("mlflow.db"));
        let is_fresh = matches!(tables, Tables::Fresh);
        assert_eq!(revision == OF_PHI3ML, is_fresh, "{tables:?}: {revision}");
        Self::with(Server::File(server), Generation::Three)
    }

    /// With a real server that is not as others are; only in the slow ring.
    pub(crate) fn special(special: Special, generation: Generation) -> Option<Self> {
        static SAID: OnceLock<bool> = OnceLock::new();
        let what = "every operation on servers with accounts, with workspaces and below a path";
        if !*SAID.get_or_init(|| full_ring(what)) {
            return None;
        }
        Some(match special {
            Special::Guarded => {
                let server = mlflow::guarded(generation);
                let mut scene = Self::with(Server::Real(server), generation);
                scene.set("MLFLOW_TRACKING_USERNAME", USER);
                scene.set("MLFLOW_TRACKING_PASSWORD", PASSWORD);
                scene.api = scene.api.as_user(USER, PASSWORD);
                scene
            }
            Special::Workspace => {
                let server = mlflow::with_workspaces();
                let mut scene = Self::with(Server::Real(server), generation);
                scene.set("MLFLOW_WORKSPACE", WORKSPACE);
                scene.api = scene.api.in_workspace(WORKSPACE);
                scene
            }
            Special::Prefixed => {
                let server = mlflow::below_a_path();
                let mut scene = Self::with(Server::Real(server), generation);
                let address = server.api.url.trim_start_matches("http://");
                let (address, prefix) = address.split_once('/').unwrap();
                let authority = Authority::new();
                let door = Door::encrypted(address, &authority.vouch("127.0.0.1", 2999), None);
                let file = scene.context.path("authority.pem");
                fs_err::write(&file, authority.pem()).unwrap();
                scene.set("MLFLOW_TRACKING_SERVER_CERT_PATH", file.to_str().unwrap());
                let url = format!("https://127.0.0.1:{}/{prefix}", door.address.port());
                scene.context.set("MLFLOW_TRACKING_URI", &url);
                scene.api = scene.api.at(url);
                scene.door = Some(door);
                scene
            }
        })
    }

    /// The server's REST interface.
    pub(crate) fn api(&self) -> &Api {
        &self.api
    }

    /// Whether the server tells nobody that something is not there, but that he may not have it.
    pub(crate) fn is_guarded(&self) -> bool {
        self.variables
            .iter()
            .any(|(name, _)| *name == "MLFLOW_TRACKING_USERNAME")
    }

    /// The experiment that is meant where none is named.
    pub(crate) fn default_experiment(&self) -> String {
        if !self
            .variables
            .iter()
            .any(|(name, _)| *name == "MLFLOW_WORKSPACE")
        {
            return "0".to_owned();
        }
        // Of all workspaces only the default one has it from the start; whoever comes first makes it.
        let body = json!({ "name": "Default" });
        self.api
            .request("POST", "/api/2.0/mlflow/experiments/create", Some(&body));
        let made = self.api.experiment("Default")["experiment_id"].clone();
        made.as_str().unwrap().to_owned()
    }

    /// What a script of `tests/python` says with the MLflow of the server's own version.
    #[track_caller]
    pub(crate) fn script(&self, name: &str, arguments: &[&str]) -> Value {
        let python = match self.generation {
            Generation::Two => Python::mlflow2(),
            Generation::Three => Python::mlflow3(),
        };
        let mut variables = vec![("MLFLOW_TRACKING_URI".to_owned(), self.api.url.clone())];
        let more = self.variables.iter();
        variables.extend(more.map(|(name, value)| ((*name).to_owned(), value.clone())));
        python.script(name, &variables, arguments)
    }

    /// Sets a variable for phi3ml and for MLflow's own client.
    fn set(&mut self, name: &'static str, value: &str) {
        self.context.set(name, value);
        self.variables.push((name, value.to_owned()));
    }

    /// Whether the server is a real MLflow.
    pub(crate) fn is_real(&self) -> bool {
        matches!(self.server, Server::Real(_))
    }

    /// Whether phi3ml has a database file, and no server.
    pub(crate) fn is_file(&self) -> bool {
        matches!(self.server, Server::File(_))
    }

    /// A server of the newest MLflow on a copy of the database as it is now, if the one beside it is an older one.
    pub(crate) fn newer(&self) -> Option<Served> {
        match &self.server {
            Server::File(server) => {
                let database = server.folder().join("mlflow.db");
                (revision(&database) == OF_PHI3ML).then(|| mlflow::serve_copy(&database))
            }
            Server::Fake(_) | Server::Real(_) => None,
        }
    }

    /// The fake server; fails on a real one.
    #[track_caller]
    pub(crate) fn server(&self) -> &Fake {
        match &self.server {
            Server::Fake(fake) => fake,
            Server::Real(_) | Server::File(_) => panic!("this test needs the fake server"),
        }
    }

    fn with(server: Server, generation: Generation) -> Self {
        let context = Context::new();
        let api = match &server {
            Server::Fake(fake) => fake.api.clone(),
            Server::Real(server) | Server::File(server) => server.api.clone(),
        };
        let mut scene = Self {
            context,
            generation,
            server,
            api,
            variables: Vec::new(),
            door: None,
        };
        let url = match &scene.server {
            Server::File(server) => {
                format!("sqlite:///{}", server.folder().join("mlflow.db").display())
            }
            _ => scene.api().url.clone(),
        };
        scene.context.set("MLFLOW_TRACKING_URI", url);
        scene
    }
}

/// Makes one test of a function for each server: `fake3`, `fake2`, `mlflow3`, `mlflow2`, and in the slow ring also
/// `guarded3`, `guarded2`, `workspace3` and `prefixed3`.
macro_rules! on_every_server {
    ($($name:ident),+ $(,)?) => {
        $crate::support::scene::on_every_server!(@one fake3, fake, Three, $($name),+);
        $crate::support::scene::on_every_server!(@one fake2, fake, Two, $($name),+);
        $crate::support::scene::on_every_server!(@one mlflow3, real, Three, $($name),+);
        $crate::support::scene::on_every_server!(@one mlflow2, real, Two, $($name),+);
        $crate::support::scene::on_every_server!(@special guarded3, Guarded, Three, $($name),+);
        $crate::support::scene::on_every_server!(@special guarded2, Guarded, Two, $($name),+);
        $crate::support::scene::on_every_server!(@special workspace3, Workspace, Three, $($name),+);
        $crate::support::scene::on_every_server!(@special prefixed3, Prefixed, Three, $($name),+);
    };
    (@special $server:ident, $special:ident, $generation:ident, $($name:ident),+) => {
        mod $server {
            use $crate::support::fake::Generation;
            use $crate::support::scene::{Scene, Special};
            $(
                #[test]
                fn $name() {
                    if let Some(scene) = Scene::special(Special::$special, Generation::$generation) {
                        super::$name(&scene);
                    }
                }
            )+
        }
    };
    (@one $server:ident, $kind:ident, $generation:ident, $($name:ident),+) => {
        mod $server {
            use $crate::support::fake::Generation;
            use $crate::support::scene::Scene;
            $(
                #[test]
                fn $name() {
                    super::$name(&Scene::$kind(Generation::$generation));
                }
            )+
        }
    };
}
pub(crate) use on_every_server;

/// Makes one test of a function for each sort of database file: `made_by_mlflow`, `upgraded_by_mlflow`, `fresh`.
macro_rules! on_every_file {
    ($($name:ident),+ $(,)?) => {
        $crate::support::scene::on_every_file!(@one made_by_mlflow, MadeByMlflow, $($name),+);
        $crate::support::scene::on_every_file!(@one upgraded_by_mlflow, UpgradedByMlflow, $($name),+);
        $crate::support::scene::on_every_file!(@one fresh, Fresh, $($name),+);
    };
    (@one $file:ident, $tables:ident, $($name:ident),+) => {
        mod $file {
            use $crate::support::scene::{Scene, Tables};
            $(
                #[test]
                fn $name() {
                    super::$name(&Scene::file(Tables::$tables));
                }
            )+
        }
    };
}
pub(crate) use on_every_file;

/// Makes one test of a function for each server and for each sort of database file.
macro_rules! on_every_ledger {
    ($($name:ident),+ $(,)?) => {
        $crate::support::scene::on_every_server!($($name),+);
        $crate::support::scene::on_every_file!($($name),+);
    };
}
pub(crate) use on_every_ledger;

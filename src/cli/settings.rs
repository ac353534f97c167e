//! Flags, then environment, then files, then defaults: what a command will work with, and where each value came
//! from.
//!
//! All values pass through one [`Resolver`], so that there is one order and nothing is used that `config show`
//! does not show.

use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use anyhow::{Context as _, Result};
use clap::ArgMatches;
use clap::parser::ValueSource;
use etcetera::BaseStrategy as _;

use super::args::Global;
use super::{ci, env};
use crate::command::Error;
use crate::command::settings::{
    Artifacts, Connection, Credentials, DEFAULT_TRACKING_URI, Defaults, Folders, FoundIn,
    Multipart, NotAnId, Origin, Patience, Places, Policy, Secret, Setting, Settings, Size, Tls,
    auth, safe_uri, tls,
};

/// MLflow's own credentials file, below the home folder
/// (`mlflow/utils/credentials.py`, `_get_credentials_path`).
const CREDENTIALS: &str = ".mlflow/credentials";

/// The interpreter whose packages may hold the library, and whose pip may fetch it.
const PYTHON: &str = if cfg!(windows) {
    "python.exe"
} else {
    "python3"
};

/// How much is kept of models that were downloaded: a few of full size.
const CACHE_SIZE: Size = Size(20_000_000_000);

/// Resolves what was given.
pub(super) fn resolve(global: &Global, matches: &ArgMatches) -> Result<Settings> {
    let base = etcetera::choose_base_strategy().context("cannot tell where the home folder is")?;
    let mut resolver = Resolver {
        matches,
        shown: Vec::new(),
    };
    let tracking_uri = resolver.uri("tracking_uri", global.tracking_uri.as_deref());
    if tracking_uri.is_none() {
        resolver.show_default(DEFAULT_TRACKING_URI);
    }
    let registry_uri = resolver.uri("registry_uri", global.registry_uri.as_deref());
    let workspace = resolver.flag("workspace", global.workspace.as_deref());
    let connection = resolver.connection(base.home_dir())?;
    let mut artifacts = resolver.artifacts()?;
    artifacts.patience = Patience::new(connection.retry.clone(), connection.idle_timeout);
    let defaults = Defaults {
        run_id: resolver.id("run_id", env::RUN_ID)?,
        experiment_id: resolver.id("experiment_id", env::EXPERIMENT_ID)?,
        experiment_name: resolver.text("experiment_name", env::EXPERIMENT_NAME),
    };
    let origin = resolver.origin(connection.credentials.username.clone());
    let folders = Folders {
        cache: resolver.folder("cache_dir", env::CACHE_DIR, &base.cache_dir()),
        data: resolver.folder("data_dir", env::DATA_DIR, &base.data_dir()),
        state: resolver.folder(
            "state_dir",
            env::STATE_DIR,
            &base.state_dir().unwrap_or_else(|| base.data_dir()),
        ),
    };
    let cache_size = resolver.size("cache_size", env::CACHE_SIZE, CACHE_SIZE)?;
    let runtime = resolver.places(&folders, base.home_dir());
    resolver.manners(global);
    Ok(Settings {
        tracking_uri,
        registry_uri,
        workspace,
        connection,
        artifacts,
        defaults,
        origin,
        cache_size: cache_size.0,
        runtime,
        folders,
        executable: std::env::current_exe().ok(),
        print_curl: global.print_curl,
        dry_run: global.dry_run,
        offline: global.offline,
        format: global.output.into(),
        shown: resolver.shown,
    })
}

/// Looks values up in the one order, and notes where each was found.
struct Resolver<'a> {
    matches: &'a ArgMatches,
    shown: Vec<Setting>,
}

impl Resolver<'_> {
    fn note(&mut self, name: &'static str, value: Option<String>, from: FoundIn) {
        self.shown.push(Setting { name, value, from });
    }

    /// A variable without a flag, as text.
    fn text(&mut self, name: &'static str, variable: &'static str) -> Option<String> {
        let value = env::text(variable);
        self.note(name, value.clone(), found(value.as_ref(), variable));
        value
    }

    /// A variable that must not be shown.
    fn secret(&mut self, name: &'static str, variable: &'static str) -> Option<Secret> {
        let value = env::text(variable);
        let shown = value.as_ref().map(|_| "***".to_owned());
        self.note(name, shown, found(value.as_ref(), variable));
        value.map(Secret::new)
    }

    fn path(&mut self, name: &'static str, variable: &'static str) -> Option<PathBuf> {
        let value = env::raw(variable).map(PathBuf::from);
        let shown = value.as_ref().map(|path| path.display().to_string());
        self.note(name, shown, found(value.as_ref(), variable));
        value
    }

    fn folder(&mut self, name: &'static str, variable: &'static str, default: &Path) -> PathBuf {
        let value = env::raw(variable).map(PathBuf::from);
        let from = found(value.as_ref(), variable);
        let folder = value.unwrap_or_else(|| default.join("phi3ml"));
        self.note(name, Some(folder.display().to_string()), from);
        folder
    }

    fn switch(&mut self, name: &'static str, variable: &'static str, default: bool) -> bool {
        let value = env::switch(variable);
        let from = found(value.as_ref(), variable);
        let value = value.unwrap_or(default);
        self.note(name, Some(value.to_string()), from);
        value
    }

    fn number<T: FromStr + Display>(
        &mut self,
        name: &'static str,
        variable: &'static str,
        default: T,
    ) -> Result<T> {
        let text = env::text(variable);
        let from = found(text.as_ref(), variable);
        let value = match text {
            Some(text) => text.trim().parse().map_err(|_| {
                Error::usage(format!("`{variable}` is `{text}`, which is not a number"))
            })?,
            None => default,
        };
        self.note(name, Some(value.to_string()), from);
        Ok(value)
    }

    /// A number of seconds, or what they are multiplied by.
    fn seconds(&mut self, name: &'static str, variable: &'static str, default: f64) -> Result<f64> {
        let value = self.number(name, variable, default)?;
        if Duration::try_from_secs_f64(value).is_ok() {
            Ok(value)
        } else {
            let message = format!("`{variable}` is `{value}`, which is no number of seconds");
            Err(Error::usage(message).into())
        }
    }

    fn size(&mut self, name: &'static str, variable: &'static str, default: Size) -> Result<Size> {
        let text = env::text(variable);
        let from = found(text.as_ref(), variable);
        let value = match text {
            Some(text) => text
                .parse()
                .map_err(|error| Error::usage(format!("{variable}: {error}")))?,
            None => default,
        };
        self.note(name, Some(value.to_string()), from);
        Ok(value)
    }

    fn id<T: FromStr<Err = NotAnId>>(
        &mut self,
        name: &'static str,
        variable: &'static str,
    ) -> Result<Option<T>> {
        let text = self.text(name, variable);
        let id = text.map(|text| text.parse()).transpose();
        id.map_err(|error| Error::usage(format!("{variable}: {error}")).into())
    }

    /// Where clap found the value of a flag.
    fn of_flag(&self, name: &'static str) -> FoundIn {
        match self.matches.value_source(name) {
            Some(ValueSource::CommandLine) => {
                FoundIn::Flag(format!("--{}", name.replace('_', "-")))
            }
            Some(ValueSource::EnvVariable) => FoundIn::Variable(env::of_flag(name)),
            _ => FoundIn::Default,
        }
    }

    /// A flag with a variable of its own; an empty value counts as none.
    fn flag(&mut self, name: &'static str, value: Option<&str>) -> Option<String> {
        let value = value.filter(|value| !value.is_empty()).map(str::to_owned);
        let from = value
            .as_ref()
            .map_or(FoundIn::Default, |_| self.of_flag(name));
        self.note(name, value.clone(), from);
        value
    }

    /// Likewise, of an address that may hold secrets.
    fn uri(&mut self, name: &'static str, value: Option<&str>) -> Option<String> {
        let value = self.flag(name, value);
        if let (Some(uri), Some(setting)) = (&value, self.shown.last_mut()) {
            setting.value = Some(safe_uri(uri));
        }
        value
    }

    /// What is used where nothing was said about the setting that was noted last.
    fn show_default(&mut self, value: &str) {
        if let Some(setting) = self.shown.last_mut() {
            setting.value = Some(value.to_owned());
        }
    }

    fn connection(&mut self, home: &Path) -> Result<Connection> {
        let standard = Policy::default();
        let credentials = self.credentials(home);
        let sync_from = self.of_one_end(
            [
                "sync_from_username",
                "sync_from_password",
                "sync_from_token",
            ],
            env::SYNC_FROM,
        );
        let sync_to = self.of_one_end(
            ["sync_to_username", "sync_to_password", "sync_to_token"],
            env::SYNC_TO,
        );
        let tls = Tls {
            insecure: self.switch("insecure_tls", tls::INSECURE, false),
            ca_file: self.path("server_cert_path", tls::SERVER_CERTIFICATE),
            client_cert_file: self.path("client_cert_path", tls::CLIENT_CERTIFICATE),
        };
        if tls.insecure && tls.ca_file.is_some() {
            // MLflow's client refuses the two together (`mlflow/utils/rest_utils.py`, 3.17.2).
            return Err(Error::Usage {
                message: format!(
                    "`{}` and `{}` contradict each other",
                    tls::INSECURE,
                    tls::SERVER_CERTIFICATE
                ),
                hint: Some("set only one of them".to_owned()),
            }
            .into());
        }
        let retry = Policy {
            max_retries: self.number("max_retries", env::MAX_RETRIES, standard.max_retries)?,
            backoff_factor: self.seconds(
                "backoff_factor",
                env::BACKOFF_FACTOR,
                standard.backoff_factor,
            )?,
            backoff_jitter: self.seconds(
                "backoff_jitter",
                env::BACKOFF_JITTER,
                standard.backoff_jitter,
            )?,
            respect_retry_after: self.switch(
                "respect_retry_after",
                env::RESPECT_RETRY_AFTER,
                standard.respect_retry_after,
            ),
        };
        let idle = self.seconds("timeout", env::TIMEOUT, 120.0)?;
        if idle == 0.0 {
            let message = format!("`{}` is 0: no server answers at once", env::TIMEOUT);
            return Err(Error::usage(message).into());
        }
        for (name, variables) in env::PROXIES {
            self.proxy(name, variables);
        }
        Ok(Connection {
            credentials,
            sync_from,
            sync_to,
            tls,
            retry,
            idle_timeout: Duration::from_secs_f64(idle),
        })
    }

    /// How files get to and from stores, in MLflow's own variables and in those of the clouds.
    fn artifacts(&mut self) -> Result<Artifacts> {
        let standard = Multipart::default();
        let multipart = Multipart {
            upload: self.choice("proxy_multipart_upload", env::MULTIPART_UPLOAD),
            minimum_upload: self.number(
                "multipart_upload_minimum_file_size",
                env::MULTIPART_UPLOAD_MINIMUM,
                standard.minimum_upload,
            )?,
            upload_chunk: self.number(
                "multipart_upload_chunk_size",
                env::MULTIPART_UPLOAD_CHUNK,
                standard.upload_chunk,
            )?,
            download: self.choice("proxy_multipart_download", env::MULTIPART_DOWNLOAD),
        };
        let endpoint = self.uri_of(env::S3_ENDPOINT);
        let mut cloud = env::of_clouds();
        let names: Vec<&str> = cloud.iter().map(|(name, _)| name.as_str()).collect();
        let shown = (!names.is_empty()).then(|| names.join(" "));
        let from = found(shown.as_ref(), "AWS_…, AZURE_…, GOOGLE_…");
        self.note("cloud_variables", shown, from);
        cloud.extend(endpoint.map(|uri| (env::S3_ENDPOINT.to_owned(), uri)));
        let cloud = cloud
            .into_iter()
            .map(|(name, value)| (name, Secret::new(value)))
            .collect();
        Ok(Artifacts {
            multipart,
            cloud,
            ..Artifacts::default()
        })
    }

    /// A switch that leaves the choice to the server where it is not set.
    fn choice(&mut self, name: &'static str, variable: &'static str) -> Option<bool> {
        let value = env::switch(variable);
        let shown = value.map(|value| value.to_string());
        self.note(name, shown, found(value.as_ref(), variable));
        value
    }

    /// The address of an S3 server.
    fn uri_of(&mut self, variable: &'static str) -> Option<String> {
        let value = env::text(variable);
        let shown = value.as_deref().map(safe_uri);
        self.note("s3_endpoint_url", shown, found(value.as_ref(), variable));
        value
    }

    /// Proxies are found by the HTTP client itself; they are only shown here.
    fn proxy(&mut self, name: &'static str, variables: [&'static str; 2]) {
        let found = variables
            .into_iter()
            .find_map(|variable| Some((env::text(variable)?, variable)));
        let (value, from) = match found {
            Some((uri, variable)) => (Some(safe_uri(&uri)), FoundIn::Variable(variable)),
            None => (None, FoundIn::Default),
        };
        self.note(name, value, from);
    }

    /// User and password are each looked for in the variable and then in the file.
    fn credentials(&mut self, home: &Path) -> Credentials {
        let path = home.join(CREDENTIALS);
        let file = fs_err::read_to_string(&path).ok().map(|text| (path, text));
        let in_file = file.as_ref().map(|(_, text)| auth::in_file(text));
        let (user_there, password_there) = in_file.unwrap_or_default();
        let username = self.text("username", auth::USERNAME);
        self.or_in_file(file.as_ref().map(|(path, _)| path.as_path()), user_there);
        let password = self.secret("password", auth::PASSWORD);
        self.or_in_file(
            file.as_ref().map(|(path, _)| path.as_path()),
            password_there.then(|| "***".to_owned()),
        );
        Credentials {
            variables: auth::VARIABLES,
            username,
            password,
            token: self.secret("token", auth::TOKEN),
            file,
        }
    }

    /// Those of the source or the target of `sync`.
    fn of_one_end(&mut self, names: [&'static str; 3], variables: auth::Variables) -> Credentials {
        let [username, password, token] = names;
        Credentials {
            username: self.text(username, variables.username),
            password: self.secret(password, variables.password),
            token: self.secret(token, variables.token),
            file: None,
            variables,
        }
    }

    /// The setting that was noted last has this value in a file, unless it has one already.
    fn or_in_file(&mut self, path: Option<&Path>, value: Option<String>) {
        if let (Some(setting), Some(path), Some(value)) = (self.shown.last_mut(), path, value)
            && setting.value.is_none()
        {
            setting.value = Some(value);
            setting.from = FoundIn::File(path.display().to_string());
        }
    }

    fn origin(&mut self, username: Option<String>) -> Origin {
        let variables = [auth::USERNAME].into_iter().chain(env::USER);
        let variable = variables
            .into_iter()
            .find(|variable| env::text(variable).is_some());
        let user = username
            .or_else(|| variable.and_then(env::text))
            .or_else(user_of_process);
        let from = variable.map_or(FoundIn::Default, FoundIn::Variable);
        self.note("user", user.clone(), from);
        Origin {
            user,
            build: ci::build(&env::text),
            run_context: self.text("run_context", env::RUN_CONTEXT),
        }
    }

    fn places(&mut self, folders: &Folders, home: &Path) -> Places {
        let executable = std::env::current_exe().ok();
        Places {
            explicit: self.path("ort_lib", env::ORT_LIBRARY),
            executable_dir: executable.and_then(|path| path.parent().map(PathBuf::from)),
            data_dir: Some(folders.data.clone()),
            virtual_env: env::raw(env::VIRTUAL_ENV).map(PathBuf::from),
            conda_prefix: env::raw(env::CONDA_PREFIX).map(PathBuf::from),
            python: env::folders(env::PATH)
                .into_iter()
                .map(|folder| folder.join(PYTHON))
                .find(|python| python.is_file()),
            user_base: Some(home.join(".local")),
            library_path: env::folders(env::LIBRARY_PATH),
            system: true,
        }
    }

    /// How phi3ml speaks, which the terminal was told already.
    fn manners(&mut self, global: &Global) {
        let words = [
            ("output", format!("{:?}", global.output)),
            ("progress", format!("{:?}", global.progress)),
            ("color", format!("{:?}", global.color)),
            ("quiet", global.quiet.to_string()),
            ("verbose", global.verbose.to_string()),
            ("dry_run", global.dry_run.to_string()),
            ("print_curl", global.print_curl.to_string()),
            ("offline", global.offline.to_string()),
        ];
        for (name, value) in words {
            let from = self.of_flag(name);
            self.note(name, Some(value.to_lowercase()), from);
        }
        self.text("log", env::LOG);
    }
}

fn found<T>(value: Option<&T>, variable: &'static str) -> FoundIn {
    value.map_or(FoundIn::Default, |_| FoundIn::Variable(variable))
}

/// Who the system says runs this, where no variable does: as in Python's `getpass.getuser`.
#[cfg(target_os = "linux")]
fn user_of_process() -> Option<String> {
    use std::os::unix::fs::MetadataExt as _;
    let id = fs_err::metadata("/proc/self").ok()?.uid().to_string();
    let users = fs_err::read_to_string("/etc/passwd").ok()?;
    users.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        (fields.nth(1) == Some(id.as_str())).then(|| name.to_owned())
    })
}

#[cfg(not(target_os = "linux"))]
fn user_of_process() -> Option<String> {
    None
}

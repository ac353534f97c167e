//! Every environment variable the program reads, and the only place that reads them.
//!
//! Flags that have a variable of their own name it in `args.rs`, where clap reads it; those for
//! credentials and certificates are named in `http::auth` and `http::tls`, whose errors advise them; those of
//! CI systems are named in `ci.rs`.

use std::ffi::OsString;
use std::path::PathBuf;

use crate::command::settings::auth::Variables;

/// The run to log into where no flag names one.
pub(super) const RUN_ID: &str = "MLFLOW_RUN_ID";
/// The experiment of new runs, by id.
pub(super) const EXPERIMENT_ID: &str = "MLFLOW_EXPERIMENT_ID";
/// The experiment of new runs, by name.
pub(super) const EXPERIMENT_NAME: &str = "MLFLOW_EXPERIMENT_NAME";
/// Further tags of new runs, as a JSON object.
pub(super) const RUN_CONTEXT: &str = "MLFLOW_RUN_CONTEXT";
/// How often a request is tried again (7).
pub(super) const MAX_RETRIES: &str = "MLFLOW_HTTP_REQUEST_MAX_RETRIES";
/// Seconds before the second retry, doubled for each further one (2).
pub(super) const BACKOFF_FACTOR: &str = "MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR";
/// Up to how many seconds are added to each wait at random (1.0).
pub(super) const BACKOFF_JITTER: &str = "MLFLOW_HTTP_REQUEST_BACKOFF_JITTER";
/// How many seconds the other side may be silent (120).
pub(super) const TIMEOUT: &str = "MLFLOW_HTTP_REQUEST_TIMEOUT";
/// `false` ignores `Retry-After`.
pub(super) const RESPECT_RETRY_AFTER: &str = "MLFLOW_HTTP_RESPECT_RETRY_AFTER_HEADER";
/// Whether large files go to the server's store in parts and past the server; else the server is asked.
pub(super) const MULTIPART_UPLOAD: &str = "MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD";
/// From how many bytes on (524288000).
pub(super) const MULTIPART_UPLOAD_MINIMUM: &str = "MLFLOW_MULTIPART_UPLOAD_MINIMUM_FILE_SIZE";
/// How many bytes a part has (10485760).
pub(super) const MULTIPART_UPLOAD_CHUNK: &str = "MLFLOW_MULTIPART_UPLOAD_CHUNK_SIZE";
/// Whether large files come from the server's store and past the server; else the server is asked.
pub(super) const MULTIPART_DOWNLOAD: &str = "MLFLOW_ENABLE_PROXY_MULTIPART_DOWNLOAD";
/// The S3 server of `s3:` locations, where it is not Amazon's.
pub(super) const S3_ENDPOINT: &str = "MLFLOW_S3_ENDPOINT_URL";
/// How the variables begin that clouds' own programs read.
const CLOUDS: [&str; 4] = ["AWS_", "AZURE_", "GOOGLE_", "MLFLOW_S3_IGNORE_TLS"];
/// Where downloaded models are kept.
pub(super) const CACHE_DIR: &str = "PHI3ML_CACHE_DIR";
/// How much of them is kept: `20GB`.
pub(super) const CACHE_SIZE: &str = "PHI3ML_CACHE_SIZE";
/// Where the ONNX Runtime library is kept.
pub(super) const DATA_DIR: &str = "PHI3ML_DATA_DIR";
/// Where the journals of what is under way are kept.
pub(super) const STATE_DIR: &str = "PHI3ML_STATE_DIR";
/// What is logged on stderr, as in `RUST_LOG`.
pub(super) const LOG: &str = "PHI3ML_LOG";
/// The ONNX Runtime library to use.
pub(super) const ORT_LIBRARY: &str = "ORT_DYLIB_PATH";
/// The active virtual environment, which may hold an ONNX Runtime library.
pub(super) const VIRTUAL_ENV: &str = "VIRTUAL_ENV";
/// The active conda environment, likewise.
pub(super) const CONDA_PREFIX: &str = "CONDA_PREFIX";
/// Where `python3` is looked for.
pub(super) const PATH: &str = "PATH";
/// Where the system's loader looks first.
pub(super) const LIBRARY_PATH: &str = if cfg!(target_os = "macos") {
    "DYLD_LIBRARY_PATH"
} else {
    "LD_LIBRARY_PATH"
};
/// Who one is to the server that `sync` reads.
pub(super) const SYNC_FROM: Variables = Variables {
    username: "PHI3ML_SYNC_FROM_USERNAME",
    password: "PHI3ML_SYNC_FROM_PASSWORD",
    token: "PHI3ML_SYNC_FROM_TOKEN",
};
/// Who one is to the server that `sync` writes to.
pub(super) const SYNC_TO: Variables = Variables {
    username: "PHI3ML_SYNC_TO_USERNAME",
    password: "PHI3ML_SYNC_TO_PASSWORD",
    token: "PHI3ML_SYNC_TO_TOKEN",
};
/// The proxies, in capitals and not.
pub(super) const PROXIES: [(&str, [&str; 2]); 4] = [
    ("http_proxy", ["HTTP_PROXY", "http_proxy"]),
    ("https_proxy", ["HTTPS_PROXY", "https_proxy"]),
    ("all_proxy", ["ALL_PROXY", "all_proxy"]),
    ("no_proxy", ["NO_PROXY", "no_proxy"]),
];
/// `dumb` where the terminal cannot redraw a line.
pub(super) const TERM: &str = "TERM";
/// Who runs this: the first of these that is set.
pub(super) const USER: [&str; 4] = ["LOGNAME", "USER", "LNAME", "USERNAME"];

/// The variable of a flag that has one, see `args.rs`.
pub(super) fn of_flag(name: &str) -> &'static str {
    match name {
        "tracking_uri" => "MLFLOW_TRACKING_URI",
        "registry_uri" => "MLFLOW_REGISTRY_URI",
        "workspace" => "MLFLOW_WORKSPACE",
        "output" => "PHI3ML_OUTPUT",
        "progress" => "PHI3ML_PROGRESS",
        _ => "PHI3ML_OFFLINE",
    }
}

/// The shell that wants words completed, or its script for that.
pub(super) const COMPLETE: &str = "COMPLETE";

/// The words of the command line, the program's own name first.
pub(super) fn words() -> Vec<OsString> {
    std::env::args_os().collect()
}

/// A variable's value as text; an empty one counts as not set.
pub(super) fn text(name: &str) -> Option<String> {
    raw(name).and_then(|value| value.into_string().ok())
}

/// A variable's value as the system holds it; an empty one counts as not set.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place that reads the environment"
)]
pub(super) fn raw(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

/// The variables that clouds' own programs read, of which there are many.
pub(super) fn of_clouds() -> Vec<(String, String)> {
    let all = std::env::vars_os().filter_map(|(name, value)| {
        let name = name.into_string().ok()?;
        let is_cloud = CLOUDS.iter().any(|prefix| name.starts_with(prefix));
        is_cloud.then_some((name, value.into_string().ok()?))
    });
    all.filter(|(_, value)| !value.is_empty()).collect()
}

/// A list of folders.
pub(super) fn folders(name: &str) -> Vec<PathBuf> {
    raw(name).map_or_else(Vec::new, |list| std::env::split_paths(&list).collect())
}

/// A switch, in the words that MLflow takes (`mlflow/environment_variables.py`, `_BooleanEnvironmentVariable`).
pub(super) fn switch(name: &str) -> Option<bool> {
    match text(name)?.to_ascii_lowercase().as_str() {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

//! An S3 server inside the test process: s3s-fs, which keeps objects as files and checks signatures.
//!
//! It is a real implementation of the protocol by others; nothing here answers for it.

use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use s3s_fs::FileSystem;
use tempfile::TempDir;

use super::server::Server;

/// The one key that it knows.
pub(crate) const KEY: &str = "AKIAPHI3MLTEST";
/// And its secret.
pub(crate) const SECRET: &str = "phi3ml-test-secret";
/// The one bucket.
pub(crate) const BUCKET: &str = "models";

/// A running server; it ends with this value.
#[derive(Debug)]
pub(crate) struct S3 {
    /// Where it answers.
    pub(crate) url: String,
    folder: TempDir,
    _server: Server,
}

impl S3 {
    /// Starts one with an empty bucket.
    pub(crate) fn start() -> Self {
        let folder = TempDir::with_prefix("phi3ml-s3-").unwrap();
        fs_err::create_dir(folder.path().join(BUCKET)).unwrap();
        let mut builder = S3ServiceBuilder::new(FileSystem::new(folder.path()).unwrap());
        builder.set_auth(SimpleAuth::from_single(KEY, SECRET));
        let service = builder.build();
        let server = Server::start("s3", |listener| async move {
            while let Ok((socket, _)) = listener.accept().await {
                let service = service.clone();
                tokio::spawn(async move {
                    let server = Builder::new(TokioExecutor::new());
                    // A client that hangs up has its reasons.
                    _ = server.serve_connection(TokioIo::new(socket), service).await;
                });
            }
        });
        Self {
            url: server.url(),
            folder,
            _server: server,
        }
    }

    /// How a client is told of it.
    pub(crate) fn variables(&self) -> Vec<(&'static str, String)> {
        vec![
            ("AWS_ACCESS_KEY_ID", KEY.to_owned()),
            ("AWS_SECRET_ACCESS_KEY", SECRET.to_owned()),
            ("AWS_DEFAULT_REGION", "us-east-1".to_owned()),
            ("MLFLOW_S3_ENDPOINT_URL", self.url.clone()),
        ]
    }

    /// Whether it holds parts of uploads that were never finished.
    pub(crate) fn holds_loose_parts(&self) -> bool {
        let entries = fs_err::read_dir(self.folder.path()).unwrap();
        entries.filter_map(Result::ok).any(|entry| {
            entry
                .file_name()
                .to_string_lossy()
                .starts_with(".upload_id-")
        })
    }
}

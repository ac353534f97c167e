//! Whom to trust and what to show them: MLflow's three TLS settings as reqwest understands them.
//!
//! It reads the files only when the first connection of their kind is made.

use std::path::PathBuf;

use reqwest::{Certificate, ClientBuilder, Identity};

use super::error::{Cause, Error};

/// The variable that switches verification off.
pub const INSECURE: &str = "MLFLOW_TRACKING_INSECURE_TLS";
/// The variable that names certificates to trust.
pub const SERVER_CERTIFICATE: &str = "MLFLOW_TRACKING_SERVER_CERT_PATH";
/// The variable that names the client's own certificate and key.
pub const CLIENT_CERTIFICATE: &str = "MLFLOW_TRACKING_CLIENT_CERT_PATH";

/// How to speak TLS with the home origins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tls {
    /// Accept any certificate.
    pub insecure: bool,
    /// A PEM file of certificates to trust besides the system's.
    pub ca_file: Option<PathBuf>,
    /// A PEM file with the client's certificate and its private key.
    pub client_cert_file: Option<PathBuf>,
}

impl Tls {
    pub(super) fn apply(&self, mut builder: ClientBuilder) -> Result<ClientBuilder, Error> {
        if self.insecure {
            builder = builder.tls_danger_accept_invalid_certs(true);
        }
        if let Some(path) = &self.ca_file {
            let pem = read(path, SERVER_CERTIFICATE)?;
            let certificates = Certificate::from_pem_bundle(&pem)
                .map_err(|source| Error::setting(SERVER_CERTIFICATE, path, source))?;
            if certificates.is_empty() {
                return Err(Error::setting(
                    SERVER_CERTIFICATE,
                    path,
                    "it holds no certificate",
                ));
            }
            builder = builder.tls_certs_merge(certificates);
        }
        if let Some(path) = &self.client_cert_file {
            let pem = read(path, CLIENT_CERTIFICATE)?;
            let identity = Identity::from_pem(&pem)
                .map_err(|source| Error::setting(CLIENT_CERTIFICATE, path, source))?;
            builder = builder.identity(identity);
        }
        Ok(builder)
    }

    /// What to blame when a client with these settings cannot be made: rustls looks at the client's
    /// certificate only then.
    pub(super) fn blame(&self, source: reqwest::Error) -> Error {
        match &self.client_cert_file {
            Some(path) => Error::setting(CLIENT_CERTIFICATE, path, Cause::from(source)),
            None => Error::Client(source.into()),
        }
    }
}

fn read(path: &std::path::Path, variable: &'static str) -> Result<Vec<u8>, Error> {
    fs_err::read(path).map_err(|source| Error::setting(variable, path, source))
}

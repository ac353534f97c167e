//! With which key, and how, a bucket is reached: the variables of the clouds' own programs.
//!
//! It reads no environment and sends nothing.

use std::time::Duration;

use object_store::aws::{AmazonS3Builder, Checksum};
use object_store::azure::MicrosoftAzureBuilder;
use object_store::gcp::GoogleCloudStorageBuilder;
use object_store::{ClientOptions, RetryConfig};

use super::Settings;
use super::again::Connector;

/// No limit on the whole of a request: how long one may take, and how often it is tried, is for `again` to say.
fn options(settings: &Settings, endpoint: Option<&str>) -> ClientOptions {
    let is_plain = endpoint.is_some_and(|endpoint| endpoint.starts_with("http:"));
    let is_insecure = settings.cloud("MLFLOW_S3_IGNORE_TLS") == Some("true");
    ClientOptions::new()
        .with_timeout_disabled()
        .with_connect_timeout(Duration::from_secs(30))
        .with_allow_http(is_plain)
        .with_allow_invalid_certificates(is_insecure)
}

/// It tries nothing again by rules of its own.
fn once() -> RetryConfig {
    RetryConfig {
        max_retries: 0,
        ..RetryConfig::default()
    }
}

/// What says who we are to S3. A machine of Amazon's would say so itself, but to ask it takes long elsewhere.
pub(super) fn has_s3_key(settings: &Settings) -> bool {
    [
        "AWS_ACCESS_KEY_ID",
        "AWS_WEB_IDENTITY_TOKEN_FILE",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
        "AWS_SKIP_SIGNATURE",
    ]
    .iter()
    .any(|name| settings.cloud(name).is_some())
}

/// The variables whose names the store knows.
fn known<'a, K: std::str::FromStr>(
    settings: &'a Settings,
    prefix: &'a str,
) -> impl Iterator<Item = (K, &'a str)> {
    let variables = settings.cloud.iter();
    variables.filter_map(move |(name, value)| {
        let key = name
            .strip_prefix(prefix)
            .map(|_| name.to_ascii_lowercase())?;
        Some((key.parse().ok()?, value.expose()))
    })
}

pub(super) fn s3(
    bucket: &str,
    settings: &Settings,
) -> object_store::Result<object_store::aws::AmazonS3> {
    // `MLFLOW_S3_ENDPOINT_URL` comes first (`mlflow/store/artifact/s3_artifact_repo.py`, 3.17.2).
    let endpoint = [
        "MLFLOW_S3_ENDPOINT_URL",
        "AWS_ENDPOINT_URL_S3",
        "AWS_ENDPOINT_URL",
    ]
    .iter()
    .find_map(|name| settings.cloud(name));
    let builder = known(settings, "AWS_").fold(AmazonS3Builder::new(), |builder, (key, value)| {
        builder.with_config(key, value)
    });
    let builder = match endpoint {
        Some(endpoint) => builder.with_endpoint(endpoint),
        None => builder,
    };
    builder
        .with_bucket_name(bucket)
        .with_client_options(options(settings, endpoint))
        .with_retry(once())
        .with_http_connector(Connector)
        // The store sums up what arrives, and refuses what is not what was sent.
        .with_checksum_algorithm(Checksum::SHA256)
        .build()
}

pub(super) fn gcs(
    bucket: &str,
    settings: &Settings,
) -> object_store::Result<object_store::gcp::GoogleCloudStorage> {
    known(settings, "GOOGLE_")
        .fold(GoogleCloudStorageBuilder::new(), |builder, (key, value)| {
            builder.with_config(key, value)
        })
        .with_bucket_name(bucket)
        .with_client_options(options(settings, None))
        .with_retry(once())
        .with_http_connector(Connector)
        .build()
}

pub(super) fn azure(
    container: &str,
    account: &str,
    settings: &Settings,
) -> object_store::Result<object_store::azure::MicrosoftAzure> {
    let mut builder = known(settings, "AZURE_")
        .fold(MicrosoftAzureBuilder::new(), |builder, (key, value)| {
            builder.with_config(key, value)
        });
    builder = builder.with_account(account);
    let mut endpoint = settings.cloud("AZURE_STORAGE_ENDPOINT").map(str::to_owned);
    // `mlflow/store/artifact/azure_blob_artifact_repo.py` (3.17.2) reads this one first.
    for (name, value) in connection(settings.cloud("AZURE_STORAGE_CONNECTION_STRING")) {
        builder = match name {
            "AccountName" => builder.with_account(value),
            "AccountKey" => builder.with_access_key(value),
            "BlobEndpoint" => {
                endpoint = Some(value.to_owned());
                builder.with_endpoint(value.to_owned())
            }
            _ => builder,
        };
    }
    builder
        .with_container_name(container)
        .with_client_options(options(settings, endpoint.as_deref()))
        .with_retry(once())
        .with_http_connector(Connector)
        .build()
}

/// The pairs of a connection string: `AccountName=…;AccountKey=…`.
pub(super) fn connection(text: Option<&str>) -> impl Iterator<Item = (&str, &str)> {
    let pairs = text.unwrap_or_default().split(';');
    pairs.filter_map(|pair| pair.trim().split_once('='))
}

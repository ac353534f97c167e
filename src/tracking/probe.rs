//! Questions that find out whether a server does its work, and leave nothing behind.
//!
//! Each is asked once and not for long; what an answer means for the user is decided elsewhere.

use std::time::Duration;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use url::Url;

use super::below;
use super::server_info::{self, ServerFeatures};
use crate::http::{Client, Error, Method, Request};

/// How long one answer may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// An experiment, as far as a probe needs it.
#[derive(Debug, Clone, Deserialize)]
pub struct Sample {
    /// Its name.
    pub name: String,
    /// Where its artifacts lie.
    #[serde(default)]
    pub artifact_location: String,
}

/// What the server says it can do; `None` from one that says nothing.
pub async fn features(client: &Client, base: &Url) -> Result<Option<ServerFeatures>, Error> {
    let request = Request::new(Method::GET, below(base, server_info::PATH));
    optional(read(client, request).await)
}

/// Who the server takes us for; `None` where it does not ask (`mlflow/server/auth/routes.py`, 3.17.2).
pub async fn user(client: &Client, base: &Url) -> Result<Option<String>, Error> {
    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct Current {
        username: Option<String>,
        user: Option<User>,
    }
    #[derive(Deserialize)]
    struct User {
        username: Option<String>,
    }
    let request = Request::new(Method::GET, below(base, "api/2.0/mlflow/users/current"));
    let current: Option<Current> = optional(read(client, request).await)?;
    Ok(current.and_then(|current| {
        current
            .username
            .or_else(|| current.user.and_then(|user| user.username))
    }))
}

/// One experiment, whichever comes first.
pub async fn experiment(client: &Client, base: &Url) -> Result<Option<Sample>, Error> {
    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct Found {
        experiments: Vec<Sample>,
    }
    let url = below(base, "api/2.0/mlflow/experiments/search");
    let request = Request::new(Method::POST, url).json(&json!({ "max_results": 1 }))?;
    let found: Found = read(client, request).await?;
    Ok(found.experiments.into_iter().next())
}

/// Whether the server writes: it is asked to create an experiment that it has, which it has to refuse, but only
/// after it looked at our rights and at its database.
pub async fn write(client: &Client, base: &Url, existing: &str) -> Result<(), Error> {
    let url = below(base, "api/2.0/mlflow/experiments/create");
    let request = Request::new(Method::POST, url).json(&json!({ "name": existing }))?;
    match client.probe(request, PATIENCE).await {
        Err(error) if error.error_code() != Some("RESOURCE_ALREADY_EXISTS") => Err(error),
        _ => Ok(()),
    }
}

/// Whether the server tells of registered models.
pub async fn registry(client: &Client, base: &Url) -> Result<(), Error> {
    let mut url = below(base, "api/2.0/mlflow/registered-models/search");
    url.query_pairs_mut().append_pair("max_results", "1");
    let request = Request::new(Method::GET, url);
    let _: serde_json::Value = read(client, request).await?;
    Ok(())
}

async fn read<T: DeserializeOwned>(client: &Client, request: Request) -> Result<T, Error> {
    client.probe_json(request, PATIENCE).await
}

/// What the server does not know is `None`.
fn optional<T>(result: Result<T, Error>) -> Result<Option<T>, Error> {
    match result {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.is_status(404) => Ok(None),
        Err(error) => Err(error),
    }
}

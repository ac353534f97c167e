//! A ledger that is an MLflow server, spoken to over its REST interface.
//!
//! What is sent when is decided by the commands; this knows how it is written and what the answers mean.

mod experiments;
mod inputs;
mod ledger;
mod logged_models;
mod metrics;
mod pages;
mod registry;
mod runs;
#[cfg(test)]
mod tests;
mod versions;
mod wire;

use std::time::Duration;

use futures_util::future::BoxFuture;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::sync::OnceCell;
use url::Url;

use super::error::{About, Error, is_unknown_path};
use super::{PageOf, Release, Search, ServerInfo, marked};
use crate::http::{self, Client, Method, Repeat, Request, SafeUrl};
use wire::Done;

/// How long a server may take to say its version (`mlflow/utils/rest_utils.py`, 3.17.2).
const PROBE: Duration = Duration::from_secs(3);

/// How often something that must happen once is sent again after looking whether it happened.
const RESENDS: u32 = 2;

/// How often it is looked whether a server that was silent comes to an end with what it was asked for.
const LOOKS: u32 = 10;
/// How long is waited between.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// An MLflow server.
#[derive(Debug)]
pub struct Rest {
    client: Client,
    base: Url,
    server: OnceCell<ServerInfo>,
}

impl Rest {
    /// The server at this address; nothing is sent yet.
    pub fn new(client: Client, base: Url) -> Self {
        Self {
            client,
            base,
            server: OnceCell::new(),
        }
    }

    /// The address of something below the server's own, however deep that is.
    fn url(&self, path: &str) -> Url {
        super::below(&self.base, path)
    }

    fn endpoint(&self, path: &str) -> Url {
        self.url(&format!("api/2.0/mlflow/{path}"))
    }

    async fn get<T: DeserializeOwned>(
        &self,
        path: &str,
        query: &[(&str, &str)],
    ) -> Result<T, http::Error> {
        let mut url = self.endpoint(path);
        url.query_pairs_mut().extend_pairs(query);
        self.client.json(Request::new(Method::GET, url)).await
    }

    /// A POST, PATCH or DELETE with a JSON body.
    async fn send<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        repeat: Repeat,
        body: &(impl Serialize + Sync),
    ) -> Result<T, http::Error> {
        let request = Request::new(method, self.endpoint(path)).repeat(repeat);
        self.client.json(request.json(body)?).await
    }

    /// Something that may be sent twice.
    async fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &(impl Serialize + Sync),
    ) -> Result<T, http::Error> {
        self.send(Method::POST, path, Repeat::Freely, body).await
    }

    /// Something that must not be sent twice.
    async fn create<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &(impl Serialize + Sync),
    ) -> Result<T, http::Error> {
        let repeat = Repeat::OnlyIfNotArrived;
        self.send(Method::POST, path, repeat, body).await
    }

    /// Deletes something, once: what is missing when the request had to be repeated was deleted by the one before.
    async fn remove(&self, path: &str, body: &(impl Serialize + Sync)) -> Result<(), http::Error> {
        let deleted = self.send(Method::DELETE, path, Repeat::Freely, body).await;
        match deleted {
            Ok(Done {}) => Ok(()),
            Err(http::Error::Status {
                context, answer, ..
            }) if context.attempts > 1
                && answer.error_code.as_deref() == Some("RESOURCE_DOES_NOT_EXIST") =>
            {
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    /// One page of what a search finds.
    async fn search<T: DeserializeOwned>(
        &self,
        path: &str,
        search: &Search,
        page: PageOf<'_>,
    ) -> Result<T, http::Error> {
        let size = page.size.to_string();
        let mut query = vec![("max_results", size.as_str())];
        if !search.filter.is_empty() {
            query.push(("filter", search.filter.as_str()));
        }
        query.extend(search.order_by.iter().map(|key| ("order_by", key.as_str())));
        query.extend(page.token.map(|token| ("page_token", token)));
        self.get(path, &query).await
    }

    /// Something without an answer of its own, that may be done twice.
    async fn tell(&self, path: &str, body: &(impl Serialize + Sync)) -> Result<(), http::Error> {
        self.post::<Done>(path, body).await.map(|_| ())
    }

    /// Sends what must happen once; where it is not known whether it happened, looks before it sends again.
    async fn just_once<'a, T>(
        &self,
        send: impl Fn() -> BoxFuture<'a, Result<T, http::Error>> + Send,
        find: impl Fn() -> BoxFuture<'a, Result<Option<T>, http::Error>> + Send,
    ) -> Result<T, http::Error> {
        let mut resends = 0;
        loop {
            let error = match send().await {
                Ok(done) => return Ok(done),
                Err(error) if is_unclear(&error) => error,
                Err(error) => return Err(error),
            };
            tracing::debug!(%error, "not known whether it was done, looking");
            tokio::time::sleep(self.client.pause(resends)).await;
            let mut found = find().await;
            let mut looks = 0;
            // A server that was silent may be at work on it still.
            while matches!((&error, &found), (http::Error::Silent { .. }, Ok(None)))
                && looks < LOOKS
            {
                looks += 1;
                tokio::time::sleep(LOOK_EVERY).await;
                found = find().await;
            }
            match found {
                Ok(Some(done)) => return Ok(done),
                Ok(None) if resends < RESENDS.min(self.client.retries()) => resends += 1,
                Ok(None) | Err(_) => return Err(error),
            }
        }
    }

    /// Tells a failed request by what it means. Only here it matters whether this is an MLflow server at all.
    async fn explain(&self, error: http::Error, about: About) -> Error {
        let is_unknown = is_unknown_path(&error);
        if !is_unknown && !matches!(error, http::Error::Unreadable { .. }) {
            return about.explain(error);
        }
        match self.get_server().await.version {
            Some(version) if is_unknown => Error::Unsupported {
                action: about.action,
                version,
            },
            Some(_) => about.explain(error),
            None => Error::NotMlflow {
                url: SafeUrl::from(&self.base),
                source: Box::new(error),
            },
        }
    }

    /// A server that did not come to answer is asked again another time.
    async fn get_server(&self) -> ServerInfo {
        let known = self.server.get_or_try_init(|| self.ask_version()).await;
        known.cloned().unwrap_or(ServerInfo {
            version: None,
            release: Release::Unknown,
        })
    }

    async fn ask_version(&self) -> Result<ServerInfo, http::Error> {
        let request = Request::new(Method::GET, self.url("version"));
        let version = match self.client.probe(request, PROBE).await {
            Ok(text) => version(&text),
            Err(error) if is_unknown_path(&error) => None,
            Err(error) => return Err(error),
        };
        let release = match version
            .as_deref()
            .and_then(|version| version.split('.').next())
        {
            Some("0" | "1" | "2") => Release::V2,
            Some(_) => Release::V3,
            None => Release::Unknown,
        };
        Ok(ServerInfo { version, release })
    }
}

/// The answer to `GET /version`, if it is one: MLflow sends the bare number, and calls it HTML.
fn version(text: &str) -> Option<String> {
    let text = text.trim();
    let mut parts = text.split('.');
    let numbers = parts.by_ref().take(2);
    let is_number =
        |part: &str| !part.is_empty() && part.chars().all(|digit| digit.is_ascii_digit());
    let is_version = numbers.filter(|part| is_number(part)).count() == 2
        && text.len() <= 32
        && text.chars().all(|character| {
            character.is_ascii_alphanumeric() || matches!(character, '.' | '+' | '-')
        });
    is_version.then(|| text.to_owned())
}

/// Whether the server may have done what was asked. A 500 in MLflow's own form is its word that it did not; any
/// other may be of somebody on the way.
fn is_unclear(error: &http::Error) -> bool {
    let is_its_word = error.is_status(500) && error.error_code().is_some();
    error.may_have_arrived() && !is_its_word && !is_unknown_path(error)
}

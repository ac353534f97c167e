//! `api`: any request to the tracking server, with its credentials, its retries and its errors.
//!
//! What the answer means is for whoever asked.

use anyhow::Result;
use serde::{Serialize, Serializer};
use serde_json::Value;
use url::Url;

use super::{Context, Deed, Error, given};
use crate::http::{Method, Request};

/// No answer that fits a terminal is longer; files are fetched with other commands.
const LONGEST_ANSWER: u64 = 256 << 20;

/// Send any request to the tracking server, with credentials
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// GET, POST, PUT, PATCH, DELETE or HEAD
    #[arg(value_name = "METHOD", value_parser = method)]
    pub method: Method,
    /// Path below the tracking URI, with its query
    #[arg(value_name = "PATH")]
    pub path: String,
    /// JSON to send, or @FILE, or @- for stdin
    #[arg(long, value_name = "JSON")]
    pub data: Option<String>,
}

const EXAMPLES: &str = "Examples:
  phi3ml api GET /version
  phi3ml api GET '/api/2.0/mlflow/experiments/get?experiment_id=0'
  phi3ml api POST /api/2.0/mlflow/runs/search --data '{\"experiment_ids\": [\"0\"]}'";

/// What came back.
#[derive(Debug)]
pub struct Outcome {
    /// The answer, byte for byte.
    pub(crate) body: Vec<u8>,
}

/// Runs the command.
pub async fn run(args: Args, context: &Context) -> Result<super::Outcome> {
    let server = context.server()?;
    if server.file.is_some() {
        return Err(Error::Usage {
            message: "a database file answers no requests".to_owned(),
            hint: Some(
                "name a server with `--tracking-uri http://HOST:PORT`; `mlflow server \
                 --backend-store-uri sqlite:///FILE` is one for this file"
                    .to_owned(),
            ),
        }
        .into());
    }
    let url = below(&server.url, &args.path)?;
    let is_question = matches!(args.method, Method::GET | Method::HEAD);
    let mut request = Request::new(args.method, url);
    if let Some(data) = &args.data {
        if is_question {
            return Err(Error::usage(
                "a question carries no data: write it into the query of the path",
            )
            .into());
        }
        request = request.json(&json(data)?)?;
    }
    if context.is_dry_run() && !is_question {
        let length = request.body.length();
        let text = format!("send {} {} with {length} bytes", request.method, args.path);
        context.would(Deed::new("api", text));
        return Err(Error::EndOfDryRun.into());
    }
    let work = async {
        let answer = server.client.send(request).await?;
        Ok(answer.bytes(LONGEST_ANSWER).await?)
    };
    let body = context.unless_stopped(work).await?.to_vec();
    Ok(super::Outcome::Api(Outcome { body }))
}

fn method(text: &str) -> Result<Method, String> {
    let method: Option<Method> = text.to_ascii_uppercase().parse().ok();
    method
        .filter(|method| {
            matches!(
                *method,
                Method::GET
                    | Method::HEAD
                    | Method::POST
                    | Method::PUT
                    | Method::PATCH
                    | Method::DELETE
            )
        })
        .ok_or_else(|| "it is none of GET, POST, PUT, PATCH, DELETE, HEAD".to_owned())
}

/// The address of a path with a query, always on the tracking server.
fn below(base: &Url, path: &str) -> Result<Url> {
    if path.contains("://") || path.starts_with("//") {
        return Err(Error::usage(format!(
            "`{path}` is an address: write the path below the tracking URI only"
        ))
        .into());
    }
    let (path, query) = match path.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (path, None),
    };
    let mut url = base.clone();
    url.set_path(&format!(
        "{}/{}",
        base.path().trim_end_matches('/'),
        path.trim_start_matches('/')
    ));
    url.set_query(query);
    url.set_fragment(None);
    Ok(url)
}

fn json(data: &str) -> Result<Value> {
    serde_json::from_str(&given::text(data)?)
        .map_err(|error| Error::usage(format!("`--data` is not JSON: {error}")).into())
}

impl Outcome {
    /// The answer, if it is JSON.
    pub(crate) fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }
}

impl Serialize for Outcome {
    /// JSON stays what it is; anything else becomes a string.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.json() {
            Some(json) => json.serialize(serializer),
            None => serializer.serialize_str(&String::from_utf8_lossy(&self.body)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_on_the_server_and_below_its_prefix() {
        let base: Url = "https://host/prefix/".parse().unwrap();
        let shown = |path: &str| below(&base, path).map(String::from);
        assert_eq!(shown("/version").unwrap(), "https://host/prefix/version");
        let url = shown("api/2.0/x?a=b%20c&d=/e").unwrap();
        assert_eq!(url, "https://host/prefix/api/2.0/x?a=b%20c&d=/e");
        for path in ["https://evil/x", "//evil/x"] {
            shown(path).unwrap_err();
        }
    }

    #[test]
    fn methods_are_written_in_any_case() {
        assert_eq!(method("get").unwrap(), Method::GET);
        method("FETCH").unwrap_err();
    }
}

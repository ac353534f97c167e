//! Whose artifacts lie at a location, and what the server tells and grants of them.
//!
//! For a location that is not the server's own service, it is asked about the run or model that it belongs to.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use url::Url;

use super::signed::{Signed, ranged};
use super::{Item, Span};
use crate::entity::id::{ModelId, RunId};
use crate::entity::manifest::{RelativePath, UnsafePath};
use crate::http::{Bookmark, Client, Error, Method, Request, Response};
use tokio::sync::OnceCell;

/// A run or a logged model, and a folder below its root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Owner {
    who: Who,
    /// The location that the server must name for it.
    root: String,
    /// The folder below it that is meant.
    folder: Option<RelativePath>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Who {
    Run(RunId),
    Model(ModelId),
}

/// Why a listing cannot be had.
pub(super) enum Unlisted {
    /// The server refused.
    Wire(Error),
    /// A name in it points elsewhere.
    Unsafe(UnsafePath),
}

impl From<Error> for Unlisted {
    fn from(source: Error) -> Self {
        Self::Wire(source)
    }
}

impl Owner {
    /// The owner of a location: MLflow puts the artifacts of a run into `…/RUN_ID/artifacts`, those of a
    /// logged model into `…/models/MODEL_ID/artifacts` (`mlflow/store/tracking/sqlalchemy_store.py`, 3.17.2).
    pub(super) fn of(uri: &str) -> Option<Self> {
        let uri = uri.trim_end_matches('/');
        let ends = uri.match_indices("/artifacts").filter_map(|(at, name)| {
            let end = at + name.len();
            let below = uri.get(end..)?;
            (below.is_empty() || below.starts_with('/')).then_some((uri.get(..at)?, end))
        });
        // The first of them that an id stands before: a folder of the artifacts may be named alike.
        for (before, end) in ends {
            let name = before.rsplit('/').next().unwrap_or_default();
            let who = if let Ok(model) = name.parse::<ModelId>() {
                Who::Model(model)
            } else if is_run(name) {
                Who::Run(name.parse().ok()?)
            } else {
                continue;
            };
            let folder = uri.get(end + 1..).filter(|below| !below.is_empty());
            return Some(Self {
                who,
                root: uri.get(..end)?.to_owned(),
                folder: folder.map(str::parse).transpose().ok()?,
            });
        }
        None
    }

    /// The location of the owner's artifacts, as the server must know it.
    pub(super) fn root(&self) -> &str {
        &self.root
    }

    /// A path below the owner's root.
    fn inside(&self, path: &RelativePath) -> RelativePath {
        match &self.folder {
            Some(folder) => path.below(folder),
            None => path.clone(),
        }
    }
}

fn is_run(name: &str) -> bool {
    name.len() == 32 && name.bytes().all(|digit| digit.is_ascii_hexdigit())
}

/// The server, asked about one owner.
#[derive(Debug)]
pub(super) struct Witness {
    pub(super) client: Client,
    base: Url,
    owner: Owner,
    /// Whether it signs addresses of the files of models.
    signs_models: OnceCell<bool>,
}

/// What a server says of itself (`mlflow/server/handlers.py`, `build_server_info_payload`, 3.18.0).
#[derive(Deserialize, Default)]
#[serde(default)]
struct Info {
    model_artifact_presigned_downloads_supported: bool,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Page {
    root_uri: String,
    files: Vec<File>,
    next_page_token: String,
}

#[derive(Deserialize)]
struct File {
    /// Below the root of the owner.
    path: String,
    #[serde(default)]
    is_dir: bool,
    #[serde(rename = "file_size")]
    size: Option<u64>,
}

impl Witness {
    pub(super) fn new(client: Client, tracking: &Url, owner: Owner) -> Self {
        let mut base = tracking.clone();
        base.set_query(None);
        Self {
            client,
            base,
            owner,
            signs_models: OnceCell::new(),
        }
    }

    fn url(&self, path: &str) -> Url {
        let mut url = self.base.clone();
        url.set_path(&format!("{}{path}", url.path().trim_end_matches('/')));
        url
    }

    /// Whether the server knows the owner by this very location.
    pub(super) async fn knows(&self) -> Result<bool, Error> {
        let root = match &self.owner.who {
            Who::Run(_) => self.page(None, None).await?.root_uri,
            Who::Model(id) => {
                #[derive(Deserialize)]
                struct Answer {
                    model: Model,
                }
                #[derive(Deserialize)]
                struct Model {
                    info: Info,
                }
                #[derive(Deserialize)]
                struct Info {
                    artifact_uri: String,
                }
                let url = self.url(&format!("/api/2.0/mlflow/logged-models/{id}"));
                let answer: Answer = self.client.json(Request::new(Method::GET, url)).await?;
                answer.model.info.artifact_uri
            }
        };
        Ok(root.trim_end_matches('/') == self.owner.root())
    }

    /// What the server sees in a folder.
    pub(super) async fn list(&self, folder: Option<&RelativePath>) -> Result<Vec<Item>, Unlisted> {
        let inside = match (folder, &self.owner.folder) {
            (Some(folder), _) => Some(self.owner.inside(folder)),
            (None, own) => own.clone(),
        };
        let mut items = Vec::new();
        let mut bookmark = Bookmark::new("artifacts", None);
        loop {
            let page = self.page(inside.as_ref(), bookmark.token()).await?;
            for file in page.files {
                let item = Self::item(&file, inside.as_ref()).map_err(Unlisted::Unsafe)?;
                let name = item.path.clone();
                items.push(Item {
                    path: folder.map_or(name.clone(), |folder| name.below(folder)),
                    ..item
                });
            }
            if !bookmark.turn(page.next_page_token).map_err(Error::from)? {
                return Ok(items);
            }
        }
    }

    /// A listed file by its name in the folder that was listed; one that lies elsewhere is refused.
    fn item(file: &File, folder: Option<&RelativePath>) -> Result<Item, UnsafePath> {
        let name = match folder {
            Some(folder) => file
                .path
                .strip_prefix(folder.as_str())
                .and_then(|rest| rest.strip_prefix('/'))
                // What is not below the folder is not below any.
                .unwrap_or(".."),
            None => file.path.as_str(),
        };
        // Nor does what lies deeper lie in this folder.
        let name = if name.contains('/') { ".." } else { name };
        let path = name.parse()?;
        Ok(Item {
            path,
            is_folder: file.is_dir,
            size: file.size,
        })
    }

    async fn page(
        &self,
        folder: Option<&RelativePath>,
        token: Option<&str>,
    ) -> Result<Page, Error> {
        let (mut url, name) = match &self.owner.who {
            Who::Run(id) => {
                let mut url = self.url("/api/2.0/mlflow/artifacts/list");
                url.query_pairs_mut().append_pair("run_id", id.as_str());
                (url, "path")
            }
            Who::Model(id) => {
                let path = format!("/api/2.0/mlflow/logged-models/{id}/artifacts/directories");
                (self.url(&path), "artifact_directory_path")
            }
        };
        if let Some(folder) = folder {
            url.query_pairs_mut().append_pair(name, folder.as_str());
        }
        if let Some(token) = token {
            url.query_pairs_mut().append_pair("page_token", token);
        }
        self.client.json(Request::new(Method::GET, url)).await
    }

    /// Reads a file through the server.
    pub(super) async fn read(&self, path: &RelativePath, span: Span) -> Result<Response, Error> {
        let request = Request::new(Method::GET, self.file(path));
        self.client.send(ranged(request, span)).await
    }

    fn file(&self, path: &RelativePath) -> Url {
        let path = self.owner.inside(path);
        match &self.owner.who {
            Who::Run(id) => {
                let mut url = self.url("/get-artifact");
                url.query_pairs_mut()
                    .append_pair("run_id", id.as_str())
                    .append_pair("path", path.as_str());
                url
            }
            Who::Model(id) => {
                let place = format!("/ajax-api/2.0/mlflow/logged-models/{id}/artifacts/files");
                let mut url = self.url(&place);
                url.query_pairs_mut()
                    .append_pair("artifact_file_path", path.as_str());
                url
            }
        }
    }

    /// An address to which a file may be sent.
    pub(super) async fn sign_upload(&self, path: &RelativePath) -> Result<Signed, Error> {
        let path = self.owner.inside(path);
        let question = match &self.owner.who {
            Who::Run(id) => json!({ "run_id": id, "path": path.as_str() }),
            Who::Model(id) => json!({ "model_id": id, "path": path.as_str() }),
        };
        self.ask("presigned-upload-url", &question).await
    }

    /// An address from which a file may be read. Of models there is one since MLflow 3.18, in another place
    /// (`mlflow/server/handlers.py`, `get_logged_model_artifact_handler`); an older one would send the file instead.
    pub(super) async fn sign_download(&self, path: &RelativePath) -> Result<Option<Signed>, Error> {
        let signed = match &self.owner.who {
            Who::Run(id) => {
                let path = self.owner.inside(path);
                let question = json!({ "run_id": id, "path": path.as_str() });
                self.ask("presigned-download-url", &question).await
            }
            Who::Model(_) if self.signs_models().await? => {
                let mut url = self.file(path);
                url.query_pairs_mut().append_pair("presigned", "true");
                self.client.json(Request::new(Method::GET, url)).await
            }
            Who::Model(_) => return Ok(None),
        };
        match signed {
            Ok(signed) => Ok(Some(signed)),
            // Its own store signs nothing.
            Err(error) if error.is_status(501) => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn signs_models(&self) -> Result<bool, Error> {
        let ask = || async {
            let url = self.url("/api/3.0/mlflow/server-info");
            match self.client.json(Request::new(Method::GET, url)).await {
                Ok(Info {
                    model_artifact_presigned_downloads_supported: supported,
                }) => Ok(supported),
                Err(error) if error.is_status(404) || error.is_html() => Ok(false),
                Err(error) => Err(error),
            }
        };
        self.signs_models.get_or_try_init(ask).await.copied()
    }

    async fn ask<T: DeserializeOwned>(
        &self,
        what: &str,
        question: &serde_json::Value,
    ) -> Result<T, Error> {
        let url = self.url(&format!("/api/2.0/mlflow/artifacts/{what}"));
        let request = Request::new(Method::POST, url).json(question)?;
        let request = request.repeat(crate::http::Repeat::Freely);
        self.client.json(request).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Settings;
    use crate::http::fake::{Fake, json as answer};

    #[tokio::test]
    async fn a_listing_that_goes_round_in_a_circle_ends() {
        let page = json!({ "files": [], "next_page_token": "again" });
        let server = Fake::start(move |_, _| answer(200, &page));
        let run = "0123456789abcdef0123456789abcdef";
        let owner = Owner::of(&format!("s3://bucket/1/{run}/artifacts")).unwrap();
        let witness = Witness::new(Client::new(Settings::default()), &server.url, owner);
        let Err(Unlisted::Wire(error)) = witness.list(None).await else {
            panic!("it ended well");
        };
        let told = "cannot list all artifacts: the server names the same next page twice";
        assert_eq!(error.to_string(), told);
    }

    #[test]
    fn the_owner_is_read_from_the_location() {
        let run = "0123456789abcdef0123456789abcdef";
        let of = |uri: &str| Owner::of(uri).map(|owner| (owner.who, owner.root, owner.folder));
        let uri = format!("s3://bucket/base/1/{run}/artifacts/m/artifacts");
        let (who, root, folder) = of(&uri).unwrap();
        assert_eq!(who, Who::Run(run.parse().unwrap()));
        assert_eq!(root, format!("s3://bucket/base/1/{run}/artifacts"));
        assert_eq!(folder.unwrap().as_str(), "m/artifacts");
        let model = format!("/srv/mlruns/1/models/m-{run}/artifacts");
        let (who, _, folder) = of(&model).unwrap();
        assert_eq!(who, Who::Model(format!("m-{run}").parse().unwrap()));
        assert_eq!(folder, None);
        assert_eq!(of("s3://bucket/artifacts"), None);
        assert_eq!(of(&format!("s3://bucket/{run}/artifactory")), None);
    }
}

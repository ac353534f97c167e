//! Who one is to a server: what may be shown to it, and the workspace that is meant there.
//!
//! It finds nothing by itself; what there is comes with the settings.

use anyhow::Result;
use url::Url;

use super::Error;
use super::settings::Credentials;
use crate::http::Conditional;
use crate::http::auth::{Auth, Sources, VARIABLES, Variables};
use crate::tracking::workspace;

/// Who one is to one server.
pub(super) struct Identity<'a> {
    /// What may be shown to it; the first that says something counts. With the last, what the address holds.
    pub(super) credentials: Vec<&'a Credentials>,
    /// The workspace there.
    pub(super) workspace: Option<&'a str>,
}

impl Identity<'_> {
    /// What is shown to the server at this address, which may say it itself.
    pub(super) fn auth(&self, url: &Url) -> Option<Auth> {
        let last = self.credentials.len().saturating_sub(1);
        self.credentials.iter().enumerate().find_map(|(at, found)| {
            let file = found.file.as_ref();
            Auth::choose(Sources {
                variables: found.variables,
                username: found.username.clone(),
                password: found.password.clone(),
                token: found.token.clone(),
                file: file.map(|(path, text)| (path.as_path(), text.as_str())),
                url: Some(url).filter(|_| at == last),
            })
        })
    }

    /// The variables that somebody is told to set who is nobody there.
    pub(super) fn variables(&self) -> Variables {
        self.credentials.last().map_or(VARIABLES, |it| it.variables)
    }

    /// The header that chooses the workspace, where one was asked for.
    pub(super) fn workspace(&self, url: &Url) -> Result<Option<Conditional>> {
        let Some(name) = self.workspace else {
            return Ok(None);
        };
        match workspace::choose(name, url) {
            Some(header) => Ok(Some(header)),
            None => Err(Error::usage(format!("`{name}` cannot be a workspace's name")).into()),
        }
    }
}

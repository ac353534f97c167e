//! What git knows of the current directory: commit, branch, and where it came from.
//!
//! Asks the `git` program. No git, no repository, no commit yet: all that is no error, there is just
//! nothing to say.

use std::process::Stdio;
use std::time::Duration;

use tokio::process::Command;
use url::Url;

use crate::entity::tag::{self, Tag};

/// A repository on a slow disk is not waited for.
const PATIENCE: Duration = Duration::from_secs(2);

/// Where the current directory stands.
#[derive(Debug, Default)]
pub(super) struct Git {
    pub(super) commit: Option<String>,
    branch: Option<String>,
    repository: Option<String>,
}

impl Git {
    /// Asks git.
    pub(super) async fn look() -> Self {
        let (head, remote) = tokio::join!(
            ask(&["rev-parse", "HEAD", "--abbrev-ref", "HEAD"]),
            ask(&["config", "--get", "remote.origin.url"]),
        );
        let head = head.unwrap_or_default();
        let mut lines = head.lines();
        Self {
            commit: lines.next().map(str::to_owned),
            // A detached head is no branch.
            branch: lines
                .next()
                .filter(|name| *name != "HEAD")
                .map(str::to_owned),
            repository: remote.map(|url| without_user(url.trim())),
        }
    }

    /// The tags in which MLflow keeps this (`mlflow/tracking/context/git_context.py`).
    pub(super) fn tags(&self) -> Vec<Tag> {
        [
            (tag::GIT_COMMIT, &self.commit),
            (tag::GIT_BRANCH, &self.branch),
            (tag::GIT_REPOSITORY, &self.repository),
        ]
        .into_iter()
        .filter_map(|(key, value)| Some(Tag::new(key, value.clone()?)))
        .collect()
    }
}

async fn ask(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git")
        .args(arguments)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .output();
    let output = tokio::time::timeout(PATIENCE, output).await.ok()?.ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    (output.status.success() && !text.trim().is_empty()).then_some(text)
}

/// An address may hold a token.
pub(super) fn without_user(address: &str) -> String {
    match Url::parse(address) {
        Ok(mut url) if url.scheme().starts_with("http") => {
            // Neither fails for an address with a host; one without has no user either.
            _ = url.set_username("");
            _ = url.set_password(None);
            url.into()
        }
        _ => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_in_addresses_do_not_become_tags() {
        for (address, shown) in [
            ("https://user:token@host/a/b.git", "https://host/a/b.git"),
            ("git@host:a/b.git", "git@host:a/b.git"),
            ("../somewhere", "../somewhere"),
        ] {
            assert_eq!(without_user(address), shown);
        }
    }
}

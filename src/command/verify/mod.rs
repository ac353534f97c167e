//! `verify`: every byte of a model against the digests that were recorded when it was logged, or against a folder.
//!
//! Bytes of a store are read as they pass and never written to a disk.

#![expect(
    clippy::doc_markdown,
    reason = "the docs of arguments are the text of `--help`"
)]

mod against;
mod place;

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use serde::Serialize;

use super::{Cell, Context, Error, Item};
use crate::digest::Digest;
use crate::entity::manifest::{RelativePath, SUMS};
use crate::entity::uri::ModelUri;
use crate::package::Record;
use crate::tracking::resolve::Resolved;

use place::Place;

/// Compare every byte of a model with its recorded SHA-256 digests
#[derive(Debug, clap::Args)]
pub struct Args {
    /// models:/NAME/VERSION, models:/NAME@ALIAS, models:/m-ID, runs:/RUN_ID/PATH, an artifact URI, a folder or a .zip
    #[arg(value_name = "MODEL_URI")]
    model_uri: String,
    /// Compare with the files in this folder: a copy of the model, or the folder that it was logged from
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    against: Option<PathBuf>,
}

/// What the comparison gave.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub struct Outcome {
    /// What there is to show.
    pub(crate) item: Item,
    #[serde(skip)]
    trouble: Option<anyhow::Error>,
}

impl Outcome {
    pub(super) fn into_verdict(self) -> Option<anyhow::Error> {
        self.trouble
    }
}

#[derive(Debug, Serialize)]
struct Report {
    model_uri: ModelUri,
    verified: bool,
    files: u64,
    bytes: u64,
    /// The digest of `SHA256SUMS`.
    sha256: Option<Digest>,
    against: Option<PathBuf>,
    problems: Vec<Problem>,
    /// Files of which nothing is recorded.
    unlisted: Vec<String>,
}

/// A file that is not as it should be.
#[derive(Debug, Clone, Serialize)]
struct Problem {
    path: String,
    #[serde(rename = "problem")]
    kind: Kind,
    expected: Option<Digest>,
    found: Option<Digest>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    /// It has another digest.
    Differs,
    /// It is not there.
    Missing,
    /// It should not be there.
    Extra,
}

/// Runs the command.
pub async fn run(args: Args, context: &Context) -> Result<super::Outcome> {
    let uri: ModelUri = args.model_uri.parse()?;
    let report = context
        .unless_stopped(report(uri, args.against, context))
        .await?;
    let trouble = report.trouble();
    let item = report.shown()?;
    Ok(super::Outcome::Verify(Box::new(Outcome { item, trouble })))
}

async fn report(uri: ModelUri, against: Option<PathBuf>, context: &Context) -> Result<Report> {
    let (place, resolved) = Place::find(&uri, context).await?;
    let files = place.files().await?;
    let record = place
        .record(&files)
        .await
        .with_context(|| format!("cannot verify `{uri}`"))?;
    let record = match (record, &against) {
        (None, None) => {
            let place = place.shown();
            return Err(Error::NoManifest { place }.into());
        }
        (None, Some(_)) => {
            context.warn("the model has no `SHA256SUMS`: it is only compared with the folder");
            None
        }
        (record, _) => record,
    };
    let wanted: Vec<_> = match (&record, &against) {
        (Some(record), None) => {
            let is_recorded = |path: &RelativePath| record.files.contains_key(path);
            files
                .iter()
                .filter(|file| is_recorded(&file.path))
                .cloned()
                .collect()
        }
        _ => files.clone(),
    };
    context.step(&format!("reading {uri}"));
    let found = place.digests(&wanted, context).await?;
    let mut problems = Vec::new();
    let mut unlisted = Vec::new();
    if let Some(record) = &record {
        problems.extend(noted_elsewhere(record, resolved.as_ref()));
        problems.extend(differences(&record.files, &found));
        let is_known = |path: &RelativePath| {
            record.files.contains_key(path) || matches!(path.as_str(), SUMS | "MLmodel")
        };
        let paths = files.iter().map(|file| &file.path);
        unlisted.extend(
            paths
                .filter(|path| !is_known(path))
                .map(ToString::to_string),
        );
    }
    if let Some(folder) = &against {
        problems.extend(against::problems(folder, &found, context).await?);
    }
    Ok(Report {
        verified: problems.is_empty(),
        files: found.len() as u64,
        bytes: wanted.iter().filter_map(|file| file.size).sum(),
        sha256: record.map(|record| record.digest),
        model_uri: uri,
        against,
        problems,
        unlisted,
    })
}

/// What `MLmodel` and the server's own notes say about the list of digests.
fn noted_elsewhere(record: &Record, resolved: Option<&Resolved>) -> Option<Problem> {
    let tags = resolved.into_iter().flat_map(|resolved| {
        let version = resolved.version.as_ref().map(|it| &it.tags);
        let model = resolved.logged_model.as_ref().map(|it| &it.tags);
        version.into_iter().chain(model)
    });
    let tags = tags.filter_map(|tags| tags.get(crate::entity::tag::SHA256)?.parse().ok());
    let expected = record
        .recorded
        .into_iter()
        .chain(tags)
        .find(|expected: &Digest| *expected != record.digest)?;
    Some(Problem {
        path: SUMS.to_owned(),
        kind: Kind::Differs,
        expected: Some(expected),
        found: Some(record.digest),
    })
}

/// Files that are missing or another than expected.
fn differences(
    expected: &BTreeMap<RelativePath, Digest>,
    found: &BTreeMap<RelativePath, Digest>,
) -> Vec<Problem> {
    let differing = expected.iter().filter_map(|(path, expected)| {
        let found = found.get(path).copied();
        (found != Some(*expected)).then(|| Problem {
            path: path.to_string(),
            kind: found.map_or(Kind::Missing, |_| Kind::Differs),
            expected: Some(*expected),
            found,
        })
    });
    differing.collect()
}

impl Problem {
    fn sentence(&self) -> String {
        let shown = |digest: Option<Digest>| digest.map_or("-".to_owned(), |it| it.to_string());
        match self.kind {
            Kind::Missing => format!("missing, expected {}", shown(self.expected)),
            Kind::Extra => "not expected".to_owned(),
            Kind::Differs => format!(
                "expected {}\nfound    {}",
                shown(self.expected),
                shown(self.found)
            ),
        }
    }
}

impl Report {
    fn trouble(&self) -> Option<anyhow::Error> {
        let first = self.problems.first()?;
        let error = Error::Unverified {
            path: first.path.clone(),
            problem: first.sentence().replace("\nfound    ", ", found "),
            others: self.problems.len() - 1,
        };
        Some(error.into())
    }

    fn shown(&self) -> Result<Item> {
        let verdict = if self.verified {
            "as recorded"
        } else {
            "not as recorded"
        };
        let verdict = match (&self.against, self.verified) {
            (Some(folder), true) => format!("the same as {}", folder.display()),
            (Some(folder), false) => format!("not the same as {}", folder.display()),
            (None, _) => verdict.to_owned(),
        };
        let problems = self.problems.iter();
        let item = Item::new(self.model_uri.to_string(), self)?
            .fact("verdict", verdict)
            .fact("files", Cell::Count(self.files))
            .fact("bytes", Cell::Bytes(self.bytes))
            .fact("sha256", self.sha256.as_ref().map(ToString::to_string))
            .section("problems", problems.map(|it| (&it.path, it.sentence())))
            .section(
                "unlisted",
                self.unlisted.iter().map(|it| (it, "nothing is recorded")),
            );
        Ok(item)
    }
}

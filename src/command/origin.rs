//! Where a run comes from: who started it, with what, in which build, at which commit; and the tags that say so.
//!
//! It decides what the tags are, and reads no variable: the facts come with the settings.

use serde_json::{Map, Value};

use super::Context;
use super::git::{Git, without_user};
use super::settings::{Build, Origin};
use crate::entity::tag::{self, Tag};

/// The tags of a new run: those that MLflow's own client sets, those of the build, what `MLFLOW_RUN_CONTEXT`
/// adds, and the user's own. Of two with one key the later counts, as in `resolve_tags`
/// (`mlflow/tracking/context/registry.py`, 3.17.2).
pub(super) fn tags(git: &Git, own: impl IntoIterator<Item = Tag>, context: &Context) -> Vec<Tag> {
    let origin = &context.settings.origin;
    let mut all = of_program(origin);
    all.extend(git.tags());
    all.extend(origin.build.iter().flat_map(of_build));
    match origin.run_context.as_deref().map(of_run_context) {
        Some(Ok(tags)) => all.extend(tags),
        // MLflow's client warns, too, and goes on.
        Some(Err(reason)) => context.warn(&format!("MLFLOW_RUN_CONTEXT is ignored: {reason}")),
        None => {}
    }
    all.extend(own);
    last_of_each_key(all)
}

/// Who made it with what (`mlflow/tracking/context/default_context.py`). In a build that is a job of the
/// repository, and at a terminal this program.
fn of_program(origin: &Origin) -> Vec<Tag> {
    let (name, kind) = match &origin.build {
        Some(build) => {
            let repository = build.repository.as_deref().map(without_user);
            (repository, "JOB")
        }
        None => (None, "LOCAL"),
    };
    let user = origin.user.iter().map(|user| Tag::new(tag::USER, user));
    user.chain([
        Tag::new(
            tag::SOURCE_NAME,
            name.unwrap_or_else(|| "phi3ml".to_owned()),
        ),
        Tag::new(tag::SOURCE_TYPE, kind),
    ])
    .collect()
}

fn of_build(build: &Build) -> Vec<Tag> {
    let url = build.url.as_deref().map(without_user);
    [
        (tag::CI_PROVIDER, Some(build.provider.to_owned())),
        (tag::CI_BUILD, build.build.clone()),
        (tag::CI_URL, url),
        (tag::CI_COMMIT, build.commit.clone()),
        (tag::CI_PULL_REQUEST, build.pull_request.clone()),
    ]
    .into_iter()
    .filter_map(|(key, value)| Some(Tag::new(key, value?)))
    .collect()
}

/// A JSON object of further tags (`mlflow/tracking/context/system_environment_context.py`).
fn of_run_context(text: &str) -> Result<Vec<Tag>, String> {
    let tags: Map<String, Value> =
        serde_json::from_str(text).map_err(|error| format!("it is no JSON object, {error}"))?;
    let tag = |(key, value)| match value {
        Value::String(text) => Tag::new(key, text),
        other => Tag::new(key, other.to_string()),
    };
    Ok(tags.into_iter().map(tag).collect())
}

fn last_of_each_key(tags: Vec<Tag>) -> Vec<Tag> {
    let mut unique: Vec<Tag> = Vec::with_capacity(tags.len());
    for tag in tags {
        match unique.iter_mut().find(|known| known.key == tag.key) {
            Some(known) => known.value = tag.value,
            None => unique.push(tag),
        }
    }
    unique
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_build_is_a_job_of_its_repository_and_its_secrets_stay_out() {
        let origin = Origin {
            user: Some("ann".to_owned()),
            build: Some(Build {
                provider: "gitlab",
                build: Some("3".to_owned()),
                url: Some("https://ann:hunter2@ci.example/3".to_owned()),
                commit: None,
                pull_request: None,
                repository: Some("https://ci:hunter2@git.example/a/b".to_owned()),
            }),
            run_context: None,
        };
        let mut tags = of_program(&origin);
        tags.extend(origin.build.iter().flat_map(of_build));
        let pairs: Vec<(&str, &str)> = tags
            .iter()
            .map(|tag| (tag.key.as_str(), tag.value.as_str()))
            .collect();
        let expected = [
            ("mlflow.user", "ann"),
            ("mlflow.source.name", "https://git.example/a/b"),
            ("mlflow.source.type", "JOB"),
            ("phi3ml.ci.provider", "gitlab"),
            ("phi3ml.ci.build", "3"),
            ("phi3ml.ci.url", "https://ci.example/3"),
        ];
        assert_eq!(pairs, expected);
    }

    #[test]
    fn the_last_of_two_tags_counts_where_the_first_stood() {
        let tags = ["a=1", "b=2", "a=3"].map(|pair| {
            let (key, value) = pair.split_once('=').unwrap();
            Tag::new(key, value)
        });
        let unique = last_of_each_key(tags.to_vec());
        assert_eq!(unique, [Tag::new("a", "3"), Tag::new("b", "2")]);
    }

    #[test]
    fn the_run_context_is_an_object_of_tags() {
        let tags = of_run_context(r#"{"team": "nlp", "attempt": 2}"#).unwrap();
        assert_eq!(tags, [Tag::new("team", "nlp"), Tag::new("attempt", "2")]);
        for text in ["", "[]", "team=nlp"] {
            of_run_context(text).unwrap_err();
        }
    }
}

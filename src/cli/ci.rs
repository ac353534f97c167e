//! Which CI system runs this, if one does: the facts of its build, read from the variables that it documents.
//!
//! It asks nobody; what is not in a variable is not known.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::command::settings::Build;

/// Looks up a variable; an empty one counts as not set.
type Look<'a> = &'a dyn Fn(&str) -> Option<String>;

/// How one CI system is known, and how its facts are read.
struct Provider {
    /// The variable that is set there and nowhere else.
    marker: &'static str,
    read: fn(Look<'_>) -> Build,
}

/// The systems that are known. Jenkins comes last: other systems set `JENKINS_URL` for their agents, too.
const PROVIDERS: [Provider; 5] = [
    Provider {
        marker: "GITHUB_ACTIONS",
        read: github,
    },
    Provider {
        marker: "GITLAB_CI",
        read: gitlab,
    },
    Provider {
        marker: "TF_BUILD",
        read: azure,
    },
    Provider {
        marker: "BUILDKITE",
        read: buildkite,
    },
    Provider {
        marker: "JENKINS_URL",
        read: jenkins,
    },
];

/// The build that this runs in.
pub(super) fn build(look: Look<'_>) -> Option<Build> {
    let is_there = |provider: &&Provider| {
        look(provider.marker).is_some_and(|value| !value.eq_ignore_ascii_case("false"))
    };
    let provider = PROVIDERS.iter().find(is_there)?;
    Some((provider.read)(look))
}

/// <https://docs.github.com/actions/reference/workflows-and-actions/variables>
fn github(look: Look<'_>) -> Build {
    let repository = joined(look, ["GITHUB_SERVER_URL", "GITHUB_REPOSITORY"], "/");
    let url = repository.as_ref().zip(look("GITHUB_RUN_ID"));
    let url = url.map(|(repository, id)| format!("{repository}/actions/runs/{id}"));
    let attempt = look("GITHUB_RUN_ATTEMPT").filter(|attempt| attempt != "1");
    // `refs/pull/12/merge`, where a pull request started it.
    let reference = look("GITHUB_REF").unwrap_or_default();
    let pull_request = reference.strip_prefix("refs/pull/");
    let pull_request = pull_request.and_then(|rest| rest.split('/').next());
    Build {
        provider: "github",
        build: look("GITHUB_RUN_NUMBER"),
        url: url.map(|url| match attempt {
            Some(attempt) => format!("{url}/attempts/{attempt}"),
            None => url,
        }),
        commit: look("GITHUB_SHA"),
        pull_request: pull_request.map(str::to_owned),
        repository,
    }
}

/// <https://docs.gitlab.com/ci/variables/predefined_variables/>
fn gitlab(look: Look<'_>) -> Build {
    Build {
        provider: "gitlab",
        build: look("CI_PIPELINE_IID").or_else(|| look("CI_PIPELINE_ID")),
        url: look("CI_JOB_URL").or_else(|| look("CI_PIPELINE_URL")),
        commit: look("CI_COMMIT_SHA"),
        pull_request: look("CI_MERGE_REQUEST_IID"),
        repository: look("CI_PROJECT_URL"),
    }
}

/// <https://learn.microsoft.com/azure/devops/pipelines/build/variables>
fn azure(look: Look<'_>) -> Build {
    let collection = look("SYSTEM_COLLECTIONURI");
    let project = look("SYSTEM_TEAMPROJECT");
    let id = look("BUILD_BUILDID");
    let url = collection.zip(project).zip(id);
    Build {
        provider: "azure",
        build: look("BUILD_BUILDNUMBER"),
        url: url.map(|((collection, project), id)| {
            let project = utf8_percent_encode(&project, NON_ALPHANUMERIC);
            let collection = collection.trim_end_matches('/');
            format!("{collection}/{project}/_build/results?buildId={id}")
        }),
        commit: look("BUILD_SOURCEVERSION"),
        // The number is that of GitHub; repositories of Azure's own have an id alone.
        pull_request: look("SYSTEM_PULLREQUEST_PULLREQUESTNUMBER")
            .or_else(|| look("SYSTEM_PULLREQUEST_PULLREQUESTID")),
        repository: look("BUILD_REPOSITORY_URI"),
    }
}

/// <https://buildkite.com/docs/pipelines/configure/environment-variables>
fn buildkite(look: Look<'_>) -> Build {
    Build {
        provider: "buildkite",
        build: look("BUILDKITE_BUILD_NUMBER"),
        url: look("BUILDKITE_BUILD_URL"),
        // `HEAD` until the agent has looked.
        commit: look("BUILDKITE_COMMIT").filter(|commit| commit != "HEAD"),
        pull_request: look("BUILDKITE_PULL_REQUEST").filter(|number| number != "false"),
        repository: look("BUILDKITE_REPO"),
    }
}

/// <https://www.jenkins.io/doc/book/pipeline/jenkinsfile/#using-environment-variables>, and what the plugins for
/// git and for branches add.
fn jenkins(look: Look<'_>) -> Build {
    Build {
        provider: "jenkins",
        build: look("BUILD_NUMBER"),
        url: look("BUILD_URL"),
        commit: look("GIT_COMMIT"),
        pull_request: look("CHANGE_ID"),
        repository: look("GIT_URL").or_else(|| look("GIT_URL_1")),
    }
}

fn joined(look: Look<'_>, [first, second]: [&str; 2], by: &str) -> Option<String> {
    Some(format!("{}{by}{}", look(first)?, look(second)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Option<Build> {
        let look = |name: &str| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        build(&look)
    }

    fn facts(variables: &[(&str, &str)]) -> [String; 6] {
        let build = read(variables).unwrap();
        let known = [
            build.build,
            build.url,
            build.commit,
            build.pull_request,
            build.repository,
        ];
        let [number, url, commit, pull_request, repository] = known.map(Option::unwrap_or_default);
        let provider = build.provider.to_owned();
        [provider, number, url, commit, pull_request, repository]
    }

    #[test]
    fn github_tells_of_the_attempt_and_of_the_pull_request() {
        let told = facts(&[
            ("GITHUB_ACTIONS", "true"),
            ("GITHUB_SERVER_URL", "https://github.com"),
            ("GITHUB_REPOSITORY", "a/b"),
            ("GITHUB_RUN_ID", "77"),
            ("GITHUB_RUN_NUMBER", "5"),
            ("GITHUB_RUN_ATTEMPT", "2"),
            ("GITHUB_SHA", "abc"),
            ("GITHUB_REF", "refs/pull/12/merge"),
        ]);
        let url = "https://github.com/a/b/actions/runs/77/attempts/2";
        assert_eq!(
            told,
            ["github", "5", url, "abc", "12", "https://github.com/a/b"]
        );
        let pushed = read(&[
            ("GITHUB_ACTIONS", "true"),
            ("GITHUB_REF", "refs/heads/main"),
        ]);
        assert_eq!(pushed.unwrap().pull_request, None);
    }

    #[test]
    fn the_other_systems_are_known_by_their_own_variables() {
        let gitlab = facts(&[
            ("GITLAB_CI", "true"),
            ("CI_PIPELINE_IID", "3"),
            ("CI_JOB_URL", "https://gitlab.example/a/b/-/jobs/9"),
            ("CI_COMMIT_SHA", "abc"),
            ("CI_MERGE_REQUEST_IID", "4"),
            ("CI_PROJECT_URL", "https://gitlab.example/a/b"),
        ]);
        assert_eq!(gitlab[..2], ["gitlab", "3"]);
        assert_eq!(gitlab[4..], ["4", "https://gitlab.example/a/b"]);

        let azure = facts(&[
            ("TF_BUILD", "True"),
            ("SYSTEM_COLLECTIONURI", "https://dev.azure.com/org/"),
            ("SYSTEM_TEAMPROJECT", "My Project"),
            ("BUILD_BUILDID", "8"),
            ("BUILD_BUILDNUMBER", "20240501.1"),
        ]);
        let url = "https://dev.azure.com/org/My%20Project/_build/results?buildId=8";
        assert_eq!(azure[..3], ["azure", "20240501.1", url]);

        let buildkite = facts(&[
            ("BUILDKITE", "true"),
            ("BUILDKITE_BUILD_NUMBER", "6"),
            ("BUILDKITE_COMMIT", "HEAD"),
            ("BUILDKITE_PULL_REQUEST", "false"),
        ]);
        assert_eq!(buildkite[..5], ["buildkite", "6", "", "", ""]);

        let jenkins = facts(&[
            ("JENKINS_URL", "https://ci.example/"),
            ("BUILD_NUMBER", "7"),
            ("CHANGE_ID", "2"),
        ]);
        assert_eq!(jenkins[..5], ["jenkins", "7", "", "", "2"]);
    }

    #[test]
    fn a_machine_of_ones_own_is_none() {
        assert!(read(&[("CI", "true")]).is_none());
        assert!(read(&[("GITHUB_ACTIONS", "false")]).is_none());
    }
}

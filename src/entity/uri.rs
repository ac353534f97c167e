//! The ways to name a model, read and written.
//!
//! Whether what they name exists, and where it lies, is found out by `tracking::resolve`.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use super::id::{ModelId, RunId, Version};
use super::limits;
use super::model::Stage;
use crate::error::{Hint, Kind};

/// Where a model is to be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ModelUri {
    /// `models:/NAME/3`: a version of a registered model.
    Version {
        /// The registered model.
        name: String,
        /// Its version.
        version: Version,
    },
    /// `models:/NAME@ALIAS`: the version to which an alias points.
    Alias {
        /// The registered model.
        name: String,
        /// The alias.
        alias: String,
    },
    /// `models:/NAME/Production`: the newest version of a stage.
    Stage {
        /// The registered model.
        name: String,
        /// The stage.
        stage: Stage,
    },
    /// `models:/NAME/latest`: the newest version of all.
    Latest {
        /// The registered model.
        name: String,
    },
    /// `models:/m-…`: a logged model.
    Logged(ModelId),
    /// `runs:/RUN_ID/PATH`: the model that a run logged under a name, or a folder of the run.
    Run {
        /// The run.
        run_id: RunId,
        /// The name or the path.
        path: String,
    },
    /// An address of an artifact store, such as `mlflow-artifacts:/…` or `s3://…`.
    Artifacts(String),
    /// A folder or a file of this machine.
    Path(PathBuf),
}

/// A text that names no model.
#[derive(Debug, Clone, thiserror::Error)]
pub enum NotAModelUri {
    /// There is nothing.
    #[error("a model's URI must not be empty")]
    Empty,
    /// It begins like one and goes on differently.
    #[error("`{text}` does not name a model")]
    Malformed {
        /// What was given.
        text: String,
        /// What would be right.
        advice: String,
    },
}

impl Hint for NotAModelUri {
    fn kind(&self) -> Kind {
        Kind::Usage
    }

    fn hint(&self) -> Option<String> {
        match self {
            Self::Empty => Some(MODELS.to_owned()),
            Self::Malformed { advice, .. } => Some(advice.clone()),
        }
    }
}

const MODELS: &str =
    "write `models:/NAME/VERSION`, `models:/NAME@ALIAS`, `models:/NAME/latest` or `models:/m-ID`";
const RUNS: &str = "write `runs:/RUN_ID/NAME`";

impl ModelUri {
    /// The name of the registered model, where there is one.
    pub fn registered_name(&self) -> Option<&str> {
        match self {
            Self::Version { name, .. }
            | Self::Alias { name, .. }
            | Self::Stage { name, .. }
            | Self::Latest { name } => Some(name),
            Self::Logged(_) | Self::Run { .. } | Self::Artifacts(_) | Self::Path(_) => None,
        }
    }
}

impl fmt::Display for ModelUri {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Version { name, version } => write!(formatter, "models:/{name}/{version}"),
            Self::Alias { name, alias } => write!(formatter, "models:/{name}@{alias}"),
            Self::Stage { name, stage } => write!(formatter, "models:/{name}/{stage}"),
            Self::Latest { name } => write!(formatter, "models:/{name}/latest"),
            Self::Logged(model_id) => write!(formatter, "models:/{model_id}"),
            Self::Run { run_id, path } => write!(formatter, "runs:/{run_id}/{path}"),
            Self::Artifacts(uri) => formatter.write_str(uri),
            Self::Path(path) => match (path.to_str(), url::Url::from_file_path(path)) {
                // Only a URI writes bytes that are no text.
                (None, Ok(uri)) => uri.fmt(formatter),
                _ => path.display().fmt(formatter),
            },
        }
    }
}

impl Serialize for ModelUri {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl FromStr for ModelUri {
    type Err = NotAModelUri;

    /// Reads what `_parse_model_uri` and `parse_runs_uri` read (MLflow 3.17.2); nothing is percent-decoded,
    /// as there.
    fn from_str(text: &str) -> Result<Self, NotAModelUri> {
        if text.trim().is_empty() {
            return Err(NotAModelUri::Empty);
        }
        let malformed = |advice: String| NotAModelUri::Malformed {
            text: text.to_owned(),
            advice,
        };
        match scheme(text) {
            Some(("models", rest)) => models(rest).map_err(malformed),
            Some(("runs", rest)) => run(rest).map_err(|advice| malformed(advice.to_owned())),
            Some(("file", _)) => url::Url::parse(text)
                .ok()
                .and_then(|url| url.to_file_path().ok())
                .map(Self::Path)
                .ok_or_else(|| malformed("write the path itself, or `file:///PATH`".to_owned())),
            Some(_) => Ok(Self::Artifacts(text.to_owned())),
            None => Ok(Self::Path(PathBuf::from(text))),
        }
    }
}

/// Splits `scheme:/rest`. One letter is a drive of Windows, and a colon without a slash is part of a file's
/// name, except after the two schemes that MLflow made up.
fn scheme(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = text.split_once(':')?;
    let is_scheme = scheme.len() > 1
        && scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.chars().all(|character| {
            character.is_ascii_alphanumeric() || matches!(character, '+' | '-' | '.')
        });
    (is_scheme && (rest.starts_with('/') || matches!(scheme, "models" | "runs")))
        .then_some((scheme, rest))
}

fn models(rest: &str) -> Result<ModelUri, String> {
    let path = below_root(rest).ok_or(MODELS)?;
    let name = |name: &str| {
        limits::registered_model_name(name).map_err(|error| error.to_string())?;
        Ok::<_, String>(name.to_owned())
    };
    match path.split_once('/') {
        Some((_, suffix)) if suffix.trim().is_empty() || suffix.contains('/') => {
            Err(MODELS.to_owned())
        }
        Some((model, suffix)) if suffix.eq_ignore_ascii_case("latest") => {
            Ok(ModelUri::Latest { name: name(model)? })
        }
        Some((model, suffix)) if suffix.chars().all(|digit| digit.is_ascii_digit()) => {
            Ok(ModelUri::Version {
                name: name(model)?,
                version: suffix.parse().map_err(|_| "no version has such a number")?,
            })
        }
        Some((model, suffix)) => Ok(ModelUri::Stage {
            name: name(model)?,
            stage: suffix.parse().map_err(|error| {
                format!("{error}; an alias is written `models:/{model}@{suffix}`")
            })?,
        }),
        None => match path.rsplit_once('@') {
            Some((model, alias)) => {
                if limits::alias(alias).is_err() {
                    return Err(format!("`{alias}` cannot be an alias; {MODELS}"));
                }
                Ok(ModelUri::Alias {
                    name: name(model)?,
                    alias: alias.to_owned(),
                })
            }
            None => path.parse().map(ModelUri::Logged).map_err(|_| {
                format!("say which version: `models:/{path}/latest`, `models:/{path}/1` or `models:/{path}@ALIAS`")
            }),
        },
    }
}

fn run(rest: &str) -> Result<ModelUri, &'static str> {
    let path = below_root(rest).ok_or(RUNS)?;
    let (run_id, path) = path.split_once('/').ok_or(RUNS)?;
    let path = path.trim_end_matches('/');
    if path.is_empty() || path.split('/').any(|part| matches!(part, "" | "." | "..")) {
        return Err(RUNS);
    }
    Ok(ModelUri::Run {
        run_id: run_id.parse().map_err(|_| RUNS)?,
        path: path.to_owned(),
    })
}

/// What follows the one slash. Two would begin the name of another server, which is not known here.
fn below_root(rest: &str) -> Option<&str> {
    rest.strip_prefix('/')
        .filter(|path| !path.starts_with('/') && !path.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> ModelUri {
        text.parse().unwrap()
    }

    #[test]
    fn every_form_is_read() {
        let name = || "phi3".to_owned();
        let model_id = || "m-f94f69fe2d484e70be914cd06b843323".parse().unwrap();
        let cases = [
            (
                "models:/phi3/12",
                ModelUri::Version {
                    name: name(),
                    version: Version(12),
                },
            ),
            (
                "models:/phi3@champion",
                ModelUri::Alias {
                    name: name(),
                    alias: "champion".to_owned(),
                },
            ),
            (
                "models:/phi3/production",
                ModelUri::Stage {
                    name: name(),
                    stage: Stage::Production,
                },
            ),
            ("models:/phi3/Latest", ModelUri::Latest { name: name() }),
            (
                "models:/m-f94f69fe2d484e70be914cd06b843323",
                ModelUri::Logged(model_id()),
            ),
            (
                "mlflow-artifacts:/1/a/artifacts",
                ModelUri::Artifacts("mlflow-artifacts:/1/a/artifacts".to_owned()),
            ),
            (
                "s3://bucket/k",
                ModelUri::Artifacts("s3://bucket/k".to_owned()),
            ),
            ("./phi3", ModelUri::Path("./phi3".into())),
            ("file:///a%20b", ModelUri::Path("/a b".into())),
            ("C:\\phi3", ModelUri::Path("C:\\phi3".into())),
            ("phi3:int4.zip", ModelUri::Path("phi3:int4.zip".into())),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text), expected, "{text}");
        }
        assert_eq!(
            read("runs:/df01/model/sub/"),
            ModelUri::Run {
                run_id: "df01".parse().unwrap(),
                path: "model/sub".to_owned()
            }
        );
        assert_eq!(read("models:/a@b@champion").registered_name(), Some("a@b"));
    }

    #[test]
    fn half_a_name_is_refused_with_the_other_half() {
        let advice = |text: &str| text.parse::<ModelUri>().unwrap_err().hint().unwrap();
        assert!(advice("models:/phi3").contains("models:/phi3/latest"));
        assert!(advice("models:/phi3/champion").contains("models:/phi3@champion"));
        for text in [
            "",
            " ",
            "models:",
            "models:/",
            "models:phi3/1",
            "models://profile/phi3/1",
            "models:/phi3/",
            "models:/a/1/2",
            "models:/ /1",
            "models:/a:b/1",
            "models:/phi3@",
            "models:/phi3@v1",
            "models:/phi3/99999999999999999999",
            "runs:/",
            "runs:/df01",
            "runs:/df01/",
            "runs:/df01/../x",
            "runs://profile/df01/x",
            "file://host/x",
        ] {
            assert!(!advice(text).is_empty(), "{text}");
        }
    }

    fn any_uri() -> impl Strategy<Value = ModelUri> {
        let name = "[a-zA-Z0-9_.@' -]*[a-z]";
        prop_oneof![
            (name, any::<u64>()).prop_map(|(name, number)| ModelUri::Version {
                name,
                version: Version(number)
            }),
            (name, "[a-z_-]*x").prop_map(|(name, alias)| ModelUri::Alias { name, alias }),
            name.prop_map(|name| ModelUri::Stage {
                name,
                stage: Stage::Staging
            }),
            name.prop_map(|name| ModelUri::Latest { name }),
            "m-[0-9a-f]{32}".prop_map(|id| ModelUri::Logged(id.parse().unwrap())),
            ("[0-9a-f]{32}", "[a-z ][a-z.%#]*x(/x)?").prop_map(|(id, path)| ModelUri::Run {
                run_id: id.parse().unwrap(),
                path
            }),
            "(mlflow-artifacts:/|s3://)[a-z/]*".prop_map(ModelUri::Artifacts),
            "[./a-z]*[a-z]".prop_map(|path| ModelUri::Path(path.into())),
        ]
    }

    #[cfg(unix)]
    #[test]
    fn paths_that_are_no_text_are_written_as_uris() {
        let uri = read("file:///a%AA");
        assert_eq!(uri.to_string(), "file:///a%AA");
        assert_eq!(read(&uri.to_string()), uri);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(uri in any_uri()) {
            prop_assert_eq!(read(&uri.to_string()), uri);
        }

        #[test]
        fn nothing_panics_and_what_is_read_is_stable(text in "(models:|runs:|file:)?/?\\PC*") {
            if let Ok(uri) = text.parse::<ModelUri>() {
                let again: ModelUri = uri.to_string().parse().unwrap();
                prop_assert_eq!(again, uri);
            }
        }
    }
}

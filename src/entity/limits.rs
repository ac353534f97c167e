//! What names, keys and values may look like, so that a wrong one is refused before anything is sent.
//!
//! The rules are MLflow's own (`mlflow/utils/validation.py`, 3.17.2); a server may have further ones.

use super::dataset::DatasetInput;
use super::param::Param;
use super::tag::Tag;
use crate::error::{Hint, Kind};

/// `MAX_PARAMS_TAGS_PER_BATCH`: params, and likewise tags, in one `runs/log-batch`.
pub const PARAMS_PER_BATCH: usize = 100;
/// `MAX_PARAMS_TAGS_PER_BATCH`, for tags.
pub const TAGS_PER_BATCH: usize = 100;
/// `MAX_METRICS_PER_BATCH`: metrics in one `runs/log-batch`.
pub const METRICS_PER_BATCH: usize = 1000;
/// `MAX_ENTITIES_PER_BATCH`: all of them together.
pub const ENTITIES_PER_BATCH: usize = 1000;
/// `MAX_BATCH_LOG_REQUEST_SIZE`: bytes of one `runs/log-batch`.
pub const BYTES_PER_BATCH: usize = 1_000_000;

/// `MAX_ENTITY_KEY_LENGTH`, and `MAX_MODEL_REGISTRY_TAG_KEY_LENGTH` is the same.
const KEY: usize = 250;
/// `MAX_PARAM_VAL_LENGTH`. A server cuts what is longer and says nothing.
const PARAM_VALUE: usize = 6000;
/// `MAX_TAG_VAL_LENGTH`. A server cuts what is longer and says nothing.
const TAG_VALUE: usize = 8000;
/// `MAX_EXPERIMENT_TAG_VAL_LENGTH`.
const EXPERIMENT_TAG_VALUE: usize = 20_000;
/// `MAX_DATASET_NAME_SIZE`.
const DATASET_NAME: usize = 500;
/// `MAX_DATASET_DIGEST_SIZE`.
const DATASET_DIGEST: usize = 36;
/// `MAX_DATASET_SOURCE_SIZE`.
const DATASET_SOURCE: usize = 65_535;
/// `MAX_INPUT_TAG_KEY_SIZE`.
const INPUT_TAG_KEY: usize = 255;
/// `MAX_INPUT_TAG_VALUE_SIZE`.
const INPUT_TAG_VALUE: usize = 500;
/// `MAX_MODEL_REGISTRY_TAG_VALUE_LENGTH`.
const REGISTRY_TAG_VALUE: usize = 100_000;
/// `MAX_EXPERIMENT_NAME_LENGTH`.
const EXPERIMENT_NAME: usize = 500;
/// `MAX_REGISTERED_MODEL_ALIAS_LENGTH`.
const ALIAS: usize = 255;
/// The width of the column (`mlflow/store/model_registry/dbmodels/models.py`).
const REGISTERED_MODEL_NAME: usize = 256;
/// `bad_chars` of `_validate_logged_model_name`.
const NOT_IN_LOGGED_MODEL_NAMES: [char; 6] = ['/', ':', '.', '%', '"', '\''];

/// A name, key or value that MLflow would refuse, or would quietly cut.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Invalid {
    /// There is nothing where something must be.
    #[error("{what} must not be empty")]
    Empty {
        /// What it is for.
        what: &'static str,
    },
    /// It has characters that do not belong there.
    #[error("`{text}` cannot be {what}")]
    Characters {
        /// What it is for.
        what: &'static str,
        /// What was given.
        text: String,
        /// What would be right.
        rule: &'static str,
    },
    /// It means something else already.
    #[error("`{text}` cannot be an alias: it is reserved")]
    Reserved {
        /// What was given.
        text: String,
    },
    /// It is too long.
    #[error("{what} has {length} characters, at most {limit} are possible")]
    TooLong {
        /// What it is.
        what: String,
        /// How long it is.
        length: usize,
        /// How long it may be.
        limit: usize,
    },
}

impl Hint for Invalid {
    fn kind(&self) -> Kind {
        Kind::Usage
    }

    fn hint(&self) -> Option<String> {
        match self {
            Self::Characters { rule, .. } => Some((*rule).to_owned()),
            Self::Reserved { .. } => Some(
                "`latest` always is the newest version, and `v1` would read like version 1"
                    .to_owned(),
            ),
            Self::TooLong {
                limit: PARAM_VALUE, ..
            } => Some("shorten it, or have `phi3ml log-params --truncate` cut it".to_owned()),
            Self::Empty { .. } | Self::TooLong { .. } => None,
        }
    }
}

type Checked = Result<(), Invalid>;

/// Checks the name of an experiment.
pub fn experiment_name(name: &str) -> Checked {
    let what = "the name of an experiment";
    not_empty(what, name)?;
    no_longer(what, name, EXPERIMENT_NAME)
}

/// Checks the name of a registered model.
pub fn registered_model_name(name: &str) -> Checked {
    let what = "the name of a registered model";
    not_empty(what, name)?;
    if name.contains(['/', ':']) || matches!(name, "." | "..") {
        return Err(Invalid::Characters {
            what,
            text: name.to_owned(),
            rule: "it may hold anything but `/` and `:`",
        });
    }
    no_longer(what, name, REGISTERED_MODEL_NAME)
}

/// Checks an alias.
pub fn alias(alias: &str) -> Checked {
    let what = "an alias";
    not_empty(what, alias)?;
    if !alias
        .chars()
        .all(|character| is_word(character) || character == '-')
    {
        return Err(Invalid::Characters {
            what,
            text: alias.to_owned(),
            rule: "an alias is made of letters, digits, `_` and `-`",
        });
    }
    let after_v = alias.strip_prefix(['v', 'V']);
    let is_version =
        after_v.is_some_and(|rest| !rest.is_empty() && rest.chars().all(char::is_numeric));
    if is_version || alias.eq_ignore_ascii_case("latest") {
        return Err(Invalid::Reserved {
            text: alias.to_owned(),
        });
    }
    no_longer(what, alias, ALIAS)
}

/// A name as a logged model may have it, and whether that is another one than was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedModelName {
    /// The name.
    pub name: String,
    /// Whether something had to be replaced.
    pub changed: bool,
}

/// The name with `-` for each character that a logged model's name cannot have: `Phi-3.5` becomes `Phi-3-5`.
pub fn logged_model_name(name: &str) -> Result<LoggedModelName, Invalid> {
    not_empty("the name of a model", name)?;
    let clean = name.replace(NOT_IN_LOGGED_MODEL_NAMES, "-");
    Ok(LoggedModelName {
        changed: clean != name,
        name: clean,
    })
}

/// Whether a logged model could have this name.
pub fn is_logged_model_name(name: &str) -> bool {
    !name.is_empty() && !name.contains(NOT_IN_LOGGED_MODEL_NAMES)
}

/// Checks the key of a param, a metric or a tag.
pub fn key(key: &str) -> Checked {
    let what = "a key";
    not_empty(what, key)?;
    let clean = |character| is_word(character) || matches!(character, '/' | '.' | '-' | ' ' | ':');
    let is_path = key.split('/').all(|part| !matches!(part, "" | "." | ".."));
    if !is_path || !key.chars().all(clean) {
        return Err(Invalid::Characters {
            what,
            text: key.to_owned(),
            rule: "a key is made of letters, digits, `_`, `-`, `.`, `:`, spaces and `/`, and reads like a relative path",
        });
    }
    no_longer(what, key, KEY)
}

/// Checks a param.
pub fn param(param: &Param) -> Checked {
    key(&param.key)?;
    no_longer(&format!("param `{}`", param.key), &param.value, PARAM_VALUE)
}

/// The same param with as much of its value as MLflow keeps, and whether that is less than all.
pub fn truncated_param(param: Param) -> (Param, bool) {
    match param.value.char_indices().nth(PARAM_VALUE) {
        None => (param, false),
        Some((end, _)) => {
            let mut value = param.value;
            value.truncate(end);
            (Param { value, ..param }, true)
        }
    }
}

/// Checks a tag of a run or a logged model.
pub fn tag(tag: &Tag) -> Checked {
    key(&tag.key)?;
    no_longer(&format!("tag `{}`", tag.key), &tag.value, TAG_VALUE)
}

/// Checks a tag of an experiment.
pub fn experiment_tag(tag: &Tag) -> Checked {
    key(&tag.key)?;
    let what = format!("tag `{}`", tag.key);
    no_longer(&what, &tag.value, EXPERIMENT_TAG_VALUE)
}

/// Checks what is said about a dataset that went into a run.
pub fn dataset(input: &DatasetInput) -> Checked {
    let DatasetInput { tags, dataset } = input;
    not_empty("the name of a dataset", &dataset.name)?;
    no_longer("the name of a dataset", &dataset.name, DATASET_NAME)?;
    not_empty("the digest of a dataset", &dataset.digest)?;
    no_longer("the digest of a dataset", &dataset.digest, DATASET_DIGEST)?;
    not_empty("the source of a dataset", &dataset.source)?;
    no_longer("the source of a dataset", &dataset.source, DATASET_SOURCE)?;
    for tag in tags {
        not_empty("a key", &tag.key)?;
        no_longer("a key", &tag.key, INPUT_TAG_KEY)?;
        no_longer(&format!("tag `{}`", tag.key), &tag.value, INPUT_TAG_VALUE)?;
    }
    Ok(())
}

/// Checks a tag of a registered model or a version.
pub fn registry_tag(tag: &Tag) -> Checked {
    key(&tag.key)?;
    no_longer(
        &format!("tag `{}`", tag.key),
        &tag.value,
        REGISTRY_TAG_VALUE,
    )
}

/// What Python's `\w` matches, near enough.
fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

fn not_empty(what: &'static str, text: &str) -> Checked {
    if text.trim().is_empty() {
        Err(Invalid::Empty { what })
    } else {
        Ok(())
    }
}

fn no_longer(what: &str, text: &str, limit: usize) -> Checked {
    // Python counts characters, not bytes.
    let length = text.chars().count();
    if length <= limit {
        Ok(())
    } else {
        Err(Invalid::TooLong {
            what: what.to_owned(),
            length,
            limit,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn registered_names_hold_anything_but_slash_and_colon() {
        for name in ["phi3", "Phi-3.5 mini", "ä'\"%", "a.b"] {
            registered_model_name(name).unwrap();
        }
        for name in ["", "  ", "a/b", "a:b", ".", ".."] {
            registered_model_name(name).unwrap_err();
        }
    }

    #[test]
    fn aliases_are_words_that_mean_nothing_else() {
        for name in ["champion", "a-b_c", "v1a", "vv", "v", "Latest1"] {
            alias(name).unwrap();
        }
        for name in [
            "",
            "a b",
            "a.b",
            "a@b",
            "latest",
            "LATEST",
            "v1",
            "V12",
            &"a".repeat(256),
        ] {
            alias(name).unwrap_err();
        }
    }

    #[test]
    fn keys_read_like_relative_paths() {
        for name in ["a", "a/b c", "a.b:c-d_e", "..a", "ö"] {
            key(name).unwrap();
        }
        for name in [
            "",
            "/a",
            "a/",
            "a//b",
            "../a",
            "a/./b",
            "a,b",
            "a\nb",
            &"a".repeat(251),
        ] {
            key(name).unwrap_err();
        }
    }

    #[test]
    fn values_that_a_server_would_cut_are_refused() {
        param(&Param::new("a", "ü".repeat(PARAM_VALUE))).unwrap();
        param(&Param::new("a", "ü".repeat(PARAM_VALUE + 1))).unwrap_err();
        let error = tag(&Tag::new("a", "ü".repeat(TAG_VALUE + 1))).unwrap_err();
        let text = "tag `a` has 8001 characters, at most 8000 are possible";
        assert_eq!(error.to_string(), text);
        registry_tag(&Tag::new("a", "x".repeat(TAG_VALUE + 1))).unwrap();
    }

    proptest! {
        #[test]
        fn a_cleaned_name_is_clean_and_stays(name in "\\PC+") {
            if let Ok(cleaned) = logged_model_name(&name) {
                prop_assert!(is_logged_model_name(&cleaned.name));
                prop_assert_eq!(cleaned.changed, cleaned.name != name);
                let again = logged_model_name(&cleaned.name).unwrap();
                prop_assert!(!again.changed);
            }
        }
    }
}

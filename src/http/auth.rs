//! Who we say we are: a user with a password or a bearer token, and where it was found.
//!
//! It reads no environment and no file: values come in as arguments, together with their origin.

use std::fmt;
use std::path::Path;

use percent_encoding::percent_decode_str;
use reqwest::RequestBuilder;
use url::Url;

use super::redact::Secret;

/// The variable that holds the user's name.
pub const USERNAME: &str = "MLFLOW_TRACKING_USERNAME";
/// The variable that holds the user's password.
pub const PASSWORD: &str = "MLFLOW_TRACKING_PASSWORD";
/// The variable that holds a bearer token.
pub const TOKEN: &str = "MLFLOW_TRACKING_TOKEN";

/// The variables in which a user names herself to a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Variables {
    /// That of the name.
    pub username: &'static str,
    /// That of the password.
    pub password: &'static str,
    /// That of a bearer token.
    pub token: &'static str,
}

/// Those of MLflow's own client.
pub const VARIABLES: Variables = Variables {
    username: USERNAME,
    password: PASSWORD,
    token: TOKEN,
};

impl Default for Variables {
    fn default() -> Self {
        VARIABLES
    }
}

/// Credentials, and where they came from.
#[derive(Clone)]
pub struct Auth {
    scheme: Scheme,
    source: String,
}

#[derive(Clone)]
enum Scheme {
    Basic { username: String, password: Secret },
    Bearer(Secret),
}

/// Everything in which credentials may be found.
#[expect(
    missing_debug_implementations,
    reason = "it holds secrets that must not be printed"
)]
#[derive(Clone, Default)]
pub struct Sources<'a> {
    /// Whose values `username`, `password` and `token` are.
    pub variables: Variables,
    /// The user's name.
    pub username: Option<String>,
    /// Her password.
    pub password: Option<Secret>,
    /// A bearer token.
    pub token: Option<Secret>,
    /// The path and the text of MLflow's credentials file.
    pub file: Option<(&'a Path, &'a str)>,
    /// The tracking URI, which may hold `user:password@`.
    pub url: Option<&'a Url>,
}

impl Auth {
    /// A user with a password.
    pub fn basic(username: String, password: Secret, source: impl Into<String>) -> Self {
        Self {
            scheme: Scheme::Basic { username, password },
            source: source.into(),
        }
    }

    /// A bearer token.
    pub fn bearer(token: Secret, source: impl Into<String>) -> Self {
        Self {
            scheme: Scheme::Bearer(token),
            source: source.into(),
        }
    }

    /// The credentials that MLflow would use: user and password, each from the variable or else from the
    /// file; then the token; then what the address holds (`mlflow/utils/credentials.py` and
    /// `rest_utils.http_request`, 3.17.2).
    pub fn choose(sources: Sources<'_>) -> Option<Self> {
        let file = sources.file.map(|(path, text)| (path, parse_file(text)));
        let found = |value: Option<String>, name: &str, pick: fn(&File) -> Option<String>| {
            let of_variable = value
                .filter(|value| !value.is_empty())
                .map(|value| (value, name.to_owned()));
            of_variable.or_else(|| {
                let (path, file) = file.as_ref()?;
                Some((pick(file)?, path.display().to_string()))
            })
        };
        let username = found(sources.username, sources.variables.username, |file| {
            file.username.clone()
        });
        let password = sources.password.map(|secret| secret.expose().to_owned());
        let password = found(password, sources.variables.password, |file| {
            file.password.clone()
        });
        if let (Some((username, first)), Some((password, second))) = (username, password) {
            let source = if first == second {
                first
            } else {
                format!("{first} and {second}")
            };
            return Some(Self::basic(username, Secret::new(password), source));
        }
        let token = sources.token.filter(|token| !token.is_empty());
        token
            .map(|token| Self::bearer(token, sources.variables.token))
            .or_else(|| Self::from_url(sources.url?))
    }

    /// The user and password that an address holds.
    pub fn from_url(url: &Url) -> Option<Self> {
        if url.username().is_empty() && url.password().is_none() {
            return None;
        }
        let decode = |text| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let username = decode(url.username());
        let password = decode(url.password().unwrap_or_default());
        Some(Self::basic(
            username,
            Secret::new(password),
            "the tracking URI",
        ))
    }

    /// Where these credentials were found.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// How `curl` is told to send them, masked: an address may hold a token in place of the user.
    pub(super) fn as_curl(&self) -> String {
        match &self.scheme {
            Scheme::Basic { .. } => "--user '***:***'".to_owned(),
            Scheme::Bearer(_) => "-H 'authorization: Bearer ***'".to_owned(),
        }
    }

    pub(super) fn apply(&self, request: RequestBuilder) -> RequestBuilder {
        match &self.scheme {
            Scheme::Basic { username, password } => {
                request.basic_auth(username, Some(password.expose()))
            }
            Scheme::Bearer(token) => request.bearer_auth(token.expose()),
        }
    }
}

impl fmt::Debug for Auth {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = match self.scheme {
            Scheme::Basic { .. } => "Basic",
            Scheme::Bearer(_) => "Bearer",
        };
        write!(formatter, "{scheme} from {}", self.source)
    }
}

/// The user that a credentials file names, and whether it holds a password.
pub fn in_file(text: &str) -> (Option<String>, bool) {
    let file = parse_file(text);
    (file.username, file.password.is_some())
}

#[derive(Default)]
struct File {
    username: Option<String>,
    password: Option<String>,
}

/// Reads the section `[mlflow]` of MLflow's credentials file, as Python's `configparser` does: keys in any
/// case, `=` or `:` between key and value, comments with `#` or `;`.
fn parse_file(text: &str) -> File {
    let mut file = File::default();
    let mut inside = false;
    for line in text.lines().map(str::trim) {
        if line.is_empty() || line.starts_with(['#', ';']) {
            continue;
        }
        if let Some(section) = line.strip_prefix('[') {
            inside = section.strip_suffix(']') == Some("mlflow");
        } else if let Some((key, value)) = line.split_once(['=', ':'])
            && inside
        {
            let value = value.trim();
            let value = (!value.is_empty()).then(|| value.to_owned());
            match key.trim().to_ascii_lowercase().as_str() {
                "mlflow_tracking_username" => file.username = value,
                "mlflow_tracking_password" => file.password = value,
                _ => {}
            }
        }
    }
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# mine\n[other]\nmlflow_tracking_username = no\n[mlflow]\n\
        MLflow_Tracking_Username: ann\nmlflow_tracking_password = a=b:c \n";

    fn shown(sources: Sources<'_>) -> Option<(String, String)> {
        Auth::choose(sources).map(|auth| {
            let value = match &auth.scheme {
                Scheme::Basic { username, password } => {
                    format!("{username}/{}", password.expose())
                }
                Scheme::Bearer(token) => token.expose().to_owned(),
            };
            (value, auth.source)
        })
    }

    fn file() -> (&'static Path, &'static str) {
        (Path::new("~/.mlflow/credentials"), FILE)
    }

    #[test]
    fn user_and_password_win_over_a_token_and_each_may_come_from_the_file() {
        let url = Url::parse("http://eve:p%40ss+w@host").unwrap();
        let all = Sources {
            variables: VARIABLES,
            username: Some("bob".to_owned()),
            password: None,
            token: Some(Secret::new("t")),
            file: Some(file()),
            url: Some(&url),
        };
        let (value, source) = shown(all.clone()).unwrap();
        assert_eq!(value, "bob/a=b:c");
        assert_eq!(source, "MLFLOW_TRACKING_USERNAME and ~/.mlflow/credentials");

        let without_file = Sources { file: None, ..all };
        assert_eq!(shown(without_file.clone()).unwrap().0, "t");

        let address_only = Sources {
            token: None,
            ..without_file
        };
        let (value, source) = shown(address_only).unwrap();
        assert_eq!(
            (value.as_str(), source.as_str()),
            ("eve/p@ss+w", "the tracking URI")
        );
    }

    #[test]
    fn nothing_is_made_of_nothing() {
        let url = Url::parse("http://host").unwrap();
        let empty = Sources {
            variables: VARIABLES,
            username: Some(String::new()),
            password: Some(Secret::new("")),
            token: Some(Secret::new("")),
            file: None,
            url: Some(&url),
        };
        assert_eq!(shown(empty), None);
    }

    #[test]
    fn the_file_is_read_as_python_reads_it() {
        let file = Sources {
            file: Some(file()),
            ..Sources::default()
        };
        let (value, source) = shown(file).unwrap();
        assert_eq!(value, "ann/a=b:c");
        assert_eq!(source, "~/.mlflow/credentials");
    }

    #[test]
    fn nothing_secret_is_printed() {
        let auth = Auth::basic("ann".to_owned(), Secret::new("hunter2"), "a test");
        assert_eq!(format!("{auth:?}"), "Basic from a test");
    }
}

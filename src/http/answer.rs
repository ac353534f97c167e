//! What a server says when it refuses: the words of its JSON, or the gist of a page.
//!
//! What the words mean is known to the rooms above.

use std::fmt;

use reqwest::header::{CONTENT_TYPE, HeaderMap};
use serde::Deserialize;

/// How much of an answer that is no JSON is worth showing.
const LONGEST_EXCERPT: usize = 200;

/// How much of a server's own words is worth showing: MLflow likes to add the SQL.
const LONGEST_MESSAGE: usize = 1000;

/// Errors with a status that looks passing and a reason that does not pass. `FEATURE_DISABLED` comes as 500 when
/// a workspace is named to a server without workspaces (MLflow 3.18, `mlflow/exceptions.py`).
const PERMANENT: [&str; 1] = ["FEATURE_DISABLED"];

/// In these words MLflow says, as a 500, that an artifact is not there: 2.22 of its own files, 3.17 of those of
/// a bucket.
const MISSING: [&str; 2] = [
    "No such file or directory",
    "(404) when calling the HeadObject operation",
];

/// What a server said when it refused.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// The name of the error, such as `RESOURCE_DOES_NOT_EXIST`.
    pub error_code: Option<String>,
    /// The server's own words.
    pub message: Option<String>,
    /// The beginning of an answer that is no JSON, or the title of a web page.
    pub excerpt: Option<String>,
    /// Whether it is a web page.
    pub html: bool,
}

impl Answer {
    /// Makes sense of the body of a refusal.
    pub(super) fn read(headers: &HeaderMap, body: &[u8]) -> Self {
        #[derive(Deserialize)]
        struct Document {
            #[serde(default)]
            error_code: Option<String>,
            #[serde(default)]
            message: Option<String>,
        }
        let text = String::from_utf8_lossy(body);
        let html = is_html(headers) || text.trim_start().starts_with("<!");
        match serde_json::from_slice(body) {
            Ok(Document {
                error_code,
                message,
            }) if error_code.is_some() || message.is_some() => Self {
                error_code,
                message: message.and_then(|message| line(&message, LONGEST_MESSAGE)),
                ..Self::default()
            },
            _ => Self {
                excerpt: if html { title(&text) } else { excerpt(&text) },
                html,
                ..Self::default()
            },
        }
    }
}

impl Answer {
    /// Whether the reason will be the same next time, whatever the status suggests.
    pub(super) fn is_permanent(&self) -> bool {
        self.says_missing()
            || self
                .error_code
                .as_deref()
                .is_some_and(|code| PERMANENT.contains(&code))
    }

    /// Whether it says in words that something is not there.
    pub(super) fn says_missing(&self) -> bool {
        let message = self.message.as_deref();
        message.is_some_and(|message| MISSING.iter().any(|words| message.contains(words)))
    }
}

impl fmt::Display for Answer {
    /// The part of a message that follows the status.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = self.message.as_deref().or(self.excerpt.as_deref());
        match (&self.error_code, words.filter(|words| !words.is_empty())) {
            (Some(code), Some(words)) => write!(formatter, ", {code}: {words}"),
            (Some(code), None) => write!(formatter, ", {code}"),
            (None, Some(words)) => write!(formatter, ": {words}"),
            (None, None) => Ok(()),
        }
    }
}

/// Whether an answer says that it is a web page.
pub(super) fn is_html(headers: &HeaderMap) -> bool {
    headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.starts_with("text/html"))
}

/// One line of text, not too long.
fn line(text: &str, longest: usize) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = words.join(" ");
    if line.is_empty() {
        return None;
    }
    let mut short: String = line.chars().take(longest).collect();
    if short.len() < line.len() {
        short.push('…');
    }
    Some(short)
}

fn excerpt(text: &str) -> Option<String> {
    line(text, LONGEST_EXCERPT)
}

/// The title of a web page, or its whole text where it is no page after all (MLflow's own 401 and 403 are one
/// plain sentence that calls itself HTML).
fn title(text: &str) -> Option<String> {
    let after = text.split_once("<title>").map(|(_, after)| after);
    match after.and_then(|after| after.split_once("</title>")) {
        Some((title, _)) => excerpt(title),
        None if text.contains('<') => None,
        None => excerpt(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::HeaderValue;

    fn read(content_type: &'static str, body: &str) -> Answer {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        Answer::read(&headers, body.as_bytes())
    }

    #[test]
    fn long_text_is_cut() {
        let answer = read("text/plain", &"wörd ".repeat(1000));
        assert_eq!(answer.excerpt.unwrap().chars().count(), LONGEST_EXCERPT + 1);
    }

    #[test]
    fn a_web_page_is_cut_to_its_title() {
        let page = "<!doctype html>\n<html><head><title>404\n Not Found</title><body><h1>Lost";
        let answer = read("text/html; charset=utf-8", page);
        assert_eq!(answer.to_string(), ": 404 Not Found");
        assert!(answer.html);
    }

    #[test]
    fn words_of_many_lines_become_one_line_and_their_meaning_is_seen() {
        let message =
            "failures occurred:\n##### File x #####\n[Errno 2] No such file or directory: 'x'";
        let body = serde_json::json!({ "error_code": "INTERNAL_ERROR", "message": message });
        let answer = read("application/json", &body.to_string());
        assert!(!answer.to_string().contains('\n'));
        assert!(answer.is_permanent());
        assert!(!read("application/json", "{\"error_code\":\"INTERNAL_ERROR\"}").is_permanent());
        assert!(read("application/json", "{\"error_code\":\"FEATURE_DISABLED\"}").is_permanent());
    }

    #[test]
    fn json_without_words_is_shown_as_it_is() {
        let answer = read("application/json", "{\"detail\": \"Not Found\"}");
        assert_eq!(answer.to_string(), ": {\"detail\": \"Not Found\"}");
        assert_eq!(read("application/json", "").to_string(), "");
    }
}

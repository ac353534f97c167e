//! Which file names survive MLflow's artifact service, and how they are written in its URLs.

use super::Error;
use crate::entity::manifest::RelativePath;

/// Refuses the names that the service would store under another name.
///
/// It decodes a path twice (`mlflow/server/handlers.py`, `validate_path_is_safe`; seen on 3.17.2 and
/// 2.22.5), so that `%41.txt` would become `A.txt`, and it refuses `#`.
pub fn check(path: &RelativePath) -> Result<(), Error> {
    let refuse = |reason| {
        Err(Error::Name {
            path: path.clone(),
            reason,
        })
    };
    let text = path.as_str();
    if text.contains('#') {
        return refuse("it refuses `#`");
    }
    if has_escape(text) {
        return refuse("it would decode the `%` and the two digits that follow");
    }
    if text.chars().any(char::is_control) {
        return refuse("it holds a control character");
    }
    Ok(())
}

/// Whether a name has the characters of Latin-1 alone. MLflow 2 keeps others, and breaks the connection when it is asked
/// for them: it writes them into a header as they are (`_send_artifact`, seen on 2.22.5).
pub fn is_latin(path: &RelativePath) -> bool {
    path.as_str()
        .rsplit('/')
        .next()
        .unwrap_or_default()
        .chars()
        .all(|character| u32::from(character) < 256)
}

fn has_escape(text: &str) -> bool {
    text.as_bytes()
        .windows(3)
        .any(|window| matches!(window, [b'%', high, low] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit()))
}

/// Writes a path for a URL: everything but RFC 3986's unreserved characters and `/` is escaped.
pub(super) fn encode(path: &str) -> String {
    use std::fmt::Write as _;
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a `String` cannot fail.
            _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_would_change_on_the_way_are_refused() {
        for name in ["a#b", "%41.txt", "x/%2e%2e/y", "tab\there"] {
            check(&name.parse().unwrap()).unwrap_err();
        }
        for name in ["a b", "100%", "%zz", "a+b;c?d:e\\f", "ünï"] {
            check(&name.parse().unwrap()).unwrap();
        }
    }

    #[test]
    fn urls_escape_all_that_means_something_in_them() {
        assert_eq!(encode("a b/c?d%é"), "a%20b/c%3Fd%25%C3%A9");
    }
}

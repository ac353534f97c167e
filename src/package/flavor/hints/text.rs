//! Python code as text: without what no interpreter reads, and cut where no brackets are open.
//!
//! It knows no grammar beyond that.

/// Python code without its comments, and with nothing in its texts.
pub(super) fn without_comments(code: &str) -> String {
    let mut kept = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(next) = rest.chars().next() {
        let quotes = ["\"\"\"", "'''", "\"", "'"];
        if next == '#' {
            rest = rest.split_once('\n').map_or("", |(_, rest)| rest);
            kept.push('\n');
        } else if let Some(quote) = quotes.into_iter().find(|it| rest.starts_with(it)) {
            rest = behind(rest.strip_prefix(quote).unwrap_or_default(), quote);
            kept.push_str("\"\"");
        } else {
            kept.push(next);
            rest = rest.strip_prefix(next).unwrap_or_default();
        }
    }
    kept
}

/// What follows a text that ends with this quote.
fn behind<'a>(mut text: &'a str, quote: &str) -> &'a str {
    while !text.is_empty() {
        if let Some(rest) = text.strip_prefix(quote) {
            return rest;
        }
        let mut characters = text.chars();
        if characters.next() == Some('\\') {
            characters.next();
        }
        text = characters.as_str();
    }
    text
}

/// What is before the first such character that stands in no brackets, and what is behind it.
pub(super) fn split_at_end(text: &str, end: char) -> Option<(&str, &str)> {
    let mut depth = 0_u32;
    for (at, character) in text.char_indices() {
        if depth == 0 && character == end {
            let (before, rest) = text.split_at_checked(at)?;
            return Some((before, rest.strip_prefix(end)?));
        }
        depth = match character {
            '(' | '[' | '{' => depth + 1,
            ')' | ']' | '}' => depth.checked_sub(1)?,
            _ => depth,
        };
    }
    None
}

/// The parts between such characters that stand in no brackets.
pub(super) fn split(text: &str, by: char) -> Vec<&str> {
    let (mut parts, mut rest) = (Vec::new(), text);
    while let Some((part, behind)) = split_at_end(rest, by) {
        parts.push(part.trim());
        rest = behind;
    }
    parts.push(rest.trim());
    parts
}

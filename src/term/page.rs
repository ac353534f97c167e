//! Where text for people is written: the one place that keeps control characters from a terminal.
//!
//! Names, messages, tags and answers come from servers and models; an escape sequence in one of them could move
//! the cursor, rewrite what was said before, set the title or the clipboard. It decides nothing about layout, and
//! JSON and answers in a pipe do not pass through here.

use std::borrow::Cow;
use std::fmt::Display;
use std::io::{self, Write};

use anstyle::Style;

/// Writes text, made harmless, and styles, which come from here alone.
pub(super) struct Page<'a> {
    out: &'a mut dyn Write,
    is_exact: bool,
}

impl<'a> Page<'a> {
    /// For people.
    pub(super) fn new(out: &'a mut dyn Write) -> Self {
        Self {
            out,
            is_exact: false,
        }
    }

    /// For programs, which get every character as it came.
    pub(super) fn exact(out: &'a mut dyn Write) -> Self {
        Self {
            out,
            is_exact: true,
        }
    }

    /// A text in a style.
    pub(super) fn styled(&mut self, style: Style, text: impl Display) -> io::Result<()> {
        write!(self.out, "{style}")?;
        write!(self, "{text}")?;
        write!(self.out, "{style:#}")
    }
}

impl Write for Page<'_> {
    /// All of it or nothing: a text is never cut within a character.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.is_exact {
            self.out.write_all(bytes)?;
        } else {
            let text = String::from_utf8_lossy(bytes);
            self.out.write_all(harmless(&text).as_bytes())?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// The text with the pictures of its control characters in their place. Line ends and tabs stay.
pub(super) fn harmless(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_harmful) {
        return text.into();
    }
    let text = text.replace("\r\n", "\n");
    let shown = text.chars().map(|character| match character {
        // Unicode has a picture of each of the first 32, and of DEL (chapter 24, Control Pictures).
        _ if !is_harmful(character) => character,
        '\u{7f}' => '\u{2421}',
        _ => char::from_u32(0x2400 + u32::from(character))
            .filter(|_| character < ' ')
            .unwrap_or(char::REPLACEMENT_CHARACTER),
    });
    shown.collect::<String>().into()
}

/// The same JSON, spelled without the control characters that JSON allows in a string and terminals obey.
pub(super) fn spelled_out(json: &str) -> Cow<'_, str> {
    if !json.chars().any(is_harmful) {
        return json.into();
    }
    let mut spelled = String::with_capacity(json.len() + 16);
    for character in json.chars() {
        if is_harmful(character) {
            spelled.extend(format!("\\u{:04x}", u32::from(character)).chars());
        } else {
            spelled.push(character);
        }
    }
    spelled.into()
}

fn is_harmful(character: char) -> bool {
    character.is_control() && !matches!(character, '\n' | '\t')
}

#[cfg(test)]
mod tests {
    use super::*;
    use anstyle::AnsiColor;

    #[test]
    fn what_a_terminal_obeys_is_shown_as_a_picture() {
        let text = "a\u{1b}]0;title\u{7}b\rc\u{8}\u{7f}\u{9b}2J\ttab\r\nline";
        assert_eq!(harmless(text), "a␛]0;title␇b␍c␈␡\u{fffd}2J\ttab\nline");
        assert!(matches!(harmless("grün 日本 \n\t"), Cow::Borrowed(_)));
    }

    #[test]
    fn styles_are_the_pages_own() {
        let red = AnsiColor::Red.on_default();
        let mut written = Vec::new();
        let mut page = Page::new(&mut written);
        page.styled(red, "\u{1b}[32mgreen?").unwrap();
        write!(page, " \u{1b}[1mbold?").unwrap();
        let expected = format!("{red}␛[32mgreen?{red:#} ␛[1mbold?");
        assert_eq!(String::from_utf8(written).unwrap(), expected);

        let mut written = Vec::new();
        write!(Page::exact(&mut written), "\u{1b}[1m\r").unwrap();
        assert_eq!(written, b"\x1b[1m\r");
    }

    #[test]
    fn json_means_the_same_spelled_out() {
        let value = serde_json::json!({ "a": "\u{1b}[1m\u{7f}\u{9b}2J\r\n" });
        let spelled = spelled_out(&value.to_string()).into_owned();
        assert!(spelled.is_ascii(), "{spelled}");
        let read: serde_json::Value = serde_json::from_str(&spelled).unwrap();
        assert_eq!(read, value);
    }
}

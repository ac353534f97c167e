//! Texts on the command line that may as well be in a file: `TEXT`, `@FILE`, or `@-` for standard input.
//!
//! What such a text has to be is the business of whoever asked for it.

use std::io::{self, Read as _};

/// The text itself, or what is in the file that it names.
pub(super) fn text(given: &str) -> io::Result<String> {
    match given.strip_prefix('@') {
        Some("-") => {
            let mut text = String::new();
            io::stdin().lock().read_to_string(&mut text)?;
            Ok(text)
        }
        Some(file) => fs_err::read_to_string(file),
        None => Ok(given.to_owned()),
    }
}

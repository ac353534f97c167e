//! Where a list goes on that a server hands out page by page, and where it was already.
//!
//! It asks nobody: what a page is and who sends it the rooms above know.

use std::collections::BTreeSet;

/// The place in a list that comes page by page.
#[derive(Debug)]
pub struct Bookmark<'a> {
    things: &'a str,
    token: Option<String>,
    before: BTreeSet<String>,
}

/// A list that would go round in a circle.
#[derive(Debug, thiserror::Error)]
#[error("cannot list all {things}: the server names the same next page twice")]
pub struct Endless {
    things: String,
}

impl<'a> Bookmark<'a> {
    /// In a list of these things: before a page that an earlier list named, or before the first one.
    pub fn new(things: &'a str, token: Option<String>) -> Self {
        Self {
            things,
            before: token.iter().cloned().collect(),
            token,
        }
    }

    /// What to ask the server for; nothing for the first page.
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// Goes on to the page that an answer named; `false` at the end, where servers say nothing or an empty word.
    pub fn turn(&mut self, next: impl Into<Option<String>>) -> Result<bool, Endless> {
        self.token = next.into().filter(|next| !next.is_empty());
        match &self.token {
            Some(token) if !self.before.insert(token.clone()) => Err(Endless {
                things: self.things.to_owned(),
            }),
            token => Ok(token.is_some()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_ends_or_is_found_to_go_round() {
        let mut bookmark = Bookmark::new("runs", None);
        assert_eq!(bookmark.token(), None);
        assert!(bookmark.turn("a".to_owned()).unwrap());
        assert!(bookmark.turn(Some("b".to_owned())).unwrap());
        assert_eq!(bookmark.token(), Some("b"));
        bookmark.turn("a".to_owned()).unwrap_err();
        for end in [None, Some(String::new())] {
            assert!(!Bookmark::new("runs", None).turn(end).unwrap());
        }
        let mut later = Bookmark::new("runs", Some("c".to_owned()));
        later.turn("c".to_owned()).unwrap_err();
    }
}

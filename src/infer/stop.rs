//! Ends an answer before a text that was asked for, wherever token borders fall. Knows nothing of tokens.

/// Looks for the stop texts in a text that comes in pieces.
#[derive(Debug)]
pub(super) struct Stop<'a> {
    texts: Vec<&'a str>,
    /// The end of the text so far, as long as it may still begin a stop text.
    held: String,
}

/// What a piece led to.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Step {
    /// Text that is certain not to belong to a stop text.
    pub(super) text: String,
    /// Whether a stop text was met; the text ends before it.
    pub(super) is_met: bool,
}

impl<'a> Stop<'a> {
    /// Empty texts would end every answer at once and are left out.
    pub(super) fn new(texts: &'a [String]) -> Self {
        Self {
            texts: texts
                .iter()
                .map(String::as_str)
                .filter(|text| !text.is_empty())
                .collect(),
            held: String::new(),
        }
    }

    /// Takes the next piece.
    pub(super) fn push(&mut self, piece: &str) -> Step {
        self.held.push_str(piece);
        let first = self
            .texts
            .iter()
            .filter_map(|text| self.held.find(text))
            .min();
        let end = first.unwrap_or_else(|| self.held.len() - self.possible_start());
        let rest = self.held.split_off(end);
        let text = std::mem::replace(&mut self.held, rest);
        Step {
            text,
            is_met: first.is_some(),
        }
    }

    /// What was held back, when nothing follows.
    pub(super) fn finish(&mut self) -> String {
        std::mem::take(&mut self.held)
    }

    /// Length of the longest end of the held text that begins a stop text.
    fn possible_start(&self) -> usize {
        self.held
            .char_indices()
            .filter_map(|(start, _)| self.held.get(start..))
            .find(|end| self.texts.iter().any(|text| text.starts_with(end)))
            .map_or(0, str::len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn run(stops: &[&str], pieces: &[&str]) -> (String, bool) {
        let stops: Vec<String> = stops.iter().map(ToString::to_string).collect();
        let mut stop = Stop::new(&stops);
        let mut text = String::new();
        for piece in pieces {
            let step = stop.push(piece);
            text.push_str(&step.text);
            if step.is_met {
                return (text, true);
            }
        }
        (text + &stop.finish(), false)
    }

    #[test]
    fn a_stop_text_across_pieces_is_met_and_left_out() {
        assert_eq!(run(&["END"], &["a E", "N", "D b"]), ("a ".to_owned(), true));
        assert_eq!(
            run(&["END"], &["a E", "N", "d"]),
            ("a ENd".to_owned(), false)
        );
        assert_eq!(run(&["ab", "b"], &["xa", "b"]), ("x".to_owned(), true));
        assert_eq!(run(&["aab"], &["aa", "ab"]), ("a".to_owned(), true));
        assert_eq!(
            run(&["é!"], &["caf", "é", "?"]),
            ("café?".to_owned(), false)
        );
        assert_eq!(run(&[""], &["a"]), ("a".to_owned(), false));
    }

    proptest! {
        #[test]
        fn pieces_do_not_matter(stop in "[ab]{1,3}", pieces in proptest::collection::vec("[abc]{0,3}", 0..8)) {
            let whole = pieces.concat();
            let pieces: Vec<&str> = pieces.iter().map(String::as_str).collect();
            let expected = match whole.find(&stop) {
                Some(end) => (whole.get(..end).unwrap().to_owned(), true),
                None => (whole.clone(), false),
            };
            prop_assert_eq!(run(&[&stop], &pieces), expected);
        }
    }
}

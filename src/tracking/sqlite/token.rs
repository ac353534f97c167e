//! The words of MLflow's filter language: names, texts, numbers and signs.
//!
//! What they mean together is read by [`super::filter`].

use std::iter::Peekable;
use std::str::Chars;

use super::book::Fault;
use super::filter::{Operator, invalid};

/// One word or sign.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// A name or a keyword, quotes and backticks and all.
    Word(String),
    /// `'…'`, without the quotes.
    Text(String),
    Number(String),
    Operator(Operator),
    Open,
    Close,
    Comma,
}

/// A filter in pieces.
pub(super) fn tokens(filter: &str) -> Result<Vec<Token>, Fault> {
    let mut rest = filter.chars().peekable();
    let mut tokens = Vec::new();
    while let Some(&next) = rest.peek() {
        let token = match next {
            _ if next.is_whitespace() => {
                rest.next();
                continue;
            }
            '\'' => Token::Text(quoted(&mut rest).ok_or_else(|| invalid(filter))?),
            '(' | ')' | ',' => {
                rest.next();
                match next {
                    '(' => Token::Open,
                    ')' => Token::Close,
                    _ => Token::Comma,
                }
            }
            '=' | '!' | '<' | '>' => comparison(&mut rest).ok_or_else(|| invalid(filter))?,
            '-' | '+' | '0'..='9' => number(&mut rest).ok_or_else(|| invalid(filter))?,
            _ if next.is_alphabetic() || matches!(next, '_' | '`' | '"') => {
                Token::Word(word(&mut rest).ok_or_else(|| invalid(filter))?)
            }
            _ => return Err(invalid(filter)),
        };
        tokens.push(token);
    }
    Ok(tokens)
}

/// A text up to the quote it began with. A doubled quote does not end it, and stays doubled, as in `sqlparse`.
fn quoted(rest: &mut Peekable<Chars<'_>>) -> Option<String> {
    let quote = rest.next()?;
    let mut text = String::new();
    loop {
        let next = rest.next()?;
        if next != quote {
            text.push(next);
        } else if quote == '\'' && rest.peek() == Some(&quote) {
            rest.next();
            text.push_str("''");
        } else {
            return Some(text);
        }
    }
}

/// A name with its dots and quoted parts: ``tags.`my key` ``.
fn word(rest: &mut Peekable<Chars<'_>>) -> Option<String> {
    let mut word = String::new();
    while let Some(&next) = rest.peek() {
        if matches!(next, '`' | '"') {
            word.push(next);
            word.push_str(&quoted(rest)?);
            word.push(next);
        } else if next.is_alphanumeric() || matches!(next, '_' | '.' | '/' | '@' | '-') {
            word.push(next);
            rest.next();
        } else {
            break;
        }
    }
    Some(word)
}

fn number(rest: &mut Peekable<Chars<'_>>) -> Option<Token> {
    let mut number = String::new();
    while let Some(&next) = rest.peek() {
        let is_part = next.is_ascii_digit()
            || matches!(next, '.' | 'e' | 'E')
            || matches!(next, '-' | '+') && (number.is_empty() || number.ends_with(['e', 'E']));
        if !is_part {
            break;
        }
        number.push(next);
        rest.next();
    }
    number.parse::<f64>().ok()?;
    Some(Token::Number(number))
}

fn comparison(rest: &mut Peekable<Chars<'_>>) -> Option<Token> {
    let first = rest.next()?;
    let with_equal = rest.next_if_eq(&'=').is_some();
    Some(Token::Operator(match (first, with_equal) {
        ('=', _) => Operator::Equal,
        ('!', true) => Operator::NotEqual,
        ('<', true) => Operator::AtMost,
        ('<', false) if rest.next_if_eq(&'>').is_some() => Operator::NotEqual,
        ('<', false) => Operator::Less,
        ('>', true) => Operator::AtLeast,
        ('>', false) => Operator::Greater,
        _ => return None,
    }))
}

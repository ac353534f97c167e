//! MLflow's filter language: `metrics.loss < 0.1 AND tags."my key" ILIKE '%x%'`, and `metrics.loss DESC` for order.
//!
//! It only reads; what a condition means for a table is said by [`super::clause`]. The rules are those of
//! `mlflow/utils/search_utils.py` (3.17.2): conditions are joined by AND, quotes have no escapes.

use std::iter::Peekable;

use super::book::Fault;
use super::token::{Token, tokens};

/// What sort of thing a condition is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Attribute,
    Metric,
    Param,
    Tag,
    Dataset,
}

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Equal,
    NotEqual,
    Less,
    AtMost,
    Greater,
    AtLeast,
    Like,
    Ilike,
    In,
    NotIn,
    IsNull,
    IsNotNull,
}

/// With what something is compared.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Text(String),
    Number(String),
    List(Vec<String>),
    Nothing,
}

/// One condition.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Condition {
    pub(super) kind: Kind,
    pub(super) key: String,
    pub(super) operator: Operator,
    pub(super) value: Value,
}

/// One key by which a list is sorted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Order {
    pub(super) kind: Kind,
    pub(super) key: String,
    pub(super) ascending: bool,
}

/// The words before the dot that a search understands.
pub(super) type Words = &'static [(&'static str, Kind)];

/// Those of runs.
pub(super) const OF_RUNS: Words = &[
    ("metric", Kind::Metric),
    ("metrics", Kind::Metric),
    ("parameter", Kind::Param),
    ("parameters", Kind::Param),
    ("param", Kind::Param),
    ("params", Kind::Param),
    ("tag", Kind::Tag),
    ("tags", Kind::Tag),
    ("attribute", Kind::Attribute),
    ("attributes", Kind::Attribute),
    ("attr", Kind::Attribute),
    ("run", Kind::Attribute),
    ("dataset", Kind::Dataset),
    ("datasets", Kind::Dataset),
];

/// Those of experiments and of everything in the registry.
pub(super) const OF_OTHERS: Words = &[
    ("attribute", Kind::Attribute),
    ("tag", Kind::Tag),
    ("tags", Kind::Tag),
];

/// Those of logged models (`mlflow/utils/search_logged_model_utils.py`, 3.17.2).
pub(super) const OF_LOGGED_MODELS: Words = &[
    ("attributes", Kind::Attribute),
    ("metrics", Kind::Metric),
    ("params", Kind::Param),
    ("tags", Kind::Tag),
];

/// The conditions of a filter; none, if it is empty.
pub(super) fn parse(filter: &str, words: Words) -> Result<Vec<Condition>, Fault> {
    let mut tokens = tokens(filter)?.into_iter().peekable();
    let mut conditions = Vec::new();
    while let Some(token) = tokens.next() {
        let Token::Word(word) = token else {
            return Err(invalid(filter));
        };
        let (kind, key) = identifier(&word, words)?;
        let operator = operator(&mut tokens).ok_or_else(|| invalid(filter))?;
        let value = value(operator, &mut tokens).ok_or_else(|| invalid(filter))??;
        conditions.push(Condition {
            kind,
            key,
            operator,
            value,
        });
        match tokens.next() {
            None => break,
            Some(Token::Word(and)) if and.eq_ignore_ascii_case("AND") => {
                tokens.peek().ok_or_else(|| invalid(filter))?;
            }
            Some(_) => return Err(invalid(filter)),
        }
    }
    Ok(conditions)
}

/// The keys of an order.
pub(super) fn parse_order(order_by: &[String], words: Words) -> Result<Vec<Order>, Fault> {
    let mut orders: Vec<Order> = Vec::new();
    for text in order_by {
        let text = text.trim();
        let (name, ascending) = match text.rsplit_once(char::is_whitespace) {
            Some((name, last)) if last.eq_ignore_ascii_case("asc") => (name.trim(), true),
            Some((name, last)) if last.eq_ignore_ascii_case("desc") => (name.trim(), false),
            _ => (text, true),
        };
        let is_one = !name.contains(char::is_whitespace) || name.ends_with(['`', '"']);
        if name.is_empty() || !is_one {
            return Err(Fault::Refused(format!(
                "Invalid order_by clause '{text}'. Could not be parsed."
            )));
        }
        let (kind, key) = identifier(name, words)?;
        if orders
            .iter()
            .any(|order| order.kind == kind && order.key == key)
        {
            return Err(Fault::Refused(format!(
                "`order_by` contains duplicate fields: {order_by:?}"
            )));
        }
        orders.push(Order {
            kind,
            key,
            ascending,
        });
    }
    Ok(orders)
}

/// `tags."a key"` is the tag `a key`; a name without a dot is an attribute.
fn identifier(text: &str, words: Words) -> Result<(Kind, String), Fault> {
    let Some((word, key)) = text.split_once('.') else {
        return Ok((Kind::Attribute, bare(text).to_owned()));
    };
    let word = word.trim_matches('`');
    let known = words.iter().find(|(known, _)| *known == word);
    let (_, kind) = known.ok_or_else(|| {
        let valid: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let valid = valid.join(", ");
        Fault::Refused(format!(
            "Invalid entity type '{word}'. Valid values are {valid}"
        ))
    })?;
    Ok((*kind, bare(key).to_owned()))
}

/// Without quotes or backticks around it.
fn bare(text: &str) -> &str {
    let mut text = text;
    for quote in ['\'', '"', '`'] {
        let inner = text.strip_prefix(quote);
        text = inner
            .and_then(|inner| inner.strip_suffix(quote))
            .unwrap_or(text);
    }
    text
}

fn operator(tokens: &mut Peekable<impl Iterator<Item = Token>>) -> Option<Operator> {
    match tokens.next()? {
        Token::Operator(operator) => Some(operator),
        Token::Word(first) => match first.to_ascii_uppercase().as_str() {
            "LIKE" => Some(Operator::Like),
            "ILIKE" => Some(Operator::Ilike),
            "IN" => Some(Operator::In),
            "NOT" => {
                let Some(Token::Word(second)) = tokens.next() else {
                    return None;
                };
                second.eq_ignore_ascii_case("IN").then_some(Operator::NotIn)
            }
            "IS" => match tokens.next() {
                Some(Token::Word(second)) if second.eq_ignore_ascii_case("NULL") => {
                    Some(Operator::IsNull)
                }
                Some(Token::Word(second)) if second.eq_ignore_ascii_case("NOT") => {
                    let Some(Token::Word(third)) = tokens.next() else {
                        return None;
                    };
                    third
                        .eq_ignore_ascii_case("NULL")
                        .then_some(Operator::IsNotNull)
                }
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}

/// `None` if there is no value where one belongs.
fn value(
    operator: Operator,
    tokens: &mut Peekable<impl Iterator<Item = Token>>,
) -> Option<Result<Value, Fault>> {
    if matches!(operator, Operator::IsNull | Operator::IsNotNull) {
        return Some(Ok(Value::Nothing));
    }
    Some(match tokens.next()? {
        Token::Text(text) => Ok(Value::Text(text)),
        Token::Number(number) => Ok(Value::Number(number)),
        Token::Word(word) if word.starts_with('"') && word.ends_with('"') && word.len() > 1 => {
            Ok(Value::Text(bare(&word).to_owned()))
        }
        Token::Word(word) => Err(Fault::Refused(format!(
            "Parameter value is either not quoted or unidentified quote types used for string value {word}. \
             Use either single or double quotes."
        ))),
        Token::Open => return list(tokens).map(|list| Ok(Value::List(list))),
        _ => return None,
    })
}

fn list(tokens: &mut Peekable<impl Iterator<Item = Token>>) -> Option<Vec<String>> {
    let mut items = Vec::new();
    loop {
        match tokens.next()? {
            Token::Text(text) => items.push(text),
            Token::Word(word) if word.starts_with('"') => items.push(bare(&word).to_owned()),
            _ => return None,
        }
        match tokens.next()? {
            Token::Comma => {}
            Token::Close => return Some(items),
            _ => return None,
        }
    }
}

/// A filter that cannot be read.
pub(super) fn invalid(filter: &str) -> Fault {
    Fault::Refused(format!(
        "Invalid clause(s) in filter string: '{filter}'; conditions are joined by AND"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(filter: &str) -> Condition {
        let conditions = parse(filter, OF_RUNS).unwrap();
        assert_eq!(conditions.len(), 1, "{filter}");
        conditions.into_iter().next().unwrap()
    }

    #[test]
    fn keys_and_values_are_quoted_in_many_ways() {
        for (filter, kind, key, operator, value) in [
            (
                "metrics.loss < 0.1",
                Kind::Metric,
                "loss",
                Operator::Less,
                Value::Number("0.1".into()),
            ),
            (
                "metric.`a b` >= -1e-3",
                Kind::Metric,
                "a b",
                Operator::AtLeast,
                Value::Number("-1e-3".into()),
            ),
            (
                "params.\"lr.x\" = 'a'",
                Kind::Param,
                "lr.x",
                Operator::Equal,
                Value::Text("a".into()),
            ),
            (
                "tags.mlflow.source.name ilike \"%x\"",
                Kind::Tag,
                "mlflow.source.name",
                Operator::Ilike,
                Value::Text("%x".into()),
            ),
            (
                "status != 'FINISHED'",
                Kind::Attribute,
                "status",
                Operator::NotEqual,
                Value::Text("FINISHED".into()),
            ),
            (
                "run_id NOT IN ('a', 'b')",
                Kind::Attribute,
                "run_id",
                Operator::NotIn,
                Value::List(vec!["a".into(), "b".into()]),
            ),
            (
                "tags.x IS NOT NULL",
                Kind::Tag,
                "x",
                Operator::IsNotNull,
                Value::Nothing,
            ),
            (
                "attributes.`Run Name` = 'it''s'",
                Kind::Attribute,
                "Run Name",
                Operator::Equal,
                Value::Text("it''s".into()),
            ),
        ] {
            let expected = Condition {
                kind,
                key: key.to_owned(),
                operator,
                value,
            };
            assert_eq!(one(filter), expected, "{filter}");
        }
        let both = parse("params.a = 'x' and metrics.b = 1", OF_RUNS).unwrap();
        assert_eq!(both.len(), 2);
        assert!(parse("  ", OF_RUNS).unwrap().is_empty());
    }

    #[test]
    fn nonsense_is_refused() {
        for filter in [
            "loss",
            "metrics.loss",
            "metrics.loss <",
            "metrics.loss < 1 AND",
            "metrics.loss < 1 OR params.a = 'x'",
            "= 1",
            "what.x = 'y'",
            "params.a = b",
            "params.a = 'open",
            "run_id IN 'a'x",
            "params.a = 'x' params.b = 'y'",
            "tags.x IS",
            "name IN ('a',)",
        ] {
            assert!(parse(filter, OF_RUNS).is_err(), "{filter}");
        }
    }

    #[test]
    fn an_order_is_a_key_and_a_direction() {
        let order = |text: &str| {
            parse_order(&[text.to_owned()], OF_RUNS).map(|mut orders| orders.remove(0))
        };
        let loss = order("metrics.`my loss` DESC").unwrap();
        assert_eq!((loss.key.as_str(), loss.ascending), ("my loss", false));
        assert!(order("start_time").unwrap().ascending);
        order("start_time sideways").unwrap_err();
        let twice = ["start_time".to_owned(), "start_time DESC".to_owned()];
        parse_order(&twice, OF_RUNS).unwrap_err();
    }
}

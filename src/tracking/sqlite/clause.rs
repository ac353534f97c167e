//! Conditions as SQL: what a comparison looks like, and which are allowed for what.
//!
//! Which tables a condition looks at is decided by the noun that is searched.

use rusqlite::types::Value as Bound;

use super::book::{Fault, places};
use super::filter::{Condition, Operator, Value};

/// The conditions of a statement and the values of their places, in order.
#[derive(Debug, Default)]
pub(super) struct Clause {
    sql: Vec<String>,
    pub(super) values: Vec<Bound>,
}

impl Clause {
    /// A condition without values.
    pub(super) fn plain(&mut self, sql: impl Into<String>) {
        self.sql.push(sql.into());
    }

    /// A condition with the values of its places.
    pub(super) fn with(&mut self, sql: impl Into<String>, values: impl IntoIterator<Item = Bound>) {
        self.sql.push(sql.into());
        self.values.extend(values);
    }

    /// A column that is one of some values.
    pub(super) fn one_of(&mut self, column: &str, values: impl IntoIterator<Item = String>) {
        let values: Vec<Bound> = values.into_iter().map(Bound::Text).collect();
        let sql = format!("{column} IN ({})", places(values.len()));
        self.with(sql, values);
    }

    /// A column of the table that is searched.
    pub(super) fn compare(&mut self, column: &str, operator: Operator, values: Vec<Bound>) {
        let sql = compared(column, operator, values.len());
        self.with(sql, values);
    }

    /// All of them together; `1` if there are none.
    pub(super) fn all(&self) -> String {
        if self.sql.is_empty() {
            "1".to_owned()
        } else {
            self.sql.join(" AND ")
        }
    }
}

/// A comparison of a column with as many values. `LIKE` looks at upper and lower case here as in MLflow, which
/// sets it so.
pub(super) fn compared(column: &str, operator: Operator, values: usize) -> String {
    match operator {
        Operator::Equal => format!("{column} = ?"),
        Operator::NotEqual => format!("{column} != ?"),
        Operator::Less => format!("{column} < ?"),
        Operator::AtMost => format!("{column} <= ?"),
        Operator::Greater => format!("{column} > ?"),
        Operator::AtLeast => format!("{column} >= ?"),
        Operator::Like => format!("{column} LIKE ?"),
        Operator::Ilike => format!("lower({column}) LIKE lower(?)"),
        Operator::In => format!("{column} IN ({})", places(values)),
        Operator::NotIn => format!("{column} NOT IN ({})", places(values)),
        Operator::IsNull => format!("{column} IS NULL"),
        Operator::IsNotNull => format!("{column} IS NOT NULL"),
    }
}

/// The comparisons of numbers.
pub(super) const OF_NUMBERS: &[Operator] = &[
    Operator::Equal,
    Operator::NotEqual,
    Operator::Less,
    Operator::AtMost,
    Operator::Greater,
    Operator::AtLeast,
];

/// The comparisons of tags in the registry.
pub(super) const OF_TEXT: &[Operator] = &[
    Operator::Equal,
    Operator::NotEqual,
    Operator::Like,
    Operator::Ilike,
];

/// Those of params and of other tags.
pub(super) const OF_OPTIONAL_TEXT: &[Operator] = &[
    Operator::Equal,
    Operator::NotEqual,
    Operator::Like,
    Operator::Ilike,
    Operator::IsNull,
    Operator::IsNotNull,
];

/// Those of names, ids and the like.
pub(super) const OF_NAMES: &[Operator] = &[
    Operator::Equal,
    Operator::NotEqual,
    Operator::Like,
    Operator::Ilike,
    Operator::In,
    Operator::NotIn,
];

impl Condition {
    /// Refuses a comparison that makes no sense here.
    pub(super) fn only(&self, allowed: &[Operator]) -> Result<(), Fault> {
        if allowed.contains(&self.operator) {
            return Ok(());
        }
        Err(Fault::Refused(format!(
            "Invalid comparator for `{}`",
            self.key
        )))
    }

    /// The value, which must be a whole number, or a text that holds one.
    pub(super) fn whole(&self) -> Result<Bound, Fault> {
        let number = match &self.value {
            Value::Number(text) | Value::Text(text) => text.parse().ok(),
            Value::List(_) | Value::Nothing => None,
        };
        number.map(Bound::Integer).ok_or_else(|| {
            Fault::Refused(format!(
                "Invalid value for numeric attribute '{}'",
                self.key
            ))
        })
    }

    /// The value, which must be a number.
    pub(super) fn number(&self) -> Result<Bound, Fault> {
        let number = match &self.value {
            Value::Number(text) => text.parse().ok(),
            _ => None,
        };
        number.map(Bound::Real).ok_or_else(|| {
            Fault::Refused(format!("Expected numeric value type for `{}`", self.key))
        })
    }

    /// The value, which must be a quoted text, or a list of them where the comparison wants one.
    pub(super) fn texts(&self) -> Result<Vec<Bound>, Fault> {
        let wants_list = matches!(self.operator, Operator::In | Operator::NotIn);
        match &self.value {
            Value::Text(text) if !wants_list => Ok(vec![Bound::Text(text.clone())]),
            Value::List(texts) if wants_list => {
                Ok(texts.iter().cloned().map(Bound::Text).collect())
            }
            Value::Nothing => Ok(Vec::new()),
            _ => Err(Fault::Refused(format!(
                "Expected a quoted string value for `{}` (e.g. 'my-value')",
                self.key
            ))),
        }
    }
}

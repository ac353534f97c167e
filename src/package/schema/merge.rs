//! What two values of one list have in common (`_merge` in `mlflow/types/schema.py`).
//!
//! It knows no values, only their types.

use super::{Property, Type};

/// Two types that one list cannot hold.
#[derive(Debug, Clone)]
pub(super) struct Clash(pub(super) Type, pub(super) Type);

impl Type {
    /// The type of both. The order matters: what comes first may become optional, what comes later may not.
    pub(super) fn merge(&self, other: &Self) -> Result<Self, Clash> {
        let clash = || Clash(self.clone(), other.clone());
        match (self, other) {
            (Self::Any, Self::Any) => Ok(Self::Any),
            (Self::Any, Self::Data(data)) => Ok(Self::Data(*data)),
            (Self::Any, other) => other.merge(&Self::Any),
            (Self::Object(properties), Self::Any) => Ok(Self::Object(
                properties.iter().map(Property::as_optional).collect(),
            )),
            (_, Self::Any) => Ok(self.clone()),
            (one, other) if one == other => Ok(self.clone()),
            (Self::Object(one), Self::Object(other)) => merge_properties(one, other),
            (Self::Array(one), Self::Array(other)) => Ok(Self::Array(Box::new(one.merge(other)?))),
            (Self::Map(one), Self::Map(other)) => Ok(Self::Map(Box::new(one.merge(other)?))),
            _ => Err(clash()),
        }
    }
}

impl Property {
    fn as_optional(&self) -> Self {
        Self {
            is_required: false,
            ..self.clone()
        }
    }
}

fn merge_properties(one: &[Property], other: &[Property]) -> Result<Type, Clash> {
    let mut merged = Vec::with_capacity(one.len().max(other.len()));
    for property in one {
        merged.push(match find(other, &property.name) {
            Some(same) => Property {
                name: property.name.clone(),
                kind: property.kind.merge(&same.kind)?,
                is_required: property.is_required && same.is_required,
            },
            None => property.as_optional(),
        });
    }
    let only_other = other
        .iter()
        .filter(|property| find(one, &property.name).is_none());
    merged.extend(only_other.map(Property::as_optional));
    merged.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(Type::Object(merged))
}

fn find<'a>(properties: &'a [Property], name: &str) -> Option<&'a Property> {
    properties.iter().find(|property| property.name == name)
}

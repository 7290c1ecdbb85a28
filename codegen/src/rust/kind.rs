//! What can be inside a trait, as the table says it.

use crate::model::{Additional, Plain, Type};

/// What can be inside a trait.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    /// Members, and perhaps some that the schema does not name.
    Open,
    Closed,
    Array,
    String,
    Integer,
    Number,
    Boolean,
    /// Any JSON value.
    Any,
}

impl Kind {
    pub(super) fn of(value: &Type<'_>) -> Self {
        match value {
            Type::String(_) | Type::Choice(_) => Self::String,
            Type::Plain(Plain::Integer | Plain::Unsigned | Plain::Wide) => Self::Integer,
            Type::Plain(Plain::Number) => Self::Number,
            Type::Plain(Plain::Boolean) => Self::Boolean,
            Type::Plain(Plain::Any) | Type::Back(_) => Self::Any,
            // The members of an object that may be null have no rows.
            Type::Nullable(inner) => match Self::of(inner) {
                Self::Open | Self::Closed => Self::Any,
                other => other,
            },
            Type::Array(_) => Self::Array,
            Type::Map(_) | Type::FreeForm => Self::Open,
            Type::Object(object) => match object.additional {
                Additional::Nothing => Self::Closed,
                Additional::Anything | Additional::Values(_) => Self::Open,
            },
        }
    }

    /// Its word in the table.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Array => "array",
            Self::String => "string",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Any => "any",
        }
    }
}

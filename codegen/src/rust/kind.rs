//! What can be inside a trait, as far as an updater has to know.

use crate::model::{Additional, Plain, Type};

/// What can be inside a trait.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    /// Members, and perhaps some that the schema does not name.
    OpenObject,
    ClosedObject,
    Array,
    String,
    Integer,
    Number,
    Boolean,
    /// Whatever JSON there is.
    Value,
}

impl Kind {
    pub(super) fn of(value: &Type<'_>) -> Self {
        match value {
            Type::String(_) | Type::Choice(_) => Self::String,
            Type::Plain(Plain::Integer | Plain::Unsigned | Plain::Wide) => Self::Integer,
            Type::Plain(Plain::Number) => Self::Number,
            Type::Plain(Plain::Boolean) => Self::Boolean,
            Type::Plain(Plain::Any) | Type::Back(_) => Self::Value,
            // Only what an object has inside needs it not to be null.
            Type::Nullable(inner) => match Self::of(inner) {
                Self::OpenObject | Self::ClosedObject => Self::Value,
                other => other,
            },
            Type::Array(_) => Self::Array,
            Type::Map(_) | Type::FreeForm => Self::OpenObject,
            Type::Object(object) => match object.additional {
                Additional::Nothing => Self::ClosedObject,
                Additional::Anything | Additional::Values(_) => Self::OpenObject,
            },
        }
    }

    /// The word for it in the companion macro.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::OpenObject => "object(open)",
            Self::ClosedObject => "object(closed)",
            Self::Array => "array",
            Self::String => "string",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Value => "value",
        }
    }
}

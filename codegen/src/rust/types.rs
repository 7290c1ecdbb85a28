//! The Rust types of values.

use std::fmt;

use crate::model::Plain;

/// A type in the emitted code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RustType {
    Plain(Plain),
    String,
    Vec(Box<Self>),
    Map(Box<Self>),
    Option(Box<Self>),
    Boxed(Box<Self>),
    /// A struct or enum of this file.
    Named(String),
    /// A type that the settings name.
    Custom(String),
}

impl RustType {
    pub(crate) const JSON_VALUE: Self = Self::Plain(Plain::Any);

    /// An object with any names and values.
    pub(crate) fn json_object() -> Self {
        Self::Map(Box::new(Self::JSON_VALUE))
    }

    /// The type, or an option of it.
    pub(crate) fn optional_if(self, is_optional: bool) -> Self {
        if is_optional {
            Self::Option(Box::new(self))
        } else {
            self
        }
    }

    /// Without a box, which an array or a map makes needless.
    pub(crate) fn unboxed(self) -> Self {
        match self {
            Self::Boxed(inner) => *inner,
            Self::Option(inner) => Self::Option(Box::new(inner.unboxed())),
            other => other,
        }
    }
}

/// As the emitted code writes it.
impl fmt::Display for RustType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plain(Plain::Integer) => f.write_str("i64"),
            Self::Plain(Plain::Unsigned) => f.write_str("u64"),
            Self::Plain(Plain::Wide) => f.write_str("i128"),
            Self::Plain(Plain::Number) => f.write_str("f64"),
            Self::Plain(Plain::Boolean) => f.write_str("bool"),
            Self::Plain(Plain::Any) => f.write_str("JsonValue"),
            Self::String => f.write_str("String"),
            Self::Vec(inner) => write!(f, "Vec<{inner}>"),
            Self::Map(inner) => write!(f, "BTreeMap<String, {inner}>"),
            Self::Option(inner) => write!(f, "Option<{inner}>"),
            Self::Boxed(inner) => write!(f, "Box<{inner}>"),
            Self::Named(name) | Self::Custom(name) => f.write_str(name),
        }
    }
}

//! The Rust types of values.

use std::fmt;

use crate::model::Plain;

/// A type that the emitted code names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Ty {
    String,
    Integer,
    Unsigned,
    Wide,
    Number,
    Boolean,
    JsonValue,
    Vec(Box<Ty>),
    Map(Box<Ty>),
    Option(Box<Ty>),
    Boxed(Box<Ty>),
    /// A struct or enum of this file.
    Named(String),
    /// A type that the settings name.
    Chosen(String),
}

impl From<Plain> for Ty {
    fn from(plain: Plain) -> Self {
        match plain {
            Plain::Integer => Self::Integer,
            Plain::Unsigned => Self::Unsigned,
            Plain::Wide => Self::Wide,
            Plain::Number => Self::Number,
            Plain::Boolean => Self::Boolean,
            Plain::Any => Self::JsonValue,
        }
    }
}

/// As the emitted code writes it.
impl fmt::Display for Ty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::String => f.write_str("String"),
            Self::Integer => f.write_str("i64"),
            Self::Unsigned => f.write_str("u64"),
            Self::Wide => f.write_str("i128"),
            Self::Number => f.write_str("f64"),
            Self::Boolean => f.write_str("bool"),
            Self::JsonValue => f.write_str("JsonValue"),
            Self::Vec(inner) => write!(f, "Vec<{inner}>"),
            Self::Map(inner) => write!(f, "BTreeMap<String, {inner}>"),
            Self::Option(inner) => write!(f, "Option<{inner}>"),
            Self::Boxed(inner) => write!(f, "Box<{inner}>"),
            Self::Named(name) | Self::Chosen(name) => f.write_str(name),
        }
    }
}

impl Ty {
    /// An object with any names and values.
    pub(crate) fn json_object() -> Self {
        Self::Map(Box::new(Self::JsonValue))
    }

    /// In an array or a map nothing needs a box of its own.
    pub(crate) fn unboxed(self) -> Self {
        match self {
            Self::Boxed(inner) => *inner,
            Self::Option(inner) => Self::Option(Box::new(inner.unboxed())),
            other => other,
        }
    }

    /// The struct or enum of this file that it is or holds.
    pub(crate) fn named(&self) -> Option<&str> {
        match self {
            Self::Named(name) => Some(name),
            Self::Vec(inner) | Self::Map(inner) | Self::Option(inner) | Self::Boxed(inner) => {
                inner.named()
            }
            _ => None,
        }
    }
}

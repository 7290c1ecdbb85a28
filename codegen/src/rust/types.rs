//! The Rust types of values.

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
    JsonObject,
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

impl Ty {
    /// The type with its whole path, so that no type of the user's can stand in for it.
    pub(crate) fn path(&self, runtime: &str) -> String {
        let mut out = String::with_capacity(64);
        self.push_path(&mut out, runtime);
        out
    }

    fn push_path(&self, out: &mut String, runtime: &str) {
        match self {
            Self::JsonValue | Self::JsonObject => {
                out.push_str(runtime);
                out.push_str("::");
                self.push_short(out);
            }
            Self::Integer
            | Self::Unsigned
            | Self::Wide
            | Self::Number
            | Self::Boolean
            | Self::Named(_) => self.push_short(out),
            Self::String => out.push_str(STRING),
            Self::Chosen(path) => out.push_str(path),
            Self::Vec(_) | Self::Map(_) | Self::Option(_) | Self::Boxed(_) => {
                let (head, arguments) = self.parts();
                out.push_str(head);
                out.push('<');
                for (index, argument) in arguments.into_iter().enumerate() {
                    if index > 0 {
                        out.push_str(", ");
                    }
                    argument.push_path(out, runtime);
                }
                out.push('>');
            }
        }
    }

    /// The type as a message names it.
    pub(crate) fn push_short(&self, out: &mut String) {
        let (head, inner) = match self {
            Self::String => return out.push_str("String"),
            Self::Integer => return out.push_str("i64"),
            Self::Unsigned => return out.push_str("u64"),
            Self::Wide => return out.push_str("i128"),
            Self::Number => return out.push_str("f64"),
            Self::Boolean => return out.push_str("bool"),
            Self::JsonValue => return out.push_str("JsonValue"),
            Self::JsonObject => return out.push_str("JsonObject"),
            Self::Named(name) => return out.push_str(name),
            Self::Chosen(path) => return out.push_str(path.trim_start_matches("::")),
            Self::Vec(inner) => ("Vec<", inner),
            Self::Map(inner) => ("BTreeMap<String, ", inner),
            Self::Option(inner) => ("Option<", inner),
            Self::Boxed(inner) => ("Box<", inner),
        };
        out.push_str(head);
        inner.push_short(out);
        out.push('>');
    }

    /// In an array or a map nothing needs a box of its own.
    pub(crate) fn unboxed(self) -> Self {
        match self {
            Self::Boxed(inner) => *inner,
            Self::Option(inner) => Self::Option(Box::new(inner.unboxed())),
            other => other,
        }
    }

    /// A map to a type of this file, which may be an enum of one value.
    pub(crate) fn has_map_of_named(&self) -> bool {
        match self {
            Self::Map(inner) => matches!(**inner, Self::Named(_)) || inner.has_map_of_named(),
            Self::Vec(inner) | Self::Option(inner) | Self::Boxed(inner) => inner.has_map_of_named(),
            _ => false,
        }
    }

    /// As clippy counts it for `type_complexity`: ten for every type, times how deep it is.
    pub(crate) fn complexity(&self) -> usize {
        self.complexity_at(1)
    }

    fn complexity_at(&self, depth: usize) -> usize {
        let inside = match self {
            Self::Chosen(path) => path.matches(['<', ',']).count() * 10 * (depth + 1),
            _ => {
                let (_, arguments) = self.parts();
                let inner = arguments.iter().map(|inner| inner.complexity_at(depth + 1));
                inner.sum()
            }
        };
        10 * depth + inside
    }

    /// Absent, null and a value.
    pub(crate) fn has_option_of_option(&self) -> bool {
        match self {
            Self::Option(inner) if matches!(**inner, Self::Option(_)) => true,
            Self::Map(inner) | Self::Vec(inner) | Self::Option(inner) | Self::Boxed(inner) => {
                inner.has_option_of_option()
            }
            _ => false,
        }
    }

    /// The path of a generic type and its arguments; no arguments for any other.
    pub(crate) fn parts(&self) -> (&'static str, Vec<&Self>) {
        match self {
            Self::Vec(inner) => ("::std::vec::Vec", vec![inner]),
            Self::Map(inner) => ("::std::collections::BTreeMap", vec![&Self::String, inner]),
            Self::Option(inner) => ("::std::option::Option", vec![inner]),
            Self::Boxed(inner) => ("::std::boxed::Box", vec![inner]),
            _ => ("", Vec::new()),
        }
    }
}

const STRING: &str = "::std::string::String";

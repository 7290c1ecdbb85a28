//! A JSON value to judge: numbers stay text, and what cannot be judged does not hide the rest.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde_json::Value;
use serde_json::value::RawValue;

use super::decimal;
use crate::traits::splice::{self, DEPTH, Members};

pub(crate) enum Json<'a> {
    Null,
    Bool(bool),
    /// The text of the number: Kratos looks at it too.
    Number(&'a str),
    String(String),
    Array(Vec<Json<'a>>),
    /// Of a name that stands twice, the last value, as in Go.
    Object(BTreeMap<String, Json<'a>>),
    /// Nested too deep, not Unicode, or of unknown rules: nothing is said of it.
    Unjudged,
}

impl<'a> Json<'a> {
    pub(crate) fn read(raw: &'a RawValue) -> Self {
        Self::read_at(raw, DEPTH)
    }

    fn read_at(raw: &'a RawValue, depth: usize) -> Self {
        let text = raw.get();
        let Some(inside) = depth.checked_sub(1) else {
            return Self::Unjudged;
        };
        match text.as_bytes().first() {
            Some(b'n') => Self::Null,
            Some(b't') => Self::Bool(true),
            Some(b'f') => Self::Bool(false),
            Some(b'"') => serde_json::from_str(text).map_or(Self::Unjudged, Self::String),
            Some(b'[') => splice::items(raw).map_or(Self::Unjudged, |items| {
                let items = items.into_iter();
                Self::Array(items.map(|item| Self::read_at(item, inside)).collect())
            }),
            Some(b'{') => Members::read(raw).map_or(Self::Unjudged, |members| {
                let members = members.iter();
                let read =
                    members.map(|(name, value)| (name.into_owned(), Self::read_at(value, inside)));
                Self::Object(read.collect())
            }),
            _ => Self::Number(text),
        }
    }

    /// The member of an object.
    pub(crate) fn get(&self, name: &str) -> Option<&Self> {
        self.as_object()?.get(name)
    }

    pub(crate) fn as_object(&self) -> Option<&BTreeMap<String, Self>> {
        match self {
            Self::Object(members) => Some(members),
            _ => None,
        }
    }

    pub(crate) fn as_array(&self) -> Option<&[Self]> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    pub(crate) fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn as_number(&self) -> Option<&'a str> {
        match self {
            Self::Number(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn as_u64(&self) -> Option<u64> {
        self.as_number()?.parse().ok()
    }

    /// The strings of an array; the one string of a string.
    pub(crate) fn strings(&self) -> Vec<&str> {
        match self {
            Self::String(one) => vec![one],
            Self::Array(several) => several.iter().filter_map(Self::as_str).collect(),
            _ => Vec::new(),
        }
    }

    /// The name of its type in JSON Schema; `None` for what is not judged.
    pub(crate) fn type_name(&self) -> Option<&'static str> {
        Some(match self {
            Self::Null => "null",
            Self::Bool(_) => "boolean",
            Self::Number(_) => "number",
            Self::String(_) => "string",
            Self::Array(_) => "array",
            Self::Object(_) => "object",
            Self::Unjudged => return None,
        })
    }

    /// Equality as JSON Schema has it: numbers by value, so `1` equals `1.0`. `None` when unsure.
    pub(crate) fn same(&self, other: &Self) -> Option<bool> {
        match (self, other) {
            (Self::Unjudged, _) | (_, Self::Unjudged) => None,
            (Self::Null, Self::Null) => Some(true),
            (Self::Bool(a), Self::Bool(b)) => Some(a == b),
            (Self::String(a), Self::String(b)) => Some(a == b),
            (Self::Number(a), Self::Number(b)) => {
                decimal::compare(a, b).map(|order| order == Ordering::Equal)
            }
            (Self::Array(a), Self::Array(b)) if a.len() == b.len() => {
                all(a.iter().zip(b).map(|(a, b)| a.same(b)))
            }
            (Self::Object(a), Self::Object(b)) if a.len() == b.len() => {
                all(a.iter().map(|(name, a)| match b.get(name) {
                    Some(b) => a.same(b),
                    None => Some(false),
                }))
            }
            _ => Some(false),
        }
    }

    /// One text for all values that are surely the same, and for no other; `None` of what is not judged.
    pub(crate) fn canonical(&self) -> Option<String> {
        let mut text = String::new();
        self.write(&mut text)?;
        Some(text)
    }

    fn write(&self, text: &mut String) -> Option<()> {
        match self {
            Self::Unjudged => return None,
            Self::Null => text.push_str("null"),
            Self::Bool(value) => text.push_str(if *value { "true" } else { "false" }),
            Self::Number(written) => match decimal::exact(written) {
                Some(number) => text.push_str(&number.to_string()),
                None => text.push_str(written),
            },
            Self::String(value) => write_string(value, text),
            Self::Array(items) => {
                text.push('[');
                for item in items {
                    item.write(text)?;
                    text.push(',');
                }
                text.push(']');
            }
            Self::Object(members) => {
                text.push('{');
                for (name, value) in members {
                    write_string(name, text);
                    value.write(text)?;
                    text.push(',');
                }
                text.push('}');
            }
        }
        Some(())
    }
}

/// With its length in front, so that nothing in it ends it.
fn write_string(value: &str, text: &mut String) {
    text.push('"');
    text.push_str(&value.len().to_string());
    text.push(':');
    text.push_str(value);
}

/// A surely different part makes the whole different, an unsure one makes it unsure.
fn all(mut parts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut sure = true;
    let differs = parts.any(|same| {
        sure &= same.is_some();
        same == Some(false)
    });
    match (differs, sure) {
        (true, _) => Some(false),
        (false, true) => Some(true),
        (false, false) => None,
    }
}

/// A number as a member of a message's context; its text where no `Value` can hold it.
pub(super) fn number(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| Value::from(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(a: &str, b: &str) -> Option<bool> {
        let raw = |text: &str| RawValue::from_string(text.to_owned()).unwrap();
        let (a, b) = (raw(a), raw(b));
        Json::read(&a).same(&Json::read(&b))
    }

    #[test]
    fn equality() {
        for (a, b, expected) in [
            ("1", "1.0", Some(true)),
            ("9007199254740992", "9007199254740993", Some(false)),
            ("[1,{\"a\":null}]", "[1,{\"a\":null}]", Some(true)),
            ("{\"a\":1,\"a\":2}", "{\"a\":2}", Some(true)),
            ("{\"a\":1}", "{\"b\":1}", Some(false)),
            ("[1]", "[1,2]", Some(false)),
            (r#"["a","b"]"#, r#"["a,\"1:b"]"#, Some(false)),
            (r#"["a","b"]"#, r#"["\u0061","b"]"#, Some(true)),
            (r#"{"a":"b"}"#, r#"{"a\"1:b":""}"#, Some(false)),
            ("\"1\"", "1", Some(false)),
            ("\"\\ud800\"", "\"x\"", None),
            ("[0.1,1e-999]", "[0.1,0]", None),
            ("[1e-999,1]", "[0,2]", Some(false)),
        ] {
            assert_eq!(same(a, b), expected, "{a} {b}");
            assert_eq!(alike(a, b), expected == Some(true), "{a} {b}");
        }
    }

    /// Whether both have one canonical text.
    fn alike(a: &str, b: &str) -> bool {
        let raw = |text: &str| RawValue::from_string(text.to_owned()).unwrap();
        let (a, b) = (raw(a), raw(b));
        let text = Json::read(&a).canonical();
        text.is_some() && text == Json::read(&b).canonical()
    }

    #[test]
    fn numbers_are_alike_as_they_compare() {
        let texts = [
            "0",
            "-0",
            "0.0",
            "-0.0",
            "1",
            "1.0",
            "1.00",
            "1e0",
            "0.1",
            "0.10",
            "1e999",
            "1e1000",
            "999999999999999",
            "999999999999999.0",
            "9007199254740993",
            "9007199254740993.0",
            "18446744073709551615",
            "-18446744073709551615",
            "36893488147419103232",
            "36893488147419103232.0",
        ];
        for a in texts {
            for b in texts {
                assert_eq!(alike(a, b), same(a, b) == Some(true), "{a} {b}");
            }
        }
    }

    #[test]
    fn a_deep_value_is_not_judged() {
        let deep = format!("{}{}", "[".repeat(9_999), "]".repeat(9_999));
        assert_eq!(same(&deep, &deep), None);
    }
}

//! A JSON document that keeps the places of its parts, their order, and the text of numbers. `serde_json` gives no positions, but a
//! borrowed `RawValue` is a slice of the text, and so has one.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::number::Number;
use super::source::{Problems, Source, Spot};
use crate::diagnostics::Warning;

/// A value and the place where it begins. Equality ignores the places.
#[derive(Clone, Debug)]
pub(crate) struct Node<'t> {
    pub(crate) spot: Spot,
    pub(crate) value: Value<'t>,
}

/// A JSON value. A number is its own text: for Kratos, `1.0` is not an integer and `1` is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value<'t> {
    Null,
    Bool(bool),
    Number(&'t str),
    String(Cow<'t, str>),
    Array(Vec<Node<'t>>),
    Object(Vec<Member<'t>>),
}

/// A member of an object; `spot` is where its key begins.
#[derive(Clone, Debug)]
pub(crate) struct Member<'t> {
    pub(crate) key: Cow<'t, str>,
    pub(crate) spot: Spot,
    pub(crate) node: Node<'t>,
}

impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl PartialEq for Member<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key && self.node == other.node
    }
}

impl<'t> Node<'t> {
    /// The members of an object; none of any other value.
    pub(crate) fn members(&self) -> &[Member<'t>] {
        match &self.value {
            Value::Object(members) => members,
            _ => &[],
        }
    }

    /// The member of an object with this key.
    pub(crate) fn member(&self, key: &str) -> Option<&Node<'t>> {
        let mut members = self.members().iter();
        let member = members.find(|member| member.key == key)?;
        Some(&member.node)
    }

    /// The text of a string.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The items of an array or the values of an object's members, in order.
    pub(crate) fn children(&self) -> impl DoubleEndedIterator<Item = &Node<'t>> {
        let items: &[Node<'t>] = match &self.value {
            Value::Array(items) => items,
            _ => &[],
        };
        let members = self.members().iter().map(|member| &member.node);
        items.iter().chain(members)
    }

    /// As [`children`](Self::children), to change them.
    pub(crate) fn children_mut(&mut self) -> impl Iterator<Item = &mut Node<'t>> {
        let (items, members): (&mut [Node<'t>], &mut [Member<'t>]) = match &mut self.value {
            Value::Array(items) => (items, &mut []),
            Value::Object(members) => (&mut [], members),
            _ => (&mut [], &mut []),
        };
        let members = members.iter_mut().map(|member| &mut member.node);
        items.iter_mut().chain(members)
    }

    /// The kind of value, as a message names it.
    pub(crate) fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
        }
    }
}

/// A value as Kratos compares values: numbers by their size, objects without the order of their members. It has a hash, so a
/// duplicate among thousands of values is found without comparing each pair.
#[derive(PartialEq, Eq, Hash)]
pub(super) enum CanonicalValue<'t> {
    Null,
    Bool(bool),
    Number(Number),
    String(&'t str),
    Array(Vec<CanonicalValue<'t>>),
    Object(BTreeMap<&'t str, CanonicalValue<'t>>),
}

impl<'t> CanonicalValue<'t> {
    pub(super) fn of(node: &'t Node<'_>) -> Self {
        match &node.value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(*value),
            Value::Number(text) => Self::Number(Number::read(text)),
            Value::String(text) => Self::String(text),
            Value::Array(items) => Self::Array(items.iter().map(Self::of).collect()),
            Value::Object(members) => {
                let members = members.iter();
                let members = members.map(|member| (&*member.key, Self::of(&member.node)));
                Self::Object(members.collect())
            }
        }
    }
}

/// Deeper nesting is refused, although Kratos accepts five times as much: real identity schemas have less than 20 levels, and the stack
/// of the generator has to be large enough for it.
const MAX_DEPTH: usize = 2_000;

/// The whole document; `None` if it is not valid JSON, which is reported.
pub(crate) fn parse<'t>(source: &Source<'t>, problems: &mut Problems) -> Option<Node<'t>> {
    if source.text.starts_with('\u{feff}') {
        problems.report(
            source.spot_of(source.text),
            "the file starts with a byte order mark, which Kratos does not read; save it as UTF-8 without one",
        );
        return None;
    }
    match serde_json::from_str::<&RawValue>(source.text) {
        Ok(raw) => match deeper_than(MAX_DEPTH, source.text) {
            None => Parser { source, problems }.node(raw),
            Some(rest) => {
                problems.report(
                    source.spot_of(rest),
                    format!("nested deeper than {MAX_DEPTH} levels; write a flatter schema"),
                );
                None
            }
        },
        Err(error) => {
            let spot = source.spot_at(error.line(), error.column());
            let what = error.to_string();
            let what = match what.split_once(" at line ") {
                _ if source.is_after_last_comma(spot) => "a comma after the last item",
                Some((what, _)) => what,
                None => &what,
            };
            problems.report(
                spot,
                format!("not JSON: {what}; write the identity schema as one JSON object"),
            );
            None
        }
    }
}

struct Parser<'a, 't> {
    source: &'a Source<'t>,
    problems: &'a mut Problems,
}

impl<'t> Parser<'_, 't> {
    fn node(&mut self, raw: &'t RawValue) -> Option<Node<'t>> {
        let text = raw.get();
        let spot = self.source.spot_of(text);
        let value = match text.as_bytes().first()? {
            b'{' => Value::Object(self.members(raw)?),
            b'[' => Value::Array(
                serde_json::from_str::<Vec<&RawValue>>(text)
                    .ok()?
                    .into_iter()
                    .map(|item| self.node(item))
                    .collect::<Option<_>>()?,
            ),
            b'"' => Value::String(string(raw)?),
            b't' => Value::Bool(true),
            b'f' => Value::Bool(false),
            b'n' => Value::Null,
            _ => Value::Number(text),
        };
        Some(Node { spot, value })
    }

    fn members(&mut self, raw: &'t RawValue) -> Option<Vec<Member<'t>>> {
        let RawMembers(raw_members) = serde_json::from_str(raw.get()).ok()?;
        let mut members = Vec::with_capacity(raw_members.len());
        for (key, value) in raw_members {
            members.push(Member {
                key: string(key)?,
                spot: self.source.spot_of(key.get()),
                node: self.node(value)?,
            });
        }
        self.drop_duplicates(&mut members);
        Some(members)
    }

    /// Of several members with one key, keeps the last, as Kratos does.
    fn drop_duplicates(&mut self, members: &mut Vec<Member<'t>>) {
        let mut last = HashMap::with_capacity(members.len());
        for (index, member) in members.iter().enumerate() {
            last.insert(member.key.clone(), index);
        }
        if last.len() == members.len() {
            return;
        }
        let mut index = 0;
        members.retain(|member| {
            let keeps = last[&member.key] == index;
            index += 1;
            if !keeps {
                self.problems.warn(
                    member.spot,
                    Warning::DuplicateKey,
                    format!(
                        "duplicate key {:?}, and Kratos uses the last one; keep one of them",
                        member.key
                    ),
                );
            }
            keeps
        });
    }
}

fn string(raw: &RawValue) -> Option<Cow<'_, str>> {
    let text = raw.get();
    if !text.contains('\\') {
        return Some(Cow::Borrowed(&text[1..text.len() - 1]));
    }
    // The syntax was checked before, and lone halves of surrogate pairs were replaced.
    serde_json::from_str(text).ok().map(Cow::Owned)
}

/// The members of an object in order, duplicates included.
struct RawMembers<'t>(Vec<(&'t RawValue, &'t RawValue)>);

impl<'de> Deserialize<'de> for RawMembers<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;

        impl<'de> Visitor<'de> for Members {
            type Value = RawMembers<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(RawMembers(members))
            }
        }

        deserializer.deserialize_map(Members)
    }
}

/// The rest of the text from the first bracket that is inside more than `limit` others.
pub(crate) fn deeper_than(limit: usize, text: &str) -> Option<&str> {
    let mut depth = 0_usize;
    let (mut in_string, mut escaped) = (false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'{' | b'[' if depth == limit => return text.get(at..),
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// The text with `\ufffd` for every lone half of a surrogate pair, such as `\ud800`: Go reads U+FFFD for it. Both have the same length,
/// so all places stay the same.
pub(super) fn replace_lone_surrogates(text: &str) -> Cow<'_, str> {
    if !text.contains("\\ud") && !text.contains("\\uD") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        out.push_str(before);
        let length = match (code(escape), escape.get(6..).and_then(code)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => 12,
            (Some(0xd800..=0xdfff), _) => {
                out.push_str("\\ufffd");
                rest = &escape[6..];
                continue;
            }
            (Some(_), _) => 6,
            // The second character of another escape, such as `\\`, does not begin an escape.
            (None, _) => 1 + escape.chars().nth(1).map_or(0, char::len_utf8),
        };
        out.push_str(&escape[..length]);
        rest = &escape[length..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The code of `\uXXXX` at the beginning of the text.
fn code(text: &str) -> Option<u32> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hex.then(|| u32::from_str_radix(digits, 16).ok())?
}

#[cfg(test)]
mod tests {
    use super::{deeper_than, replace_lone_surrogates};

    #[test]
    fn brackets_in_strings_do_not_count() {
        for (text, rest) in [
            ("1", [None, None]),
            ("{}", [None, None]),
            ("]]{[", [Some("["), None]),
            (
                r#"["[[[",{"\"{{":1},[[]]]"#,
                [Some(r#"{"\"{{":1},[[]]]"#), Some("[]]]")],
            ),
        ] {
            assert_eq!(deeper_than(1, text), rest[0], "{text}");
            assert_eq!(deeper_than(2, text), rest[1], "{text}");
        }
    }

    #[test]
    fn halves_become_the_replacement_character() {
        for (text, expected) in [
            (r#""\ud83d\ude00""#, r#""\ud83d\ude00""#),
            (r#""\uD83D""#, r#""\ufffd""#),
            (r#""\ude00\ud83d""#, r#""\ufffd\ufffd""#),
            (r#""\ud83d\ud83d\ude00""#, r#""\ufffd\ud83d\ude00""#),
            (r#""\ud83dx\u0041""#, r#""\ufffdx\u0041""#),
            (r#""\\ud83d""#, r#""\\ud83d""#),
            (r#""\\\ud83d\"""#, r#""\\\ufffd\"""#),
            (r#""\ud8"#, r#""\ud8"#),
            ("\\ud83d\\é", "\\ufffd\\é"),
            ("\\ud83d\\", "\\ufffd\\"),
        ] {
            assert_eq!(replace_lone_surrogates(text), expected, "{text}");
        }
    }
}

//! From text to [`Node`]s. `serde_json` gives no positions, but a borrowed `RawValue` is a slice of the text, and so has one.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::json::{Member, Node, Value};
use super::nesting;
use super::report::Problems;
use super::source::Source;
use crate::diagnostics::Warning;

/// Deeper nesting is refused, although Kratos takes five times as much: real identity schemas have less than 20 levels, and the stack
/// that the generator asks for must hold them.
const MAX_DEPTH: usize = 2_000;

/// The whole document, or `None` when it is not JSON that all readers agree about.
pub(crate) fn parse<'t>(source: &Source<'t>, problems: &mut Problems) -> Option<Node<'t>> {
    if source.text.starts_with('\u{feff}') {
        problems.report(
            source.spot_of(source.text),
            "the file starts with a byte order mark, which Kratos does not read; save it as UTF-8 without one",
        );
        return None;
    }
    match serde_json::from_str::<&RawValue>(source.text) {
        Ok(raw) => match nesting::deeper_than(MAX_DEPTH, source.text) {
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

    /// Kratos takes the last one.
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
                        "the key {:?} is here again later, and Kratos takes that one; keep one of them",
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
    // The syntax was checked before, and no half of a surrogate pair is left.
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

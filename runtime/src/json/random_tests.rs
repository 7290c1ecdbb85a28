//! Random documents and edits: `Json` gives the same result as a simple walk over the whole document.

#![allow(clippy::unwrap_used, reason = "a test fails by a panic")]

use proptest::collection::vec;
use proptest::prelude::{BoxedStrategy, Strategy, any, prop_assert_eq};
use proptest::sample::select;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseResult, TestRng, TestRunner};
use serde_json::value::RawValue;

use super::Json as Read;

/// Keys as they are spelt, `a` in two ways.
const KEYS: [&str; 7] = [
    r#""a""#,
    r#""\u0061""#,
    r#""b""#,
    r#""c d""#,
    r#""0""#,
    r#""""#,
    r#""\"""#,
];

const NAMES: [&str; 8] = ["a", "b", "c d", "0", "1", "", "\"", "+0"];

/// Numbers that an `f64` cannot hold or in unusual spellings; strings with several spellings.
const SCALARS: [&str; 11] = [
    "null",
    "true",
    "1",
    "1.10",
    "-0",
    "1e2",
    "123456789012345678901234567890",
    "0.10000000000000000001",
    r#""x""#,
    r#""\u0078\/""#,
    r#""{[,""#,
];

#[derive(Clone, Debug)]
pub(crate) enum Json {
    Scalar(&'static str),
    Items(Vec<Json>),
    /// Keys as they are spelt.
    Members(Vec<(String, Json)>),
}

pub(crate) fn any_json() -> BoxedStrategy<Json> {
    let scalar = select(&SCALARS[..]).prop_map(Json::Scalar);
    let nested = scalar.prop_recursive(4, 24, 5, |inner| {
        (any::<bool>(), vec((key(), inner), 0..5)).prop_map(|(is_array, members)| {
            if is_array {
                Json::Items(members.into_iter().map(|(_, value)| value).collect())
            } else {
                Json::Members(members)
            }
        })
    });
    nested.boxed()
}

pub(crate) fn any_object() -> impl Strategy<Value = Json> {
    vec((key(), any_json()), 0..5).prop_map(Json::Members)
}

pub(crate) fn any_path() -> impl Strategy<Value = Vec<String>> {
    vec(select(&NAMES[..]).prop_map(String::from), 0..4)
}

fn key() -> impl Strategy<Value = String> {
    select(&KEYS[..]).prop_map(String::from)
}

/// The same cases in each run.
pub(crate) fn each<S: Strategy>(cases: &S, check: impl Fn(S::Value) -> TestCaseResult) {
    let config = Config {
        cases: 2000,
        failure_persistence: None,
        ..Config::default()
    };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    TestRunner::new_with_rng(config, rng)
        .run(cases, check)
        .unwrap();
}

impl Json {
    pub(crate) fn text(&self) -> String {
        match self {
            Self::Scalar(text) => (*text).to_owned(),
            Self::Items(items) => {
                let items: Vec<String> = items.iter().map(Self::text).collect();
                format!("[{}]", items.join(","))
            }
            Self::Members(members) => {
                let member = |(key, value): &(String, Self)| format!("{key}:{}", value.text());
                let members: Vec<String> = members.iter().map(member).collect();
                format!("{{{}}}", members.join(","))
            }
        }
    }

    pub(crate) fn raw(&self) -> Box<RawValue> {
        RawValue::from_string(self.text()).unwrap()
    }

    /// The places of the members that hold no members; an array is one value.
    #[cfg(feature = "client")]
    pub(crate) fn leaves(&self) -> Vec<Vec<String>> {
        let Self::Members(members) = self else {
            return vec![Vec::new()];
        };
        let mut found = Vec::new();
        for (key, _) in members {
            let name = name(key);
            // Of duplicate members, the last one counts.
            let inner = self.get(std::slice::from_ref(&name));
            for rest in inner.into_iter().flat_map(Self::leaves) {
                found.push([vec![name.clone()], rest].concat());
            }
        }
        found
    }

    pub(crate) fn get(&self, path: &[String]) -> Option<&Self> {
        let Some((first, rest)) = path.split_first() else {
            return Some(self);
        };
        match self {
            Self::Scalar(_) => None,
            Self::Items(items) => items.get(first.parse::<usize>().ok()?)?.get(rest),
            Self::Members(members) => {
                let mut named = members.iter().filter(|(key, _)| name(key) == *first);
                named.next_back()?.1.get(rest)
            }
        }
    }

    pub(crate) fn set(self, path: &[String], value: Self) -> Result<Self, usize> {
        let Some((first, rest)) = path.split_first() else {
            return Ok(value);
        };
        let deeper = |inner: Option<Self>| {
            let inner = inner.unwrap_or(Self::Scalar("null"));
            inner.set(rest, value).map_err(|depth| depth + 1)
        };
        match self {
            Self::Scalar("null") => {
                let member = (as_key(first), deeper(None)?);
                Ok(Self::Members(vec![member]))
            }
            Self::Scalar(_) => Err(0),
            Self::Items(mut items) => {
                let position: usize = first.parse().map_err(|_| 0_usize)?;
                if position > items.len() {
                    return Err(0);
                }
                let changed = deeper(items.get(position).cloned())?;
                items.splice(position..items.len().min(position + 1), [changed]);
                Ok(Self::Items(items))
            }
            Self::Members(mut members) => {
                let last = members.iter().rposition(|(key, _)| name(key) == *first);
                let changed = deeper(last.map(|last| members[last].1.clone()))?;
                let place = last.unwrap_or(members.len());
                match members.get_mut(place) {
                    Some(member) => member.1 = changed,
                    None => members.push((as_key(first), changed)),
                }
                Ok(Self::Members(leave(members, first, Some(place))))
            }
        }
    }

    /// The same value when there is nothing to remove.
    fn remove(&self, path: &[String]) -> Result<Option<Self>, usize> {
        let Some((first, rest)) = path.split_first() else {
            return Err(0);
        };
        let deeper = |inner: &Self| inner.remove(rest).map_err(|depth| depth + 1);
        match self {
            Self::Scalar("null") => Ok(None),
            Self::Scalar(_) => Err(0),
            Self::Items(items) => {
                let position: usize = first.parse().map_err(|_| 0_usize)?;
                let Some(item) = items.get(position) else {
                    return Ok(None);
                };
                let left = if rest.is_empty() {
                    None
                } else {
                    let Some(left) = deeper(item)? else {
                        return Ok(None);
                    };
                    Some(left)
                };
                let mut items = items.clone();
                items.splice(position..=position, left);
                Ok(Some(Self::Items(items)))
            }
            Self::Members(members) => {
                let Some(last) = members.iter().rposition(|(key, _)| name(key) == *first) else {
                    return Ok(None);
                };
                if rest.is_empty() {
                    return Ok(Some(Self::Members(leave(members.clone(), first, None))));
                }
                let Some(left) = deeper(&members[last].1)? else {
                    return Ok(None);
                };
                let mut members = members.clone();
                members[last].1 = left;
                Ok(Some(Self::Members(leave(members, first, Some(last)))))
            }
        }
    }
}

fn name(key: &str) -> String {
    serde_json::from_str(key).unwrap()
}

fn as_key(name: &str) -> String {
    serde_json::to_string(name).unwrap()
}

/// The members, with only one of this name.
fn leave(members: Vec<(String, Json)>, gone: &str, but: Option<usize>) -> Vec<(String, Json)> {
    let members = members.into_iter().enumerate();
    let left = members.filter(|(place, (key, _))| Some(*place) == but || name(key) != gone);
    left.map(|(_, member)| member).collect()
}

#[test]
fn changes_are_those_of_a_plain_walk() {
    // The value to set; `None` removes the member.
    let change = (any_path(), proptest::option::of(any_json()), any_path());
    each(&(any_object(), vec(change, 1..8)), |(start, changes)| {
        let text = start.raw();
        let values: Vec<_> = changes
            .iter()
            .map(|(_, value, _)| value.as_ref().map(Json::raw))
            .collect();
        let mut edited = Read::read(&text);
        let mut plain = start;
        for ((path, value, other), raw) in changes.into_iter().zip(&values) {
            let (by_edit, by_walk) = match (value, raw) {
                (Some(value), Some(raw)) => (
                    edited.set(&path, Read::read(raw)),
                    plain.clone().set(&path, value).map(Some),
                ),
                _ => (edited.remove(&path).map(drop), plain.remove(&path)),
            };
            prop_assert_eq!(by_edit.err(), by_walk.as_ref().err().copied());
            match by_walk {
                // A value is not used after a failed edit.
                Err(_) => return Ok(()),
                Ok(None) => {}
                Ok(Some(changed)) => plain = changed,
            }
            let found = edited.at(&other).map(|value| value.text().into_owned());
            prop_assert_eq!(found, plain.get(&other).map(Json::text));
        }
        prop_assert_eq!(edited.text(), plain.text());
        Ok(())
    });
}

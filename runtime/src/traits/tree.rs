//! A JSON text that is parsed once, for comparing documents. Every value keeps its text.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Serialize, Serializer};
use serde_json::value::{RawValue, to_raw_value};

use super::splice::{self, DEPTH, Members};

/// A value and the values inside it.
pub(crate) struct Tree<'a> {
    raw: &'a RawValue,
    pub(crate) inside: Inside<'a>,
}

pub(crate) enum Inside<'a> {
    /// By name, with the position in the text; of duplicate members the last one, as in Go.
    Members(BTreeMap<Cow<'a, str>, (usize, Tree<'a>)>),
    Items(Vec<Tree<'a>>),
    /// A scalar, or a value that is nested too deeply for a recursive walk.
    Whole,
}

impl<'a> Tree<'a> {
    pub(crate) fn read(raw: &'a RawValue) -> Self {
        Self::read_at(raw, DEPTH)
    }

    fn read_at(raw: &'a RawValue, depth: usize) -> Self {
        let Some(depth) = depth.checked_sub(1) else {
            let inside = Inside::Whole;
            return Self { raw, inside };
        };
        let inside = match raw.get().as_bytes().first() {
            Some(b'{') => Members::read(raw).map(|members| {
                let members = members.iter().enumerate();
                let member = |(at, (name, value))| (name, (at, Self::read_at(value, depth)));
                Inside::Members(members.map(member).collect())
            }),
            Some(b'[') => splice::items(raw).map(|items| {
                let items = items.into_iter();
                Inside::Items(items.map(|item| Self::read_at(item, depth)).collect())
            }),
            _ => None,
        };
        let inside = inside.unwrap_or(Inside::Whole);
        Self { raw, inside }
    }

    pub(crate) fn raw(&self) -> &'a RawValue {
        self.raw
    }

    #[cfg(feature = "client")]
    pub(crate) fn text(&self) -> &'a str {
        self.raw.get()
    }

    /// The members of an object.
    pub(crate) fn members(&self) -> Option<&BTreeMap<Cow<'a, str>, (usize, Self)>> {
        match &self.inside {
            Inside::Members(members) => Some(members),
            _ => None,
        }
    }

    /// The members of an object in the order of the text.
    pub(crate) fn in_order(&self) -> Vec<(&str, &Self)> {
        let mut members: Vec<_> = self.members().into_iter().flatten().collect();
        members.sort_by_key(|(_, (position, _))| *position);
        let members = members.into_iter();
        members.map(|(name, (_, value))| (&**name, value)).collect()
    }

    /// The member of an object.
    pub(crate) fn get(&self, name: &str) -> Option<&Self> {
        self.members()?.get(name).map(|(_, member)| member)
    }

    /// The value at a path.
    pub(crate) fn at(&self, path: &[String]) -> Option<&Self> {
        let mut names = path.iter();
        names.try_fold(self, |here, name| match &here.inside {
            Inside::Members(_) => here.get(name),
            Inside::Items(items) => items.get(name.parse::<usize>().ok()?),
            Inside::Whole => None,
        })
    }
}

/// The JSON text of an object with these members, in this order.
pub(crate) fn object_text<V: Serialize>(members: &[(&str, V)]) -> Option<Box<RawValue>> {
    struct Object<'m, V>(&'m [(&'m str, V)]);
    impl<V: Serialize> Serialize for Object<'_, V> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
        }
    }
    to_raw_value(&Object(members)).ok()
}

/// The sorted names of the members of both objects; `None` if one of the values is not an object.
#[cfg(feature = "client")]
pub(crate) fn names<'t>(a: Option<&'t Tree<'_>>, b: Option<&'t Tree<'_>>) -> Option<Vec<&'t str>> {
    let (a, b) = (a?.members()?, b?.members()?);
    let mut names: Vec<&str> = a.keys().chain(b.keys()).map(|name| &**name).collect();
    names.sort_unstable();
    names.dedup();
    Some(names)
}

/// The member of a value; `None` if the value is absent or not an object.
#[cfg(feature = "client")]
pub(crate) fn member<'t, 'a>(of: Option<&'t Tree<'a>>, name: &str) -> Option<&'t Tree<'a>> {
    of?.get(name)
}

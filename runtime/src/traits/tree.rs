//! A JSON text read once: comparing two documents walks over these, and reads no part of the text again.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::value::RawValue;

use super::splice::{self, DEPTH, Members};

/// A value and what it is made of.
pub(crate) struct Tree<'a> {
    raw: &'a RawValue,
    pub(crate) inside: Inside<'a>,
}

pub(crate) enum Inside<'a> {
    /// By name, with the position in the text; of a name that stands twice, the last value, as in Go.
    Members(BTreeMap<Cow<'a, str>, (usize, Tree<'a>)>),
    Items(Vec<Tree<'a>>),
    /// A string, a number, …; and what is nested so deep that nobody reads it but as a whole, for a walk into it
    /// would end the stack.
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

    #[cfg(feature = "flow")]
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

    /// The member of an object.
    pub(crate) fn get(&self, name: &str) -> Option<&Self> {
        self.members()?.get(name).map(|(_, member)| member)
    }

    /// The value at a place in it.
    pub(crate) fn at(&self, path: &[String]) -> Option<&Self> {
        let mut names = path.iter();
        names.try_fold(self, |here, name| match &here.inside {
            Inside::Members(_) => here.get(name),
            Inside::Items(items) => items.get(name.parse::<usize>().ok()?),
            Inside::Whole => None,
        })
    }
}

/// The names in the one or the other of two objects, in order; `None` when one of them is no object.
#[cfg(feature = "flow")]
pub(crate) fn names<'t>(a: Option<&'t Tree<'_>>, b: Option<&'t Tree<'_>>) -> Option<Vec<&'t str>> {
    let (a, b) = (a?.members()?, b?.members()?);
    let mut names: Vec<&str> = a.keys().chain(b.keys()).map(|name| &**name).collect();
    names.sort_unstable();
    names.dedup();
    Some(names)
}

/// The member of what may be an object.
#[cfg(feature = "flow")]
pub(crate) fn member<'t, 'a>(of: Option<&'t Tree<'a>>, name: &str) -> Option<&'t Tree<'a>> {
    of?.get(name)
}

//! The members of an object.

use std::borrow::Cow;
use std::collections::HashSet;

use super::Json;

/// The members of an object, in the order of the text.
#[derive(Clone, Default)]
pub(crate) struct Members<'a> {
    all: Vec<Member<'a>>,
    /// The positions of the members to read, sorted by name.
    sorted: Vec<usize>,
    has_duplicates: bool,
}

#[derive(Clone)]
struct Member<'a> {
    name: Cow<'a, str>,
    /// The name as it is written, in quotes; `None` if it was not read from a text.
    key: Option<&'a str>,
    value: Json<'a>,
    state: State,
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Current,
    /// Written, but not read: a later member has the same name.
    Duplicate,
    Removed,
}

impl<'a> Members<'a> {
    /// Members that were not read from a text.
    pub(super) fn new(
        members: impl IntoIterator<Item = (impl Into<Cow<'a, str>>, Json<'a>)>,
    ) -> Self {
        let members = members.into_iter();
        Self::of(members.map(|(name, value)| (name.into(), None, value)))
    }

    /// Members with their names and keys.
    pub(super) fn of(
        members: impl IntoIterator<Item = (Cow<'a, str>, Option<&'a str>, Json<'a>)>,
    ) -> Self {
        let member = |(name, key, value)| Member {
            name,
            key,
            value,
            state: State::Current,
        };
        let mut members = Self {
            all: members.into_iter().map(member).collect(),
            ..Self::default()
        };
        members.sort();
        members
    }

    /// Sorts the names. Of duplicate members the last one is read.
    fn sort(&mut self) {
        let Self { all, sorted, .. } = self;
        sorted.extend(0..all.len());
        // A stable sort: the last of duplicate members stays the last.
        sorted.sort_by(|a, b| all[*a].name.cmp(&all[*b].name));
        sorted.dedup_by(|later, earlier| {
            let is_duplicate = all[*later].name == all[*earlier].name;
            if is_duplicate {
                all[*earlier].state = State::Duplicate;
                *earlier = *later;
            }
            is_duplicate
        });
        self.has_duplicates = sorted.len() < all.len();
    }

    /// The number of different names.
    pub(crate) fn len(&self) -> usize {
        self.sorted.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.sorted.is_empty()
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Json<'a>> {
        let position = self.sorted[self.find(name).ok()?];
        Some(&self.all[position].value)
    }

    /// The name as it is written, in quotes.
    pub(crate) fn key(&self, name: &str) -> Option<&'a str> {
        self.all[self.sorted[self.find(name).ok()?]].key
    }

    /// Names and values in the order of the text.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Json<'a>)> {
        let all = self.all.iter();
        all.filter(|member| member.state == State::Current)
            .map(|member| (&*member.name, &member.value))
    }

    /// Names and values, sorted by name.
    pub(crate) fn sorted(&self) -> impl ExactSizeIterator<Item = (&str, &Json<'a>)> {
        let members = self.sorted.iter().map(|position| &self.all[*position]);
        members.map(|member| (&*member.name, &member.value))
    }

    /// The place of a name in `sorted`, or where it is to be inserted.
    fn find(&self, name: &str) -> Result<usize, usize> {
        self.sorted
            .binary_search_by(|position| (*self.all[*position].name).cmp(name))
    }

    pub(super) fn get_mut(&mut self, name: &str) -> Option<&mut Json<'a>> {
        let position = self.sorted[self.find(name).ok()?];
        Some(&mut self.all[position].value)
    }

    /// The value of a member; a new member is null.
    pub(super) fn get_or_add(&mut self, name: &str) -> &mut Json<'a> {
        let position = match self.find(name) {
            Ok(place) => self.sorted[place],
            Err(place) => {
                let position = self.all.len();
                self.sorted.insert(place, position);
                self.all.push(Member {
                    name: Cow::Owned(name.to_owned()),
                    key: None,
                    value: Json::null(),
                    state: State::Current,
                });
                position
            }
        };
        &mut self.all[position].value
    }

    /// Removes a member and its duplicates; returns whether there was one.
    pub(super) fn remove(&mut self, name: &str) -> bool {
        let place = self.find(name);
        if let Ok(place) = place {
            let position = self.sorted.remove(place);
            self.all[position].state = State::Removed;
            self.remove_duplicates(name);
        }
        place.is_ok()
    }

    /// Removes all but the last of the members with a name.
    pub(super) fn remove_duplicates(&mut self, name: &str) {
        if self.has_duplicates {
            for member in &mut self.all {
                if member.state == State::Duplicate && member.name == name {
                    member.state = State::Removed;
                }
            }
        }
    }

    /// Removes all but the first of the members with the same name; returns whether there are such members.
    pub(super) fn keep_first(&mut self) -> bool {
        if self.has_duplicates {
            let mut names = HashSet::new();
            self.all.retain(|member| names.insert(member.name.clone()));
            for member in &mut self.all {
                member.state = State::Current;
            }
            self.sorted.clear();
            self.sort();
            return true;
        }
        false
    }

    pub(super) fn values_mut(&mut self) -> impl Iterator<Item = &mut Json<'a>> {
        self.all.iter_mut().map(|member| &mut member.value)
    }

    pub(super) fn write(&self, out: &mut String) {
        let written = self.all.iter();
        let written = written.filter(|member| member.state != State::Removed);
        out.push('{');
        for (position, member) in written.enumerate() {
            if position > 0 {
                out.push(',');
            }
            match member.key {
                Some(key) => out.push_str(key),
                None => super::edit::write_string(&member.name, out),
            }
            out.push(':');
            member.value.write(out);
        }
        out.push('}');
    }
}

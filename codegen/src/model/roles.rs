//! The roles of a member, by where in the value they stand.

use std::ptr;

use super::merged::{Composer, MergedSchema};
use crate::schema::{Credential, Document, Role, Schema, SubSchema};

/// The roles of a member and of what is in it, where that has no row of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Roles<'s> {
    /// Those of the value itself.
    pub(crate) own: Vec<Role>,
    /// Those of what is in an array, at any depth.
    pub(crate) items: Vec<Role>,
    /// Those of what is in an object whose members have no rows, by the pattern of the names; `None` for all others.
    pub(crate) members: Vec<(Option<&'s str>, Vec<Role>)>,
}

impl<'s> Roles<'s> {
    /// Every role, wherever it stands. One that stands in several places comes several times.
    pub(crate) fn all(&self) -> impl Iterator<Item = Role> {
        let members = self.members.iter().flat_map(|(_, roles)| roles);
        self.own.iter().chain(&self.items).chain(members).copied()
    }

    /// Whether any of them makes the trait an identifier of this credential.
    pub(crate) fn identify(&self, credential: Credential) -> bool {
        self.all().any(|role| role.credential() == Some(credential))
    }

    /// Adds roles of members that have no rows.
    pub(crate) fn add_members(&mut self, roles: Vec<Role>) {
        if !roles.is_empty() {
            self.members_of(None).extend(roles);
            self.tidy();
        }
    }

    /// The roles of the members with names of this pattern.
    fn members_of(&mut self, pattern: Option<&'s str>) -> &mut Vec<Role> {
        let at = self.members.iter().position(|(one, _)| *one == pattern);
        let at = at.unwrap_or_else(|| {
            self.members.push((pattern, Vec::new()));
            self.members.len() - 1
        });
        &mut self.members[at].1
    }

    /// Each role of a place once, in one order.
    fn tidy(&mut self) {
        let members = self.members.iter_mut().map(|(_, roles)| roles);
        for list in [&mut self.own, &mut self.items].into_iter().chain(members) {
            list.sort_unstable();
            list.dedup();
        }
    }
}

/// Where a role stands, seen from the member.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place<'s> {
    Own,
    Items,
    Members(Option<&'s str>),
}

impl<'s> Composer<'s, '_> {
    /// The roles of a value under `merged`. With `has_rows`, its named members have rows of their own, which say their roles.
    pub(super) fn roles(&self, merged: &MergedSchema<'s>, has_rows: bool) -> Roles<'s> {
        let mut gatherer = Gatherer {
            document: self.document,
            roles: Roles::default(),
            seen: Vec::new(),
        };
        for schema in merged.all() {
            if has_rows {
                gatherer.extension(schema, Place::Own);
                gatherer.unnamed_members(schema, Place::Own);
            } else {
                gatherer.gather(schema, Place::Own);
            }
        }
        gatherer.roles.tidy();
        gatherer.roles
    }
}

struct Gatherer<'s> {
    document: &'s Document<'s>,
    roles: Roles<'s>,
    /// What a `$ref` led to, by where: only such a schema can come again.
    seen: Vec<(*const Schema<'s>, Place<'s>)>,
}

impl<'s> Gatherer<'s> {
    fn gather(&mut self, schema: &'s Schema<'s>, place: Place<'s>) {
        if schema.reference.is_some() {
            let here = (ptr::from_ref(schema), place);
            if self.seen.contains(&here) {
                return;
            }
            self.seen.push(here);
        }
        self.extension(schema, place);
        if let Some(target) = self.document.target(schema) {
            self.below(target, place);
        }
        let one = schema.items.iter().map(|found| &found.value);
        for item in one.chain(&schema.some_items).chain(&schema.contains) {
            self.below(item, inside(place, Place::Items));
        }
        let named = schema.properties.iter().flat_map(|found| &found.value);
        for property in named {
            self.below(&property.schema, inside(place, Place::Members(None)));
        }
        self.unnamed_members(schema, place);
        let alternatives = schema.alternatives.iter().flatten();
        let same = schema.all_of.iter().chain(&schema.perhaps);
        for one in same.chain(&schema.conditions).chain(alternatives) {
            self.below(one, place);
        }
    }

    fn below(&mut self, schema: &'s SubSchema<'s>, place: Place<'s>) {
        if let SubSchema::Schema(schema) = schema {
            self.gather(schema, place);
        }
    }

    fn unnamed_members(&mut self, schema: &'s Schema<'s>, place: Place<'s>) {
        for property in &schema.patterns {
            let members = Place::Members(Some(property.name));
            self.below(&property.schema, inside(place, members));
        }
        let additional = schema.additional.iter().map(|found| &found.value);
        for one in additional.chain(&schema.member_names) {
            self.below(one, inside(place, Place::Members(None)));
        }
    }

    fn extension(&mut self, schema: &Schema<'s>, place: Place<'s>) {
        let Some(extension) = &schema.extension else {
            return;
        };
        if extension.roles.is_empty() {
            return;
        }
        let list = match place {
            Place::Own => &mut self.roles.own,
            Place::Items => &mut self.roles.items,
            Place::Members(pattern) => self.roles.members_of(pattern),
        };
        list.extend(&extension.roles);
    }
}

/// Only the outermost array or object counts.
fn inside<'s>(place: Place<'s>, inner: Place<'s>) -> Place<'s> {
    match place {
        Place::Own => inner,
        outer => outer,
    }
}

//! The roles of a member, by their place in the value.

use std::collections::HashSet;
use std::ptr;

use super::merge::MergedSchema;
use crate::schema::{Credential, Document, Role, Schema, SubSchema, Within};

/// The roles of a member and of its parts that have no row of their own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Roles<'s> {
    /// Those of the value itself.
    pub(crate) own: Vec<Role>,
    /// Those inside an array, at any depth.
    pub(crate) items: Vec<Role>,
    /// Those inside an object whose members have no rows, by the pattern of the names; `None` for all other names.
    pub(crate) members: Vec<(Option<&'s str>, Vec<Role>)>,
}

impl<'s> Roles<'s> {
    /// The roles of a value. With `has_rows`, its named members have rows of their own with their roles.
    pub(super) fn of(
        document: &'s Document<'s>,
        merged: &MergedSchema<'s>,
        has_rows: bool,
    ) -> Self {
        let mut gatherer = Gatherer::new(document);
        for schema in merged.all() {
            if has_rows {
                gatherer.add_own(schema, Within::Value);
                gatherer.gather_unnamed(schema);
            } else {
                gatherer.gather(schema, Within::Value);
            }
        }
        gatherer.roles.tidy();
        gatherer.roles
    }

    /// Every role at any place; one that is in several places comes several times.
    pub(crate) fn all(&self) -> impl Iterator<Item = Role> {
        let members = self.members.iter().flat_map(|(_, roles)| roles);
        self.own.iter().chain(&self.items).chain(members).copied()
    }

    /// Whether any of them makes the trait an identifier of this credential.
    pub(crate) fn identify(&self, credential: Credential) -> bool {
        self.all().any(|role| role.credential() == Some(credential))
    }

    pub(crate) fn has_verification(&self) -> bool {
        self.all().any(|role| matches!(role, Role::Verification(_)))
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
        let index = self.members.iter().position(|(one, _)| *one == pattern);
        let index = index.unwrap_or_else(|| {
            self.members.push((pattern, Vec::new()));
            self.members.len() - 1
        });
        &mut self.members[index].1
    }

    /// Leaves each role once in a place, in one order.
    fn tidy(&mut self) {
        let members = self.members.iter_mut().map(|(_, roles)| roles);
        for list in [&mut self.own, &mut self.items].into_iter().chain(members) {
            list.sort_unstable();
            list.dedup();
        }
    }
}

/// Whether members that the schema does not name have roles.
pub(super) fn has_unnamed_roles<'s>(document: &'s Document<'s>, schema: &'s Schema<'s>) -> bool {
    let mut gatherer = Gatherer::new(document);
    gatherer.gather_unnamed(schema);
    gatherer.roles.all().next().is_some()
}

struct Gatherer<'s> {
    document: &'s Document<'s>,
    roles: Roles<'s>,
    /// The schemas with a `$ref`, by their place: only these can come again.
    seen: HashSet<(*const Schema<'s>, Within<'s>)>,
}

impl<'s> Gatherer<'s> {
    fn new(document: &'s Document<'s>) -> Self {
        Self {
            document,
            roles: Roles::default(),
            seen: HashSet::new(),
        }
    }

    fn gather(&mut self, schema: &'s Schema<'s>, place: Within<'s>) {
        if schema.reference.is_some() && !self.seen.insert((ptr::from_ref(schema), place)) {
            return;
        }
        self.add_own(schema, place);
        if let Some(SubSchema::Schema(target)) = self.document.target(schema) {
            self.gather(target, place);
        }
        for (within, below) in schema.below() {
            // Only the outermost array or object counts.
            let place = if place == Within::Value {
                within
            } else {
                place
            };
            if let SubSchema::Schema(below) = below {
                self.gather(below, place);
            }
        }
    }

    /// Gathers the roles of members that the schema does not name.
    fn gather_unnamed(&mut self, schema: &'s Schema<'s>) {
        for (within, below) in schema.below() {
            if let (Within::Members(_), SubSchema::Schema(below)) = (within, below) {
                self.gather(below, within);
            }
        }
    }

    fn add_own(&mut self, schema: &Schema<'s>, place: Within<'s>) {
        let extension = schema.extension.iter();
        let roles: Vec<Role> = extension
            .flat_map(|one| one.roles.iter().copied())
            .collect();
        if roles.is_empty() {
            return;
        }
        let list = match place {
            Within::Value => &mut self.roles.own,
            Within::Items => &mut self.roles.items,
            Within::NamedMember => self.roles.members_of(None),
            Within::Members(pattern) => self.roles.members_of(pattern),
        };
        list.extend(roles);
    }
}

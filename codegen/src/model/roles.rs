//! The roles of each member: those of every schema that Kratos can apply at its path, from the root of the document down.
//!
//! A role counts wherever it comes from: another branch, the pattern of a name, a keyword of the root. Whether its schema applies
//! to a certain document is not asked.

use std::collections::{HashMap, HashSet};
use std::ptr;

use super::build::Builder;
use super::object::{makes_null_an_identifier, nullable_identifier, refuses_null};
use super::{Additional, Member, Object, Plain, Type};
use crate::schema::{Credential, Document, Kinds, Role, Schema, SubSchema, Within, can_match};

/// The roles of a member and of its parts that have no row of their own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Roles<'s> {
    /// Those of the value itself.
    pub(crate) own: Vec<Role>,
    /// Those inside an array, at any depth.
    pub(crate) items: Inside,
    /// Those inside an object whose members have no rows, by the pattern of the names; `None` for all other names.
    pub(crate) members: Vec<(Option<&'s str>, Inside)>,
}

/// The roles of the values inside an array or object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Inside {
    pub(crate) roles: Vec<Role>,
    /// Kratos makes an identifier of a value that may be null.
    pub(crate) nullable: bool,
}

impl<'s> Roles<'s> {
    /// Every role at any place; one that is in several places comes several times.
    pub(crate) fn all(&self) -> impl Iterator<Item = Role> {
        let members = self.members.iter().flat_map(|(_, inside)| &inside.roles);
        self.own
            .iter()
            .chain(&self.items.roles)
            .chain(members)
            .copied()
    }

    /// Whether any of them makes the trait an identifier of this credential.
    pub(crate) fn identify(&self, credential: Credential) -> bool {
        self.all().any(|role| role.credential() == Some(credential))
    }

    pub(crate) fn has_verification(&self) -> bool {
        self.all().any(|role| matches!(role, Role::Verification(_)))
    }

    /// Adds the roles of the named members of `object`, at any depth, for a value whose members have no rows.
    pub(crate) fn add_members(&mut self, object: &Object<'s>) {
        for member in &object.members {
            let roles: Vec<Role> = member.roles.all().collect();
            if !roles.is_empty() {
                let own = member.roles.members.iter().map(|(_, inside)| inside);
                let mut own = own.chain([&member.roles.items]);
                let nullable = member.nullable_identifier || own.any(|inside| inside.nullable);
                let inside = self.members_of(None);
                inside.roles.extend(roles);
                inside.nullable |= nullable;
            }
            if let Type::Object(object) = &member.value {
                self.add_members(object);
            }
        }
        self.tidy();
    }

    /// The roles of the members with names of this pattern.
    fn members_of(&mut self, pattern: Option<&'s str>) -> &mut Inside {
        let index = self.members.iter().position(|(one, _)| *one == pattern);
        let index = index.unwrap_or_else(|| {
            self.members.push((pattern, Inside::default()));
            self.members.len() - 1
        });
        &mut self.members[index].1
    }

    /// Leaves each role once in a place, in one order.
    fn tidy(&mut self) {
        let members = self.members.iter_mut().map(|(_, inside)| &mut inside.roles);
        for list in [&mut self.own, &mut self.items.roles]
            .into_iter()
            .chain(members)
        {
            list.sort_unstable();
            list.dedup();
        }
    }
}

/// Whether members that the schema does not name have roles.
pub(super) fn has_unnamed_roles<'s>(document: &'s Document<'s>, schema: &'s Schema<'s>) -> bool {
    let mut seen = HashSet::new();
    let mut todo: Vec<_> = schema
        .below()
        .filter(|(within, _)| is_unnamed(*within))
        .collect();
    while let Some((_, below)) = todo.pop() {
        if let SubSchema::Schema(below) = below
            && seen.insert(ptr::from_ref(&**below))
        {
            if below
                .extension
                .as_ref()
                .is_some_and(|one| !one.roles.is_empty())
            {
                return true;
            }
            todo.extend(document.target(below).map(|target| (Within::Value, target)));
            todo.extend(below.below());
        }
    }
    false
}

fn is_unnamed(within: Within<'_>) -> bool {
    matches!(within, Within::Members(_) | Within::Names)
}

/// The schemas that Kratos can apply to one value.
pub(super) struct Applied<'s> {
    document: &'s Document<'s>,
    schemas: Vec<&'s Schema<'s>>,
    /// The schemas that it applies to the name of the member.
    to_name: Vec<&'s Schema<'s>>,
}

impl<'s> Applied<'s> {
    fn new(document: &'s Document<'s>) -> Self {
        Self {
            document,
            schemas: Vec::new(),
            to_name: Vec::new(),
        }
    }

    /// The schemas for the traits object.
    pub(super) fn to_traits(document: &'s Document<'s>) -> Self {
        let mut root = Self::new(document);
        root.add_schema(&document.root, &mut HashSet::new());
        let mut traits = root.members().get("traits");
        let mut seen = traits
            .schemas
            .iter()
            .map(|one| ptr::from_ref(*one))
            .collect();
        traits.add_schema(&document.traits, &mut seen);
        traits
    }

    fn add(&mut self, schema: &'s SubSchema<'s>, seen: &mut HashSet<*const Schema<'s>>) {
        if let SubSchema::Schema(schema) = schema {
            self.add_schema(schema, seen);
        }
    }

    /// Adds a schema and those that it leads to for the same value.
    fn add_schema(&mut self, schema: &'s Schema<'s>, seen: &mut HashSet<*const Schema<'s>>) {
        if !seen.insert(ptr::from_ref(schema)) {
            return;
        }
        self.schemas.push(schema);
        if let Some(target) = self.document.target(schema) {
            self.add(target, seen);
        }
        for (within, below) in schema.below() {
            if within == Within::Value {
                self.add(below, seen);
            }
        }
    }

    fn of(document: &'s Document<'s>, schemas: impl Iterator<Item = &'s SubSchema<'s>>) -> Self {
        let mut applied = Self::new(document);
        let mut seen = HashSet::new();
        for schema in schemas {
            applied.add(schema, &mut seen);
        }
        applied
    }

    /// The schemas for the values inside for which `is_there` holds.
    fn inside(&self, is_there: impl Fn(Within<'s>) -> bool) -> Self {
        let below = self.schemas.iter().flat_map(|schema| schema.below());
        let below = below.filter(|(within, _)| is_there(*within));
        Self::of(self.document, below.map(|(_, schema)| schema))
    }

    fn members(&self) -> Members<'s> {
        let mut members = Members {
            document: self.document,
            named: HashMap::new(),
            others: Vec::new(),
            to_names: Vec::new(),
        };
        for schema in &self.schemas {
            for property in schema.named_members() {
                let named = members.named.entry(property.name).or_default();
                named.push(&property.schema);
            }
            members.to_names.extend(&schema.member_names);
            if !schema.patterns.is_empty() || schema.additional.is_some() {
                let mut names: HashSet<&str> = schema.named_members().map(|one| one.name).collect();
                if ptr::eq(*schema, &self.document.root) {
                    // They are taken out of its `properties`.
                    names.insert("traits");
                }
                members.others.push((schema, names));
            }
        }
        members
    }
}

/// The schemas for the members of an object.
struct Members<'s> {
    document: &'s Document<'s>,
    named: HashMap<&'s str, Vec<&'s SubSchema<'s>>>,
    /// The schemas with rules for other members, each with the names that these are not about.
    others: Vec<(&'s Schema<'s>, HashSet<&'s str>)>,
    /// `propertyNames`.
    to_names: Vec<&'s SubSchema<'s>>,
}

impl<'s> Members<'s> {
    /// The schemas for the member of this name.
    fn get(&self, name: &str) -> Applied<'s> {
        let named = self.named.get(name).into_iter().flatten().copied();
        let others = self.others.iter().flat_map(|(schema, names)| {
            let patterns = schema.patterns.iter();
            let patterns = patterns.filter(|one| can_match(one.name, name));
            let additional = schema.additional.iter();
            let additional = additional.filter(|_| !names.contains(name));
            patterns
                .map(|one| &one.schema)
                .chain(additional.map(|found| &found.value))
        });
        let mut applied = Applied::of(self.document, named.chain(others));
        if !self.to_names.is_empty() {
            applied.to_name = Applied::of(self.document, self.to_names.iter().copied()).schemas;
        }
        applied
    }
}

impl<'s> Builder<'s, '_> {
    /// Finds the roles of the members of an object, at any depth. `applied` are the schemas for the object.
    pub(super) fn find_roles(&mut self, object: &mut Object<'s>, applied: &Applied<'s>) {
        let members = applied.members();
        for member in &mut object.members {
            let applied = members.get(member.name);
            member.nullable_identifier |= null_is_an_identifier(&member.value, &applied);
            member.roles = self.roles(member, &applied);
            self.find_roles_inside(&mut member.value, &applied);
        }
        if let Additional::Values(value) = &mut object.additional {
            self.find_roles_inside(value, &applied.inside(is_unnamed));
        }
    }

    fn find_roles_inside(&mut self, value: &mut Type<'s>, applied: &Applied<'s>) {
        match value {
            Type::Object(object) => self.find_roles(object, applied),
            Type::Nullable(inner) => self.find_roles_inside(inner, applied),
            Type::Array(items) => {
                self.find_roles_inside(items, &applied.inside(|within| within == Within::Items));
            }
            Type::Map(values) => self.find_roles_inside(values, &applied.inside(is_unnamed)),
            Type::Plain(_) | Type::String(_) | Type::Choice(_) | Type::FreeForm | Type::Back(_) => {
            }
        }
    }

    /// The roles of a member. If it is an object, its named members have roles of their own.
    fn roles(&mut self, member: &Member<'s>, applied: &Applied<'s>) -> Roles<'s> {
        let mut gatherer = Gatherer {
            builder: self,
            roles: Roles::default(),
            seen: HashSet::new(),
        };
        let named: Option<HashSet<&str>> = match &member.value {
            Type::Object(object) => Some(object.members.iter().map(|one| one.name).collect()),
            _ => None,
        };
        for schema in applied.schemas.iter().chain(&applied.to_name) {
            gatherer.add_own(schema, Within::Value);
        }
        for schema in &applied.schemas {
            let properties = schema.named_members();
            let unnamed = properties.filter(|one| match &named {
                Some(named) => !named.contains(one.name),
                None => true,
            });
            for property in unnamed {
                gatherer.enter(&property.schema, Within::NamedMember, Within::NamedMember);
            }
            for (within, below) in schema.below() {
                if within == Within::Items || is_unnamed(within) {
                    gatherer.enter(below, within, within);
                }
            }
        }
        gatherer.roles.tidy();
        gatherer.roles
    }
}

/// Whether a schema that the type of the value does not come from makes an identifier of null.
fn null_is_an_identifier(value: &Type<'_>, applied: &Applied<'_>) -> bool {
    let takes_null = match value {
        Type::Plain(Plain::Any) => {
            // `type` does not tell, but it may refuse null all the same.
            let mut kinds = applied.schemas.iter().filter_map(|one| one.type_kinds());
            kinds.all(|kinds| kinds.has(Kinds::NULL))
        }
        Type::Nullable(_) => true,
        _ => false,
    };
    let mut formats = applied.schemas.iter().filter_map(|one| one.format);
    takes_null
        && !formats.any(|found| refuses_null(found.value))
        && applied
            .schemas
            .iter()
            .any(|schema| makes_null_an_identifier(schema).is_some())
}

/// Gathers the roles inside a value.
struct Gatherer<'b, 's, 'p> {
    builder: &'b mut Builder<'s, 'p>,
    roles: Roles<'s>,
    /// The schemas that were gathered already, by their place.
    seen: HashSet<(*const SubSchema<'s>, Within<'s>)>,
}

impl<'s> Gatherer<'_, 's, '_> {
    /// Gathers the roles of a value inside, of which `schema` is one schema. Only the outermost array or object counts as its
    /// place.
    fn enter(&mut self, schema: &'s SubSchema<'s>, within: Within<'s>, place: Within<'s>) {
        if !self.seen.insert((ptr::from_ref(schema), place)) {
            return;
        }
        let applied = Applied::of(self.builder.document, [schema].into_iter());
        let makes_one = |schema: &&Schema<'_>| makes_null_an_identifier(schema).is_some();
        // A name is never null.
        if within != Within::Names && applied.schemas.iter().any(makes_one) {
            let merged = self.builder.merge(&[schema], &[]);
            let nullable = nullable_identifier(&merged).is_some();
            self.inside(place).nullable |= nullable;
        }
        for schema in applied.schemas {
            self.add_own(schema, place);
            for (within, below) in schema.below() {
                if within != Within::Value {
                    self.enter(below, within, place);
                }
            }
        }
    }

    fn inside(&mut self, place: Within<'s>) -> &mut Inside {
        match place {
            Within::Items => &mut self.roles.items,
            Within::Members(pattern) => self.roles.members_of(pattern),
            Within::Value | Within::NamedMember | Within::Names => self.roles.members_of(None),
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
        match place {
            Within::Value => self.roles.own.extend(roles),
            place => self.inside(place).roles.extend(roles),
        }
    }
}

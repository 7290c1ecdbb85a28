//! Merges the schemas that apply to one value: its own, and those in `$ref`, `allOf`, `anyOf` and so on.

use std::collections::HashMap;
use std::ptr;

use crate::diagnostics::Warning;
use crate::schema::{
    Document, Found, Kinds, Node, Problems, Role, Schema, Spot, SubSchema, Types, Value,
};

/// The schemas that apply to one value.
#[derive(Clone, Debug)]
pub(crate) struct MergedSchema<'s> {
    /// Those that the value has to satisfy, unless it is null.
    pub(crate) certain: Vec<&'s Schema<'s>>,
    /// Those that Kratos applies but the value need not satisfy: one of several, or under a condition.
    pub(crate) perhaps: Vec<&'s Schema<'s>>,
    /// The kinds that the value can have.
    pub(crate) kinds: Kinds,
}

impl<'s> MergedSchema<'s> {
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        let same = |a: &[&Schema<'_>], b: &[&Schema<'_>]| {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| ptr::eq(*a, *b))
        };
        same(&self.certain, &other.certain)
            && same(&self.perhaps, &other.perhaps)
            && self.kinds == other.kinds
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = &'s Schema<'s>> {
        self.certain.iter().chain(&self.perhaps).copied()
    }

    /// The roles of the value itself.
    pub(crate) fn roles(&self) -> impl Iterator<Item = (Spot, Role)> {
        let extensions = self.all().filter_map(|schema| schema.extension.as_ref());
        extensions.flat_map(|extension| extension.roles.iter().map(|role| (extension.spot, *role)))
    }
}

/// Merges schemas of one document.
pub(super) struct Composer<'s, 'p> {
    pub(super) document: &'s Document<'s>,
    pub(super) problems: &'p mut Problems,
    /// What schemas allow, once it is known: one that is referred to from many places is looked at once.
    pub(super) known: HashMap<*const Schema<'s>, Kinds>,
}

impl<'s> Composer<'s, '_> {
    /// The merged schema of a value under all of `certain` and perhaps under some of `perhaps`.
    pub(super) fn merge(
        &mut self,
        certain: &[&'s SubSchema<'s>],
        perhaps: &[&'s SubSchema<'s>],
    ) -> MergedSchema<'s> {
        let mut merged = MergedSchema {
            certain: Vec::new(),
            perhaps: Vec::new(),
            kinds: Kinds::ALL,
        };
        for schema in certain {
            merged.kinds = merged.kinds.and(self.kinds(schema, &mut Vec::new()));
            self.add(schema, true, &mut merged, &mut Vec::new());
        }
        for schema in perhaps {
            self.add(schema, false, &mut merged, &mut Vec::new());
        }
        merged
    }

    /// The merged schema of the traits.
    pub(super) fn traits(&mut self) -> MergedSchema<'s> {
        let mut merged = MergedSchema {
            certain: Vec::new(),
            perhaps: Vec::new(),
            kinds: self.kinds_of(&self.document.traits, &mut Vec::new()),
        };
        self.add_schema(&self.document.traits, true, &mut merged, &mut Vec::new());
        merged
    }

    fn add(
        &mut self,
        schema: &'s SubSchema<'s>,
        is_certain: bool,
        merged: &mut MergedSchema<'s>,
        way: &mut Vec<&'s Schema<'s>>,
    ) {
        if let SubSchema::Schema(schema) = schema {
            self.add_schema(schema, is_certain, merged, way);
        }
    }

    fn add_schema(
        &mut self,
        schema: &'s Schema<'s>,
        is_certain: bool,
        merged: &mut MergedSchema<'s>,
        way: &mut Vec<&'s Schema<'s>>,
    ) {
        if way.iter().any(|one| ptr::eq(*one, schema)) {
            let spot = way
                .iter()
                .rev()
                .find_map(|one| one.reference.map(|found| found.spot));
            self.problems.report(
                spot.unwrap_or(schema.spot),
                "this `$ref` leads back to itself without a member or an item between, and Kratos fails at the first identity; write the schema that is meant",
            );
            return;
        }
        way.push(schema);
        if schema.reference.is_some() {
            if let Some(target) = self.document.target(schema) {
                self.add(target, is_certain, merged, way);
            }
        } else {
            self.add_composed(schema, is_certain, merged, way);
        }
        way.pop();
    }

    fn add_composed(
        &mut self,
        schema: &'s Schema<'s>,
        is_certain: bool,
        merged: &mut MergedSchema<'s>,
        way: &mut Vec<&'s Schema<'s>>,
    ) {
        let list = if is_certain {
            &mut merged.certain
        } else {
            &mut merged.perhaps
        };
        if list.iter().any(|one| ptr::eq(*one, schema)) {
            return;
        }
        list.push(schema);
        for one in &schema.all_of {
            self.add(one, is_certain, merged, way);
        }
        for branches in &schema.alternatives {
            let only = self.only(branches);
            for branch in branches {
                let is_only = only.is_some_and(|only| ptr::eq(only, branch));
                self.add(branch, is_certain && is_only, merged, way);
            }
        }
        for one in schema.perhaps.iter().chain(&schema.conditions) {
            self.add(one, false, merged, way);
        }
    }

    /// The branch that every value but null obeys.
    fn only(&mut self, branches: &'s [SubSchema<'s>]) -> Option<&'s SubSchema<'s>> {
        let mut real = branches
            .iter()
            .filter(|branch| !self.kinds(branch, &mut Vec::new()).is_within(Kinds::NULL));
        match (real.next(), real.next()) {
            (only, None) => only,
            _ => None,
        }
    }

    fn kinds(&mut self, schema: &'s SubSchema<'s>, way: &mut Vec<&'s Schema<'s>>) -> Kinds {
        match schema {
            SubSchema::Schema(schema) => self.kinds_of(schema, way),
            SubSchema::Bool(Found { value: true, .. }) => Kinds::ALL,
            SubSchema::Bool(_) => Kinds::NONE,
        }
    }

    fn kinds_of(&mut self, schema: &'s Schema<'s>, way: &mut Vec<&'s Schema<'s>>) -> Kinds {
        if way.iter().any(|one| ptr::eq(*one, schema)) {
            return Kinds::ALL;
        }
        if let Some(kinds) = self.known.get(&ptr::from_ref(schema)) {
            return *kinds;
        }
        way.push(schema);
        let mut kinds = own_kinds(schema);
        if let Some(target) = self.document.target(schema) {
            kinds = kinds.and(self.kinds(target, way));
        }
        for one in &schema.all_of {
            kinds = kinds.and(self.kinds(one, way));
        }
        for branches in &schema.alternatives {
            let mut any = Kinds::NONE;
            for branch in branches {
                any = any.or(self.kinds(branch, way));
            }
            kinds = kinds.and(any);
        }
        way.pop();
        self.known.insert(schema, kinds);
        kinds
    }

    /// Every role in the schema, at any depth.
    pub(super) fn roles_in(&self, schema: &'s SubSchema<'s>) -> Vec<Role> {
        let mut roles = Vec::new();
        if let SubSchema::Schema(schema) = schema {
            self.gather(schema, &mut roles, &mut Vec::new());
        }
        roles
    }

    fn gather(
        &self,
        schema: &'s Schema<'s>,
        roles: &mut Vec<Role>,
        seen: &mut Vec<*const Schema<'s>>,
    ) {
        // Only what a `$ref` leads to can come again.
        if schema.reference.is_some() {
            if seen.contains(&ptr::from_ref(schema)) {
                return;
            }
            seen.push(schema);
        }
        roles.extend(
            schema
                .extension
                .iter()
                .flat_map(|extension| &extension.roles),
        );
        if let Some(SubSchema::Schema(target)) = self.document.target(schema) {
            self.gather(target, roles, seen);
        }
        for below in schema.below() {
            if let SubSchema::Schema(below) = below {
                self.gather(below, roles, seen);
            }
        }
    }

    /// A rule that no value obeys.
    pub(super) fn unsatisfiable(&mut self, spot: Spot, what: &str) {
        self.problems.warn(spot, Warning::UnsatisfiableSchema, what);
    }
}

fn own_kinds(schema: &Schema<'_>) -> Kinds {
    let mut kinds = match schema.types.map(|found| found.value) {
        Some(Types::One(kinds) | Types::Several(kinds)) => kinds,
        Some(Types::Unknown) | None => Kinds::ALL,
    };
    let is_free = kinds == Kinds::ALL;
    for values in written(schema) {
        let mut any = Kinds::NONE;
        let mut all_whole = true;
        for value in values {
            any = any.or(Kinds::of_value(value));
            if let Value::Number(text) = &value.value {
                all_whole &= !text.contains(['.', 'e', 'E']);
            }
        }
        // Nobody writes `1.0` for the `1` of a schema that says no type.
        if is_free && all_whole {
            any = any.without(Kinds::FRACTION);
        }
        kinds = kinds.and(any);
    }
    kinds
}

/// The values of `enum` and of `const`.
pub(super) fn written<'s>(schema: &Schema<'s>) -> impl Iterator<Item = &'s [Node<'s>]> + use<'s> {
    let choices = schema.choices.map(|found| found.value);
    let constant = schema.constant.map(std::slice::from_ref);
    choices.into_iter().chain(constant)
}

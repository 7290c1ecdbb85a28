//! Merges the schemas that apply to one value: its own, and those in `$ref`, `allOf`, `anyOf` and so on.

use std::collections::HashMap;
use std::ptr;

use super::build::Builder;
use crate::schema::{Found, Keyword, Kinds, Node, Role, Schema, Spot, SubSchema, Value};

/// The schemas that apply to one value.
#[derive(Clone, Debug)]
pub(super) struct MergedSchema<'s> {
    /// Those that the value has to satisfy, unless it is null.
    pub(super) certain: Vec<&'s Schema<'s>>,
    /// Those that Kratos applies but the value need not satisfy: one of several, or under a condition.
    pub(super) possible: Vec<&'s Schema<'s>>,
    /// The kinds that the value can have.
    pub(super) kinds: Kinds,
}

impl<'s> MergedSchema<'s> {
    fn empty(kinds: Kinds) -> Self {
        Self {
            certain: Vec::new(),
            possible: Vec::new(),
            kinds,
        }
    }

    pub(super) fn is_same(&self, other: &Self) -> bool {
        let same = |a: &[&Schema<'_>], b: &[&Schema<'_>]| {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| ptr::eq(*a, *b))
        };
        same(&self.certain, &other.certain)
            && same(&self.possible, &other.possible)
            && self.kinds == other.kinds
    }

    /// Adds a schema, and returns whether it is new.
    fn insert(&mut self, schema: &'s Schema<'s>, is_certain: bool) -> bool {
        let schemas = if is_certain {
            &mut self.certain
        } else {
            &mut self.possible
        };
        let is_new = !contains(schemas, schema);
        if is_new {
            schemas.push(schema);
        }
        is_new
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &'s Schema<'s>> {
        self.certain.iter().chain(&self.possible).copied()
    }

    /// The roles of the value itself.
    pub(super) fn roles(&self) -> impl Iterator<Item = (Spot, Role)> {
        let extensions = self.all().filter_map(|schema| schema.extension.as_ref());
        extensions.flat_map(|extension| extension.roles.iter().map(|role| (extension.spot, *role)))
    }

    /// The numbers that this keyword has in the schemas that are certain.
    fn counts(&self, keyword: Keyword) -> impl Iterator<Item = u64> {
        let rules = self.certain.iter().flat_map(|schema| &schema.rules);
        let numbers = rules.filter_map(move |rule| rule.number(keyword));
        numbers.map(|text| text.parse().unwrap_or(u64::MAX))
    }

    /// The lower limit that a keyword such as `minItems` sets.
    pub(super) fn at_least(&self, keyword: Keyword) -> Option<u64> {
        self.counts(keyword).max()
    }

    /// The upper limit that a keyword such as `maxItems` sets.
    pub(super) fn at_most(&self, keyword: Keyword) -> Option<u64> {
        self.counts(keyword).min()
    }

    /// Whether the schemas that are certain require a member of this name.
    pub(super) fn requires(&self, name: &str) -> bool {
        let mut names = self
            .certain
            .iter()
            .flat_map(|schema| schema.required_names());
        names.any(|required| required.value == name)
    }

    /// The values in each `enum` and `const`.
    pub(super) fn value_lists(&self) -> impl Iterator<Item = &'s [Node<'s>]> {
        self.certain.iter().flat_map(|schema| value_lists(schema))
    }
}

impl<'s> Builder<'s, '_> {
    /// The merged schema of the traits.
    pub(super) fn merge_traits(&mut self) -> MergedSchema<'s> {
        let traits = &*self.document.traits;
        let mut merged = MergedSchema::empty(self.kinds_of(traits));
        self.add_schema(traits, true, &mut merged);
        merged
    }

    /// The merged schema of a value that satisfies all of `certain`, and perhaps some of `possible`.
    pub(super) fn merge(
        &mut self,
        certain: &[&'s SubSchema<'s>],
        possible: &[&'s SubSchema<'s>],
    ) -> MergedSchema<'s> {
        let mut merged = MergedSchema::empty(Kinds::ALL);
        for schema in certain {
            merged.kinds = merged.kinds.and(self.kinds(schema));
            self.add(schema, true, &mut merged);
        }
        for schema in possible {
            self.add(schema, false, &mut merged);
        }
        merged
    }

    fn add(&mut self, schema: &'s SubSchema<'s>, is_certain: bool, merged: &mut MergedSchema<'s>) {
        if let SubSchema::Schema(schema) = schema {
            self.add_schema(schema, is_certain, merged);
        }
    }

    fn add_schema(
        &mut self,
        schema: &'s Schema<'s>,
        is_certain: bool,
        merged: &mut MergedSchema<'s>,
    ) {
        if contains(&self.merging, schema) {
            let mut references = self.merging.iter().rev().filter_map(|one| one.reference);
            let spot = references.next().map_or(schema.spot, |found| found.spot);
            self.problems.report(
                spot,
                "this `$ref` leads back to itself without a member or an item in between, so Kratos fails at the first identity; write the intended schema instead",
            );
            return;
        }
        self.merging.push(schema);
        if let Some(target) = self.document.target(schema) {
            self.add(target, is_certain, merged);
        } else if schema.reference.is_none() && merged.insert(schema, is_certain) {
            for one in &schema.all_of {
                self.add(one, is_certain, merged);
            }
            for branches in &schema.alternatives {
                let only = self.only_branch(branches);
                for branch in branches {
                    let is_only = only.is_some_and(|only| ptr::eq(only, branch));
                    self.add(branch, is_certain && is_only, merged);
                }
            }
            for one in schema.perhaps.iter().chain(&schema.conditions) {
                self.add(one, false, merged);
            }
        }
        self.merging.pop();
    }

    /// The branch that every value except null satisfies.
    fn only_branch(&mut self, branches: &'s [SubSchema<'s>]) -> Option<&'s SubSchema<'s>> {
        let mut branches = branches
            .iter()
            .filter(|branch| !self.kinds(branch).is_within(Kinds::NULL));
        match (branches.next(), branches.next()) {
            (only, None) => only,
            _ => None,
        }
    }

    fn kinds(&mut self, schema: &'s SubSchema<'s>) -> Kinds {
        match schema {
            SubSchema::Schema(schema) => self.kinds_of(schema),
            SubSchema::Bool(Found { value: true, .. }) => Kinds::ALL,
            SubSchema::Bool(_) => Kinds::NONE,
        }
    }

    fn kinds_of(&mut self, schema: &'s Schema<'s>) -> Kinds {
        if let Some(kinds) = self.kinds.get(&ptr::from_ref(schema)) {
            return *kinds;
        }
        // Inside a schema that leads back to itself, it does not limit the kinds.
        self.kinds.insert(schema, Kinds::ALL);
        let mut kinds = own_kinds(schema);
        if let Some(target) = self.document.target(schema) {
            kinds = kinds.and(self.kinds(target));
        }
        for one in &schema.all_of {
            kinds = kinds.and(self.kinds(one));
        }
        for branches in &schema.alternatives {
            let branches = branches.iter();
            kinds = kinds.and(branches.fold(Kinds::NONE, |any, one| any.or(self.kinds(one))));
        }
        self.kinds.insert(schema, kinds);
        kinds
    }
}

fn contains(schemas: &[&Schema<'_>], schema: &Schema<'_>) -> bool {
    schemas.iter().any(|one| ptr::eq(*one, schema))
}

/// The kinds that each schema allows, as far as they are known: one that many places refer to is read once.
pub(super) type KnownKinds<'s> = HashMap<*const Schema<'s>, Kinds>;

fn own_kinds(schema: &Schema<'_>) -> Kinds {
    let mut kinds = schema.type_kinds().unwrap_or(Kinds::ALL);
    let is_untyped = kinds == Kinds::ALL;
    for values in value_lists(schema) {
        let values_kinds = values.iter().map(Kinds::of_value);
        let mut any = values_kinds.fold(Kinds::NONE, Kinds::or);
        let is_whole = |value: &Node<'_>| !matches!(value.value, Value::Number(text) if text.contains(['.', 'e', 'E']));
        // Nobody writes `1.0` for the `1` of a schema without a type.
        if is_untyped && values.iter().all(is_whole) {
            any = any.without(Kinds::FRACTION);
        }
        kinds = kinds.and(any);
    }
    kinds
}

/// The values of `enum` and of `const`.
pub(super) fn value_lists<'s>(
    schema: &Schema<'s>,
) -> impl Iterator<Item = &'s [Node<'s>]> + use<'s> {
    let choices = schema.choices.map(|found| found.value);
    let constant = schema.constant.map(std::slice::from_ref);
    choices.into_iter().chain(constant)
}

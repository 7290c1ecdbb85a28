//! Values that Kratos fills in: its settings and registration flows write `{}` for some absent members, and then refuse it.

use super::merge::{MergedSchema, value_lists};
use super::{FilledIn, Member, Type};
use crate::schema::{Dependent, Document, Keyword, Kinds, Node, Schema, SubSchema, Value};

/// Why Kratos refuses the `{}` that it writes for the absent member, if it does both.
pub(super) fn refusal<'s>(
    document: &Document<'s>,
    merged: &MergedSchema<'s>,
    value: &Type<'s>,
) -> Option<FilledIn> {
    let mut certain = merged.certain.iter();
    match value {
        Type::Array(_) => certain
            .any(|schema| is_array_filled_in(document, schema))
            .then_some(FilledIn::Array),
        Type::Object(_) | Type::Map(_) | Type::FreeForm => {
            let members: &[Member<'_>] = match value {
                Type::Object(object) => &object.members,
                _ => &[],
            };
            // Kratos fills in only what has the type.
            let is_object = |schema: &&Schema<'_>| {
                schema.type_kinds() == Some(Kinds::OBJECT) || schema.constant.is_some()
            };
            let is_filled_in = merged.certain.iter().any(is_object);
            let refuses = certain.any(|schema| refuses_empty(schema, members));
            (is_filled_in && refuses).then_some(FilledIn::Object)
        }
        _ => None,
    }
}

/// Marks objects that are filled in, and then make `dependencies` require others.
pub(super) fn check_dependencies<'s>(merged: &MergedSchema<'s>, members: &mut [Member<'s>]) {
    for Dependent { name, wanted } in merged.certain.iter().flat_map(|schema| &schema.dependents) {
        let is_present = |name: &str| {
            let member = find(members, name);
            member.is_some_and(|member| member.required || is_validly_filled_in(member))
        };
        let is_complete = wanted.iter().all(|found| is_present(found.value));
        let member = members.iter_mut().find(|member| member.name == *name);
        if let Some(member) = member.filter(|member| !is_complete && is_validly_filled_in(member)) {
            member.filled_in = Some(FilledIn::Dependency);
        }
    }
}

fn find<'m, 's>(members: &'m [Member<'s>], name: &str) -> Option<&'m Member<'s>> {
    members.iter().find(|member| member.name == name)
}

/// Kratos writes `{}` for the member, which its own rules allow.
fn is_validly_filled_in(member: &Member<'_>) -> bool {
    let is_object = matches!(
        member.value,
        Type::Object(_) | Type::Map(_) | Type::FreeForm
    );
    is_object && member.filled_in.is_none()
}

/// Kratos takes an array for an object if the types of its items are together one type that is not a simple one.
fn is_array_filled_in(document: &Document<'_>, schema: &Schema<'_>) -> bool {
    if schema.type_kinds() != Some(Kinds::ARRAY) || schema.constant.is_some() {
        return false;
    }
    let items: Vec<&SubSchema<'_>> = match schema.tuple {
        Some(length) => schema.some_items.iter().take(length).collect(),
        None => schema.items.iter().map(|found| &found.value).collect(),
    };
    let mut all = Kinds::NONE;
    for item in items {
        let SubSchema::Schema(item) = item else {
            continue;
        };
        all = all.or(item.type_kinds().unwrap_or(Kinds::NONE));
        if let Some(SubSchema::Schema(target)) = document.target(item) {
            all = all.or(target.type_kinds().unwrap_or(Kinds::NONE));
        }
    }
    [Kinds::OBJECT, Kinds::ARRAY, Kinds::NULL].contains(&all)
}

/// Whether the schema refuses `{}` with those of its `members` that Kratos fills in.
fn refuses_empty(schema: &Schema<'_>, members: &[Member<'_>]) -> bool {
    let is_missing = |name: &str| !find(members, name).is_some_and(is_validly_filled_in);
    let requires = |schema: &Schema<'_>| schema.required_names().any(|name| is_missing(name.value));
    let mut least = schema
        .rules
        .iter()
        .filter_map(|rule| rule.number(Keyword::MinProperties));
    let is_too_small = least.any(|least| least != "0") && !members.iter().any(is_validly_filled_in);
    let is_empty =
        |node: &Node<'_>| matches!(&node.value, Value::Object(members) if members.is_empty());
    let is_not_listed = value_lists(schema).any(|values| !values.iter().any(is_empty));
    let is_refused = |branch: &SubSchema<'_>| match branch {
        SubSchema::Schema(branch) => requires(branch),
        SubSchema::Bool(found) => !found.value,
    };
    let mut alternatives = schema.alternatives.iter();
    requires(schema)
        || is_too_small
        || is_not_listed
        || alternatives.any(|group| group.iter().all(is_refused))
}

//! The `{}` trap: Kratos's settings and registration flows write `{}` for some absent members, and then refuse it.

use super::merged::{MergedSchema, written};
use super::{Member, Trap, Type};
use crate::schema::{Dependent, Document, Keyword, Kinds, Schema, SubSchema, Types, Value};

/// Whether Kratos writes `{}` where the member is absent, and refuses it.
pub(super) fn of<'s>(
    document: &Document<'s>,
    merged: &MergedSchema<'s>,
    value: &Type<'s>,
) -> Option<Trap> {
    let mut certain = merged.certain.iter();
    match value {
        Type::Array(_) => certain
            .any(|schema| fills_array(document, schema))
            .then_some(Trap::Array),
        Type::Object(_) | Type::Map(_) | Type::FreeForm => {
            let members: &[Member<'_>] = match value {
                Type::Object(object) => &object.members,
                _ => &[],
            };
            // Without the type it is not filled in.
            let is_filled = merged
                .certain
                .iter()
                .any(|schema| types(schema) == Some(Kinds::OBJECT) || schema.constant.is_some());
            let refuses = certain.any(|schema| refuses_empty(schema, members));
            (is_filled && refuses).then_some(Trap::Object)
        }
        _ => None,
    }
}

/// Marks objects that are filled in and then make `dependencies` ask for others.
pub(super) fn dependents<'s>(merged: &MergedSchema<'s>, members: &mut [Member<'s>]) {
    for Dependent { name, wanted } in merged.certain.iter().flat_map(|schema| &schema.dependents) {
        let is_there = |name: &str| {
            let member = members.iter().find(|member| member.name == name);
            member.is_some_and(|member| member.required || is_filled(member))
        };
        let all_there = wanted.iter().all(|found| is_there(found.value));
        let member = members.iter_mut().find(|member| member.name == *name);
        if let Some(member) = member.filter(|member| !all_there && is_filled(member)) {
            member.trap = Some(Trap::Dependency);
        }
    }
}

/// Kratos writes `{}` for it, which is fine by its own rules.
fn is_filled(member: &Member<'_>) -> bool {
    let is_object = matches!(
        member.value,
        Type::Object(_) | Type::Map(_) | Type::FreeForm
    );
    is_object && member.trap.is_none()
}

/// Kratos takes an array for an object when its items, or the list of them, have one type that is no simple one.
fn fills_array(document: &Document<'_>, schema: &Schema<'_>) -> bool {
    if types(schema) != Some(Kinds::ARRAY) || schema.constant.is_some() {
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
        let target = match document.target(item) {
            Some(SubSchema::Schema(target)) => Some(&**target),
            _ => None,
        };
        for kinds in [Some(&**item), target]
            .into_iter()
            .flatten()
            .filter_map(types)
        {
            all = all.or(kinds);
        }
    }
    [Kinds::OBJECT, Kinds::ARRAY, Kinds::NULL].contains(&all)
}

fn types(schema: &Schema<'_>) -> Option<Kinds> {
    match schema.types?.value {
        Types::One(kinds) | Types::Several(kinds) => Some(kinds),
        Types::Unknown => None,
    }
}

/// `members` are those of the object: an object in it that is required is filled in too.
fn refuses_empty(schema: &Schema<'_>, members: &[Member<'_>]) -> bool {
    let is_missing = |name: &str| {
        let member = members.iter().find(|member| member.name == name);
        !member.is_some_and(is_filled)
    };
    let requires = |schema: &Schema<'_>| {
        let mut names = schema.required.iter().flat_map(|found| &found.value);
        names.any(|name| is_missing(name.value))
    };
    let counts = schema.rules.iter().any(|rule| {
        let at_least = matches!(rule.value.value, Value::Number(text) if text != "0");
        rule.keyword == Keyword::MinProperties && at_least && !members.iter().any(is_filled)
    });
    let is_empty = |value: &Value<'_>| matches!(value, Value::Object(of) if of.is_empty());
    let is_written =
        |values: &[crate::schema::Node<'_>]| values.iter().any(|one| is_empty(&one.value));
    let values = written(schema).any(|values| !is_written(values));
    let branches = schema.alternatives.iter().any(|group| {
        group.iter().all(|branch| match branch {
            SubSchema::Schema(branch) => requires(branch),
            SubSchema::Bool(found) => !found.value,
        })
    });
    requires(schema) || counts || values || branches
}

//! Finds rules that no value satisfies together. Only what is certain is found: without the rules of branches and conditions, and
//! without what depends on the last digits of a number.

use std::collections::HashSet;

use super::limits::{Limit, limits};
use super::merge::MergedSchema;
use crate::schema::{
    Channel, Keyword, Kinds, Node, Number, Role, Schema, SubSchema, Value, is_enforced,
};

/// Kratos compares 64 binary digits: it distinguishes numbers with this many decimal digits.
const DIGITS: usize = 17;

/// Why no value satisfies the rules, if that is certain.
pub(super) fn find(merged: &MergedSchema<'_>) -> Option<String> {
    // Null satisfies all rules about other kinds.
    if merged.kinds.has(Kinds::NULL) || merged.kinds == Kinds::NONE {
        return None;
    }
    if merged.certain.iter().any(|schema| lacks_format(schema)) {
        return Some(String::from(
            "`verification` by SMS has no `format` (write \"tel\")",
        ));
    }
    let limits = short_limits(merged);
    let mut schemas = merged.certain.iter();
    let not_string = schemas.find_map(|schema| why_only_strings(schema));
    let length = no_count(merged, Keyword::MinLength, Keyword::MaxLength);
    let items = no_count(merged, Keyword::MinItems, Keyword::MaxItems);
    let members = no_count(merged, Keyword::MinProperties, Keyword::MaxProperties);
    let number = no_number(&limits);
    let whole_number = number.clone().or_else(|| no_whole_number(&limits));
    let mut kinds = merged.kinds;
    let mut reasons = Vec::new();
    for (excluded, reason) in [
        (Kinds::ALL.without(Kinds::STRING), not_string),
        (Kinds::STRING, length),
        (Kinds::ARRAY, items.or_else(|| too_few_items(merged))),
        (Kinds::OBJECT, members.or_else(|| too_many_required(merged))),
        (Kinds::FRACTION, number),
        (Kinds::INTEGER, whole_number),
    ] {
        if kinds.and(excluded) != Kinds::NONE
            && let Some(reason) = reason
        {
            kinds = kinds.without(excluded);
            reasons.push(reason);
        }
    }
    if kinds == Kinds::NONE {
        reasons.dedup();
        return Some(reasons.join(", "));
    }
    no_listed_value(merged, &limits)
}

/// Kratos requires a format beside verification by SMS, and refuses every value without one.
fn lacks_format(schema: &Schema<'_>) -> bool {
    schema.format.is_none() && has_role(schema, Role::Verification(Channel::Sms))
}

/// Why only strings are valid: unlike in JSON Schema, a format refuses all other values.
fn why_only_strings(schema: &Schema<'_>) -> Option<String> {
    match schema.format.map(|found| found.value) {
        Some(format) if is_enforced(format) && format != "no-validate" => {
            Some(format!("the format {format:?} accepts only strings"))
        }
        None if has_role(schema, Role::Verification(Channel::Email)) => {
            Some("`verification` by e-mail accepts only strings".into())
        }
        _ if has_role(schema, Role::Recovery(Channel::Email)) => {
            Some("`recovery` by e-mail accepts only strings".into())
        }
        _ => None,
    }
}

fn has_role(schema: &Schema<'_>, role: Role) -> bool {
    let mut extension = schema.extension.iter();
    extension.any(|extension| extension.roles.contains(&role))
}

/// The lower limit is above the upper one.
fn no_count(merged: &MergedSchema<'_>, least: Keyword, most: Keyword) -> Option<String> {
    let (at_least, at_most) = (merged.at_least(least)?, merged.at_most(most)?);
    (at_least > at_most).then(|| format!("`{least}` is {at_least} and `{most}` {at_most}"))
}

/// A closed list in `items`, or `items` that refuses all, is shorter than `minItems`.
fn too_few_items(merged: &MergedSchema<'_>) -> Option<String> {
    let least = merged.at_least(Keyword::MinItems)?;
    let closed = merged.certain.iter().filter_map(|schema| {
        let mut items = schema.items.iter().map(|found| &found.value);
        if items.any(SubSchema::is_false) {
            return Some((0, "`items` allows none"));
        }
        let length = u64::try_from(schema.closed_tuple?).ok()?;
        Some((length, "the list in `items` is shorter and closed"))
    });
    let (most, reason) = closed.min()?;
    (least > most).then(|| format!("`minItems` is {least}, but {reason}"))
}

fn too_many_required(merged: &MergedSchema<'_>) -> Option<String> {
    let most = merged.at_most(Keyword::MaxProperties)?;
    let names = merged
        .certain
        .iter()
        .flat_map(|schema| schema.required_names());
    let names: HashSet<&str> = names.map(|name| name.value).collect();
    let count = names.len();
    (u64::try_from(count).ok()? > most)
        .then(|| format!("`required` has {count} names and `maxProperties` is {most}"))
}

fn short_limits<'s>(merged: &MergedSchema<'s>) -> Vec<Limit<'s>> {
    let limits = limits(merged).into_iter();
    limits
        .filter(|limit| limit.number.digits() <= DIGITS)
        .collect()
}

fn no_number(limits: &[Limit<'_>]) -> Option<String> {
    let (lower, upper): (Vec<_>, Vec<_>) = limits.iter().partition(|limit| limit.is_lower());
    lower.iter().find_map(|least| {
        let most = upper
            .iter()
            .find(|most| !most.allows(&least.number) || !least.allows(&most.number))?;
        Some(format!(
            "`{}` is {} and `{}` {}",
            least.keyword, least.text, most.keyword, most.text
        ))
    })
}

fn no_whole_number(limits: &[Limit<'_>]) -> Option<String> {
    let (lower, upper): (Vec<_>, Vec<_>) = limits.iter().partition(|limit| limit.is_lower());
    let least = lower.into_iter().map(Limit::whole).max()?;
    let most = upper.into_iter().map(Limit::whole).min()?;
    (least > most).then(|| String::from("there is no whole number between the limits"))
}

/// No value that `enum` or `const` lists satisfies the other rules.
fn no_listed_value(merged: &MergedSchema<'_>, limits: &[Limit<'_>]) -> Option<String> {
    let mut lists = merged.value_lists();
    let first = lists.next()?;
    let lists: Vec<_> = lists.collect();
    let may_be_valid = |value: &Node<'_>| {
        Kinds::of_value(value).and(merged.kinds) != Kinds::NONE
            && lists
                .iter()
                .all(|list| list.iter().any(|other| may_equal(value, other)))
            && may_be_within(value, merged, limits)
    };
    (!first.iter().any(may_be_valid))
        .then(|| String::from("no value in `enum` or `const` satisfies the other rules"))
}

/// Whether the values may be equal; arrays and objects are not compared.
fn may_equal(one: &Node<'_>, other: &Node<'_>) -> bool {
    match (&one.value, &other.value) {
        (Value::Number(one), Value::Number(other)) => {
            let (one, other) = (Number::read(one), Number::read(other));
            one == other || one.digits() > DIGITS || other.digits() > DIGITS
        }
        (Value::Array(_), Value::Array(_)) | (Value::Object(_), Value::Object(_)) => true,
        (one, other) => one == other,
    }
}

/// Whether the value may satisfy lengths and limits.
fn may_be_within(value: &Node<'_>, merged: &MergedSchema<'_>, limits: &[Limit<'_>]) -> bool {
    match &value.value {
        Value::String(text) => {
            let length = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
            let (least, most) = (Keyword::MinLength, Keyword::MaxLength);
            merged.at_least(least).is_none_or(|least| least <= length)
                && merged.at_most(most).is_none_or(|most| length <= most)
        }
        Value::Number(text) => {
            let number = Number::read(text);
            number.digits() > DIGITS || limits.iter().all(|limit| limit.allows(&number))
        }
        _ => true,
    }
}

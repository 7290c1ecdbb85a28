//! Rules that no value obeys together. Only what is certain is found: the rules of branches and conditions are left aside, and so is
//! whatever turns on the last digits of a number.

use super::merged::{MergedSchema, written};
use super::range::Range;
use crate::schema::{
    Channel, Keyword, Kinds, Node, Number, Role, Schema, SubSchema, Value, is_enforced,
};

/// Kratos compares 64 binary digits; numbers with no more decimal ones than these are as different to it as they look.
const DIGITS: usize = 17;

/// Why no value obeys the rules, if that is certain.
pub(super) fn find(merged: &MergedSchema<'_>) -> Option<String> {
    // Null obeys whatever is said of other kinds.
    if merged.kinds.has(Kinds::NULL) || merged.kinds == Kinds::NONE {
        return None;
    }
    if merged.certain.iter().any(|schema| lacks_format(schema)) {
        return Some(String::from(
            "`verification` by SMS has no `format` beside it (write \"tel\")",
        ));
    }
    let mut kinds = merged.kinds;
    let mut reasons = Vec::new();
    if let Some(reason) = merged
        .certain
        .iter()
        .find_map(|schema| only_strings(schema))
    {
        let others = kinds.without(Kinds::STRING);
        if others != Kinds::NONE {
            kinds = kinds.without(others);
            reasons.push(reason);
        }
    }
    for (kind, reason) in [
        (
            Kinds::STRING,
            counts(merged, Keyword::MinLength, Keyword::MaxLength, None),
        ),
        (
            Kinds::ARRAY,
            counts(
                merged,
                Keyword::MinItems,
                Keyword::MaxItems,
                longest(merged),
            ),
        ),
        (
            Kinds::OBJECT,
            counts(merged, Keyword::MinProperties, Keyword::MaxProperties, None)
                .or_else(|| required(merged)),
        ),
        (Kinds::FRACTION, bounds(merged)),
        (
            Kinds::INTEGER,
            bounds(merged).or_else(|| whole_numbers(merged)),
        ),
    ] {
        if kinds.and(kind) != Kinds::NONE
            && let Some(reason) = reason
        {
            kinds = kinds.without(kind);
            reasons.push(reason);
        }
    }
    if kinds == Kinds::NONE {
        reasons.dedup();
        return Some(reasons.join(", "));
    }
    values(merged)
}

/// Kratos wants to be told what an address for SMS looks like, and refuses every value if it is not.
fn lacks_format(schema: &Schema<'_>) -> bool {
    schema.format.is_none() && roles(schema).contains(&Role::Verification(Channel::Sms))
}

/// Why no value but a string is valid: unlike in JSON Schema, a format refuses all others.
fn only_strings(schema: &Schema<'_>) -> Option<String> {
    match schema.format.map(|found| found.value) {
        Some(format) if is_enforced(format) && format != "no-validate" => {
            return Some(format!("the format {format:?} takes only strings"));
        }
        None if roles(schema).contains(&Role::Verification(Channel::Email)) => {
            return Some(String::from("`verification` by e-mail takes only strings"));
        }
        _ => {}
    }
    let is_recovery = roles(schema).contains(&Role::Recovery(Channel::Email));
    is_recovery.then(|| String::from("`recovery` by e-mail takes only strings"))
}

fn roles<'s>(schema: &'s Schema<'_>) -> &'s [Role] {
    let extension = schema.extension.as_ref();
    extension.map_or(&[], |extension| &extension.roles)
}

/// The largest value of `keyword`; with `smallest`, the smallest.
pub(super) fn count(merged: &MergedSchema<'_>, keyword: Keyword, smallest: bool) -> Option<u64> {
    let rules = merged.certain.iter().flat_map(|schema| &schema.rules);
    let counts = rules.filter_map(|rule| match rule.value.value {
        Value::Number(text) if rule.keyword == keyword => Some(text.parse().unwrap_or(u64::MAX)),
        _ => None,
    });
    if smallest { counts.min() } else { counts.max() }
}

fn counts(
    merged: &MergedSchema<'_>,
    least: Keyword,
    most: Keyword,
    tuple: Option<(u64, &str)>,
) -> Option<String> {
    let at_least = count(merged, least, false)?;
    match (count(merged, most, true), tuple) {
        (Some(at_most), _) if at_least > at_most => {
            Some(format!("`{least}` is {at_least} and `{most}` {at_most}"))
        }
        (_, Some((at_most, why))) if at_least > at_most => {
            Some(format!("`{least}` is {at_least} and {why}"))
        }
        _ => None,
    }
}

/// How many items lists in `items`, and `items` that refuse all, leave room for.
fn longest(merged: &MergedSchema<'_>) -> Option<(u64, &'static str)> {
    let is_false =
        |schema: &SubSchema<'_>| matches!(schema, SubSchema::Bool(found) if !found.value);
    let closed = merged.certain.iter().filter_map(|schema| {
        if schema
            .items
            .as_ref()
            .is_some_and(|found| is_false(&found.value))
        {
            return Some((0, "`items` takes none"));
        }
        let length = schema.closed_tuple?;
        let length = u64::try_from(length).ok()?;
        Some((length, "the list in `items` is shorter and closed"))
    });
    closed.min()
}

/// More members are required than there may be.
fn required(merged: &MergedSchema<'_>) -> Option<String> {
    let most = count(merged, Keyword::MaxProperties, true)?;
    let names = merged.certain.iter().flat_map(|schema| &schema.required);
    let mut names: Vec<&str> = names
        .flat_map(|found| found.value.iter().map(|name| name.value))
        .collect();
    names.sort_unstable();
    names.dedup();
    let count = names.len();
    (u64::try_from(count).ok()? > most)
        .then(|| format!("`required` has {count} names and `maxProperties` is {most}"))
}

/// A bound of numbers as it is written, and whether it is one that no number may be.
struct Bound<'s> {
    keyword: Keyword,
    text: &'s str,
    number: Number,
    is_exclusive: bool,
}

impl Bound<'_> {
    fn is_short(&self) -> bool {
        self.number.digits() <= DIGITS
    }
}

fn bounds_of<'s>(merged: &MergedSchema<'s>, keywords: [Keyword; 2]) -> Vec<Bound<'s>> {
    let rules = merged.certain.iter().flat_map(|schema| &schema.rules);
    let bounds = rules.filter_map(|rule| match rule.value.value {
        Value::Number(text) if keywords.contains(&rule.keyword) => Some(Bound {
            keyword: rule.keyword,
            text,
            number: Number::read(text),
            is_exclusive: matches!(
                rule.keyword,
                Keyword::ExclusiveMinimum | Keyword::ExclusiveMaximum
            ),
        }),
        _ => None,
    });
    bounds.filter(Bound::is_short).collect()
}

fn lower<'s>(merged: &MergedSchema<'s>) -> Vec<Bound<'s>> {
    bounds_of(merged, [Keyword::Minimum, Keyword::ExclusiveMinimum])
}

fn upper<'s>(merged: &MergedSchema<'s>) -> Vec<Bound<'s>> {
    bounds_of(merged, [Keyword::Maximum, Keyword::ExclusiveMaximum])
}

/// A lower bound above an upper one.
fn bounds(merged: &MergedSchema<'_>) -> Option<String> {
    let upper = upper(merged);
    lower(merged).iter().find_map(|least| {
        let most = upper.iter().find(|most| {
            least.number > most.number
                || least.number == most.number && (least.is_exclusive || most.is_exclusive)
        })?;
        Some(format!(
            "`{}` is {} and `{}` {}",
            least.keyword, least.text, most.keyword, most.text
        ))
    })
}

/// No whole number between the bounds.
fn whole_numbers(merged: &MergedSchema<'_>) -> Option<String> {
    let mut range = Range::default();
    for bound in lower(merged).into_iter().chain(upper(merged)) {
        range.bound(bound.keyword, &bound.number);
    }
    let is_empty = range.least? > range.most?;
    is_empty.then(|| String::from("no whole number lies between its bounds"))
}

/// None of the values that are written out obeys everything else.
fn values(merged: &MergedSchema<'_>) -> Option<String> {
    let mut lists = merged.certain.iter().flat_map(|schema| written(schema));
    let first = lists.next()?;
    let lists: Vec<_> = lists.collect();
    let is_left = |value: &&Node<'_>| {
        Kinds::of_value(value).and(merged.kinds) != Kinds::NONE
            && lists
                .iter()
                .all(|list| list.iter().any(|other| may_equal(value, other)))
            && obeys(value, merged)
    };
    if first.iter().any(|value| is_left(&value)) {
        return None;
    }
    Some("no value that is written out obeys the other rules here".into())
}

/// Arrays and objects may be equal in ways that are not looked at here.
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

/// Whether a value may obey lengths and bounds.
fn obeys(value: &Node<'_>, merged: &MergedSchema<'_>) -> bool {
    match &value.value {
        Value::String(text) => {
            let length = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
            count(merged, Keyword::MinLength, false).is_none_or(|least| least <= length)
                && count(merged, Keyword::MaxLength, true).is_none_or(|most| length <= most)
        }
        Value::Number(text) => {
            let number = Number::read(text);
            if number.digits() > DIGITS {
                return true;
            }
            let above = |least: &Bound<'_>| {
                number > least.number || number == least.number && !least.is_exclusive
            };
            let below = |most: &Bound<'_>| {
                number < most.number || number == most.number && !most.is_exclusive
            };
            lower(merged).iter().all(above) && upper(merged).iter().all(below)
        }
        _ => true,
    }
}

//! The attribute `derive`, and the derives of the settings that an item cannot have.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::escape::literal;
use super::resolved::{Body, Field, Item};
use super::types::RustType;
use crate::model::Plain;
use crate::schema::Problems;
use crate::settings::standard_derive;

/// Writes the derives that every such item has, then those of the settings, each of them once.
pub(super) fn write<'d>(out: &mut String, own: &[&'d str], set: impl Iterator<Item = &'d str>) {
    let mut derives: Vec<&str> = own.to_vec();
    // `Eq` and `::std::cmp::Eq` are one derive.
    let is_same = |one: &str, other: &str| {
        one == other
            || standard_derive(one).is_some_and(|name| standard_derive(other) == Some(name))
    };
    for derive in set {
        if !derives.iter().any(|present| is_same(present, derive)) {
            derives.push(derive);
        }
    }
    // Writing to a String cannot fail.
    let _ = writeln!(out, "#[derive({})]", derives.join(", "));
}

/// The derives of an item without settings; `debug` is the derive for `Debug`.
pub(super) fn own(body: &Body<'_>, debug: &'static str) -> Vec<&'static str> {
    let mut own = match body {
        Body::Enum(_) => return vec!["Clone", "Copy", "PartialEq", "Eq", "Hash", debug, "Choice"],
        Body::Struct { fields, .. } if required(fields).next().is_some() => {
            vec!["Clone", "PartialEq", debug, "New"]
        }
        Body::Struct { .. } => vec!["Clone", "Default", "PartialEq", debug],
    };
    own.extend(["Serialize", "Deserialize"]);
    own
}

/// Whether the settings put a derive of this name on the item, from whichever crate.
pub(super) fn has_set(item: &Item<'_>, name: &str) -> bool {
    item.derives.iter().any(|derive| last(derive) == name)
}

fn last(derive: &str) -> &str {
    derive.rsplit("::").next().unwrap_or(derive)
}

/// The members that serde does not read as absent.
pub(super) fn required<'b>(fields: &'b [Field<'_>]) -> impl Iterator<Item = &'b Field<'b>> {
    let has_default = |field: &Field<'_>| {
        let mut attributes = field.attributes.iter();
        attributes.any(|attribute| attribute.starts_with("serde") && attribute.contains("default"))
    };
    fields
        .iter()
        .filter(move |field| field.presence.is_required() && !has_default(field))
}

/// Reports derives that would not compile, or not work.
pub(super) fn check(items: &[Item<'_>], problems: &mut Problems) {
    let by_name: HashMap<&str, &Item<'_>> = items.iter().map(|item| (&*item.name, item)).collect();
    for item in items {
        for derive in &item.derives {
            if let Some(reason) = refusal(derive, item, &by_name) {
                problems.report(
                    item.spot,
                    format!("`{derive}` cannot be derived on `{}`: {reason}", item.name),
                );
            }
        }
    }
}

type ByName<'i, 's> = HashMap<&'i str, &'i Item<'s>>;

fn refusal(derive: &str, item: &Item<'_>, items: &ByName<'_, '_>) -> Option<String> {
    if matches!(derive, "Redacted" | "New" | "Choice") {
        return Some("the generator sets it where it is needed; remove it".into());
    }
    let standard = standard_derive(derive);
    let by_body = || match (&item.body, last(derive)) {
        (Body::Enum(_), "Default") if standard.is_some() => {
            Some("an enum has no default value; set the derive for single types".into())
        }
        (Body::Enum(_), "Display" | "FromStr" | "EnumString") => Some(
            "every enum has `Display` and `FromStr` already; set the derive for single types"
                .into(),
        ),
        (Body::Enum(_), _) => None,
        (Body::Struct { fields, .. }, "ToSchema") => overflow(fields),
        (Body::Struct { fields, additional }, _) => {
            let fields = fields.iter().map(|field| (&field.name, &field.ty));
            let mut all = fields.chain(additional.iter().map(|(name, ty)| (name, ty)));
            let (field, what) =
                all.find_map(|(field, ty)| Some((field, obstacle(ty, standard?, items)?)))?;
            Some(format!(
                "the field `{field}` contains {what}; set the derive for the types that can have it, or give the trait a type of your own"
            ))
        }
    };
    misread_name(derive, &item.body)
        .or_else(by_body)
        .or_else(|| {
            let needed = match standard? {
                "Ord" => ["Eq", "PartialOrd"],
                _ => return None,
            };
            let missing = needed.iter().find(|needed| !has(item, needed))?;
            Some(format!("it needs `{missing}`; derive that too"))
        })
}

fn has(item: &Item<'_>, name: &str) -> bool {
    let mut set = item.derives.iter();
    own(&item.body, "Debug").contains(&name)
        || set.any(|derive| standard_derive(derive) == Some(name))
}

/// The part of the type that does not have the derive of the standard library.
fn obstacle(ty: &RustType, derive: &str, items: &ByName<'_, '_>) -> Option<String> {
    let is = |derives: &[&str]| derives.contains(&derive);
    let what = match ty {
        RustType::Plain(Plain::Number) if is(&["Eq", "Hash", "Ord"]) => "an `f64`",
        RustType::String if is(&["Copy"]) => "a `String`",
        RustType::Plain(Plain::Any) if is(&["Copy", "PartialOrd", "Ord"]) => "a `JsonValue`",
        RustType::Vec(_) | RustType::Map(_) | RustType::Boxed(_) if is(&["Copy"]) => {
            "a value on the heap"
        }
        RustType::Vec(_) | RustType::Map(_) | RustType::Option(_) if is(&["Default"]) => {
            return None;
        }
        RustType::Vec(inner)
        | RustType::Map(inner)
        | RustType::Option(inner)
        | RustType::Boxed(inner) => return obstacle(inner, derive, items),
        RustType::Named(name) if is(&["Copy", "Eq", "Hash", "PartialOrd", "Ord", "Default"]) => {
            let item = items.get(&**name)?;
            return (!has(item, derive)).then(|| format!("`{name}`, which does not derive it"));
        }
        _ => return None,
    };
    Some(what.into())
}

/// utoipa and ts-rs do not write the escapes of a literal as serde does; ts-rs also forgets the quotes of the empty name.
fn misread_name(derive: &str, body: &Body<'_>) -> Option<String> {
    let who = match last(derive) {
        "ToSchema" => "utoipa",
        "TS" => "ts-rs",
        _ => return None,
    };
    let is_escaped = |name: &str| literal(name).len() != name.len() + r#""""#.len();
    let (what, name) = match body {
        Body::Struct { fields, .. } => {
            let mut names = fields.iter().map(|field| field.key);
            let name = names.find(|name| is_escaped(name) || who == "ts-rs" && name.is_empty())?;
            ("member", name)
        }
        Body::Enum(values) => {
            let mut values = values.iter().map(|(_, value)| *value);
            ("value", values.find(|value| is_escaped(value))?)
        }
    };
    let name = literal(name);
    Some(format!(
        "{who} would write the {what} {name} differently from serde; set the derive for other types"
    ))
}

/// `ToSchema` of utoipa follows a recursive type without an end, unless an attribute stops it.
fn overflow(fields: &[Field<'_>]) -> Option<String> {
    let is_stopped = |field: &Field<'_>| {
        let mut attributes = field.attributes.iter();
        attributes.any(|attribute| attribute.contains("no_recursion"))
    };
    let mut fields = fields.iter();
    let field = fields.find(|field| field.is_recursive && !is_stopped(field))?;
    Some(format!(
        "the field `{}` contains the type itself, and utoipa overflows the stack; set the attribute `schema(no_recursion)` for that field",
        field.name
    ))
}

//! The attribute `derive`, and the derives of the settings that no item can have.

use std::fmt::Write as _;

use super::plan::{Body, Field, Item};
use super::text::literal;
use super::types::Ty;
use crate::schema::Problems;
use crate::settings::standard_derive;

/// What every such item derives, and what the settings add; each of them once.
pub(crate) fn write<'d>(out: &mut String, own: &[&'d str], set: impl Iterator<Item = &'d str>) {
    let mut derives: Vec<&str> = own.to_vec();
    for derive in set {
        if !derives.iter().any(|there| is_same(there, derive)) {
            derives.push(derive);
        }
    }
    // Writing to a String cannot fail.
    let _ = writeln!(out, "#[derive({})]", derives.join(", "));
}

/// Are these one derive? `Eq` and `::std::cmp::Eq` are.
fn is_same(one: &str, other: &str) -> bool {
    one == other || standard_derive(one).is_some_and(|name| standard_derive(other) == Some(name))
}

/// What an item derives by itself; `debug` is the derive for `Debug`.
pub(crate) fn own(body: &Body<'_>, debug: &'static str) -> Vec<&'static str> {
    match body {
        Body::Enum(_) => vec!["Clone", "Copy", "PartialEq", "Eq", "Hash", debug, "Choice"],
        Body::Struct { .. } if requires(body) => {
            vec![
                "Clone",
                "PartialEq",
                debug,
                "New",
                "Serialize",
                "Deserialize",
            ]
        }
        Body::Struct { .. } => {
            vec![
                "Clone",
                "Default",
                "PartialEq",
                debug,
                "Serialize",
                "Deserialize",
            ]
        }
    }
}

/// Does the item get the derive of this name from the settings, wherever it is from?
pub(crate) fn has_set(item: &Item<'_>, name: &str) -> bool {
    item.derives.iter().any(|derive| last(derive) == name)
}

fn last(derive: &str) -> &str {
    derive.rsplit("::").next().unwrap_or(derive)
}

/// The members that serde does not read as absent.
pub(crate) fn required<'b>(fields: &'b [Field<'_>]) -> impl Iterator<Item = &'b Field<'b>> {
    fields
        .iter()
        .filter(|field| field.form.is_required() && !has_default(field))
}

fn requires(body: &Body<'_>) -> bool {
    match body {
        Body::Struct { fields, .. } => required(fields).next().is_some(),
        Body::Enum(_) => false,
    }
}

/// Do the settings tell serde what to take where the member is absent?
fn has_default(field: &Field<'_>) -> bool {
    let mut attributes = field.attributes.iter();
    attributes.any(|attribute| attribute.starts_with("serde") && attribute.contains("default"))
}

/// Reports the derives that would not compile, or not work.
pub(crate) fn check(items: &[Item<'_>], problems: &mut Problems) {
    for item in items {
        for derive in &item.derives {
            if let Some(reason) = refused(derive, item, items) {
                problems.report(
                    item.spot,
                    format!("`{derive}` cannot be derived on `{}`: {reason}", item.name),
                );
            }
        }
    }
}

fn refused(derive: &str, item: &Item<'_>, items: &[Item<'_>]) -> Option<String> {
    if matches!(derive, "Redacted" | "New" | "Choice") {
        return Some("the generator sets it where it is needed; remove it".into());
    }
    if let Some(reason) = misread(derive, &item.body) {
        return Some(reason);
    }
    match &item.body {
        Body::Enum(_) => match last(derive) {
            "Default" if standard_derive(derive).is_some() => {
                Some("no value of an enum is its default; set the derive for single types".into())
            }
            "Display" | "FromStr" | "EnumString" => Some(
                "every enum has `Display` and `FromStr` already; set the derive for single types"
                    .into(),
            ),
            _ => lacks(derive, item),
        },
        Body::Struct { fields, additional } => {
            if last(derive) == "ToSchema" {
                return overflows(item, fields, items);
            }
            let name = standard_derive(derive)?;
            let additional = additional.iter().map(|(name, ty)| (name, ty));
            let fields = fields.iter().map(|field| (&field.name, &field.ty));
            let mut found = fields
                .chain(additional)
                .filter_map(|(field, ty)| Some((field, obstacle(ty, name, items)?)));
            let (field, what) = match found.next() {
                Some(found) => found,
                None => return lacks(derive, item),
            };
            Some(format!(
                "the field `{field}` holds {what}; set the derive for the types that can have it, or give the trait a type of your own"
            ))
        }
    }
}

/// `Ord` wants `Eq` and `PartialOrd` beside it.
fn lacks(derive: &str, item: &Item<'_>) -> Option<String> {
    let wanted = match standard_derive(derive)? {
        "Ord" => &["Eq", "PartialOrd"][..],
        _ => return None,
    };
    let missing = wanted.iter().find(|wanted| !has(item, wanted))?;
    Some(format!("it needs `{missing}`; derive that too"))
}

fn has(item: &Item<'_>, name: &str) -> bool {
    let mut set = item.derives.iter();
    own(&item.body, "Debug").contains(&name)
        || set.any(|derive| standard_derive(derive) == Some(name))
}

/// What in the type keeps a struct from the derive of the standard library.
fn obstacle(ty: &Ty, derive: &str, items: &[Item<'_>]) -> Option<String> {
    let is = |derives: &[&str]| derives.contains(&derive);
    let what = match ty {
        Ty::Number if is(&["Eq", "Hash", "Ord"]) => "an `f64`",
        Ty::String if is(&["Copy"]) => "a `String`",
        Ty::JsonValue if is(&["Copy", "PartialOrd", "Ord"]) => "a `JsonValue`",
        Ty::Vec(_) | Ty::Map(_) | Ty::Boxed(_) if is(&["Copy"]) => "a value on the heap",
        Ty::Vec(_) | Ty::Map(_) | Ty::Option(_) if is(&["Default"]) => return None,
        Ty::Vec(inner) | Ty::Map(inner) | Ty::Option(inner) | Ty::Boxed(inner) => {
            return obstacle(inner, derive, items);
        }
        Ty::Named(name) if is(&["Copy", "Eq", "Hash", "PartialOrd", "Ord", "Default"]) => {
            let item = items.iter().find(|item| item.name == *name)?;
            return (!has(item, derive)).then(|| format!("`{name}`, which does not derive it"));
        }
        _ => return None,
    };
    Some(what.into())
}

/// utoipa takes the escapes of a literal for letters, and ts-rs writes none. Only ts-rs forgets the quotes of the empty name.
fn misread(derive: &str, body: &Body<'_>) -> Option<String> {
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
        "{who} would write the {what} {name} otherwise than serde; set the derive for other types"
    ))
}

/// `ToSchema` of utoipa follows a recursive type without an end, unless it is told not to.
fn overflows(item: &Item<'_>, fields: &[Field<'_>], items: &[Item<'_>]) -> Option<String> {
    let is_told = |field: &&Field<'_>| {
        let mut attributes = field.attributes.iter();
        attributes.any(|attribute| attribute.contains("no_recursion"))
    };
    let mut open = fields.iter().filter(|field| !is_told(field));
    let field = open.find(|field| {
        let mut seen = Vec::new();
        field
            .ty
            .named()
            .is_some_and(|name| leads_to(name, &item.name, items, &mut seen))
    })?;
    Some(format!(
        "the field `{}` leads back to it, and utoipa overflows the stack; set the attribute `schema(no_recursion)` for that field",
        field.name
    ))
}

fn leads_to<'i>(from: &str, to: &str, items: &'i [Item<'_>], seen: &mut Vec<&'i str>) -> bool {
    if from == to {
        return true;
    }
    let Some(item) = items.iter().find(|item| item.name == from) else {
        return false;
    };
    if seen.contains(&&*item.name) {
        return false;
    }
    seen.push(&item.name);
    match &item.body {
        Body::Struct { fields, additional } => {
            let additional = additional.iter().map(|(_, ty)| ty);
            let mut types = fields.iter().map(|field| &field.ty).chain(additional);
            types.any(|ty| {
                ty.named()
                    .is_some_and(|name| leads_to(name, to, items, seen))
            })
        }
        Body::Enum(_) => false,
    }
}

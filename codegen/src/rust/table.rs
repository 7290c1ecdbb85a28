//! Writes the table of the traits, the call of `schema!`. `macros/src/table.rs` reads it.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::Context;
use super::disambiguate::constants;
use super::escape::{literal, push_long_literal};
use super::resolved::{Resolved, Row};
use crate::model::{Additional, Inside, Plain, Type};
use crate::schema::{Role, Spot, push_part};

/// The version of the grammar.
const FORMAT: u32 = 1;

/// The longest line of names of objects.
const WIDTH: usize = 100;

/// The whole call. `pointers` are the places of the rows in the embedded text.
pub(crate) fn write(
    out: &mut String,
    resolved: &Resolved<'_>,
    context: &Context<'_>,
    pointers: &HashMap<Spot, String>,
) {
    let _ = writeln!(out, "{}::schema! {{", context.settings.runtime());
    objects(out, &resolved.objects);
    let visible = context.settings.visible();
    let root = resolved.objects.first().map_or("", String::as_str);
    let _ = write!(out, "    {visible}{root} from {}", literal(context.source));
    if let Some(id) = context.settings.schema_id() {
        let _ = write!(out, ", id {}", literal(id));
    }
    out.push_str(";\n");
    for (one, constant) in resolved.rows.iter().zip(constants(&resolved.rows)) {
        let _ = writeln!(out, "    {};", row(one, constant, pointers));
    }
    out.push_str("    = ");
    push_long_literal(out, context.json);
    out.push_str(";\n}\n");
}

fn objects(out: &mut String, objects: &[String]) {
    let mut line = format!("    format {FORMAT}:");
    for (index, object) in objects.iter().enumerate() {
        let is_first = index == 0;
        if !is_first && line.chars().count() + object.chars().count() + 2 >= WIDTH {
            out.push_str(&line);
            out.push('\n');
            line = String::from("       ");
        }
        line.push(' ');
        line.push_str(object);
        line.push(if index + 1 < objects.len() { ',' } else { ';' });
    }
    out.push_str(&line);
    out.push('\n');
}

fn row(row: &Row<'_>, constant: Option<String>, pointers: &HashMap<Spot, String>) -> String {
    let names = row.path.iter().map(|name| match *name {
        name if is_plain(name) => String::from(name),
        name => literal(name),
    });
    let path = names.collect::<Vec<_>>().join(".");
    let required = if row.required { " required" } else { "" };
    let nullable = if row.nullable { " nullable" } else { "" };
    let roles = &row.roles;
    let (identifiers, others): (Vec<Role>, Vec<Role>) = roles
        .own
        .iter()
        .partition(|role| role.credential().is_some());
    let mut facts = vec![format!(
        "{path}:{required}{nullable} {} as {}",
        row.kind, row.ty
    )];
    facts.extend(identifiers.into_iter().map(Role::table_fact));
    facts.extend(row.only.iter().map(|only| format!("only({})", only.name())));
    facts.extend(others.into_iter().map(Role::table_fact));
    if !roles.items.roles.is_empty() {
        facts.push(format!("items({})", words(&roles.items)));
    }
    for (pattern, inside) in &roles.members {
        let pattern = pattern.map_or_else(String::new, |text| format!("{}, ", literal(text)));
        facts.push(format!("members({pattern}{})", words(inside)));
    }
    facts.extend(row.denied.then(|| "denied".into()));
    facts.extend(constant.map(|constant| format!("const {constant}")));
    let usual = pointer(&row.path);
    let pointer = pointers.get(&row.spot).filter(|found| **found != usual);
    facts.extend(pointer.map(|found| format!("at {}", literal(found))));
    facts.join(", ")
}

/// The word for what can be inside a trait.
pub(super) fn kind(value: &Type<'_>) -> &'static str {
    match value {
        Type::String(_) | Type::Choice(_) => "string",
        Type::Plain(Plain::Integer | Plain::Unsigned | Plain::Wide) => "integer",
        Type::Plain(Plain::Number) => "number",
        Type::Plain(Plain::Boolean) => "boolean",
        Type::Plain(Plain::Any) | Type::Back(_) => "any",
        Type::Array(_) => "array",
        Type::Object(object) if matches!(object.additional, Additional::Nothing) => "closed",
        Type::Object(_) | Type::Map(_) | Type::FreeForm => "open",
        // The members of an object that may be null have no rows.
        Type::Nullable(inner) => match kind(inner) {
            "open" | "closed" => "any",
            other => other,
        },
    }
}

/// Whether the name can be in a path without quotes.
fn is_plain(name: &str) -> bool {
    let mut bytes = name.bytes();
    bytes
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic() || first == b'_' && name.len() > 1)
        && bytes.all(|one| one.is_ascii_alphanumeric() || one == b'_')
}

/// The place of a trait that no `$ref` or branch declares.
fn pointer(path: &[&str]) -> String {
    let mut pointer = String::from("/properties/traits");
    for name in path {
        pointer.push_str("/properties/");
        push_part(&mut pointer, name);
    }
    pointer
}

/// The roles of the values inside, after `nullable` if one of them is an identifier that may be null.
fn words(inside: &Inside) -> String {
    let nullable = inside.nullable.then(|| String::from("nullable"));
    let roles = inside.roles.iter().map(|role| role.table_fact());
    let words: Vec<String> = nullable.into_iter().chain(roles).collect();
    words.join(", ")
}

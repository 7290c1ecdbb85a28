//! Writes the table of the traits, the call of `schema!`. `macros/src/table.rs` reads it.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::Context;
use super::disambiguate::constants;
use super::escape::{literal, push_long_literal};
use super::resolved::{Resolved, Row};
use crate::model::{Additional, Plain, Type};
use crate::schema::{Channel, Role, Spot, push_part};

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
    let visible = context.settings.visible().before();
    let root = resolved.objects.first().map_or("", String::as_str);
    let _ = write!(out, "    {visible}{root} from {}", literal(context.source));
    if let Some(id) = context.settings.schema_id() {
        let _ = write!(out, ", id {}", literal(id));
    }
    out.push_str(";\n");
    for (row, constant) in resolved.rows.iter().zip(constants(&resolved.rows)) {
        out.push_str("    ");
        write_row(out, row, constant, pointers);
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

fn write_row(
    out: &mut String,
    row: &Row<'_>,
    constant: Option<String>,
    pointers: &HashMap<Spot, String>,
) {
    for (index, name) in row.path.iter().enumerate() {
        if index > 0 {
            out.push('.');
        }
        if is_plain(name) {
            out.push_str(name);
        } else {
            out.push_str(&literal(name));
        }
    }
    out.push(':');
    for (word, is_so) in [("required", row.required), ("nullable", row.nullable)] {
        if is_so {
            let _ = write!(out, " {word}");
        }
    }
    let _ = write!(out, " {} as {}", row.kind, row.ty);
    let (identifiers, others): (Vec<Role>, Vec<Role>) = row
        .roles
        .own
        .iter()
        .partition(|role| role.credential().is_some());
    for role in identifiers {
        let _ = write!(out, ", {}", fact(role));
    }
    for credential in &row.only {
        let _ = write!(out, ", only({})", credential.name());
    }
    for role in others {
        let _ = write!(out, ", {}", fact(role));
    }
    if !row.roles.items.is_empty() {
        let _ = write!(out, ", items({})", facts(&row.roles.items));
    }
    for (pattern, roles) in &row.roles.members {
        let pattern = pattern.map_or_else(String::new, |text| format!("{}, ", literal(text)));
        let _ = write!(out, ", members({pattern}{})", facts(roles));
    }
    if row.denied {
        out.push_str(", denied");
    }
    if let Some(constant) = constant {
        let _ = write!(out, ", const {constant}");
    }
    let usual = pointer(&row.path);
    if let Some(found) = pointers.get(&row.spot).filter(|found| **found != usual) {
        let _ = write!(out, ", at {}", literal(found));
    }
    out.push_str(";\n");
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

fn facts(roles: &[Role]) -> String {
    let facts: Vec<&str> = roles.iter().map(|role| fact(*role)).collect();
    facts.join(", ")
}

fn fact(role: Role) -> &'static str {
    match role {
        Role::PasswordIdentifier => "identifier(password)",
        Role::WebauthnIdentifier => "identifier(webauthn)",
        Role::CodeIdentifier(Channel::Email) => "identifier(code, email)",
        Role::CodeIdentifier(Channel::Sms) => "identifier(code, sms)",
        Role::TotpAccountName => "account_name",
        Role::PasskeyDisplayName => "display_name",
        Role::Verification(Channel::Email) => "verification(email)",
        Role::Verification(Channel::Sms) => "verification(sms)",
        Role::Recovery(Channel::Email) => "recovery(email)",
        Role::Recovery(Channel::Sms) => "recovery(sms)",
        Role::OrganizationMatcher => "organization",
    }
}

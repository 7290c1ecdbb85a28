//! The table of facts as a constant, and the type of each row as an impl.

use std::fmt::Write as _;

use super::Context;
use super::layout;
use super::permit::Access;
use super::plan::{Entry, Table};
use super::text::{push_literal, push_long_literal};
use crate::schema::{Channel, Credential, Role};

/// `impl IdentityTraits`, with the schema.
pub(crate) fn identity_traits(out: &mut String, table: &Table, context: &Context<'_>) {
    let runtime = context.runtime;
    layout::implementation(
        out,
        &format!("{runtime}::IdentityTraits"),
        &table.ty,
        context.settings,
    );
    let _ = writeln!(
        out,
        "    const SCHEMA: &'static {runtime}::Schema = &{runtime}::Schema {{"
    );
    out.push_str("        source: ");
    push_literal(out, context.source);
    out.push_str(",\n        json: ");
    push_long_literal(out, context.json);
    let _ = write!(
        out,
        ",\n        traits: <Self as {runtime}::TraitsObject>::TRAITS,\n    }};\n"
    );
    if let Some(id) = context.settings.schema_id() {
        let mut ids = String::from("&[");
        push_literal(&mut ids, id);
        ids.push_str("];");
        let head = "    const SCHEMA_IDS: &'static [&'static str] =";
        layout::assignment(out, 4, head, &ids);
    }
    out.push_str("}\n");
}

/// `impl TraitsObject`, and an `impl TraitAt` for each row.
pub(crate) fn write(out: &mut String, table: &Table, entries: &[Entry<'_>], context: &Context<'_>) {
    let runtime = context.runtime;
    layout::implementation(
        out,
        &format!("{runtime}::TraitsObject"),
        &table.ty,
        context.settings,
    );
    let _ = write!(
        out,
        "    const TRAITS: &'static [{runtime}::TraitFacts] = &["
    );
    // rustfmt puts the braces of a single item beside the brackets.
    if let [only] = entries {
        row(out, only, table.depth, 4, runtime);
    } else {
        for entry in entries {
            out.push('\n');
            layout::push_indent(out, 8);
            row(out, entry, table.depth, 8, runtime);
            out.push(',');
        }
        if !entries.is_empty() {
            out.push_str("\n    ");
        }
    }
    out.push_str("];\n}\n");
    for (index, entry) in entries.iter().enumerate() {
        layout::implementation(
            out,
            &format!("{runtime}::TraitAt<{index}>"),
            &table.ty,
            context.settings,
        );
        layout::typed(out, 4, "type Value =", &entry.ty, ';', runtime);
        let (access, presence) = markers(entry);
        let _ = write!(
            out,
            "    type Access = {runtime}::marker::{access};\n    type Presence = {runtime}::marker::{presence};\n}}\n"
        );
    }
}

/// The names of the markers for `Access` and `Presence`.
fn markers(entry: &Entry<'_>) -> (&'static str, &'static str) {
    let access = match entry.permit.access {
        Access::Denied => "Denied",
        _ if entry.nullable_identifier => "NullableIdentifier",
        Access::Ordinary => "Ordinary",
        Access::Privileged => "Privileged",
    };
    let presence = match (entry.required, entry.permit.last_of) {
        (true, _) => "Required",
        (false, Some(_)) => "LastIdentifier",
        (false, None) => "Optional",
    };
    (access, presence)
}

/// One row, whose line is indented by `indent`.
fn row(out: &mut String, entry: &Entry<'_>, depth: usize, indent: usize, runtime: &str) {
    let member = |out: &mut String, name| {
        out.push('\n');
        layout::push_indent(out, indent + 4);
        out.push_str(name);
    };
    let _ = write!(out, "{runtime}::TraitFacts {{");
    member(out, "path: ");
    let path = &entry.path[depth..];
    let path: Vec<String> = path.iter().map(|name| format!("{name:?}")).collect();
    layout::array(out, indent + 4, &path);
    let _ = write!(out, ",");
    member(out, "required: ");
    let _ = write!(out, "{},", entry.required);
    member(out, "roles: ");
    let roles: Vec<String> = entry
        .roles
        .iter()
        .map(|role| role_path(*role, runtime))
        .collect();
    layout::array(out, indent + 4, &roles);
    let _ = write!(out, ",");
    member(out, "editable: ");
    let _ = write!(out, "{},", !entry.permit.denied);
    member(out, "line: ");
    let _ = write!(out, "{},", grouped(entry.place.line));
    member(out, "column: ");
    let _ = write!(out, "{},", grouped(entry.place.column));
    out.push('\n');
    layout::push_indent(out, indent);
    out.push('}');
}

/// The role's name and its channel.
pub(crate) fn role_name(role: Role) -> (&'static str, Option<&'static str>) {
    let channel = |channel| {
        Some(match channel {
            Channel::Email => "Email",
            Channel::Sms => "Sms",
        })
    };
    match role {
        Role::PasswordIdentifier => ("PasswordIdentifier", None),
        Role::WebauthnIdentifier => ("WebauthnIdentifier", None),
        Role::CodeIdentifier(via) => ("CodeIdentifier", channel(via)),
        Role::TotpAccountName => ("TotpAccountName", None),
        Role::PasskeyDisplayName => ("PasskeyDisplayName", None),
        Role::Verification(via) => ("Verification", channel(via)),
        Role::Recovery(via) => ("Recovery", channel(via)),
        Role::OrganizationMatcher => ("OrganizationMatcher", None),
    }
}

/// The credential's name.
pub(crate) fn credential_name(credential: Credential) -> &'static str {
    match credential {
        Credential::Password => "Password",
        Credential::Webauthn => "Webauthn",
        Credential::Code => "Code",
    }
}

fn role_path(role: Role, runtime: &str) -> String {
    match role_name(role) {
        (name, None) => format!("{runtime}::Role::{name}"),
        (name, Some(channel)) => format!("{runtime}::Role::{name}({runtime}::Channel::{channel})"),
    }
}

/// A number as clippy likes to read it: `123_456`.
fn grouped(number: u32) -> String {
    let digits = number.to_string();
    if digits.len() < 6 {
        return digits;
    }
    let mut out = String::with_capacity(digits.len() + 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push('_');
        }
        out.push(digit);
    }
    out
}

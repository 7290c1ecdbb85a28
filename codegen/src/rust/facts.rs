//! The table of facts as a constant, and the type of each row as an impl.

use std::fmt::Write as _;

use super::Context;
use super::layout;
use super::plan::{Entry, Plan};
use super::text::{push_literal, push_long_literal};
use crate::schema::{Channel, Role};

/// `impl IdentityTraits` and an `impl TraitAt` for each row.
pub(crate) fn write(out: &mut String, plan: &Plan<'_>, context: &Context<'_>) {
    let runtime = context.runtime;
    layout::implementation(out, &format!("{runtime}::IdentityTraits"), &plan.root);
    let _ = writeln!(
        out,
        "    const SCHEMA: &'static {runtime}::Schema = &{runtime}::Schema {{"
    );
    out.push_str("        source: ");
    push_literal(out, context.source);
    out.push_str(",\n        json: ");
    push_long_literal(out, context.read.text);
    out.push_str(",\n        traits: &[");
    // rustfmt puts the braces of a single item beside the brackets.
    if let [only] = plan.entries.as_slice() {
        row(out, only, 8, runtime);
    } else {
        for entry in &plan.entries {
            out.push('\n');
            layout::push_indent(out, 12);
            row(out, entry, 12, runtime);
            out.push(',');
        }
        out.push_str("\n        ");
    }
    out.push_str("],\n    };\n}\n");
    for (index, entry) in plan.entries.iter().enumerate() {
        layout::implementation(out, &format!("{runtime}::TraitAt<{index}>"), &plan.root);
        layout::typed(out, 4, "type Value =", &entry.ty, ';', runtime);
        out.push_str("}\n");
    }
}

/// One row, whose line is indented by `indent`.
fn row(out: &mut String, entry: &Entry<'_>, indent: usize, runtime: &str) {
    let member = |out: &mut String, name| {
        out.push('\n');
        layout::push_indent(out, indent + 4);
        out.push_str(name);
    };
    let _ = write!(out, "{runtime}::TraitFacts {{");
    member(out, "path: ");
    let path: Vec<String> = entry.path.iter().map(|name| format!("{name:?}")).collect();
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

//! The companion macro of an object: the same table as one text, under the name of its type, for `#[derive(SettingsUpdate)]`.
//!
//! One text, because every derive pays for every token that passes through the macro.

use std::fmt::Write as _;

use super::facts::{credential_name, role_name};
use super::plan::{Entry, Table};
use super::text::push_long_literal;
use super::{Context, words};
use crate::settings::Visibility;

/// What the names of the macros of one schema begin with.
pub(crate) fn prefix(context: &Context<'_>) -> String {
    let mut parts = vec![context.name, context.source, context.json];
    // Two ids of a configuration of Kratos may give one name; then their types are named by the settings.
    parts.extend(context.settings.of_trait(&[]).type_name());
    format!(
        "__kratos_traits_{}_{:016x}",
        words::snake(context.name),
        hash(&parts)
    )
}

/// The macro of the object at `position` among the tables.
pub(crate) fn write(
    out: &mut String,
    prefix: &str,
    position: usize,
    table: &Table,
    entries: &[Entry<'_>],
    context: &Context<'_>,
) {
    let name = format!("{prefix}_{position}");
    let visibility = context.settings.visible();
    out.push_str("#[doc(hidden)]\n");
    // An exported macro is seen by every crate, so a narrower one has the `use` only.
    if visibility == Visibility::Public {
        out.push_str("#[macro_export]\n");
    }
    let _ = write!(
        out,
        "macro_rules! {name} {{
    ([$($runtime:tt)*] $updater:tt) => {{
        $($runtime)*::__private::settings_update! {{
            "
    );
    push_long_literal(out, &text(table, entries, context));
    // In a private module nothing may derive an update, and then the name has no user.
    let _ = write!(
        out,
        "
            $updater
        }}
    }};
}}
#[doc(hidden)]
#[allow(unused_imports)]
{}use {name} as {};
",
        visibility.before(),
        table.ty
    );
}

/// The file of the schema, the object, and a line for each trait; read by `macros/src/facts/read.rs`.
fn text(table: &Table, entries: &[Entry<'_>], context: &Context<'_>) -> String {
    let mut text = String::with_capacity(64 * (entries.len() + 2));
    escape(&mut text, context.source, |_| false);
    text.push('\n');
    text.push_str(&table.ty);
    for entry in entries {
        text.push('\n');
        row(&mut text, entry, table.depth);
    }
    text
}

fn row(out: &mut String, entry: &Entry<'_>, depth: usize) {
    for (position, segment) in entry.path[depth..].iter().enumerate() {
        if position > 0 {
            out.push('.');
        }
        escape(out, segment, |character| matches!(character, '.' | ' '));
    }
    let presence = if entry.required {
        "required"
    } else {
        "optional"
    };
    let _ = write!(
        out,
        " {}:{} {} {presence}",
        entry.place.line,
        entry.place.column,
        entry.kind.word()
    );
    if let Some(credential) = entry.permit.last_of {
        let _ = write!(out, " last({})", credential_name(credential));
    }
    if entry.permit.denied {
        out.push_str(" denied");
    }
    if entry.nullable_identifier {
        out.push_str(" nullable");
    }
    for role in &entry.roles {
        out.push(' ');
        let (name, channel) = role_name(*role);
        out.push_str(name);
        if let Some(channel) = channel {
            let _ = write!(out, "({channel})");
        }
    }
    out.push_str(": ");
    let mut ty = String::new();
    entry.ty.push_short(&mut ty);
    escape(out, &ty, |_| false);
}

/// Writes a text so that it ends nothing in the table: `\n` for a new line, `\s` for a space.
fn escape(out: &mut String, text: &str, ends: impl Fn(char) -> bool) {
    for character in text.chars() {
        match character {
            '\n' => out.push_str("\\n"),
            '\\' => out.push_str("\\\\"),
            ' ' if ends(' ') => out.push_str("\\s"),
            other => {
                if ends(other) {
                    out.push('\\');
                }
                out.push(other);
            }
        }
    }
}

/// FNV-1a, 64 bits: keeps the macros of two files of one name in one crate apart, and needs to do no more.
fn hash(parts: &[&str]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for part in parts {
        // 0xff is in no UTF-8 text, so the border between the parts counts.
        for byte in part.bytes().chain([0xff]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash
}

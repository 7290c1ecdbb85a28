//! The companion macro of an object: the same table as tokens, under the name of its type, for `#[derive(SettingsUpdate)]`.

use std::fmt::Write as _;

use super::facts::role_name;
use super::plan::{Entry, Table};
use super::text::push_literal;
use super::{Context, words};
use crate::settings::Visibility;

/// What the names of the macros of one schema begin with.
pub(crate) fn prefix(context: &Context<'_>) -> String {
    format!(
        "__kratos_traits_{}_{:016x}",
        words::snake(context.name),
        hash(&[context.name, context.json])
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
    ([$($runtime:tt)*] $($updater:tt)*) => {{
        $($runtime)*::__private::settings_update! {{
            [$($runtime)*]
            schema "
    );
    push_literal(out, context.source);
    let openness = if table.closed { "closed" } else { "open" };
    let _ = writeln!(out, " object \"{}\" {openness}\n            {{", table.ty);
    for (index, entry) in entries.iter().enumerate() {
        row(out, index, entry, table.depth);
    }
    // In a private module nothing may derive an update, and then the name has no user.
    let _ = write!(
        out,
        "            }}
            $($updater)*
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

fn row(out: &mut String, index: usize, entry: &Entry<'_>, depth: usize) {
    let _ = write!(out, "                {index} [");
    for (position, segment) in entry.path[depth..].iter().enumerate() {
        if position > 0 {
            out.push(' ');
        }
        push_literal(out, segment);
    }
    let _ = write!(
        out,
        "] {}:{} {} \"",
        entry.place.line, entry.place.column, entry.kind
    );
    entry.ty.push_short(out);
    out.push_str(if entry.required {
        "\" required"
    } else {
        "\" optional"
    });
    if let Some(credential) = entry.permit.last_of {
        let _ = write!(out, " last({credential})");
    }
    if entry.permit.denied {
        out.push_str(" denied");
    }
    if entry.nullable_identifier {
        out.push_str(" nullable");
    }
    out.push_str(" [");
    for (position, role) in entry.roles.iter().enumerate() {
        if position > 0 {
            out.push_str(", ");
        }
        let (name, channel) = role_name(*role);
        out.push_str(name);
        if let Some(channel) = channel {
            let _ = write!(out, "({channel})");
        }
    }
    out.push_str("];\n");
}

/// FNV-1a, 64 bits: keeps the macros of two schemas of one name in one crate apart, and needs to do no more.
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

//! The companion macro: the same table as tokens, under the name of the traits type, for `#[derive(SettingsUpdate)]`.

use std::fmt::Write as _;

use super::facts::role_name;
use super::plan::{Entry, Plan};
use super::text::push_literal;
use super::{Context, words};

pub(crate) fn write(out: &mut String, plan: &Plan<'_>, context: &Context<'_>) {
    let name = format!(
        "__kratos_traits_{}_{:016x}",
        words::snake(context.name),
        hash(&[context.name, context.read.text])
    );
    let _ = write!(
        out,
        "#[doc(hidden)]
#[macro_export]
macro_rules! {name} {{
    ([$($runtime:tt)*] $($updater:tt)*) => {{
        $($runtime)*::__private::settings_update! {{
            [$($runtime)*]
            schema "
    );
    push_literal(out, context.source);
    out.push_str(if plan.closed { " closed" } else { " open" });
    out.push_str("\n            {\n");
    for (index, entry) in plan.entries.iter().enumerate() {
        row(out, index, entry);
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
pub use {name} as {};
",
        plan.root
    );
}

fn row(out: &mut String, index: usize, entry: &Entry<'_>) {
    let _ = write!(out, "                {index} [");
    for (position, segment) in entry.path.iter().enumerate() {
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
        "\" required ["
    } else {
        "\" optional ["
    });
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

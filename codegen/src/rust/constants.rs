//! A constant for each trait, under which an update can be put together at run time: `CustomerTraits::NICKNAME`.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::plan::{Entry, Table};
use super::{Context, docs, layout, names};

/// An `impl` with the constants of one object.
pub(crate) fn write(out: &mut String, table: &Table, entries: &[Entry<'_>], context: &Context<'_>) {
    let runtime = context.runtime;
    let visible = context.settings.visible().before();
    // A program need not name every trait.
    let _ = writeln!(out, "#[allow(dead_code)]\nimpl {} {{", table.ty);
    for (index, name) in names(entries, table.depth).iter().enumerate() {
        docs::constant(out, &entries[index].path[table.depth..]);
        let head = format!("    {visible}const {name}: {runtime}::Field<Self, {index}> =");
        let value = format!("{runtime}::Field::new();");
        layout::assignment(out, 4, &head, &value);
    }
    out.push_str("}\n");
}

/// `name.first` is `NAME_FIRST`; where another path has that name too, `NAME__FIRST`.
fn names(entries: &[Entry<'_>], depth: usize) -> Vec<String> {
    let joined = |entry: &Entry<'_>, by: &str| {
        let parts: Vec<String> = entry.path[depth..]
            .iter()
            .map(|one| constant(one))
            .collect();
        parts.join(by)
    };
    let mut uses: HashMap<String, usize> = HashMap::with_capacity(entries.len());
    for entry in entries {
        *uses.entry(joined(entry, "_")).or_default() += 1;
    }
    let name = |entry| {
        let short = joined(entry, "_");
        if uses[&short] == 1 {
            short
        } else {
            joined(entry, "__")
        }
    };
    entries.iter().map(name).collect()
}

fn constant(member: &str) -> String {
    let field = names::field(member).to_uppercase();
    match field.strip_suffix('_') {
        Some(keyword) if !keyword.is_empty() => keyword.to_owned(),
        _ => field,
    }
}

//! A constant for each trait, under which an update can be put together at run time: `CustomerTraits::NICKNAME`.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::plan::{Entry, Table};
use super::{Context, docs, is_keyword, layout};

/// An `impl` with the constants of one object.
pub(crate) fn write(out: &mut String, table: &Table, entries: &[Entry<'_>], context: &Context<'_>) {
    let runtime = context.runtime;
    let visible = context.settings.visible().before();
    // A program need not name every trait.
    let lints = if context.settings.has_deprecated_type() {
        "dead_code, deprecated"
    } else {
        "dead_code"
    };
    let _ = writeln!(out, "#[allow({lints})]\nimpl {} {{", table.ty);
    for (index, name) in names(entries, table.depth).iter().enumerate() {
        docs::constant(out, &entries[index].path[table.depth..]);
        let head = format!("    {visible}const {name}: {runtime}::Field<Self, {index}> =");
        let value = format!("{runtime}::Field::new();");
        layout::assignment(out, 4, &head, &value);
    }
    out.push_str("}\n");
}

/// `name.first` is `NAME_FIRST`; where another path has that name too, `NAME__FIRST`. Renamed with the field.
fn names(entries: &[Entry<'_>], depth: usize) -> Vec<String> {
    let mut open: Vec<&str> = Vec::new();
    let paths: Vec<Vec<&str>> = entries
        .iter()
        .map(|entry| {
            // An object is before its members.
            open.truncate(entry.path.len() - depth - 1);
            open.push(&entry.field);
            open.clone()
        })
        .collect();
    let mut names: Vec<String> = paths.iter().map(|path| joined(path, 1)).collect();
    for width in 2..=WIDEST {
        let mut uses: HashMap<&str, usize> = HashMap::with_capacity(names.len());
        for name in &names {
            *uses.entry(name).or_default() += 1;
        }
        if uses.len() == names.len() {
            break;
        }
        let shared: Vec<bool> = names.iter().map(|name| uses[&**name] > 1).collect();
        for (index, _) in shared.iter().enumerate().filter(|(_, shared)| **shared) {
            names[index] = joined(&paths[index], width);
        }
    }
    names
}

/// No field has so many `_` in a row: at this width all names differ.
const WIDEST: usize = 4;

fn joined(path: &[&str], width: usize) -> String {
    let between = "_".repeat(width);
    let mut out = String::with_capacity(16 * path.len());
    for (index, field) in path.iter().enumerate() {
        if index > 0 {
            out.push_str(&between);
        }
        push_constant(&mut out, field, width > 1);
    }
    out
}

/// The field in capitals. `ß` is `SS`, or `ẞ` where that has to differ from `ss`.
fn push_constant(out: &mut String, field: &str, is_sharp: bool) {
    let name = match field.strip_suffix('_') {
        Some(keyword) if is_keyword(keyword) => keyword,
        _ => field,
    };
    for character in name.chars() {
        match character {
            'ß' if is_sharp => out.push('ẞ'),
            character => out.extend(character.to_uppercase()),
        }
    }
}

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

/// `name.first` is `NAME_FIRST`; where another path has that name too, `NAME__FIRST`; and where capitals alone make them meet,
/// the code point: `größe` beside `grösse` is `GRÖ_UDF_E`. Renamed with the field.
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
    let mut names: Vec<String> = paths
        .iter()
        .map(|path| joined(path, "_", capitals))
        .collect();
    let further: [fn(&[&str]) -> String; 2] = [
        |path| joined(path, "__", capitals),
        |path| joined(path, "__", spelled),
    ];
    for name in further {
        let mut uses: HashMap<&str, usize> = HashMap::with_capacity(names.len());
        for name in &names {
            *uses.entry(name).or_default() += 1;
        }
        if uses.len() == names.len() {
            break;
        }
        // All that meet: what a name means must not hang on which of them is first.
        let shared: Vec<bool> = names.iter().map(|name| uses[&**name] > 1).collect();
        for (index, _) in shared.iter().enumerate().filter(|(_, shared)| **shared) {
            names[index] = name(&paths[index]);
        }
    }
    names
}

fn joined(path: &[&str], between: &str, write: fn(&mut String, char)) -> String {
    let mut out = String::with_capacity(16 * path.len());
    for (index, field) in path.iter().enumerate() {
        if index > 0 {
            out.push_str(between);
        }
        let name = match field.strip_suffix('_') {
            Some(keyword) if is_keyword(keyword) => keyword,
            _ => field,
        };
        name.chars()
            .for_each(|character| write(&mut out, character));
    }
    out
}

fn capitals(out: &mut String, character: char) {
    out.extend(character.to_uppercase());
}

/// No two texts are spelled alike: what its capital does not lead back to is its code point, and so is `_`.
fn spelled(out: &mut String, character: char) {
    let capital = character.to_uppercase();
    let back = capital.clone().flat_map(char::to_lowercase);
    if character != '_' && back.eq([character]) {
        out.extend(capital);
    } else {
        // Writing to a String cannot fail.
        let _ = write!(out, "_U{:X}_", u32::from(character));
    }
}

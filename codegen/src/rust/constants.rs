//! The names of the constants under which an update can be put together at run time: `CustomerTraits::NICKNAME`.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::is_keyword;
use super::plan::Row;

/// The name for each row where it is not the one that the macro would choose.
///
/// `name.first` is `NAME_FIRST`; where another path has that name too, `NAME__FIRST`; and where capitals alone make them meet,
/// the code point: `größe` beside `grösse` is `GRÖ_UDF_E`. Renamed with the field.
pub(crate) fn names(rows: &[Row<'_>]) -> Vec<Option<String>> {
    let all = all(rows);
    let names = all.into_iter().zip(rows);
    let names = names.map(|(name, row)| (usual(&row.path).as_ref() != Some(&name)).then_some(name));
    names.collect()
}

/// The macro's choice, which it has for plain names only.
fn usual(path: &[&str]) -> Option<String> {
    let is_plain = |name: &&str| {
        let mut bytes = name.bytes();
        bytes.next().is_some_and(|first| first.is_ascii_lowercase())
            && bytes.all(|one| matches!(one, b'a'..=b'z' | b'0'..=b'9' | b'_'))
    };
    path.iter()
        .all(is_plain)
        .then(|| path.join("_").to_ascii_uppercase())
}

fn all(rows: &[Row<'_>]) -> Vec<String> {
    let mut open: Vec<&str> = Vec::new();
    let paths: Vec<Vec<&str>> = rows
        .iter()
        .map(|row| {
            // An object is before its members.
            open.truncate(row.path.len() - 1);
            open.push(&row.field);
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

//! The value of `path =`.

use syn::LitStr;

use crate::errors::Errors;
use crate::table::written;
use crate::visible::visible;

/// Splits a path at its dots; `\.` is a dot inside a name.
pub(super) fn read(literal: &LitStr, errors: &mut Errors) -> Option<Vec<String>> {
    let text = literal.value();
    let mut path = vec![String::new()];
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        let last = path.len() - 1;
        match c {
            '.' => path.push(String::new()),
            '\\' => path[last].push(chars.next().unwrap_or('\\')),
            c => path[last].push(c),
        }
    }
    if text.is_empty() {
        errors.on(
            literal,
            "the path is empty\n\nhelp: write the names down to the trait: `name.first`",
        );
        return None;
    }
    if path.len() > 1 && path[0] == "traits" {
        let inside = visible(&written(&path[1..]));
        errors.on(
            literal,
            format!("a path begins inside the traits\n\nhelp: write `{inside}`"),
        );
        return None;
    }
    Some(path)
}

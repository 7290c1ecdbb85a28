//! The attribute `derive`.

use super::layout;
use crate::settings::standard_derive;

/// What every such item derives, and what the settings add; each of them once.
pub(crate) fn write<'d>(out: &mut String, own: &[&'d str], set: impl Iterator<Item = &'d str>) {
    let mut derives: Vec<&str> = own.to_vec();
    for derive in set {
        if !derives.iter().any(|there| is_same(there, derive)) {
            derives.push(derive);
        }
    }
    let derives: Vec<String> = derives.into_iter().map(String::from).collect();
    layout::attribute(out, 0, "derive", &derives);
}

/// Are these one derive? `Eq` and `::std::cmp::Eq` are.
fn is_same(one: &str, other: &str) -> bool {
    one == other || standard_derive(one).is_some_and(|name| standard_derive(other) == Some(name))
}

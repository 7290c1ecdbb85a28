//! Names for values that would be one variant. A name comes from the value and from those that it is told apart from, never from
//! their order: a value that moves keeps its name.

use std::collections::HashMap;

use super::names;

/// A name for each of `values`, whose plain names are one: first the characters between the words are spelled out, then it is said
/// whether the letters are small, and at last everything but small letters and digits is spelled out.
pub(super) fn names<'v>(values: &[&'v str]) -> Vec<(&'v str, String)> {
    let mut names = Vec::with_capacity(values.len());
    split(values, &[separated, cased, spelled], &mut names);
    names
}

type Way = fn(&str) -> String;

fn split<'v>(values: &[&'v str], ways: &[Way], names: &mut Vec<(&'v str, String)>) {
    let Some((way, finer)) = ways.split_first() else {
        names.extend(values.iter().map(|value| (*value, spelled(value))));
        return;
    };
    let mut groups: HashMap<String, Vec<&'v str>> = HashMap::new();
    for value in values {
        groups.entry(way(value)).or_default().push(value);
    }
    for (name, group) in groups {
        match &*group {
            [only] => names.push((only, name)),
            several => split(several, finer, names),
        }
    }
}

/// `a-b` → `AU2dB`, `ab` → `Ab`.
fn separated(value: &str) -> String {
    names::variant(&escaped(value, char::is_alphanumeric))
}

/// `a` → `ALower`, `A` → `AUpper`, `Ab` → `AbMixed`; as [`separated`] without letters that have two forms.
fn cased(value: &str) -> String {
    let (small, large) = (
        value.contains(char::is_lowercase),
        value.contains(char::is_uppercase),
    );
    let case = match (small, large) {
        (false, false) => return separated(value),
        (true, false) => "Lower",
        (false, true) => "Upper",
        (true, true) => "Mixed",
    };
    let name = separated(value);
    format!("{}{case}", name.strip_suffix('_').unwrap_or(&name))
}

/// `aB` → `AU42`.
fn spelled(value: &str) -> String {
    names::variant(&escaped(value, |c| {
        c.is_alphanumeric() && !c.is_uppercase()
    }))
}

/// Every character that is not plain becomes a word of its code point.
fn escaped(value: &str, is_plain: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(value.len() + 8);
    for character in value.chars() {
        if is_plain(character) {
            out.push(character);
        } else {
            out.push_str(&format!(" u{:x} ", u32::from(character)));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn each_has_its_name_in_any_order() {
        for (values, expected) in [
            (&["a-b", "a_b", "a b"][..], &["AU2dB", "AU5fB", "AU20B"][..]),
            (&["a-b", "aB"], &["AU2dB", "AB"]),
            (&["a", "A"], &["ALower", "AUpper"]),
            (
                &["usd", "USD", "Usd", "-usd"],
                &["UsdLower", "UsdUpper", "UsdMixed", "U2dUsd"],
            ),
            (
                &["HttpServer", "HTTPServer"],
                &["U48TtpU53Erver", "U48U54U54U50U53Erver"],
            ),
            (&["", "empty"], &["Empty", "EmptyLower"]),
            (&["self", "Self"], &["SelfLower", "SelfMixed"]),
            (&["1", "x1", "-1"], &["X1", "X1Lower", "U2d1"]),
        ] {
            let expected: Vec<_> = values
                .iter()
                .copied()
                .zip(expected.iter().copied())
                .collect();
            let mut reversed = values.to_vec();
            reversed.reverse();
            for values in [values, &reversed] {
                let found = names(values);
                assert_eq!(found.len(), expected.len());
                for (value, name) in &found {
                    assert!(expected.contains(&(*value, &**name)), "{value} {name}");
                }
            }
        }
    }
}

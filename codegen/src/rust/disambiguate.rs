//! Distinct names for variants and constants whose plain names are equal. Such a name depends on the items that share the plain name,
//! never on their order: an item that moves keeps its name.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::names::{self, is_keyword};
use super::resolved::Row;

/// Renames all items that share a name: by the first of `ways`, then those that still share one by the next.
fn disambiguate<T>(
    names: &mut [String],
    items: &[T],
    ways: impl IntoIterator<Item = impl Fn(&T) -> String>,
) {
    for rename in ways {
        let mut uses: HashMap<&str, usize> = HashMap::with_capacity(names.len());
        for name in &*names {
            *uses.entry(name).or_default() += 1;
        }
        if uses.len() == names.len() {
            break;
        }
        let is_shared: Vec<bool> = names.iter().map(|name| uses[&**name] > 1).collect();
        for ((name, item), is_shared) in names.iter_mut().zip(items).zip(is_shared) {
            if is_shared {
                *name = rename(item);
            }
        }
    }
}

/// Names of variants for values that would have the same name: each way keeps more of the value than the way before. Other variants have
/// the names for which `is_taken`.
pub(super) fn variants(values: &[&str], is_taken: impl Fn(&str) -> bool) -> Vec<String> {
    let mut names: Vec<String> = values.iter().map(|value| with_separators(value)).collect();
    let ways = [with_case, with_code_points];
    disambiguate(
        &mut names,
        values,
        ways.map(|way| move |value: &&str| way(value)),
    );
    for (name, value) in names.iter_mut().zip(values) {
        if is_taken(name) {
            *name = with_code_points(value);
        }
    }
    names
}

/// `a-b` → `AMinusB`, `ab` → `Ab`
fn with_separators(value: &str) -> String {
    names::variant(&escaped(value, char::is_alphanumeric, names::word_for))
}

/// `a` → `ALower`, `A` → `AUpper`, `Ab` → `AbMixed`; a value without such letters as [`with_separators`].
fn with_case(value: &str) -> String {
    let has_lower = value.contains(char::is_lowercase);
    let case = match (has_lower, value.contains(char::is_uppercase)) {
        (false, false) => return with_separators(value),
        (true, false) => "Lower",
        (false, true) => "Upper",
        (true, true) => "Mixed",
    };
    let name = with_separators(value);
    format!("{}{case}", name.strip_suffix('_').unwrap_or(&name))
}

/// `aB` → `AU42`
fn with_code_points(value: &str) -> String {
    let is_kept = |c: char| c.is_alphanumeric() && !c.is_uppercase();
    names::variant(&escaped(value, is_kept, names::code_point))
}

/// Writes every other character as a word.
fn escaped(value: &str, is_kept: impl Fn(char) -> bool, word: fn(char) -> String) -> String {
    let mut out = String::with_capacity(value.len() + 8);
    for character in value.chars() {
        if is_kept(character) {
            out.push(character);
        } else {
            out.push_str(&format!(" {} ", word(character)));
        }
    }
    out
}

/// The name of the constant for each trait, as in `CustomerTraits::NAME_FIRST`; `None` where the macro chooses the same name.
///
/// `name.first` is `NAME_FIRST`, and `NAME__FIRST` if another trait has that name too. `größe` beside `grösse` is `GRÖ_UDF_E`.
pub(super) fn constants(rows: &[Row<'_>]) -> Vec<Option<String>> {
    let mut open: Vec<&str> = Vec::new();
    let fields = rows.iter().map(|row| {
        // The row of an object is before the rows of its members.
        open.truncate(row.path.len() - 1);
        open.push(&row.field);
        open.clone()
    });
    let fields: Vec<Vec<&str>> = fields.collect();
    let ways: [fn(&Vec<&str>) -> String; 3] = [
        |fields| joined(fields, "_", push_upper),
        |fields| joined(fields, "__", push_upper),
        |fields| joined(fields, "__", push_unique),
    ];
    let mut names: Vec<String> = fields.iter().map(ways[0]).collect();
    disambiguate(&mut names, &fields, ways.into_iter().skip(1));
    let names = names.into_iter().zip(rows);
    let names = names.map(|(name, row)| {
        let is_expected = name_by_macro(&row.path).as_ref() == Some(&name);
        (!is_expected).then_some(name)
    });
    names.collect()
}

/// The macro's choice, which it has for plain names only.
fn name_by_macro(path: &[&str]) -> Option<String> {
    let is_plain = |name: &&str| {
        name.starts_with(|first: char| first.is_ascii_lowercase())
            && name
                .bytes()
                .all(|one| matches!(one, b'a'..=b'z' | b'0'..=b'9' | b'_'))
    };
    let is_plain = path.iter().all(is_plain);
    is_plain.then(|| path.join("_").to_ascii_uppercase())
}

fn joined(fields: &[&str], separator: &str, push: fn(&mut String, char)) -> String {
    let mut out = String::with_capacity(16 * fields.len());
    for (index, field) in fields.iter().enumerate() {
        if index > 0 {
            out.push_str(separator);
        }
        let name = field.strip_suffix('_').filter(|name| is_keyword(name));
        let name = name.unwrap_or(field);
        name.chars().for_each(|character| push(&mut out, character));
    }
    out
}

fn push_upper(out: &mut String, character: char) {
    out.extend(character.to_uppercase());
}

/// Different texts stay different: `_`, and a letter that its upper case does not lead back to, become their code points.
fn push_unique(out: &mut String, character: char) {
    let upper = character.to_uppercase();
    let back = upper.clone().flat_map(char::to_lowercase);
    if character != '_' && back.eq([character]) {
        out.extend(upper);
    } else {
        // Writing to a String cannot fail.
        let _ = write!(out, "_U{:X}_", u32::from(character));
    }
}

#[cfg(test)]
mod tests {
    use super::variants;

    #[test]
    fn a_name_of_another_variant_is_not_taken() {
        let names = variants(&["a-b", "a_b"], |name| name == "AMinusB");
        assert_eq!(names, ["AU2dB", "AUnderscoreB"]);
    }

    #[test]
    fn variants_have_distinct_names_in_any_order() {
        for (values, expected) in [
            (
                &["a-b", "a_b", "a b"][..],
                &["AMinusB", "AUnderscoreB", "ASpaceB"][..],
            ),
            (&["a-b", "aB"], &["AMinusB", "AB"]),
            (&["a", "A"], &["ALower", "AUpper"]),
            (
                &["usd", "USD", "Usd", "-usd"],
                &["UsdLower", "UsdUpper", "UsdMixed", "MinusUsd"],
            ),
            (
                &["HttpServer", "HTTPServer"],
                &["U48TtpU53Erver", "U48U54U54U50U53Erver"],
            ),
            (&["", "empty"], &["Empty", "EmptyLower"]),
            (&["self", "Self"], &["SelfLower", "SelfMixed"]),
            (&["1", "x1", "-1"], &["X1", "X1Lower", "Minus1"]),
        ] {
            for is_reversed in [false, true] {
                let mut pairs: Vec<_> = values.iter().zip(expected).collect();
                if is_reversed {
                    pairs.reverse();
                }
                let (values, expected): (Vec<&str>, Vec<&str>) = pairs.into_iter().unzip();
                assert_eq!(variants(&values, |_| false), expected, "{values:?}");
            }
        }
    }
}

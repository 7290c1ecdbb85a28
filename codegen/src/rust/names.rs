//! Names that rustc takes: fields, variants, and the name that a schema is given.

use std::fmt;

use super::words;

/// Every word that is a keyword in some edition from 2018 on and could come out of [`words::snake`].
const KEYWORDS: [&str; 51] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Is this a keyword in some edition?
pub(crate) fn is_keyword(name: &str) -> bool {
    KEYWORDS.binary_search(&name).is_ok()
}

/// The field for a member: `type` → `type_`, `2fa` → `x2fa`.
pub(crate) fn field(name: &str) -> String {
    let mut field = words::snake(name);
    if field.starts_with(|first: char| first.is_ascii_digit()) {
        field.insert(0, 'x');
    } else if is_keyword(&field) {
        field.push('_');
    }
    field
}

/// The variant for a string value: `in-progress` → `InProgress`, `2fa` → `X2fa`.
pub(crate) fn variant(value: &str) -> String {
    let mut variant = String::with_capacity(value.len());
    words::push_pascal(&mut variant, &words::snake(value));
    if variant.starts_with(|first: char| first.is_ascii_digit()) {
        variant.insert(0, 'X');
    } else if variant == "Self" {
        variant.push('_');
    }
    variant
}

/// The type of the traits: `customer` → `CustomerTraits`.
pub(crate) fn root_type(name: &str) -> String {
    let mut root = String::with_capacity(name.len() + 6);
    words::push_pascal(&mut root, &words::snake(name));
    root.push_str("Traits");
    root
}

/// Is `name` one that a schema can have? It becomes part of names, and of a file name.
pub(crate) fn check_name(name: &str) -> Result<(), String> {
    let mut characters = name.chars();
    let fits = characters
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic())
        && characters.all(|other| other.is_ascii_alphanumeric() || matches!(other, '_' | '-'));
    if fits {
        Ok(())
    } else {
        Err(format!(
            "the schema cannot be named {name:?}; write a name of ASCII letters, digits, `_` and `-` that begins with a letter, such as `customer`"
        ))
    }
}

/// What has a name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Thing {
    Field,
    Type,
    Variant,
}

impl fmt::Display for Thing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Field => "field",
            Self::Type => "type",
            Self::Variant => "variant",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{KEYWORDS, check_name, field, root_type, variant};

    #[test]
    fn keywords_are_sorted() {
        assert!(KEYWORDS.is_sorted());
    }

    #[test]
    fn fields_and_variants() {
        assert_eq!(field("type"), "type_");
        assert_eq!(field("Self"), "self_");
        assert_eq!(field("gen"), "gen_");
        assert_eq!(field("1st"), "x1st");
        assert_eq!(field("_"), "u5f");
        assert_eq!(variant("self"), "Self_");
        assert_eq!(variant("in-progress"), "InProgress");
        assert_eq!(variant("-1"), "X1");
        assert_eq!(variant(""), "Empty");
    }

    #[test]
    fn schema_names() {
        assert_eq!(root_type("b2b-customer"), "B2bCustomerTraits");
        assert!(check_name("customer_v2").is_ok());
        for name in ["", "2nd", "a b", "../a", "é"] {
            assert!(check_name(name).is_err(), "{name:?}");
        }
    }
}

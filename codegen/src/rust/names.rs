//! Rust names for what a schema names: fields, variants and types.

use std::fmt;

use super::caseless;
use crate::settings::Options;

/// Every word that is a keyword in some edition from 2018 on and could come out of [`snake`].
const KEYWORDS: [&str; 51] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// What the emitted file imports and uses, the standard prelude, and the derives of every type.
const RESERVED_TYPES: &str = "\
    AsMut AsRef BTreeMap Box Choice Clone Copy Debug Default Deserialize Deserializer Display \
    DoubleEndedIterator Drop Eq Err ExactSizeIterator Extend Fn FnMut FnOnce From FromIterator \
    FromStr Hash Into IntoIterator Iterator JsonValue New None Ok Option Ord PartialEq \
    PartialOrd Redacted Result Send Serialize Serializer Sized Some String Sync ToOwned \
    ToString TryFrom TryInto UnknownValue Unpin Vec";

/// Whether the name is a keyword in some edition.
pub(crate) fn is_keyword(name: &str) -> bool {
    KEYWORDS.binary_search(&name).is_ok()
}

/// Whether the emitted code uses the name itself, so that none of its types can have it.
pub(crate) fn is_reserved_type(name: &str) -> bool {
    RESERVED_TYPES.split(' ').any(|reserved| reserved == name)
}

/// The field for a member: `type` → `type_`, `2fa` → `x2fa`.
pub(super) fn field(name: &str) -> String {
    let mut field = snake(name);
    if field.starts_with(|first: char| first.is_ascii_digit()) {
        field.insert(0, 'x');
    } else if is_keyword(&field) {
        field.push('_');
    }
    field
}

/// The variant for a string value: `in-progress` → `InProgress`, `2fa` → `X2fa`.
pub(super) fn variant(value: &str) -> String {
    let mut variant = pascal(value);
    if variant.starts_with(|first: char| first.is_ascii_digit()) {
        variant.insert(0, 'X');
    } else if variant == "Self" {
        variant.push('_');
    }
    variant
}

/// The struct for a schema of this name: `CustomerTraits` for `customer`.
pub(crate) fn root_type(name: &str, options: &Options) -> String {
    let set = options.of_trait(&[]).type_name();
    set.map_or_else(|| pascal(name) + "Traits", String::from)
}

/// `firstName` → `first_name`
fn snake(name: &str) -> String {
    words(name).join("_")
}

/// `first_name` → `FirstName`
pub(super) fn pascal(name: &str) -> String {
    let mut pascal = String::with_capacity(name.len());
    for word in words(name) {
        let mut characters = word.chars();
        if let Some(first) = characters.next() {
            pascal.extend(first.to_uppercase());
            pascal.push_str(characters.as_str());
        }
    }
    pascal
}

/// The words of `name` in lower case, at least one.
///
/// A word ends at a separator and before an upper-case letter after a lower-case one. Latin letters, common letters of scripts without
/// case, and digits are kept; any other letter becomes its code point, `u438`, because rustc warns about many of them in names. Of a name
/// without a letter or digit, every character becomes a word: `!=` is `not_equal`.
fn words(name: &str) -> Vec<String> {
    let mut spaced = String::with_capacity(name.len() + 4);
    // A digit continues the case before it: `sha256Sum` has two words, `2FA` has one.
    let mut is_after_lower = false;
    let mut characters = name.chars().peekable();
    while let Some(character) = characters.next() {
        if !is_kept(character) {
            is_after_lower = false;
            spaced.push(' ');
            if !is_separator(character) {
                spaced.push_str(&code_point(character));
                spaced.push(' ');
            }
            continue;
        }
        if character.is_uppercase() {
            let is_before_lower = characters.peek().is_some_and(|next| next.is_lowercase());
            if is_after_lower || is_before_lower {
                spaced.push(' ');
            }
            is_after_lower = false;
        }
        is_after_lower |= character.is_lowercase();
        spaced.extend(character.to_lowercase());
    }
    let mut words: Vec<String> = spaced.split_whitespace().map(String::from).collect();
    if words.is_empty() {
        words.extend(name.chars().map(word_for));
    }
    if words.is_empty() {
        words.push(String::from("empty"));
    }
    words
}

/// ASCII, Latin-1 and Latin Extended-A letters, without those that Unicode advises against in names, and letters without case.
fn is_kept(character: char) -> bool {
    match character {
        '\u{d7}' | '\u{f7}' => false,
        '\u{131}'..='\u{133}' | '\u{138}' | '\u{13f}' | '\u{140}' | '\u{149}' | '\u{17f}' => false,
        '\u{c0}'..='\u{17f}' => true,
        _ => character.is_ascii_alphanumeric() || caseless::is_kept(character),
    }
}

fn is_separator(character: char) -> bool {
    character.is_ascii()
        || character.is_whitespace()
        || character.is_control()
        || matches!(character, '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{303f}' | '\u{feff}')
}

/// The word for a character that is no letter: its name, or its code point.
pub(super) fn word_for(character: char) -> String {
    let name = match character {
        ' ' => "space",
        '!' => "not",
        '"' => "quote",
        '#' => "hash",
        '$' => "dollar",
        '%' => "percent",
        '&' => "and",
        '\'' => "apostrophe",
        '(' => "open",
        ')' => "close",
        '*' => "star",
        '+' => "plus",
        ',' => "comma",
        '-' => "minus",
        '.' => "dot",
        '/' => "slash",
        ':' => "colon",
        ';' => "semicolon",
        '<' => "less",
        '=' => "equal",
        '>' => "greater",
        '?' => "question",
        '@' => "at",
        '[' => "bracket",
        '\\' => "backslash",
        '^' => "caret",
        '_' => "underscore",
        '`' => "backtick",
        '|' => "bar",
        '~' => "tilde",
        _ => return code_point(character),
    };
    name.into()
}

pub(super) fn code_point(character: char) -> String {
    format!("u{:x}", u32::from(character))
}

/// Checks the name of a schema, which becomes part of type names and of a file name.
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
            "invalid schema name {name:?}; use ASCII letters, digits, `_` and `-`, beginning with a letter, such as `customer`"
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
    use super::{KEYWORDS, check_name, field, is_reserved_type, pascal, snake, variant};

    #[test]
    fn keywords_are_sorted() {
        assert!(KEYWORDS.is_sorted());
    }

    #[test]
    fn reserved_types_are_whole_names() {
        assert!(is_reserved_type("String") && is_reserved_type("Vec"));
        assert!(!is_reserved_type("Strings") && !is_reserved_type(""));
    }

    #[test]
    fn fields_and_variants() {
        assert_eq!(field("type"), "type_");
        assert_eq!(field("Self"), "self_");
        assert_eq!(field("gen"), "gen_");
        assert_eq!(field("1st"), "x1st");
        assert_eq!(field("_"), "underscore");
        assert_eq!(variant("self"), "Self_");
        assert_eq!(variant("in-progress"), "InProgress");
        assert_eq!(variant("-1"), "X1");
        assert_eq!(variant(""), "Empty");
    }

    #[test]
    fn schema_names() {
        assert_eq!(pascal("b2b-customer"), "B2bCustomer");
        assert!(check_name("customer_v2").is_ok());
        for name in ["", "2nd", "a b", "../a", "é"] {
            assert!(check_name(name).is_err(), "{name:?}");
        }
    }

    #[test]
    fn words_are_separated_by_underscores() {
        for (name, expected) in [
            ("email", "email"),
            ("firstName", "first_name"),
            ("first-name", "first_name"),
            ("First Name", "first_name"),
            ("a.b/c", "a_b_c"),
            ("HTTPServer", "http_server"),
            ("userID", "user_id"),
            ("sha256Sum", "sha256_sum"),
            ("line1Text", "line1_text"),
            ("2FA", "2fa"),
            ("address2", "address2"),
            ("_id", "id"),
            ("größe", "größe"),
            ("Économie", "économie"),
            ("имя", "u438_u43c_u44f"),
            ("中a", "中a"),
            ("日本", "日本"),
            ("서울 시", "서울_시"),
            ("שם", "שם"),
            // rustc warns about this one, which is rare, and about the mark alone.
            ("丒", "u4e12"),
            ("", "empty"),
            ("-", "minus"),
            ("!=", "not_equal"),
            ("..", "dot_dot"),
            ("a\u{202e}b", "a_b"),
            ("\u{301}", "u301"),
        ] {
            assert_eq!(snake(name), expected, "{name:?}");
        }
    }

    #[test]
    fn words_begin_with_a_capital() {
        assert_eq!(pascal("first_name_2fa_élan"), "FirstName2faÉlan");
    }
}

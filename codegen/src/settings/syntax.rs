//! Checks of the settings that become Rust code: a wrong one is an error of the setting, not of the generated file.
//!
//! `syn` parses them. It costs a build script nothing: `serde_derive`, which every build of this crate needs, compiles the same
//! `syn` with the same features.

use syn::parse::{Parse, ParseStream, Parser as _};

use crate::diagnostics::{Warning, hint};
use crate::input::is_hidden;
use crate::rust::{is_keyword, is_reserved_type};

/// The values of the setting `debug`.
pub(super) const DEBUG_OUTPUTS: [&str; 2] = ["redacted", "values"];

/// What the text of a setting has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Syntax {
    RuntimePath,
    Visibility,
    Module,
    Debug,
    Field,
    TypeName,
    Variant,
    Type,
    Derive,
    Attribute,
    /// The name of a warning.
    Warning,
    /// A path of a file or of a trait, which is looked up later.
    Path,
}

impl Syntax {
    /// The message about `text` if it is not valid: what is wrong, and what to write instead.
    pub(super) fn check(self, text: &str) -> Option<String> {
        let (is_valid, what, instead) = match self {
            Self::RuntimePath => (
                is_path(text),
                "runtime path",
                "a Rust path; write one such as `::kratos_traits`",
            ),
            Self::Visibility => (
                visibility(text).is_some(),
                "visibility",
                "valid; write `pub`, `pub(crate)`, `pub(super)`, `pub(in crate::PATH)` or `private`",
            ),
            Self::Module => (
                is_snake_case(text),
                "module name",
                "valid; write lower-case ASCII letters, digits and `_`, such as `customer`, and no Rust keyword",
            ),
            Self::Debug => (
                DEBUG_OUTPUTS.contains(&text),
                "`debug` output",
                "valid; write `redacted` or `values`",
            ),
            Self::Field => (
                is_snake_case(text),
                "field name",
                "valid; write lower-case ASCII letters, digits and `_`, such as `given_name`, and no Rust keyword",
            ),
            Self::TypeName if is_camel_case(text) => (
                !is_reserved_type(text),
                "type name",
                "free: the generated code uses it for something else; write one such as `HomeAddress`",
            ),
            Self::TypeName => (
                false,
                "type name",
                "valid; write ASCII letters and digits that start with a capital, such as `HomeAddress`",
            ),
            Self::Variant => (
                is_camel_case(text),
                "variant name",
                "valid; write ASCII letters and digits that start with a capital, such as `InTrial`",
            ),
            Self::Type => (
                is_type(text),
                "type",
                "the path of a Rust type; write one such as `::jiff::civil::Date`",
            ),
            Self::Derive if is_path(text) => (
                is_free_derive(text),
                "derive",
                "allowed: every generated type has `Debug`, `Serialize` and `Deserialize` already; leave it out (the setting `debug` is for what `Debug` shows)",
            ),
            Self::Derive => (
                false,
                "derive",
                "the path of a derive; write one such as `::std::cmp::Eq`",
            ),
            Self::Attribute => (
                parses(text, syn::Meta::parse),
                "attribute",
                "the content of one Rust attribute; write one such as `non_exhaustive`, without `#[…]`",
            ),
            Self::Warning => {
                let is_known = Warning::NAMES.contains(&text);
                let hint = || hint(text, Warning::NAMES);
                return (!is_known).then(|| format!("there is no warning {text:?}{}", hint()));
            }
            Self::Path => return None,
        };
        (!is_valid).then(|| format!("the {what} {text:?} is not {instead}"))
    }
}

/// Whether all of `text` is what `parse` reads. It is parsed inside of brackets, so that no comment at its end can reach the code
/// after it.
fn parses<T>(text: &str, parse: fn(ParseStream<'_>) -> syn::Result<T>) -> bool {
    let in_brackets = |input: ParseStream<'_>| {
        let content;
        syn::bracketed!(content in input);
        parse(&content)
    };
    !text.contains(is_hidden) && in_brackets.parse_str(&format!("[{text}]")).is_ok()
}

/// What is written before an item for the visibility `pub`, `pub(crate)`, `pub(super)`, `pub(in crate::PATH)` or `private`.
pub(super) fn visibility(text: &str) -> Option<String> {
    let is_valid = match text {
        "private" => return Some(String::new()),
        "pub" | "pub(crate)" | "pub(super)" => true,
        _ => {
            let path = text.strip_prefix("pub(in ")?.strip_suffix(')')?;
            (path == "crate" || path.starts_with("crate::")) && is_path(path)
        }
    };
    is_valid.then(|| format!("{text} "))
}

/// A path such as `::my_crate::Date`, without generics.
fn is_path(text: &str) -> bool {
    parses(text, syn::Path::parse_mod_style)
}

/// A type such as `::my::Date` or `::std::boxed::Box<str>`.
fn is_type(text: &str) -> bool {
    let path = |input: ParseStream<'_>| match syn::Type::parse(input)? {
        syn::Type::Path(path) if path.qself.is_none() => Ok(()),
        _ => Err(input.error("expected a path")),
    };
    parses(text, path)
}

/// The name of a derive of the standard set: `Eq` of `::std::cmp::Eq`.
pub(crate) fn standard_derive(path: &str) -> Option<&str> {
    let path = path.strip_prefix("::").unwrap_or(path);
    match path.rsplit_once("::") {
        None => Some(path),
        Some((module, name)) => {
            let home = module.split("::").next();
            matches!(home, Some("std" | "core" | "alloc")).then_some(name)
        }
    }
}

/// Not one that every type has already: to derive it twice does not compile.
fn is_free_derive(path: &str) -> bool {
    let serde = path.strip_prefix("::").unwrap_or(path);
    let name = serde.strip_prefix("serde::").or(standard_derive(path));
    !matches!(name, Some("Debug" | "Serialize" | "Deserialize"))
}

/// The name of a field or module that rustc does not warn about.
fn is_snake_case(text: &str) -> bool {
    let inner = text.trim_matches('_');
    is_name(text) && !inner.contains("__") && !text.contains(|c: char| c.is_ascii_uppercase())
}

/// The name of a type or variant that rustc does not warn about.
fn is_camel_case(text: &str) -> bool {
    is_name(text) && text.starts_with(|c: char| c.is_ascii_uppercase()) && !text.contains('_')
}

/// An ASCII name that is not a keyword in any edition.
fn is_name(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let starts = !text.is_empty() && !text.starts_with(|c: char| c.is_ascii_digit());
    starts && text.chars().all(fits) && !matches!(text, "_" | "Self") && !is_keyword(text)
}

#[cfg(test)]
mod tests {
    use super::{Syntax, visibility};

    #[track_caller]
    fn check(syntax: Syntax, valid: &[&str], invalid: &[&str]) {
        for text in valid {
            assert_eq!(syntax.check(text), None);
        }
        for text in invalid {
            assert!(syntax.check(text).is_some(), "{text}");
        }
    }

    #[test]
    fn paths() {
        check(
            Syntax::RuntimePath,
            &["::my::Date", "Date", "crate::date::Date", "_x", "a::größe"],
            &[
                "", "::", "a:b", "a::", "a b", "1a", "_", "fn", "a::type", "a//", "a<b>", "a] [b",
            ],
        );
    }

    #[test]
    fn types() {
        let valid = [
            "::my::Date",
            "::std::boxed::Box<str>",
            "Map<String, Vec<[u8; 4]>>",
        ];
        let invalid = [
            "",
            "::",
            "a:b",
            "a::",
            "a b",
            "1a",
            "Vec<",
            "Vec<a",
            "a>",
            "a; b",
            "(a)",
            "a<b>c",
            "a<b>;",
            "_",
            "fn",
            "a::type",
            "Vec<dyn>",
            "a//",
            "a<b // c",
            "a/*",
            "&a",
            "[a]",
            "<a as b>::c",
            "a\n",
        ];
        check(Syntax::Type, &valid, &invalid);
    }

    #[test]
    fn attributes() {
        let valid = [
            "non_exhaustive",
            "deprecated = \"it's \\\"old\\\"\"",
            "cfg_attr(feature = \"x\", derive(::a::B))",
            "doc(alias = \"]\")",
            "doc = \"https://example.org\"",
            "clippy::msrv = \"1.0\"",
            "a(r\"\\\")",
            "a(r#\"x\"#)",
            "a(')')",
        ];
        let invalid = [
            "",
            "a]",
            "a)",
            "a(",
            "a(]",
            "a()b",
            "a() fn x() {}",
            "a] fn x() {} #[b",
            "a = \"x\" \"y\"",
            "a = \"x",
            "a = \"x\\\"",
            "a(// )\n)",
            "a //",
            "a /*",
            "a(/* ) */",
            "a(\u{202e})",
            "a\n]",
            "#[a]",
            "a, b",
        ];
        check(Syntax::Attribute, &valid, &invalid);
    }

    #[test]
    fn names() {
        let never = ["", "_", "type", "Self", "gen", "a b", "1a", "ä"];
        check(Syntax::Field, &["given_name", "type_"], &never);
        check(Syntax::Field, &[], &["Email", "a__b", "eMail"]);
        check(Syntax::TypeName, &["Plan2"], &never);
        check(Syntax::TypeName, &[], &["plan", "Plan_A", "2nd", "_Plan"]);
    }

    #[test]
    fn derives() {
        let free = ["Eq", "::std::cmp::Eq", "::rkyv::Serialize", "my::Debug"];
        let taken = [
            "Debug",
            "core::fmt::Debug",
            "::serde::Serialize",
            "serde::Deserialize",
        ];
        check(Syntax::Derive, &free, &taken);
        check(Syntax::Derive, &[], &["a b", "Vec<u8>"]);
    }

    #[test]
    fn visibilities() {
        for (text, before) in [
            ("pub", "pub "),
            ("private", ""),
            ("pub(crate)", "pub(crate) "),
            ("pub(in crate::a::b)", "pub(in crate::a::b) "),
        ] {
            assert_eq!(visibility(text).unwrap(), before);
        }
        for text in [
            "",
            "public",
            "pub(self) fn",
            "pub(in ::a)",
            "pub(in crate) struct A;(",
        ] {
            assert_eq!(visibility(text), None, "{text}");
        }
    }
}

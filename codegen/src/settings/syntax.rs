//! Text of the configuration that becomes Rust: nothing passes that is not what it should be.

/// A path such as `::my_crate::Date`, without generics.
pub(crate) fn is_path(text: &str) -> bool {
    let path = text.strip_prefix("::").unwrap_or(text);
    path.split("::").all(|segment| {
        let leads = matches!(segment, "crate" | "self" | "super");
        is_identifier(segment) && (leads || segment != "_" && !crate::rust::is_keyword(segment))
    })
}

/// The name of a derive of the standard library: `Eq` of `::std::cmp::Eq`.
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

/// What every type has already, so that a derive of it would not compile.
pub(crate) fn is_free_derive(path: &str) -> bool {
    let serde = path.strip_prefix("::").unwrap_or(path);
    let name = serde.strip_prefix("serde::").or(standard_derive(path));
    !matches!(name, Some("Debug" | "Serialize" | "Deserialize"))
}

/// A type such as `::my::Date` or `::std::boxed::Box<str>`: a path, perhaps with types between `<` and `>`.
pub(crate) fn is_type(text: &str) -> bool {
    let mut rest = text;
    ty(&mut rest) && rest.is_empty()
}

/// The inside of an attribute: a path, then nothing, `= "…"` or a group in brackets.
pub(crate) fn is_attribute(text: &str) -> bool {
    let end = text
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | ':')))
        .unwrap_or(text.len());
    let (path, rest) = text.split_at(end);
    // Whoever opens a group must close it at the very end: what follows would be beside the attribute.
    is_path(path) && {
        let rest = rest.trim();
        rest.is_empty()
            || rest
                .strip_prefix('=')
                .is_some_and(|value| is_one_literal(value.trim_start()))
            || rest.starts_with(['(', '[', '{']) && closes_at(rest) == Some(rest.len())
    }
}

/// A field that rustc does not warn about.
pub(crate) fn is_field(text: &str) -> bool {
    let inner = text.trim_matches('_');
    is_name(text) && !inner.contains("__") && !text.contains(|c: char| c.is_ascii_uppercase())
}

/// A type or variant that rustc does not warn about.
pub(crate) fn is_type_name(text: &str) -> bool {
    is_name(text) && text.starts_with(|c: char| c.is_ascii_uppercase()) && !text.contains('_')
}

/// A name that can stand for itself in every edition.
pub(crate) fn is_name(text: &str) -> bool {
    is_identifier(text) && text != "_" && !crate::rust::is_keyword(text) && text != "Self"
}

pub(crate) fn is_identifier(segment: &str) -> bool {
    let mut characters = segment.chars();
    characters
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
        && characters.all(|other| other.is_ascii_alphanumeric() || other == '_')
}

fn ty(rest: &mut &str) -> bool {
    *rest = rest.trim_start();
    let end = rest
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | ':')))
        .unwrap_or(rest.len());
    let (path, after) = rest.split_at(end);
    *rest = after;
    if !is_path(path) {
        return false;
    }
    if let Some(after) = rest.strip_prefix('<') {
        *rest = after;
        loop {
            if !ty(rest) {
                return false;
            }
            *rest = rest.trim_start();
            if let Some(after) = rest.strip_prefix(',') {
                *rest = after;
            } else if let Some(after) = rest.strip_prefix('>') {
                *rest = after;
                return true;
            } else {
                return false;
            }
        }
    }
    true
}

fn is_one_literal(text: &str) -> bool {
    if text.starts_with('"') {
        return string_end(text) == Some(text.len());
    }
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// Where the string that `text` begins with ends.
fn string_end(text: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// Where the bracket that `text` begins with is closed. Strings are stepped over; comments, characters and hidden text are not taken.
fn closes_at(text: &str) -> Option<usize> {
    let mut open = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let next = at + c.len_utf8();
        match c {
            '"' => {
                // A prefix would make it a raw string, in which a backslash means nothing.
                let before = text[..at].chars().next_back();
                if before.is_some_and(|c| c.is_ascii_alphanumeric() || c == '#') {
                    return None;
                }
                at += string_end(&text[at..])?;
                continue;
            }
            '(' => open.push(')'),
            '[' => open.push(']'),
            '{' => open.push('}'),
            ')' | ']' | '}' => {
                if open.pop() != Some(c) {
                    return None;
                }
                if open.is_empty() {
                    return Some(next);
                }
            }
            '/' if text[next..].starts_with(['/', '*']) => return None,
            ' ' | ',' | '=' | ':' | '<' | '>' | '.' | '-' | '+' | '!' | '&' | '/' | '*' | '|' => {}
            c if c.is_ascii_alphanumeric() || c == '_' => {}
            _ => return None,
        }
        at = next;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{is_attribute, is_field, is_free_derive, is_name, is_path, is_type, is_type_name};

    #[test]
    fn paths_and_types() {
        for text in ["::my::Date", "Date", "crate::date::Date", "_x"] {
            assert!(is_path(text) && is_type(text), "{text}");
        }
        for text in ["::std::boxed::Box<str>", "Map<String, Vec<u8>>"] {
            assert!(is_type(text) && !is_path(text), "{text}");
        }
        for text in [
            "",
            "::",
            "a:b",
            "a::",
            "a b",
            "1a",
            "Vec<",
            "Vec<>",
            "Vec<a",
            "a>",
            "a; b",
            "(a)",
            "a<b>c",
            "a<b>;",
            "größe",
            "_",
            "fn",
            "a::type",
            "Vec<dyn>",
            "a//",
            "a<b /**/>",
        ] {
            assert!(!is_type(text), "{text}");
        }
    }

    #[test]
    fn attributes() {
        for text in [
            "non_exhaustive",
            "deprecated = \"it's \\\"old\\\"\"",
            "cfg_attr(feature = \"x\", derive(::a::B))",
            "doc(alias = \"]\")",
            "clippy::msrv = \"1.0\"",
        ] {
            assert!(is_attribute(text), "{text}");
        }
        for text in [
            "",
            "a]",
            "a)",
            "a(",
            "a(]",
            "a()b",
            "a() fn x() {}",
            "a = 1 + 1",
            "a = \"x\" \"y\"",
            "a = \"x",
            "a = \"x\\\"",
            "a(// )\n)",
            "a(/* ) */)",
            "a(r\"\\\")",
            "a(r#\"x\"#)",
            "a(')')",
            "a(\u{202e})",
            "a\n]",
        ] {
            assert!(!is_attribute(text), "{text}");
        }
    }

    #[test]
    fn names() {
        assert!(is_name("given_name"));
        for text in ["", "_", "type", "Self", "gen", "a b", "1a", "ä"] {
            assert!(!is_name(text), "{text}");
        }
        assert!(is_field("type_") && is_type_name("Plan2"));
        for text in ["Email", "a__b", "eMail"] {
            assert!(!is_field(text), "{text}");
        }
        for text in ["plan", "Plan_A", "2nd", "_Plan"] {
            assert!(!is_type_name(text), "{text}");
        }
    }

    #[test]
    fn derives() {
        for text in ["Eq", "::std::cmp::Eq", "::rkyv::Serialize", "my::Debug"] {
            assert!(is_free_derive(text), "{text}");
        }
        for text in [
            "Debug",
            "core::fmt::Debug",
            "::serde::Serialize",
            "serde::Deserialize",
        ] {
            assert!(!is_free_derive(text), "{text}");
        }
    }
}

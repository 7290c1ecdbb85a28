//! Parses the text in which the admin API reports invalid traits: paths and sentences, without ids.
//!
//! Source: `errors.go` of `ory/jsonschema`, with lines like `I[#/traits/…] S[#/…] sentence`.

use crate::json::path::TraitPath;
use crate::problem::Problem;

/// The problems of all lines in this form; other lines are skipped. A rule and a role of one trait can
/// report the same problem, which is listed once.
pub(crate) fn problems(reason: &str) -> Vec<Problem> {
    let mut found = Vec::new();
    for problem in reason.lines().filter_map(problem) {
        if !found.contains(&problem) {
            found.push(problem);
        }
    }
    found
}

fn problem(line: &str) -> Option<Problem> {
    let rest = line.trim_start().strip_prefix("I[#")?;
    let (place, rest) = rest.split_once("] S[#")?;
    let (_, sentence) = rest.split_once("] ")?;
    // A heading for the lines that follow.
    if sentence == "validation failed" {
        return None;
    }
    let mut names = place.split('/');
    if names.next() != Some("") || names.next() != Some("traits") {
        return None;
    }
    let names: Option<Vec<String>> = names.map(name).collect();
    Some(Problem::invalid(TraitPath::new(names?), sentence))
}

/// The name in a segment of a JSON Pointer that is escaped for a URL.
fn name(segment: &str) -> Option<String> {
    Some(unescaped(segment)?.replace("~1", "/").replace("~0", "~"))
}

/// Escapes all characters that are not unreserved in a URL (RFC 3986).
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// Decodes an escaped text; `None` if it is malformed.
pub(crate) fn unescaped(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut parts = text.split('%');
    bytes.extend(parts.next()?.bytes());
    for part in parts {
        let (code, rest) = (part.get(..2)?, part.get(2..)?);
        bytes.push(u8::from_str_radix(code, 16).ok()?);
        bytes.extend(rest.bytes());
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_in_the_form_of_kratos() {
        let reason = "I[#/traits] S[#/properties/traits] validation failed\n  \
             I[#/traits/nickname] S[#/properties/traits/properties/nickname/type] expected string\n  \
             I[#/traits/nickname] S[#/other/place] expected string\n  \
             I[#/traits/a~1b%20%5D/0] S[#/x] no\n  \
             I[#/traits] S[#/properties/traits/required] missing properties: \"email\"";
        let found: Vec<_> = problems(reason)
            .into_iter()
            .map(|one| (one.path, one.message.text))
            .collect();
        let expected = [
            (TraitPath::new(["nickname"]), "expected string"),
            (TraitPath::new(["a/b ]", "0"]), "no"),
            (TraitPath::ROOT, "missing properties: \"email\""),
        ];
        assert_eq!(found, expected.map(|(path, text)| (path, text.to_owned())));
    }

    #[test]
    fn other_lines_are_skipped() {
        for text in [
            "",
            "An error occured",
            "I[#/x] S[#] y",
            "I[#/traits/%zz] S[#] y",
        ] {
            assert_eq!(problems(text), [], "{text}");
        }
    }
}

#[cfg(test)]
mod escape_tests {
    use super::*;

    #[test]
    fn round_trip() {
        let text = "ada+1@example.org/ü %?&#";
        let url = escaped(text);
        assert_eq!(url, "ada%2B1%40example.org%2F%C3%BC%20%25%3F%26%23");
        assert_eq!(unescaped(&url).as_deref(), Some(text));
    }

    #[test]
    fn malformed() {
        for text in ["%", "%4", "%zz", "%ü", "%ff"] {
            assert_eq!(unescaped(text), None, "{text}");
        }
    }
}

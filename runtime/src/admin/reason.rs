//! Reads the text in which the admin API reports that traits break the schema. Unlike the settings flow, it has no message ids.
//!
//! Each line is `I[#/traits/nickname] S[#/…/nickname/minLength] length must be >= 2, but got 1`: the place in the identity, the
//! place in the schema, a sentence. The sentences of `required` and `additionalProperties` name members of the object at the place.
//!
//! Source: `errors.go` of `ory/jsonschema`; seen on v1.3.1 and v26.2.0.

use std::collections::HashSet;

use crate::json::path::TraitPath;
use crate::problem::Problem;

/// The problems of all lines in this form; other lines are skipped. Several sentences of one rule at one place are one problem, and
/// so is one sentence of a rule and a role.
pub(super) fn reported_problems(reason: &str) -> Vec<Problem> {
    let mut rules = HashSet::new();
    let mut found = Vec::new();
    for line in reason.lines().filter_map(Line::read) {
        if !rules.insert((line.place.clone(), line.rule)) {
            continue;
        }
        for problem in line.problems() {
            if !found.contains(&problem) {
                found.push(problem);
            }
        }
    }
    found
}

struct Line<'t> {
    place: TraitPath,
    /// The pointer to the rule in the schema.
    rule: &'t str,
    sentence: &'t str,
}

impl<'t> Line<'t> {
    fn read(line: &'t str) -> Option<Self> {
        let rest = line.trim_start().strip_prefix("I[#")?;
        let (place, rest) = rest.split_once("] S[#")?;
        let (rule, sentence) = rest.split_once("] ")?;
        // A heading for the lines that follow.
        if sentence == "validation failed" {
            return None;
        }
        let mut names = place.split('/');
        if names.next() != Some("") || names.next() != Some("traits") {
            return None;
        }
        let names: Option<Vec<String>> = names.map(name).collect();
        Some(Self {
            place: TraitPath::new(names?),
            rule,
            sentence,
        })
    }

    /// A problem for each member that the sentence names, or one problem.
    fn problems(&self) -> Vec<Problem> {
        let keyword = self.rule.rsplit('/').next().unwrap_or_default();
        let members = quoted(self.sentence).into_iter();
        let problems: Vec<Problem> = match keyword {
            "required" => members
                .map(|name| Problem::required(&self.place, &name))
                .collect(),
            "additionalProperties" => members
                .map(|name| {
                    self.problem(self.place.child(name))
                        .by("additionalProperties")
                })
                .collect(),
            _ => Vec::new(),
        };
        if problems.is_empty() {
            return vec![self.problem(self.place.clone())];
        }
        problems
    }

    fn problem(&self, path: TraitPath) -> Problem {
        Problem::invalid(path, self.sentence)
    }
}

/// The texts in quotes, as Go writes them with `%q`.
fn quoted(sentence: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = sentence;
    while let Some(start) = rest.find('"') {
        let text = &rest[start..];
        let mut escaped = false;
        let end = text.char_indices().skip(1).find(|(_, c)| {
            let ends = *c == '"' && !escaped;
            escaped = *c == '\\' && !escaped;
            ends
        });
        let Some((end, _)) = end else { break };
        // JSON has all escapes of Go but those of control characters.
        found.extend(serde_json::from_str::<String>(&text[..=end]).ok());
        rest = &text[end + 1..];
    }
    found
}

/// The name in a segment of a JSON Pointer that is escaped for a URL.
fn name(segment: &str) -> Option<String> {
    Some(unescaped(segment)?.replace("~1", "/").replace("~0", "~"))
}

/// Decodes an escaped text; `None` if it is malformed.
fn unescaped(text: &str) -> Option<String> {
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
    use crate::problem::MessageId;

    #[test]
    fn lines_in_the_form_of_kratos() {
        let reason = "I[#/traits] S[#/properties/traits] validation failed\n  \
             I[#/traits/nickname] S[#/properties/traits/properties/nickname/type] expected string\n  \
             I[#/traits/nickname] S[#/other/place] expected string\n  \
             I[#/traits/a~1b%20%5D/0] S[#/x] no\n  \
             I[#/traits/mail] S[#/properties/mail/format] \"x\" is not valid \"email\"\n  \
             I[#/traits/mail] S[#/properties/mail/format] can not be normalized\n  \
             I[#/traits] S[#/properties/traits/required] missing properties: \"email\", \"a\\\"b\"\n  \
             I[#/traits/name] S[#/x/additionalProperties] additionalProperties \"x\", \"y\" not allowed";
        let found: Vec<_> = reported_problems(reason)
            .into_iter()
            .map(|one| (one.path, one.message.id))
            .collect();
        let expected = [
            (TraitPath::new(["nickname"]), MessageId::INVALID),
            (TraitPath::new(["a/b ]", "0"]), MessageId::INVALID),
            (TraitPath::new(["mail"]), MessageId::INVALID),
            (TraitPath::new(["email"]), MessageId::REQUIRED),
            (TraitPath::new(["a\"b"]), MessageId::REQUIRED),
            (TraitPath::new(["name", "x"]), MessageId::INVALID),
            (TraitPath::new(["name", "y"]), MessageId::INVALID),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn other_lines_are_skipped() {
        for text in [
            "I[#/traits/%] S[#] y",
            "I[#/traits/%4] S[#] y",
            "I[#/traits/%ü] S[#] y",
            "I[#/traits/%ff] S[#] y",
            "",
            "An error occured",
            "I[#/x] S[#] y",
            "I[#/traits/%zz] S[#] y",
        ] {
            assert_eq!(reported_problems(text), [], "{text}");
        }
    }
}

//! The keyword `format`: only plain mistakes are found here, all others by Kratos.

use serde_json::json;

use crate::json::path::TraitPath;
use crate::problem::{MessageId, Problem};

/// The problem of a text that surely does not have the format.
pub(crate) fn problem(path: &TraitPath, format: &str, text: &str) -> Option<Problem> {
    let id = surely_refuses(format, text)?;
    let words = format!("{text:?} is not valid {format:?}");
    let context = json!({ "value": text });
    Some(Problem::new(path.clone(), id, words, context))
}

/// The id of the problem if the text surely does not have the format.
///
/// Source: `formats.go` of `ory/jsonschema`: an e-mail address has at most 254 bytes, at most 64 of
/// them before the last `@`, and a host name after it; a phone number is written with `+` and the
/// country code.
fn surely_refuses(format: &str, text: &str) -> Option<MessageId> {
    match format {
        "email" => (!may_be_email(text)).then_some(MessageId::EMAIL),
        "tel" => (!may_be_phone(text)).then_some(MessageId::PHONE),
        _ => None,
    }
}

fn may_be_email(text: &str) -> bool {
    text.len() <= 254
        && text.rsplit_once('@').is_some_and(|(local, domain)| {
            (1..=64).contains(&local.len())
                && !domain.is_empty()
                && domain
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.')
        })
}

fn may_be_phone(text: &str) -> bool {
    text.contains(['+', '\u{ff0b}']) && text.chars().any(char::is_numeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_mistakes() {
        for bad in ["", "ada", "@example.org", "ada@", "ada@exa mple.org"] {
            assert_eq!(
                surely_refuses("email", bad),
                Some(MessageId::EMAIL),
                "{bad}"
            );
        }
        for bad in ["", "0301234567", "+"] {
            assert_eq!(surely_refuses("tel", bad), Some(MessageId::PHONE), "{bad}");
        }
    }

    #[test]
    fn other_mistakes_are_left_to_kratos() {
        for (format, text) in [
            ("email", "ada@localhost"),
            ("email", "\"a b\"@example.org"),
            ("tel", "+49 30 1234567"),
            ("tel", "tel:+49301234567"),
            ("uri", "no uri"),
            ("unknown", "x"),
        ] {
            assert_eq!(surely_refuses(format, text), None, "{format} {text}");
        }
    }
}

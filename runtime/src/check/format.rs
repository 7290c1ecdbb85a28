//! Formats: plain mistakes only. The fine print is Kratos's to judge.

use crate::problem::MessageId;

/// The id of the problem when the text surely is not of the format.
///
/// Source: `formats.go` of `ory/jsonschema`: an e-mail address has at most 254 bytes, at most 64 of
/// them before the last `@`, and a host name behind it; a phone number is written with `+` and the
/// country code.
pub(crate) fn surely_refuses(format: &str, text: &str) -> Option<MessageId> {
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
    fn the_rest_is_left_to_kratos() {
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

//! Fresh ids and tokens, of the shapes that Kratos gives them.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};

const LETTERS: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// A UUID, version 4.
pub(super) fn uuid() -> String {
    let (high, low) = (random(), random());
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        high >> 32,
        high >> 16 & 0xffff,
        high & 0xfff,
        low >> 48 & 0x3fff | 0x8000,
        low & 0xffff_ffff_ffff,
    )
}

/// A session token: `ory_st_` and 32 letters or digits.
pub(super) fn session_token() -> String {
    format!("ory_st_{}", letters(32))
}

/// A login code: six digits.
pub(super) fn code() -> String {
    format!("{:06}", random() % 1_000_000)
}

/// Whether the text is a UUID. Kratos refuses a malformed flow id before it looks for the flow.
pub(super) fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// Random letters and digits.
pub(super) fn letters(count: usize) -> String {
    (0..count)
        .map(|_| char::from(LETTERS[(random() % 62) as usize]))
        .collect()
}

/// A random number from the seed of a standard library map: good enough for a test server.
fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uuids_and_tokens_have_the_form_of_kratos() {
        let id = uuid();
        assert!(is_uuid(&id), "{id}");
        assert_eq!(&id[14..15], "4");
        assert!("89ab".contains(&id[19..20]), "{id}");
        assert_ne!(id, uuid());
        let token = session_token();
        assert_eq!(token.len(), 39);
        assert!(
            token["ory_st_".len()..]
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric())
        );
    }

    #[test]
    fn malformed_uuids_are_recognized() {
        for text in [
            "",
            "xyz",
            "6e2f00006e2f00006e2f00006e2f00006e2f",
            "6e2f0000-6e2f-6e2f-6e2f-6e2f0000000g",
        ] {
            assert!(!is_uuid(text), "{text}");
        }
    }
}

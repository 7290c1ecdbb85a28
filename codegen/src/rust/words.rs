//! From any name in a schema to the words of a Rust name.

/// The words of `name` in lower case, joined with `_`; never empty.
///
/// Latin letters and digits stay. What is between words ends them, and so does a capital after a small letter. Any other character
/// becomes its code point, `u4e2d`, because rustc warns about many of them in names; so does a name that has no letter or digit.
pub(crate) fn snake(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    let mut previous = Case::Boundary;
    let mut characters = name.chars().peekable();
    while let Some(character) = characters.next() {
        if !stays(character) {
            previous = Case::Boundary;
            if !separates(character) {
                begin_word(&mut out);
                push_code(&mut out, character);
            }
            continue;
        }
        let next_is_small = characters.peek().is_some_and(|next| next.is_lowercase());
        let begins = match previous {
            Case::Boundary => true,
            Case::Small => character.is_uppercase(),
            Case::Capital => character.is_uppercase() && next_is_small,
        };
        if begins {
            begin_word(&mut out);
        }
        // A digit goes on in the case before it: `sha256Sum` has two words, `2FA` has one.
        if character.is_lowercase() {
            previous = Case::Small;
        } else if character.is_uppercase() || previous == Case::Boundary {
            previous = Case::Capital;
        }
        out.extend(character.to_lowercase());
    }
    if out.is_empty() {
        for character in name.chars() {
            begin_word(&mut out);
            push_code(&mut out, character);
        }
    }
    if out.is_empty() {
        out.push_str("empty");
    }
    out
}

/// The words of [`snake`] with capitals: `first_name` → `FirstName`.
pub(crate) fn push_pascal(out: &mut String, snake: &str) {
    for word in snake.split('_') {
        let mut characters = word.chars();
        if let Some(first) = characters.next() {
            out.extend(first.to_uppercase());
            out.push_str(characters.as_str());
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    Boundary,
    Small,
    Capital,
}

/// ASCII, Latin-1 and Latin Extended-A letters, without those that Unicode advises against in names.
fn stays(character: char) -> bool {
    match character {
        '\u{d7}' | '\u{f7}' => false,
        '\u{131}'..='\u{133}' | '\u{138}' | '\u{13f}' | '\u{140}' | '\u{149}' | '\u{17f}' => false,
        '\u{c0}'..='\u{17f}' => true,
        _ => character.is_ascii_alphanumeric(),
    }
}

fn separates(character: char) -> bool {
    character.is_ascii()
        || character.is_whitespace()
        || character.is_control()
        || matches!(character, '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{303f}' | '\u{feff}')
}

fn begin_word(out: &mut String) {
    if !out.is_empty() {
        out.push('_');
    }
}

fn push_code(out: &mut String, character: char) {
    out.push_str(&format!("u{:x}", u32::from(character)));
}

#[cfg(test)]
mod tests {
    use super::{push_pascal, snake};

    #[test]
    fn words() {
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
            ("中a", "u4e2d_a"),
            ("", "empty"),
            ("-", "u2d"),
            ("..", "u2e_u2e"),
            ("a\u{202e}b", "a_b"),
            ("\u{301}", "u301"),
        ] {
            assert_eq!(snake(name), expected, "{name:?}");
        }
    }

    #[test]
    fn capitals() {
        let mut out = String::new();
        push_pascal(&mut out, "first_name_2fa_élan");
        assert_eq!(out, "FirstName2faÉlan");
    }
}

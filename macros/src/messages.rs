//! Error messages: collected mistakes, suggestions, and the escaping of names that come from a schema.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};

/// The mistakes in one struct, which are reported together.
#[derive(Default)]
pub(crate) struct Errors(pub(crate) Vec<syn::Error>);

impl Errors {
    /// Adds a mistake at these tokens.
    pub(crate) fn on(&mut self, tokens: impl ToTokens, message: impl std::fmt::Display) {
        self.0.push(syn::Error::new_spanned(tokens, message));
    }

    /// Adds a mistake at a span.
    pub(crate) fn at(&mut self, span: Span, message: impl std::fmt::Display) {
        self.0.push(syn::Error::new(span, message));
    }

    /// The value if there are no mistakes.
    pub(crate) fn into_result<T>(self, value: T) -> syn::Result<T> {
        let all = self.0.into_iter().reduce(|mut all, error| {
            all.combine(error);
            all
        });
        all.map_or(Ok(value), Err)
    }
}

/// A type that expands to the error, so that the compiler reports nothing about code that depends on it.
///
/// The error is in the length of an array, because an error in type position becomes `()`.
pub(crate) fn in_place_of_a_type(error: &syn::Error) -> TokenStream {
    let error = error.to_compile_error();
    quote!([(); #error])
}

/// The candidate that differs least from `word`, if it is close enough to be a typing error.
pub(crate) fn nearest<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|candidate| {
            let by_letters = strsim::damerau_levenshtein(&bare(word), &bare(candidate));
            // Of two candidates with the same letters, prefer the one with the same separators.
            let as_written = strsim::damerau_levenshtein(&snake(word), &snake(candidate));
            (by_letters, as_written, candidate)
        })
        .filter(|(distance, _, candidate)| {
            let longer = candidate.chars().count().max(word.chars().count());
            *distance <= longer.div_ceil(3)
        })
        .min_by_key(|(by_letters, as_written, _)| (*by_letters, *as_written))
        .map(|(_, _, candidate)| candidate)
}

/// The help for an unknown word: the most similar known word, or all of them.
pub(crate) fn suggestion(word: &str, known: &[&str]) -> String {
    match nearest(word, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("expected one of `{}`", known.join("`, `")),
    }
}

/// The word as Rust would write it: small letters, and `_` between its words.
fn snake(word: &str) -> String {
    word.to_lowercase().replace(['-', ' '], "_")
}

/// The word without separators.
fn bare(word: &str) -> String {
    snake(word).replace('_', "")
}

/// Escapes characters that would break the line, change the direction of the text, or be invisible: the compiler prints messages
/// verbatim.
pub(crate) fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if is_hidden(character) {
            shown.extend(character.escape_default());
        } else {
            shown.push(character);
        }
    }
    shown
}

/// Control characters, and characters that change the direction of text or are invisible.
pub(crate) fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_errors_are_found_and_other_words_are_not() {
        let traits = ["email", "name", "name.first", "nickname"];
        for (word, found) in [
            ("emial", Some("email")),
            ("mail", Some("email")),
            ("nick_name", Some("nickname")),
            ("name.frist", Some("name.first")),
            ("zip", None),
        ] {
            assert_eq!(nearest(word, traits), found, "{word}");
        }
    }

    #[test]
    fn case_and_separators_are_ignored() {
        assert_eq!(nearest("e_mail", ["email", "e-mail"]), Some("e-mail"));
        assert_eq!(nearest("Bio", ["bic", "bio"]), Some("bio"));
        assert_eq!(nearest("FIRST_NAME", ["first name"]), Some("first name"));
    }

    #[test]
    fn invisible_characters_are_escaped() {
        assert_eq!(visible("Größe in \"cm\""), "Größe in \"cm\"");
        assert_eq!(visible("نمی\u{200c}دانم"), "نمی\u{200c}دانم");
        assert_eq!(visible("a\nb\u{202e}c\u{1b}"), "a\\nb\\u{202e}c\\u{1b}");
    }
}

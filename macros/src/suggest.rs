//! Did you mean …?

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

/// The word as Rust would write it: small letters, and `_` between its words.
fn snake(word: &str) -> String {
    word.to_lowercase().replace(['-', ' '], "_")
}

/// The word without separators.
fn bare(word: &str) -> String {
    snake(word).replace('_', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_found_and_other_words_are_not() {
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
    fn case_and_separators_do_not_count() {
        assert_eq!(nearest("e_mail", ["email", "e-mail"]), Some("e-mail"));
        assert_eq!(nearest("Bio", ["bic", "bio"]), Some("bio"));
        assert_eq!(nearest("FIRST_NAME", ["first name"]), Some("first name"));
    }
}

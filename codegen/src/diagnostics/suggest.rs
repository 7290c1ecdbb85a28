//! "Did you mean": the known word that is nearest to an unknown one.

/// The known word that `written` is most likely a misspelling of, if there is one.
///
/// One edit is allowed for every four letters of the known word, and at least one; swapping two neighbouring letters is one edit.
pub(crate) fn nearest<'w>(written: &str, known: &[&'w str]) -> Option<&'w str> {
    known
        .iter()
        .map(|word| (strsim::osa_distance(written, word), *word))
        .min()
        .filter(|(distance, word)| *distance <= (word.len() / 4).max(1))
        .map(|(_, word)| word)
}

/// "; did you mean `x`?" or "; write one of `x`, `y`, `z`".
pub(crate) fn hint(written: &str, known: &[&str]) -> String {
    match nearest(written, known) {
        Some(word) => format!("; did you mean `{word}`?"),
        None => format!("; write {}", one_of(known)),
    }
}

/// "`x`", "`x` or `y`", "one of `x`, `y`, `z`".
fn one_of(known: &[&str]) -> String {
    match known {
        [only] => format!("`{only}`"),
        [first, second] => format!("`{first}` or `{second}`"),
        more => format!("one of `{}`", more.join("`, `")),
    }
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn misspellings_have_a_suggestion_and_other_words_have_none() {
        let known = ["credentials", "verification", "recovery", "via"];
        assert_eq!(nearest("recovry", &known), Some("recovery"));
        assert_eq!(nearest("Verification", &known), Some("verification"));
        assert_eq!(nearest("vai", &known), Some("via"));
        assert_eq!(nearest("phone", &known), None);
        assert_eq!(nearest("", &known), None);
    }
}

//! "Did you mean": the nearest of a few known words.

/// The known word that `written` is most likely a slip of, if there is one.
pub(crate) fn nearest<'w>(written: &str, known: &[&'w str]) -> Option<&'w str> {
    known
        .iter()
        .map(|word| (distance(written, word), *word))
        .min()
        .filter(|(distance, word)| *distance <= (word.len() / 4).max(1))
        .map(|(_, word)| word)
}

/// "; did you mean `x`?" or "; the known ones are `x`, `y`".
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

/// Levenshtein's distance, in characters; two that changed places count as one.
fn distance(left: &str, right: &str) -> usize {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (above, from) in left.iter().enumerate() {
        let mut next = vec![above + 1];
        for (column, to) in right.iter().enumerate() {
            let replaced = row[column] + usize::from(from != to);
            let mut least = replaced.min(row[column + 1] + 1).min(next[column] + 1);
            let is_turned = above > 0
                && column > 0
                && (left[above - 1], *from) == (*to, right[column - 1])
                && from != to;
            if is_turned {
                least = least.min(before[column - 1] + 1);
            }
            next.push(least);
        }
        before = std::mem::replace(&mut row, next);
    }
    row[right.len()]
}

#[cfg(test)]
mod tests {
    use super::{distance, nearest};

    #[test]
    fn distances() {
        assert_eq!(distance("", "via"), 3);
        assert_eq!(distance("verifcation", "verification"), 1);
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("e-mial", "e-mail"), 1);
        assert_eq!(distance("ab", "ba"), 1);
    }

    #[test]
    fn a_slip_has_a_suggestion_and_another_word_has_none() {
        let known = ["credentials", "verification", "recovery"];
        assert_eq!(nearest("recovry", &known), Some("recovery"));
        assert_eq!(nearest("Verification", &known), Some("verification"));
        assert_eq!(nearest("phone", &known), None);
        assert_eq!(nearest("", &known), None);
    }
}

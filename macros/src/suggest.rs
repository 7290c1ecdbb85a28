//! Did you mean …?

/// The candidate that differs least from `word`, when it is close enough to be a slip.
pub(crate) fn nearest<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|candidate| (distance(word, candidate), candidate))
        .filter(|(distance, candidate)| {
            let longer = candidate.chars().count().max(word.chars().count());
            *distance <= longer.div_ceil(3) * SLIP
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// What a letter costs that is put in, taken out, replaced or swapped with its neighbour: a word all in another case is near.
const SLIP: usize = 3;

/// What one costs in the place of another: a name that cannot be Rust's differs in its case, or in what stands between its words.
fn replaced(from: char, to: char) -> usize {
    let between = |c: char| matches!(c, '_' | '-' | ' ');
    if from == to {
        0
    } else if from.to_lowercase().eq(to.to_lowercase()) || (between(from) && between(to)) {
        1
    } else {
        SLIP
    }
}

/// What it costs to make the one of the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut two_before: Vec<usize> = Vec::new();
    let mut before: Vec<usize> = (0..=b.len()).map(|count| count * SLIP).collect();
    let mut last = None;
    for (i, from) in a.chars().enumerate() {
        let mut row = vec![(i + 1) * SLIP];
        for (j, &to) in b.iter().enumerate() {
            let mut best = (row[j] + SLIP)
                .min(before[j + 1] + SLIP)
                .min(before[j] + replaced(from, to));
            if j > 0 && last == Some(to) && b[j - 1] == from {
                best = best.min(two_before[j - 1] + SLIP);
            }
            row.push(best);
        }
        last = Some(from);
        two_before = std::mem::replace(&mut before, row);
    }
    before[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_found_and_strangers_are_not() {
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
    fn another_case_or_another_line_between_words_is_no_other_name() {
        assert_eq!(nearest("e_mail", ["email", "e-mail"]), Some("e-mail"));
        assert_eq!(nearest("Bio", ["bic", "bio"]), Some("bio"));
        assert_eq!(nearest("FIRST_NAME", ["first name"]), Some("first name"));
    }
}

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
            *distance
                <= candidate
                    .chars()
                    .count()
                    .max(word.chars().count())
                    .div_ceil(3)
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// How many letters must be put in, taken out, replaced or swapped with their neighbour.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut two_before: Vec<usize> = Vec::new();
    let mut before: Vec<usize> = (0..=b.len()).collect();
    let mut last = None;
    for (i, from) in a.chars().enumerate() {
        let mut row = vec![i + 1];
        for (j, &to) in b.iter().enumerate() {
            let mut best = (row[j] + 1)
                .min(before[j + 1] + 1)
                .min(before[j] + usize::from(from != to));
            if j > 0 && last == Some(to) && b[j - 1] == from {
                best = best.min(two_before[j - 1] + 1);
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
}

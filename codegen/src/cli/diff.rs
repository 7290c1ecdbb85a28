//! The first lines in which two texts differ.

/// How many lines of each side are shown.
const SHOWN: usize = 5;

/// The first line that differs, from 1, and the lines around the difference; `None` if there is none.
pub(super) fn short(old: &str, new: &str) -> Option<(usize, String)> {
    if old == new {
        return None;
    }
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let same = |(a, b): &(&&str, &&str)| a == b;
    let before = old.iter().zip(&new).take_while(same).count();
    let (old_rest, new_rest) = (&old[before..], &new[before..]);
    let reversed = old_rest.iter().rev().zip(new_rest.iter().rev());
    let after = reversed.take_while(same).count();
    let mut diff = String::new();
    push(&mut diff, '-', &old_rest[..old_rest.len() - after]);
    push(&mut diff, '+', &new_rest[..new_rest.len() - after]);
    if diff.is_empty() {
        // Only line ends differ, or the end of the last line.
        diff.push_str("only the line ends differ\n");
    }
    diff.pop();
    Some((before + 1, diff))
}

fn push(diff: &mut String, sign: char, lines: &[&str]) {
    for line in lines.iter().take(SHOWN) {
        diff.push(sign);
        diff.push_str(line);
        diff.push('\n');
    }
    if lines.len() > SHOWN {
        diff.push_str(&format!("{sign}… {} more lines\n", lines.len() - SHOWN));
    }
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn the_lines_that_differ() {
        assert_eq!(short("a\nb\n", "a\nb\n"), None);
        let diff = |old, new| short(old, new).unwrap();
        assert_eq!(diff("a\nb\nc\n", "a\nx\ny\nc\n"), (2, "-b\n+x\n+y".into()));
        assert_eq!(diff("a\n", "a\nb\n"), (2, "+b".into()));
        assert_eq!(diff("", "1\n2\n3\n4\n5\n6\n7\n").1.lines().count(), 6);
        assert!(
            diff("a\r\n", "a\n")
                .1
                .starts_with("only the line ends differ")
        );
    }
}

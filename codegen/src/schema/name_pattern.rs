//! Whether a pattern of `patternProperties` can match a name.

/// `false` only if a text that is in every match is not in the name. In case of doubt, the pattern matches: a role that counts for
/// one trait too many costs a word in an updater, one too few could be an attacker's address.
pub(crate) fn can_match(pattern: &str, name: &str) -> bool {
    match alternatives(pattern) {
        Some(all) => all.iter().any(|one| one.fits(name)),
        None => true,
    }
}

/// What every match of an alternative of a pattern contains.
#[derive(Default)]
struct Alternative {
    /// It begins with `^`.
    is_at_start: bool,
    /// It ends with `$`.
    is_at_end: bool,
    /// The texts between the parts that are not plain, which can be empty.
    texts: Vec<String>,
}

impl Alternative {
    fn fits(&self, name: &str) -> bool {
        let (Some(first), Some(last)) = (self.texts.first(), self.texts.last()) else {
            return true;
        };
        self.texts.iter().all(|text| name.contains(&**text))
            && (!self.is_at_start || name.starts_with(&**first))
            && (!self.is_at_end || name.ends_with(&**last))
            && !(self.is_at_start && self.is_at_end && self.texts.len() == 1 && name != first)
    }
}

/// Splits a pattern at its `|`s; `None` if it has a part that is not understood here.
fn alternatives(pattern: &str) -> Option<Vec<Alternative>> {
    let mut all = Vec::new();
    let mut current = Alternative {
        texts: vec![String::new()],
        ..Alternative::default()
    };
    let mut rest = pattern.chars();
    while let Some(c) = rest.next() {
        let texts = &mut current.texts;
        if current.is_at_end && c != '|' {
            return None;
        }
        match c {
            '|' => {
                all.push(current);
                current = Alternative {
                    texts: vec![String::new()],
                    ..Alternative::default()
                };
            }
            '^' if *texts == [""] && !current.is_at_start => current.is_at_start = true,
            '$' => current.is_at_end = true,
            '^' => return None,
            '.' => texts.push(String::new()),
            '[' => {
                skip_class(&mut rest)?;
                texts.push(String::new());
            }
            '(' => {
                skip_group(&mut rest)?;
                texts.push(String::new());
            }
            // The part before it can be absent, or can be repeated.
            '*' | '?' | '{' => {
                texts.last_mut()?.pop();
                texts.push(String::new());
                if c == '{' {
                    rest.find(|c| *c == '}')?;
                }
            }
            '+' => texts.push(String::new()),
            '\\' => match rest.next()? {
                'd' | 'D' | 's' | 'S' | 'w' | 'W' => texts.push(String::new()),
                c if c.is_ascii_punctuation() => texts.last_mut()?.push(c),
                _ => return None,
            },
            c => texts.last_mut()?.push(c),
        }
    }
    all.push(current);
    Some(all)
}

/// Skips a class such as `[a-z]`.
fn skip_class(rest: &mut std::str::Chars<'_>) -> Option<()> {
    let mut is_first = true;
    loop {
        match rest.next()? {
            '^' if is_first => continue,
            ']' if !is_first => return Some(()),
            // `[:alpha:]` has a `]` of its own.
            '[' => return None,
            '\\' => drop(rest.next()?),
            _ => {}
        }
        is_first = false;
    }
}

/// Skips a group, which sets no flags.
fn skip_group(rest: &mut std::str::Chars<'_>) -> Option<()> {
    let flags = rest.as_str().strip_prefix('?');
    if flags.is_some_and(|flags| !flags.starts_with([':', 'P', '<'])) {
        return None;
    }
    loop {
        match rest.next()? {
            ')' => return Some(()),
            '(' => skip_group(rest)?,
            '[' => skip_class(rest)?,
            '\\' => drop(rest.next()?),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::can_match;

    #[test]
    fn surely_not() {
        for (pattern, name) in [
            ("^backup_", "email"),
            ("_mail$", "email"),
            ("^mail$", "email"),
            ("x", "email"),
            ("^(work|home)_mail$", "email"),
            ("^e[0-9]+_", "email"),
            ("^ab|^cd$", "cde"),
            ("^x-.*", "email"),
            (r"^e\.", "email"),
            (r"^em?x", "email"),
            ("^ma{2}x", "mail"),
        ] {
            assert!(!can_match(pattern, name), "{pattern} {name}");
        }
    }

    #[test]
    fn perhaps() {
        for (pattern, name) in [
            ("", "email"),
            ("^", "email"),
            ("$", "email"),
            ("mai", "email"),
            ("^email$", "email"),
            ("^e.*l$", "email"),
            ("^[^]a]*$", "email"),
            ("^emails?$", "email"),
            ("^emailx*$", "email"),
            ("^emailx{0,3}$", "email"),
            ("^emai+l", "emaiiil"),
            ("a|^email", "email"),
            ("^(?:work|home)_mail$", "home_mail"),
            ("(?i)^EMAIL", "email"),
            (r"^\x65mail", "email"),
            (r"\Qem\E", "email"),
            ("^[[:alpha:]]+$", "email"),
            ("^e\\w+\\.x$", "ema.x"),
            ("^^email", "email"),
            ("(x|(y[)]))?email", "email"),
        ] {
            assert!(can_match(pattern, name), "{pattern} {name}");
        }
    }
}

//! Escaped characters, and classes in brackets.

use super::{Scanner, Step};

impl Scanner<'_> {
    /// The character after a backslash, inside or outside a class.
    pub(super) fn character(&mut self, escaped: char) -> Step {
        match escaped {
            '0'..='7' | 'a' | 'f' | 'n' | 'r' | 't' | 'v' => Ok(()),
            'x' => self.hexadecimal(),
            c if c.is_ascii() && !c.is_ascii_alphanumeric() => Ok(()),
            _ => Err(
                "it escapes a character that Go does not let be escaped; write the character without a backslash, or `\\x{…}` with its code",
            ),
        }
    }

    fn hexadecimal(&mut self) -> Step {
        const WRONG: &str = "`\\x` is not followed by the code of a character; write two hexadecimal digits, or more in braces";
        let mut next = || self.rest.next();
        let first = next();
        if first != Some('{') {
            let both = [first, next()];
            let fits = both
                .iter()
                .all(|c| c.is_some_and(|c| c.is_ascii_hexdigit()));
            return if fits { Ok(()) } else { Err(WRONG) };
        }
        let mut code = 0_u32;
        let mut digits = 0;
        while let Some(c) = next() {
            match c.to_digit(16) {
                Some(digit) => {
                    code = code.saturating_mul(16).saturating_add(digit);
                    digits += 1;
                }
                None if c == '}' && digits > 0 && code <= 0x0010_ffff => return Ok(()),
                None => break,
            }
        }
        Err(WRONG)
    }

    pub(super) fn class(&mut self) -> Step {
        self.rest.next_if_eq(&'^');
        let mut is_first = true;
        loop {
            let Some(c) = self.rest.next() else {
                return Err("a `[` is not closed; write `]`");
            };
            if c == ']' && !is_first {
                return Ok(());
            }
            is_first = false;
            let low = match c {
                '[' if self.posix()? => continue,
                '\\' => match self.rest.next() {
                    None => return Err("it ends with a backslash; write two"),
                    Some('d' | 'D' | 's' | 'S' | 'w' | 'W') => continue,
                    Some('p' | 'P') => {
                        self.unicode()?;
                        continue;
                    }
                    Some('8' | '9') => {
                        return Err(
                            "it escapes a digit that Go does not let be escaped; write the digit without a backslash",
                        );
                    }
                    Some(other) => {
                        self.character(other)?;
                        None
                    }
                },
                c => Some(c),
            };
            self.range(low)?;
        }
    }

    /// An optional `-` and end of a range after a character in a class. A range with escapes is accepted unchecked.
    fn range(&mut self, low: Option<char>) -> Step {
        let mut ahead = self.rest.clone();
        if ahead.next() != Some('-') || matches!(ahead.peek(), Some(']') | None) {
            return Ok(());
        }
        self.rest = ahead;
        match self.rest.next() {
            Some('\\') => match self.rest.next() {
                Some('d' | 'D' | 's' | 'S' | 'w' | 'W' | 'p' | 'P') => Err(
                    "a class such as `\\d` is the end of a range; write the `-` at the end of the brackets",
                ),
                Some(other) => self.character(other),
                None => Err("it ends with a backslash; write two"),
            },
            Some(high) if low.is_some_and(|low| low > high) => {
                Err("a range in brackets is reversed; write the smaller character first")
            }
            _ => Ok(()),
        }
    }

    /// `[:alpha:]`, of which the `[` is read.
    fn posix(&mut self) -> Result<bool, &'static str> {
        const NAMES: [&str; 14] = [
            "alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print",
            "punct", "space", "upper", "word", "xdigit",
        ];
        if self.rest.peek() != Some(&':') {
            return Ok(false);
        }
        let rest: String = self.rest.clone().skip(1).collect();
        let Some((name, after)) = rest.split_once(":]") else {
            return Ok(false);
        };
        let name = name.strip_prefix('^').unwrap_or(name);
        if !NAMES.contains(&name) {
            return Err(
                "a class such as `[:alpha:]` has a name that Go does not know; write another",
            );
        }
        let skip = self.rest.clone().count() - after.chars().count();
        for _ in 0..skip {
            self.rest.next();
        }
        Ok(true)
    }
}

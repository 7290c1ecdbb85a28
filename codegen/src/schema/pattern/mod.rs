//! Whether Go's `regexp`, with which Kratos compiles every `pattern` at boot, accepts a pattern. In case of doubt it does: a wrong
//! refusal would stop somebody, a wrong acceptance only postpones the error.

mod class;
mod unicode;

use std::iter::Peekable;
use std::str::Chars;

use super::source::{Problems, Spot};

/// Go refuses a repetition of more.
const MAX_REPEAT: u32 = 1000;

/// Reports a pattern that Go refuses.
pub(super) fn check(text: &str, spot: Spot, problems: &mut Problems) {
    if let Some(why) = refused(text) {
        problems.report(spot, format!("Kratos refuses the pattern {text:?}: {why}"));
    }
}

/// Why Go refuses `pattern`, and what to write instead; `None` if Go accepts it.
fn refused(pattern: &str) -> Option<&'static str> {
    Scanner {
        rest: pattern.chars().peekable(),
        depth: 0,
        atom: false,
        repeated: false,
    }
    .run()
    .err()
}

struct Scanner<'p> {
    rest: Peekable<Chars<'p>>,
    /// Open groups.
    depth: usize,
    /// There is something that a repetition can follow.
    atom: bool,
    /// The last thing is a repetition.
    repeated: bool,
}

type Step = Result<(), &'static str>;

impl Scanner<'_> {
    fn run(mut self) -> Step {
        while let Some(c) = self.rest.next() {
            match c {
                '(' => self.group()?,
                ')' if self.depth == 0 => return Err("it has a `)` without a `(`; write `\\)`"),
                ')' => {
                    self.depth -= 1;
                    self.is_atom();
                }
                '|' => self.begins(),
                '*' | '+' | '?' => self.repeat()?,
                '{' => self.braces()?,
                '[' => {
                    self.class()?;
                    self.is_atom();
                }
                '\\' => self.escape()?,
                _ => self.is_atom(),
            }
        }
        if self.depth > 0 {
            return Err("a `(` is not closed; write `)`");
        }
        Ok(())
    }

    fn is_atom(&mut self) {
        self.atom = true;
        self.repeated = false;
    }

    fn begins(&mut self) {
        self.atom = false;
        self.repeated = false;
    }

    fn group(&mut self) -> Step {
        self.depth += 1;
        self.begins();
        if self.rest.next_if_eq(&'?').is_none() {
            return Ok(());
        }
        let named = match self.rest.next() {
            Some('P') => match self.rest.next() {
                Some('<') => true,
                _ => {
                    return Err(
                        "`(?P` is not followed by the name of a group; write `(?P<name>…)`",
                    );
                }
            },
            Some('<') => match self.rest.peek() {
                Some('=' | '!') => return Err(LOOK_AROUND),
                _ => true,
            },
            Some('=' | '!') => return Err(LOOK_AROUND),
            Some('>') => return Err("it has an atomic group; write a plain one, `(?:…)`"),
            Some(first) => return self.flags(first),
            None => return Err("a `(` is not closed; write `)`"),
        };
        debug_assert!(named, "every other way has returned");
        let mut length = 0;
        for c in self.rest.by_ref() {
            match c {
                '>' if length > 0 => return Ok(()),
                c if c.is_alphanumeric() || c == '_' => length += 1,
                _ => break,
            }
        }
        Err("the name of a group has other characters than letters, digits and `_`; write another")
    }

    fn flags(&mut self, first: char) -> Step {
        let mut next = Some(first);
        let mut minus = false;
        let mut flag_after = true;
        while let Some(c) = next {
            match c {
                'i' | 'm' | 's' | 'U' => flag_after = true,
                '-' if !minus => {
                    minus = true;
                    flag_after = false;
                }
                ':' if flag_after => return Ok(()),
                ')' if flag_after => {
                    // `(?i)` is complete; Go lets a repetition after it apply to what is before it.
                    self.depth -= 1;
                    self.is_atom();
                    return Ok(());
                }
                _ => break,
            }
            next = self.rest.next();
        }
        Err(
            "Go does not know the kind of group after `(?`; write `(?:…)`, or one of the flags `i`, `m`, `s`, `U`",
        )
    }

    fn repeat(&mut self) -> Step {
        if !self.atom {
            return Err(
                "a repetition has nothing to repeat; write something before it, or escape it with a backslash",
            );
        }
        let lazy = self.rest.next_if_eq(&'?').is_some();
        if self.repeated {
            return Err("it has two repetitions in a row, such as `a**` or `a++`; write one");
        }
        let _ = lazy;
        self.repeated = true;
        Ok(())
    }

    /// `{2}`, `{2,}`, `{2,5}`; anything else is a brace.
    fn braces(&mut self) -> Step {
        let mut ahead = self.rest.clone();
        let Some((least, most)) = bounds(&mut ahead) else {
            self.is_atom();
            return Ok(());
        };
        if least > MAX_REPEAT || most.is_some_and(|most| most > MAX_REPEAT || most < least) {
            return Err(
                "a repetition in braces is over 1000, or its bounds are reversed; write other bounds",
            );
        }
        self.rest = ahead;
        self.repeat()
    }

    fn escape(&mut self) -> Step {
        match self.rest.next() {
            None => return Err("it ends with a backslash; write two"),
            Some('Q') => {
                let mut previous = ' ';
                for c in self.rest.by_ref() {
                    if previous == '\\' && c == 'E' {
                        break;
                    }
                    previous = c;
                }
            }
            Some('A' | 'b' | 'B' | 'z' | 'd' | 'D' | 's' | 'S' | 'w' | 'W') => {}
            Some('p' | 'P') => self.unicode()?,
            Some('1'..='7') if !matches!(self.rest.peek(), Some('0'..='7')) => {
                return Err(
                    "it has a back-reference, which Go does not support; write a pattern without one",
                );
            }
            Some('8' | '9' | 'k') => {
                return Err(
                    "it has a back-reference, which Go does not support; write a pattern without one",
                );
            }
            Some('Z' | 'G') => {
                return Err("`\\Z` and `\\G` are not known to Go; write `\\z` or `$`");
            }
            Some(other) => self.character(other)?,
        }
        self.is_atom();
        Ok(())
    }

    /// The class after `\p`: one letter, or a name in braces.
    fn unicode(&mut self) -> Step {
        let name = match self.rest.next() {
            None => return Err("`\\p` has no class; write one, such as `\\p{L}`"),
            Some('{') => {
                let mut name = String::new();
                loop {
                    match self.rest.next() {
                        None => return Err("`\\p{` is not closed; write `}`"),
                        Some('}') => break name,
                        Some(c) => name.push(c),
                    }
                }
            }
            Some(letter) => String::from(letter),
        };
        if unicode::is_known(&name) {
            Ok(())
        } else {
            Err(
                "`\\p` has a class that Go does not know; write a script or a category, such as `\\p{Greek}` or `\\p{L}`",
            )
        }
    }
}

const LOOK_AROUND: &str = "it has a look-ahead or look-behind, which Go does not support; write a pattern without `(?=`, `(?!`, `(?<=` and `(?<!`";

fn bounds(rest: &mut Peekable<Chars<'_>>) -> Option<(u32, Option<u32>)> {
    let least = number(rest)?;
    match rest.next()? {
        '}' => Some((least, Some(least))),
        ',' if rest.next_if_eq(&'}').is_some() => Some((least, None)),
        ',' => {
            let most = number(rest)?;
            (rest.next()? == '}').then_some((least, Some(most)))
        }
        _ => None,
    }
}

/// Go does not accept leading zeros here.
fn number(rest: &mut Peekable<Chars<'_>>) -> Option<u32> {
    let mut digits = String::new();
    while let Some(digit) = rest.next_if(char::is_ascii_digit) {
        digits.push(digit);
    }
    if digits.is_empty() || digits.len() > 1 && digits.starts_with('0') {
        return None;
    }
    Some(digits.parse().unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests;

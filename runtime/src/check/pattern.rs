//! Translates a `pattern`, which Kratos compiles with Go's `regexp` (RE2), for `Matcher`.
//!
//! The two syntaxes differ in `\d`, `\w`, `\s`, `\b`, `\<`, `{` and inside `[…]`, so these are rewritten. A pattern with syntax
//! that only Go has is not checked.

use std::iter::Peekable;
use std::str::Chars;

use super::matcher::Matcher;

/// Compiles a pattern; `None` if only Go understands it.
pub(super) fn compile(pattern: &str) -> Option<Matcher> {
    Matcher::new(&from_go(pattern)?)
}

type Rest<'a> = Peekable<Chars<'a>>;

/// The pattern in the syntax of `regex-syntax`; `None` if it has no such syntax.
fn from_go(pattern: &str) -> Option<String> {
    let mut out = String::with_capacity(pattern.len());
    let mut rest = pattern.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\\' => match rest.peek()? {
                'b' | 'B' => {
                    out.push_str("(?-u:\\");
                    out.extend(rest.next());
                    out.push(')');
                }
                'A' | 'z' => {
                    out.push('\\');
                    out.extend(rest.next());
                }
                _ => out.push_str(&escape(&mut rest)?.into_text()),
            },
            '[' => class(&mut out, &mut rest)?,
            // In Go a brace that is not a repetition is a literal.
            '{' if !counts(rest.clone()) => out.push_str("\\{"),
            c => out.push(c),
        }
    }
    Some(out)
}

/// Whether `3}`, `3,}` or `3,5}` follows a brace.
fn counts(mut rest: Rest<'_>) -> bool {
    let digits = |rest: &mut Rest<'_>| {
        let mut any = false;
        while rest.next_if(char::is_ascii_digit).is_some() {
            any = true;
        }
        any
    };
    if !digits(&mut rest) {
        return false;
    }
    if rest.next_if_eq(&',').is_some() {
        digits(&mut rest);
    }
    rest.next() == Some('}')
}

/// The meaning of an escape.
enum Escape {
    /// One character, as an escape that can be the end of a range.
    One(String),
    /// Several characters.
    Class(String),
}

impl Escape {
    fn into_text(self) -> String {
        match self {
            Self::One(text) | Self::Class(text) => text,
        }
    }
}

/// Reads an escape after its backslash, inside or outside a class.
fn escape(rest: &mut Rest<'_>) -> Option<Escape> {
    let c = rest.next()?;
    Some(match c {
        'd' => Escape::Class("[0-9]".to_owned()),
        'D' => Escape::Class("[^0-9]".to_owned()),
        'w' => Escape::Class("[0-9A-Za-z_]".to_owned()),
        'W' => Escape::Class("[^0-9A-Za-z_]".to_owned()),
        's' => Escape::Class("[\\t\\n\\x0C\\r ]".to_owned()),
        'S' => Escape::Class("[^\\t\\n\\x0C\\r ]".to_owned()),
        'p' | 'P' => {
            let name = braced(rest)?;
            // Go's `C` excludes unassigned characters, and the names of the others depend on its version.
            let of_c = ["C", "Cn", "Cs", "Co", "LC"];
            if of_c.contains(&name.trim_start_matches('^')) {
                return None;
            }
            Escape::Class(format!("\\{c}{{{name}}}"))
        }
        'x' => {
            let digits = if rest.peek() == Some(&'{') {
                braced(rest)?
            } else {
                [rest.next()?, rest.next()?].iter().collect()
            };
            let code = u32::from_str_radix(&digits, 16).ok()?;
            Escape::One(one(char::from_u32(code)?))
        }
        'a' => Escape::One(one('\x07')),
        'f' => Escape::One(one('\x0C')),
        'n' => Escape::One(one('\n')),
        'r' => Escape::One(one('\r')),
        't' => Escape::One(one('\t')),
        'v' => Escape::One(one('\x0B')),
        // Any other punctuation is a literal, also `<` and `>`.
        c if c.is_ascii() && !c.is_ascii_alphanumeric() => Escape::One(one(c)),
        _ => return None,
    })
}

/// The text between braces, or one character without braces.
fn braced(rest: &mut Rest<'_>) -> Option<String> {
    match rest.next()? {
        '{' => {
            let mut name = String::new();
            loop {
                match rest.next()? {
                    '}' => return Some(name),
                    c => name.push(c),
                }
            }
        }
        c => Some(c.to_string()),
    }
}

/// An escape that is a literal character everywhere.
fn one(c: char) -> String {
    format!("\\x{{{:X}}}", u32::from(c))
}

/// Reads a class up to its end. Go has neither nested classes nor set operations.
fn class(out: &mut String, rest: &mut Rest<'_>) -> Option<()> {
    out.push('[');
    if rest.next_if_eq(&'^').is_some() {
        out.push('^');
    }
    let mut is_first = true;
    loop {
        // A `]` right after the opening is a member of the class.
        if rest.peek() == Some(&']') && !is_first {
            rest.next();
            out.push(']');
            return Some(());
        }
        is_first = false;
        if let Some(name) = posix(rest) {
            out.push_str(&name);
            continue;
        }
        let low = match member(rest)? {
            Escape::One(low) => low,
            Escape::Class(class) => {
                out.push_str(&class);
                continue;
            }
        };
        out.push_str(&low);
        let mut ahead = rest.clone();
        if ahead.next() == Some('-') && ahead.peek().is_some_and(|next| *next != ']') {
            *rest = ahead;
            let Escape::One(high) = member(rest)? else {
                return None;
            };
            out.push('-');
            out.push_str(&high);
        }
    }
}

fn member(rest: &mut Rest<'_>) -> Option<Escape> {
    match rest.next()? {
        '\\' => escape(rest),
        c => Some(Escape::One(one(c))),
    }
}

/// Reads `[:alpha:]` or `[:^alpha:]`, if it follows.
fn posix(rest: &mut Rest<'_>) -> Option<String> {
    let mut ahead = rest.clone();
    let mut text = String::new();
    for expected in ['[', ':'] {
        text.extend(ahead.next_if_eq(&expected));
    }
    text.extend(ahead.next_if_eq(&'^'));
    while let Some(letter) = ahead.next_if(char::is_ascii_lowercase) {
        text.push(letter);
    }
    for expected in [':', ']'] {
        text.push(ahead.next_if_eq(&expected)?);
    }
    (text.starts_with("[:") && text.len() > 4).then(|| {
        *rest = ahead;
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn surely_refuses(pattern: &str, text: &str) -> bool {
        compile(pattern).is_some_and(|regex| !regex.is_match(text))
    }

    #[test]
    fn agrees_with_go() {
        for (pattern, text, matches) in [
            ("^[a-z]+$", "ada", true),
            ("^[a-z]+$", "Ada", false),
            (r"^\d+$", "12", true),
            (r"^\d+$", "\u{0661}", false),
            (r"^[\w-]+$", "a_b-1", true),
            (r"^[\w]+$", "\u{e9}", false),
            (r"^[\p{L}\p{N}][\p{L}\p{N} .,'-]+$", "\u{c9}a", true),
            (r"^[\p{L}]$", "1", false),
            (r"^\pL$", "1", false),
            (r"^[[a]+$", "[a", true),
            (r"^[a&&b]+$", "&", true),
            (r"^[]a]+$", "]a", true),
            ("^[[:alpha:]]+$", "ab", true),
            ("^[[:alpha:]]+$", "a1", false),
            ("^[[:^alpha:]]+$", "a", false),
            ("^[a:]+$", "a:", true),
            (r"\<b\>", "<b>", true),
            (r"\<b\>", "b", false),
            ("^[+--]+$", "+,-", true),
            ("^[+--]+$", "*", false),
            ("^[ --]+$", "!+-", true),
            ("^[!--]+$", "#", true),
            ("^[*--/]+$", "+,/", true),
            ("^[*--/]+$", ".", false),
            ("^[[:alpha:]:][0-9]$", ":1", true),
            ("^[[:alpha:]:][0-9]$", "1:", false),
            ("^[:a-z:][0-9]$", "m1", true),
            (r"^[[:word:]:]+[\[]$", "a_:[", true),
            (r"^[\x41-\x{43}]$", "B", true),
            (r"^[\]-a]$", "_", true),
            (r"^[^\d-]$", "-", false),
            (r"^[\d-z]+$", "1-z", true),
            (r"^[\d-z]+$", "a", false),
            (r"^a{,2}$", "a{,2}", true),
            (r"^a{2}$", "aa", true),
            (r"^a{1,2}$", "aaa", false),
            (r"^\_\-\/$", "_-/", true),
            (r"\bb\b", "a b", true),
        ] {
            assert_eq!(!surely_refuses(pattern, text), matches, "{pattern} {text}");
        }
    }

    #[test]
    fn syntax_that_only_go_has_is_not_checked() {
        for pattern in [
            r"^\Qa.b\E$",
            r"^\p{C}$",
            r"^\P{C}$",
            r"^\pC$",
            r"^[^\p{C}]$",
            r"^\p{^C}$",
            r"^\0$",
            "[",
        ] {
            assert!(!surely_refuses(pattern, "x"), "{pattern}");
            assert!(!surely_refuses(pattern, "\u{378}"), "{pattern}");
        }
    }
}

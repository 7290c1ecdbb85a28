//! Whether Go's `regexp`, with which Kratos compiles every `pattern` at boot, accepts a pattern. In case of doubt it does: a wrong
//! refusal would stop somebody, a wrong acceptance only postpones the error.

use super::source::{Problems, Spot};

/// Go refuses a repetition of more.
const MAX_REPEAT: u32 = 1000;

/// Reports a pattern that Go refuses.
pub(super) fn check(text: &str, spot: Spot, problems: &mut Problems) {
    if let Err(why) = scan(text) {
        problems.report(spot, format!("Kratos refuses the pattern {text:?}: {why}"));
    }
}

/// Why Go refuses `pattern`, and what to write instead.
fn scan(pattern: &str) -> Step {
    let mut scanner = Scanner {
        rest: pattern,
        depth: 0,
        last: Last::Nothing,
    };
    scanner.run()
}

struct Scanner<'p> {
    rest: &'p str,
    /// Open groups.
    depth: usize,
    last: Last,
}

/// What a repetition would follow.
#[derive(PartialEq)]
enum Last {
    Nothing,
    Atom,
    Repetition,
}

type Step = Result<(), &'static str>;

const LOOK_AROUND: &str = "it has a look-ahead or look-behind, which Go does not support; write a pattern without `(?=`, `(?!`, `(?<=` and `(?<!`";
const BACK_REFERENCE: &str =
    "it has a back-reference, which Go does not support; write a pattern without one";
const NOT_CLOSED: &str = "a `(` is not closed; write `)`";
const BACKSLASH_AT_END: &str = "it ends with a backslash; write two";

impl Scanner<'_> {
    fn run(&mut self) -> Step {
        while let Some(c) = self.next() {
            self.last = match c {
                '(' => self.group()?,
                ')' if self.depth == 0 => return Err("it has a `)` without a `(`; write `\\)`"),
                ')' => {
                    self.depth -= 1;
                    Last::Atom
                }
                '|' => Last::Nothing,
                '*' | '+' | '?' => self.repetition()?,
                '{' => self.braces()?,
                '[' => {
                    self.class()?;
                    Last::Atom
                }
                '\\' => {
                    self.escape()?;
                    Last::Atom
                }
                _ => Last::Atom,
            };
        }
        if self.depth > 0 {
            return Err(NOT_CLOSED);
        }
        Ok(())
    }

    fn next(&mut self) -> Option<char> {
        let next = self.rest.chars().next()?;
        self.rest = &self.rest[next.len_utf8()..];
        Some(next)
    }

    fn eat(&mut self, prefix: &str) -> bool {
        let rest = self.rest.strip_prefix(prefix);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn group(&mut self) -> Result<Last, &'static str> {
        self.depth += 1;
        if !self.eat("?") {
            return Ok(Last::Nothing);
        }
        if ["=", "!", "<=", "<!"].iter().any(|one| self.eat(one)) {
            return Err(LOOK_AROUND);
        }
        if self.eat(">") {
            return Err("it has an atomic group; write a plain one, `(?:…)`");
        }
        if self.eat("P<") || self.eat("<") {
            let is_plain = |c: char| c.is_alphanumeric() || c == '_';
            let name = self.rest.split_once('>');
            let name = name.filter(|(name, _)| !name.is_empty() && name.chars().all(is_plain));
            let (_, rest) = name.ok_or(
                "the name of a group has other characters than letters, digits and `_`; write another",
            )?;
            self.rest = rest;
            return Ok(Last::Nothing);
        }
        if self.eat("P") {
            return Err("`(?P` is not followed by the name of a group; write `(?P<name>…)`");
        }
        if self.rest.is_empty() {
            return Err(NOT_CLOSED);
        }
        self.flags()
    }

    /// The flags after `(?`, and the `:` or `)` after them.
    fn flags(&mut self) -> Result<Last, &'static str> {
        let end = self.rest.find([':', ')']);
        let flags = end.map_or("x", |end| &self.rest[..end]);
        let are_known = flags.chars().all(|c| "imsU-".contains(c));
        if !are_known || flags.matches('-').count() > 1 || flags.ends_with('-') {
            return Err(
                "Go does not know the kind of group after `(?`; write `(?:…)`, or one of the flags `i`, `m`, `s`, `U`",
            );
        }
        self.rest = &self.rest[flags.len()..];
        if self.next() == Some(':') {
            return Ok(Last::Nothing);
        }
        // `(?i)` is complete; Go lets a repetition after it apply to what is before it.
        self.depth -= 1;
        Ok(Last::Atom)
    }

    fn repetition(&mut self) -> Result<Last, &'static str> {
        self.eat("?");
        match self.last {
            Last::Nothing => Err(
                "a repetition has nothing to repeat; write something before it, or escape it with a backslash",
            ),
            Last::Atom => Ok(Last::Repetition),
            Last::Repetition => {
                Err("it has two repetitions in a row, such as `a**` or `a++`; write one")
            }
        }
    }

    /// `{2}`, `{2,}`, `{2,5}`; anything else is a brace.
    fn braces(&mut self) -> Result<Last, &'static str> {
        let Some((inside, rest)) = self.rest.split_once('}') else {
            return Ok(Last::Atom);
        };
        let bounds = match inside.split_once(',') {
            None => number(inside).map(|count| (count, count)),
            Some((least, "")) => number(least).map(|least| (least, MAX_REPEAT)),
            Some((least, most)) => number(least).zip(number(most)),
        };
        let Some((least, most)) = bounds else {
            return Ok(Last::Atom);
        };
        if most > MAX_REPEAT || least > most {
            return Err(
                "a repetition in braces is over 1000, or its bounds are reversed; write other bounds",
            );
        }
        self.rest = rest;
        self.repetition()
    }

    /// What follows a backslash outside of a class.
    fn escape(&mut self) -> Step {
        match self.next().ok_or(BACKSLASH_AT_END)? {
            'Q' => {
                self.rest = self.rest.split_once("\\E").map_or("", |(_, rest)| rest);
                Ok(())
            }
            'A' | 'b' | 'B' | 'z' | 'd' | 'D' | 's' | 'S' | 'w' | 'W' => Ok(()),
            'p' | 'P' => self.unicode_class(),
            '1'..='7' if !self.rest.starts_with(|c| matches!(c, '0'..='7')) => Err(BACK_REFERENCE),
            '8' | '9' | 'k' => Err(BACK_REFERENCE),
            'Z' | 'G' => Err("`\\Z` and `\\G` are not known to Go; write `\\z` or `$`"),
            other => self.character(other),
        }
    }

    /// An escaped character, inside or outside of a class.
    fn character(&mut self, escaped: char) -> Step {
        match escaped {
            '0'..='7' | 'a' | 'f' | 'n' | 'r' | 't' | 'v' => Ok(()),
            'x' => self.hexadecimal(),
            c if c.is_ascii() && !c.is_ascii_alphanumeric() => Ok(()),
            _ => Err(
                "it escapes a character that Go does not let be escaped; write the character without a backslash, or `\\x{…}` with its code",
            ),
        }
    }

    /// `41` or `{1F600}` after `\x`.
    fn hexadecimal(&mut self) -> Step {
        let code = match self.rest.strip_prefix('{') {
            Some(rest) => rest.split_once('}'),
            None => self.rest.split_at_checked(2),
        };
        let code = code.filter(|(digits, _)| {
            let is_hexadecimal = digits.chars().all(|c| c.is_ascii_hexdigit());
            is_hexadecimal && u32::from_str_radix(digits, 16).is_ok_and(|code| code <= 0x0010_ffff)
        });
        let (_, rest) = code.ok_or(
            "`\\x` is not followed by the code of a character; write two hexadecimal digits, or more in braces",
        )?;
        self.rest = rest;
        Ok(())
    }

    /// The class after `\p`: one letter, or a name in braces.
    fn unicode_class(&mut self) -> Step {
        let (name, rest) = match self.rest.strip_prefix('{') {
            Some(rest) => rest
                .split_once('}')
                .ok_or("`\\p{` is not closed; write `}`")?,
            None => {
                let letter = self.rest.chars().next();
                let letter = letter.ok_or("`\\p` has no class; write one, such as `\\p{L}`")?;
                self.rest.split_at(letter.len_utf8())
            }
        };
        self.rest = rest;
        if is_unicode_class(name) {
            return Ok(());
        }
        Err(
            "`\\p` has a class that Go does not know; write a script or a category, such as `\\p{Greek}` or `\\p{L}`",
        )
    }

    /// A class in brackets, after its `[`.
    fn class(&mut self) -> Step {
        self.eat("^");
        let mut is_first = true;
        loop {
            let c = self.next().ok_or("a `[` is not closed; write `]`")?;
            if c == ']' && !is_first {
                return Ok(());
            }
            is_first = false;
            let low = match c {
                '[' if self.posix_class()? => continue,
                '\\' => match self.next().ok_or(BACKSLASH_AT_END)? {
                    'd' | 'D' | 's' | 'S' | 'w' | 'W' => continue,
                    'p' | 'P' => {
                        self.unicode_class()?;
                        continue;
                    }
                    '8' | '9' => {
                        return Err(
                            "it escapes a digit that Go does not let be escaped; write the digit without a backslash",
                        );
                    }
                    other => {
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
        let high = self.rest.strip_prefix('-');
        let Some(high) = high.filter(|high| !high.is_empty() && !high.starts_with(']')) else {
            return Ok(());
        };
        self.rest = high;
        match self.next() {
            Some('\\') => match self.next().ok_or(BACKSLASH_AT_END)? {
                'd' | 'D' | 's' | 'S' | 'w' | 'W' | 'p' | 'P' => Err(
                    "a class such as `\\d` is the end of a range; write the `-` at the end of the brackets",
                ),
                other => self.character(other),
            },
            Some(high) if low.is_some_and(|low| low > high) => {
                Err("a range in brackets is reversed; write the smaller character first")
            }
            _ => Ok(()),
        }
    }

    /// Whether a class such as `[:alpha:]` follows, of which the `[` is read.
    fn posix_class(&mut self) -> Result<bool, &'static str> {
        const NAMES: [&str; 14] = [
            "alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print",
            "punct", "space", "upper", "word", "xdigit",
        ];
        let rest = self.rest.strip_prefix(':');
        let Some((name, rest)) = rest.and_then(|rest| rest.split_once(":]")) else {
            return Ok(false);
        };
        if !NAMES.contains(&name.strip_prefix('^').unwrap_or(name)) {
            return Err(
                "a class such as `[:alpha:]` has a name that Go does not know; write another",
            );
        }
        self.rest = rest;
        Ok(true)
    }
}

/// A bound of a repetition. Go does not accept leading zeros here.
fn number(digits: &str) -> Option<u32> {
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
    let has_zeros = digits.len() > 1 && digits.starts_with('0');
    let is_number = is_number && !digits.is_empty() && !has_zeros;
    is_number.then(|| digits.parse().unwrap_or(u32::MAX))
}

/// Unicode's scripts, as Go 1.26 knows them, in small letters, without blanks, `_` and `-`.
const SCRIPTS: &str = "\
adlam ahom anatolianhieroglyphs arabic armenian avestan balinese bamum bassavah batak bengali bhaiksuki bopomofo brahmi \
braille buginese buhid canadianaboriginal carian caucasianalbanian chakma cham cherokee chorasmian common coptic \
cuneiform cypriot cyprominoan cyrillic deseret devanagari divesakuru dogra duployan egyptianhieroglyphs elbasan elymaic \
ethiopic georgian glagolitic gothic grantha greek gujarati gunjalagondi gurmukhi han hangul hanifirohingya hanunoo \
hatran hebrew hiragana imperialaramaic inherited inscriptionalpahlavi inscriptionalparthian javanese kaithi kannada \
katakana kawi kayahli kharoshthi khitansmallscript khmer khojki khudawadi lao latin lepcha limbu lineara linearb lisu \
lycian lydian mahajani makasar malayalam mandaic manichaean marchen masaramgondi medefaidrin meeteimayek mendekikakui \
meroiticcursive meroitichieroglyphs miao modi mongolian mro multani myanmar nabataean nagmundari nandinagari newa \
newtailue nko nushu nyiakengpuachuehmong ogham olchiki oldhungarian olditalic oldnortharabian oldpermic oldpersian \
oldsogdian oldsoutharabian oldturkic olduyghur oriya osage osmanya pahawhhmong palmyrene paucinhau phagspa phoenician \
psalterpahlavi rejang runic samaritan saurashtra sharada shavian siddham signwriting sinhala sogdian sorasompeng soyombo \
sundanese sylotinagri syriac tagalog tagbanwa taile taitham taiviet takri tamil tangsa tangut telugu thaana thai tibetan \
tifinagh tirhuta toto ugaritic vai vithkuqi wancho warangciti yezidi yi zanabazarsquare";

/// The short and long names of the general categories; Go before 1.25 does not know the long ones.
const CATEGORIES: &str = "\
any ascii assigned c casedletter cc cf closepunctuation cn cntrl co combiningmark connectorpunctuation control cs \
currencysymbol dashpunctuation decimalnumber digit enclosingmark finalpunctuation format initialpunctuation l lc letter \
letternumber lineseparator ll lm lo lowercaseletter lt lu m mark mathsymbol mc me mn modifierletter modifiersymbol n nd \
nl no nonspacingmark number openpunctuation other otherletter othernumber otherpunctuation othersymbol p \
paragraphseparator pc pd pe pf pi po privateuse ps punct punctuation s sc separator sk sm so spaceseparator spacingmark \
surrogate symbol titlecaseletter unassigned uppercaseletter z zl zp zs";

/// Whether some version of Go knows the class; before 1.25 Go compared the name exactly.
fn is_unicode_class(name: &str) -> bool {
    let name = name.strip_prefix('^').unwrap_or(name);
    let plain: String = name
        .chars()
        .filter(|c| !matches!(c, ' ' | '_' | '-'))
        .map(|c| c.to_ascii_lowercase())
        .collect();
    let mut known = SCRIPTS.split(' ').chain(CATEGORIES.split(' '));
    known.any(|one| one == plain)
}

#[cfg(test)]
mod tests {
    use super::scan;

    #[test]
    fn patterns_that_go_accepts() {
        for pattern in [
            "",
            "^[a-z0-9_-]+$",
            r"^\+?[1-9]\d{1,14}$",
            "(?i)^a",
            "(?i:a)b",
            "(?P<n>a)",
            "(?<n>a)",
            "a|",
            "|a",
            "()",
            "(|a)*",
            "a{,5}",
            "a{",
            "a{2,1x}",
            "{",
            "a{02}",
            "]",
            "}",
            "[]a]",
            "[^]a]",
            "[a-]",
            "[-a]",
            r"\0",
            r"\012",
            r"\x41",
            r"\x{1F600}",
            r"\Qa(\E+",
            r"\Q(",
            r"\p{Greek}\pL\PN",
            r"\p{Old_Italic}\P{^Han}\p{Any}\p{ASCII}",
            // Since Go 1.25.
            r"\p{greek}\p{Letter}\p{Uppercase_Letter}",
            r"[\p{L}\p{N} .,'-]",
            "[[:alpha:]_]",
            "[[:^digit:]]",
            "[[:]",
            "^*",
            "(?s-i)a",
            "a*?",
            "a{2}?",
            r"[\w.-]+@",
            r"\_",
            "a{1000}",
            "[[a]",
            r"[\d-z]",
            "(?i)*",
            "é+",
            r"\-\/\@",
        ] {
            assert_eq!(scan(pattern), Ok(()), "{pattern}");
        }
    }

    #[test]
    fn patterns_that_go_refuses() {
        for pattern in [
            "(?=a)",
            "(?!a)",
            "(?<=a)b",
            "(?<!a)b",
            "(?>a)",
            r"(a)\1",
            r"\k<n>",
            "(",
            ")",
            "a)",
            "*",
            "+a",
            "a**",
            "a++",
            "(*a)",
            "|*",
            "a{2}{3}",
            "a{1001}",
            "a{3,2}",
            "[",
            "[a",
            "[]",
            "[z-a]",
            r"a\",
            r"\Z",
            r"\y",
            r"\u0041",
            r"\xZZ",
            r"\x{110000}",
            r"\p",
            r"\p{L",
            r"\p{}",
            r"\pX",
            r"\p{IsGreek}",
            r"\p{Script=Greek}",
            r"[\p{Alphabetic}]",
            "[[:foo:]]",
            r"[\b]",
            r"[a-\d]",
            "(?P=n)",
            "(?P<>a)",
            "(?x)a",
            "(?#a)",
            r"\é",
            "(?",
        ] {
            assert!(scan(pattern).is_err(), "{pattern}");
        }
    }
}

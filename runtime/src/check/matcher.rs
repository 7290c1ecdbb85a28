//! Searches a text for a pattern, by stepping through all states at once as RE2 does.
//!
//! It replaces the crate `regex`, whose engines cost an application more build time than this whole crate does. The texts
//! of traits are short, so nothing is precomputed.

use regex_syntax::hir::{Class, ClassUnicode, Hir, HirKind, Look};

/// Larger patterns are not checked; Go accepts some of them.
const MOST_STEPS: usize = 20_000;
/// The words of a set of states that fits on the stack.
const INLINE_WORDS: usize = 8;

/// A compiled pattern.
pub(super) struct Matcher {
    steps: Vec<Step>,
    /// The distinct character classes.
    classes: Vec<ClassUnicode>,
}

/// A state. All but `Jump` lead to the step that follows.
enum Step {
    Char(char),
    /// A character of the class at this index.
    Class(usize),
    Look(Look),
    /// Leads to this step too.
    Split(usize),
    Jump(usize),
    Match,
}

impl Matcher {
    /// Compiles a pattern in the syntax of `regex`; `None` if it is invalid or too large.
    pub(super) fn new(pattern: &str) -> Option<Self> {
        let hir = regex_syntax::parse(pattern).ok()?;
        let mut matcher = Self {
            steps: Vec::new(),
            classes: Vec::new(),
        };
        matcher.add(&hir)?;
        matcher.push(Step::Match)?;
        Some(matcher)
    }

    /// Adds a step and returns its index.
    fn push(&mut self, step: Step) -> Option<usize> {
        let index = self.steps.len();
        self.steps.push(step);
        (index < MOST_STEPS).then_some(index)
    }

    fn add(&mut self, hir: &Hir) -> Option<()> {
        match hir.kind() {
            HirKind::Empty => {}
            HirKind::Literal(literal) => {
                for c in std::str::from_utf8(&literal.0).ok()?.chars() {
                    self.push(Step::Char(c))?;
                }
            }
            HirKind::Class(Class::Unicode(class)) => self.add_class(class.clone())?,
            HirKind::Class(Class::Bytes(class)) => self.add_class(class.to_unicode_class()?)?,
            HirKind::Look(look) => {
                holds(*look, None, None)?;
                self.push(Step::Look(*look))?;
            }
            HirKind::Capture(capture) => self.add(&capture.sub)?,
            HirKind::Concat(parts) => {
                for part in parts {
                    self.add(part)?;
                }
            }
            HirKind::Alternation(branches) => {
                let (last, others) = branches.split_last()?;
                let mut jumps = Vec::new();
                for branch in others {
                    let split = self.push(Step::Split(0))?;
                    self.add(branch)?;
                    jumps.push(self.push(Step::Jump(0))?);
                    self.steps[split] = Step::Split(self.steps.len());
                }
                self.add(last)?;
                for jump in jumps {
                    self.steps[jump] = Step::Jump(self.steps.len());
                }
            }
            HirKind::Repetition(repetition) => {
                let start = self.steps.len();
                for _ in 0..repetition.min {
                    self.add(&repetition.sub)?;
                    if self.steps.len() == start {
                        return Some(());
                    }
                }
                let mut splits = Vec::new();
                match repetition.max {
                    Some(max) => {
                        for _ in repetition.min..max {
                            splits.push(self.push(Step::Split(0))?);
                            self.add(&repetition.sub)?;
                        }
                    }
                    None => {
                        let split = self.push(Step::Split(0))?;
                        splits.push(split);
                        self.add(&repetition.sub)?;
                        self.push(Step::Jump(split))?;
                    }
                }
                for split in splits {
                    self.steps[split] = Step::Split(self.steps.len());
                }
            }
        }
        Some(())
    }

    fn add_class(&mut self, class: ClassUnicode) -> Option<()> {
        let known = self.classes.iter().position(|one| *one == class);
        let index = known.unwrap_or_else(|| {
            self.classes.push(class);
            self.classes.len() - 1
        });
        self.push(Step::Class(index)).map(|_| ())
    }

    /// Whether the pattern matches somewhere in the text.
    pub(super) fn is_match(&self, text: &str) -> bool {
        let words = self.steps.len().div_ceil(64);
        let (mut inline, mut heap);
        let sets: &mut [u64] = if words <= INLINE_WORDS {
            inline = [0; 3 * INLINE_WORDS];
            &mut inline[..3 * words]
        } else {
            heap = vec![0; 3 * words];
            &mut heap
        };
        let (todo, sets) = sets.split_at_mut(words);
        let (active, next) = sets.split_at_mut(words);
        let mut before = None;
        let mut rest = text.chars();
        loop {
            let here = rest.clone().next();
            // A match may start anywhere.
            todo[0] |= 1;
            if self.follow(todo, active, before, here) {
                return true;
            }
            let Some(c) = here else {
                return false;
            };
            for index in indices(active) {
                if self.takes(index, c) {
                    next[(index + 1) / 64] |= 1 << ((index + 1) % 64);
                }
            }
            todo.copy_from_slice(next);
            next.fill(0);
            active.fill(0);
            before = rest.next();
        }
    }

    /// Moves the states in `todo`, and all that they lead to without a character, to `active`. Returns whether one of them
    /// is the end.
    fn follow(
        &self,
        todo: &mut [u64],
        active: &mut [u64],
        before: Option<char>,
        after: Option<char>,
    ) -> bool {
        let mut word = 0;
        while word < todo.len() {
            if todo[word] == 0 {
                word += 1;
                continue;
            }
            let bit = todo[word].trailing_zeros() as usize;
            let index = word * 64 + bit;
            todo[word] &= !(1 << bit);
            if active[word] & (1 << bit) != 0 {
                continue;
            }
            active[word] |= 1 << bit;
            let targets = match self.steps[index] {
                Step::Match => return true,
                Step::Char(_) | Step::Class(_) => [None, None],
                Step::Look(look) => {
                    let holds = holds(look, before, after) == Some(true);
                    [holds.then_some(index + 1), None]
                }
                Step::Split(other) => [Some(index + 1), Some(other)],
                Step::Jump(target) => [Some(target), None],
            };
            for target in targets.into_iter().flatten() {
                todo[target / 64] |= 1 << (target % 64);
                word = word.min(target / 64);
            }
        }
        false
    }

    fn takes(&self, index: usize, c: char) -> bool {
        match self.steps[index] {
            Step::Char(expected) => c == expected,
            Step::Class(class) => {
                let ranges = self.classes[class].ranges();
                let candidate = ranges.partition_point(|range| range.end() < c);
                ranges
                    .get(candidate)
                    .is_some_and(|range| range.start() <= c)
            }
            _ => false,
        }
    }
}

/// Whether an assertion holds between two characters; `None` if Go has no such assertion.
fn holds(look: Look, before: Option<char>, after: Option<char>) -> Option<bool> {
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
    match look {
        Look::Start => Some(before.is_none()),
        Look::End => Some(after.is_none()),
        Look::StartLF => Some(matches!(before, None | Some('\n'))),
        Look::EndLF => Some(matches!(after, None | Some('\n'))),
        Look::WordAscii => Some(is_word(before) != is_word(after)),
        Look::WordAsciiNegate => Some(is_word(before) == is_word(after)),
        _ => None,
    }
}

/// The members of a set.
fn indices(set: &[u64]) -> impl Iterator<Item = usize> {
    set.iter().enumerate().flat_map(|(word, bits)| {
        let next = |bits: &u64| Some(bits & (bits - 1)).filter(|bits| *bits != 0);
        std::iter::successors(Some(*bits).filter(|bits| *bits != 0), next)
            .map(move |bits| word * 64 + bits.trailing_zeros() as usize)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Patterns of few characters, so that texts match them often.
    fn patterns() -> impl Strategy<Value = String> {
        let atoms = prop::sample::select(vec![
            "a",
            "b",
            "\u{e9}",
            ".",
            "[ab]",
            "[^a]",
            "\\pL",
            "(?i:A)",
            "^",
            "$",
            "(?m:^)",
            "(?m:$)",
            "(?-u:\\b)",
            "(?-u:\\B)",
            "",
        ]);
        let atoms = atoms.prop_map(str::to_owned);
        atoms.prop_recursive(4, 24, 3, |inner| {
            let repetitions = prop::sample::select(vec![
                "*", "+", "?", "*?", "{0}", "{2}", "{1,3}", "{0,2}", "{2,}",
            ]);
            prop_oneof![
                prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| parts.concat()),
                prop::collection::vec(inner.clone(), 1..4)
                    .prop_map(|parts| format!("({})", parts.join("|"))),
                (inner, repetitions).prop_map(|(inner, how)| format!("(?:{inner}){how}")),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]

        #[test]
        fn agrees_with_regex(pattern in patterns(), text in "[abAB_\u{e9}\n -]{0,8}") {
            let expected = regex::Regex::new(&pattern).unwrap().is_match(&text);
            let matcher = Matcher::new(&pattern).unwrap();
            prop_assert_eq!(matcher.is_match(&text), expected, "{} {:?}", pattern, text);
        }
    }

    #[test]
    fn more_states_than_fit_on_the_stack() {
        let matcher = Matcher::new("^(a{1,200}b?){3}(x|y){400}$").unwrap();
        assert!(matcher.steps.len() > 64 * INLINE_WORDS);
        assert!(matcher.is_match(&format!("{}{}", "a".repeat(300), "xy".repeat(200))));
        assert!(!matcher.is_match(&format!("{}{}", "a".repeat(300), "xy".repeat(199))));
    }

    #[test]
    fn too_large_is_not_checked() {
        for pattern in ["(a{1000}){1000}", "(((){1000}){1000}){1000}x{30000}"] {
            assert!(Matcher::new(pattern).is_none(), "{pattern}");
        }
        assert!(Matcher::new("(((){1000}){1000}){1000}").is_some());
    }

    /// A text that makes backtracking engines take exponential time.
    #[test]
    fn time_is_linear_in_the_text() {
        let matcher = Matcher::new("^(a*)*(a*)*(a|a)*$").unwrap();
        assert!(!matcher.is_match(&format!("{}b", "a".repeat(100_000))));
    }
}

//! Where the parts of Rust's syntax end.

use proc_macro2::{Spacing, TokenTree};

pub(super) fn is_punct(token: &TokenTree, expected: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == expected)
}

/// Splits at the commas that stand in no `<…>`.
pub(super) fn split(tokens: &[TokenTree]) -> Vec<&[TokenTree]> {
    let (mut parts, mut start) = (Vec::new(), 0);
    let mut angles = Angles::default();
    for (position, token) in tokens.iter().enumerate() {
        angles.pass(token);
        if angles.depth == 0 && is_punct(token, ',') {
            parts.push(&tokens[start..position]);
            start = position + 1;
        }
    }
    if start < tokens.len() {
        parts.push(&tokens[start..]);
    }
    parts
}

/// How many tokens the `<…>` at the beginning has.
pub(super) fn end_of_angles(tokens: &[TokenTree]) -> usize {
    let mut angles = Angles::default();
    for (position, token) in tokens.iter().enumerate() {
        angles.pass(token);
        if angles.depth == 0 {
            return if position == 0 { 0 } else { position + 1 };
        }
    }
    tokens.len()
}

/// How many `<` are open.
#[derive(Default)]
struct Angles {
    depth: usize,
    /// The `>` of an arrow closes nothing.
    arrow: bool,
}

impl Angles {
    fn pass(&mut self, token: &TokenTree) {
        let arrow = self.arrow;
        self.arrow = false;
        let TokenTree::Punct(punct) = token else {
            return;
        };
        match punct.as_char() {
            '<' => self.depth += 1,
            '>' if !arrow => self.depth = self.depth.saturating_sub(1),
            '-' => self.arrow = punct.spacing() == Spacing::Joint,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::str::FromStr;

    use proc_macro2::{TokenStream, TokenTree};

    use super::{end_of_angles, split};

    fn tokens(rust: &str) -> Vec<TokenTree> {
        TokenStream::from_str(rust).unwrap().into_iter().collect()
    }

    fn parts(rust: &str) -> Vec<String> {
        let tokens = tokens(rust);
        let parts = split(&tokens).into_iter();
        let text = |part: &[TokenTree]| part.iter().map(ToString::to_string).collect();
        parts.map(text).collect()
    }

    #[test]
    fn a_comma_inside_angles_splits_nothing() {
        assert_eq!(parts("a: A<B, C>, d: D,"), ["a:A<B,C>", "d:D"]);
        assert_eq!(parts("a: A<B<C, D>>, e: E"), ["a:A<B<C,D>>", "e:E"]);
        assert_eq!(
            parts("a: A<fn(B) -> C, D>, e: fn() -> E, f: F<-1>"),
            ["a:A<fn(B)->C,D>", "e:fn()->E", "f:F<-1>"]
        );
        assert_eq!(parts("").len(), 0);
    }

    #[test]
    fn the_generics_end_where_their_angle_closes() {
        assert_eq!(
            end_of_angles(&tokens("<A: Fn() -> B, C> where A: D<C>")),
            11
        );
        assert_eq!(end_of_angles(&tokens("where A: B<C>")), 0);
    }
}

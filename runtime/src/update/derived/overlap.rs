//! Finds two fields of an updater that change the same trait, at compile time.

use crate::traits::facts::TraitFacts;
use crate::update::updater::UpdaterField;

/// Asserts that the flattened field at `position` changes no trait that another field changes, as a whole or in part.
///
/// Evaluated at compile time, because the derive cannot see the fields of a flattened updater. The compiler reports the panic
/// at the place of the call. Of two flattened fields, the error is at the later one.
///
/// # Panics
///
/// There is such a field; the panic is the compile error.
#[track_caller]
pub const fn no_overlap(updater: &str, source: &str, fields: &[UpdaterField], position: usize) {
    let mut other = 0;
    while other < fields.len() {
        let later = other > position && matches!(fields[other], UpdaterField::Flattened { .. });
        if other != position
            && !later
            && let Some(inner) = overlap(&fields[position], &fields[other])
        {
            refuse(updater, source, inner);
        }
        other += 1;
    }
}

/// The trait that both change; if one is inside the other, the inner one.
const fn overlap(a: &UpdaterField, b: &UpdaterField) -> Option<&'static TraitFacts> {
    if let UpdaterField::Flattened { fields, .. } = a {
        return any_overlap(fields, b);
    }
    if let UpdaterField::Flattened { fields, .. } = b {
        return any_overlap(fields, a);
    }
    match (facts_of(a), facts_of(b)) {
        // The whole object holds every trait.
        (Some(facts), None) | (None, Some(facts)) => Some(facts),
        (None, None) => whole(a),
        (Some(a), Some(b)) => {
            let (outer, inner) = if a.path.len() < b.path.len() {
                (a, b)
            } else {
                (b, a)
            };
            let mut depth = 0;
            while depth < outer.path.len() {
                if !same(outer.path[depth].as_bytes(), inner.path[depth].as_bytes()) {
                    return None;
                }
                depth += 1;
            }
            Some(inner)
        }
    }
}

/// Two fields that set the whole object have each trait in common.
const fn whole(field: &UpdaterField) -> Option<&'static TraitFacts> {
    match field {
        UpdaterField::Whole { traits } => traits.first(),
        _ => None,
    }
}

const fn any_overlap(fields: &[UpdaterField], with: &UpdaterField) -> Option<&'static TraitFacts> {
    let mut position = 0;
    while position < fields.len() {
        let found = overlap(&fields[position], with);
        if found.is_some() {
            return found;
        }
        position += 1;
    }
    None
}

const fn facts_of(field: &UpdaterField) -> Option<&'static TraitFacts> {
    match field {
        UpdaterField::Trait { facts, .. }
        | UpdaterField::Item { facts, .. }
        | UpdaterField::Nested { facts, .. } => Some(facts),
        UpdaterField::Whole { .. } | UpdaterField::Flattened { .. } => None,
    }
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut at = 0;
    while at < a.len() {
        if a[at] != b[at] {
            return false;
        }
        at += 1;
    }
    true
}

#[track_caller]
#[expect(clippy::panic, reason = "the panic is a compile error")]
const fn refuse(updater: &str, source: &str, facts: &TraitFacts) {
    let mut text = Text {
        bytes: [0; 1024],
        length: 0,
    };
    text.push("`");
    let mut depth = 0;
    while depth < facts.path.len() {
        if depth > 0 {
            text.push(".");
        }
        text.push(facts.path[depth]);
        depth += 1;
    }
    text.push("` is changed by two fields of `");
    text.push(updater);
    text.push("`, one of them in this flattened updater");
    text.line_end();
    text.line_end();
    text.push("note: the trait is declared at ");
    text.push(source);
    text.push(":");
    text.number(facts.line);
    text.push(":");
    text.number(facts.column);
    match core::str::from_utf8(text.bytes.split_at(text.length).0) {
        Ok(text) => panic!("{}", text),
        Err(_) => panic!("two fields change the same trait"),
    }
}

/// A message that is built in const evaluation. A longer text is cut off.
struct Text {
    bytes: [u8; 1024],
    length: usize,
}

impl Text {
    const fn push(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() && self.length < self.bytes.len() {
            let hidden = hidden_at(bytes, at);
            self.bytes[self.length] = if hidden > 0 { b'?' } else { bytes[at] };
            self.length += 1;
            at += if hidden > 0 { hidden } else { 1 };
        }
    }

    const fn line_end(&mut self) {
        if self.length < self.bytes.len() {
            self.bytes[self.length] = b'\n';
            self.length += 1;
        }
    }

    const fn number(&mut self, number: u32) {
        if number > 9 {
            self.number(number / 10);
        }
        let digit = [b'0' + (number % 10) as u8];
        if let Ok(digit) = core::str::from_utf8(&digit) {
            self.push(digit);
        }
    }
}

/// The number of bytes of the character at this position, if it would break the line, change the direction of the text, or be
/// invisible.
const fn hidden_at(bytes: &[u8], at: usize) -> usize {
    match bytes[at] {
        0..0x20 | 0x7f => 1,
        // U+0080 to U+009F.
        0xc2 if bytes[at + 1] < 0xa0 => 2,
        // U+200B to U+200F, U+2028 to U+202E, U+2060 to U+206F.
        0xe2 if matches!(
            (bytes[at + 1], bytes[at + 2]),
            (0x80, 0x8b..=0x8f | 0xa8..=0xae) | (0x81, 0xa0..=0xaf)
        ) =>
        {
            3
        }
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::Text;

    #[test]
    fn what_cannot_be_seen_is_a_question_mark() {
        const SHOWN: Text = {
            let mut text = Text {
                bytes: [0; 1024],
                length: 0,
            };
            text.push("gr\u{f6}\u{df}e\u{1b}[31m \u{202e}a\nb\u{2014}\u{85}");
            text.number(120);
            text
        };
        let shown = std::str::from_utf8(&SHOWN.bytes[..SHOWN.length]).unwrap();
        assert_eq!(shown, "gr\u{f6}\u{df}e?[31m ?a?b\u{2014}?120");
    }
}

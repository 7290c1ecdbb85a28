//! The fields of a derived updater, out of the text that the derive writes for them.
//!
//! ```text
//! nickname 4
//! tag 3.0
//! name 1+
//! rest +
//! ```
//!
//! The number is the position of the trait, and behind its dot that of an item. With a `+` the field is an
//! updater: of that trait, or of the same object. A text costs a user's compiler next to nothing; it is read
//! when the constant is used.

use crate::traits::facts::TraitsObject;
use crate::traits::marker::Access;
use crate::update::derived::questions::any_privileged;
use crate::update::updater::{SettingsUpdate, UpdaterField};

/// An updater that is a field of another.
#[derive(Clone, Copy, Debug)]
pub struct Updater {
    fields: &'static [UpdaterField],
    privileged: bool,
}

/// What the compiler knows of an updater.
///
/// The bound on the access says nothing new: with it, rustc's message about a type that is no updater is to the letter the one
/// that it has for the patch, and is shown once.
pub const fn updater<U: SettingsUpdate<Access: Access>>() -> Updater {
    Updater {
        fields: U::FIELDS,
        // One that holds a privileged updater and does not say so has its own error: that is enough.
        privileged: U::Access::IS_PRIVILEGED || any_privileged(U::FIELDS),
    }
}

/// The fields of an updater.
///
/// In an array of a few lengths only: its length is no thing that a default of the trait could be generic over. Those that are not
/// needed are not made.
pub(crate) const fn fields<U: SettingsUpdate + ?Sized>() -> &'static [UpdaterField] {
    match count(U::LISTING) {
        0 => &[],
        1..=8 => at_most::<U, 8>(),
        9..=64 => at_most::<U, 64>(),
        _ => at_most::<U, 4096>(),
    }
}

const fn at_most<U: SettingsUpdate + ?Sized, const N: usize>() -> &'static [UpdaterField] {
    const { &read::<U, N>() }.split_at(count(U::LISTING)).0
}

/// How many lines a text has.
const fn count(text: &str) -> usize {
    let (bytes, mut at) = (text.as_bytes(), 0);
    let mut lines = !bytes.is_empty() as usize;
    while at < bytes.len() {
        lines += (bytes[at] == b'\n') as usize;
        at += 1;
    }
    lines
}

/// Reads the text; the fields that are updaters themselves take the next of the list of those.
const fn read<U: SettingsUpdate + ?Sized, const N: usize>() -> [UpdaterField; N] {
    let (text, bytes) = (U::LISTING, U::LISTING.as_bytes());
    let (traits, updaters) = (<U::Traits as TraitsObject>::TRAITS, U::UPDATERS);
    let mut fields = [UpdaterField::Whole { traits: &[] }; N];
    let (mut field, mut updater, mut at) = (0, 0, 0);
    while at < bytes.len() {
        let end = end_of_name(bytes, at);
        let name = text.split_at(end).0.split_at(at).1;
        let (index, behind) = number(bytes, end + 1);
        let names_trait = behind > end + 1;
        let sign = if behind < bytes.len() {
            bytes[behind]
        } else {
            b'\n'
        };
        at = behind + 1;
        fields[field] = match sign {
            b'+' => {
                let Updater { fields, privileged } = updaters[updater];
                updater += 1;
                at += 1;
                if names_trait {
                    UpdaterField::Nested {
                        name,
                        facts: &traits[index],
                        fields,
                        privileged,
                    }
                } else {
                    UpdaterField::Flattened {
                        name,
                        fields,
                        privileged,
                    }
                }
            }
            b'.' => {
                let (position, behind) = number(bytes, at);
                at = behind + 1;
                UpdaterField::Item {
                    name,
                    facts: &traits[index],
                    position,
                }
            }
            _ => UpdaterField::Trait {
                name,
                facts: &traits[index],
            },
        };
        field += 1;
    }
    fields
}

/// Where the space behind a name stands.
const fn end_of_name(bytes: &[u8], mut at: usize) -> usize {
    while bytes[at] != b' ' {
        at += 1;
    }
    at
}

/// The number that may stand here, and where it ends.
const fn number(bytes: &[u8], mut at: usize) -> (usize, usize) {
    let mut number = 0;
    while at < bytes.len() && bytes[at].is_ascii_digit() {
        number = number * 10 + (bytes[at] - b'0') as usize;
        at += 1;
    }
    (number, at)
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};

    use super::{Updater, updater};
    use crate::traits::facts::{TraitFacts, TraitsObject};
    use crate::traits::marker::{Ordinary, Privileged};
    use crate::update::patch::Patch;
    use crate::update::updater::{SettingsUpdate, UpdaterField};

    #[derive(Clone, Debug, Serialize, Deserialize)]
    struct Guest {}

    impl TraitsObject for Guest {
        const TRAITS: &'static [TraitFacts] = &[fact(&["a"]), fact(&["b"])];
    }

    const fn fact(path: &'static [&'static str]) -> TraitFacts {
        TraitFacts {
            path,
            required: false,
            roles: &[],
            editable: true,
            line: 1,
            column: 1,
        }
    }

    fn shown(field: &UpdaterField) -> String {
        match field {
            UpdaterField::Trait { name, facts } => format!("{name}: {}", facts.path[0]),
            UpdaterField::Item {
                name,
                facts,
                position,
            } => format!("{name}: {} at {position}", facts.path[0]),
            UpdaterField::Nested {
                name,
                facts,
                fields,
                privileged,
            } => format!("{name}: {} by {} {privileged}", facts.path[0], fields.len()),
            UpdaterField::Flattened {
                name,
                fields,
                privileged,
            } => format!("{name}: by {} {privileged}", fields.len()),
            UpdaterField::Whole { .. } => String::new(),
        }
    }

    struct Inner;
    impl SettingsUpdate for Inner {
        type Traits = Guest;
        type Access = Privileged;
        const LISTING: &'static str = "x 0";
        fn patch(&self) -> Patch<Guest> {
            Patch::new()
        }
    }

    struct Empty;
    impl SettingsUpdate for Empty {
        type Traits = Guest;
        type Access = Ordinary;
        fn patch(&self) -> Patch<Guest> {
            Patch::new()
        }
    }

    struct Form;
    impl SettingsUpdate for Form {
        type Traits = Guest;
        type Access = Ordinary;
        const LISTING: &'static str = "first 1\nsecond 0.12\nthird 1+\ngrö +\nlast 0";
        const UPDATERS: &'static [Updater] = &[updater::<Inner>(), updater::<Empty>()];
        fn patch(&self) -> Patch<Guest> {
            Patch::new()
        }
    }

    struct Long;
    impl SettingsUpdate for Long {
        type Traits = Guest;
        type Access = Ordinary;
        const LISTING: &'static str = "a 0\nb 1\nc 0\nd 1\ne 0\nf 1\ng 0\nh 1\ni 0";
        fn patch(&self) -> Patch<Guest> {
            Patch::new()
        }
    }

    #[test]
    fn a_text_says_which_fields_there_are() {
        let shown: Vec<String> = Form::FIELDS.iter().map(shown).collect();
        let expected = [
            "first: b",
            "second: a at 12",
            "third: b by 1 true",
            "grö: by 0 false",
            "last: a",
        ];
        assert_eq!(shown, expected);
    }

    #[test]
    fn a_list_is_as_long_as_the_struct() {
        let long: Vec<String> = Long::FIELDS.iter().map(shown).collect();
        let expected = [
            "a: a", "b: b", "c: a", "d: b", "e: a", "f: b", "g: a", "h: b", "i: a",
        ];
        assert_eq!(long, expected);
        assert_eq!(Empty::FIELDS.len(), 0);
    }
}

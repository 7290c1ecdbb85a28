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
        privileged: U::Access::IS_PRIVILEGED,
    }
}

/// The fields of an updater of `T` of which none is an updater itself.
pub const fn fields<T: TraitsObject, const N: usize>(text: &'static str) -> [UpdaterField; N] {
    fields_with::<T, N>(text, &[])
}

/// The fields of an updater of `T`; those that are updaters themselves take the next of `updaters`.
pub const fn fields_with<T: TraitsObject, const N: usize>(
    text: &'static str,
    updaters: &[Updater],
) -> [UpdaterField; N] {
    let bytes = text.as_bytes();
    let mut fields = [UpdaterField::Whole { traits: &[] }; N];
    let (mut field, mut updater, mut at) = (0, 0, 0);
    while field < N {
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
                        facts: &T::TRAITS[index],
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
                    facts: &T::TRAITS[index],
                    position,
                }
            }
            _ => UpdaterField::Trait {
                name,
                facts: &T::TRAITS[index],
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

    use super::{Updater, fields, fields_with};
    use crate::traits::facts::{TraitFacts, TraitsObject};
    use crate::update::updater::UpdaterField;

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

    #[test]
    fn a_text_says_which_fields_there_are() {
        const INNER: [UpdaterField; 1] = fields::<Guest, 1>("x 0");
        const FIELDS: [UpdaterField; 5] = fields_with::<Guest, 5>(
            "first 1\nsecond 0.12\nthird 1+\ngrö +\nlast 0",
            &[
                Updater {
                    fields: &INNER,
                    privileged: true,
                },
                Updater {
                    fields: &[],
                    privileged: false,
                },
            ],
        );
        let shown: Vec<String> = FIELDS.iter().map(shown).collect();
        let expected = [
            "first: b",
            "second: a at 12",
            "third: b by 1 true",
            "grö: by 0 false",
            "last: a",
        ];
        assert_eq!(shown, expected);
    }
}

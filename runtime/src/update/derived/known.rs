//! The fields of an updater whose types the derive knows by their names: all of them in one call.
//!
//! A call for each would cost a user's compiler several times as much: most of what a call takes is not the check of
//! the types in it. The fields are grouped by what their traits take; a text says in which order they stand in the
//! struct and which traits they change:
//!
//! ```text
//! 0s 4s 5b 2s
//! ```
//!
//! The number is the position of the trait, and the letter its group: a string, `b`ool, `i`nteger or `n`umber.

use crate::traits::facts::TraitsObject;
use crate::update::fits::FitsTrait;
use crate::update::patch::{Action, Patch, setting};

/// A field whose type has the name of one of the standard library that is saved as a `V`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not fit a trait of type `{V}`",
    label = "the schema makes this trait a `{V}`",
    note = "write a type of your own that has the name of a standard one with its path, like `self::String`"
)]
pub trait Known<V> {
    /// What a value does that is there.
    fn value(&self) -> Action;

    /// What the field does, if anything.
    fn field(&self) -> Option<Action> {
        Some(self.value())
    }
}

// Of two `Option`s the inner one removes.
impl<V, S: Known<V>> Known<V> for Option<S> {
    fn value(&self) -> Action {
        self.as_ref().map_or(Action::Remove, S::value)
    }

    fn field(&self) -> Option<Action> {
        self.as_ref().map(S::value)
    }
}

macro_rules! known {
    ($($known:ty: $($given:ty),+;)*) => {
        $($(
            #[diagnostic::do_not_recommend]
            impl Known<$known> for $given {
                fn value(&self) -> Action {
                    setting(&<Self as FitsTrait<$known>>::fit(self))
                }
            }
        )+)*
    };
}

known! {
    String: String, &String, &str, char;
    bool: bool;
    i64: i64, i32, i16, i8, u32, u16, u8;
    f64: f64, i32, i16, i8, u32, u16, u8;
}

/// The fields of one group.
pub trait KnownFields<V> {
    /// What they do, one after the other.
    fn actions(self) -> impl Iterator<Item = Option<Action>>;
}

macro_rules! known_fields {
    ($($name:ident)*) => {
        impl<V, $($name: Known<V>),*> KnownFields<V> for ($(&$name,)*) {
            fn actions(self) -> impl Iterator<Item = Option<Action>> {
                #[allow(non_snake_case, reason = "the names of the types are those of the fields, too")]
                let ($($name,)*) = self;
                [$($name.field()),*].into_iter()
            }
        }
    };
}

known_fields!();
known_fields!(A);
known_fields!(A B);
known_fields!(A B C);
known_fields!(A B C D);
known_fields!(A B C D E);
known_fields!(A B C D E F);
known_fields!(A B C D E F G);
known_fields!(A B C D E F G H);

/// Adds what the fields do.
///
/// A text that does not fit the fields is a problem of the update, which would lose a change otherwise.
pub(crate) fn add<T: TraitsObject>(
    patch: &mut Patch<T>,
    order: &str,
    strings: impl KnownFields<String>,
    bools: impl KnownFields<bool>,
    integers: impl KnownFields<i64>,
    numbers: impl KnownFields<f64>,
) {
    let groups: [(&str, &mut dyn Iterator<Item = Option<Action>>); 4] = [
        ("s", &mut strings.actions()),
        ("b", &mut bools.actions()),
        ("i", &mut integers.actions()),
        ("n", &mut numbers.actions()),
    ];
    in_order(patch, order, groups);
}

fn in_order<T: TraitsObject>(
    patch: &mut Patch<T>,
    order: &str,
    mut groups: [(&str, &mut dyn Iterator<Item = Option<Action>>); 4],
) {
    for word in order.split_ascii_whitespace() {
        let (index, letter) = word.split_at(word.trim_end_matches(char::is_alphabetic).len());
        let group = groups.iter_mut().find(|(group, _)| *group == letter);
        let action = group.and_then(|(_, actions)| actions.next());
        match (action, index.parse::<usize>()) {
            (Some(Some(action)), Ok(index)) => patch.add(index, action),
            (Some(None), Ok(_)) => {}
            _ => patch.misread(),
        }
    }
    if (groups.iter_mut()).any(|(_, actions)| actions.next().is_some()) {
        patch.misread();
    }
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        reason = "a test that cannot go on says so this way"
    )]

    use serde::{Deserialize, Serialize};

    use super::*;
    use crate::traits::facts::TraitFacts;
    use crate::traits::raw::RawTraits;

    #[derive(Clone, Debug, Serialize, Deserialize)]
    struct Guest {}

    impl TraitsObject for Guest {
        const TRAITS: &'static [TraitFacts] = &[facts(&["name"]), facts(&["adult"])];
    }

    const fn facts(path: &'static [&'static str]) -> TraitFacts {
        TraitFacts {
            path,
            required: false,
            roles: &[],
            editable: true,
            line: 1,
            column: 1,
        }
    }

    fn after(order: &str) -> Result<String, usize> {
        let mut patch = Patch::<Guest>::new();
        add(&mut patch, order, (&"Ada",), (&Some(true),), (), ());
        match patch.applied(&RawTraits::parse("{}").unwrap()) {
            (after, problems) if problems.is_empty() => Ok(after.as_str().to_owned()),
            (_, problems) => Err(problems.len()),
        }
    }

    #[test]
    fn the_text_says_which_field_is_which_trait() {
        assert_eq!(after("1b 0s").unwrap(), r#"{"adult":true,"name":"Ada"}"#);
    }

    #[test]
    fn a_text_that_does_not_fit_the_fields_is_a_problem() {
        for order in [
            "", "0s", "0s 1b 0s", "0s 1i", "0s 1x", "0s b", "0s 1", "0s 2b",
        ] {
            assert!(after(order).is_err(), "{order}");
        }
    }
}
